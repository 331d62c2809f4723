"""A list that goes on while something is dragged beyond its edge."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QAbstractScrollArea

_TICK_MS = 16
_SLOWEST_PX, _FASTEST_PX = 3, 160
"""For each tick; in between the further the pointer is outside, the faster."""


class EdgeScroll(QObject):
    """Scrolls `view` up or down for as long as the point last told lies above or below its viewport."""

    scrolled = Signal(QPoint)
    """After each step, with the point last told, in the viewport."""

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self._view, self._point = view, QPoint()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._step)

    def follow(self, point: QPoint) -> None:
        """Where the pointer is now, in the viewport."""
        self._point = point
        if not self._beyond():
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _beyond(self) -> int:
        """Pixels above (negative) or below the viewport."""
        last = self._view.viewport().height() - 1
        return min(0, self._point.y()) + max(0, self._point.y() - last)

    def _step(self) -> None:
        beyond, bar = self._beyond(), self._view.verticalScrollBar()
        step = min(_FASTEST_PX, max(_SLOWEST_PX, abs(beyond) // 2))
        before = bar.value()
        bar.setValue(before + (step if beyond > 0 else -step))
        if bar.value() != before:
            self.scrolled.emit(self._point)
