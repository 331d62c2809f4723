"""Waiting for an accepted task: ask, tell, wait longer, until the adapter has what it wants."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Generic, Self, TypeVar

from studio.domain.errors import (
    DeadlinePassed,
    GatewayAnswered,
    Offline,
    Overloaded,
    ProviderError,
    RateLimited,
    ResultUnreachable,
    ServerFailed,
)
from studio.domain.ports import Clock

Answer = TypeVar("Answer")

_PASSING: tuple[type[ProviderError], ...] = (
    ResultUnreachable,
    RateLimited,
    Overloaded,
    ServerFailed,
    GatewayAnswered,
    Offline,
)
"""What a poll may say on a bad day. Said about a poll, none of it says anything about the task."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often to ask, in seconds. The delay grows by `factor` from `first_s` up to `most_s`."""

    first_s: float = 1.0
    most_s: float = 5.0
    factor: float = 1.3
    deadline_s: float = 600.0
    patience_s: float = 120.0
    """How long polls may break in a row before the task is given back (it can be resumed later)."""


def words_for_duration(duration_s: float) -> str:
    """``90 s``, ``10 min``."""
    return f"{duration_s:.0f} s" if duration_s < 120 else f"{duration_s / 60:.0f} min"


class Answers(Generic[Answer]):
    """``async for`` over the answers of `ask`, waiting between them; the consumer stops at the one he waited for.

    A poll is free: one that breaks, fails or is told to wait is asked again. Raises DeadlinePassed after
    `pace.deadline_s`, and ResultUnreachable (never an error that would let the paid request be sent again) when polls
    broke for `pace.patience_s` in a row."""

    def __init__(self, ask: Callable[[], Awaitable[Answer]], *, pace: Pace, clock: Clock, provider: str) -> None:
        self._ask = ask
        self._pace = pace
        self._clock = clock
        self._provider = provider
        self._begun_s = self._heard_s = clock.monotonic_s()
        self._delay_s = pace.first_s
        self._pause_s = 0.0
        """Before the next question; none before the first."""

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Answer:
        while True:
            await self._wait()
            try:
                answer = await self._ask()
            except _PASSING as error:
                self._bear(error)
            else:
                self._heard_s = self._clock.monotonic_s()
                return answer

    async def _wait(self) -> None:
        if self._pause_s:
            if self._clock.monotonic_s() + self._pause_s - self._begun_s > self._pace.deadline_s:
                duration = words_for_duration(self._pace.deadline_s)
                raise DeadlinePassed(provider=self._provider, duration=duration)
            await self._clock.sleep(self._pause_s)
            self._delay_s = min(self._delay_s * self._pace.factor, self._pace.most_s)
        self._pause_s = self._delay_s

    def _bear(self, error: ProviderError) -> None:
        """Trouble that may pass: ask again, later if the vendor wishes, but not for ever."""
        if self._clock.monotonic_s() - self._heard_s >= self._pace.patience_s:
            if isinstance(error, ResultUnreachable):
                raise error
            raise ResultUnreachable(provider=self._provider, host=self._provider, detail=str(error)) from error
        wished_s = min(error.problem.retry_after_s or 0.0, self._pace.patience_s)
        self._pause_s = max(self._pause_s, wished_s)
