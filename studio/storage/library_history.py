"""What was changed in the library, newest last, kept in the workspace: taken back step by step, also after a restart.

Each window walks its own changes. Those of windows that have ended, or were killed, are taken over by the next one that
starts. A rebuilt database begins without a history."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Literal, get_args

import apsw
from pydantic import TypeAdapter, ValidationError

from studio.domain.ports import Clock
from studio.storage.changes import (
    IN_CHOSEN,
    CollectionStep,
    LeftAlone,
    LibraryChange,
    MarkStep,
    MemberStep,
    NoteStep,
    Reason,
    Step,
    TagStep,
    carry_out,
)
from studio.storage.database import Database, Transaction, column, row, rows
from studio.storage.lease import Lease
from studio.storage.moments import from_stored, to_stored

STEPS_MOST = 100
"""Of each window, back and forth."""

KEPT_MAX_BYTES = 16_000_000
"""A change of 100 000 images takes about 1.3 MB. The newest change is kept however large it is."""

DeedKind = Literal[
    "rated", "rejected", "accepted", "noted", "tagged", "binned", "restored", "marked",
    "collected", "uncollected", "made", "renamed", "removed",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deed:
    """What was done, as values, so that any language can tell it."""

    kind: DeedKind
    count: int = 0
    """Of the images that were meant."""
    name: str = ""
    """Of the collection, as it was before."""
    new_name: str = ""
    joins: str = ""
    """No step of its own after one of that name, which it carries on (typing)."""


@dataclass(frozen=True, slots=True)
class Walked:
    """A step that was taken back or done again."""

    deed: Deed
    made_at: datetime
    taken_over: bool
    """It was made before this window began."""
    change: LibraryChange
    """What became of it; empty when nothing could be changed."""
    newer_count: int = 0
    """Images that were changed since, so they stay as they are."""
    gone_count: int = 0
    """Images that are gone for good."""
    collections: tuple[Reason, ...] = field(default=())
    """Why collections stay as they are."""

    @property
    def left_alone(self) -> bool:
        """Is there anything that could not be changed?"""
        return bool(self.newer_count or self.gone_count or self.collections)


@dataclass(frozen=True, slots=True)
class KeptStep:
    """A step that can be walked, as it is listed."""

    deed: Deed
    made_at: datetime
    is_elsewhere: bool
    """It belongs to another window or command that is running now."""


class LibraryHistory:
    """The way back and forth of one window or command. Raises what `Database.write` raises."""

    def __init__(self, database: Database, lease: Lease, clock: Clock) -> None:
        self._database, self._lease, self._clock = database, lease, clock

    async def take_over(self) -> None:
        """Go on where those have ended that are no longer there."""
        owner = self._lease.owner

        def work(change: Transaction) -> None:
            others = column(change.db, "SELECT DISTINCT owner FROM library_history WHERE owner <> ?", (owner,))
            for other in others:
                if not self._lease.is_alive(other):
                    change.db.execute(
                        "UPDATE library_history SET owner = ?, joins = '', taken_over = 1 WHERE owner = ?",
                        (owner, other),
                    )
            for line in ("done", "undone"):
                _trim(change.db, owner, line)

        await self._database.write(work)

    async def steps(self, *, undone: bool = False) -> tuple[KeptStep, ...]:
        """What can be taken back or, with `undone`, done again: of everybody, the newest first. Changes nothing."""
        sql = "SELECT deed, made_at, owner FROM library_history WHERE line = ? ORDER BY id DESC"
        found = await self._database.read(lambda db: rows(db, sql, ("undone" if undone else "done",)))
        elsewhere = {owner: self._is_elsewhere(owner) for owner in {one[2] for one in found}}
        read = ((_read_deed(text), made_at, elsewhere[owner]) for text, made_at, owner in found)
        return tuple(KeptStep(deed, from_stored(made_at), away) for deed, made_at, away in read if deed is not None)

    def _is_elsewhere(self, owner: str) -> bool:
        return owner != self._lease.owner and self._lease.is_alive(owner)

    async def undo(self) -> Walked | None:
        """Take the last change back; None when there is none. What others have changed since is left alone."""
        return await self._database.write(lambda change: _walk(change, self._lease.owner, "done", "undone"))

    async def redo(self) -> Walked | None:
        """Make the change again that was taken back last; None when there is none."""
        return await self._database.write(lambda change: _walk(change, self._lease.owner, "undone", "done"))


def remember(change: Transaction, owner: str, deed: Deed, back: LibraryChange, now: datetime) -> None:
    """Keep the way back of a change, in the transaction that makes it. What was undone cannot be redone any more."""
    if not back:
        return
    db = change.db
    db.execute(f"DELETE {_OF_LINE}", (owner, "undone"))
    last = row(db, f"SELECT id, joins, steps {_OF_LINE} ORDER BY id DESC LIMIT 1", (owner, "done"))
    if last is not None and deed.joins and last[1] == deed.joins:
        whole = _joined(_read_steps(last[2]), back.steps)
        if whole is not None:
            text = _written_steps(whole)
            db.execute("UPDATE library_history SET steps = ?, size_bytes = ? WHERE id = ?", (text, len(text), last[0]))
            return
    _add(db, owner, "done", deed, back.steps, made_at=to_stored(now), taken_over=False)
    _trim(db, owner, "done")


_OF_LINE = "FROM library_history WHERE owner = ? AND line = ?"

_Line = Literal["done", "undone"]


def _walk(change: Transaction, owner: str, here: _Line, there: _Line) -> Walked | None:
    db = change.db
    sql = f"SELECT id, deed, steps, made_at, taken_over {_OF_LINE} ORDER BY id DESC LIMIT 1"
    while (last := row(db, sql, (owner, here))) is not None:
        db.execute("DELETE FROM library_history WHERE id = ?", (last[0],))
        deed, steps = _read_deed(last[1]), _read_steps(last[2])
        if deed is None or not steps:
            continue  # not written by us, or cut short: nothing can be done with it
        left = LeftAlone()
        back = carry_out(change, steps, left)
        if back:
            _add(db, owner, there, deed, back.steps, made_at=last[3], taken_over=bool(last[4]))
        return Walked(
            deed=deed,
            made_at=from_stored(last[3]),
            taken_over=bool(last[4]),
            change=back,
            newer_count=len(left.image_ids),
            gone_count=_count_gone(db, steps),
            collections=tuple(left.collections.values()),
        )
    return None


def _count_gone(db: apsw.Connection, steps: tuple[Step, ...]) -> int:
    wanted = LibraryChange(steps).image_ids
    there = row(db, f"SELECT count(*) FROM images WHERE {IN_CHOSEN}", (json.dumps(list(wanted)),))
    return len(wanted) - (int(there[0]) if there else 0)


def _add(
    db: apsw.Connection,
    owner: str,
    line: _Line,
    deed: Deed,
    steps: Sequence[Step],
    *,
    made_at: int,
    taken_over: bool,
) -> None:
    text = _written_steps(steps)
    db.execute(
        "INSERT INTO library_history (owner, line, made_at, deed, joins, steps, size_bytes, taken_over)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (owner, line, made_at, json.dumps(asdict(deed)), deed.joins, text, len(text), taken_over),
    )


def _trim(db: apsw.Connection, owner: str, line: _Line) -> None:
    """The oldest go; the newest stays."""
    db.execute(
        "DELETE FROM library_history WHERE id IN ("
        " SELECT id FROM (SELECT id, row_number() OVER newest AS place, sum(size_bytes) OVER newest AS bytes"
        f" {_OF_LINE} WINDOW newest AS (ORDER BY id DESC)) WHERE place > ? OR (bytes > ? AND place > 1))",
        (owner, line, STEPS_MOST, KEPT_MAX_BYTES),
    )


def _joined(before: tuple[Step, ...], after: tuple[Step, ...]) -> tuple[Step, ...] | None:
    """One way back for two changes of a note, of which the second went on from the first."""
    match before, after:
        case (NoteStep() as first,), (NoteStep() as second,):
            if first.image_id == second.image_id and second.note == first.replacing:
                return (NoteStep(first.image_id, first.note, second.replacing),)
    return None


_STEPS: dict[str, TypeAdapter[Step]] = {}


def _adapters() -> dict[str, TypeAdapter[Step]]:
    """What reads steps of a database that anybody may have written: only what we know, of the right types."""
    if not _STEPS:
        for one in (MarkStep, NoteStep, TagStep, MemberStep, CollectionStep):
            _STEPS[one.__name__] = TypeAdapter(one)
    return _STEPS


def _written_steps(steps: Sequence[Step]) -> str:
    return json.dumps([[type(step).__name__, asdict(step)] for step in steps], separators=(",", ":"))


def _read_steps(text: str) -> tuple[Step, ...]:
    """Nothing when they cannot be read."""
    try:
        return tuple(_adapters()[name].validate_python(values) for name, values in json.loads(text))
    except (LookupError, TypeError, ValueError, ValidationError):
        return ()


def _read_deed(text: str) -> Deed | None:
    try:
        deed = Deed(**json.loads(text))
    except (TypeError, ValueError):
        return None
    return deed if deed.kind in get_args(DeedKind) else None
