"""The fixed foot of the composer: what it costs, what will differ, Cancel and Generate."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QRect, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.spending import highest_words, times_as_much
from studio.ui.theme import Height, Space, TextRole, active
from studio.ui.translation import Translated, catalog_text, filled, shown
from studio.ui.widgets import (
    Button,
    ButtonKind,
    ElidedLabel,
    Label,
    PrimaryButton,
    safe_override,
    set_available,
    set_surface,
    set_tooltip,
    shortcut_text,
)
from studio.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from studio.domain.capability import ProviderSpec
    from studio.domain.plan import RunPlan
    from studio.domain.pricing import Money

_CANCEL_REMEMBERED_MS = 700


@dataclass(frozen=True, slots=True)
class FooterState:
    """What the footer shows. `problem` is why Generate cannot start, in words; empty when it can."""

    plan: RunPlan | None = None
    problem: str = ""
    left_today: Money | None = None
    over_by: Money | None = None
    """How far this run would go over today's limit; None when it fits."""
    run_alive: bool = False
    combinations: int | None = None
    """How many prompts the choices stand for; 0 while one of them cannot be read, None without choices."""
    without_key: tuple[ProviderSpec, ...] = ()
    """The provider of each ticked model that has no key."""


class ComposerFooter(Translated, QWidget):
    """`generate` carries whether the user agreed to go over the limit: the button says so and asks once."""

    generate = Signal(bool)
    cancel = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, "window")
        self._state = FooterState()
        self._asked_over_budget = False
        self._where_cancel_was, self._cancel_gone = QRect(), QElapsedTimer()
        self._sum = Label(role=TextRole.TITLE, weight=600, tabular=True, parent=self)
        self._counts = ElidedLabel(tone="text2", tabular=True, parent=self)
        self._left = ElidedLabel(role=TextRole.SMALL, tone="text2", tabular=True, parent=self)
        self.differ_button = Button(kind=ButtonKind.QUIET, icon_name="info", height=Height.SMALL, parent=self)
        self._remark = ElidedLabel(role=TextRole.SMALL, tone="text2", parent=self)
        self.cancel_button = Button(height=Height.GENERATE, parent=self)
        self.cancel_button.hide()
        self.generate_button = PrimaryButton(height=Height.GENERATE, parent=self)
        self._lay_out()
        self.cancel_button.clicked.connect(self.cancel)
        self.generate_button.clicked.connect(self.press_generate)
        self.generate_button.installEventFilter(self)
        self.differ_button.clicked.connect(self._show_notices)
        self.retranslate()

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(Space.S)
        first.addWidget(self._sum)
        first.addWidget(self._counts, 1)
        first.addWidget(self._left)
        second = QHBoxLayout()
        second.setContentsMargins(-Space.S, 0, 0, 0)
        second.addWidget(self.differ_button)
        second.addWidget(self._remark, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.S)
        buttons.addWidget(self.cancel_button)
        buttons.addWidget(self.generate_button, 1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(Space.PANEL, Space.S, Space.PANEL, Space.M)
        rows.setSpacing(2)
        rows.addLayout(first)
        rows.addLayout(second)
        rows.addSpacing(Space.XS)
        rows.addLayout(buttons)

    def show_state(self, state: FooterState) -> None:
        if state.over_by != self._state.over_by:
            self._asked_over_budget = False
        if self._state.run_alive and not state.run_alive:
            self._where_cancel_was = self.cancel_button.geometry()
            self._cancel_gone.start()
        self._state = state
        self.retranslate()

    @safe_override(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A press on the way to Cancel, which gave its place to Generate this very moment, buys nothing."""
        if watched is self.generate_button and event.type() == QEvent.Type.MouseButtonPress:
            place = self.generate_button.mapToParent(cast("QMouseEvent", event).position().toPoint())
            fresh = self._cancel_gone.isValid() and self._cancel_gone.elapsed() < _CANCEL_REMEMBERED_MS
            return fresh and self._where_cancel_was.contains(place)
        return super().eventFilter(watched, event)

    def press_generate(self) -> None:
        """What the button and Ctrl+Return do. Over the limit the first press only asks."""
        if self._state.problem:
            return
        if self._state.over_by is not None and not self._asked_over_budget:
            self._asked_over_budget = True
            self.retranslate()
            return
        over = self._state.over_by is not None
        self._asked_over_budget = False
        self.generate.emit(over)

    def retranslate(self) -> None:
        state = self._state
        self.cancel_button.setText(self.tr("Cancel"))
        self.cancel_button.setVisible(state.run_alive)
        self.generate_button.setText(self._generate_words())
        self.generate_button.setAccessibleName(self._generate_words())
        plain = not state.problem and state.over_by is None
        self.generate_button.set_hint(_generate_hint() if plain else "")
        set_available(self.generate_button, not state.problem, state.problem)
        self._write_sums()

    def _generate_words(self) -> str:
        state = self._state
        if state.problem:
            return state.problem
        if state.combinations is not None:
            if state.combinations < 2:
                return self.tr("Sweep...")
            return self.tr("Sweep %n combination(s)...", "", state.combinations)
        if state.over_by is None:
            return self.tr("Generate")
        if self._asked_over_budget:
            return self.tr("Generate anyway")
        return self.tr("Generate, up to {amount} over today's limit").format(amount=state.over_by)

    def _write_sums(self) -> None:
        plan = self._state.plan
        runnable = plan.runnable if plan is not None else ()
        for widget in (self._sum, self._counts, self._left, self._remark):
            widget.setVisible(bool(runnable))
        notices = [notice for target in runnable for notice in target.notices]
        self.differ_button.setVisible(bool(notices))
        if plan is None or not runnable:
            return
        free = all(target.model is not None and target.model.prices.free for target in runnable)
        times = max(1, self._state.combinations or 1)
        sums = " + ".join(f"{times_as_much(money, times)}" for money in plan.typical if money.amount)
        self._sum.setText(self.tr("Free") if free else f"≈ {sums}" if sums else self.tr("No price"))
        counts = [self.tr("%n image(s)", "", plan.image_count * times), self.tr("%n model(s)", "", len(runnable))]
        if times > 1:
            counts.insert(1, self.tr("%n combination(s)", "", times))
        self._counts.set_full_text(" · ".join(counts))
        left = self._state.left_today
        narrow = self.width() < active().scaled(330) or times > 1  # what a sweep makes needs the room
        words = self.tr("{amount} left today").format(amount=left) if left is not None and not free else ""
        self._left.set_full_text("" if narrow else words)
        set_tooltip(self._sum, words)
        self.differ_button.setText(self.tr("%n setting(s) will differ", "", len(notices)))
        highest = highest_words(plan.typical, plan.at_most, times)
        said = (highest, self._remark_words(plan, free=free))
        # A missing key comes first: where there is little room the end of the line is cut.
        self._remark.set_full_text(" · ".join(filter(None, reversed(said) if self._state.without_key else said)))
        self._remark.set_tone("warn" if self._state.without_key else "text2")

    def _remark_words(self, plan: RunPlan, *, free: bool) -> str:
        without_key = self._state.without_key
        if len(without_key) == 1:
            return filled(self.tr("{provider} has no key yet"), provider=catalog_text(without_key[0].title))
        if without_key:
            return self.tr("%n model(s) have no key yet", "", len(without_key))
        if free:
            return self.tr("Painted on this computer, nothing is sent")
        unpriced = [target.model for target in plan.unpriced]
        if not unpriced:
            return ""
        if len(unpriced) == 1:
            return filled(self.tr("{model} has no published price"), model=unpriced[0])
        return self.tr("%n model(s) without a published price", "", len(unpriced))

    def _show_notices(self) -> None:
        """The full list of what will differ, by model."""
        from studio.domain.words import NOTICE_WORDS

        plan = self._state.plan
        if plan is None:
            return
        popover = Popover(self, name=self.tr("What will differ"))
        rows = popover.body
        for target in plan.targets:
            if not target.notices:
                continue
            rows.addWidget(Label(target.target.key, weight=600, parent=popover))
            for notice in target.notices:
                tone = {"note": "text2", "warn": "warn", "danger": "danger"}[notice.severity]
                words = Label(shown(NOTICE_WORDS[notice.code], **notice.values), tone=tone, parent=popover)
                words.setWordWrap(True)
                words.setMinimumWidth(active().scaled(260))
                rows.addWidget(words)
        popover.closed.connect(popover.deleteLater)
        popover.open_at(self.differ_button)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = active().tokens
        painter.fillRect(self.rect(), tokens.window)
        painter.fillRect(0, 0, self.width(), 1, tokens.line)
        painter.end()


def _generate_hint() -> str:
    """Ctrl ↵, or what the Mac writes; the key has no other name that all languages share."""
    return "Ctrl ↵" if sys.platform != "darwin" else shortcut_text("Ctrl+Return")
