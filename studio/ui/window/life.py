"""From the first paint to the last write: event loop, studio, panels, and an orderly end."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import qasync
from PySide6.QtWidgets import QApplication

from studio.bootstrap import SHUTDOWN_S, Redactor, SettingsStore, StudioPaths, StudioThread, logging_to, open_studio
from studio.domain.errors import StudioError
from studio.ui.allocator import keep_few_arenas
from studio.ui.client import StudioClient
from studio.ui.garbage import GarbageTimer
from studio.ui.tasks import FaultHooks
from studio.ui.window.ahead import ImportsAhead
from studio.ui.window.controller import WindowController
from studio.ui.window.workspace_trouble import ask_for_workspace

if TYPE_CHECKING:
    from studio.ui.theme import Theme
    from studio.ui.translation import Language
    from studio.ui.window.main_window import MainWindow

_log = logging.getLogger(__name__)

Then = Callable[[WindowController], Awaitable[int]]


def live(
    app: QApplication,
    window: MainWindow,
    theme: Theme,
    language: Language,
    *,
    workspace: Path | None = None,
    then: Then | None = None,
    paths: StudioPaths | None = None,
) -> int:
    """Run the window's event loop until it is closed, or until `then(controller)` has ended. Returns the exit code."""
    keep_few_arenas()
    paths, redactor = paths or StudioPaths.of_user(), Redactor()
    with logging_to(paths.logs, "window", redactor):
        loop = qasync.QEventLoop(app)
        asyncio.set_event_loop(loop)
        garbage = GarbageTimer(app)
        with loop:
            life = _Life(window, theme, language, garbage, paths=paths, redactor=redactor, workspace=workspace)
            hooks = FaultHooks(life.fault)
            hooks.watch_loop(loop)
            with contextlib.suppress(NotImplementedError, ValueError):
                loop.add_signal_handler(signal.SIGTERM, life.close_at_once)
                loop.add_signal_handler(signal.SIGINT, life.close_at_once)
            try:
                return int(loop.run_until_complete(life.run(then)))
            finally:
                hooks.remove()
                garbage.stop()


class _Life:
    def __init__(
        self,
        window: MainWindow,
        theme: Theme,
        language: Language,
        garbage: GarbageTimer,
        *,
        paths: StudioPaths,
        redactor: Redactor,
        workspace: Path | None,
    ) -> None:
        self._window, self._theme, self._language, self._garbage = window, theme, language, garbage
        self._paths, self._redactor, self._workspace = paths, redactor, workspace
        self._controller: WindowController | None = None
        self._closing = asyncio.Event()
        window.close_requested.connect(self._wish_to_close)

    def _wish_to_close(self) -> None:
        """The user closes the window: paid work that would be lost is told first."""
        if self._controller is None or self._closing.is_set():
            self._closing.set()
        elif not self._controller.tasks.is_running("leave"):
            self._controller.tasks.start("leave", self._leave(self._controller))

    async def _leave(self, controller: WindowController) -> None:
        from studio.ui.window.leaving import may_leave

        try:
            agreed = await may_leave(controller)
        except BaseException:
            self._closing.set()  # nobody is kept in a window that cannot even ask
            raise
        if agreed:
            self._closing.set()

    def close_at_once(self) -> None:
        """The session ends: there is nobody to answer a question."""
        self._closing.set()

    def fault(self, error: BaseException) -> None:
        """The one door for faults that nobody expected."""
        if self._controller is not None:
            self._controller.report_fault(error)

    async def run(self, then: Then | None) -> int:
        settings = SettingsStore(self._paths.settings_file)
        host = await self._open_host(settings)
        if host is None:
            self._window.allow_close()
            return 1
        client = StudioClient(host)
        self._controller = controller = WindowController(
            self._window, client, self._theme, self._language, leave=self._closing.set
        )
        code = 0
        try:
            await controller.open()
            self._garbage.settle()
            ahead = ImportsAhead(self._window)
            ahead.finished.connect(self._garbage.settle)
            if then is not None:
                code = await then(controller)
            else:
                await self._closing.wait()
        finally:
            await controller.close()
            client.close()
            await self._close_host(host)
            self._controller = None
            self._window.allow_close()
            self._window.close()
        return code

    async def _open_host(self, settings: SettingsStore) -> StudioThread | None:
        """Open the workspace; when it cannot be, say why and let the user choose another, until he gives up."""
        folder = self._workspace
        while True:
            chosen = folder

            def opener(folder: Path | None = chosen) -> contextlib.AbstractAsyncContextManager:  # type: ignore[type-arg]  # of a Studio
                return open_studio(
                    paths=self._paths,
                    settings=settings,
                    workspace_folder=folder,
                    redactor=self._redactor,
                    look_only=True,  # the window says so and changes nothing then, see `window.looking`
                )

            host = StudioThread(opener)
            try:
                await asyncio.wrap_future(host.start())
            except StudioError as error:
                _log.warning("The workspace cannot be opened: %s", error)
                folder = await ask_for_workspace(self._window, error.problem)
                if folder is None:
                    return None
                settings.change(workspace=str(folder))
            else:
                return host

    async def _close_host(self, host: StudioThread) -> None:
        """Everything on disk within the promised time; what is still under way then goes on at the next start."""
        try:
            await asyncio.wait_for(asyncio.wrap_future(host.close()), SHUTDOWN_S + 1)
        except TimeoutError:
            _log.error("The studio did not close within %s seconds.", SHUTDOWN_S)
