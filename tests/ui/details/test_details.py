"""Parts of the details panel by themselves: they fit, and they name things as the rest of the window does."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from pytestqt.qtbot import QtBot

from studio.domain.assets import ImageFacts
from studio.domain.errors import BalanceUsedUp, Cancelled, StudioError, Uncertain
from studio.domain.jobs import Call, CallState, ImageRecord
from studio.domain.pricing import Cost, Money
from studio.domain.values import BlobHash, CallId, ImageId, JobId, RunId
from studio.ui.actions import StudioActions
from studio.ui.details import facts
from studio.ui.details.billed_card import BilledCard
from studio.ui.details.comparison import compare_images
from studio.ui.details.head import DetailsHead
from studio.ui.details.sections import TimeLine
from studio.ui.theme import Theme
from studio.ui.translation import Language
from tests.ui.gallery.events import run_of


def image_of(number: int, prompt: str) -> ImageRecord:
    return ImageRecord(
        id=ImageId(number),
        run_id=RunId(number),
        job_id=JobId(f"{number}.1"),
        call_id=CallId(f"{number}.1.1"),
        index=0,
        blob=BlobHash(f"{number:064x}"),
        path=f"output/images/{number}.png",
        facts=ImageFacts(media_type="image/png", width=64, height=64, size_bytes=100),
        provider="demo",
        model="demo-painter",
        prompt=prompt,
        created_at=datetime.now(UTC),
    )


PANEL_LEAST, PADDING, SCROLL_BAR = 260, 32, 16


@pytest.mark.parametrize("code", ["en", "zh_CN"])
@pytest.mark.parametrize("percent", [100, 125])
def test_the_card_of_a_call_in_doubt_fits_the_narrowest_panel(
    qtbot: QtBot, theme: Theme, language: Language, code: str, percent: int
) -> None:
    language.choose(code)
    theme.set_scale_percent(percent)
    card = BilledCard()
    qtbot.addWidget(card)
    card.show_call("Alibaba Tongyi", "The connection broke after the request was sent.", "$0.06", 0.06, can_fetch=True)
    assert card.minimumSizeHint().width() <= theme.scaled(PANEL_LEAST) - PADDING - SCROLL_BAR


@pytest.mark.parametrize(("error", "lines"), [(BalanceUsedUp(provider="Demo"), 2), (Uncertain(provider="Demo"), 1)])
def test_the_time_line_says_once_what_happened(qtbot: QtBot, theme: Theme, error: StudioError, lines: int) -> None:
    job = run_of(1, ("demo/demo-painter",)).jobs[0]
    at = datetime.now(UTC)
    call = Call(
        id=CallId("1.1.1"),
        job_id=JobId("1.1"),
        index=0,
        image_count=1,
        first_image_index=0,
        state=CallState.FAILED,
        finished_at=at,
        problem=error.problem,
    )
    rows = facts.happened(job.model_copy(update={"calls": (call,)}))
    assert len(rows[-1][0].splitlines()) == lines
    line = TimeLine()
    qtbot.addWidget(line)
    line.show_rows(rows)
    more = theme.scaled(TimeLine.MORE) * (lines - 1)
    assert line.height() == theme.scaled(TimeLine.ROW) * len(rows) + more
    assert "\n" not in line.accessibleName()


@pytest.mark.parametrize(
    ("count", "words"),
    [(1, "$0.13 billed"), (4, "$0.13 billed, for 4 images; $0.032 each")],
)
def test_what_a_request_for_several_images_cost_is_not_told_as_the_price_of_one(
    language: Language, count: int, words: str
) -> None:
    job = run_of(1, ("demo/demo-painter",)).jobs[0]
    fitted = job.fitted.model_copy(update={"images_per_call": (1,) * count})
    cost = Cost(estimated=Money(amount=Decimal("0.24")), reported=Money(amount=Decimal("0.13")))
    rows = dict(facts.job_facts(job.model_copy(update={"fitted": fitted, "cost": cost})))
    assert (rows["Cost"], rows["Estimated"]) == (words, "≈ $0.24")
    assert dict(facts.job_facts(job.model_copy(update={"fitted": fitted, "cost": cost, "cached": True})))["Cost"] == (
        "$0.00, from the library"
    )


def test_prompts_that_differ_are_told_whole_or_say_that_there_is_more(language: Language) -> None:
    lake = "Misty lake at dawn, layered pine hills, low sun, quiet water with reflections, wide landscape"
    fox, ink = "A red fox sleeping in fresh snow, birch forest", "ink " * 200
    images = [image_of(number, prompt) for number, prompt in enumerate((lake, fox, ink), 1)]
    words = dict(compare_images(images, {}, {}).counted)["Prompt"].split("\n\n")
    assert words[:2] == [f"{lake} (1)", f"{fox} (1)"]
    assert words[2].endswith("ink… (1)")


def test_what_images_cost_is_compared_image_by_image(language: Language) -> None:
    images = [image_of(1, "a kite"), image_of(2, "a kite")]
    runs = {}
    for number, count, price in ((1, 4, "0.16"), (2, 1, "0.16")):
        run = run_of(number, ("openai/gpt-image-2",), prompt="a kite", images=count)
        cost = Cost(reported=Money(amount=Decimal(price)))
        runs[number] = run.model_copy(update={"jobs": (run.jobs[0].model_copy(update={"cost": cost}),)})
    assert dict(compare_images(images, runs, {}).counted)["Cost"].split("\n") == ["$0.040 (1)", "$0.16 (1)"]


def test_of_very_many_images_the_head_says_how_many_are_told_of(qtbot: QtBot, theme: Theme, language: Language) -> None:
    head = DetailsHead(StudioActions())
    qtbot.addWidget(head)
    images = [image_of(1, "a kite"), image_of(2, "a kite")]
    head.show_several(images, range(1, 3))
    assert head._line.text() == "from 2 runs"
    head.show_several(images, range(1, 9673))
    assert head._line.text() == "Told below: the first 2 of 9672"
    head.show_several(images, range(1, 100_001))
    assert head.minimumSizeHint().width() <= 264, "what is said of many fits the panel at its least width"


@pytest.mark.parametrize(
    ("error", "words"),
    [(Cancelled(charged="no"), "nothing was billed"), (Uncertain(provider="Demo"), "≈ $0.03, not confirmed")],
)
def test_a_request_that_was_not_billed_has_no_estimate_as_its_cost(
    language: Language, error: StudioError, words: str
) -> None:
    job = run_of(1, ("openai/gpt-image-2",)).jobs[0]
    call = job.calls[0].model_copy(update={"state": CallState.CANCELLED, "problem": error.problem})
    assert dict(facts.job_facts(job.model_copy(update={"calls": (call,)})))["Cost"].replace("0.030", "0.03") == words
