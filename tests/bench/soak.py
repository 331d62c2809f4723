"""Minutes of scrolling and generating with Demo in the real window: does its memory stay flat?

``python -m tests.bench soak --minutes 10``; one minute unless told. The window's process alone is measured: Demo paints
in another. The first third warms up (modules, fonts, pages of the database) and is not part of the slope.

Every cache of the window has a limit. Here the limits are small and the soak begins with some runs in the library, so
that all caches are full when the first third is over: a cache that still fills would look like a leak, and no soak is
long enough to fill 250 MB."""

from __future__ import annotations

import asyncio
import gc
import os
import random
import tempfile
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path
from time import monotonic
from typing import Any

import qasync
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

MINUTES = float(os.environ.get("STUDIO_BENCH_MINUTES", "1"))
"""Set by ``--minutes``."""

_EVERY_S = 1.0
_WARM_SHARE = 1 / 3
_FLAT_MB_PER_MINUTE = 1.0
_RUNS_BEFORE = 20
"""As many as the small lists of runs and images hold."""


def make_caches_small() -> None:
    """Limits that a minute of scrolling reaches. Call before the window is made."""
    from studio.ui.compare import levels, sharp_cuts
    from studio.ui.gallery import (
        fitted,
        images_model,
        painted_once,
        run_layouts,
        runs_model,
        stored_rows,
        thumbnails,
        tile_shelf,
    )

    megabyte = 1024 * 1024
    thumbnails.LIMIT_BYTES, fitted.LIMIT_BYTES = 12 * megabyte, 6 * megabyte
    levels.LIMIT_BYTES, sharp_cuts.LIMIT_BYTES = 16 * megabyte, 8 * megabyte
    painted_once.LIMIT_BYTES = 3 * megabyte
    for rows in (images_model, stored_rows):
        vars(rows)["PAGE_ROWS"] = 18
    tile_shelf._KEPT, stored_rows._PAGES_KEPT = 60, 2
    runs_model.PAGE_ROWS, runs_model._PAGES_KEPT = 3, 2
    run_layouts._KEPT = 8


def all_caches() -> list[Any]:
    """Whatever holds pictures for the window; each tells `size_bytes`."""
    from studio.ui.compare.levels import LevelStore
    from studio.ui.compare.sharp_cuts import SharpCuts
    from studio.ui.gallery.fitted import FittedPictures
    from studio.ui.gallery.painted_once import PaintedOnce
    from studio.ui.gallery.thumbnails import ThumbnailCache

    kinds = (ThumbnailCache, FittedPictures, PaintedOnce, LevelStore, SharpCuts)
    return [one for one in gc.get_objects() if isinstance(one, kinds)]


def resident_mb() -> float:
    """Memory of this process that is in use now (Linux)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_048_576


def slope_per_minute(samples: list[tuple[float, float]]) -> float:
    """The straight line through (seconds, MB) by least squares, in MB a minute."""
    if len(samples) < 2:
        return 0.0
    middle_s = sum(at for at, _ in samples) / len(samples)
    middle_mb = sum(mb for _, mb in samples) / len(samples)
    above = sum((at - middle_s) * (mb - middle_mb) for at, mb in samples)
    below = sum((at - middle_s) ** 2 for at, _ in samples)
    return 60 * above / below if below else 0.0


def measure() -> list[tuple[str, ...]]:
    """Start, end and slope of the memory, and how much was done meanwhile."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    with loop, tempfile.TemporaryDirectory() as home:
        samples, held, runs, images = loop.run_until_complete(_soak(app, Path(home)))
    kept = dict(held)
    bare = [(at, mb - kept[at]) for at, mb in samples]
    warm = [one for one in samples if one[0] >= samples[-1][0] * _WARM_SHARE]
    slope = slope_per_minute(warm)
    bare_slope = slope_per_minute([one for one in bare if one[0] >= warm[0][0]])
    return [
        (f"soak of {MINUTES:g} min, memory at the start", f"{samples[0][1]:.0f} MB", "", ""),
        ("  after warming up", f"{warm[0][1]:.0f} MB", "", ""),
        ("  at the end", f"{samples[-1][1]:.0f} MB", f"most {max(mb for _, mb in samples):.0f} MB", ""),
        ("  slope after warming up", f"{slope:+.2f} MB/min", "", f"flat: <= {_FLAT_MB_PER_MINUTE:g} MB/min"),
        (
            "  pictures held at the end",
            f"{held[-1][1]:.0f} MB",
            f"at the start {held[0][1]:.0f} MB",
            "each kind has a limit in bytes",
        ),
        ("  slope without pictures held", f"{bare_slope:+.2f} MB/min", "", f"<= {_FLAT_MB_PER_MINUTE:g} MB/min"),
        ("  meanwhile", f"{runs} runs, {images} images", "", ""),
    ]


