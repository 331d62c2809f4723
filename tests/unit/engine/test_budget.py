"""A hard budget: the whole run is reserved before any of it is sent."""

from __future__ import annotations

import pytest

from studio.domain.errors import DiskFull, OverBudget
from studio.domain.jobs import CallState, JobState
from studio.domain.ports import Limits
from studio.domain.pricing import PriceList
from tests.unit.engine.fakes import ALPHA, BETA, Gate, ScriptedProvider, World, idle, image, model, usd, wish


async def test_a_run_above_its_limit_does_not_begin_and_leaves_no_trace(world: World) -> None:
    world.add(ScriptedProvider("beta"))
    engine = world.engine(limits=Limits(per_run=usd("0.07")))
    with pytest.raises(OverBudget) as caught:
        await engine.start(wish(), [ALPHA, BETA])
    assert caught.value.problem.text == "Up to $0.010 over the limit of $0.070. Nothing was billed."
    assert caught.value.problem.action == "generate_anyway"
    assert world.journal.runs == {}
    assert world.events == []


async def test_what_is_under_way_counts_towards_the_day(world: World) -> None:
    gate = Gate()
    world.alpha.scripts = [[gate, image()]]
    engine = world.engine(limits=Limits(per_day=usd("0.10")))
    runs = [await engine.start(wish(), [ALPHA]) for _ in range(2)]
    with pytest.raises(OverBudget):
        await engine.start(wish(), [ALPHA])
    gate.open()
    for run in runs:
        await engine.wait(run.id)
    assert len(world.alpha.posts) == 2


async def test_generate_anyway(world: World) -> None:
    engine = world.engine(limits=Limits(per_day=usd("0.01")))
    run = await engine.start(wish(), [ALPHA], over_budget_allowed=True)
    assert (await engine.wait(run.id)).jobs[0].state is JobState.DONE
    assert world.ledger.settled["1.1.0"] == (usd("0.04"), False)


async def test_limits_of_this_run_take_the_place_of_the_general_ones(world: World) -> None:
    engine = world.engine(limits=Limits(per_day=usd("0.01")))
    with pytest.raises(OverBudget):
        await engine.start(wish(), [ALPHA])
    run = await engine.start(wish(), [ALPHA], limits=Limits(per_day=usd("1")))
    assert (await engine.wait(run.id)).jobs[0].state is JobState.DONE
    with pytest.raises(OverBudget):
        await engine.start(wish(), [ALPHA])
    assert len(world.alpha.posts) == 1


async def test_a_limit_only_the_ledger_knows_stops_the_whole_run(world: World) -> None:
    world.add(ScriptedProvider("beta"))
    world.accounts.changes["beta"] = {"daily_limit": usd("0.05")}
    engine = world.engine()
    with pytest.raises(OverBudget):
        await engine.start(wish(n=2), [ALPHA, BETA])
    assert world.alpha.posts == []
    assert world.ledger.reserved == {}
    calls = [job.calls[0] for job in world.journal.runs[1].jobs]  # type: ignore[index]  # a RunId is an int
    assert [call.state for call in calls] == [CallState.CANCELLED, CallState.CANCELLED]
    assert calls[0].problem is not None
    assert calls[0].problem.kind == "over_budget"
    assert world.events == []


async def test_the_reservation_goes_back_when_nothing_was_billed(world: World) -> None:
    gate = Gate()
    world.alpha.scripts = [[gate, image()]]
    world.add(ScriptedProvider("alpha", concurrent_requests=1)).scripts = world.alpha.scripts
    engine = world.engine(limits=Limits(per_day=usd("0.10")))
    first = await engine.start(wish(), [ALPHA])
    second = await engine.start(wish(), [ALPHA])
    await idle()
    with pytest.raises(OverBudget):
        await engine.start(wish(), [ALPHA])
    await engine.cancel_run(second.id)
    assert (await engine.wait(second.id)).jobs[0].state is JobState.CANCELLED
    third = await engine.start(wish(), [ALPHA])
    gate.open()
    for run in (first, third):
        assert (await engine.wait(run.id)).jobs[0].state is JobState.DONE
    assert len(world.alpha.posts) == 2
    assert world.ledger.reserved == {}


async def test_a_retry_keeps_the_one_reservation(world: World) -> None:
    from studio.domain.errors import RateLimited

    world.alpha.scripts = [[RateLimited(provider="Alpha")], [image()]]
    engine = world.engine()
    run = await engine.start(wish(), [ALPHA])
    await world.clock.advance(1)
    await engine.wait(run.id)
    assert world.ledger.most_reserved == usd("0.04").amount


async def test_a_model_without_a_price_runs_and_is_named_as_such(world: World) -> None:
    world.add(ScriptedProvider("alpha", model(prices=PriceList())))
    engine = world.engine(limits=Limits(per_day=usd("0.10")))
    plan = engine.plan(wish(), [ALPHA])
    assert plan.unpriced == (ALPHA,)
    assert plan.typical == ()
    run = await engine.start(wish(), [ALPHA])
    await engine.wait(run.id)
    assert world.ledger.settled["1.1.0"] == (None, False)


async def test_settings_can_change_while_the_engine_runs(world: World) -> None:
    engine = world.engine(limits=Limits(per_day=usd("0.01")))
    engine.change_settings(limits=Limits())
    run = await engine.start(wish(), [ALPHA])
    await engine.wait(run.id)
    assert engine.settings.limits == Limits()


async def test_a_ledger_that_cannot_write_stops_the_run_before_anything_is_sent(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(*_: object) -> None:
        raise DiskFull

    monkeypatch.setattr(world.ledger, "reserve", full)
    engine = world.engine()
    with pytest.raises(DiskFull):
        await engine.start(wish(), [ALPHA])
    call = world.journal.call("1.1.0")
    assert (call.state, call.problem.charged if call.problem else None) == (CallState.CANCELLED, "no")
    assert world.alpha.posts == []
