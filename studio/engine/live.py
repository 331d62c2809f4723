"""A run that is under way: its newest state in memory, each change on disk before it is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from studio.domain.errors import Problem
from studio.domain.events import CallChanged, CostReported, JobFinished, NoticeRaised, SavingBlocked
from studio.domain.jobs import Call, CallState, Job, JobState, Run, SweepLink, job_state
from studio.domain.notices import Notice
from studio.domain.plan import totals
from studio.domain.pricing import Cost
from studio.domain.request import Target
from studio.domain.values import CallId, JobId, RunId
from studio.engine.parts import EngineParts
from studio.engine.saving import SavingGivenUp
from studio.engine.scrubbing import without_bytes


class LiveRun:
    """The only writer of a run's jobs and calls while it is under way."""

    def __init__(self, parts: EngineParts, run: Run) -> None:
        self._parts = parts
        self._run = run
        self._jobs: dict[JobId, Job] = {job.id: job for job in run.jobs}
        self.ended = asyncio.Event()
        """Set when every job has its final state, or when the engine closes."""

    @property
    def id(self) -> RunId:
        return self._run.id

    @property
    def is_over(self) -> bool:
        return all(job.state.is_final for job in self._jobs.values())

    @property
    def sweep(self) -> SweepLink | None:
        return self._run.sweep

    def snapshot(self) -> Run:
        return self._run.model_copy(update={"jobs": tuple(self._jobs.values())})

    def job(self, job_id: JobId) -> Job:
        return self._jobs[job_id]

    def call(self, call_id: CallId) -> Call:
        job = self._jobs[job_of(call_id)]
        return next(call for call in job.calls if call.id == call_id)

    @property
    def targets(self) -> tuple[Target, ...]:
        return tuple(job.target for job in self._jobs.values())

    def add_job(self, job: Job) -> None:
        self._jobs[job.id] = job
        self._run = self._run.model_copy(update={"targets": (*self._run.targets, job.target)})

    # --- calls ---------------------------------------------------------------------------------------------------

    def change_call(self, call_id: CallId, **changes: Any) -> Call:
        """In memory only; the next `save_call` writes it."""
        call = self.call(call_id).model_copy(update=changes)
        if "exchange" in changes and call.exchange is not None:
            call = call.model_copy(update={"exchange": without_bytes(call.exchange)})
        call = self._parts.scrubber.value(call)
        job = self._jobs[call.job_id]
        calls = tuple(call if one.id == call.id else one for one in job.calls)
        self._jobs[job.id] = job.model_copy(update={"calls": calls, "state": job_state(calls)})
        return call

    async def save_call(self, call_id: CallId, **changes: Any) -> Call:
        """Changes and writes a call; returns when it is safe on disk. Raises what the journal raises."""
        call = self.change_call(call_id, **changes)
        await self._parts.journal.save_call(call)
        return call

    async def save_call_if_possible(self, call_id: CallId, **changes: Any) -> Call:
        """For a call that was sent: a journal that cannot write must not stop its images; a later save catches up."""
        try:
            return await self.save_call(call_id, **changes)
        except Exception as error:
            call = self.call(call_id)
            self.tell_blocked(call, self._parts.problem_of(error))
            return call

    async def save_call_patiently(self, call_id: CallId, **changes: Any) -> Call:
        """Writes a final state, as long as it takes; at close it is left to the next start."""
        call = self.change_call(call_id, **changes)
        try:
            await self._parts.saver.save(
                lambda: self._parts.journal.save_call(call), lambda problem: self.tell_blocked(call, problem)
            )
        except SavingGivenUp as error:
            self._parts.log_fault(f"the end of call {call_id} is not in the journal", error)
        return call

    def tell_blocked(self, call: Call, problem: Problem) -> None:
        self._parts.broadcast.emit(
            SavingBlocked(
                at=self._parts.clock.now(),
                run_id=self.id,
                job_id=call.job_id,
                call_id=call.id,
                problem=problem,
                held_images=self._parts.saver.held,
            )
        )

    def tell_call(
        self,
        call: Call,
        *,
        queue_place: int | None = None,
        waits_s: float | None = None,
        resumed: bool = False,
        problem: Problem | None = None,
    ) -> None:
        self._parts.broadcast.emit(
            CallChanged(
                at=self._parts.clock.now(),
                run_id=self.id,
                job_id=call.job_id,
                call_id=call.id,
                state=call.state,
                queue_place=queue_place,
                waits_s=waits_s,
                resumed=resumed,
                problem=problem or call.problem,
            )
        )

    # --- jobs ----------------------------------------------------------------------------------------------------

    async def save_job(self, job_id: JobId, **changes: Any) -> Job:
        job = self._jobs[job_id].model_copy(update=changes)
        self._jobs[job_id] = job
        try:
            await self._parts.journal.save_job(job)
        except Exception as error:
            self._parts.log_fault(f"job {job_id} cannot be written", error)
        return job

    async def add_notice(self, job_id: JobId, notice: Notice) -> None:
        """Keeps a notice with the job and tells it; the same one twice is one."""
        notice = self._parts.scrubber.value(notice)
        notices = self._jobs[job_id].notices
        if notice in notices:
            return
        await self.save_job(job_id, notices=(*notices, notice))
        at = self._parts.clock.now()
        self._parts.broadcast.emit(NoticeRaised(at=at, run_id=self.id, job_id=job_id, notice=notice))

    async def report_cost(self, job_id: JobId, basis: str) -> None:
        """Adds up what the calls of a job reported; told as soon as there is a figure."""
        job = self._jobs[job_id]
        sums = totals(call.reported for call in job.calls)
        reported = sums[0] if len(sums) == 1 else None
        cost = Cost(estimated=job.estimate.typical, reported=reported, basis=basis or job.cost.basis)
        await self.save_job(job_id, cost=cost)
        at = self._parts.clock.now()
        self._parts.broadcast.emit(CostReported(at=at, run_id=self.id, job_id=job_id, cost=cost))

    async def end_job(self, job_id: JobId, find_fallback: Callable[[Job], Target | None]) -> Job | None:
        """Writes and tells the end of a job whose calls are all over; None while one is not."""
        job = self._jobs[job_id]
        if not all(call.state.is_final for call in job.calls):
            return None
        job = await self.save_job(job_id, state=job_state(job.calls), finished_at=self._parts.clock.now())
        event = JobFinished(
            at=self._parts.clock.now(),
            run_id=self.id,
            job_id=job_id,
            state=job.state,
            job=job,
            problem=first_problem(job),
            fallback=find_fallback(job),
        )
        self._parts.broadcast.emit(event)
        return job


def first_problem(job: Job) -> Problem | None:
    """That of the first call that did not bring everything it should."""
    return next((call.problem for call in job.calls if call.problem is not None), None)


def job_of(call_id: CallId) -> JobId:
    """``48.2.0`` is a call of job ``48.2``."""
    return JobId(call_id.rpartition(".")[0])


def run_of(job_or_call: JobId | CallId) -> RunId:
    """``48.2`` and ``48.2.0`` belong to run 48. Raises ValueError when the text is neither."""
    return RunId(int(job_or_call.partition(".")[0]))


UNFINISHED = frozenset({JobState.QUEUED, JobState.RUNNING})
IN_FLIGHT = frozenset({CallState.SENDING, CallState.ACCEPTED, CallState.RUNNING})
