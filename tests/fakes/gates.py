"""Named places where a fake stops until the test lets it go on: order is decided by events, never by sleeping."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from types import TracebackType
from typing import Self

WAIT_LIMIT_S = 60.0
"""How long a test waits for something that must happen; reaching it is a failure, not a measure."""


class Gate:
    """A gate is open until a test holds it. `with server.gate("before_response"): ...` holds and releases.

    Methods are called from the test's thread, except `passage`, which the server awaits on its own loop."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._changed = threading.Condition()
        self._held = False
        self._permits = 0
        self._arrivals = 0
        self._waiters: deque[tuple[asyncio.AbstractEventLoop, asyncio.Future[None]]] = deque()

    def hold(self) -> Gate:
        """Stop whoever comes next; arrivals are counted from here."""
        with self._changed:
            self._held, self._permits, self._arrivals = True, 0, 0
        return self

    def step(self, count: int = 1) -> None:
        """Let `count` passages through (those waiting, else those that come next) and keep holding."""
        with self._changed:
            for _ in range(count):
                if self._waiters:
                    self._wake(*self._waiters.popleft())
                else:
                    self._permits += 1

    def release(self) -> None:
        """Open the gate for good."""
        with self._changed:
            self._held, self._permits = False, 0
            while self._waiters:
                self._wake(*self._waiters.popleft())

    def wait_reached(self, count: int = 1, timeout_s: float = WAIT_LIMIT_S) -> None:
        """Block until `count` passages have come to the gate since `hold`. Raises TimeoutError."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._arrivals >= count, timeout_s):
                raise TimeoutError(f"gate {self.name!r}: {self._arrivals} of {count} arrivals in {timeout_s} s")

    async def wait_reached_async(self, count: int = 1, timeout_s: float = WAIT_LIMIT_S) -> None:
        """`wait_reached` for a test that is a coroutine on a loop of its own."""
        await asyncio.to_thread(self.wait_reached, count, timeout_s)

    async def passage(self) -> None:
        """The server's side: count the arrival, then wait while the gate is held."""
        loop = asyncio.get_running_loop()
        with self._changed:
            self._arrivals += 1
            self._changed.notify_all()
            if not self._held:
                return
            if self._permits:
                self._permits -= 1
                return
            waiter = (loop, loop.create_future())
            self._waiters.append(waiter)
        try:
            await waiter[1]
        finally:
            with self._changed:
                if waiter in self._waiters:
                    self._waiters.remove(waiter)

    @staticmethod
    def _wake(loop: asyncio.AbstractEventLoop, future: asyncio.Future[None]) -> None:
        def wake() -> None:
            if not future.done():
                future.set_result(None)

        loop.call_soon_threadsafe(wake)

    def __enter__(self) -> Self:
        self.hold()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.release()
