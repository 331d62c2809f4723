"""A sweep on the terminal: how far it is, until it is over or has paused."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Self

from studio.bootstrap import Studio
from studio.cli.terminal import problem_lines, say, stderr_is_terminal
from studio.cli.way_out import WayOut, wait_with_way_out
from studio.domain.errors import Problem
from studio.domain.events import ImageSaved, JobFinished, RunStarted, StudioEvent, SweepChanged
from studio.domain.jobs import ImageRecord
from studio.domain.sweep import Sweep
from studio.domain.values import RunId, SweepId

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class SweepAttention:
    """Listens from before the sweep starts; keeps what was saved and what went wrong, and shows how far it is."""

    def __init__(self, *, quiet: bool, as_json: bool) -> None:
        self._on_terminal = stderr_is_terminal()
        self._silent = quiet or (as_json and not self._on_terminal)
        self._runs: set[RunId] = set()
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self._said = 0
        self.images: dict[str, list[ImageRecord]] = {}
        self.problems: list[Problem] = []

    def __enter__(self) -> Self:
        if self._on_terminal and not self._silent:
            self._progress = _progress()
            self._progress.start()
            self._task = self._progress.add_task("", total=None)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def take(self, event: StudioEvent) -> None:
        match event:
            case RunStarted(run=run) if run.sweep is not None:
                self._runs.add(run.id)
            case ImageSaved(run_id=run_id, image=image) if run_id in self._runs:
                self.images.setdefault(event.job_id, []).append(image)
            case JobFinished(run_id=run_id, problem=problem) if run_id in self._runs and problem is not None:
                self.problems.append(problem)
                if not self._silent:
                    self._say_problem(event, problem)
            case SweepChanged():
                self._show(event)

    def _say_problem(self, event: JobFinished, problem: Problem) -> None:
        for line in (f"{event.job.target}: {event.state.value}", *problem_lines(problem, event.job.target.provider)):
            say(line, error=True)

    def _show(self, event: SweepChanged) -> None:
        ended = event.done + event.failed + event.in_doubt
        unsure = f", {event.in_doubt} may have been billed" if event.in_doubt else ""
        if self._progress is not None and self._task is not None:
            failed = f", {event.failed} failed" if event.failed else ""
            words = f"{event.done} of {event.total} cells{failed}{unsure}"
            self._progress.update(self._task, total=event.total, completed=ended, description=words)
            return
        # A line for each hundredth is enough for a log.
        due = ended > self._said and (ended == event.total or ended - self._said >= event.total / 100)
        if due and not self._silent:
            self._said = ended
            say(f"{event.done} of {event.total} cells done, {event.failed} failed{unsure}", error=True)


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    return Progress(
        BarColumn(bar_width=24),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
        console=Console(stderr=True, highlight=False),
    )


async def see_sweep_through(studio: Studio, sweep_id: SweepId, timeout_s: float | None = None) -> tuple[Sweep, bool]:
    """The sweep when it is over or has paused, and whether the user left it. The way out sends nothing more."""

    async def leave() -> None:
        await studio.sweeps.close()
        await studio.engine.close()

    way_out = WayOut("Nothing more is sent", halt=lambda: studio.sweeps.pause(sweep_id), leave=leave)
    return await wait_with_way_out(lambda: studio.sweeps.wait(sweep_id), way_out, timeout_s)
