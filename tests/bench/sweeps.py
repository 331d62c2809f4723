"""The builder of a sweep of 9 900 cells in the whole window, with a real studio: open, scroll, leave a square out."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import thread_time
from typing import Any

import qasync
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from studio.ui.theme import Theme
from studio.ui.translation import Language
from studio.ui.window.ahead import MODULES
from tests.ui.window.conftest import Stage, _perform

_STEPS = 60
_MODELS = ("demo-painter", "demo-poster", "demo-papercut")
_TARGET = "<= 5 ms"


def measure() -> list[tuple[str, ...]]:
    """Time of the GUI thread until all that follows is painted."""
    app = QApplication([])
    rows: list[tuple[str, ...]] = []

    def timed(act: Callable[[], Any]) -> float:
        begun = thread_time()
        act()
        app.processEvents()
        return (thread_time() - begun) * 1000

    def row(what: str, times: list[float]) -> None:
        p95 = statistics.quantiles(times, n=20)[-1]
        rows.append((f"sweep of 9 900 cells: {what}", f"p95 {p95:.1f}, worst {max(times):.1f} ms", "", _TARGET))

    async def scene(stage: Stage) -> None:
        moods = "|".join(f"mood {number}" for number in range(33))
        places = "|".join(f"place {number}" for number in range(100))
        stage.write(f"a {{{moods}}} kite over {{{places}}}", models=_MODELS)
        await asyncio.sleep(0.5)
        for name in MODULES:  # as the program does while nobody opens anything
            import_module(name)
        turns = [timed(stage.controller.composer.press_generate)]
        builder = stage.controller.sweeps._builder
        if builder is None:
            raise RuntimeError("the builder did not open")
        while not builder.is_built:
            turns.append(timed(lambda: None))
        words = f"{sum(turns):.1f} ms in {len(turns)} turns, longest {max(turns):.1f} ms"
        rows.append(("sweep of 9 900 cells: open the builder, painted", words, "", _TARGET))
        await stage.until(lambda: builder.forecaster.sheet is not None, 60)
        view, bars = builder.pane.view, (builder.pane.view.horizontalScrollBar(), builder.pane.view.verticalScrollBar())
        app.processEvents()
        moves = [(bar, bar.maximum() * step // _STEPS) for bar in bars for step in range(1, _STEPS + 1)]
        row("scroll", [timed(lambda: bar.setValue(value)) for bar, value in moves])  # noqa: B023  # called at once
        squares = [view.matrix.index(step % 33, step) for step in range(_STEPS)]
        row("leave a square out", [timed(lambda: view.toggled.emit(one)) for one in squares])  # noqa: B023  # called at once
        builder.reject()

    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(home / "qt"))
        theme = Theme(app)
        theme.install()
        loop = qasync.QEventLoop(app)
        asyncio.set_event_loop(loop)
        with loop:
            loop.run_until_complete(_perform(scene, Language(app, theme), home))
    return rows
