"""The database on threads of its own: one writes, one reads. Nothing else in the program touches SQLite."""

from __future__ import annotations

import contextlib
import errno
import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any, TypeVar

import apsw

from studio.domain.errors import DiskFull, FolderNotWritable, StudioError, WorkspaceReadOnly, WorkspaceUnreadable
from studio.domain.words import REASON_WORDS
from studio.storage.search_text import search_key
from studio.storage.workers import Workers

T = TypeVar("T")

_log = logging.getLogger(__name__)

BUSY_TIMEOUT_MS = 10_000
"""How long a write waits for another process; each of ours lasts milliseconds."""
_PAUSE_S = 0.01

DAMAGED = REASON_WORDS["damaged_database"]


@dataclass(slots=True)
class Transaction:
    """A write under way. Lines of `record` go to the run's record file once the transaction is safe on disk."""

    db: apsw.Connection
    records: list[tuple[int, dict[str, Any]]] = field(default_factory=list)

    def record(self, run_id: int, line: dict[str, Any]) -> None:
        """Keep `line` beside the database too, for the day it has to be rebuilt; run 0 is the workspace itself."""
        self.records.append((run_id, line))


class Database:
    """One writing and one reading connection, so that a page of the gallery never waits for an fsync."""

    def __init__(
        self,
        path: Path,
        keep_records: Callable[[list[tuple[int, dict[str, Any]]]], None],
        *,
        only_looked_at: Path | None = None,
    ) -> None:
        """Opens at once; call it on a worker thread. `keep_records` runs on the writing thread after each commit.

        `only_looked_at`: the library that `path` is a copy of. Then every write raises WorkspaceReadOnly, but for
        notes that can be made again."""
        self.path = path
        self.only_looked_at = only_looked_at
        self._keep_records = keep_records
        with database_errors(path):
            self._write_db = connect(path)
            self._read_db = connect(path)
            self._read_db.execute("PRAGMA query_only = ON; PRAGMA cache_size = -32768")
        self._writer = Workers("studio-database", 1)
        self._reader = Workers("studio-library", 1)
        self._seen_version: int | None = None

    async def write(self, work: Callable[[Transaction], T]) -> T:
        """Run `work` in a transaction of its own; returns when it is on disk. Goes through even if the waiter leaves.

        Raises DiskFull, FolderNotWritable, WorkspaceReadOnly, WorkspaceUnreadable; then nothing was changed."""
        return await self._writer.run(lambda: self.write_now(work))

    def write_soon(self, work: Callable[[Transaction], T]) -> Future[T]:
        """As `write`, for a caller on a thread of its own. Raises RuntimeError after `close`."""
        return self._writer.submit(lambda: self.write_now(work))

    def read_soon(self, work: Callable[[apsw.Connection], T]) -> Future[T]:
        """As `read`, for a caller on a thread of its own. Raises RuntimeError after `close`."""
        return self._reader.submit(lambda: self._read_now(work))

    def write_unwatched(self, work: Callable[[Transaction], object]) -> None:
        """Hand over a write that nobody waits for and that can be done again later; a failure is logged."""

        def report(done: Future[object]) -> None:
            error = done.exception()
            if error is not None:
                _log.warning("a note could not be kept: %s", error)

        # Closing already: whoever comes next does it again.
        with contextlib.suppress(RuntimeError):
            self._writer.submit(lambda: self.note_now(work)).add_done_callback(report)

    async def settle(self) -> None:
        """Returns when all writes that were handed over before are done."""
        await self._writer.run(lambda: None)

    async def read(self, work: Callable[[apsw.Connection], T]) -> T:
        """Run `work` over one consistent state, beside any write; withdrawn when the waiter is cancelled."""
        return await self._reader.run_if_wanted(lambda: self._read_now(work))

    async def changed_elsewhere(self) -> bool:
        """Has another process written since the last time this was asked?"""

        def look() -> bool:
            version = int(self._write_db.pragma("data_version"))
            changed = self._seen_version is not None and version != self._seen_version
            self._seen_version = version
            return changed

        return await self._writer.run_if_wanted(look)

    def require_writable(self) -> None:
        """Raises WorkspaceReadOnly."""
        if self.only_looked_at is not None:
            raise WorkspaceReadOnly(path=self.only_looked_at)

    def write_now(self, work: Callable[[Transaction], T]) -> T:
        """As `write`, on the calling thread; only before the workers have anything to do, or on the writing thread."""
        self.require_writable()
        return self.note_now(work)

    def note_now(self, work: Callable[[Transaction], T]) -> T:
        """As `write_now`, for what can be made again: it may be lost, so it may go into a copy too."""
        with database_errors(self.path):
            with transaction(self._write_db) as change:
                outcome = work(change)
            if change.records:
                self._keep_records(change.records)
        return outcome

    def _read_now(self, work: Callable[[apsw.Connection], T]) -> T:
        with database_errors(self.path):
            self._read_db.execute("BEGIN")
            try:
                return work(self._read_db)
            finally:
                self._read_db.execute("ROLLBACK")

    def close(self, timeout_s: float) -> None:
        """Finishes the writes that were handed over, folds the log into the database, closes. Blocks."""
        if self._reader.close(timeout_s, drop_waiting=True, interrupt=self._read_db.interrupt):
            self._read_db.close()
        if self._writer.close(timeout_s):
            with contextlib.suppress(apsw.Error):
                self._write_db.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
            self._write_db.close()


