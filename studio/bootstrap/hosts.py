"""Where a studio runs: on a thread and loop of its own, or on the loop of whoever uses it."""

from __future__ import annotations

import asyncio
import concurrent.futures
import contextlib
import threading
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol, TypeVar

from studio.bootstrap.opening import SHUTDOWN_S, Studio
from studio.domain.events import StudioEvent

T = TypeVar("T")


class StudioHost(Protocol):
    """Where a studio runs, seen from the window."""

    @property
    def studio(self) -> Studio: ...

    def submit(self, work: Callable[[Studio], Awaitable[T]]) -> concurrent.futures.Future[T]:
        """Carry out `work(studio)` on the studio's loop."""
        ...

    def listen(self, callback: Callable[[StudioEvent], None]) -> Callable[[], None]:
        """`callback` gets every event, on the studio's thread; returns what ends it."""
        ...


class StudioThread:
    """A studio on an event loop and a thread of its own.

    Measured against the same engine on the window's loop (`tests/bench/lag.py`), this keeps the window's own timers
    more punctual while streams arrive; so the window uses it, and the command line, which has no window, does not."""

    def __init__(self, opener: Callable[[], AbstractAsyncContextManager[Studio]]) -> None:
        self._opener = opener
        self._opened: concurrent.futures.Future[Studio] = concurrent.futures.Future()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._gate, self._takes_work = threading.Lock(), False
        self._ending: asyncio.Event | None = None
        self._closed: concurrent.futures.Future[None] = concurrent.futures.Future()
        self._thread = threading.Thread(target=self._work, name="studio-engine", daemon=True)

    def start(self) -> concurrent.futures.Future[Studio]:
        """Begin to open; the future holds the studio, or the error that kept it from opening."""
        self._thread.start()
        return self._opened

    @property
    def studio(self) -> Studio:
        return self._opened.result(timeout=0)

    def submit(self, work: Callable[[Studio], Awaitable[T]]) -> concurrent.futures.Future[T]:
        """Raises RuntimeError before the studio is open, and from the moment it begins to close."""
        with self._gate:
            if not self._takes_work or self._loop is None:
                raise RuntimeError("the studio is not open")
            return asyncio.run_coroutine_threadsafe(_awaited(work, self.studio), self._loop)

    def listen(self, callback: Callable[[StudioEvent], None]) -> Callable[[], None]:
        """Waits for the studio's loop to take note, so that no event is missed after this returns."""
        stop = self.submit(_listening(callback)).result(timeout=SHUTDOWN_S)

        def end() -> None:
            if self._loop is not None:
                with contextlib.suppress(RuntimeError):  # the loop is closed: nobody calls back any more
                    self._loop.call_soon_threadsafe(stop)

        return end

    def close(self) -> concurrent.futures.Future[None]:
        """Begin to close; the future is done when everything is on disk and the thread is about to end."""
        if self._loop is not None and self._ending is not None and not self._loop.is_closed():
            with contextlib.suppress(RuntimeError):
                self._loop.call_soon_threadsafe(self._ending.set)
        return self._closed

    def join(self, timeout_s: float) -> bool:
        """Whether the thread ended in time."""
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        try:
            asyncio.run(self._live())
        except BaseException as error:  # handed to whoever waits; this thread has nobody above it
            if not self._opened.done():
                self._opened.set_exception(error)
            elif not self._closed.done():
                self._closed.set_exception(error)
        finally:
            if not self._closed.done():
                self._closed.set_result(None)

    async def _live(self) -> None:
        self._ending = asyncio.Event()
        async with self._opener() as studio:
            self._loop = asyncio.get_running_loop()
            self._takes_work = True
            self._opened.set_result(studio)
            try:
                await self._ending.wait()
            finally:
                with self._gate:
                    self._takes_work = False
            # What came before the gate was shut begins now, and is cancelled with everything else. A loop that closes
            # would leave it lying, and whoever waits for it waiting for ever.
            await asyncio.sleep(0)


class SharedLoopHost:
    """A studio on the loop that already runs, for measuring against `StudioThread` and for tests without a thread."""

    def __init__(self, studio: Studio) -> None:
        self.studio = studio
        self._tasks: set[asyncio.Task[Any]] = set()

    def submit(self, work: Callable[[Studio], Awaitable[T]]) -> concurrent.futures.Future[T]:
        outcome: concurrent.futures.Future[T] = concurrent.futures.Future()
        task = asyncio.get_running_loop().create_task(_answer(outcome, _awaited(work, self.studio)))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return outcome

    def listen(self, callback: Callable[[StudioEvent], None]) -> Callable[[], None]:
        return self.studio.engine.listen(callback)


async def _awaited(work: Callable[[Studio], Awaitable[T]], studio: Studio) -> T:
    return await work(studio)


async def _answer(outcome: concurrent.futures.Future[T], work: Coroutine[Any, Any, T]) -> None:
    try:
        result = await work
    except BaseException as error:
        outcome.set_exception(error)
        if isinstance(error, asyncio.CancelledError):
            raise
    else:
        outcome.set_result(result)


def _listening(callback: Callable[[StudioEvent], None]) -> Callable[[Studio], Awaitable[Callable[[], None]]]:
    async def begin(studio: Studio) -> Callable[[], None]:
        return studio.engine.listen(callback)

    return begin
