"""What a user does to images: rate, reject, tag, note, collect, throw away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import apsw

from studio.domain.ports import Clock
from studio.domain.values import BlobHash, ImageId
from studio.storage.database import Database, Transaction, column, number, row, rows
from studio.storage.files import disk_errors, write_whole
from studio.storage.folder import WorkspaceFolder
from studio.storage.image_rows import index_image, tell_path
from studio.storage.moments import to_stored
from studio.storage.search_text import drop_text
from studio.storage.workers import Workers
from studio.storage.workspace_record import tell_membership, tell_row

TAG_MAX_CHARACTERS = 100
NOTE_MAX_CHARACTERS = 20_000

FORGOTTEN_AT_ONCE = 50

ToBin = Callable[[Path], None]
"""Moves a file into the bin of the system; raises OSError when that is not possible."""


@dataclass(frozen=True, slots=True)
class Collection:
    id: int
    name: str
    image_count: int
    """Without what is in the trash."""


@dataclass(frozen=True, slots=True)
class TrashReport:
    """What became of the trash."""

    removed: int = 0
    """Images that are gone from the library."""
    files: int = 0
    """Files that went to the system's bin; a file that another image shares stays."""
    kept: tuple[str, ...] = ()
    """Paths of files that the system would not take; their images stay in the trash."""


