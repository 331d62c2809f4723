"""Runs, jobs and calls in the database: each method returns when the change is safe on disk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import apsw

from studio.domain.errors import FolderNotWritable
from studio.domain.fingerprint import fingerprint
from studio.domain.jobs import Call, CallState, Exchange, Job, Run, may_follow
from studio.domain.ports import Clock
from studio.domain.values import CallId, JobId, RunId, slim
from studio.storage.database import Database, Transaction, column, number, row, rows
from studio.storage.exchange_rates import Rates
from studio.storage.lease import Lease
from studio.storage.moments import to_stored
from studio.storage.search_text import drop_text, index_text
from studio.storage.sweep_rows import check_ours

NOBODY = "nobody"
"""Owner of a call that came out of a rebuilt database: its process cannot be alive."""


class IllegalTransition(ValueError):
    """A call was to go back to a state that cannot follow the one on disk: a fault of ours, nothing was written."""


class SqlJournal:
    """`domain.ports.Journal`."""

    def __init__(self, database: Database, lease: Lease, rates: Rates, clock: Clock) -> None:
        self._database, self._lease, self._rates, self._clock = database, lease, rates, clock
        self._before_adoption: Callable[[Transaction, Sequence[int]], object] = lambda _change, _runs: None

    def before_adoption(self, work: Callable[[Transaction, Sequence[int]], object]) -> None:
        """Set what is done for runs of a dead process before they are handed out: bring in their orphaned images."""
        self._before_adoption = work

    async def add_run(self, run: Run) -> Run:
        """Stores a draft and returns it with its real numbers in run, jobs and calls.

        Raises FolderNotWritable when the workspace went away: what came could not be kept, so nothing may be sent; and
        SweepTaken for a run of a sweep that does not run here (any more). Nothing was written then."""

        def work(change: Transaction) -> Run:
            if not self._database.path.is_file():
                raise FolderNotWritable(path=self._database.path.parent, detail="the folder is not there any more")
            if run.sweep is not None:
                check_ours(change.db, run.sweep.sweep_id, self._lease.owner)
            numbered = _numbered(run, next_run_id(change.db))
            insert_run(change, numbered, self._rates, owner=self._lease.owner)
            return numbered

        return await self._database.write(work)

    async def add_job(self, job: Job) -> Job:
        """Adds a draft to the run `job.run_id` and returns it with its real position, id and call ids.

        Raises LookupError for a run that is not in this workspace."""

        def work(change: Transaction) -> Job:
            runs = read_runs(change.db, [job.run_id], exchanges=False)
            if not runs:
                raise LookupError(f"no run {job.run_id} in this workspace")
            position = 1 + max((one.position for one in runs[0].jobs), default=0)
            added = _numbered_job(job.model_copy(update={"position": position}), job.run_id)
            run = runs[0].model_copy(update={"targets": (*runs[0].targets, added.target)})
            change.db.execute("UPDATE runs SET value = ? WHERE id = ?", (_run_text(run), run.id))
            change.record(run.id, run_record(run))
            _insert_job(change, added, self._rates, owner=self._lease.owner)
            index_text(change.db, "run", run.id, run_words(run))
            return added

        return await self._database.write(work)

    async def save_call(self, call: Call) -> None:
        """Raises IllegalTransition, and LookupError for a call that no run of this workspace has."""
        await self._database.write(lambda change: self._save_call(change, call))

    def _save_call(self, change: Transaction, call: Call) -> None:
        known = row(change.db, "SELECT state FROM calls WHERE id = ?", (call.id,))
        if known is None:
            raise LookupError(f"no call {call.id} in this workspace")
        before = CallState(known[0])
        if before is not call.state and not may_follow(before, call.state):
            raise IllegalTransition(f"call {call.id} cannot go from {before.value} to {call.state.value}")
        change.db.execute(
            "UPDATE calls SET state = ?, owner = ?, value = ? WHERE id = ?",
            (call.state, None if call.state.is_final else self._lease.owner, _call_text(call), call.id),
        )
        if call.exchange is not None:
            change.db.execute(
                "INSERT INTO exchanges (call_id, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
                (call.id, call.exchange.model_dump_json()),
            )
        change.record(_run_of(call.id), call_record(call))

    async def save_job(self, job: Job) -> None:
        """Stores everything of the job but its calls. Raises LookupError."""

        def work(change: Transaction) -> None:
            cost = self._rates.image_cost(job)
            change.db.execute(
                "UPDATE jobs SET state = ?, image_cost = ?, value = ? WHERE id = ?",
                (job.state, cost, _job_text(job), job.id),
            )
            if not change.db.changes():
                raise LookupError(f"no job {job.id} in this workspace")
            change.db.execute("UPDATE images SET cost = ? WHERE job_id = ? AND cost IS NOT ?", (cost, job.id, cost))
            change.record(job.run_id, job_record(job))

        await self._database.write(work)

    async def run(self, run_id: RunId) -> Run | None:
        runs = await self._database.read(lambda db: read_runs(db, [run_id], exchanges=True))
        return runs[0] if runs else None

    async def runs_in_doubt(self) -> Sequence[Run]:
        """Runs with a call that ended without its image, may have been billed, and was not settled; newest first."""

        def work(db: apsw.Connection) -> list[Run]:
            found = column(
                db,
                "SELECT DISTINCT run_id FROM calls WHERE state IN ('uncertain', 'cancelled')"
                " AND value ->> '$.problem.charged' = 'maybe' ORDER BY run_id DESC",
            )
            return read_runs(db, found, exchanges=False)

        return await self._database.read(work)

    async def unfinished_runs(self) -> Sequence[Run]:
        """Runs with a call that is not final and whose owning process is gone; now owned by us."""

        def work(change: Transaction) -> list[Run]:
            owners = column(change.db, "SELECT DISTINCT owner FROM calls WHERE owner IS NOT NULL")
            dead = json.dumps([owner for owner in owners if not self._lease.is_alive(owner)])
            theirs = "owner IN (SELECT value FROM json_each(?))"
            found = column(change.db, f"SELECT DISTINCT run_id FROM calls WHERE {theirs} ORDER BY run_id", (dead,))
            if not found:
                return []
            change.db.execute(f"UPDATE calls SET owner = ? WHERE {theirs}", (self._lease.owner, dead))
            self._before_adoption(change, found)
            return read_runs(change.db, found, exchanges=True)

        return await self._database.write(work)


def next_run_id(db: apsw.Connection) -> RunId:
    return RunId(number(db, "SELECT seq FROM sqlite_sequence WHERE name = 'runs'") + 1)


def _run_of(job_or_call: str) -> int:
    return int(job_or_call.partition(".")[0])


def _numbered(draft: Run, run_id: RunId) -> Run:
    jobs = tuple(_numbered_job(job, run_id) for job in draft.jobs)
    return draft.model_copy(update={"id": run_id, "jobs": jobs})


def _numbered_job(draft: Job, run_id: RunId) -> Job:
    job_id = JobId(f"{run_id}.{draft.position}")
    calls = tuple(
        call.model_copy(update={"id": CallId(f"{job_id}.{call.index}"), "job_id": job_id}) for call in draft.calls
    )
    return draft.model_copy(update={"id": job_id, "run_id": run_id, "calls": calls})


def insert_run(change: Transaction, run: Run, rates: Rates, *, owner: str) -> None:
    """A run with its jobs and calls, as new rows and as records."""
    prompt_id = keep_prompt(change.db, run.request.prompt, to_stored(run.created_at), uses=int(run.origin != "import"))
    change.db.execute(
        "INSERT INTO runs (id, created_at, origin, parent_run_id, prompt_id, sweep_id, value)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            *(run.id, to_stored(run.created_at), run.origin, run.parent_run_id, prompt_id),
            *(None if run.sweep is None else run.sweep.sweep_id, _run_text(run)),
        ),
    )
    change.record(run.id, run_record(run))
    for job in run.jobs:
        _insert_job(change, job, rates, owner=owner)
    index_text(change.db, "run", run.id, run_words(run))


def _insert_job(change: Transaction, job: Job, rates: Rates, *, owner: str) -> None:
    change.db.execute(
        "INSERT INTO jobs (id, run_id, position, provider, model, state, fingerprint, image_cost, value)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(job.id, job.run_id, job.position, job.target.provider, job.target.model, job.state),
            *(fingerprint(job.target, job.fitted, job.follow_up), rates.image_cost(job), _job_text(job)),
        ),
    )
    change.record(job.run_id, job_record(job))
    for call in job.calls:
        change.db.execute(
            "INSERT INTO calls (id, job_id, run_id, position, state, owner, value) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                *(call.id, job.id, job.run_id, call.index, call.state),
                *(None if call.state.is_final else owner, _call_text(call)),
            ),
        )
        change.record(job.run_id, call_record(call))


def run_words(run: Run) -> Iterable[str]:
    request = run.request
    targets = (f"{target.provider} {target.model}" for target in run.targets)
    return (request.prompt, request.negative_prompt, request.style, *targets)


def prompt_digest(text: str) -> bytes:
    """What a prompt is known by."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def forget_prompt(db: apsw.Connection, digest: bytes, at: int) -> None:
    """Out of the history, unless it was used after `at`; runs and images keep their text."""
    sql = "SELECT id FROM prompts WHERE digest = ? AND use_count > 0 AND last_used_at <= ?"
    for (prompt_id,) in rows(db, sql, (digest, at)):
        db.execute("UPDATE prompts SET use_count = 0 WHERE id = ?", (prompt_id,))
        drop_text(db, "prompt", prompt_id)


