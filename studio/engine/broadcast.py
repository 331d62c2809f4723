"""The one stream of events that window, command line and log read."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable

from studio.domain.events import StudioEvent

log = logging.getLogger(__name__)

Listener = Callable[[StudioEvent], None]


class Broadcast:
    """Hands each event to every listener, in the order of the events, on the engine's loop.

    A listener must return at once. One that raises is logged (once) and goes on being told."""

    def __init__(self) -> None:
        self._listeners: dict[object, Listener] = {}
        self._broken: set[object] = set()
        self._waiting: deque[StudioEvent] = deque()
        self._handing_out = False

    def listen(self, listener: Listener) -> Callable[[], None]:
        """From now on `listener` hears every event; the returned function stops it."""
        key = object()
        self._listeners[key] = listener

        def stop() -> None:
            self._listeners.pop(key, None)
            self._broken.discard(key)

        return stop

    def emit(self, event: StudioEvent) -> None:
        """An event raised while another is handed out comes after it, for every listener."""
        self._waiting.append(event)
        if self._handing_out:
            return
        self._handing_out = True
        try:
            while self._waiting:
                self._hand_out(self._waiting.popleft())
        finally:
            self._handing_out = False

    def _hand_out(self, event: StudioEvent) -> None:
        for key, listener in list(self._listeners.items()):
            if key not in self._listeners:
                continue
            try:
                listener(event)
            except Exception:  # a broken listener must not hurt the engine or the others
                if key not in self._broken:
                    self._broken.add(key)
                    log.exception("a listener failed on %s and is still told of what follows", event.kind)
