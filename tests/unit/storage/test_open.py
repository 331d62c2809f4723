from __future__ import annotations

import asyncio
import shutil
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import apsw
import pytest

from studio.domain.errors import WorkspaceNewer, WorkspaceUnreadable
from studio.storage.database import Database, connect
from studio.storage.migrations import MIGRATIONS
from tests.unit.storage.conftest import OpenWorkspace, StartChild
from tests.unit.storage.material import HandClock, draft_run
from tests.unit.storage.shelf import Shelf


def matching(folder: Path, pattern: str) -> list[Path]:
    return sorted(folder.glob(pattern))


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


async def test_a_new_workspace_is_private_where_it_matters(
    open_again: OpenWorkspace, folder: Path, clock: HandClock
) -> None:
    workspace = await open_again()
    await Shelf(workspace, clock).one()

    assert (folder / "output" / "images").is_dir()
    for path in (folder, folder / "records", folder / "blobs", folder / "records" / "000"):
        assert mode_of(path) == 0o700, path
    private = [*matching(folder, "studio.db*"), *matching(folder, "records/**/*.jsonl")]
    assert len(private) >= 3
    for path in private:
        assert mode_of(path) == 0o600, path


async def test_what_was_written_is_there_again(open_again: OpenWorkspace, clock: HandClock, folder: Path) -> None:
    first = await open_again()
    image = await Shelf(first, clock).one()
    await first.close()
    assert not matching(folder, "studio.db-wal")

    assert await (await open_again()).library.page() == [image]


async def test_a_file_in_place_of_the_folder_is_told(open_again: OpenWorkspace, folder: Path) -> None:
    await asyncio.to_thread(folder.write_text, "I am a file")
    with pytest.raises(WorkspaceUnreadable, match="not a folder"):
        await open_again()


@pytest.mark.parametrize("name", ["output", "records", "studio.db"])
async def test_something_in_the_way_is_named(name: str, open_again: OpenWorkspace, folder: Path) -> None:
    await asyncio.to_thread(folder.mkdir)
    if name == "studio.db":
        (folder / name).mkdir()
    else:
        (folder / name).write_text("in the way")

    with pytest.raises(WorkspaceUnreadable) as caught:
        await open_again()

    assert name in str(caught.value) or "folder" in str(caught.value)


async def test_a_database_of_another_program_is_left_alone(open_again: OpenWorkspace, folder: Path) -> None:
    await asyncio.to_thread(folder.mkdir)
    other = apsw.Connection(str(folder / "studio.db"))
    other.execute("CREATE TABLE recipes (name)")
    other.close()

    with pytest.raises(WorkspaceUnreadable, match="not made by Prompt Studio"):
        await open_again()

    other = apsw.Connection(str(folder / "studio.db"))
    assert other.table_exists("main", "recipes")
    other.close()


async def test_a_newer_database_is_refused_in_words(open_again: OpenWorkspace, folder: Path) -> None:
    await (await open_again()).close()
    newer = apsw.Connection(str(folder / "studio.db"))
    newer.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    newer.close()

    with pytest.raises(WorkspaceNewer) as caught:
        await open_again()

    assert caught.value.problem.values == {"found": str(len(MIGRATIONS) + 1), "known": str(len(MIGRATIONS))}


async def test_a_page_that_was_damaged_is_found_after_a_crash(
    start_child: StartChild, open_again: OpenWorkspace, folder: Path
) -> None:
    child = start_child("hold")
    child.hear()
    child.hear()
    child.kill()
    database = folder / "studio.db"
    connection = apsw.Connection(str(database))
    connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_FULL)
    page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'calls_by_run'").get
    connection.close()
    content = bytearray(database.read_bytes())
    content[(page - 1) * 4096 + 8 : (page - 1) * 4096 + 60] = b"\xff" * 52
    database.write_bytes(content)
    (folder / "studio.db-wal").write_bytes(b"the log of a crash")

    with pytest.raises(WorkspaceUnreadable, match="--rebuild"):
        await open_again()


@pytest.fixture
def shared_folder() -> Iterator[Path]:
    """A folder that other users can reach, unlike pytest's own."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@pytest.mark.parametrize("has_workspace", [False, True])
def test_a_folder_without_the_right_to_write_is_told(
    has_workspace: bool, shared_folder: Path, start_child: StartChild
) -> None:
    folder = shared_folder / "workspace"
    if has_workspace:
        start_child("number-runs", "1", at=folder).hear_all()
        for path in [folder, *folder.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)
    shared_folder.chmod(0o555)

    (told,) = start_child("open-as-nobody", at=folder).hear_all()

    if has_workspace:  # it could be looked at
        assert told["error"] == "WorkspaceReadOnly"
        assert "cannot be written to: nothing can be generated or changed here" in told["text"]
    else:
        assert told["error"] == "WorkspaceUnreadable"
        assert "may not be written to" in told["text"]


async def test_a_workspace_opens_for_several_at_once(open_again: OpenWorkspace, clock: HandClock) -> None:
    windows = await asyncio.gather(*(open_again() for _ in range(4)))

    runs = await asyncio.gather(*(window.journal.add_run(draft_run(clock)) for window in windows for _ in range(5)))

    assert sorted(run.id for run in runs) == list(range(1, 21))


def test_a_new_database_is_opened_by_many_at_the_same_moment(tmp_path: Path) -> None:
    together = Barrier(6)
    for number in range(30):
        path = tmp_path / f"{number}.db"

        def begin(path: Path = path) -> str:
            together.wait(60)
            db = connect(path)
            try:
                return str(db.pragma("journal_mode"))
            finally:
                db.close()

        with ThreadPoolExecutor(together.parties) as threads:
            begun = [threads.submit(begin) for _ in range(together.parties)]
            assert [one.result(60) for one in begun] == ["wal"] * together.parties


async def test_a_database_that_stays_locked_is_told(
    open_again: OpenWorkspace, clock: HandClock, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("studio.storage.database.BUSY_TIMEOUT_MS", 20)
    workspace = await open_again()
    other = apsw.Connection(str(folder / "studio.db"))
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(WorkspaceUnreadable, match="another program"):
        await workspace.journal.add_run(draft_run(clock))

    other.execute("ROLLBACK")
    other.close()
    assert (await workspace.journal.add_run(draft_run(clock))).id == 1


async def test_reading_that_takes_too_long_does_not_hold_up_the_end(open_again: OpenWorkspace) -> None:
    """A query that would never end is interrupted when the workspace is closed."""
    workspace = await open_again()
    begun = asyncio.Event()
    loop = asyncio.get_running_loop()
    endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"

    def read(db: apsw.Connection) -> None:
        loop.call_soon_threadsafe(begun.set)
        db.execute(endless)

    reading = asyncio.create_task(database_of(workspace).read(read))
    await begun.wait()
    await workspace.close()

    with pytest.raises(apsw.InterruptError):
        await reading


def database_of(workspace: object) -> Database:
    found: Database = workspace._database  # type: ignore[attr-defined]  # no public way leads to an endless query
    return found


def test_a_start_loads_no_pillow() -> None:
    """It takes 20 ms, which belong to the first image and not to the first paint."""
    program = (
        "import sys, studio.storage; print([name for name in ('PIL', 'xml', 'send2trash') if name in sys.modules])"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
