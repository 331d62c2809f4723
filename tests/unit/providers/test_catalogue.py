"""Catalogue files: what inherits from what, and that a mistake in one is told with its file and key."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from studio.domain.capability import ModelSpec, SizeFree
from studio.providers import PROVIDERS
from studio.providers.catalogue import CatalogueError, load_catalogue, read_provider

HEAD = """
[provider]
id = "lumen"
title = "Lumen"
monogram = "L"
reference_page = "lumen.md"
default_model = "one"
"""

BASE = """
[options.quality]
kind = "choice"
title = "Quality"
choices = [{ value = "low" }, { value = "high" }]

[options.quality_new]
name = "quality"
kind = "choice"
title = "Quality"
choices = [{ value = "low" }, { value = "high" }, { value = "max" }]

[families.base]
seed = "native"
n_max = 4
shared_options = ["quality"]
options = [{ name = "grain", kind = "number", title = "Grain", minimum = 0, maximum = 1.5 }]
[families.base.size]
kind = "free"
multiple_px = 8
ratio_max = 2.5
[families.base.prices]
as_of = 2026-11-01
source = "page"
per_image = [{ amount = 0.1, when = { quality = ["low"] } }, { amount = 0.2 }]

[families.newer]
based_on = "base"
n_max = 1
size = { multiple_px = 16 }
shared_options = ["quality_new"]

[[models]]
id = "one"
title = "One"
family = "base"

[[models]]
id = "two"
title = "Two"
family = "newer"
ends_on = 2026-12-01
replacement = "one"
capability.without_options = ["grain"]
capability.size = { kind = "list", sizes = ["1024x1024"] }
prices = { per_partial = 0.003 }

[[models]]
id = "three"
title = "Three"
family = "newer"
without_prices = true
"""


def read(tmp_path: Path, text: str) -> dict[str, ModelSpec]:
    path = tmp_path / "lumen.toml"
    path.write_text(text, encoding="utf-8")
    return {model.id: model for model in read_provider(path).models}


def test_models_inherit_and_override(tmp_path: Path) -> None:
    models = read(tmp_path, HEAD + BASE)
    one, two, three = models["one"], models["two"], models["three"]

    assert [option.name for option in one.capability.options] == ["quality", "grain"]
    assert (one.capability.seed, one.capability.n_max) == ("native", 4)
    assert one.capability.size == SizeFree(multiple_px=8, ratio_max=2.5)
    assert [rule.amount for rule in one.prices.per_image] == [Decimal("0.1"), Decimal("0.2")]

    assert [option.name for option in two.capability.options] == ["quality"]
    assert [choice.value for choice in two.capability.options[0].choices] == ["low", "high", "max"]
    assert (two.capability.seed, two.capability.n_max) == ("native", 1)
    assert two.capability.size.kind == "list"
    assert two.prices.per_partial == Decimal("0.003")
    assert two.prices.per_image == one.prices.per_image

    assert [option.name for option in three.capability.options] == ["quality", "grain"]
    assert three.capability.size == SizeFree(multiple_px=16, ratio_max=2.5)
    assert three.prices.per_image == ()
    assert three.prices.as_of is None


ONE = HEAD + '[[models]]\nid = "one"\ntitle = "One"\ncapability.size = { kind = "list", sizes = ["1024x1024"] }\n'
OPTION = 'capability.options = [{ name = "a", title = "A", '


@pytest.mark.parametrize(
    ("text", "key", "reason"),
    [
        ("not = toml = at all", "file", "Invalid value"),
        (ONE.replace('id = "lumen"', 'id = "lumen"\ncolour = "red"'), "provider.colour", "Extra inputs"),
        (ONE + "colour = 1\n", "models.one.colour", "Extra inputs"),
        (ONE + "capability.colour = 1\n", "models.one.capability.colour", "Extra inputs"),
        (ONE + 'family = "none"\n', "models.one", "no family 'none'"),
        (ONE + "[colours]\n", "colours", "not a table"),
        (ONE + '[families.a]\nbased_on = "a"\n[[models]]\nid = "x"\ntitle = "X"\nfamily = "a"', "families.a", "circle"),
        (ONE.replace('default_model = "one"', 'default_model = "two"'), "provider.default_model", "no model 'two'"),
        (ONE + 'replacement = "two"\n', "models.one.replacement", "no model 'two'"),
        (ONE + ONE.removeprefix(HEAD), "models.one", "twice"),
        (ONE + 'capability.shared_options = ["x"]\n', "models.one.capability", "no shared option 'x'"),
        (ONE + 'capability.without_options = ["x"]\n', "models.one.capability", "no option 'x' to take away"),
        (ONE + '[options.x]\nkind = "boolean"\ntitle = "X"\n', "options.x", "no model uses it"),
        (ONE + OPTION + 'kind = "colour" }]\n', "models.one.options.a.kind", "Input should be"),
        (ONE + OPTION + 'kind = "choice" }]\n', "models.one", "has no choices"),
        (ONE + OPTION + 'kind = "choice", choices = [{ value = "x" }], default = "y" }]\n', "models.one", "'y' is not"),
        (ONE + OPTION + 'kind = "boolean", always_send = true }]\n', "models.one", "has no default"),
        (
            ONE + OPTION + 'kind = "boolean", only_when = [{ option = "b", values = [1], reason = "r" }] }]\n',
            "models.one",
            "depends on b",
        ),
        (
            ONE + OPTION + 'kind = "boolean", only_when = [{ option = "references", values = ["some"] }] }]\n',
            "models.one",
            "does not say why",
        ),
        (ONE + 'capability.n_limits = [{ option = "b", values = [1], n_max = 1 }]\n', "models.one", "n_limits"),
        (ONE + "prices.per_image = [{ amount = 1 }]\n", "models.one", "as_of and source"),
        (
            ONE + 'prices = { as_of = 2026-01-01, source = "s", per_image = [{ amount = 1, when = { b = ["1"] } }] }\n',
            "models.one",
            "a price depends on b",
        ),
        (ONE + "capability.size = 1", "file", "overwrite"),
    ],
)
def test_a_mistake_is_told_with_its_place(tmp_path: Path, text: str, key: str, reason: str) -> None:
    with pytest.raises(CatalogueError, match=reason) as told:
        read(tmp_path, text)

    assert (told.value.file, told.value.key) == ("lumen.toml", key)
    assert str(told.value).startswith(f"lumen.toml: {key}: ")


def test_no_provider_is_in_two_files(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(ONE, encoding="utf-8")
    (tmp_path / "b.toml").write_text(ONE, encoding="utf-8")

    with pytest.raises(CatalogueError, match="in another file too"):
        load_catalogue(tmp_path)


def test_the_catalogue_that_we_ship(project: Path) -> None:
    catalogue = load_catalogue(project / "resources" / "catalog")

    assert set(catalogue) == {provider.id for provider in PROVIDERS}
    for spec in catalogue.values():
        picked = [model for model in spec.models if model.in_picker]
        assert picked, f"{spec.id} offers nothing in the picker"
        assert spec.model(spec.default_model) in picked
        assert all(model.ends_on is None for model in picked), "what ends soon is not offered from the start"
