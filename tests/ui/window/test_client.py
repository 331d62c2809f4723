"""The window's end of the studio when the window closes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.ui.window.conftest import Play, Stage


def test_whoever_still_waits_when_the_window_closes_is_cancelled(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        begun, ended = asyncio.Event(), []
        loop = asyncio.get_running_loop()

        async def endless(_studio: Any) -> None:
            loop.call_soon_threadsafe(begun.set)
            try:
                await asyncio.Event().wait()
            finally:
                ended.append(True)

        task = asyncio.create_task(stage.client.run(endless))
        await begun.wait()
        stage.client.close()
        with pytest.raises(asyncio.CancelledError):
            await task
        await stage.until(lambda: bool(ended))
        with pytest.raises(asyncio.CancelledError):
            await stage.client.run(endless)

    play(scene)
