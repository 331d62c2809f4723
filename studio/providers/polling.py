"""Waiting for an accepted task: ask, tell, wait longer, until the adapter has what it wants."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

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


async def answers(
    ask: Callable[[], Awaitable[Answer]], *, pace: Pace, clock: Clock, provider: str
) -> AsyncIterator[Answer]:
    """Each answer of `ask`, waiting between them; the consumer stops at the one he waited for.

    A poll is free: one that breaks, fails or is told to wait is asked again. Raises DeadlinePassed after
    `pace.deadline_s`, and ResultUnreachable (never an error that would let the paid request be sent again) when polls
    broke for `pace.patience_s` in a row."""
    begun_s = heard_s = clock.monotonic_s()
    delay_s = pace.first_s
    while True:
        pause_s = delay_s
        try:
            answer = await ask()
        except _PASSING as error:
            if clock.monotonic_s() - heard_s >= pace.patience_s:
                if isinstance(error, ResultUnreachable):
                    raise
                raise ResultUnreachable(provider=provider, host=provider, detail=str(error)) from error
            pause_s = max(delay_s, min(error.problem.retry_after_s or 0.0, pace.patience_s))
        else:
            heard_s = clock.monotonic_s()
            yield answer
        if clock.monotonic_s() + pause_s - begun_s > pace.deadline_s:
            raise DeadlinePassed(provider=provider, duration=words_for_duration(pace.deadline_s))
        await clock.sleep(pause_s)
        delay_s = min(delay_s * pace.factor, pace.most_s)
