"""What to do about a request that may have been billed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Height, Radius, Space, TextRole, active
from studio.ui.theme.paint import fill_box
from studio.ui.translation import Translated, filled
from studio.ui.widgets import Button, ButtonKind, Label, NumberField, Paragraph, Sign, Themed, set_available
from studio.ui.widgets.rule import Rule


class BilledCard(Translated, Themed, QWidget):
    """What to do about a request that may have been billed: look, make it again, or say what it cost."""

    fetch = Signal()
    open_usage = Signal()
    generate_again = Signal()
    not_billed = Signal()
    cost_given = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._provider = ""
        self._price = ""
        self._title = Label(weight=600, parent=self)
        self._text = Paragraph(parent=self)
        self._ask, self._ask_note = self._words()
        self._fetch = Button(height=Height.SMALL, parent=self)
        self._see, self._see_note = self._words()
        self._open = Button(trailing_icon="external-link", height=Height.SMALL, parent=self)
        self._again, self._again_note = self._words()
        self._generate = Button(height=Height.SMALL, parent=self)
        self._cost, self._cost_note = self._words()
        self._amount = NumberField(0, minimum=0, maximum=1000, decimals=3, step=0.01, prefix="$", parent=self)
        self._amount.setFixedWidth(active().scaled(84))
        self._set = Button(height=Height.SMALL, parent=self)
        self._not_billed = Button(height=Height.SMALL, kind=ButtonKind.OUTLINE, parent=self)
        self._lay_out()
        self._fetch.clicked.connect(self.fetch)
        self._open.clicked.connect(self.open_usage)
        self._generate.clicked.connect(self.generate_again)
        self._not_billed.clicked.connect(self.not_billed)
        self._set.clicked.connect(lambda: self.cost_given.emit(float(self._amount.value())))
        self.retranslate()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        head.addWidget(Sign("circle-question-mark", tone="warn", parent=self), 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._title, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        rows.setSpacing(Space.S)
        rows.addLayout(head)
        rows.addWidget(self._text)
        self._rule_of_fetch = Rule(self)
        rows.addWidget(self._rule_of_fetch)
        rows.addLayout(_pair(self._ask, self._ask_note, self._fetch))
        for name, note, button in (
            (self._see, self._see_note, self._open),
            (self._again, self._again_note, self._generate),
            (self._cost, self._cost_note, self._not_billed),
        ):
            rows.addWidget(Rule(self))
            rows.addLayout(_pair(name, note, button))
        amount_line = QHBoxLayout()
        amount_line.setSpacing(Space.S)
        amount_line.addStretch(1)
        amount_line.addWidget(self._amount)
        amount_line.addWidget(self._set)
        rows.addLayout(amount_line)

    def _words(self) -> tuple[Label, Label]:
        """A name and its note; both wrap, so that the card is never wider than its panel."""
        name, note = Label(weight=500, parent=self), Label(role=TextRole.SMALL, tone="text2", parent=self)
        for label in (name, note, self._title):
            label.setWordWrap(True)
        return name, note

    def show_call(self, provider: str, text: str, price: str, amount: float, *, can_fetch: bool = False) -> None:
        """`price` is the estimate in words, empty when there is none; `can_fetch`: the provider has a number for it."""
        for widget in (self._rule_of_fetch, self._ask, self._ask_note, self._fetch):
            widget.setVisible(can_fetch)
        self._provider, self._price = provider, price
        self._text.setText(text)
        self._amount.set_value(amount)
        self.retranslate()

    def hold(self, why_not: str) -> None:
        """Nothing can be fetched, generated or settled, for this reason; empty: it can."""
        for control in (self._fetch, self._generate, self._not_billed, self._set, self._amount):
            set_available(control, not why_not, why_not)

    def retranslate(self) -> None:
        provider = self._provider
        self._title.setText(self.tr("This image may have been billed"))
        self._ask.setText(filled(self.tr("Ask {provider} for it once more"), provider=provider))
        self._ask_note.setText(self.tr("Free of charge. It is not sent again."))
        self._fetch.setText(self.tr("Fetch"))
        self._see.setText(filled(self.tr("See whether {provider} billed it"), provider=provider))
        self._see_note.setText(self.tr("Its usage page shows requests after a few minutes."))
        self._open.setText(self.tr("Open page"))
        self._again.setText(self.tr("Make it again"))
        price = self.tr("This is a new paid request, about {price}.").format(price=self._price)
        self._again_note.setText(price if self._price else self.tr("This is a new paid request."))
        self._generate.setText(self.tr("Generate again"))
        self._cost.setText(self.tr("Set what it cost"))
        self._cost_note.setText(self.tr("Corrects today's spending."))
        self._not_billed.setText(self.tr("Not billed"))
        self._set.setText(self.tr("Set"))
        self._amount.set_name(self.tr("What it cost"))

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill_box(painter, self.rect(), Radius.BOX, self.tokens.raised, self.tokens.hair)
        painter.end()


def _pair(name: Label, note: Label, button: QWidget) -> QHBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2)
    column.addWidget(name)
    column.addWidget(note)
    line = QHBoxLayout()
    line.setSpacing(Space.S)
    line.addLayout(column, 1)
    line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
    return line
