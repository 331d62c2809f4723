"""A library on a drive that cannot be written: all of it can be looked at, and nothing that would change it is done."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QPlainTextEdit, QTextEdit, QWidget

from studio.bootstrap import Studio
from studio.domain.assets import Size
from studio.domain.choices import ChoiceValue
from studio.domain.jobs import Job
from studio.domain.request import GenerationRequest, Target
from studio.domain.sweep import SweepAxis, SweepPlan, SweepValue
from studio.storage.folder import WorkspaceFolder
from studio.ui.composer.search_list import SearchList
from studio.ui.composer.words_dialog import WordsDialog
from studio.ui.gallery.images_model import TILE_ROLE
from studio.ui.preferences.dialog import PreferencesDialog
from studio.ui.sweep.history import SweepsDialog
from studio.ui.sweep.lists import ListsDialog
from studio.ui.translation import written
from studio.ui.widgets import LineField, plain_tooltip
from studio.ui.window.collections_dialog import CollectionsDialog
from studio.ui.window.looking import CHANGING, ReadOnlyLine
from tests.ui.window.conftest import Play, Stage

Shown = TypeVar("Shown", bound=QWidget)

WORDS = "This library is read-only: nothing can be generated or changed here."


@pytest.fixture
def sealed(play: Play, monkeypatch: pytest.MonkeyPatch) -> Play:
    """Plays a scene in a library with two images on a drive that is mounted for reading only."""

    async def fill(stage: Stage) -> None:
        await stage.generate("two pears", images=2)

    play(fill)
    seal(monkeypatch)
    return play


def seal(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system answers on such a drive, also to root."""

    def refuse(self: WorkspaceFolder) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(self.root))

    monkeypatch.setattr(WorkspaceFolder, "_make_folders", refuse)


def files_of(stage: Stage) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in stage.workspace.rglob("*") if file.is_file()}


