"""The page on Midjourney says what its catalogue says: who knows which parameter, ranges, sizes, limits."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from studio.domain.assets import Size
from studio.domain.capability import ModelSpec, OptionSpec, SizeRatio
from studio.providers.midjourney_prompt import LENGTH_SOFT_MAX
from tests.unit.providers.test_reference_pages import CATALOGUE, code_in, table_with

SPEC = CATALOGUE["midjourney"]


@pytest.fixture(scope="module")
def page(project: Path) -> str:
    return (project / "references" / SPEC.reference_page).read_text(encoding="utf-8")


def versions_in(cell: str) -> set[str]:
    """The models of a cell such as ``5.2 to 7, niji 6 and 7``, ``all`` or `v7` in code."""
    if cell.startswith("all"):
        return {model.id for model in SPEC.models}
    named = set(code_in(cell))
    for part in filter(None, (part.strip() for part in re.sub(r"`[^`]+`", "", cell).split(","))):
        head = "niji-" if part.startswith("niji") else "v"
        numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", part)]
        known = {model.id: float(model.id.removeprefix(head)) for model in SPEC.models if model.id.startswith(head)}
        if "to" in part:
            named |= {model_id for model_id, number in known.items() if numbers[0] <= number <= numbers[1]}
        else:
            named |= {model_id for model_id, number in known.items() if number in numbers}
    return named


def options_named(name: str) -> dict[str, OptionSpec]:
    found = {model.id: model.capability.option(name) for model in SPEC.models}
    return {model_id: option for model_id, option in found.items() if option is not None}


def test_every_option_its_versions_and_its_parameter(page: str) -> None:
    rows = {code_in(row["option"])[0]: row for row in table_with(page, "option", "values")}
    assert set(rows) == {option.name for model in SPEC.models for option in model.capability.options}
    for name, row in rows.items():
        options = options_named(name)
        assert versions_in(row["models"]) == set(options), name
        for option in options.values():
            if option.wire_name:
                assert option.wire_name in code_in(row["goes as"]), name
            else:
                assert {f"--{choice.value}" for choice in option.choices} <= set(code_in(row["goes as"])), name


def test_values_of_options(page: str) -> None:
    for row in table_with(page, "option", "values"):
        for model_id, option in options_named(code_in(row["option"])[0]).items():
            if option.kind in ("integer", "number"):
                assert f"{option.minimum:g} to {option.maximum:g}" in row["values"], (model_id, option.name)
            for choice in option.choices:
                assert re.search(rf"(?<![\d.]){re.escape(str(choice.value))}(?![\d.])", row["values"]), option.name


def test_models_have_no_end_and_no_price(page: str) -> None:
    assert {row["state"] for row in table_with(page, "model", "state")} == {"live"}
    assert [model.id for model in SPEC.models if model.ends_on is not None or model.prices.per_image] == []
    assert "shows no estimate" in " ".join(page.split())


def test_sizes_of_one_picture(page: str) -> None:
    shown = {ratio: Size.parse(size) for ratio, size in re.findall(r"(?<=\| )(\d+:\d+) \| (\d+x\d+)(?= \|)", page)}
    for model in SPEC.models:
        rule = model.capability.size
        assert isinstance(rule, SizeRatio)
        known = model.id.startswith(("v6", "v7"))
        assert rule.table == ({"": shown} if known else {}), model.id


def test_limits(page: str) -> None:
    def all_have(model: ModelSpec) -> bool:
        capability = model.capability
        return (capability.n_fixed, capability.references_max, capability.seed_max) == (4, 5, 2**32 - 1)

    assert all(all_have(model) for model in SPEC.models)
    assert "always four" in page
    assert "up to 5 in front" in page
    assert f"0 to {2**32 - 1}" in page
    assert f"above {LENGTH_SOFT_MAX} characters" in page


def test_the_account(page: str) -> None:
    titles = [row["field"] for row in table_with(page, "field", "values")]
    assert titles == [field.title for field in SPEC.account_fields]
    for address in ("http://127.0.0.1:8080", "https://api.acedata.cloud"):
        assert f"`{address}`" in page
    assert "restrict automated use" in SPEC.terms_notice
