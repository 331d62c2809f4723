"""One sweep at work: a few runs ahead of the providers, each on disk with its cells before it is sent."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from studio.domain.errors import CannotRun, Problem, StudioError, SweepFailing, SweepTaken
from studio.domain.events import (
    CallChanged,
    ImageSaved,
    JobFinished,
    RunFinished,
    RunStarted,
    StudioEvent,
    SweepChanged,
)
from studio.domain.jobs import CallState, Job, Run, SweepLink
from studio.domain.ports import Limits, SweepStore
from studio.domain.sweep import CellState, Sweep, SweepCell, SweepRecord, SweepState, cell_state
from studio.domain.values import CallId, JobId, RunId
from studio.engine.engine import Engine

RUNS_AHEAD = 8
"""Unfinished runs of a sweep at once: enough for every provider to be busy, few enough for a pause to take effect and
for other runs to get their turn."""
TARGETS_PER_RUN_MAX = 16
REPEATED: Final[tuple[CellState, ...]] = ("failed", "cancelled")
"""What is made again when that is asked for. What may have been billed (uncertain) never is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """What is to be sent of a sweep, and within which limits."""

    again: Collection[CellState] = ()
    """States that are sent once more."""
    only: Collection[int] | None = None
    """Nothing but these cells is sent; the others stay as they are, and so does the state of the sweep while one of
    them waits."""
    limits: Limits | None = None
    """In place of those of the settings."""
    over_budget_allowed: bool = False


