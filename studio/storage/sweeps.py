"""Sweeps on disk: what was asked, whose turn it is, what came of it."""

from __future__ import annotations

from collections.abc import Sequence

import apsw

from studio.domain.errors import Problem, SweepTaken
from studio.domain.sweep import Sweep, SweepRecord, SweepState
from studio.domain.values import RunId, SweepId
from studio.storage.database import Database, Transaction, row, rows
from studio.storage.lease import Lease
from studio.storage.moments import to_stored
from studio.storage.sweep_rows import read_record, read_sweep
from studio.storage.workspace_record import tell_row, tell_sweep_state

_COLUMNS = "id, state, reason, owner, value"


class SqlSweeps:
    """`domain.ports.SweepStore`."""

    def __init__(self, database: Database, lease: Lease) -> None:
        self._database, self._lease = database, lease

    async def add(self, draft: SweepRecord) -> SweepRecord:
        """Stores a draft as running in this process; returns it with its number."""

        def work(change: Transaction) -> SweepRecord:
            change.db.execute(
                "INSERT INTO sweeps (created_at, state, owner, value) VALUES (?, 'running', ?, ?)",
                (to_stored(draft.created_at), self._lease.owner, draft.model_dump_json()),
            )
            sweep_id = SweepId(change.db.last_insert_rowid())
            tell_row(change, "sweep", sweep_id)
            return draft.model_copy(update={"id": sweep_id, "state": "running"})

        return await self._database.write(work)

    async def take(self, sweep_id: SweepId) -> SweepRecord:
        """It is running in this process from now on. Raises LookupError; SweepTaken while it runs in another one."""

        def work(change: Transaction) -> SweepRecord:
            record, owner = self._record(change.db, sweep_id)
            if record.state == "running" and owner != self._lease.owner:
                raise SweepTaken(number=sweep_id)
            change.db.execute(
                "UPDATE sweeps SET state = 'running', reason = '', owner = ? WHERE id = ?",
                (self._lease.owner, sweep_id),
            )
            tell_sweep_state(change, sweep_id, "running", "")
            return record.model_copy(update={"state": "running", "problem": None})

        return await self._database.write(work)

    async def change(
        self, sweep_id: SweepId, state: SweepState, why: Problem | None = None, *, blocked: Sequence[int] | None = None
    ) -> None:
        """`blocked` are all cells that turned out to be. Raises LookupError."""

        def work(change: Transaction) -> None:
            record, _ = self._record(change.db, sweep_id)
            reason = why.model_dump_json() if why is not None else ""
            change.db.execute("UPDATE sweeps SET state = ?, reason = ? WHERE id = ?", (state, reason, sweep_id))
            if blocked is not None:
                value = record.model_copy(update={"blocked": tuple(blocked)}).model_dump_json()
                change.db.execute("UPDATE sweeps SET value = ? WHERE id = ?", (value, sweep_id))
                tell_row(change, "sweep", sweep_id)
            else:
                tell_sweep_state(change, sweep_id, state, reason)

        await self._database.write(work)

    async def sweep(self, sweep_id: SweepId) -> tuple[SweepRecord, Sweep] | None:
        """With what became of its cells; "interrupted" when its process is gone."""

        def work(db: apsw.Connection) -> tuple[SweepRecord, Sweep] | None:
            try:
                record, _ = self._record(db, sweep_id)
            except LookupError:
                return None
            return record, read_sweep(db, record)

        return await self._database.read(work)

    async def sweeps(self, limit: int, offset: int) -> list[Sweep]:
        """The newest first."""

        def work(db: apsw.Connection) -> list[Sweep]:
            sql = f"SELECT {_COLUMNS} FROM sweeps ORDER BY id DESC LIMIT ? OFFSET ?"
            found = rows(db, sql, (limit, offset))
            return [read_sweep(db, read_record(one, self._lease.is_alive)) for one in found]

        return await self._database.read(work)

    async def last_run(self, sweep_id: SweepId) -> RunId | None:
        """The newest run of a sweep."""

        def work(db: apsw.Connection) -> RunId | None:
            found = row(db, "SELECT max(id) FROM runs WHERE sweep_id = ?", (sweep_id,))
            return RunId(found[0]) if found is not None and found[0] is not None else None

        return await self._database.read(work)

    def _record(self, db: apsw.Connection, sweep_id: SweepId) -> tuple[SweepRecord, str | None]:
        """Also its owner. Raises LookupError."""
        found = row(db, f"SELECT {_COLUMNS} FROM sweeps WHERE id = ?", (sweep_id,))
        if found is None:
            raise LookupError(f"there is no sweep {sweep_id}")
        return read_record(found, self._lease.is_alive), found[3]
