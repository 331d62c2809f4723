"""The catalogue as this user sees it: own models, own prices, own choice for the picker."""

from __future__ import annotations

from studio.config.settings import CustomModel, OwnPrice, Settings
from studio.domain.capability import ModelSpec, ProviderSpec
from studio.domain.pricing import PriceList, PriceRule


def as_chosen(spec: ProviderSpec, settings: Settings) -> ProviderSpec:
    """`spec` with the user's additions. A custom model whose `like` is unknown takes over the default model."""
    models = [*spec.models]
    known = {model.id for model in models}
    for custom in settings.custom_models:
        if custom.provider == spec.id and custom.id not in known:
            models.append(_custom_model(spec, custom))
            known.add(custom.id)
    changes = {
        "models": tuple(_adapted(spec.id, model, settings) for model in models),
        "account_regions": _regions(spec, settings),
    }
    return spec.model_copy(update=changes)


def _regions(spec: ProviderSpec, settings: Settings) -> dict[str, str]:
    if not spec.default_region:
        return {}
    accounts = settings.provider(spec.id).accounts
    return {account.id: account.fields.get("region") or spec.default_region for account in accounts}


def _custom_model(spec: ProviderSpec, custom: CustomModel) -> ModelSpec:
    like = spec.model(custom.like) or spec.model(spec.default_model) or spec.models[0]
    return ModelSpec(
        id=custom.id,
        title=custom.title or custom.id,
        verified=False,
        in_picker=True,
        capability=like.capability,
        # Nobody has published what a model that we do not know costs.
        prices=PriceList(),
    )


def _adapted(provider: str, model: ModelSpec, settings: Settings) -> ModelSpec:
    key = f"{provider}/{model.id}"
    changes: dict[str, object] = {}
    if key in settings.models_in_picker:
        changes["in_picker"] = settings.models_in_picker[key]
    if key in settings.own_prices:
        changes |= {"prices": _price_list(settings.own_prices[key]), "prices_elsewhere": ()}
    return model.model_copy(update=changes) if changes else model


def _price_list(own: OwnPrice) -> PriceList:
    price = own.per_image
    return PriceList(
        currency=price.currency,
        free=price.amount == 0,
        per_image=(PriceRule(amount=price.amount),),
        as_of=own.as_of,
        source="typed in Preferences",
    )
