"""Seed with dice and lock, number of images, and style."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from PySide6.QtCore import QRegularExpression, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from studio.ui.built_in import style_name
from studio.ui.theme import Space, TextRole
from studio.ui.translation import Translated
from studio.ui.widgets import ComboBox, IconButton, Label, LineField, SpinStepper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.bootstrap import Style

SEED_MAX = 2**32 - 1
IMAGES_MAX = 16


class SeedSection(Translated, QWidget):
    """`changed` comes only from the user. An empty seed is "random": each run gets its own.

    Without the lock a rolled seed is used once and then forgotten."""

    changed = Signal()
    edit_styles_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._styles: Sequence[Style] = ()
        self._style_words = ""
        self._seed_name = Label(weight=600, tone="text2", parent=self)
        self.seed_field = LineField(tabular=True, parent=self)
        self.seed_field.edit.setValidator(
            QRegularExpressionValidator(QRegularExpression(r"\s*\d{0,10}\s*"), self.seed_field.edit)
        )
        # The row must fit into the narrowest composer; a long seed scrolls.
        self.seed_field.edit.setMinimumWidth(28)
        self.dice = IconButton("dice-5", side=22, parent=self)
        self.lock = IconButton("lock-open", side=22, checkable=True, accent_on=True, parent=self)
        self.lock.set_icon_name("lock-open", when_on="lock")
        self._images_name = Label(weight=600, tone="text2", parent=self)
        self.images = SpinStepper(1, minimum=1, maximum=IMAGES_MAX, parent=self)
        self._style_name = Label(weight=600, tone="text2", parent=self)
        self.style_box = ComboBox(parent=self)
        self._problem = Label(role=TextRole.SMALL, tone="danger", parent=self)
        self._problem.setWordWrap(True)
        self._lay_out()
        self._connect()
        self.retranslate()
        self._check()

    def _lay_out(self) -> None:
        self.seed_field.add_trailing(self.dice)
        self.seed_field.add_trailing(self.lock)
        first = QHBoxLayout()
        first.setSpacing(Space.S)
        first.addWidget(self.seed_field, 1)
        first.addWidget(self._images_name)
        first.addWidget(self.images)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.S)
        grid.setVerticalSpacing(Space.S)
        grid.setColumnMinimumWidth(0, 40)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._seed_name, 0, 0)
        grid.addLayout(first, 0, 1)
        grid.addWidget(self._problem, 1, 1)
        grid.addWidget(self._style_name, 2, 0)
        grid.addWidget(self.style_box, 2, 1)

    def _connect(self) -> None:
        self.seed_field.edit.textEdited.connect(lambda _text: self._seed_edited())
        self.dice.clicked.connect(self.roll)
        self.lock.toggled.connect(lambda _on: self.changed.emit())
        self.images.changed.connect(lambda _value: self.changed.emit())
        self.style_box.activated.connect(self._choose_style)

    # ------------------------------------------------------------------------------------------------ value
    def seed(self) -> int | None:
        """The seed to send; None for random. Raises ValueError when it is out of range."""
        text = self.seed_field.text().strip()
        if not text:
            return None
        seed = int(text)
        if seed > SEED_MAX:
            raise ValueError(self.tr("Seeds go from 0 to {maximum}.").format(maximum=SEED_MAX))
        return seed

    def set_seed(self, seed: int | None, *, locked: bool) -> None:
        self.seed_field.set_text("" if seed is None else str(seed))
        self.lock.blockSignals(True)
        self.lock.setChecked(locked)
        self.lock.blockSignals(False)
        self._check()

    def roll(self) -> None:
        """A new seed, locked, so that the next runs can be compared."""
        self.set_seed(random.randint(0, 999_999), locked=True)
        self.changed.emit()

    def forget_unlocked_seed(self) -> None:
        """After a run: a seed that is not locked was for that run only."""
        if not self.lock.isChecked():
            self.set_seed(None, locked=False)

    def style_words(self) -> str:
        return self._style_words

    def set_styles(self, styles: Sequence[Style]) -> None:
        """The styles on offer; the chosen words stay, even when no style has them."""
        self._styles = styles
        self._fill_styles()

    def set_style_words(self, words: str) -> None:
        self._style_words = words
        self._fill_styles()

    def retranslate(self) -> None:
        self._seed_name.setText(self.tr("Seed"))
        self.seed_field.set_name(self.tr("Seed"))
        self.seed_field.edit.setPlaceholderText(self.tr("random"))
        self.dice.set_name(self.tr("Roll a seed and keep it"))
        self.lock.set_name(self.tr("Keep this seed for the next run"))
        self._images_name.setText(self.tr("Images"))
        self.images.set_name(self.tr("Images per model"))
        self._style_name.setText(self.tr("Style"))
        self.style_box.setAccessibleName(self.tr("Style"))
        self._fill_styles()
        self._check()

    # ------------------------------------------------------------------------------------------------ inner
    def _fill_styles(self) -> None:
        box = self.style_box
        box.clear()
        box.addItem(self.tr("None"), "")
        for style in self._styles:
            box.addItem(style_name(style.name), style.words)
        known = {"", *(style.words for style in self._styles)}
        if self._style_words not in known:
            box.addItem(self._style_words, self._style_words)
        box.insertSeparator(box.count())
        box.addItem(self.tr("Edit styles..."), None)
        box.setCurrentIndex(max(0, box.findData(self._style_words)))

    def _choose_style(self, index: int) -> None:
        words = self.style_box.itemData(index)
        if words is None:
            self.style_box.setCurrentIndex(max(0, self.style_box.findData(self._style_words)))
            self.edit_styles_clicked.emit()
            return
        self._style_words = words
        self.changed.emit()

    def _seed_edited(self) -> None:
        if self.seed_field.text().strip() and not self.lock.isChecked():
            self.lock.blockSignals(True)
            self.lock.setChecked(True)
            self.lock.blockSignals(False)
        self._check()
        self.changed.emit()

    def _check(self) -> None:
        try:
            self.seed()
        except ValueError as error:
            self._problem.setText(str(error))
            self._problem.show()
        else:
            self._problem.hide()
