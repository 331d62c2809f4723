"""What each card can be given: styles of the user, common sizes, the settings that the ticked models have."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from studio.domain.assets import Size, parse_size_wish
from studio.domain.choices import ChoiceValue
from studio.domain.fit_options import read_option
from studio.domain.sweep import SweepValue
from studio.ui.built_in import style_name
from studio.ui.sweep.cards import Offers
from studio.ui.sweep.draft import (
    Card,
    negative_value,
    option_value,
    read_seed,
    seed_value,
    size_value,
    style_value,
    words_value,
)
from studio.ui.translation import catalog_text, translate

if TYPE_CHECKING:
    from studio.bootstrap import Style
    from studio.domain.capability import ModelSpec, OptionSpec, ProviderSpec
    from studio.domain.request import Target

SIZES = ((1024, 1024), (896, 1120), (1120, 896), (1024, 1536), (1536, 1024), (1344, 756), (1920, 1080), (2048, 2048))


class SweepOffers:
    """Asked by the form whenever a card is shown. `specs` are the providers as the user sees them."""

    def __init__(self, specs: Iterable[ProviderSpec], styles: Sequence[Style]) -> None:
        self._specs: Mapping[str, ProviderSpec] = {spec.id: spec for spec in specs}
        self._styles = styles

    # ------------------------------------------------------------------------------------------------ models
    def spec(self, target: Target) -> ProviderSpec | None:
        return self._specs.get(target.provider)

    def model(self, target: Target) -> ModelSpec | None:
        spec = self.spec(target)
        return spec.model(target.model) if spec is not None else None

    def titles(self, targets: Sequence[Target]) -> dict[str, str]:
        """A model is called by its provider's name; by its own where a provider has several."""
        providers = [target.provider for target in targets]
        titles: dict[str, str] = {}
        for target in targets:
            spec = self.spec(target)
            alone = providers.count(target.provider) == 1 and spec is not None
            titles[target.key] = catalog_text(spec.title) if alone and spec is not None else target.model
        return titles

    def options(self, targets: Sequence[Target]) -> dict[str, OptionSpec]:
        """Every setting that one of the models has, by name."""
        found: dict[str, OptionSpec] = {}
        for target in targets:
            model = self.model(target)
            for option in model.capability.options if model is not None else ():
                found.setdefault(option.name, option)
        return found

    # ------------------------------------------------------------------------------------------------ cards
    def of(self, card: Card, targets: Sequence[Target]) -> Offers:
        match card.kind:
            case "words" | "negative words":
                if card.list_name:
                    return Offers()
                return Offers(read=_words, placeholder=translate("SweepOffers", "Words, Return adds them"))
            case "target":
                return Offers(monograms=self._monogram)
            case "seed":
                return Offers(read=_seed, placeholder=translate("SweepOffers", "A whole number"))
            case "style":
                none = translate("SweepOffers", "No style")
                named = [(style_name(style.name), style.words) for style in self._styles]
                menu = [(name, style_value(name, words)) for name, words in named]
                return Offers(menu=[(none, style_value(none, "")), *menu], read=_style, placeholder=none)
            case "size":
                automatic = translate("SweepOffers", "Automatic")
                sizes = [size_value(Size.of(*size)) for size in SIZES]
                menu = [(automatic, SweepValue(label=automatic, size="auto")), *((one.label, one) for one in sizes)]
                return Offers(menu=menu, read=_size, placeholder="1024 × 1536")
            case "negative":
                none = translate("SweepOffers", "No negative prompt")
                placeholder = translate("SweepOffers", "What must not be in the picture")
                return Offers(menu=[(none, negative_value("", none))], read=_negative, placeholder=placeholder)
            case _:
                return self._of_option(card, targets)

    def _of_option(self, card: Card, targets: Sequence[Target]) -> Offers:
        spec = self.options(targets).get(card.option or "")
        if spec is None:
            return Offers(title=card.option or "")

        def read(text: str) -> SweepValue | None:
            value = read_option(spec, text)
            return option_value(str(value), value) if value is not None else None

        placeholder = catalog_text(spec.title)
        menu: list[tuple[str, SweepValue]] = []
        if spec.kind == "boolean":
            on, off = translate("SweepOffers", "On"), translate("SweepOffers", "Off")
            menu = [(on, option_value(on, True)), (off, option_value(off, False))]
        for choice in spec.choices:
            words = catalog_text(choice.title) or str(choice.value)
            menu.append((words, option_value(words, choice.value)))
        return Offers(
            title=placeholder, menu=menu, read=None if menu else read, placeholder=_range_words(spec) or placeholder
        )

    def _monogram(self, value: SweepValue) -> str:
        spec = self.spec(value.target) if value.target is not None else None
        return spec.monogram if spec is not None else ""


def _range_words(spec: OptionSpec) -> str:
    if spec.minimum is None or spec.maximum is None:
        return ""
    return translate("SweepOffers", "{least} to {most}").format(least=f"{spec.minimum:g}", most=f"{spec.maximum:g}")


def _words(text: str) -> SweepValue:
    return words_value(ChoiceValue(text))


def _seed(text: str) -> SweepValue | None:
    seed = read_seed(text)
    return seed_value(seed) if seed is not None else None


def _style(text: str) -> SweepValue:
    return style_value(text if len(text) <= 40 else f"{text[:39]}…", text[:2_000])


def _size(text: str) -> SweepValue | None:
    try:
        size = parse_size_wish(text)
    except ValueError:
        return None
    return SweepValue(label=size, size=size) if isinstance(size, str) else size_value(size)


def _negative(text: str) -> SweepValue:
    return negative_value(text, "")
