"""Pictures of the grid in groups and with stacks: ``python -m tests.ui.gallery.showcase_groups OUTDIR``."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from studio.ui.theme import Scheme, Theme
from studio.ui.translation import Language
from studio.ui.widgets import Menu
from tests.ui.exhibition import exhibit
from tests.ui.gallery.events import waiting_run
from tests.ui.gallery.showcase import fill, shoot
from tests.ui.gallery.stage import open_stage


async def show(folder: Path, theme: Theme, language: Language) -> None:
    async with open_stage(folder / "workspace") as stage:
        panel, options = stage.panel, stage.panel.bar.grid_options
        grid = panel.grid
        panel.resize(1064, 816)
        panel.show()
        await fill(stage)
        if await stage.client.run(lambda studio: studio.workspace.library.run_count()) == 3:
            for _ in range(2):
                await stage.generate("A papercut fox in a birch wood", "demo-papercut", "demo-poster", seed=9)
        panel.set_view("grid")
        panel.refresh()
        options.set_grouping("run")
        await asyncio.sleep(0.5)
        QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.cell(1).center().toPoint())
        grid.select_group(2)
        await shoot(stage, "groups-run-dark", folder)
        grid.verticalScrollBar().setValue(330)
        grid.set_folded(3, True)
        await shoot(stage, "groups-run-sticky-folded", folder)
        panel.clear_selection()
        options.set_stacking(True)
        options.set_grouping("day")
        await asyncio.sleep(0.6)
        row = next(row for row in range(panel.images.rowCount()) if (panel.images.tile_at(row) or panel).stack_size)  # type: ignore[union-attr]  # all have been read
        QTest.mouseMove(grid.viewport(), grid.cell(row).topRight().toPoint() + QPoint(-20, 14))
        await shoot(stage, "stacks-dark", folder)
        panel.apply(waiting_run(stage.client.studio, folder))
        panel.images.toggle_stack(panel.images.tile_at(row + panel.images.pending_count).image_id)  # type: ignore[union-attr,arg-type]  # it has one
        theme.set_scheme(Scheme.LIGHT)
        language.choose("zh_CN")
        await shoot(stage, "stacks-open-chinese-light", folder)
        options.click()
        await asyncio.sleep(0.2)
        menu = next(each for each in options.findChildren(Menu) if each.isVisible())
        menu.grab().save(str(folder / "menu-chinese-light.png"))
        menu.close()
        options.set_grouping("provider")
        language.choose("en")
        theme.set_scale_percent(125)
        panel.resize(700, 700)
        await shoot(stage, "groups-provider-light-125", folder)


if __name__ == "__main__":
    exhibit(show)
