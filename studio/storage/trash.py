"""What lies in the trash, and how it is forgotten."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import apsw

from studio.domain.values import BlobHash, ImageId
from studio.storage.changes import IN_CHOSEN
from studio.storage.database import Transaction, row, rows
from studio.storage.moments import from_stored
from studio.storage.search_text import drop_text


@dataclass(frozen=True, slots=True)
class TrashReport:
    """What became of the trash."""

    removed: int = 0
    """Images that are gone from the library."""
    files: int = 0
    """Files that went to the system's bin; a file that another image shares stays."""
    kept: tuple[str, ...] = ()
    """Paths of files that the system would not take; their images stay in the trash."""
    shared: int = 0
    """Files that stayed where they are because an image that stays needs them."""


@dataclass(frozen=True, slots=True)
class TrashContent:
    """What emptying the trash would do now."""

    image_count: int = 0
    file_count: int = 0
    """Files that would go to the system's bin."""
    size_bytes: int = 0
    """Of those files."""
    shared_count: int = 0
    """Files that would stay because an image outside of the trash needs them."""
    oldest_at: datetime | None = None
    """When the first of the images was thrown away; aware."""


@dataclass(frozen=True, slots=True)
class Doomed:
    """One file in the trash with all of its images that are there."""

    file_id: int
    path: str
    blob: BlobHash
    image_ids: tuple[ImageId, ...]
    shared: bool
    """Another image still needs it."""
    size_bytes: int


def read_doomed(db: apsw.Connection, limit: int, only: Iterable[int] | None = None) -> list[Doomed]:
    """Thrown away at `limit` (as stored) or before; of those in `only`, where that is given."""
    chosen = None if only is None else json.dumps(list(only))
    going = "(i.trashed_at <= ?1 AND (?2 IS NULL OR i.id IN (SELECT value FROM json_each(?2))))"
    found = rows(
        db,
        "SELECT f.id, f.path, f.blob, json_group_array(i.id),"
        " EXISTS (SELECT 1 FROM images AS o WHERE o.file_id = f.id AND (o.trashed_at IS NULL OR NOT"
        f" {going.replace('i.', 'o.')})), f.size_bytes"
        f" FROM images AS i JOIN files AS f ON f.id = i.file_id WHERE i.trashed_at IS NOT NULL AND {going}"
        " GROUP BY f.id",
        (limit, chosen),
    )
    return [
        Doomed(file_id, path, BlobHash(blob), tuple(json.loads(image_ids)), bool(shared), size)
        for file_id, path, blob, image_ids, shared, size in found
    ]


def read_content(db: apsw.Connection, now: int, only: Iterable[int] | None = None) -> TrashContent:
    """`now` as stored."""
    doomed = read_doomed(db, now, only)
    going = [one for one in doomed if not one.shared]
    chosen = json.dumps([image_id for one in doomed for image_id in one.image_ids])
    oldest = row(db, f"SELECT min(trashed_at) FROM images WHERE {IN_CHOSEN}", (chosen,))
    return TrashContent(
        image_count=sum(len(one.image_ids) for one in doomed),
        file_count=len(going),
        size_bytes=sum(one.size_bytes for one in going),
        shared_count=len(doomed) - len(going),
        oldest_at=from_stored(oldest[0]) if oldest and oldest[0] is not None else None,
    )


def forget(doomed: Sequence[Doomed], change: Transaction) -> None:
    """Rows of images that are gone; the rows of files too that nobody shares."""
    chosen = json.dumps([image_id for one in doomed for image_id in one.image_ids])
    for run_id, image_id in rows(change.db, f"SELECT run_id, id FROM images WHERE {IN_CHOSEN}", (chosen,)):
        change.record(run_id, {"kind": "gone", "image": image_id})
        drop_text(change.db, "image", image_id)
    change.db.execute(f"DELETE FROM images WHERE {IN_CHOSEN}", (chosen,))
    change.db.execute(
        f"DELETE FROM files WHERE {IN_CHOSEN} AND NOT EXISTS (SELECT 1 FROM images WHERE file_id = files.id)",
        (json.dumps([one.file_id for one in doomed]),),
    )