class Organiser:
    """Changes are on disk when a method returns. Unknown image numbers are passed over."""

    def __init__(
        self,
        folder: WorkspaceFolder,
        database: Database,
        clock: Clock,
        *,
        owner: str,
        drop_thumbnails: Callable[[BlobHash], None],
        to_bin: ToBin,
    ) -> None:
        self._owner = owner
        self._folder, self._database, self._clock = folder, database, clock
        self._drop_thumbnails, self._to_bin = drop_thumbnails, to_bin
        self._workers = Workers("studio-bin", 1)

    # --- marks on images -----------------------------------------------------------------------------------------

    async def rate(self, image_ids: Iterable[ImageId], rating: int) -> None:
        """0 (none) to 5; raises ValueError."""
        if not 0 <= rating <= 5:
            raise ValueError(f"a rating goes from 0 to 5, not {rating}")
        await self._mark(image_ids, "rating", rating, rating)

    async def reject(self, image_ids: Iterable[ImageId], *, rejected: bool = True) -> None:
        await self._mark(image_ids, "rejected", int(rejected), rejected)

    async def _mark(self, image_ids: Iterable[ImageId], name: str, stored: int | None, told: Any) -> None:
        def work(change: Transaction) -> None:
            chosen = _chosen(image_ids)
            change.db.execute(f"UPDATE images SET {name} = ? WHERE {_IN_CHOSEN}", (stored, chosen))
            _tell(change, chosen, {name: told})

        await self._database.write(work)

    async def set_note(self, image_id: ImageId, note: str) -> None:
        """Plain text of at most 20 000 characters; raises ValueError."""
        if len(note) > NOTE_MAX_CHARACTERS:
            raise ValueError(f"a note has at most {NOTE_MAX_CHARACTERS} characters")

        def work(change: Transaction) -> None:
            change.db.execute("UPDATE image_words SET note = ? WHERE image_id = ?", (note, image_id))
            if change.db.changes():
                index_image(change.db, image_id)
                _tell(change, _chosen([image_id]), {"note": note})

        await self._database.write(work)

    async def add_tags(self, image_ids: Iterable[ImageId], tags: Iterable[str]) -> None:
        """Tags differ by more than upper and lower case; a tag has 1 to 100 characters, else ValueError."""
        wanted = [clean_tag(tag) for tag in tags]

        def work(change: Transaction) -> None:
            chosen = _chosen(image_ids)
            for tag in wanted:
                change.db.execute(
                    f"INSERT OR IGNORE INTO image_tags (tag, image_id) SELECT ?, id FROM images WHERE {_IN_CHOSEN}",
                    (tag, chosen),
                )
            _tell_tags(change, chosen)

        await self._database.write(work)

    async def remove_tags(self, image_ids: Iterable[ImageId], tags: Iterable[str]) -> None:
        unwanted = json.dumps([clean_tag(tag) for tag in tags])

        def work(change: Transaction) -> None:
            chosen = _chosen(image_ids)
            change.db.execute(
                "DELETE FROM image_tags WHERE image_id IN (SELECT value FROM json_each(?))"
                " AND tag IN (SELECT value FROM json_each(?))",
                (chosen, unwanted),
            )
            _tell_tags(change, chosen)

        await self._database.write(work)

    async def relocate(self, image_id: ImageId, file: Path) -> None:
        """The file of a missing image has been found. A file outside of the images folder is copied in.

        Raises LookupError for an unknown image, ValueError when the file holds other bytes, DiskFull,
        FolderNotWritable, OSError when the file cannot be read."""
        known = await self._database.read(
            lambda db: row(
                db,
                "SELECT f.id, f.path, f.blob FROM images AS i JOIN files AS f ON f.id = i.file_id WHERE i.id = ?",
                (image_id,),
            )
        )
        if known is None:
            raise LookupError(f"no image {image_id}")
        file_id, old_path, blob = known
        path = await self._workers.run(partial(self._bring_home, file, old_path, blob))

        def work(change: Transaction) -> None:
            change.db.execute("UPDATE files SET path = ?, missing = 0 WHERE id = ?", (path, file_id))
            tell_path(change, file_id)

        await self._database.write(work)

    def _bring_home(self, file: Path, old_path: str, blob: str) -> str:
        file, content = file.absolute(), file.read_bytes()
        if hashlib.sha256(content).hexdigest() != blob:
            raise ValueError(f"{file.name} is another image")
        if file.is_relative_to(self._folder.images):
            return self._folder.relative(file)
        home = self._folder.file(old_path)
        if home.is_file():
            return old_path
        with disk_errors(home.parent):
            home.parent.mkdir(parents=True, exist_ok=True)
            write_whole(home, content, owner=self._owner, durable=True, mode=0o666)
        return old_path

    # --- collections ---------------------------------------------------------------------------------------------

    async def collections(self) -> list[Collection]:
        """By name."""
        sql = (
            "SELECT c.id, c.name, count(i.id) FROM collections AS c"
            " LEFT JOIN collection_images AS m ON m.collection_id = c.id"
            " LEFT JOIN images AS i ON i.id = m.image_id AND i.trashed_at IS NULL GROUP BY c.id ORDER BY c.name"
        )
        return await self._database.read(lambda db: [Collection(*found) for found in rows(db, sql)])

    async def add_collection(self, name: str) -> int:
        """The number of the collection of that name, new or not. Raises ValueError for an empty name."""
        cleaned = clean_tag(name)

        def work(change: Transaction) -> int:
            known = column(change.db, "SELECT id FROM collections WHERE name = ?", (cleaned,))
            if known:
                return int(known[0])
            now = to_stored(self._clock.now())
            change.db.execute("INSERT INTO collections (name, created_at) VALUES (?, ?)", (cleaned, now))
            tell_row(change, "collection", change.db.last_insert_rowid())
            return change.db.last_insert_rowid()

        return await self._database.write(work)

    async def rename_collection(self, collection_id: int, name: str) -> None:
        """Raises ValueError when another collection has that name."""
        cleaned = clean_tag(name)

        def work(change: Transaction) -> None:
            try:
                change.db.execute("UPDATE collections SET name = ? WHERE id = ?", (cleaned, collection_id))
            except apsw.ConstraintError as error:
                raise ValueError(f"there is a collection {cleaned!r} already") from error
            tell_row(change, "collection", collection_id)

        await self._database.write(work)

    async def remove_collection(self, collection_id: int) -> None:
        """The collection only; its images stay."""

        def work(change: Transaction) -> None:
            change.db.execute("DELETE FROM collections WHERE id = ?", (collection_id,))
            tell_row(change, "collection", collection_id)

        await self._database.write(work)

    async def collect(self, collection_id: int, image_ids: Iterable[ImageId]) -> None:
        """Put images into a collection. Raises LookupError when there is no such collection."""

        def work(change: Transaction) -> None:
            if not number(change.db, "SELECT count(*) FROM collections WHERE id = ?", (collection_id,)):
                raise LookupError(f"no collection {collection_id}")
            chosen, now = list(image_ids), to_stored(self._clock.now())
            change.db.execute(
                "INSERT OR IGNORE INTO collection_images (collection_id, image_id, added_at)"
                f" SELECT ?, id, ? FROM images WHERE {_IN_CHOSEN}",
                (collection_id, now, _chosen(chosen)),
            )
            tell_membership(change, collection_id, chosen, added_at=now)

        await self._database.write(work)

    async def uncollect(self, collection_id: int, image_ids: Iterable[ImageId]) -> None:
        def work(change: Transaction) -> None:
            chosen = list(image_ids)
            change.db.execute(
                "DELETE FROM collection_images WHERE collection_id = ?"
                " AND image_id IN (SELECT value FROM json_each(?))",
                (collection_id, _chosen(chosen)),
            )
            tell_membership(change, collection_id, chosen, added_at=None)

        await self._database.write(work)

    # --- trash ---------------------------------------------------------------------------------------------------

    async def trash(self, image_ids: Iterable[ImageId]) -> None:
        """Out of sight, until restored or until the trash is emptied. Files stay where they are."""
        now = self._clock.now()
        await self._mark(image_ids, "trashed_at", to_stored(now), now.isoformat())

    async def restore(self, image_ids: Iterable[ImageId]) -> None:
        await self._mark(image_ids, "trashed_at", None, None)

    async def empty_trash(
        self, older_than_days: float = 0, progress: Callable[[int, int], None] = lambda _done, _total: None
    ) -> TrashReport:
        """Moves the files of what was thrown away that long ago to the system's bin and forgets the images.

        A file that another image shares stays. Where the system has no bin nothing is lost: file and image stay.
        `progress` gets files done and all files, on the awaiting loop."""
        limit = to_stored(self._clock.now()) - round(older_than_days * 86_400_000_000)
        doomed = await self._database.read(lambda db: _doomed(db, limit))
        report = TrashReport()
        for first in range(0, len(doomed), FORGOTTEN_AT_ONCE):
            some = doomed[first : first + FORGOTTEN_AT_ONCE]
            report = await self._workers.run(partial(self._remove, some, report))
            progress(first + len(some), len(doomed))
        return report

    def _remove(self, doomed: Sequence[_Doomed], report: TrashReport) -> TrashReport:
        """Files first: a row whose file is gone can be forgotten another time, a file without a row comes back."""
        gone, kept, binned = [], list(report.kept), 0
        for one in doomed:
            path = self._folder.file(one.path)
            if not one.shared and path.is_file():
                try:
                    self._to_bin(path)
                except OSError:
                    kept.append(one.path)
                    continue
                binned += 1
            gone.append(one)
        self._database.write_soon(partial(_forget, gone)).result()
        for one in gone:
            if not one.shared:
                self._drop_thumbnails(one.blob)
        removed = sum(len(one.image_ids) for one in gone)
        return TrashReport(report.removed + removed, report.files + binned, tuple(kept))

    def close(self, timeout_s: float) -> None:
        self._workers.close(timeout_s, drop_waiting=True)


