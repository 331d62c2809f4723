"""Everything the user can choose, as one typed value. Keys are not in here: they live in the keyring."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from studio.domain.assets import ReferenceImage
from studio.domain.exporting import ContactSheet, ExportOptions
from studio.domain.pricing import Currency, Money
from studio.domain.request import Target
from studio.domain.suggestions import FALLBACK_ORDER
from studio.domain.values import Frozen, OptionValue

Language = Literal["system", "en", "zh_CN"]
Appearance = Literal["system", "light", "dark"]
KeySource = Literal["automatic", "environment", "keyring"]
"""automatic: session, then environment, then keyring. The others look at that one place (and the session)."""


class AccountSettings(Frozen):
    """One account at a provider. `fields` are values of `ProviderSpec.account_fields` that differ from the default."""

    id: Annotated[str, Field(min_length=1, max_length=60)] = "default"
    title: str = ""
    fields: dict[str, str] = Field(default_factory=dict)
    concurrent_requests: Annotated[int, Field(ge=1, le=64)] | None = None
    """Requests under way at once; None: what the provider's catalogue says."""
    daily_limit: Money | None = None
    enabled: bool = True
    key_source: KeySource = "automatic"


class ProviderSettings(Frozen):
    enabled: bool = True
    accounts: Annotated[tuple[AccountSettings, ...], Field(min_length=1)] = (AccountSettings(),)
    """The first one is used unless a target names another; it is the one that an environment variable's key is for."""


class CustomModel(Frozen):
    """A model string that the user typed; it behaves like a known model of the same provider, and is not verified."""

    provider: str
    id: Annotated[str, Field(min_length=1, max_length=200)]
    title: str = ""
    like: str
    """Id of the known model whose capability it takes over."""


class OwnPrice(Frozen):
    """A price that the user typed, in place of the catalogue's."""

    per_image: Money
    as_of: date


class Budget(Frozen):
    """Hard limits; None: no limit. Other currencies are converted with `ExchangeRates`."""

    per_day: Money | None = Money(amount=Decimal(20))
    per_run: Money | None = None


_USD_FOR_ONE: dict[Currency, Decimal] = {"USD": Decimal(1), "CNY": Decimal("0.14"), "EUR": Decimal("1.16")}


class ExchangeRates(Frozen):
    """US dollars for one unit of each currency, for adding up and for limits; a price is shown in its own currency."""

    as_of: date = date(2026, 11, 2)
    usd_for_one: dict[Currency, Annotated[Decimal, Field(gt=0)]] = Field(default_factory=lambda: dict(_USD_FOR_ONE))

    def to_usd(self, money: Money) -> Money | None:
        """None when there is no rate, as for a vendor's credits."""
        rate = self.usd_for_one.get(money.currency)
        return None if rate is None else Money(amount=money.amount * rate)


class Fallback(Frozen):
    """When a target fails for a reason that another could serve: offer the next one of `order`, or take it at once."""

    use: Literal["off", "offer", "take"] = "off"
    order: tuple[str, ...] = FALLBACK_ORDER
    """Provider ids (their default model) or ``provider/model``."""


