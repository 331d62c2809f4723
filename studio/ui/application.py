"""Start and end of the window: paint first, then everything else; close in order, within seconds."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from studio.ui.theme import Scheme, Theme
from studio.ui.theme.resources import resource_path
from studio.ui.translation import SYSTEM, Language
from studio.ui.window.main_window import MainWindow

if TYPE_CHECKING:
    from studio.config.paths import StudioPaths

ORGANIZATION = "Prompt Studio"
APPLICATION = "Prompt Studio"


def make_application(arguments: Sequence[str]) -> QApplication:
    """The one QApplication, named and set up; nothing is shown yet."""
    QCoreApplication.setOrganizationName(ORGANIZATION)
    QCoreApplication.setApplicationName(APPLICATION)
    QGuiApplication.setApplicationDisplayName(APPLICATION)
    QGuiApplication.setDesktopFileName("prompt-studio")
    QGuiApplication.setHighDpiScaleFactorRoundingPolicy(Qt.HighDpiScaleFactorRoundingPolicy.PassThrough)
    app = QApplication([sys.argv[0], *arguments])
    app.setQuitOnLastWindowClosed(False)
    from PySide6.QtGui import QIcon

    app.setWindowIcon(QIcon(str(resource_path("application", "prompt-studio.svg"))))
    return app


def remembered_look(app: QApplication) -> tuple[Theme, Language]:
    """Theme and language as they were last, from Qt's own store, so that the first paint waits for no settings file."""
    stored = QSettings()
    theme = Theme(app)
    theme.set_scheme(Scheme(_one_of(stored.value("look/scheme"), [scheme.value for scheme in Scheme], "system")))
    theme.install()
    language = Language(app, theme)
    language.choose(_one_of(stored.value("look/language"), [SYSTEM, "en", "zh_CN"], SYSTEM))
    return theme, language


def remember_look(scheme: str, language: str) -> None:
    """For the next start's first paint."""
    stored = QSettings()
    stored.setValue("look/scheme", scheme)
    stored.setValue("look/language", language)


def _one_of(value: object, allowed: Sequence[str], otherwise: str) -> str:
    return value if isinstance(value, str) and value in allowed else otherwise


def run_window(arguments: Sequence[str] = (), *, workspace: Path | None = None) -> int:
    """Open the window and stay until it is closed. Returns the exit code."""
    app = make_application(arguments)
    theme, language = remembered_look(app)
    window = MainWindow()
    window.show()
    app.processEvents()  # the first paint; all further imports come after it
    from studio.ui.window.life import live

    return live(app, window, theme, language, workspace=workspace)


def run_headless_demo(folder: Path, *, paths: StudioPaths | None = None) -> int:
    """Without a display: open the window offscreen, make one Demo run in it, leave images and a picture of it there."""
    import os

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = make_application(())
    theme, language = remembered_look(app)
    window = MainWindow()
    window.show()
    app.processEvents()
    from studio.ui.window.headless import demonstrate
    from studio.ui.window.life import live

    return live(app, window, theme, language, workspace=folder / "workspace", then=demonstrate(folder), paths=paths)
