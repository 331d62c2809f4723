"""Finding files that look alike."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise, product

import apsw

from studio.storage.database import row, rows
from studio.storage.looks import HASH_BITS, Colour, from_signed, near_parts
from studio.storage.query import LibraryQuery

COLOUR_PLAY = 4
"""Hundredths of Oklab by which average colours may differ between two encodings of one picture."""

NEAR_DUPLICATE_BITS = 5
"""Bits of 64, and hundredths of colour, up to which two pictures count as near-duplicates."""

_STEP = 64


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
    """Files that look as `query.similar_to` or `like` ask, the closest first; None when it asks for neither."""
    if query.similar_to is None:
        if query.like is None:
            return None
        seen = SeenLook(0, query.like.hash, Colour.unpacked(query.like.colour))
        return files_like(db, seen, query.similar_within)
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


def looks_of_files(db: apsw.Connection) -> list[tuple[int, int, int]]:
    """All files that somebody has looked at: number, hash, packed colour."""
    sql = "SELECT id, look_hash, look_colour FROM files WHERE look_hash IS NOT NULL ORDER BY id"
    return [(one, from_signed(look_hash), colour) for one, look_hash, colour in db.execute(sql)]


def look_of_file(db: apsw.Connection, file_id: int) -> SeenLook | None:
    """None for a file that nobody has looked at yet."""
    sql = "SELECT id, look_hash, look_colour FROM files WHERE look_hash IS NOT NULL AND id = ?"
    found = row(db, sql, (file_id,))
    return _seen(*found) if found is not None else None


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
    search = AlikeSearch([(look.id, look.hash, look.colour.packed) for look in looks], within_bits)
    for _ in search.steps():
        pass
    return search.groups


class AlikeSearch:
    """The same for a whole library, in steps of a fraction of a millisecond.

    Looks are a number, a hash and a packed colour. Those that are equal count as one. Hashes within some bits of each
    other are equal in at least two of as many parts and two more, so they meet under one pair of parts: nobody is
    missed, and nobody is compared with the whole library."""

    def __init__(self, looks: Sequence[tuple[int, int, int]], within_bits: int) -> None:
        self.count = len(looks)
        self.groups: list[list[int]] = []
        """What was found, once `steps` has ended."""
        self._given, self._within_bits = looks, within_bits
        self._looks: list[tuple[int, int]] = []
        self._parent: list[int] = []

    def steps(self) -> Iterator[int]:
        """Go through the search, yielding how many looks' worth of work are done; it is done when this ends."""
        kinds: dict[tuple[int, int], int] = {}
        kind_of: list[int] = []
        by_hash: dict[int, list[int]] = {}
        for place, (_, look_hash, colour) in enumerate(self._given):
            kind = kinds.setdefault((look_hash, colour), len(kinds))
            kind_of.append(kind)
            if kind == len(self._parent):
                self._looks.append((look_hash, colour))
                self._parent.append(kind)
                by_hash.setdefault(look_hash, []).append(kind)
            if not place % _STEP:
                yield 0
        for number, same in enumerate(by_hash.values()):
            yield from self._join_colours(same)
            if not number % _STEP:
                yield 0
        yield from self._meet(by_hash)
        groups: dict[int, list[int]] = {}
        for place, ((one, _, _), kind) in enumerate(zip(self._given, kind_of, strict=True)):
            groups.setdefault(self._root(kind), []).append(one)
            if not place % _STEP:
                yield self.count
        self.groups = [group for group in groups.values() if len(group) > 1]

    def _meet(self, by_hash: dict[int, list[int]]) -> Iterator[int]:
        masks = _masks(self._within_bits)
        for number, mask in enumerate(masks):
            filed: dict[int, int] = {}
            crowded: dict[int, list[int]] = {}
            for place, (look_hash, kinds) in enumerate(by_hash.items()):
                if not place % _STEP:
                    yield (number * len(by_hash) + place) * self.count // (len(masks) * len(by_hash))
                first = filed.setdefault(look_hash & mask, look_hash)
                if first == look_hash:
                    continue
                others = crowded.setdefault(look_hash & mask, [first])
                for other in others:
                    if (look_hash ^ other).bit_count() <= self._within_bits:
                        yield from self._join(kinds, by_hash[other])
                others.append(look_hash)

    def _join_colours(self, kinds: Sequence[int]) -> Iterator[int]:
        """Kinds of one hash: empty pictures may have it by the thousand, then only near colours are compared."""
        if len(kinds) == 1:
            return
        many = len(kinds) > _STEP
        cells: dict[int, list[int]] = {}
        for kind in kinds:
            colour = Colour.unpacked(self._looks[kind][1])
            for cell in colour.near_cells(self._within_bits + COLOUR_PLAY) if many else [0]:
                yield from self._join([kind], cells.get(cell, []))
            cells.setdefault(colour.cell if many else 0, []).append(kind)
            if many:
                yield 0

    def _join(self, kinds: Sequence[int], others: Sequence[int]) -> Iterator[int]:
        for number, (kind, other) in enumerate(product(kinds, others)):
            mine, theirs = self._root(kind), self._root(other)
            if mine != theirs and self._alike(kind, other):
                self._parent[mine] = theirs
            if number % _STEP == _STEP - 1:
                yield 0

    def _alike(self, kind: int, other: int) -> bool:
        mine, theirs = (
            SeenLook(one, self._looks[one][0], Colour.unpacked(self._looks[one][1])) for one in (kind, other)
        )
        return mine.difference(theirs) <= self._within_bits

    def _root(self, kind: int) -> int:
        parent = self._parent
        while parent[kind] != kind:
            parent[kind] = kind = parent[parent[kind]]
        return kind


def _masks(within_bits: int) -> list[int]:
    """Every pair out of two parts more than there are bits that may differ."""
    parts = within_bits + 2
    edges = [HASH_BITS * place // parts for place in range(parts + 1)]
    spans = [(1 << last) - (1 << first) for first, last in pairwise(edges)]
    return [one | other for one, other in combinations(spans, 2)]
