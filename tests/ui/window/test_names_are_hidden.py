"""While a vote is blind no part of the window tells a model, a provider or a price, whatever is opened by hand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction
from PySide6.QtWidgets import QLabel, QWidget

from studio.domain.assets import Size
from studio.domain.request import GenerationRequest, Target
from studio.domain.sweep import SweepAxis, SweepPlan, SweepValue
from studio.ui.translation import written
from studio.ui.window.queue_list import QueueList
from tests.ui.window.conftest import Play, Stage
from tests.ui.window.test_compare_by_keys import TELLING, readable, three_on_the_table
from tests.ui.window.test_keyboard import CONTROL, focused, heard, press

__all__ = ["heard"]


def telling(stage: Stage) -> list[str]:
    """What can be read anywhere in the window and tells a name, but for the prompt that is voted on."""
    prompt = stage.controller.compare.side.votes._prompt.text()
    words = [words for words in readable(stage.window) if any(name in words.lower() for name in TELLING)]
    return [one for one in words if one != prompt]


def trigger(stage: Stage, name: str) -> None:
    """What the key of that action does."""
    (action,) = [one for one in stage.window.findChildren(QAction) if one.objectName() == name]
    action.trigger()


def said(stage: Stage) -> str:
    message = stage.window.message_bar.current()
    return written(message.title) if message is not None else ""


async def vote_of_three(stage: Stage) -> Any:
    compare = await three_on_the_table(stage)
    press(Qt.Key.Key_V)
    assert compare.vote.is_on
    return compare


def test_a_composer_opened_by_hand_is_covered_and_says_why(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await vote_of_three(stage)
        composer, region = stage.controller.composer, stage.window.composer_region
        press(Qt.Key.Key_B, modifiers=CONTROL)
        assert region.isVisible()
        assert not composer.isVisible()
        shown = " ".join(label.text() for label in region.findChildren(QLabel) if label.isVisible())
        assert "Covered while you vote" in shown
        assert telling(stage) == []
        for _ in range(8):
            press(Qt.Key.Key_F6)
            if region.isAncestorOf(focused()):
                break
        assert focused().accessibleName() == "Show names and end the vote"
        press(Qt.Key.Key_Space)
        await stage.until(composer.isVisible)
        assert not stage.controller.compare.vote.is_on
        assert any("demo-poster" in words for words in readable(composer))

    play(scene)


@pytest.mark.parametrize("name", ["generate", "prompt", "snippets", "history", "sweep"])
def test_keys_of_the_composer_show_nothing_and_spend_nothing(play: Play, name: str) -> None:
    async def scene(stage: Stage) -> None:
        await vote_of_three(stage)
        trigger(stage, name)
        assert said(stage) == "Not while you vote blind: it would show models and prices."
        stage.controller.sweeps.open_history()
        assert telling(stage) == []
        assert len([event for event in stage.events if event.kind == "run_started"]) == 1
        assert not stage.controller.tracker.live_runs
        stage.controller.compare.set_blind(False)
        trigger(stage, "prompt")
        assert focused() is stage.controller.composer.prompt_box.prompt or stage.window.composer_region.isHidden()

    play(scene)


def test_the_queue_is_ordered_and_emptied_without_names(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        compare = await three_on_the_table(stage)
        await stage.client.run(_pause)
        stage.write("a boat [[slow:600]]", models=("demo-poster", "demo-papercut"))
        stage.controller.composer.press_generate()
        await stage.until(lambda: len(stage.controller.tracker.live_runs) == 1)
        compare.set_blind(True)
        stage.controller.queue.open()

        def popover() -> QueueList | None:
            return next((one for one in stage.window.findChildren(QueueList) if one.isVisible()), None)

        await stage.until(lambda: popover() is not None)
        opened = popover()
        assert opened is not None
        assert opened.rows.count() == 2
        assert opened.rows.item(0).text().startswith("1. Model name hidden\nRun 2")
        assert telling(stage) == []
        opened.close()
        stage.controller.actions.cancel_all.emit()
        await stage.run_ended()

    play(scene)


async def _pause(studio: Any) -> None:
    studio.engine.pause()


def test_failures_are_told_with_their_price_and_no_name(play: Play, heard: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        compare = await three_on_the_table(stage)
        stage.write("a boat [[fail:key]]", models=("demo-poster",))
        stage.controller.composer.press_generate()
        compare.set_blind(True)
        heard.clear()
        run = await stage.run_ended()
        (job,) = run.jobs
        assert job.state == "failed"
        await stage.until(lambda: bool(stage.controller.notifications._entries))
        entry = stage.controller.notifications._entries[-1]
        assert written(entry.title).startswith("A model: ")
        assert written(entry.text) == "The provider refuses this key. Nothing was billed."
        stage.controller.notifications.open()
        assert telling(stage) == []
        assert f"{written(entry.title)}. {written(entry.text)}" in heard
        assert not [words for words in heard if any(name in words.lower() for name in TELLING)]
        compare.set_blind(False)
        assert written(entry.title).startswith("Demo demo-poster: ")
        assert written(entry.text) == "Demo refuses this key. Nothing was billed."

    play(scene)


def test_a_sweep_that_pauses_tells_why_and_no_name(play: Play, heard: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        compare = await three_on_the_table(stage)
        compare.set_blind(True)
        seeds = tuple(SweepValue(label=str(seed), seed=seed) for seed in range(1, 9))
        plan = SweepPlan(
            request=GenerationRequest(prompt="a boat [[fail:key]]", size=Size.of(64, 48)),
            targets=(Target(provider="demo", model="demo-poster", options={"pace": "instant"}),),
            axes=(SweepAxis(kind="seed", place="rows", values=seeds),),
        )
        await stage.client.run(lambda studio: studio.sweeps.start(plan))
        await stage.until(lambda: "is paused" in said(stage))
        message = stage.window.message_bar.current()
        assert message is not None
        assert telling(stage) == []
        assert not [words for words in heard if "poster" in words.lower()]

    play(scene)


def test_what_was_searched_for_is_covered_and_comes_back(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        compare = await three_on_the_table(stage)
        edit = stage.window.toolbar.search.edit
        edit.setText("poster")
        compare.set_blind(True)
        assert telling(stage) == []
        assert (edit.text(), edit.isEnabled()) == ("", False)
        stage.controller.language.choose("zh_CN")
        stage.controller.language.choose("en")
        compare.set_blind(False)
        assert (edit.text(), edit.isEnabled()) == ("poster", True)

    play(scene)


@pytest.fixture
def reader() -> Iterator[None]:
    """A screen reader is there."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def test_a_reader_that_holds_objects_from_before_gets_no_answers(play: Play, reader: None) -> None:
    async def scene(stage: Stage) -> None:
        compare = await three_on_the_table(stage)
        held = held_objects(stage.window)
        texts = {number: words for number, words in held.items() if any(name in words.lower() for name in TELLING)}
        assert len(texts) > 5, "names are told before the vote"
        press(Qt.Key.Key_V)
        assert telling(stage) == []
        prompt = compare.side.votes._prompt.text()
        answers = {number: answer_of(number) for number in texts}
        told = {words for words in answers.values() if any(name in words.lower() for name in TELLING)}
        assert told <= {prompt}
        press(Qt.Key.Key_V)
        assert any("demo-poster" in words for words in readable(stage.window)), "whoever looks again finds them again"

    play(scene)


KINDS = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help)


def held_objects(top: QWidget) -> dict[int, str]:
    """Number and words of everything below a window, as a reader keeps it."""
    found: dict[int, str] = {}

    def hold(node: Any) -> None:
        if node is None:
            return
        found[QAccessible.uniqueId(node)] = " ".join(node.text(kind) for kind in KINDS)
        for place in range(node.childCount()):
            hold(node.child(place))

    hold(QAccessible.queryAccessibleInterface(top))
    return found


def answer_of(number: int) -> str:
    node: Any = QAccessible.accessibleInterface(number)
    return " ".join(node.text(kind) for kind in KINDS) if node is not None and node.isValid() else ""
