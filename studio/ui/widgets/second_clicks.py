"""The further clicks of a double click, where each click would do something."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from studio.ui.overrides import safe_override

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractButton as _Button
else:
    _Button = object


class SecondClicks:
    """Tells the further clicks of a double or triple click from new ones: they were never meant for what costs money,
    asks a question, or has just come to lie under the pointer."""

    def __init__(self) -> None:
        self._last = QElapsedTimer()

    def belongs(self, event: QMouseEvent) -> bool:
        """Whether this press goes with a double click that is going on; call it for every press."""
        going_on = self._last.isValid() and self._last.elapsed() < QApplication.doubleClickInterval()
        if event.type() == QEvent.Type.MouseButtonDblClick or going_on:
            self._last.start()
            return True
        return False


class ClickedOnce(_Button):
    """Mixin for buttons, put before the Qt class: a double click presses once, unless `counts_quick_clicks`."""

    counts_quick_clicks = False
    """Whether the second of two quick clicks counts too: for buttons that step, and cost and remove nothing."""

    _second_clicks: SecondClicks | None = None

    @safe_override(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._second_clicks is None:
            self._second_clicks = SecondClicks()
        if not self._second_clicks.belongs(event) or self.counts_quick_clicks:
            super().mousePressEvent(event)

    @safe_override(None)
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)
