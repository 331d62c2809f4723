"""Context menus of tiles and runs. Every entry says its wish through `StudioActions`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget

from studio.ui.gallery import tile_words
from studio.ui.gallery.run_row import RunRow
from studio.ui.gallery.selection import SelectedImages
from studio.ui.gallery.tile import Tile, TileState
from studio.ui.gallery.wishes import TileWishes, sends_again
from studio.ui.quotes import Quote, Quotes
from studio.ui.translation import filled
from studio.ui.widgets import Menu

if TYPE_CHECKING:
    from studio.domain.jobs import ImageRecord, Run
    from studio.ui.actions import Availability, StudioActions

COMPARED_MOST, VOTED_MOST = 9, 100
_COLLECTIONS_LISTED = 16
_REPEATED = {TileState.FAILED, TileState.CANCELLED}
"""What "Run only what failed" makes; what may have been billed is decided about one by one."""


def needs_run(tile: Tile) -> bool:
    """Whether its menu tells what it costs to make it once more."""
    return not tile.state.is_live if tile.image is None else tile.state is TileState.CACHED


class TileMenus(QObject):
    """Builds a menu when it is asked for, for the tile or run under the pointer; the caller opens it."""

    def __init__(self, actions: StudioActions, wishes: TileWishes, selection: SelectedImages, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions, self._wishes, self._selection, self._widget = actions, wishes, selection, parent
        self.collections: Sequence[tuple[str, int]] = ()
        """Names with numbers of images."""
        self.shown_collections: Sequence[str] = ()
        """Those that the gallery is filtered by."""
        self.quotes: Quotes | None = None
        """What a further run would cost; without it the entries have no price."""

    def open_at(
        self,
        point: QPoint,
        tile: Tile | None,
        row: RunRow | None,
        run: Run | None,
        in_grid: Callable[[Menu, Tile], None] | None,
    ) -> None:
        """The menu of a tile, or without one of a run. `in_grid` adds what only the grid has; elsewhere the menu of
        the run stands in that of its tiles."""
        if tile is None:
            if row is not None:
                self.of_run(row).open_at_point(point)
            return
        menu = self.of_tile(tile, run)
        if in_grid is not None:
            in_grid(menu, tile)
        elif row is not None:
            self.add_run(menu, row)
        menu.open_at_point(point)

    def of_tile(self, tile: Tile, run: Run | None) -> Menu:
        """What can be done with a tile, of this run; with all selected images when it is one of several."""
        menu = Menu(parent=self._widget)
        if tile.image is None:
            self._fill_without_image(menu, tile, run)
            return menu
        many = self._selection.ids
        if tile.image.trashed_at is not None:
            self._fill_trashed(menu, tile.image, many if tile.image.id in many else [tile.image.id])
            return menu
        if tile.image.id not in many or len(many) < 2:
            self._fill_one(menu, tile, tile.image, run)
            many = [tile.image.id]
        else:
            self._fill_many(menu, many)
        menu.addSeparator()
        self._fill_marks(menu, tile.image, many)
        menu.addSeparator()
        self._fill_files(menu, tile.image, many)
        return menu

    def _fill_one(self, menu: Menu, tile: Tile, image: ImageRecord, run: Run | None) -> None:
        do, one = self._actions, image.id
        menu.add(self.tr("Large preview"), lambda: do.open_large.emit(one), icon_name="maximize-2", shortcut="Space")
        menu.addSeparator()
        menu.add(self.tr("Load settings"), lambda: do.load_settings.emit(one), icon_name="corner-up-left", shortcut="R")
        menu.add(self.tr("Look at settings"), lambda: do.look_at_settings.emit(one), icon_name="eye", shortcut="L")
        menu.add(self.tr("Vary"), lambda: do.vary.emit(one), icon_name="shuffle", shortcut="V", **self._change())
        menu.add(
            self.tr("Use as reference"),
            lambda: do.use_as_reference.emit([one]),
            icon_name="image-plus",
            shortcut="U",
        )
        menu.add(self.tr("Find similar images"), lambda: do.find_similar.emit(one), icon_name="search")
        if tile.state is TileState.CACHED:
            anew = partial(do.make_anew.emit, tile.job_id)
            quote = self.quotes.of_anew(run, tile.job_id) if self.quotes is not None and run is not None else Quote()
            words = quote.behind(self.tr("Make anew"))
            menu.add(words, anew, icon_name="repeat-2", **self._change(not quote.reason, quote.reason))

    def _fill_many(self, menu: Menu, many: list[int]) -> None:
        do = self._actions
        menu.add(
            self.tr("Compare"),
            lambda: do.compare.emit(many),
            icon_name="columns-2",
            shortcut="C",
            available=len(many) <= COMPARED_MOST,
            reason=self.tr("At most 9 images can be compared."),
        )
        self._add_vote(menu, self.tr("Blind vote on these"), many, shortcut="B")
        menu.add(
            self.tr("Use as reference"), lambda: do.use_as_reference.emit(many), icon_name="image-plus", shortcut="U"
        )

    def _fill_marks(self, menu: Menu, image: ImageRecord, many: list[int]) -> None:
        do, single = self._actions, len(many) == 1
        rating = menu.add_menu(self.tr("Rating"), icon_name="star")
        for stars in range(5, -1, -1):
            words = self.tr("%n star(s)", "", stars) if stars else self.tr("No rating")
            checked = image.rating == stars if single else None
            rate = partial(do.rate.emit, many, stars)
            rating.add(words, rate, shortcut=str(stars), checked=checked, **self._change())
        words = self.tr("Take the rejection back") if image.rejected else self.tr("Reject")
        reject = partial(do.reject.emit, many, not image.rejected)
        menu.add(words, reject, icon_name="ban", shortcut="X", **self._change())
        edit = partial(do.edit_tags.emit, many)
        menu.add(self.tr("Tags..."), edit, icon_name="pencil", shortcut="T", **self._change())
        self._fill_collections(menu, many)

    def _fill_collections(self, menu: Menu, many: list[int]) -> None:
        do = self._actions
        inner = menu.add_menu(self.tr("Add to collection"), icon_name="folder-plus")
        for name, count in self.collections[:_COLLECTIONS_LISTED]:
            words = filled(self.tr("{name} ({count})"), name=name, count=count)
            inner.add(words, partial(do.collect.emit, many, name), **self._change())
        if self.collections:
            inner.addSeparator()
        words = self.tr("Choose or name a collection...") if self.collections else self.tr("New collection...")
        inner.add(words, lambda: do.pick_collection.emit(many), shortcut="A", **self._change())
        for name in self.shown_collections:
            words = filled(self.tr("Remove from {name}"), name=name)
            menu.add(words, partial(do.uncollect.emit, many, name), **self._change())

    def _fill_trashed(self, menu: Menu, image: ImageRecord, many: list[int]) -> None:
        do, one = self._actions, image.id
        menu.add(self.tr("Large preview"), lambda: do.open_large.emit(one), icon_name="maximize-2", shortcut="Space")
        menu.addSeparator()
        back, empty = partial(do.restore.emit, many), partial(do.empty_trash.emit, many)
        menu.add(self.tr("Bring back"), back, icon_name="archive-restore", **self._change())
        menu.add(self.tr("Delete for good..."), empty, icon_name="trash-2", shortcut="Del", **self._change())

    def _fill_files(self, menu: Menu, image: ImageRecord, many: list[int]) -> None:
        do, one, single = self._actions, image.id, len(many) == 1
        copy = QKeySequence(QKeySequence.StandardKey.Copy)
        menu.add(self.tr("Copy image"), lambda: do.copy_images.emit(many), icon_name="copy", shortcut=copy)
        if single:
            menu.add(self.tr("Copy prompt"), lambda: do.copy_prompt.emit(one), shortcut="Ctrl+Shift+C")
            menu.add(self.tr("Show in folder"), lambda: do.show_in_folder.emit(one), icon_name="folder-open")
        menu.add(self.tr("Export..."), lambda: do.export.emit(many), icon_name="download", shortcut="Ctrl+E")
        menu.addSeparator()
        trash = partial(do.trash.emit, many)
        menu.add(self.tr("Move to bin"), trash, icon_name="trash-2", shortcut="Del", **self._change())

    def _fill_without_image(self, menu: Menu, tile: Tile, run: Run | None) -> None:
        do, job = self._actions, tile.job_id
        words = tile_words.button(tile)
        if words and not sends_again(tile):  # else it says what "Generate again" does
            menu.add(words, lambda: self._wishes.press(tile, "problem"))
        if not tile.state.is_live:
            again = partial(do.generate_again.emit, job)
            quote = self.quotes.of_again(run, job) if self.quotes is not None and run is not None else Quote()
            asks = tile.state is TileState.UNCERTAIN
            words = quote.behind(self.tr("Generate again...") if asks else self.tr("Generate again"))
            menu.add(words, again, icon_name="repeat-2", **self._change(not quote.reason, quote.reason))
        menu.add(self.tr("Load settings"), lambda: do.load_run_settings.emit(tile.run_id), icon_name="corner-up-left")
        menu.add(self.tr("Look at settings"), lambda: do.look_at_run_settings.emit(tile.run_id), icon_name="eye")
        menu.add(self.tr("Show details"), lambda: do.show_job.emit(job), icon_name="info")

    def _add_vote(self, menu: Menu, words: str, ids: list[int], *, shortcut: str = "") -> None:
        menu.add(
            words,
            lambda: self._actions.vote.emit(ids),
            icon_name="eye-off",
            shortcut=shortcut,
            **self._change(2 <= len(ids) <= VOTED_MOST, self.tr("A blind vote is over two to a hundred images.")),
        )

    def _change(self, available: bool = True, reason: str = "") -> Availability:
        """Whether an entry that changes the library or generates something can be chosen, and why not."""
        why_not = self._actions.why_not()
        return {"available": available and not why_not, "reason": why_not or reason}

    def of_run(self, row: RunRow) -> Menu:
        """Behind the three dots of a run."""
        menu = Menu(parent=self._widget)
        self._fill_run(menu, row)
        return menu

    def add_run(self, menu: Menu, row: RunRow) -> None:
        """The menu of its run inside the menu of a tile: by keyboard the run is reached through its tiles."""
        menu.addSeparator()
        self._fill_run(menu.add_menu(self.tr("Run {number}").format(number=row.run.id), icon_name="rows-3"), row)

    def _fill_run(self, menu: Menu, row: RunRow) -> None:
        do, run = self._actions, row.run.id
        ids = [int(tile.image.id) for tile in row.tiles if tile.image is not None]
        nothing = self.tr("This run has no images yet.")
        menu.add(self.tr("Load settings"), lambda: do.load_run_settings.emit(run), icon_name="corner-up-left")
        menu.add(self.tr("Look at settings"), lambda: do.look_at_run_settings.emit(run), icon_name="eye")
        self._fill_again(menu, row)
        if row.live:
            menu.add(self.tr("Cancel this run"), lambda: do.cancel_run.emit(run), icon_name="x")
        menu.addSeparator()
        menu.add(
            self.tr("Select its images"), lambda: self._selection.set_ids(ids), available=bool(ids), reason=nothing
        )
        menu.add(
            self.tr("Compare its images"),
            lambda: do.compare.emit(ids),
            icon_name="columns-2",
            available=2 <= len(ids) <= COMPARED_MOST,
            reason=self.tr("Two to nine images can be compared."),
        )
        self._add_vote(menu, self.tr("Blind vote on its images"), ids)
        menu.add(
            self.tr("Export its images..."),
            lambda: do.export.emit(ids),
            icon_name="download",
            available=bool(ids),
            reason=nothing,
        )

    def _fill_again(self, menu: Menu, row: RunRow) -> None:
        """What costs money once more, with its price."""
        do, run, quotes = self._actions, row.run, self.quotes
        failed = any(tile.image is None and tile.state in _REPEATED for tile in row.tiles)
        whole = quotes.of_run(run) if quotes is not None else Quote()
        ticked = quotes.of_ticked(run.request) if quotes is not None else Quote()
        missing = quotes.of_missing(run) if quotes is not None and failed else Quote()
        menu.add(
            whole.behind(self.tr("Run again")),
            lambda: do.run_again.emit(run.id),
            icon_name="repeat-2",
            **self._change(not whole.reason, whole.reason),
        )
        menu.add(
            ticked.behind(self.tr("Run again with the ticked models")),
            lambda: do.run_on_other_targets.emit(run.id),
            **self._change(not ticked.reason, ticked.reason),
        )
        menu.add(
            missing.behind(self.tr("Run only what failed")),
            lambda: do.run_failed_again.emit(run.id),
            **self._change(failed and not missing.reason, missing.reason or self._why_nothing(row)),
        )

    def _why_nothing(self, row: RunRow) -> str:
        if any(tile.state is TileState.UNCERTAIN for tile in row.tiles):
            return self.tr("Decide first about what may have been billed.")
        return self.tr("Nothing of this run failed.")
