"""The left half of the builder: the prompt with its choices, an example of it, the axes as cards, how many to make."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.sweep.cards import AxisCard
from studio.ui.sweep.draft import Card, SweepDraft, negative_value, size_value
from studio.ui.sweep.example import ExampleText
from studio.ui.sweep.sample_row import SampleRow
from studio.ui.theme import Height, Space, TextRole
from studio.ui.translation import Translated, catalog_text
from studio.ui.widgets import (
    Button,
    ButtonKind,
    ChoiceEdit,
    FieldFrame,
    FlowLayout,
    IconButton,
    Label,
    Menu,
    choice_fault_text,
    set_surface,
)

if TYPE_CHECKING:
    from studio.domain.sweep import AxisPlace, SweepValue
    from studio.ui.sweep.offers import SweepOffers

_READ_DELAY_MS = 120
_PADDING = Space.L + Space.XS


class SweepForm(Translated, QWidget):
    """Changes the draft it is given; `changed` comes after each change. `help_wanted`: How to write; `lists_wanted`:
    make or edit lists.

    At first there is the prompt alone, so that it can be typed in at once; `build` makes what stands below it. What is
    connected by then is marked as a slot, or the form would be polished and painted anew."""

    changed = Signal()
    help_wanted = Signal()
    lists_wanted = Signal()

    def __init__(self, draft: SweepDraft, offers: SweepOffers, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, "panel")
        # It grows with each card; without this every chip would be painted anew each time.
        self.setAttribute(Qt.WidgetAttribute.WA_StaticContents)
        self.draft, self._offers = draft, offers
        self._built = False
        self._cards: dict[str, AxisCard] = {}
        self._random = random.Random(7)
        self._name = Label(weight=600, tone="text2", parent=self)
        self.lists_button = Button(kind=ButtonKind.QUIET, icon_name="list", height=Height.SMALL, parent=self)
        self.help_button = Button(
            kind=ButtonKind.QUIET, icon_name="circle-question-mark", height=Height.SMALL, parent=self
        )
        self._frame = FieldFrame(self)
        self.prompt = ChoiceEdit(draft.prompt, lines=(4, 8), bare=True, parent=self._frame)
        self.negative = ChoiceEdit(draft.negative, role=TextRole.LONG, lines=(1, 4), bare=True, parent=self._frame)
        self._negative_name = Label(tone="text3", parent=self._frame)
        self._reader = QTimer(self)
        self._reader.setSingleShot(True)
        self._reader.setInterval(_READ_DELAY_MS)
        self._lay_out_prompt()
        self.retranslate()

    # ------------------------------------------------------------------------------------------------ building
    def _lay_out_prompt(self) -> None:
        heading = QHBoxLayout()
        heading.setSpacing(Space.XS)
        heading.addWidget(self._name)
        heading.addStretch(1)
        heading.addWidget(self.lists_button)
        heading.addWidget(self.help_button)
        inside = QVBoxLayout(self._frame)
        inside.setContentsMargins(10, 10, 4, 8)
        inside.setSpacing(Space.S)
        inside.addWidget(self.prompt)
        line = QHBoxLayout()
        line.setSpacing(Space.S)
        line.addWidget(self._negative_name)
        line.addWidget(self.negative, 1)
        inside.addLayout(line)
        for widget in (self.negative, self._negative_name):
            widget.setVisible(bool(self.draft.negative))
        for editor in (self.prompt, self.negative):
            self._frame.watch(editor)
            editor.set_lists(self.draft.lists)
        rows = self._rows = QVBoxLayout(self)
        rows.setContentsMargins(_PADDING, Space.L, _PADDING, Space.L)
        rows.setSpacing(Space.S)
        rows.addLayout(heading)
        rows.addWidget(self._frame)
        self._below = QVBoxLayout()
        self._below.setSpacing(Space.S)
        rows.addLayout(self._below)
        rows.addStretch(1)

    def build(self) -> Iterator[None]:
        """Make the rest from top to bottom; a pause wherever others may have their turn."""
        self._lay_out_example()
        yield
        for place, card in enumerate(self.draft.cards):
            yield from self._make_card(place, card, self._numbers()[place]).build()
        self._lay_out_adders()
        yield
        self._lay_out_make()
        yield
        self._built = True
        self._connect()
        if self._typed_on():
            self.draft.read(self.prompt.text(), self.negative.text())  # what was typed meanwhile
        self.retranslate()
        yield

    def _lay_out_example(self) -> None:
        self._fault = Label(role=TextRole.SMALL, tone="warn", parent=self)
        self._fault.setWordWrap(True)
        self._fault.hide()
        self.another_button = IconButton("shuffle", side=24, parent=self)
        self._example = ExampleText(self)
        example = QHBoxLayout()
        example.setSpacing(Space.XS)
        example.addWidget(self.another_button)
        example.addWidget(self._example, 1)
        self._card_rows = QVBoxLayout()
        self._card_rows.setSpacing(0)
        self._below.addWidget(self._fault)
        self._below.addLayout(example)
        self._below.addLayout(self._card_rows)
        self._show_example()

    def _lay_out_adders(self) -> None:
        self._adders = QWidget(self)
        self._add: dict[str, Button] = {}
        adders = FlowLayout(self._adders, spacing=Space.S)
        for kind in ("style", "size", "negative", "option"):
            button = Button(kind=ButtonKind.QUIET, icon_name="plus", height=Height.SMALL, parent=self._adders)
            button.clicked.connect(lambda _checked=False, kind=kind: self._add_card(kind))
            self._add[kind] = button
            adders.addWidget(button)
        self._write_adders()
        self._below.addWidget(self._adders)

    def _lay_out_make(self) -> None:
        self.sample = SampleRow(self.draft, self)
        self._below.addSpacing(Space.XS)
        self._below.addWidget(self.sample)

    def _connect(self) -> None:
        for editor in (self.prompt, self.negative):
            editor.textChanged.connect(self._reader.start)
        self._reader.timeout.connect(self.read_now)
        self.help_button.clicked.connect(self.help_wanted)
        self.lists_button.clicked.connect(self.lists_wanted)
        self.another_button.clicked.connect(self._another_example)
        self.sample.changed.connect(self.changed)

    def retranslate(self) -> None:
        self._name.setText(self.tr("Prompt with choices"))
        self.help_button.setText(self.tr("How to write"))
        self.lists_button.setText(self.tr("Lists..."))
        self.prompt.setAccessibleName(self.tr("Prompt with choices"))
        self.negative.setAccessibleName(self.tr("Negative prompt with choices"))
        self._negative_name.setText(self.tr("Negative"))
        if self._built:
            self.another_button.set_name(self.tr("Another example"))
            self._write_adders()
            self.show_draft()

    def _write_adders(self) -> None:
        self._add["style"].setText(self.tr("Style"))
        self._add["size"].setText(self.tr("Size"))
        self._add["negative"].setText(self.tr("Negative"))
        self._add["option"].setText(self.tr("Option"))
        names = {
            "style": self.tr("Add styles"),
            "size": self.tr("Add sizes"),
            "negative": self.tr("Add negative prompts"),
            "option": self.tr("Add a setting"),
        }
        for kind, name in names.items():
            self._add[kind].setAccessibleName(name)
        self._add["option"].setVisible(bool(self._open_options()))
        for kind in ("style", "size", "negative"):
            self._add[kind].setVisible(self.draft.card(kind) is None)

    def make_room_for_scroll_bar(self, bar: QWidget | None) -> None:
        """The scroll bar takes its room from the padding, so that no chip moves to another line when it comes."""
        taken = bar.sizeHint().width() if bar is not None else 0
        self._rows.setContentsMargins(_PADDING, Space.L, max(Space.XS, _PADDING - taken), Space.L)

    # ------------------------------------------------------------------------------------------------ showing
    def show_draft(self) -> None:
        """Everything that follows from the draft; texts only where they differ, so that the cursor stays."""
        draft = self.draft
        for editor, text in ((self.prompt, draft.prompt), (self.negative, draft.negative)):
            if editor.text() != text:
                editor.replace_text(text)
        self._reader.stop()
        wanted = {card.key for card in draft.cards}
        for key in [key for key in self._cards if key not in wanted]:
            gone = self._cards.pop(key)
            gone.hide()
            self._card_rows.removeWidget(gone)
            gone.deleteLater()
        for place, (card, number) in enumerate(zip(draft.cards, self._numbers(), strict=True)):
            self._show_card(place, card, number)
        self._write_adders()
        faults = (*draft.template.faults, *draft.negative_template.faults)
        self._fault.setText("\n".join(dict.fromkeys(choice_fault_text(fault) for fault in faults[:3])))
        self._fault.setVisible(bool(faults))
        self._show_example()

    def _numbers(self) -> list[int]:
        """What each card is called by: choices are counted in each of the two texts, the others are not."""
        counts = {"words": 0, "negative words": 0}
        numbers: list[int] = []
        for card in self.draft.cards:
            if card.kind in counts:
                counts[card.kind] += 1
            numbers.append(counts.get(card.kind, 0))
        return numbers

    def _make_card(self, place: int, card: Card, number: int) -> AxisCard:
        """An empty card; `AxisCard.build` fills it."""
        widget = self._cards[card.key] = AxisCard(card, self._offers.of(card, self.draft.targets), number, self)
        widget.placed.connect(self._place_card)
        widget.values_changed.connect(self._take_values)
        widget.removed.connect(self._remove_card)
        self._card_rows.insertWidget(place, widget)
        return widget

    def _show_card(self, place: int, card: Card, number: int) -> None:
        widget = self._cards.get(card.key)
        if widget is None:
            for _ in self._make_card(place, card, number).build():
                pass
            return
        if self._card_rows.indexOf(widget) != place:
            self._card_rows.removeWidget(widget)
            self._card_rows.insertWidget(place, widget)
        widget.show_card(card, self._offers.of(card, self.draft.targets), number)

    def card_widget(self, key: str) -> AxisCard:
        """The card of an axis, by its key."""
        return self._cards[key]

    def _show_example(self) -> None:
        """One combination at random; a shuffle shows another."""
        template = self.draft.template
        usable = bool(template.choices) and all(choice.values for choice in template.choices)
        for widget in (self.another_button, self._example):
            widget.setVisible(usable)
        if not usable:
            return
        cards = {card.choice: card for card in self.draft.cards if card.kind == "words"}
        values = [self._random.choice(cards[number].values).words or "" for number in range(len(template.choices))]
        text, spans = template.fill_marked(values)
        lead = self.tr("For example: ")
        moved = [(start + len(lead), end + len(lead)) for start, end in spans]
        self._example.show_text(lead + text, moved)

    @Slot()
    def _another_example(self) -> None:
        self._random = random.Random(self._random.random())
        self._show_example()

    # ------------------------------------------------------------------------------------------------ changing
    @Slot()
    def read_now(self) -> None:
        """Take what stands in the editors into the draft."""
        self._reader.stop()
        if not self._built:
            return  # it is read when all is there
        if self._typed_on():
            self.draft.read(self.prompt.text(), self.negative.text())
            self._tell()

    def _typed_on(self) -> bool:
        return (self.prompt.text(), self.negative.text()) != (self.draft.prompt, self.draft.negative)

    def set_lists(self, lists: object) -> None:
        """The lists have changed on disk."""
        self.draft.lists = lists  # type: ignore[assignment]  # a mapping by name, as the draft has it
        for editor in (self.prompt, self.negative):
            editor.set_lists(self.draft.lists)
        self.draft.read(self.prompt.text(), self.negative.text())
        if self._built:
            self._tell()

    def _tell(self) -> None:
        self.show_draft()
        self.changed.emit()

    @Slot(str, str)
    def _place_card(self, key: str, place: AxisPlace) -> None:
        card = self.draft.card(key)
        if card is not None and card.place != place:
            self.draft.put(replace(card, place=place))
            self._tell()

    @Slot(str, object)
    def _take_values(self, key: str, values: Sequence[SweepValue]) -> None:
        card = self.draft.card(key)
        if card is None:
            return
        if card.kind == "target":
            self.draft.take_targets([value.target for value in values if value.target is not None])
        elif card.kind in ("words", "negative words") and card.list_name is None:
            self.draft.set_choice_values(card, values)
        elif not card.values and values:
            self.draft.put(replace(card, values=tuple(values), place=self.draft.free_place()))
        else:
            self.draft.put(replace(card, values=tuple(values)))
        self._tell()

    @Slot(str)
    def _remove_card(self, key: str) -> None:
        self.draft.remove(key)
        self._tell()
        self.prompt.setFocus()

    def _open_options(self) -> dict[str, str]:
        """Settings without a card yet: title by name."""
        known = self._offers.options(self.draft.targets)
        return {
            name: catalog_text(spec.title) for name, spec in known.items() if self.draft.card(f"option:{name}") is None
        }

    def _add_card(self, kind: str) -> None:
        """A new card holds what the composer has now as its first value, so that the axis begins with it."""
        if kind == "option":
            menu = Menu(parent=self)
            menu.aboutToHide.connect(menu.deleteLater)
            for name, title in self._open_options().items():
                menu.add(title, lambda name=name: self._put_card(f"option:{name}", "option", name))  # type: ignore[misc]  # a default binds it
            menu.open_at(self._add["option"])
            return
        self._put_card(kind, kind)

    def _put_card(self, key: str, kind: str, option: str | None = None) -> None:
        request = self.draft.request
        first: tuple[SweepValue, ...] = ()
        if kind == "size" and not isinstance(request.size, str):
            first = (size_value(request.size),)
        elif kind == "negative" and self.draft.negative and not self.draft.negative_template.choices:
            first = (negative_value(self.draft.negative, ""),)
        card = Card(key, kind, self.draft.free_place(), first, option=option)  # type: ignore[arg-type]  # one of the kinds
        self.draft.put(card)
        self._tell()
        self._cards[key].setFocus()
