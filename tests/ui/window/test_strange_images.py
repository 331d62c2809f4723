"""Images of strange shapes and broken files, seen in every part of the window that shows images."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.bootstrap import Studio
from studio.domain.values import BlobHash
from studio.ui.compare.panes import Mode
from studio.ui.window.large_view import LargeView
from tests.ui.window.conftest import Play, Stage


async def brought_in(stage: Stage, **makers: Callable[[Path], object]) -> dict[str, int]:
    """Files laid into the workspace by hand; their image ids by name."""
    folder = stage.workspace / "output" / "images"
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    for name, make in makers.items():
        await asyncio.to_thread(make, folder / f"{name}.png")
    await stage.client.run(lambda studio: studio.workspace.reconcile())
    stage.controller.actions.library_changed.emit()
    images = await stage.images()
    return {Path(image.path).stem: int(image.id) for image in images if Path(image.path).stem in makers}


def plain(width: int, height: int) -> Callable[[Path], object]:
    return lambda path: Image.new("RGB", (width, height), (200, 40, 40)).save(path, compress_level=1)


async def large_view(stage: Stage, image_id: int) -> LargeView:
    stage.controller.actions.open_large.emit(image_id)
    await stage.until(lambda: bool(_views_of(stage, image_id)))
    view = _views_of(stage, image_id)[0]
    await stage.until(view.isVisible)
    view.resize(900, 700)
    await settled(stage, view)
    return view


def _views_of(stage: Stage, image_id: int) -> list[LargeView]:
    views = stage.window.findChildren(LargeView)
    return [view for view in views if view.image.id == image_id and view.isVisible()]


async def _made_thumbnail(blob: BlobHash, studio: Studio) -> Path:
    return await studio.workspace.archive.thumbnail_path(blob, 512)


def _tells_trouble(view: LargeView) -> bool:
    view.grab()
    return bool(view.trouble)


async def settled(stage: Stage, view: LargeView) -> None:
    view.grab()
    await asyncio.sleep(0)
    await stage.until(lambda: not view.painter.is_busy)
    view.grab()


def test_long_narrow_and_huge_images_are_seen_everywhere(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        ids = await brought_in(stage, tall=plain(1, 20_000), wide=plain(20_000, 1), huge=plain(10_000, 10_000))
        assert len(ids) == 3
        for image_id in ids.values():
            view = await large_view(stage, image_id)
            assert view.grab().toImage().pixelColor(450, 350).red() == 200
            for key in (Qt.Key.Key_Z, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Minus, Qt.Key.Key_Z):
                QTest.keyClick(view, key)
                await settled(stage, view)
            assert view.trouble == ""
            QTest.keyClick(view, Qt.Key.Key_Escape)
        compare = stage.controller.compare
        compare.show_images(list(ids.values()))
        await stage.until(lambda: len(compare.image_ids()) == 3)
        table = compare.table
        table.resize(1200, 700)
        for mode in Mode:
            compare.set_mode(mode)
            for key in (Qt.Key.Key_Z, Qt.Key.Key_Down, Qt.Key.Key_L, Qt.Key.Key_X, Qt.Key.Key_L, Qt.Key.Key_Z):
                QTest.keyClick(table, key)
                table.grab()
                await stage.until(lambda: not table.picture.is_busy)
        held = table.levels.size_bytes + table.picture.images.cuts.size_bytes
        assert held <= (256 + 96) * 1024 * 1024

    play(scene)


def test_a_file_that_broke_or_went_is_told_in_the_large_view(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("kite", images=2, seed=None)
        broken, gone = await stage.images()
        for blob in (broken.blob, gone.blob):
            await stage.client.run(partial(_made_thumbnail, blob))
        path = stage.workspace / broken.path
        await asyncio.to_thread(path.write_bytes, path.read_bytes()[:300])
        await asyncio.to_thread((stage.workspace / gone.path).unlink)
        for one in (broken, gone):
            view = await large_view(stage, int(one.id))
            await stage.until(partial(_tells_trouble, view))
            await settled(stage, view)
            assert "preview" in view.trouble
            assert "preview" in view.accessibleDescription()
            view.close()
        await stage.client.run(lambda studio: studio.workspace.reconcile())
        view = await large_view(stage, int(gone.id))
        assert view.trouble.startswith("The file was moved")

    play(scene)
