"""Groups and stacks of the grid: the options, the keys and the entries of the context menu that act on them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent

from studio.ui.gallery.grid_options import GridOptions
from studio.ui.gallery.grid_view import GridView
from studio.ui.gallery.images_model import ImagesModel
from studio.ui.gallery.selection import SelectedImages
from studio.ui.gallery.tile import Tile
from studio.ui.widgets import Announcer, Menu

if TYPE_CHECKING:
    from studio.ui.actions import StudioActions


class GridArrangement(QObject):
    """Lives between the grid, its model and its options. `words_changed`: what `words` says is another now."""

    words_changed = Signal()

    def __init__(
        self,
        grid: GridView,
        model: ImagesModel,
        options: GridOptions,
        selection: SelectedImages,
        actions: StudioActions,
    ) -> None:
        super().__init__(grid)
        self._grid, self._model, self._options = grid, model, options
        self._selection, self._actions = selection, actions
        self._announcer = Announcer(grid)
        self._compared = (0, 0)
        model.set_stacking(options.stacking)
        model.searched.connect(self._tell_search)
        options.stacking_chosen.connect(model.set_stacking)
        options.fold_asked.connect(grid.fold_all)
        options.grouping_chosen.connect(grid.scrollToTop)
        grid.button_clicked.connect(self._pressed)
        grid.header_menu_asked.connect(self._open_header_menu)

    @property
    def words(self) -> str:
        """``12 stacks of 40 images``, or how far the search for near-duplicates is; empty without stacks."""
        if not self._options.stacking:
            return ""
        done, total = self._compared
        if total:
            words = self.tr("Looking for near-duplicates, {done} of {total}")
            return words.format(done=f"{done:,}".replace(",", " "), total=f"{total:,}".replace(",", " "))
        stacks = self._model.stacks
        if stacks is None:
            return ""
        words = self.tr("%n stack(s) of {images} images", "", len(stacks.stacks))
        return words.format(images=stacks.stacked_count) if stacks.stacks else self.tr("no near-duplicates")

    def _tell_search(self, done: int, total: int) -> None:
        self._compared = (done, total) if self._options.stacking else (0, 0)
        self.words_changed.emit()

    # ------------------------------------------------------------------------------------------------ wishes
    def _pressed(self, tile: Tile, button: str) -> None:
        if button == "stack":
            self.toggle_stack(tile)

    def toggle_stack(self, tile: Tile) -> None:
        """Open the stack of a tile in place, or close it; the cursor stays on its first image."""
        stacks, image = self._model.stacks, tile.image
        top = stacks.top_of(image.id) if stacks is not None and image is not None else None
        if stacks is None or top is None:
            return
        self._model.toggle_stack(top)
        rows = self._model.rows_of_images({top})
        if rows:
            self._grid.setCurrentIndex(self._model.index(rows[0]))
        count = len(stacks.stacks[top])
        opened = self.tr("Stack opened, %n image(s)", "", count)
        self._announcer.say_now(opened if stacks.is_open(top) else self.tr("Stack closed"))

    def key(self, event: QKeyEvent) -> bool:
        """Single keys of groups and stacks; whether this was one that meant something."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return False
        tile = self._grid.current_tile()
        if event.key() == Qt.Key.Key_S and tile is not None and tile.stack_size:
            self.toggle_stack(tile)
            return True
        if event.key() == Qt.Key.Key_G and self._grid.toggle_fold():
            self._tell_fold()
            return True
        return False

    def _tell_fold(self) -> None:
        group = self._grid.current_group
        title = self._model.title_of(self._model.groups[group])
        words = self.tr("{group}, folded") if self._grid.cursor_on_header else self.tr("{group}, shown")
        self._announcer.say_now(words.format(group=title))

    def extend(self, menu: Menu, tile: Tile) -> None:
        """Add what the context menu of a tile offers for its stack and its group."""
        stacks, image = self._model.stacks, tile.image
        top = stacks.top_of(image.id) if stacks is not None and image is not None and tile.stack_size else None
        if stacks is not None and image is not None and top is not None:
            members = list(stacks.stacks[top])
            others = [one for one in members if one != image.id]
            menu.addSeparator()
            words = self.tr("Close stack") if stacks.is_open(top) else self.tr("Open stack")
            menu.add(words, partial(self.toggle_stack, tile), icon_name="layers-2", shortcut="S")
            menu.add(self.tr("Select whole stack"), partial(self._select_stack, tile, members))
            words = self.tr("Reject all of the stack but this")
            menu.add(words, partial(self._actions.reject.emit, others, True), icon_name="ban")
        rows = self._model.rows_of_images({image.id}) if image is not None else []
        group = self._grid.places.group_of(rows[0]) if rows else -1
        if group >= 0:
            menu.addSeparator()
            self._add_group(menu, group)

    def header_menu(self, group: int) -> Menu:
        """What can be done with a group as a whole, and with all of them."""
        menu = Menu(parent=self._grid)
        self._add_group(menu, group)
        menu.addSeparator()
        menu.add(self.tr("Fold all groups"), partial(self._grid.fold_all, True))
        menu.add(self.tr("Show all groups"), partial(self._grid.fold_all, False))
        return menu

    def _add_group(self, menu: Menu, group: int) -> None:
        folded = self._grid.places.is_folded(group)
        words = self.tr("Show group") if folded else self.tr("Fold group")
        menu.add(words, partial(self._grid.set_folded, group, not folded), shortcut="G")
        words = self.tr("Take group out of the selection") if self._all_selected(group) else self.tr("Select group")
        menu.add(words, partial(self._grid.select_group, group), shortcut="Ctrl+Shift+A")

    def _all_selected(self, group: int) -> bool:
        return self._grid.selected_in(group) == len(self._grid.places.rows_of(group))

    def _open_header_menu(self, group: int, point: QPoint) -> None:
        self.header_menu(group).open_at_point(point)

    def _select_stack(self, tile: Tile, members: list[int]) -> None:
        """Open it first: what is selected shall be seen."""
        if not tile.stack_place:
            self.toggle_stack(tile)
        self._selection.set_ids(members)
