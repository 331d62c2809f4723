"""``prompt-studio ranking`` above votes that were cast."""

from __future__ import annotations

import asyncio
import csv
from pathlib import Path

import pytest

from studio.bootstrap import Redactor, StudioPaths, open_studio
from studio.domain.values import ImageId
from tests.unit.cli.conftest import CommandLine

PROMPT = "two pears"


async def cast(better: ImageId, worse: ImageId, *, times: int) -> None:
    async with open_studio(paths=StudioPaths.of_user(), redactor=Redactor()) as studio:
        for _ in range(times):
            await studio.workspace.ballot.vote(PROMPT, worse, better, "right")


@pytest.fixture
def images(prompt_studio: CommandLine) -> tuple[ImageId, ImageId, ImageId]:
    """Of the painter, once more of the painter, and of the papercut; the votes are still to be cast."""
    targets = ("demo/demo-painter", "demo/demo-painter", "demo/demo-papercut")
    for seed, target in enumerate(targets):
        wish = ("--target", target, "--size", "64x64", "--seed", str(seed), "--json")
        assert prompt_studio("generate", "--prompt", PROMPT, *wish).code == 0
    first, second, third = sorted(one["image"] for one in prompt_studio("list", "--json").json["images"])
    return ImageId(first), ImageId(second), ImageId(third)


def test_models_are_ranked_by_their_votes(prompt_studio: CommandLine, images: tuple[ImageId, ...]) -> None:
    first, second, sketch = images
    asyncio.run(cast(sketch, first, times=3))
    asyncio.run(cast(first, second, times=1))
    answer = prompt_studio("ranking", "--json")
    assert answer.code == 0
    best, last = answer.json["ranking"]
    assert (best["model"], best["won"], best["lost"]) == ("demo-papercut", 3, 0)
    assert (last["model"], last["won"], last["lost"]) == ("demo-painter", 0, 3)
    assert best["rating"] > 1000 > last["rating"]
    assert (answer.json["votes"], answer.json["settled"], answer.json["error"]) == (3, False, None)
    words = prompt_studio("ranking")
    assert words.out.index("demo-papercut") < words.out.index("demo-painter")
    assert "free" in words.out
    assert "not settled yet" in words.err


def test_images_are_ranked_too_and_written_for_spreadsheets(
    prompt_studio: CommandLine, images: tuple[ImageId, ...], desk: Path
) -> None:
    first, second, _ = images
    asyncio.run(cast(second, first, times=2))
    none = prompt_studio("ranking", "--json")
    assert none.json["ranking"] == []
    assert "--images" in prompt_studio("ranking").err
    (desk / "ranking.csv").write_text("an older table")
    answer = prompt_studio("ranking", "--images", "--prompt", PROMPT, "--csv", "ranking.csv", "--json")
    assert [row["image"] for row in answer.json["ranking"]] == [second, first]
    with (desk / "ranking.csv").open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    assert [(int(row["image"]), row["won"], row["lost"]) for row in table] == [(second, "2", "0"), (first, "0", "2")]
    assert sorted(one.name for one in desk.iterdir()) == ["output", "ranking.csv"]


def test_a_question_without_votes_says_what_there_is(
    prompt_studio: CommandLine, images: tuple[ImageId, ...], desk: Path
) -> None:
    assert "No vote was cast yet" in prompt_studio("ranking").err
    asyncio.run(cast(images[0], images[2], times=1))
    prompt_studio("mark", "--everything", "--add-tag", "fruit")
    assert len(prompt_studio("ranking", "--tag", "fruit", "--json").json["ranking"]) == 2
    answer = prompt_studio("ranking", "--tag", "hero", "--json")
    assert answer.code == 2
    assert "'fruit' (1)" in answer.json["error"]["message"]
    assert answer.json["ranking"] == []
    assert "'two pears' (1)" in prompt_studio("ranking", "--prompt", "pears", "--json").json["error"]["message"]
    assert prompt_studio("ranking", "--tag", "fruit", "--prompt", PROMPT).code == 2


def test_a_table_that_cannot_be_written_is_an_error_in_words(
    prompt_studio: CommandLine, images: tuple[ImageId, ...], desk: Path
) -> None:
    asyncio.run(cast(images[0], images[2], times=1))
    (desk / "file").write_text("in the way")
    answer = prompt_studio("ranking", "--csv", "file/ranking.csv", "--json")
    assert (answer.code, answer.json["error"]["kind"]) == (8, "folder_not_writable")
