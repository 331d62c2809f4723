"""A library that cannot be written: a lasting line says so, and whatever would change it answers with the reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.ui.theme import Space, TextRole
from studio.ui.translation import Translated
from studio.ui.widgets import Label, Sign, set_surface

if TYPE_CHECKING:
    from studio.ui.actions import StudioActions
    from studio.ui.window.controller import WindowController

CHANGING = (
    *("rate", "reject", "edit_tags", "set_tags", "set_note", "trash", "restore", "empty_trash"),
    *("collect", "uncollect", "pick_collection", "vary", "follow_up", "vote", "open_sweep"),
    *("run_again", "run_failed_again", "run_on_other_targets", "generate_again", "make_anew"),
    *("generate_again_in_doubt", "settle_uncertain", "fetch_again"),
)
"""The wishes of `StudioActions` that change the library or generate something."""


class ReadOnlyLine(Translated, QWidget):
    """Above the gallery for as long as the library is open."""

    def __init__(self, actions: StudioActions, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        set_surface(self, "raised")
        self._words = Label(role=TextRole.SMALL, parent=self)
        self._words.setWordWrap(True)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, Space.S, Space.L, Space.S)
        row.setSpacing(Space.S)
        row.addWidget(Sign("lock", tone="warn", parent=self), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._words, 1)
        self.retranslate()

    def retranslate(self) -> None:
        self._words.setText(self._actions.why_not())
        self.setAccessibleName(self._actions.why_not())


def only_look(controller: WindowController) -> None:
    """After everything is connected: who asks for a change, by key, menu or button, hears why there is none."""
    actions = controller.actions
    for name in CHANGING:
        signal = getattr(actions, name)
        signal.disconnect()
        signal.connect(lambda *_wish: controller.say("warn", actions.why_not))
    controller.window.put_line(ReadOnlyLine(actions, controller.window))
