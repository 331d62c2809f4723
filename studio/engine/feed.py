"""Reads a provider's events in one task, one step ahead of who handles them, and never loses one."""

from __future__ import annotations

import asyncio
import logging
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, aclosing
from typing import Any

from studio.domain.events import PartialImage, Progressed, ProviderEvent
from studio.engine.tasks import TaskOwner

log = logging.getLogger(__name__)

DROP_WITHIN_S = 1.5


class ProviderFeed:
    """A provider's event stream as an inbox.

    The stream is read on only after an event was handled, so that a ticket is on disk before the next poll goes out.
    Previews and progress are the exception: they may pile up, and then only the newest of each is kept."""

    def __init__(self, events: AsyncIterator[ProviderEvent], news: asyncio.Event) -> None:
        self._events = events
        self._news = news
        self._inbox: deque[ProviderEvent] = deque()
        self._handled = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self.ended = False
        self.error: BaseException | None = None
        """What the adapter raised; None when it ended well or was dropped."""

    def start(self, owner: TaskOwner, name: str) -> None:
        self._task = owner.spawn(self._read(), name=name)

    def take(self) -> ProviderEvent | None:
        return self._inbox.popleft() if self._inbox else None

    def handled(self) -> None:
        """What `take` gave last is dealt with: read on."""
        if not self._inbox:
            self._handled.set()

    async def drop(self) -> None:
        """Closes the connection. What had arrived before can still be taken."""
        if self._task is None or self._task.done():
            return
        self._task.cancel()
        _, left = await asyncio.wait({self._task}, timeout=DROP_WITHIN_S)
        if left:
            log.error("a provider's connection does not close: %s", self._task.get_name())

    async def _read(self) -> None:
        try:
            async with AsyncExitStack() as stack:
                if hasattr(self._events, "aclose"):
                    closable: Any = self._events
                    await stack.enter_async_context(aclosing(closable))
                async for event in self._events:
                    await self._hand_over(event)
        except asyncio.CancelledError:
            raise
        except Exception as error:  # judged by the call, which knows whether anything had been sent
            self.error = error
        finally:
            self.ended = True
            self._news.set()

    async def _hand_over(self, event: ProviderEvent) -> None:
        if isinstance(event, (PartialImage, Progressed)):
            self._put_newest(event)
            self._news.set()
            return
        self._handled.clear()
        self._inbox.append(event)
        self._news.set()
        await self._handled.wait()

    def _put_newest(self, event: PartialImage | Progressed) -> None:
        for waiting in self._inbox:
            same_kind = type(waiting) is type(event)
            if same_kind and getattr(waiting, "image_index", None) == getattr(event, "image_index", None):
                self._inbox.remove(waiting)
                break
        self._inbox.append(event)
