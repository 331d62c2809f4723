"""Ctrl+Z this morning takes back what was done last night, in another window and after another end."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt

from studio.ui.translation import written
from tests.ui.window.conftest import Play, Stage
from tests.ui.window.test_organise import message, press, three_images, until_collections

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


async def ratings(stage: Stage) -> list[int]:
    return [image.rating for image in await stage.images()]


def spoken(stage: Stage) -> str:
    current = stage.window.message_bar.current()
    return current.spoken if current is not None else ""


async def in_grid(stage: Stage) -> None:
    stage.controller.show_view("grid")
    await stage.until(lambda: stage.controller.gallery.grid.model().rowCount() == 3)


def test_steps_of_the_last_window_are_taken_back_and_done_again(play: Play) -> None:
    async def evening(stage: Stage) -> None:
        ids = await three_images(stage)
        stage.controller.actions.rate.emit(ids, 4)
        await stage.until(lambda: message(stage) == "3 images rated.")
        stage.controller.actions.collect.emit(ids[:2], "Best")
        await until_collections(stage, ("Best", 2))

    async def morning(stage: Stage) -> None:
        await in_grid(stage)
        await press(stage, Qt.Key.Key_Z, CONTROL)
        await until_collections(stage)
        await stage.until(lambda: message(stage) == "Undone: 2 images added to Best.")
        assert f"It was done on {datetime.now().astimezone():%Y-%m-%d} at " in spoken(stage)
        await press(stage, Qt.Key.Key_Z, CONTROL)
        await stage.until_kept(lambda: ratings(stage), [0, 0, 0])
        await stage.until(lambda: message(stage) == "Undone: 3 images rated.")
        await press(stage, Qt.Key.Key_Z, CONTROL | SHIFT)
        await stage.until_kept(lambda: ratings(stage), [4, 4, 4])

    async def noon(stage: Stage) -> None:
        await in_grid(stage)
        await press(stage, Qt.Key.Key_Z, CONTROL | SHIFT)
        await until_collections(stage, ("Best", 2))
        stage.client.studio.settings.change(language="zh_CN")
        await stage.until(lambda: message(stage) == "已重做：已将 2 张图片加入 Best。")

    play(evening)
    play(morning)
    play(noon)


def test_what_the_command_line_changed_meanwhile_stays_and_is_told(play: Play) -> None:
    async def evening(stage: Stage) -> None:
        ids = await three_images(stage)
        stage.controller.actions.rate.emit(ids, 4)
        await stage.until(lambda: message(stage) == "3 images rated.")

    async def morning(stage: Stage) -> None:
        newest = (await stage.images())[0].id
        await in_grid(stage)
        await stage.client.run(lambda studio: studio.workspace.organiser.rate([newest], 5))  # as `mark --stars 5` does
        await press(stage, Qt.Key.Key_Z, CONTROL)
        await stage.until_kept(lambda: ratings(stage), [5, 0, 0])
        await stage.until(lambda: message(stage) == "Undone: 3 images rated.")
        assert "1 image was changed since and stays as it is." in spoken(stage)
        current = stage.window.message_bar.current()
        assert current is not None
        assert written(current.action) == "Redo"

    async def noon(stage: Stage) -> None:
        ids = [image.id for image in await stage.images()]
        stage.controller.actions.rate.emit(ids, 3)
        await stage.until_kept(lambda: ratings(stage), [3, 3, 3])
        await stage.client.run(lambda studio: studio.workspace.organiser.rate(ids, 1))
        await in_grid(stage)
        await press(stage, Qt.Key.Key_Z, CONTROL)
        await stage.until(lambda: message(stage) == "Not undone: 3 images rated.")
        assert await ratings(stage) == [1, 1, 1]
        assert "3 images were changed since and stay as they are." in spoken(stage)
        current = stage.window.message_bar.current()
        assert current is not None
        assert not written(current.action)

    play(evening)
    play(morning)
    play(noon)
