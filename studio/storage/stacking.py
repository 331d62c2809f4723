"""Near-duplicates as stacks: a list of images in which each stack has one place."""

from __future__ import annotations

import asyncio
from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from time import monotonic

import apsw

from studio.storage.database import Database, column, number
from studio.storage.grouping import GroupCount
from studio.storage.similar import (
    NEAR_DUPLICATE_BITS,
    AlikeSearch,
    files_like,
    look_of_file,
    looks_of_files,
)

Told = Callable[[int, int], None]
"""How many files were compared, and how many there are; called on the studio's loop."""

_SLICE_S = 0.001
"""Longer than this Python's lock is not held in one go: the window wants it too."""
_TOLD_EVERY_S = 0.1
_ONE_BY_ONE_MOST = 200
_ROWS_PER_STEP = 400


@dataclass(frozen=True, slots=True)
class StackedIds:
    """All images of a query in its order, those of a stack in one place."""

    ids: array[int]
    """64 bits each: the first image of each stack, and every image that is in none."""
    stacks: Mapping[int, tuple[int, ...]]
    """All images of a stack in their order, by the first of them; two at least."""
    groups: tuple[GroupCount, ...]
    """Empty when the query has no groups. Nothing is stacked across groups."""
    images_count: int
    """Those in stacks too."""


class Likeness:
    """Which files of the library are near-duplicates of each other. Found once, then kept up to date.

    For one running loop at a time. Work goes on where a cancelled waiter left it."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._roots: dict[int, int] = {}
        self._next_root = 0
        self._seen: set[int] = set()
        self._sign = (0, 0)
        self._search: AlikeSearch | None = None
        self._steps: Iterator[int] = iter(())
        self._found_sign = (0, 0)

    async def roots(self, told: Told) -> Mapping[int, int]:
        """A number for each file that has a near-duplicate, equal for those that are alike."""
        while True:
            sign = await self._database.read(_sign_of_looks)
            if sign == self._sign and self._search is None:
                return self._roots
            if self._search is None:
                await self._begin(sign)
            await self._go_on(told)

    async def _begin(self, sign: tuple[int, int]) -> None:
        """Files that are new are looked up one by one; when there are many, all are compared again."""
        known = await self._database.read(lambda db: column(db, "SELECT DISTINCT file_id FROM look_parts"))
        new = [file_id for file_id in known if file_id not in self._seen]
        if self._seen and len(new) <= _ONE_BY_ONE_MOST:
            for file_id in new:
                await self._add(file_id)
            self._seen, self._sign = set(known), sign
            return
        looks = await self._database.read(looks_of_files)
        self._search = AlikeSearch(looks, NEAR_DUPLICATE_BITS)
        self._steps, self._found_sign = self._search.steps(), sign
        self._seen = {one for one, _, _ in looks}

    async def _add(self, file_id: int) -> None:
        def work(db: apsw.Connection) -> list[int]:
            look = look_of_file(db, file_id)
            return files_like(db, look, NEAR_DUPLICATE_BITS) if look is not None else []

        alike = {file_id, *await self._database.read(work)}
        if len(alike) < 2:
            return
        roots = {self._roots[one] for one in alike if one in self._roots}
        root = min(roots, default=self._next_root)
        self._next_root += 1
        if len(roots) > 1:  # the new one joins what was apart
            self._roots = {one: root if mine in roots else mine for one, mine in self._roots.items()}
        self._roots |= dict.fromkeys(alike, root)

    async def _go_on(self, told: Told) -> None:
        search = self._search
        if search is None:
            return
        done, begun = 0, monotonic()
        told_at = begun
        for step in self._steps:
            done = max(done, step)
            if monotonic() - begun > _SLICE_S:
                if begun - told_at > _TOLD_EVERY_S:
                    told(done, search.count)
                    told_at = begun
                await asyncio.sleep(_SLICE_S)
                begun = monotonic()
        if self._search is search:
            self._roots = {one: number for number, group in enumerate(search.groups) for one in group}
            self._next_root = len(search.groups)
            self._sign, self._search = self._found_sign, None


def _sign_of_looks(db: apsw.Connection) -> tuple[int, int]:
    """Changes when files were looked at or went."""
    return (
        number(db, "SELECT count(*) FROM look_parts"),
        number(db, "SELECT coalesce(max(file_id), 0) FROM look_parts"),
    )


async def stack(rows: list[tuple[int, int, int | str]], roots: Mapping[int, int], *, grouped: bool) -> StackedIds:
    """`rows` are image, file and group in the order of the list."""
    ids: array[int] = array("q")
    firsts: dict[tuple[int, int | str], int] = {}
    stacks: dict[int, list[int]] = {}
    places: dict[int | str, int] = {}
    images: dict[int | str, int] = {}
    begun = monotonic()
    for begin in range(0, len(rows), _ROWS_PER_STEP):
        for image_id, file_id, group in rows[begin : begin + _ROWS_PER_STEP]:
            images[group] = images.get(group, 0) + 1
            # Images of one file are alike whether its look is known or not; roots are never negative.
            first = firsts.setdefault((roots.get(file_id, -file_id), group), image_id)
            if first != image_id:
                stacks.setdefault(first, [first]).append(image_id)
                continue
            ids.append(image_id)
            places[group] = places.get(group, 0) + 1
        if monotonic() - begun > _SLICE_S:
            await asyncio.sleep(0)
            begun = monotonic()
    groups = tuple(GroupCount(key, count, images[key]) for key, count in places.items()) if grouped else ()
    return StackedIds(ids, {first: tuple(members) for first, members in stacks.items()}, groups, len(rows))
