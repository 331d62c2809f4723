"""Answers from the library: the same result twice costs once."""

from __future__ import annotations

import pytest

from studio.domain.jobs import FollowUp, JobState
from studio.domain.plan import CacheUse
from studio.engine.engine import Engine
from tests.unit.engine.fakes import ALPHA, World, image, ticket, usd, wish


async def draw(engine: Engine, cache: CacheUse = "seeded", **changes: object) -> bool:
    """True when it was answered from the library."""
    run = await engine.start(wish(**changes), [ALPHA], cache=cache)
    done = await engine.wait(run.id)
    assert done.jobs[0].state is JobState.DONE
    return done.jobs[0].cached


async def test_the_same_request_with_a_fixed_seed_is_answered_at_no_cost(world: World) -> None:
    engine = world.engine()
    assert not await draw(engine, seed=7)
    world.events.clear()
    assert await draw(engine, seed=7)
    assert len(world.alpha.posts) == 1
    assert [one.cached_from for one in world.archive.images] == [None, 1]
    assert world.kinds == ["run_started", "image_saved", "call_changed", "job_finished", "run_finished"]
    assert world.journal.job("2.1").estimate.typical == usd("0")
    assert "2.1.0" not in world.ledger.settled


@pytest.mark.parametrize(
    ("cache", "seed", "answered"),
    [
        ("seeded", 7, True),
        ("seeded", None, False),
        ("any", None, True),
        ("any", 7, True),
        ("never", 7, False),
    ],
)
async def test_when_the_library_may_answer(world: World, cache: CacheUse, seed: int | None, answered: bool) -> None:
    engine = world.engine()
    await draw(engine, seed=seed)
    assert await draw(engine, cache, seed=seed) is answered


async def test_another_prompt_seed_count_or_reference_is_another_result(world: World) -> None:
    engine = world.engine()
    await draw(engine, seed=7)
    assert not await draw(engine, seed=8)
    assert not await draw(engine, seed=7, prompt="a dog")
    world.alpha.scripts = [[image(0), image(1)]]
    assert not await draw(engine, seed=7, n=2)


async def test_an_answer_that_is_not_complete_is_none(world: World) -> None:
    world.alpha.scripts = [[image(0)], [image(0), image(1)]]
    engine = world.engine()
    assert not await draw(engine, seed=7, n=2)
    assert not await draw(engine, seed=7, n=2)


async def test_files_that_vanish_in_the_last_moment_are_drawn_anew(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = world.engine()
    await draw(engine, seed=7)

    async def gone(*_: object) -> list[object]:
        return []

    monkeypatch.setattr(world.archive, "add_cached", gone)
    assert not await draw(engine, seed=7)
    assert len(world.alpha.posts) == 2
    assert world.ledger.settled["2.1.0"] == (usd("0.04"), False)


async def test_no_key_is_needed_for_an_answer_from_the_library(world: World) -> None:
    from studio.domain.errors import KeyMissing

    engine = world.engine()
    await draw(engine, seed=7)
    world.accounts.failures["alpha"] = KeyMissing(provider="Alpha")
    assert await draw(engine, seed=7)


async def test_an_action_on_a_result_is_never_answered_from_the_library(world: World) -> None:
    engine = world.engine()
    action = FollowUp(action="upscale:1", title="Upscale", ticket=ticket().ticket)
    await draw(engine, seed=7)
    for _ in range(2):
        run = await engine.start(wish(seed=7), [ALPHA], follow_up=action)
        assert not (await engine.wait(run.id)).jobs[0].cached
    assert [call.follow_up for call in world.alpha.posts] == [None, action, action]


async def test_an_action_on_a_result_is_one_request_for_what_it_makes(world: World) -> None:
    """The wish that made the result may have needed several requests; acting on one image of it does not."""
    engine = world.engine()
    action = FollowUp(action="variation:1", title="Variation", ticket=ticket().ticket, image_count=3)

    run = await engine.start(wish(n=9), [ALPHA], follow_up=action)
    (job,) = (await engine.wait(run.id)).jobs

    assert [call.image_count for call in job.calls] == [3]
    assert [call.image_count for call in world.alpha.posts] == [3]


async def test_what_would_be_answered_can_be_seen_before(world: World) -> None:
    engine = world.engine()
    await draw(engine, seed=7)
    plan = engine.plan(wish(seed=7), [ALPHA])
    assert [len(images) for images in (await engine.cached(plan)).values()] == [1]
    assert await engine.cached(plan, "never") == {}
    assert await engine.cached(engine.plan(wish(seed=8), [ALPHA])) == {}
