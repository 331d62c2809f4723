"""A workspace with all its parts, opened in order and closed in reverse."""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from time import monotonic

import apsw

from studio.domain.errors import ReferenceUnreadable, WorkspaceReadOnly, WorkspaceUnreadable
from studio.domain.jobs import ImageRecord
from studio.domain.ports import Clock
from studio.domain.words import REASON_WORDS
from studio.storage.archive import FileArchive
from studio.storage.ballot import Ballot
from studio.storage.database import Database, connect, database_errors, quick_check
from studio.storage.exchange_rates import Rates
from studio.storage.folder import CacheFolder, WorkspaceFolder
from studio.storage.imaging import draw
from studio.storage.journal import SqlJournal
from studio.storage.lease import Lease
from studio.storage.ledger import SqlLedger
from studio.storage.library import Library
from studio.storage.library_history import LibraryHistory
from studio.storage.looked_at import copy_to_look, is_for_looking
from studio.storage.migrations import migrate
from studio.storage.organiser import Organiser
from studio.storage.orphans import Orphanage
from studio.storage.phrasebook import Phrasebook
from studio.storage.prompt_lists import PromptLists
from studio.storage.query import FileLook
from studio.storage.reconciling import ProgressListener, Reconciler, ReconcileReport
from studio.storage.records import Records
from studio.storage.sweeps import SqlSweeps
from studio.storage.system_bin import to_system_bin
from studio.storage.thumbnails import BUCKETS, Thumbnails
from studio.storage.wholeness import NotAnImage
from studio.storage.workers import Workers, outcome_of

CLOSE_S = 3.0
"""How long the parts together may take to finish what they are doing when the workspace is closed."""

LOOKED_AT_ONCE = 50

LEAST_S = 0.1
"""What each part gets even when the ones before it took all of that time."""

THUMBNAILS_LIMIT_BYTES = 2_000_000_000
"""About 40 000 images in the two usual sizes."""

