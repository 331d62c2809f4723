"""Tasks have owners, faults have doors, and no dialog stops the loop."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
import threading
from collections.abc import Iterator

import pytest
import qasync
from PySide6.QtCore import QObject, qWarning
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from studio.ui.tasks import FaultHooks, TaskBag, ask
from studio.ui.widgets import Question


@pytest.fixture
def faults() -> list[BaseException]:
    return []


@pytest.fixture
def bag(faults: list[BaseException]) -> Iterator[TaskBag]:
    owner = QObject()
    yield TaskBag(owner, faults.append)
    del owner


async def forever(ended: list[str], name: str = "one") -> None:
    """Wait for ever, and say so when stopped."""
    try:
        await asyncio.Event().wait()
    finally:
        ended.append(name)


async def turns(count: int = 4) -> None:
    """Let the loop run a little."""
    for _ in range(count):
        await asyncio.sleep(0)


async def test_a_new_task_of_a_name_stops_the_older(bag: TaskBag) -> None:
    ended: list[str] = []
    bag.start("search", forever(ended, "older"))
    bag.start("other", forever(ended, "other"))
    await turns()
    bag.start("search", forever(ended, "newer"))
    await turns()
    assert ended == ["older"]
    assert bag.is_running("search")
    assert bag.is_running("other")
    bag.cancel("search")
    bag.cancel("never started")
    await turns()
    assert ended == ["older", "newer"]
    bag.cancel_all()
    await bag.finished()
    await turns()
    assert not bag.is_running("other")


async def test_the_result_of_a_replaced_task_does_not_remove_its_heir(bag: TaskBag) -> None:
    release = asyncio.Event()

    async def stubborn() -> None:
        try:
            await release.wait()
        except asyncio.CancelledError:
            await release.wait()

    bag.start("save", stubborn())
    await turns()
    bag.start("save", forever([]))
    release.set()
    await turns()
    assert bag.is_running("save")
    bag.cancel_all()
    await turns()


async def test_an_error_goes_to_the_door_and_a_cancellation_nowhere(bag: TaskBag, faults: list[BaseException]) -> None:
    async def fails() -> None:
        raise LookupError("no such thing")

    task = bag.start("work", fails())
    await asyncio.wait([task])
    await turns()
    bag.start("wait", forever([]))
    await turns()
    bag.cancel("wait")
    await turns()
    assert [type(fault) for fault in faults] == [LookupError]
    assert not bag.is_running("work")


async def test_tasks_end_with_their_owner(qapp: QApplication, faults: list[BaseException]) -> None:
    owner = QWidget()
    bag = TaskBag(owner, faults.append)
    ended: list[str] = []
    bag.start("load", forever(ended))
    await turns()
    owner.deleteLater()
    QApplication.sendPostedEvents(None, 52)  # deferred deletes
    await turns()
    assert (ended, faults) == (["one"], [])


async def test_a_task_nobody_waits_for_lives(bag: TaskBag) -> None:
    """The loop keeps weak references only; the bag keeps the task."""
    done: list[str] = []

    async def work() -> None:
        await turns()
        done.append("work")

    bag.start("work", work())
    gc.collect()
    await bag.finished()
    assert done == ["work"]


def run(qapp: QApplication, work: object) -> None:
    """Run a coroutine on a qasync loop, as the window does."""
    loop = qasync.QEventLoop(qapp)
    try:
        loop.run_until_complete(work)
    finally:
        loop.close()
        asyncio.set_event_loop(None)


def test_the_loop_runs_on_while_a_dialog_waits(qapp: QApplication, faults: list[BaseException]) -> None:
    window = QWidget()
    window.show()
    bag = TaskBag(window, faults.append)

    async def answer(question: Question, *, accept: bool) -> None:
        await turns(20)
        assert question.isVisible()
        if accept:
            question.accept()
        else:
            question.reject()

    async def story() -> None:
        for accept in (True, False):
            question = Question(window, title="Delete?", text="They go to the bin.", primary="Delete")
            bag.start("answer", answer(question, accept=accept))
            assert await ask(question) == int(accept)
            question.deleteLater()
        await bag.finished()

    run(qapp, story())
    window.close()
    assert faults == []


def test_a_cancelled_wait_closes_its_dialog(qapp: QApplication) -> None:
    window = QWidget()
    window.show()
    question = Question(window, title="Delete?", text="They go to the bin.", primary="Delete")

    async def story() -> None:
        waiting = asyncio.get_running_loop().create_task(ask(question))
        await turns()
        assert question.isVisible()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting

    run(qapp, story())
    assert (question.isVisible(), question.result()) == (False, int(QDialog.DialogCode.Rejected))
    window.close()


@pytest.fixture
def hooks(faults: list[BaseException]) -> Iterator[FaultHooks]:
    hooks = FaultHooks(faults.append)
    yield hooks
    hooks.remove()


@pytest.mark.expects_log("A fault reached")
def test_every_door_leads_to_one_place(hooks: FaultHooks, faults: list[BaseException]) -> None:
    sys.excepthook(ValueError, ValueError("slot"), None)

    def broken() -> None:
        raise ValueError("thread")

    thread = threading.Thread(target=broken)
    thread.start()
    thread.join()
    loop = asyncio.new_event_loop()
    hooks.watch_loop(loop)
    loop.call_soon(broken)
    loop.call_soon(loop.stop)
    loop.run_forever()
    loop.close()
    assert [str(fault) for fault in faults] == ["slot", "thread", "thread"]


@pytest.mark.expects_log("The fault could not be reported", "A fault reached")
def test_a_broken_door_does_not_hide_the_fault(
    hooks: FaultHooks, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def jammed(_error: BaseException) -> None:
        raise RuntimeError("jammed")

    monkeypatch.setattr(hooks, "_door", jammed)
    sys.excepthook(ValueError, ValueError("slot"), None)
    logged = [str(record.exc_info[1]) for record in caplog.records if record.exc_info is not None]
    assert logged == ["slot", "jammed"]


def test_a_wish_to_stop_is_no_fault(
    hooks: FaultHooks, faults: list[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    passed: list[object] = []
    monkeypatch.setattr(hooks, "_earlier", (lambda *arguments: passed.append(arguments), None, None))
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert (len(passed), faults) == (1, [])
    monkeypatch.undo()


@pytest.mark.expects_log("careful")
def test_qt_words_are_logged(hooks: FaultHooks, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        qWarning("careful")
    assert [(record.name, record.levelno) for record in caplog.records] == [("qt", logging.WARNING)]


def test_everything_is_put_back(faults: list[BaseException]) -> None:
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    hooks = FaultHooks(faults.append)
    assert sys.excepthook is not before[0]
    hooks.remove()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
