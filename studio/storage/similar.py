"""Finding files that look alike."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import apsw

from studio.storage.database import rows
from studio.storage.looks import Colour, from_signed, near_parts
from studio.storage.query import LibraryQuery

COLOUR_PLAY = 4
"""Hundredths of Oklab by which average colours may differ between two encodings of one picture."""


@dataclass(frozen=True, slots=True)
class SeenLook:
    """How a file looks, as far as likeness goes."""

    id: int
    hash: int
    colour: Colour

    def difference(self, other: SeenLook) -> float:
        """Bits of light and shade, or hundredths of colour beyond what an encoder does, whatever is more."""
        bits = (self.hash ^ other.hash).bit_count()
        return max(bits, self.colour.distance(other.colour) - COLOUR_PLAY)


def near_files(db: apsw.Connection, query: LibraryQuery) -> list[int] | None:
    """Files that look like `query.similar_to`, the closest first; None when the query does not ask for that."""
    if query.similar_to is None:
        return None
    looks = looks_of_images(db, [query.similar_to])
    if not looks:
        return []
    return files_like(db, looks[0], query.similar_within)


def looks_of_images(db: apsw.Connection, image_ids: Sequence[int]) -> list[SeenLook]:
    """With the numbers of the images, in their order; images nobody has looked at yet are left out."""
    sql = (
        "SELECT i.id, f.look_hash, f.look_colour FROM json_each(?) AS asked"
        " CROSS JOIN images AS i ON i.id = asked.value CROSS JOIN files AS f ON f.id = i.file_id"
        " WHERE f.look_hash IS NOT NULL ORDER BY asked.key"
    )
    return [_seen(*found) for found in rows(db, sql, (json.dumps(list(image_ids)),))]


def _seen(one: int, look_hash: int, colour: int) -> SeenLook:
    return SeenLook(one, from_signed(look_hash), Colour.unpacked(colour))


def files_like(db: apsw.Connection, look: SeenLook, within_bits: int) -> list[int]:
    """Exact: a file is missed by no shortcut. Some hundred look-ups, whatever the size of the library."""
    keys = json.dumps(near_parts(look.hash, within_bits))
    candidates = rows(
        db,
        "SELECT DISTINCT f.id, f.look_hash, f.look_colour FROM json_each(?) AS k"
        " CROSS JOIN look_parts AS p ON p.part = k.value CROSS JOIN files AS f ON f.id = p.file_id",
        (keys,),
    )
    seen = [_seen(*found) for found in candidates]
    near = sorted((look.difference(one), one.id) for one in seen)
    return [file_id for difference, file_id in near if difference <= within_bits]


def groups_of_alike(looks: Sequence[SeenLook], within_bits: int) -> list[list[int]]:
    """Group by likeness: who is within `within_bits` of a member belongs to its group. No groups of one.

    Order inside and among groups is that of the input."""
    filed: dict[int, list[int]] = {}
    parent = list(range(len(looks)))

    def root(place: int) -> int:
        while parent[place] != place:
            parent[place] = place = parent[parent[place]]
        return place

    for place, look in enumerate(looks):
        candidates = {other for part in near_parts(look.hash, within_bits) for other in filed.get(part, ())}
        for other in candidates:
            if look.difference(looks[other]) <= within_bits:
                parent[root(place)] = root(other)
        for part in near_parts(look.hash, 0):
            filed.setdefault(part, []).append(place)
    groups: dict[int, list[int]] = {}
    for place, look in enumerate(looks):
        groups.setdefault(root(place), []).append(look.id)
    return [group for group in groups.values() if len(group) > 1]
