"""One tile as a value: an image of the library, or one that is still on its way or did not come."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from time import monotonic
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from studio.domain.errors import Problem
    from studio.domain.jobs import ImageRecord


class TileState(Enum):
    QUEUED = "queued"
    WAITING = "waiting"
    PROGRESS = "progress"
    PARTIAL = "partial"
    RETRY = "retry"
    DONE = "done"
    CACHED = "cached"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    CANCELLED = "cancelled"
    MISSING = "missing"
    GONE = "gone"
    """Made and received, but no longer shown: in the bin, or deleted."""

    @property
    def is_live(self) -> bool:
        """Something still happens to it."""
        return self in _LIVE

    @property
    def moves(self) -> bool:
        """Its picture changes with time alone: a spinner, a bar, a clock."""
        return self in _LIVE and self is not TileState.QUEUED


def state_of_problem(problem: Problem | None) -> TileState:
    """A failure after which the user has to decide, or a plain one."""
    undecided = problem is not None and problem.charged == "maybe" and problem.action == "what_to_do"
    return TileState.UNCERTAIN if undecided else TileState.FAILED


_LIVE = frozenset({TileState.QUEUED, TileState.WAITING, TileState.PROGRESS, TileState.PARTIAL, TileState.RETRY})


@dataclass(frozen=True, slots=True)
class Tile:
    """`index` is the image's place in its job. Times are `time.monotonic` seconds."""

    run_id: int
    job_id: str
    index: int
    provider: str
    provider_title: str
    monogram: str
    model: str
    state: TileState
    image: ImageRecord | None = None
    aspect: float = 1.0
    """Width through height that is asked for, or that of the image."""
    call_id: str = ""
    queue_place: int | None = None
    waits_s: float | None = None
    held_by: Literal["", "queue", "run", "sweep"] = ""
    """What is paused, so that it waits without a place in line."""
    fraction: float | None = None
    step: int = 0
    steps: int = 0
    partial_path: str = ""
    resumed: bool = False
    since: float = 0.0
    usual_s: tuple[float, float] = (0.0, 0.0)
    cancellable: bool = False
    problem: Problem | None = None
    retry_at: float = 0.0
    retry_delay_s: float = 0.0
    attempt: int = 0
    attempts_max: int = 0
    stack_size: int = 0
    """Near-duplicates that share this tile, it among them; 0: it stands for itself."""
    stack_place: int = 0
    """From 1 in a stack that is open; 0 while the tile stands for all of them."""

    @property
    def key(self) -> str:
        """Stable while the tile lives: the job and the place in it."""
        return f"{self.job_id}#{self.index}"

    @property
    def image_id(self) -> int | None:
        return self.image.id if self.image is not None else None

    def changed(self, **values: object) -> Tile:
        return replace(self, **values)  # type: ignore[arg-type]  # names are those of the fields above

    def elapsed_s(self) -> float:
        return max(0.0, monotonic() - self.since) if self.since else 0.0

    def retry_left_s(self) -> float:
        return max(0.0, self.retry_at - monotonic())
