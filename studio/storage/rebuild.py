"""A new database from the files: images, records and what the names tell. The old one is kept as a dated copy."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import apsw

from studio.domain.errors import WorkspaceUnreadable
from studio.domain.jobs import ImageRecord, Run
from studio.domain.ports import Clock
from studio.domain.values import ImageId
from studio.domain.words import REASON_WORDS
from studio.storage.database import Transaction, connect, database_errors, number, transaction
from studio.storage.exchange_rates import Rates
from studio.storage.files import disk_errors, sync_folder
from studio.storage.folder import WorkspaceFolder
from studio.storage.image_rows import insert_image
from studio.storage.journal import NOBODY, insert_run
from studio.storage.lease import Lease
from studio.storage.listing import list_images
from studio.storage.migrations import migrate
from studio.storage.orphans import Orphanage, look_into
from studio.storage.records import WORKSPACE_RECORD, Records
from studio.storage.retelling import Retold, retell
from studio.storage.wholeness import NotAnImage
from studio.storage.workers import Workers
from studio.storage.workspace_record import restore_workspace_lines

RUNS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class RebuildReport:
    runs: int = 0
    images: int = 0
    """With those below."""
    adopted: int = 0
    """Images of which only the file told."""
    missing: int = 0
    """Images that the records tell of and whose file is gone."""
    unreadable_lines: int = 0
    """Lines of records that made no sense and were skipped."""
    old_database: Path | None = None


async def rebuild(folder: Path, *, clock: Clock, rates: Mapping[str, Decimal] | None = None) -> RebuildReport:
    """Make a new `studio.db`. Nobody else may have the workspace open.

    Raises WorkspaceUnreadable, DiskFull, FolderNotWritable; the old database is then still in its place."""
    worker = Workers("studio-rebuild", 1)
    try:
        return await worker.run(lambda: rebuild_now(WorkspaceFolder(folder.absolute()), Rates(rates or {}), clock))
    finally:
        worker.close(0)


def rebuild_now(place: WorkspaceFolder, rates: Rates, clock: Clock) -> RebuildReport:
    place.prepare()
    lease = Lease(place.leases)
    try:
        if lease.others_alive():
            raise WorkspaceUnreadable(path=place.root, reason=REASON_WORDS["open_elsewhere"])
        new = place.root / "studio-rebuilding.db"
        _remove(new)
        try:
            with database_errors(new), disk_errors(place.root):
                report = _Refill(place, rates, lease.owner, clock).fill(new)
                old = _swap(place.database, new, clock.now())
        finally:
            _remove(new)
        return replace(report, old_database=old)
    finally:
        lease.release()


class _Refill:
    def __init__(self, place: WorkspaceFolder, rates: Rates, owner: str, clock: Clock) -> None:
        self._place, self._rates, self._clock = place, rates, clock
        self._records = Records(place.records)
        self._orphanage = Orphanage(place, self._records, rates, owner=owner, is_alive=lambda _: False, now=clock.now)

    def fill(self, path: Path) -> RebuildReport:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        db = connect(path)
        try:
            # Nobody misses it when it is not finished.
            db.execute("PRAGMA synchronous = OFF")
            migrate(db, path, self._clock.now())
            report = RebuildReport()
            run_ids = list(self._records.run_ids())
            for first in range(0, len(run_ids), RUNS_AT_ONCE):
                with transaction(db) as change:
                    report = self._take_runs(change, run_ids[first : first + RUNS_AT_ONCE], report)
            report = self._take_files(db, run_ids, report)
            with transaction(db) as change:
                restore_workspace_lines(change.db, self._records.read(WORKSPACE_RECORD))
            images = number(db, "SELECT count(*) FROM images")
            missing = number(db, "SELECT count(*) FROM images AS i JOIN files AS f ON f.id = i.file_id WHERE f.missing")
            # One file without a log beside it, so that it can be moved.
            db.execute("PRAGMA journal_mode = DELETE")
            return replace(report, images=images, missing=missing)
        finally:
            db.close()

    def _take_runs(self, change: Transaction, run_ids: Sequence[int], report: RebuildReport) -> RebuildReport:
        runs, unreadable = 0, 0
        for run_id in run_ids:
            told = retell(self._records.read(run_id))
            unreadable += told.unreadable_lines
            run = told.whole_run(run_id)
            if run is None:
                continue
            try:
                with change.db:  # a savepoint: what does not fit together leaves nothing behind
                    self._take_run(change, run, told)
            except apsw.ConstraintError:
                unreadable += 1
                continue
            runs += 1
        return replace(report, runs=report.runs + runs, unreadable_lines=report.unreadable_lines + unreadable)

    def _take_run(self, change: Transaction, run: Run, told: Retold) -> None:
        insert_run(change, run, self._rates, owner=NOBODY)
        known_jobs = {job.id for job in run.jobs}
        for image in sorted(told.images.values(), key=lambda image: image.id):
            if image.job_id in known_jobs:
                self._take_image(change, image, told)
        _take_ledger(change.db, told.ledger.values())

    def _take_image(self, change: Transaction, image: ImageRecord, told: Retold) -> None:
        here = self._place.file(image.path).is_file()
        taken = number(change.db, "SELECT count(*) FROM images WHERE id = ?", (image.id,)) > 0
        cut_from = told.cut_from.get(image.id)
        insert_image(
            change,
            image.model_copy(update={"missing": not here, **({"id": ImageId(0)} if taken else {})}),
            cut_from=None if cut_from is None else ImageId(cut_from),
        )

    def _take_files(self, db: apsw.Connection, run_ids: Sequence[int], report: RebuildReport) -> RebuildReport:
        """Images that were on their way when the last process died, and files nobody told of."""
        adopted = 0
        with transaction(db) as change:
            adopted += len(self._orphanage.adopt_arrivals(change, run_ids))
        for path in sorted(list_images(self._place.images)):
            if number(db, "SELECT count(*) FROM files WHERE path = ?", (self._place.relative(path),)):
                continue
            try:
                found = look_into(self._place, path)
            except (NotAnImage, OSError):
                continue
            with transaction(db) as change:
                adopted += self._orphanage.adopt_file(change, found) is not None
                # What became known only now is told in the records too.
                self._records.keep(change.records)
        return replace(report, adopted=adopted)


def _take_ledger(db: apsw.Connection, lines: Iterable[dict[str, Any]]) -> None:
    names = ("call_id", "run_id", "provider", "account", "reserved_at", "state", "amount", "nano_usd")
    for line in lines:
        with contextlib.suppress(apsw.ConstraintError, apsw.MismatchError):
            db.execute(
                f"INSERT OR REPLACE INTO ledger ({', '.join(names)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                tuple(line.get(name) for name in names),
            )


def _swap(database: Path, new: Path, now: datetime) -> Path | None:
    """The new one takes the place of the old one, which keeps its bytes under a dated name."""
    old = None
    with contextlib.suppress(apsw.Error):
        # Folds the log in, where the old database can still be read.
        connection = apsw.Connection(str(database))
        connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        connection.close()
    if database.stat().st_size:
        old = database.with_name(f"studio-before-rebuild-{now:%Y-%m-%d-%H%M%S}.db")
        old.unlink(missing_ok=True)
        try:
            os.link(database, old)
        except OSError:  # a drive without hard links
            shutil.copyfile(database, old)
    for suffix in ("-wal", "-shm"):
        log = database.with_name(database.name + suffix)
        # A log that stays behind would be played into the new database.
        if log.exists() and old is not None and suffix == "-wal":
            log.replace(old.with_name(old.name + suffix))
        log.unlink(missing_ok=True)
    with new.open("rb") as file:
        os.fsync(file.fileno())
    new.replace(database)
    sync_folder(database.parent)
    return old


def _remove(database: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + suffix).unlink(missing_ok=True)
