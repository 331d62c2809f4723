"""A run from start to end."""

from __future__ import annotations

from studio.domain.events import Progressed
from studio.domain.jobs import CallState, JobState
from tests.unit.engine.fakes import ALPHA, BETA, ScriptedProvider, World, image, ticket, wish


async def test_one_target_draws_one_image(world: World) -> None:
    engine = world.engine()
    run = await engine.start(wish(), [ALPHA])
    done = await engine.wait(run.id)
    assert done.jobs[0].state is JobState.DONE
    assert [one.index for one in world.archive.images] == [0]
    assert world.states("1.1.0") == [CallState.SENDING, CallState.DONE]
    assert world.kinds == ["run_started", "call_changed", "image_saved", "call_changed", "job_finished", "run_finished"]
