"""Runs a showcase: pictures of one part of the window for the eye, in a folder that the command line names."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync
from PySide6.QtCore import QCoreApplication, QSettings
from PySide6.QtWidgets import QApplication

from studio.ui.theme import Scheme, Theme
from studio.ui.translation import Language

Show = Callable[[Path, Theme, Language], Coroutine[Any, Any, None]]


def exhibit(show: Show) -> None:
    """`show` puts its pictures into the folder; it begins dark and in English, with settings of its own."""
    folder = Path(sys.argv[1]).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    QCoreApplication.setOrganizationName("showcase")
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(folder / "settings"))
    app = QApplication([])
    app.setQuitOnLastWindowClosed(False)
    theme = Theme(app)
    theme.set_scheme(Scheme.DARK)
    theme.install()
    language = Language(app, theme)
    language.choose("en")
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    with loop:
        loop.run_until_complete(show(folder, theme, language))
