"""The prompt with what stands around it: the line above, and below what is wrong with the words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from studio.ui.composer.choices import PromptChoices
from studio.ui.composer.prompt_box import PromptBox
from studio.ui.composer.prompt_head import PromptHead
from studio.ui.theme import Space, TextRole
from studio.ui.translation import Translated
from studio.ui.widgets import Announcer, Label

if TYPE_CHECKING:
    from studio.domain.capability import ModelSpec

PROMPT_MAX = 50_000
"""Characters of a prompt, at most."""
_PAUSE_MS = 1_000
"""While one writes, what is half written is no news."""


class PromptSection(Translated, QWidget):
    """`box` has the two texts, `choices` what is varied in them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = PromptHead(self)
        self.box = PromptBox(self)
        self.choices = PromptChoices(self.box)
        self.choice_note = Label(role=TextRole.SMALL, tone="warn", parent=self)
        self.open_note = Label(role=TextRole.SMALL, tone="text2", parent=self)
        self._too_long = Label(role=TextRole.SMALL, tone="danger", parent=self)
        self._announcer = Announcer(self)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self._told = ""
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(Space.XS)
        rows.addWidget(self.head)
        rows.addWidget(self.box)
        for note in (self.choice_note, self.open_note, self._too_long):
            note.setWordWrap(True)
            note.hide()
            rows.addWidget(note)
        self.box.read.connect(self._show_faults)
        self.retranslate()

    def show_count(self, models: Sequence[ModelSpec], *, example: bool) -> None:
        """How long the prompt is, for these ticked models; `example`: the words are an offer of ours."""
        count = len(self.box.prompt.text())
        self.head.show_count(count, models, example=example)
        self._too_long.setVisible(count > PROMPT_MAX)

    def retranslate(self) -> None:
        self._too_long.setText(self.tr("At most {limit} characters fit.").format(limit=PROMPT_MAX))
        self._show_faults()

    def _show_faults(self) -> None:
        """In words what is underlined in the box; a pause later for screen readers too."""
        for note, words in ((self.choice_note, self.choices.fault_text()), (self.open_note, self.choices.open_text())):
            note.setText(words)
            note.setVisible(bool(words))
        self._pause.start()

    def _tell(self) -> None:
        """What stands below the box, once."""
        words = self.choice_note.text() or self.open_note.text()
        if words and words != self._told:
            self._announcer.say(words)
        self._told = words