CHECK_AT_OPEN_MAX_BYTES = 16_000_000
"""Databases up to this size are checked at once after a crash (under 0.3 s); larger ones by `reconcile`."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """One open workspace. Parts may be used from any thread and any running event loop."""

    folder: WorkspaceFolder
    journal: SqlJournal
    archive: FileArchive
    ledger: SqlLedger
    library: Library
    organiser: Organiser
    history: LibraryHistory
    phrasebook: Phrasebook
    ballot: Ballot
    prompt_lists: PromptLists
    sweeps: SqlSweeps
    _reconciler: Reconciler
    _rates: Rates
    _release: Callable[[], None]
    _database: Database
    _thumbnails: Thumbnails
    _thumbnail_workers: Workers

    @property
    def only_looked_at(self) -> bool:
        """The library cannot be written: everything that would change it raises WorkspaceReadOnly."""
        return self._database.only_looked_at is not None

    async def changed(self) -> bool:
        """Has another process (a second window, the command line) changed something since this was last asked?"""
        return await self._database.changed_elsewhere()

    async def reconcile(self, progress: ProgressListener = lambda _: None) -> ReconcileReport:
        """Compare images folder and library, in the background after the start; see `storage.reconciling`.

        Brings in files without a row, marks rows without a file, makes thumbnails that are missing. Does nothing in a
        library that is only looked at."""
        if self.only_looked_at:
            return ReconcileReport()
        return await self._reconciler.reconcile(progress)

    async def look_at_rest(self) -> None:
        """Note how images look that were saved just before a program ended. Files that cannot be read are left out."""
        unseen = await self.library.unseen()
        for first in range(0, len(unseen), LOOKED_AT_ONCE):
            images = await self.library.images(unseen[first : first + LOOKED_AT_ONCE])
            looks = [
                asyncio.wrap_future(look) for image in images if (look := self.archive.look_soon(image)) is not None
            ]
            await asyncio.gather(*looks, return_exceptions=True)
        # What was noted is written by one thread in order: when this is done, so is all before it.
        await self._database.settle()

    async def colours_of(self, image: ImageRecord) -> list[tuple[str, int]]:
        """As `library.colours`; those of an image that came just now are waited for."""
        if not self.only_looked_at and await self.library.is_unseen(image.id):
            look = self.archive.look_soon(image)
            if look is not None:
                with contextlib.suppress(OSError, NotAnImage):
                    await outcome_of(look)
            await self._database.settle()
        return await self.library.colours(image.id)

    async def look_of(self, content: bytes, name: str = "") -> FileLook:
        """How a picture from anywhere looks, for `LibraryQuery.like`. Nothing is kept.

        Raises ReferenceUnreadable(name, reason) when the bytes are no image that has pixels."""
        return await self._thumbnail_workers.run_if_wanted(partial(_look_of, content, name))

    async def close(self) -> None:
        """Finishes what is being written, within seconds. Thumbnails under way are made at the next start."""
        closer = Workers("studio-close", 1)
        try:
            await closer.run(self.close_now)
        finally:
            closer.close(0)

    def close_now(self) -> None:
        """As `close`, blocking."""
        end_s = monotonic() + CLOSE_S
        for close in (
            self.archive.close,  # first: what is being saved was paid for
            partial(self._reconciler.workers.close, drop_waiting=True),
            self.organiser.close,
            partial(self._thumbnail_workers.close, drop_waiting=True),
            self.prompt_lists.workers.close,
            self._database.close,
        ):
            close(max(LEAST_S, end_s - monotonic()))
        self._release()

    def change_thumbnails_limit(self, limit_bytes: int) -> None:
        """How much room thumbnails may take from now on; what is too much goes in the background. From any thread."""
        self._thumbnails.limit.change(limit_bytes)

    def change_rates(self, rates: Mapping[str, Decimal]) -> None:
        """New exchange rates, for all amounts from now on. From any thread."""
        self._rates.change(rates)


async def open_workspace(
    folder: Path,
    *,
    cache_folder: Path,
    clock: Clock,
    rates: Mapping[str, Decimal] | None = None,
    thumbnails_limit_bytes: int = THUMBNAILS_LIMIT_BYTES,
    look_only: bool = False,
) -> Workspace:
    """Open a workspace, making it where there is none yet. Close it with `Workspace.close`.

    `look_only`: the caller changes nothing, so a library that cannot be written opens too, to be looked at.

    `rates`: US dollars for one unit of another currency. `thumbnails_limit_bytes`: of the cache folder, whose
    thumbnails all workspaces share. Raises WorkspaceUnreadable, WorkspaceReadOnly, WorkspaceNewer, DiskFull."""
    opener = Workers("studio-open", 1)
    try:
        return await opener.run(
            lambda: open_now(
                folder,
                cache_folder=cache_folder,
                clock=clock,
                rates=rates,
                thumbnails_limit_bytes=thumbnails_limit_bytes,
                look_only=look_only,
            )
        )
    finally:
        opener.close(0)


def open_now(
    folder: Path,
    *,
    cache_folder: Path,
    clock: Clock,
    rates: Mapping[str, Decimal] | None = None,
    thumbnails_limit_bytes: int = THUMBNAILS_LIMIT_BYTES,
    look_only: bool = False,
) -> Workspace:
    """As `open_workspace`, blocking."""
    place = WorkspaceFolder(folder.absolute())
    wanted = _Wanted(place, CacheFolder(cache_folder), clock, Rates(rates or {}), thumbnails_limit_bytes)
    try:
        place.prepare()
    except WorkspaceUnreadable as error:
        if not is_for_looking(error, place):
            raise
        if not look_only:
            raise WorkspaceReadOnly(path=place.root, detail=str(error.__cause__)) from error
        return _open_copy(wanted)
    with contextlib.ExitStack() as undo:
        try:
            lease = Lease(place.leases)
        except OSError as error:
            reason = REASON_WORDS["drive_cannot_lock"]
            raise WorkspaceUnreadable(path=place.root, reason=reason, detail=str(error)) from error
        undo.callback(lease.release)
        check_later = _prepare_database(place, lease, clock)
        records = Records(place.records)
        database = Database(place.database, records.keep)
        undo.callback(database.close, 0)
        workspace = _assemble(wanted, _Held(lease, database, records, lease.release), check_later=check_later)
        undo.pop_all()
    return workspace


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which workspace is to be opened, and how."""

    folder: WorkspaceFolder
    cache: CacheFolder
    clock: Clock
    rates: Rates
    thumbnails_limit_bytes: int


@dataclass(frozen=True, slots=True)
class _Held:
    """What is held as long as it is open."""

    lease: Lease
    database: Database
    records: Records
    release: Callable[[], None]


