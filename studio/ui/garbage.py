"""Python's garbage, collected on the GUI thread only and in pieces that nobody notices."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QGuiApplication, QWindow

from studio.ui.overrides import safe_override

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonRelease,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchUpdate,
        QEvent.Type.DragMove,
    }
)


class GarbageTimer(QObject):
    """Collects Python's garbage on the GUI thread only.

    The automatic collector runs on whatever thread allocates; there it would destroy Qt objects of the GUI thread and
    crash the program. The young are collected several times a second, which takes fractions of a millisecond. A look at
    everything there is takes longer the more there is: it waits until nobody has touched the window for a while, and
    `settle` takes out of it what was there at the start (modules, the catalogue, the panels), which never dies. Before
    `settle` nothing is collected."""

    INTERVAL_MS = 250
    QUIET_S = 3.0
    """Without input for so long, the user is taken to be looking elsewhere."""
    OVERDUE_S = 180.0
    """Nobody's rest is awaited longer than this: memory must not grow with somebody who never pauses."""

    def __init__(self, parent: QObject, clock_s: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._thresholds = gc.get_threshold()
        self._clock_s = clock_s
        self._touched_s = self._full_s = clock_s()
        self._watched: QWindow | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(self.INTERVAL_MS)
        self._timer.timeout.connect(self.collect)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)
            self._watch(application.focusWindow())
        gc.disable()

    def settle(self) -> None:
        """The start is over: what is there now stays for good and no collection looks at it; collecting begins.

        Takes no time that could be noticed. What of it becomes garbage in a cycle later on is never collected."""
        gc.freeze()
        self._timer.start()

    def collect(self) -> int:
        """Collect the generations that are due; gives back the oldest one collected, or -1."""
        counts = gc.get_count()
        due = -1
        for generation, limit in enumerate(self._thresholds):
            if counts[generation] <= limit:
                break
            due = generation
        if due == 2 and not self._full_welcome():
            due = 1
        if due >= 0:
            gc.collect(due)
        if due == 2:
            self._full_s = self._clock_s()
        return due

    def stop(self) -> None:
        """Give the work back to Python's own collector."""
        self._timer.stop()
        self._watch(None)
        gc.enable()

    def _full_welcome(self) -> bool:
        now_s = self._clock_s()
        return now_s - self._touched_s >= self.QUIET_S or now_s - self._full_s >= self.OVERDUE_S

    def _watch(self, window: QWindow | None) -> None:
        """Only the window that has the keyboard is listened to: a filter over the whole application would be asked
        about every event of every widget."""
        if self._watched is not None:
            self._watched.removeEventFilter(self)
            self._watched.destroyed.disconnect(self._forget)
        self._watched = window
        if window is not None:
            window.installEventFilter(self)
            window.destroyed.connect(self._forget)

    def _forget(self) -> None:
        self._watched = None

    @safe_override(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._touched_s = self._clock_s()
        return False
