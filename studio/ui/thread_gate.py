"""Signals from threads into an object of the window that may be destroyed at any moment."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock


class ThreadGate:
    """To emit a signal of an object that is being destroyed ends the program. Its owner closes the gate before that;
    whoever is passing then is waited for, and nobody passes later."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._open = True

    @property
    def is_open(self) -> bool:
        return self._open

    def tell(self, emit: Callable[[], object]) -> None:
        """From any thread: `emit` looks the signal up, whose connections must all be queued, and emits it."""
        with self._lock:
            if self._open:
                emit()

    def close(self) -> None:
        with self._lock:
            self._open = False
