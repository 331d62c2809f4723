"""What a user does to images: rate, reject, tag, note, collect, throw away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from studio.domain.ports import Clock
from studio.domain.values import BlobHash, ImageId
from studio.storage.changes import (
    IN_CHOSEN,
    CollectionStep,
    LibraryChange,
    MarkStep,
    MemberStep,
    NoteStep,
    Step,
    TagStep,
    carry_out,
    next_collection_id,
)
from studio.storage.database import Database, Transaction, column, number, row, rows
from studio.storage.files import disk_errors, write_whole
from studio.storage.folder import WorkspaceFolder
from studio.storage.image_rows import tell_path
from studio.storage.library_history import Deed, remember
from studio.storage.moments import to_stored
from studio.storage.trash import Doomed, TrashContent, TrashReport, forget, read_content, read_doomed
from studio.storage.workers import Workers

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
class Marks:
    """What images are to get, all of it as one change; None and nothing leave as it is."""

    rating: int | None = None
    rejected: bool | None = None
    note: str | None = None
    add_tags: tuple[str, ...] = ()
    remove_tags: tuple[str, ...] = ()
    in_bin: bool | None = None


class Organiser:
    """Changes are on disk when a method returns; what it gives takes them back. Unknown numbers are passed over.

    `keep`: what was done, for the history of the workspace, which takes it back also after a restart."""

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

    async def rate(self, image_ids: Iterable[ImageId], rating: int, *, keep: Deed | None = None) -> LibraryChange:
        """0 (none) to 5; raises ValueError."""
        return await self.mark(image_ids, Marks(rating=rating), keep=keep)

    async def reject(
        self, image_ids: Iterable[ImageId], *, rejected: bool = True, keep: Deed | None = None
    ) -> LibraryChange:
        return await self.mark(image_ids, Marks(rejected=rejected), keep=keep)

    async def set_note(self, image_id: ImageId, note: str, *, keep: Deed | None = None) -> LibraryChange:
        """Plain text of at most 20 000 characters; raises ValueError."""
        return await self.mark([image_id], Marks(note=note), keep=keep)

    async def add_tags(
        self, image_ids: Iterable[ImageId], tags: Iterable[str], *, keep: Deed | None = None
    ) -> LibraryChange:
        """Tags differ by more than upper and lower case; a tag has 1 to 100 characters, else ValueError."""
        return await self.retag(image_ids, add=tags, keep=keep)

    async def remove_tags(self, image_ids: Iterable[ImageId], tags: Iterable[str]) -> LibraryChange:
        return await self.retag(image_ids, remove=tags)

    async def retag(
        self,
        image_ids: Iterable[ImageId],
        *,
        add: Iterable[str] = (),
        remove: Iterable[str] = (),
        keep: Deed | None = None,
    ) -> LibraryChange:
        """Take tags away and give others, as one change. Raises ValueError as `add_tags`."""
        return await self.mark(image_ids, Marks(add_tags=tuple(add), remove_tags=tuple(remove)), keep=keep)

    async def mark(self, image_ids: Iterable[ImageId], marks: Marks, *, keep: Deed | None = None) -> LibraryChange:
        """All of the marks or, with ValueError as each of them raises it, none."""
        chosen, now = tuple(image_ids), to_stored(self._clock.now())
        steps = [*_mark_steps(chosen, marks)]

        def work(change: Transaction) -> LibraryChange:
            into_bin = [MarkStep("trashed_at", now, _not_in_bin(change, chosen))] if marks.in_bin else []
            return self._made(change, [*steps, *into_bin], keep)

        return await self._database.write(work)

    async def undo(self, change: LibraryChange) -> LibraryChange:
        """Take a change back; what was changed since stays. Gives the change that does it again.

        Images that are gone for good are passed over. Raises ValueError when a collection cannot have its old name
        because another one has it now; nothing is changed then."""
        return await self._take(change.steps)

    async def _take(self, steps: Sequence[Step], keep: Deed | None = None) -> LibraryChange:
        return await self._database.write(lambda change: self._made(change, steps, keep))

    def _made(self, change: Transaction, steps: Sequence[Step], keep: Deed | None) -> LibraryChange:
        made = carry_out(change, steps)
        if keep is not None:
            remember(change, self._owner, keep, made, self._clock.now())
        return made

    async def relocate(self, image_id: ImageId, file: Path) -> None:
        """The file of a missing image has been found. A file outside of the images folder is copied in.

        Raises LookupError for an unknown image, ValueError when the file holds other bytes, DiskFull,
        FolderNotWritable, WorkspaceReadOnly, OSError when the file cannot be read."""
        self._database.require_writable()
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
            self._folder.require()
            home.parent.mkdir(parents=True, exist_ok=True)
            write_whole(home, content, owner=self._owner, durable=True, mode=0o666)
        return old_path

    # --- collections ---------------------------------------------------------------------------------------------

    async def collections(self, having: Iterable[ImageId] | None = None) -> list[Collection]:
        """By name; `having`: only those that all of these images are in."""
        chosen = None if having is None else list(having)
        sql = (
            "SELECT c.id, c.name, count(i.id) FROM collections AS c"
            " LEFT JOIN collection_images AS m ON m.collection_id = c.id"
            " LEFT JOIN images AS i ON i.id = m.image_id AND i.trashed_at IS NULL"
            " WHERE ?1 IS NULL OR ?2 = (SELECT count(*) FROM collection_images AS h WHERE h.collection_id = c.id"
            " AND h.image_id IN (SELECT value FROM json_each(?1))) GROUP BY c.id ORDER BY c.name"
        )
        values = (None, 0) if chosen is None else (json.dumps(chosen), len(chosen))
        return await self._database.read(lambda db: [Collection(*found) for found in rows(db, sql, values)])

    async def add_collection(self, name: str) -> int:
        """The number of the collection of that name, new or not. Raises ValueError for an empty name."""
        cleaned = clean_tag(name)

        def work(change: Transaction) -> int:
            collection_id, steps = self._named(change, cleaned)
            carry_out(change, steps)
            return collection_id

        return await self._database.write(work)

    def _named(self, change: Transaction, name: str) -> tuple[int, list[Step]]:
        """The number of a collection, and what makes it where there is none of that name."""
        known = column(change.db, "SELECT id FROM collections WHERE name = ?", (name,))
        if known:
            return int(known[0]), []
        fresh = next_collection_id(change.db)
        return fresh, [CollectionStep(fresh, name, to_stored(self._clock.now()))]

    async def rename_collection(self, collection_id: int, name: str, *, keep: Deed | None = None) -> LibraryChange:
        """Raises ValueError when another collection has that name."""
        cleaned = clean_tag(name)

        def work(change: Transaction) -> LibraryChange:
            known = row(change.db, "SELECT created_at FROM collections WHERE id = ?", (collection_id,))
            return self._made(change, [CollectionStep(collection_id, cleaned, known[0])] if known else [], keep)

        return await self._database.write(work)

    async def remove_collection(self, collection_id: int, *, keep: Deed | None = None) -> LibraryChange:
        """The collection only; its images stay."""
        return await self._take([CollectionStep(collection_id, None, 0)], keep)

    async def collect(self, collection_id: int, image_ids: Iterable[ImageId]) -> LibraryChange:
        """Put images into a collection. Raises LookupError when there is no such collection."""
        now, chosen = to_stored(self._clock.now()), tuple(image_ids)

        def work(change: Transaction) -> LibraryChange:
            if not number(change.db, "SELECT count(*) FROM collections WHERE id = ?", (collection_id,)):
                raise LookupError(f"no collection {collection_id}")
            return carry_out(change, [MemberStep(collection_id, chosen, now)])

        return await self._database.write(work)

    async def collect_as(self, name: str, image_ids: Iterable[ImageId], *, keep: Deed | None = None) -> LibraryChange:
        """Put images into the collection of that name, which is made where there is none. Raises ValueError."""
        cleaned, now, chosen = clean_tag(name), to_stored(self._clock.now()), tuple(image_ids)

        def work(change: Transaction) -> LibraryChange:
            collection_id, steps = self._named(change, cleaned)
            return self._made(change, [*steps, MemberStep(collection_id, chosen, now)], keep)

        return await self._database.write(work)

    async def uncollect(
        self, collection_id: int, image_ids: Iterable[ImageId], *, keep: Deed | None = None
    ) -> LibraryChange:
        return await self._take([MemberStep(collection_id, tuple(image_ids), None)], keep)

    # --- trash ---------------------------------------------------------------------------------------------------

    async def trash(self, image_ids: Iterable[ImageId], *, keep: Deed | None = None) -> LibraryChange:
        """Out of sight, until restored or until the trash is emptied. Files stay where they are.

        What is in the trash already keeps its time there."""
        return await self.mark(image_ids, Marks(in_bin=True), keep=keep)

    async def restore(self, image_ids: Iterable[ImageId], *, keep: Deed | None = None) -> LibraryChange:
        return await self.mark(image_ids, Marks(in_bin=False), keep=keep)

    async def trash_content(self, only: Iterable[ImageId] | None = None) -> TrashContent:
        """What `empty_trash` would do now; with `only` these images."""
        chosen, now = None if only is None else list(only), to_stored(self._clock.now())
        return await self._database.read(lambda db: read_content(db, now, chosen))

    async def empty_trash(
        self,
        older_than_days: float = 0,
        progress: Callable[[int, int], None] = lambda _done, _total: None,
        *,
        only: Iterable[ImageId] | None = None,
    ) -> TrashReport:
        """Moves the files of what was thrown away that long ago to the system's bin and forgets the images.

        `only`: of these images alone; those that are not in the trash are passed over. A file that another image
        shares stays. Where the system has no bin nothing is lost: file and image stay. `progress` gets files done and
        all files, on the awaiting loop. Cancelled, it ends after at most 50 files; the rest stays in the trash."""
        self._database.require_writable()  # before a file is moved
        limit = to_stored(self._clock.now()) - round(older_than_days * 86_400_000_000)
        chosen = None if only is None else list(only)
        doomed = await self._database.read(lambda db: read_doomed(db, limit, chosen))
        report = TrashReport()
        for first in range(0, len(doomed), FORGOTTEN_AT_ONCE):
            some = doomed[first : first + FORGOTTEN_AT_ONCE]
            report = await self._workers.run(partial(self._remove, some, report))
            progress(first + len(some), len(doomed))
        return report

    def _remove(self, doomed: Sequence[Doomed], report: TrashReport) -> TrashReport:
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
        self._database.write_soon(partial(forget, gone)).result()
        for one in gone:
            if not one.shared:
                self._drop_thumbnails(one.blob)
        removed = sum(len(one.image_ids) for one in gone)
        shared = sum(one.shared for one in gone)
        return TrashReport(report.removed + removed, report.files + binned, tuple(kept), report.shared + shared)

    def close(self, timeout_s: float) -> None:
        self._workers.close(timeout_s, drop_waiting=True)


def _mark_steps(chosen: tuple[ImageId, ...], marks: Marks) -> Iterator[Step]:
    """All but the way into the bin. Raises ValueError."""
    if marks.rating is not None:
        if not 0 <= marks.rating <= 5:
            raise ValueError(f"a rating goes from 0 to 5, not {marks.rating}")
        yield MarkStep("rating", marks.rating, chosen)
    if marks.rejected is not None:
        yield MarkStep("rejected", int(marks.rejected), chosen)
    yield from (TagStep(clean_tag(tag), chosen, False) for tag in marks.remove_tags)
    yield from (TagStep(clean_tag(tag), chosen, True) for tag in marks.add_tags)
    if marks.note is not None:
        if len(marks.note) > NOTE_MAX_CHARACTERS:
            raise ValueError(f"a note has at most {NOTE_MAX_CHARACTERS} characters")
        yield from (NoteStep(image_id, marks.note) for image_id in chosen)
    if marks.in_bin is False:
        yield MarkStep("trashed_at", None, chosen)


def _not_in_bin(change: Transaction, chosen: tuple[ImageId, ...]) -> tuple[int, ...]:
    sql = f"SELECT id FROM images WHERE {IN_CHOSEN} AND trashed_at IS NULL"
    return tuple(column(change.db, sql, (json.dumps(chosen),)))


def clean_tag(text: str) -> str:
    """One line without double spaces; raises ValueError when nothing or too much is left."""
    cleaned = " ".join(text.split())
    if not cleaned or len(cleaned) > TAG_MAX_CHARACTERS:
        raise ValueError(f"a tag or name has 1 to {TAG_MAX_CHARACTERS} characters")
    return cleaned
