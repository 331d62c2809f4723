"""Editors of filters: menus for what can be listed, a line to write in for the rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from studio.ui.gallery import filter_words
from studio.ui.gallery.query_text import DATES, SINGLE, STATES, Field, Filter, is_valid
from studio.ui.translation import filled, translate
from studio.ui.widgets import Label, LineField, Menu, Popover

if TYPE_CHECKING:
    from studio.domain.capability import ProviderSpec

LISTED: tuple[Field, ...] = (
    *("provider", "model", "collection", "date", "rating"),
    *("state", "ratio", "rejected", "similar"),
)
WRITTEN: tuple[Field, ...] = ("text", "run", "sweep", "tag", "note", "size", "seed", "cost", "colour")
_COLLECTIONS_LISTED = 24
_RATINGS = ("5", "4+", "3+", "2+", "1+", "0")
_RATIOS = ("1:1", "4:5", "3:4", "2:3", "3:2", "16:9", "9:16", "21:9")

Changed = Callable[[Filter], object]
"""Gets the new filter; one without values goes away."""


def fill_menu(
    menu: Menu,
    chip: Filter,
    specs: Mapping[str, ProviderSpec],
    *,
    changed: Changed,
    write: Callable[[], object],
    collections: Sequence[tuple[str, int]] = (),
) -> None:
    """Entries for a listed field, ticked as the filter has them; `write` opens the line for free values."""
    if chip.field == "model":
        for spec in specs.values():
            inner = menu.add_menu(filter_words.value_name("provider", spec.id, specs))
            for model in spec.models:
                _add(inner, chip, model.id, specs, changed)
        return
    if chip.field == "collection":
        _fill_collections(menu, chip, collections, changed, write)
        return
    for value in _values(chip.field, specs):
        _add(menu, chip, value, specs, changed)
    if chip.field in {"date", "ratio"}:
        menu.addSeparator()
        menu.add(translate("Filters", "Other..."), write)


def _fill_collections(
    menu: Menu, chip: Filter, collections: Sequence[tuple[str, int]], changed: Changed, write: Callable[[], object]
) -> None:
    """Each with its number of images, also those that the filter names and that are gone."""
    chosen = {value.casefold(): value for value in chip.values}
    for name, count in collections[:_COLLECTIONS_LISTED]:
        value = chosen.pop(name.casefold(), None)
        words = filled(translate("Filters", "{name} ({count})"), name=name, count=count)
        toggled = chip.with_value(name if value is None else value, on=value is None)
        menu.add(words, partial(changed, toggled), checked=value is not None)
    for value in chosen.values():
        menu.add(value, partial(changed, chip.with_value(value, on=False)), checked=True)
    if not menu.actions():
        menu.add(translate("Filters", "No collection yet"), available=False)
    if len(collections) > _COLLECTIONS_LISTED:
        menu.addSeparator()
        menu.add(translate("Filters", "Other..."), write)


def _values(field: Field, specs: Mapping[str, ProviderSpec]) -> tuple[str, ...]:
    match field:
        case "provider":
            return tuple(specs)
        case "date":
            return DATES
        case "rating":
            return _RATINGS
        case "state":
            return STATES
        case "ratio":
            return _RATIOS
        case _:
            return ("yes", "no")


def _add(menu: Menu, chip: Filter, value: str, specs: Mapping[str, ProviderSpec], changed: Changed) -> None:
    on = value in chip.values

    def choose() -> None:
        if chip.field in SINGLE:
            changed(Filter(chip.field, () if on else (value,)))
        else:
            changed(chip.with_value(value, on=not on))

    words = filter_words.value_name(chip.field, value, specs)
    if chip.field != "model":  # its id is written as the vendor writes it
        words = words[:1].upper() + words[1:]
    menu.add(words, choose, checked=on)


class FilterLine(Popover):
    """A line for the values of one field. Return takes them; what is not understood is said below the line."""

    taken = Signal(object)
    """The new `Filter`, without values when the line is empty."""

    def __init__(self, chip: Filter, parent: QWidget) -> None:
        name = filter_words.field_name(chip.field)
        super().__init__(parent, name=name)
        self._field = chip.field
        self.line = LineField(", ".join(chip.values), name=name, placeholder=filter_words.hint(chip.field), parent=self)
        self.line.setMinimumWidth(260)
        self._fault = Label(tone="warn", parent=self)
        self._fault.hide()
        self.body.addWidget(Label(name, weight=600, parent=self))
        self.body.addWidget(self.line)
        self.body.addWidget(self._fault)
        self.line.edit.returnPressed.connect(self._take)

    def _take(self) -> None:
        text = self.line.text().strip()
        parts = [text] if self._field in SINGLE else text.replace("，", ",").split(",")
        values = tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
        wrong = next((value for value in values if not is_valid(self._field, value)), None)
        if wrong is not None:
            words = translate("Filters", "Not understood: {value}")
            self._fault.setText(words.format(value=wrong))
            self._fault.show()
            self.adjustSize()
            return
        self.taken.emit(Filter(self._field, values))
        self.close()
