"""The price and the notices of a run before it starts: what the composer shows at each key press."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from studio.domain.capability import ModelSpec
from studio.domain.notices import Notice
from studio.domain.pricing import Currency, Estimate, Money
from studio.domain.request import FittedRequest, GenerationRequest, Target

CacheUse = Literal["seeded", "any", "never"]
"""When the library may answer in place of the provider: with a fixed seed, for any equal request, or never."""


@dataclass(frozen=True, slots=True)
class TargetPlan:
    """What one target would be sent. `model` is None for a model or provider that nobody knows; it is blocked then."""

    target: Target
    model: ModelSpec | None
    fitted: FittedRequest
    notices: tuple[Notice, ...] = ()
    estimate: Estimate = field(default_factory=Estimate)

    @property
    def blocked(self) -> Notice | None:
        """Why this target cannot run at all; None when it can."""
        return next((notice for notice in self.notices if notice.kind == "blocked"), None)

    @property
    def image_count(self) -> int:
        return self.fitted.image_count if self.blocked is None else 0

    @property
    def call_count(self) -> int:
        """Paid requests this target needs."""
        return len(self.fitted.images_per_call) if self.blocked is None else 0


@dataclass(frozen=True, slots=True)
class RunPlan:
    """A request against its targets, in their order."""

    request: GenerationRequest
    targets: tuple[TargetPlan, ...]

    @property
    def runnable(self) -> tuple[TargetPlan, ...]:
        return tuple(plan for plan in self.targets if plan.blocked is None)

    @property
    def typical(self) -> tuple[Money, ...]:
        """The price to show, one sum for each currency; unpriced models are not in it."""
        return totals(plan.estimate.typical for plan in self.runnable)

    @property
    def at_most(self) -> tuple[Money, ...]:
        """The sums that the budget reserves."""
        return totals(plan.estimate.at_most for plan in self.runnable)

    @property
    def image_count(self) -> int:
        return sum(plan.image_count for plan in self.targets)

    @property
    def call_count(self) -> int:
        return sum(plan.call_count for plan in self.targets)

    @property
    def unpriced(self) -> tuple[Target, ...]:
        """Targets whose price nobody publishes."""
        return tuple(plan.target for plan in self.runnable if plan.estimate.typical is None)

    @property
    def prices_as_of(self) -> date | None:
        """The oldest date among the prices used."""
        return min((plan.estimate.as_of for plan in self.runnable if plan.estimate.as_of), default=None)


def totals(amounts: Iterable[Money | None]) -> tuple[Money, ...]:
    """One sum for each currency, in the order in which they first appear; None counts for nothing."""
    sums: dict[Currency, Decimal] = {}
    for money in amounts:
        if money is not None:
            sums[money.currency] = sums.get(money.currency, Decimal(0)) + money.amount
    return tuple(Money(amount=amount, currency=currency) for currency, amount in sums.items())
