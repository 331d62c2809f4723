"""Another target stands in, when the user wants that, and only for reasons another could serve."""

from __future__ import annotations

import pytest

from studio.domain.errors import (
    BalanceUsedUp,
    ModelEnded,
    Offline,
    PromptRefused,
    ProviderError,
    RateLimited,
    ServerFailed,
    Uncertain,
)
from studio.domain.events import JobFinished
from studio.domain.jobs import JobState, Run
from studio.domain.ports import Limits
from tests.unit.engine.fakes import ALPHA, BETA, ScriptedProvider, World, image, model, usd, wish

BALANCE = BalanceUsedUp(provider="Alpha")


async def run_to_end(world: World, **settings: object) -> Run:
    engine = world.engine(**{"fallback_order": ("alpha", "beta/draw", "gamma"), **settings})
    run = await engine.start(wish(), [ALPHA])
    await world.clock.advance(60)
    return await engine.wait(run.id)


@pytest.fixture(autouse=True)
def providers(world: World) -> None:
    world.add(ScriptedProvider("beta"))
    world.add(ScriptedProvider("gamma"))
    world.alpha.scripts = [[BALANCE]]


@pytest.mark.parametrize(
    "error",
    [
        BALANCE,
        RateLimited(provider="Alpha"),
        ServerFailed(provider="Alpha"),
        Offline(host="alpha.test"),
        ModelEnded(provider="Alpha"),
    ],
)
async def test_the_next_in_the_order_joins_the_run(world: World, error: ProviderError) -> None:
    world.alpha.scripts = [[error]]
    done = await run_to_end(world, fallback="take")
    assert [(str(job.target), job.state) for job in done.jobs] == [
        ("alpha/draw", JobState.FAILED),
        ("beta/draw", JobState.DONE),
    ]
    assert done.jobs[1].notices[-1].message == "beta/draw stands in for alpha/draw"
    assert world.journal.runs[done.id].targets == (ALPHA, BETA)
    assert world.kinds.index("job_added") < world.kinds.index("run_finished")
    assert world.kinds[-1] == "run_finished"


@pytest.mark.parametrize("error", [PromptRefused(provider="Alpha"), Uncertain(provider="Alpha")])
async def test_a_refused_prompt_or_a_doubtful_bill_is_not_taken_elsewhere(world: World, error: ProviderError) -> None:
    world.alpha.scripts = [[error]]
    done = await run_to_end(world, fallback="take")
    assert len(done.jobs) == 1


async def test_it_is_off_unless_the_user_wants_it(world: World) -> None:
    done = await run_to_end(world)
    assert len(done.jobs) == 1
    finished: list[JobFinished] = world.of("job_finished")
    assert finished[0].fallback is None


async def test_it_can_be_offered_and_then_taken_by_hand(world: World) -> None:
    done = await run_to_end(world, fallback="offer")
    finished: list[JobFinished] = world.of("job_finished")
    assert finished[0].fallback == BETA
    engine = world.engines[0]
    assert await engine.fallback_for(done.jobs[0].id) == BETA
    run = await engine.take_fallback(done.jobs[0].id)
    assert run.parent_run_id == done.id
    assert run.targets == (BETA,)
    await engine.wait(run.id)


async def test_one_that_stands_in_is_not_replaced_in_turn(world: World) -> None:
    world.providers["beta"].scripts = [[BALANCE]]
    done = await run_to_end(world, fallback="take")
    assert [str(job.target) for job in done.jobs] == ["alpha/draw", "beta/draw"]


async def test_two_that_fail_get_two_different_ones(world: World) -> None:
    world.providers["beta"].scripts = [[BALANCE]]
    world.add(ScriptedProvider("delta"))
    engine = world.engine(fallback="take", fallback_order=("beta", "gamma", "delta"))
    run = await engine.start(wish(), [ALPHA, BETA])
    done = await engine.wait(run.id)
    assert sorted(str(job.target) for job in done.jobs) == ["alpha/draw", "beta/draw", "delta/draw", "gamma/draw"]


async def test_one_that_cannot_run_the_request_is_passed_over(world: World) -> None:
    world.add(ScriptedProvider("beta", model(capability={"prompt_max": 2})))
    done = await run_to_end(world, fallback="take")
    assert [str(job.target) for job in done.jobs] == ["alpha/draw", "gamma/draw"]


async def test_the_budget_holds_for_it_too(world: World) -> None:
    world.alpha.scripts = [[BALANCE]]
    world.accounts.changes["beta"] = {"daily_limit": usd("0.01")}
    done = await run_to_end(world, fallback="take", limits=Limits(per_day=usd("10")))
    assert world.providers["beta"].posts == []
    assert [notice.code for notice in done.jobs[0].notices] == ["fallback_over_budget"]
    assert [job.state for job in done.jobs] == [JobState.FAILED, JobState.CANCELLED]


async def test_a_job_that_brought_something_needs_nobody(world: World) -> None:
    world.alpha.scripts = [[image()]]
    done = await run_to_end(world, fallback="take")
    assert len(done.jobs) == 1
    with pytest.raises(LookupError):
        await world.engines[0].take_fallback(done.jobs[0].id)
