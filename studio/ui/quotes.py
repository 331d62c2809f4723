"""What a further run would cost, said in the entry that starts it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.domain.values import SweepId
from studio.ui.spending import highest_words
from studio.ui.translation import joined_facts, shown, translate

if TYPE_CHECKING:
    from studio.domain.jobs import FollowUp, Run
    from studio.domain.plan import RunPlan, TargetPlan
    from studio.domain.request import GenerationRequest, Target
    from studio.domain.sweep_forecast import SweepForecast
    from studio.ui.client import StudioClient

_NO_TARGETS: tuple[Target, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """`price` as it stands behind the words of a menu entry; `reason` why it cannot be run, empty when it can."""

    price: str = ""
    reason: str = ""

    def behind(self, words: str) -> str:
        """The words of a menu entry with the price behind them, in the column of the keys."""
        return f"{words}\t{self.price}" if self.price else words


class Quotes:
    """Plans are made without asking a provider, in less than a millisecond for each target."""

    def __init__(self, client: StudioClient, ticked: Callable[[], Sequence[Target]] = lambda: _NO_TARGETS) -> None:
        """`ticked`: the targets that are ticked in the composer now."""
        self._client, self._ticked = client, ticked

    def of(self, request: GenerationRequest, targets: Sequence[Target], follow_up: FollowUp | None = None) -> Quote:
        """A request at some targets, or a vendor's action on a result of it."""
        return quote_of([self._client.studio.engine.plan(request, targets, follow_up)])

    def of_ticked(self, request: GenerationRequest) -> Quote:
        """A request at the targets that are ticked in the composer."""
        targets = self._ticked()
        if not targets:
            return Quote(reason=translate("Quotes", "Tick the models in the composer first."))
        return self.of(request, targets)

    def of_run(self, run: Run) -> Quote:
        """The whole run once more."""
        return self.of(run.request, run.targets, run.jobs[0].follow_up if run.jobs else None)

    async def of_sweep(self, sweep_id: int, *, failed_too: bool = False) -> Quote:
        """What is left of a sweep, also what failed. No price for one that is not there."""
        number = SweepId(sweep_id)
        left = await self._client.run(lambda studio: studio.sweeps.left(number, failed_too=failed_too))
        return quote_of_forecast(left) if left is not None else Quote()

    def of_missing(self, run: Run) -> Quote:
        """The images of a run that did not come, without those that may have been billed."""
        return quote_of(self._client.studio.engine.plan_missing(run, in_doubt_too=False))

    def of_again(self, run: Run, job_id: str) -> Quote:
        """The images of one job that did not come, also those that may have been billed."""
        ours = [job.id for job in run.jobs if job.id == job_id]
        return quote_of(self._client.studio.engine.plan_missing(run, ours))

    def of_anew(self, run: Run, job_id: str) -> Quote:
        """One whole job once more."""
        return quote_of(
            [
                self._client.studio.engine.plan(run.request, (job.target,), job.follow_up)
                for job in run.jobs
                if job.id == job_id
            ]
        )


def quote_of_forecast(forecast: SweepForecast) -> Quote:
    """The sum of the new cells; an empty price where there is none."""
    if not forecast.new:
        return Quote(translate("Quotes", "free")) if forecast.made else Quote()
    words = " + ".join(str(money) for money in forecast.typical if money.amount)
    unpriced = sum(cell.estimate.typical is None for cell in forecast.new)
    if words:
        missing = translate("Quotes", "%n without a price", None, unpriced) if unpriced else ""
        return Quote(joined_facts([f"≈ {words}", highest_words(forecast.typical, forecast.at_most), missing]))
    return Quote(translate("Quotes", "no price") if unpriced else translate("Quotes", "free"))


def quote_of(plans: Sequence[RunPlan]) -> Quote:
    """The sum of some plans; a target that cannot make its part costs nothing, and only when none can that is said."""
    from studio.domain.plan import totals

    parts = [part for plan in plans for part in plan.targets]
    possible = [part for part in parts if part.blocked is None]
    if not possible:
        return Quote(reason=_why_not(parts[0]) if parts else "")
    sums = totals(part.estimate.typical for part in possible)
    unpriced = [part for part in possible if part.estimate.typical is None]
    words = " + ".join(str(money) for money in sums if money.amount)
    if words:
        missing = translate("Quotes", "%n without a price", None, len(unpriced)) if unpriced else ""
        highest = highest_words(sums, totals(part.estimate.at_most for part in possible))
        return Quote(joined_facts([f"≈ {words}", highest, missing]))
    return Quote(translate("Quotes", "no price") if unpriced else translate("Quotes", "free"))


def _why_not(part: TargetPlan) -> str:
    from studio.domain.words import NOTICE_WORDS

    notice = part.blocked
    return shown(NOTICE_WORDS[notice.code], **notice.values) if notice is not None else ""
