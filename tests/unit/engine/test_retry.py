"""What is sent again by itself, when, and what never is."""

from __future__ import annotations

import random

import pytest

from studio.domain.errors import (
    BrokenReply,
    GatewayAnswered,
    Offline,
    Overloaded,
    Problem,
    PromptRefused,
    ProviderError,
    RateLimited,
    ServerFailed,
    StudioError,
    TaskFailed,
    Uncertain,
)
from studio.domain.events import Progressed, RetryScheduled
from studio.domain.jobs import CallState, Ticket
from studio.engine.retry import RetryPolicy
from tests.unit.engine.fakes import ALPHA, Gate, ScriptedProvider, World, image, model, ticket, until, usd, wish

BUSY = RateLimited(provider="Alpha")


def limited(retry_after_s: float | None) -> RateLimited:
    return RateLimited(provider="Alpha", retry_after_s=retry_after_s)


async def finish(world: World, seconds: float = 0.0, **settings: object) -> CallState:
    """Runs one request to its end, letting so much time pass; gives the state of its call."""
    engine = world.engine(**settings)
    run = await engine.start(wish(), [ALPHA])
    await world.clock.advance(seconds)
    await engine.wait(run.id)
    return world.journal.call("1.1.0").state


@pytest.mark.parametrize("error", [BUSY, Overloaded(provider="Alpha"), Offline(host="alpha.test")])
async def test_what_was_refused_or_never_left_is_sent_again(world: World, error: StudioError) -> None:
    world.alpha.scripts = [[error], [error], [image()]]
    assert await finish(world, 1.5) is CallState.DONE
    assert len(world.alpha.posts) == 3
    assert world.states("1.1.0") == [
        CallState.SENDING,
        CallState.QUEUED,
        CallState.SENDING,
        CallState.QUEUED,
        CallState.SENDING,
        CallState.DONE,
    ]


async def test_the_next_try_is_told_with_its_time_and_number(world: World) -> None:
    world.alpha.scripts = [[limited(12)], [image()]]
    assert await finish(world, 12) is CallState.DONE
    told: list[RetryScheduled] = world.of("retry_scheduled")
    assert [(event.delay_s, event.attempt, event.attempts_max) for event in told] == [(12, 2, 4)]
    assert told[0].problem.kind == "rate_limited"


async def test_four_tries_and_no_more(world: World) -> None:
    world.alpha.scripts = [[BUSY]]
    assert await finish(world, 600) is CallState.FAILED
    assert len(world.alpha.posts) == 4
    assert world.ledger.settled["1.1.0"] == (None, False)
    assert [event.delay_s for event in world.of("retry_scheduled")] == [0.5, 1, 2]


async def test_a_server_that_fails_properly_is_asked_twice_again(world: World) -> None:
    world.alpha.scripts = [[ServerFailed(provider="Alpha")]]
    assert await finish(world, 600) is CallState.FAILED
    assert len(world.alpha.posts) == 3


async def test_a_pause_that_is_too_long_is_left_to_the_user(world: World) -> None:
    world.alpha.scripts = [[limited(121)]]
    assert await finish(world, 600) is CallState.FAILED
    assert len(world.alpha.posts) == 1


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (Uncertain(provider="Alpha"), CallState.UNCERTAIN),
        (GatewayAnswered(provider="Alpha"), CallState.UNCERTAIN),
        (BrokenReply(provider="Alpha"), CallState.UNCERTAIN),
        (PromptRefused(provider="Alpha"), CallState.FAILED),
        (TaskFailed(provider="Alpha"), CallState.FAILED),
        # The class says that it may be repeated, the adapter knows that it may have cost money: the money counts.
        (RateLimited(provider="Alpha", charged="maybe"), CallState.FAILED),
        (Offline(host="alpha.test", charged="maybe"), CallState.FAILED),
    ],
)
async def test_what_may_have_been_billed_or_would_fail_again_is_never_repeated(
    world: World, error: ProviderError, state: CallState
) -> None:
    world.alpha.scripts = [[error]]
    assert await finish(world, 600) is state
    assert len(world.alpha.posts) == 1
    expected = (usd("0.04"), True) if error.problem.charged == "maybe" else (None, False)
    assert world.ledger.settled["1.1.0"] == expected


