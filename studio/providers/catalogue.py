"""The catalogue files: what vendors offer, as data. One TOML file for each provider.

``[provider]`` holds the fields of `domain.capability.ProviderSpec`. ``[options.NAME]`` describes an option once for
several models. ``[families.NAME]`` holds the fields of `domain.capability.Capability` that models share, and
``prices``. ``[[models]]`` names its ``family`` and overrides in ``capability`` and ``prices`` what is different.

How a family or a model overrides: a plain value replaces; ``size`` replaces when it names its ``kind``, else its fields
do; ``shared_options = ["NAME"]`` and ``[[options]]`` add to the options of the base or replace the one of that name
(a shared option may stand under another NAME than its ``name``); ``without_options = ["name"]`` takes away. A family
may build on another: ``based_on = "NAME"``. A model of which no price is known says ``without_prices = true``.
``prices`` may hold for one ``region`` of accounts; ``[[...prices_elsewhere]]`` names those of others, as a whole."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from studio.domain.capability import Capability, ModelSpec, OptionSpec, ProviderSpec
from studio.domain.pricing import PriceList

Table = dict[str, Any]
Built = TypeVar("Built", bound=BaseModel)

PRICE_FACTS = frozenset({"size", "size_class", "orientation", "references"})
"""What a price may depend on besides options (`domain.pricing.PriceRule`)."""


class CatalogueError(ValueError):
    """A catalogue file that cannot be used: names the file, the key and what is wrong."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        super().__init__(f"{file}: {key}: {reason}")
        self.file = file
        self.key = key
        self.reason = reason


def load_catalogue(folder: Path) -> dict[str, ProviderSpec]:
    """All providers of a folder by id, in the order of file names. Raises CatalogueError."""
    found: dict[str, ProviderSpec] = {}
    for path in sorted(folder.glob("*.toml")):
        spec = read_provider(path)
        if spec.id in found:
            raise CatalogueError(path.name, "provider.id", f"{spec.id!r} is in another file too")
        found[spec.id] = spec
    return found


def read_provider(path: Path) -> ProviderSpec:
    """One catalogue file. Raises CatalogueError."""
    try:
        # Money stays exact; everything else becomes a float again in `_Reader`.
        content = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CatalogueError(path.name, "file", str(error)) from error
    return _Reader(path.name, content).provider()


