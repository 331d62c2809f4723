"""What belongs to the workspace as a whole, kept as lines: collections, snippets, votes, sweeps, forgotten prompts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import apsw

from studio.storage.database import Transaction, rows
from studio.storage.journal import forget_prompt
from studio.storage.records import WORKSPACE_RECORD

_COLUMNS = {
    "collection": ("collections", ("id", "name", "created_at")),
    "phrase": ("phrases", ("id", "kind", "name", "text", "changed_at")),
    "sweep": ("sweeps", ("id", "created_at", "state", "reason", "value")),
    "vote": ("votes", ("id", "cast_at", "brief", "left_image_id", "right_image_id", "outcome", "reasons")),
}


def tell_row(change: Transaction, thing: str, row_id: int) -> None:
    """Keep a row of a collection, phrase, sweep or vote as it stands; one that is gone is told as gone."""
    table, names = _COLUMNS[thing]
    found = rows(change.db, f"SELECT {', '.join(names)} FROM {table} WHERE id = ?", (row_id,))
    value = dict(zip(names, found[0], strict=True)) if found else None
    change.record(WORKSPACE_RECORD, {"kind": thing, "id": row_id, "value": value})


def tell_membership(change: Transaction, collection_id: int, image_ids: Iterable[int], *, added_at: int | None) -> None:
    """Images that came into a collection, or (None) left it."""
    line = {"kind": "membership", "id": collection_id, "images": list(image_ids), "added_at": added_at}
    change.record(WORKSPACE_RECORD, line)


def tell_forgotten(change: Transaction, digest: bytes, *, at: int) -> None:
    """A prompt that was taken out of the history; the line does not hold its text."""
    change.record(WORKSPACE_RECORD, {"kind": "forgotten", "digest": digest.hex(), "at": at})


def tell_sweep_state(change: Transaction, sweep_id: int, state: str, reason: str) -> None:
    """Without the plan, which may be long and never changes."""
    change.record(WORKSPACE_RECORD, {"kind": "sweep state", "id": sweep_id, "state": state, "reason": reason})


def restore_workspace_lines(db: apsw.Connection, lines: Iterable[dict[str, Any]]) -> None:
    """Play the lines into an empty database; those that make no sense (any more) are left out."""
    for line in lines:
        try:
            _restore(db, line)
        except (apsw.ConstraintError, apsw.MismatchError, LookupError, TypeError, ValueError):
            continue


def _restore(db: apsw.Connection, line: dict[str, Any]) -> None:
    if line["kind"] == "membership":
        for image_id in line["images"]:
            if line["added_at"] is None:
                db.execute(
                    "DELETE FROM collection_images WHERE collection_id = ? AND image_id = ?", (line["id"], image_id)
                )
            else:
                db.execute(
                    "INSERT OR IGNORE INTO collection_images (collection_id, image_id, added_at)"
                    " SELECT ?, id, ? FROM images WHERE id = ?",
                    (line["id"], line["added_at"], image_id),
                )
        return
    if line["kind"] == "forgotten":
        forget_prompt(db, bytes.fromhex(line["digest"]), int(line["at"]))
        return
    if line["kind"] == "sweep state":
        db.execute("UPDATE sweeps SET state = ?, reason = ? WHERE id = ?", (line["state"], line["reason"], line["id"]))
        return
    table, names = _COLUMNS[line["kind"]]
    value = line["value"]
    if value is None:
        db.execute(f"DELETE FROM {table} WHERE id = ?", (line["id"],))
        return
    if line["kind"] == "vote":
        value = {"reasons": "", **value}  # votes were kept without reasons at first
    updates = ", ".join(f"{name} = excluded.{name}" for name in names)
    db.execute(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' for _ in names)})"
        f" ON CONFLICT (id) DO UPDATE SET {updates}",
        tuple(value[name] for name in names),
    )
