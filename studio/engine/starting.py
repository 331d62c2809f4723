"""From a request to a run under way: plan, library, budget, journal, then the calls."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial

from studio.domain.errors import CannotRun, OverBudget, Problem, StudioError
from studio.domain.events import ImageSaved, JobAdded, RunStarted
from studio.domain.fingerprint import fingerprint, may_answer_from_cache
from studio.domain.jobs import Call, CallState, FollowUp, ImageRecord, Job, JobState, Origin, Run, SweepLink
from studio.domain.plan import CacheUse, RunPlan, TargetPlan
from studio.domain.ports import Account, Limits
from studio.domain.pricing import Estimate, Money
from studio.domain.request import FittedRequest, Target
from studio.domain.values import CallId, JobId, RunId
from studio.engine import budget
from studio.engine.call_runner import CallRunner
from studio.engine.coordinator import Coordinator
from studio.engine.live import LiveRun
from studio.engine.parts import EngineParts


@dataclass(frozen=True, slots=True)
class Start:
    """How a run is started, besides its request and targets."""

    origin: Origin = "window"
    parent_run_id: RunId | None = None
    cache: CacheUse = "seeded"
    fresh: frozenset[int] = frozenset()
    """Targets, by index, for which the library never answers."""
    sweep: SweepLink | None = None
    limits: Limits | None = None
    """In place of those of the settings."""
    over_budget_allowed: bool = False
    follow_up: FollowUp | None = None


@dataclass(frozen=True, slots=True)
class _Ready:
    """What was found out about each target, by its index, before the run exists."""

    plan: RunPlan
    cached: Mapping[int, Sequence[ImageRecord]] = field(default_factory=dict)
    accounts: Mapping[int, Account] = field(default_factory=dict)
    problems: Mapping[int, Problem] = field(default_factory=dict)


class RunStarter:
    def __init__(self, parts: EngineParts, coordinator: Coordinator) -> None:
        self._parts = parts
        self._coordinator = coordinator

    async def start(self, plan: RunPlan, how: Start) -> Run:
        """Raises CannotRun when no target can run, OverBudget when the money does not reach; nothing is sent then."""
        if not plan.runnable:
            raise CannotRun(reason="; ".join(p.blocked.message for p in plan.targets if p.blocked) or "no target")
        ready = await self._make_ready(plan, how)
        limits = budget.NO_LIMITS if how.over_budget_allowed else how.limits or self._parts.settings.limits
        await budget.check_before(self._parts, _paid_part(ready).at_most, limits)
        run = await self._parts.journal.add_run(self._draft(ready, how))
        await self._reserve_or_cancel(run, ready, limits)
        live = self._coordinator.take(run)
        self._parts.broadcast.emit(RunStarted(at=self._parts.clock.now(), run_id=run.id, run=run))
        self._begin(live, run.jobs, ready)
        return live.snapshot()

    async def add(self, live: LiveRun, plan: TargetPlan, how: Start) -> Job:
        """One more target for a run under way. Raises OverBudget, KeyMissing and the like, and then adds nothing."""
        account = await self._parts.account(plan.target.provider, plan.target.account, None)
        run_plan = RunPlan(live.snapshot().request, (plan,))
        limits = how.limits or self._parts.settings.limits
        await budget.check_before(self._parts, run_plan.at_most, limits)
        draft = self._draft_job(plan, None, None, how).model_copy(update={"run_id": live.id})
        job = await self._parts.journal.add_job(draft)
        live.add_job(job)
        at = self._parts.clock.now()
        try:
            await budget.reserve(self._parts, [(job, account)], limits)
        except OverBudget as error:
            for call in job.calls:
                await live.save_call(call.id, state=CallState.CANCELLED, problem=error.problem, finished_at=at)
            raise
        finally:
            self._parts.broadcast.emit(JobAdded(at=at, run_id=live.id, job_id=job.id, job=live.job(job.id)))
            if live.job(job.id).state.is_final:
                await live.end_job(job.id, lambda job: None)
        self._coordinator.begin(live, {call.id: CallRunner.send for call in job.calls})
        return job

    async def find_cached(
        self, plan: RunPlan, use: CacheUse, fresh: frozenset[int] = frozenset()
    ) -> dict[int, Sequence[ImageRecord]]:
        """What the library would answer, by index of the target; only complete answers count."""
        if use == "never":
            return {}
        found: dict[int, Sequence[ImageRecord]] = {}
        for index, one in enumerate(plan.targets):
            if one.blocked is not None or index in fresh:
                continue
            if use == "seeded" and not may_answer_from_cache(one.fitted):
                continue
            images = await self._parts.archive.find_cached(fingerprint(one.target, one.fitted))
            if is_complete(images, one.fitted):
                found[index] = images
        return found

    # --- before the run exists -----------------------------------------------------------------------------------

    async def _make_ready(self, plan: RunPlan, how: Start) -> _Ready:
        cached = await self.find_cached(plan, "never" if how.follow_up else how.cache, how.fresh)
        problems: dict[int, Problem] = {}
        wanted: dict[int, Target] = {}
        for index, one in enumerate(plan.targets):
            if one.blocked is not None:
                problems[index] = CannotRun(reason=one.blocked.message).problem
            elif index not in cached:
                wanted[index] = one.target
        answers = await asyncio.gather(
            *(self._parts.account(target.provider, target.account, how.sweep) for target in wanted.values()),
            return_exceptions=True,
        )
        accounts: dict[int, Account] = {}
        for index, answer in zip(wanted, answers, strict=True):
            if isinstance(answer, Account):
                accounts[index] = answer
            elif isinstance(answer, Exception):
                problems[index] = self._parts.problem_of(answer)
            else:
                raise answer
        return _Ready(plan, cached, accounts, problems)

    def _draft(self, ready: _Ready, how: Start) -> Run:
        """The run with placeholders for its numbers; the journal gives the real ones."""
        jobs = tuple(
            self._draft_job(one, ready.problems.get(index), ready.cached.get(index), how, position=index + 1)
            for index, one in enumerate(ready.plan.targets)
        )
        return Run(
            id=RunId(0),
            created_at=self._parts.clock.now(),
            request=ready.plan.request,
            targets=tuple(job.target for job in jobs),
            parent_run_id=how.parent_run_id,
            origin=how.origin,
            sweep=how.sweep,
            jobs=jobs,
        )

    def _draft_job(
        self,
        plan: TargetPlan,
        problem: Problem | None,
        cached: Sequence[ImageRecord] | None,
        how: Start,
        position: int = 0,
    ) -> Job:
        now = self._parts.clock.now()
        job_id = JobId(f"0.{position}")
        state = CallState.FAILED if problem is not None else CallState.QUEUED
        calls: list[Call] = []
        for index, count in enumerate(plan.fitted.images_per_call):
            first = sum(plan.fitted.images_per_call[:index])
            calls.append(
                Call(
                    id=CallId(f"{job_id}.{index}"),
                    job_id=job_id,
                    index=index,
                    image_count=count,
                    first_image_index=first,
                    state=state,
                    problem=problem,
                    missing=tuple(range(first, first + count)) if problem is not None else (),
                    finished_at=now if problem is not None else None,
                )
            )
        return Job(
            id=job_id,
            run_id=RunId(0),
            position=position,
            target=plan.target,
            fitted=plan.fitted,
            notices=plan.notices,
            estimate=free_of_charge(plan.estimate) if cached else plan.estimate,
            cached=bool(cached),
            follow_up=how.follow_up,
            queued_at=now,
            calls=tuple(calls),
        )

    async def _reserve_or_cancel(self, run: Run, ready: _Ready, limits: Limits) -> None:
        paid = [(job, ready.accounts[index]) for index, job in enumerate(run.jobs) if index in ready.accounts]
        try:
            await budget.reserve(self._parts, paid, limits)
        except Exception as error:
            problem, now = self._parts.problem_of(error).model_copy(update={"charged": "no"}), self._parts.clock.now()
            for job, _ in paid:
                for call in job.calls:
                    cancelled = {"state": CallState.CANCELLED, "problem": problem, "finished_at": now}
                    await self._parts.journal.save_call(call.model_copy(update=cancelled))
                ended = {"state": JobState.CANCELLED, "finished_at": now}
                await self._parts.journal.save_job(job.model_copy(update=ended))
            raise

    # --- the run exists ------------------------------------------------------------------------------------------

    def _begin(self, live: LiveRun, jobs: Sequence[Job], ready: _Ready) -> None:
        """Every job gets its task, also one that is over already: its end is told like any other."""
        for index, job in enumerate(jobs):
            if index in ready.problems:
                self._coordinator.see_through(live, job.id, _nothing)
            elif index in ready.cached:
                self._coordinator.see_through(live, job.id, partial(self._answer, live, job, ready.cached[index]))
            else:
                self._coordinator.begin(live, {call.id: CallRunner.send for call in job.calls})

    async def _answer(self, live: LiveRun, job: Job, images: Sequence[ImageRecord]) -> None:
        """The library answers; should the files be gone by now, the provider is asked after all."""
        try:
            records = await self._parts.archive.add_cached(live.snapshot(), job, images)
        except (StudioError, OSError) as error:
            self._parts.log_fault(f"job {job.id} could not be answered from the library", error)
            records = ()
        if not is_complete(records, job.fitted):
            await self._send_after_all(live, job)
            return
        for record in records:
            at = self._parts.clock.now()
            self._parts.broadcast.emit(ImageSaved(at=at, run_id=live.id, job_id=job.id, image=record))
        for call in job.calls:
            done = await live.save_call(call.id, state=CallState.DONE, finished_at=self._parts.clock.now())
            live.tell_call(done)

    async def _send_after_all(self, live: LiveRun, job: Job) -> None:
        job = await live.save_job(job.id, cached=False)
        try:
            account = await self._parts.account(job.target.provider, job.target.account, live.sweep)
            await budget.reserve(self._parts, [(job, account)], self._parts.settings.limits)
        except StudioError as error:
            for call in job.calls:
                problem = error.problem.model_copy(update={"charged": "no"})
                failed = await live.save_call(call.id, state=CallState.FAILED, problem=problem)
                live.tell_call(failed)
            return
        await self._coordinator.run_calls(live, {call.id: CallRunner.send for call in job.calls})


async def _nothing() -> None:
    """The work of a job that failed before it began."""


def _paid_part(ready: _Ready) -> RunPlan:
    return RunPlan(ready.plan.request, tuple(ready.plan.targets[index] for index in ready.accounts))


def is_complete(images: Sequence[ImageRecord], fitted: FittedRequest) -> bool:
    """Are these all the images that the request asks for?"""
    return sum(1 for image in images if not image.whole_grid) >= fitted.image_count


def free_of_charge(estimate: Estimate) -> Estimate:
    """The same estimate for what costs nothing, because the library answers."""
    nothing = Money(amount=Decimal(0), currency=estimate.typical.currency if estimate.typical else "USD")
    return Estimate(typical=nothing, at_most=nothing, as_of=estimate.as_of, source=estimate.source)
