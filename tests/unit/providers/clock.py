"""Time by hand: sleeping is instant and moves the clock."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta


class SkippingClock:
    """`slept_s` holds every pause that was asked for, in order."""

    def __init__(self, now: datetime = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)) -> None:
        self._now = now
        self._elapsed_s = 0.0
        self.slept_s: list[float] = []

    def now(self) -> datetime:
        return self._now + timedelta(seconds=self._elapsed_s)

    def monotonic_s(self) -> float:
        return self._elapsed_s

    async def sleep(self, delay_s: float) -> None:
        self.slept_s.append(delay_s)
        self._elapsed_s += delay_s
        # Whoever else is waiting gets his turn, as with a real pause.
        await asyncio.sleep(0)


def let_pass(seconds: float) -> None:
    """Move the clock of the running loop on: limits of that length are over, whatever the machine is busy with."""
    loop = asyncio.get_running_loop()
    before = loop.time
    loop.time = lambda: before() + seconds  # type: ignore[method-assign]  # the loop is the test's own and ends with it
