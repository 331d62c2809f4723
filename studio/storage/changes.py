"""What a user changed in the library, as steps that take it back: the other half of every change `organiser` makes."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import apsw

from studio.storage.database import Transaction, column, row, rows
from studio.storage.image_rows import index_image
from studio.storage.moments import from_stored
from studio.storage.workspace_record import tell_membership, tell_row

IN_CHOSEN = "id IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class MarkStep:
    """Give images a rating, a rejection or a time in the trash; None for the last one takes them out."""

    name: Literal["rating", "rejected", "trashed_at"]
    value: int | None
    image_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NoteStep:
    image_id: int
    note: str


@dataclass(frozen=True, slots=True)
class TagStep:
    tag: str
    image_ids: tuple[int, ...]
    present: bool


@dataclass(frozen=True, slots=True)
class MemberStep:
    """Put images into a collection, or (None) take them out."""

    collection_id: int
    image_ids: tuple[int, ...]
    added_at: int | None


@dataclass(frozen=True, slots=True)
class CollectionStep:
    """Make a collection or give it another name; a name of None removes it."""

    collection_id: int
    name: str | None
    created_at: int


Step = MarkStep | NoteStep | TagStep | MemberStep | CollectionStep


@dataclass(frozen=True, slots=True)
class LibraryChange:
    """How to take a change back: `Organiser.undo` carries the steps out and gives the change that does it again."""

    steps: tuple[Step, ...] = ()

    def __bool__(self) -> bool:
        """Was anything changed at all?"""
        return bool(self.steps)

    @property
    def image_ids(self) -> frozenset[int]:
        """The images that are touched."""
        found: set[int] = set()
        for step in self.steps:
            match step:
                case NoteStep():
                    found.add(step.image_id)
                case CollectionStep():
                    pass
                case _:
                    found.update(step.image_ids)
        return frozenset(found)

    @property
    def image_count(self) -> int:
        """How many images are touched."""
        return len(self.image_ids)

    def then(self, later: LibraryChange) -> LibraryChange:
        """Both as one: what came later is taken back first."""
        return LibraryChange((*later.steps, *self.steps))


def carry_out(change: Transaction, steps: Iterable[Step]) -> LibraryChange:
    """Take the steps in their order; images that are gone are passed over. Gives the way back.

    Raises ValueError when a collection of that name is there already."""
    back: tuple[Step, ...] = ()
    retagged: dict[int, None] = {}
    for step in steps:
        inverse = _take(change, step)
        for one in inverse:
            if isinstance(one, TagStep):
                retagged |= dict.fromkeys(one.image_ids)
        back = (*inverse, *back)
    if retagged:
        _tell_tags(change, _listed(retagged))
    return LibraryChange(back)


def _take(change: Transaction, step: Step) -> Sequence[Step]:
    match step:
        case MarkStep():
            return _mark(change, step)
        case NoteStep():
            return _note(change, step)
        case TagStep():
            return _tag(change.db, step)
        case MemberStep():
            return _member(change, step)
        case CollectionStep():
            return _collection(change, step)


def next_collection_id(db: apsw.Connection) -> int:
    """A number that no collection has or had."""
    last = row(db, "SELECT seq FROM sqlite_sequence WHERE name = 'collections'")
    return (int(last[0]) if last else 0) + 1


def _listed(image_ids: Iterable[int]) -> str:
    return json.dumps(list(image_ids))


def _mark(change: Transaction, step: MarkStep) -> list[Step]:
    chosen = _listed(step.image_ids)
    sql = f"SELECT {step.name}, json_group_array(id) FROM images WHERE {IN_CHOSEN} AND {step.name} IS NOT ?"
    before = rows(change.db, f"{sql} GROUP BY {step.name}", (chosen, step.value))
    if not before:
        return []
    told: Any = step.value
    if step.name == "rejected":
        told = bool(step.value)
    elif step.name == "trashed_at" and step.value is not None:
        told = from_stored(step.value).isoformat()
    changed = _listed(image_id for _value, listed in before for image_id in json.loads(listed))
    change.db.execute(f"UPDATE images SET {step.name} = ? WHERE {IN_CHOSEN}", (step.value, changed))
    for run_id, image_id in rows(change.db, f"SELECT run_id, id FROM images WHERE {IN_CHOSEN}", (changed,)):
        change.record(run_id, {"kind": "mark", "image": image_id, step.name: told})
    return [MarkStep(step.name, value, tuple(json.loads(listed))) for value, listed in before]


def _note(change: Transaction, step: NoteStep) -> list[Step]:
    sql = "SELECT i.run_id, w.note FROM images AS i JOIN image_words AS w ON w.image_id = i.id WHERE i.id = ?"
    known = row(change.db, sql, (step.image_id,))
    if known is None or known[1] == step.note:
        return []
    change.db.execute("UPDATE image_words SET note = ? WHERE image_id = ?", (step.note, step.image_id))
    index_image(change.db, step.image_id)
    change.record(known[0], {"kind": "mark", "image": step.image_id, "note": step.note})
    return [NoteStep(step.image_id, known[1])]


def _tag(db: apsw.Connection, step: TagStep) -> list[TagStep]:
    chosen = _listed(step.image_ids)
    if step.present:
        fresh = column(
            db,
            f"SELECT id FROM images WHERE {IN_CHOSEN}"
            " AND NOT EXISTS (SELECT 1 FROM image_tags WHERE image_id = images.id AND tag = ?)",
            (chosen, step.tag),
        )
        db.executemany("INSERT INTO image_tags (tag, image_id) VALUES (?, ?)", [(step.tag, one) for one in fresh])
        return [TagStep(step.tag, tuple(fresh), False)] if fresh else []
    where = "tag = ? AND image_id IN (SELECT value FROM json_each(?))"
    # Grouped as it is spelt: the way back gives each image its own upper and lower case.
    found = rows(
        db,
        f"SELECT tag, json_group_array(image_id) FROM image_tags WHERE {where} GROUP BY tag COLLATE BINARY",
        (step.tag, chosen),
    )
    db.execute(f"DELETE FROM image_tags WHERE {where}", (step.tag, chosen))
    return [TagStep(tag, tuple(json.loads(listed)), True) for tag, listed in found]


def _tell_tags(change: Transaction, chosen: str) -> None:
    for run_id, image_id in rows(change.db, f"SELECT run_id, id FROM images WHERE {IN_CHOSEN}", (chosen,)):
        index_image(change.db, image_id)
        tags = column(change.db, "SELECT tag FROM image_tags WHERE image_id = ? ORDER BY tag", (image_id,))
        change.record(run_id, {"kind": "mark", "image": image_id, "tags": tags})


def _member(change: Transaction, step: MemberStep) -> list[Step]:
    db, number, chosen = change.db, step.collection_id, _listed(step.image_ids)
    if step.added_at is None:
        back = _members(db, number, chosen)
        gone = [image_id for one in back for image_id in one.image_ids]
        db.execute(
            "DELETE FROM collection_images WHERE collection_id = ? AND image_id IN (SELECT value FROM json_each(?))",
            (number, _listed(gone)),
        )
        if gone:
            tell_membership(change, number, gone, added_at=None)
        return list(back)
    fresh = column(
        db,
        f"SELECT id FROM images WHERE {IN_CHOSEN} AND EXISTS (SELECT 1 FROM collections WHERE id = ?)"
        " AND NOT EXISTS (SELECT 1 FROM collection_images WHERE collection_id = ? AND image_id = images.id)",
        (chosen, number, number),
    )
    if not fresh:
        return []
    db.executemany(
        "INSERT INTO collection_images (collection_id, image_id, added_at) VALUES (?, ?, ?)",
        [(number, image_id, step.added_at) for image_id in fresh],
    )
    tell_membership(change, number, fresh, added_at=step.added_at)
    return [MemberStep(number, tuple(fresh), None)]


def _members(db: apsw.Connection, collection_id: int, chosen: str | None = None) -> list[MemberStep]:
    """Who is in a collection (of those chosen), as steps that put them there with their times."""
    among = "" if chosen is None else " AND image_id IN (SELECT value FROM json_each(?))"
    values = (collection_id,) if chosen is None else (collection_id, chosen)
    sql = "SELECT added_at, json_group_array(image_id) FROM collection_images WHERE collection_id = ?"
    found = rows(db, f"{sql}{among} GROUP BY added_at", values)
    return [MemberStep(collection_id, tuple(json.loads(listed)), added_at) for added_at, listed in found]


def _collection(change: Transaction, step: CollectionStep) -> list[Step]:
    db, number = change.db, step.collection_id
    known = row(db, "SELECT name, created_at FROM collections WHERE id = ?", (number,))
    back: list[Step] = []
    if step.name is None:
        if known is not None:
            back = [CollectionStep(number, *known), *_members(db, number)]
            db.execute("DELETE FROM collections WHERE id = ?", (number,))
    elif known is None or known[0] != step.name:
        try:
            db.execute(
                "INSERT INTO collections (id, name, created_at) VALUES (?, ?, ?)"
                " ON CONFLICT (id) DO UPDATE SET name = excluded.name",
                (number, step.name, step.created_at),
            )
        except apsw.ConstraintError as error:
            raise ValueError(f"there is a collection {step.name!r} already") from error
        back = [CollectionStep(number, None if known is None else known[0], step.created_at)]
    if back:
        tell_row(change, "collection", number)
    return back
