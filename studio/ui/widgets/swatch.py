"""A small area of one colour that can be pressed."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Radius, RingShape, active
from studio.ui.theme.paint import fill_box
from studio.ui.widgets.button import is_hovered
from studio.ui.widgets.themed import PlainCaption, Themed, set_tooltip

SIDE = 24


class Swatch(PlainCaption, Themed, QPushButton):
    """`colour` is ``#rrggbb``; `name` is what it is called aloud and in its tooltip."""

    focus_ring = RingShape(Radius.SMALL)

    def __init__(self, colour: str, name: str, *, side: int = SIDE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour, self._side = colour, side
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.set_name(name)
        self.restyle()

    @property
    def colour(self) -> str:
        return self._colour

    def set_name(self, name: str) -> None:
        self.setAccessibleName(name)
        set_tooltip(self, name)

    def restyle(self) -> None:
        side = active().scaled(self._side)
        self.setFixedSize(side, side)

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        side = active().scaled(self._side)
        return QSize(side, side)

    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrow keys belong to whoever laid the swatches out: Qt would walk on by Tab order."""
        if event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down}:
            event.ignore()
            return
        super().keyPressEvent(event)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        edge = self.tokens.text2 if is_hovered(self) or self.isDown() else self.tokens.control_border
        fill_box(painter, self.rect(), Radius.SMALL, QColor(self._colour), edge)
        painter.end()
