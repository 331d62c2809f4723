"""What a new process makes of what an old one left behind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from studio.domain.errors import KeyMissing, TaskExpired
from studio.domain.events import UsageReported
from studio.domain.fit import fit
from studio.domain.jobs import Call, CallState, Job, JobState, Run, Ticket
from studio.domain.ports import SentAddress
from studio.domain.pricing import Usage
from studio.domain.values import CallId, JobId, RunId
from tests.unit.engine.fakes import ALPHA, START, Gate, ScriptedProvider, World, idle, image, model, until, usd, wish

TICKET = Ticket(provider="alpha", account="default", task_id="task-1")


def leave_behind(world: World, *states: CallState, ticket: Ticket | None = None, **changes: Any) -> None:
    """The journal of a process that died: run 1 with one job and a call in each of these states."""
    fitted = fit(wish(n=len(states)), ALPHA, world.alpha.models[0], today=START.date()).request
    calls = tuple(
        Call(
            id=CallId(f"1.1.{index}"),
            job_id=JobId("1.1"),
            index=index,
            image_count=1,
            first_image_index=index,
            state=state,
            ticket=ticket,
            sent_at=START if state is not CallState.QUEUED else None,
            **changes,
        )
        for index, state in enumerate(states)
    )
    job = Job(id=JobId("1.1"), run_id=RunId(1), position=1, target=ALPHA, fitted=fitted, queued_at=START, calls=calls)
    run = Run(id=RunId(1), created_at=START, request=wish(n=len(states)), targets=(ALPHA,), jobs=(job,))
    world.journal.runs[run.id] = run
    for call in calls:
        world.ledger.reserved[call.id] = usd("0.04")


async def test_what_was_not_sent_is_not_sent_by_itself(world: World) -> None:
    leave_behind(world, CallState.QUEUED)
    engine = world.engine()
    (run,) = await engine.recover()
    call = run.jobs[0].calls[0]
    assert call.state is CallState.CANCELLED
    assert call.problem is not None
    assert call.problem.text == "The studio stopped before it was sent. Nothing was billed."
    assert world.alpha.posts == []
    assert world.ledger.reserved == {}
    assert world.kinds == ["run_started", "call_changed", "job_finished", "run_finished"]


@pytest.mark.parametrize("state", [CallState.ACCEPTED, CallState.RUNNING])
async def test_an_accepted_task_is_brought_home(world: World, state: CallState) -> None:
    leave_behind(world, state, ticket=TICKET)
    engine = world.engine()
    (run,) = await engine.recover()
    done = await engine.wait(run.id)
    assert done.jobs[0].state is JobState.DONE
    assert world.alpha.posts == []
    assert world.alpha.resumed == [TICKET]
    assert world.of("call_changed")[0].resumed
    assert world.ledger.settled["1.1.0"] == (usd("0.04"), False)


async def test_what_was_being_sent_is_uncertain(world: World) -> None:
    leave_behind(world, CallState.SENDING)
    engine = world.engine()
    (run,) = await engine.recover()
    done = await engine.wait(run.id)
    call = done.jobs[0].calls[0]
    assert (call.state, call.problem.kind if call.problem else None) == (CallState.UNCERTAIN, "interrupted")
    assert world.alpha.posts == []
    assert world.ledger.settled["1.1.0"] == (usd("0.04"), True)


async def test_what_was_being_sent_is_looked_for_where_the_provider_has_a_list(world: World) -> None:
    world.add(ScriptedProvider("alpha", model(capability={"recoverable": True}))).lost = TICKET
    leave_behind(world, CallState.SENDING)
    engine = world.engine()
    (run,) = await engine.recover()
    done = await engine.wait(run.id)
    assert done.jobs[0].state is JobState.DONE
    assert world.alpha.looked_up[0].sent_at == START
    assert world.journal.call("1.1.0").ticket == TICKET
    assert world.alpha.posts == []


async def test_a_lost_request_is_none_of_the_runs_other_tasks(world: World) -> None:
    world.add(ScriptedProvider("alpha", model(capability={"recoverable": True, "n_max": 1})))
    leave_behind(world, CallState.ACCEPTED, CallState.SENDING, ticket=TICKET)
    job = world.journal.runs[RunId(1)].jobs[0]
    calls = (job.calls[0], job.calls[1].model_copy(update={"ticket": None}))
    left = world.journal.runs[RunId(1)].model_copy(update={"jobs": (job.model_copy(update={"calls": calls}),)})
    world.journal.runs[RunId(1)] = left
    engine = world.engine()
    (run,) = await engine.recover()
    await world.clock.advance(60)
    await engine.wait(run.id)
    assert {lost.known_tasks for lost in world.alpha.looked_up} == {frozenset({TICKET.task_id})}


async def test_every_call_of_a_job_gets_its_own_end(world: World) -> None:
    world.add(ScriptedProvider("alpha", model(capability={"n_max": 1})))
    leave_behind(world, CallState.QUEUED, CallState.SENDING, CallState.DONE)
    engine = world.engine()
    (run,) = await engine.recover()
    done = await engine.wait(run.id)
    assert [call.state for call in done.jobs[0].calls] == [
        CallState.CANCELLED,
        CallState.UNCERTAIN,
        CallState.DONE,
    ]
    assert done.jobs[0].state is JobState.DONE


async def test_a_resumed_task_does_not_wait_for_a_free_slot_but_takes_one(world: World) -> None:
    world.add(ScriptedProvider("alpha", model(capability={"n_max": 1}), concurrent_requests=1))
    leave_behind(world, CallState.RUNNING, CallState.RUNNING, ticket=TICKET)
    gate = Gate()
    world.alpha.resumes = [[gate, image()]]
    engine = world.engine()
    await engine.recover()
    await until(lambda: world.alpha.open_connections == 2)
    new = await engine.start(wish(), [ALPHA])
    await idle()
    assert world.alpha.posts == []
    gate.open()
    await engine.wait(new.id)
    assert len(world.alpha.posts) == 1


async def test_a_task_whose_key_is_gone_waits_for_the_user(world: World) -> None:
    leave_behind(world, CallState.RUNNING, ticket=TICKET)
    world.accounts.failures["alpha"] = KeyMissing(provider="Alpha")
    engine = world.engine()
    (run,) = await engine.recover()
    await engine.wait(run.id)
    call = world.journal.call("1.1.0")
    assert (call.state, call.ticket) == (CallState.UNCERTAIN, TICKET)
    assert call.problem is not None
    assert call.problem.kind == "key_missing"
    world.accounts.failures.clear()
    done = await engine.wait((await engine.ask_again(call.id)).id)
    assert done.jobs[0].state is JobState.DONE
    assert world.journal.call("1.1.0").problem is None


async def test_a_task_of_a_provider_that_is_gone_is_uncertain(world: World) -> None:
    leave_behind(world, CallState.RUNNING, ticket=TICKET)
    del world.providers["alpha"]
    engine = world.engine()
    (run,) = await engine.recover()
    done = await engine.wait(run.id)
    assert done.jobs[0].state is JobState.UNCERTAIN


async def test_a_task_of_a_model_that_is_gone_is_still_brought_home(world: World) -> None:
    leave_behind(world, CallState.RUNNING, ticket=TICKET)
    world.add(ScriptedProvider("alpha", model("other")))
    engine = world.engine()
    (run,) = await engine.recover()
    done = await engine.wait(run.id)
    assert done.jobs[0].state is JobState.DONE


async def test_a_task_that_has_expired_meanwhile_says_so(world: World) -> None:
    sent_to = world.sent_addresses.keep(SentAddress("alpha", "default", {}, {}))
    leave_behind(world, CallState.RUNNING, ticket=TICKET, sent_to=sent_to)
    world.alpha.resumes = [[TaskExpired(provider="Alpha")]]
    engine = world.engine()
    (run,) = await engine.recover()
    done = await engine.wait(run.id)
    assert done.jobs[0].state is JobState.FAILED
    assert world.ledger.settled["1.1.0"] == (usd("0.04"), True)


async def test_nothing_is_recovered_twice(world: World) -> None:
    leave_behind(world, CallState.RUNNING, ticket=TICKET)
    engine = world.engine()
    await engine.recover()
    await engine.wait(RunId(1))
    assert await engine.recover() == ()


async def test_asking_again_finds_a_lost_request_but_never_sends_it(world: World) -> None:
    world.add(ScriptedProvider("alpha", model(capability={"recoverable": True})))
    leave_behind(world, CallState.UNCERTAIN)
    engine = world.engine()
    run = await engine.ask_again(CallId("1.1.0"))
    await world.clock.advance(5)
    assert (await engine.wait(run.id)).jobs[0].state is JobState.UNCERTAIN
    world.alpha.lost = TICKET
    run = await engine.ask_again(CallId("1.1.0"))
    assert (await engine.wait(run.id)).jobs[0].state is JobState.DONE
    assert world.alpha.posts == []


@pytest.mark.parametrize("call_id", ["1.1.0", "1.1.9", "9.1.0"])
async def test_there_is_nothing_to_ask_for_a_call_that_is_done_or_unknown(world: World, call_id: str) -> None:
    leave_behind(world, CallState.DONE)
    engine = world.engine()
    with pytest.raises(LookupError):
        await engine.ask_again(CallId(call_id))


async def test_the_user_says_what_an_uncertain_call_has_cost(world: World) -> None:
    leave_behind(world, CallState.SENDING)
    engine = world.engine()
    await engine.recover()
    await engine.wait(RunId(1))
    await engine.settle_uncertain(CallId("1.1.0"), usd("0.05"))
    call = world.journal.call("1.1.0")
    assert call.state is CallState.FAILED
    assert call.problem is not None
    assert call.problem.money_words == "$0.050 was billed."
    assert world.ledger.settled["1.1.0"] == (usd("0.05"), False)
    assert world.journal.job("1.1").cost.reported == usd("0.05")
    assert world.of("job_finished")[-1].state is JobState.FAILED


async def test_the_user_says_that_it_has_cost_nothing(world: World) -> None:
    leave_behind(world, CallState.SENDING)
    engine = world.engine()
    await engine.recover()
    await engine.wait(RunId(1))
    await engine.settle_uncertain(CallId("1.1.0"), None)
    problem = world.journal.call("1.1.0").problem
    assert problem is not None
    assert problem.money_words == "Nothing was billed."
    assert world.ledger.settled["1.1.0"] == (None, False)
    with pytest.raises(LookupError):
        await engine.settle_uncertain(CallId("1.1.7"), None)


async def test_a_found_task_gets_its_whole_time(world: World) -> None:
    leave_behind(world, CallState.RUNNING, ticket=TICKET)
    gate = Gate()
    world.alpha.resumes = [[gate, image()]]
    await world.clock.advance(timedelta(days=1).total_seconds())
    engine = world.engine()
    (run,) = await engine.recover()
    await world.clock.advance(299)
    gate.open()
    assert (await engine.wait(run.id)).jobs[0].state is JobState.DONE


async def test_asking_twice_asks_once(world: World) -> None:
    leave_behind(world, CallState.UNCERTAIN, ticket=TICKET)
    gate = Gate()
    world.alpha.resumes = [[gate, image()]]
    engine = world.engine()
    first = await engine.ask_again(CallId("1.1.0"))
    await engine.ask_again(CallId("1.1.0"))
    gate.open()
    await engine.wait(first.id)
    assert len(world.alpha.resumed) == 1
    assert len(world.of("job_finished")) == 1


async def _saved_before(world: World, *indexes: int) -> None:
    """Images that the process of `leave_behind` had on disk before it died."""
    run = world.journal.runs[RunId(1)]
    for call in run.jobs[0].calls:
        if call.first_image_index in indexes:
            await world.archive.save_image(run, run.jobs[0], call, image(0))


@pytest.mark.parametrize("state", [CallState.SENDING, CallState.RUNNING])
async def test_what_was_saved_before_the_end_was_written_down_is_done_at_the_price_that_was_told(
    world: World, state: CallState
) -> None:
    leave_behind(world, state, state, reported=usd("0.03"))
    await _saved_before(world, 0)
    engine = world.engine()
    (run,) = await engine.recover()
    first, second = (await engine.wait(run.id)).jobs[0].calls
    assert (first.state, first.missing, first.problem) == (CallState.DONE, (), None)
    assert world.ledger.settled["1.1.0"] == (usd("0.03"), False)
    assert (second.state, second.missing) == (CallState.UNCERTAIN, (1,))
    assert len(world.archive.images) == 1


async def test_a_task_whose_images_are_here_is_asked_only_for_what_it_cost(world: World) -> None:
    leave_behind(world, CallState.RUNNING, ticket=TICKET)
    await _saved_before(world, 0)
    world.accounts.failures["alpha"] = KeyMissing(provider="Alpha")
    engine = world.engine()
    (run,) = await engine.recover()
    call = (await engine.wait(run.id)).jobs[0].calls[0]
    assert (call.state, call.problem, world.alpha.resumed) == (CallState.DONE, None, [])
    assert world.ledger.settled["1.1.0"] == (usd("0.04"), False)


async def test_what_the_provider_told_of_the_cost_outlives_a_crash(world: World) -> None:
    gate = Gate()
    world.alpha.scripts = [[UsageReported(usage=Usage(), cost=usd("0.03")), gate, image()]]
    engine = world.engine()
    await engine.start(wish(), [ALPHA])
    await until(gate.reached.is_set)
    assert world.journal.call("1.1.0").reported == usd("0.03")
    gate.open()
    await engine.wait(RunId(1))
