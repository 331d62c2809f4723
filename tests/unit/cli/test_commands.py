"""The commands beside `generate`."""

from __future__ import annotations

import asyncio
import io
import json
import os
from pathlib import Path

import apsw
import pytest
from PIL import Image

from studio.domain.values import ImageId
from tests.fakes.openai import API_KEY, FakeOpenAI
from tests.unit.cli.conftest import Answer, CommandLine


@pytest.fixture
def two_images(prompt_studio: CommandLine) -> list[str]:
    """Run 1: two pears; run 2: two pears by evening. The paths of their images."""
    wish = ("--target", "demo/demo-painter", "--size", "64x64", "--json", "--seed", "1")
    answers = [prompt_studio("generate", "--prompt", prompt, *wish) for prompt in ("two pears", "two pears, evening")]
    return [answer.document.results[0].images[0].path for answer in answers]


def test_models_are_listed_with_state_end_and_price(prompt_studio: CommandLine) -> None:
    listed = prompt_studio("models", "--json").json
    by_key = {(one["provider"], one["model"]): one for one in listed}
    ended = by_key["openai", "gpt-image-1"]
    assert (ended["status"], ended["ends_on"]) == ("ended", "2026-10-23")
    assert by_key["openai", ended["replacement"]]["status"] != "ended"
    assert by_key["demo", "demo-painter"]["price"] == {"amount": 0.0, "currency": "USD"}
    assert {one["status"] for one in listed} <= {"live", "ending", "ended"}
    assert all(one["available"] is None for one in listed)
    words = prompt_studio("models", "--provider", "openai")
    assert "gpt-image-1 " not in words.out
    assert "3 ended: --all shows them." in words.err
    assert "gpt-image-1 " in prompt_studio("models", "--provider", "openai", "--all").out
    assert prompt_studio("models", "--provider", "nobody").code == 2


def test_listing_makes_no_workspace(prompt_studio: CommandLine, home: Path) -> None:
    for words in (("models",), ("providers",), ("keys", "list"), ("doctor",)):
        prompt_studio(*words)
    assert not (home / "Pictures").exists()


def test_refresh_asks_what_the_key_can_use(
    prompt_studio: CommandLine, fake_openai: FakeOpenAI, settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = {"fields": {"base_url": fake_openai.base_url}}
    settings.write_text(json.dumps({"schema": 1, "providers": {"openai": {"accounts": [account]}}}))
    monkeypatch.setenv("OPENAI_API_KEY", API_KEY)
    answer = prompt_studio("models", "--provider", "openai", "--refresh", "--json")
    available = {one["model"]: one["available"] for one in answer.json}
    assert answer.code == 0
    assert available["gpt-image-2"] is True
    assert available["dall-e-2"] is False
    monkeypatch.setenv("OPENAI_API_KEY", "sk-wrong-0123456789abcdef")
    refused = prompt_studio("models", "--provider", "openai", "--refresh", "--json")
    assert refused.code == 3
    assert {one["available"] for one in refused.json} == {None}


def test_providers_name_where_keys_come_from(prompt_studio: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", API_KEY)
    listed = {one["provider"]: one for one in prompt_studio("providers", "--json").json}
    assert listed["openai"]["keys"] == {"default": "environment variable OPENAI_API_KEY"}
    assert listed["demo"]["keys"] == {"default": "not needed"}
    words = prompt_studio("providers")
    assert API_KEY not in words.out + prompt_studio("keys", "list").out


def test_key_without_a_keyring_is_not_kept_anywhere(
    prompt_studio: CommandLine, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = "sk-planted-0123456789abcdef"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{planted}\n".encode())))
    answer = prompt_studio("keys", "set", "openai")
    assert answer.code == 3
    assert "No keyring" in answer.err
    assert all(planted.encode() not in file.read_bytes() for file in home.rglob("*") if file.is_file())


@pytest.mark.parametrize(
    ("words", "piped", "said"),
    [
        (("set", "demo"), "k", "needs no key"),
        (("set", "nobody"), "k", "there is no provider 'nobody'"),
        (("set", "openai"), "", "it is empty"),
        (("set", "openai"), "two words", "neither blanks"),
        (("set", "openai", "--account", "second"), "sk-0123456789", "no account 'second'"),
        (("delete", "nobody"), "", "there is no provider 'nobody'"),
    ],
)
def test_key_that_cannot_be_one_is_refused(
    prompt_studio: CommandLine, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], piped: str, said: str
) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(piped.encode())))
    answer = prompt_studio("keys", *words)
    assert answer.code == 2
    assert said in answer.err


