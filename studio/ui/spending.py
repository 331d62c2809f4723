"""How far today's money reaches, for what is about to be sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from studio.ui.translation import filled, translate

if TYPE_CHECKING:
    from studio.bootstrap import Settings
    from studio.domain.events import SpendingChanged
    from studio.domain.pricing import Money


def left_today(spending: SpendingChanged | None) -> Money | None:
    """What today's limit leaves, at least nothing; None where there is no limit. What may have been billed counts."""
    left = _left(spending)
    return left.model_copy(update={"amount": max(left.amount, Decimal(0))}) if left is not None else None


def over_by(spending: SpendingChanged | None, sums: Iterable[Money], settings: Settings) -> Money | None:
    """By how much these sums may go over today's limit; None when they do not."""
    left = _left(spending)
    if left is None:
        return None
    over = in_dollars(sums, settings) - left.amount
    return left.model_copy(update={"amount": over}) if over > 0 else None


def highest_words(typical: Sequence[Money], at_most: Sequence[Money], times: int = 1) -> str:
    """What the limits count where it is more than the usual price that is shown: "up to $0.40"; else nothing."""
    if tuple(typical) == tuple(at_most):
        return ""
    sums = " + ".join(str(times_as_much(money, times)) for money in at_most if money.amount)
    return filled(translate("Spending", "up to {price}"), price=sums) if sums else ""


def times_as_much(money: Money, times: int) -> Money:
    return money.model_copy(update={"amount": money.amount * times})


def in_dollars(sums: Iterable[Money], settings: Settings) -> Decimal:
    """Their sum in US dollars, at the rates of the settings."""
    wanted = [settings.exchange_rates.to_usd(money) for money in sums]
    return sum((money.amount for money in wanted if money is not None), start=Decimal(0))


def _left(spending: SpendingChanged | None) -> Money | None:
    if spending is None or spending.limit is None:
        return None
    used = spending.billed.amount + spending.reserved.amount + spending.unsure.amount
    return spending.limit.model_copy(update={"amount": spending.limit.amount - used})
