"""Images as rows: how they are written to the database and read back, with what is told of them elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import apsw

from studio.domain.assets import ImageFacts
from studio.domain.jobs import ImageRecord
from studio.domain.values import BlobHash, CallId, ImageId, JobId, RunId, slim
from studio.storage.database import Transaction, number, row, rows
from studio.storage.journal import keep_prompt
from studio.storage.moments import IMAGES_PER_SECOND, first_image_id, from_stored, to_stored
from studio.storage.search_text import index_text

TAG_SEPARATOR = "\x1f"


def new_image_id(db: apsw.Connection, moment: datetime) -> ImageId:
    """The next free number of that second, or of the next one that has some left; see `schema.images`."""
    first = first_image_id(moment)
    while True:
        taken = row(db, "SELECT max(id) FROM images WHERE id >= ? AND id < ?", (first, first + IMAGES_PER_SECOND))
        last = taken[0] if taken is not None else None
        if last is None:
            return ImageId(first + 1)
        if last + 1 < first + IMAGES_PER_SECOND:
            return ImageId(last + 1)
        # A thousand files unpacked from one archive bear the same time.
        first += IMAGES_PER_SECOND


def insert_image(change: Transaction, image: ImageRecord, *, cut_from: ImageId | None = None) -> ImageRecord:
    """A new row, its file's row when that is new, its place in the search, its record. A number of 0 is replaced."""
    db, moment = change.db, to_stored(image.created_at)
    if not image.id:
        image = image.model_copy(update={"id": new_image_id(db, image.created_at)})
    file_id = _keep_file(db, image)
    db.execute(
        "INSERT INTO images (id, run_id, job_id, call_id, position, file_id, prompt_id, provider, model, seed, rating,"
        " rejected, whole_grid, cached_from, cut_from, created_at, trashed_at, width, height, cost)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT image_cost FROM jobs WHERE id = ?))",
        (
            *(image.id, image.run_id, image.job_id, image.call_id, image.index, file_id),
            *(keep_prompt(db, image.prompt, moment, uses=0), image.provider, image.model, image.seed, image.rating),
            *(image.rejected, image.whole_grid, image.cached_from, cut_from, moment),
            None if image.trashed_at is None else to_stored(image.trashed_at),
            *(image.facts.width, image.facts.height, image.job_id),
        ),
    )
    db.execute(
        "INSERT INTO image_words (image_id, image_url, revised_prompt, note) VALUES (?, ?, ?, ?)",
        (image.id, image.image_url, image.revised_prompt, image.note),
    )
    tags = [(tag, image.id) for tag in image.tags]
    db.executemany("INSERT OR IGNORE INTO image_tags (tag, image_id) VALUES (?, ?)", tags)
    index_image(db, image.id)
    change.record(image.run_id, image_record(image, cut_from))
    return slim(image)


def _keep_file(db: apsw.Connection, image: ImageRecord) -> int:
    facts = image.facts
    return number(
        db,
        "INSERT INTO files (path, blob, size_bytes, facts, missing) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (path) DO UPDATE SET missing = excluded.missing RETURNING id",
        (image.path, image.blob, facts.size_bytes, facts.model_dump_json(), image.missing),
    )


def image_record(image: ImageRecord, cut_from: ImageId | None = None) -> dict[str, Any]:
    # `altered` is of the file as it lies there, not of what was received.
    line: dict[str, Any] = {"kind": "image", "value": json.loads(image.model_dump_json(exclude={"altered"}))}
    if cut_from is not None:
        line["cut_from"] = cut_from
    return line


def tell_path(change: Transaction, file_id: int) -> None:
    """Keep in the records too that a file lies elsewhere now."""
    sql = "SELECT i.run_id, i.id, f.path FROM images AS i JOIN files AS f ON f.id = i.file_id WHERE f.id = ?"
    for run_id, image_id, path in rows(change.db, sql, (file_id,)):
        change.record(run_id, {"kind": "mark", "image": image_id, "path": path})


