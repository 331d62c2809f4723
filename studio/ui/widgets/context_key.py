"""Shift+F10 for keyboards without a menu key: Qt knows it on Windows alone, the help promises it everywhere."""

from __future__ import annotations

import sys

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget

CONTEXT_KEYS = "" if sys.platform == "win32" else "Shift+F10"


def open_context_menu() -> None:
    """The menu of what has the focus, as its key would open it."""
    widget = QApplication.focusWidget()
    if widget is None or not widget.isEnabled():
        return
    cursor = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    place = cursor.center() if isinstance(cursor, QRect) else widget.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)


def answer_context_key(dialog: QWidget) -> None:
    """Shift+F10 in a dialog, where the keys of the window do not reach."""
    if CONTEXT_KEYS:
        QShortcut(QKeySequence(CONTEXT_KEYS), dialog, open_context_menu)