def test_keys_are_tested_free_of_charge(
    prompt_studio: CommandLine, fake_openai: FakeOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", API_KEY)
    good = prompt_studio("keys", "test", "openai", "--base-url", fake_openai.base_url)
    assert good.code == 0
    assert "openai: the key works." in good.out
    assert {one.method for one in fake_openai.requests} == {"GET"}
    monkeypatch.setenv("OPENAI_API_KEY", "sk-wrong-0123456789abcdef")
    (bad,) = prompt_studio("keys", "test", "openai", "--base-url", fake_openai.base_url, "--json").json
    assert (bad["ok"], bad["error"]["kind"]) == (False, "key_rejected")


def exported(answer: Answer) -> list[tuple[int, str, str]]:
    return [(one["image"], Path(one["path"]).name, one["outcome"]) for one in answer.json["files"]]


@pytest.mark.usefixtures("two_images")
def test_export_names_what_changed_and_takes_what_is_asked_for(prompt_studio: CommandLine, desk: Path) -> None:
    wish = ("export", "--to", "out", "--template", "{run}_{changed}_{number}", "--json")
    planned = prompt_studio(*wish, "--everything", "--dry-run")
    assert [name for _, name, _ in exported(planned)] == ["001_two-pears_01.png", "002_evening_01.png"]
    assert not (desk / "out").exists()
    last = prompt_studio(*wish, "--last")
    assert [(name, outcome) for _, name, outcome in exported(last)] == [("002_evening_01.png", "exported")]
    number = exported(last)[0][0]
    assert exported(prompt_studio(*wish, "--image", str(number), "--dry-run"))[0][1:] == (
        "002_evening_01-2.png",
        "renamed",
    )
    assert [name for _, name, _ in exported(prompt_studio(*wish, "--run", "1", "--dry-run"))] == [
        "001_two-pears_01.png"
    ]
    found = prompt_studio(*wish, "--search", "evening", "--if-exists", "skip", "--dry-run")
    assert [outcome for *_, outcome in exported(found)] == ["skipped"]


@pytest.mark.usefixtures("two_images")
def test_export_takes_collections_tags_and_looks(prompt_studio: CommandLine, desk: Path, home: Path) -> None:
    from studio.storage.workspace import open_now
    from tests.unit.storage.material import HandClock

    folder = home / "Pictures" / "Prompt Studio"
    wish = ("export", "--to", "out", "--dry-run", "--json")
    numbers = [image for image, *_ in exported(prompt_studio(*wish, "--everything"))]
    picture = next((folder / "output" / "images").glob("*_001_*"))
    found = prompt_studio(*wish, "--like", str(picture))
    assert numbers[0] in [image for image, *_ in exported(found)]
    workspace = open_now(folder, cache_folder=desk / "cache", clock=HandClock())
    try:
        asyncio.run(workspace.organiser.collect_as("Best of", [ImageId(numbers[0])]))
        asyncio.run(workspace.organiser.add_tags([ImageId(numbers[1])], ["hero"]))
        colours = asyncio.run(workspace.library.colours(ImageId(numbers[1])))
    finally:
        workspace.close_now()
    assert [image for image, *_ in exported(prompt_studio(*wish, "--collection", "best OF"))] == numbers[:1]
    assert [image for image, *_ in exported(prompt_studio(*wish, "--tag", "hero"))] == numbers[1:]
    assert numbers[1] in [image for image, *_ in exported(prompt_studio(*wish, "--colour", colours[0][0]))]


def test_export_converts_and_writes_what_goes_along(
    prompt_studio: CommandLine, desk: Path, two_images: list[str]
) -> None:
    answer = prompt_studio(
        *("export", "--everything", "--to", "out", "--format", "jpeg", "--longest-edge", "32", "--sidecar"),
        *("--contact-sheet", "pdf", "--across", "2", "--folder-per-run"),
    )
    assert answer.code == 0
    assert answer.out.strip() == "2 exported: out"
    kinds = sorted(file.suffix for file in (desk / "out").rglob("*") if file.is_file())
    assert kinds == [".jpg", ".jpg", ".json", ".json", ".pdf"]
    for file in (desk / "out").rglob("*.jpg"):
        with Image.open(file) as opened:
            assert max(opened.size) == 32
    assert all(Path(path).is_file() for path in two_images)


def test_export_by_preset(prompt_studio: CommandLine, desk: Path, two_images: list[str]) -> None:
    answer = prompt_studio("export", "--last", "--to", "out", "--preset", "Client review", "--json")
    assert answer.code == 0
    assert [Path(name).suffix for _, name, _ in exported(answer)] == [".jpg"]
    assert answer.json["contact_sheets"] == [str(desk / "out" / "contact-sheet.pdf")]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--last",), 2, "no image of the library"),
        (("--run", "9"), 2, "there is no run 9"),
        (("--image", "9"), 2, "there is no image 9"),
        (("--everything", "--preset", "Nope"), 2, "there is no preset 'Nope'"),
        (("--everything", "--across", "3"), 2, "it needs --contact-sheet"),
        (("--everything", "--longest-edge", "2"), 2, "longest_edge_px"),
        (("--collection", "Nope"), 2, "there is no collection 'Nope'"),
        (("--colour", "red"), 2, "'red' is no colour such as #a04030"),
        (("--like", "nowhere.png"), 2, "there is no such file"),
        (("--tag", "nope"), 2, "no image of the library"),
        ((), 2, "Say which images"),
    ],
)
def test_export_of_nothing_says_so(prompt_studio: CommandLine, words: tuple[str, ...], code: int, said: str) -> None:
    answer = prompt_studio("export", "--to", "out", *words)
    assert answer.code == code
    assert said in answer.err


