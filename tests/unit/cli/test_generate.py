from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.fakes.openai import API_KEY, FakeOpenAI
from tests.unit.cli.conftest import CommandLine

DEMO = ("--target", "demo/demo-painter", "--size", "64x64")


def pictures(folder: Path) -> list[str]:
    return sorted(str(one.relative_to(folder)) for one in folder.rglob("*") if one.is_file())


def originals(home: Path) -> list[Path]:
    return sorted((home / "Pictures" / "Prompt Studio" / "output" / "images").glob("*.png"))


@pytest.fixture
def openai_key(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("OPENAI_API_KEY", API_KEY)
    return API_KEY


def test_images_land_in_the_folder_byte_for_byte_and_their_paths_on_stdout(
    prompt_studio: CommandLine, desk: Path, home: Path
) -> None:
    answer = prompt_studio("generate", "--prompt", "two pears", *DEMO, "-n", "2", "--seed", "7")
    assert answer.code == 0
    paths = [Path(line) for line in answer.out.splitlines()]
    assert [path.parent for path in paths] == [desk / "output" / "images"] * 2
    assert [path.read_bytes() for path in paths] == [path.read_bytes() for path in originals(home)]
    assert "demo/demo-painter: done" in answer.err


def test_document_says_everything_of_every_target(prompt_studio: CommandLine, desk: Path) -> None:
    answer = prompt_studio(
        *("generate", "--prompt", "two pears", "--size", "64x64", "--seed", "7", "--out", "here", "--json"),
        *("--target", "demo/demo-painter", "--target", "demo/demo-papercut"),
    )
    document = answer.document
    assert (answer.code, document.run, document.error) == (0, 1, None)
    assert [(one.provider, one.model, one.state) for one in document.results] == [
        ("demo", "demo-painter", "done"),
        ("demo", "demo-papercut", "done"),
    ]
    for result in document.results:
        (image,) = result.images
        assert Path(image.path).parent == desk / "here"
        with Image.open(image.path) as opened:
            assert opened.size == (image.width, image.height) == (64, 64)
        assert image.seed == 7
        assert image.image_url == Path(image.path).as_uri()
        assert result.cost.model_dump() == {"estimated": 0.0, "reported": None, "currency": "USD"}
        assert result.error is None


def test_repeated_seed_answers_from_the_library_unless_told_otherwise(prompt_studio: CommandLine) -> None:
    wish = ("generate", "--prompt", "two pears", *DEMO, "--seed", "7", "--json")
    prompt_studio(*wish)
    again, anew = prompt_studio(*wish).document, prompt_studio(*wish, "--no-cache").document
    said = [[notice.message for notice in document.results[0].notices] for document in (again, anew)]
    assert said == [["Answered from the library, nothing was billed"], []]
    free = ("generate", "--prompt", "two pears", *DEMO, "--json")
    prompt_studio(*free)
    assert prompt_studio(*free, "--cache-any").document.results[0].notices[-1].field == "model"
    contradiction = prompt_studio(*free, "--cache-any", "--no-cache")
    assert contradiction.code == 2


@pytest.mark.parametrize("way", ["text", "file", "pipe"])
def test_request_as_json_from_anywhere_with_the_command_line_in_front(
    prompt_studio: CommandLine, desk: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    wish: dict[str, Any] = {
        "prompt": "from the file",
        "size": "64*64",
        "seed": 3,
        "targets": ["demo/demo-papercut"],
        "options": {"output_format": "jpeg"},
    }
    text = json.dumps(wish)
    (desk / "wish.json").write_text(text)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    source = {"text": text, "file": "wish.json", "pipe": "-"}[way]
    answer = prompt_studio("generate", "--request", source, "--seed", "4", "--json", "--dry-run")
    (result,) = answer.document.results
    assert result.requests is not None
    body = result.requests[0].body
    assert (result.model, body["prompt"], body["seed"], body["width"]) == ("demo-papercut", "from the file", 4, 64)
    assert body["file_format"] == "jpeg"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--prompt", "x"), "none is named"),
        (("--target", "demo"), "give --prompt or --request"),
        (("--prompt", "", "--target", "demo"), "prompt: it is empty"),
        (("--prompt", "x", "--target", "nobody/m"), "there is no provider 'nobody'; there are openai, "),
        (("--prompt", "x", "--target", "demo/unknown"), "unknown"),
        (("--prompt", "x", "--target", "openai/gpt-image2"), "similar names: openai/gpt-image-2"),
        (("--prompt", "x", "--target", "demo/gpt-image-2"), "similar names: openai/gpt-image-2"),
        (("--prompt", "x", "--target", "gpt-image-2"), "name its provider too: openai/gpt-image-2"),
        (("--prompt", "x", "--model", "gpt-image-2"), "a model alone is not enough; use --target with openai/gpt-im"),
        (("--prompt", "x", "--target", "demo", "--size", "big"), "'big' is not a size"),
        (("--prompt", "x", "--target", "demo", "--size", "99999x2"), "edges go from"),
        (("--prompt", "x", "--target", "demo", "--aspect", "wide"), "not an aspect ratio"),
        (("--prompt", "x", "--target", "demo", "--seed", "-5"), "seed"),
        (("--prompt", "x", "--target", "demo", "--seed", str(2**32)), "4294967295"),
        (("--prompt", "x", "--target", "demo", "-n", "17"), "1 to 16"),
        (("--prompt", "x", "--target", "demo", "--option", "quality"), "not NAME=VALUE"),
        (("--prompt", "x", "--target", "demo", "--option", "openai.quality=low"), "no target is of the provider"),
        (("--prompt", "x", "--target", "demo", "--base-url", "http://127.0.0.1:1"), "no such account field"),
        (("--prompt", "x", "--target", "demo", "--account", "second"), "no account 'second'"),
        (("--prompt", "x", "--target", "demo", "--max-cost", "cheap"), "no amount"),
        (("--prompt", "x", "--target", "demo", "--reference-image", "gone.png"), "gone.png"),
        (("--prompt", "x" * 33_000, "--target", "demo"), "32000"),
        (("--request", "{", "--target", "demo"), "it is not JSON"),
        (("--request", "[1]", "--target", "demo"), "no JSON object"),
        (("--request", "nowhere.json", "--target", "demo"), "nowhere.json cannot be read"),
        (("--request", '{"prompt": "x", "colour": 1}', "--target", "demo"), "colour: no such field"),
        (("--prompt", "x", "--target", "openai/gpt-image-1"), "ended on 2026-10-23"),
        (("--prompt", "x", "--nonsense"), "--nonsense"),
    ],
)
def test_bad_input_is_told_before_anything_is_sent(
    prompt_studio: CommandLine, desk: Path, arguments: tuple[str, ...], said: str
) -> None:
    words = prompt_studio("generate", *arguments)
    assert (words.code, words.out) == (2, "")
    assert said in words.err.replace("\n", " ")
    assert pictures(desk) == []
    document = prompt_studio("generate", *arguments, "--json").document
    told = [error for error in (document.error, *(result.error for result in document.results)) if error is not None]
    assert told
    assert said in " ".join(error.message for error in told)
    assert document.run is None or said == "no account 'second'"
    assert all(error.billed == "no" for error in told)


