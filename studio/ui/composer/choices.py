"""What the choices in both texts of the composer mean for its footer and for Generate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.ui.composer.prompt_box import PromptBox
from studio.ui.widgets import choice_fault_text

if TYPE_CHECKING:
    from studio.domain.choices import ChoiceValue, PromptTemplate
    from studio.ui.composer.wish import Wish

_FAULTS_SHOWN = 3


class PromptChoices(QObject):
    """Serves one prompt box. A prompt with choices is never sent as it stands: it goes to the sweep builder."""

    def __init__(self, box: PromptBox) -> None:
        super().__init__(box)
        self._box = box
        self.lists: Mapping[str, tuple[ChoiceValue, ...]] = {}

    def set_lists(self, lists: Mapping[str, tuple[ChoiceValue, ...]]) -> None:
        """The lists of the workspace, by name."""
        self.lists = lists
        for editor in (self._box.prompt, self._box.negative):
            editor.set_lists(lists)

    def _templates(self) -> tuple[PromptTemplate, PromptTemplate]:
        return self._box.prompt.template(), self._box.negative.template()

    @property
    def any(self) -> bool:
        """Whether Generate leads to the sweep builder: there are choices, or what was meant as one."""
        return any(template.choices or template.faults for template in self._templates())

    @property
    def combinations(self) -> int:
        """How many prompts the texts stand for; 0 while a choice has no values."""
        prompt, negative = self._templates()
        return prompt.combination_count * negative.combination_count

    def fault_text(self) -> str:
        """What is wrong, a line each; empty when nothing is."""
        faults = [fault for template in self._templates() for fault in template.faults]
        return "\n".join(dict.fromkeys(choice_fault_text(fault) for fault in faults[:_FAULTS_SHOWN]))

    def open_text(self) -> str:
        """That a brace is left open and is sent as it stands; empty where something is wrong or none is."""
        templates = self._templates()
        if any(template.faults for template in templates) or not any(template.open_braces for template in templates):
            return ""
        return self.tr("A brace is not closed. It is sent as it stands; to vary words write {red|blue}.")

    def filled(self, wish: Wish) -> Wish:
        r"""The wish with the first value of each choice, and `\{` as the brace that is meant: what can be planned, and
        without choices what is sent."""
        filled = [
            template.fill([choice.values[0].text if choice.values else "" for choice in template.choices])
            for template in self._templates()
        ]
        return replace(wish, prompt=filled[0], negative_prompt=filled[1])
