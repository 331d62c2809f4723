"""Undo in the composer: one line of steps for texts and settings, also after a restart."""

from __future__ import annotations

import shutil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget

from studio.domain.request import GenerationRequest, Target
from tests.ui.window.conftest import Play, Stage

_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


def _press_undo(widget: QWidget) -> None:
    QTest.keyClick(widget, Qt.Key.Key_Z, _CTRL)


def _press_redo(widget: QWidget) -> None:
    QTest.keyClick(widget, Qt.Key.Key_Z, _CTRL | _SHIFT)


def test_one_line_of_steps_whichever_field_has_the_focus(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        composer = stage.controller.composer
        stage.write("kite")
        prompt, seed = composer.prompt_box.prompt, composer.seed_section.seed_field.edit
        stage.window.activateWindow()
        prompt.setFocus()
        prompt.moveCursor(prompt.textCursor().MoveOperation.End)
        QTest.keyClicks(prompt, " red")
        seed.setFocus()
        QTest.keyClicks(seed, "41")
        composer.models.rows[0].check.setFocus()
        _press_undo(composer.models.rows[0].check)
        assert composer.wish().seed is None
        assert not composer.seed_section.lock.isChecked()
        seed.setFocus()
        _press_undo(seed)
        assert composer.wish().prompt.rstrip() == "kite"
        _press_redo(seed)
        _press_redo(seed)
        wish = composer.wish()
        assert (wish.prompt, wish.seed) == ("kite red", 41)

    play(scene)


def test_loaded_settings_are_taken_back_at_once(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        composer = stage.controller.composer
        stage.write("my own words", images=3, models=("demo-poster",))
        before = composer.state()
        request = GenerationRequest(prompt="theirs", negative_prompt="fog", seed=7, n=2, style="ink")
        composer.load(request, [Target(provider="demo", model="demo-papercut")])
        loaded = composer.state()
        composer.focus_prompt()
        _press_undo(composer.prompt_box.prompt)
        assert composer.state() == before
        _press_redo(composer.prompt_box.prompt)
        assert composer.state() == loaded

    play(scene)


def test_undo_in_the_gallery_is_still_that_of_the_bin(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("kite")
        (image,) = await stage.images()
        stage.controller.actions.trash.emit([image.id])
        await stage.until(stage.window.message_bar.isVisible)
        composer = stage.controller.composer
        stage.window.activateWindow()
        composer.focus_prompt()
        _press_undo(composer.prompt_box.prompt)
        assert not await stage.images()
        assert composer.undo.can_redo
        stage.controller.gallery.setFocus()
        _press_undo(stage.window)

        async def shown() -> list[int]:
            return [int(one.id) for one in await stage.images()]

        await stage.until_kept(shown, [int(image.id)])

    play(scene)


def test_steps_survive_a_restart(play: Play) -> None:
    async def first(stage: Stage) -> None:
        stage.write("kite", images=2)
        composer = stage.controller.composer
        composer.prompt_box.prompt.setFocus()
        QTest.keyClicks(composer.prompt_box.prompt, "a ")
        composer.load(GenerationRequest(prompt="theirs", n=4), [Target(provider="demo", model="demo-poster")])

    async def second(stage: Stage) -> None:
        composer = stage.controller.composer
        assert composer.wish().prompt == "theirs"
        composer.undo.undo()
        assert (composer.wish().prompt, composer.wish().n) == ("a kite", 2)
        assert [target.model for target in composer.wish().targets] == ["demo-painter"]
        composer.undo.undo()
        assert composer.wish().prompt == "kite"

    play(first)
    play(second)


def test_who_never_stops_typing_is_kept_as_well(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        composer = stage.controller.composer
        stage.write("")
        keeper = stage.controller._keeper
        keeper.setInterval(60)
        await stage.until(lambda: not keeper.isActive())
        kept = stage.client.studio.paths.composer_history_file
        kept.unlink(missing_ok=True)
        composer.prompt_box.prompt.insertPlainText("x")
        started = keeper.remainingTime()
        composer.prompt_box.prompt.insertPlainText("y")
        assert keeper.remainingTime() <= started
        await stage.until(kept.exists)

    play(scene)


def test_the_context_menu_undoes_in_the_whole_composer(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        composer = stage.controller.composer
        stage.write("kite")
        composer.seed_section.images.set_value(4)
        composer.seed_section.images.changed.emit(4)
        editor = composer.prompt_box.prompt
        menu: QMenu = editor.createStandardContextMenu()
        editor.menu_opening.emit(menu, editor)
        entries = {action.objectName(): action for action in menu.actions()}
        assert entries["edit-undo"].isEnabled()
        assert not entries["edit-redo"].isEnabled()
        entries["edit-undo"].trigger()
        assert composer.wish().n == 1
        menu.deleteLater()

    play(scene)


def test_a_long_prompt_with_characters_outside_the_basic_plane(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        composer = stage.controller.composer
        text = "🍐 pear\n" * 6_000
        stage.write(text)
        editor = composer.prompt_box.prompt
        editor.setFocus()
        editor.moveCursor(editor.textCursor().MoveOperation.End)
        QTest.keyClicks(editor, "figs")
        assert composer.wish().prompt == text + "figs"
        composer.undo.undo()
        assert composer.wish().prompt == text
        composer.undo.redo()
        assert composer.wish().prompt == text + "figs"

    play(scene)


def test_steps_survive_kill_9(play: Play, tmp_path: Path) -> None:
    """What is on disk a moment after writing is all that a killed program leaves; nothing of an orderly end is used."""
    kept = tmp_path / "kept"

    async def killed(stage: Stage) -> None:
        composer = stage.controller.composer
        stage.write("kite", images=2)
        composer.load(GenerationRequest(prompt="theirs", n=4), [Target(provider="demo", model="demo-poster")])
        keeper = stage.controller._keeper
        assert keeper.interval() <= 1_500
        await stage.until(lambda: not keeper.isActive())
        steps, state = stage.client.studio.paths.composer_history_file, stage.client.studio.paths.composer_file
        await stage.until(lambda: state.exists() and steps.exists())
        await stage.until(lambda: "theirs" in state.read_text() and "theirs" in steps.read_text())
        shutil.copytree(state.parent, kept)
        composer.prompt_box.prompt.set_text("written just before the end")

    async def again(stage: Stage) -> None:
        composer = stage.controller.composer
        assert composer.wish().prompt == "theirs"
        composer.undo.undo()
        assert (composer.wish().prompt, composer.wish().n) == ("kite", 2)

    play(killed)
    shutil.rmtree(tmp_path / "state")
    shutil.copytree(kept, tmp_path / "state")
    play(again)
