"""The budget of a run: all of it is reserved before any of it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studio.domain.jobs import Call, Job
from studio.domain.ports import Account, Limits
from studio.domain.pricing import Money
from studio.domain.values import CallId
from studio.engine.parts import EngineParts
from studio.engine.planning import estimate_of_call, find_model


async def check_before(parts: EngineParts, at_most: Sequence[Money], limits: Limits) -> None:
    """Raises OverBudget where a look is enough, so that what cannot start leaves no trace in the history.

    A look only: `reserve` decides, and knows other processes."""
    if at_most and (limits.per_run is not None or limits.per_day is not None):
        await parts.ledger.check(at_most, limits)


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
