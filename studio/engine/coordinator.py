"""Sees every job of every run to its end: runners for its calls, then the job, the fallback, the run."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from studio.domain.events import RunFinished
from studio.domain.jobs import Job, Run
from studio.domain.request import Target
from studio.domain.values import CallId, JobId, RunId
from studio.engine.call_runner import CallRunner
from studio.engine.live import LiveRun, job_of
from studio.engine.parts import EngineParts

Way = Callable[[CallRunner], Awaitable[None]]
"""How a call goes on: `CallRunner.send`, `take_up` or `look_up`."""


class Coordinator:
    """The runs under way and the runners of their calls."""

    def __init__(self, parts: EngineParts) -> None:
        self._parts = parts
        self._runs: dict[RunId, LiveRun] = {}
        self._runners: dict[CallId, CallRunner] = {}
        self._jobs_under_way: dict[RunId, int] = {}
        self.find_fallback: Callable[[LiveRun, Job], Target | None] = lambda live, job: None
        """What could stand in for a failed job; set by the engine."""
        self.after_job: Callable[[LiveRun, Job], Awaitable[None]] | None = None
        """What else follows from the end of a job; the run is not over before it is done."""

    @property
    def runs(self) -> tuple[LiveRun, ...]:
        return tuple(self._runs.values())

    def run(self, run_id: RunId) -> LiveRun | None:
        return self._runs.get(run_id)

    def take(self, run: Run) -> LiveRun:
        """A run is under way from now on; one that already is stays as it is."""
        live = self._runs.get(run.id)
        if live is None:
            live = self._runs[run.id] = LiveRun(self._parts, run)
        return live

    def begin(self, live: LiveRun, ways: dict[CallId, Way]) -> None:
        """Starts calls in their own tasks; when the last one of a job ends, the job ends. One that runs already stays
        as it is."""
        by_job: dict[JobId, dict[CallId, Way]] = {}
        for call_id, way in ways.items():
            if call_id in self._runners:
                continue
            # Here and not in the job's task: a wish to cancel may come before that task begins.
            self._runners[call_id] = CallRunner(self._parts, live, call_id)
            by_job.setdefault(job_of(call_id), {})[call_id] = way
        for job_id, calls in by_job.items():
            self.see_through(live, job_id, partial(self.run_calls, live, calls))

    def see_through(self, live: LiveRun, job_id: JobId, work: Callable[[], Awaitable[None]]) -> None:
        """Does the work of a job in a task of its own and ends the job after it."""
        self._jobs_under_way[live.id] = self._jobs_under_way.get(live.id, 0) + 1
        self._parts.tasks.spawn(self._see_through(live, job_id, work), name=f"job {job_id}")

    def runners(self, wanted: Callable[[CallId], bool] = lambda call_id: True) -> list[CallRunner]:
        return [runner for call_id, runner in self._runners.items() if wanted(call_id)]

    def end_run_if_over(self, live: LiveRun) -> None:
        """Tells the end of a run whose jobs are all over."""
        if self._jobs_under_way.get(live.id, 0) or live.ended.is_set():
            return
        if live.is_over:
            self._parts.broadcast.emit(RunFinished(at=self._parts.clock.now(), run_id=live.id, run=live.snapshot()))
        self._runs.pop(live.id, None)
        self._jobs_under_way.pop(live.id, None)
        self._parts.queue.forget(live.id)
        live.ended.set()

    async def run_calls(self, live: LiveRun, calls: dict[CallId, Way]) -> None:
        """Runs calls of one job side by side to their ends."""
        for call_id in calls:
            if call_id not in self._runners:
                self._runners[call_id] = CallRunner(self._parts, live, call_id)
        try:
            await asyncio.gather(*(way(self._runners[call_id]) for call_id, way in calls.items()))
        finally:
            for call_id in calls:
                self._runners.pop(call_id, None)

    async def _see_through(self, live: LiveRun, job_id: JobId, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
            job = await live.end_job(job_id, partial(self.find_fallback, live))
            if job is not None and self.after_job is not None:
                await self.after_job(live, job)
        finally:
            self._jobs_under_way[live.id] -= 1
            self.end_run_if_over(live)
