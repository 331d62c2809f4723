"""The wish to cancel at every moment of a call, and what it truly brings about."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import Any

import pytest

from studio.domain.errors import Offline, RateLimited, TaskFailed
from studio.domain.events import JobFinished
from studio.domain.jobs import Call, CallState, JobState, Run
from studio.domain.ports import CancelOutcome
from studio.domain.pricing import PriceList, PriceRule
from studio.engine.engine import Engine
from tests.unit.engine.fakes import (
    ALPHA,
    BETA,
    Gate,
    ScriptedProvider,
    World,
    idle,
    image,
    model,
    ticket,
    until,
    usd,
    wish,
)


def told(world: World, call_id: str = "1.1.0") -> tuple[str, str] | None:
    problem = world.journal.call(call_id).problem
    return (problem.kind, problem.charged) if problem is not None else None


async def under_way(world: World, gate: Gate) -> tuple[Engine, Run]:
    """A run whose request has been sent and stands at the gate."""
    engine = world.engine()
    run = await engine.start(wish(), [ALPHA])
    await gate.reached.wait()
    return engine, run


async def task_under_way(world: World, gate: Gate, cancel_outcome: Any, ending: Any = None) -> tuple[Engine, Run]:
    """The same after a ticket came; behind the gate it ends with an image or with `ending`."""
    world.alpha.scripts = [[ticket(), gate, ending or image()]]
    world.alpha.cancel_outcome = cancel_outcome
    return await under_way(world, gate)


async def cancelled(engine: Engine, run: Run) -> Run:
    """What becomes of a run that is cancelled now."""
    await engine.cancel_run(run.id)
    return await engine.wait(run.id)


async def test_what_waits_in_the_queue_is_cancelled_at_no_cost(world: World) -> None:
    gate = Gate()
    world.add(ScriptedProvider("alpha", concurrent_requests=1)).scripts = [[gate, image()]]
    engine = world.engine()
    first = await engine.start(wish(), [ALPHA])
    second = await engine.start(wish(), [ALPHA])
    await gate.reached.wait()
    await engine.cancel_run(second.id)
    done = await engine.wait(second.id)
    assert done.jobs[0].state is JobState.CANCELLED
    assert told(world, "2.1.0") == ("cancelled", "no")
    assert world.ledger.settled["2.1.0"] == (None, False)
    gate.open()
    assert (await engine.wait(first.id)).jobs[0].state is JobState.DONE
    assert len(world.alpha.posts) == 1


async def test_a_call_cancelled_at_once_never_leaves(world: World) -> None:
    engine = world.engine()
    run = await engine.start(wish(), [ALPHA])
    await engine.cancel_job(run.jobs[0].id)
    await engine.wait(run.id)
    assert world.alpha.posts == []
    assert told(world) == ("cancelled", "no")


async def test_what_is_free_is_never_said_to_be_billed(world: World) -> None:
    free = PriceList(per_image=(PriceRule(amount=Decimal(0)),))
    world.add(ScriptedProvider("alpha", model(prices=free)))
    gate = Gate()
    world.alpha.scripts = [[gate, image()]]
    engine, run = await under_way(world, gate)
    await cancelled(engine, run)
    assert told(world) == ("cancelled", "no")
    late = await engine.start(wish(), [ALPHA])
    await until(lambda: world.alpha.open_connections == 1)
    await world.clock.advance(1_000)
    await engine.wait(late.id)
    assert (told(world, "2.1.0"), world.journal.call("2.1.0").state) == (("deadline", "no"), CallState.FAILED)
    await engine.start(wish(), [ALPHA])
    await until(lambda: world.alpha.open_connections == 1)
    await engine.close()
    assert (told(world, "3.1.0"), world.journal.call("3.1.0").state) == (("not_sent", "no"), CallState.CANCELLED)


async def test_a_request_under_way_without_ticket_may_have_been_billed(world: World) -> None:
    gate = Gate()
    world.alpha.scripts = [[gate, image()]]
    engine, run = await under_way(world, gate)
    await engine.cancel_call(run.jobs[0].calls[0].id)
    done = await engine.wait(run.id)
    assert done.jobs[0].state is JobState.CANCELLED
    assert told(world) == ("cancelled", "maybe")
    assert world.ledger.settled["1.1.0"] == (usd("0.04"), True)
    assert world.alpha.open_connections == 0


async def test_a_task_that_the_provider_stops_costs_nothing(world: World) -> None:
    gate = Gate()
    engine, run = await task_under_way(world, gate, CancelOutcome.CANCELLED)
    await cancelled(engine, run)
    assert told(world) == ("cancelled", "no")
    assert [one.task_id for one in world.alpha.cancelled] == ["task-1"]
    assert world.ledger.settled["1.1.0"] == (None, False)


async def test_too_late_and_the_image_is_kept(world: World) -> None:
    gate = Gate()
    engine, run = await task_under_way(world, gate, CancelOutcome.TOO_LATE)
    await engine.cancel_run(run.id)
    await until(lambda: world.of("notice_raised"))
    gate.open()
    done = await engine.wait(run.id)
    assert done.jobs[0].state is JobState.DONE
    assert len(world.archive.images) == 1
    assert world.of("notice_raised")[0].notice.code == "cancel_too_late"
    assert world.ledger.settled["1.1.0"] == (usd("0.04"), False)


async def test_a_second_wish_no_longer_waits_for_a_task_that_cannot_be_stopped(world: World) -> None:
    gate = Gate()
    engine, run = await task_under_way(world, gate, CancelOutcome.TOO_LATE)
    await engine.cancel_run(run.id)
    await until(lambda: world.of("notice_raised"))
    await cancelled(engine, run)
    assert told(world) == ("cancelled", "maybe")
    assert len(world.alpha.cancelled) == 1


@pytest.mark.parametrize("answer", [CancelOutcome.UNSUPPORTED, Offline(host="alpha.test")])
async def test_a_task_nobody_can_stop_is_left_and_can_be_fetched_later(
    world: World, answer: CancelOutcome | Exception
) -> None:
    gate = Gate()
    engine, run = await task_under_way(world, gate, answer)
    await cancelled(engine, run)
    assert told(world) == ("cancelled", "maybe")
    assert world.ledger.settled["1.1.0"] == (usd("0.04"), True)
    again = await engine.ask_again(run.jobs[0].calls[0].id)
    done = await engine.wait(again.id)
    assert done.jobs[0].state is JobState.DONE
    assert len(world.archive.images) == 1
    assert len(world.alpha.posts) == 1
    assert world.ledger.settled["1.1.0"] == (usd("0.04"), False)


async def test_a_request_that_may_bring_a_ticket_gets_a_moment_to_do_so(world: World) -> None:
    gate, never = Gate(), Gate()
    world.add(ScriptedProvider("alpha", model(capability={"recoverable": True})))
    world.alpha.scripts = [[gate, ticket(), never, image()]]
    world.alpha.cancel_outcome = CancelOutcome.CANCELLED
    engine, run = await under_way(world, gate)
    await engine.cancel_run(run.id)
    await world.clock.advance(1)
    gate.open()
    await engine.wait(run.id)
    assert told(world) == ("cancelled", "no")
    assert [one.task_id for one in world.alpha.cancelled] == ["task-1"]


async def test_the_moment_ends(world: World) -> None:
    gate = Gate()
    world.add(ScriptedProvider("alpha", model(capability={"recoverable": True})))
    world.alpha.scripts = [[gate, ticket(), image()]]
    engine, run = await under_way(world, gate)
    await engine.cancel_run(run.id)
    await world.clock.advance(5)
    await engine.wait(run.id)
    assert told(world) == ("cancelled", "maybe")


async def test_cancelling_while_waiting_for_the_next_try_costs_nothing(world: World) -> None:
    world.alpha.scripts = [[RateLimited(provider="Alpha", retry_after_s=60)]]
    engine = world.engine()
    run = await engine.start(wish(), [ALPHA])
    await until(lambda: world.of("retry_scheduled"))
    await cancelled(engine, run)
    assert told(world) == ("cancelled", "no")
    assert len(world.alpha.posts) == 1


async def test_cancelling_while_a_lost_connection_is_taken_up_again_still_asks_the_provider(world: World) -> None:
    world.alpha.scripts = [[ticket(), Offline(host="alpha.test")]]
    world.alpha.resumes = [[Gate()]]
    world.alpha.cancel_outcome = CancelOutcome.CANCELLED
    engine = world.engine()
    run = await engine.start(wish(), [ALPHA])
    await until(lambda: any(event.waits_s for event in world.of("call_changed")))
    await cancelled(engine, run)
    assert told(world) == ("cancelled", "no")
    assert len(world.alpha.cancelled) == 1


async def test_a_task_that_reports_its_own_end_after_the_wish_is_cancelled_not_failed(world: World) -> None:
    gate, asking = Gate(), Gate()
    world.alpha.scripts = [[ticket(), gate, TaskFailed(provider="Alpha")]]
    world.alpha.cancel_outcome = asking
    engine, run = await under_way(world, gate)
    await engine.cancel_run(run.id)
    await asking.reached.wait()
    gate.open()
    done = await engine.wait(run.id)
    assert done.jobs[0].state is JobState.CANCELLED


async def test_an_image_that_comes_in_the_same_moment_is_kept(world: World) -> None:
    gate, after = Gate(), Gate()
    world.alpha.scripts = [[gate, image(), after]]
    engine, run = await under_way(world, gate)
    gate.open()
    done = await cancelled(engine, run)
    assert (done.jobs[0].state, len(world.archive.images)) in (
        (JobState.DONE, 1),
        (JobState.CANCELLED, 0),
    )


async def test_cancel_all_stops_every_run_and_sends_none_that_waited(world: World) -> None:
    gate = Gate()
    world.add(ScriptedProvider("alpha", concurrent_requests=1)).scripts = [[gate, image()]]
    world.add(ScriptedProvider("beta")).scripts = [[gate, image()]]
    engine = world.engine()
    runs = [await engine.start(wish(), [ALPHA, BETA]) for _ in range(3)]
    await idle()
    await engine.cancel_all()
    for run in runs:
        await engine.wait(run.id)
    assert len(world.alpha.posts) == 1
    assert len(world.providers["beta"].posts) == 3
    finished: list[JobFinished] = world.of("job_finished")
    assert {event.state for event in finished} == {JobState.CANCELLED}
    assert len(finished) == 6


async def test_cancelling_one_job_leaves_the_others(world: World) -> None:
    gate = Gate()
    world.alpha.scripts = [[gate, image()]]
    world.add(ScriptedProvider("beta")).scripts = [[gate, image()]]
    engine = world.engine()
    run = await engine.start(wish(), [ALPHA, BETA])
    await gate.reached.wait()
    await engine.cancel_job(run.jobs[0].id)
    gate.open()
    done = await engine.wait(run.id)
    assert [job.state for job in done.jobs] == [JobState.CANCELLED, JobState.DONE]


async def test_cancelling_what_is_over_or_unknown_changes_nothing(world: World) -> None:
    engine = world.engine()
    run = await engine.start(wish(), [ALPHA])
    done = await engine.wait(run.id)
    await engine.cancel_run(run.id)
    await engine.cancel_call(type(done.jobs[0].calls[0].id)("77.1.0"))
    assert world.journal.call("1.1.0").state is CallState.DONE


async def test_a_wish_that_comes_while_the_intent_is_written_stops_the_request(world: World) -> None:
    engine = world.engine()

    def cancel(call: Call) -> None:
        if call.state is CallState.SENDING:
            engine._cancel(lambda _: True)

    world.journal.before_write = cancel
    run = await engine.start(wish(), [ALPHA])
    await engine.wait(run.id)
    assert world.alpha.posts == []
    assert told(world) == ("cancelled", "no")


@pytest.mark.parametrize("turns", range(8))
async def test_a_ticket_that_comes_in_the_same_moment_is_used(world: World, turns: int) -> None:
    gate = Gate()
    world.alpha.scripts = [[gate, ticket(), Gate(), image()]]
    world.alpha.resumes = [[Gate()]]
    world.alpha.cancel_outcome = CancelOutcome.CANCELLED
    engine, run = await under_way(world, gate)
    gate.open()
    for _ in range(turns):
        await asyncio.sleep(0)
    await cancelled(engine, run)
    call = world.journal.call("1.1.0")
    assert (told(world) == ("cancelled", "no")) is (call.ticket is not None)
    assert [one.task_id for one in world.alpha.cancelled] == (["task-1"] if call.ticket else [])


async def test_after_too_late_a_broken_connection_is_still_taken_up_again_with_patience(world: World) -> None:
    gate = Gate()
    world.alpha.scripts = [[ticket(), gate, Offline(host="alpha.test")]]
    world.alpha.resumes = [[Offline(host="alpha.test")], [Offline(host="alpha.test")], [image()]]
    world.alpha.cancel_outcome = CancelOutcome.TOO_LATE
    engine, run = await under_way(world, gate)
    await engine.cancel_run(run.id)
    await until(lambda: world.of("notice_raised"))
    gate.open()
    await world.clock.advance(1.4)
    assert len(world.alpha.resumed) == 1
    await world.clock.advance(10)
    assert (await engine.wait(run.id)).jobs[0].state is JobState.DONE
    assert len(world.alpha.resumed) == 3


@pytest.mark.expects_log("cancelling 1.1.0 broke")
async def test_a_bug_while_cancelling_does_not_keep_the_call(world: World) -> None:
    gate = Gate()
    engine, run = await task_under_way(world, gate, ZeroDivisionError("oops"))
    await cancelled(engine, run)
    assert told(world) == ("cancelled", "maybe")
    assert world.of("notice_raised")[0].notice.code == "cancel_failed"
