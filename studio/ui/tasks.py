"""Work of the window that takes time: every task has an owner, every fault a door, no second event loop anywhere.

A task belongs to a widget (its `TaskBag`) and ends with it. Do not use qasync's `asyncSlot`: it hands out nothing to
cancel and keeps no reference to its task. Keep slots one line long: `self.tasks.start("search", self._search(text))`.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, TypeVar

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QDialog

T = TypeVar("T")

_log = logging.getLogger(__name__)

FaultDoor = Callable[[BaseException], None]
"""Takes a fault that nobody expected: our bug, for the report dialog. Called on the thread where it happened."""


class TaskBag:
    """The tasks of one owner, at most one per name. They are cancelled when the owner is destroyed."""

    def __init__(self, owner: QObject, on_error: FaultDoor) -> None:
        self._tasks: dict[str, asyncio.Task[Any]] = {}
        self._on_error = on_error
        tasks = self._tasks  # the slot must hold neither the owner nor the bag
        owner.destroyed.connect(lambda _object=None: _cancel(tasks))

    def start(self, name: str, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Start `work` under a name; an older task of that name is cancelled. An error goes to the door, a
        cancellation to nobody. Needs the running loop, so call it in a slot or a coroutine of the window."""
        self.cancel(name)
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks[name] = task
        task.add_done_callback(self._finished)
        return task

    def is_running(self, name: str) -> bool:
        """Whether the task of that name has not ended."""
        task = self._tasks.get(name)
        return task is not None and not task.done()

    def cancel(self, name: str) -> None:
        """Cancel a task; an unknown name is nothing to do."""
        task = self._tasks.pop(name, None)
        if task is not None:
            task.cancel()

    def cancel_all(self) -> None:
        """Cancel everything; the owner closes."""
        _cancel(self._tasks)

    async def finished(self) -> None:
        """Wait until all tasks ended, cancelled or not."""
        while self._tasks:
            await asyncio.wait(set(self._tasks.values()))
            await asyncio.sleep(0)  # the callbacks that empty the bag run after the tasks

    def _finished(self, task: asyncio.Task[Any]) -> None:
        name = task.get_name()
        if self._tasks.get(name) is task:
            del self._tasks[name]
        if task.cancelled():
            return
        error = task.exception()
        if error is not None:
            self._on_error(error)


def _cancel(tasks: dict[str, asyncio.Task[Any]]) -> None:
    for task in list(tasks.values()):
        task.cancel()
    tasks.clear()


async def ask(dialog: QDialog) -> int:
    """Open a dialog and wait for its result code without a second event loop. Cancelling the wait closes it.

    The dialog stays the caller's: read its fields, then `deleteLater()`."""
    answered: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    def answer(code: int) -> None:
        if not answered.done():
            answered.set_result(code)

    dialog.finished.connect(answer)
    dialog.open()
    try:
        return await answered
    except asyncio.CancelledError:
        dialog.reject()
        raise
    finally:
        dialog.finished.disconnect(answer)


class FaultHooks:
    """All doors by which a fault can leave unseen, led to one place.

    Slots and timers end in `sys.excepthook`, callbacks and lost tasks in the loop's handler, threads in
    `threading.excepthook`, destructors in `sys.unraisablehook`, Qt's own words in its message handler (both are
    logged only).
    `remove()` puts everything back."""

    def __init__(self, door: FaultDoor) -> None:
        self._door = door
        self._loops: list[asyncio.AbstractEventLoop] = []
        self._earlier = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._exception
        threading.excepthook = self._thread
        sys.unraisablehook = self._unraisable
        self._earlier_qt = qInstallMessageHandler(_log_qt_message)

    def watch_loop(self, loop: asyncio.AbstractEventLoop) -> None:
        """Take the faults of an event loop too."""
        loop.set_exception_handler(self._loop_fault)
        self._loops.append(loop)

    def remove(self) -> None:
        """Put back what was there before."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._earlier
        qInstallMessageHandler(self._earlier_qt)
        for loop in self._loops:
            loop.set_exception_handler(None)
        self._loops.clear()

    def _open(self, error: BaseException, where: str) -> None:
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            self._earlier[0](type(error), error, error.__traceback__)
            return
        _log.error("A fault reached %s.", where, exc_info=error)
        try:
            self._door(error)
        except Exception:
            _log.exception("The fault could not be reported.")

    def _exception(self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        self._open(error, "the event loop of the window")

    def _thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self._open(args.exc_value, f"the end of thread {args.thread.name if args.thread else '?'}")

    def _unraisable(self, unraisable: sys.UnraisableHookArgs) -> None:
        if unraisable.exc_value is not None:
            _log.error("A fault in a destructor: %s", unraisable.err_msg or "", exc_info=unraisable.exc_value)

    def _loop_fault(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, BaseException):
            self._open(error, str(context.get("message", "the event loop")))
        else:
            _log.error("The event loop complains: %s", context.get("message"))


_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_qt_log = logging.getLogger("qt")


def _log_qt_message(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    category = context.category or "default"
    _qt_log.log(_QT_LEVELS.get(kind, logging.WARNING), "%s: %s", category, message)
