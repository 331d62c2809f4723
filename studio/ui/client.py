"""The window's end of the studio: work goes to the engine's loop, events come back in batches on the GUI thread."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

if TYPE_CHECKING:
    from studio.bootstrap import Studio, StudioHost
    from studio.domain.events import StudioEvent

T = TypeVar("T")

BATCH_INTERVAL_MS = 33
"""Events reach the widgets at most 30 times a second."""


class StudioClient(QObject):
    """Gives widgets the studio without its thread. Nothing here blocks.

    `arrived` carries a list of `domain.events.StudioEvent` in order; a preview or percentage that a newer one of
    the same image has overtaken inside the batch is left out."""

    arrived = Signal(list)
    _woken = Signal()

    def __init__(self, host: StudioHost, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._host = host
        self._waiting: deque[StudioEvent] = deque()
        self._lock = threading.Lock()
        self._under_way: set[asyncio.Future[Any]] = set()
        self._closed = False
        self._announced = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BATCH_INTERVAL_MS)
        self._timer.timeout.connect(self._deliver)
        self._woken.connect(self._timer.start, Qt.ConnectionType.QueuedConnection)
        self._stop_listening = host.listen(self._take)

    @property
    def host(self) -> StudioHost:
        """For threads that are no coroutine: `host.submit(work)` gives a `concurrent.futures.Future`."""
        return self._host

    @property
    def studio(self) -> Studio:
        """The parts. Call only what its documentation allows from any thread; everything else goes through `run`."""
        return self._host.studio

    async def run(self, work: Callable[[Studio], Awaitable[T]]) -> T:
        """Carry out `work(studio)` on the studio's own loop and give back its result or error.

        Cancelling the waiting coroutine cancels the work, and so does `close`."""
        if self._closed:
            raise asyncio.CancelledError
        waiting = asyncio.wrap_future(self._host.submit(work))
        self._under_way.add(waiting)
        try:
            return await waiting
        finally:
            self._under_way.discard(waiting)

    def close(self) -> None:
        """No event is delivered after this, and nothing is asked any more: whoever still waits is cancelled, so that
        no panel meets a studio whose parts are closed."""
        self._closed = True
        for waiting in list(self._under_way):
            waiting.cancel()
        self._stop_listening()
        self._timer.stop()

    def _take(self, event: StudioEvent) -> None:
        with self._lock:
            self._waiting.append(event)
            announced, self._announced = self._announced, True
        if not announced:
            self._woken.emit()

    def _deliver(self) -> None:
        with self._lock:
            events, self._waiting = list(self._waiting), deque()
            self._announced = False
        if events:
            self.arrived.emit(without_overtaken(events))


def without_overtaken(events: list[StudioEvent]) -> list[StudioEvent]:
    """The same events in order, keeping only the newest preview and percentage of each image."""
    seen: set[tuple[object, ...]] = set()
    kept: list[StudioEvent] = []
    for event in reversed(events):
        if event.kind in ("job_progressed", "partial_arrived"):
            key = (event.kind, event.call_id, getattr(event, "image_index", None))
            if key in seen:
                continue
            seen.add(key)
        kept.append(event)
    kept.reverse()
    return kept
