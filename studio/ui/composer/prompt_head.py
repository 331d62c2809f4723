"""What stands above the prompt: its name, how long it is, and the ways to other words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.ui.theme import Height, Space
from studio.ui.translation import Translated, filled
from studio.ui.widgets import Button, ButtonKind, ElidedLabel, IconButton, Label, set_available, set_tooltip

if TYPE_CHECKING:
    from studio.domain.capability import ModelSpec


class PromptHead(Translated, QWidget):
    """Connect its buttons; tell `show_count` of each change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count, self._example = 0, False
        self.why_no_sweep: Callable[[], str] = str
        """Why nothing can be generated at all; empty when it can."""
        self._models: Sequence[ModelSpec] = ()
        self._name = Label(weight=600, parent=self)
        self._characters = ElidedLabel(tone="text2", tabular=True, parent=self)
        self.snippet_button = IconButton("message-square-text", side=24, parent=self)
        self.history_button = IconButton("history", side=24, parent=self)
        self.enlarge_button = IconButton("maximize-2", side=24, parent=self)
        self.sweep_button = Button(kind=ButtonKind.QUIET, icon_name="braces", height=Height.SMALL, parent=self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.XS)
        line.addWidget(self._name)
        line.addSpacing(Space.XS)
        line.addWidget(self._characters)
        line.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        for button in (self.snippet_button, self.history_button, self.enlarge_button, self.sweep_button):
            buttons.addWidget(button)
        line.addLayout(buttons)
        self.retranslate()

    def show_count(self, count: int, models: Sequence[ModelSpec], *, example: bool) -> None:
        """Characters, in warn past the least limit of the ticked models, with that model's name; `example`: the words
        are an offer of ours."""
        self._count, self._models, self._example = count, models, example
        self._write()

    def retranslate(self) -> None:
        self._name.setText(self.tr("Prompt"))
        self.snippet_button.set_name(self.tr("Snippets"))
        self.history_button.set_name(self.tr("Earlier prompts"))
        self.enlarge_button.set_name(self.tr("Large editor"))
        self.sweep_button.setText(self.tr("Sweep..."))
        set_tooltip(self.sweep_button, self.tr("Vary words, models, seeds and settings"), shortcut="Ctrl+K")
        if why_not := self.why_no_sweep():
            set_available(self.sweep_button, False, why_not)
        self._write()

    def _write(self) -> None:
        limits = [
            (model.capability.prompt_max, model.id) for model in self._models if model.capability.prompt_max is not None
        ]
        least = min(limits, default=None)
        words, tone = (self.tr("%n character(s)", "", self._count) if self._count else ""), "text2"
        if self._example:
            words = self.tr("an example")
        elif least is not None and self._count > least[0]:
            words = self.tr("{count} characters, {model} takes {limit}")
            words = filled(words, count=self._count, model=least[1], limit=least[0])
            tone = "warn"
        self._characters.set_full_text(words)
        self._characters.set_tone(tone)
