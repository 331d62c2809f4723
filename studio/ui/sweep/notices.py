"""What the models of a sweep take otherwise than it was asked for, told before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from studio.ui.theme import Height, active
from studio.ui.translation import Translated, joined_facts, shown, translate
from studio.ui.widgets import Button, Label
from studio.ui.widgets.button import ButtonKind
from studio.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.ui.sweep.sheet import ToldNotice


class NoticesButton(Translated, Button):
    """How many settings will differ; the list of them opens below. Hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(kind=ButtonKind.QUIET, icon_name="info", height=Height.SMALL, parent=parent)
        self._notices: Sequence[ToldNotice] = ()
        self.clicked.connect(self._open)
        self.hide()

    def show_notices(self, notices: Sequence[ToldNotice]) -> None:
        self._notices = notices
        self.retranslate()
        self.setVisible(bool(notices))

    def retranslate(self) -> None:
        self.setText(self.tr("%n setting(s) will differ", "", len(self._notices)))

    def _open(self) -> None:
        popover = Popover(self, name=self.tr("What will differ"))
        for model in dict.fromkeys(one.model for one in self._notices):
            if model:
                popover.body.addWidget(Label(model, weight=600, parent=popover))
            for one in self._notices:
                if one.model == model:
                    tone = {"note": "text2", "warn": "warn", "danger": "danger"}[one.notice.severity]
                    words = Label(_words(one), tone=tone, parent=popover)
                    words.setWordWrap(True)
                    words.setMinimumWidth(active().scaled(300))
                    popover.body.addWidget(words)
        popover.closed.connect(popover.deleteLater)
        popover.open_at(self)


def _words(one: ToldNotice) -> str:
    from studio.domain.words import NOTICE_WORDS

    words = shown(NOTICE_WORDS[one.notice.code], **one.notice.values)
    return joined_facts([words, translate("NoticesButton", "%n combination(s)", None, one.cells)])
