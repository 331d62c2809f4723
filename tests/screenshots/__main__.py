"""`python -m tests.screenshots FOLDER [--all]`: the window with Demo runs in it; --all: both themes and languages."""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from studio.ui.window.controller import WindowController

SETTLE_S = 2.0
PROMPTS = (
    ("Stoneware vase and two pears on a wooden table, soft north window light, muted sage and clay", 3),
    ("Stoneware vase and two pears on folded linen, soft north window light, muted sage and clay", 4),
    ("Stoneware vase and two pears on folded linen, late afternoon sun through a tall window, muted sage and clay", 5),
)


def main() -> int:
    """Writes PNG files into the folder."""
    parser = argparse.ArgumentParser(prog="python -m tests.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true", help="both themes and languages")
    parser.add_argument("--text", type=int, default=100, choices=(100, 110, 125), help="size of text in per cent")
    parser.add_argument("--scale", type=float, default=1.0, help="device pixels for one logical pixel")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(options.scale)
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(
            HOME=home, XDG_CONFIG_HOME=f"{home}/c", XDG_STATE_HOME=f"{home}/s", XDG_CACHE_HOME=f"{home}/k"
        )
        from studio.bootstrap import StudioPaths
        from studio.ui.application import make_application
        from studio.ui.look import remembered_look
        from studio.ui.window.life import live
        from studio.ui.window.main_window import MainWindow

        app = make_application(())
        theme, language = remembered_look(app)
        window = MainWindow()
        window.resize(1440, 900)
        window.show()
        app.processEvents()
        paths = replace(StudioPaths.of_user(), default_workspace=Path(home) / "workspace")
        photographs = photograph(options.folder, everything=options.all, text_percent=options.text)
        return live(app, window, theme, language, then=photographs, paths=paths)


def photograph(folder: Path, *, everything: bool, text_percent: int) -> Callable[[WindowController], Awaitable[int]]:
    """First start, then three runs at three models, then the views and dialogs."""

    async def then(controller: WindowController) -> int:
        shots = _Shots(controller, folder, everything=everything)
        controller.client.studio.settings.change(text_scale_percent=text_percent)
        await shots.take("first-run")
        for prompt, seed in PROMPTS:
            await shots.run(prompt, seed)
        await shots.run("Terracotta courtyard, one orange sphere, hard noon sun [[fail:balance]]", 9)
        await shots.run(PROMPTS[-1][0] + ", 50 mm editorial still life", 6)
        images = await controller.client.run(lambda studio: studio.workspace.library.page(limit=10))
        controller.actions.select_images.emit([images[0].id])
        await shots.take("runs")
        controller.show_view("grid")
        await shots.take("grid")
        ids = [image.id for image in images]
        controller.dialogs.export(list(ids))
        await shots.take("export")
        shots.close_dialog()
        controller.dialogs.open_preferences("providers/openai")
        await shots.take("preferences")
        shots.close_dialog()
        await shots.sweep("{Stoneware|Porcelain|Smoked glass} vase and two pears, {late afternoon sun|candle light}")
        controller.actions.open_sweep.emit()
        await shots.take("sweep-builder")
        shots.close_dialog()
        controller.sweeps.open_history()
        await shots.take("sweeps")
        shots.close_dialog()
        return 0

    return then


class _Shots:
    def __init__(self, controller: WindowController, folder: Path, *, everything: bool) -> None:
        self._controller, self._folder, self._everything = controller, folder, everything

    async def take(self, name: str) -> None:
        settings = self._controller.client.studio.settings
        looks = [("dark", "en"), ("light", "en"), ("light", "zh_CN"), ("dark", "zh_CN")]
        for theme, language in looks if self._everything else looks[:1]:
            settings.change(appearance=theme, language=language)
            await asyncio.sleep(SETTLE_S)
            suffix = f"-{theme}-{language[:2]}" if self._everything else ""
            path = self._folder / f"{name}{suffix}.png"
            window = self._controller.window
            picture = window.grab()
            dialog = self._dialog()
            if dialog is not None:
                painter = QPainter(picture)
                corner = QPoint((window.width() - dialog.width()) // 2, (window.height() - dialog.height()) // 2)
                painter.drawPixmap(corner, dialog.grab())
                painter.end()
            picture.save(str(path))
            sys.stdout.write(f"{path}\n")

    async def run(self, prompt: str, seed: int) -> None:
        from studio.domain.assets import Size
        from studio.domain.request import GenerationRequest, Target

        models = ("demo-painter", "demo-poster", "demo-papercut")
        targets = [Target(provider="demo", model=model, options={"pace": "instant"}) for model in models]
        request = GenerationRequest(prompt=prompt, size=Size.of(896, 1120), seed=seed)

        async def work(studio: Any) -> Any:
            run = await studio.engine.start(request, targets)
            return await studio.engine.wait(run.id)

        await self._controller.client.run(work)
        self._controller.composer.load(request, targets)

    async def sweep(self, prompt: str) -> None:
        """Part of a sweep is made, so that its matrix has both; the composer holds its words."""
        from studio.ui.sweep.builder import SweepBuilder

        controller = self._controller
        controller.composer.prompt_box.prompt.set_text(prompt)
        controller.actions.open_sweep.emit()
        await asyncio.sleep(2 * SETTLE_S)
        dialog = self._dialog()
        assert isinstance(dialog, SweepBuilder)
        dialog.try_button.click()
        await asyncio.sleep(SETTLE_S)
        sweep = (await controller.client.run(lambda studio: studio.sweeps.sweeps(1)))[0]
        await controller.client.run(lambda studio: studio.sweeps.wait(sweep.id))

    def _dialog(self) -> QDialog | None:
        shown = [one for one in self._controller.window.findChildren(QDialog) if one.isVisible()]
        return shown[0] if shown else None

    def close_dialog(self) -> None:
        dialog = self._dialog()
        if dialog is not None:
            dialog.reject()


if __name__ == "__main__":
    raise SystemExit(main())
