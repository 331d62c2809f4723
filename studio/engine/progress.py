"""Signs of life, at most so many a second, the newest one always told."""

from __future__ import annotations

from collections.abc import Callable

from studio.domain.events import Progressed
from studio.domain.ports import Clock
from studio.engine.tasks import Alarm, TaskOwner


class ProgressGate:
    """Lets the first sign through at once and merges those that follow too soon."""

    def __init__(
        self, clock: Clock, owner: TaskOwner, tell: Callable[[Progressed], None], *, per_s: float, name: str
    ) -> None:
        self._clock = clock
        self._tell = tell
        self._interval_s = 1 / per_s
        self._told_at_s = float("-inf")
        self._waiting: Progressed | None = None
        self._alarm = Alarm(clock, owner, self.flush, name=name)

    def offer(self, progress: Progressed) -> None:
        due_in_s = self._told_at_s + self._interval_s - self._clock.monotonic_s()
        self._waiting = progress
        if due_in_s <= 0:
            self.flush()
        elif not self._alarm.is_set:
            self._alarm.set(due_in_s)

    def flush(self) -> None:
        """Tells what waits, so that it does not come after a later event of the same call."""
        self._alarm.clear()
        if self._waiting is not None:
            progress, self._waiting = self._waiting, None
            self._told_at_s = self._clock.monotonic_s()
            self._tell(progress)
