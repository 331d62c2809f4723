"""A library on a drive that cannot be written: all of it can be looked at, and nothing that would change it is done."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from studio.storage.folder import WorkspaceFolder
from studio.ui.gallery.images_model import TILE_ROLE
from studio.ui.translation import written
from studio.ui.window.looking import CHANGING, ReadOnlyLine
from tests.ui.window.conftest import Play, Stage

WORDS = "This library is read-only: nothing can be generated or changed here."


@pytest.fixture
def sealed(play: Play, monkeypatch: pytest.MonkeyPatch) -> Play:
    """Plays a scene in a library with two images on a drive that is mounted for reading only."""

    async def fill(stage: Stage) -> None:
        await stage.generate("two pears", images=2)

    def refuse(self: WorkspaceFolder) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(self.root))

    play(fill)
    monkeypatch.setattr(WorkspaceFolder, "_make_folders", refuse)
    return play


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
