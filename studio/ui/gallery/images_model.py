"""Every image as a list: live tiles first, then the library, read in pages around what is looked at."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from itertools import accumulate
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from studio.ui.gallery import group_words, tile_words
from studio.ui.gallery.library_rows import paged_rows, stacked_rows, total_of
from studio.ui.gallery.live import LiveTiles
from studio.ui.gallery.stored_rows import PAGE_ROWS, PagedRows, StackedRows, StoredRows
from studio.ui.gallery.tile import Tile
from studio.ui.gallery.tile_shelf import TileShelf
from studio.ui.tasks import TaskBag
from studio.ui.thread_gate import ThreadGate
from studio.ui.widgets import safe_override

if TYPE_CHECKING:
    from studio.bootstrap import GroupCount, LibraryQuery, Studio
    from studio.domain.capability import ProviderSpec
    from studio.domain.jobs import ImageRecord
    from studio.ui.client import StudioClient

TILE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The whole `Tile`, or None while its row has not been read yet."""

_PATIENCE_S = 0.3
"""How long the list waits for its stacks before it shows itself without them."""

_Index = QModelIndex | QPersistentModelIndex


class ImagesModel(QAbstractListModel):
    """`counted` carries how many images the query matches and how many there are in all; `searched` how many files
    have been compared for near-duplicates and how many there are (0, 0: it is done). `group_grew` (number of the group,
    rows more or less) comes before Qt's own news of rows, where these are all in one group.

    Groups are those of the query; rows of live tiles stand before them and belong to none."""

    counted = Signal(int, int)
    searched = Signal(int, int)
    group_grew = Signal(int, int)
    _compared = Signal(int, int)

    def __init__(self, client: StudioClient, live: LiveTiles, on_fault: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client, self._live = client, live
        self._tasks = TaskBag(self, on_fault)
        self._pending: list[Tile] = []
        self._head: list[ImageRecord] = []
        self._stored: StoredRows | None = None
        self._tiles = TileShelf()
        self._total = 0
        self._query: LibraryQuery | None = None
        self._stacking = False
        self._looked_at = 0
        self._starts: list[int] = []
        self._arrivals = 0
        self._generation = 0
        self.entered_row = -1
        """The row that the cursor came to from another group: screen readers hear the group with it."""
        self.entered_folded = False
        """That group is folded: they hear nothing else."""
        self._gate = ThreadGate()
        (parent or self).destroyed.connect(self._gate.close)
        self._compared.connect(self.searched, Qt.ConnectionType.QueuedConnection)
        live.reordered.connect(self._live_reordered)
        live.changed.connect(self._live_changed)
        live.saved.connect(self._image_saved)

    def set_specs(self, specs: Mapping[str, ProviderSpec]) -> None:
        self._tiles.specs = specs
        self._tiles.clear()

    # ------------------------------------------------------------------------------------------------ Qt's questions
    @safe_override(0)
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._pending) + self.stored_count

    @safe_override(None)
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == TILE_ROLE:
            return self.tile_at(index.row())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            tile = self.tile_at(index.row())
            words = tile_words.spoken(tile) if tile is not None else ""
            group = self._group_entered(index.row()) if role == Qt.ItemDataRole.AccessibleTextRole else None
            if group is None:
                return words
            folded = self.entered_folded and index.row() == self.entered_row
            named = group_words.spoken(group, self._tiles.specs, folded=folded)
            return named if folded else f"{named}. {words}"
        return None

    @safe_override(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: _Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    # ------------------------------------------------------------------------------------------------ rows
    def tile_at(self, row: int) -> Tile | None:
        """The tile of a row; None, and its page is asked for, when it has not been read yet."""
        if row < len(self._pending):
            return self._pending[row] if row >= 0 else None
        place = row - len(self._pending)
        if place < len(self._head):
            return self._tile_of(self._head[place])
        stored = self._stored
        place -= len(self._head)
        if stored is None or place >= stored.count:
            return None
        self._looked_at = row
        image = stored.at(place)
        page = stored.page_to_ask(place)
        if page is not None:
            self._read_page(page)
        return self._tile_of(image) if image is not None else None

    def _tile_of(self, image: ImageRecord) -> Tile:
        mark = self._stored.mark(image.id) if self._stored is not None else None
        return self._tiles.tile_of(image, mark)

    def rows_of_images(self, image_ids: Collection[int], tile_key: str = "") -> list[int]:
        """Rows of these images, and of the tile with this key, as far as they are known."""
        rows = [row for row, tile in enumerate(self._pending) if tile.key == tile_key]
        rows += [len(self._pending) + i for i, image in enumerate(self._head) if image.id in image_ids]
        base = len(self._pending) + len(self._head)
        places = self._stored.places_of(image_ids) if self._stored is not None and image_ids else []
        return [*rows, *(base + place for place in places)]

    def record(self, image_id: int) -> ImageRecord | None:
        """What is known of an image, if its row has been read."""
        found = next((image for image in self._head if image.id == image_id), None)
        return found or (self._stored.record(image_id) if self._stored is not None else None)

    async def ids_between(self, first: int, last: int) -> list[int]:
        """Numbers of the images in these rows, asked of the library; tiles without image have none."""
        base, ahead = len(self._pending) + len(self._head), len(self._head)
        ids = [int(self._head[row - len(self._pending)].id) for row in range(max(first, len(self._pending)), base)]
        ids = ids[: max(0, last + 1 - max(first, len(self._pending)))]
        stored = self._stored
        begin, end = max(0, first - base), last - base
        if stored is not None and end >= begin:
            ids += await self._client.run(lambda studio: stored.ids(studio, begin, end, ahead))
        return ids

    @property
    def pending_count(self) -> int:
        """Rows on top without an image."""
        return len(self._pending)

    @property
    def stored_count(self) -> int:
        """Rows of images that match, whether they have been read or not."""
        return len(self._head) + (self._stored.count if self._stored is not None else 0)

    @property
    def groups(self) -> Sequence[GroupCount]:
        """Of the rows after the pending ones; empty when nothing is grouped."""
        return self._stored.groups if self._stored is not None else ()

    def title_of(self, group: GroupCount) -> str:
        """What the header of one of `groups` is called."""
        return group_words.title(self._query.group, group.key, self._tiles.specs) if self._query is not None else ""

    @property
    def query(self) -> LibraryQuery | None:
        return self._query

    @property
    def stacks(self) -> StackedRows | None:
        """The stacks there are, while near-duplicates are stacked."""
        return self._stored if isinstance(self._stored, StackedRows) else None

    def _group_entered(self, row: int) -> tuple[str, GroupCount] | None:
        """The group to be named with a row: the cursor came in there, or it is the first of its group."""
        place = row - len(self._pending)
        if self._query is None or not self.groups or not 0 <= place < self.stored_count:
            return None
        if len(self._starts) != len(self.groups) + 1 or self._starts[-1] != self.stored_count:
            self._starts = list(accumulate(map(itemgetter(1), self.groups), initial=0))
        number = bisect_right(self._starts, place) - 1
        named = row == self.entered_row or place == self._starts[number]
        return (self._query.group, self.groups[number]) if named else None

    # ------------------------------------------------------------------------------------------------ library
    def set_query(self, query: LibraryQuery) -> None:
        """Show what matches; rows come when their page has been read."""
        self._query = query
        self.reload()

    def set_stacking(self, on: bool) -> None:
        """Whether near-duplicates share a tile."""
        if on != self._stacking:
            self._stacking = on
            self.searched.emit(0, 0)
            self.reload()

    def end(self) -> None:
        """The window closes: nothing more is asked of the library."""
        self._tasks.cancel_all()

    def reload(self) -> None:
        """Ask the library again: something in it has changed."""
        if self._query is not None:
            self._tasks.start("reload", self._reload(self._query))

    async def _reload(self, query: LibraryQuery) -> None:
        if not self._stacking:
            await self._load(query, paged_rows)
            return
        stacks = asyncio.ensure_future(self._load(query, self._stacked))
        try:
            done, _ = await asyncio.wait({stacks}, timeout=_PATIENCE_S)
            if not done and (self._stored is None or self._stored.query != query):
                await self._load(query, paged_rows)
            await stacks
        finally:
            stacks.cancel()

    async def _stacked(self, studio: Studio, query: LibraryQuery) -> StoredRows:
        gate = self._gate

        def tell(done: int, total: int) -> None:
            gate.tell(lambda: self._compared.emit(done, total))

        return await stacked_rows(studio, query, tell)

    async def _load(self, query: LibraryQuery, make: Any) -> None:
        same = self._stored is not None and query == self._stored.query
        looked_at = max(0, self._looked_at - len(self._pending)) // PAGE_ROWS if same else 0

        async def work(studio: Studio) -> tuple[StoredRows, int]:
            stored: StoredRows = await make(studio, query)
            for page in sorted({0, looked_at, looked_at + 1}):
                stored.put(page, await stored.read(studio, page))
            return stored, await total_of(studio, stored)

        while True:
            arrivals, shown = self._arrivals, self._stored
            stored, total = await self._client.run(work)
            if arrivals == self._arrivals and shown is self._stored:
                break  # else: what came meanwhile may be missing in the answer
        if query is not self._query:
            return
        if not self._put_in_place(stored):
            self.beginResetModel()
            self._generation += 1
            self._take(stored)
            self._pending = self._live.unfinished()
            self.endResetModel()
        self._total = total
        self._tell_counts()

    def _put_in_place(self, stored: StoredRows) -> bool:
        """Take newer records over where the same images stand as before, so that nothing jumps or blinks."""
        shown = self._stored
        if shown is None or not shown.same_shape(stored, self._head):
            return False
        if isinstance(shown, StackedRows) and isinstance(stored, StackedRows):
            stored.take_over(shown)
        self._generation += 1
        self._take(stored)
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))
        return True

    def _take(self, stored: StoredRows) -> None:
        self._head, self._stored = [], stored
        self._tiles.clear()
        self._starts = []

    def _tell_counts(self) -> None:
        images = len(self._head) + (self._stored.images_count if self._stored is not None else 0)
        self.counted.emit(images, self._total)

    def _read_page(self, page: int) -> None:
        name = f"page {page}"
        if not self._tasks.is_running(name) and self._stored is not None:
            self._tasks.start(name, self._fetch(page, self._stored, self._generation))

    async def _fetch(self, page: int, stored: StoredRows, generation: int) -> None:
        ahead = len(self._head)
        on_top = stored.pages_on_top if isinstance(stored, PagedRows) else 0
        asked = page
        rows = await self._client.run(lambda studio: stored.read(studio, asked, ahead))
        page += stored.pages_on_top - on_top if isinstance(stored, PagedRows) else 0
        if generation != self._generation or not self.stored_count:
            return
        stored.put(page, rows)
        first = len(self._pending) + len(self._head) + page * PAGE_ROWS
        last = min(self.rowCount(), first + PAGE_ROWS) - 1
        if rows and last >= first:
            self.dataChanged.emit(self.index(first), self.index(last))

    # ------------------------------------------------------------------------------------------------ stacks
    def toggle_stack(self, image_id: int) -> None:
        """Open the stack that an image is in, in place, or close it; an image without stack is left alone."""
        stacks = self.stacks
        top = stacks.top_of(image_id) if stacks is not None else None
        if stacks is None or top is None:
            return
        self._starts = []
        (place,) = stacks.places_of([top])
        row = len(self._pending) + place
        rest = len(stacks.stacks[top]) - 1
        if stacks.is_open(top):
            self.beginRemoveRows(QModelIndex(), row + 1, row + rest)
            self._tell_grown(stacks.toggle(top, place), -rest)
            self._tiles.forget(stacks.stacks[top])
            self.endRemoveRows()
        else:
            self.beginInsertRows(QModelIndex(), row + 1, row + rest)
            self._tell_grown(stacks.toggle(top, place), rest)
            self._tiles.forget(stacks.stacks[top])
            self.endInsertRows()
        self.dataChanged.emit(self.index(row), self.index(row))

    def _tell_grown(self, group: int, rows: int) -> None:
        if group >= 0:
            self.group_grew.emit(group, rows)

    # ------------------------------------------------------------------------------------------------ live
    def _live_reordered(self) -> None:
        """Tiles without an image came or went: the front of the list is laid anew."""
        pending = self._live.unfinished()
        before, after = len(self._pending), len(pending)
        if after < before:
            self.beginRemoveRows(QModelIndex(), after, before - 1)
            self._pending = pending
            self.endRemoveRows()
        elif after > before:
            self.beginInsertRows(QModelIndex(), before, after - 1)
            self._pending = pending
            self.endInsertRows()
        else:
            self._pending = pending
        if after:
            self.dataChanged.emit(self.index(0), self.index(after - 1))

    def _live_changed(self, key: str) -> None:
        tile = self._live.tile(key)
        if tile is None or tile.image is not None:
            return
        for row, pending in enumerate(self._pending):
            if pending.key == key:
                self._pending[row] = tile
                self.dataChanged.emit(self.index(row), self.index(row))
                return

    def _image_saved(self, image: ImageRecord) -> None:
        """A new image goes to the front of the library; with filters or another order the library decides."""
        if image.whole_grid or self._query is None:
            return
        self._arrivals += 1
        group = self._group_of_new(image) if self._stored is not None else None
        if group is None or self._stacking:
            self.reload()
            return
        row = len(self._pending)
        self.beginInsertRows(QModelIndex(), row, row)
        self._head.insert(0, image)
        self._starts = []
        if group and self._stored is not None:
            groups = self._stored.groups
            if groups and groups[0].key == group.key:
                group = group._replace(rows=groups[0].rows + 1, images=groups[0].images + 1)
                del groups[0]
            groups.insert(0, group)
        self._shorten_head()
        self.endInsertRows()
        self._total += 1
        self._tell_counts()

    def _shorten_head(self) -> None:
        """The oldest of what came on top becomes a page that may be forgotten; each row stays where it is."""
        if len(self._head) >= 2 * PAGE_ROWS and isinstance(self._stored, PagedRows):
            self._stored.put_on_top(self._head[-PAGE_ROWS:])
            del self._head[-PAGE_ROWS:]

    def _group_of_new(self, image: ImageRecord) -> GroupCount | tuple[()] | None:
        """The group on top to which a new image belongs; empty without groups, None when it does not go on top."""
        query, groups = self._query, self.groups
        if query is None or query.model_copy(update={"group": ""}) != type(query)():
            return None
        if not query.group:
            return ()
        from studio.bootstrap import GroupCount, key_of_day

        if query.group == "provider":
            return None
        key = image.run_id if query.group == "run" else key_of_day(image.created_at)
        return GroupCount(key, 1, 1) if not groups or key >= int(groups[0].key) else None