class Style(Frozen):
    """A style by name; `words` are what is sent as `style`."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    words: Annotated[str, Field(min_length=1, max_length=2_000)]


class ExportPreset(Frozen):
    name: Annotated[str, Field(min_length=1, max_length=60)]
    options: ExportOptions


class Notifications(Frozen):
    """System notifications; they come only while the window is not the active one."""

    run_finished: bool = True
    job_failed: bool = True


STYLES = (
    Style(name="Editorial film", words="editorial photograph on 35 mm film, soft grain, natural light, muted colours"),
    Style(name="Product on white", words="studio product photograph, seamless white background, soft even light"),
    Style(name="Watercolour", words="loose watercolour on cold-pressed paper, visible pigment edges, white left bare"),
    Style(name="Flat vector", words="flat vector illustration, few solid colours, clean geometry, no gradients"),
    Style(name="Ink line", words="black ink line drawing on white paper, confident varied line, no shading"),
)

PRESETS = (
    ExportPreset(name="Originals", options=ExportOptions()),
    ExportPreset(
        name="Client review",
        options=ExportOptions(
            format="jpeg", folder_per_run=True, longest_edge_px=2048, metadata="strip", contact_sheet=ContactSheet()
        ),
    ),
    ExportPreset(name="Archive", options=ExportOptions(folder_per_run=True, sidecar=True)),
)

SCHEMA = 1
"""Raised with each change that older files need a step of `settings_store.MIGRATIONS` for."""


class Settings(Frozen):
    """All of it, with defaults; a missing field in the file means its default.

    Keys of `models_in_picker` and `own_prices` are ``provider/model`` as in `Target.key`."""

    language: Language = "system"
    appearance: Appearance = "system"
    text_scale_percent: Literal[100, 110, 125] = 100
    more_contrast: Literal["system", "on", "off"] = "system"
    workspace: str | None = None
    """Absolute folder; None: "Prompt Studio" in the user's Pictures folder."""
    recent_workspaces: Annotated[tuple[str, ...], Field(max_length=10)] = ()
    providers: dict[str, ProviderSettings] = Field(default_factory=dict)
    """By provider id; one that is not in here has the default settings."""
    provider_order: tuple[str, ...] = ()
    """Order of the columns in Runs; providers that are not named follow in the catalogue's order."""
    models_in_picker: dict[str, bool] = Field(default_factory=dict)
    """Only what differs from the catalogue's `in_picker`."""
    custom_models: tuple[CustomModel, ...] = ()
    own_prices: dict[str, OwnPrice] = Field(default_factory=dict)
    budget: Budget = Budget()
    exchange_rates: ExchangeRates = ExchangeRates()
    confirm_above_paid_calls: Annotated[int, Field(ge=0, le=100_000)] = 50
    """A sweep with more paid requests asks once more before it starts."""
    answer_from_cache: bool = True
    """A repeated request with a fixed seed answers from the library, free of charge."""
    fallback: Fallback = Fallback()
    styles: tuple[Style, ...] = STYLES
    export_presets: tuple[ExportPreset, ...] = PRESETS
    thumbnails_limit_mb: Annotated[int, Field(ge=100, le=1_000_000)] = 2_000
    """Room for small pictures in the cache, in millions of bytes; those not used for longest are removed first."""
    last_export_preset: str = "Originals"
    last_export_folder: str | None = None
    notifications: Notifications = Notifications()
    shortcuts: dict[str, str] = Field(default_factory=dict)
    """Only what differs from the window's own table: action id -> key sequence, empty for none."""
    single_key_shortcuts: bool = True
    """Keys without Ctrl in gallery and Compare (0 to 5, R, V, ...)."""

    def provider(self, provider: str) -> ProviderSettings:
        return self.providers.get(provider, _DEFAULT_PROVIDER)

    def account(self, provider: str, account: str) -> AccountSettings | None:
        return next((one for one in self.provider(provider).accounts if one.id == account), None)

    def with_account(self, provider: str, account: AccountSettings) -> Settings:
        """The same settings with this account added, or in place of the one with its id."""
        before = self.provider(provider)
        known = any(one.id == account.id for one in before.accounts)
        accounts = tuple(account if one.id == account.id else one for one in before.accounts)
        after = before.model_copy(update={"accounts": accounts if known else (*accounts, account)})
        return self.model_copy(update={"providers": {**self.providers, provider: after}})


_DEFAULT_PROVIDER = ProviderSettings()


class ComposerState(Frozen):
    """What the composer held when the program was closed; kept in a file of its own, since it changes all the time."""

    prompt: str = ""
    negative_prompt: str = ""
    size: str = "1024x1024"
    aspect_ratio: str = ""
    style: str = ""
    seed: int | None = None
    seed_locked: bool = False
    n: int = 1
    reference_image: tuple[ReferenceImage, ...] = ()
    targets: tuple[Target, ...] = ()
    """The ticked ones, in order."""
    options: dict[str, dict[str, OptionValue]] = Field(default_factory=dict)
    """Of every model the user has set options for, ticked or not, by `Target.key`."""
