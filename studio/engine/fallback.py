"""The user's order of targets that stand in when another one fails for a reason of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from studio.domain.errors import OverBudget, StudioError
from studio.domain.jobs import Job, JobState, Run
from studio.domain.notices import Notice
from studio.domain.plan import TargetPlan
from studio.domain.ports import ImageProvider
from studio.domain.request import Target
from studio.domain.values import JobId
from studio.engine.live import LiveRun, first_problem
from studio.engine.parts import EngineParts
from studio.engine.planning import plan_run
from studio.engine.starting import RunStarter, Start

ANOTHER_COULD_SERVE = frozenset(
    {
        "rate_limited",
        "overloaded",
        "balance",
        "quota",
        "server_failed",
        "task_failed",
        "offline",
        "tls",
        "model_ended",
        "model_unknown",
        "model_not_opened",
        "region_refused",
        "not_verified",
        "key_missing",
        "key_rejected",
        "key_region",
    }
)
"""Kinds of problems that lie with one provider. A refused prompt is not among them: to take it elsewhere by itself
would be to evade a filter. Nor is anything that may have been billed."""


def may_fall_back(job: Job) -> bool:
    """A finished job without an image that failed at no cost for a reason another target could serve."""
    problem = first_problem(job)
    return (
        job.state is JobState.FAILED
        and job.follow_up is None
        and problem is not None
        and problem.kind in ANOTHER_COULD_SERVE
        and all(call.problem is None or call.problem.charged in ("no", "none") for call in job.calls)
    )


def candidates(order: Sequence[str], taken: Sequence[Target], providers: Mapping[str, ImageProvider]) -> list[Target]:
    """The targets of the order that are not in the run yet; an entry that is only a provider means its default model,
    and no longer counts once any model of that provider is in the run."""
    found: list[Target] = []
    for entry in order:
        name, slash, model = entry.partition("/")
        provider = providers.get(name)
        if provider is None:
            continue
        target = Target(provider=name, model=model or provider.spec.default_model)
        in_run = any(one.key == target.key or (not slash and one.provider == name) for one in taken)
        if not in_run and target not in found:
            found.append(target)
    return found


class Fallbacks:
    """Offers or takes a stand-in, as the settings say; one for each failed job, and none for a stand-in."""

    def __init__(self, parts: EngineParts, starter: RunStarter) -> None:
        self._parts = parts
        self._starter = starter
        self._stand_ins: set[JobId] = set()

    def candidate(self, job: Job, run: Run | None) -> Target | None:
        """The next target that could stand in; None when the job has not failed in that way or nobody is left."""
        if run is None or not may_fall_back(job):
            return None
        plan = self._plan(run)
        return plan.target if plan is not None else None

    def offer(self, live: LiveRun, job: Job) -> Target | None:
        """For `JobFinished.fallback`: nothing when it is off, or taken without asking."""
        if self._parts.settings.fallback != "offer" or job.id in self._stand_ins:
            return None
        return self.candidate(job, live.snapshot())

    async def take(self, live: LiveRun, job: Job) -> None:
        """Lets the next target join the run, once for each failed job."""
        if self._parts.settings.fallback != "take" or job.id in self._stand_ins or not may_fall_back(job):
            return
        run = live.snapshot()
        plan = self._plan(run)
        if plan is None or run.sweep is not None:  # in an experiment nobody stands in for another
            return
        words = {"model": plan.target.key, "failed": job.target.key}
        notice = Notice(field="model", kind="information", code="fallback_taken", values=words, severity="warn")
        plan = TargetPlan(plan.target, plan.model, plan.fitted, (*plan.notices, notice), plan.estimate)
        try:
            stand_in = await self._starter.add(live, plan, Start(origin=run.origin))
        except OverBudget:
            values = {"fallback": plan.target.key}
            told = Notice(field="model", kind="information", code="fallback_over_budget", values=values)
            await live.add_notice(job.id, told)
        except StudioError as error:
            self._parts.log_fault(f"{plan.target} could not stand in for {job.target}", error)
        else:
            self._stand_ins.add(stand_in.id)

    def _plan(self, run: Run) -> TargetPlan | None:
        """The first of the order that is not in the run and can run this request."""
        targets = candidates(self._parts.settings.fallback_order, run.targets, self._parts.providers)
        plan = plan_run(run.request, targets, self._parts.providers, today=self._parts.clock.now().date())
        return next(iter(plan.runnable), None)