def test_it_says_so_for_as_long_as_it_is_open_and_can_be_looked_at(sealed: Play, tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        before = files_of(stage)
        (line,) = stage.window.findChildren(ReadOnlyLine)
        assert (line.isVisible(), line.accessibleName()) == (True, WORDS)
        images = await stage.images()
        assert len(images) == 2
        stage.controller.show_view("grid")
        stage.controller.gallery.set_search("pears")
        stage.controller.actions.select_images.emit([images[0].id])
        await stage.until(lambda: stage.controller.details._image is not None)
        head = stage.controller.details.head
        assert not head.stars.isEnabled()
        assert not head._icons["delete"].isEnabled()
        assert head._icons["delete"].accessibleDescription() == WORDS
        assert head._icons["export"].isEnabled()
        assert stage.controller.details.note.isReadOnly()
        footer = stage.controller.composer.footer
        stage.write("plums")
        await stage.until(lambda: not footer.generate_button.isEnabled())
        assert footer.generate_button.text() == "This library is read-only"
        stage.controller.composer.press_generate()
        await export_all(stage, tmp_path / "out")
        assert len(list((tmp_path / "out").iterdir())) == 2
        stage.client.studio.settings.change(language="zh_CN")
        await stage.until(lambda: line.accessibleName() == "此图库为只读：不能在此生成或更改任何内容。")
        assert files_of(stage) == before

    sealed(scene)


async def export_all(stage: Stage, folder: Path) -> None:
    from studio.ui.export_dialog.dialog import ExportDialog

    stage.controller.dialogs.export([image.id for image in await stage.images()])
    (dialog,) = stage.window.findChildren(ExportDialog)
    dialog.form.folder_field.edit.setText(str(folder))
    await stage.until(lambda: dialog._plan is not None and dialog._plan.folder == folder)
    dialog.primary_button.click()
    await stage.until(lambda: dialog._report is not None)
    dialog.reject()


def test_every_wish_that_would_change_it_is_answered_with_the_reason(sealed: Play) -> None:
    async def scene(stage: Stage) -> None:
        before, bar = files_of(stage), stage.window.message_bar
        images = [image.id for image in await stage.images()]
        given = {
            "rate": (images, 3),
            "reject": (images, True),
            "set_note": (images[0], "x"),
            "set_tags": (images, ["x"]),
        }
        run = (await stage.images())[0].run_id
        for name in CHANGING:
            signal = getattr(stage.controller.actions, name)
            if name in given:
                signal.emit(*given[name])
            elif name.startswith("run_"):
                signal.emit(run)
            elif name in {"generate_again", "make_anew"}:
                signal.emit(f"{run}.0")
            elif name in {"collect", "uncollect"}:
                signal.emit(images, "x")
            elif name == "settle_uncertain":
                signal.emit(f"{run}.0.0", None)
            elif name == "follow_up":
                signal.emit(images[0], None)
            elif name == "open_sweep":
                signal.emit()
            elif name == "vary":
                signal.emit(images[0])
            else:
                signal.emit(images)
            message = bar.current()
            assert message is not None, name
            assert written(message.title) == WORDS, name
            bar.settle("say")
            assert QApplication.activeModalWidget() is None, name
        stage.controller.compare.set_blind(True)
        assert bar.current() is not None
        assert not stage.controller.compare.table.blind
        assert files_of(stage) == before
        assert not [event for event in stage.events if event.kind == "run_started"]

    sealed(scene)


def test_what_cannot_be_done_with_an_image_is_grey_in_its_menu(sealed: Play) -> None:
    async def scene(stage: Stage) -> None:
        images = await stage.images()
        stage.controller.show_view("grid")
        view = stage.controller.gallery.grid
        await stage.until(lambda: view.model().rowCount() == 2)
        stage.controller.gallery.selection.set_ids([images[0].id])
        menu = stage.controller.gallery.menus.of_tile(view.model().index(0, 0).data(TILE_ROLE), None)
        told = {action.text().split("\t")[0]: action.isEnabled() for action in menu.actions() if action.text()}
        assert [told[words] for words in ("Vary", "Reject", "Tags...", "Move to bin")] == [False] * 4
        assert [told[words] for words in ("Large preview", "Copy image", "Export...", "Load settings")] == [True] * 4
        menu.deleteLater()

    sealed(scene)


def held(*controls: QWidget) -> None:
    """None of them can be used, and each says why, by tooltip and to a screen reader."""
    for control in controls:
        usable = control.isEnabled() and not (
            isinstance(control, QLineEdit | QPlainTextEdit | QTextEdit) and control.isReadOnly()
        )
        assert not usable, control.accessibleName()
        assert control.accessibleDescription() == WORDS, control.accessibleName()
        assert control.toolTip() == plain_tooltip(WORDS), control.accessibleName()


@pytest.fixture
def furnished(play: Play, monkeypatch: pytest.MonkeyPatch) -> Play:
    """As `sealed`, with a collection, a snippet, a list, a sweep that waits, an open question and a full bin."""

    async def fill(stage: Stage) -> None:
        await stage.generate("two pears", images=2)
        await stage.generate("kite [[fail:drop]]", models=("demo-papercut",))
        images = [image.id for image in await stage.images()]
        pace = Target(provider="demo", model="demo-painter", options={"pace": "slow"})
        seeds = tuple(SweepValue(label=str(seed), seed=seed) for seed in range(1, 40))
        plan = SweepPlan(
            request=GenerationRequest(prompt="plums", size=Size.of(64, 48)),
            targets=(pace,),
            axes=(SweepAxis(kind="seed", place="rows", values=seeds),),
        )

        async def work(studio: Studio) -> None:
            workspace = studio.workspace
            await workspace.organiser.collect_as("Best", images)
            await workspace.organiser.trash(images[:1])
            await workspace.phrasebook.keep_snippet("Light", "soft north light")
            await workspace.prompt_lists.write("colours", [ChoiceValue(text="red")])
            sweep = await studio.sweeps.start(plan)
            await studio.sweeps.pause(sweep.id)

        await stage.client.run(work)

    play(fill)
    seal(monkeypatch)
    return play


async def shown(stage: Stage, kind: type[Shown]) -> Shown:
    def one() -> Shown | None:
        return next((one for one in stage.window.findChildren(kind) if one.isVisible()), None)

    await stage.until(lambda: one() is not None)
    found = one()
    assert found is not None
    return found


def labelled(parent: QWidget, words: str) -> QWidget:
    """The button with these words."""
    return next(one for one in parent.findChildren(QAbstractButton) if words in (one.text(), one.accessibleName()))


def test_composer_menus_and_lists_hold_what_would_write(furnished: Play) -> None:
    async def scene(stage: Stage) -> None:
        before, composer = files_of(stage), stage.controller.composer
        stage.write("plums and pears")
        held(composer.head.sweep_button, composer.references.drop)
        composer.open_snippets()
        words = await shown(stage, SearchList)
        await stage.until(lambda: words.rows.count() == 1)
        held(labelled(words, "Save prompt"))
        words.close()
        menu = QMenu(stage.window)
        composer.saved_words._fill_menu(menu, composer.prompt_box.prompt)
        save = next(one for one in menu.actions() if one.text() == "Save as snippet...")
        assert (save.isEnabled(), save.toolTip() == plain_tooltip(WORDS), menu.toolTipsVisible()) == (False, True, True)
        composer.saved_words.edit_snippets()
        snippets = await shown(stage, WordsDialog)
        await stage.until(lambda: snippets.words_field.text() == "soft north light")
        held(snippets.add_button, snippets.remove_button, snippets.name_field.edit, snippets.words_field)
        snippets.primary_button.click()
        composer.saved_words.edit_styles()  # those of the settings, which can be written
        styles = await shown(stage, WordsDialog)
        assert styles.add_button.isEnabled()
        styles.primary_button.click()
        composer.open_history()
        history = await shown(stage, SearchList)
        await stage.until(lambda: history.rows.count() >= 2)
        count = history.rows.count()
        held(labelled(history, "Forget this prompt"))
        QTest.keyClick(history.rows, Qt.Key.Key_Delete)
        assert (history.count.text(), history.rows.count()) == (WORDS, count)
        history.close()
        stage.controller.sweeps.open_lists()
        lists = await shown(stage, ListsDialog)
        await stage.until(lambda: lists.values.text() == "red")
        held(lists.new_button, lists.remove_button, lists.name.edit, lists.values, lists.primary_button)
        lists.reject()
        stage.controller.sweeps.open_history()
        sweeps = await shown(stage, SweepsDialog)
        await stage.until(sweeps.continue_button.isVisible)
        held(sweeps.continue_button, sweeps.stop_button, sweeps.pause_button, sweeps.primary_button)
        sweeps.reject()
        assert files_of(stage) == before

    furnished(scene)


def test_gallery_details_compare_and_preferences_hold_what_would_write(furnished: Play) -> None:
    async def scene(stage: Stage) -> None:
        before, controller = files_of(stage), stage.controller
        controller.actions.manage_collections.emit()
        dialog = await shown(stage, CollectionsDialog)
        await stage.until(lambda: bool(dialog._rows))
        names = [field.edit for field in dialog.findChildren(LineField)]
        assert len(names) == 2
        held(
            *names, labelled(dialog, "Add"), labelled(dialog, "Undo"), labelled(dialog, "Remove Best; its images stay")
        )
        assert labelled(dialog, "Show Best").isEnabled()
        dialog.reject()
        menu = stage.window.menu
        menu.aboutToShow.emit()
        for words in ("Undo a change of the library", "Redo a change of the library"):
            (action,) = [one for one in menu.actions() if one.text() == words]
            assert (action.isEnabled(), action.toolTip() == plain_tooltip(WORDS)) == (False, True)
        controller.undo.undo()
        await stage.until(lambda: WORDS in said(stage))
        controller.actions.show_trash.emit()
        strip = controller.gallery.trash_strip
        await stage.until(lambda: strip.isVisible() and "1 image" in strip.words.full_text())
        held(strip.restore_button, strip.empty_button)
        run = next(event for event in await jobs(stage) if event.state == "uncertain")
        controller.actions.show_job.emit(run.id)
        card = controller.details.card
        await stage.until(card.isVisible)
        held(labelled(card, "Generate again"), labelled(card, "Not billed"), labelled(card, "Set"))
        images = [image.id for image in await stage.images()]
        controller.show_view("compare")
        controller.compare.show_images(images * 2)
        held(controller.compare.bar.blind, controller.compare.side.votes.names)
        controller.actions.open_preferences.emit("storage")
        preferences = await shown(stage, PreferencesDialog)
        held(labelled(preferences.storage, "Empty bin..."))
        preferences.reject()
        stage.client.studio.settings.change(language="zh_CN")
        chinese = "此图库为只读：不能在此生成或更改任何内容。"
        await stage.until(lambda: controller.compare.bar.blind.accessibleDescription() == chinese)
        assert controller.composer.head.sweep_button.accessibleDescription() == chinese
        assert strip.empty_button.accessibleDescription() == chinese
        assert files_of(stage) == before

    furnished(scene)


def said(stage: Stage) -> str:
    message = stage.window.message_bar.current()
    return written(message.title) if message is not None else ""


async def jobs(stage: Stage) -> list[Job]:
    pages = await stage.client.run(lambda studio: studio.workspace.library.runs())
    return [job for page in pages for job in page.run.jobs]
