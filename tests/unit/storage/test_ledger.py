from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from studio.domain.errors import OverBudget
from studio.domain.jobs import Call, Job
from studio.domain.ports import Limits
from studio.domain.pricing import Money
from studio.storage import Workspace
from tests.unit.storage.conftest import OpenWorkspace, StartChild
from tests.unit.storage.material import HandClock, dollars, draft_run


@pytest.fixture
def in_shanghai() -> Iterator[None]:
    """Local midnight is 16:00 UTC."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = "CST-8"  # spelled so that a machine without a time zone database knows it
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


async def new_call(workspace: Workspace, clock: HandClock, target: str = "openai/gpt-image-2") -> tuple[Job, Call]:
    run = await workspace.journal.add_run(draft_run(clock, targets=(target,)))
    return run.jobs[0], run.jobs[0].calls[0]


async def reserve(workspace: Workspace, clock: HandClock, amount: Money | None, limits: Limits, **values: str) -> Call:
    job, call = await new_call(workspace, clock, **values)
    await workspace.ledger.reserve(call, job.target, amount, limits)
    return call


async def figures(workspace: Workspace) -> tuple[str, str, str]:
    spending = await workspace.ledger.spending()
    return str(spending.billed.amount), str(spending.reserved.amount), str(spending.unsure.amount)


async def test_what_is_reserved_counts_and_what_is_settled_replaces_it(workspace: Workspace, clock: HandClock) -> None:
    limits = Limits(per_day=dollars("0.10"))
    first = await reserve(workspace, clock, dollars("0.06"), limits)
    with pytest.raises(OverBudget) as caught:
        await reserve(workspace, clock, dollars("0.06"), limits)
    assert caught.value.problem.values["over"] == "$0.020"
    assert caught.value.problem.values["limit"] == "$0.10"
    assert caught.value.problem.charged == "no"
    assert await figures(workspace) == ("0", "0.06", "0")

    await workspace.ledger.settle(first.id, dollars("0.041"))

    assert await figures(workspace) == ("0.041", "0", "0")
    second = await reserve(workspace, clock, dollars("0.059"), limits)
    await workspace.ledger.settle(second.id, None)
    assert await figures(workspace) == ("0.041", "0", "0")


async def test_what_may_have_been_billed_counts_until_it_is_corrected(workspace: Workspace, clock: HandClock) -> None:
    limits = Limits(per_day=dollars("0.10"))
    call = await reserve(workspace, clock, dollars("0.06"), limits)

    await workspace.ledger.settle(call.id, None, unsure=True)

    assert await figures(workspace) == ("0", "0", "0.06")
    with pytest.raises(OverBudget):
        await reserve(workspace, clock, dollars("0.05"), limits)
    await workspace.ledger.settle(call.id, dollars("0.02"))
    assert await figures(workspace) == ("0.02", "0", "0")


async def test_a_call_that_is_tried_again_is_reserved_once(workspace: Workspace, clock: HandClock) -> None:
    job, call = await new_call(workspace, clock)
    for _ in range(3):
        await workspace.ledger.reserve(call, job.target, dollars("0.06"), Limits(per_day=dollars("0.06")))

    assert await figures(workspace) == ("0", "0.06", "0")


async def test_limits_of_a_run_and_of_an_account(workspace: Workspace, clock: HandClock) -> None:
    run = await workspace.journal.add_run(draft_run(clock, images_per_call=(1, 1)))
    job, (first, second) = run.jobs[0], run.jobs[0].calls
    per_run = Limits(per_run=dollars("0.10"))
    await workspace.ledger.reserve(first, job.target, dollars("0.06"), per_run)
    with pytest.raises(OverBudget):
        await workspace.ledger.reserve(second, job.target, dollars("0.06"), per_run)
    await reserve(workspace, clock, dollars("0.06"), per_run)

    per_account = Limits(per_account_day=dollars("0.15"))
    with pytest.raises(OverBudget):
        await reserve(workspace, clock, dollars("0.06"), per_account)
    await reserve(workspace, clock, dollars("0.06"), per_account, target="demo/paint")


async def test_other_currencies_are_converted(workspace: Workspace, clock: HandClock) -> None:
    yuan = Money(amount=Decimal("0.2"), currency="CNY")
    call = await reserve(workspace, clock, yuan, Limits(per_day=dollars("0.03")))

    assert await figures(workspace) == ("0", "0.028", "0")
    with pytest.raises(OverBudget):
        await reserve(workspace, clock, yuan, Limits(per_day=Money(amount=Decimal("0.3"), currency="CNY")))
    await workspace.ledger.settle(call.id, Money(amount=Decimal(3), currency="credits"))
    assert await figures(workspace) == ("0", "0", "0")


async def test_rates_can_change_while_the_workspace_is_open(workspace: Workspace, clock: HandClock) -> None:
    workspace.change_rates({"CNY": Decimal("0.5")})
    await reserve(workspace, clock, Money(amount=Decimal(2), currency="CNY"), Limits())
    assert await figures(workspace) == ("0", "1", "0")


async def test_a_call_without_a_price_is_let_through_but_not_over_a_limit(
    workspace: Workspace, clock: HandClock
) -> None:
    call = await reserve(workspace, clock, None, Limits(per_day=dollars("0.10")))
    await workspace.ledger.settle(call.id, dollars("0.30"))

    with pytest.raises(OverBudget):
        await reserve(workspace, clock, None, Limits(per_day=dollars("0.10")))


async def test_a_settlement_without_reservation_is_kept(workspace: Workspace, clock: HandClock) -> None:
    _, call = await new_call(workspace, clock)

    await workspace.ledger.settle(call.id, dollars("0.04"))

    assert await figures(workspace) == ("0.04", "0", "0")
    with pytest.raises(LookupError):
        await workspace.ledger.settle(type(call.id)("99.1.0"), None)


@pytest.mark.usefixtures("in_shanghai")
async def test_the_day_begins_at_local_midnight(workspace: Workspace, clock: HandClock) -> None:
    limits = Limits(per_day=dollars("0.10"))
    clock.set(datetime(2026, 11, 20, 15, 59, tzinfo=UTC))
    await reserve(workspace, clock, dollars("0.08"), limits)
    with pytest.raises(OverBudget):
        await reserve(workspace, clock, dollars("0.08"), limits)

    clock.set(datetime(2026, 11, 20, 16, 1, tzinfo=UTC))

    assert await figures(workspace) == ("0", "0", "0")
    await reserve(workspace, clock, dollars("0.08"), limits)


async def test_sums_are_exact(workspace: Workspace, clock: HandClock) -> None:
    for _ in range(10):
        await reserve(workspace, clock, dollars("0.0000001"), Limits(per_day=dollars("0.000001")))
    with pytest.raises(OverBudget):
        await reserve(workspace, clock, dollars("0.000000001"), Limits(per_day=dollars("0.000001")))


async def test_processes_cannot_overrun_a_limit_together(start_child: StartChild, open_again: OpenWorkspace) -> None:
    workspace = await open_again()
    children = [start_child("spend", "1.00") for _ in range(3)]
    for child in children:
        child.hear()
    for child in children:
        child.tell()

    said = [line for child in children for line in child.hear_all()]

    assert len([line for line in said if "reserved" in line]) == 16
    assert len([line for line in said if "over" in line]) == 3
    assert (await workspace.ledger.spending()).reserved.amount == Decimal("0.96")


async def test_a_look_adds_up_all_currencies_before_anything_is_reserved(
    workspace: Workspace, clock: HandClock
) -> None:
    yuan = Money(amount=Decimal(10), currency="CNY")
    ledger = workspace.ledger
    await ledger.check((yuan, dollars("0.60")), Limits(per_run=dollars("2.00"), per_day=dollars("2.00")))
    with pytest.raises(OverBudget) as refused:
        await ledger.check((yuan, dollars("0.61")), Limits(per_run=dollars("2.00")))
    assert refused.value.problem.values["over"] == str(dollars("0.01"))
    run = await workspace.journal.add_run(draft_run(clock))
    await ledger.reserve(run.jobs[0].calls[0], run.jobs[0].target, dollars("0.50"), Limits())
    with pytest.raises(OverBudget):
        await ledger.check((yuan,), Limits(per_day=dollars("1.80")))
    await ledger.check((yuan,), Limits(per_run=Money(amount=Decimal(10), currency="CNY"), per_day=dollars("1.90")))
    await ledger.check((Money(amount=Decimal(99), currency="credits"),), Limits(per_day=dollars("0.50")))
    assert (await ledger.spending()).reserved == dollars("0.5")