_IN_CHOSEN = "id IN (SELECT value FROM json_each(?))"


def clean_tag(text: str) -> str:
    """One line without double spaces; raises ValueError when nothing or too much is left."""
    cleaned = " ".join(text.split())
    if not cleaned or len(cleaned) > TAG_MAX_CHARACTERS:
        raise ValueError(f"a tag or name has 1 to {TAG_MAX_CHARACTERS} characters")
    return cleaned


def _chosen(image_ids: Iterable[int]) -> str:
    return json.dumps(list(image_ids))


def _tell(change: Transaction, chosen: str, marks: dict[str, Any]) -> None:
    for run_id, image_id in rows(change.db, f"SELECT run_id, id FROM images WHERE {_IN_CHOSEN}", (chosen,)):
        change.record(run_id, {"kind": "mark", "image": image_id, **marks})


def _tell_tags(change: Transaction, chosen: str) -> None:
    for run_id, image_id in rows(change.db, f"SELECT run_id, id FROM images WHERE {_IN_CHOSEN}", (chosen,)):
        index_image(change.db, image_id)
        tags = column(change.db, "SELECT tag FROM image_tags WHERE image_id = ? ORDER BY tag", (image_id,))
        change.record(run_id, {"kind": "mark", "image": image_id, "tags": tags})


@dataclass(frozen=True, slots=True)
class _Doomed:
    """One file in the trash with all of its images that are there."""

    file_id: int
    path: str
    blob: BlobHash
    image_ids: tuple[ImageId, ...]
    shared: bool
    """Another image still needs it."""


def _doomed(db: apsw.Connection, limit: int) -> list[_Doomed]:
    found = rows(
        db,
        "SELECT f.id, f.path, f.blob, json_group_array(i.id),"
        " EXISTS (SELECT 1 FROM images AS o WHERE o.file_id = f.id AND (o.trashed_at IS NULL OR o.trashed_at > ?1))"
        " FROM images AS i JOIN files AS f ON f.id = i.file_id"
        " WHERE i.trashed_at IS NOT NULL AND i.trashed_at <= ?1 GROUP BY f.id",
        (limit,),
    )
    return [
        _Doomed(file_id, path, BlobHash(blob), tuple(json.loads(image_ids)), bool(shared))
        for file_id, path, blob, image_ids, shared in found
    ]


def _forget(doomed: Sequence[_Doomed], change: Transaction) -> None:
    """Rows of images that are gone; the rows of files too that nobody shares."""
    chosen = _chosen(image_id for one in doomed for image_id in one.image_ids)
    for run_id, image_id in rows(change.db, f"SELECT run_id, id FROM images WHERE {_IN_CHOSEN}", (chosen,)):
        change.record(run_id, {"kind": "gone", "image": image_id})
        drop_text(change.db, "image", image_id)
    change.db.execute(f"DELETE FROM images WHERE {_IN_CHOSEN}", (chosen,))
    change.db.execute(
        f"DELETE FROM files WHERE {_IN_CHOSEN} AND NOT EXISTS (SELECT 1 FROM images WHERE file_id = files.id)",
        (_chosen(one.file_id for one in doomed),),
    )
