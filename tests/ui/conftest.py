"""What every window test needs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSettings
from PySide6.QtGui import QCursor, QGuiApplication

from studio.ui.remembered import open_anew
from studio.ui.widgets.dialog import forget_sizes


@pytest.fixture(scope="session", autouse=True)
def _empty_clipboard() -> Iterator[None]:
    """The offscreen clipboard outlives Python: what was made in Python and left in it crashes the exit."""
    yield
    if QGuiApplication.instance() is not None:
        QGuiApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path) -> Iterator[None]:
    """Views, orders and sizes that a test sets are gone with it; Qt reads where they are kept once in a process."""
    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, str(tmp_path / "qt"))
    open_anew()
    QSettings().clear()
    yield
    QSettings().clear()
    forget_sizes()


@pytest.fixture(autouse=True)
def _pointer_elsewhere() -> None:
    """Where a test before has left the pointer there is another window now, which would be hovered."""
    if QGuiApplication.instance() is not None:
        QCursor.setPos(QPoint(-10_000, -10_000))