@pytest.mark.usefixtures("two_images")
def test_export_with_a_template_or_folder_that_cannot_be(prompt_studio: CommandLine, desk: Path) -> None:
    for template in ("../{date}", "{nope}", "a/b", ""):
        answer = prompt_studio("export", "--last", "--to", "out", "--template", template)
        assert answer.code == 2
        assert "File name not possible" in answer.err
    (desk / "file").write_text("in the way")
    blocked = prompt_studio("export", "--last", "--to", "file/below", "--json")
    assert blocked.code == 8
    assert blocked.json["error"]["kind"] == "folder_not_writable"


def test_export_with_a_lost_original_writes_the_others(
    prompt_studio: CommandLine, desk: Path, home: Path, two_images: list[str]
) -> None:
    originals = home / "Pictures" / "Prompt Studio" / "output" / "images"
    next(originals.glob("*_001_*")).unlink()
    answer = prompt_studio("export", "--everything", "--to", "out")
    assert answer.code == 8
    assert "1 exported, 1 failed" in answer.out
    assert "is no longer in the workspace" in answer.err


def test_doctor_finds_everything_in_order(prompt_studio: CommandLine, two_images: list[str]) -> None:
    answer = prompt_studio("doctor", "--json")
    assert answer.code == 0
    verdicts = {one["verdict"] for one in answer.json["findings"]}
    assert verdicts == {"ok", "note"}


