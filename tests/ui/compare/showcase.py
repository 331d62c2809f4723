"""Pictures of Compare for the eye: ``python -m tests.ui.compare.showcase OUTDIR``."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest

from studio.ui.compare.panes import Mode
from studio.ui.theme import Scheme, Theme
from studio.ui.translation import Language
from tests.ui.compare.stage import CompareStage, open_compare
from tests.ui.exhibition import exhibit


async def _shoot(stage: CompareStage, name: str, folder: Path) -> None:
    for _ in range(3):
        stage.window.repaint()
        await asyncio.sleep(0.25)
    stage.window.grab().save(str(folder / f"{name}.png"))


async def show(folder: Path, theme: Theme, language: Language) -> None:
    async with open_compare(folder / "workspace") as stage:
        panel, table = stage.panel, stage.panel.table
        stage.window.resize(1440, 816)
        stage.window.show()
        await _shoot(stage, "empty", folder)
        ids = await stage.images(9)
        await stage.show(ids[:2])
        panel.set_mode(Mode.SIDE)
        await _shoot(stage, "side-two", folder)
        panel.set_mode(Mode.WIPE)
        await _shoot(stage, "wipe", folder)
        table.show_pixels()
        await _shoot(stage, "wipe-pixels", folder)
        table.show_whole()
        panel.set_mode(Mode.OVERLAY)
        await _shoot(stage, "overlay", folder)
        panel.set_mode(Mode.DIFFERENCE)
        await _shoot(stage, "difference", folder)
        panel.set_mode(Mode.BLINK)
        await _shoot(stage, "blink", folder)
        await stage.show(ids[:9])
        panel.set_mode(Mode.SIDE)
        await _shoot(stage, "side-nine", folder)
        table.set_loupe(True)
        QTest.mouseMove(table, QPoint(180, 120))
        await _shoot(stage, "loupe", folder)
        table.set_loupe(False)
        await stage.show(ids[:3])
        await _shoot(stage, "side-three", folder)
        stage.window.resize(1024, 600)
        await _shoot(stage, "narrow", folder)
        stage.window.resize(1440, 816)
        await _vote(stage, folder)
        theme.set_scheme(Scheme.LIGHT)
        language.choose("zh_CN")
        await _shoot(stage, "side-chinese-light", folder)
        panel.set_blind(True)
        await _shoot(stage, "blind-chinese-light", folder)


async def _vote(stage: CompareStage, folder: Path) -> None:
    """Eight images, most pairs voted on by someone who likes the painter."""
    panel = stage.panel
    ids = await stage.images(9)
    await stage.show(ids[:8])
    panel.set_mode(Mode.WIPE)
    for _round in range(3):
        panel.set_blind(True)
        while panel.vote.session is not None and panel.vote.session.place < 6:
            pair = panel.vote.session.current
            assert pair is not None
            number = 1 if panel._records[pair.first].model < panel._records[pair.second].model else 3
            panel.vote.answer(number if panel.vote.session.place % 3 else 4 - number)
            await asyncio.sleep(0.1)
        if _round < 2:
            panel.set_blind(False)
    panel.table.show_pixels()
    for key in ("prompt", "light"):
        panel.side.votes._chips[key].setChecked(True)
    await _shoot(stage, "blind", folder)
    panel.set_blind(False)
    await _shoot(stage, "ranking", folder)


if __name__ == "__main__":
    exhibit(show)
