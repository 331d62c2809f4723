"""The further clicks of a double click, where each click would do something."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication


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
