"""The commands that sort the library: list, mark, collections, snippets."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from tests.unit.cli.conftest import CommandLine


@pytest.fixture
def numbers(prompt_studio: CommandLine) -> tuple[int, int]:
    """The numbers of two images: two pears, and two pears by evening."""
    wish = ("--target", "demo/demo-painter", "--size", "64x64", "--json", "--seed", "1")
    for prompt in ("two pears", "two pears, evening"):
        assert prompt_studio("generate", "--prompt", prompt, *wish).code == 0
    first, second = sorted(one["image"] for one in prompt_studio("list", "--json").json["images"])
    return first, second


def listed(prompt_studio: CommandLine, *words: str) -> list[int]:
    answer = prompt_studio("list", "--json", *words)
    assert (answer.code, answer.json["error"]) == (0, None)
    return [one["image"] for one in answer.json["images"]]


def test_list_tells_what_there_is_and_how_much_is_shown(
    prompt_studio: CommandLine, numbers: tuple[int, int], home: Path
) -> None:
    first, second = numbers
    answer = prompt_studio("list", "--json", "--limit", "1")
    (image,) = answer.json["images"]
    assert (image["image"], answer.json["total"]) == (second, 2)
    assert Path(image["path"]).is_relative_to(home / "Pictures")
    assert Path(image["path"]).is_file()
    assert (image["prompt"], image["model"], image["rating"]) == ("two pears, evening", "demo-painter", 0)
    assert listed(prompt_studio, "--search", "evening") == [second]
    assert listed(prompt_studio, "--run", "1") == [first]
    words = prompt_studio("list")
    assert [str(second) in words.out, str(first) in words.out] == [True, True]
    assert "2 of 2 images" in words.err


def test_marks_are_kept_and_found_again(prompt_studio: CommandLine, numbers: tuple[int, int]) -> None:
    first, second = numbers
    answer = prompt_studio("mark", "--image", str(first), "--stars", "4", "--add-tag", "hero", "--note", "cold light")
    assert (answer.code, answer.out) == (0, "1 of 1 images changed.\n")
    assert listed(prompt_studio, "--rating", "4") == [first]
    assert listed(prompt_studio, "--tag", "hero") == [first]
    assert listed(prompt_studio, "--search", "cold") == [first]
    again = prompt_studio("mark", "--image", str(first), "--stars", "4", "--json")
    assert again.json == {"images": [first], "changed": [], "error": None}
    prompt_studio("mark", "--tag", "hero", "--remove-tag", "hero", "--stars", "0", "--note", "", "--reject")
    (image,) = prompt_studio("list", "--json", "--image", str(first)).json["images"]
    assert (image["rating"], image["tags"], image["note"], image["rejected"]) == (0, [], "", True)
    assert prompt_studio("mark", "--everything", "--no-reject", "--json").json["changed"] == [first]
    assert listed(prompt_studio) == [second, first]


def test_what_cannot_be_done_changes_nothing(prompt_studio: CommandLine, numbers: tuple[int, int]) -> None:
    answer = prompt_studio("mark", "--everything", "--stars", "5", "--add-tag", "x" * 101, "--json")
    assert answer.code == 2
    assert "nothing was changed" in answer.json["error"]["message"]
    assert listed(prompt_studio, "--rating", "1") == []


def test_the_bin_takes_and_gives_back(prompt_studio: CommandLine, numbers: tuple[int, int]) -> None:
    first, second = numbers
    assert prompt_studio("mark", "--image", str(first), "--to-bin").code == 0
    assert (listed(prompt_studio), listed(prompt_studio, "--bin")) == ([second], [first])
    assert listed(prompt_studio, "--bin", "--run", "1") == [first]
    assert prompt_studio("mark", "--everything", "--from-bin", "--json").json["changed"] == [first]
    assert listed(prompt_studio) == [second, first]


def test_collections_are_made_filled_renamed_and_removed(prompt_studio: CommandLine, numbers: tuple[int, int]) -> None:
    first, second = numbers
    assert prompt_studio("collections", "list").err == "There is no collection yet.\n"
    assert prompt_studio("collections", "make", "Best  of").out == "Made Best of.\n"
    filled = prompt_studio("collections", "add", "best OF", "--image", str(first), "--last", "--json")
    assert filled.json == {"collections": [{"name": "Best of", "images": 2}], "error": None}
    assert listed(prompt_studio, "--collection", "Best of") == [second, first]
    assert prompt_studio("collections", "remove", "Best of", "--run", "2").out == "1 image taken out of Best of.\n"
    assert prompt_studio("collections", "rename", "best of", "Autumn").code == 0
    assert prompt_studio("collections", "add", "Other", "--make", "--everything").out == "2 images added to Other.\n"
    every = prompt_studio("collections", "list", "--json").json["collections"]
    assert every == [{"name": "Autumn", "images": 1}, {"name": "Other", "images": 2}]
    assert prompt_studio("collections", "delete", "autumn").out == "Removed Autumn; its images stay.\n"
    assert listed(prompt_studio) == [second, first]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rename", "Nope", "X"), "there is no collection 'Nope'"),
        (("delete", "Nope"), "there is no collection 'Nope'"),
        (("add", "Nope", "--everything"), "there is no collection 'Nope'"),
        (("remove", "Nope", "--everything"), "there is no collection 'Nope'"),
        (("make", "one"), "there is a collection 'one' already"),
        (("make", " "), "1 to 100 characters"),
        (("rename", "One", "Two"), "Two"),
        (("add", "One"), "Say which images"),
        (("add", "One", "--image", "9"), "there is no image 9"),
    ],
)
def test_collection_that_cannot_be_is_told(prompt_studio: CommandLine, words: tuple[str, ...], said: str) -> None:
    for name in ("One", "Two"):
        prompt_studio("collections", "make", name)
    answer = prompt_studio("collections", *words, "--json")
    assert answer.code == 2
    assert said in answer.json["error"]["message"] + answer.err


def test_snippets_are_kept_shown_replaced_and_removed(
    prompt_studio: CommandLine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert prompt_studio("snippets", "list").err == "There is no snippet yet.\n"
    assert prompt_studio("snippets", "save", "Light", "soft north light").out == "Kept as Light.\n"
    taken = prompt_studio("snippets", "save", "light", "hard sun")
    assert taken.code == 2
    assert "--replace" in taken.err
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("硬光\n逆光\n".encode())))
    assert prompt_studio("snippets", "save", "light", "--replace").code == 0
    assert prompt_studio("snippets", "show", "LIGHT").out == "硬光\n逆光\n"
    assert prompt_studio("snippets", "list", "--json").json == {
        "snippets": [{"name": "light", "text": "硬光\n逆光"}],
        "error": None,
    }
    assert prompt_studio("snippets", "delete", "light").code == 0
    gone = prompt_studio("snippets", "show", "light", "--json")
    assert (gone.code, gone.json["snippets"]) == (2, [])
    assert "there is no snippet 'light'" in gone.json["error"]["message"]


def test_snippet_without_a_text_is_told(prompt_studio: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"")))
    answer = prompt_studio("snippets", "save", "Light")
    assert answer.code == 2
    assert "1 to 50000 characters" in answer.err