class SweepWork:
    """Sends the cells that wait, in their order, until none is left, a limit is reached or it is halted."""

    def __init__(
        self,
        engine: Engine,
        store: SweepStore,
        record: SweepRecord,
        sweep: Sweep,
        cells: Sequence[SweepCell],
        *,
        errand: Errand,
        parent: RunId | None = None,
    ) -> None:
        self._engine, self._store, self._record = engine, store, record
        self._cells = {cell.position: cell for cell in cells}
        self._states: dict[int, CellState] = {cell.position: cell.state for cell in sweep.cells}
        self._errand = errand
        self._only = None if errand.only is None else set(errand.only)
        self._before: SweepState = "stopped" if sweep.state == "stopped" else "paused"
        self._why_before = sweep.problem
        for position, state in self._states.items():
            if state in errand.again and self._may_send(position):
                self._states[position] = "waiting"
        self._waiting = sorted(
            position for position, state in self._states.items() if state == "waiting" and self._may_send(position)
        )
        self._images = sweep.images
        self._repeated = frozenset(record.repeated)
        self._parent = parent
        self._failed: set[JobId] = set()
        """With a request that failed, since the sweep was started or taken up again."""
        self._links: dict[RunId, SweepLink] = {}
        self._unfinished: set[RunId] = set()
        self._ended: set[CallId] = set()
        """Calls whose end is on disk; in memory it is there a moment before."""
        self._wake = asyncio.Event()
        self.state: SweepState = "running"
        self.problem: Problem | None = None
        self.over = asyncio.Event()
        """Set when nothing more is sent and nothing is at a provider; some may still be held back in the queue."""
        self._stop_listening = engine.listen(self._take)
        self._take_up_runs()

    def _take_up_runs(self) -> None:
        """Those of the sweep that are under way in this process already."""
        for run in self._engine.runs_under_way:
            if run.sweep is not None and run.sweep.sweep_id == self._record.id:
                self._follow(run)
                if self._only is None:
                    self._engine.hold(run.id, held=False)
                else:  # held back as before; its cells are not waited for
                    self._unfinished.discard(run.id)

    # --- sending -------------------------------------------------------------------------------------------------

    async def work(self) -> None:
        """Returns when nothing more is to be sent; what is under way goes on. Never raises."""
        self._tell()
        try:
            while self.state == "running":
                await self._step()
        except Exception as error:  # a fault of ours: the sweep waits where it is and says so
            await self.halt("paused", self._engine.parts.problem_of(error))
        for run_id in tuple(self._unfinished):  # also one that began while the sweep was halted
            await self._hold(run_id)
        self._end_if_over()

    async def _step(self) -> None:
        if self._is_failing:
            await self.halt("paused", SweepFailing(count=len(self._failed)).problem)
        elif self._waiting and len(self._unfinished) < RUNS_AHEAD:
            await self._start(self._next_cells())
        elif not self._waiting and not self._unfinished:
            await self._end()
        else:
            self._wake.clear()
            await self._wake.wait()

    async def _end(self) -> None:
        """Everything that was to be sent has come to its end."""
        if all(state not in ("waiting", "running") for state in self._states.values()):
            await self.halt("done")
            return
        self._unfinished.update(run.id for run in self._engine.runs_under_way if run.id in self._links)
        await self.halt(self._before, self._why_before)

    def _may_send(self, position: int) -> bool:
        return self._only is None or position in self._only

    def repeat(self, positions: Iterable[int], states: Collection[CellState]) -> tuple[int, ...]:
        """Send those of these cells that are in one of these states, or wait without being meant, besides what is
        meant already; returns them."""
        again = tuple(position for position in positions if self._is_left(position, states))
        if self._only is not None:
            self._only.update(again)
        self._states.update(dict.fromkeys(again, "waiting"))
        self._waiting = sorted({*self._waiting, *again})
        self._wake.set()
        self._tell()
        return again

    def _is_left(self, position: int, states: Collection[CellState]) -> bool:
        state = self._states[position]
        return state in states or (state == "waiting" and not self._may_send(position))

    def _next_cells(self) -> list[SweepCell]:
        """Neighbours with an equal request, for one run with a target for each."""
        first = self._cells[self._waiting[0]]
        chosen = [first]
        for position in self._waiting[1:TARGETS_PER_RUN_MAX]:
            cell = self._cells[position]
            if cell.request != first.request or any(cell.target == one.target for one in chosen):
                break
            chosen.append(cell)
        return chosen

    async def _start(self, cells: Sequence[SweepCell]) -> None:
        positions = tuple(cell.position for cell in cells)
        try:
            run = await self._engine.start(
                cells[0].request,
                [cell.target for cell in cells],
                origin="sweep",
                parent_run_id=self._parent,
                cache="any",
                fresh=frozenset(index for index, position in enumerate(positions) if position in self._repeated),
                sweep=SweepLink(sweep_id=self._record.id, cells=positions),
                limits=self._errand.limits,
                over_budget_allowed=self._errand.over_budget_allowed,
            )
        except CannotRun:  # what they need has gone since the sweep was planned
            await self._block(positions)
        except SweepTaken:
            await self._give_away()
        except StudioError as error:
            await self.halt("paused", error.problem)
        else:
            self._parent = run.id

    async def _block(self, positions: Sequence[int]) -> None:
        self._states.update(dict.fromkeys(positions, "blocked"))
        self._waiting = [position for position in self._waiting if self._states[position] == "waiting"]
        blocked = [position for position, state in self._states.items() if state == "blocked"]
        await self._store.change(self._record.id, "running", blocked=blocked)
        self._tell()

    async def _give_away(self) -> None:
        """Somebody else has paused, stopped or taken it: what they wrote holds."""
        if self.state != "running":
            return
        found = await self._store.sweep(self._record.id)
        self.state = "paused" if found is None or found[0].state == "running" else found[0].state
        self.problem = found[0].problem if found is not None else None
        self._tell()

    # --- halting -------------------------------------------------------------------------------------------------

    async def halt(self, state: SweepState, problem: Problem | None = None) -> None:
        """Sends nothing more. What waits in the queue is held back when it pauses, and cancelled when it stops."""
        if self.state in (state, "done", "stopped"):
            return
        self.state, self.problem = state, problem
        try:
            await self._store.change(self._record.id, state, problem)
        except StudioError as error:  # a full disk: the sweep is "interrupted" at the next start
            self._engine.parts.log_fault(f"sweep {self._record.id} could not be noted as {state}", error)
        for run_id in tuple(self._unfinished):
            await self._hold(run_id)
        self._tell()
        self._wake.set()
        self._end_if_over()

    async def _hold(self, run_id: RunId) -> None:
        if self.state == "paused":
            self._engine.hold(run_id, held=True)
        elif self.state == "stopped":
            run = next((run for run in self._engine.runs_under_way if run.id == run_id), None)
            for job in run.jobs if run is not None else ():
                for call in job.calls:
                    if call.state is CallState.QUEUED:
                        await self._engine.cancel_call(call.id)

    @property
    def has_runs(self) -> bool:
        """Is anything of it under way or held back?"""
        return bool(self._unfinished)

    def leave(self) -> None:
        """Hears nothing any more; what is on disk stays as it is."""
        self._stop_listening()
        self.over.set()

    def _end_if_over(self) -> None:
        if self.state == "running":
            return
        if not self._unfinished:
            self.leave()
        elif self.state == "paused" and self._only_held_back():
            self.over.set()

    def _only_held_back(self) -> bool:
        held = set(self._engine.waiting_jobs)
        return all(
            call.id in self._ended or (call.state is CallState.QUEUED and job.id in held)
            for run in self._engine.runs_under_way
            if run.id in self._unfinished
            for job in run.jobs
            for call in job.calls
        )

    # --- listening -----------------------------------------------------------------------------------------------

    def _take(self, event: StudioEvent) -> None:
        match event:
            case RunStarted(run=run) if run.sweep is not None and run.sweep.sweep_id == self._record.id:
                self._follow(run)
                if self.state == "paused":
                    self._engine.hold(run.id, held=True)
            case ImageSaved(run_id=run_id, image=image) if run_id in self._links and not image.whole_grid:
                self._images += 1
            case JobFinished(run_id=run_id, job=job) if run_id in self._links:
                self._end_cell(job)
            case CallChanged(run_id=run_id) if run_id in self._unfinished:
                if event.state.is_final:
                    self._ended.add(event.call_id)
                if event.state in (CallState.FAILED, CallState.UNCERTAIN):
                    self._note_failure(event.job_id)
                self._end_if_over()
            case RunFinished(run_id=run_id) if run_id in self._unfinished:
                self._unfinished.discard(run_id)
                self._wake.set()
                self._end_if_over()

    def _follow(self, run: Run) -> None:
        if run.sweep is None:
            return
        self._links[run.id] = run.sweep
        self._unfinished.add(run.id)
        for position in run.sweep.cells:
            if self._states.get(position) == "waiting":
                self._states[position] = "running"
        self._waiting = [position for position in self._waiting if self._states[position] == "waiting"]

    @property
    def _is_failing(self) -> bool:
        limit = self._record.plan.stop_after_failures
        return limit is not None and len(self._failed) >= limit

    def _note_failure(self, job_id: JobId) -> None:
        """The event comes while the call still holds its slot: held back at once, the next one does not slip out."""
        self._failed.add(job_id)
        if self._is_failing and self.state == "running":
            for run_id in self._unfinished:
                self._engine.hold(run_id, held=True)
            self._wake.set()

    def _end_cell(self, job: Job) -> None:
        self._ended.update(call.id for call in job.calls)
        cells = self._links[job.run_id].cells
        if job.position > len(cells):
            return
        position = cells[job.position - 1]
        kinds = ((call.state, call.problem.kind if call.problem is not None else None) for call in job.calls)
        state = self._states[position] = cell_state(kinds, cached=job.cached)
        if state == "waiting" and self._may_send(position):
            self._waiting = sorted({*self._waiting, position})
        self._wake.set()
        self._tell()

    def _tell(self) -> None:
        parts, counted = self._engine.parts, Counter(self._states.values())
        event = SweepChanged(
            at=parts.clock.now(),
            sweep_id=self._record.id,
            state=self.state,
            done=counted["done"] + counted["cached"],
            total=len(self._states) - counted["blocked"],
            failed=counted["failed"] + counted["uncertain"] + counted["cancelled"],
            images=self._images,
            problem=self.problem,
            reason=self.problem.text if self.problem is not None else "",
        )
        parts.broadcast.emit(event)


def sweep_changed(sweep: Sweep, at: datetime) -> SweepChanged:
    """What the event says of a sweep that nobody works on."""
    return SweepChanged(
        at=at,
        sweep_id=sweep.id,
        state=sweep.state,
        done=sweep.done,
        total=sweep.total,
        failed=sweep.failed,
        in_doubt=sweep.in_doubt,
        images=sweep.images,
        problem=sweep.problem,
        reason=sweep.reason,
    )
