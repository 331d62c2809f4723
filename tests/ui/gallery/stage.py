"""A real studio in a folder of its own with the gallery above it, for tests, bench and showcase."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from studio.bootstrap import Studio, StudioPaths, StudioThread, open_studio
from studio.config.paths import program_folder
from studio.domain.jobs import Run
from studio.domain.request import GenerationRequest, Target
from studio.ui.actions import StudioActions
from studio.ui.client import StudioClient
from studio.ui.gallery.gallery import GalleryPanel

SMALL = "512x512"
INSTANT: dict[str, str | int | float | bool] = {"pace": "instant"}


def paths_in(folder: Path) -> StudioPaths:
    """All of the program's folders below one."""
    return StudioPaths(
        resources=program_folder("resources"),
        references=program_folder("references"),
        config=folder / "config",
        data=folder / "data",
        state=folder / "state",
        cache=folder / "cache",
        default_workspace=folder / "workspace",
    )


class Stage:
    """The panel and what it stands on."""

    def __init__(self, client: StudioClient) -> None:
        self.client = client
        self.actions = StudioActions()
        self.panel = GalleryPanel(client, self.actions)

    async def generate(self, prompt: str, *models: str, **fields: object) -> Run:
        """One Demo run, waited for until it has ended."""
        ended = asyncio.get_running_loop().create_future()

        def take(events: list[object]) -> None:
            for event in events:
                if getattr(event, "kind", "") == "run_finished" and not ended.done():
                    ended.set_result(event.run)  # type: ignore[attr-defined]  # told apart by its kind

        self.client.arrived.connect(take)
        request = GenerationRequest(prompt=prompt, **{"size": SMALL, **fields})  # type: ignore[arg-type]  # checked by the model
        targets = [Target(provider="demo", model=model, options=INSTANT) for model in models or ("demo-painter",)]

        async def begin(studio: Studio) -> Run:
            return await studio.engine.start(request, targets, origin="window")

        await self.client.run(begin)
        run: Run = await asyncio.wait_for(ended, 120)
        self.client.arrived.disconnect(take)
        return run


@contextlib.asynccontextmanager
async def open_stage(folder: Path) -> AsyncIterator[Stage]:
    """Needs the qasync loop; closes everything in order."""
    host = StudioThread(lambda: open_studio(paths=paths_in(folder)))
    await asyncio.wrap_future(host.start())
    client = StudioClient(host)
    stage = Stage(client)
    try:
        yield stage
    finally:
        stage.panel.close()
        stage.panel.deleteLater()
        await asyncio.sleep(0)
        client.close()
        await asyncio.wrap_future(host.close())


async def until(condition: Callable[[], object], what: str = "") -> None:
    """Let the window work until something holds; fails after a minute."""
    try:
        async with asyncio.timeout(60):
            while not condition():  # noqa: ASYNC110  # what is waited for is on the screen, which has no event to await
                await asyncio.sleep(0.01)
    except TimeoutError:
        raise AssertionError(f"never happened: {what}") from None
