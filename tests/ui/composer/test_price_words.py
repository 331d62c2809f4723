"""Every price before a run: the usual one, and the highest one where it is another, in the same figures everywhere."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication, QLabel

from studio.domain.fit import fit
from studio.domain.plan import RunPlan, TargetPlan
from studio.domain.pricing import Estimate, Money
from studio.domain.request import GenerationRequest, Target
from studio.ui.composer.footer import ComposerFooter, FooterState
from studio.ui.quotes import quote_of
from studio.ui.theme import Theme
from studio.ui.translation import Language
from studio.ui.widgets.label import ElidedLabel
from tests.contract.wishes import specs

MODEL = specs()["openai"].models[0]
TARGET = Target(provider="openai", model=MODEL.id)
REQUEST = GenerationRequest(prompt="two pears")


def plan(typical: str, at_most: str) -> RunPlan:
    fitted = fit(REQUEST, TARGET, MODEL, today=date(2026, 11, 20)).request
    price = Estimate(typical=usd(typical), at_most=usd(at_most))
    return RunPlan(REQUEST, (TargetPlan(TARGET, MODEL, fitted, estimate=price),))


def usd(amount: str) -> Money:
    return Money(amount=Decimal(amount))


@pytest.fixture
def footer(installed_theme: Theme, qapp: QApplication) -> ComposerFooter:
    made = ComposerFooter()
    made.resize(400, 120)
    return made


def words(footer: ComposerFooter) -> list[str]:
    labels = footer.findChildren(QLabel)
    return [label.full_text() if isinstance(label, ElidedLabel) else label.text() for label in labels]


def test_the_highest_price_stands_beside_the_usual_one(footer: ComposerFooter) -> None:
    footer.show_state(FooterState(plan=plan("0.12", "0.40")))
    assert {"≈ $0.12", "up to $0.40"} <= set(words(footer))
    footer.show_state(FooterState(plan=plan("0.12", "0.40"), combinations=3))
    assert {"≈ $0.36", "up to $1.20"} <= set(words(footer))


def test_one_price_is_told_once(footer: ComposerFooter) -> None:
    footer.show_state(FooterState(plan=plan("0.12", "0.12")))
    assert not [line for line in words(footer) if "up to" in line]


def test_what_goes_over_the_limit_is_the_highest_price_and_says_so(footer: ComposerFooter) -> None:
    footer.show_state(FooterState(plan=plan("0.12", "1.20"), over_by=usd("1.08")))
    assert footer.generate_button.text() == "Generate, up to $1.08 over today's limit"


@pytest.mark.parametrize(
    ("typical", "at_most", "told"),
    [("0.12", "0.40", "≈ $0.12, up to $0.40"), ("0.12", "0.12", "≈ $0.12"), ("0", "0", "free")],
)
def test_what_repeats_and_varies_tells_both_too(language: Language, typical: str, at_most: str, told: str) -> None:
    assert quote_of([plan(typical, at_most)]).price == told
