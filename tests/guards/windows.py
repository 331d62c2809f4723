"""Every test finds the desktop as the first one found it: no window, no button or key held down.

What a test of the window leaves open, active or pressed would be closed or let go in the middle of one of the next,
which then loses the focus, or takes a move of the mouse for a drag."""

from __future__ import annotations

from collections.abc import Generator

import pytest


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    result = yield
    if "qapp" in getattr(item, "fixturenames", ()):
        _clear_the_desktop()
    return result


def _clear_the_desktop() -> None:
    from PySide6.QtCore import QCoreApplication, QEvent
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    for window in QApplication.topLevelWidgets():
        window.hide()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QApplication.processEvents()
    if QApplication.activeWindow() or QGuiApplication.mouseButtons() or QGuiApplication.keyboardModifiers():
        _let_go()
    while QGuiApplication.overrideCursor() is not None:
        QGuiApplication.restoreOverrideCursor()


def _let_go() -> None:
    """Of buttons and keys, and of a hidden popup, which stays the active window until another one has been it."""
    from PySide6.QtCore import QPoint, Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget

    desk = QWidget()
    desk.show()
    QApplication.processEvents()
    for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
        if QApplication.mouseButtons() & button:
            QTest.mouseRelease(desk, button, Qt.KeyboardModifier.NoModifier, QPoint())
    QTest.keyRelease(desk, Qt.Key.Key_Shift, Qt.KeyboardModifier.NoModifier)
    desk.close()
    QApplication.processEvents()