async def test_what_brought_an_image_is_never_repeated(world: World) -> None:
    world.alpha.scripts = [[image(0), BUSY]]
    engine = world.engine()
    done = await engine.wait((await engine.start(wish(n=2), [ALPHA])).id)
    assert len(world.alpha.posts) == 1
    assert done.jobs[0].calls[0].state is CallState.DONE
    assert done.jobs[0].missing == (1,)


async def test_a_connection_that_breaks_after_the_last_image_is_no_failure(world: World) -> None:
    world.alpha.scripts = [[image(), Uncertain(provider="Alpha")]]
    assert await finish(world) is CallState.DONE
    assert world.journal.call("1.1.0").problem is None
    assert world.of("image_missing") == []


async def test_other_calls_of_the_model_wait_with_it_but_not_those_of_other_models(world: World) -> None:
    world.add(ScriptedProvider("alpha", model("draw", capability={"n_max": 1}), model("sketch")))
    world.alpha.scripts = [[limited(30)], [image()]]
    engine = world.engine()
    first = await engine.start(wish(), [ALPHA])
    await until(lambda: world.of("retry_scheduled"))
    second = await engine.start(wish(), [ALPHA])
    other = await engine.start(wish(), [ALPHA.model_copy(update={"model": "sketch"})])
    await engine.wait(other.id)
    await world.clock.advance(29)
    assert [call.call_id for call in world.alpha.posts] == ["1.1.0", "3.1.0"]
    waiting = [event for event in world.of("call_changed") if event.call_id == "2.1.0"][-1]
    assert waiting.queue_place == 2
    assert waiting.waits_s == 30
    await world.clock.advance(1)
    await engine.wait(first.id)
    await engine.wait(second.id)
    assert [call.call_id for call in world.alpha.posts] == ["1.1.0", "3.1.0", "1.1.0", "2.1.0"]


async def test_a_broken_connection_to_a_task_is_taken_up_again_not_sent_again(world: World) -> None:
    broken = Uncertain(provider="Alpha")
    world.alpha.scripts = [[ticket(), broken]]
    world.alpha.resumes = [[Offline(host="alpha.test")], [BUSY], [ServerFailed(provider="Alpha")], [image()]]
    assert await finish(world, 10) is CallState.DONE
    assert len(world.alpha.posts) == 1
    assert len(world.alpha.resumed) == 4
    waits = [event.waits_s for event in world.of("call_changed") if event.waits_s]
    assert waits == [0.5, 1, 2, 4]


async def test_a_task_that_failed_is_not_taken_up_again(world: World) -> None:
    world.alpha.scripts = [[ticket(), Uncertain(provider="Alpha")]]
    world.alpha.resumes = [[TaskFailed(provider="Alpha")]]
    assert await finish(world, 10) is CallState.FAILED
    assert len(world.alpha.resumed) == 1


async def test_images_that_a_resumed_task_sends_again_are_kept_once(world: World) -> None:
    world.alpha.scripts = [[ticket(), image(0), Uncertain(provider="Alpha")]]
    world.alpha.resumes = [[image(0), image(1)]]
    engine = world.engine()
    run = await engine.start(wish(n=2), [ALPHA])
    await world.clock.advance(1)
    await engine.wait(run.id)
    assert [event.image.index for event in world.of("image_saved")] == [0, 1]


async def test_a_request_without_answer_is_looked_for_at_the_provider(world: World) -> None:
    world.add(ScriptedProvider("alpha", model(capability={"recoverable": True})))
    world.alpha.scripts = [[Uncertain(provider="Alpha")]]
    world.alpha.lost = Ticket(provider="alpha", account="default", task_id="found")
    assert await finish(world) is CallState.DONE
    assert len(world.alpha.posts) == 1
    assert [one.task_id for one in world.alpha.resumed] == ["found"]
    assert world.alpha.looked_up[0].call.id == "1.1.0"


async def test_a_request_that_cannot_be_found_is_uncertain(world: World) -> None:
    world.add(ScriptedProvider("alpha", model(capability={"recoverable": True})))
    world.alpha.scripts = [[Uncertain(provider="Alpha")]]
    assert await finish(world, 5) is CallState.UNCERTAIN
    assert len(world.alpha.looked_up) == 2
    assert len(world.alpha.posts) == 1


async def test_a_task_that_takes_too_long_can_be_asked_for_again(world: World) -> None:
    world.alpha.scripts = [[ticket(), Gate()]]
    assert await finish(world, 300) is CallState.UNCERTAIN
    call = world.journal.call("1.1.0")
    assert call.ticket is not None
    assert call.problem is not None
    assert call.problem.text == "Alpha had not finished after 5 min. It may have been billed."
    assert world.alpha.open_connections == 0


