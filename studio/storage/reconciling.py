"""The quiet comparison of files and rows in the background: what came, went or changed without us."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

import apsw

from studio.domain.errors import WorkspaceUnreadable
from studio.domain.jobs import ImageRecord
from studio.storage.database import Database, Transaction, column, connect, database_errors, number, quick_check, rows
from studio.storage.folder import WorkspaceFolder
from studio.storage.image_rows import read_images
from studio.storage.listing import FileState, list_images, list_parts
from studio.storage.orphans import FoundFile, Orphanage, look_into
from studio.storage.thumbnails import Thumbnails
from studio.storage.wholeness import NotAnImage
from studio.storage.workers import Workers, outcome_of

_log = logging.getLogger(__name__)

ROWS_AT_ONCE = 2_000
"""So that no other reader or writer waits longer than a few milliseconds."""

ReconcileStage = Literal["listing", "comparing", "reading", "thumbnails"]


@dataclass(frozen=True, slots=True)
class ReconcileProgress:
    """`done` of `total` in one stage: files compared, new files read, thumbnails made."""

    stage: ReconcileStage
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class ReconcileReport:
    adopted: int = 0
    """Files without a row that are in the library now."""
    missing: int = 0
    """Files newly found to be gone."""
    found_again: int = 0
    altered: int = 0
    """Files that another program has changed; the library follows them."""
    set_aside: int = 0
    """Files in the images folder that are no whole images; they stay where they are."""
    problem: WorkspaceUnreadable | None = None
    """The database turned out to be damaged."""


ProgressListener = Callable[[ReconcileProgress], None]


@dataclass(frozen=True, slots=True)
class Reconciler:
    """Runs when the window has been shown; may be cancelled at any time and begun again."""

    folder: WorkspaceFolder
    database: Database
    orphanage: Orphanage
    thumbnails: Thumbnails
    is_alive: Callable[[str], bool]
    look: Callable[[ImageRecord], Future[Any] | None]
    check_database: bool
    workers: Workers

    async def reconcile(self, progress: ProgressListener) -> ReconcileReport:
        """Compares folder and library once. `progress` is called on the awaiting loop."""
        progress(ReconcileProgress("listing", 0, 0))
        problem = await self.workers.run_if_wanted(self._check) if self.check_database else None
        adopted = await self.database.write(self._adopt_arrivals)
        await self.workers.run_if_wanted(self._clear_parts)
        await self.workers.run_if_wanted(self._drop_previews)
        on_disk = await self.workers.run_if_wanted(lambda: list_images(self.folder.images))
        report = await self._compare(on_disk, ReconcileReport(adopted=adopted, problem=problem), progress)
        report = await self._read_new(on_disk, report, progress)
        await self._remake_looks(progress)
        return report

    # --- leavings of processes that died ---------------------------------------------------------------------------

    def _check(self) -> WorkspaceUnreadable | None:
        try:
            with database_errors(self.folder.database):
                db = connect(self.folder.database)
                try:
                    quick_check(db, self.folder.database)
                finally:
                    db.close()
        except WorkspaceUnreadable as error:
            return error
        return None

    def _adopt_arrivals(self, change: Transaction) -> int:
        owners = rows(change.db, "SELECT DISTINCT run_id, owner FROM calls WHERE owner IS NOT NULL")
        return len(self.orphanage.adopt_arrivals(change, [run for run, owner in owners if not self.is_alive(owner)]))

    def _clear_parts(self) -> None:
        """Temporary files: whole images are given a name and found again in a moment, the rest goes."""
        for owner, path in list_parts(self.folder.images):
            if self.is_alive(owner):
                continue
            try:
                self.orphanage.name_part_file(path, look_into(self.folder, path).facts)
            except NotAnImage:
                path.unlink(missing_ok=True)
            except OSError as error:
                _log.warning("%s cannot be read: %s", path.name, error)

    def _drop_previews(self) -> None:
        def over(call_ids: set[str]) -> set[str]:
            running = self.database.read_soon(lambda db: column(db, "SELECT id FROM calls WHERE owner IS NOT NULL"))
            return call_ids - set(running.result())

        self.thumbnails.drop_previews(over)

    # --- rows against files ----------------------------------------------------------------------------------------

    async def _compare(
        self, on_disk: dict[Path, FileState], report: ReconcileReport, progress: ProgressListener
    ) -> ReconcileReport:
        """What has a row is taken out of `on_disk`: only files without one are left in it."""
        last = done = 0
        total = await self.database.read(lambda db: number(db, "SELECT count(*) FROM files"))
        while some := await self.database.read(partial(_files_after, last)):
            last, done = some[-1].id, done + len(some)
            states = {one.id: on_disk.pop(self.folder.file(one.path), None) for one in some}
            unseen = [one for one in some if states[one.id] is None and not one.missing]
            gone = await self.workers.run_if_wanted(partial(self._really_gone, unseen))
            back = [one.id for one in some if states[one.id] is not None and one.missing]
            if gone or back:
                await self.database.write(partial(_mark_missing, gone, back))
            altered = [one for one in some if (state := states[one.id]) and state.size_bytes != one.size_bytes]
            for one in altered:
                await self._follow(one)
            report = replace(
                report,
                missing=report.missing + len(gone),
                found_again=report.found_again + len(back),
                altered=report.altered + len(altered),
            )
            progress(ReconcileProgress("comparing", done, max(total, done)))
        return report

    def _really_gone(self, files: list[_FileRow]) -> list[int]:
        """A file may have come after the listing, or lie outside of the images folder."""
        return [one.id for one in files if not self.folder.file(one.path).is_file()]

    async def _follow(self, file: _FileRow) -> None:
        try:
            found = await self.workers.run_if_wanted(lambda: look_into(self.folder, self.folder.file(file.path)))
        except (NotAnImage, OSError):
            found = None
        await self.database.write(lambda change: self.orphanage.follow_change(change, file.id, found))

    # --- files without rows ----------------------------------------------------------------------------------------

    async def _read_new(
        self, new: dict[Path, FileState], report: ReconcileReport, progress: ProgressListener
    ) -> ReconcileReport:
        known = await self.database.read(_files_set_aside)
        unread = [(path, state) for path, state in sorted(new.items()) if known.get(self._name(path)) != state]
        for done, (path, state) in enumerate(unread, start=1):
            adopted, set_aside = await self._adopt(path, state)
            report = replace(report, adopted=report.adopted + adopted, set_aside=report.set_aside + set_aside)
            progress(ReconcileProgress("reading", done, len(unread)))
        return report

    def _name(self, path: Path) -> str:
        return self.folder.relative(path)

    async def _adopt(self, path: Path, state: FileState) -> tuple[bool, bool]:
        """Was it adopted; was it set aside as no image?"""
        name = self._name(path)
        if await self.workers.run_if_wanted(lambda: self.orphanage.is_being_saved(name)):
            return False, False
        found: FoundFile | None = None
        try:
            found = await self.workers.run_if_wanted(lambda: look_into(self.folder, path))
        except FileNotFoundError:
            return False, False
        except (NotAnImage, OSError) as error:
            _log.info("%s is no image that can be read: %s", name, error)
        image = await self.database.write(partial(self._adopt_or_set_aside, name, state, found))
        if image is not None:
            self.look(image)
        return image is not None, found is None

    def _adopt_or_set_aside(
        self, name: str, state: FileState, found: FoundFile | None, change: Transaction
    ) -> ImageRecord | None:
        image = self.orphanage.adopt_file(change, found) if found is not None else None
        if image is None:
            change.db.execute(
                "INSERT OR REPLACE INTO set_aside (path, size_bytes, modified_ns) SELECT ?1, ?2, ?3"
                " WHERE NOT EXISTS (SELECT 1 FROM files WHERE path = ?1)",
                (name, state.size_bytes, state.modified_ns),
            )
        return image

    async def _remake_looks(self, progress: ProgressListener) -> None:
        """Thumbnails and looks that a crash or a rebuild left undone, newest first, one at a time."""
        waiting = await self.database.read(
            lambda db: column(
                db,
                "SELECT max(i.id) FROM files AS f JOIN images AS i ON i.file_id = f.id"
                " WHERE f.look_state = 0 AND f.missing = 0 GROUP BY f.id ORDER BY 1 DESC",
            )
        )
        for done, image_id in enumerate(waiting, start=1):
            for image in await self.database.read(partial(read_images, image_ids=[image_id])):
                looking = self.look(image)
                if looking is not None:
                    await settled(looking)
            progress(ReconcileProgress("thumbnails", done, len(waiting)))


async def settled(future: Future[Any]) -> None:
    """Wait for it; what went wrong is told by whoever began it."""
    try:
        await outcome_of(future)
    except (NotAnImage, OSError):
        return


@dataclass(frozen=True, slots=True)
class _FileRow:
    id: int
    path: str
    size_bytes: int
    missing: bool


def _files_after(last: int, db: apsw.Connection) -> list[_FileRow]:
    sql = "SELECT id, path, size_bytes, missing FROM files WHERE id > ? ORDER BY id LIMIT ?"
    return [_FileRow(one[0], one[1], one[2], bool(one[3])) for one in db.execute(sql, (last, ROWS_AT_ONCE))]


def _mark_missing(gone: list[int], back: list[int], change: Transaction) -> None:
    for missing, file_ids in ((1, gone), (0, back)):
        change.db.execute(
            "UPDATE files SET missing = ? WHERE id IN (SELECT value FROM json_each(?))", (missing, json.dumps(file_ids))
        )


def _files_set_aside(db: apsw.Connection) -> dict[str, FileState]:
    found = rows(db, "SELECT path, size_bytes, modified_ns FROM set_aside")
    return {path: FileState(size_bytes, modified_ns) for path, size_bytes, modified_ns in found}
