"""The bar above the images: filters as chips, how many match, marks, order and size of tiles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from studio.ui.gallery import filter_words
from studio.ui.gallery.chip_row import ChipRow
from studio.ui.gallery.filter_editors import LISTED, WRITTEN, FilterLine, fill_menu
from studio.ui.gallery.grid_options import GridOptions
from studio.ui.gallery.query_text import Field, Filter, joined
from studio.ui.theme import Height, Space, TextRole, active, paint_icon
from studio.ui.translation import Translated
from studio.ui.widgets import (
    Button,
    ButtonKind,
    Chip,
    ChipKind,
    IconButton,
    Label,
    Menu,
    Slider,
    Themed,
    safe_override,
    set_tooltip,
)

if TYPE_CHECKING:
    from studio.domain.capability import ProviderSpec

HEIGHT = 40
TILE_SIZES = (0, 100)
_SORTS = ("newest", "oldest", "rating", "provider", "model")
_CHIPS_SHOWN = 12
_COUNT_FROM_PX, _SLIDER_FROM_PX = 560, 400
_COUNT_WITH_CHIPS_FROM_PX = 680


class _SizeSign(Themed, QWidget):
    """A small or large picture at an end of the size slider."""

    def __init__(self, side: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._side = side
        self.setFixedSize(16, 24)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = self.rect().toRectF()
        corner = box.center() - QPointF(self._side / 2, self._side / 2)
        paint_icon(painter, "image", QRectF(corner, QSizeF(self._side, self._side)), self.tokens.text2)
        painter.end()


class FilterBar(Translated, Themed, QWidget):
    """`filters_changed` carries the chips, `search_rewritten` the search text when a chip that came from it changed."""

    filters_changed = Signal()
    search_rewritten = Signal(str)
    sort_chosen = Signal(str)
    marks_toggled = Signal(bool)
    size_changed = Signal(int)
    similar_asked = Signal(object)
    """A `ui.picture_mime.Picture` that was dropped here or had been copied; None: let a file be chosen."""
    manage_collections_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._specs: Mapping[str, ProviderSpec] = {}
        self._collections: Sequence[tuple[str, int]] = ()
        self._chosen: tuple[Filter, ...] = ()
        self._searched: tuple[Filter, ...] = ()
        self._sort = "newest"
        self._view = "runs"
        self._chips: list[Chip] = []
        self._chip_room = ChipRow(self)
        self.add_chip = Chip("", kind=ChipKind.OUTLINE, icon_name="plus", parent=self._chip_room)
        self.clear_button = Button(kind=ButtonKind.QUIET, height=Height.SMALL, parent=self._chip_room)
        self._chip_room.set_ends(self.add_chip, self.clear_button)
        self.count_label = Label(role=TextRole.SMALL, tone="text2", tabular=True, parent=self)
        self.sort_button = Button(
            kind=ButtonKind.QUIET, icon_name="arrow-down-wide-narrow", height=Height.SMALL, parent=self
        )
        self.grid_options = GridOptions(self)
        self.marks_button = IconButton("diff", side=24, checkable=True, on_canvas=True, parent=self)
        self.marks_button.setChecked(True)
        self.size_slider = Slider(minimum=TILE_SIZES[0], maximum=TILE_SIZES[1], value=38, parent=self)
        self.size_slider.setFixedWidth(72)
        self._arrange()
        self.add_chip.clicked.connect(self._offer_fields)
        self.clear_button.clicked.connect(self.clear)
        self.sort_button.clicked.connect(self._offer_sorts)
        self.marks_button.toggled.connect(self.marks_toggled)
        self.size_slider.valueChanged.connect(self.size_changed)
        self.restyle()
        self.set_view("runs")
        self.retranslate()

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 0, Space.L, 0)
        row.setSpacing(Space.S)
        row.addWidget(self._chip_room, 1)
        row.addWidget(self.count_label)
        row.addSpacing(Space.XS)
        row.addWidget(self.sort_button)
        row.addWidget(self.grid_options)
        row.addWidget(self.marks_button)
        self._signs = (_SizeSign(11, self), _SizeSign(15, self))
        row.addWidget(self._signs[0])
        row.addWidget(self.size_slider)
        row.addWidget(self._signs[1])
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def restyle(self) -> None:
        self.setFixedHeight(active().scaled(HEIGHT))

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Filters"))
        self.add_chip.set_words(self.tr("Add filter"))
        self.clear_button.setText(self.tr("Clear"))
        self.marks_button.set_name(self.tr("Show what changed in the prompts"))
        self.size_slider.setAccessibleName(self.tr("Tile size"))
        set_tooltip(self.size_slider, self.tr("Tile size"), shortcut="Ctrl++")
        self._name_sort()
        self._lay_chips()

    # ------------------------------------------------------------------------------------------------ what is asked
    @property
    def filters(self) -> tuple[Filter, ...]:
        """All that is asked for: chips chosen here and those of the search field."""
        return joined(self._chosen, self._searched)

    @property
    def chosen(self) -> tuple[Filter, ...]:
        """The chips without those of the search field."""
        return self._chosen

    @property
    def sort(self) -> str:
        return self._sort

    def chips(self) -> list[Chip]:
        """The chips as they stand, from the left."""
        return list(self._chips)

    def restore_sort(self, sort: str) -> None:
        """The order of an earlier session; an unknown one is left."""
        if sort in _SORTS:
            self._sort = sort
            self._name_sort()

    def set_specs(self, specs: Mapping[str, ProviderSpec]) -> None:
        self._specs = specs
        self._lay_chips()

    def set_collections(self, collections: Sequence[tuple[str, int]]) -> None:
        """Names and numbers of images, for the menu."""
        self._collections = collections

    def add_filter(self, chip: Filter) -> None:
        """Put a chip in place of that of its field, wherever that came from."""
        self._change(chip)

    def set_filters(self, filters: Sequence[Filter]) -> None:
        """Put chips in place of those chosen here."""
        self._chosen = tuple(chip for chip in filters if chip.values)
        self._lay_chips()
        self.filters_changed.emit()

    def set_searched(self, filters: Sequence[Filter]) -> None:
        """What the search field asks for; its fields are shown as chips, its words stay in the field."""
        if tuple(filters) != self._searched:
            self._searched = tuple(filters)
            self._lay_chips()
            self.filters_changed.emit()

    def clear(self) -> None:
        """Ask for everything again."""
        searched, self._searched = self._searched, ()
        self.set_filters(())
        if searched:
            self.search_rewritten.emit("")

    def set_view(self, view: str) -> None:
        """Marks belong to Runs; order, groups and stacks to the grid."""
        self._view = view
        self.marks_button.setVisible(view == "runs")
        self.sort_button.setVisible(view == "grid")
        self.grid_options.setVisible(view == "grid")

    def set_count(self, words: str) -> None:
        self.count_label.setText(words)

    # ------------------------------------------------------------------------------------------------ chips
    def _lay_chips(self) -> None:
        shown = [chip for chip in self.filters if chip.field != "text" or chip in self._chosen][:_CHIPS_SHOWN]
        self._chips = []
        for chip in shown:
            name, words = filter_words.chip_words(chip, self._specs)
            widget = Chip(
                words,
                name=name,
                removable=True,
                remove_words=self.tr("Remove filter"),
                swatches=chip.values if chip.field == "colour" else (),
                parent=self._chip_room,
            )
            widget.clicked.connect(partial(self._edit, chip, widget))
            widget.removed.connect(partial(self._change, Filter(chip.field, ())))
            self._chips.append(widget)
        if self.clear_button.hasFocus() and len(shown) < 2:
            self.add_chip.setFocus(Qt.FocusReason.OtherFocusReason)
        self.clear_button.setVisible(len(shown) > 1)
        self._chip_room.set_chips(self._chips)
        self._make_room()
        before: QWidget = self.add_chip
        for widget in reversed(self._chips):
            QWidget.setTabOrder(widget, before)
            before = widget

    def _change(self, chip: Filter) -> None:
        """Put a chip in place of that of its field; without values it goes."""
        if any(searched.field == chip.field for searched in self._searched):
            from studio.ui.gallery.query_text import write_query

            self._searched = tuple(searched for searched in self._searched if searched.field != chip.field)
            self.search_rewritten.emit(write_query(self._searched))
        known = [one if one.field != chip.field else chip for one in self._chosen]
        if chip not in known:
            known.append(chip)
        self.set_filters(known)

    def _edit(self, chip: Filter, widget: QWidget, _checked: bool = False) -> None:
        if chip.field in LISTED:
            menu = Menu(filter_words.field_name(chip.field), self)
            self._fill(menu, chip, widget)
            menu.open_at(widget)
        else:
            self._write(chip, widget)

    def _fill(self, menu: Menu, chip: Filter, opener: QWidget) -> None:
        """What can be chosen for a field."""
        if chip.field == "similar":
            self._fill_similar(menu)
            return
        write = partial(self._write, chip, opener)
        fill_menu(menu, chip, self._specs, changed=self._change, write=write, collections=self._collections)
        if chip.field == "collection":
            menu.addSeparator()
            menu.add(self.tr("Manage collections..."), self.manage_collections_asked.emit)

    def _fill_similar(self, menu: Menu) -> None:
        from PySide6.QtGui import QGuiApplication

        from studio.ui.picture_mime import holds_picture, picture_of

        menu.add(self.tr("Similar to a file..."), lambda: self.similar_asked.emit(None), icon_name="file-image")
        menu.add(
            self.tr("Similar to the copied picture"),
            lambda: self.similar_asked.emit(picture_of(QGuiApplication.clipboard().mimeData())),
            icon_name="clipboard-paste",
            available=holds_picture(QGuiApplication.clipboard().mimeData()),
            reason=self.tr("No picture has been copied."),
        )

    def _write(self, chip: Filter, widget: QWidget) -> None:
        if chip.field == "colour":
            from studio.ui.gallery.colour_popover import ColourPopover

            line: FilterLine | ColourPopover = ColourPopover(chip, self)
        else:
            line = FilterLine(chip, self)
        line.taken.connect(self._change)
        line.closed.connect(line.deleteLater)
        line.open_at(widget)

    def _offer_fields(self) -> None:
        menu = Menu(self.tr("Add filter"), self)
        asked = {chip.field: chip for chip in self.filters}
        order: tuple[Field, ...] = (
            *("date", "provider", "model", "rating", "tag", "note", "collection", "state"),
            *("size", "ratio", "seed", "cost", "run", "sweep", "colour", "similar", "text", "rejected"),
        )
        for field in order:
            chip = asked.get(field, Filter(field, ()))
            if field in WRITTEN:
                menu.add(self._dotted(field), partial(self._write, chip, self.add_chip))
                continue
            inner = menu.add_menu(filter_words.field_name(field))
            self._fill(inner, chip, self.add_chip)
        menu.open_at(self.add_chip)

    def _dotted(self, field: Field) -> str:
        return self.tr("{name}...").format(name=filter_words.field_name(field))

    @safe_override(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, what only informs makes place for what can be pressed."""
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        room = self.width() * 100 / active().scale_percent
        crowded = bool(self._chips) and self._view == "grid"
        self.count_label.setVisible(room >= (_COUNT_WITH_CHIPS_FROM_PX if crowded else _COUNT_FROM_PX))
        for widget in (*self._signs, self.size_slider):
            widget.setVisible(room >= _SLIDER_FROM_PX)

    # ------------------------------------------------------------------------------------------------ order
    def _sort_name(self, sort: str) -> str:
        match sort:
            case "oldest":
                return self.tr("Oldest")
            case "rating":
                return self.tr("Rating")
            case "provider":
                return self.tr("Provider")
            case "model":
                return self.tr("Model")
            case _:
                return self.tr("Newest")

    def _name_sort(self) -> None:
        words = self._sort_name(self._sort)
        self.sort_button.setText(words)
        self.sort_button.setAccessibleName(self.tr("Order: {name}").format(name=words))

    def _offer_sorts(self) -> None:
        menu = Menu(self.tr("Order"), self)
        for sort in _SORTS:
            menu.add(self._sort_name(sort), partial(self._choose_sort, sort), checked=sort == self._sort)
        menu.open_at(self.sort_button, align_right=True)

    def _choose_sort(self, sort: str) -> None:
        if sort != self._sort:
            self._sort = sort
            self._name_sort()
            self.sort_chosen.emit(sort)

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(420, self.height())
