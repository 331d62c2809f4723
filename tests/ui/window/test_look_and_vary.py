"""Look at settings without losing one's own; vary an image with the price in sight."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from studio.domain.choices import read_template
from studio.domain.request import Target
from studio.ui.widgets.marked_text import MarkedText
from studio.ui.widgets.menu import Menu
from studio.ui.window.vary import phrases_of
from tests.ui.window.conftest import Play, Stage


async def _looked_at(stage: Stage) -> None:
    composer = stage.controller.composer
    await stage.until(composer.peek.isVisible)


def test_looking_at_settings_leaves_ones_own_alone_until_they_are_used(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("theirs, with fog", images=2, seed=7, models=("demo-poster",))
        composer = stage.controller.composer
        stage.write("mine, half written", images=3)
        before = composer.state()
        image = (await stage.images())[0]
        stage.controller.actions.look_at_settings.emit(image.id)
        await _looked_at(stage)
        shown = "\n".join(label.text() for label in composer.peek.findChildren(QLabel))
        assert "Settings of an image of run 1" in shown
        assert "differ from yours. Yours are kept as they are." in shown
        assert composer.state() == before
        composer.undo.undo()
        assert composer.state() == before, "nothing changes that is not seen"
        composer.press_generate()
        assert stage.controller.tracker.newest_run is None
        stage.window.activateWindow()
        QTest.keyClick(stage.window, Qt.Key.Key_Escape)
        assert composer.peek.isHidden()
        assert composer.prompt_box.isVisible()
        assert composer.state() == before

        stage.controller.actions.look_at_run_settings.emit(1)
        await _looked_at(stage)
        composer.peek.use_button.click()
        assert composer.peek.isHidden()
        wish = composer.wish()
        assert (wish.prompt, wish.n, wish.seed) == ("theirs, with fog", 2, 7)
        composer.undo.undo()
        assert composer.state() == before

    play(scene)


async def _menu(stage: Stage, image_id: int) -> Menu:
    vary = stage.controller.images.vary
    stage.controller.actions.vary.emit(image_id)
    await stage.until(lambda: vary.menu is not None and vary.menu.isVisible())
    assert vary.menu is not None
    return vary.menu


def test_running_again_says_what_it_costs_before_it_is_chosen(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("kite, soft light")
        gallery, composer = stage.controller.gallery, stage.controller.composer
        await stage.until(lambda: gallery.runs.row(0) is not None and gallery.runs.row(0).tiles[0].image is not None)  # type: ignore[union-attr]  # asked for just before
        row = gallery.runs.row(0)
        assert row is not None

        def entries() -> dict[str, str]:
            return {action.text(): action.toolTip() for action in gallery.menus.of_run(row).actions()}

        assert "Run again\tfree" in entries()
        assert "Run again with the ticked models\tfree" in entries()
        composer.models.tick([Target(provider="openai", model="gpt-image-2"), *row.run.targets])
        plan = stage.client.studio.engine.plan(row.run.request, composer.wish().targets)
        price = f"≈ {plan.typical[0]}, up to {plan.at_most[0]}"
        assert price.startswith("≈ $0.0")
        assert f"Run again with the ticked models\t{price}" in entries()
        stage.controller.details.show_images([row.tiles[0].image.id])  # type: ignore[union-attr]  # it has one
        head = stage.controller.details.head
        await stage.until(lambda: head.run is not None)
        head._icons["more"].click()
        menu = next(menu for menu in head.findChildren(Menu) if menu.isVisible())
        assert f"Run on the ticked models\t{price}" in [action.text() for action in menu.actions()]
        menu.close()
        composer.models.tick([])
        assert entries()["Run again with the ticked models"] == "Tick the models in the composer first."
        assert len([event for event in stage.events if event.kind == "run_started"]) == 1

    play(scene)


def test_vary_shows_prices_and_sends_nothing_before_it_is_chosen(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("kite, soft light", seed=7)
        stage.write("mine")
        (image,) = await stage.images()
        menu = await _menu(stage, image.id)
        words = [action.text() for action in menu.actions()]
        assert words[:2] == ["New seed\tfree", "The next 4 seeds\tfree"]
        assert stage.controller.tracker.newest_run is None
        menu.actions()[1].trigger()
        menu.close()
        run = await stage.run_ended()
        assert (run.request.seed, run.request.n, run.parent_run_id) == (8, 4, 1)
        assert stage.controller.composer.wish().prompt == "mine"

    play(scene)


def test_words_are_varied_as_a_choice_that_is_typed_over(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("🪁 kite, soft light, sea")
        (image,) = await stage.images()
        menu = await _menu(stage, image.id)
        inner = next(action.menu() for action in menu.actions() if action.menu() is not None)
        entries = {action.text(): action for action in inner.actions()}  # type: ignore[attr-defined]  # a QMenu
        assert list(entries) == ["🪁 kite", "soft light", "sea"]
        entries["soft light"].trigger()
        menu.close()
        editor = stage.controller.composer.prompt_box.prompt
        assert editor.selected_text() == "soft light"
        QTest.keyClicks(editor, "hard flash")
        template = read_template(editor.text(), {})
        assert [value.text for value in template.choices[0].values] == ["soft light", "hard flash"]
        assert template.fill(["soft light"]) == "🪁 kite, soft light, sea"

    play(scene)


@pytest.mark.parametrize(
    ("prompt", "phrases"),
    [
        ("", []),
        ("kite", ["kite"]),
        ("kite,  soft light ,sea.", ["kite", "soft light", "sea"]),
        ("风筝，柔光。海", ["风筝", "柔光", "海"]),
        ("{red|blue} kite, sea", ["sea"]),
    ],
)
def test_phrases_lie_between_commas_and_stops(prompt: str, phrases: list[str]) -> None:
    assert [prompt[start:end] for start, end in phrases_of(prompt)] == phrases


def test_any_two_images_show_their_prompts_with_marks_and_all_settings_that_differ(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("two pears on a table, soft north light", seed=7)
        await stage.generate("a kite")
        stage.controller.composer.prompt_box.negative.set_text("")
        stage.controller.composer.seed_section.set_style_words("ink drawing")
        await stage.generate("two pears on a table, hard flash", seed=7)
        newest, _kite, oldest = await stage.images()
        details = stage.controller.details
        stage.controller.actions.select_images.emit([oldest.id, newest.id])
        await stage.until(lambda: bool(details.differences.findChildren(MarkedText)))
        (marked,) = details.differences.findChildren(MarkedText)
        assert marked.accessibleName() == "Prompt"
        assert marked.accessibleDescription() == "soft north light gone; added hard flash"
        words = [label.text() for label in details.differences.findChildren(QLabel)]
        assert "Style" in words
        assert any("ink drawing" in text for text in words)
        stage.controller.actions.compare.emit([oldest.id, newest.id])
        compare = stage.controller.compare
        await stage.until(lambda: bool(compare.side.findChildren(MarkedText)))

    play(scene)


def test_a_run_is_reached_by_keyboard_through_the_menu_of_its_tiles(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("kite", models=("demo-painter", "demo-poster"))
        gallery = stage.controller.gallery
        runs = gallery.runs
        stage.window.activateWindow()
        await stage.until(lambda: runs.row(0) is not None)
        runs.setFocus()
        QTest.keyClick(runs, Qt.Key.Key_Home)
        middle = runs.viewport().rect().center()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, middle, runs.viewport().mapToGlobal(middle))
        QApplication.sendEvent(runs.viewport(), event)
        # The menu of a run that is only just over is opened when its prices have been read.
        await stage.until(lambda: isinstance(QApplication.activePopupWidget(), Menu))
        menu: Any = QApplication.activePopupWidget()
        inner: Any = next(a.menu() for a in menu.actions() if a.text() == "Run 1")
        entries = {action.text().partition("\t")[0]: action for action in inner.actions()}
        assert {"Run again", "Run again with the ticked models", "Run only what failed"} <= set(entries)
        assert not entries["Run only what failed"].isEnabled()
        entries["Run again"].trigger()
        menu.close()
        run = await stage.run_ended()
        assert run.parent_run_id == 1

    play(scene)
