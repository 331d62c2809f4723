"""What the title line of a run says of its money once it is over."""

from __future__ import annotations

from decimal import Decimal

import pytest

from studio.domain.errors import Cancelled
from studio.domain.jobs import CallState, JobState
from studio.domain.pricing import Cost, Estimate, Money
from studio.domain.problem import Charged
from studio.ui.gallery import run_words
from studio.ui.gallery.run_row import RunRow, make_row
from studio.ui.translation import Language
from tests.ui.gallery.events import run_of


def ended(charged: Charged, price: str | None, *, reported: str | None = None) -> RunRow:
    """A run of two jobs of two images: the first came, the second was cancelled."""
    run = run_of(7, ("openai/gpt-image-2", "gemini/gemini-3-pro-image"), images=2)
    estimate = Estimate(typical=Money(amount=Decimal(price))) if price is not None else Estimate()
    cost = Cost(reported=Money(amount=Decimal(reported))) if reported is not None else Cost()
    problem = Cancelled(charged=charged).problem
    done = run.jobs[0].model_copy(update={"state": JobState.DONE, "estimate": estimate, "cost": cost})
    call = run.jobs[1].calls[0].model_copy(update={"state": CallState.CANCELLED, "problem": problem})
    cancelled = {"state": JobState.CANCELLED, "estimate": estimate, "calls": (call,)}
    jobs = (done, run.jobs[1].model_copy(update=cancelled))
    return make_row(run.model_copy(update={"jobs": jobs}), [], None, specs={}, live_tiles={}, live=False)


@pytest.mark.parametrize(
    ("charged", "price", "words"),
    [
        ("no", "0.40", "$0.31"),
        ("maybe", "0.40", "$0.31 · maybe $0.40"),
        ("maybe", "0", "$0.31"),
        ("maybe", None, "$0.31 · may have been billed"),
        ("yes", "0.40", "$0.31"),
    ],
)
def test_what_may_have_been_billed_stands_behind_what_was(
    language: Language, charged: Charged, price: str | None, words: str
) -> None:
    assert run_words.facts(ended(charged, price, reported="0.31")).endswith(f"0 images · {words}")
