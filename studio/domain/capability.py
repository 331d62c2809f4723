"""What a model can do, as data from `resources/catalog/*.toml`: form, fitting and price follow from it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from studio.domain.assets import AspectRatio, MediaType, Size, SizeName
from studio.domain.pricing import PriceList
from studio.domain.values import Frozen, OptionValue

Support = Literal["native", "emulated", "ignored"]
"""native: a field of the API. emulated: we bring it about in another way. ignored: cannot be had; the user is told."""

WARN_DAYS_BEFORE_END = 60


class SizeList(Frozen):
    """The model draws these sizes only."""

    kind: Literal["list"] = "list"
    sizes: tuple[Size, ...]
    takes_auto: bool = False


class SizeFree(Frozen):
    """Any WxH under rules. Edges and areas in pixels; `ratio_max` is long edge through short edge."""

    kind: Literal["free"] = "free"
    multiple_px: int = 1
    edge_min_px: int = 1
    edge_max_px: int = 16_384
    area_min_px: int = 1
    area_max_px: int = 268_435_456
    ratio_max: float = 16.0
    takes_auto: bool = False
    size_names: tuple[SizeName, ...] = ()
    """Classes such as 2K that the model takes in place of pixels."""
    ratio_sizes: dict[str, Size] = Field(default_factory=dict)
    """Exact sizes for common ratios, ``{"16:9": "1536x864"}``; other ratios are solved for the area of 1:1. A size of
    this table is allowed even where it breaks the rules: some vendors' own tables do."""
    class_sizes: dict[str, dict[str, Size]] = Field(default_factory=dict)
    """Exact sizes for a class and a ratio, ``{"2K": {"16:9": "2048x1152"}}``; others are solved by area."""
    solved_multiple_px: int | None = None
    """Edges that we work out ourselves are multiples of this, where the user's own need only be of `multiple_px`."""
    auto_follows_reference: bool = False
    """With reference images, the automatic size has the shape of the last one."""
    area_max_with_references_px: int | None = None
    experimental_above_px: int | None = None


class SizeRatio(Frozen):
    """The model takes a ratio, and perhaps a class of size, but no pixels."""

    kind: Literal["ratio"] = "ratio"
    ratios: tuple[AspectRatio, ...] = ()
    """Empty: any ratio of whole numbers up to `ratio_max`."""
    ratio_max: float = 16.0
    size_names: tuple[SizeName, ...] = ()
    default_size_name: SizeName | None = None
    takes_auto: bool = True
    table: dict[str, dict[str, Size]] = Field(default_factory=dict)
    """Pixels to expect, by size name ("" when there is none) and ratio: ``{"1K": {"16:9": "1376x768"}}``."""


class SizeOwn(Frozen):
    """No size can be asked for: the model follows its input image, or decides alone."""

    kind: Literal["own"] = "own"


SizeRule = Annotated[SizeList | SizeFree | SizeRatio | SizeOwn, Field(discriminator="kind")]


class Choice(Frozen):
    value: OptionValue
    title: str = ""


class Condition(Frozen):
    """An option holds only while another has one of `values`; `reason` says so beside the disabled control."""

    option: str
    """Name of an option, or ``references`` (with the values none and some)."""
    values: tuple[OptionValue, ...]
    reason: str = ""


