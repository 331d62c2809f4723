"""What a sweep would make, cost and take, before anything is sent."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from studio.domain.fingerprint import fingerprint
from studio.domain.jobs import ImageRecord
from studio.domain.plan import TargetPlan, totals
from studio.domain.request import Target
from studio.domain.sweep import SweepCell
from studio.domain.sweep_forecast import CellForecast, SweepForecast
from studio.engine.parts import EngineParts
from studio.engine.planning import AlikePlans
from studio.engine.queue import AccountKey, ModelKey
from studio.engine.starting import free_of_charge, is_complete

T = TypeVar("T")

CELLS_AT_ONCE = 150
"""Worked on in one go, a millisecond or two; then others get their turn."""
_PAUSE_S = 0.001
"""Longer than nothing: while this thread waits, that of the window runs on without asking for the interpreter."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """`repeated` are positions of cells that ask for the same as an earlier one."""

    forecast: SweepForecast
    repeated: tuple[int, ...]


async def look_ahead(parts: EngineParts, cells: Sequence[SweepCell]) -> Outlook:
    """The library answers for the first of equal cells only: the others are meant to be further pictures."""
    plans = await _plan(parts, cells)
    prints: dict[int, str] = {}
    async for part in _parts(tuple(zip(cells, plans, strict=True))):
        prints.update((cell.position, fingerprint(cell.target, plan.fitted)) for cell, plan in part if not plan.blocked)
    firsts: dict[str, int] = {}
    for position, one in prints.items():
        firsts.setdefault(one, position)
    known = await parts.archive.find_all_cached(tuple(firsts))
    made: dict[int, Sequence[ImageRecord]] = {firsts[one]: images for one, images in known.items()}
    forecasts: list[CellForecast] = []
    async for part in _parts(tuple(zip(cells, plans, strict=True))):
        forecasts += [_of_cell(cell, plan, made) for cell, plan in part]
    new = [plan for plan, one in zip(plans, forecasts, strict=True) if one.state == "new"]
    unpriced: dict[str, Target] = {}
    for plan in new:
        if plan.estimate.typical is None:
            unpriced.setdefault(plan.target.key, plan.target)
    return Outlook(
        SweepForecast(
            cells=tuple(forecasts),
            unpriced=tuple(unpriced.values()),
            typical=totals(plan.estimate.typical for plan in new),
            at_most=totals(plan.estimate.at_most for plan in new),
            prices_as_of=min((plan.estimate.as_of for plan in new if plan.estimate.as_of), default=None),
            seconds=await _seconds(parts, new),
        ),
        tuple(position for position, one in prints.items() if firsts[one] != position),
    )


async def _plan(parts: EngineParts, cells: Sequence[SweepCell]) -> list[TargetPlan]:
    alike = AlikePlans(parts.providers, parts.clock.now().date())
    plans: list[TargetPlan] = []
    async for part in _parts(cells):
        plans += [alike.plan(cell.request, cell.target) for cell in part]
    return plans


async def _parts(items: Sequence[T]) -> AsyncIterator[Sequence[T]]:
    """With a pause after each but the last."""
    for first in range(0, len(items), CELLS_AT_ONCE):
        if first:
            await asyncio.sleep(_PAUSE_S)
        yield items[first : first + CELLS_AT_ONCE]


def _of_cell(cell: SweepCell, plan: TargetPlan, made: Mapping[int, Sequence[ImageRecord]]) -> CellForecast:
    images = made.get(cell.position, ())
    forecast = CellForecast(
        position=cell.position,
        place=cell.place,
        target_index=cell.target_index,
        state="new",
        image_count=plan.image_count,
        call_count=plan.call_count,
        estimate=plan.estimate,
        notices=plan.notices,
    )
    if plan.blocked is not None:
        return replace(forecast, state="blocked")
    if images and is_complete(images, plan.fitted):
        free = free_of_charge(plan.estimate)
        return replace(forecast, state="made", call_count=0, estimate=free, made=tuple(images))
    return forecast


async def _seconds(parts: EngineParts, plans: Iterable[TargetPlan]) -> float | None:
    """The usual duration when every account works on as much at once as it may; None when a model is not known."""
    work: dict[ModelKey, list[float]] = {}
    models = {}
    for plan in plans:
        if plan.model is None:
            return None
        key = ModelKey(AccountKey(plan.target.provider, plan.target.account), plan.model.id)
        models[key] = plan.model.capability
        usual_s = sum(plan.model.capability.typical_s) / 2
        work.setdefault(key, []).extend([usual_s] * plan.call_count)
    longest = 0.0
    accounts: dict[AccountKey, float] = {}
    for key, calls in work.items():
        capability = models[key]
        accounts[key.account] = accounts.get(key.account, 0.0) + sum(calls)
        if capability.concurrent_requests:
            longest = max(longest, sum(calls) / capability.concurrent_requests)
        if capability.requests_per_minute:
            longest = max(longest, (len(calls) - 1) * 60 / capability.requests_per_minute + calls[-1])
        longest = max(longest, *calls)
    for account, seconds in accounts.items():
        fields = await parts.accounts.account_without_key(account.provider, account.account)
        at_once = fields.concurrent_requests or parts.providers[account.provider].spec.concurrent_requests
        longest = max(longest, seconds / at_once)
    return longest
