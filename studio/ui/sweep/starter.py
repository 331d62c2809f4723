"""Starts what was forecast, after a second question where the sweep is large, dear or over the budget."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from studio.domain.errors import OverBudget, StudioError
from studio.ui.problems import problem_line, problem_text
from studio.ui.spending import over_by
from studio.ui.tasks import TaskBag
from studio.ui.widgets.dialog import Question

if TYPE_CHECKING:
    from studio.domain.errors import Problem
    from studio.domain.events import SpendingChanged
    from studio.domain.pricing import Money
    from studio.domain.sweep import Sweep, SweepPlan
    from studio.ui.client import StudioClient
    from studio.ui.sweep.sheet import Sheet

CONFIRM_ABOVE_IMAGES = 200
"""More images than this are asked about once more, whatever they cost."""


class SweepStarter(QObject):
    """`busy` while a sweep is being started, `refused` with the `Words` why it was not, `started` with the `Sweep`."""

    busy = Signal(bool)
    refused = Signal(object)
    started = Signal(object)

    def __init__(self, client: StudioClient, window: QWidget) -> None:
        """`window` is what the questions are asked over."""
        super().__init__(window)
        self._client, self._window = client, window
        self._tasks = TaskBag(self, self._failed)

    @property
    def under_way(self) -> bool:
        return self._tasks.is_running("start")

    def ask(self, sheet: Sheet, plan: SweepPlan, spending: SpendingChanged | None, *, only_first: bool) -> None:
        """Start all that is new, or the first cell of each column only; at once where there is nothing to ask."""
        chosen = sheet.first if only_first else sheet.new
        only = chosen.positions if only_first else None
        images, calls = chosen.image_count, chosen.paid_call_count
        settings = self._client.studio.settings.current
        over = None if only_first else over_by(spending, sheet.forecast.at_most, settings)
        if not self._reasons(images, calls, over, spending):
            self._start(plan, only, over_budget_allowed=False)
            return
        question = Question(
            self._window,
            title=lambda: self.tr("Generate %n image(s)?", "", images),
            text=lambda: "\n".join(self._reasons(images, calls, over, spending)),
            primary=lambda: (
                self.tr("Generate anyway") if over is not None else self.tr("Generate %n image(s)", "", images)
            ),
        )
        question.accepted.connect(lambda: self._start(plan, only, over_budget_allowed=over is not None))
        question.finished.connect(question.deleteLater)
        question.open()

    def _reasons(self, images: int, calls: int, over: Money | None, spending: SpendingChanged | None) -> list[str]:
        settings = self._client.studio.settings.current
        found: list[str] = []
        if over is not None and spending is not None:
            words = self.tr("This may go up to {amount} over today's limit of {limit}.")
            found.append(words.format(amount=over, limit=spending.limit))
        if calls > settings.confirm_above_paid_calls:
            found.append(self.tr("%n paid request(s) will be sent.", "", calls))
        if images > CONFIRM_ABOVE_IMAGES:
            found.append(self.tr("%n image(s) will be made.", "", images))
        return found

    def _start(self, plan: SweepPlan, only: Sequence[int] | None, *, over_budget_allowed: bool) -> None:
        self.busy.emit(True)
        self._tasks.start("start", self._begin(plan, only, over_budget_allowed))

    async def _begin(self, plan: SweepPlan, only: Sequence[int] | None, over_budget_allowed: bool) -> None:
        async def work(studio: Any) -> Sweep:
            sweep: Sweep = await studio.sweeps.start(plan, only=only, over_budget_allowed=over_budget_allowed)
            return sweep

        try:
            sweep = await self._client.run(work)
        except OverBudget as error:
            self.busy.emit(False)
            self._ask_over_budget(plan, only, error.problem)
        except StudioError as error:
            self.busy.emit(False)
            self.refused.emit(partial(problem_line, error.problem))
        else:
            self.busy.emit(False)
            self.started.emit(sweep)

    def _ask_over_budget(self, plan: SweepPlan, only: Sequence[int] | None, problem: Problem) -> None:
        """The money was spent elsewhere since the forecast: the engine refused, nothing was sent."""
        question = Question(
            self._window,
            title=lambda: self.tr("Over today's limit"),
            text=lambda: problem_text(problem),
            primary=lambda: self.tr("Generate anyway"),
        )
        question.accepted.connect(lambda: self._start(plan, only, over_budget_allowed=True))
        question.finished.connect(question.deleteLater)
        question.open()

    def _failed(self, error: BaseException) -> None:
        self.busy.emit(False)
        self.refused.emit(lambda: self.tr("Something broke in Prompt Studio. Nothing was sent."))
        raise error
