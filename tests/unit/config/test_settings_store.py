from __future__ import annotations

import json
import stat
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from studio.config.json_file import write_object
from studio.config.settings import SCHEMA, AccountSettings, Budget, ComposerState, ExchangeRates, Settings
from studio.config.settings_store import MIGRATIONS, ComposerStore, SettingsStore
from studio.domain.pricing import Money
from studio.domain.request import Target


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "settings.json"


def reopened(file: Path) -> SettingsStore:
    return SettingsStore(file)


def test_no_file_gives_defaults_and_makes_none(file: Path) -> None:
    store = SettingsStore(file)
    assert store.current == Settings()
    assert store.current.budget.per_day == Money(amount=Decimal(20))
    assert store.problem is None
    assert not file.exists()


def test_changes_are_there_at_the_next_start_and_private(file: Path) -> None:
    store = SettingsStore(file)
    store.change(language="zh_CN", budget={"per_day": {"amount": "7.50"}, "per_run": None})
    store.update(lambda now: now.with_account("tongyi", AccountSettings(id="work", fields={"region": "singapore"})))
    store.flush()
    again = reopened(file).current
    assert again == store.current
    assert again.budget == Budget(per_day=Money(amount=Decimal("7.50")))
    assert [account.id for account in again.provider("tongyi").accounts] == ["default", "work"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [one.name for one in file.parent.iterdir()] == ["settings.json"]


def test_only_what_was_chosen_is_written_so_that_better_defaults_reach_everybody(file: Path) -> None:
    store = SettingsStore(file)
    store.change(appearance="dark")
    store.flush()
    assert json.loads(file.read_text()) == {"schema": SCHEMA, "appearance": "dark"}


def test_no_limit_is_a_choice_that_lasts(file: Path) -> None:
    store = SettingsStore(file)
    store.change(budget={"per_day": None})
    store.flush()
    assert reopened(file).current.budget.per_day is None


@pytest.mark.parametrize("values", [{"language": "klingon"}, {"no_such_setting": 1}, {"text_scale_percent": 400}])
def test_impossible_change_is_refused_and_changes_nothing(file: Path, values: dict[str, Any]) -> None:
    store = SettingsStore(file)
    with pytest.raises(ValidationError):
        store.change(**values)
    store.flush()
    assert store.current == Settings()
    assert not file.exists()


def test_listeners_hear_real_changes_once_until_they_stop(file: Path) -> None:
    store = SettingsStore(file)
    heard: list[str] = []
    stop = store.listen(lambda settings: heard.append(settings.appearance))
    store.change(appearance="light")
    store.change(appearance="light")
    stop()
    store.change(appearance="dark")
    store.flush()
    assert heard == ["light"]


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'"text"', b'{"appearance": "dark"}', b'{"schema": true}', b"\xff\xfe", b"[" * 100_000],
    ids=["empty", "half", "list", "text", "no schema", "schema no number", "no text", "bottomless"],
)
def test_broken_file_is_set_aside_unharmed_and_told(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    store = SettingsStore(file)
    assert store.current == Settings()
    assert store.problem is not None
    assert store.problem.kind == "settings_broken"
    kept = Path(store.problem.values["path"])
    assert kept.read_bytes() == content
    assert kept.name in store.problem.text
    store.change(language="en")
    store.flush()
    assert reopened(file).current.language == "en"
    assert kept.read_bytes() == content


def test_one_bad_value_does_not_cost_the_others(file: Path) -> None:
    write_object(
        file,
        {
            "schema": SCHEMA,
            "language": "zh_CN",
            "budget": {"per_day": "a lot"},
            "providers": {"openai": {"accounts": [{"id": "mine"}]}},
            "colour": "red",
        },
    )
    store = SettingsStore(file)
    store.flush()
    assert store.current.language == "zh_CN"
    assert store.current.provider("openai").accounts[0].id == "mine"
    assert store.current.budget == Budget()
    assert store.problem is not None
    assert "budget" in store.problem.detail
    assert "colour" in store.problem.detail
    assert reopened(file).current == store.current
    assert reopened(file).problem is None


def test_newer_file_is_told_and_never_written(file: Path) -> None:
    write_object(file, {"schema": SCHEMA + 1, "appearance": "holographic"})
    before = file.read_bytes()
    store = SettingsStore(file)
    assert store.problem is not None
    assert store.problem.kind == "settings_newer"
    assert str(SCHEMA + 1) in store.problem.values["found"]
    store.change(language="en")
    store.flush()
    assert store.current.language == "en"
    assert file.read_bytes() == before


def test_folder_that_cannot_be_written_is_told_and_the_change_still_holds(tmp_path: Path) -> None:
    (tmp_path / "config").write_text("a file where a folder should be")
    store = SettingsStore(tmp_path / "config" / "settings.json")
    store.change(language="en")
    store.flush()
    assert store.current.language == "en"
    assert store.problem is not None
    assert store.problem.kind == "settings_not_kept"
    assert "changes hold until Prompt Studio closes" in store.problem.text


def test_linked_settings_file_stays_a_link(tmp_path: Path, file: Path) -> None:
    real = tmp_path / "dotfiles" / "studio.json"
    write_object(real, {"schema": SCHEMA})
    file.parent.mkdir()
    file.symlink_to(real)
    store = SettingsStore(file)
    store.change(language="en")
    store.flush()
    assert file.is_symlink()
    assert json.loads(real.read_text())["language"] == "en"


def test_older_files_go_through_every_step_in_order(file: Path) -> None:
    write_object(file, {"schema": 1, "lang": "zh_CN", "dark": True})

    def rename_language(found: dict[str, Any]) -> dict[str, Any]:
        return {**{key: value for key, value in found.items() if key != "lang"}, "language": found["lang"]}

    def name_appearance(found: dict[str, Any]) -> dict[str, Any]:
        dark = found.pop("dark")
        return {**found, "appearance": "dark" if dark else "light"}

    store = SettingsStore(file, migrations=(rename_language, name_appearance), schema=3)
    assert (store.current.language, store.current.appearance) == ("zh_CN", "dark")
    assert store.problem is None
    store.change(language="en")
    store.flush()
    assert json.loads(file.read_text())["schema"] == 3


def test_step_that_meets_an_unexpected_file_sets_it_aside(file: Path) -> None:
    write_object(file, {"schema": 1})
    store = SettingsStore(file, migrations=(lambda found: {"language": found["lang"]},), schema=2)
    assert store.current == Settings()
    assert store.problem is not None
    assert store.problem.kind == "settings_broken"


def test_there_is_a_step_for_each_schema() -> None:
    assert len(MIGRATIONS) == SCHEMA - 1


def test_rates_convert_and_know_what_they_do_not_know() -> None:
    rates = ExchangeRates()
    assert rates.to_usd(Money(amount=Decimal(100), currency="CNY")) == Money(amount=Decimal("14.00"))
    assert rates.to_usd(Money(amount=Decimal(3), currency="credits")) is None


def test_composer_comes_back_as_it_was(tmp_path: Path) -> None:
    store = ComposerStore(tmp_path / "composer.json")
    assert store.load() == ComposerState()
    state = ComposerState(
        prompt="一只猫",
        seed=7,
        seed_locked=True,
        targets=(Target(provider="demo", model="demo-painter"),),
        options={"openai/gpt-image-2": {"quality": "high", "partial_images": 2}},
    )
    store.save(ComposerState(prompt="older"))
    store.save(state)
    store.flush()
    assert ComposerStore(tmp_path / "composer.json").load() == state


def test_broken_composer_file_is_the_same_as_none(tmp_path: Path) -> None:
    file = tmp_path / "composer.json"
    file.write_text('{"prompt": ["not", "text"]}')
    assert ComposerStore(file).load() == ComposerState()
