"""What a user changed in the library, as steps that take it back: the other half of every change `organiser` makes.

A step that takes back knows what it replaces, and leaves alone what is no longer that: it never overwrites what another
window, the command line or a later change has made of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
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
    replacing: tuple[int | None] | None = None
    """The one value that is replaced; None: any."""


@dataclass(frozen=True, slots=True)
class NoteStep:
    image_id: int
    note: str
    replacing: str | None = None


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
    replacing: tuple[str | None] | None = None
    """The one name that is replaced (None: there is no such collection); without it any."""


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


Reason = Literal["changed", "taken", "gone"]
"""Why a collection is left alone: it has another name or more images, another one has the name, it was removed."""


@dataclass(slots=True)
class LeftAlone:
    """What steps did not touch, because it is no longer what they replace."""

    image_ids: set[int] = field(default_factory=set)
    collections: dict[int, Reason] = field(default_factory=dict)
    """By number, the first reason of each."""

    def leave(self, collection_id: int, reason: Reason) -> None:
        self.collections.setdefault(collection_id, reason)


def carry_out(change: Transaction, steps: Iterable[Step], left: LeftAlone | None = None) -> LibraryChange:
    """Take the steps in their order; images that are gone are passed over. Gives the way back.

    `left` is told what is no longer what a step replaces. Without it ValueError is raised when another collection has
    the name that one is to get."""
    taken = _Taken(change, left or LeftAlone(), tells=left is not None)
    back: tuple[Step, ...] = ()
    retagged: dict[int, None] = {}
    for step in steps:
        inverse = taken.take(step)
        for one in inverse:
            if isinstance(one, TagStep):
                retagged |= dict.fromkeys(one.image_ids)
        back = (*inverse, *back)
    if retagged:
        _tell_tags(change, _listed(retagged))
    return LibraryChange(back)


@dataclass(frozen=True, slots=True)
class _Taken:
    """Steps on their way into the database."""

    change: Transaction
    left: LeftAlone
    tells: bool

    def take(self, step: Step) -> Sequence[Step]:
        match step:
            case MarkStep():
                return _mark(self.change, step, self.left)
            case NoteStep():
                return _note(self.change, step, self.left)
            case TagStep():
                return _tag(self.change.db, step)
            case MemberStep():
                return _member(self.change, step, self.left)
            case CollectionStep():
                return _collection(self.change, step, self.left, tells=self.tells)


def next_collection_id(db: apsw.Connection) -> int:
    """A number that no collection has or had."""
    last = row(db, "SELECT seq FROM sqlite_sequence WHERE name = 'collections'")
    return (int(last[0]) if last else 0) + 1


def _listed(image_ids: Iterable[int]) -> str:
    return json.dumps(list(image_ids))


def _mark(change: Transaction, step: MarkStep, left: LeftAlone) -> list[Step]:
    chosen = _listed(step.image_ids)
    sql = f"SELECT {step.name}, json_group_array(id) FROM images WHERE {IN_CHOSEN} AND {step.name} IS NOT ?"
    found = rows(change.db, f"{sql} GROUP BY {step.name}", (chosen, step.value))
    before = [(value, listed) for value, listed in found if step.replacing in (None, (value,))]
    left.image_ids.update(one for pair in found if pair not in before for one in json.loads(pair[1]))
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
    return [MarkStep(step.name, value, tuple(json.loads(listed)), (step.value,)) for value, listed in before]


def _note(change: Transaction, step: NoteStep, left: LeftAlone) -> list[Step]:
    sql = "SELECT i.run_id, w.note FROM images AS i JOIN image_words AS w ON w.image_id = i.id WHERE i.id = ?"
    known = row(change.db, sql, (step.image_id,))
    if known is None or known[1] == step.note:
        return []
    if step.replacing not in (None, known[1]):
        left.image_ids.add(step.image_id)
        return []
    change.db.execute("UPDATE image_words SET note = ? WHERE image_id = ?", (step.note, step.image_id))
    index_image(change.db, step.image_id)
    change.record(known[0], {"kind": "mark", "image": step.image_id, "note": step.note})
    return [NoteStep(step.image_id, known[1], step.note)]


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


def _member(change: Transaction, step: MemberStep, left: LeftAlone) -> list[Step]:
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
    if _name_of(db, number) is None:
        left.leave(number, "gone")
        return []
    fresh = column(
        db,
        f"SELECT id FROM images WHERE {IN_CHOSEN}"
        " AND NOT EXISTS (SELECT 1 FROM collection_images WHERE collection_id = ? AND image_id = images.id)",
        (chosen, number),
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


def _collection(change: Transaction, step: CollectionStep, left: LeftAlone, *, tells: bool) -> list[Step]:
    db, number = change.db, step.collection_id
    before = _name_of(db, number)
    if before == step.name:
        return []
    reason = _against(db, step, before)
    if reason is not None:
        if reason == "taken" and not tells:
            raise ValueError(f"there is a collection {step.name!r} already")
        left.leave(number, reason)
        return []
    back: list[Step] = [CollectionStep(number, before, step.created_at, (step.name,))]
    if step.name is None:
        known = row(db, "SELECT created_at FROM collections WHERE id = ?", (number,))
        back = [CollectionStep(number, before, known[0] if known else 0, (None,)), *_members(db, number)]
        db.execute("DELETE FROM collections WHERE id = ?", (number,))
    else:
        db.execute(
            "INSERT INTO collections (id, name, created_at) VALUES (?, ?, ?)"
            " ON CONFLICT (id) DO UPDATE SET name = excluded.name",
            (number, step.name, step.created_at),
        )
    tell_row(change, "collection", number)
    return back


def _against(db: apsw.Connection, step: CollectionStep, before: str | None) -> Reason | None:
    """Why a collection must stay as it is."""
    number = step.collection_id
    if step.replacing not in (None, (before,)):
        return "gone" if before is None else "changed"
    if step.name is None:
        # Whoever has put images into it since would lose that.
        return "changed" if step.replacing is not None and _members(db, number) else None
    taken = row(db, "SELECT 1 FROM collections WHERE name = ? AND id <> ?", (step.name, number))
    return "taken" if taken else None


def _name_of(db: apsw.Connection, collection_id: int) -> str | None:
    known = row(db, "SELECT name FROM collections WHERE id = ?", (collection_id,))
    return None if known is None else str(known[0])
