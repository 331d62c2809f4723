"""Is a workspace in order? Looks at everything, changes nothing, says it in words."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import apsw

from studio.storage.database import BUSY_TIMEOUT_MS, column, number, rows
from studio.storage.folder import WorkspaceFolder
from studio.storage.listing import list_images, list_parts
from studio.storage.migrations import APPLICATION_ID, MIGRATIONS
from studio.storage.workers import Workers

ROOM_WANTED_BYTES = 1_000_000_000
NAMED_MAX = 5

Level = Literal["good", "note", "warning", "problem"]

REBUILD = "`prompt-studio doctor --rebuild` makes a new database from the images; the old one is kept."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at. `advice` says what to do, when there is something to do."""

    level: Level
    text: str
    advice: str = ""


@dataclass(frozen=True, slots=True)
class DoctorReport:
    findings: tuple[Finding, ...]

    @property
    def healthy(self) -> bool:
        """Nothing needs to be done."""
        return all(finding.level in ("good", "note") for finding in self.findings)


async def doctor(folder: Path) -> DoctorReport:
    """Check a workspace; other processes may go on working in it. Never raises for what it finds."""
    worker = Workers("studio-doctor", 1)
    try:
        return await worker.run(lambda: DoctorReport(tuple(_examine(WorkspaceFolder(folder.absolute())))))
    finally:
        worker.close(0)


def _examine(place: WorkspaceFolder) -> Iterator[Finding]:
    if not place.root.is_dir():
        yield Finding("problem", f"There is no workspace at {place.root}.", "Choose another folder.")
        return
    yield from _room(place)
    if not place.database.is_file():
        yield Finding("problem", "There is no studio.db in this folder.", REBUILD)
        return
    writable = all(os.access(path, os.W_OK) for path in (place.root, place.database))
    if not writable:
        yield Finding("problem", "Nothing can be written here.", "Make it writable, or choose another folder.")
    try:
        db = _open(place.database, writable=writable)
        try:
            db.set_busy_timeout(BUSY_TIMEOUT_MS)
            db.execute("PRAGMA query_only = ON")
            ours = yield from _database(db)
            if ours:
                yield from _files(place, db)
                yield from _calls(db)
        finally:
            db.close()
    except apsw.Error as error:
        yield Finding("problem", f"The database cannot be read: {error}.", REBUILD)


def _open(database: Path, *, writable: bool) -> apsw.Connection:
    """SQLite wants to make files beside a database that it reads, unless it is told that nothing there can change."""
    if writable:
        return apsw.Connection(str(database))
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    return apsw.Connection(f"{database.as_uri()}?immutable=1", flags=flags)


def _room(place: WorkspaceFolder) -> Iterator[Finding]:
    free = shutil.disk_usage(place.root).free
    words = f"{free / 1_000_000_000:.1f} GB are free on the drive."
    if free < ROOM_WANTED_BYTES:
        yield Finding("warning", words, "Make room: an image takes up to 30 MB.")
    else:
        yield Finding("good", words)


def _database(db: apsw.Connection) -> Generator[Finding, None, bool]:
    """Returns whether its tables are those we know."""
    version, known = int(db.pragma("user_version")), len(MIGRATIONS)
    if int(db.pragma("application_id")) != APPLICATION_ID:
        yield Finding("problem", "studio.db was not made by Prompt Studio.", "Choose another folder.")
        return False
    if version > known:
        advice = "Update Prompt Studio."
        yield Finding("problem", f"A newer Prompt Studio made it (version {version}, we know {known}).", advice)
        return False
    if version < known:
        yield Finding("note", f"Version {version} of the database; it is brought to {known} when it is opened.")
    else:
        yield Finding("good", f"Version {version} of the database.")
    verdicts = column(db, "PRAGMA quick_check(20)")
    if verdicts != ["ok"]:
        yield Finding("problem", f"The database is damaged: {verdicts[0]}", REBUILD)
    loose = len(rows(db, "PRAGMA foreign_key_check"))
    if loose:
        yield Finding("problem", f"{loose} rows of the database belong to nothing.", REBUILD)
    if verdicts == ["ok"] and not loose:
        yield Finding("good", "The database is sound.")
    return True


def _files(place: WorkspaceFolder, db: apsw.Connection) -> Iterator[Finding]:
    names = set(column(db, "SELECT path FROM files"))
    on_disk = {place.relative(path) for path in list_images(place.images)}
    gone = sorted(name for name in names - on_disk if not place.file(name).is_file())
    if gone:
        advice = "Put them back into output/images, or delete their entries in the library."
        yield Finding("warning", f"{len(gone)} of {len(names)} image files are missing: {_named(gone)}.", advice)
    else:
        yield Finding("good", f"All {len(names)} image files are there.")
    orphans = sorted(on_disk - names - set(column(db, "SELECT path FROM set_aside")))
    if orphans:
        advice = "They come into the library when the window is opened."
        yield Finding("note", f"{len(orphans)} files are not in the library yet: {_named(orphans)}.", advice)
    strange = number(db, "SELECT count(*) FROM set_aside")
    if strange:
        yield Finding("note", f"{strange} files in output/images are copies or no whole images; they are left alone.")
    altered = number(db, "SELECT count(*) FROM files WHERE altered_at IS NOT NULL")
    if altered:
        yield Finding("note", f"{altered} image files were changed by other programs.")
    parts = list_parts(place.images)
    if parts:
        yield Finding("note", f"{len(parts)} images are being written, or were when the program ended.")


def _calls(db: apsw.Connection) -> Iterator[Finding]:
    uncertain = column(db, "SELECT id FROM calls WHERE state = 'uncertain' ORDER BY run_id, id")
    if uncertain:
        runs = sorted({int(call_id.partition(".")[0]) for call_id in uncertain})
        advice = "Look at the provider's own page, then settle them in the window."
        text = f"{len(uncertain)} requests may have been billed, in {_named([f'run {run}' for run in runs])}."
        yield Finding("warning", text, advice)
    under_way = number(db, "SELECT count(*) FROM calls WHERE owner IS NOT NULL")
    if under_way:
        advice = "They are taken up when the window is opened, if no other program is working on them."
        yield Finding("note", f"{under_way} requests are not finished.", advice)


def _named(names: list[str]) -> str:
    shown = ", ".join(names[:NAMED_MAX])
    return shown if len(names) <= NAMED_MAX else f"{shown} and {len(names) - NAMED_MAX} more"
