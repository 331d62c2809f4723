"""What of all combinations is made: every one, or a random sample with its size and its number."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.sweep import SWEEP_CELLS_MAX
from studio.ui.theme import Space
from studio.ui.translation import Translated
from studio.ui.widgets import IconButton, Label, NumberField, Option, Segments

if TYPE_CHECKING:
    from studio.ui.sweep.draft import SweepDraft

_NUMBER_MAX = 99_999
"""The command line takes larger ones too; a draft that has one keeps it until another is chosen."""


class SampleRow(Translated, QWidget):
    """Writes into the draft of a sweep; `changed` tells so."""

    changed = Signal()

    def __init__(self, draft: SweepDraft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self._name = Label(tone="text2", parent=self)
        self.make = Segments([Option("all", ""), Option("sample", "")], parent=self)
        self.count = NumberField(draft.sample_count, minimum=1, maximum=SWEEP_CELLS_MAX, parent=self)
        self._number_row = QWidget(self)
        self._number_name = Label(tone="text2", parent=self._number_row)
        self.number = NumberField(draft.sample_seed, minimum=0, maximum=_NUMBER_MAX, parent=self._number_row)
        self.another = IconButton("shuffle", side=24, parent=self._number_row)
        self._lay_out()
        self._show()
        self.make.chosen.connect(self._choose_make)
        self.count.changed.connect(self._choose_count)
        self.number.changed.connect(self._choose_number)
        self.another.clicked.connect(self._draw_another)
        self.retranslate()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(Space.S)
        first.addWidget(self._name)
        first.addWidget(self.make)
        first.addWidget(self.count)
        first.addStretch(1)
        second = QHBoxLayout(self._number_row)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(Space.S)
        second.addWidget(self._number_name)
        second.addWidget(self.number)
        second.addWidget(self.another)
        second.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(Space.S)
        rows.addLayout(first)
        rows.addWidget(self._number_row)

    def retranslate(self) -> None:
        self._name.setText(self.tr("Make"))
        self.make.set_options([Option("all", self.tr("All combinations")), Option("sample", self.tr("Random sample"))])
        self.make.set_value("sample" if self._draft.sample else "all")
        self.make.setAccessibleName(self.tr("What to make"))
        self.count.set_name(self.tr("Combinations in the sample"))
        self._number_name.setText(self.tr("Sample number"))
        self.number.set_name(self.tr("Sample number"))
        self.another.set_name(self.tr("Another sample"))

    def _show(self) -> None:
        self.count.setVisible(self._draft.sample)
        self._number_row.setVisible(self._draft.sample)

    @Slot(object)
    def _choose_make(self, value: object) -> None:
        self._draft.sample = value == "sample"
        self._show()
        self.changed.emit()

    @Slot(object)
    def _choose_count(self, value: object) -> None:
        self._draft.sample_count = int(value) if isinstance(value, (int, float)) else 1
        self.changed.emit()

    @Slot(object)
    def _choose_number(self, value: object) -> None:
        self._draft.sample_seed = int(value) if isinstance(value, (int, float)) else 0
        self.changed.emit()

    @Slot()
    def _draw_another(self) -> None:
        number = random.randint(0, _NUMBER_MAX)  # a sample, no secret
        self.number.set_value(number)
        self._choose_number(number)
