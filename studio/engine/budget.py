"""The budget of a run: all of it is reserved before any of it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.domain.errors import OverBudget
from studio.domain.jobs import Call, Job
from studio.domain.plan import RunPlan
from studio.domain.ports import Account, Limits
from studio.domain.pricing import Money
from studio.domain.values import CallId
from studio.engine.parts import EngineParts
from studio.engine.planning import estimate_of_call, find_model


async def check_before(parts: EngineParts, plan: RunPlan, limits: Limits) -> None:
    """Raises OverBudget where a look is enough, so that a run that cannot start leaves no trace in the history.

    A look only: `reserve` decides, and knows other currencies and other processes."""
    await check_sums(parts, plan.at_most, limits)


async def check_sums(parts: EngineParts, at_most: Sequence[Money], limits: Limits) -> None:
    """Raises OverBudget when so much, all at once, would be over a limit."""
    if limits.per_run is None and limits.per_day is None:
        return
    spending = await parts.ledger.spending()
    wanted = next((money for money in at_most if money.currency == spending.billed.currency), None)
    if wanted is None:
        return
    spent = spending.billed.amount + spending.reserved.amount + spending.unsure.amount
    _refuse_above(limits.per_run, wanted)
    _refuse_above(limits.per_day, Money(amount=spent + wanted.amount, currency=wanted.currency))


def _refuse_above(limit: Money | None, wanted: Money) -> None:
    if limit is not None and limit.currency == wanted.currency and wanted.amount > limit.amount:
        over = Money(amount=wanted.amount - limit.amount, currency=limit.currency)
        raise OverBudget(over=over, limit=limit)


async def reserve(parts: EngineParts, jobs: Sequence[tuple[Job, Account]], limits: Limits) -> None:
    """Reserves every call of these jobs, or raises OverBudget and leaves nothing reserved."""
    reserved: list[CallId] = []
    try:
        for job, account in jobs:
            with_account = replace(limits, per_account_day=account.daily_limit) if has_any(limits) else limits
            for call in job.calls:
                if call.state.is_final:
                    continue
                await parts.ledger.reserve(call, job.target, at_most(parts, job, call), with_account)
                reserved.append(call.id)
    except BaseException:
        for call_id in reserved:
            await parts.ledger.settle(call_id, None)
        raise
    finally:
        parts.spending.changed()


def at_most(parts: EngineParts, job: Job, call: Call) -> Money | None:
    model = find_model(job.target, parts.providers)
    return estimate_of_call(job.fitted, call.image_count, model).at_most if model is not None else None


NO_LIMITS = Limits()


def has_any(limits: Limits) -> bool:
    """False for a run the user allowed to go over: then the account's own limit does not hold either."""
    return limits is not NO_LIMITS
