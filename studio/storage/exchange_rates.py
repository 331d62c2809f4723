"""Money in one currency, so that a budget can add it up."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, ROUND_UP, Decimal

from studio.domain.jobs import Job
from studio.domain.pricing import Money

NANO = 1_000_000_000


class Rates:
    """US dollars for one unit of each currency; a currency without a rate cannot be added up."""

    def __init__(self, rates: Mapping[str, Decimal]) -> None:
        self._rates: Mapping[str, Decimal] = {}
        self.change(rates)

    def change(self, rates: Mapping[str, Decimal]) -> None:
        self._rates = {"USD": Decimal(1), **rates}

    def nano_usd(self, money: Money | None, *, round_up: bool = False) -> int | None:
        """Billionths of a dollar; None without an amount or without a rate for its currency."""
        rate = self._rates.get(money.currency) if money is not None else None
        if money is None or rate is None:
            return None
        return int((money.amount * rate * NANO).to_integral_value(ROUND_UP if round_up else ROUND_HALF_EVEN))

    def image_cost(self, job: Job) -> int | None:
        """What one image of the job costs: reported, else estimated, shared out evenly."""
        total = self.nano_usd(job.cost.reported or job.cost.estimated or job.estimate.typical)
        return None if total is None else total // max(1, job.fitted.image_count)


def usd(nano: int) -> Money:
    return Money(amount=(Decimal(nano) / NANO).normalize() + Decimal(0), currency="USD")