def keep_prompt(db: apsw.Connection, text: str, now: int, *, uses: int) -> int:
    """The number of a prompt in the history; `uses` runs more have used it."""
    digest = prompt_digest(text)
    ((prompt_id, use_count),) = rows(
        db,
        "INSERT INTO prompts (text, digest, first_used_at, last_used_at, use_count) VALUES (?1, ?2, ?3, ?3, ?4)"
        " ON CONFLICT (digest) DO UPDATE SET use_count = use_count + ?4,"
        " first_used_at = min(first_used_at, ?3), last_used_at = max(last_used_at, ?3)"
        " RETURNING id, use_count",
        (text, digest, now, uses),
    )
    if uses and use_count == uses:
        index_text(db, "prompt", prompt_id, (text,))
    return int(prompt_id)


def read_runs(db: apsw.Connection, run_ids: Sequence[int], *, exchanges: bool) -> list[Run]:
    """Runs with their jobs and calls, in the order of `run_ids`; unknown numbers are left out."""
    chosen = json.dumps(list(run_ids))
    calls: dict[str, list[Call]] = {}
    for job_id, text, exchange in db.execute(
        "SELECT c.job_id, c.value, e.value FROM calls AS c LEFT JOIN exchanges AS e ON ? AND e.call_id = c.id"
        " WHERE c.run_id IN (SELECT value FROM json_each(?)) ORDER BY c.job_id, c.position",
        (int(exchanges), chosen),
    ):
        call = Call.model_validate_json(text)
        if exchange is not None:
            call = call.model_copy(update={"exchange": Exchange.model_validate_json(exchange)})
        calls.setdefault(job_id, []).append(call)
    jobs: dict[int, list[Job]] = {}
    for run_id, job_id, text in db.execute(
        "SELECT run_id, id, value FROM jobs WHERE run_id IN (SELECT value FROM json_each(?)) ORDER BY run_id, position",
        (chosen,),
    ):
        job = Job.model_validate_json(text)
        jobs.setdefault(run_id, []).append(job.model_copy(update={"calls": tuple(calls.get(job_id, ()))}))
    runs = {}
    for run_id, text in rows(db, "SELECT id, value FROM runs WHERE id IN (SELECT value FROM json_each(?))", (chosen,)):
        run = Run.model_validate_json(text).model_copy(update={"jobs": tuple(jobs.get(run_id, ()))})
        runs[run_id] = slim(run)
    return [runs[run_id] for run_id in run_ids if run_id in runs]


def _run_text(run: Run) -> str:
    return run.model_dump_json(exclude={"jobs"})


def _job_text(job: Job) -> str:
    return job.model_dump_json(exclude={"calls"})


def _call_text(call: Call) -> str:
    return call.model_dump_json(exclude={"exchange"})


def run_record(run: Run) -> dict[str, Any]:
    return {"kind": "run", "value": json.loads(_run_text(run))}


def tell_run(change: Transaction, run: Run) -> None:
    """Keep a run with its jobs and calls in the records, as it stands."""
    change.record(run.id, run_record(run))
    for job in run.jobs:
        change.record(run.id, job_record(job))
        for call in job.calls:
            change.record(run.id, call_record(call))


def job_record(job: Job) -> dict[str, Any]:
    return {"kind": "job", "value": json.loads(_job_text(job))}


def call_record(call: Call) -> dict[str, Any]:
    return {"kind": "call", "value": json.loads(_call_text(call))}
