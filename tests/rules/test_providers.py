"""A provider is complete or absent: adapter, catalogue, page, fake; whoever adds one learns here what is missing."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from studio.providers import PROVIDERS
from tests.fakes import FAKES
from tests.rules.test_walls import provider_module

FOLDERS = {"catalogue": "resources/catalog", "pages": "references", "adapters": "studio/providers"}


def provider_ids() -> list[str]:
    return [provider.id for provider in PROVIDERS]


def gaps(project: Path, provider_id: str, fakes: set[str]) -> Iterator[str]:
    """What a provider of this id still lacks, in words."""
    if not (project / FOLDERS["adapters"] / f"{provider_id}.py").is_file():
        yield f"no adapter {provider_id}.py of its own"
    catalogue = project / FOLDERS["catalogue"] / f"{provider_id}.toml"
    if not catalogue.is_file():
        yield f"no catalogue file {catalogue.name}"
        return
    content: dict[str, Any] = tomllib.loads(catalogue.read_text(encoding="utf-8"))
    provider = content["provider"]
    if provider["id"] != provider_id:
        yield f"the catalogue calls it {provider['id']!r}"
    # One that needs no key works on this machine alone: nobody's server has to be imitated.
    if provider.get("needs_key", True) and provider_id not in fakes:
        yield "no fake in tests/fakes"
    page = project / FOLDERS["pages"] / provider["reference_page"]
    if not page.is_file():
        yield f"no page {provider['reference_page']} in references/"
        return
    words = page.read_text(encoding="utf-8")
    yield from (f"{page.name} does not name {model['id']}" for model in content["models"] if model["id"] not in words)


@pytest.mark.parametrize("provider_id", provider_ids())
def test_a_provider_is_complete(project: Path, provider_id: str) -> None:
    assert list(gaps(project, provider_id, set(FAKES))) == []


def test_a_provider_is_named_as_the_one_module_it_is_written_in() -> None:
    assert [provider_module(provider) for provider in PROVIDERS] == [
        f"studio.providers.{name}" for name in provider_ids()
    ]


def test_no_provider_is_written_twice_and_no_catalogue_is_orphaned(project: Path) -> None:
    ids = provider_ids()
    assert len(ids) == len(set(ids))
    assert {path.stem for path in (project / FOLDERS["catalogue"]).glob("*.toml")} == set(ids)


def test_each_gap_is_noticed(tmp_path: Path) -> None:
    assert list(gaps(tmp_path, "lumen", set())) == ["no adapter lumen.py of its own", "no catalogue file lumen.toml"]
    for folder in FOLDERS.values():
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / FOLDERS["adapters"] / "lumen.py").touch()
    catalogue = '[provider]\nid = "light"\nreference_page = "lumen.md"\n[[models]]\nid = "lumen-1"\n'
    (tmp_path / FOLDERS["catalogue"] / "lumen.toml").write_text(catalogue, encoding="utf-8")
    incomplete = ["the catalogue calls it 'light'", "no fake in tests/fakes"]
    assert list(gaps(tmp_path, "lumen", set())) == [*incomplete, "no page lumen.md in references/"]
    page = tmp_path / FOLDERS["pages"] / "lumen.md"
    page.write_text("Lumen has a model called lumen.", encoding="utf-8")
    assert list(gaps(tmp_path, "lumen", {"lumen"})) == [incomplete[0], "lumen.md does not name lumen-1"]
