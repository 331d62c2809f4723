"""A sweep on the terminal: how far it is, and an orderly way out."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import TYPE_CHECKING, Self

from studio.bootstrap import Studio
from studio.cli.running import on_interrupt
from studio.cli.terminal import problem_lines, say, stderr_is_terminal
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
        ended = event.done + event.failed
        if self._progress is not None and self._task is not None:
            words = f"{event.done} of {event.total} cells" + (f", {event.failed} failed" if event.failed else "")
            self._progress.update(self._task, total=event.total, completed=ended, description=words)
            return
        # A line for each hundredth is enough for a log.
        due = ended > self._said and (ended == event.total or ended - self._said >= event.total / 100)
        if due and not self._silent:
            self._said = ended
            say(f"{event.done} of {event.total} cells done, {event.failed} failed", error=True)


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
    """The sweep when it is over or has paused, and whether the user left it. Ctrl-C sends nothing more and waits for
    what is under way; a second one leaves at once. After `timeout_s` it is as if Ctrl-C had been pressed."""
    leaving = asyncio.Event()
    presses = 0

    def halt(words: str) -> None:
        nonlocal presses
        presses += 1
        if presses > 1:
            leaving.set()
            return
        say(f"{words} Nothing more is sent; press Ctrl-C again to leave at once.", error=True)
        tasks.append(loop.create_task(studio.sweeps.pause(sweep_id)))

    loop = asyncio.get_running_loop()
    waiting = loop.create_task(studio.sweeps.wait(sweep_id))
    left = loop.create_task(leaving.wait())
    tasks: list[asyncio.Task[object]] = [waiting, left]
    alarm = loop.call_later(timeout_s, halt, f"Not done after {timeout_s:g} s.") if timeout_s else None
    try:
        with on_interrupt(lambda: halt("Interrupted.")):
            await asyncio.wait({waiting, left}, return_when=asyncio.FIRST_COMPLETED)
        if not waiting.done():
            await studio.sweeps.close()
            await studio.engine.close()
        return await studio.sweeps.wait(sweep_id), presses > 0
    finally:
        if alarm is not None:
            alarm.cancel()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
