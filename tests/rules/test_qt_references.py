"""The bindings give back every reference they take.

PySide6 6.12.0 on Python 3.11 dropped one reference to None with each void call: after some thousand of them the
interpreter aborts. Whoever changes the pin learns it here, not from a user's lost window. (From Python 3.12 on None
cannot die.)
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

# Enough to see one loss per call, too few to kill the interpreter that should report it.
CALLS = 200
# Other code of the process may keep or drop a few while we count.
TOLERANCE = 50
SINGLETONS = (None, True, False)


class _Signals(QObject):
    told = Signal(bool)


class _Rows(QAbstractListModel):
    """Python code that Qt calls back and that answers None, as many a delegate's model does."""

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 1

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> None:
        return None


def _void_method(field: QLineEdit) -> Callable[[], object]:
    return lambda: field.setText("text")


def _painting(image: QImage) -> Callable[[], object]:
    def paint() -> None:
        painter = QPainter(image)
        painter.drawRect(QRect(1, 1, 2, 2))
        painter.end()

    return paint


def _override(rows: _Rows) -> Callable[[], object]:
    return lambda: rows.itemData(rows.index(0))


def _signal(signals: _Signals) -> Callable[[], object]:
    signals.told.connect(lambda _yes: None)
    return lambda: signals.told.emit(True)


def _boolean_answer(widget: QWidget) -> Callable[[], object]:
    return lambda: (widget.isEnabled(), widget.isHidden())


def references_lost(call: Callable[[], object]) -> list[int]:
    """How many references to each singleton are gone after many calls, net."""
    call()
    gc.collect()
    before = [sys.getrefcount(singleton) for singleton in SINGLETONS]
    for _ in range(CALLS):
        call()
    after = [sys.getrefcount(singleton) for singleton in SINGLETONS]
    return [then - now for then, now in zip(before, after, strict=True)]


@pytest.mark.parametrize("kind", ["void method", "painting", "override", "signal", "boolean answer"])
def test_no_reference_is_lost(qapp: QApplication, kind: str) -> None:
    calls: dict[str, Callable[[], Callable[[], object]]] = {
        "void method": lambda: _void_method(QLineEdit()),
        "painting": lambda: _painting(QImage(8, 8, QImage.Format.Format_RGB32)),
        "override": lambda: _override(_Rows()),
        "signal": lambda: _signal(_Signals()),
        "boolean answer": lambda: _boolean_answer(QWidget()),
    }
    assert max(references_lost(calls[kind]())) < TOLERANCE
