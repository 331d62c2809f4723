"""Two programs on one workspace at the same time: both generate, rate and delete; nothing of either is lost."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

from studio.ui.gallery.images_model import TILE_ROLE
from tests.ui.window.conftest import Play, Stage

RUNS = 4


async def begun(stage: Stage) -> asyncio.subprocess.Process:
    program = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.ui.window.second_program", str(stage.home), str(RUNS)),
        stdout=asyncio.subprocess.PIPE,
    )
    assert program.stdout is not None
    assert (await program.stdout.readline()).strip() == b"ready"
    return program


async def images_of(stage: Stage, run: Any) -> list[int]:
    page = await stage.client.run(lambda studio: studio.workspace.library.run(run.id))
    assert page is not None
    return [int(image.id) for image in page.images]


def shown_ids(stage: Stage) -> set[int]:
    model = stage.controller.gallery.images
    found = set()
    for row in range(model.rowCount()):
        tile = model.data(model.index(row, 0), TILE_ROLE)
        image = getattr(tile, "image", None)
        if image is not None:
            found.add(int(image.id))
    return found


def test_both_generate_rate_and_delete_and_each_shows_the_other(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("kite")
        program = await begun(stage)
        mine: list[int] = []
        for number in range(RUNS):
            run = await stage.generate(f"from the window, {number}")
            mine += await images_of(stage, run)
            stage.controller.actions.rate.emit(mine[-1:], 2)
        stage.controller.actions.trash.emit(mine[:1])
        assert program.stdout is not None
        theirs: dict[str, Any] = json.loads(await program.stdout.read())
        assert await program.wait() == 0

        async def kept() -> dict[int, tuple[int, bool]]:
            ids = [*mine, *theirs["rated"]]
            images = await stage.client.run(lambda studio: studio.workspace.library.images(ids))
            return {int(image.id): (image.rating, image.trashed_at is not None) for image in images}

        expected = {one: (2, one == mine[0]) for one in mine}
        expected |= {one: (4, one in theirs["binned"]) for one in theirs["rated"]}
        await stage.until_kept(kept, expected)
        assert len(expected) == 2 * RUNS
        files = sorted((stage.workspace / "output" / "images").glob("*.png"))
        assert len(files) == 2 * RUNS + 1
        stage.controller.show_view("grid")
        visible = {one for one, (_, binned) in expected.items() if not binned}
        binned = {mine[0], *theirs["binned"]}
        await stage.until(lambda: visible <= shown_ids(stage) and not shown_ids(stage) & binned)

    play(scene)
