"""The looks of files in the database."""

from __future__ import annotations

import apsw

from studio.domain.values import BlobHash
from studio.storage.looks import Look, hash_parts, to_signed


def keep_look(db: apsw.Connection, blob: BlobHash, look: Look) -> None:
    """Note how the files with these bytes look, in place of what was noted before."""
    for (file_id,) in db.execute("SELECT id FROM files WHERE blob = ?", (blob,)).fetchall():
        db.execute("DELETE FROM file_colours WHERE file_id = ?", (file_id,))
        db.execute("DELETE FROM look_parts WHERE file_id = ?", (file_id,))
        db.execute(
            "UPDATE files SET look_hash = ?, look_colour = ?, look_state = 1 WHERE id = ?",
            (to_signed(look.hash), look.average.packed, file_id),
        )
        db.executemany(
            "INSERT INTO look_parts (part, file_id) VALUES (?, ?)", [(part, file_id) for part in hash_parts(look.hash)]
        )
        db.executemany(
            "INSERT INTO file_colours (cell, file_id, place, share, lightness, green_red, blue_yellow)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (one.cell, file_id, place, one.share, one.lightness, one.green_red, one.blue_yellow)
                for place, one in enumerate(look.colours)
            ],
        )


def keep_no_look(db: apsw.Connection, blob: BlobHash) -> None:
    """These bytes cannot be decoded: do not try again at each start."""
    db.execute("UPDATE files SET look_state = 2 WHERE blob = ?", (blob,))
