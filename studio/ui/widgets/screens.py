"""Where there is room on the screens."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication


def screen_room(point: QPoint, *, whole: bool = False) -> QRect:
    """The usable part, or the `whole`, of the screen at a global point, else of the first screen.

    Never ask `widget.screen()`: PySide 6.11 makes the screen a child of the widget's wrapper, and when the garbage
    collector takes that widget in a cycle it destroys the screen, and the program with it."""
    screen = QGuiApplication.screenAt(point) or QGuiApplication.primaryScreen()
    return screen.geometry() if whole else screen.availableGeometry()
