"""Every image as a list: live tiles first, then the library, read in pages around what is looked at."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Container, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from studio.ui.gallery import tile_words
from studio.ui.gallery.live import LiveTiles, tile_of_image
from studio.ui.gallery.tile import Tile
from studio.ui.tasks import TaskBag
from studio.ui.widgets import safe_override

if TYPE_CHECKING:
    from studio.bootstrap import LibraryQuery, Studio
    from studio.domain.capability import ProviderSpec
    from studio.domain.jobs import ImageRecord
    from studio.ui.client import StudioClient

TILE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The whole `Tile`, or None while its row has not been read yet."""

PAGE_ROWS = 120
_PAGES_KEPT = 40

_Index = QModelIndex | QPersistentModelIndex


class ImagesModel(QAbstractListModel):
    """`counted` carries how many images the query matches and how many there are in all."""

    counted = Signal(int, int)

    def __init__(self, client: StudioClient, live: LiveTiles, on_fault: Any, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client, self._live = client, live
        self._tasks = TaskBag(self, on_fault)
        self._specs: Mapping[str, ProviderSpec] = {}
        self._pending: list[Tile] = []
        self._head: list[ImageRecord] = []
        self._pages: OrderedDict[int, list[ImageRecord]] = OrderedDict()
        self._stored = 0
        self._total = 0
        self._query: LibraryQuery | None = None
        self._shown: LibraryQuery | None = None
        self._looked_at = 0
        self._arrivals = 0
        self._generation = 0
        live.reordered.connect(self._live_reordered)
        live.changed.connect(self._live_changed)
        live.saved.connect(self._image_saved)

    def set_specs(self, specs: Mapping[str, ProviderSpec]) -> None:
        self._specs = specs

    # ------------------------------------------------------------------------------------------------ Qt's questions
    @safe_override(0)
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else len(self._pending) + len(self._head) + self._stored

    @safe_override(None)
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == TILE_ROLE:
            return self.tile_at(index.row())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole):
            tile = self.tile_at(index.row())
            return tile_words.spoken(tile) if tile is not None else ""
        return None

    @safe_override(Qt.ItemFlag.NoItemFlags)
    def flags(self, index: _Index) -> Qt.ItemFlag:
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    # ------------------------------------------------------------------------------------------------ rows
    def tile_at(self, row: int) -> Tile | None:
        """The tile of a row; None, and its page is asked for, when it has not been read yet."""
        if row < len(self._pending):
            return self._pending[row]
        place = row - len(self._pending)
        if place < len(self._head):
            return tile_of_image(self._head[place], self._specs)
        stored = place - len(self._head)
        page, offset = divmod(stored, PAGE_ROWS)
        rows = self._pages.get(page)
        self._looked_at = row
        if rows is None:
            self._read_page(page)
            return None
        self._pages.move_to_end(page)
        return tile_of_image(rows[offset], self._specs) if offset < len(rows) else None

    def rows_of_images(self, image_ids: Container[int], tile_key: str = "") -> list[int]:
        """Rows of these images, and of the tile with this key, as far as they have been read."""
        rows = [row for row, tile in enumerate(self._pending) if tile.key == tile_key]
        rows += [len(self._pending) + i for i, image in enumerate(self._head) if image.id in image_ids]
        base = len(self._pending) + len(self._head)
        for page, images in self._pages.items():
            rows += [base + page * PAGE_ROWS + i for i, image in enumerate(images) if image.id in image_ids]
        return rows

    def record(self, image_id: int) -> ImageRecord | None:
        """What is known of an image, if its row has been read."""
        lists = [self._head, *self._pages.values()]
        return next((image for images in lists for image in images if image.id == image_id), None)

    async def ids_between(self, first: int, last: int) -> list[int]:
        """Numbers of the images in these rows, asked of the library; tiles without image have none."""
        base = len(self._pending) + len(self._head)
        ids = [
            int(self._head[row - len(self._pending)].id)
            for row in range(first, min(last + 1, base))
            if row >= len(self._pending)
        ]
        query, offset = self._query, max(0, first - base) + len(self._head)
        count = last + 1 - max(first, base)
        if query is not None and count > 0:
            ids += await self._client.run(lambda studio: studio.workspace.library.ids(query, offset, count))
        return ids

    @property
    def pending_count(self) -> int:
        """Rows on top without an image."""
        return len(self._pending)

    @property
    def stored_count(self) -> int:
        """Images that match, whether their rows have been read or not."""
        return len(self._head) + self._stored

    @property
    def query(self) -> LibraryQuery | None:
        return self._query

    # ------------------------------------------------------------------------------------------------ library
    def set_query(self, query: LibraryQuery) -> None:
        """Show what matches; rows come when their page has been read."""
        self._query = query
        self.reload()

    def reload(self) -> None:
        """Ask the library again: something in it has changed."""
        self._tasks.start("reload", self._reload())

    async def _reload(self) -> None:
        query = self._query
        if query is None:
            return
        looked_at = max(0, self._looked_at - len(self._pending)) // PAGE_ROWS if query == self._shown else 0
        pages = sorted({0, looked_at, looked_at + 1})

        async def work(studio: Studio) -> tuple[int, int, list[list[ImageRecord]]]:
            library = studio.workspace.library
            matching = await library.count(query)
            everything = type(query)()
            total = matching if query == everything else await library.count(everything)
            return matching, total, [await library.page(query, page * PAGE_ROWS, PAGE_ROWS) for page in pages]

        while True:
            arrivals = self._arrivals
            matching, total, lists = await self._client.run(work)
            if arrivals == self._arrivals:
                break  # else: what came meanwhile may be missing in the answer
        if query is not self._query:
            return
        read = dict(zip(pages, lists, strict=True))
        if not self._put_in_place(query, matching, read):
            self.beginResetModel()
            self._generation += 1
            self._head, self._stored = [], matching
            self._pages = OrderedDict({page: rows for page, rows in read.items() if rows or not page})
            self._pending = self._live.unfinished()
            self._shown = query
            self.endResetModel()
        self._total = total
        self.counted.emit(self.stored_count, total)

    def _put_in_place(self, query: LibraryQuery, matching: int, read: dict[int, list[ImageRecord]]) -> bool:
        """Take newer records over where the same images stand as before, so that nothing jumps or blinks."""
        if query != self._shown or matching != self.stored_count:
            return False
        places = [(page * PAGE_ROWS + i, image) for page, rows in read.items() for i, image in enumerate(rows)]
        for place, image in places:
            known = self._stored_at(place)
            if known is not None and known.id != image.id:
                return False
        for place, image in places:
            self._replace(place, image)
        keep = {(page * PAGE_ROWS - len(self._head)) // PAGE_ROWS for page in read} | {
            (page * PAGE_ROWS + PAGE_ROWS - 1 - len(self._head)) // PAGE_ROWS for page in read
        }
        for page in [page for page in self._pages if page not in keep]:
            del self._pages[page]  # read again when it is looked at
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))
        return True

    def _stored_at(self, place: int) -> ImageRecord | None:
        """The record at a place of the library's list, if it has been read."""
        if place < len(self._head):
            return self._head[place]
        page, offset = divmod(place - len(self._head), PAGE_ROWS)
        rows = self._pages.get(page, [])
        return rows[offset] if offset < len(rows) else None

    def _replace(self, place: int, image: ImageRecord) -> None:
        if place < len(self._head):
            self._head[place] = image
            return
        page, offset = divmod(place - len(self._head), PAGE_ROWS)
        rows = self._pages.get(page, [])
        if offset < len(rows):
            rows[offset] = image

    def _read_page(self, page: int) -> None:
        name = f"page {page}"
        if not self._tasks.is_running(name) and self._query is not None:
            self._tasks.start(name, self._fetch(page, self._query, self._generation))

    async def _fetch(self, page: int, query: LibraryQuery, generation: int) -> None:
        offset = page * PAGE_ROWS + len(self._head)
        rows = await self._client.run(lambda studio: studio.workspace.library.page(query, offset, PAGE_ROWS))
        if generation != self._generation:
            return
        self._pages[page] = rows
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)
        first = len(self._pending) + len(self._head) + page * PAGE_ROWS
        self.dataChanged.emit(self.index(first), self.index(first + len(rows) - 1))

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
        if self._query != type(self._query)():
            self.reload()
            return
        row = len(self._pending)
        self.beginInsertRows(QModelIndex(), row, row)
        self._head.insert(0, image)
        self.endInsertRows()
        self._total += 1
        self.counted.emit(self._stored + len(self._head), self._total)
