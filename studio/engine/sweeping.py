"""Sweeps: forecast, start, pause, resume, stop; never the same cell paid twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Literal

from studio.domain.errors import CannotRun, RequestInvalid
from studio.domain.jobs import Run
from studio.domain.ports import Limits, SweepStore
from studio.domain.sweep import CellOutcome, CellState, Sweep, SweepAddress, SweepCell, SweepPlan, SweepRecord
from studio.domain.sweep_cells import sweep_cells
from studio.domain.sweep_forecast import SweepForecast
from studio.domain.values import JobId, SweepId
from studio.engine import budget
from studio.engine.engine import Engine
from studio.engine.forecasting import look_ahead
from studio.engine.sweep_routes import SweepRoutes
from studio.engine.sweep_work import REPEATED, Errand, SweepWork, sweep_changed


class Sweeps:
    """On the engine's loop. A sweep runs in one process; it is on disk, so that any other can take it up."""

    def __init__(self, engine: Engine, store: SweepStore) -> None:
        self._engine, self._store = engine, store
        self._routes = SweepRoutes(engine.parts)
        self._one_at_a_time = asyncio.Lock()
        """Taking a sweep up twice at once would send its cells twice."""
        self._works: dict[SweepId, SweepWork] = {}
        self._tasks: dict[SweepId, asyncio.Task[None]] = {}

    async def forecast(self, plan: SweepPlan) -> SweepForecast:
        """What it would make, cost and take. Sends nothing. Raises SweepTooLarge, RequestInvalid."""
        return (await look_ahead(self._engine.parts, _cells(plan))).forecast

    async def start(
        self,
        plan: SweepPlan,
        *,
        only: Sequence[int] | None = None,
        base_url: str | None = None,
        limits: Limits | None = None,
        over_budget_allowed: bool = False,
    ) -> Sweep:
        """Begins a sweep and returns as soon as it is on disk; what becomes of it is told as events.

        `only`: positions of the cells to make. Cells that cannot be made are left out and say so as "blocked".
        `limits` take the place of those of the settings, for the whole sum too. Raises OverBudget when the sum of all
        new cells is over a limit, CannotRun when no cell can be made, SweepTooLarge, RequestInvalid; nothing is sent
        then. `base_url`: another address of the provider's API for this sweep, also when it is taken up later."""
        parts = self._engine.parts
        self._routes.check(plan, base_url)
        cells = _chosen(_cells(plan), only)
        outlook = await look_ahead(parts, cells)
        blocked = outlook.forecast.blocked
        if len(blocked) == len(cells):
            reasons = {notice.message: None for cell in blocked for notice in cell.notices if notice.kind == "blocked"}
            raise CannotRun(reason="; ".join(reasons) or "no cell")
        errand = Errand(limits=limits, over_budget_allowed=over_budget_allowed)
        await self._check_budget(outlook.forecast, errand)
        draft = SweepRecord(
            id=SweepId(0),
            created_at=parts.clock.now(),
            plan=plan,
            positions=tuple(cell.position for cell in cells),
            blocked=tuple(cell.position for cell in blocked),
            repeated=outlook.repeated,
        )
        self._routes.begin(plan, base_url)
        record = await self._store.add(draft)
        self._routes.keep(record.id, plan, base_url)
        _, sweep = await self._known(record.id)
        self._begin(record.id, SweepWork(self._engine, self._store, record, sweep, cells, errand=errand))
        return sweep

    async def pause(self, sweep_id: SweepId) -> None:
        """Sends nothing more; what is under way goes on. Raises LookupError."""
        await self._halt(sweep_id, "paused")

    async def stop(self, sweep_id: SweepId) -> None:
        """Ends it; what waits in the queue is cancelled, what is under way goes on and is kept. Raises LookupError."""
        await self._halt(sweep_id, "stopped")

    async def resume(
        self,
        sweep_id: SweepId,
        *,
        failed_too: bool = False,
        limits: Limits | None = None,
        over_budget_allowed: bool = False,
    ) -> Sweep:
        """Goes on with the cells that wait, after a pause, a stop or a crash. What may have been billed (uncertain) is
        never sent again; what failed or was cancelled only with `failed_too`.

        Raises LookupError, SweepTaken while another process works on it."""
        async with self._one_at_a_time:
            work = self._works.get(sweep_id)
            _, sweep = await self._known(sweep_id)
            if (work is not None and work.state == "running") or (sweep.state == "done" and not failed_too):
                return sweep
            again = REPEATED if failed_too else ()
            return await self._take_up(
                sweep, Errand(again=again, limits=limits, over_budget_allowed=over_budget_allowed)
            )

    async def repeat_failed(
        self,
        run: Run,
        *,
        jobs: Collection[JobId] | None = None,
        doubt_accepted: bool = False,
        limits: Limits | None = None,
        over_budget_allowed: bool = False,
    ) -> tuple[int, ...]:
        """Makes those cells of a sweep's run, or of some of its jobs, once more that have no picture, and nothing
        else: what else of the sweep waits goes on waiting. The new runs count to the sweep.

        Returns the positions of these cells, empty when there is nothing to do: cells with a picture, those on their
        way and those in doubt (uncertain) are left alone. `doubt_accepted`: the user knows that those in doubt may
        have been billed already, and asks for them all the same. Raises LookupError, SweepTaken while another process
        works on the sweep, OverBudget when the sum does not reach; nothing is sent then."""
        if run.sweep is None:
            raise LookupError(f"run {run.id} belongs to no sweep")
        again: tuple[CellState, ...] = (*REPEATED, "uncertain") if doubt_accepted else REPEATED
        errand = Errand(again=again, limits=limits, over_budget_allowed=over_budget_allowed)
        return await self._make_alone(run.sweep.sweep_id, lambda sweep: _to_repeat(sweep, run, jobs, again), errand)

    async def make_cells(
        self,
        sweep_id: SweepId,
        positions: Collection[int],
        *,
        limits: Limits | None = None,
        over_budget_allowed: bool = False,
    ) -> tuple[int, ...]:
        """Makes those of these cells that were not sent, failed or were cancelled, and nothing else of the sweep.

        Returns their positions. Raises what `repeat_failed` raises."""
        wanted, meant = frozenset(positions), ("waiting", *REPEATED)

        def left(sweep: Sweep) -> tuple[int, ...]:
            return tuple(cell.position for cell in sweep.cells if cell.position in wanted and cell.state in meant)

        errand = Errand(again=REPEATED, limits=limits, over_budget_allowed=over_budget_allowed)
        return await self._make_alone(sweep_id, left, errand)

    async def _make_alone(
        self, sweep_id: SweepId, choose: Callable[[Sweep], tuple[int, ...]], errand: Errand
    ) -> tuple[int, ...]:
        """`choose` says which cells, as the sweep stands."""
        async with self._one_at_a_time:
            record, sweep = await self._known(sweep_id)
            positions = choose(sweep)
            if not positions:
                return ()
            outlook = await look_ahead(self._engine.parts, _chosen(_cells(record.plan), positions))
            await self._check_budget(outlook.forecast, errand)
            record, sweep = await self._known(sweep_id)
            positions = choose(sweep)  # some may have been taken up meanwhile
            if not positions:
                return ()
            work = self._works.get(sweep_id)
            if work is not None and work.state == "running":
                return work.repeat(positions, errand.again)
            await self._take_up(sweep, replace(errand, only=positions))
            return positions

    async def _check_budget(self, forecast: SweepForecast, errand: Errand) -> None:
        """The sum of all that would be sent. Raises OverBudget."""
        parts = self._engine.parts
        allowed = budget.NO_LIMITS if errand.over_budget_allowed else errand.limits or parts.settings.limits
        await budget.check_before(parts, forecast.at_most, allowed)

    async def _take_up(self, before: Sweep, errand: Errand) -> Sweep:
        """Works on a sweep that nobody works on; `before` is what it was until now. Raises SweepTaken."""
        sweep_id = before.id
        await self._store.take(sweep_id)
        self._routes.take_up(sweep_id, before.plan)
        work = self._works.get(sweep_id)
        if work is not None:
            await asyncio.wait([self._tasks[sweep_id]])
            work.leave()
        # Calls of a process that died come first: of those only what was not sent waits.
        await self._engine.recover()
        parent = await self._store.last_run(sweep_id)
        record, sweep = await self._settled(sweep_id)
        wanted = set(record.positions)
        work = SweepWork(
            *(self._engine, self._store, record),
            sweep.model_copy(update={"state": before.state, "problem": before.problem}),
            [cell for cell in _cells(record.plan) if cell.position in wanted],
            errand=errand,
            parent=parent,
        )
        self._begin(sweep_id, work)
        return sweep

    async def address(self, sweep_id: SweepId) -> SweepAddress | None:
        """Where more of a sweep would be sent, when that is not the address of the settings; None also for a sweep
        that is not there."""
        found = await self._store.sweep(sweep_id)
        return await self._routes.elsewhere(found[1]) if found is not None else None

    async def go_to(self, sweep_id: SweepId, base_url: str | None) -> None:
        """More of a sweep is sent to this address from now on; None: to that of the settings. Raises LookupError,
        RequestInvalid."""
        record, _ = await self._known(sweep_id)
        self._routes.check(record.plan, base_url)
        self._routes.keep(sweep_id, record.plan, base_url)

    async def left(self, sweep_id: SweepId, *, failed_too: bool = False) -> SweepForecast | None:
        """What `resume` would send now and cost; None for a sweep that is not there. Sends nothing."""
        found = await self._store.sweep(sweep_id)
        if found is None:
            return None
        record, sweep = found
        again = ("waiting", *REPEATED) if failed_too else ("waiting",)
        outlook = await look_ahead(self._engine.parts, _chosen(_cells(record.plan), record.positions))
        held = set(self._engine.waiting_jobs)  # on their way, and not sent yet
        meant = [cell.position for cell in sweep.cells if cell.state in again or cell.job_id in held]
        return outlook.forecast.part(meant)

    async def wait(self, sweep_id: SweepId) -> Sweep:
        """The sweep when nothing more of it is sent and nothing is under way. Raises LookupError."""
        work = self._works.get(sweep_id)
        if work is not None:
            await work.over.wait()
        return (await self._known(sweep_id))[1]

    async def sweep(self, sweep_id: SweepId) -> Sweep | None:
        found = await self._store.sweep(sweep_id)
        return found[1] if found is not None else None

    async def sweeps(self, limit: int = 50, offset: int = 0) -> list[Sweep]:
        """The newest first."""
        return await self._store.sweeps(limit, offset)

    @property
    def under_way(self) -> tuple[SweepId, ...]:
        """Those that run in this process."""
        return tuple(sweep_id for sweep_id, work in self._works.items() if work.state == "running")

    async def close(self) -> None:
        """Starts no further run; call it before the engine closes. What ran is "interrupted" at the next start."""
        tasks = list(self._tasks.values())
        for work in self._works.values():
            work.leave()
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks)

    # --- inside --------------------------------------------------------------------------------------------------

    def _begin(self, sweep_id: SweepId, work: SweepWork) -> None:
        self._works[sweep_id] = work
        task = self._engine.parts.tasks.spawn(work.work(), name=f"sweep {sweep_id}")
        self._tasks[sweep_id] = task

    async def _halt(self, sweep_id: SweepId, state: Literal["paused", "stopped"]) -> None:
        work = self._works.get(sweep_id)
        if work is not None and (work.state == "running" or work.has_runs):
            await work.halt(state)
            return
        _, sweep = await self._known(sweep_id)
        if sweep.state not in ("done", "stopped"):
            await self._store.change(sweep_id, state)
            changed = sweep.model_copy(update={"state": state, "problem": None})
            self._engine.parts.broadcast.emit(sweep_changed(changed, self._engine.parts.clock.now()))

    async def _settled(self, sweep_id: SweepId) -> tuple[SweepRecord, Sweep]:
        """Read again when a cell ended between the look at the disk and now; one of another process may go on."""
        before: list[CellOutcome] = []
        while True:
            record, sweep = await self._known(sweep_id)
            live = {run.id for run in self._engine.runs_under_way}
            elsewhere = [cell for cell in sweep.cells if cell.state == "running" and cell.run_id not in live]
            if elsewhere == before:
                return record, sweep
            before = elsewhere

    async def _known(self, sweep_id: SweepId) -> tuple[SweepRecord, Sweep]:
        found = await self._store.sweep(sweep_id)
        if found is None:
            raise LookupError(f"there is no sweep {sweep_id}")
        return found


