"""The grid's own selection and the gallery's, kept equal in both directions."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject, Signal

from studio.ui.gallery.grid_view import GridView
from studio.ui.gallery.images_model import TILE_ROLE, ImagesModel
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
        grid.selectionModel().selectionChanged.connect(self._read)
        selected.changed.connect(self._write)
        model.modelReset.connect(self._write)
        model.dataChanged.connect(lambda _first, _last: self._write())

    def _read(self) -> None:
        if self._busy:
            return
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
                tile = self._model.index(row).data(TILE_ROLE)
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
        if len(self._selected) >= self._model.stored_count > _AT_ONCE_MOST:
            last = self._model.rowCount() - 1
            wanted.select(self._model.index(self._model.pending_count), self._model.index(last))
        elif len(self._selected) or self._selected.tile_key:
            for row in self._model.rows_of_images(self._selected, self._selected.tile_key):
                wanted.select(self._model.index(row), self._model.index(row))
        self._busy = True
        try:
            self._grid.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        finally:
            self._busy = False
