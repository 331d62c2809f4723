"""Works out what the draft of a sweep would make and cost, a moment after its last change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from studio.domain.errors import StudioError
from studio.domain.sweep import SWEEP_CELLS_MAX
from studio.ui.problems import problem_line
from studio.ui.sweep.draft import SweepDraft
from studio.ui.sweep.shape import MatrixShape
from studio.ui.sweep.sheet import Sheet, forecast_sheet
from studio.ui.tasks import TaskBag
from studio.ui.translation import Words, translate

if TYPE_CHECKING:
    from studio.domain.sweep import SweepPlan
    from studio.domain.sweep_forecast import SweepForecast
    from studio.ui.client import StudioClient

_DELAY_MS = 150
_LARGE_DELAY_MS, _LARGE = 600, 1_000


class SweepForecaster(QObject):
    """`told` comes when `sheet` and `plan` are those of the draft, or when `problem` says why there are none."""

    told = Signal()

    def __init__(self, client: StudioClient, draft: SweepDraft, read: Callable[[], None], parent: QObject) -> None:
        """`read` takes what is typed but not yet read into the draft."""
        super().__init__(parent)
        self._client, self._draft, self._read = client, draft, read
        self._tasks = TaskBag(self, self._failed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._now)
        self.sheet: Sheet | None = None
        self.plan: SweepPlan | None = None
        self.problem: Words = ""

    def follow(self) -> None:
        """The draft is different: what was worked out is no longer true."""
        self.sheet = None
        self.problem = self._problem_of_draft if self._problem_of_draft() else ""
        self.soon()

    def forget(self) -> None:
        """Other squares are left out, nothing else."""
        self.sheet = None
        self.soon()

    def soon(self) -> None:
        """Work it out (again). A large sweep waits longer for the next change, so that this does not get in its way."""
        if not self.problem:
            large = self._draft.combination_count > _LARGE
            self._timer.start(_LARGE_DELAY_MS if large else _DELAY_MS)

    def set_stop(self, after_failures: int | None) -> None:
        """It changes neither cells nor price, but what is started must know it."""
        self._draft.stop_after_failures = after_failures
        if self.plan is not None:
            self.plan = self.plan.model_copy(update={"stop_after_failures": after_failures})

    def fail(self, words: Words) -> None:
        """Why the sweep cannot be made, found out elsewhere."""
        self.problem = words
        self.told.emit()

    def stop(self) -> None:
        self._timer.stop()
        self._tasks.cancel_all()

    def _problem_of_draft(self) -> str:
        draft = self._draft
        if not draft.prompt.strip():
            return self.tr("Write a prompt")
        if draft.template.faults or draft.negative_template.faults:
            return self.tr("Mend the choices of the prompt first")
        if not draft.targets:
            return self.tr("Tick a model in the composer")
        if not draft.sample and draft.combination_count > SWEEP_CELLS_MAX:
            words = self.tr("{count} combinations are more than a sweep holds ({most}). Take a random sample.")
            return words.format(count=draft.combination_count, most=SWEEP_CELLS_MAX)
        return ""

    def _now(self) -> None:
        self._read()
        if self.problem or self._timer.isActive():
            return
        try:
            plan = self._draft.plan()
        except ValueError:
            self.fail(_no_request)
            return
        self._tasks.start("forecast", self._forecast(plan))

    async def _forecast(self, plan: SweepPlan) -> None:
        shape = MatrixShape(tuple(self._draft.axes))

        async def work(studio: Any) -> Sheet:
            forecast: SweepForecast = await studio.sweeps.forecast(plan)
            return await asyncio.to_thread(forecast_sheet, forecast, shape)

        try:
            sheet = await self._client.run(work)
        except StudioError as error:
            self.problem = partial(problem_line, error.problem)
        except ValueError as error:
            self.problem = partial(_no_request, str(error))
        else:
            self.sheet, self.plan = sheet, plan
        self.told.emit()

    def _failed(self, error: BaseException) -> None:
        self.fail(lambda: self.tr("Something broke in Prompt Studio. Nothing was sent."))
        raise error


def _no_request(words: str = "") -> str:
    """What the core says of a plan that makes no sense; it is English for the log, so the window says it plainly."""
    return translate("SweepForecaster", "These settings make no request") + (f": {words}" if words else "")