def _to_repeat(sweep: Sweep, run: Run, jobs: Collection[JobId] | None, again: Collection[CellState]) -> tuple[int, ...]:
    """Cells of the run, or of these jobs of it, that are in one of these states, or were never sent.

    A doubt that is accepted is that of this run; what a later run of the cell left in doubt is not meant."""
    links = zip(run.jobs, run.sweep.cells if run.sweep is not None else (), strict=False)
    ours = {position for job, position in links if jobs is None or job.id in jobs}
    return tuple(
        cell.position
        for cell in sweep.cells
        if cell.position in ours
        and (cell.state in again or cell.state == "waiting")
        and (cell.state != "uncertain" or cell.run_id == run.id)
    )


def _cells(plan: SweepPlan) -> tuple[SweepCell, ...]:
    """Raises SweepTooLarge, RequestInvalid."""
    try:
        return sweep_cells(plan)
    except ValueError as error:
        raise RequestInvalid(field="sweep", reason=str(error)) from error


def _chosen(cells: Sequence[SweepCell], only: Sequence[int] | None) -> Sequence[SweepCell]:
    if only is None:
        return cells
    wanted = set(only)
    if not wanted or not wanted <= {cell.position for cell in cells}:
        raise RequestInvalid(field="sweep", reason="these cells are not in the sweep")
    return [cell for cell in cells if cell.position in wanted]
