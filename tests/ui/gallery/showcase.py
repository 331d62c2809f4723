"""Pictures of the gallery for the eye: ``python -m tests.ui.gallery.showcase OUTDIR``.

Demo runs in a workspace below OUTDIR, then live, failed and waiting tiles told as events; both themes and languages."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from studio.ui.gallery.query_text import parse_query
from studio.ui.theme import Scheme, Theme
from studio.ui.translation import Language
from tests.ui.exhibition import exhibit
from tests.ui.gallery.events import failing_run, waiting_run
from tests.ui.gallery.stage import Stage, open_stage

_MODELS = ("demo-painter", "demo-papercut", "demo-poster", "demo-painter")
_TAIL = "lime-plaster wall, muted sage and clay, 50 mm editorial still life"
_PROMPTS = (
    f"Stoneware vase and two pears on a wooden table, hard flash, {_TAIL}",
    f"Stoneware vase and two pears on a wooden table, soft north window light, {_TAIL}",
    f"Stoneware vase and two pears on folded linen, soft north window light, {_TAIL}",
)


async def fill(stage: Stage) -> None:
    count = await stage.client.run(lambda studio: studio.workspace.library.run_count())
    if count:
        return
    for number, prompt in enumerate(_PROMPTS):
        style = "Editorial film" if number == 2 else ""
        await stage.generate(
            prompt, *_MODELS, seed=4 + number, aspect_ratio="4:5", n=1 + 3 * (number == 1), style=style
        )
    ids = await stage.client.run(lambda studio: studio.workspace.library.ids())
    for number, image_id in enumerate(ids):
        stars = (5, 3, 4, 0)[number % 4]
        await stage.client.run(lambda studio: studio.workspace.organiser.rate([image_id], stars))  # noqa: B023  # awaited at once


async def shoot(stage: Stage, name: str, folder: Path) -> None:
    await asyncio.sleep(0.8)
    stage.panel.grab().save(str(folder / f"{name}.png"))


async def show(folder: Path, theme: Theme, language: Language) -> None:
    async with open_stage(folder / "workspace") as stage:
        panel = stage.panel
        panel.resize(816, 816)
        panel.show()
        await fill(stage)
        panel.refresh()
        await shoot(stage, "runs-dark", folder)
        spot = QPoint(300, 300)
        QTest.mouseClick(panel.runs.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, spot)
        QTest.mouseMove(panel.runs.viewport(), spot)
        await shoot(stage, "runs-selected", folder)
        panel.apply(waiting_run(stage.client.studio, folder))
        panel.runs.verticalScrollBar().setValue(0)
        await shoot(stage, "runs-live", folder)
        panel.apply(failing_run(stage.client.studio, folder))
        await shoot(stage, "runs-failed", folder)
        panel.resize(1100, 816)
        panel.set_view("grid")
        panel.set_filters(list(parse_query("rating:3+ date:month tag:autumn,hero")))
        await shoot(stage, "grid-no-match", folder)
        panel.set_filters(list(parse_query("rating:3+ date:month")))
        await asyncio.sleep(0.3)
        panel.grid.selectAll()
        await shoot(stage, "grid-dark", folder)
        theme.set_scheme(Scheme.LIGHT)
        language.choose("zh_CN")
        await shoot(stage, "grid-chinese-light", folder)
        panel.set_view("runs")
        panel.resize(816, 816)
        await shoot(stage, "runs-chinese-light", folder)
        panel.resize(420, 640)
        await shoot(stage, "runs-narrow", folder)
        panel.resize(1700, 900)
        await shoot(stage, "runs-wide", folder)


if __name__ == "__main__":
    exhibit(show)
