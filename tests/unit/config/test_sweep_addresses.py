"""Where a sweep goes on: at the address it was begun at, and only at one that this user typed."""

from __future__ import annotations

from pathlib import Path

from studio.config.sweep_addresses import KEPT, SweepAddresses
from studio.domain.values import SweepId

URL = "https://gateway.example/v1"
ONE, TWO = SweepId(1), SweepId(2)


def test_an_address_is_found_by_number_and_provider_and_before_that_by_the_plan(tmp_path: Path) -> None:
    file = tmp_path / "state" / "sweeps.json"
    kept = SweepAddresses(file, tmp_path)
    kept.begin("plan", URL)
    assert SweepAddresses(file, tmp_path).find_begun("plan") == URL
    assert kept.find(ONE, "openai") is None
    kept.keep(ONE, "openai", URL)
    assert SweepAddresses(file, tmp_path).find(ONE, "openai") == URL
    assert (kept.find(ONE, "gemini"), kept.find(TWO, "openai"), kept.find_begun("another plan")) == (None, None, None)
    elsewhere = SweepAddresses(file, tmp_path / "elsewhere")
    assert (elsewhere.find(ONE, "openai"), elsewhere.find_begun("plan")) == (None, None)


def test_that_of_the_settings_is_written_only_over_another_one(tmp_path: Path) -> None:
    file = tmp_path / "sweeps.json"
    kept = SweepAddresses(file, tmp_path)
    kept.keep(ONE, "openai", None)
    assert not file.exists()
    kept.keep(ONE, "openai", URL)
    kept.keep(ONE, "openai", None)
    assert kept.find(ONE, "openai") == ""
    assert kept.find(TWO, "openai") is None


def test_a_broken_file_costs_what_it_held_and_one_that_cannot_be_written_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "sweeps.json"
    file.write_text("{")
    kept = SweepAddresses(file, tmp_path)
    assert kept.find(ONE, "openai") is None
    kept.keep(ONE, "openai", URL)
    assert kept.find(ONE, "openai") == URL
    (tmp_path / "in the way").write_text("")
    lost = SweepAddresses(tmp_path / "in the way" / "sweeps.json", tmp_path)
    lost.keep(ONE, "openai", URL)
    assert lost.find(ONE, "openai") == URL
    assert SweepAddresses(tmp_path / "in the way" / "sweeps.json", tmp_path).find(ONE, "openai") is None


def test_old_addresses_are_forgotten(tmp_path: Path) -> None:
    kept = SweepAddresses(tmp_path / "sweeps.json", tmp_path)
    for number in range(KEPT + 2):
        kept.begin(f"plan {number}", URL)
    assert kept.find_begun("plan 0") is None
    assert kept.find_begun(f"plan {KEPT + 1}") == URL
