"""The end of the program: quick, orderly, and nothing paid is lost."""

from __future__ import annotations

import asyncio

import pytest

from studio.domain.jobs import CallState
from tests.unit.engine.fakes import ALPHA, Gate, ScriptedProvider, World, image, model, ticket, until, usd, wish


async def test_a_task_with_ticket_goes_on_in_the_next_process(world: World) -> None:
    gate = Gate()
    world.alpha.scripts = [[ticket(), gate, image()]]
    engine = world.engine()
    run = await engine.start(wish(), [ALPHA])
    await gate.reached.wait()
    await engine.close()
    assert world.journal.call("1.1.0").state is CallState.ACCEPTED
    assert world.of("job_finished") == []
    assert world.alpha.open_connections == 0
    second = world.engine()
    await second.recover()
    await second.wait(run.id)
    assert world.journal.call("1.1.0").state is CallState.DONE
    assert len(world.alpha.posts) == 1


async def test_a_request_without_ticket_is_uncertain(world: World) -> None:
    gate = Gate()
    world.alpha.scripts = [[gate, image()]]
    engine = world.engine()
    await engine.start(wish(), [ALPHA])
    await gate.reached.wait()
    await engine.close()
    call = world.journal.call("1.1.0")
    assert (call.state, call.problem.kind if call.problem else None) == (CallState.UNCERTAIN, "interrupted")
    assert world.ledger.settled["1.1.0"] == (usd("0.04"), True)


async def test_a_ticket_that_is_on_its_way_is_waited_for(world: World) -> None:
    gate = Gate()
    world.add(ScriptedProvider("alpha", model(capability={"recoverable": True})))
    world.alpha.scripts = [[gate, ticket(), Gate()]]
    engine = world.engine()
    await engine.start(wish(), [ALPHA])
    await gate.reached.wait()
    closing = asyncio.create_task(engine.close())
    await world.clock.advance(0.1)
    gate.open()
    await closing
    call = world.journal.call("1.1.0")
    assert (call.state, call.ticket is not None) == (CallState.ACCEPTED, True)


async def test_what_waits_is_not_sent_and_says_so(world: World) -> None:
    gate = Gate()
    world.add(ScriptedProvider("alpha", concurrent_requests=1)).scripts = [[ticket(), gate, image()]]
    engine = world.engine()
    await engine.start(wish(), [ALPHA])
    await engine.start(wish(), [ALPHA])
    await gate.reached.wait()
    await engine.close()
    call = world.journal.call("2.1.0")
    assert (call.state, call.problem.kind if call.problem else None) == (CallState.CANCELLED, "not_sent")
    assert world.ledger.settled["2.1.0"] == (None, False)
    assert len(world.alpha.posts) == 1


async def test_who_waits_for_a_run_is_not_left_waiting(world: World) -> None:
    gate = Gate()
    world.alpha.scripts = [[ticket(), gate, image()]]
    engine = world.engine()
    run = await engine.start(wish(), [ALPHA])
    waiting = asyncio.create_task(engine.wait(run.id))
    await gate.reached.wait()
    await engine.close()
    assert (await waiting).jobs[0].calls[0].state is CallState.ACCEPTED


async def test_a_closed_engine_starts_nothing_and_closes_twice(world: World) -> None:
    engine = world.engine()
    await engine.close()
    await engine.close()
    with pytest.raises(RuntimeError, match="closed"):
        await engine.start(wish(), [ALPHA])


@pytest.mark.expects_log("a provider's connection does not close: 1.1.0: connection")
async def test_a_connection_that_does_not_close_does_not_hold_up_the_end(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.engine.feed.DROP_WITHIN_S", 0.01)
    stubborn = Stubborn()
    world.alpha.scripts = [[ticket(), stubborn]]
    engine = world.engine()
    await engine.start(wish(), [ALPHA])
    await stubborn.reached.wait()
    closing = asyncio.create_task(engine.close(within_s=0.3))
    await until(lambda: stubborn.refused)
    await asyncio.wait({closing}, timeout=60)
    assert closing.done()
    assert world.journal.call("1.1.0").state is CallState.ACCEPTED


class Stubborn(Gate):
    """A connection that ignores the first wish to close it."""

    refused = False

    async def wait(self) -> None:
        try:
            await super().wait()
        except asyncio.CancelledError:
            self.refused = True
            await super().wait()