class _Reader:
    def __init__(self, file: str, content: Table) -> None:
        self._file = file
        unknown = set(content) - {"provider", "options", "families", "models"}
        for key in sorted(unknown):
            raise self._error(key, "is not a table of a catalogue")
        self._provider: Table = content.get("provider", {})
        self._options: Table = content.get("options", {})
        self._families: Table = content.get("families", {})
        self._models: list[Table] = content.get("models", [])

    def _error(self, key: str, reason: str) -> CatalogueError:
        return CatalogueError(self._file, key, reason)

    def provider(self) -> ProviderSpec:
        models = tuple(self._model(position, table) for position, table in enumerate(self._models))
        spec = self._built(ProviderSpec, {**_floats(self._provider), "models": models}, "provider")
        self._check_references(spec)
        return spec

    def _built(self, kind: type[Built], fields: Table, key: str) -> Built:
        try:
            return kind.model_validate(fields)
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(str(part) for part in (key, *first["loc"]))
            raise self._error(place, first["msg"]) from error

    # ------------------------------------------------------------------------------------------------ models

    def _model(self, position: int, table: Table) -> ModelSpec:
        key = f"models.{table.get('id', position)}"
        table = dict(table)
        family = table.pop("family", None)
        base = self._family(family, key, ()) if family is not None else {}
        merged = self._merged(base, table.pop("capability", {}), f"{key}.capability")
        inherited = merged.pop("prices", {})
        elsewhere = table.pop("prices_elsewhere", merged.pop("prices_elsewhere", []))
        if table.pop("without_prices", False):
            inherited, elsewhere = {}, []
        prices = {**inherited, **table.pop("prices", {})}
        options = tuple(
            self._built(OptionSpec, option, f"{key}.options.{option['name']}") for option in merged.pop("options", [])
        )
        capability = self._built(Capability, {**_floats(merged), "options": options}, f"{key}.capability")
        fields = {
            **_floats(table),
            "capability": capability,
            "prices": self._built(PriceList, prices, f"{key}.prices"),
            "prices_elsewhere": [self._elsewhere(prices, one, f"{key}.prices_elsewhere") for one in elsewhere],
        }
        model = self._built(ModelSpec, fields, key)
        for reason in (*_option_faults(capability), *_price_faults(model)):
            raise self._error(key, reason)
        return model

    def _elsewhere(self, prices: Table, table: Table, key: str) -> PriceList:
        """The prices of another region: in the same currency and of the same day, unless it says otherwise."""
        shared: Table = {name: prices[name] for name in ("currency", "as_of") if name in prices}
        return self._built(PriceList, {**shared, **table}, key)

    def _family(self, name: str, asked_by: str, seen: tuple[str, ...]) -> Table:
        if name not in self._families or name in seen:
            raise self._error(asked_by, f"there is no family {name!r}" if name not in seen else "families in a circle")
        key = f"families.{name}"
        table = dict(self._families[name])
        base_name = table.pop("based_on", None)
        base = self._family(base_name, key, (*seen, name)) if base_name is not None else {}
        return self._merged(base, table, key)

    def _merged(self, base: Table, over: Table, key: str) -> Table:
        over = dict(over)
        options = {option["name"]: option for option in base.get("options", [])}
        for name in over.pop("without_options", []):
            if options.pop(name, None) is None:
                raise self._error(key, f"there is no option {name!r} to take away")
        for name in over.pop("shared_options", []):
            if name not in self._options:
                raise self._error(key, f"there is no shared option {name!r}")
            shared = {"name": name, **self._options[name]}
            options[shared["name"]] = _floats(shared)
        for option in over.pop("options", []):
            if "name" not in option:
                raise self._error(key, "an option without a name")
            options[option["name"]] = _floats(option)
        merged = {**base, **over, "options": list(options.values())}
        if "size" in base and "size" in over and "kind" not in over["size"]:
            merged["size"] = {**base["size"], **over["size"]}
        if "prices" in base and "prices" in over:
            merged["prices"] = {**base["prices"], **over["prices"]}
        return merged

    # ------------------------------------------------------------------------------------------------ references

    def _check_references(self, spec: ProviderSpec) -> None:
        ids = [model.id for model in spec.models]
        for model_id in ids:
            if ids.count(model_id) > 1:
                raise self._error(f"models.{model_id}", "stands twice")
        if spec.default_model not in ids:
            raise self._error("provider.default_model", f"there is no model {spec.default_model!r}")
        for model in spec.models:
            if model.replacement is not None and model.replacement not in ids:
                raise self._error(f"models.{model.id}.replacement", f"there is no model {model.replacement!r}")
        used = {name for table in self._tables() for name in table.get("shared_options", [])}
        for name in sorted(set(self._options) - used):
            raise self._error(f"options.{name}", "no model uses it")

    def _tables(self) -> Iterator[Table]:
        yield from self._families.values()
        yield from (model.get("capability", {}) for model in self._models)


def _option_faults(capability: Capability) -> Iterator[str]:
    """What cannot be right about the options of a model."""
    known = {option.name for option in capability.options}
    for option in capability.options:
        values = [choice.value for choice in option.choices]
        if option.kind == "choice" and not values:
            yield f"option {option.name} has no choices"
        if option.kind == "choice" and option.default is not None and option.default not in values:
            yield f"option {option.name}: {option.default!r} is not one of its choices"
        if option.always_send and option.default is None:
            yield f"option {option.name} is always sent but has no default"
        for condition in option.only_when:
            if condition.option not in known | {"references"}:
                yield f"option {option.name} depends on {condition.option}, which is no option of this model"
            if not condition.reason:
                yield f"option {option.name} does not say why it depends on {condition.option}"
    for limit in capability.n_limits:
        if limit.option not in known:
            yield f"n_limits depends on {limit.option}, which is no option of this model"


def _price_faults(model: ModelSpec) -> Iterator[str]:
    known = {option.name for option in model.capability.options} | PRICE_FACTS
    for prices in (model.prices, *model.prices_elsewhere):
        for rule in (*prices.per_image, *prices.typical_image_tokens):
            for fact in rule.when:
                if fact not in known:
                    yield f"a price depends on {fact}, which is no option of this model"
        costs = bool(prices.per_image or prices.tokens or prices.typical_image_tokens)
        if costs and (prices.as_of is None or not prices.source):
            yield "a price needs as_of and source"
    if model.prices_elsewhere and not (model.prices.region and all(one.region for one in model.prices_elsewhere)):
        yield "prices for several regions name the region of each"


def _floats(value: Any) -> Any:
    """Decimal to float, all the way down, and keys as keyword arguments need them."""
    match value:
        case Decimal():
            return float(value)
        case Mapping():
            return {key: _floats(entry) for key, entry in value.items()}
        case list():
            return [_floats(entry) for entry in value]
        case _:
            return value
