"""Python's garbage: on which thread it dies, and when everything is looked at."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from studio.ui.garbage import GarbageTimer


class Clock:
    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


class Loop:
    """A cycle that tells where it dies."""

    def __init__(self, told: Callable[[str], None]) -> None:
        self.me, self._told = self, told

    def __del__(self) -> None:
        self._told(threading.current_thread().name)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def garbage(qapp: QApplication, clock: Clock) -> Iterator[GarbageTimer]:
    earlier = gc.get_threshold()
    gc.unfreeze()  # as in a program that has just started; the suite had put everything aside
    gc.collect()
    timer = GarbageTimer(qapp, clock)
    yield timer
    timer.stop()
    timer.deleteLater()
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*earlier)


_kept: list[list[int]] = []
"""What counts as new since the last collection: were it freed, it would not."""


def _until_full_is_due() -> None:
    """As if a long time had passed: enough rounds of the young ones that the old ones are due."""
    most = gc.get_threshold()
    while gc.get_count()[2] <= most[2]:
        gc.collect(1)
    while gc.get_count()[1] <= most[1]:
        gc.collect(0)
    while gc.get_count()[0] <= most[0]:
        _kept.append([])


def test_it_is_collected_on_the_window_thread_only(garbage: GarbageTimer) -> None:
    assert not gc.isenabled()
    threads: list[str] = []

    def litter() -> None:
        for _ in range(2_000):
            Loop(threads.append)

    worker = threading.Thread(target=litter, name="worker")
    worker.start()
    worker.join()
    assert threads == []
    assert garbage.collect() >= 0
    assert set(threads) == {threading.current_thread().name}
    assert len(threads) == 2_000
    garbage.stop()
    assert gc.isenabled()


def test_what_is_there_at_the_start_is_never_looked_at_again(garbage: GarbageTimer) -> None:
    before = len(gc.get_objects(generation=2))
    garbage.settle()
    assert before > 10_000
    assert len(gc.get_objects()) < 1_000


def test_everything_is_looked_at_only_when_nobody_touches_the_window(
    qapp: QApplication, garbage: GarbageTimer, clock: Clock
) -> None:
    garbage.settle()
    window = QWidget()
    window.show()
    window.activateWindow()
    qapp.processEvents()
    assert qapp.focusWindow() is window.windowHandle()

    clock.now_s += 60
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    clock.now_s += garbage.QUIET_S / 2
    _until_full_is_due()
    assert garbage.collect() == 1

    clock.now_s += garbage.QUIET_S
    _until_full_is_due()
    assert garbage.collect() == 2
    window.close()


def test_somebody_who_never_pauses_is_interrupted_at_last(
    qapp: QApplication, garbage: GarbageTimer, clock: Clock
) -> None:
    garbage.settle()
    window = QWidget()
    window.show()
    window.activateWindow()
    qapp.processEvents()
    clock.now_s += garbage.OVERDUE_S
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    _until_full_is_due()
    assert garbage.collect() == 2
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_A)
    _until_full_is_due()
    assert garbage.collect() == 1
    window.close()
