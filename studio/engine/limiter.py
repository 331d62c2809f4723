"""How often one account may ask one model."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from math import floor

MINUTE_S = 60.0


class RateWindow:
    """At most `per_minute` starts in any 60 s; below one a minute, one start in each longer period.

    Times are seconds of a monotonic clock. None: no limit is known, only `hold` makes it wait."""

    def __init__(self, per_minute: float | None) -> None:
        self._capacity = 0 if per_minute is None else max(1, floor(per_minute))
        self._period_s = 0.0 if per_minute is None else MINUTE_S * self._capacity / per_minute
        self._starts: deque[float] = deque(maxlen=self._capacity)
        self._held_until_s = 0.0

    def wait_s(self, now_s: float) -> float:
        """Seconds until the next start is allowed; 0: now."""
        return next(self.waits_s(now_s))

    def waits_s(self, now_s: float) -> Iterator[float]:
        """Seconds until the next start, the one after it, and so on, if each one comes as early as it may."""
        starts = self._starts.copy()
        earliest_s = max(self._held_until_s, now_s)
        while True:
            at_s = earliest_s
            if self._capacity and len(starts) == self._capacity:
                at_s = max(at_s, starts[0] + self._period_s)
            starts.append(at_s)
            yield at_s - now_s

    def note_start(self, now_s: float) -> None:
        self._starts.append(now_s)

    def hold(self, until_s: float) -> None:
        """Nobody starts before `until_s`: the provider asked for a pause."""
        self._held_until_s = max(self._held_until_s, until_s)
