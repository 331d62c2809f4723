"""Brings an older database to our version, each numbered step in its own transaction, with a copy made first.

`PRAGMA user_version` counts the steps that were applied. A step that has been released is never edited again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import apsw

from studio.domain.errors import WorkspaceNewer, WorkspaceUnreadable
from studio.domain.words import REASON_WORDS
from studio.storage.database import connect, transaction
from studio.storage.schema import LIBRARY_HISTORY, SWEEPS, VERSION_1

Step = Callable[[apsw.Connection], None]

APPLICATION_ID = 0x50725374
"""Marks the file as ours in SQLite's header: "PrSt"."""


def _create(db: apsw.Connection) -> None:
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(VERSION_1)


def _add_reasons_of_votes(db: apsw.Connection) -> None:
    db.execute("ALTER TABLE votes ADD COLUMN reasons TEXT NOT NULL DEFAULT ''")


def _add_indexes_of_groups(db: apsw.Connection) -> None:
    """Narrow indexes that have the whole library in groups, so that their counts and any page are read in order."""
    listed = "WHERE trashed_at IS NULL AND whole_grid = 0"
    db.execute(f"CREATE INDEX images_grouped_by_run ON images (run_id DESC, id DESC) {listed}")
    db.execute(f"CREATE INDEX images_grouped_by_provider ON images (provider, id DESC) {listed}")


def _add_sweeps(db: apsw.Connection) -> None:
    db.execute(SWEEPS)


def _look_again(db: apsw.Connection) -> None:
    """Small strong tints are among the main colours since: the idle work looks at every file once more."""
    db.execute("UPDATE files SET look_state = 0 WHERE look_state = 1")


def _drop_loose_rows(db: apsw.Connection) -> None:
    """Words, tags, looks and memberships of what was removed while foreign keys were not watched over."""
    for table, reference, home in (
        ("image_words", "image_id", "images"),
        ("image_tags", "image_id", "images"),
        ("collection_images", "image_id", "images"),
        ("collection_images", "collection_id", "collections"),
        ("file_colours", "file_id", "files"),
        ("look_parts", "file_id", "files"),
    ):
        db.execute(f"DELETE FROM {table} WHERE {reference} NOT IN (SELECT id FROM {home})")


def _add_library_history(db: apsw.Connection) -> None:
    db.execute(LIBRARY_HISTORY)


def _name_addresses(_db: apsw.Connection) -> None:
    """Calls name the address they were sent to. That is in their documents: no table changes, but a program that does
    not know the name could not read them, and says that the workspace is newer."""


MIGRATIONS: tuple[Step, ...] = (
    _create,
    _add_reasons_of_votes,
    _add_indexes_of_groups,
    _add_sweeps,
    _look_again,
    _drop_loose_rows,
    _add_library_history,
    _name_addresses,
)


def migrate(db: apsw.Connection, path: Path, now: datetime, steps: Sequence[Step] = MIGRATIONS) -> Path | None:
    """Apply the steps that are missing; returns the copy that was made of an older database, if any.

    Raises WorkspaceNewer when the database knows more steps than we do, WorkspaceUnreadable when it is not ours."""
    found = _version(db, path, len(steps))
    if found == len(steps):
        return None
    copy = None
    while True:
        with transaction(db):
            # Another process may have been faster while this one waited for the lock.
            reached = _version(db, path, len(steps))
            if reached == len(steps):
                return copy
            if reached and copy is None:
                copy = path.with_name(f"{path.stem}-version-{reached}-{now:%Y-%m-%d-%H%M%S}.db")
                _back_up(path, copy)
            # A new database gets all steps in one go, so that nobody finds one half made and takes it for an old one.
            last = reached + 1 if reached else len(steps)
            for step in steps[reached:last]:
                step(db)
            db.execute(f"PRAGMA user_version = {last}")


def _version(db: apsw.Connection, path: Path, known: int) -> int:
    found = int(db.pragma("user_version"))
    if found > known:
        raise WorkspaceNewer(found=found, known=known)
    ours = int(db.pragma("application_id")) == APPLICATION_ID
    if not ours and (found or db.execute("SELECT count(*) FROM sqlite_schema").get):
        raise WorkspaceUnreadable(path=path, reason=REASON_WORDS["not_ours"])
    return found


def _back_up(path: Path, copy: Path) -> None:
    """A consistent copy of a database, readable by its owner only; also while we hold its write lock."""
    copy.touch(mode=0o600, exist_ok=False)
    # A connection of its own: one with a transaction open cannot be copied from.
    source, target = connect(path), apsw.Connection(str(copy))
    try:
        with target.backup("main", source, "main") as backup:
            backup.step()
        # The copy must stand alone, without a log beside it.
        target.execute("PRAGMA journal_mode = DELETE")
    finally:
        source.close()
        target.close()
