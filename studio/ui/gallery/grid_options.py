"""What the grid can be asked for besides its order: groups, stacks of near-duplicates, folding."""

from __future__ import annotations

from functools import partial
from typing import get_args

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QWidget

from studio.ui.gallery.query_text import Grouping
from studio.ui.remembered import remember
from studio.ui.translation import Translated, filled, joined_facts
from studio.ui.widgets import IconButton, Menu

GROUPINGS: tuple[Grouping, ...] = get_args(Grouping)


class GridOptions(Translated, IconButton):
    """A button with a menu. What is chosen is remembered; `fold_asked` carries whether all groups shall be folded."""

    grouping_chosen = Signal(str)
    stacking_chosen = Signal(bool)
    fold_asked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("boxes", side=24, on_canvas=True, parent=parent)
        stored = QSettings()
        grouping = str(stored.value("gallery/group", ""))
        self._grouping: Grouping = next((known for known in GROUPINGS if known == grouping), "")
        self._stacking = stored.value("gallery/stacks", False, bool) is True
        self.clicked.connect(self.open_menu)
        self.retranslate()

    @property
    def grouping(self) -> Grouping:
        return self._grouping

    @property
    def stacking(self) -> bool:
        return self._stacking

    def retranslate(self) -> None:
        words = [self.tr("Groups and stacks")]
        if self._grouping:
            words.append(filled(self.tr("by {name}"), name=self.name_of(self._grouping)))
        if self._stacking:
            words.append(self.tr("near-duplicates stacked"))
        self.set_name(joined_facts(words))

    def name_of(self, grouping: str) -> str:
        match grouping:
            case "run":
                return self.tr("Run")
            case "day":
                return self.tr("Day")
            case "provider":
                return self.tr("Provider")
            case _:
                return self.tr("No groups")

    def set_grouping(self, grouping: Grouping) -> None:
        """Put images of one run, day or provider together below a header; empty for none."""
        if grouping != self._grouping:
            self._grouping = grouping
            remember("gallery/group", grouping)
            self.retranslate()
            self.grouping_chosen.emit(grouping)

    def set_stacking(self, on: bool) -> None:
        """Let near-duplicates share a tile."""
        if on != self._stacking:
            self._stacking = on
            remember("gallery/stacks", on)
            self.retranslate()
            self.stacking_chosen.emit(on)

    def open_menu(self) -> None:
        menu = Menu(self.tr("Groups and stacks"), self)
        for grouping in GROUPINGS:
            words = self.name_of(grouping)
            text = self.tr("Group by: {name}").format(name=words) if grouping else words
            menu.add(text, partial(self.set_grouping, grouping), checked=grouping == self._grouping)
        menu.addSeparator()
        grouped, reason = bool(self._grouping), self.tr("The images are not in groups.")
        menu.add(self.tr("Fold all groups"), lambda: self.fold_asked.emit(True), available=grouped, reason=reason)
        menu.add(self.tr("Show all groups"), lambda: self.fold_asked.emit(False), available=grouped, reason=reason)
        menu.addSeparator()
        stack = self.tr("Stack near-duplicates")
        menu.add(stack, lambda: self.set_stacking(not self._stacking), checked=self._stacking)
        menu.open_at(self, align_right=True)
