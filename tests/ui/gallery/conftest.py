"""Runs coroutines on the loop that the window has."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
import qasync
from PySide6.QtWidgets import QApplication

from studio.ui.theme import Theme
from studio.ui.translation import Language
from tests.ui.foundation.conftest import installed_theme, language, theme
from tests.ui.gallery.stage import Stage, open_stage

__all__ = ["installed_theme", "language", "theme"]

OnStage = Callable[[Callable[[Stage], Awaitable[None]]], None]


def _on_loop(app: QApplication, work: Callable[[], Awaitable[None]]) -> None:
    app.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        loop.run_until_complete(work())
    asyncio.set_event_loop(None)


@pytest.fixture(scope="session")
def two_runs(qapp: QApplication, installed_theme: Theme, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed workspace with two runs of two models; tests get copies."""
    folder = tmp_path_factory.mktemp("two-runs")

    async def fill() -> None:
        async with open_stage(folder) as stage:
            for seed, prompt in enumerate(("a red vase on linen", "a red vase on oak")):
                await stage.generate(prompt, "demo-painter", "demo-papercut", seed=seed)

    _on_loop(qapp, fill)
    return folder


@pytest.fixture
def on_stage(qapp: QApplication, language: Language, two_runs: Path, tmp_path: Path) -> OnStage:
    """Carry out a coroutine with a real studio, two runs in its library, and the gallery above it."""
    folder = tmp_path / "studio"
    shutil.copytree(two_runs, folder)

    def play(scene: Callable[[Stage], Awaitable[None]]) -> None:
        async def run() -> None:
            async with open_stage(folder) as stage:
                await scene(stage)

        _on_loop(qapp, run)

    return play
