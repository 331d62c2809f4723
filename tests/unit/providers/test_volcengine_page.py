"""`references/volcengine.md` says what the catalogue says: states, sizes, options, limits, services, prices."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from studio.domain.capability import Capability, ModelSpec, SizeFree, SizeOwn
from studio.providers.catalogue import load_catalogue
from tests.unit.providers.test_reference_pages import code_in, table_with, tables

SPEC = load_catalogue(Path(__file__).resolve().parents[3] / "resources" / "catalog")["volcengine"]

FAMILIES = {
    "5.0 Pro": ("seedream-5-0-pro", "seedream-5.0-pro"),
    "5.0 Flash": ("seedream-5-0-flash",),
    "5.0 Lite": ("seedream-5-0-2", "seedream-5-0-lite", "seedream-5.0-lite"),
    "4.5": ("seedream-4-5",),
    "4.0": ("seedream-4-0",),
    "3.0": ("seedream-3-0",),
    "SeedEdit": ("seededit-3-0",),
}
"""As the page calls them."""


def family_of(model: ModelSpec) -> str:
    return next(name for name, parts in FAMILIES.items() if any(part in model.id for part in parts))


def named_in(cell: str) -> set[str]:
    """The families that a cell names; "5.0 Pro, Flash" is two of them."""
    if cell == "all":
        return set(FAMILIES)
    names = {name for name in FAMILIES if re.search(rf"(?<![\d.]){re.escape(name)}(?![\d.])", cell)}
    return names | {f"5.0 {word}" for word in ("Pro", "Flash", "Lite") if re.search(rf"\b{word}\b", cell)}


def size_of(family: str) -> SizeFree:
    rule = capability_of(family).size
    assert isinstance(rule, SizeFree)
    return rule


def capability_of(family: str) -> Capability:
    found = [model.capability for model in SPEC.models if family_of(model) == family]
    sizes = {capability.size.model_dump_json() for capability in found}
    assert len(sizes) == 1, "what the page says of a family holds for all its models"
    return found[0]


@pytest.fixture
def page(project: Path) -> str:
    return (project / "references" / SPEC.reference_page).read_text(encoding="utf-8")


def test_states_replacements_and_services(page: str) -> None:
    for row, model in zip(table_with(page, "model", "state"), SPEC.models, strict=True):
        if model.ends_on is None:
            assert row["state"] == "live"
        else:
            assert row["state"] == f"ended {model.ends_on.isoformat()}"
            assert f"use `{model.replacement}`" in row["remarks"]
        service = "plan" if "-5.0-" in model.id else "Ark" if model.id.startswith("doubao-") else "BytePlus"
        assert service in row["service"].split(", ")


def test_the_services_are_those_that_an_account_can_choose(page: str) -> None:
    rows = {row["service"]: code_in(row["address"])[0] for row in table_with(page, "service", "address")}

    (field,) = (field for field in SPEC.account_fields if field.name == "service")
    assert rows == {choice.title: choice.value for choice in field.choices}


def test_what_each_model_draws(page: str) -> None:
    rows = table_with(page, "models", "classes")
    told = {family: row for row in rows for family in named_in(row["models"])}

    assert set(told) == set(FAMILIES)
    for family, row in told.items():
        rule = capability_of(family).size
        if isinstance(rule, SizeOwn):
            assert row["automatic size"] == "that of its input"
            continue
        assert isinstance(rule, SizeFree)
        edges = rule.edge_min_px > 1
        low, high = (rule.edge_min_px, rule.edge_max_px) if edges else (rule.area_min_px, rule.area_max_px)
        assert row["pixels of the whole image"].endswith(f"{low} to {high}")
        assert row["classes"] in (", ".join(rule.size_names), "become pixels", "none")
        assert bool(rule.size_names) == row["classes"][0].isdigit()
        assert (row["automatic size"] == "as 2K") == rule.takes_auto


def test_the_sizes_of_ratios(page: str) -> None:
    newer, older = (rows for rows in tables(page) if rows and "ratio" in rows[0])
    for family in ("5.0 Pro", "5.0 Flash"):
        assert columns(newer, "1K", "2K") == size_tables(family)
    for family in ("5.0 Lite", "4.5", "4.0"):
        assert columns(older, "2K", "3K", "4K") == size_tables(family)
    assert columns(older, "3.0")["3.0"] == written(size_of("3.0").ratio_sizes)


def columns(rows: list, *names: str) -> dict[str, dict[str, str]]:  # type: ignore[type-arg]  # rows of a page
    return {name: {row["ratio"]: row[name] for row in rows} for name in names}


def size_tables(family: str) -> dict[str, dict[str, str]]:
    rule = size_of(family)
    assert rule.class_sizes["2K"] == rule.ratio_sizes, "without a class 2K is meant"
    return {name: written(table) for name, table in rule.class_sizes.items()}


def written(table: object) -> dict[str, str]:
    assert isinstance(table, dict)
    return {ratio: str(size) for ratio, size in table.items()}


def test_every_size_of_the_tables_is_allowed() -> None:
    for family in ("5.0 Pro", "5.0 Lite", "4.5", "4.0", "3.0"):
        rule = size_of(family)
        for table in (rule.ratio_sizes, *rule.class_sizes.values()):
            for size in table.values():
                assert rule.area_min_px <= size.area_px <= rule.area_max_px
                assert rule.edge_min_px <= min(size.width, size.height) <= rule.edge_max_px


def test_options(page: str) -> None:
    rows = {code_in(row["option"])[0]: row for row in table_with(page, "option", "values")}
    having: dict[str, set[str]] = {}
    for model in SPEC.models:
        for option in model.capability.options:
            having.setdefault(option.name, set()).add(family_of(model))
            values = rows[option.name]["values"]
            match option.kind:
                case "choice":
                    assert values == ", ".join(str(choice.value) for choice in option.choices)
                case "boolean":
                    assert values == "true, false"
                case "text":
                    assert values == "text"
                case _:
                    assert values == f"{int(option.minimum or 0)} to {int(option.maximum or 0)}"

    assert {name: named_in(row["models"]) for name, row in rows.items()} == having


def test_limits(page: str) -> None:
    sentence = next(row for row in table_with(page, "setting", "Volcengine") if row["setting"] == "reference images")
    told = sentence["Volcengine"]
    assert f"5.0 Pro and Flash up to {capability_of('5.0 Pro').references_max}," in told
    assert capability_of("5.0 Flash").references_max == capability_of("5.0 Pro").references_max
    assert {capability_of(family).references_max for family in ("5.0 Lite", "4.5", "4.0")} == {14}
    assert "5.0 Lite, 4.5 and 4.0 up to 14, SeedEdit exactly 1, 3.0 none" in told
    usual, edit = capability_of("4.5"), capability_of("SeedEdit")
    assert f"allow {usual.references_sure} references for\n4.5 and 4.0" in page
    assert f"of at most {(usual.reference_max_bytes or 0) // 1_000_000} MB" in page
    assert (
        f"of at most {(edit.reference_max_bytes or 0) // 1_000_000} MB and {edit.reference_ratio_max:g} times" in page
    )
    assert f"at least {usual.reference_edge_min_px} pixels" in page
    assert f"one related set are {usual.references_and_images_max} at most" in page
    assert f"{usual.requests_per_minute:g} images a minute" in page
    assert f"0 to {edit.seed_max}" in page


def test_prices(page: str) -> None:
    rows = {code_in(row["model"])[0]: row for row in table_with(page, "model", "price")}
    priced = {model.id: model.prices for model in SPEC.models if model.prices.per_image}

    assert set(rows) == set(priced)
    for model_id, prices in priced.items():
        cheapest = min(prices.per_image, key=lambda rule: rule.amount)
        assert rows[model_id]["price"] == f"{prices.currency} {cheapest.amount}"
        assert prices.as_of is not None
        assert prices.as_of.isoformat() in page
        if len(prices.per_image) > 1:
            dearest = max(rule.amount for rule in prices.per_image)
            assert f"up to {cheapest.area_up_to_px} pixels, {dearest} above" in rows[model_id]["remarks"]
            assert f"each further one {prices.per_reference}" in rows[model_id]["remarks"]
