"""A hard budget that all processes on a workspace share: what was reserved counts before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta

import apsw

from studio.domain.errors import OverBudget
from studio.domain.jobs import Call
from studio.domain.ports import Clock, Limits, Spending
from studio.domain.pricing import Money
from studio.domain.request import Target
from studio.domain.values import CallId
from studio.storage.database import Database, Transaction, number, row, rows
from studio.storage.exchange_rates import Rates, usd
from studio.storage.moments import to_stored

_SPENT = "SELECT coalesce(sum(nano_usd), 0) FROM ledger WHERE state != 'released' AND call_id != ?"


class SqlLedger:
    """`domain.ports.Ledger`. Sums are in US dollars; an amount in a currency without a rate is kept but counts as 0."""

    def __init__(self, database: Database, rates: Rates, clock: Clock) -> None:
        self._database, self._rates, self._clock = database, rates, clock

    async def reserve(self, call: Call, target: Target, at_most: Money | None, limits: Limits) -> None:
        """Atomic over processes. Raises OverBudget(over, limit) and then reserves nothing.

        A second reservation of the same call replaces the first. None (no price) reserves 0, but stops at a limit that
        is already overrun."""

        def work(change: Transaction) -> None:
            amount = self._rates.nano_usd(at_most, round_up=True)
            self._check(change.db, call, target, amount or 0, limits)
            change.db.execute(
                "INSERT INTO ledger (call_id, run_id, provider, account, reserved_at, state, amount, nano_usd)"
                " VALUES (?, ?, ?, ?, ?, 'reserved', ?, ?) ON CONFLICT DO UPDATE SET"
                " reserved_at = excluded.reserved_at, state = 'reserved', amount = excluded.amount,"
                " nano_usd = excluded.nano_usd",
                (
                    *(call.id, _run_of(call.id), target.provider, target.account),
                    *(to_stored(self._clock.now()), _text(at_most), amount),
                ),
            )
            record_entry(change, call.id)

        await self._database.write(work)

    def _check(self, db: apsw.Connection, call: Call, target: Target, amount: int, limits: Limits) -> None:
        begin, end = self._today()
        today = f"{_SPENT} AND reserved_at >= ? AND reserved_at < ?"
        sums: tuple[tuple[str, Money | None, str, tuple[object, ...]], ...] = (
            ("run", limits.per_run, f"{_SPENT} AND run_id = ?", (_run_of(call.id),)),
            (
                "account",
                limits.per_account_day,
                f"{today} AND provider = ? AND account = ?",
                (begin, end, target.provider, target.account),
            ),
            ("day", limits.per_day, today, (begin, end)),
        )
        for scope, limit, query, values in sums:
            allowed = self._rates.nano_usd(limit)
            if limit is None or allowed is None:
                continue
            spent = number(db, query, (call.id, *values))
            if spent + amount > allowed:
                raise OverBudget(over=usd(spent + amount - allowed), limit=limit, scope=scope)

    async def check(self, at_most: Sequence[Money], limits: Limits) -> None:
        """A look whether all of this at once would be over a limit of the run or of the day. Raises OverBudget."""
        wanted = sum(self._rates.nano_usd(money, round_up=True) or 0 for money in at_most)

        def work(db: apsw.Connection) -> None:
            spent = number(db, f"{_SPENT} AND reserved_at >= ? AND reserved_at < ?", ("", *self._today()))
            for scope, limit, before in (("run", limits.per_run, 0), ("day", limits.per_day, spent)):
                allowed = self._rates.nano_usd(limit)
                if limit is not None and allowed is not None and before + wanted > allowed:
                    raise OverBudget(over=usd(before + wanted - allowed), limit=limit, scope=scope)

        await self._database.read(work)

    async def settle(self, call_id: CallId, amount: Money | None, *, unsure: bool = False) -> None:
        """Replaces the reservation; None releases it. May be called again to correct.

        Unsure without an amount keeps the reserved sum: that much may have been billed.
        Raises LookupError for an unknown call."""

        def work(change: Transaction) -> None:
            entry = row(change.db, "SELECT amount, nano_usd FROM ledger WHERE call_id = ?", (call_id,))
            if entry is None:
                self._open_account(change.db, call_id)
                entry = (None, None)
            text, nano = _text(amount), self._rates.nano_usd(amount)
            state = "unsure" if unsure else "released" if amount is None else "billed"
            if unsure and amount is None:
                text, nano = entry
            change.db.execute(
                "UPDATE ledger SET state = ?, amount = ?, nano_usd = ? WHERE call_id = ?", (state, text, nano, call_id)
            )
            record_entry(change, call_id)

        await self._database.write(work)

    def _open_account(self, db: apsw.Connection, call_id: CallId) -> None:
        """A call that was never reserved: found again in a rebuilt workspace, or settled by the user's hand."""
        db.execute(
            "INSERT INTO ledger (call_id, run_id, provider, account, reserved_at, state)"
            " SELECT c.id, c.run_id, j.provider, j.value ->> '$.target.account', ?, 'released'"
            " FROM calls AS c JOIN jobs AS j ON j.id = c.job_id WHERE c.id = ?",
            (to_stored(self._clock.now()), call_id),
        )
        if not db.changes():
            raise LookupError(f"no call {call_id} in this workspace")

    async def spending(self) -> Spending:
        begin, end = self._today()

        def work(db: apsw.Connection) -> dict[str, int]:
            sql = (
                "SELECT state, coalesce(sum(nano_usd), 0) FROM ledger WHERE reserved_at >= ? AND reserved_at < ?"
                " GROUP BY state"
            )
            return dict(rows(db, sql, (begin, end)))

        sums = await self._database.read(work)
        return Spending(
            billed=usd(sums.get("billed", 0)), reserved=usd(sums.get("reserved", 0)), unsure=usd(sums.get("unsure", 0))
        )

    def _today(self) -> tuple[int, int]:
        """Local midnight to the next, whatever the length of the day."""
        day = self._clock.now().astimezone().date()
        # A naive time is local: each midnight gets the offset that holds on its own day.
        begin = datetime.combine(day, time.min).astimezone()
        end = datetime.combine(day + timedelta(days=1), time.min).astimezone()
        return to_stored(begin), to_stored(end)


def record_entry(change: Transaction, call_id: CallId) -> None:
    """Keep the line of the ledger in the run's record too: after a rebuild today's budget must still hold."""
    names = ("run_id", "provider", "account", "reserved_at", "state", "amount", "nano_usd")
    (entry,) = rows(change.db, f"SELECT {', '.join(names)} FROM ledger WHERE call_id = ?", (call_id,))
    change.record(entry[0], {"kind": "ledger", "call_id": call_id, **dict(zip(names, entry, strict=True))})


def _run_of(call_id: CallId) -> int:
    return int(call_id.partition(".")[0])


def _text(amount: Money | None) -> str | None:
    return None if amount is None else amount.model_dump_json()
