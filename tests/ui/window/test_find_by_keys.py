"""The search field, the chips of the filters and the words of the prompt under the keyboard alone."""

from __future__ import annotations

from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest

from studio.ui.gallery.query_text import Filter
from tests.ui.window.conftest import Play, Stage
from tests.ui.window.test_keyboard import CONTROL, focused, grid_of, heard, press

__all__ = ["heard"]

ALT = Qt.KeyboardModifier.AltModifier


def test_backspace_in_the_empty_search_marks_the_last_chip_and_then_removes_it(play: Play, heard: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("a kite over the sea")
        stage.window.activateWindow()
        bar = stage.controller.gallery.bar
        bar.set_filters([Filter("model", ("demo-painter",)), Filter("rating", ("0",))])
        press(Qt.Key.Key_F, modifiers=CONTROL)
        edit = stage.window.toolbar.search.edit
        assert focused() is edit
        QTest.keyClicks(edit, "k")
        heard.clear()
        press(Qt.Key.Key_Backspace)
        assert not edit.text()
        assert len(bar.chips()) == 2
        last = bar.chips()[-1].text()
        press(Qt.Key.Key_Backspace)
        assert f"{last}. Backspace removes it." in heard
        assert len(bar.chips()) == 2
        assert focused() is edit
        QTest.keyClicks(edit, "k")
        press(Qt.Key.Key_Backspace)
        assert len(bar.chips()) == 2, "a letter in between lets the chip be"
        press(Qt.Key.Key_Backspace)
        press(Qt.Key.Key_Backspace)
        assert f"Removed: {last}" in heard
        assert [chip.field for chip in bar.chosen] == ["model"]
        assert focused() is edit
        press(Qt.Key.Key_Backspace)
        press(Qt.Key.Key_Backspace)
        press(Qt.Key.Key_Backspace)
        assert bar.chosen == ()

    play(scene)


def test_a_chip_that_is_removed_by_its_key_leaves_the_focus_at_the_next(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("a kite over the sea")
        stage.window.activateWindow()
        bar = stage.controller.gallery.bar
        bar.set_filters([Filter("model", ("demo-painter",)), Filter("rating", ("0",))])
        bar.chips()[0].setFocus()
        press(Qt.Key.Key_Delete)
        assert focused() is bar.chips()[0]
        press(Qt.Key.Key_Delete)
        assert focused() is bar.add_chip
        bar.set_filters([Filter("model", ("demo-painter",)), Filter("rating", ("0",))])
        bar.clear_button.setFocus()
        press(Qt.Key.Key_Space)
        assert bar.chosen == ()
        assert focused() is bar.add_chip

    play(scene)


def test_a_brace_that_is_left_open_is_told_and_holds_nothing_up(play: Play, heard: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        stage.window.activateWindow()
        section = stage.controller.composer.prompt_section
        section.box.prompt.set_text("a kite {over the sea")
        section.box.prompt.setFocus()
        words = "A brace is not closed. It is sent as it stands; to vary words write {red|blue}."
        await stage.until(section.open_note.isVisible, 60)
        assert section.open_note.text() == words
        assert section.box.prompt.extraSelections()
        await stage.until(lambda: words in heard, 60)
        run = await stage.generate("a kite {over the sea")
        assert run.request.prompt == "a kite {over the sea"
        section.box.prompt.set_text("a kite {over|under the sea")
        await stage.until(section.choice_note.isVisible, 60)
        assert not section.open_note.isVisible()
        section.box.prompt.set_text("a kite {over} the sea")
        await stage.until(lambda: not section.choice_note.isVisible(), 60)
        assert not section.open_note.isVisible()

    play(scene)


def test_earlier_prompts_and_empty_lists_are_heard(play: Play, heard: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("a kite over the sea")
        stage.window.activateWindow()
        composer = stage.controller.composer
        composer.focus_prompt()
        composer.prompt_box.prompt.set_text("a new idea")
        await stage.until(lambda: focused() is composer.prompt_box.prompt, 60)
        for key, words in (
            (Qt.Key.Key_Up, "a kite over the sea"),
            (Qt.Key.Key_Up, "No earlier prompt"),
            (Qt.Key.Key_Down, "a new idea"),
            (Qt.Key.Key_Down, "This is what was being written"),
        ):
            press(key, modifiers=ALT)
            await stage.until(lambda words=words: words in heard, 60)  # type: ignore[misc]  # of now
        press(Qt.Key.Key_J, modifiers=CONTROL)
        await stage.until(lambda: "No snippet yet" in heard, 60)
        offer = composer.saved_words.popover
        assert offer is not None
        offer.close()
        composer.open_history()
        history = composer.history.popover
        assert history is not None
        await stage.until(lambda: history.rows.count() == 1, 60)
        QTest.keyClicks(history.search.edit, "nowhere")
        await stage.until(lambda: "No prompt has these words" in heard, 60)
        history.close()

    play(scene)


def test_reference_images_that_came_or_could_not_are_heard(play: Play, heard: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        stage.window.activateWindow()
        thin, corrupt = stage.home / "thin.png", stage.home / "corrupt.png"
        Image.new("RGB", (1, 20_000)).save(thin)
        corrupt.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
        reading = stage.controller.composer.reading
        for path, words in ((thin, "Added: Reference 1, thin.png"), (corrupt, "corrupt.png is no image")):
            mime = QMimeData()
            mime.setUrls([QUrl.fromLocalFile(str(path))])
            reading.take_mime(mime)
            await stage.until(lambda words=words: any(words in told for told in heard), 60)  # type: ignore[misc]  # of now

    play(scene)


def test_what_came_of_stacking_is_heard(play: Play, heard: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        await grid_of(stage, 2)
        heard.clear()
        stage.controller.gallery.bar.grid_options.set_stacking(True)
        await stage.until(lambda: any("near-duplicates" in told or "stack" in told for told in heard), 60)

    play(scene)


def test_escape_leaves_settings_that_are_looked_at_for_the_images(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        grid = await grid_of(stage, 2)
        press(Qt.Key.Key_L)
        back = stage.controller.composer.peek.back_button
        await stage.until(lambda: focused() is back, 60)
        press(Qt.Key.Key_Escape)
        assert focused() is grid
        assert stage.controller.composer.peek.looked_at is None

    play(scene)
