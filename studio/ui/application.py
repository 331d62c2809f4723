"""Start and end of the window: paint first, then everything else; close in order, within seconds."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QIcon
from PySide6.QtWidgets import QApplication

from studio.ui.look import remembered_look
from studio.ui.theme.resources import resource_path
from studio.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from studio.bootstrap import StudioPaths

ORGANIZATION = "Prompt Studio"
APPLICATION = "Prompt Studio"
_STEMS = "cff:darkening-parameters=500,200,1000,137,1667,137,2333,0"
"""Qt lets FreeType thicken the strokes of fonts such as Noto Sans CJK. Light on dark, their regular weight then looks
bold; half of it suits both themes. Windows and macOS draw letters without FreeType."""


def make_application(arguments: Sequence[str]) -> QApplication:
    """The one QApplication, named and set up; nothing is shown yet."""
    QCoreApplication.setOrganizationName(ORGANIZATION)
    QCoreApplication.setApplicationName(APPLICATION)
    QGuiApplication.setApplicationDisplayName(APPLICATION)
    QGuiApplication.setDesktopFileName("prompt-studio")
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    os.environ.setdefault("FREETYPE_PROPERTIES", _STEMS)
    app = QApplication([sys.argv[0], *arguments])
    app.setQuitOnLastWindowClosed(False)
    app.setWindowIcon(QIcon(str(resource_path("application", "prompt-studio.svg"))))
    return app


NO_SCREEN = (
    "There is no screen to open the window on (neither DISPLAY nor WAYLAND_DISPLAY is set).\n"
    "The command line needs none: prompt-studio --help\n"
    "To see the window as a picture: prompt-studio --headless-demo FOLDER\n"
)


def has_screen() -> bool:
    """Whether Qt can open a window: always on Windows and macOS, elsewhere when a display or a platform is named."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def run_window(arguments: Sequence[str] = (), *, workspace: Path | None = None) -> int:
    """Open the window and stay until it is closed. Returns the exit code; 2 where there is no screen to open it on.

    The collector of garbage is on from the first paint, whether the caller turned it off for the start or not."""
    if not has_screen():
        sys.stderr.write(NO_SCREEN)
        return 2
    app = make_application(arguments)
    theme, language = remembered_look(app)
    window = MainWindow()
    window.show()
    app.processEvents()  # the first paint; all further imports come after it
    gc.freeze()
    gc.enable()
    from studio.ui.window.life import live

    return live(app, window, theme, language, workspace=workspace)


def run_headless_demo(folder: Path, *, paths: StudioPaths | None = None) -> int:
    """Without a display: open the window offscreen, make one Demo run in it, leave images and a picture of it there."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_application(())
    theme, language = remembered_look(app)
    window = MainWindow()
    window.show()
    app.processEvents()
    from studio.ui.window.headless import demonstrate
    from studio.ui.window.life import live

    return live(app, window, theme, language, workspace=folder / "workspace", then=demonstrate(folder), paths=paths)
