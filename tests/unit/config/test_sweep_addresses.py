"""Where a sweep goes on: at the address it was begun at, and only at one that this user typed."""

from __future__ import annotations

from pathlib import Path

from studio.config.sweep_addresses import KEPT, SweepAddresses

URL = "https://gateway.example/v1"


def test_an_address_is_found_by_the_number_and_before_that_by_the_plan(tmp_path: Path) -> None:
    kept = SweepAddresses(tmp_path / "state" / "sweeps.json")
    kept.begin(tmp_path, "plan", URL)
    assert SweepAddresses(tmp_path / "state" / "sweeps.json").find(tmp_path, "plan", 1) == URL
    kept.begun(tmp_path, "plan", 1)
    assert kept.find(tmp_path, "another plan", 1) == URL
    assert kept.find(tmp_path, "another plan", 2) is None
    assert kept.find(tmp_path / "elsewhere", "plan", 1) is None


def test_the_same_plan_begun_without_an_address_has_none(tmp_path: Path) -> None:
    kept = SweepAddresses(tmp_path / "sweeps.json")
    kept.begin(tmp_path, "plan", URL)
    kept.begun(tmp_path, "plan", 1)
    kept.begin(tmp_path, "plan", None)
    kept.begun(tmp_path, "plan", 2)
    assert (kept.find(tmp_path, "plan", 1), kept.find(tmp_path, "plan", 2)) == (URL, None)


def test_what_could_hold_a_secret_is_not_kept(tmp_path: Path) -> None:
    kept = SweepAddresses(tmp_path / "sweeps.json")
    for address in ("https://me:secret@host/v1", "https://host/v1?key=secret"):
        kept.begin(tmp_path, "plan", address)
        assert kept.find(tmp_path, "plan", 1) is None
    assert not (tmp_path / "sweeps.json").exists()


def test_a_broken_file_and_one_that_cannot_be_written_cost_nothing_but_the_memory(tmp_path: Path) -> None:
    file = tmp_path / "sweeps.json"
    file.write_text("{")
    kept = SweepAddresses(file)
    assert kept.find(tmp_path, "plan", 1) is None
    kept.begin(tmp_path, "plan", URL)
    assert kept.find(tmp_path, "plan", 1) == URL
    (tmp_path / "in the way").write_text("")
    lost = SweepAddresses(tmp_path / "in the way" / "sweeps.json")
    lost.begin(tmp_path, "plan", URL)
    assert lost.find(tmp_path, "plan", 1) is None


def test_old_addresses_are_forgotten(tmp_path: Path) -> None:
    kept = SweepAddresses(tmp_path / "sweeps.json")
    for number in range(KEPT + 2):
        kept.begin(tmp_path, f"plan {number}", URL)
    assert kept.find(tmp_path, "plan 0", 1) is None
    assert kept.find(tmp_path, f"plan {KEPT + 1}", 1) == URL
