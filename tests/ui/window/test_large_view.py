"""The large preview: from image to image with the arrow keys, and across one image when it is zoomed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.ui.window.large_view import LargeView
from tests.ui.window.conftest import Play, Stage


@pytest.mark.parametrize("shown", ["runs", "grid"])
def test_arrows_lead_to_the_images_beside_it_until_one_zooms_in(play: Play, shown: str) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("two pears", images=3)
        stage.controller.show_view(shown)
        gallery = stage.controller.gallery
        await stage.until(lambda: gallery.images.rowCount() == 3 and gallery.runs.row(0) is not None)
        view = gallery.runs if shown == "runs" else gallery.grid
        view.setFocus()
        QTest.keyClick(view, Qt.Key.Key_Home)
        first = gallery.current_image()
        QTest.keyClick(view, Qt.Key.Key_Space)
        await stage.until(lambda: any(one.isVisible() for one in stage.window.findChildren(LargeView)))
        (large,) = stage.window.findChildren(LargeView)
        assert large.image.id == first
        seen = [first]
        for _ in range(2):
            QTest.keyClick(large, Qt.Key.Key_Right)
            await stage.until(lambda: large.image.id not in seen)
            seen.append(large.image.id)
            assert gallery.current_image() == large.image.id
        QTest.keyClick(large, Qt.Key.Key_Left)
        await stage.until(lambda: large.image.id == seen[1])
        large.set_zoom(8.0)
        before = large.target()
        QTest.keyClick(large, Qt.Key.Key_Right)
        assert large.target().left() < before.left()
        assert large.image.id == seen[1]
        large.close()

    play(scene)
