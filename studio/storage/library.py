"""Reading the library, always a window of it: no list is ever loaded whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import apsw

from studio.domain.jobs import ImageRecord, Run
from studio.domain.values import ImageId, RunId
from studio.storage.database import Database, column, number, row, rows
from studio.storage.exchange_rates import Rates
from studio.storage.grouping import GroupCount, group_column
from studio.storage.image_rows import images_of_runs, read_images
from studio.storage.journal import read_runs
from studio.storage.looks import Colour
from studio.storage.query import LibraryQuery, Selection
from studio.storage.run_query import RunSelection
from studio.storage.similar import NEAR_DUPLICATE_BITS, groups_of_alike, looks_of_images, near_files
from studio.storage.stacking import Likeness, StackedIds, Told, stack

EVERYTHING = LibraryQuery()

Facet = Literal["provider", "model", "tag", "size"]
_FACETS = {
    "provider": ("images AS i", "i.provider"),
    "model": ("images AS i", "i.model"),
    "tag": ("image_tags AS t JOIN images AS i ON i.id = t.image_id", "t.tag"),
    "size": ("images AS i", "i.width || 'x' || i.height"),
}


@dataclass(frozen=True, slots=True)
class RunPage:
    """A run with its jobs, and its images by job and position. Calls come without their exchange: see `Library.run`."""

    run: Run
    images: tuple[ImageRecord, ...]


class Library:
    """Images and runs as lists. Every method may be awaited on any loop and is cancelled with its waiter."""

    def __init__(self, database: Database, rates: Rates) -> None:
        self._database, self._rates = database, rates
        self._likeness = Likeness(database)

    async def count(self, query: LibraryQuery = EVERYTHING) -> int:
        def work(db: apsw.Connection) -> int:
            return number(db, *self._selection(db, query).count())

        return await self._database.read(work)

    async def ids(self, query: LibraryQuery = EVERYTHING, offset: int = 0, limit: int = 1000) -> list[ImageId]:
        """Numbers of the images at places `offset` to `offset + limit`, counted from 0."""
        return await self._database.read(lambda db: self._ids(db, query, offset, limit))

    async def page(self, query: LibraryQuery = EVERYTHING, offset: int = 0, limit: int = 100) -> list[ImageRecord]:
        return await self._database.read(lambda db: read_images(db, self._ids(db, query, offset, limit)))

    async def groups(self, query: LibraryQuery) -> list[GroupCount]:
        """The groups of `query.group` in their order; their counts add up to `count`."""

        def work(db: apsw.Connection) -> list[GroupCount]:
            return [GroupCount(*found) for found in db.execute(*self._selection(db, query).groups())]

        return await self._database.read(work)

    async def position_of(self, image_id: ImageId, query: LibraryQuery = EVERYTHING) -> int | None:
        """The place of an image in a list, from 0; None when the query does not have it."""

        def work(db: apsw.Connection) -> int | None:
            names = ("id", "rating", "provider", "model", "shelf")
            columns = f"i.id, i.rating, i.provider, i.model, {group_column(db, query.group) or '0'}"
            image = row(db, f"SELECT {columns} FROM images AS i WHERE i.id = ?", (image_id,))
            selection = self._selection(db, query)
            if image is None or not number(db, *selection.has(image_id)):
                return None
            if query.sort == "similarity":
                return self._ids(db, query, 0, -1).index(image_id)
            return number(db, *selection.before(dict(zip(names, image, strict=True))))

        return await self._database.read(work)

    async def image(self, image_id: ImageId) -> ImageRecord | None:
        found = await self.images([image_id])
        return found[0] if found else None

    async def images(self, image_ids: Sequence[ImageId]) -> list[ImageRecord]:
        """In the order asked for; unknown numbers are left out."""
        return await self._database.read(lambda db: read_images(db, image_ids))

    async def run(self, run_id: RunId) -> RunPage | None:
        """One run with everything, also what went over the wire."""

        def work(db: apsw.Connection) -> RunPage | None:
            runs = read_runs(db, [run_id], exchanges=True)
            return RunPage(runs[0], tuple(images_of_runs(db, [run_id]).get(run_id, ()))) if runs else None

        return await self._database.read(work)

    async def runs(self, query: LibraryQuery = EVERYTHING, offset: int = 0, limit: int = 20) -> list[RunPage]:
        """Newest first. A run is found by its request, its jobs or one of its images, and comes with all its images;
        asked for the trash, with those that are there."""

        def work(db: apsw.Connection) -> list[RunPage]:
            run_ids = column(db, *self._run_selection(db, query).ids(offset, limit))
            images = images_of_runs(db, run_ids, trashed=query.trashed)
            return [RunPage(run, tuple(images.get(run.id, ()))) for run in read_runs(db, run_ids, exchanges=False)]

        return await self._database.read(work)

    async def run_count(self, query: LibraryQuery = EVERYTHING) -> int:
        return await self._database.read(lambda db: number(db, *self._run_selection(db, query).count()))

    async def run_ids(self, query: LibraryQuery = EVERYTHING, offset: int = 0, limit: int = 1000) -> list[RunId]:
        def work(db: apsw.Connection) -> list[RunId]:
            return column(db, *self._run_selection(db, query).ids(offset, limit))

        return await self._database.read(work)

    async def run_position(self, run_id: RunId, query: LibraryQuery = EVERYTHING) -> int | None:
        """The place of a run in the list of `runs`, from 0; None when the query does not have it."""

        def work(db: apsw.Connection) -> int | None:
            selection = self._run_selection(db, query)
            if not number(db, *selection.has(run_id)):
                return None
            return number(db, *selection.before(run_id))

        return await self._database.read(work)

    async def facet(self, field: Facet, limit: int = 100) -> list[tuple[str, int]]:
        """The values that occur in a field, each with its number of images, the most frequent first."""
        table, name = _FACETS[field]
        sql = (
            f"SELECT {name}, count(*) FROM {table} WHERE i.trashed_at IS NULL AND i.whole_grid = 0"
            f" GROUP BY {name} ORDER BY 2 DESC, 1 LIMIT ?"
        )
        return await self._database.read(lambda db: [(str(value), count) for value, count in rows(db, sql, (limit,))])

    async def stacks(self, image_ids: Sequence[ImageId], within_bits: int = NEAR_DUPLICATE_BITS) -> list[list[ImageId]]:
        """Those of the given images that are near-duplicates of each other, grouped; order is that of the input."""

        looks = await self._database.read(lambda db: looks_of_images(db, image_ids))
        groups = await self._database.read(lambda _: groups_of_alike(looks, within_bits))
        return [[ImageId(one) for one in group] for group in groups]

    async def stacked(self, query: LibraryQuery, told: Told = lambda _done, _total: None) -> StackedIds:
        """All images of a query with near-duplicates in stacks.

        The first time every file is compared, which takes seconds in a large library: `told` hears how far it is."""
        roots = await self._likeness.roots(told)
        found = await self._database.read(lambda db: list(db.execute(*self._selection(db, query).files())))
        return await stack(found, roots, grouped=bool(query.group))

    async def colours(self, image_id: ImageId) -> list[tuple[str, int]]:
        """The main colours of an image as ``#rrggbb`` with their share in per cent, the most frequent first."""
        sql = (
            "SELECT c.lightness, c.green_red, c.blue_yellow, c.share FROM images AS i"
            " JOIN file_colours AS c ON c.file_id = i.file_id WHERE i.id = ? ORDER BY c.place"
        )
        found = await self._database.read(lambda db: rows(db, sql, (image_id,)))
        return [(Colour(*one).as_hex(), one[3]) for one in found]

    async def is_unseen(self, image_id: ImageId) -> bool:
        """Whether nobody has noted yet how this image looks: it came just now."""
        sql = (
            "SELECT 1 FROM images AS i JOIN files AS f ON f.id = i.file_id"
            " WHERE i.id = ? AND f.look_state = 0 AND f.missing = 0"
        )
        return bool(await self._database.read(lambda db: rows(db, sql, (image_id,))))

    async def unseen(self) -> list[ImageId]:
        """Images whose look nobody has noted yet: they are found neither by colour nor by likeness."""
        sql = (
            "SELECT min(i.id) FROM files AS f JOIN images AS i ON i.file_id = f.id"
            " WHERE f.look_state = 0 AND f.missing = 0 GROUP BY f.blob"
        )
        return await self._database.read(lambda db: column(db, sql))

    async def children(self, run_id: RunId) -> list[RunId]:
        """Runs that were made from this one, oldest first."""
        return await self._database.read(
            lambda db: column(db, "SELECT id FROM runs WHERE parent_run_id = ? ORDER BY id", (run_id,))
        )

    def _selection(self, db: apsw.Connection, query: LibraryQuery) -> Selection:
        return Selection(query, self._rates, near_files(db, query), group_column(db, query.group))

    def _run_selection(self, db: apsw.Connection, query: LibraryQuery) -> RunSelection:
        return RunSelection(query, self._rates, near_files(db, query))

    def _ids(self, db: apsw.Connection, query: LibraryQuery, offset: int, limit: int) -> list[ImageId]:
        return column(db, *self._selection(db, query).ids(offset, limit))
