"""One axis as a card: what varies, where it goes in the matrix, its values as chips."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.request import SEED_MAX
from studio.ui.sweep.draft import PLACES, Card, seed_value
from studio.ui.sweep.pick import PickPopover, ValuePopover
from studio.ui.theme import Space, active
from studio.ui.theme.paint import horizontal_hair
from studio.ui.translation import Translated, filled
from studio.ui.widgets import (
    Chip,
    ChipKind,
    ComboBox,
    ElidedLabel,
    FlowLayout,
    IconButton,
    Label,
    Menu,
    Sign,
    safe_override,
)

if TYPE_CHECKING:
    from studio.domain.sweep import SweepValue

_CHIPS_MAX = 24
"""More values than this are told by their number; "Pick from list" shows them all."""
_CHIPS_AT_ONCE = 8
_ICONS = {
    "words": "braces",
    "negative words": "braces",
    "target": "boxes",
    "seed": "dice-5",
    "style": "palette",
    "size": "ratio",
    "negative": "ban",
    "option": "settings",
}


@dataclass(frozen=True, slots=True)
class Offers:
    """How a card of one kind gets more values: from a menu, from typed text, or both."""

    title: str = ""
    menu: Sequence[tuple[str, SweepValue]] = ()
    read: Callable[[str], SweepValue | None] | None = None
    """Reads typed text; None when it is no value."""
    placeholder: str = ""
    monograms: Callable[[SweepValue], str] | None = None


class AxisCard(Translated, QWidget):
    """`placed` carries key and place, `values_changed` key and the new values, `removed` the key. It has no chips
    before `build`."""

    placed = Signal(str, str)
    values_changed = Signal(str, object)
    removed = Signal(str)

    def __init__(self, card: Card, offers: Offers, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card, self._offers, self._number = card, offers, number
        self._chips: list[QWidget] = []
        self._sign = Sign("list" if card.list_name else _ICONS[card.kind], parent=self)
        self._title = ElidedLabel(weight=600, parent=self)
        self._count = Label(tone="text2", tabular=True, parent=self)
        self.place = ComboBox(small=True, parent=self)
        self.remove_button = IconButton("x", side=24, parent=self)
        self.remove_button.setVisible(card.kind in ("style", "size", "negative", "option"))
        self._flow_holder = QWidget(self)
        self._flow = FlowLayout(self._flow_holder, spacing=6, line_spacing=6)
        heading = QHBoxLayout()
        heading.setSpacing(Space.S)
        heading.addWidget(self._sign)
        heading.addWidget(self._title)
        heading.addWidget(self._count)
        heading.addStretch(1)
        heading.addWidget(self.place)
        heading.addWidget(self.remove_button)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 10, 0, 10)
        rows.setSpacing(Space.S)
        rows.addLayout(heading)
        rows.addWidget(self._flow_holder)
        self.place.activated.connect(lambda _index: self.placed.emit(self.card.key, self.place.value()))
        self.remove_button.clicked.connect(lambda: self.removed.emit(self.card.key))
        self._write_heading()

    def show_card(self, card: Card, offers: Offers, number: int) -> None:
        """The same axis with other values or at another place."""
        changed = card != self.card or number != self._number or offers.title != self._offers.title
        self.card, self._offers, self._number = card, offers, number
        if changed:
            self._sign.set_icon("list" if card.list_name else _ICONS[card.kind])
            self.retranslate()

    # ------------------------------------------------------------------------------------------------ words
    def title(self) -> str:
        card = self.card
        if card.list_name:
            return card.list_name
        match card.kind:
            case "words":
                return self.tr("Choice {number}").format(number=self._number)
            case "negative words":
                return self.tr("Negative choice {number}").format(number=self._number)
            case "target":
                return self.tr("Models")
            case "seed":
                return self.tr("Seeds")
            case "style":
                return self.tr("Styles")
            case "size":
                return self.tr("Sizes")
            case "negative":
                return self.tr("Negative prompts")
            case _:
                return self._offers.title or card.option or ""

    def _count_words(self) -> str:
        count = len(self.card.values)
        if self.card.list_name:
            return self.tr("{count} of {total} in this list").format(count=count, total=len(self.card.listed))
        if self.card.kind == "target":
            return self.tr("%n ticked", "", count)
        if self.card.kind == "seed" and not count:
            return self.tr("random")
        return self.tr("%n value(s)", "", count)

    def retranslate(self) -> None:
        self._write_heading()
        self._fill_chips()

    def _write_heading(self) -> None:
        title = self.title()
        self._title.set_full_text(title)
        self._count.setText(self._count_words())
        names = [self.tr("Rows"), self.tr("Columns"), self.tr("In cell, across"), self.tr("In cell, down")]
        if [self.place.itemText(row) for row in range(self.place.count())] != names:
            self.place.clear()
            self.place.add_options(list(zip(names, PLACES, strict=True)))
        self.place.set_value(self.card.place)
        self.place.set_name(filled(self.tr("Where {axis} goes"), axis=title))
        self.place.setVisible(self.card.counts)
        self.remove_button.set_name(filled(self.tr("Remove {axis}"), axis=title))

    # ------------------------------------------------------------------------------------------------ chips
    def build(self) -> Iterator[None]:
        """Make the chips; a pause wherever others may have their turn."""
        focused = next((place for place, chip in enumerate(self._chips) if chip.hasFocus()), None)
        for chip in self._chips:
            chip.hide()
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self._chips = []
        self._flow_holder.setUpdatesEnabled(False)  # painted once, when all are there
        shown = self.card.values[:_CHIPS_MAX]
        for first in range(0, len(shown), _CHIPS_AT_ONCE):
            yield
            self._put_chips([self._value_chip(value) for value in shown[first : first + _CHIPS_AT_ONCE]])
        last: list[QWidget] = []
        if more := len(self.card.values) - len(shown):
            last.append(Label(self.tr("and %n more", "", more), tone="text2", parent=self._flow_holder))
        self._put_chips([*last, *self._buttons()])
        self._flow_holder.setVisible(bool(self._chips))
        if focused is not None and self._chips:
            self._chips[min(focused, len(self._chips) - 1)].setFocus()
        self._flow_holder.updateGeometry()
        self._flow_holder.setUpdatesEnabled(True)
        yield

    def _fill_chips(self) -> None:
        for _ in self.build():
            pass

    def _put_chips(self, chips: Sequence[QWidget]) -> None:
        self._chips.extend(chips)
        for chip in chips:
            self._flow.addWidget(chip)
            chip.show()

    def _value_chip(self, value: SweepValue) -> Chip:
        card = self.card
        removable = len(card.values) > 1 or card.kind not in ("words", "negative words", "target")
        words = value.label if value.weight == 1 else f"{value.weight:g}:: {value.label}"
        sign = self._offers.monograms(value) if self._offers.monograms is not None else ""
        chip = Chip(words, monogram=sign, removable=removable, parent=self._flow_holder)
        chip.set_remove_words(filled(self.tr("Remove {value}"), value=value.label) if removable else "")
        chip.removed.connect(lambda: self._take([one for one in self.card.values if one != value]))
        return chip

    def _buttons(self) -> list[QWidget]:
        card = self.card
        if card.list_name:
            pick = self._button(self.tr("Pick from list"), "list-plus")
            pick.clicked.connect(lambda: self._pick(pick))
            return [pick]
        if card.kind == "target":
            return []
        made: list[QWidget] = []
        if self._offers.read is not None or self._offers.menu:
            add = self._button(self.tr("Value"), "plus")
            add.setAccessibleName(filled(self.tr("Add a value to {axis}"), axis=self.title()))
            add.clicked.connect(lambda: self._add_at(add))
            made.append(add)
        if card.kind == "seed":
            dice = self._button(self.tr("Random"), "dice-5")
            dice.setAccessibleName(self.tr("Add a random seed"))
            dice.clicked.connect(self._roll)
            made.append(dice)
        return made

    def _button(self, words: str, icon_name: str) -> Chip:
        return Chip(words, kind=ChipKind.OUTLINE, icon_name=icon_name, parent=self._flow_holder)

    def _roll(self) -> None:
        seed = random.SystemRandom().randrange(100_000)
        self._take([*self.card.values, seed_value(min(seed, SEED_MAX))])

    def _take(self, values: Sequence[SweepValue]) -> None:
        unique = {one.model_dump_json(exclude={"weight"}): one for one in values}
        self.values_changed.emit(self.card.key, tuple(unique.values()))

    def _add(self, value: SweepValue) -> None:
        self._take([*self.card.values, value])

    def _add_at(self, control: QWidget) -> None:
        """A menu where values can be named beforehand, a field where they are typed."""
        offers = self._offers
        if not offers.menu:
            self._type_at(control)
            return
        menu = Menu(parent=self)
        menu.aboutToHide.connect(menu.deleteLater)
        taken = {one.label for one in self.card.values}
        for words, value in offers.menu:
            if value.label not in taken:
                menu.add(words, lambda value=value: self._add(value))  # type: ignore[misc]  # a default binds it
        if offers.read is not None:
            menu.addSeparator()
            menu.add(self.tr("Other..."), lambda: self._type_at(self._flow_holder))
        menu.open_at(control)

    def _type_at(self, control: QWidget) -> None:
        read = self._offers.read
        if read is None:
            return
        popover = ValuePopover(self, name=self.title(), placeholder=self._offers.placeholder, read=read)
        popover.taken.connect(self._add)
        popover.open_at(control)

    def _pick(self, control: QWidget) -> None:
        popover = PickPopover(self, name=self.title(), values=self.card.listed, picked=self.card.values)
        popover.picked.connect(self._take)
        popover.open_at(control)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        horizontal_hair(painter, 0, self.width(), 0, active().tokens.hair)
        painter.end()
