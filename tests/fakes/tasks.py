"""Asynchronous tasks of a vendor: they move on when they are polled, when the test says so, or by the clock."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from tests.fakes.messages import JsonValue


@dataclass(slots=True)
class Task:
    """One task. `stages` are the states it goes through; the last is final. `result` is built at the final stage."""

    id: str
    stages: Sequence[str]
    finish: Callable[[], JsonValue]
    order: JsonValue = None
    stage: int = 0
    forced: str | None = None
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    started_s: float = field(default_factory=time.monotonic)
    result: JsonValue = None

    @property
    def state(self) -> str:
        return self.forced or self.stages[self.stage]

    @property
    def is_final(self) -> bool:
        return self.forced is not None or self.stage == len(self.stages) - 1


class TaskBook:
    """All tasks of one fake; thread-safe. Each poll moves a task one stage on, unless the book is frozen.

    `stage_time_s` (trials by hand) makes the clock move them instead: one stage per so many seconds."""

    def __init__(self, stage_time_s: float | None = None) -> None:
        self.stage_time_s = stage_time_s
        self._tasks: dict[str, Task] = {}
        self._frozen = False
        self._lock = threading.RLock()

    @property
    def all(self) -> tuple[Task, ...]:
        """Every known task in order of submission."""
        with self._lock:
            return tuple(self._tasks.values())

    def add(self, task: Task) -> Task:
        with self._lock:
            self._tasks[task.id] = task
        return task

    def get(self, task_id: str) -> Task | None:
        with self._lock:
            return self._tasks.get(task_id)

    def poll(self, task_id: str) -> Task | None:
        """The task after one step; None for an id that nobody knows."""
        with self._lock:
            task = self._tasks.get(task_id)
            if task is not None and not self._frozen and not task.is_final:
                if self.stage_time_s is None:
                    self._move(task, task.stage + 1)
                else:
                    self._move(task, int((time.monotonic() - task.started_s) / self.stage_time_s))
            return task

    def _move(self, task: Task, stage: int) -> None:
        task.stage = min(stage, len(task.stages) - 1)
        if task.is_final and task.result is None:
            task.result = task.finish()

    def freeze(self) -> None:
        """Polls no longer move anything."""
        with self._lock:
            self._frozen = True

    def thaw(self) -> None:
        with self._lock:
            self._frozen = False

    def finish(self, task_id: str | None = None) -> None:
        """Bring one task (or all) to its end at once; works while frozen."""
        with self._lock:
            for task in [self._tasks[task_id]] if task_id else self._tasks.values():
                if not task.is_final:
                    self._move(task, len(task.stages) - 1)

    def force(self, task_id: str, state: str, result: JsonValue = None) -> None:
        """Give a task any state, also one that the vendor does not document."""
        with self._lock:
            self._tasks[task_id].forced, self._tasks[task_id].result = state, result

    def forget(self, task_id: str | None = None) -> None:
        """Drop one task (or all), as a vendor does after its retention time."""
        with self._lock:
            if task_id is None:
                self._tasks.clear()
            else:
                del self._tasks[task_id]
