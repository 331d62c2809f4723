"""Work of the GUI thread that would be noticed in one piece: done in steps, one for each turn of the event loop."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal


class Steps(QObject):
    """Carries out an iterator from one `yield` to the next, with a turn of the event loop in between: input is taken
    and what there is so far is painted. Write the work as a generator whose steps take a few milliseconds at most.

    A step that raises ends the work, and its fault goes where those of slots go."""

    finished = Signal()

    def __init__(self, work: Iterator[None], parent: QObject, *, pause_ms: int = 0) -> None:
        super().__init__(parent)
        self._work = work
        self._timer = QTimer(self)
        self._timer.setInterval(pause_ms)
        self._timer.timeout.connect(self._step)

    @property
    def under_way(self) -> bool:
        return self._timer.isActive()

    def start(self) -> None:
        """The first step comes with the next turn."""
        self._timer.start()

    def stop(self) -> None:
        """No further step; what is done stays."""
        self._timer.stop()

    def _step(self) -> None:
        try:
            next(self._work)
        except StopIteration:
            self._timer.stop()
            self.finished.emit()
        except BaseException:
            self._timer.stop()
            raise
