"""A radio button that paints itself: all of it can be pressed, and it is chosen as soon as it is."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QRadioButton, QWidget

from studio.ui.overrides import safe_override
from studio.ui.widgets.themed import Themed


class PaintedRadio(Themed, QRadioButton):
    """Screen readers hear a radio button. A row of them is one stop of Tab, inside which the arrow keys choose."""

    def __init__(self, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    @safe_override(False)
    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    @safe_override(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.isChecked():
            self.click()
