"""Finding files that look alike."""

from __future__ import annotations

import json
from collections.abc import Sequence

import apsw

from studio.storage.looks import from_signed, near_parts
from studio.storage.query import LibraryQuery


def near_files(db: apsw.Connection, query: LibraryQuery) -> list[int] | None:
    """Files that look like `query.similar_to`, the closest first; None when the query does not ask for that."""
    if query.similar_to is None:
        return None
    row = db.execute(
        "SELECT f.look_hash FROM images AS i JOIN files AS f ON f.id = i.file_id WHERE i.id = ?", (query.similar_to,)
    ).fetchone()
    if row is None or row[0] is None:
        return []
    return files_like(db, from_signed(row[0]), query.similar_within)


def files_like(db: apsw.Connection, look_hash: int, within_bits: int) -> list[int]:
    """Exact: a file is missed by no shortcut. Some hundred look-ups, whatever the size of the library."""
    keys = json.dumps(near_parts(look_hash, within_bits))
    candidates = db.execute(
        "SELECT DISTINCT f.id, f.look_hash FROM json_each(?) AS k CROSS JOIN look_parts AS p ON p.part = k.value"
        " CROSS JOIN files AS f ON f.id = p.file_id",
        (keys,),
    )
    distances = [((from_signed(found) ^ look_hash).bit_count(), file_id) for file_id, found in candidates]
    return [file_id for distance, file_id in sorted(distances) if distance <= within_bits]


def groups_of_alike(hashes: Sequence[tuple[int, int]], within_bits: int) -> list[list[int]]:
    """Group ids by their look: who is within `within_bits` of a member belongs to its group. No groups of one.

    `hashes` are pairs of id and hash; order inside and among groups is that of the input."""
    filed: dict[int, list[int]] = {}
    parent = list(range(len(hashes)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = place = parent[parent[place]]
        return place

    for place, (_, look_hash) in enumerate(hashes):
        seen: set[int] = set()
        for part in near_parts(look_hash, within_bits):
            for other in filed.get(part, ()):
                if other not in seen and (hashes[other][1] ^ look_hash).bit_count() <= within_bits:
                    seen.add(other)
                    parent[root(place)] = root(other)
        for part in near_parts(look_hash, 0):
            filed.setdefault(part, []).append(place)
    groups: dict[int, list[int]] = {}
    for place, (one, _) in enumerate(hashes):
        groups.setdefault(root(place), []).append(one)
    return [group for group in groups.values() if len(group) > 1]
