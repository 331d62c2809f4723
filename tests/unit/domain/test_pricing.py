"""Price before: never below what may be billed. Truth after: only from the provider's own figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.assets import ReferenceImage, Size
from studio.domain.plan import totals
from studio.domain.pricing import Money, PriceList, PriceRule, TokenPrice, Usage, cost_of_usage, estimate
from studio.domain.request import FittedRequest
from studio.domain.values import BlobHash, OptionValue

AMOUNTS = st.decimals(0, 100, places=4)


def rule(amount: str, **when: tuple[str, ...]) -> PriceRule:
    return PriceRule(amount=Decimal(amount), when=when)


def request(size: str = "1024x1024", images: tuple[int, ...] = (1,), **options: OptionValue) -> FittedRequest:
    return FittedRequest(
        prompt="p",
        size=Size.parse(size),
        expected_size=Size.parse(size),
        images_per_call=images,
        options=options,
    )


QUALITY = PriceList(
    per_image=(rule("0.01", quality=("low",)), rule("0.04", quality=("medium",)), rule("0.16", quality=("high",))),
    as_of=date(2026, 11, 1),
    source="the vendor",
)


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("0.0621", "USD", "$0.062"),
        ("0.0994", "USD", "$0.099"),
        ("0.0995", "USD", "$0.10"),
        ("0.1249", "USD", "$0.12"),
        ("12", "CNY", "¥12.00"),
        ("0", "EUR", "€0.00"),
        ("3.5", "credits", "3.50 credits"),
    ],
)
def test_how_money_is_written(amount: str, currency: str, text: str) -> None:
    assert str(Money.model_validate({"amount": amount, "currency": currency})) == text


@given(st.lists(st.tuples(AMOUNTS, st.sampled_from(["low", "high", "auto"])), min_size=1), st.integers(1, 5))
def test_what_is_reserved_is_never_less_than_what_is_shown(rules: list[tuple[Decimal, str]], images: int) -> None:
    prices = PriceList(per_image=tuple(PriceRule(amount=amount, when={"q": (name,)}) for amount, name in rules))
    for quality in ("low", "high", "auto"):
        one, several = (estimate(request(images=(n,), q=quality), prices, {}) for n in (1, images))
        if one.typical is None or one.at_most is None:
            assert several.typical is None
            continue
        assert several.typical is not None
        assert one.at_most.amount >= one.typical.amount >= 0
        assert several.typical.amount == one.typical.amount * images


def test_an_option_left_to_the_model_reserves_the_dearest_and_shows_the_middle() -> None:
    left = estimate(request(quality="auto"), QUALITY, {})
    assert (str(left.typical), str(left.at_most)) == ("$0.040", "$0.16")
    chosen = estimate(request(quality="low"), QUALITY, {})
    assert (str(chosen.typical), str(chosen.at_most)) == ("$0.010", "$0.010")
    default = estimate(request(), QUALITY, {"quality": "high"})
    assert str(default.typical) == "$0.16"
    assert (left.as_of, left.source) == (date(2026, 11, 1), "the vendor")


def test_no_price_is_not_a_price_of_nothing() -> None:
    nothing = estimate(request(), PriceList(), {})
    assert (nothing.typical, nothing.at_most, nothing.is_free) == (None, None, False)
    unknown = estimate(request(quality="xhigh"), QUALITY, {})
    assert unknown.typical is None
    free = estimate(request(), PriceList(free=True), {})
    assert free.is_free


def test_larger_images_pay_the_next_rule() -> None:
    prices = PriceList(
        per_image=(
            PriceRule(amount=Decimal("0.02"), area_up_to_px=1024 * 1024),
            PriceRule(amount=Decimal("0.08")),
        )
    )
    assert str(estimate(request("1024x1024"), prices, {}).typical) == "$0.020"
    assert str(estimate(request("1025x1024"), prices, {}).typical) == "$0.080"


def test_shape_size_and_references_can_decide() -> None:
    prices = PriceList(
        per_image=(
            rule("0.05", references=("some",)),
            rule("0.04", size=("512x512",)),
            rule("0.03", orientation=("portrait",)),
            rule("0.02", orientation=("landscape",)),
            rule("0.01", orientation=("square",)),
        )
    )
    assert str(estimate(request("512x512"), prices, {}).typical) == "$0.040"
    assert str(estimate(request("512x768"), prices, {}).typical) == "$0.030"
    assert str(estimate(request("768x512"), prices, {}).typical) == "$0.020"
    assert str(estimate(request("768x768"), prices, {}).typical) == "$0.010"
    picture = ReferenceImage(blob=BlobHash("0" * 64), media_type="image/png", width=1, height=1, size_bytes=1)
    with_reference = request("768x768").model_copy(update={"reference_image": (picture,)})
    assert str(estimate(with_reference, prices, {}).typical) == "$0.050"


def test_references_are_paid_with_each_request_and_previews_with_each_image() -> None:
    picture = ReferenceImage(blob=BlobHash("0" * 64), media_type="image/png", width=1, height=1, size_bytes=1)
    prices = PriceList(per_image=(rule("0.10"),), per_reference=Decimal("0.01"), per_partial=Decimal("0.002"))
    asked = request(images=(2, 1), partial_images=3).model_copy(update={"reference_image": (picture, picture)})
    assert estimate(asked, prices, {}).typical == Money(amount=Decimal("0.358"))


@pytest.mark.parametrize(("count", "amount"), [(0, "0.20"), (1, "0.20"), (3, "0.24")])
def test_some_references_of_each_request_are_free(count: int, amount: str) -> None:
    picture = ReferenceImage(blob=BlobHash("0" * 64), media_type="image/png", width=1, height=1, size_bytes=1)
    prices = PriceList(per_image=(rule("0.10"),), per_reference=Decimal("0.01"), free_references=1)
    asked = request(images=(1, 1)).model_copy(update={"reference_image": (picture,) * count})
    assert estimate(asked, prices, {}).typical == Money(amount=Decimal(amount))


def test_a_price_by_tokens() -> None:
    prices = PriceList(tokens=TokenPrice(image_out=Decimal(40)), typical_image_tokens=(rule("1000"),))
    assert str(estimate(request(images=(2,)), prices, {}).typical) == "$0.080"


def test_the_cost_follows_from_the_providers_figures() -> None:
    prices = PriceList(
        tokens=TokenPrice(text_in=Decimal(5), image_in=Decimal(10), text_out=Decimal(20), image_out=Decimal(40))
    )
    usage = Usage(text_in=1_000, image_in=2_000, text_out=3_000, image_out=4_000)
    assert cost_of_usage(usage, prices) == Money(amount=Decimal("0.245"))
    assert cost_of_usage(Usage(total=9), prices) is None
    assert cost_of_usage(usage, PriceList()) is None


def test_sums_keep_currencies_apart() -> None:
    dollars, yuan = Money(amount=Decimal(1)), Money(amount=Decimal(2), currency="CNY")
    assert totals([dollars, yuan, None, dollars]) == (Money(amount=Decimal(2)), yuan)
    assert totals([]) == ()
