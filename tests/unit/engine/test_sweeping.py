"""Sweeps at work: in order, a few runs ahead, paused at once, free where the library answers, never twice."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from studio.domain.errors import (
    BadRequest,
    CannotRun,
    DiskFull,
    OverBudget,
    RequestInvalid,
    SweepFailing,
    SweepTooLarge,
    Uncertain,
)
from studio.domain.events import SweepChanged
from studio.domain.jobs import CallState, SweepLink
from studio.domain.ports import Limits
from studio.domain.request import GenerationRequest, Target
from studio.domain.sweep import Sweep, SweepAxis, SweepPlan, SweepValue
from studio.domain.values import RunId, SweepId
from studio.engine.sweep_work import RUNS_AHEAD
from studio.engine.sweeping import Sweeps
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
)


def seeds(*values: int | None) -> SweepAxis:
    return SweepAxis(
        kind="seed", place="down", values=tuple(SweepValue(label=str(value), seed=value) for value in values)
    )


def colours(*values: str) -> SweepAxis:
    return SweepAxis(
        kind="words", place="rows", choice=0, values=tuple(SweepValue(label=value, words=value) for value in values)
    )


def plan(*axes: SweepAxis, prompt: str = "a cat", **changes: Any) -> SweepPlan:
    given = {"targets": (ALPHA,), **changes}
    return SweepPlan(request=GenerationRequest(prompt=prompt), axes=axes, **given)


async def draw(sweeps: Sweeps, chosen: SweepPlan, **how: Any) -> Sweep:
    started = await sweeps.start(chosen, **how)
    return await sweeps.wait(started.id)


def states(sweep: Sweep) -> list[str]:
    return [cell.state for cell in sweep.cells]


def changes(world: World) -> list[SweepChanged]:
    return world.of("sweep_changed")


async def test_every_cell_is_one_request_to_one_target(world: World) -> None:
    beta = world.add(ScriptedProvider("beta"))
    chosen = plan(colours("red", "blue"), seeds(1, 2), prompt="a {red|blue} cat", targets=(ALPHA, BETA))
    sweep = await draw(world.sweeps(), chosen)
    assert states(sweep) == ["done"] * 8
    assert (sweep.state, sweep.done, sweep.total, sweep.failed, sweep.images) == ("done", 8, 8, 0, 8)
    for provider in (world.alpha, beta):
        assert [(call.request.prompt, call.seed) for call in provider.posts] == [
            *(("a red cat", 1), ("a red cat", 2), ("a blue cat", 1), ("a blue cat", 2))
        ]
    runs = list(world.journal.runs.values())
    assert [(run.origin, len(run.targets), run.parent_run_id) for run in runs] == [
        *(("sweep", 2, None), ("sweep", 2, 1), ("sweep", 2, 2), ("sweep", 2, 3))
    ]
    assert [run.sweep.cells for run in runs if run.sweep] == [(0, 1), (2, 3), (4, 5), (6, 7)]
    assert [cell.run_id for cell in sweep.cells] == [1, 1, 2, 2, 3, 3, 4, 4]
    told = changes(world)
    assert (told[0].state, told[0].done, told[0].total) == ("running", 0, 8)
    assert (told[-1].state, told[-1].done, told[-1].images) == ("done", 8, 8)
    assert [event.done for event in told] == sorted(event.done for event in told)


async def test_the_forecast_tells_what_is_new_made_and_blocked(world: World) -> None:
    world.add(ScriptedProvider("beta", model(prices={"per_image": ()}, capability={"prompt_max": 10})))
    sweeps = world.sweeps()
    chosen = plan(colours("red", "blue", "dark green"), prompt="{a|b} cat", targets=(ALPHA, BETA))
    await draw(sweeps, plan(prompt="red cat"))
    forecast = await sweeps.forecast(chosen)
    assert [cell.state for cell in forecast.cells] == ["made", "new", "new", "new", "new", "blocked"]
    assert [cell.place for cell in forecast.cells] == [(0,), (0,), (1,), (1,), (2,), (2,)]
    assert forecast.cells[0].made[0].run_id == 1
    assert forecast.cells[0].estimate.is_free
    assert [notice.code for notice in forecast.cells[5].notices if notice.kind == "blocked"] == ["prompt_too_long"]
    assert forecast.typical == forecast.at_most == (usd("0.08"),)
    assert forecast.unpriced == (BETA,)
    assert (forecast.cell_count, forecast.image_count, forecast.new_image_count, forecast.call_count) == (6, 5, 4, 4)
    # Two calls of 35 s each, four of an account at once: as long as one of them.
    assert forecast.seconds == 35
    assert len(world.alpha.posts) == 1


async def test_the_time_of_a_forecast_knows_the_limits_of_accounts_and_models(world: World) -> None:
    slow = model("slow", capability={"typical_s": (10, 20), "requests_per_minute": 2.0})
    world.add(ScriptedProvider("beta", slow, concurrent_requests=3))
    target = Target(provider="beta", model="slow")
    sweeps = world.sweeps()
    assert (await sweeps.forecast(plan(seeds(*range(7)), targets=(target,)))).seconds == 6 * 30 + 15
    assert (await sweeps.forecast(plan(seeds(*range(8))))).seconds == 8 * 35 / 4
    world.accounts.changes["alpha"] = {"concurrent_requests": 8}
    assert (await sweeps.forecast(plan(seeds(*range(8))))).seconds == 35


async def test_cells_made_before_are_free(world: World) -> None:
    sweeps = world.sweeps()
    await draw(sweeps, plan(seeds(1, 2)))
    again = await draw(sweeps, plan(seeds(1, 2, 3)))
    assert states(again) == ["cached", "cached", "done"]
    assert len(world.alpha.posts) == 3
    assert again.images == 3
    assert (await sweeps.forecast(plan(seeds(1, 2, 3)))).typical == ()


async def test_two_equal_cells_at_a_model_without_seeds_are_two_pictures(world: World) -> None:
    """The first one may come from the library, the others are asked for: they are there to be different."""
    world.providers["alpha"] = ScriptedProvider("alpha", model(capability={"seed": "ignored"}))
    sweeps = world.sweeps()
    first = await draw(sweeps, plan(seeds(1, 2)))
    assert states(first) == ["done", "done"]
    assert len(world.alpha.posts) == 2
    assert [cell.state for cell in (await sweeps.forecast(plan(seeds(1, 2)))).cells] == ["made", "new"]
    again = await draw(sweeps, plan(seeds(1, 2)))
    assert states(again) == ["cached", "done"]
    assert len(world.alpha.posts) == 3


async def test_only_some_cells_first_then_the_rest(world: World) -> None:
    sweeps = world.sweeps()
    tried = await draw(sweeps, plan(seeds(1, 2, 3)), only=[1])
    assert [(cell.position, cell.state) for cell in tried.cells] == [(1, "done")]
    assert states(await draw(sweeps, plan(seeds(1, 2, 3)))) == ["done", "cached", "done"]
    assert len(world.alpha.posts) == 3
    with pytest.raises(RequestInvalid):
        await sweeps.start(plan(seeds(1)), only=[7])


async def test_only_a_few_runs_are_ahead_and_a_pause_holds_them_back(world: World) -> None:
    gate = Gate()
    world.providers["alpha"] = ScriptedProvider("alpha", concurrent_requests=2)
    world.alpha.scripts = [[gate, image()]]
    sweeps = world.sweeps()
    sweep = await sweeps.start(plan(seeds(*range(30))))
    await until(lambda: len(world.alpha.posts) == 2)
    await idle()
    assert len(world.journal.runs) == RUNS_AHEAD
    await sweeps.pause(sweep.id)
    gate.open()
    paused = await sweeps.wait(sweep.id)
    assert len(world.alpha.posts) == 2
    assert (paused.state, paused.done, paused.reason) == ("paused", 2, "")
    assert list(sweeps.under_way) == []
    await sweeps.resume(sweep.id)
    assert list(sweeps.under_way) == [sweep.id]
    done = await sweeps.wait(sweep.id)
    assert states(done) == ["done"] * 30
    assert max(world.posts_per_call().values()) == 1
    assert sorted(call.seed for call in world.alpha.posts if call.seed is not None) == list(range(30))
    assert len(world.journal.runs) == 30


async def test_going_on_with_the_queue_sends_nothing_of_a_paused_sweep(world: World) -> None:
    gate = Gate()
    world.providers["alpha"] = ScriptedProvider("alpha", concurrent_requests=1)
    world.alpha.scripts = [[gate, image()]]
    sweeps = world.sweeps()
    engine = world.engines[0]
    sweep = await sweeps.start(plan(seeds(1, 2, 3)))
    await until(lambda: len(world.alpha.posts) == 1 and len(world.journal.runs) == 3)
    await sweeps.pause(sweep.id)
    told = world.of("queue_changed")[-1]
    assert (told.paused, told.paused_runs, told.held_runs) == (False, (), (1, 2, 3))
    engine.pause()
    engine.resume()
    gate.open()
    other = await engine.start(GenerationRequest(prompt="a dog"), [ALPHA])
    await engine.wait(other.id)
    assert [call.request.prompt for call in world.alpha.posts] == ["a cat", "a dog"]
    assert world.of("queue_changed")[-1].held_runs == (2, 3), "what is over is held no longer"
    await sweeps.stop(sweep.id)
    await until(lambda: not engine.runs_under_way)
    assert world.of("queue_changed")[-1].held_runs == ()


async def test_stopping_cancels_what_waits_and_keeps_what_is_under_way(world: World) -> None:
    gate = Gate()
    world.providers["alpha"] = ScriptedProvider("alpha", concurrent_requests=1)
    world.alpha.scripts = [[gate, image()]]
    sweeps = world.sweeps()
    sweep = await sweeps.start(plan(seeds(*range(20))))
    await until(lambda: len(world.alpha.posts) == 1)
    await sweeps.stop(sweep.id)
    gate.open()
    ended = await sweeps.wait(sweep.id)
    assert (ended.state, ended.done, len(world.alpha.posts)) == ("stopped", 1, 1)
    assert changes(world)[-1].state == "stopped"
    await sweeps.pause(sweep.id)
    assert (await sweeps.wait(sweep.id)).state == "stopped"


async def test_a_paused_sweep_can_be_stopped(world: World) -> None:
    gate = Gate()
    world.providers["alpha"] = ScriptedProvider("alpha", concurrent_requests=1)
    world.alpha.scripts = [[gate, image()]]
    sweeps = world.sweeps()
    sweep = await sweeps.start(plan(seeds(*range(3))))
    await until(lambda: len(world.alpha.posts) == 1)
    await sweeps.pause(sweep.id)
    await sweeps.stop(sweep.id)
    gate.open()
    await until(lambda: not world.engines[0].runs_under_way)
    ended = await sweeps.wait(sweep.id)
    assert (ended.state, states(ended)) == ("stopped", ["done", "cancelled", "cancelled"])


async def test_it_pauses_after_failures_and_says_why(world: World) -> None:
    world.providers["alpha"] = ScriptedProvider("alpha", concurrent_requests=1)
    world.alpha.scripts = [[image()], [BadRequest(provider="Alpha", parameter="size")]]
    sweeps = world.sweeps()
    paused = await draw(sweeps, plan(seeds(*range(20)), stop_after_failures=2))
    assert paused.state == "paused"
    assert paused.problem == SweepFailing(count=2).problem
    assert changes(world)[-1].problem == paused.problem
    assert changes(world)[-1].reason == "2 cells failed, so the sweep paused."
    sent = len(world.alpha.posts)
    assert states(paused)[:3] == ["done", "failed", "failed"]
    assert sent == 3

    left, with_failed = await sweeps.left(paused.id), await sweeps.left(paused.id, failed_too=True)
    assert left is not None
    assert with_failed is not None
    assert (left.typical, left.paid_call_count) == ((usd("0.68"),), 17)
    assert (with_failed.typical, with_failed.paid_call_count) == ((usd("0.76"),), 19)
    assert await sweeps.left(SweepId(99)) is None
    world.alpha.scripts = [[image()]]
    await sweeps.resume(paused.id)
    done = await sweeps.wait(paused.id)
    assert (done.state, done.done, done.failed) == ("done", 18, 2)
    left = await sweeps.left(paused.id)
    assert left is not None
    assert left.cells == ()

    await sweeps.resume(paused.id)
    assert (await sweeps.wait(paused.id)).failed == 2
    await sweeps.resume(paused.id, failed_too=True)
    assert (await sweeps.wait(paused.id)).done == 20
    assert len(world.alpha.posts) == 22


async def test_what_may_have_been_billed_is_never_sent_again(world: World) -> None:
    world.alpha.scripts = [[Uncertain(provider="Alpha")], [image()]]
    sweeps = world.sweeps()
    done = await draw(sweeps, plan(seeds(1, 2)))
    assert sorted(states(done)) == ["done", "uncertain"]
    await sweeps.resume(done.id, failed_too=True)
    assert sorted(states(await sweeps.wait(done.id))) == ["done", "uncertain"]
    assert len(world.alpha.posts) == 2


async def test_what_failed_of_one_run_is_made_again_and_counts_to_the_sweep(world: World) -> None:
    bad = BadRequest(provider="Alpha", parameter="size")
    world.providers["alpha"] = ScriptedProvider("alpha", concurrent_requests=1)
    world.alpha.scripts = [[bad], [image()], [bad], [bad]]
    sweeps = world.sweeps()
    paused = await draw(sweeps, plan(seeds(*range(20)), stop_after_failures=3))
    assert (paused.state, states(paused)[:4]) == ("paused", ["failed", "done", "failed", "failed"])
    run = world.journal.runs[RunId(3)]
    world.alpha.scripts = [[image()]]
    assert await sweeps.repeat_failed(run) == (2,)
    assert await sweeps.repeat_failed(run) == ()  # it is on its way, or made, already
    after = await sweeps.wait(paused.id)
    assert (states(after)[:4], after.done) == (["failed", "done", "done", "failed"], 2)
    assert (after.state, after.problem) == ("paused", paused.problem)  # what waits still waits
    assert len(world.alpha.posts) == 5
    newest = max(world.journal.runs.values(), key=lambda one: one.id)
    assert (newest.sweep, newest.origin) == (SweepLink(sweep_id=paused.id, cells=(2,)), "sweep")
    assert await sweeps.repeat_failed(run) == ()
    await sweeps.resume(paused.id, failed_too=True)
    done = await sweeps.wait(paused.id)
    assert (done.state, done.done, len(world.alpha.posts)) == ("done", 20, 23)


async def test_what_failed_of_a_run_is_made_again_while_the_sweep_goes_on(world: World) -> None:
    gate = Gate()
    world.providers["alpha"] = ScriptedProvider("alpha", concurrent_requests=1)
    world.alpha.scripts = [[BadRequest(provider="Alpha", parameter="size")], [gate, image()]]
    sweeps = world.sweeps()
    sweep = await sweeps.start(plan(seeds(1, 2), stop_after_failures=None))
    await until(lambda: len(world.alpha.posts) == 2)
    run = world.journal.runs[RunId(1)]
    both = await asyncio.gather(sweeps.repeat_failed(run), sweeps.repeat_failed(run))
    assert sorted(both) == [(), (0,)]
    gate.open()
    done = await sweeps.wait(sweep.id)
    assert (done.state, states(done), len(world.alpha.posts)) == ("done", ["done", "done"], 3)


async def test_a_sweep_that_was_done_is_done_again_after_what_failed_was_made(world: World) -> None:
    world.alpha.scripts = [[BadRequest(provider="Alpha", parameter="size")], [image()]]
    sweeps = world.sweeps()
    done = await draw(sweeps, plan(seeds(1, 2), stop_after_failures=None))
    assert (done.state, done.done, done.failed) == ("done", 1, 1)
    failed = next(cell for cell in done.cells if cell.state == "failed")
    assert failed.run_id is not None
    assert await sweeps.repeat_failed(world.journal.runs[failed.run_id]) == (failed.position,)
    after = await sweeps.wait(done.id)
    assert (after.state, after.done, after.failed) == ("done", 2, 0)


async def test_what_is_held_back_stays_so_while_another_run_of_its_sweep_is_made_again(world: World) -> None:
    world.providers["alpha"] = ScriptedProvider("alpha", concurrent_requests=1)
    gate = Gate()
    world.alpha.scripts = [[BadRequest(provider="Alpha", parameter="size")], [gate, image()]]
    sweeps = world.sweeps()
    sweep = await sweeps.start(plan(seeds(*range(5)), stop_after_failures=None))
    await until(lambda: len(world.alpha.posts) == 2)
    await sweeps.pause(sweep.id)
    gate.open()
    paused = await sweeps.wait(sweep.id)
    assert states(paused)[:2] == ["failed", "done"]
    world.alpha.scripts = [[image()]]
    assert await sweeps.repeat_failed(world.journal.runs[RunId(1)]) == (0,)
    await until(lambda: len(world.alpha.posts) == 3)
    after = await sweeps.wait(sweep.id)
    assert (after.state, after.done, len(world.alpha.posts)) == ("paused", 2, 3)
    await sweeps.stop(sweep.id)
    await until(lambda: not world.engines[0].runs_under_way)
    stopped = await sweeps.wait(sweep.id)
    assert (stopped.state, stopped.done, len(world.alpha.posts)) == ("stopped", 2, 3)


async def test_one_tile_of_a_run_is_made_again_and_its_cell_becomes_done(world: World) -> None:
    bad = BadRequest(provider="Alpha", parameter="size")
    world.alpha.scripts = [[bad]]
    beta = world.add(ScriptedProvider("beta"))
    beta.scripts = [[bad], [image()]]
    sweeps = world.sweeps()
    done = await draw(sweeps, plan(targets=(ALPHA, BETA), stop_after_failures=None))
    assert (done.state, states(done)) == ("done", ["failed", "failed"])
    run = world.journal.runs[RunId(1)]
    assert await sweeps.repeat_failed(run, jobs=[run.jobs[1].id]) == (1,)
    after = await sweeps.wait(done.id)
    assert (after.state, states(after), after.done) == ("done", ["failed", "done"], 1)
    assert (len(world.alpha.posts), len(beta.posts)) == (1, 2)
    newest = world.journal.runs[RunId(2)]
    assert (newest.sweep, newest.targets) == (SweepLink(sweep_id=done.id, cells=(1,)), (BETA,))
    assert await sweeps.repeat_failed(run, jobs=[run.jobs[1].id]) == ()  # it has its picture now


async def test_a_cell_that_failed_twice_is_made_again_from_either_of_its_tiles(world: World) -> None:
    bad = BadRequest(provider="Alpha", parameter="size")
    world.alpha.scripts = [[bad], [bad], [image()]]
    sweeps = world.sweeps()
    done = await draw(sweeps, plan(stop_after_failures=None))
    run = world.journal.runs[RunId(1)]
    for state in ("failed", "done"):
        assert await sweeps.repeat_failed(run, jobs=[run.jobs[0].id]) == (0,)
        assert states(await sweeps.wait(done.id)) == [state]


async def test_a_doubt_is_sent_again_only_when_it_is_accepted(world: World) -> None:
    world.alpha.scripts = [[Uncertain(provider="Alpha")], [Uncertain(provider="Alpha")], [image()]]
    sweeps = world.sweeps()
    done = await draw(sweeps, plan(stop_after_failures=None))
    run = world.journal.runs[RunId(1)]
    job = run.jobs[0].id
    assert await sweeps.repeat_failed(run, jobs=[job]) == ()
    assert await sweeps.repeat_failed(run, jobs=[job], doubt_accepted=True) == (0,)
    assert states(await sweeps.wait(done.id)) == ["uncertain"]
    # That of the first run was accepted, and not that of the second.
    assert await sweeps.repeat_failed(run, jobs=[job], doubt_accepted=True) == ()
    newest = world.journal.runs[RunId(2)]
    assert await sweeps.repeat_failed(newest, doubt_accepted=True) == (0,)
    assert states(await sweeps.wait(done.id)) == ["done"]
    assert len(world.alpha.posts) == 3


async def test_a_cell_that_was_never_sent_is_made_alone_while_its_sweep_is_interrupted(world: World) -> None:
    gate = Gate()
    world.providers["alpha"] = ScriptedProvider("alpha", concurrent_requests=1)
    world.alpha.scripts = [[gate, image()]]
    first = world.sweeps()
    sweep = await first.start(plan(seeds(1, 2, 3, 4)))
    await until(lambda: len(world.alpha.posts) == 1 and len(world.journal.runs) == 4)
    world.journal.dead = True
    await first.close()
    await world.engines[0].close()
    world.journal.dead, world.sweep_store.owner = False, "second"
    sweeps = world.sweeps()
    await world.engines[-1].recover()
    world.alpha.scripts = [[image()]]
    run = world.journal.runs[RunId(3)]
    assert await sweeps.repeat_failed(run, jobs=[run.jobs[0].id]) == (2,)
    after = await sweeps.wait(sweep.id)
    assert after.state == "paused"
    assert states(after)[1:] == ["waiting", "done", "waiting"]
    assert [call.seed for call in world.alpha.posts] == [1, 3]


async def test_what_cannot_or_must_not_be_made_again_is_left_alone(world: World) -> None:
    world.alpha.scripts = [[Uncertain(provider="Alpha")], [BadRequest(provider="Alpha", parameter="size")]]
    sweeps = world.sweeps(limits=Limits(per_day=usd("0.10")))
    done = await draw(sweeps, plan(seeds(1, 2), stop_after_failures=None))
    runs = {cell.state: world.journal.runs[cell.run_id] for cell in done.cells if cell.run_id is not None}
    assert await sweeps.repeat_failed(runs["uncertain"]) == ()
    with pytest.raises(OverBudget):
        await sweeps.repeat_failed(runs["failed"], limits=Limits(per_run=usd("0.01")))
    with pytest.raises(LookupError):
        await sweeps.repeat_failed(runs["failed"].model_copy(update={"sweep": None}))
    assert len(world.alpha.posts) == 2
    assert world.sweep_store.records[done.id].state == "done"


async def test_a_sum_over_the_limit_starts_nothing(world: World) -> None:
    sweeps = world.sweeps(limits=Limits(per_day=usd("0.10")))
    with pytest.raises(OverBudget):
        await sweeps.start(plan(seeds(1, 2, 3)))
    with pytest.raises(OverBudget):
        await sweeps.start(plan(seeds(1, 2)), limits=Limits(per_run=usd("0.05")))
    assert world.alpha.posts == []
    assert world.sweep_store.records == {}
    assert states(await draw(sweeps, plan(seeds(1, 2)))) == ["done", "done"]
    assert states(await draw(sweeps, plan(seeds(1, 2, 3)), over_budget_allowed=True)) == ["cached", "cached", "done"]


async def test_a_limit_reached_on_the_way_pauses_and_nothing_is_lost(world: World) -> None:
    sweeps = world.sweeps(limits=Limits(per_day=usd("0.40")))
    sweep = await sweeps.start(plan(seeds(*range(10))))
    world.engines[0].change_settings(limits=Limits(per_day=usd("0.20")))
    paused = await sweeps.wait(sweep.id)
    assert paused.problem is not None
    assert (paused.state, paused.problem.kind) == ("paused", "over_budget")
    assert (paused.done, paused.waiting) == (5, 5)
    world.engines[0].change_settings(limits=Limits(per_day=usd("1")))
    await sweeps.resume(sweep.id)
    assert (await sweeps.wait(sweep.id)).done == 10
    assert len(world.alpha.posts) == 10


async def test_cells_that_cannot_be_made_are_left_out(world: World) -> None:
    world.providers["alpha"] = ScriptedProvider("alpha", model(capability={"prompt_max": 8}))
    sweeps = world.sweeps()
    sweep = await draw(sweeps, plan(colours("red", "dark green"), prompt="{a|b} cat"))
    assert states(sweep) == ["done", "blocked"]
    assert (sweep.state, sweep.total, sweep.done) == ("done", 1, 1)
    with pytest.raises(CannotRun) as refused:
        await sweeps.start(plan(prompt="a very long prompt"))
    assert "takes 8" in refused.value.problem.text


async def test_plans_that_make_no_sense(world: World) -> None:
    sweeps = world.sweeps()
    with pytest.raises(RequestInvalid, match="no target"):
        await sweeps.forecast(plan(targets=()))
    with pytest.raises(SweepTooLarge):
        await sweeps.start(plan(seeds(*range(10_001))))
    with pytest.raises(LookupError):
        await sweeps.resume(SweepId(3))
    with pytest.raises(LookupError):
        await sweeps.pause(SweepId(3))
    assert await sweeps.sweep(SweepId(3)) is None


async def test_a_full_disk_pauses(world: World) -> None:
    sweeps = world.sweeps()
    sweep = await sweeps.start(plan(seeds(1)))
    world.journal.full = DiskFull(charged="no")
    paused = await sweeps.wait(sweep.id)
    assert paused.problem is not None
    assert (paused.state, paused.problem.kind, world.alpha.posts) == ("paused", "disk_full", [])
    world.journal.full = None
    await sweeps.resume(sweep.id)
    assert (await sweeps.wait(sweep.id)).done == 1


async def test_nobody_stands_in_for_a_target_of_an_experiment(world: World) -> None:
    world.add(ScriptedProvider("beta"))
    world.accounts.failures["alpha"] = BadRequest(provider="Alpha", parameter="size")
    sweeps = world.sweeps(fallback="take", fallback_order=("beta",))
    sweep = await draw(sweeps, plan(seeds(1)))
    assert states(sweep) == ["failed"]
    assert world.providers["beta"].posts == []


async def test_taking_it_up_twice_at_once_sends_nothing_twice(world: World) -> None:
    gate = Gate()
    world.alpha.scripts = [[gate, image()]]
    sweeps = world.sweeps()
    sweep = await sweeps.start(plan(seeds(*range(12))))
    await until(lambda: len(world.alpha.posts) == 4)
    await sweeps.pause(sweep.id)
    await asyncio.gather(*(sweeps.resume(sweep.id) for _ in range(3)))
    gate.open()
    assert (await sweeps.wait(sweep.id)).done == 12
    assert len(world.alpha.posts) == 12


async def test_several_sweeps_and_other_runs_share_the_queue(world: World) -> None:
    sweeps = world.sweeps()
    first = await sweeps.start(plan(seeds(*range(20))))
    second = await sweeps.start(plan(seeds(*range(100, 120))))
    run = await world.engines[0].start(GenerationRequest(prompt="a dog"), [ALPHA])
    await world.engines[0].wait(run.id)
    assert len(world.alpha.posts) < 41
    for sweep in (first, second):
        assert (await sweeps.wait(sweep.id)).done == 20
    assert [sweep.id for sweep in await sweeps.sweeps()] == [second.id, first.id]


# --- the process dies ------------------------------------------------------------------------------------------


async def revive(world: World) -> Sweeps:
    """Everything of the first process stops where it stood; another one opens the same workspace."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    world.journal.dead = False
    world.journal.before_write = None
    world.sweep_store.owner = "second"
    world.events.clear()
    return world.sweeps()


