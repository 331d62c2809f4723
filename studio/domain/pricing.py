"""Money: prices as data, estimates before sending, cost after. Amounts are Decimal, currencies ISO 4217."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Annotated, Literal

from pydantic import Field

from studio.domain.assets import Size
from studio.domain.request import FittedRequest
from studio.domain.values import Frozen, OptionValue

Currency = Literal["USD", "CNY", "EUR", "credits"]


class Money(Frozen):
    amount: Annotated[Decimal, Field(ge=0)]
    currency: Currency = "USD"

    def __str__(self) -> str:
        """``$0.062`` below ten cents, else ``$0.12``; unknown signs are written behind: ``3.5 credits``."""
        places = Decimal("0.001") if Decimal(0) < self.amount < Decimal("0.0995") else Decimal("0.01")
        number = f"{self.amount.quantize(places):f}"
        sign = {"USD": "$", "CNY": "¥", "EUR": "€"}.get(self.currency)
        return f"{sign}{number}" if sign else f"{number} {self.currency}"


class PriceRule(Frozen):
    """One line of a price list: holds for a fitted request whose options and size match `when`.

    Keys of `when`: an option's name, ``size`` (``1024x1024``), ``size_class`` (``2K``), ``orientation``
    (square, portrait, landscape) or ``references`` (none, some). The first rule that matches counts."""

    amount: Annotated[Decimal, Field(ge=0)]
    when: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    area_up_to_px: int | None = None
    """Holds up to this area; for larger images the next rule is asked."""


class TokenPrice(Frozen):
    """Prices in the currency per million tokens, for turning a provider's usage figures into cost."""

    text_in: Decimal = Decimal(0)
    image_in: Decimal = Decimal(0)
    text_out: Decimal = Decimal(0)
    image_out: Decimal = Decimal(0)


class PriceList(Frozen):
    """What a model costs, from where and when that was read. No rules and no tokens: "no price", never 0."""

    currency: Currency = "USD"
    free: bool = False
    per_image: tuple[PriceRule, ...] = ()
    per_reference: Decimal = Decimal(0)
    free_references: int = 0
    """So many reference images of each paid request cost nothing."""
    per_partial: Decimal = Decimal(0)
    tokens: TokenPrice | None = None
    typical_image_tokens: tuple[PriceRule, ...] = ()
    """Output tokens of one image by rule; used with `tokens` when there is no rule per image."""
    as_of: date | None = None
    source: str = ""
    region: str = ""
    """The region of the account for which this holds; empty: everywhere."""


class Estimate(Frozen):
    """Price before: `typical` is shown, `at_most` is reserved from the budget; both None when nobody publishes it."""

    typical: Money | None = None
    at_most: Money | None = None
    as_of: date | None = None
    source: str = ""

    @property
    def is_free(self) -> bool:
        """Never costs anything, whatever happens."""
        return self.typical is not None and max(self.typical.amount, (self.at_most or self.typical).amount) == 0


class Cost(Frozen):
    """Truth after. `reported` comes from the provider's own figures and is never filled from the estimate."""

    estimated: Money | None = None
    reported: Money | None = None
    basis: str = ""
    """How the reported figure came about, e.g. "usage: 30 text, 4160 image tokens"."""


class Usage(Frozen):
    """Token or credit figures exactly as a provider sent them; absent figures are None."""

    text_in: int | None = None
    image_in: int | None = None
    text_out: int | None = None
    image_out: int | None = None
    total: int | None = None
    images: int | None = None
    credits: Decimal | None = None


def cost_of_usage(usage: Usage, prices: PriceList) -> Money | None:
    """The cost that follows from usage figures; None when figures or token prices are missing."""
    if prices.tokens is None or (usage.image_out is None and usage.text_out is None):
        return None
    tokens = prices.tokens
    total = (
        (usage.text_in or 0) * tokens.text_in
        + (usage.image_in or 0) * tokens.image_in
        + (usage.text_out or 0) * tokens.text_out
        + (usage.image_out or 0) * tokens.image_out
    )
    return Money(amount=total / 1_000_000, currency=prices.currency)


def estimate(fitted: FittedRequest, prices: PriceList, defaults: dict[str, OptionValue]) -> Estimate:
    """The price of a fitted request. `defaults` are the model's option defaults, for options left alone.

    What stands at ``auto`` (an option, the size) may end as any value that a rule names: the middle of those amounts is
    typical, the dearest is reserved."""
    if prices.free:
        free = Money(amount=Decimal(0), currency=prices.currency)
        return Estimate(typical=free, at_most=free, as_of=prices.as_of, source=prices.source)
    facts = _facts(fitted, defaults)
    rules, factor = prices.per_image, Decimal(1)
    if not rules and prices.tokens is not None:
        rules, factor = prices.typical_image_tokens, prices.tokens.image_out / 1_000_000
    possible = _possible_amounts(rules, facts, fitted.expected_size)
    if not possible:
        return Estimate(as_of=prices.as_of, source=prices.source)
    typical = possible[(len(possible) - 1) // 2] * factor
    dearest = possible[-1] * factor
    # Not from the defaults: previews that are on by default are always named, unless they do not apply at all.
    previews = fitted.options.get("partial_images", 0)
    extra = prices.per_partial * int(previews if isinstance(previews, int) else 0)
    paid_references = max(0, len(fitted.reference_image) - prices.free_references)
    images, references = fitted.image_count, paid_references * len(fitted.images_per_call)

    def total(per_image: Decimal) -> Money:
        amount = (per_image + extra) * images + prices.per_reference * references
        return Money(amount=amount, currency=prices.currency)

    return Estimate(typical=total(typical), at_most=total(dearest), as_of=prices.as_of, source=prices.source)


def _possible_amounts(rules: tuple[PriceRule, ...], facts: dict[str, str], size: Size | None) -> list[Decimal]:
    """The amount of the first rule that matches, cheapest first: one entry for each value that what stands at ``auto``
    may take in the end."""
    undecided = sorted({key for rule in rules for key in rule.when if facts.get(key) == "auto"})
    choices = [sorted({value for rule in rules for value in rule.when.get(key, ())}) for key in undecided]
    amounts = []
    for values in product(*choices):
        decided = {**facts, **dict(zip(undecided, values, strict=True))}
        matching = (rule.amount for rule in rules if _matches(rule, decided, size))
        amounts.append(next(matching, None))
    return sorted(amount for amount in amounts if amount is not None)


def _facts(fitted: FittedRequest, defaults: dict[str, OptionValue]) -> dict[str, str]:
    facts = {key: _word(value) for key, value in {**defaults, **fitted.options}.items()}
    facts["references"] = "some" if fitted.reference_image else "none"
    if isinstance(fitted.size, str):
        facts["size_class"] = fitted.size
    size = fitted.expected_size
    if size is None:
        facts["size"] = facts["orientation"] = "auto"
    else:
        facts["size"] = str(size)
        square, wide = size.width == size.height, size.width > size.height
        facts["orientation"] = "square" if square else "landscape" if wide else "portrait"
    return facts


def _word(value: OptionValue) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _matches(rule: PriceRule, facts: dict[str, str], size: Size | None) -> bool:
    if rule.area_up_to_px is not None and size is not None and size.area_px > rule.area_up_to_px:
        return False
    return all(facts.get(key, "auto") in (*values, "auto") for key, values in rule.when.items())
