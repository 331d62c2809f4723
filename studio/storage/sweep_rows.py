"""Sweeps as rows, and what became of their cells as their runs tell it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import apsw

from studio.domain.errors import Problem, SweepTaken
from studio.domain.jobs import CallState
from studio.domain.plan import totals
from studio.domain.pricing import Money
from studio.domain.sweep import CellOutcome, Sweep, SweepRecord, SweepState, cell_state
from studio.domain.values import ImageId, JobId, RunId
from studio.storage.database import row, rows

IsAlive = Callable[[str], bool]


def check_ours(db: apsw.Connection, sweep_id: int, owner: str) -> None:
    """Raises SweepTaken unless the sweep is running in the process `owner`."""
    if row(db, "SELECT state, owner FROM sweeps WHERE id = ?", (sweep_id,)) != ("running", owner):
        raise SweepTaken(number=sweep_id)


def read_record(found: tuple[Any, ...], is_alive: IsAlive) -> SweepRecord:
    """From the columns id, state, reason, owner, value."""
    sweep_id, state, reason, owner, value = found
    record = SweepRecord.model_validate_json(value)
    shown: SweepState = state
    if state == "running" and (owner is None or not is_alive(owner)):
        shown = "interrupted"
    problem = Problem.model_validate_json(reason) if reason else None
    return record.model_copy(update={"id": sweep_id, "state": shown, "problem": problem})


def read_sweep(db: apsw.Connection, record: SweepRecord) -> Sweep:
    """The sweep with what became of each cell."""
    jobs = _read_jobs(db, record.id)
    outcomes = {position: CellOutcome(position=position) for position in record.positions}
    for position in record.blocked:
        outcomes[position] = CellOutcome(position=position, state="blocked")
    for job in jobs:  # by run: what was done again counts last
        if job.cell in outcomes:
            outcomes[job.cell] = job.outcome()
    return Sweep(
        id=record.id,
        created_at=record.created_at,
        plan=record.plan,
        state=record.state,
        problem=record.problem,
        cells=tuple(outcomes[position] for position in sorted(outcomes)),
        billed=totals(job.billed for job in jobs),
    )


@dataclass(slots=True)
class _JobOfSweep:
    job_id: str
    run_id: int
    cell: int
    cached: bool
    billed: Money | None
    calls: list[tuple[CallState, str | None]] = field(default_factory=list)
    problem: str = ""
    image_ids: list[int] = field(default_factory=list)

    def outcome(self) -> CellOutcome:
        return CellOutcome(
            position=self.cell,
            state=cell_state(self.calls, cached=self.cached),
            run_id=RunId(self.run_id),
            job_id=JobId(self.job_id),
            image_ids=tuple(ImageId(one) for one in self.image_ids),
            problem=Problem.model_validate_json(self.problem).title if self.problem else "",
        )


_RUNS = "(SELECT id FROM runs WHERE sweep_id = ?)"


def _read_jobs(db: apsw.Connection, sweep_id: int) -> Iterable[_JobOfSweep]:
    """The jobs that make cells of the sweep, by run and position."""
    cells = {
        run_id: json.loads(text)
        for run_id, text in rows(db, "SELECT id, value -> '$.sweep.cells' FROM runs WHERE sweep_id = ?", (sweep_id,))
    }
    jobs: dict[str, _JobOfSweep] = {}
    for job_id, run_id, position, cached, reported in rows(
        db,
        "SELECT id, run_id, position, value ->> '$.cached', value -> '$.cost.reported' FROM jobs"
        f" WHERE run_id IN {_RUNS} ORDER BY run_id, position",
        (sweep_id,),
    ):
        if position <= len(cells[run_id]):  # a job behind them joined later and belongs to no cell
            billed = Money.model_validate_json(reported) if reported not in (None, "null") else None
            jobs[job_id] = _JobOfSweep(job_id, run_id, cells[run_id][position - 1], bool(cached), billed)
    for job_id, state, problem in rows(
        db,
        f"SELECT job_id, state, value -> '$.problem' FROM calls WHERE run_id IN {_RUNS} ORDER BY job_id, position",
        (sweep_id,),
    ):
        job = jobs.get(job_id)
        if job is not None:
            has_problem = problem not in (None, "null")
            job.calls.append((CallState(state), json.loads(problem)["kind"] if has_problem else None))
            job.problem = job.problem or (problem if has_problem else "")
    for job_id, image_id in rows(
        db,
        f"SELECT job_id, id FROM images WHERE run_id IN {_RUNS} AND trashed_at IS NULL AND whole_grid = 0"
        " ORDER BY job_id, position, id",
        (sweep_id,),
    ):
        if job_id in jobs:
            jobs[job_id].image_ids.append(image_id)
    return list(jobs.values())
