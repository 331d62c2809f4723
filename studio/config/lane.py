"""Blocking calls to the keyring, one at a time and never on the caller's thread."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from studio.domain.errors import KeyringLocked

T = TypeVar("T")

TIMEOUT_S = 20.0
"""Long enough for a person to type a password; then the caller is told instead of waiting for ever."""


class _Work(Generic[T]):
    """One call: runs at most once, and not at all when nobody waits for it any more."""

    def __init__(self, function: Callable[[], T], done: asyncio.Future[T]) -> None:
        self._function = function
        self._done = done
        self._loop = done.get_loop()
        self.abandoned = False
        self.given_up = False
        """Its caller was told that there was no answer in time; it may still be running."""

    def run(self) -> None:
        try:
            result = self._function()
        except BaseException as error:
            # Bound to a name of its own: `error` ends with this block, and the loop calls later.
            failure = error
            self._tell(lambda: self._done.set_exception(failure))
        else:
            self._tell(lambda: self._done.set_result(result))

    def _tell(self, settle: Callable[[], None]) -> None:
        def settle_once() -> None:
            if not self._done.done():
                settle()

        # A closed loop means that the one who waited is gone.
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(settle_once)


class KeyringLane:
    """Serializes calls, so that the user never sees two prompts of the system at once.

    Threads are daemons and end with their call: a prompt that nobody answers holds up neither the loop nor the end of
    the program."""

    def __init__(self, timeout_s: float = TIMEOUT_S) -> None:
        self._timeout_s = timeout_s
        self._turn = threading.Lock()
        self._running: _Work[Any] | None = None

    async def call(self, function: Callable[[], T]) -> T:
        """Result or error of `function()`, run on a thread of its own when it is its turn.

        Raises KeyringLocked when it took longer than the time-out: a prompt is waiting for the user."""
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        work = _Work(function, done)
        threading.Thread(target=self._take_turn, args=(work,), name="keyring", daemon=True).start()
        try:
            async with asyncio.timeout(self._timeout_s):
                return await done
        except TimeoutError:
            work.given_up = True
            detail = f"no answer within {self._timeout_s:g} s; look for a question of the system about its keyring"
            raise KeyringLocked(detail=detail) from None
        finally:
            work.abandoned = True

    @property
    def is_unanswered(self) -> bool:
        """A call whose caller has given up is still under way: a prompt that waits for the user."""
        running = self._running
        return running is not None and running.given_up

    async def free(self) -> None:
        """Returns once no call is under way, however long that takes."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        work = _Work(lambda: None, done)
        threading.Thread(target=self._take_turn, args=(work,), name="keyring", daemon=True).start()
        try:
            await done
        finally:
            work.abandoned = True

    def _take_turn(self, work: _Work[T]) -> None:
        with self._turn:
            if not work.abandoned:
                self._running = work
                work.run()
                self._running = None
