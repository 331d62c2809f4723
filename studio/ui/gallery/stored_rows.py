"""The library's part of the grid: what has been read of it, and what has to be asked for."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.bootstrap import GroupCount, LibraryQuery, StackedIds, Studio
    from studio.domain.jobs import ImageRecord

PAGE_ROWS = 120
_PAGES_KEPT = 40
_FEW = 4


@dataclass(frozen=True, slots=True)
class StackMark:
    """What a tile has to do with a stack. `place` counts from 1 in an open stack; 0 is a closed one."""

    size: int
    place: int = 0


class PagedRows:
    """Rows as the library lists them, read in pages, counted from 0."""

    stacks: Mapping[int, tuple[int, ...]] = {}

    def __init__(self, query: LibraryQuery, count: int, groups: Sequence[GroupCount]) -> None:
        self.query, self.count, self.groups = query, count, list(groups)
        self._pages: OrderedDict[int, list[ImageRecord]] = OrderedDict()
        self.pages_on_top = 0
        """How many pages have been put in front: the numbers of all earlier ones have grown by this."""

    @property
    def images_count(self) -> int:
        return self.count

    def at(self, place: int) -> ImageRecord | None:
        """None as long as it has not been read, or when it is gone."""
        page, offset = divmod(place, PAGE_ROWS)
        rows = self._pages.get(page)
        return rows[offset] if rows is not None and offset < len(rows) else None

    def page_to_ask(self, place: int) -> int | None:
        """The page a place is on, unless it has been read."""
        page = place // PAGE_ROWS
        if page not in self._pages:
            return page
        self._pages.move_to_end(page)
        return None

    async def read(self, studio: Studio, page: int, ahead: int = 0) -> list[ImageRecord]:
        """`ahead` images came on top since the rows were counted. Touches nothing here: it runs elsewhere."""
        return await studio.workspace.library.page(self.query, page * PAGE_ROWS + ahead, PAGE_ROWS)

    def put(self, page: int, rows: list[ImageRecord]) -> None:
        self._pages[page] = rows
        self._pages.move_to_end(page)
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)

    def put_on_top(self, rows: list[ImageRecord]) -> None:
        """A whole page of newer images becomes the first page; the groups count them already."""
        self._pages = OrderedDict({page + 1: known for page, known in self._pages.items()})
        self.pages_on_top += 1
        self.count += len(rows)
        self.put(0, rows)

    def known(self) -> Iterator[tuple[int, ImageRecord]]:
        """All that have been read, with their places."""
        for page, rows in self._pages.items():
            yield from enumerate(rows, page * PAGE_ROWS)

    def record(self, image_id: int) -> ImageRecord | None:
        """What is known of an image."""
        return next((image for _, image in self.known() if image.id == image_id), None)

    def places_of(self, image_ids: Collection[int]) -> list[int]:
        """Of those of these images that have been read."""
        return [place for place, image in self.known() if image.id in image_ids]

    def mark(self, image_id: int) -> StackMark | None:
        return None

    async def ids(self, studio: Studio, first: int, last: int, ahead: int = 0) -> list[int]:
        """Numbers of the images at the places `first` to `last`."""
        return [*await studio.workspace.library.ids(self.query, first + ahead, last + 1 - first)]

    def same_shape(self, other: StoredRows, head: Sequence[ImageRecord] = ()) -> bool:
        """Whether `other` has the same images in the same places as `head` and these, as far as both know."""
        if not isinstance(other, PagedRows) or self.query != other.query:
            return False
        ahead = len(head)
        if self.count + ahead != other.count or self.groups != other.groups:
            return False
        for place, image in other.known():
            mine = head[place] if place < ahead else self.at(place - ahead)
            if mine is not None and mine.id != image.id:
                return False
        return True


class StackedRows:
    """Rows with near-duplicates in stacks: the numbers of all are known, records are read in pages."""

    def __init__(self, query: LibraryQuery, stacked: StackedIds) -> None:
        self.query = query
        self.images_count = stacked.images_count
        self.stacks = stacked.stacks
        self.groups = list(stacked.groups)
        self.closed = stacked.ids
        """All rows while every stack is closed."""
        self.stacked_count = sum(len(members) for members in stacked.stacks.values())
        self._ids = stacked.ids
        self._open: dict[int, StackMark] = {}
        self._records: OrderedDict[int, ImageRecord] = OrderedDict()
        self._asked: set[int] = set()
        self._ends: list[int] = []
        """Behind the last row of each group, once a stack has been opened."""

    @property
    def count(self) -> int:
        return len(self._ids)

    def at(self, place: int) -> ImageRecord | None:
        return self._records.get(self._ids[place])

    def page_to_ask(self, place: int) -> int | None:
        page = place // PAGE_ROWS
        if page in self._asked:
            return None
        self._asked.add(page)
        return page

    async def read(self, studio: Studio, page: int, ahead: int = 0) -> list[ImageRecord]:
        from studio.domain.values import ImageId

        wanted = self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS]
        return await studio.workspace.library.images([ImageId(one) for one in wanted])

    def put(self, page: int, rows: list[ImageRecord]) -> None:
        self._asked.add(page)
        for image in rows:
            self._records[image.id] = image
            self._records.move_to_end(image.id)
        while len(self._records) > PAGE_ROWS * _PAGES_KEPT:
            self._records.popitem(last=False)
            self._asked.clear()

    def known(self) -> Iterator[tuple[int, ImageRecord]]:
        records = self._records
        return ((place, records[one]) for place, one in enumerate(self._ids) if one in records)

    def record(self, image_id: int) -> ImageRecord | None:
        return self._records.get(image_id)

    def places_of(self, image_ids: Collection[int]) -> list[int]:
        """Of those that are shown, in their order."""
        if len(image_ids) < _FEW:
            return sorted(place for one in image_ids if (place := self._place_of(one)) is not None)
        return [place for place, one in enumerate(self._ids) if one in image_ids]

    def mark(self, image_id: int) -> StackMark | None:
        members = self.stacks.get(image_id)
        return self._open.get(image_id) or (StackMark(len(members)) if members else None)

    async def ids(self, studio: Studio, first: int, last: int, ahead: int = 0) -> list[int]:
        return self._ids[first : last + 1].tolist()

    def same_shape(self, other: StoredRows, head: Sequence[ImageRecord] = ()) -> bool:
        if head or not isinstance(other, StackedRows):
            return False
        return (self.query, self.closed, self.stacks) == (other.query, other.closed, other.stacks)

    # ------------------------------------------------------------------------------------------------ open and close
    def top_of(self, image_id: int) -> int | None:
        """The first image of the stack that this one is in, shown or not; None when it is in none."""
        if image_id in self.stacks:
            return image_id
        return next((top for top, members in self.stacks.items() if image_id in members), None)

    def tops_of_hidden(self, image_ids: Collection[int]) -> dict[int, int]:
        """By image the top of the closed stack that hides it; one walk over all stacks."""
        return {
            one: top
            for top, members in self.stacks.items()
            if top not in self._open
            for one in members[1:]
            if one in image_ids
        }

    def is_open(self, top: int) -> bool:
        return top in self._open

    def _place_of(self, image_id: int) -> int | None:
        try:
            return self._ids.index(image_id)
        except ValueError:
            return None

    def toggle(self, top: int, place: int) -> int:
        """Show the rest of a stack behind its first image, which is at `place`, or hide it again. Gives back the group
        that it is in, -1 without groups."""
        members = self.stacks[top]
        rest = array("q", members[1:])
        ids = self._ids[: place + 1]
        if top in self._open:
            ids += self._ids[place + 1 + len(rest) :]
            for one in members:
                del self._open[one]
            grown = -len(rest)
        else:
            ids += rest + self._ids[place + 1 :]
            self._open |= {one: StackMark(len(members), number) for number, one in enumerate(members, 1)}
            grown = len(rest)
        self._ids = ids
        self._asked.clear()
        return self._grow_group(place, grown)

    def take_over(self, earlier: StackedRows) -> None:
        """Open what is open there; both have the same shape."""
        self._ids, self.groups, self._open = earlier._ids, earlier.groups, earlier._open
        self._ends = earlier._ends
        self._records = OrderedDict({**earlier._records, **self._records})
        self._asked.clear()

    def _grow_group(self, place: int, grown: int) -> int:
        if not self.groups:
            return -1
        if not self._ends:
            self._ends = list(accumulate(map(itemgetter(1), self.groups)))
        number = bisect_right(self._ends, place)
        self._ends[number:] = [end + grown for end in self._ends[number:]]
        self.groups[number] = self.groups[number]._replace(rows=self.groups[number].rows + grown)
        return number


StoredRows = PagedRows | StackedRows
