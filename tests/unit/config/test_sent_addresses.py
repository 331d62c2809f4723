"""Where requests were sent: known to this user on this computer, told to nobody by the workspace."""

from __future__ import annotations

import json
from pathlib import Path

from studio.config.sent_addresses import SentAddresses
from studio.domain.ports import SentAddress

SENT = SentAddress("tongyi", "default", {"base_url": "https://gateway.example/v1"}, {"region": "cn-beijing"})


def test_an_address_is_found_by_its_name_in_its_own_workspace_only(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "sent"
    name = SentAddresses(folder, tmp_path / "work").keep(SENT)
    assert SentAddresses(folder, tmp_path / "work").find(name) == SENT
    assert SentAddresses(folder, tmp_path / "work").keep(SENT) == name
    assert SentAddresses(folder, tmp_path / "other").find(name) is None
    assert "gateway" not in name
    assert len(list(folder.iterdir())) == 1


def test_a_name_that_somebody_made_up_leads_nowhere(tmp_path: Path) -> None:
    folder = tmp_path / "sent"
    book = SentAddresses(folder, tmp_path)
    name = book.keep(SENT)
    forged = json.loads((folder / f"{name}.json").read_text()) | {"fields": {"base_url": "https://evil.example"}}
    (folder / "a1.json").write_text(json.dumps(forged))
    (folder / "b2.json").write_text("{")
    (tmp_path / "c3.json").write_text(json.dumps(forged))
    fresh = SentAddresses(folder, tmp_path)
    assert [fresh.find(one) for one in ("a1", "b2", "../c3", "", "nothing", "x" * 400)] == [None] * 6


def test_a_folder_that_cannot_be_written_costs_the_next_start(tmp_path: Path) -> None:
    (tmp_path / "in the way").write_text("")
    book = SentAddresses(tmp_path / "in the way" / "sent", tmp_path)
    name = book.keep(SENT)
    assert book.find(name) == SENT
    assert SentAddresses(tmp_path / "in the way" / "sent", tmp_path).find(name) is None
