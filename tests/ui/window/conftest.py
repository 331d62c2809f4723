"""A window with a studio of its own in a temporary home; the test is a coroutine on the window's loop."""

from __future__ import annotations

import asyncio
import inspect
from collections import deque
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import pytest
import qasync
from PySide6.QtWidgets import QApplication

from studio.bootstrap import SettingsStore, StudioPaths, StudioThread, open_studio
from studio.config.vault import SessionVault
from studio.domain.request import Target
from studio.ui.client import StudioClient
from studio.ui.theme import active
from studio.ui.translation import Language
from studio.ui.window.controller import WindowController
from studio.ui.window.main_window import MainWindow
from tests.ui.foundation.conftest import installed_theme, language, theme

__all__ = ["installed_theme", "language", "theme"]

T = TypeVar("T")
Scene = Callable[["Stage"], Awaitable[None]]
Play = Callable[[Scene], None]

PATIENCE_S = 60.0
"""For what must happen: a busy machine stops a process for seconds. Reaching it is a failure, not a measure."""


class Stage:
    """The window, and ways to wait for what happens in it."""

    def __init__(self, window: MainWindow, controller: WindowController, client: StudioClient, home: Path) -> None:
        self.window, self.controller, self.client, self.home = window, controller, client, home
        self.events: list[Any] = []
        self._ended_runs: deque[Any] = deque()
        client.arrived.connect(self._take)

    def _take(self, events: list[Any]) -> None:
        self.events += events
        self._ended_runs.extend(event.run for event in events if event.kind == "run_finished")

    @property
    def workspace(self) -> Path:
        return self.client.studio.workspace.folder.root

    async def until(self, true: Callable[[], bool], within_s: float = PATIENCE_S) -> None:
        """Wait until something is true; fails with the source of the question."""
        try:
            async with asyncio.timeout(within_s):
                while not true():  # noqa: ASYNC110  # what is waited for is on the screen, which has no event to await
                    await asyncio.sleep(0.01)
        except TimeoutError:
            raise AssertionError(f"not true within {within_s:g} s: {_source_of(true)}") from None

    async def until_kept(self, read: Callable[[], Awaitable[T]], wanted: T, within_s: float = PATIENCE_S) -> None:
        """Wait until the library says so; fails with what it said last."""
        found = await read()
        try:
            async with asyncio.timeout(within_s):
                while found != wanted:  # a database has no event to await
                    await asyncio.sleep(0.01)
                    found = await read()
        except TimeoutError:
            raise AssertionError(f"{found!r} is kept, not {wanted!r}") from None

    async def run_ended(self) -> Any:
        """The oldest run that has ended and that nobody has been given yet; waits for it if need be."""
        await self.until(lambda: bool(self._ended_runs))
        return self._ended_runs.popleft()

    def write(self, prompt: str, **choices: Any) -> None:
        """Fill the composer: a small, fast Demo run unless said otherwise."""
        from studio.domain.assets import Size

        composer = self.controller.composer
        composer.prompt_box.prompt.set_text(prompt)
        composer.size_section.set_wish(choices.get("size", Size.of(128, 96)))
        composer.seed_section.images.set_value(choices.get("images", 1))
        composer.seed_section.set_seed(choices.get("seed"), locked=choices.get("seed") is not None)
        models = choices.get("models", ("demo-painter",))
        composer.models.tick([Target(provider="demo", model=model, options={"pace": "instant"}) for model in models])

    async def generate(self, prompt: str, **choices: Any) -> Any:
        """Write, press Generate, wait; the finished run."""
        self.write(prompt, **choices)
        self.controller.composer.press_generate()
        return await self.run_ended()

    async def images(self) -> list[Any]:
        return await self.client.run(lambda studio: studio.workspace.library.page())


def _source_of(question: Callable[[], bool]) -> str:
    try:
        return inspect.getsource(question).strip()
    except (OSError, TypeError):
        return repr(question)


@pytest.fixture
def play(
    qapp: QApplication,
    language: Language,  # the fixture of that name
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Play]:
    """Carry out a scene in a fresh window."""
    # Keys that are pressed in a row are one step of undo, also where the machine stands still between them.
    monkeypatch.setattr("studio.config.composer_history.PAUSE_S", 3600.0)
    qapp.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)

    def perform(scene: Scene) -> None:
        loop.run_until_complete(_perform(scene, language, tmp_path))

    with loop:
        yield perform
    asyncio.set_event_loop(None)


async def _perform(scene: Scene, language: Language, home: Path) -> None:
    paths = replace(
        StudioPaths.of_user(),
        config=home / "config",
        data=home / "data",
        state=home / "state",
        cache=home / "cache",
        default_workspace=home / "workspace",
    )
    settings = SettingsStore(paths.settings_file)
    host = StudioThread(lambda: open_studio(paths=paths, settings=settings, vault=SessionVault(), look_only=True))
    await asyncio.wrap_future(host.start())
    client = StudioClient(host)
    window = MainWindow()
    window.resize(1440, 900)
    window.show()
    controller = WindowController(window, client, active(), language, leave=lambda: None)
    try:
        await controller.open()
        await scene(Stage(window, controller, client, home))
    finally:
        await controller.close()
        client.close()
        await asyncio.wrap_future(host.close())
        host.join(PATIENCE_S)
        with suppress(AttributeError):
            controller.gallery.close()
        window.allow_close()
        window.close()
        window.deleteLater()
        language.choose("en")
        await asyncio.sleep(0)
