"""Snippets, styles and earlier prompts: insert, save, edit, remove and have back."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.ui.composer.joining import joined_words
from studio.ui.composer.words_dialog import WordsDialog
from tests.ui.window.conftest import Play, Stage


@pytest.mark.parametrize(
    ("before", "words", "after", "joined"),
    [
        ("", "soft light", "", "soft light"),
        ("a cat", "soft light", "", ", soft light"),
        ("a cat,", "soft light", "", " soft light"),
        ("a cat, ", " soft light ", "", "soft light"),
        ("a cat.", "soft light", "", " soft light"),
        ("a cat", "soft light", ", on a mat", ", soft light"),
        ("", "soft light", "a cat", "soft light, "),
        ("a cat", "soft light", " on a mat", ", soft light,"),
        ("a cat ", "in soft light", "on a mat", "in soft light "),
        ("a cat\n", "soft light", "\nmat", "soft light"),
        ("a cat (", "soft light", ")", "soft light"),
        ("{red|", "blue", "}", "blue"),
        ("一只猫", "柔光", "", "，柔光"),
        ("一只猫，", "柔光", "木桌", "柔光，"),
        ("a cat", "   ", "", ""),
    ],
)
def test_words_join_what_stands_around_them(before: str, words: str, after: str, joined: str) -> None:
    assert joined_words(before, words, after) == joined


async def _keep(stage: Stage, **snippets: str) -> None:
    for name, text in snippets.items():
        await stage.client.run(lambda studio, n=name, t=text: studio.workspace.phrasebook.keep_snippet(n, t))  # type: ignore[misc]


async def _snippets(stage: Stage) -> dict[str, str]:
    found = await stage.client.run(lambda studio: studio.workspace.phrasebook.snippets())
    return {one.name: one.text for one in found}


async def _until_kept(stage: Stage, wanted: dict[str, str]) -> None:
    await stage.until_kept(partial(_snippets, stage), wanted)


async def _dialog(stage: Stage) -> WordsDialog:
    saved = stage.controller.composer.saved_words
    await stage.until(lambda: saved.dialog is not None)
    assert saved.dialog is not None
    return saved.dialog


def test_a_snippet_is_found_by_typing_and_inserted_by_return_as_one_step(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await _keep(stage, Light="late afternoon light", Lens="50 mm lens", Mood="calm")
        composer = stage.controller.composer
        stage.write("🍐 a pear on a table")
        editor = composer.prompt_box.prompt
        stage.window.activateWindow()
        editor.setFocus()
        cursor = editor.textCursor()
        cursor.setPosition(9)  # behind "🍐 a pear": the first letter takes two places
        editor.setTextCursor(cursor)
        QTest.keyClick(editor, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
        popover = composer.saved_words.popover
        assert popover is not None
        await stage.until(lambda: popover.rows.count() == 3)
        assert popover.count.text() == "3 of 3 snippets"
        popover.search.edit.setText("l")
        await stage.until(lambda: popover.rows.count() == 3)
        popover.search.edit.setText("lens")
        await stage.until(lambda: popover.rows.count() == 1)
        QTest.keyClick(popover.search.edit, Qt.Key.Key_Return)
        assert composer.wish().prompt == "🍐 a pear, 50 mm lens, on a table"
        composer.undo.undo()
        assert composer.wish().prompt == "🍐 a pear on a table"

    play(scene)


def test_a_selection_is_saved_under_a_name(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        composer = stage.controller.composer
        stage.write("a pear, late afternoon light")
        editor = composer.prompt_box.prompt
        cursor = editor.textCursor()
        cursor.setPosition(8)
        cursor.movePosition(cursor.MoveOperation.End, cursor.MoveMode.KeepAnchor)
        editor.setTextCursor(cursor)
        composer.saved_words.save_from(editor)
        dialog = await _dialog(stage)
        await stage.until(lambda: dialog.words_field.text() == "late afternoon light")
        dialog.name_field.edit.setText("Evening")
        dialog.primary()
        assert not dialog.isVisible()
        await _until_kept(stage, {"Evening": "late afternoon light"})

    play(scene)


def test_a_snippet_is_changed_removed_and_had_back(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await _keep(stage, Light="late light", Mood="calm")
        saved = stage.controller.composer.saved_words
        saved.edit_snippets()
        dialog = await _dialog(stage)
        await stage.until(lambda: dialog.list.count() == 2)
        dialog.name_field.edit.setText("MOOD")
        dialog._check()
        assert dialog.problem.text() == "This name is taken."
        dialog.primary()
        assert dialog.isVisible()
        dialog.name_field.edit.setText("Evening")
        dialog.words_field.set_text("blue hour")
        dialog.list.setCurrentRow(1)
        await _until_kept(stage, {"Evening": "blue hour", "Mood": "calm"})
        assert dialog.name_field.text() == "Mood"
        dialog.remove_button.click()
        await _until_kept(stage, {"Evening": "blue hour"})
        assert not dialog.undo_button.isHidden()
        dialog.undo_button.click()
        await _until_kept(stage, {"Evening": "blue hour", "Mood": "calm"})
        dialog.primary()

    play(scene)


def test_styles_are_edited_in_the_same_way_and_kept_in_the_settings(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        settings = stage.client.studio.settings
        before = [one.name for one in settings.current.styles]
        composer = stage.controller.composer
        composer.seed_section.edit_styles_clicked.emit()
        dialog = await _dialog(stage)
        await stage.until(lambda: dialog.list.count() == len(before))
        dialog.add_button.click()
        dialog.name_field.edit.setText("Risograph")
        dialog.primary()
        assert dialog.isVisible(), "a style without words would be lost in silence"
        dialog.words_field.set_text("two-colour risograph print")
        dialog.primary()
        await stage.until(lambda: settings.current.styles[-1].name == "Risograph")
        box = composer.seed_section.style_box
        await stage.until(lambda: box.findText("Risograph") >= 0)
        box.activated.emit(box.findText("Risograph"))
        assert composer.wish().style == "two-colour risograph print"

    play(scene)


def test_earlier_prompts_are_forgotten_by_delete_and_the_count_tells(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        for prompt in ("a secret fox", "a whale"):
            await stage.generate(prompt)
        composer = stage.controller.composer
        composer.history.open_at(composer.head.history_button)
        popover = composer.history.popover
        assert popover is not None
        await stage.until(lambda: popover.rows.count() == 2)
        QTest.keyClick(popover.search.edit, Qt.Key.Key_Down)
        assert popover.current() == "a secret fox"
        QTest.keyClick(popover.rows, Qt.Key.Key_Delete)
        await stage.until(lambda: popover.rows.count() == 1)
        assert popover.count.text() == "1 of 1 prompts"
        QTest.keyClick(popover.search.edit, Qt.Key.Key_Return)
        assert composer.wish().prompt == "a whale"
        assert len(await stage.images()) == 2

    play(scene)


def test_the_list_of_earlier_prompts_goes_on_when_it_is_scrolled(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.ui.composer.prompt_history.PAGE", 12)

    async def scene(stage: Stage) -> None:
        from studio.domain.assets import Size
        from studio.domain.request import GenerationRequest, Target

        for number in range(15):
            request = GenerationRequest(prompt=f"idea {number} [[fail:moderation]]", size=Size.of(96, 64))
            target = Target(provider="demo", model="demo-painter", options={"pace": "instant"})
            await stage.client.run(lambda studio, r=request, t=target: studio.engine.start(r, [t]))  # type: ignore[misc]
        await stage.until(lambda: sum(event.kind == "run_finished" for event in stage.events) == 15)
        composer = stage.controller.composer
        composer.history.open_at(composer.head.history_button)
        popover = composer.history.popover
        assert popover is not None
        await stage.until(lambda: popover.rows.count() == 12)
        assert popover.count.text() == "12 of 15 prompts"
        bar = popover.rows.verticalScrollBar()
        bar.setValue(bar.maximum())
        await stage.until(lambda: popover.rows.count() == 15)
        assert popover.count.text() == "15 of 15 prompts"

    play(scene)
