"""A library on a drive that cannot be written: its database is copied to the cache, and the copy is looked at.

SQLite reads a database with a log beside it only where it may write there too; without its log the newest changes would
be missing. The copy has both, may be brought to our version, and goes when it is closed."""

from __future__ import annotations

import errno
import shutil
from dataclasses import dataclass
from pathlib import Path

from studio.domain.errors import DiskFull, WorkspaceUnreadable
from studio.domain.ports import Clock
from studio.domain.words import REASON_WORDS
from studio.storage.database import connect, database_errors, quick_check
from studio.storage.folder import CacheFolder, WorkspaceFolder
from studio.storage.lease import Lease
from studio.storage.migrations import migrate

_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}

_CHECKED_MAX_BYTES = 64_000_000
"""Above it the check would take longer than anybody waits for a look."""


def is_for_looking(error: WorkspaceUnreadable, place: WorkspaceFolder) -> bool:
    """Was a workspace refused only because nothing can be written to it?"""
    cause = error.__cause__
    return isinstance(cause, OSError) and cause.errno in _READ_ONLY and place.database.is_file()


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A copy of a database, and the sign of life that keeps others from taking it away."""

    database: Path
    lease: Lease

    def close(self) -> None:
        self.lease.release()
        shutil.rmtree(self.database.parent, ignore_errors=True)


def copy_to_look(place: WorkspaceFolder, cache: CacheFolder, clock: Clock) -> LookedAt:
    """Raises WorkspaceUnreadable, WorkspaceNewer, DiskFull."""
    lease = _take_lease(cache.looked_at)
    copy = LookedAt(cache.looked_at / lease.owner / place.database.name, lease)
    try:
        _copy(place.database, copy.database)
        with database_errors(copy.database):
            db = connect(copy.database)
            try:
                if copy.database.stat().st_size <= _CHECKED_MAX_BYTES:
                    quick_check(db, place.database)
                migrate(db, copy.database, clock.now())
            finally:
                db.close()
    except BaseException:
        copy.close()
        raise
    return copy


def _take_lease(folder: Path) -> Lease:
    """Our own, in a folder from which what killed programs left has been taken away."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    lease = Lease(folder)
    for left in folder.iterdir():
        if left.is_dir() and not lease.is_alive(left.name):
            shutil.rmtree(left, ignore_errors=True)
    return lease


def _copy(source: Path, target: Path) -> None:
    """The log first: what it lacks of a database that is written meanwhile, the database has."""
    try:
        target.parent.mkdir(mode=0o700)
        for ending in ("-wal", ""):
            part = source.with_name(source.name + ending)
            if part.is_file():
                shutil.copyfile(part, target.with_name(target.name + ending))
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(charged="none", detail=str(error)) from error
        raise WorkspaceUnreadable(path=source, reason=REASON_WORDS["not_usable"], detail=str(error)) from error