def index_image(db: apsw.Connection, image_id: int) -> None:
    """Make an image findable by all that is written about it as it stands now."""
    (texts,) = rows(
        db,
        "SELECT p.text, r.value ->> '$.request.negative_prompt', r.value ->> '$.request.style', w.revised_prompt,"
        " w.note, i.provider || ' ' || i.model,"
        " (SELECT group_concat(tag, char(10)) FROM image_tags WHERE image_id = i.id)"
        " FROM images AS i JOIN prompts AS p ON p.id = i.prompt_id JOIN runs AS r ON r.id = i.run_id"
        " JOIN image_words AS w ON w.image_id = i.id WHERE i.id = ?",
        (image_id,),
    )
    index_text(db, "image", image_id, (text for text in texts if text))


_COLUMNS = """
SELECT i.id, i.run_id, i.job_id, i.call_id, i.position, f.blob, f.path, f.facts, i.provider, i.model, p.text,
    w.image_url, i.seed, w.revised_prompt, i.created_at, i.rating, i.rejected,
    (SELECT group_concat(tag, char(31)) FROM image_tags WHERE image_id = i.id), w.note, i.cached_from, i.whole_grid,
    f.missing, i.trashed_at, f.altered_at IS NOT NULL
FROM images AS i JOIN files AS f ON f.id = i.file_id JOIN prompts AS p ON p.id = i.prompt_id
    JOIN image_words AS w ON w.image_id = i.id
"""


def read_images(db: apsw.Connection, image_ids: Sequence[int]) -> list[ImageRecord]:
    """In the order of `image_ids`; unknown numbers are left out."""
    chosen = json.dumps(list(image_ids))
    found = {
        one[0]: _image(one)
        for one in db.execute(f"{_COLUMNS} WHERE i.id IN (SELECT value FROM json_each(?))", (chosen,))
    }
    return [found[image_id] for image_id in image_ids if image_id in found]


def images_of_job(db: apsw.Connection, job_id: JobId) -> list[ImageRecord]:
    """All images of a job in their order, trashed ones too."""
    return [_image(row) for row in db.execute(f"{_COLUMNS} WHERE i.job_id = ? ORDER BY i.position, i.id", (job_id,))]


def images_of_runs(
    db: apsw.Connection, run_ids: Iterable[int], *, trashed: bool = False
) -> dict[int, list[ImageRecord]]:
    """The images of each run that are not in the trash (or only those that are), by job and position."""
    found: dict[int, list[ImageRecord]] = {}
    for one in db.execute(
        f"{_COLUMNS} WHERE i.run_id IN (SELECT value FROM json_each(?)) AND (i.trashed_at IS NOT NULL) = ?"
        " ORDER BY i.run_id, i.job_id, i.position, i.id",
        (json.dumps(list(run_ids)), trashed),
    ):
        found.setdefault(one[1], []).append(_image(one))
    return found


def _image(row: tuple[Any, ...]) -> ImageRecord:
    image = ImageRecord(
        id=ImageId(row[0]),
        run_id=RunId(row[1]),
        job_id=JobId(row[2]),
        call_id=CallId(row[3]),
        index=row[4],
        blob=BlobHash(row[5]),
        path=row[6],
        facts=ImageFacts.model_validate_json(row[7]),
        provider=row[8],
        model=row[9],
        prompt=row[10],
        image_url=row[11],
        seed=row[12],
        revised_prompt=row[13],
        created_at=from_stored(row[14]),
        rating=row[15],
        rejected=bool(row[16]),
        tags=tuple(sorted(row[17].split(TAG_SEPARATOR), key=str.casefold)) if row[17] else (),
        note=row[18],
        cached_from=row[19],
        whole_grid=bool(row[20]),
        missing=bool(row[21]),
        trashed_at=None if row[22] is None else from_stored(row[22]),
        altered=bool(row[23]),
    )
    return slim(image)
