from __future__ import annotations

from datetime import date
from decimal import Decimal

from studio.config.models import as_chosen
from studio.config.settings import AccountSettings, CustomModel, OwnPrice, ProviderSettings, Settings
from studio.domain.assets import Size
from studio.domain.capability import AccountField, Capability, ModelSpec, ProviderSpec, SizeList
from studio.domain.pricing import Money, PriceList, PriceRule, estimate
from studio.domain.request import FittedRequest

SMALL = Capability(size=SizeList(sizes=(Size.of(64, 64),)), n_max=2)
LARGE = Capability(size=SizeList(sizes=(Size.of(512, 512),)), n_max=8)
PRICED = PriceList(per_image=(PriceRule(amount=Decimal("0.5")),))
SPEC = ProviderSpec(
    id="maker",
    title="Maker",
    monogram="M",
    reference_page="maker.md",
    default_model="small",
    models=(
        ModelSpec(id="small", title="Small", capability=SMALL, prices=PRICED, in_picker=True),
        ModelSpec(id="large", title="Large", capability=LARGE, prices=PRICED),
    ),
)


def test_nothing_chosen_changes_nothing() -> None:
    assert as_chosen(SPEC, Settings()) == SPEC


def test_picker_follows_the_user() -> None:
    chosen = as_chosen(SPEC, Settings(models_in_picker={"maker/small": False, "maker/large": True, "maker/gone": True}))
    assert [(model.id, model.in_picker) for model in chosen.models] == [("small", False), ("large", True)]


def test_custom_model_takes_over_abilities_but_neither_price_nor_trust() -> None:
    custom = (
        CustomModel(provider="maker", id="large-next", like="large"),
        CustomModel(provider="maker", id="mystery", like="unheard-of", title="Mystery"),
        CustomModel(provider="maker", id="small", like="large"),
        CustomModel(provider="other", id="theirs", like="x"),
    )
    chosen = as_chosen(SPEC, Settings(custom_models=custom))
    assert [model.id for model in chosen.models] == ["small", "large", "large-next", "mystery"]
    added, mystery = chosen.models[2:]
    assert (added.capability, added.verified, added.in_picker, added.prices) == (LARGE, False, True, PriceList())
    assert (mystery.capability, mystery.title) == (SMALL, "Mystery")


def test_own_price_is_the_estimate_with_its_date_and_source() -> None:
    own = OwnPrice(per_image=Money(amount=Decimal("0.18"), currency="CNY"), as_of=date(2026, 9, 1))
    model = as_chosen(SPEC, Settings(own_prices={"maker/large": own})).model("large")
    assert model is not None
    price = estimate(FittedRequest(prompt="p", images_per_call=(3,)), model.prices, {})
    assert (str(price.typical), price.as_of, price.source) == ("¥0.54", date(2026, 9, 1), "typed in Preferences")


def test_price_is_that_of_the_accounts_region() -> None:
    home, away = PRICED.model_copy(update={"region": "home"}), PRICED.model_copy(update={"region": "away"})
    away = away.model_copy(update={"per_image": (PriceRule(amount=Decimal("0.7")),)})
    priced = SPEC.models[0].model_copy(update={"prices": home, "prices_elsewhere": (away,)})
    spec = SPEC.model_copy(
        update={
            "models": (priced, SPEC.models[1]),
            "account_fields": (AccountField(name="region", title="Region", default="home"),),
        }
    )
    accounts = (
        AccountSettings(),
        AccountSettings(id="far", fields={"region": "away"}),
        AccountSettings(id="farther", fields={"region": "moon"}),
    )
    settings = Settings(providers={"maker": ProviderSettings(accounts=accounts)})
    chosen = as_chosen(spec, settings)
    asked = [chosen.model_for("small", account) for account in ("default", "far", "farther")]
    assert [model.prices if model is not None else None for model in asked] == [home, away, PriceList()]
    assert [model.prices for model in chosen.models_for("farther")] == [PriceList(), PRICED]
    own = OwnPrice(per_image=Money(amount=Decimal("0.18")), as_of=date(2026, 9, 1))
    typed = as_chosen(spec, settings.model_copy(update={"own_prices": {"maker/small": own}})).model_for("small", "far")
    assert typed is not None
    assert typed.prices.source == "typed in Preferences", "the user's own price holds everywhere"
