from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest

from studio.domain.errors import WorkspaceNewer
from studio.storage.database import connect
from studio.storage.migrations import MIGRATIONS, Step, migrate

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "studio.db"


@pytest.fixture
def db(path: Path) -> Iterator[apsw.Connection]:
    connection = connect(path)
    yield connection
    connection.close()


# One row in each table of version 1; a new version adds what it has and never changes these.
ROWS_OF_VERSION_1 = """
INSERT INTO prompts VALUES (1, 'a fox', x'00', 5, 6, 1);
INSERT INTO runs (id, created_at, origin, prompt_id, value) VALUES (1, 5, 'window', 1, '{"targets": []}');
INSERT INTO jobs VALUES ('1.1', 1, 1, 'demo', 'paint', 'done', 'f', 40000000, '{}');
INSERT INTO calls VALUES ('1.1.0', '1.1', 1, 0, 'done', NULL, '{}');
INSERT INTO exchanges VALUES ('1.1.0', '{}');
INSERT INTO files (id, path, blob, size_bytes, facts) VALUES (1, 'output/images/a.png', 'b', 9, '{}');
INSERT INTO images
    (id, run_id, job_id, call_id, position, file_id, prompt_id, provider, model, width, height, created_at)
    VALUES (1024, 1, '1.1', '1.1.0', 0, 1, 1, 'demo', 'paint', 64, 48, 5);
INSERT INTO image_words (image_id, note) VALUES (1024, 'n');
INSERT INTO image_tags VALUES ('sky', 1024);
INSERT INTO image_search (rowid, words) VALUES (1024, 'a fox');
INSERT INTO ledger VALUES ('1.1.0', 1, 'demo', 'default', 5, 'billed', NULL, 40000000);
"""

ROWS_OF_VERSION_4 = """
INSERT INTO sweeps (id, created_at, state, value) VALUES (1, 5, 'paused', '{}');
UPDATE runs SET sweep_id = 1;
"""

ROWS_OF_VERSION_7 = """
INSERT INTO library_history (owner, line, made_at, deed, joins, steps, size_bytes, taken_over)
    VALUES ('a', 'done', 5, '{"kind": "rated", "count": 1}', '', '[]', 2, 0);
"""

ROWS: dict[int, str] = {1: ROWS_OF_VERSION_1, 4: ROWS_OF_VERSION_4, 7: ROWS_OF_VERSION_7}
"""What a user of that version may have had."""


def tables(db: apsw.Connection) -> dict[str, list[tuple[object, ...]]]:
    names = [name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    return {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in names if not name.startswith("sqlite")}


@pytest.mark.parametrize("version", range(1, len(MIGRATIONS) + 1))
def test_every_version_with_rows_in_it_comes_to_the_newest(version: int, db: apsw.Connection, path: Path) -> None:
    migrate(db, path, NOW, MIGRATIONS[:version])
    for number in range(1, version + 1):
        db.execute(ROWS.get(number, ""))

    migrate(db, path, NOW)

    assert int(db.pragma("user_version")) == len(MIGRATIONS)
    assert db.execute("SELECT count(*) FROM images").get == 1
    assert db.execute("PRAGMA quick_check").get == "ok"
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_looks_of_an_older_version_are_taken_again(db: apsw.Connection, path: Path) -> None:
    migrate(db, path, NOW, MIGRATIONS[:4])
    db.execute(ROWS_OF_VERSION_1)
    db.execute("UPDATE files SET look_state = 1")

    migrate(db, path, NOW)

    assert db.execute("SELECT look_state FROM files").get == 0


def test_rows_of_what_was_removed_go_too(db: apsw.Connection, path: Path) -> None:
    """Foreign keys were not watched over once, so these stayed behind; nothing else is lost."""
    migrate(db, path, NOW, MIGRATIONS[:5])
    db.execute(ROWS_OF_VERSION_1)
    db.execute("INSERT INTO collections VALUES (1, 'Best', 5); INSERT INTO collection_images VALUES (1, 1024, 5)")
    whole = tables(db)
    db.execute("PRAGMA foreign_keys = OFF")
    db.execute(
        "INSERT INTO image_words (image_id) VALUES (9); INSERT INTO image_tags VALUES ('sky', 9);"
        "INSERT INTO collection_images VALUES (1, 9, 5), (9, 1024, 5);"
        "INSERT INTO file_colours VALUES (1, 9, 0, 50, 1, 1, 1); INSERT INTO look_parts VALUES (1, 9)"
    )

    migrate(db, path, NOW, MIGRATIONS[:6])

    assert tables(db) == whole
    assert db.execute("PRAGMA foreign_key_check").fetchall() == []


def test_every_setting_of_a_connection_is_in_force(db: apsw.Connection) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0, "temp_store": 2}
    assert {name: db.pragma(name) for name in wanted} == wanted