async def test_reconnecting_goes_on_until_the_deadline(world: World) -> None:
    world.alpha.scripts = [[ticket(), Uncertain(provider="Alpha")]]
    world.alpha.resumes = [[Offline(host="alpha.test")]]
    assert await finish(world, 400) is CallState.UNCERTAIN
    assert 6 <= len(world.alpha.resumed) <= 14
    problem = world.journal.call("1.1.0").problem
    assert problem is not None
    assert problem.kind == "deadline"


async def test_a_request_without_ticket_that_takes_too_long_is_uncertain(world: World) -> None:
    world.alpha.scripts = [[Progressed(), Gate()]]
    assert await finish(world, 300) is CallState.UNCERTAIN
    assert len(world.alpha.posts) == 1
    assert world.ledger.settled["1.1.0"] == (usd("0.04"), True)


async def test_the_slot_is_free_while_a_call_waits_for_its_next_try(world: World) -> None:
    world.add(ScriptedProvider("alpha", model("draw"), model("sketch"), concurrent_requests=1))
    world.alpha.scripts = [[limited(60)], [image()]]
    engine = world.engine()
    first = await engine.start(wish(), [ALPHA])
    await until(lambda: world.of("retry_scheduled"))
    second = await engine.start(wish(), [ALPHA.model_copy(update={"model": "sketch"})])
    await engine.wait(second.id)
    assert world.journal.call("1.1.0").state is CallState.QUEUED
    await engine.cancel_run(first.id)
    await engine.wait(first.id)


def problem(error: StudioError) -> Problem:
    return error.problem


def test_delays_grow_and_are_capped() -> None:
    policy = RetryPolicy(jitter=0, tries_max=20, total_s=1e9)
    delays = [policy.delay_s(problem(BUSY), tries=tries, elapsed_s=0) for tries in range(1, 10)]
    assert delays == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]


def test_no_try_begins_after_the_total_time() -> None:
    policy = RetryPolicy(jitter=0, total_s=10)
    assert policy.delay_s(problem(limited(9)), tries=1, elapsed_s=1) == 9
    assert policy.delay_s(problem(limited(9)), tries=1, elapsed_s=1.5) is None


def test_chance_never_comes_before_the_time_the_provider_asked_for() -> None:
    policy = RetryPolicy(chance=random.Random(1))
    for _ in range(100):
        delay_s = policy.delay_s(problem(limited(7)), tries=1, elapsed_s=0)
        assert delay_s is not None
        assert 7 <= delay_s <= 7.5


def test_chance_spreads_the_tries_of_many_calls() -> None:
    policy = RetryPolicy(chance=random.Random(1))
    delays = {policy.delay_s(problem(BUSY), tries=2, elapsed_s=0) for _ in range(20)}
    assert len(delays) == 20
    assert all(delay is not None and 0.75 <= delay <= 1.25 for delay in delays)


async def test_a_pause_that_a_poll_is_told_to_make_is_made(world: World) -> None:
    world.alpha.scripts = [[ticket(), limited(20)]]
    engine = world.engine()
    run = await engine.start(wish(), [ALPHA])
    await world.clock.advance(19)
    assert world.alpha.resumed == []
    await world.clock.advance(1)
    await engine.wait(run.id)
    assert len(world.alpha.resumed) == 1


async def test_a_look_that_fails_is_followed_by_another(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    world.add(ScriptedProvider("alpha", model(capability={"recoverable": True})))
    world.alpha.scripts = [[Uncertain(provider="Alpha")]]
    looks = 0

    async def look(*_: object) -> Ticket:
        nonlocal looks
        looks += 1
        if looks == 1:
            raise Offline(host="alpha.test")
        return Ticket(provider="alpha", account="default", task_id="found")

    monkeypatch.setattr(world.alpha, "find_lost", look)
    assert await finish(world, 5) is CallState.DONE
    assert looks == 2


@pytest.mark.expects_log("call 1.1.0 broke")
async def test_whatever_breaks_after_the_intent_was_written_is_uncertain(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(world.alpha, "generate", broken)
    assert await finish(world) is CallState.UNCERTAIN
    assert world.ledger.settled["1.1.0"] == (usd("0.04"), True)
