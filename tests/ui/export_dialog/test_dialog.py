"""The export dialog as it is used: pictures beside the names, parts of the name added, notes where they belong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.bootstrap import ExportPlan, ExportReport, ExportStep
from studio.domain.errors import NoRoom
from studio.domain.exporting import ContactSheet, ExportOptions
from studio.ui.export_dialog.dialog import ExportDialog
from studio.ui.export_dialog.file_list import FILE_ROLE
from studio.ui.measures import size_words
from tests.ui.window.conftest import Play, Stage


async def opened(stage: Stage, folder: Path, images: int = 2) -> ExportDialog:
    await stage.generate("two pears", images=images)
    found = await stage.images()
    dialog = ExportDialog(stage.client, stage.controller.actions, [image.id for image in found], stage.window)
    dialog.open()
    dialog.form.folder_field.edit.setText(str(folder))
    await stage.until(lambda: dialog._plan is not None and dialog._plan.folder == folder)
    return dialog


def pictures_in(folder: Path) -> set[Path]:
    return set(folder.rglob("*.png"))


def names(dialog: ExportDialog) -> list[str]:
    model = dialog.list.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def test_each_name_has_its_picture(play: Play, tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        dialog = await opened(stage, tmp_path / "out")
        blobs = {image.blob for image in await stage.images()}
        await stage.until(lambda: all(dialog._pictures.pixmap(blob) is not None for blob in blobs))
        shown = dialog.list.viewport().grab().toImage()
        colours = {shown.pixelColor(x, y).name() for x in range(16, 44, 3) for y in range(6, 30, 3)}
        assert len(colours) > 8  # a picture, not a grey box
        dialog.reject()

    play(scene)


def test_parts_of_the_name_are_added_by_mouse_and_by_key(play: Play, tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        dialog = await opened(stage, tmp_path / "out", images=1)
        field, chips = dialog.form.name_field.edit, dialog.form._chips
        assert QApplication.focusWidget() in {field, None}
        assert not chips["date"].isVisible()  # it is in the name already
        field.set_template("{number}")
        QTest.mouseClick(chips["seed"], Qt.MouseButton.LeftButton)
        assert field.template() == "{number}_{seed}"
        assert not chips["seed"].isVisible()
        chips["provider"].setFocus()
        QTest.keyClick(chips["provider"], Qt.Key.Key_Space)
        assert field.template() == "{number}_{seed}_{provider}"
        QTest.keyClicks(field, "-by-{model}")
        (image,) = await stage.images()
        await stage.until(lambda: names(dialog) == [f"01_{image.seed}_demo-by-{image.model}.png"])
        dialog.reject()

    play(scene)


def test_tab_goes_through_the_fields_and_then_to_the_buttons(play: Play, tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        dialog = await opened(stage, tmp_path / "out")
        form = dialog.form
        form.set_options(ExportOptions(format="jpeg", contact_sheet=ContactSheet()))
        form.name_field.edit.setFocus()
        stage.client.studio.settings.change(language="zh_CN")
        await stage.until(lambda: stage.controller.language.code == "zh_CN")
        # Buttons with other words are made anew and shown in the next turn of the event loop.
        await stage.until(lambda: form.format.button("jpeg").isVisible(), 60)
        stops = [dialog.focusWidget()]
        while len(stops) < 40 and stops[-1] is not dialog.primary_button:
            dialog.focusNextPrevChild(True)
            stops.append(dialog.focusWidget())
        expected = (
            *(form.name_field.edit, form._chips["seed"], form.format.button("jpeg"), form.quality.slider, form.edge),
            *(form.embed, form.sidecar, form.sheet, form.sheet_kind, form._exists["number"]),
            *(dialog.list, dialog.presets, dialog.cancel_button, dialog.primary_button),
        )
        assert [one for one in stops if one in expected] == list(expected)
        dialog.reject()

    play(scene)


def test_notes_stand_beside_what_they_are_about_and_the_sheet_is_shown_before(play: Play, tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        dialog = await opened(stage, tmp_path, images=2)
        await stage.until(
            lambda: dialog.form.notes.words() == ["Originals are copied as they came, without the prompt inside."]
        )
        assert not dialog._sheet.isVisible()
        (tmp_path / names(dialog)[0]).write_bytes(b"mine")
        dialog.form.set_options(ExportOptions(contact_sheet=ContactSheet(across=2)))
        await stage.until(lambda: dialog._notes.words() == ["1 name exists, it gets a number."])
        await stage.until(dialog._sheet.isVisible)
        assert dialog._sheet._count.text() == "page 1 of 1"
        first = dialog.list.model().index(0, 0)
        assert "it gets a number" in first.data(Qt.ItemDataRole.AccessibleTextRole)
        stage.client.studio.settings.change(language="zh_CN")
        await stage.until(lambda: stage.controller.language.code == "zh_CN")
        await stage.until(lambda: "日期" in dialog.form.name_field.edit.toPlainText())
        assert dialog.form.name_field.edit.template() == "{date}_{run}_{model}_{changed}_{number}"
        dialog.reject()

    play(scene)


def test_a_folder_without_room_says_so_before_anything_is_written(play: Play, tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        dialog = await opened(stage, tmp_path / "out")
        needed = sum(image.facts.size_bytes for image in await stage.images())
        dialog._free_bytes = needed - 1
        dialog._write_plan()
        assert dialog._free.text() == f"{size_words(needed - 1)} free, {size_words(needed)} needed"
        dialog._free_bytes = needed
        dialog._write_plan()
        assert dialog._free.text() == f"{size_words(needed)} free"
        dialog.reject()

    play(scene)


def test_what_came_of_an_export_is_gone_with_the_next_choice(play: Play, tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        dialog = await opened(stage, tmp_path / "out")
        QTest.mouseClick(dialog.primary_button, Qt.MouseButton.LeftButton)
        await stage.until(lambda: dialog.primary_button.text() == "Show in folder")
        assert dialog._status.text() == "2 exported"
        assert not dialog.presets.isVisible()
        dialog.form.folder_field.edit.setText(str(tmp_path / "other"))
        await stage.until(lambda: dialog.primary_button.text() == "Export 2 images")
        assert dialog._status.text() == ""
        assert dialog.presets.isVisible()
        assert dialog._free.isVisible()
        dialog.reject()

    play(scene)


def test_an_export_that_ended_early_says_how_many_of_all_were_written(play: Play, tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        dialog = await opened(stage, tmp_path / "out")
        assert dialog._plan is not None
        file = dialog._plan.files[0]
        step = ExportStep(1, 5, file, "a.png", "failed")
        dialog._tell_end(ExportReport(tmp_path, 5, (step,), problem=NoRoom(path="/out").problem))
        assert dialog._status.text() == "0 of 5 exported, 1 failed"
        assert dialog._trouble.text().startswith("Disk is full. There is no room left in /out.")
        dialog.reject()

    play(scene)


def test_thousands_of_files_a_second_are_told_some_times_a_second(
    play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(stage: Stage) -> None:
        dialog = await opened(stage, tmp_path / "out")
        told: list[int] = []
        dialog.list.model().dataChanged.connect(lambda *_: told.append(1))

        async def export(plan: ExportPlan, *, on_step: Callable[[ExportStep], None], stop: object) -> ExportReport:
            for number in range(1, 2001):
                on_step(ExportStep(number, 2000, plan.files[0], "a.png", "exported"))
            return ExportReport(tmp_path, 2000, ())

        monkeypatch.setattr(stage.client.studio.exporter, "export", export)
        dialog.primary_button.click()
        await stage.until(lambda: dialog.primary_button.text() == "Show in folder")
        assert 1 <= len(told) < 50
        assert dialog.list.model().index(0, 0).data(FILE_ROLE)[1] == "exported"
        dialog.reject()

    play(scene)


def test_while_the_names_are_worked_out_the_button_says_how_many_were_chosen(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("two pears", images=2)
        found = await stage.images()
        dialog = ExportDialog(stage.client, stage.controller.actions, [image.id for image in found], stage.window)
        dialog.open()
        assert dialog._plan is None
        assert not dialog.primary_button.isEnabled()
        assert dialog.primary_button.text() == "Export 2 images"
        dialog.reject()

    play(scene)


def test_a_folder_that_cannot_be_written_says_that_nothing_was_billed_and_what_to_do(
    play: Play, tmp_path: Path
) -> None:
    async def scene(stage: Stage) -> None:
        folder = tmp_path / "out"
        dialog = await opened(stage, folder)
        folder.write_text("a file where a folder should be")
        QTest.mouseClick(dialog.primary_button, Qt.MouseButton.LeftButton)
        await stage.until(dialog._trouble.isVisible)
        assert dialog._trouble.text() == (
            f"Folder not writable. {folder} cannot be written to. Make it writable, or choose another folder."
            " Nothing was billed."
        )
        assert dialog._trouble.height() >= dialog._trouble.heightForWidth(dialog._trouble.width())
        await stage.until(lambda: dialog.primary_button.text() == "Export 2 images" and dialog.presets.isVisible())
        dialog.form.folder_field.edit.setText(str(tmp_path / "other"))
        await stage.until(lambda: not dialog._trouble.isVisible())
        dialog.reject()

    play(scene)


@pytest.mark.parametrize("typed", ["", "  ", "copies", "~nobody-of-this-name/copies"])
def test_a_folder_that_does_not_say_where_it_is_gets_no_files(
    play: Play, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str
) -> None:
    monkeypatch.chdir(tmp_path)

    async def scene(stage: Stage) -> None:
        dialog = await opened(stage, tmp_path / "out")
        before = pictures_in(tmp_path)
        dialog.form.folder_field.edit.setText(typed)
        await stage.until(lambda: not dialog.primary_button.isEnabled())
        assert dialog.primary_button.toolTip() == "Choose a folder."
        dialog.primary()
        await stage.until(lambda: not dialog._tasks.is_running("export"))
        assert pictures_in(tmp_path) == before
        dialog.reject()

    play(scene)


def test_originals_do_not_claim_to_carry_the_prompt(play: Play, tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        dialog = await opened(stage, tmp_path / "out")
        form = dialog.form
        form.set_options(ExportOptions(format="original", metadata="embed"))
        assert not form.embed.isChecked()
        QTest.mouseClick(form.format.button("jpeg"), Qt.MouseButton.LeftButton)
        assert form.embed.isChecked()
        assert form.options().metadata == "embed"
        form.embed.click()
        assert form.options().metadata == "strip"
        QTest.mouseClick(form.format.button("original"), Qt.MouseButton.LeftButton)
        QTest.mouseClick(form.format.button("png"), Qt.MouseButton.LeftButton)
        assert not form.embed.isChecked()
        dialog.reject()

    play(scene)
