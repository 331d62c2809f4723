"""One Demo run in the real window without a display: what `packaging/dev.py run` does on a machine without a screen."""

from __future__ import annotations

import asyncio
import shutil
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studio.ui.window.controller import WindowController

_SETTLE_S = 0.4
"""Thumbnails of the last image reach the tiles a moment after the run has ended."""


def demonstrate(folder: Path) -> Callable[[WindowController], Awaitable[int]]:
    """Press Generate with the first-run example, wait, copy the images and a picture of the window to `folder`."""

    folder.mkdir(parents=True, exist_ok=True)

    async def then(controller: WindowController) -> int:
        ended: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def take(events: list[object]) -> None:
            for event in events:
                if getattr(event, "kind", "") == "run_finished" and not ended.done():
                    ended.set_result(event.run_id)  # type: ignore[attr-defined]  # told apart by its kind

        controller.client.arrived.connect(take)
        controller.composer.models.set_all_options({"demo/demo-painter": {"pace": "instant"}})
        controller.composer.press_generate()
        run_id = await asyncio.wait_for(ended, 120)
        await asyncio.sleep(_SETTLE_S)
        images = await controller.client.run(lambda studio: studio.workspace.library.page(limit=100))
        root = controller.client.studio.workspace.folder.root
        for image in images:
            if image.run_id == run_id:
                shutil.copyfile(root / image.path, folder / Path(image.path).name)
                sys.stdout.write(f"{folder / Path(image.path).name}\n")
        screenshot = folder / "window.png"
        controller.window.grab().save(str(screenshot))
        sys.stdout.write(f"{screenshot}\n")
        return 0 if images else 1

    return then