def _open_copy(wanted: _Wanted) -> Workspace:
    """A library that cannot be written, to be looked at."""
    with contextlib.ExitStack() as undo:
        copy = copy_to_look(wanted.folder, wanted.cache, wanted.clock)
        undo.callback(copy.close)
        database = Database(copy.database, lambda _lines: None, only_looked_at=wanted.folder.root)
        undo.callback(database.close, 0)
        held = _Held(copy.lease, database, Records(wanted.folder.records), copy.close)
        workspace = _assemble(wanted, held, check_later=False)
        undo.pop_all()
    return workspace


def _prepare_database(place: WorkspaceFolder, lease: Lease, clock: Clock) -> bool:
    """Check it after a crash, bring it to our version. True when a check is due that would take too long now."""
    log = place.database.with_name(place.database.name + "-wal")
    crashed = log.exists() and log.stat().st_size > 0 and not lease.others_alive()
    with database_errors(place.database):
        db = connect(place.database)
        try:
            small = place.database.stat().st_size <= CHECK_AT_OPEN_MAX_BYTES
            if crashed and small:
                quick_check(db, place.database)
            migrate(db, place.database, clock.now())
        finally:
            db.close()
    return crashed and not small


def _assemble(wanted: _Wanted, held: _Held, *, check_later: bool) -> Workspace:
    folder, clock, rates = wanted.folder, wanted.clock, wanted.rates
    lease, database, records = held.lease, held.database, held.records
    workspace_id = database.note_now(lambda change: _workspace_id(change.db))
    thumbnail_workers = Workers("studio-thumbnail", 2)
    thumbnails = Thumbnails(
        wanted.cache, workspace_id, lease.owner, thumbnail_workers, limit_bytes=wanted.thumbnails_limit_bytes
    )
    orphanage = Orphanage(folder, records, rates, owner=lease.owner, is_alive=lease.is_alive, now=clock.now)
    journal = SqlJournal(database, lease, rates, clock)
    journal.before_adoption(orphanage.adopt_arrivals)
    archive = FileArchive(
        folder=folder, database=database, records=records, thumbnails=thumbnails, owner=lease.owner, clock=clock
    )
    organiser = Organiser(
        folder, database, clock, owner=lease.owner, drop_thumbnails=thumbnails.remove, to_bin=to_system_bin
    )
    return Workspace(
        folder=folder,
        journal=journal,
        archive=archive,
        ledger=SqlLedger(database, rates, clock),
        library=Library(database, rates),
        organiser=organiser,
        history=LibraryHistory(database, lease, clock),
        phrasebook=Phrasebook(database, clock),
        ballot=Ballot(database, clock),
        sweeps=SqlSweeps(database, lease),
        prompt_lists=PromptLists(folder.lists, lease.owner, Workers("studio-lists", 1)),
        _reconciler=_reconciler(folder, held, archive, thumbnails, orphanage, check_database=check_later),
        _rates=rates,
        _release=held.release,
        _database=database,
        _thumbnails=thumbnails,
        _thumbnail_workers=thumbnail_workers,
    )


def _reconciler(
    folder: WorkspaceFolder,
    held: _Held,
    archive: FileArchive,
    thumbnails: Thumbnails,
    orphanage: Orphanage,
    *,
    check_database: bool,
) -> Reconciler:
    return Reconciler(
        folder=folder,
        database=held.database,
        orphanage=orphanage,
        thumbnails=thumbnails,
        is_alive=held.lease.is_alive,
        look=archive.look_soon,
        check_database=check_database,
        workers=Workers("studio-reconcile", 1),
    )


def _look_of(content: bytes, name: str) -> FileLook:
    try:
        # The same way down as that of an image of the library, so that equal bytes look equal.
        look = draw(content, BUCKETS).look
    except NotAnImage as error:
        raise ReferenceUnreadable(name=name, reason=str(error)) from error
    return FileLook(hash=look.hash, colour=look.average.packed)


def _workspace_id(db: apsw.Connection) -> str:
    """Tells the previews of two workspaces in one cache apart."""
    db.execute("INSERT OR IGNORE INTO meta (name, value) VALUES ('workspace', ?)", (uuid.uuid4().hex,))
    return str(db.execute("SELECT value FROM meta WHERE name = 'workspace'").get)