def add_column(db: apsw.Connection) -> None:
    db.execute("ALTER TABLE images ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'")


def break_half_way(db: apsw.Connection) -> None:
    db.execute("DELETE FROM image_tags")
    db.execute("CREATE TABLE half (done)")
    raise RuntimeError("the power went out")


def test_a_copy_is_made_before_anything_changes(db: apsw.Connection, path: Path) -> None:
    migrate(db, path, NOW)
    db.execute(ROWS_OF_VERSION_1)
    before = tables(db)

    copy = migrate(db, path, NOW, (*MIGRATIONS, add_column))

    assert copy is not None
    assert copy.name == f"studio-version-{len(MIGRATIONS)}-2026-11-20-120000.db"
    assert copy.stat().st_mode & 0o777 == 0o600
    old = apsw.Connection(str(copy))
    assert tables(old) == before
    assert int(old.pragma("user_version")) == len(MIGRATIONS)
    old.close()
    assert db.execute("SELECT mood FROM images").get == "calm"


def test_a_step_that_fails_changes_nothing_and_can_be_tried_again(db: apsw.Connection, path: Path) -> None:
    migrate(db, path, NOW)
    db.execute(ROWS_OF_VERSION_1)
    before = tables(db)

    with pytest.raises(RuntimeError):
        migrate(db, path, NOW, (*MIGRATIONS, break_half_way))

    assert tables(db) == before
    assert int(db.pragma("user_version")) == len(MIGRATIONS)
    migrate(db, path, datetime(2026, 11, 20, 13, tzinfo=UTC), (*MIGRATIONS, add_column))
    assert int(db.pragma("user_version")) == len(MIGRATIONS) + 1


def test_a_new_database_needs_no_copy(db: apsw.Connection, path: Path) -> None:
    assert migrate(db, path, NOW) is None
    assert migrate(db, path, NOW) is None
    assert [file.name for file in path.parent.glob("*.db")] == ["studio.db"]


def test_two_processes_migrate_once(db: apsw.Connection, path: Path) -> None:
    """The other one is faster: it migrates between our look at the version and our lock."""
    migrate(db, path, NOW)
    other = connect(path)
    ran: list[str] = []

    def once(database: apsw.Connection) -> None:
        ran.append("step")
        add_column(database)

    steps: tuple[Step, ...] = (*MIGRATIONS, once)

    def overtaken(database: apsw.Connection) -> None:
        raise AssertionError("this step was applied by the other process already")

    migrate(other, path, NOW, steps)
    other.close()

    migrate(db, path, NOW, (*MIGRATIONS, overtaken))

    assert ran == ["step"]


def test_a_newer_version_is_refused_untouched(db: apsw.Connection, path: Path) -> None:
    migrate(db, path, NOW, (*MIGRATIONS, add_column))
    with pytest.raises(WorkspaceNewer):
        migrate(db, path, NOW)
    assert int(db.pragma("user_version")) == len(MIGRATIONS) + 1


def test_an_old_database_opened_by_several_at_once_is_copied_once(path: Path) -> None:
    """Each looks at the version before any has the lock; whoever comes later finds the work done."""
    first = connect(path)
    migrate(first, path, NOW, MIGRATIONS[:1])
    first.execute(ROWS_OF_VERSION_1)
    first.close()

    def open_it() -> Path | None:
        db = connect(path)
        try:
            return migrate(db, path, NOW)
        finally:
            db.close()

    with ThreadPoolExecutor(8) as pool:
        copies = [copy for copy in pool.map(lambda _: open_it(), range(8)) if copy is not None]

    names = sorted(file.name for file in path.parent.glob("studio-version-*.db"))
    assert "studio-version-1-2026-11-20-120000.db" in names
    assert sorted(copy.name for copy in copies) == names
    assert len(names) < len(MIGRATIONS)
