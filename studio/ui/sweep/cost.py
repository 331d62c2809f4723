"""The foot of the builder: what the sweep would cost, how long it takes, and what it does to the day's budget."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Space, TextRole, active
from studio.ui.theme.paint import fill_box
from studio.ui.translation import translate
from studio.ui.widgets import ElidedLabel, Label, Paragraph, Themed

if TYPE_CHECKING:
    from studio.domain.events import SpendingChanged
    from studio.domain.pricing import Money

_BAR_PX = 160
_HOUR_S = 3_600


class BudgetBar(Themed, QWidget):
    """What is spent today in grey, what would come in colour, of the day's limit."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._spent = self._added = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_parts(self, spent: float, added: float) -> None:
        """Parts of the limit; together they may be more than 1."""
        self._spent, self._added = spent, added
        self.update()

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(active().scaled(_BAR_PX), 4)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self.tokens
        whole = QRectF(self.rect())
        fill_box(painter, whole, 2, tokens.track)
        spent = min(self._spent, 1.0) * whole.width()
        end = min(self._spent + self._added, 1.0) * whole.width()
        if end > spent:
            fill_box(painter, QRectF(0, 0, end, whole.height()), 2, tokens.warn if self._over() else tokens.ring)
        if spent > 0:
            fill_box(painter, QRectF(0, 0, spent, whole.height()), 2, tokens.tick)
        painter.end()

    def _over(self) -> bool:
        return self._spent + self._added > 1.0


class SweepCost(QWidget):
    """Two lines at the left of the footer; a problem takes the place of the second one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sum = Label(role=TextRole.TITLE, weight=600, tabular=True, parent=self)
        self._about = ElidedLabel(tone="text2", tabular=True, parent=self)
        self.bar = BudgetBar(self)
        self._budget = ElidedLabel(role=TextRole.SMALL, tone="text2", tabular=True, parent=self)
        self._problem = Paragraph(role=TextRole.SMALL, tone="danger", max_lines=2, parent=self)
        self._problem.hide()
        first = QHBoxLayout()
        first.setSpacing(Space.S)
        first.addWidget(self._sum)
        first.addWidget(self._about, 1)
        second = QHBoxLayout()
        second.setSpacing(Space.S)
        second.addWidget(self.bar)
        second.addWidget(self._budget, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 2, 0, 2)
        rows.setSpacing(2)
        rows.addLayout(first)
        rows.addLayout(second)
        rows.addWidget(self._problem)

    def show_sum(self, typical: Sequence[Money], about: str, *, known: bool, hint: str = "") -> None:
        """`known` is false while nothing has been worked out; `hint` is the tooltip of the words behind the sum."""
        sums = " + ".join(f"{money}" for money in typical if money.amount)
        nothing = translate("SweepCost", "Free") if known else "…"
        self._sum.setText(f"≈ {sums}" if sums else nothing)
        self._about.set_full_text(about)
        self._about.set_hint(hint)

    def show_budget(self, spending: SpendingChanged | None, added: Decimal) -> None:
        """`added` in the currency of the limit (USD), at most."""
        shown = spending is not None and not self._problem.isVisibleTo(self)
        for widget in (self.bar, self._budget):
            widget.setVisible(shown)
        if spending is None:
            return
        used = spending.billed.amount + spending.reserved.amount + spending.unsure.amount
        today = spending.billed.model_copy(update={"amount": used})
        then = spending.billed.model_copy(update={"amount": used + added})
        limit = spending.limit
        self.bar.setVisible(shown and limit is not None)
        if limit is None:
            words = translate("SweepCost", "{today} today, then at most {then}").format(today=today, then=then)
        else:
            words = translate("SweepCost", "{today} today, then at most {then} of {limit}")
            words = words.format(today=today, then=then, limit=limit)
            whole = float(limit.amount) or 1e-9
            self.bar.show_parts(float(used) / whole, float(added) / whole)
        self._budget.set_full_text(words)
        self.bar.setAccessibleName(words)

    def show_problem(self, words: str) -> None:
        """Why the sweep cannot be made; empty takes it away."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        for widget in (self.bar, self._budget):
            widget.setVisible(not words)


def duration_words(seconds: float) -> str:
    """About how long: "about 40 s", "about 12 min", "about 2 h 10 min"."""
    if seconds < 90:
        return translate("SweepCost", "about {count} s").format(count=max(1, round(seconds)))
    minutes = round(seconds / 60)
    if seconds < _HOUR_S:
        return translate("SweepCost", "about {count} min").format(count=minutes)
    hours, minutes = divmod(minutes, 60)
    return translate("SweepCost", "about {hours} h {minutes} min").format(hours=hours, minutes=minutes)