def rows(db: apsw.Connection, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    return list(db.execute(sql, tuple(values)))


def row(db: apsw.Connection, sql: str, values: Sequence[Any] = ()) -> tuple[Any, ...] | None:
    """The first row, if there is one."""
    found: tuple[Any, ...] | None = db.execute(sql, tuple(values)).fetchone()
    return found


def column(db: apsw.Connection, sql: str, values: Sequence[Any] = ()) -> list[Any]:
    """The first column of all rows."""
    return [found[0] for found in db.execute(sql, tuple(values))]


def number(db: apsw.Connection, sql: str, values: Sequence[Any] = ()) -> int:
    """The one number that a count or a sum gives."""
    found = row(db, sql, values)
    return int(found[0]) if found else 0


def connect(path: Path) -> apsw.Connection:
    """A connection with our settings. Blocks while others open the same new database. Raises apsw.Error."""
    db = apsw.Connection(str(path))
    db.set_busy_timeout(BUSY_TIMEOUT_MS)
    # FULL: a commit that returned survives a power cut. Money and tickets are in here.
    settings = (
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA foreign_keys = ON;"
        "PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16384; PRAGMA journal_size_limit = 16777216;"
        "PRAGMA temp_store = MEMORY"
    )
    give_up_s = monotonic() + BUSY_TIMEOUT_MS / 1000
    while True:
        try:
            list(db.execute(settings))  # to the end: apsw waits at the first row, and some of these answer with one
            break
        except apsw.BusyError:
            # A database becomes WAL under a lock that SQLite does not wait for (sqlite.org/c3ref/busy_handler.html).
            if monotonic() >= give_up_s:
                raise
            sleep(_PAUSE_S)
    db.create_scalar_function("search_key", lambda *texts: search_key(str(texts[0])), 1, deterministic=True)
    return db


def quick_check(db: apsw.Connection, path: Path) -> None:
    """Raises WorkspaceUnreadable when the database is damaged."""
    verdict = row(db, "PRAGMA quick_check(1)")
    if verdict != ("ok",):
        raise WorkspaceUnreadable(path=path, reason=DAMAGED, detail=str(verdict))


@contextlib.contextmanager
def transaction(db: apsw.Connection) -> Iterator[Transaction]:
    """IMMEDIATE: the lock is taken before the first look, so that what was read still holds when it is written."""
    db.execute("BEGIN IMMEDIATE")
    change = Transaction(db)
    try:
        yield change
        db.execute("COMMIT")
    except BaseException:
        # A failed COMMIT (disk full) may have rolled back already.
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


@contextlib.contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """Turns what SQLite says into our errors."""
    try:
        yield
    except apsw.FullError as error:
        raise DiskFull(charged="none", detail=str(error)) from error
    except (apsw.CorruptError, apsw.NotADBError) as error:
        raise WorkspaceUnreadable(path=path, reason=DAMAGED, detail=str(error)) from error
    except (apsw.BusyError, apsw.LockedError) as error:
        raise WorkspaceUnreadable(path=path, reason=REASON_WORDS["locked"], detail=str(error)) from error
    except (apsw.ReadOnlyError, apsw.CantOpenError, apsw.PermissionsError) as error:
        raise FolderNotWritable(path=path.parent, detail=str(error)) from error
    except apsw.IOError as error:
        raise _io_error(path, error) from error


def _io_error(path: Path, error: apsw.IOError) -> StudioError:
    if _is_full(path.parent):
        return DiskFull(charged="none", detail=str(error))
    return WorkspaceUnreadable(path=path, reason=REASON_WORDS["drive_silent"], detail=str(error))


def _is_full(folder: Path) -> bool:
    """SQLite tells a quota or a file size limit as a plain write error, so ask the folder itself."""
    probe = folder / ".room.part"
    try:
        probe.write_bytes(b"\0" * 65_536)
    except OSError as error:
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
    finally:
        with contextlib.suppress(OSError):
            probe.unlink(missing_ok=True)
    return False
