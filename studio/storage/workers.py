"""Threads of our own for work that blocks, awaited from whichever event loop is running."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from time import monotonic
from typing import Any, TypeVar

T = TypeVar("T")

INTERRUPT_EVERY_S = 0.05

_log = logging.getLogger(__name__)


class Workers:
    """A small pool. `run` may be awaited on any loop; the pool itself belongs to none.

    Never the loop's default executor: closing a loop waits for that one."""

    def __init__(self, name: str, threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix=name)
        self._unfinished: set[Future[Any]] = set()
        self._lock = threading.Lock()

    def submit(self, work: Callable[[], T]) -> Future[T]:
        """Raises RuntimeError after `close`."""
        with self._lock:
            future = self._pool.submit(work)
            self._unfinished.add(future)
        future.add_done_callback(self._finished)
        return future

    def _finished(self, future: Future[Any]) -> None:
        with self._lock:
            self._unfinished.discard(future)

    async def run(self, work: Callable[[], T]) -> T:
        """Work that must happen: once it is handed over, cancelling the waiter does not withdraw it."""
        return await _outcome(self.submit(work), withdraw=False)

    async def run_if_wanted(self, work: Callable[[], T]) -> T:
        """Work that is withdrawn, if it has not begun, when its waiter is cancelled."""
        return await _outcome(self.submit(work), withdraw=True)

    def close(
        self, timeout_s: float, *, drop_waiting: bool = False, interrupt: Callable[[], object] = lambda: None
    ) -> bool:
        """Takes no more and waits for what it has; `drop_waiting` gives up what has not begun. Blocks.

        `interrupt` is called until the work that runs has ended. False when some still runs after `timeout_s`."""
        self._pool.shutdown(wait=False, cancel_futures=drop_waiting)
        with self._lock:
            unfinished = set(self._unfinished)
        end_s = monotonic() + timeout_s
        while unfinished:
            interrupt()  # again and again: it means nothing to work that is just about to begin
            left_s = end_s - monotonic()
            unfinished = wait(unfinished, min(INTERRUPT_EVERY_S, max(0.0, left_s))).not_done
            if left_s <= 0:
                break
        return not unfinished


async def outcome_of(future: Future[T]) -> T:
    """Await a shared result: cancelling this waiter leaves the work to the others."""
    return await _outcome(future, withdraw=False)


async def _outcome(future: Future[T], *, withdraw: bool) -> T:
    loop = asyncio.get_running_loop()
    waiter: asyncio.Future[None] = loop.create_future()

    def wake() -> None:
        if not waiter.done():
            waiter.set_result(None)

    def finished(done: Future[T]) -> None:
        # The loop may be gone: then nobody waits any more, but the work was done all the same.
        with contextlib.suppress(RuntimeError):
            loop.call_soon_threadsafe(wake)
        if waiter.cancelled() and not done.cancelled() and done.exception() is not None:
            # What was only wanted by its waiter fails as a rule because closing interrupts it.
            level = logging.INFO if withdraw else logging.ERROR
            _log.log(level, "failed after its waiter had gone", exc_info=done.exception())

    future.add_done_callback(finished)
    try:
        await waiter
    except asyncio.CancelledError:
        if withdraw:
            future.cancel()
        raise
    if future.cancelled():
        raise asyncio.CancelledError  # the pool was closed before this had begun
    return future.result()
