"""`python -m tests.screenshots FOLDER [--all]`: the window with Demo runs in it; --all: both themes and languages.

--scenes takes every state of the window instead of those for the README: menus, popovers, dialogs, all of Compare."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import tempfile
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tests.screenshots.rare_scenes import empty
from tests.screenshots.scenes import COURTYARD, SCENES, furnish
from tests.screenshots.shots import PROMPTS, Shots

if TYPE_CHECKING:
    from studio.ui.window.controller import WindowController

SETTLE_S = 2.0
SCENE_SETTLE_S = 0.7
CHINESE = (("dark", "zh_CN"),)
LOOKS = (("dark", "en"), ("light", "en"), ("light", "zh_CN"), ("dark", "zh_CN"))


def main() -> int:
    """Writes PNG files into the folder."""
    options = _parser().parse_args()
    width, height = (int(part) for part in options.size.split("x"))
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        _prepare(Path(home), options.scale)
        from studio.bootstrap import StudioPaths
        from studio.ui.application import make_application
        from studio.ui.look import remembered_look
        from studio.ui.window.life import live
        from studio.ui.window.main_window import MainWindow

        app = make_application(())
        theme, language = remembered_look(app)
        window = MainWindow()
        window.resize(width, height)
        window.show()
        app.processEvents()
        paths = replace(StudioPaths.of_user(), default_workspace=Path(home) / "workspace")
        then = photograph_scenes(options) if options.scenes is not None else photograph(options)
        return live(app, window, theme, language, then=then, paths=paths)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m tests.screenshots",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--all", action="store_true", help="both themes and languages")
    parser.add_argument("--scenes", nargs="*", choices=tuple(SCENES), help="these states, all without a name")
    parser.add_argument("--look", default="dark-en", help="for --scenes without --all: dark-en, light-zh_CN, ...")
    parser.add_argument("--text", type=int, default=100, choices=(100, 110, 125), help="size of text in per cent")
    parser.add_argument("--scale", type=float, default=1.0, help="device pixels for one logical pixel")
    parser.add_argument("--size", default="1440x900", help="of the window in logical pixels")
    return parser


def _prepare(home: Path, scale: float) -> None:
    """A home of its own, and a screen that is large enough for menus and popovers to open where they would."""
    screen = {"name": "screen", "x": 0, "y": 0, "width": int(1600 * scale), "height": int(1000 * scale)}
    screens = home / "screens.json"
    screens.write_text(json.dumps({"screens": [{**screen, "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}]}))
    os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={screens}")
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    os.environ.update(
        HOME=str(home), XDG_CONFIG_HOME=f"{home}/c", XDG_STATE_HOME=f"{home}/s", XDG_CACHE_HOME=f"{home}/k"
    )


def photograph(options: argparse.Namespace) -> Callable[[WindowController], Awaitable[int]]:
    """First start, then three runs at three models, then the views and dialogs."""

    async def then(controller: WindowController) -> int:
        looks = LOOKS if options.all else LOOKS[:1]
        shots = Shots(controller, options.folder, looks=looks, named=options.all, settle_s=SETTLE_S)
        controller.client.studio.settings.change(text_scale_percent=options.text)
        await shots.take("first-run")
        await _library(shots)
        images = await controller.client.run(lambda studio: studio.workspace.library.page(limit=10))
        controller.actions.select_images.emit([images[0].id])
        await shots.take("runs")
        controller.show_view("grid")
        await shots.take("grid")
        controller.dialogs.export([image.id for image in images])
        await shots.take("export")
        shots.tidy_popups()
        controller.dialogs.open_preferences("providers/openai")
        await shots.take("preferences")
        shots.tidy_popups()
        await shots.sweep("{Stoneware|Porcelain|Smoked glass} vase and two pears, {late afternoon sun|candle light}")
        controller.actions.open_sweep.emit()
        await shots.take("sweep-builder")
        shots.tidy_popups()
        controller.sweeps.open_history()
        await shots.take("sweeps")
        shots.tidy_popups()
        if not options.all:
            await _in_chinese(Shots(controller, options.folder, looks=CHINESE, named=False, settle_s=SETTLE_S))
        return 0

    return then


def photograph_scenes(options: argparse.Namespace) -> Callable[[WindowController], Awaitable[int]]:
    """The scenes that were named, or all, look by look. One that cannot be opened is told and left out."""

    async def then(controller: WindowController) -> int:
        theme, _, language = options.look.partition("-")
        looks = LOOKS if options.all else ((theme, language),)
        failed = 0
        settings = controller.client.studio.settings
        for number, look in enumerate(looks):
            shots = Shots(controller, options.folder, looks=(look,), named=True, settle_s=SCENE_SETTLE_S)
            settings.change(text_scale_percent=options.text, appearance=look[0], language=look[1])
            if not number:
                await asyncio.sleep(SETTLE_S)  # the first change of look finds every part of the window cold
                await shots.take("first-run")
                if not options.scenes:
                    await empty(shots)
                await _library(shots)
                await furnish(shots)
            for name in options.scenes or SCENES:
                shots.tidy()
                try:
                    await SCENES[name](shots)
                except Exception:
                    failed += 1
                    sys.stderr.write(f"{name}: {traceback.format_exc()}")
            shots.tidy()
        return int(failed > 0)

    return then


async def _in_chinese(shots: Shots) -> None:
    """The pictures that the Chinese pages of the help show."""
    shots.controller.client.studio.settings.change(language="zh_CN")
    await asyncio.sleep(SETTLE_S)
    await shots.sweep("{粗陶|白瓷|烟色玻璃}花瓶与两只梨，{傍晚的阳光|烛光}")
    shots.controller.actions.open_sweep.emit()
    await shots.take("sweep-builder.zh_CN")
    shots.tidy_popups()


async def _library(shots: Shots) -> None:
    for prompt, seed in PROMPTS:
        await shots.run(prompt, seed)
    await shots.run(f"{COURTYARD} [[fail:balance]]", 9)
    await shots.run(PROMPTS[-1][0] + ", 50 mm editorial still life", 6)


if __name__ == "__main__":
    raise SystemExit(main())
