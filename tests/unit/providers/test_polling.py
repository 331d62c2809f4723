"""Polls are free: they go on through trouble, and their trouble never looks like 'nothing was sent'."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from studio.domain.errors import (
    DeadlinePassed,
    GatewayAnswered,
    KeyRejected,
    Offline,
    Overloaded,
    ProviderError,
    RateLimited,
    Repeat,
    ResultUnreachable,
    ServerFailed,
)
from studio.providers.polling import Answers, Pace
from tests.unit.providers.clock import SkippingClock

PASSING: list[type[ProviderError]] = [
    ResultUnreachable,
    RateLimited,
    Overloaded,
    ServerFailed,
    GatewayAnswered,
    Offline,
]


def script(*steps: str | Exception) -> Callable[[], Awaitable[str]]:
    """Answers, or errors, in order; the last one for ever."""
    left = list(steps)

    async def ask() -> str:
        step = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(step, Exception):
            raise step
        return step

    return ask


async def test_waits_longer_each_time_up_to_a_limit(clock: SkippingClock) -> None:
    heard = []
    async for answer in Answers(
        script("1", "2", "3", "4", "5"), pace=Pace(first_s=1, most_s=3, factor=2), clock=clock, provider="X"
    ):
        heard.append(answer)
        if answer == "5":
            break

    assert heard == ["1", "2", "3", "4", "5"]
    assert clock.slept_s == [1, 2, 3, 3]


@pytest.mark.parametrize("kind", PASSING)
async def test_trouble_passes(clock: SkippingClock, kind: type[ProviderError]) -> None:
    async for answer in Answers(script(kind(), kind(), "done"), pace=Pace(), clock=clock, provider="X"):
        assert answer == "done"
        break


async def test_a_wish_to_wait_is_kept(clock: SkippingClock) -> None:
    ask = script(RateLimited(retry_after_s=30), "done")
    async for _ in Answers(ask, pace=Pace(first_s=1), clock=clock, provider="X"):
        break

    assert clock.slept_s == [30]


@pytest.mark.parametrize("kind", PASSING)
async def test_trouble_without_end_is_given_back_and_forbids_sending_again(
    clock: SkippingClock, kind: type[ProviderError]
) -> None:
    with pytest.raises(ResultUnreachable) as told:
        async for _ in Answers(script(kind()), pace=Pace(patience_s=20), clock=clock, provider="X"):
            pass

    assert told.value.problem.repeat is Repeat.UNCERTAIN
    assert told.value.problem.charged == "maybe"
    assert clock.monotonic_s() >= 20


async def test_patience_begins_anew_with_each_answer(clock: SkippingClock) -> None:
    trouble = [ResultUnreachable()] * 3
    ask = script(*trouble, "1", *trouble, "2", *trouble, "3")
    heard = []
    async for answer in Answers(ask, pace=Pace(first_s=5, most_s=5, patience_s=20), clock=clock, provider="X"):
        heard.append(answer)
        if answer == "3":
            break

    assert heard == ["1", "2", "3"]
    assert clock.monotonic_s() > 40


async def test_what_the_vendor_says_of_the_task_ends_the_wait(clock: SkippingClock) -> None:
    with pytest.raises(KeyRejected):
        async for _ in Answers(script("1", KeyRejected()), pace=Pace(), clock=clock, provider="X"):
            pass


async def test_a_task_that_never_ends_meets_the_deadline(clock: SkippingClock) -> None:
    with pytest.raises(DeadlinePassed, match="10 min") as told:
        async for _ in Answers(script("working"), pace=Pace(deadline_s=600), clock=clock, provider="X"):
            pass

    assert clock.monotonic_s() <= 600
    assert told.value.problem.charged == "maybe"
