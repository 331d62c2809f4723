"""The grid's own selection and the gallery's, kept equal in both directions."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal

from studio.ui.gallery.grid_view import GridView
from studio.ui.gallery.images_model import ImagesModel
from studio.ui.gallery.selection import SelectedImages
from studio.ui.tasks import TaskBag

if TYPE_CHECKING:
    from studio.ui.client import StudioClient

_AT_ONCE_MOST = 2_000
"""Larger selections are asked of the library: going through so many rows here would be felt."""


class GridSelection(QObject):
    """`tile_chosen` carries a tile without image that was selected alone."""

    tile_chosen = Signal(object)

    def __init__(
        self,
        grid: GridView,
        model: ImagesModel,
        selected: SelectedImages,
        client: StudioClient,
        on_fault: Callable[[BaseException], None],
    ) -> None:
        super().__init__(grid)
        self._grid, self._model, self._selected, self._client = grid, model, selected, client
        self._tasks = TaskBag(self, on_fault)
        self._busy = False
        self._exact = False
        """The grid's own selection says all: rows that come later change nothing."""
        self._cursor: int | None = None
        self._row = -1
        self._gone: set[int] = set()
        self._seen: set[int] = set()
        """What was selected and had a row of its own before the rows were read anew."""
        grid.selectionModel().selectionChanged.connect(self._read)
        selected.changed.connect(self._write)
        model.modelAboutToBeReset.connect(self._keep_cursor)
        model.modelReset.connect(self._start_anew)
        model.dataChanged.connect(self._rows_read)

    def forget(self, image_ids: Collection[int]) -> None:
        """These are being moved to the bin: once they are gone the cursor goes on to what stands in their place."""
        self._gone.update(image_ids)

    def _keep_cursor(self) -> None:
        """Remember the image with the cursor: a reset takes the cursor away."""
        tile = self._grid.current_tile()
        self._cursor = tile.image_id if tile is not None else None
        self._row = self._grid.currentIndex().row()
        self._seen = set(self._selected.ids) if self._exact and len(self._selected) <= _AT_ONCE_MOST else set()

    def _start_anew(self) -> None:
        self._exact = False
        before = self._selected.ids
        stacks, hideable = self._model.stacks, self._seen - self._gone
        tops = stacks.tops_of_hidden(hideable) if stacks is not None and hideable else {}
        left = list(dict.fromkeys(tops.get(one, one) for one in before if one not in self._gone))
        emptied = len(before) > 0 and not left
        if left != before:
            self._selected.set_ids(left)
        self._write()
        rows = self._model.rows_of_images({self._cursor}) if self._cursor is not None else []
        if not rows and self._model.rowCount() and (self._cursor in self._gone or self._grid.hasFocus()):
            rows = [min(max(0, self._row), self._model.rowCount() - 1)] if self._cursor in self._gone else [0]
        self._gone.clear()
        if rows:
            flags = QItemSelectionModel.SelectionFlag
            flag = flags.ClearAndSelect if emptied else flags.NoUpdate
            self._grid.selectionModel().setCurrentIndex(self._model.index(rows[0]), flag)

    def _rows_read(self, _first: object, _last: object) -> None:
        if not self._exact or self._selected.tile_key:
            self._write()

    def _read(self) -> None:
        if self._busy:
            return
        self._exact = True
        self._tasks.cancel("ids")
        chosen = self._grid.selectionModel().selection()
        ranges = [(chosen.at(i).top(), chosen.at(i).bottom()) for i in range(chosen.count())]
        rows = sum(last - first + 1 for first, last in ranges)
        if rows > _AT_ONCE_MOST:
            self._tasks.start("ids", self._read_ids(ranges))
            return
        ids: list[int] = []
        alone = None
        for first, last in ranges:
            for row in range(first, last + 1):
                tile = self._model.tile_at(row)
                if tile is None:
                    self._tasks.start("ids", self._read_ids(ranges))
                    return
                if tile.image is not None:
                    ids.append(tile.image.id)
                elif rows == 1:
                    alone = tile
        self._take(ids, alone.key if alone is not None else "")
        if alone is not None:
            self.tile_chosen.emit(alone)

    async def _read_ids(self, ranges: list[tuple[int, int]]) -> None:
        ids: list[int] = []
        for first, last in ranges:
            ids += await self._model.ids_between(first, last)
        self._take(ids, "")

    def _take(self, ids: list[int], tile_key: str) -> None:
        self._busy = True
        try:
            self._selected.set_ids(ids, tile_key)
        finally:
            self._busy = False

    def _write(self) -> None:
        """Show the gallery's selection in the grid, as far as its rows have been read."""
        if self._busy:
            return
        wanted = QItemSelection()
        rows: list[int] = []
        if len(self._selected) >= self._model.stored_count > _AT_ONCE_MOST:
            last = self._model.rowCount() - 1
            wanted.select(self._model.index(self._model.pending_count), self._model.index(last))
            self._exact = True
        elif len(self._selected) or self._selected.tile_key:
            rows = self._model.rows_of_images(set(self._selected.ids), self._selected.tile_key)
            self._exact = len(rows) == len(self._selected) + bool(self._selected.tile_key)
            for row in rows:
                wanted.select(self._model.index(row), self._model.index(row))
        self._busy = True
        try:
            self._grid.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        finally:
            self._busy = False