def test_doctor_rebuilds_a_ruined_database_from_the_files(
    prompt_studio: CommandLine, home: Path, two_images: list[str]
) -> None:
    database = home / "Pictures" / "Prompt Studio" / "studio.db"
    database.write_bytes(os.urandom(database.stat().st_size))
    broken = prompt_studio("export", "--everything", "--to", "out")
    assert broken.code == 8
    assert "doctor --rebuild" in broken.err
    assert prompt_studio("doctor").code == 1
    rebuilt = prompt_studio("doctor", "--rebuild")
    assert rebuilt.code == 0
    assert "2 images of 2 runs are in the new database" in rebuilt.out
    assert prompt_studio("export", "--everything", "--to", "out").out.startswith("2 exported")


def test_doctor_tells_of_a_broken_settings_file(prompt_studio: CommandLine, settings: Path) -> None:
    settings.write_text("{")
    answer = prompt_studio("doctor")
    assert answer.code == 0
    assert "was set aside as" in answer.out


def test_nothing_to_resume(prompt_studio: CommandLine) -> None:
    answer = prompt_studio("resume", "--json")
    assert (answer.code, answer.json) == (0, {"runs": [], "in_doubt": [], "error": None})
    assert "Nothing was left unfinished." in prompt_studio("resume").err
    unknown = prompt_studio("resume", "9.1.0", "--json")
    assert (unknown.code, unknown.json["error"]["kind"]) == (2, "request_invalid")


def test_resume_names_every_call_in_doubt_until_it_is_settled(prompt_studio: CommandLine) -> None:
    wish = ("generate", "--prompt", "x [[fail:drop]]", "--target", "demo/demo-painter", "--size", "64x64")
    assert prompt_studio(*wish).code == 6
    told = prompt_studio("resume")
    assert "Run 1, demo/demo-painter: call 1.1.0 may have been billed." in told.err
    assert "prompt-studio settle 1.1.0 --not-billed" in told.err
    (doubt,) = prompt_studio("resume", "--json").json["in_doubt"]
    assert (doubt["call"], doubt["run"], doubt["can_be_asked"]) == ("1.1.0", 1, False)
    assert doubt["error"]["billed"] == "maybe"
    prompt_studio("settle", "1.1.0", "--not-billed")
    assert prompt_studio("resume", "--json").json["in_doubt"] == []
    assert "1.1.0" not in prompt_studio("resume").err


def test_doctor_has_no_good_word_for_a_newer_database(
    prompt_studio: CommandLine, home: Path, two_images: list[str]
) -> None:
    db = apsw.Connection(str(home / "Pictures" / "Prompt Studio" / "studio.db"))
    db.execute("PRAGMA user_version = 999")
    db.close()
    answer = prompt_studio("doctor", "--json")
    assert answer.code == 1
    about = [one for one in answer.json["findings"] if one["subject"] == "workspace"]
    assert about[0]["verdict"] == "bad"
    assert "Update Prompt Studio." in about[-1]["words"]
    assert not any("sound" in one["words"] for one in about)


def test_doubt_about_money_is_settled_by_the_user(prompt_studio: CommandLine) -> None:
    wish = ("generate", "--prompt", "x [[fail:drop]]", "--target", "demo/demo-painter", "--size", "64x64")
    assert prompt_studio(*wish).code == 6
    assert prompt_studio("settle", "1.1.0").code == 2
    assert prompt_studio("settle", "1.1.0", "--cost", "0.04", "--not-billed").code == 2
    assert prompt_studio("settle", "9.9.9", "--not-billed").code == 2
    assert prompt_studio("settle", "1.1.0", "--cost", "0.04").out.strip() == "Call 1.1.0: $0.040 was billed."
    assert prompt_studio("settle", "nonsense", "--not-billed").code == 2