class OptionSpec(Frozen):
    """One setting that only this provider has. The form, the command line and the request body follow from it."""

    name: str
    kind: Literal["choice", "integer", "number", "boolean", "text"]
    title: str
    help: str = ""
    choices: tuple[Choice, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    default: OptionValue | None = None
    """What the provider does when nothing is sent, or what the studio sends when `always_send`."""
    always_send: bool = False
    """Sent even when the user left it alone: the provider's own default costs money or may move."""
    only_when: tuple[Condition, ...] = ()
    wire_name: str | None = None
    """Field name on the wire, when it is not `name`."""


class CountLimit(Frozen):
    """Fewer images of one paid request while an option has one of `values`."""

    option: str
    values: tuple[OptionValue, ...]
    n_max: int


class Capability(Frozen):
    """One model's abilities. Lengths in characters, times in seconds, file sizes in bytes."""

    route: str = ""
    """Which of a vendor's ways its requests take, in the adapter's own word; "" where there is one way only."""
    prompt: Support = "native"
    prompt_max: int | None = None
    prompt_tokens_max: int | None = None
    """Longer prompts are cut by the vendor. Nobody can count his tokens beforehand: above as many characters the user
    is warned."""
    negative_prompt: Support = "ignored"
    negative_prompt_max: int | None = None
    style: Support = "emulated"
    size: SizeRule
    aspect_ratio: Support = "emulated"
    seed: Support = "ignored"
    seed_min: int = 0
    seed_max: int = 4_294_967_295
    n_max: int = 1
    """Most images of one paid request."""
    n_max_with_partials: int | None = None
    """Most images of one paid request while partial images are asked for; None: the same as `n_max`."""
    n_limits: tuple[CountLimit, ...] = ()
    references_and_images_max: int | None = None
    """Reference images and images made, of one paid request together."""
    n_fixed: int | None = None
    """A request always makes so many, whatever was asked (Midjourney: 4)."""
    reference_image: Support = "ignored"
    references_min: int = 0
    references_max: int = 0
    references_sure: int | None = None
    """More are sent with a warning: the vendor's own pages disagree about them."""
    reference_formats: tuple[MediaType, ...] = ("image/png", "image/jpeg", "image/webp")
    reference_max_bytes: int | None = None
    reference_edge_min_px: int = 1
    reference_edge_max_px: int | None = None
    reference_ratio_max: float | None = None
    """Long edge through short edge."""
    reference_alpha: bool = True
    """False: images with an alpha channel are refused."""
    partial_images_max: int = 0
    reports_progress: bool = False
    recoverable: bool = False
    """A task can be asked for again after a crash (there is a ticket)."""
    cancellable: bool = False
    typical_s: tuple[float, float] = (10, 60)
    deadline_s: float = 600
    requests_per_minute: float | None = None
    concurrent_requests: int | None = None
    options: tuple[OptionSpec, ...] = ()

    def option(self, name: str) -> OptionSpec | None:
        return next((option for option in self.options if option.name == name), None)

    @property
    def unsent_defaults(self) -> dict[str, OptionValue]:
        """What holds for options that a fitted request does not name. One that is always sent is missing from it only
        when it does not apply, so its default holds for nothing."""
        options = (option for option in self.options if not option.always_send)
        return {option.name: option.default for option in options if option.default is not None}

    @property
    def option_defaults(self) -> dict[str, OptionValue]:
        return {option.name: option.default for option in self.options if option.default is not None}


ModelStatus = Literal["live", "ending", "ended"]


class ModelSpec(Frozen):
    """One exact model string and what is known of it."""

    id: str
    """The exact string that goes on the wire."""
    title: str
    ends_on: date | None = None
    replacement: str | None = None
    verified: bool = True
    """False for a string the user added himself: shown as "not verified"."""
    in_picker: bool = False
    """Offered in the picker from the start; the others wait behind "other models"."""
    unconfirmed: str = ""
    """What no first-hand source confirms, in words."""
    capability: Capability
    prices: PriceList = PriceList()
    prices_elsewhere: tuple[PriceList, ...] = ()
    """Of further regions. A region that no list names has no known price."""

    def in_region(self, region: str) -> ModelSpec:
        """As an account of this region sees it: with its prices, or with none where nobody has published them."""
        if self.prices.region in ("", region):
            return self
        found = next((prices for prices in self.prices_elsewhere if prices.region == region), PriceList())
        return self.model_copy(update={"prices": found})

    def status(self, today: date) -> ModelStatus:
        """ended from the end date on; ending while an end date is known and still to come."""
        if self.ends_on is None:
            return "live"
        return "ended" if self.ends_on <= today else "ending"

    def ends_soon(self, today: date) -> bool:
        return self.ends_on is not None and today < self.ends_on <= today + timedelta(days=WARN_DAYS_BEFORE_END)


class AccountField(Frozen):
    """One field of an account besides the key: base URL, region, organization, ..."""

    name: str
    title: str
    kind: Literal["text", "url", "choice"] = "text"
    choices: tuple[Choice, ...] = ()
    default: str = ""
    help: str = ""


class ProviderSpec(Frozen):
    """A vendor as data: words, addresses, account fields and models."""

    id: str
    title: str
    company: str = ""
    monogram: Annotated[str, Field(min_length=1, max_length=1)]
    needs_key: bool = True
    key_environment: tuple[str, ...] = ()
    """The vendor's usual environment variables for the key, first one found wins."""
    key_url: str = ""
    top_up_url: str = ""
    usage_url: str = ""
    terms_notice: str = ""
    account_fields: tuple[AccountField, ...] = ()
    concurrent_requests: int = 4
    """Requests of one account under way at once, unless the account says otherwise."""
    can_list_models: bool = False
    reference_page: str
    """File name in `references/`."""
    default_model: str
    models: tuple[ModelSpec, ...]

    account_regions: dict[str, str] = Field(default_factory=dict)
    """The region of each account of the user, where the provider has any."""

    def model(self, model_id: str) -> ModelSpec | None:
        return next((model for model in self.models if model.id == model_id), None)

    def model_for(self, model_id: str, account: str) -> ModelSpec | None:
        """The model with the prices that hold for this account."""
        model, region = self.model(model_id), self.account_regions.get(account, self.default_region)
        return model.in_region(region) if model is not None else None

    def models_for(self, account: str) -> tuple[ModelSpec, ...]:
        """All models with the prices that hold for this account."""
        region = self.account_regions.get(account, self.default_region)
        return tuple(model.in_region(region) for model in self.models)

    @property
    def default_region(self) -> str:
        return next((field.default for field in self.account_fields if field.name == "region"), "")
