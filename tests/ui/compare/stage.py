"""Compare over a real studio with Demo images, for tests and showcase."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.ui.compare.compare import ComparePanel
from tests.ui.gallery.stage import Stage, open_stage, until

PROMPT = "Stoneware vase and two pears on folded linen, late afternoon sun through a tall window, long soft shadows"
MODELS = ("demo-painter", "demo-papercut", "demo-poster")


class CompareStage:
    """The panel with its side beside it, as the window shows them."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.client, self.actions = stage, stage.client, stage.actions
        self.window = QWidget()
        self.panel = ComparePanel(stage.client, stage.actions, self.window)
        row = QHBoxLayout(self.window)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addWidget(self.panel, 1)
        row.addWidget(self.panel.side)
        self.panel.side.setFixedWidth(288)

    async def images(self, count: int, **fields: object) -> list[int]:
        """At least `count` Demo images, the oldest first."""
        while True:
            ids = await self.client.run(lambda studio: studio.workspace.library.ids())
            if len(ids) >= count:
                return [int(one) for one in sorted(ids)[:count]]
            await self.stage.generate(PROMPT, *MODELS, **{"seed": 7 + len(ids), "aspect_ratio": "4:5", **fields})

    async def show(self, ids: list[int]) -> None:
        """Lay them on the table and wait until all is decoded."""
        self.panel.show_images(ids)
        await until(lambda: self.panel.image_ids() == ids, "the images on the table")
        self.panel.repaint()
        await until(lambda: not self.panel.table.picture.is_busy, "pixels")


@contextlib.asynccontextmanager
async def open_compare(folder: Path) -> AsyncIterator[CompareStage]:
    """Needs the qasync loop; closes everything in order."""
    async with open_stage(folder) as stage:
        compare = CompareStage(stage)
        try:
            yield compare
        finally:
            compare.panel.levels.close()
            compare.window.close()
            compare.window.deleteLater()
