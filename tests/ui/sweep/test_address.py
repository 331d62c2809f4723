"""A sweep that was begun elsewhere says where it goes before more of it is sent."""

from __future__ import annotations

from typing import Any

from studio.domain.request import GenerationRequest, Target
from studio.domain.sweep import Sweep, SweepAxis, SweepPlan, SweepValue
from studio.ui.widgets.button import Button
from studio.ui.widgets.dialog import Question
from tests.ui.window.conftest import Play, Stage

URL = "http://127.0.0.1:9/v1"


async def _begun_elsewhere(stage: Stage) -> Sweep:
    """As `prompt-studio sweep --base-url` leaves it when it is paused at once; its key is for this session only."""
    target = Target(provider="openai", model="gpt-image-2")
    values = tuple(SweepValue(label=colour, words=colour) for colour in ("red", "blue"))
    plan = SweepPlan(
        request=GenerationRequest(prompt="a {red|blue} kite"),
        targets=(target,),
        axes=(SweepAxis(kind="words", place="rows", choice=0, values=values),),
        stop_after_failures=1,
    )

    async def work(studio: Any) -> Sweep:
        await studio.accounts.set_key("openai", "default", "sk-test-of-this-test-alone", place="session")
        begun = await studio.sweeps.start(plan, base_url=URL)
        found: Sweep = await studio.sweeps.wait(begun.id)
        return found

    return await stage.client.run(work)


async def _question(stage: Stage) -> Question:
    def asked() -> list[Question]:
        return [one for one in stage.window.findChildren(Question) if one.isVisible()]

    await stage.until(lambda: bool(asked()), 60)
    return asked()[0]


def _started(stage: Stage) -> int:
    return sum(event.kind == "run_started" for event in stage.events)


def test_the_address_is_told_before_it_is_used_and_can_be_that_of_preferences(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        sweep = await _begun_elsewhere(stage)
        assert (sweep.state, sweep.failed) == ("paused", 1)
        # What is told comes in order: with this, the news of all runs before it are here.
        await stage.until(
            lambda: any(event.kind == "sweep_changed" and event.state == "paused" for event in stage.events)
        )
        before = _started(stage)
        actions, sweeps = stage.controller.actions, stage.controller.sweeps
        sweeps.do("repeat", sweep.id)
        question = await _question(stage)
        assert URL in question.words.text()
        assert "OpenAI" in question.words.text()
        assert "https://api.openai.com/v1" in question.details.text()
        assert question.focusWidget() is question.cancel_button
        question.reject()
        failed = next(cell for cell in sweep.cells if cell.state == "failed")
        actions.generate_again.emit(failed.job_id)
        (await _question(stage)).reject()
        assert await stage.client.run(lambda studio: studio.sweeps.address(sweep.id)) is not None
        actions.run_failed_again.emit(failed.run_id)
        question = await _question(stage)
        assert _started(stage) == before, "nothing is sent before it is agreed to"
        question.primary_button.click()
        await stage.until(lambda: _started(stage) == before + 1, 60)

        async def settled(studio: Any) -> Any:
            return await studio.sweeps.wait(sweep.id)

        await stage.client.run(settled)
        sweeps.do("repeat", sweep.id)  # it was agreed to, so it is not asked about once more
        await stage.until(lambda: _started(stage) >= before + 2, 60)
        await stage.client.run(settled)

    play(scene)


def test_choosing_that_of_preferences_is_remembered(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        sweep = await _begun_elsewhere(stage)
        asked = stage.controller.tasks.start("ask", stage.controller.sweeps.may_send(sweep.id))
        question = await _question(stage)
        other = next(one for one in question.findChildren(Button) if one.text() == "Use that of Preferences")
        other.click()
        assert await asked
        assert await stage.client.run(lambda studio: studio.sweeps.address(sweep.id)) is None

    play(scene)


def test_a_sweep_of_this_window_asks_nothing(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        assert await stage.controller.sweeps.may_send(1)
        assert not [one for one in stage.window.findChildren(Question) if one.isVisible()]

    play(scene)
