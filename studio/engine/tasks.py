"""Every task of the engine has an owner, so that none is lost and all of them end."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from typing import Any

from studio.domain.ports import Clock

log = logging.getLogger(__name__)


class TaskOwner:
    """Holds tasks until they end; an exception that nobody awaits is logged."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()

    def spawn(self, work: Coroutine[Any, Any, Any], *, name: str) -> asyncio.Task[Any]:
        task = asyncio.get_running_loop().create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("task %s failed: %s", task.get_name(), type(error).__name__)

    async def finish(self, within_s: float) -> bool:
        """Waits for the tasks to end by themselves; False when some are left after `within_s` of real time."""
        loop = asyncio.get_running_loop()
        until_s = loop.time() + within_s
        while others := self._tasks - {asyncio.current_task()}:
            left_s = until_s - loop.time()
            if left_s <= 0:
                return False
            await asyncio.wait(others, timeout=left_s, return_when=asyncio.FIRST_COMPLETED)
        return True

    async def cancel(self, within_s: float) -> None:
        """Cancels what is left and waits for it."""
        others = self._tasks - {asyncio.current_task()}
        for task in others:
            task.cancel()
        if others:
            _, left = await asyncio.wait(others, timeout=within_s)
            for task in left:
                log.error("task %s does not end", task.get_name())


class Alarm:
    """One wake-up in the future; set again, it moves."""

    def __init__(self, clock: Clock, owner: TaskOwner, ring: Callable[[], None], *, name: str) -> None:
        self._clock = clock
        self._owner = owner
        self._ring = ring
        self._name = name
        self._task: asyncio.Task[Any] | None = None

    @property
    def is_set(self) -> bool:
        return self._task is not None

    def set(self, delay_s: float) -> None:
        """Rings once after `delay_s`; an earlier setting no longer holds."""
        self.clear()
        self._task = self._owner.spawn(self._wait(delay_s), name=self._name)

    def clear(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    async def _wait(self, delay_s: float) -> None:
        await self._clock.sleep(delay_s)
        self._task = None
        self._ring()
