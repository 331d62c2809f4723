"""What an end means for the call and for the money. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from studio.domain.errors import Problem, Repeat
from studio.domain.jobs import Call, CallState
from studio.domain.pricing import Estimate, Money


def state_of_failure(problem: Problem) -> CallState:
    """uncertain when the request may have been accepted without us hearing of it; else failed, whatever it cost."""
    return CallState.UNCERTAIN if problem.repeat is Repeat.UNCERTAIN else CallState.FAILED


def settlement(call: Call, price: Estimate, missing: Mapping[int, Problem]) -> tuple[Money | None, bool]:
    """What a finished call cost and whether that is unsure; None: nothing, or nobody can tell.

    The provider's own figure counts before everything else. `missing` are the images that did not come."""
    if call.reported is not None:
        return call.reported, False
    if call.state is CallState.DONE:
        free = sum(1 for problem in missing.values() if problem.charged == "no")
        return _part(price.typical, call.image_count - free, call.image_count), False
    charged = call.problem.charged if call.problem is not None else "no"
    if charged == "yes":
        return (call.problem.amount if call.problem is not None else None) or price.typical, False
    if charged == "maybe":
        return price.at_most or price.typical, True
    return None, False


def _part(price: Money | None, count: int, of: int) -> Money | None:
    if price is None or count <= 0:
        return None
    return Money(amount=price.amount * Decimal(count) / Decimal(of), currency=price.currency)


def duration_words(seconds: float) -> str:
    """``45 s``, ``10 min``, ``1 h 30 min``."""
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    hours, minutes = divmod(round(whole / 60), 60)
    parts = [f"{hours} h" if hours else "", f"{minutes} min" if minutes or not hours else ""]
    return " ".join(part for part in parts if part)