@pytest.mark.parametrize("state", [CallState.SENDING, CallState.ACCEPTED, CallState.DONE])
@pytest.mark.parametrize("place", [1, 3])
async def test_a_sweep_that_was_killed_goes_on_and_pays_for_nothing_twice(
    world: World, state: CallState, place: int
) -> None:
    """The n-th write of that state is the last thing the process does."""
    world.providers["alpha"] = ScriptedProvider("alpha", model(capability={"recoverable": True}), concurrent_requests=2)
    world.alpha.scripts = [[ticket(f"task-{number}"), image()] for number in range(20)]
    written = 0

    def die(call: Any) -> None:
        nonlocal written
        written += call.state is state
        if written == place:
            world.journal.dead = True

    world.journal.before_write = die
    sweeps = world.sweeps()
    sweep = await sweeps.start(plan(seeds(*range(12))))
    await until(lambda: world.journal.dead)
    world.alpha.resumes = [[image()]]

    second = await revive(world)
    interrupted = await second.sweep(sweep.id)
    assert interrupted is not None
    assert interrupted.state == "interrupted"
    sent = len(world.alpha.posts)
    await world.engines[-1].recover()
    await idle()
    assert len(world.alpha.posts) == sent  # nothing new goes out by itself
    await second.resume(sweep.id)
    await world.clock.advance(1000)  # a request whose answer never came is looked for several times
    done = await second.wait(sweep.id)
    assert done.state == "done"
    assert set(states(done)) <= {"done", "uncertain"}
    counted = [call.seed for call in world.alpha.posts]
    assert len(counted) == len(set(counted)), "a cell was sent twice"
    assert done.done >= 10


async def test_a_run_that_was_stored_and_not_sent_is_made_after_all(world: World) -> None:
    world.journal.before_write = lambda call: setattr(world.journal, "dead", True)
    sweep = await world.sweeps().start(plan(seeds(1, 2)))
    await until(lambda: world.journal.dead)
    assert world.alpha.posts == []
    second = await revive(world)
    await second.resume(sweep.id)
    done = await second.wait(sweep.id)
    assert states(done) == ["done", "done"]
    assert len(world.alpha.posts) == 2
    assert max(cell.run_id or RunId(0) for cell in done.cells) > 2