Samples = list[tuple[float, float]]
"""Seconds since the start, and MB."""


async def _soak(app: QApplication, home: Path) -> tuple[Samples, Samples, int, int]:
    from studio.bootstrap import SettingsStore, StudioPaths, StudioThread, open_studio
    from studio.config.vault import SessionVault
    from studio.ui.allocator import keep_few_arenas
    from studio.ui.client import StudioClient
    from studio.ui.theme import Scheme, Theme
    from studio.ui.translation import Language
    from studio.ui.window.controller import WindowController
    from studio.ui.window.main_window import MainWindow

    keep_few_arenas()
    make_caches_small()
    QSettings.setDefaultFormat(QSettings.Format.IniFormat)
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(home / "qt"))
    theme, language = Theme(app), Language(app)
    theme.set_scheme(Scheme.DARK)
    theme.install()
    folders = {name: home / name for name in ("config", "data", "state", "cache")}
    paths = replace(StudioPaths.of_user(), **folders, default_workspace=home / "workspace")
    settings = SettingsStore(paths.settings_file)
    host = StudioThread(lambda: open_studio(paths=paths, settings=settings, vault=SessionVault()))
    await asyncio.wrap_future(host.start())
    client = StudioClient(host)
    window = MainWindow()
    window.resize(1440, 900)
    window.show()
    controller = WindowController(window, client, theme, language, leave=lambda: None)
    await controller.open()
    for number in range(_RUNS_BEFORE):
        await _run(client, f"a pear before the others, {number}", "instant", "128x96")
    generating = asyncio.ensure_future(_generate(client))
    samples, held = await _scroll(controller)
    generating.cancel()
    with suppress(asyncio.CancelledError):
        await generating
    runs = await client.run(lambda studio: studio.workspace.library.run_count())
    images = len(await client.run(lambda studio: studio.workspace.library.ids()))
    runs, images = runs - _RUNS_BEFORE, images - 6 * _RUNS_BEFORE
    await controller.close()
    client.close()
    await asyncio.wrap_future(host.close())
    host.join(5)
    controller.gallery.close()
    window.allow_close()
    window.close()
    window.deleteLater()
    await asyncio.sleep(0)
    return samples, held, runs, images


async def _generate(client: Any) -> None:
    """Run after run; every fourth takes its time, with previews."""
    for number in count(1):
        pace = "real" if number % 4 == 0 else "instant"
        await _run(client, f"two pears on linen, sketch {number}", pace, "512x512")


async def _run(client: Any, prompt: str, pace: str, size: str) -> None:
    """Two images of each of three models, waited for."""
    from studio.domain.request import GenerationRequest, Target

    request = GenerationRequest(prompt=prompt, size=size, n=2)  # type: ignore[arg-type]  # read as the window reads it
    targets = [
        Target(provider="demo", model=model, options={"pace": pace})
        for model in ("demo-painter", "demo-papercut", "demo-poster")
    ]

    async def work(studio: Any) -> None:
        run = await studio.engine.start(request, targets, origin="window")
        await studio.engine.wait(run.id)

    await client.run(work)


async def _scroll(controller: Any) -> tuple[Samples, Samples]:
    """Up and down through both views, images opened in Compare now and then; memory every second."""
    dice, begun = random.Random(5), monotonic()
    samples: Samples = []
    held: Samples = []
    caches = all_caches()
    turn, next_sample = 0, 0.0
    while (at := monotonic() - begun) < MINUTES * 60:
        if at >= next_sample:
            gc.collect()  # what is only waiting to be collected is no leak
            samples.append((at, resident_mb()))
            held.append((at, sum(cache.size_bytes for cache in caches) / 1_048_576))
            next_sample += _EVERY_S
        turn += 1
        if turn % 100 == 0:
            controller.show_view(("grid", "runs")[turn // 100 % 2])
        gallery = controller.gallery
        view = gallery.grid if turn // 100 % 2 == 0 else gallery.runs
        bar = view.verticalScrollBar()
        bar.setValue(dice.randrange(bar.maximum() + 1) if turn % 40 == 0 else bar.value() + dice.choice((-120, 120)))
        if turn % 300 == 150:
            ids = await controller.client.run(lambda studio: studio.workspace.library.ids())
            controller.compare.show_images([int(one) for one in dice.sample(list(ids), min(4, len(ids)))])
        await asyncio.sleep(0.02)
    return samples, held
