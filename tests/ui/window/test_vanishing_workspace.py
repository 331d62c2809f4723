"""The workspace goes away under the open window, in the middle of a run; what was paid for is kept."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from studio.domain.errors import FolderNotWritable
from studio.domain.events import StudioEvent
from studio.domain.request import GenerationRequest, Target
from studio.ui.translation import written
from tests.ui.window.conftest import Play, Stage


def kinds(stage: Stage) -> list[str]:
    return [event.kind for event in stage.events]


async def seen(stage: Stage, kind: str) -> None:
    await stage.until(lambda: kind in kinds(stage))


def test_images_that_come_while_the_workspace_is_away_are_kept_until_it_is_back(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("kite")
        root: Path = stage.workspace
        away = root.with_name("somewhere else")
        stage.write("two pears", images=2)
        painter = Target(provider="demo", model="demo-painter", options={"pace": "real"})
        stage.controller.composer.models.tick([painter])
        stage.events.clear()

        def vanish(event: StudioEvent) -> None:
            """On the studio's own thread: nothing is finished or saved between the preview and this."""
            if event.kind == "partial_arrived" and not away.exists():
                root.rename(away)

        stop_listening = stage.client.host.listen(vanish)
        stage.controller.composer.press_generate()
        await seen(stage, "saving_blocked")
        stop_listening()
        blocked = [event for event in stage.events if event.kind == "saving_blocked"][-1]
        assert str(root) in blocked.problem.values["path"]
        assert stage.window.message_bar.isVisible()
        assert not await asyncio.to_thread(root.exists)

        await asyncio.to_thread(away.rename, root)
        await stage.client.run(partial(_try_again))
        await seen(stage, "run_finished")
        images = await stage.images()
        assert len(images) == 3
        assert all((root / image.path).is_file() for image in images)

    play(scene)


async def _try_again(studio: object) -> None:
    studio.engine.retry_saving()  # type: ignore[attr-defined]  # a Studio


def test_nothing_is_sent_while_the_workspace_is_away(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("kite")
        root: Path = stage.workspace
        away = root.with_name("somewhere else")
        await asyncio.to_thread(root.rename, away)
        try:
            refused = await stage.client.run(_refused)
            assert refused.problem.charged in {"none", "no"}
            stage.write("two pears")
            before = len(kinds(stage))
            stage.controller.composer.press_generate()
            await stage.until(stage.window.message_bar.isVisible)
            message = stage.window.message_bar.current()
            assert message is not None
            assert "Make it writable, or choose another folder. Nothing was billed." in message.spoken
            assert written(message.action) == "Choose folder"
            opened: list[str] = []
            stage.controller.actions.open_preferences.connect(opened.append)
            stage.window.message_bar.acted.emit(message.key)
            assert opened == ["storage"]
            assert "call_changed" not in kinds(stage)[before:]
            assert not await asyncio.to_thread(root.exists)
        finally:
            await asyncio.to_thread(away.rename, root)
        assert len(await stage.images()) == 1

    play(scene)


async def _refused(studio: object) -> FolderNotWritable:
    request = GenerationRequest(prompt="two pears", size="128x96")  # type: ignore[arg-type]  # read as the window reads it
    target = Target(provider="demo", model="demo-painter", options={"pace": "instant"})
    try:
        await studio.engine.start(request, [target])  # type: ignore[attr-defined]  # a Studio
    except FolderNotWritable as error:
        return error
    raise AssertionError("the run was started")
