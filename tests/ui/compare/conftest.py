"""The same theme and language as in the tests of the widgets, and a real studio with images."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
import qasync
from PySide6.QtWidgets import QApplication

from studio.ui.theme import Scheme, Theme
from tests.ui.compare.stage import CompareStage, open_compare
from tests.ui.foundation.conftest import installed_theme

__all__ = ["installed_theme"]

Act = Callable[[Callable[[CompareStage], Coroutine[Any, Any, None]]], None]


@pytest.fixture(autouse=True)
def theme(installed_theme: Theme) -> Theme:  # the fixture of that name
    installed_theme.set_scheme(Scheme.DARK)
    installed_theme.set_scale_percent(100)
    installed_theme.set_reduced_motion(True)
    return installed_theme


@pytest.fixture
def on_stage(qapp: QApplication, tmp_path: Path) -> Iterator[Act]:
    """Runs a coroutine with a panel that is shown, over a studio in a folder of its own."""
    loop = qasync.QEventLoop(qapp)
    qapp.setQuitOnLastWindowClosed(False)

    async def play(act: Callable[[CompareStage], Coroutine[Any, Any, None]]) -> None:
        async with open_compare(tmp_path / "studio") as stage:
            stage.window.resize(1440, 816)
            stage.window.show()
            await act(stage)

    def run(act: Callable[[CompareStage], Coroutine[Any, Any, None]]) -> None:
        with loop:
            asyncio.set_event_loop(loop)
            loop.run_until_complete(play(act))

    yield run
    asyncio.set_event_loop(None)