def test_dry_run_refuses_an_address_that_cannot_be_one(prompt_studio: CommandLine) -> None:
    answer = prompt_studio("generate", "--prompt", "x", "--target", "openai", "--base-url", "ftp://x", "--dry-run")
    assert answer.code == 2
    assert "it must look like https://host/path. Nothing was billed." in answer.out


def test_unreadable_reference_names_file_and_reason(prompt_studio: CommandLine, desk: Path) -> None:
    (desk / "notes.png").write_text("no picture")
    answer = prompt_studio("generate", "--prompt", "x", *DEMO, "--reference-image", "notes.png")
    assert answer.code == 2
    assert "notes.png is no image that can be used" in answer.err


@pytest.mark.parametrize(
    "drawing",
    [
        b'<svg xmlns="http://www.w3.org/2000/svg"><rect/></svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg"><rect/>',
        b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "b">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b"<!--" + b"licence " * 1000 + b'--><svg xmlns="http://www.w3.org/2000/svg"/>',
    ],
)
def test_drawing_is_not_called_damaged(prompt_studio: CommandLine, desk: Path, drawing: bytes) -> None:
    (desk / "logo.svg").write_bytes(drawing)
    answer = prompt_studio("generate", "--prompt", "x", *DEMO, "--reference-image", "logo.svg")
    assert answer.code == 2
    assert "SVG is not accepted, export it as PNG. Nothing was billed." in answer.err


