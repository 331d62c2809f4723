"""The panel in the centre: filter bar on top, below it the images in runs or as a grid."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from studio.ui.gallery.grid_view import GridView
from studio.ui.gallery.images_model import TILE_ROLE, ImagesModel
from studio.ui.gallery.live import LiveTiles
from studio.ui.gallery.runs_model import RunsModel
from studio.ui.gallery.runs_view import RunsView
from studio.ui.gallery.selection import SelectedImages
from studio.ui.gallery.thumbnails import ThumbnailCache
from studio.ui.gallery.wishes import TileWishes
from studio.ui.tasks import TaskBag
from studio.ui.translation import Translated
from studio.ui.widgets import set_surface

if TYPE_CHECKING:
    from studio.domain.events import StudioEvent
    from studio.storage import LibraryQuery
    from studio.ui.actions import StudioActions
    from studio.ui.client import StudioClient
    from studio.ui.gallery.tile import Tile


class GalleryPanel(Translated, QWidget):
    """`set_view`, `set_search`, `set_tile_size`, `refresh`, `selected_image_ids`; news comes from `client.arrived`."""

    def __init__(self, client: StudioClient, actions: StudioActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, "canvas")
        self._client, self._actions = client, actions
        self._tasks = TaskBag(self, report_fault)
        self._query: LibraryQuery | None = None
        self._thumbnails = ThumbnailCache(client, self)
        self._live = LiveTiles(self)
        self._wishes = TileWishes(actions, self)
        self.selection = SelectedImages(self)
        self.images = ImagesModel(client, self._live, report_fault, self)
        self.grid = GridView(self._thumbnails, self)
        self.grid.setModel(self.images)
        self.run_list = RunsModel(client, self._live, report_fault, self)
        self.runs = RunsView(self.run_list, self.selection, self._thumbnails, self)
        self._views = QStackedWidget(self)
        self._views.addWidget(self.runs)
        self._views.addWidget(self.grid)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._views, 1)
        self.setFocusProxy(self.runs)
        self._follow_specs()
        client.arrived.connect(self.apply)
        actions.library_changed.connect(self.refresh)
        self.grid.button_clicked.connect(self._pressed)
        self.grid.opened.connect(self._opened)
        self.grid.selectionModel().selectionChanged.connect(self._grid_selected)
        self.selection.changed.connect(self._selection_changed)
        self.destroyed.connect(self._thumbnails.close)
        self.retranslate()
        QTimer.singleShot(0, self, self.refresh)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Gallery"))
        self.grid.setAccessibleName(self.tr("Images"))
        self.runs.setAccessibleName(self.tr("Runs"))

    # ------------------------------------------------------------------------------------------------ for the window
    def set_view(self, view: str) -> None:
        """``runs`` or ``grid``."""
        shown = self.grid if view == "grid" else self.runs
        self._views.setCurrentWidget(shown)
        self.setFocusProxy(shown)

    def set_search(self, text: str) -> None:
        """Words and ``field:value`` pairs of the search field."""

    def set_tile_size(self, width_px: int) -> None:
        self.grid.set_tile_width(width_px)

    def selected_image_ids(self) -> list[int]:
        """In the order in which they were selected."""
        return self.selection.ids

    def refresh(self) -> None:
        """Ask the library again: something in it has changed."""
        from studio.bootstrap import LibraryQuery

        if self._query is None:
            self._query = LibraryQuery()
        self.images.set_query(self._query)
        self.run_list.set_query(self._query)

    def apply(self, events: list[StudioEvent]) -> None:
        """News of the engine, in order."""
        for event in events:
            self._live.take(event)

    # ------------------------------------------------------------------------------------------------ inner
    def _follow_specs(self) -> None:
        specs = {spec.id: spec for spec in self._client.studio.specs}
        self._live.set_specs(specs)
        self.images.set_specs(specs)
        self.run_list.set_specs(specs)

    def _pressed(self, tile: Tile, button: str) -> None:
        self._wishes.press(tile, button)

    def _opened(self, tile: Tile | None) -> None:
        if tile is not None and tile.image is not None:
            self._actions.open_large.emit(tile.image.id)

    def _grid_selected(self) -> None:
        tiles = [index.data(TILE_ROLE) for index in self.grid.selectionModel().selectedIndexes()]
        ids = [tile.image.id for tile in tiles if tile is not None and tile.image is not None]
        alone = tiles[0] if len(tiles) == 1 and tiles[0] is not None and tiles[0].image is None else None
        self.selection.set_ids(ids, alone.key if alone is not None else "")
        if alone is not None:
            self._actions.show_job.emit(alone.job_id)

    def _selection_changed(self) -> None:
        self._actions.select_images.emit(self.selection.ids)

    def clear_selection(self) -> bool:
        """For Escape: whether there was something to clear."""
        had = bool(len(self.selection) or self.selection.tile_key)
        self.grid.selectionModel().clearSelection()
        self.grid.selectionModel().setCurrentIndex(self.images.index(-1), QItemSelectionModel.SelectionFlag.NoUpdate)
        self.selection.clear()
        return had


def report_fault(error: BaseException) -> None:
    """A fault of a task of this panel takes the way of every other one."""
    sys.excepthook(type(error), error, error.__traceback__)
