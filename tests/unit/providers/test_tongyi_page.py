"""The page on Alibaba Tongyi says what its catalogue says, figure by figure."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from studio.domain.capability import ModelSpec, OptionSpec, SizeFree, SizeList, SizeOwn
from studio.domain.pricing import PriceList
from tests.unit.providers.test_reference_pages import CATALOGUE, code_in, table_with

SPEC = CATALOGUE["tongyi"]

GROUPS: dict[str, tuple[str, ...]] = {
    "Qwen-Image 3.0 and 2.0": ("qwen-image-3.0", "qwen-image-2.0"),
    "Qwen-Image 3.0": ("qwen-image-3.0",),
    "Wan 2.2, 2.1 and 2.0": ("wan2.2", "wan2.1", "wanx2.1-t2i", "wanx2.0"),
    "Wan 2.7": ("wan2.7",),
}
"""Names of the page for several models, and how these begin."""


@pytest.fixture(scope="module")
def page(project: Path) -> str:
    return (project / "references" / SPEC.reference_page).read_text(encoding="utf-8")


def models_in(cell: str) -> list[ModelSpec]:
    """The models that a cell speaks of: by their strings, or by the names of groups."""
    named = {model.id: model for model in SPEC.models if model.id in code_in(cell)}
    assert len(named) == len(code_in(cell)), f"{cell} names what is not in the catalogue"
    for group, beginnings in GROUPS.items():
        if re.search(rf"{re.escape(group)}(?!\.| and)", cell):
            named |= {model.id: model for model in SPEC.models if model.id.startswith(beginnings)}
    return list(named.values())


def numbers(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"(?<![\dx.])\d+(?![\dx.])", text)]


def test_way_images_and_references(page: str) -> None:
    for row in table_with(page, "model", "state", "way"):
        (model,) = models_in(row["model"])
        capability = model.capability
        assert row["state"] == "live"
        assert model.ends_on is None
        assert row["way"] == ("at once" if capability.route == "messages" else "task"), model.id
        assert int(row["images of one request"]) == capability.n_max, model.id
        low, high = capability.references_min, capability.references_max
        words = "none" if not high else f"up to {high}" if not low else str(high) if low == high else f"{low} to {high}"
        assert row["reference images"] == words, model.id
        assert ("2 requests a minute" in row["remarks"] or "sends 2 a minute" in row["remarks"]) == (
            capability.requests_per_minute == 2
        ), model.id


def test_every_model_has_one_row_of_sizes_and_it_is_right(page: str) -> None:
    seen: list[str] = []
    for row in table_with(page, "models", "sizes"):
        for model in models_in(row["models"]):
            seen.append(model.id)
            sizes, without, rule = row["sizes"], row["without a size"], model.capability.size
            match rule:
                case SizeOwn():
                    assert (sizes, without) == ("their own", "their own")
                case SizeList():
                    assert sizes.split(", ") == [str(size) for size in rule.sizes]
                    assert without == str(rule.sizes[0])
                case SizeFree():
                    in_edges = sizes.startswith("edges")
                    shown = (rule.edge_min_px, rule.edge_max_px) if in_edges else (rule.area_min_px, rule.area_max_px)
                    assert tuple(numbers(sizes)[:2]) == shown, model.id
                    assert in_edges or f"up to {rule.ratio_max:g}:1" in sizes, model.id
                    assert ("multiples of 16" in sizes) == (rule.multiple_px == 16), model.id
                    assert all(name in sizes for name in rule.size_names), model.id
                    follows = without == "shape of the last reference"
                    assert follows or without == str(rule.ratio_sizes["1:1"]), model.id
                    assert not follows or (rule.auto_follows_reference and model.capability.references_min), model.id
                case _:
                    pytest.fail(f"{model.id}: sizes of a kind that the page does not know")
    assert sorted(seen) == sorted(model.id for model in SPEC.models)


def test_common_ratios(page: str) -> None:
    for row in table_with(page, "ratio"):
        for heads, size in row.items():
            for model in models_in(heads) if heads != "ratio" else []:
                assert isinstance(model.capability.size, SizeFree)
                assert str(model.capability.size.ratio_sizes[row["ratio"]]) == size, model.id


def test_classes_of_wan(page: str) -> None:
    pro, usual = (SPEC.model(name) for name in ("wan2.7-image-pro", "wan2.7-image"))
    assert pro is not None
    assert usual is not None
    assert isinstance(pro.capability.size, SizeFree)
    assert isinstance(usual.capability.size, SizeFree)
    shown = {row.pop("class"): row for row in map(dict, table_with(page, "class"))}
    listed = {
        name: {ratio: str(size) for ratio, size in sizes.items()}
        for name, sizes in pro.capability.size.class_sizes.items()
    }
    above = {ratio: str(size) for ratio, size in usual.capability.size.ratio_sizes.items()}
    assert listed == {**shown, "2K": above}
    assert set(usual.capability.size.class_sizes) == set(usual.capability.size.size_names) == {"1K", "2K"}


def test_prices(page: str) -> None:
    seen: set[str] = set()
    for row in table_with(page, "model", "Beijing"):
        for model in models_in(row["model"]):
            seen.add(model.id)
            for region, column in (("cn-beijing", "Beijing"), ("ap-southeast-1", "Singapore")):
                prices = model.in_region(region).prices
                shown = {Decimal(number) for number in re.findall(r"\d+\.\d+", row[column])}
                listed = {rule.amount for rule in prices.per_image} | ({prices.per_reference} - {Decimal(0)})
                assert shown == listed, (model.id, column)
                if not listed:
                    continue
                assert prices.currency == ("USD" if "$" in row[column] else "CNY")
                assert str(prices.as_of) in page
                assert column in prices.source
                for rule in prices.per_image:
                    assert rule.area_up_to_px is None or rule.area_up_to_px in numbers(row[column])
            assert model.in_region("us-east-1").prices == PriceList()
    for model in SPEC.models:
        if model.id not in seen:
            base = SPEC.model(re.sub(r"-\d{4}-\d\d-\d\d$", "", model.id))
            assert base is not None
            assert base.id in seen
            assert (base.prices, base.prices_elsewhere) == (model.prices, model.prices_elsewhere)


def test_options(page: str) -> None:
    shown = {name: row for row in table_with(page, "option", "values") for name in code_in(row["option"])}
    options: dict[str, list[tuple[ModelSpec, OptionSpec]]] = {}
    for model in SPEC.models:
        for option in model.capability.options:
            options.setdefault(option.name, []).append((model, option))

    assert set(shown) == set(options)
    for name, having in options.items():
        values = shown[name]["values"]
        for _, option in having:
            match option.kind:
                case "boolean":
                    assert values == "true, false"
                case "choice" if name == "style_index":
                    assert [choice.value for choice in option.choices] == [*range(10), 14, 15, *range(30, 41)]
                    assert values == "0 to 9, 14, 15, 30 to 40"
                case "choice":
                    assert values.replace("`", "").split(", ") == [str(choice.value) for choice in option.choices]
                case _:
                    assert values == f"{option.minimum:g} to {option.maximum:g}"
        if not shown[name]["models"].startswith("all but"):
            assert {model.id for model, _ in having} == {model.id for model in models_in(shown[name]["models"])}, name


def test_defaults_that_cost_or_mark(page: str) -> None:
    for model in SPEC.models:
        defaults = model.capability.option_defaults
        assert defaults.get("watermark", False) is False
        if "prompt_extend" in defaults:
            assert defaults["prompt_extend"] is (model.id != "z-image-turbo")
            option = model.capability.option("prompt_extend")
            assert option is not None
            assert option.always_send


def test_limits_of_prompt_seed_and_files(page: str) -> None:
    (row,) = [row for row in table_with(page, "setting") if row["setting"] == "prompt"]
    for model in SPEC.models:
        capability = model.capability
        for limit in (capability.prompt_max, capability.prompt_tokens_max):
            assert limit is None or limit in numbers(row["Alibaba Tongyi"]), model.id
        assert capability.negative_prompt != "native" or f"up to {capability.negative_prompt_max} characters" in page
        assert capability.seed != "native" or f"0 to {capability.seed_max}" in page
        assert capability.reference_max_bytes == 10 * 1024 * 1024
        edges = (capability.reference_edge_min_px, capability.reference_edge_max_px)
        if edges != (1, None):
            assert re.search(rf"of {edges[0]}\s+to\s+{edges[1]}\b", page), model.id