def test_commands_in_hints_can_be_typed_as_they_stand(
    prompt_studio: CommandLine, fake_openai: FakeOpenAI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-wrong-0123456789abcdef")
    for words in (("generate", "--prompt", "x", "--target", "openai"), ("keys", "test", "openai")):
        answer = prompt_studio(*words, "--base-url", fake_openai.base_url)
        assert "prompt-studio keys set openai, then prompt-studio keys test openai" in answer.err + answer.out


def test_folder_that_cannot_be_written_is_told_before_anything_is_sent(
    prompt_studio: CommandLine, desk: Path, home: Path
) -> None:
    (desk / "file").write_text("in the way")
    answer = prompt_studio("generate", "--prompt", "x", *DEMO, "--out", "file/below", "--json")
    assert answer.code == 8
    assert answer.document.error is not None
    assert answer.document.error.kind == "folder_not_writable"
    assert "Nothing was billed." in answer.document.error.message
    assert originals(home) == []


def test_existing_files_are_never_overwritten(prompt_studio: CommandLine, desk: Path) -> None:
    wish = ("generate", "--prompt", "two pears", *DEMO, "--out", ".", "--json")
    first = Path(prompt_studio(*wish).document.results[0].images[0].path)
    first.rename(first.with_name(first.name.replace("_001_", "_002_")))
    before = {file.name: file.read_bytes() for file in desk.iterdir()}
    second = Path(prompt_studio(*wish).document.results[0].images[0].path)
    assert second.stem.endswith("_01-2")
    assert before.items() <= {file.name: file.read_bytes() for file in desk.iterdir()}.items()


def test_workspace_that_is_the_out_folder_is_not_filled_twice(prompt_studio: CommandLine, desk: Path) -> None:
    answer = prompt_studio("generate", "--prompt", "two pears", *DEMO, "--workspace", ".", "--json")
    (image,) = answer.document.results[0].images
    assert Path(image.path).parent == desk / "output" / "images"
    assert len(list((desk / "output" / "images").glob("*.png"))) == 1


@pytest.mark.parametrize(
    ("failure", "code", "kind"),
    [
        ("moderation", 4, "prompt_refused"),
        ("withheld", 4, "result_withheld"),
        ("key", 3, "key_rejected"),
        ("balance", 5, "balance"),
        ("offline", 7, "offline"),
        ("drop", 6, "uncertain"),
        ("gateway", 6, "gateway"),
        ("text", 1, "no_image"),
    ],
)
def test_each_way_to_fail_has_its_code_and_its_words(
    prompt_studio: CommandLine, failure: str, code: int, kind: str
) -> None:
    answer = prompt_studio("generate", "--prompt", f"x [[fail:{failure}]]", *DEMO, "--json")
    (result,) = answer.document.results
    assert (answer.code, result.error and result.error.kind, result.images) == (code, kind, [])
    assert result.state == ("uncertain" if code == 6 else "failed")


def test_words_of_a_failure_say_what_to_do_and_obey_no_escape(prompt_studio: CommandLine) -> None:
    answer = prompt_studio("generate", "--prompt", "x [[fail:drop]]", *DEMO)
    assert "demo/demo-painter: may have been billed" in answer.err
    assert "It may have been billed." in answer.err
    assert "prompt-studio resume asks the provider" in answer.err
    assert "\x1b" not in answer.err


def test_openai_gets_the_request_of_the_dry_run_and_its_image_comes_back_untouched(
    prompt_studio: CommandLine, fake_openai: FakeOpenAI, openai_key: str, home: Path
) -> None:
    wish = (
        *("generate", "--prompt", "two pears", "--target", "openai/gpt-image-2", "--size", "1024x1024", "--json"),
        *("--option", "quality=low", "--negative", "text", "--base-url", fake_openai.base_url),
    )
    dry = prompt_studio(*wish, "--dry-run")
    assert not fake_openai.requests
    (planned,) = dry.document.results
    assert planned.requests is not None
    (request,) = planned.requests
    assert openai_key not in dry.out
    assert request.headers["Authorization"] == "Bearer ***"
    real = prompt_studio(*wish)
    assert real.code == 0
    (sent,) = [one for one in fake_openai.requests if one.method == "POST"]
    assert json.loads(sent.body) == request.body
    assert f"{fake_openai.origin}{sent.path}" == request.url
    (result,) = real.document.results
    assert {notice.field for notice in result.notices} == {"negative_prompt"}
    assert result.cost.reported is not None
    (image,) = result.images
    assert image.image_url == Path(image.path).as_uri()
    assert Path(image.path).read_bytes() == originals(home)[0].read_bytes()


def test_dry_run_needs_no_key_and_shows_the_request_to_people(prompt_studio: CommandLine, home: Path) -> None:
    answer = prompt_studio(
        "generate", "--prompt", "两只梨", "--target", "openai/gpt-image-2", "--seed", "4", "--dry-run"
    )
    assert answer.code == 0
    for line in (
        "POST https://api.openai.com/v1/images/generations",
        "Authorization: Bearer ***",
        '  "prompt": "两只梨",',
        "ignored: seed: Seed ignored, gpt-image-2 has no seed",
        "price: ≈ $",
        "Nothing was sent.",
    ):
        assert line in answer.out
    assert originals(home) == []


def test_wrong_key_is_a_key_problem_and_is_shown_nowhere(
    prompt_studio: CommandLine, fake_openai: FakeOpenAI, monkeypatch: pytest.MonkeyPatch, home: Path
) -> None:
    planted = "sk-planted-wrong-0123456789abcdef"
    monkeypatch.setenv("OPENAI_API_KEY", planted)
    answer = prompt_studio("generate", "--prompt", "x", "--target", "openai", "--base-url", fake_openai.base_url)
    assert answer.code == 3
    assert "Key not accepted" in answer.err
    assert planted not in answer.out + answer.err
    kept = [file for file in home.rglob("*") if file.is_file()]
    assert any(file.suffix == ".log" for file in kept)
    assert all(planted.encode() not in file.read_bytes() for file in kept)


def test_missing_key_fails_that_target_and_the_other_goes_on(prompt_studio: CommandLine) -> None:
    answer = prompt_studio(
        "generate",
        "--prompt",
        "x",
        "--target",
        "openai",
        "--target",
        "demo/demo-painter",
        "--json",
        "--size",
        "1024x1024",
    )
    openai, demo = answer.document.results
    assert answer.code == 3
    assert (openai.state, openai.error and openai.error.kind) == ("failed", "keyring_missing")
    assert (demo.state, len(demo.images)) == ("done", 1)


def test_cost_limit_of_a_run_stops_it_before_anything_is_sent(
    prompt_studio: CommandLine, fake_openai: FakeOpenAI, openai_key: str
) -> None:
    wish = (
        *("generate", "--prompt", "x", "--target", "openai/gpt-image-2", "--size", "1024x1024"),
        *("--base-url", fake_openai.base_url, "--json"),
    )
    refused = prompt_studio(*wish, "--max-cost", "0.001")
    assert refused.code == 5
    assert refused.document.error is not None
    assert refused.document.error.kind == "over_budget"
    assert not fake_openai.requests
    assert prompt_studio(*wish, "--max-cost", "$5").code == 0


def test_daily_limit_is_shared_with_the_window_and_can_be_overruled(
    prompt_studio: CommandLine, fake_openai: FakeOpenAI, openai_key: str, settings: Path
) -> None:
    settings.write_text(json.dumps({"schema": 1, "budget": {"per_day": {"amount": "0.001"}}}))
    wish = (
        *("generate", "--prompt", "x", "--target", "openai/gpt-image-2", "--size", "1024x1024"),
        *("--base-url", fake_openai.base_url),
    )
    refused = prompt_studio(*wish)
    assert refused.code == 5
    assert "--over-budget" in refused.err
    assert prompt_studio(*wish, "--over-budget").code == 0
