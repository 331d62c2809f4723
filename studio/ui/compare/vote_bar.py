"""The question under the light table and its four answers."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.theme import Height, Space, TextRole, active
from studio.ui.theme.paint import horizontal_hair
from studio.ui.translation import Translated
from studio.ui.widgets import Button, ButtonKind, Label, Themed, safe_override, set_available, set_surface

VOTE_BAR_HEIGHT = 60
OUTCOMES = ("left", "tie", "right", "neither")
_WORDS_FROM_PX = 860


class VoteBar(Translated, Themed, QWidget):
    """`voted` carries one of `OUTCOMES`."""

    voted = Signal(str)
    undo_clicked = Signal()
    skip_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, "window")
        self._question = Label(weight=600, parent=self)
        self._note = Label(role=TextRole.SMALL, tone="text2", parent=self)
        self.answers = {
            outcome: Button(hint=str(number), height=Height.GENERATE, parent=self)
            for number, outcome in enumerate(OUTCOMES, 1)
        }
        self.undo = Button(kind=ButtonKind.QUIET, icon_name="undo-2", parent=self)
        self.skip = Button(kind=ButtonKind.QUIET, trailing_icon="arrow-right", parent=self)
        self.undo.counts_quick_clicks = self.skip.counts_quick_clicks = True
        self._words = QWidget(self)
        column = QVBoxLayout(self._words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self._question)
        column.addWidget(self._note)
        column.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 0, Space.L, 0)
        row.setSpacing(Space.S)
        row.addWidget(self._words)
        row.addStretch(1)
        for outcome, button in self.answers.items():
            row.addWidget(button)
            button.clicked.connect(lambda _checked=False, one=outcome: self.voted.emit(one))
        row.addStretch(1)
        row.addWidget(self.undo)
        row.addWidget(self.skip)
        self.undo.clicked.connect(self.undo_clicked)
        self.skip.clicked.connect(self.skip_clicked)
        self.restyle()
        self.retranslate()

    def set_undo_available(self, available: bool) -> None:
        set_available(self.undo, available, self.tr("No vote was cast yet."))

    def restyle(self) -> None:
        self.setFixedHeight(active().scaled(VOTE_BAR_HEIGHT))

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Blind vote"))
        self._question.setText(self.tr("Which fits the prompt better?"))
        self._note.setText(self.tr("Names are hidden until the vote is over"))
        words = {
            "left": self.tr("A is better"),
            "tie": self.tr("Equal"),
            "right": self.tr("B is better"),
            "neither": self.tr("Neither"),
        }
        for outcome, text in words.items():
            self.answers[outcome].setText(text)
        self.undo.setText(self.tr("Undo vote"))
        self.skip.setText(self.tr("Skip"))

    @safe_override(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._words.setVisible(self.width() >= active().scaled(_WORDS_FROM_PX))

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.tokens.window)
        horizontal_hair(painter, 0, self.width(), 0, self.tokens.line)
        painter.end()
