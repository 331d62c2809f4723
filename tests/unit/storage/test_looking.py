"""A library that cannot be written, opened to be looked at."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from studio.domain.errors import WorkspaceReadOnly, WorkspaceUnreadable
from studio.domain.values import ImageId
from studio.storage import Workspace
from studio.storage.folder import WorkspaceFolder
from studio.storage.workspace import open_now
from tests.unit.storage.material import HandClock
from tests.unit.storage.shelf import Shelf


@pytest.fixture
def shelf(workspace: Workspace, clock: HandClock) -> Shelf:
    return Shelf(workspace, clock)


@pytest.fixture
def sealed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system answers on a read-only drive, also to root."""

    def refuse(self: WorkspaceFolder) -> None:
        raise OSError(errno.EROFS, "Read-only file system", str(self.root))

    monkeypatch.setattr(WorkspaceFolder, "_make_folders", refuse)


async def test_reading_works_and_every_write_says_why_not(shelf: Shelf, tmp_path: Path, sealed: None) -> None:
    image = await shelf.one("a fox")
    root = shelf.workspace.folder.root
    copies = tmp_path / "elsewhere" / "looked-at"
    looked = open_now(root, cache_folder=tmp_path / "elsewhere", clock=HandClock(), look_only=True)
    try:
        assert looked.only_looked_at
        assert [one.id for one in await looked.library.page()] == [image.id]
        assert (await looked.archive.thumbnail_path(image.blob, 256)).is_file()
        assert (await looked.reconcile()).adopted == 0
        for change in (
            looked.organiser.rate([image.id], 3),
            looked.organiser.trash([image.id]),
            looked.organiser.empty_trash(),
            looked.organiser.relocate(ImageId(image.id), root / image.path),
            looked.phrasebook.keep_snippet("a", "b"),
        ):
            with pytest.raises(WorkspaceReadOnly) as refused:
                await change
            assert str(root) in refused.value.problem.text
            assert "nothing can be generated or changed here" in refused.value.problem.text
        assert len(list(copies.iterdir())) == 2  # the copy and the lock of its owner
    finally:
        looked.close_now()
    assert list(copies.iterdir()) == []
    (again,) = await shelf.workspace.library.page()
    assert again.rating == 0


async def test_a_copy_of_a_killed_program_goes_when_the_next_one_looks(
    shelf: Shelf, tmp_path: Path, sealed: None
) -> None:
    left = tmp_path / "elsewhere" / "looked-at" / "0123456789abcdef"
    left.mkdir(parents=True)
    (left / "studio.db").write_bytes(b"x")
    root = shelf.workspace.folder.root
    open_now(root, cache_folder=tmp_path / "elsewhere", clock=HandClock(), look_only=True).close_now()
    assert not left.exists()


async def test_only_who_changes_nothing_is_let_in(shelf: Shelf, tmp_path: Path, sealed: None) -> None:
    with pytest.raises(WorkspaceReadOnly, match="cannot be written to"):
        open_now(shelf.workspace.folder.root, cache_folder=tmp_path / "elsewhere", clock=HandClock())
    with pytest.raises(WorkspaceUnreadable):  # where there is no library there is nothing to look at
        open_now(tmp_path / "nothing", cache_folder=tmp_path / "elsewhere", clock=HandClock(), look_only=True)
