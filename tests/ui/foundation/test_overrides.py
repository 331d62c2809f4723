"""What goes wrong in our overrides stays there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from studio.ui.widgets import safe_override


class Broken(QWidget):
    """A widget whose overrides fail."""

    painted = 0

    @safe_override(QSize(10, 20))
    def sizeHint(self) -> QSize:
        raise RuntimeError("no size today")

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1
        raise RuntimeError("no paint today")


@pytest.mark.expects_log("sizeHint failed", "paintEvent failed")
def test_a_fault_is_logged_and_qt_gets_the_default(qtbot: QtBot) -> None:
    widget = Broken()
    qtbot.addWidget(widget)
    assert widget.sizeHint() == QSize(10, 20)
    widget.grab()
    assert widget.painted == 1


@pytest.mark.expects_log("again failed")
def test_the_same_fault_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    @safe_override(0)
    def again() -> int:
        return 1 // 0

    assert [again() for _ in range(5)] == [0] * 5
    assert len(caplog.records) == 1
    assert caplog.records[0].exc_info is not None


def test_the_wish_to_stop_passes() -> None:
    @safe_override(None)
    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
