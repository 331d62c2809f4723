"""Bytes and images of a workspace: each file is safe on disk before a row tells of it."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import replace
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

import apsw

from studio.domain.assets import ImageFacts
from studio.domain.errors import BrokenImage, ReferenceUnreadable
from studio.domain.events import ImageArrived
from studio.domain.jobs import Call, ImageRecord, Job, Run
from studio.domain.ports import Clock
from studio.domain.values import BlobHash, CallId, ImageId
from studio.domain.words import REASON_WORDS
from studio.storage.arrivals import Arrival
from studio.storage.database import Database, Transaction, column, rows
from studio.storage.files import PartFile, disk_errors, sync_folder, write_whole
from studio.storage.folder import PRIVATE_FOLDER, WorkspaceFolder
from studio.storage.image_rows import images_of_job, insert_image, read_images
from studio.storage.imaging import cut_grid, read_facts
from studio.storage.look_rows import keep_look, keep_no_look
from studio.storage.looks import Look
from studio.storage.records import Records
from studio.storage.thumbnails import MADE_AT_ONCE, Bucket, Thumbnails
from studio.storage.wholeness import NotAnImage, is_drawing
from studio.storage.workers import Workers

_log = logging.getLogger(__name__)

FINGERPRINTS_AT_ONCE = 100
"""So that no other reader waits long while a sweep looks for all its answers."""


class FileArchive:
    """`domain.ports.Archive`, with thumbnails."""

    def __init__(
        self,
        *,
        folder: WorkspaceFolder,
        database: Database,
        records: Records,
        thumbnails: Thumbnails,
        owner: str,
        clock: Clock,
    ) -> None:
        self._folder, self._database, self._records, self._thumbnails = folder, database, records, thumbnails
        self._owner, self._clock = owner, clock
        self._disk = Workers("studio-disk", 4)
        self._readers = Workers("studio-facts", 2)

    # --- blobs ---------------------------------------------------------------------------------------------------

    async def put_blob(self, content: bytes) -> BlobHash:
        """Keeps bytes (a reference image) under their SHA-256.

        Raises DiskFull, FolderNotWritable, WorkspaceReadOnly."""
        self._database.require_writable()

        def work() -> BlobHash:
            blob = BlobHash(hashlib.sha256(content).hexdigest())
            path = self._folder.blob(blob)
            if not path.exists():
                with disk_errors(path.parent):
                    self._folder.require()
                    path.parent.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
                    write_whole(path, content, owner=self._owner, durable=True)
            return blob

        return await self._disk.run(work)

    async def read_blob(self, blob: BlobHash) -> bytes:
        """Bytes of a reference, or of an image of the library. Raises FileNotFoundError."""
        path = await self.blob_path(blob)
        return await self._disk.run_if_wanted(path.read_bytes)

    async def blob_path(self, blob: BlobHash) -> Path:
        """The file that holds `blob`. Raises FileNotFoundError."""
        path = self._folder.blob(blob)
        if await self._disk.run_if_wanted(path.is_file):
            return path
        names = await self._database.read(
            lambda db: column(db, "SELECT path FROM files WHERE blob = ? ORDER BY missing", (blob,))
        )
        for name in names:
            if await self._disk.run_if_wanted(self._folder.file(name).is_file):
                return self._folder.file(name)
        raise FileNotFoundError(f"no file holds {blob}")

    async def inspect(self, content: bytes) -> ImageFacts:
        """Facts from the bytes. Raises ReferenceUnreadable(name, reason) for anything that is no safe image."""
        if is_drawing(content):
            raise ReferenceUnreadable(name="This file", reason=REASON_WORDS["svg"])
        try:
            return await self._readers.run_if_wanted(lambda: read_facts(content, decode=True))
        except NotAnImage as error:
            raise ReferenceUnreadable(name="This file", reason=str(error)) from error

    # --- images --------------------------------------------------------------------------------------------------

    async def save_image(self, run: Run, job: Job, call: Call, image: ImageArrived) -> Sequence[ImageRecord]:
        """The bytes as received, under a readable name, safe on disk; then the row. Thumbnails follow by themselves.

        One record; for a sheet with `split_columns` or `split_rows` above 1 that of the sheet, then of its images.
        An image that is there already (the same call, place and bytes) is not saved again.
        Raises BrokenImage, DiskFull, FolderNotWritable; then nothing is left of it on disk."""
        arrival = Arrival(
            run=run,
            job=job,
            call=call,
            image=image,
            content=image.content,
            position=call.first_image_index + image.index,
            created_at=self._clock.now(),
            whole_grid=image.whole_grid,
        )
        try:
            # In one piece on a worker thread: whatever becomes of the waiter, file and row are written or neither is.
            return await self._disk.run(lambda: self._save_all(arrival))
        except NotAnImage as error:
            raise _broken(error) from error

    async def saved_images(self, call: Call) -> Sequence[int]:
        """Images of the call that are in the library, by their index inside the job."""
        sql = "SELECT position FROM images WHERE job_id = ? AND call_id = ? AND whole_grid = 0 ORDER BY position"
        return await self._database.read(lambda db: column(db, sql, (call.job_id, call.id)))

    def _save_all(self, arrival: Arrival) -> list[ImageRecord]:
        image = arrival.image
        if image.split_columns * image.split_rows <= 1:
            return [self._save(arrival)]
        # Cut first: a sheet that cannot be read is no result.
        mark = f"Cut from the grid of run {arrival.run.id} by Prompt Studio"
        parts = cut_grid(arrival.content, image.split_columns, image.split_rows, mark)
        sheet = self._save(replace(arrival, whole_grid=True))
        pieces = [
            replace(arrival, content=part, position=arrival.position + place, whole_grid=False, cut_from=sheet.id)
            for place, part in enumerate(parts)
        ]
        return [sheet, *(self._save(piece) for piece in pieces)]

    def _save(self, arrival: Arrival) -> ImageRecord:
        known = self._database.read_soon(lambda db: _image_at(db, arrival)).result()
        if known is not None:
            return known
        draft = self._to_disk(arrival)
        try:
            saved = self._database.write_soon(
                lambda change: _image_at(change.db, arrival) or insert_image(change, draft, cut_from=arrival.cut_from)
            ).result()
        except BaseException:
            # The caller keeps the bytes and comes again: a file without a row would be found twice then.
            self._drop_file(draft)
            raise
        if saved.path != draft.path:
            self._drop_file(draft)  # the same image was saved at the same time
        self.look_soon(saved)
        return saved

    def _drop_file(self, draft: ImageRecord) -> None:
        with contextlib.suppress(OSError):
            self._folder.file(draft.path).unlink(missing_ok=True)

    def _to_disk(self, arrival: Arrival) -> ImageRecord:
        """Blocks until the file has its final name for good; returns its record, still without a number."""
        folder, names = self._folder.images, arrival.names()
        part = PartFile(folder, self._owner)
        first = next(names)
        line = arrival.line(self._folder.relative(part.path), self._folder.relative(folder / first))
        # One thread writes while another reads structure and hash of the same bytes.
        reading = self._readers.submit(lambda: _facts_and_hash(arrival.content))
        try:
            with disk_errors(folder, charged="yes"):
                self._folder.require()
                folder.mkdir(parents=True, exist_ok=True)
                self._records.keep([(arrival.run.id, line)])
                part.write(arrival.content, durable=True)
            facts, blob = reading.result()
            with disk_errors(folder, charged="yes"):
                path = part.publish_as_new(chain((first,), names))
                sync_folder(folder)
        finally:
            part.discard()
        return arrival.record(facts, blob, self._folder.relative(path))

    async def find_cached(self, fingerprint: str) -> Sequence[ImageRecord]:
        """Images of the latest finished job with this fingerprint that is still complete on disk; may be empty."""

        return await self._database.read(lambda db: self._cached(db, fingerprint))

    async def find_all_cached(self, fingerprints: Sequence[str]) -> dict[str, Sequence[ImageRecord]]:
        """As `find_cached` for many; those without an answer are left out. Other readers get their turn in between."""
        found: dict[str, Sequence[ImageRecord]] = {}
        for first in range(0, len(fingerprints), FINGERPRINTS_AT_ONCE):
            some = fingerprints[first : first + FINGERPRINTS_AT_ONCE]
            found.update(await self._database.read(partial(self._all_cached, some)))
        return found

    def _all_cached(self, fingerprints: Sequence[str], db: apsw.Connection) -> dict[str, list[ImageRecord]]:
        return {one: images for one in fingerprints if (images := self._cached(db, one))}

    def _cached(self, db: apsw.Connection, fingerprint: str) -> list[ImageRecord]:
        jobs = rows(
            db,
            "SELECT id, value ->> '$.fitted.images_per_call' FROM jobs WHERE fingerprint = ? AND state = 'done'"
            " ORDER BY run_id DESC LIMIT 20",
            (fingerprint,),
        )
        for job_id, images_per_call in jobs:
            images = [image for image in images_of_job(db, job_id) if image.trashed_at is None]
            whole = len([image for image in images if not image.whole_grid]) >= sum(json.loads(images_per_call))
            if whole and all(self._folder.file(image.path).is_file() for image in images):
                return images
        return []

    async def add_cached(self, run: Run, job: Job, images: Sequence[ImageRecord]) -> Sequence[ImageRecord]:
        """Rows of the new job that share the files of the old one; ratings, tags and notes begin afresh."""
        now = self._clock.now()

        def work(change: Transaction) -> list[ImageRecord]:
            return [insert_image(change, _cached(image, run, job, now)) for image in images]

        return await self._database.write(work)

    # --- thumbnails and previews -----------------------------------------------------------------------------------

    async def thumbnail_path(self, blob: BlobHash, bucket: Bucket) -> Path:
        """A picture of at most `bucket` px on its long side, in sRGB: found, waited for or made now.

        Raises FileNotFoundError when the original is gone, BrokenImage when it cannot be drawn."""
        found = await self._disk.run_if_wanted(lambda: self._thumbnails.find(blob, bucket))
        if found is not None:
            return found
        try:
            return await self._thumbnails.make(blob, await self.blob_path(blob), bucket)
        except NotAnImage as error:
            raise _broken(error) from error

    def find_thumbnail(self, blob: BlobHash, bucket: Bucket) -> Path | None:
        """A thumbnail that is there already. From any thread; looks at the file system twice at most."""
        return self._thumbnails.find(blob, bucket)

    def look_soon(self, image: ImageRecord) -> Future[Look] | None:
        """Make the usual thumbnails of a file and note how it looks, when there is time; None for a drawing."""
        if image.facts.media_type == "image/svg+xml":
            self._database.write_unwatched(lambda change: keep_no_look(change.db, image.blob))
            return None

        def then(outcome: Future[Look]) -> None:
            if outcome.cancelled():
                return
            error = outcome.exception()
            if error is None:
                look = outcome.result()
                self._database.write_unwatched(lambda change: keep_look(change.db, image.blob, look))
            elif isinstance(error, NotAnImage):
                self._database.write_unwatched(lambda change: keep_no_look(change.db, image.blob))
                _log.warning("image %d of run %d has no thumbnail: %s", image.index + 1, image.run_id, error)
            elif isinstance(error, FileNotFoundError):
                _log.info("image %d of run %d was moved before it had a thumbnail", image.index + 1, image.run_id)
            else:
                _log.warning("image %d of run %d has no thumbnail yet", image.index + 1, image.run_id, exc_info=error)

        return self._thumbnails.make_soon(image.blob, self._folder.file(image.path), MADE_AT_ONCE, then)

    async def keep_partial(self, call_id: CallId, image_index: int, step: int, content: bytes) -> str:
        """Writes a preview into the cache and returns its absolute path. Raises BrokenImage, DiskFull."""

        def work() -> str:
            with disk_errors(self._thumbnails.folder, charged="maybe"):
                return str(self._thumbnails.keep_preview(call_id, image_index, step, content))

        try:
            return await self._disk.run(work)
        except NotAnImage as error:
            raise BrokenImage(detail=str(error), charged="maybe") from error

    def close(self, timeout_s: float) -> None:
        """Finishes what is being written, gives up what only waits. Blocks."""
        self._disk.close(timeout_s)
        self._readers.close(timeout_s, drop_waiting=True)


def _facts_and_hash(content: bytes) -> tuple[ImageFacts, BlobHash]:
    return read_facts(content), BlobHash(hashlib.sha256(content).hexdigest())


def _broken(error: NotAnImage) -> BrokenImage:
    return BrokenImage(detail=str(error))


def _image_at(db: apsw.Connection, arrival: Arrival) -> ImageRecord | None:
    """One call has one image at one place, however often a task that is taken up again delivers it."""
    known = column(
        db,
        "SELECT i.id FROM images AS i JOIN files AS f ON f.id = i.file_id"
        " WHERE i.job_id = ? AND i.call_id = ? AND i.position = ? AND i.whole_grid = ? AND f.missing = 0",
        (arrival.job.id, arrival.call.id, arrival.position, arrival.whole_grid),
    )
    return read_images(db, known[:1])[0] if known else None


def _cached(image: ImageRecord, run: Run, job: Job, now: datetime) -> ImageRecord:
    calls = [call for call in job.calls if call.first_image_index <= image.index]
    return image.model_copy(
        update={
            "id": ImageId(0),
            "run_id": run.id,
            "job_id": job.id,
            "call_id": calls[-1].id if calls else CallId(f"{job.id}.0"),
            "prompt": run.request.prompt,
            "created_at": now,
            "cached_from": image.cached_from or image.id,
            "rating": 0,
            "rejected": False,
            "tags": (),
            "note": "",
        }
    )
