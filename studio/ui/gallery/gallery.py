"""The panel in the centre: filter bar on top, below it the images in runs or as a grid."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from studio.ui.gallery.collection_list import CollectionList
from studio.ui.gallery.drag_out import ImageDrag
from studio.ui.gallery.empty_page import EmptyPage
from studio.ui.gallery.filter_bar import FilterBar
from studio.ui.gallery.grid_arrangement import GridArrangement
from studio.ui.gallery.grid_selection import GridSelection
from studio.ui.gallery.grid_surface import TILE_WIDTHS
from studio.ui.gallery.grid_view import GridView
from studio.ui.gallery.images_model import ImagesModel
from studio.ui.gallery.live import LiveTiles
from studio.ui.gallery.narration import Narrator
from studio.ui.gallery.query_text import TRASH, Filter, parse_query, write_query
from studio.ui.gallery.run_row import RunRow
from studio.ui.gallery.runs_model import RunsModel
from studio.ui.gallery.runs_view import RunsView
from studio.ui.gallery.selection import SelectedImages
from studio.ui.gallery.thumbnails import ThumbnailCache
from studio.ui.gallery.tile import Tile
from studio.ui.gallery.tile_menu import TileMenus, needs_run
from studio.ui.gallery.trash_strip import TrashStrip
from studio.ui.gallery.wishes import TileWishes, sends_again
from studio.ui.picture_mime import PictureDoor
from studio.ui.remembered import remember
from studio.ui.tasks import TaskBag
from studio.ui.translation import Translated
from studio.ui.widgets import set_surface

if TYPE_CHECKING:
    from studio.bootstrap import LibraryQuery
    from studio.domain.events import StudioEvent
    from studio.domain.jobs import ImageRecord, Run
    from studio.ui.actions import StudioActions
    from studio.ui.client import StudioClient

_RUN_SCALES = (0.6, 1.4)
"""Of the widest column, at the ends of the size slider; its middle stands for 1."""


class GalleryPanel(Translated, QWidget):
    """`set_view`, `set_search`, `set_filters`, `set_tile_size`, `refresh`, `selected_image_ids`, `clear_selection`.

    News comes from `client.arrived` by itself; what the user wishes goes out through `actions`."""

    search_rewritten = Signal(str)
    """The search field should now hold this text: one of its filters was changed or removed by its chip."""

    def __init__(self, client: StudioClient, actions: StudioActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, "canvas")
        self._client, self._actions = client, actions
        self._tasks = TaskBag(self, report_fault)
        self._query: LibraryQuery | None = None
        self._counts: dict[str, tuple[int, int]] = {}
        self._view = "runs"
        self._thumbnails = ThumbnailCache(client, self)
        self._live = LiveTiles(self)
        self._wishes = TileWishes(actions, self)
        self.selection = SelectedImages(self)
        self.images = ImagesModel(client, self._live, report_fault, self)
        self.run_list = RunsModel(client, self._live, report_fault, self)
        self.bar = FilterBar(self)
        self.grid = GridView(self._thumbnails, self)
        self.grid.setModel(self.images)
        self.runs = RunsView(self.run_list, self.selection, self._thumbnails, self)
        self._drag = ImageDrag(client, actions, self.selection, self._thumbnails, self, known=self._record)
        self._narrator = Narrator(self.runs, self.selection, actions, self)
        self._grid_selection = GridSelection(self.grid, self.images, self.selection, client, report_fault)
        self.collections = CollectionList(client, report_fault, self)
        self.trash_strip = TrashStrip(client, actions, self.selection, report_fault, self)
        options = self.bar.grid_options
        self.arrangement = GridArrangement(self.grid, self.images, options, self.selection, actions)
        self.menus = TileMenus(actions, self._wishes, self.selection, self)
        self.empty = EmptyPage(self)
        self._views = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self._restore()
        self.set_view(self._view)
        self.retranslate()
        QTimer.singleShot(0, self, self.refresh)

    def _lay_out(self) -> None:
        for page in (self.runs, self.grid, self.empty):
            self._views.addWidget(page)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.bar)
        rows.addWidget(self.trash_strip)
        rows.addWidget(self._views, 1)

    def _connect(self) -> None:
        self._client.arrived.connect(self.apply)
        self._actions.library_changed.connect(self.refresh)
        for view in (self.runs, self.grid):
            view.button_clicked.connect(self._pressed)
            view.opened.connect(self._opened)
            view.drag_started.connect(partial(self._drag.start, view))
            view.menu_asked.connect(self._open_menu)
            view.keyed.connect(self._keyed)
            view.zoomed.connect(self._zoom)
        self.runs.run_button_clicked.connect(self._run_pressed)
        self.runs.rated.connect(lambda image_id, stars: self._actions.rate.emit([image_id], stars))
        self.runs.all_asked.connect(lambda: self._tasks.start("all", self._select_all()))
        self._actions.trash.connect(self._grid_selection.forget)
        self._grid_selection.tile_chosen.connect(lambda tile: self._actions.show_job.emit(tile.job_id))
        self.selection.changed.connect(self._selection_changed)
        self.images.counted.connect(lambda some, total: self._counted("images", some, total))
        self.run_list.counted.connect(lambda some, total: self._counted("runs", some, total))
        self._live.reordered.connect(self._choose_page)
        self.bar.filters_changed.connect(self._narrator.expect_counts)
        self.bar.grid_options.stacking_chosen.connect(self._narrator.expect_counts)
        self.bar.filters_changed.connect(self._ask)
        self.bar.sort_chosen.connect(self._ask)
        self.bar.grid_options.grouping_chosen.connect(self._ask)
        self.arrangement.words_changed.connect(self._tell_counts)
        self.bar.search_rewritten.connect(self.search_rewritten)
        self.bar.marks_toggled.connect(self._show_marks)
        self.bar.size_changed.connect(self._resize_tiles)
        self.empty.clear_asked.connect(self.bar.clear)
        self.collections.changed.connect(self._take_collections)
        self.bar.manage_collections_asked.connect(self._actions.manage_collections)
        self.bar.similar_asked.connect(self._actions.find_like)
        PictureDoor(self.bar, paste=False).given.connect(self._actions.find_like)
        self.destroyed.connect(self._thumbnails.close)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Gallery"))
        self.grid.setAccessibleName(self.tr("Images"))
        self.runs.setAccessibleName(self.tr("Runs"))
        self.run_list.speak_anew()
        self._tell_counts()

    # ------------------------------------------------------------------------------------------------ for the window
    def set_view(self, view: str) -> None:
        """``runs`` or ``grid``."""
        self._view = view
        self.bar.set_view(view)
        self._choose_page()
        self._tell_counts()

    def set_search(self, text: str) -> None:
        """Words and ``field:value`` pairs of the search field."""
        self.bar.set_searched(parse_query(text))

    def commit_search(self, text: str) -> str:
        """Return in the search field: its fields become chips that stay; gives back the words for the field."""
        found = parse_query(text)
        words = [chip for chip in found if chip.field == "text"]
        fields = [chip for chip in found if chip.field != "text"]
        if fields:
            self.bar.set_searched(words)
            known = [chip for chip in self.bar.chosen if chip.field not in {one.field for one in fields}]
            self.bar.set_filters([*known, *fields])
        return write_query(words)

    def set_filters(self, filters: list[Filter]) -> None:
        """Put these chips in place of those there are."""
        self.bar.set_filters(filters)

    def add_filter(self, chip: Filter) -> None:
        """Put a chip beside those there are, in place of that of its field."""
        self.bar.add_filter(chip)

    def set_tile_size(self, percent: int) -> None:
        """0 is the smallest, 100 the largest."""
        self.bar.size_slider.setValue(percent)

    def end(self) -> None:
        """The window closes: nothing more is asked of the library."""
        self._tasks.cancel_all()
        for part in (self.images, self.run_list, self.collections, self.trash_strip):
            part.end()

    def selected_image_ids(self) -> list[int]:
        """In the order in which they were selected."""
        return self.selection.ids

    def clear_selection(self) -> bool:
        """For Escape: whether there was something to clear."""
        had = bool(len(self.selection) or self.selection.tile_key)
        self.selection.clear()
        return had

    def refresh(self) -> None:
        """Ask the library again: something in it, or in the list of providers, has changed."""
        specs = {spec.id: spec for spec in self._client.studio.specs}
        self._live.set_specs(specs)
        self.images.set_specs(specs)
        self.run_list.set_specs(specs)
        self.bar.set_specs(specs)
        self.collections.refresh()
        self._drag.forget()
        if self._query is None:
            self._ask()
        else:
            self.images.reload()
            self.run_list.reload()

    def apply(self, events: list[StudioEvent]) -> None:
        """News of the engine, in order. Failures are said to screen readers at once."""
        for event in events:
            self._live.take(event)
            if event.kind == "image_missing":
                tile = self._live.tile(f"{event.job_id}#{event.image_index}")
                if tile is not None:
                    self._narrator.tell_failure(tile)

    # ------------------------------------------------------------------------------------------------ what is shown
    @property
    def _shown_view(self) -> RunsView | GridView:
        return self.grid if self._view == "grid" else self.runs

    def _ask(self) -> None:
        from studio.ui.gallery.filter_query import to_query

        specs = {spec.id: spec for spec in self._client.studio.specs}
        now = datetime.now(UTC).astimezone()
        self._query = to_query(
            self.bar.filters, specs, now=now, sort=self.bar.sort, group=self.bar.grid_options.grouping
        )
        self.trash_strip.show_for(self._query.trashed)
        asked = [chip.values for chip in self.bar.filters if chip.field == "collection"]
        self.menus.shown_collections = asked[0] if asked else ()
        self.images.set_query(self._query)
        self.run_list.set_query(self._query.model_copy(update={"sort": "newest", "group": ""}))
        remember("gallery/sort", self.bar.sort)

    def _take_collections(self) -> None:
        self.menus.collections = self.collections.counts
        self.bar.set_collections(self.collections.counts)

    def _counted(self, what: str, some: int, total: int) -> None:
        self._counts[what] = (some, total)
        self._tell_counts()
        if what == ("images" if self._view == "grid" else "runs"):
            self._narrator.tell_counts(self.bar.count_label.text())
        self._choose_page()

    def _choose_page(self) -> None:
        view = self._shown_view
        model = view.model()
        known = self._counts.get("images" if self._view == "grid" else "runs")
        page: QWidget = view
        if not model.rowCount():
            kind = "loading" if known is None else "no match" if self.bar.filters else "empty"
            if kind == "no match" and list(self.bar.filters) == [Filter("state", (TRASH,))]:
                kind = "empty bin"
            self.empty.show_kind(kind)
            page = self.empty
        if self._views.currentWidget() is not page:
            before, focused = self._views.currentWidget(), QApplication.focusWidget()
            inside = before is not None and focused is not None and (before is focused or before.isAncestorOf(focused))
            self._views.setCurrentWidget(page)
            if inside:
                page.setFocus()
        self.setFocusProxy(page)

    def _tell_counts(self) -> None:
        """``48 runs · 312 images``; with filters, or several selected, as x of y. What has not been counted yet is not
        told: a library that is being read is not empty."""
        images, images_total = self._counts.get("images", (0, 0))
        runs, runs_total = self._counts.get("runs", (0, 0))
        parts = []
        if len(self.selection) > 1:
            parts.append(self.tr("%n selected", "", len(self.selection)))
        if self._view == "runs" and "runs" in self._counts:
            parts.append(
                self.tr("%n run(s)", "", runs)
                if runs == runs_total
                else self.tr("{count} of %n run(s)", "", runs_total).format(count=runs)
            )
        if "images" in self._counts:
            parts.append(
                self.tr("%n image(s)", "", images)
                if images == images_total
                else self.tr("{count} of %n image(s)", "", images_total).format(count=images)
            )
        if self._view == "grid" and self.arrangement.words:
            parts.append(self.arrangement.words)
        self.bar.set_count(" · ".join(parts))

    def _show_marks(self, marked: bool) -> None:
        self.runs.set_marked(marked)
        remember("gallery/marks", marked)

    def _resize_tiles(self, percent: int) -> None:
        low, high = TILE_WIDTHS
        self.grid.set_tile_width(round(low + (high - low) * (percent / 100) ** 1.6))
        least, most = _RUN_SCALES
        self.runs.set_scale(least + (most - least) * percent / 100)
        remember("gallery/tile", percent)

    def _zoom(self, steps: int) -> None:
        self.set_tile_size(self.bar.size_slider.value() + 6 * steps)

    def _restore(self) -> None:
        stored = QSettings()
        self.bar.restore_sort(str(stored.value("gallery/sort", "newest")))
        self.bar.marks_button.setChecked(stored.value("gallery/marks", True, bool) is not False)
        percent = stored.value("gallery/tile", 36, int)
        self.bar.size_slider.setValue(percent if isinstance(percent, int) else 36)
        self._resize_tiles(self.bar.size_slider.value())

    # ------------------------------------------------------------------------------------------------ wishes
    def _pressed(self, tile: Tile, button: str) -> None:
        if button == "more":
            self._open_menu(tile, tile.run_id, self.cursor().pos())
            return
        self._wishes.press(tile, button)
        if button == "problem" and sends_again(tile) and tile.run_id not in self._live.runs:
            self._live.dismiss(tile.job_id)

    def _run_pressed(self, run_id: int, button: str) -> None:
        actions = self._actions
        if button == "more":
            self._open_menu(None, run_id, self.cursor().pos())
            return
        {"load": actions.load_run_settings, "again": actions.run_again, "cancel": actions.cancel_run}[button].emit(
            run_id
        )

    def _open_menu(self, tile: Tile | None, run_id: int | None, point: QPoint) -> None:
        row = self.run_list.row_at(self.run_list.number_of(run_id)) if run_id is not None else None
        unread = row is None and tile is not None and needs_run(tile)
        if run_id is not None and (unread or (row is not None and row.live)):
            self._tasks.start("menu", self._read_and_open_menu(tile, run_id, row, point))
        else:
            self._show_menu(tile, row, row.run if row is not None else None, point)

    async def _read_and_open_menu(self, tile: Tile | None, run_id: int, row: RunRow | None, point: QPoint) -> None:
        """What it costs to make again what did not come depends on the run as it is now."""
        from studio.domain.values import RunId

        page = await self._client.run(lambda studio: studio.workspace.library.run(RunId(run_id)))
        run = page.run if page is not None else None
        self._show_menu(tile, replace(row, run=run) if row is not None and run is not None else row, run, point)

    def _show_menu(self, tile: Tile | None, row: RunRow | None, run: Run | None, point: QPoint) -> None:
        in_grid = self.arrangement.extend if self._view == "grid" else None
        self.menus.open_at(point, tile, row, run, in_grid)

    def current_image(self) -> int | None:
        """The image with the cursor; None where there is none."""
        tile = self.runs.current_tile() if self._view == "runs" else self.grid.current_tile()
        return int(tile.image.id) if tile is not None and tile.image is not None else None

    def step(self, by: int) -> int | None:
        """The cursor goes on by one (1) or back (-1), as with the arrow keys; the image it comes to."""
        key = Qt.Key.Key_Right if by > 0 else Qt.Key.Key_Left
        view = self.runs if self._view == "runs" else self.grid
        QApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier))
        return self.current_image()

    def _opened(self, tile: Tile | None) -> None:
        if tile is not None and tile.image is not None:
            self._actions.open_large.emit(tile.image.id)
        elif tile is not None:
            self._actions.show_job.emit(tile.job_id)

    def _keyed(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        current = self.runs.current_tile() if self._view == "runs" else self.grid.current_tile()
        if event.key() == Qt.Key.Key_Escape and self.clear_selection():
            event.accept()
        elif control and event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self._zoom(-1 if event.key() == Qt.Key.Key_Minus else 1)
            event.accept()
        elif event.isAutoRepeat():
            event.accept()  # a key that is held down buys, votes and deletes no more than once
        else:
            single = self._client.studio.settings.current.single_key_shortcuts
            of_grid = single and self._view == "grid" and self.arrangement.key(event)
            if of_grid or self._wishes.key(event, self.selection.ids, current, single_keys=single):
                event.accept()

    # ------------------------------------------------------------------------------------------------ selection, drag
    def _selection_changed(self) -> None:
        ids = self.selection.ids
        self._tell_counts()
        self._actions.select_images.emit(ids)
        if self.selection.tile_key and self._view == "runs":
            self._actions.show_job.emit(self.selection.tile_key.partition("#")[0])
        self._drag.prepare(ids)

    async def _select_all(self) -> None:
        query = self._query
        if query is not None:
            count = self._counts.get("images", (0, 0))[0]
            ids = await self._client.run(lambda studio: studio.workspace.library.ids(query, 0, count))
            self.selection.set_ids(ids)

    def _record(self, image_id: int) -> ImageRecord | None:
        return self.images.record(image_id) or self.run_list.record(image_id)


def report_fault(error: BaseException) -> None:
    """A fault of a task of this panel takes the way of every other one."""
    sys.excepthook(type(error), error, error.__traceback__)
