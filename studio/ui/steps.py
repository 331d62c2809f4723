"""Work of the GUI thread that would be noticed in one piece: done in steps, one for each turn of the event loop."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal


class Steps(QObject):
    """Carries out an iterator from one `yield` to the next, with turns of the event loop in between: input is taken
    and what there is so far is painted. Write the work as a generator whose steps take a few milliseconds at most.

    Without a pause every other turn is left to layouts and painting, so that no turn both works and shows what the work
    before it has made. A step that raises ends the work, and its fault goes where those of slots go."""

    finished = Signal()

    def __init__(self, work: Iterator[None], parent: QObject, *, pause_ms: int = 0) -> None:
        super().__init__(parent)
        self._work = work
        self._rests = pause_ms == 0
        self._rested = False
        self._timer = QTimer(self)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(self._step)

    @property
    def under_way(self) -> bool:
        return self._timer.isActive()

    def start(self) -> None:
        """The first step comes with one of the next turns."""
        self._timer.start()

    def stop(self) -> None:
        """No further step; what is done stays."""
        self._timer.stop()

    def _step(self) -> None:
        if self._rests and not self._rested:
            self._rested = True
            return
        self._rested = False
        try:
            next(self._work)
        except StopIteration:
            self._timer.stop()
            self.finished.emit()
        except BaseException:
            self._timer.stop()
            raise
