"""``prompt-studio undo`` and ``redo``: what commands and windows that have ended did to the library, step by step."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from studio.bootstrap import Deed, LibraryQuery, Studio, StudioPaths, open_studio
from tests.unit.cli.conftest import CommandLine


@pytest.fixture
def numbers(prompt_studio: CommandLine) -> tuple[int, ...]:
    """Numbers of three images."""
    wish = ("--target", "demo/demo-painter", "--size", "64x64", "--json", "-n", "3")
    assert prompt_studio("generate", "--prompt", "two pears", *wish).code == 0
    return tuple(sorted(one["image"] for one in prompt_studio("list", "--json").json["images"]))


def library() -> Any:
    """All that can be undone, as it is now."""
    found: list[Any] = []

    async def look(studio: Studio) -> None:
        library, organiser = studio.workspace.library, studio.workspace.organiser
        for in_bin in (False, True):
            images = await library.page(LibraryQuery(trashed=in_bin))
            found.extend((one.id, one.rating, one.rejected, one.tags, one.note, one.trashed_at) for one in images)
        for one in await organiser.collections():
            inside = await library.page(LibraryQuery(collection_names=(one.name,)))
            found.append((one.name, one.image_count, sorted(image.id for image in inside)))

    asyncio.run(opened(look))
    return found


def test_every_command_that_changes_the_library_is_one_step_back_and_forth(
    prompt_studio: CommandLine, numbers: tuple[int, ...]
) -> None:
    one, two = ("--image", str(numbers[0])), ("--image", str(numbers[1]))
    commands = [
        (("mark", *one, *two, "--stars", "4"), "2 images rated."),
        (("mark", *one, "--reject"), "1 image rejected."),
        (("mark", *one, "--no-reject"), "Rejection of 1 image taken back."),
        (("mark", *one, *two, "--note", "cold"), "Note of 2 images changed."),
        (("mark", *one, "--add-tag", "hero"), "Tags of 1 image changed."),
        (("mark", *one, *two, "--stars", "2", "--add-tag", "b", "--remove-tag", "hero"), "2 images marked."),
        (("mark", *two, "--to-bin"), "1 image moved to the bin."),
        (("mark", *two, "--from-bin"), "1 image brought back."),
        (("collections", "make", "Best"), "Collection Best made."),
        (("collections", "add", "Best", "--everything"), "3 images added to Best."),
        (("collections", "remove", "Best", *one), "1 image taken out of Best."),
        (("collections", "rename", "Best", "Autumn"), "Best is called Autumn now."),
        (("collections", "delete", "Autumn"), "Collection Autumn removed. Its images stay."),
    ]
    states = [library()]
    for words, _said in commands:
        assert prompt_studio(*words).code == 0
        states.append(library())
    steps = prompt_studio("undo", "--list", "--json").json["steps"]
    assert [step["words"] for step in steps] == [said for _words, said in reversed(commands)]
    for (_words, said), before in zip(reversed(commands), reversed(states[:-1]), strict=True):
        answer = prompt_studio("undo")
        assert (answer.code, answer.out) == (0, f"Undone: {said}\n")
        assert library() == before
    nothing = prompt_studio("undo")
    assert (nothing.code, nothing.out, nothing.err) == (0, "", "There is nothing to undo.\n")
    for (_words, said), after in zip(commands, states[1:], strict=True):
        assert prompt_studio("redo").out == f"Done again: {said}\n"
        assert library() == after
    assert prompt_studio("redo").err == "There is nothing to redo.\n"


def test_several_steps_at_once_and_what_is_left_of_them(prompt_studio: CommandLine, numbers: tuple[int, ...]) -> None:
    for stars in ("1", "2", "3"):
        prompt_studio("mark", "--everything", "--stars", stars)
    answer = prompt_studio("undo", "--steps", "2", "--json")
    assert answer.code == 0
    steps = answer.json["steps"]
    assert [(step["deed"], step["count"], step["changed"]) for step in steps] == [("rated", 3, list(numbers))] * 2
    assert (answer.json["left"], answer.json["error"]) == (1, None)
    assert [one["rating"] for one in prompt_studio("list", "--json").json["images"]] == [1, 1, 1]
    assert len(prompt_studio("redo", "--list", "--json").json["steps"]) == 2
    assert prompt_studio("redo", "--list").out.count("3 images rated.") == 2
    every = prompt_studio("redo", "--steps", "9", "--json")
    assert (len(every.json["steps"]), every.json["left"]) == (2, 0)


def test_a_new_change_leaves_nothing_to_redo(prompt_studio: CommandLine, numbers: tuple[int, ...]) -> None:
    prompt_studio("mark", "--everything", "--stars", "3")
    prompt_studio("undo")
    prompt_studio("collections", "make", "Best")
    assert prompt_studio("redo", "--list", "--json").json["steps"] == []
    prompt_studio("undo")
    prompt_studio("mark", "--everything", "--reject")
    assert prompt_studio("redo").err == "There is nothing to redo.\n"


def test_what_was_changed_since_stays_and_the_code_says_so(
    prompt_studio: CommandLine, numbers: tuple[int, ...]
) -> None:
    prompt_studio("mark", "--everything", "--stars", "3")
    rate_in_a_window_that_forgets(numbers[0])
    answer = prompt_studio("undo", "--json")
    (step,) = answer.json["steps"]
    assert (answer.code, step["changed"], step["newer"]) == (1, list(numbers[1:]), 1)
    prompt_studio("redo")
    rate_in_a_window_that_forgets(numbers[1])
    said = prompt_studio("undo")
    assert (said.code, said.out) == (1, "Undone: 3 images rated.\n")
    assert "1 image was changed since and stays as it is." in said.err
    ratings = {one["image"]: one["rating"] for one in prompt_studio("list", "--json").json["images"]}
    assert ratings == {numbers[0]: 5, numbers[1]: 5, numbers[2]: 0}


def rate_in_a_window_that_forgets(image: int) -> None:
    async def work(studio: Studio) -> None:
        (known,) = [one for one in await studio.workspace.library.page(LibraryQuery()) if one.id == image]
        await studio.workspace.organiser.rate([known.id], 5)

    asyncio.run(opened(work))


async def opened(work: Any) -> None:
    async with open_studio(paths=StudioPaths.of_user()) as studio:
        await work(studio)


def test_steps_of_an_open_window_are_its_own_and_told(prompt_studio: CommandLine, numbers: tuple[int, ...]) -> None:
    prompt_studio("mark", "--everything", "--note", "before")
    answers: list[Any] = []

    async def window(studio: Studio) -> None:
        images = [one.id for one in await studio.workspace.library.page(LibraryQuery())]
        await studio.workspace.organiser.rate(images, 5, keep=Deed("rated", len(images)))
        every = (("--list",), ("--list", "--json"), (), ())
        answers.extend([await asyncio.to_thread(prompt_studio, "undo", *words) for words in every])

    asyncio.run(opened(window))
    listed, document, undone, nothing = answers
    assert "3 images rated. (an open window's own)" in listed.out
    assert [(step["words"], step["in_window"]) for step in document.json["steps"]] == [
        ("3 images rated.", True),
        ("Note of 3 images changed.", False),
    ]
    assert undone.out == "Undone: Note of 3 images changed.\n"
    assert nothing.err == (
        "There is nothing to undo. What an open window did is taken back in it (Ctrl+Z), or here once it is closed.\n"
    )
    assert prompt_studio("undo").out == "Undone: 3 images rated.\n"


def test_what_was_said_for_scripts_when_it_cannot_be_opened(prompt_studio: CommandLine, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("no folder")
    answer = prompt_studio("undo", "--workspace", str(file / "library"), "--json")
    assert answer.code == 8
    assert (answer.json["steps"], answer.json["left"]) == ([], 0)
    assert answer.json["error"]["billed"] == "no"
