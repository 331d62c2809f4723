"""The pages in `references/` say what the catalogue says: exact strings, end dates, sizes, options, prices."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from studio.domain.capability import ModelSpec, OptionSpec, ProviderSpec, SizeFree, SizeList, SizeRatio
from studio.providers import PROVIDERS
from studio.providers.catalogue import load_catalogue

CATALOGUE = load_catalogue(Path(__file__).resolve().parents[3] / "resources" / "catalog")
PROVIDER_IDS = [provider.id for provider in PROVIDERS]

Row = Mapping[str, str]


def tables(page: str) -> list[list[Row]]:
    """The Markdown tables of a page; a row maps the words of its column heads to its cells."""
    found: list[list[Row]] = []
    heads: list[str] = []
    for line in page.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.startswith("|") else []
        if not cells:
            heads = []
        elif not heads:
            heads = cells
            found.append([])
        elif not all(set(cell) <= set("-: ") for cell in cells):
            found[-1].append(dict(zip(heads, cells, strict=True)))
    return found


def table_with(page: str, *heads: str) -> list[Row]:
    return next(rows for rows in tables(page) if rows and set(heads) <= set(rows[0]))


def code_in(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


@pytest.fixture
def spec(request: pytest.FixtureRequest) -> ProviderSpec:
    return CATALOGUE[request.param]


@pytest.fixture
def page(spec: ProviderSpec, project: Path) -> str:
    return (project / "references" / spec.reference_page).read_text(encoding="utf-8")


every_provider = pytest.mark.parametrize("spec", PROVIDER_IDS, indirect=True)
openai = pytest.mark.parametrize("spec", ["openai"], indirect=True)


@every_provider
def test_a_page_names_exactly_the_models_of_the_catalogue(spec: ProviderSpec, page: str) -> None:
    named = [code_in(row["model"])[0] for row in table_with(page, "model")]

    assert named == [model.id for model in spec.models]


@every_provider
def test_a_page_explains_every_option_that_can_be_set(spec: ProviderSpec, page: str) -> None:
    for model in spec.models:
        for option in model.capability.options:
            words = page.lower()
            assert f"`{option.name}`" in words or option.title.lower() in words, f"{model.id}: {option.name}"


@every_provider
def test_a_page_names_the_environment_variable_and_the_place_of_the_key(spec: ProviderSpec, page: str) -> None:
    for variable in spec.key_environment:
        assert f"`{variable}`" in page
    assert spec.key_url in page


# ---------------------------------------------------------------------------------------------------- OpenAI


@openai
def test_states_and_replacements(spec: ProviderSpec, page: str) -> None:
    for row, model in zip(table_with(page, "model", "state"), spec.models, strict=True):
        if model.ends_on is None:
            assert row["state"] == "live"
        else:
            assert re.fullmatch(rf"(ends|ended) {model.ends_on.isoformat()}", row["state"])
            assert f"use `{model.replacement}`" in row["remarks"]


@openai
def test_sizes(spec: ProviderSpec, page: str) -> None:
    shown = dict(re.findall(r"(?<=\| )(\d+:\d+) \| (\d+x\d+)(?= \|)", page))
    for model in live(spec):
        rule = model.capability.size
        if isinstance(rule, SizeFree):
            assert {ratio: str(size) for ratio, size in rule.ratio_sizes.items()} == shown
            for figure in (rule.multiple_px, rule.edge_max_px, rule.area_min_px, rule.area_max_px):
                assert re.search(rf"\b{figure}\b", page)
            assert f"{rule.experimental_above_px} pixels" in page
        else:
            assert isinstance(rule, SizeList)
            assert ", ".join(str(size) for size in rule.sizes[:-1]) + f" and {rule.sizes[-1]} only" in page


def live(spec: ProviderSpec) -> list[ModelSpec]:
    return [model for model in spec.models if model.capability.options]


@openai
def test_options(spec: ProviderSpec, page: str) -> None:
    rows = {code_in(row["option"])[0]: row for row in table_with(page, "option", "values")}
    options: dict[str, list[OptionSpec]] = {}
    for model in live(spec):
        for option in model.capability.options:
            options.setdefault(option.name, []).append(option)

    assert set(rows) == set(options)
    for name, variants in options.items():
        values = rows[name]["values"]
        for option in variants:
            if option.kind == "choice":
                assert all(re.search(rf"\b{choice.value}\b", values) for choice in option.choices), name
            elif option.kind == "integer":
                assert values.startswith(f"{int(option.minimum or 0)} to {int(option.maximum or 0)}"), name
        in_all = len(variants) == len(live(spec))
        assert (rows[name]["models"] == "all") == in_all, name


@openai
def test_limits(spec: ProviderSpec, page: str) -> None:
    for model in live(spec):
        capability = model.capability
        assert f"up to {capability.prompt_max} characters" in page
        assert f"up to {capability.n_max} in one request" in page
        assert f"up to {capability.references_max} PNG, JPEG or WebP files" in page
        assert f"at most {(capability.reference_max_bytes or 0) // 1_000_000} MB" in page


@openai
def test_prices(spec: ProviderSpec, page: str) -> None:
    rows = re.findall(r"^\| `([^`]+)` \| ([\d., ]+) \| ([\d., ]+) \|$", page, re.MULTILINE)

    assert len(rows) == 3
    for model_id, square, other in rows:
        model = spec.model(model_id)
        assert model is not None
        for shown, size in ((square, "1024x1024"), (other, "1536x1024")):
            listed = [rule.amount for rule in model.prices.per_image if size in rule.when.get("size", ())]
            assert shown == ", ".join(f"{amount:.3f}" for amount in listed)
        assert model.prices.as_of is not None
        assert f"Read on {model.prices.as_of.isoformat()}" in page


# ---------------------------------------------------------------------------------------------------- Gemini

gemini = pytest.mark.parametrize("spec", ["gemini"], indirect=True)


@gemini
def test_ends_of_gemini(spec: ProviderSpec, page: str) -> None:
    for row, model in zip(table_with(page, "model", "state"), spec.models, strict=True):
        ended = f"ended {model.ends_on}" if model.ends_on else "live"
        assert row["state"] == ended
        assert model.replacement is None or f"use `{model.replacement}`" in row["remarks"]


@gemini
def test_pixels_of_gemini(spec: ProviderSpec, page: str) -> None:
    rows = table_with(page, "ratio", "size")
    shown = {row["ratio"]: row["size"] for row in rows}
    shown_first = {row["ratio"]: row["on `gemini-2.5-flash-image`"] for row in rows}
    for model in live(spec):
        rule = model.capability.size
        if not isinstance(rule, SizeRatio) or model.ends_on is not None:
            continue
        for name, factor in (("", 1.0), ("0.5K", 0.5), ("1K", 1.0), ("2K", 2.0), ("4K", 4.0)):
            for ratio, size in rule.table.get(name, {}).items():
                plain = (shown if name else shown_first)[ratio]
                assert str(size) == "x".join(str(int(int(edge) * factor)) for edge in plain.split("x"))


@gemini
def test_prices_of_gemini(spec: ProviderSpec, page: str) -> None:
    priced = [model for model in spec.models if model.prices.per_image]
    rows = table_with(page, "model", "1K", "4K")
    assert [code_in(row["model"])[0] for row in rows] == [model.id for model in priced]
    for row, model in zip(rows, priced, strict=True):
        for name in ("0.5K", "1K", "2K", "4K"):
            rules = [rule for rule in model.prices.per_image if name in rule.when.get("size_class", ("1K",))]
            assert row[name] == "".join(f"{rule.amount}" for rule in rules), f"{model.id} {name}"
        assert f"Read on {model.prices.as_of}" in page


# ---------------------------------------------------------------------------------------------------- AceDataCloud


@pytest.mark.parametrize("spec", ["acedata"], indirect=True)
def test_presets_of_acedata(spec: ProviderSpec, page: str) -> None:
    shown = {row["class"]: row["sizes"].split(", ") for row in table_with(page, "class", "sizes")}
    for model in spec.models:
        rule = model.capability.size
        if isinstance(rule, SizeFree):
            assert {name: [str(size) for size in sizes.values()] for name, sizes in rule.class_sizes.items()} == shown
            for figure in (rule.multiple_px, rule.edge_max_px, rule.area_min_px, rule.area_max_px):
                assert re.search(rf"\b{figure}\b", page)
        elif isinstance(rule, SizeList):
            assert ", ".join(str(size) for size in rule.sizes[:-1]) + f" and {rule.sizes[-1]}" in " ".join(page.split())
        assert model.prices.per_image == (), "the page says that no price is known"
