"""Runs coroutines on the loop that the window has."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
import qasync
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from studio.ui.translation import Language
from tests.ui.foundation.conftest import installed_theme, language, theme
from tests.ui.gallery.stage import Stage, open_stage

__all__ = ["installed_theme", "language", "theme"]

OnStage = Callable[[Callable[[Stage], Awaitable[None]]], None]


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path) -> Iterator[None]:
    """Sizes and orders that a test sets are gone with it."""
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "qt"))
    QSettings().clear()
    yield
    QSettings().clear()


@pytest.fixture
def on_stage(qapp: QApplication, language: Language, tmp_path: Path) -> Iterator[OnStage]:
    """Carry out a coroutine with a real studio and the gallery above it."""
    qapp.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)

    def play(scene: Callable[[Stage], Awaitable[None]]) -> None:
        async def run() -> None:
            async with open_stage(tmp_path) as stage:
                await scene(stage)

        loop.run_until_complete(run())

    with loop:
        yield play
    asyncio.set_event_loop(None)
