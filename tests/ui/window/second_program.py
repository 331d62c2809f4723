"""Another process on the same workspace: ``python -m tests.ui.window.second_program HOME RUNS``.

Generates, rates every image of its own with 4 and bins one; prints what it did as JSON."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import replace
from pathlib import Path

from studio.bootstrap import StudioPaths, open_studio
from studio.config.vault import SessionVault
from studio.domain.request import GenerationRequest, Target
from studio.domain.values import ImageId


async def work(home: Path, runs: int) -> dict[str, list[ImageId]]:
    """Image ids: rated and binned."""
    folders = {name: home / name for name in ("config", "data", "state", "cache")}
    paths = replace(StudioPaths.of_user(), **folders, default_workspace=home / "workspace")
    rated: list[ImageId] = []
    async with open_studio(paths=paths, vault=SessionVault()) as studio:
        print("ready", flush=True)
        for number in range(runs):
            request = GenerationRequest(prompt=f"from the second program, {number}", size="128x96")  # type: ignore[arg-type]  # read as the window reads it
            targets = [Target(provider="demo", model="demo-poster", options={"pace": "instant"})]
            run = await studio.engine.start(request, targets, origin="command line")
            run = await studio.engine.wait(run.id)
            page = await studio.workspace.library.run(run.id)
            assert page is not None
            ids = [image.id for image in page.images]
            await studio.workspace.organiser.rate(ids, 4)
            rated += ids
        await studio.workspace.organiser.trash(rated[-1:])
    return {"rated": rated, "binned": rated[-1:]}


if __name__ == "__main__":
    print(json.dumps(asyncio.run(work(Path(sys.argv[1]), int(sys.argv[2])))))
