"""A run on the terminal: a bar for each job where there is a terminal, plain lines where there is none."""

from __future__ import annotations

from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from studio.cli.terminal import plain, problem_lines, say, stderr_is_terminal
from studio.domain.events import (
    CallChanged,
    ImageSaved,
    JobAdded,
    JobFinished,
    JobProgressed,
    PartialArrived,
    RetryScheduled,
    SavingBlocked,
    StudioEvent,
)
from studio.domain.jobs import CallState, Job, Run
from studio.domain.values import JobId

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Watcher(Protocol):
    """Shows what happens. Used as a context manager around the run; nothing of it may fail the run."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def begin(self, run: Run) -> None: ...

    def take(self, event: StudioEvent) -> None: ...


class Silence:
    """For ``--quiet``, and for ``--json`` without a terminal."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def begin(self, run: Run) -> None:
        pass

    def take(self, event: StudioEvent) -> None:
        pass


def describe(event: StudioEvent) -> str | None:
    """A few words for what an event means to somebody who waits; None for what needs none."""
    match event:
        case CallChanged():
            return _describe_call(event)
        case JobProgressed(fraction=float() as fraction):
            return f"{fraction:.0%}"
        case JobProgressed(queue_place=int() as place):
            return f"{place} in the provider's line"
        case PartialArrived(step=step, steps=steps):
            return f"preview {step} of {steps}"
        case RetryScheduled(delay_s=delay_s, attempt=attempt, attempts_max=most, problem=problem):
            return f"{problem.title.lower()}, next try in {delay_s:.0f} s, {attempt} of {most}"
        case ImageSaved():
            return "image saved"
        case SavingBlocked(problem=problem):
            return f"{problem.title.lower()}: {problem.text}"
        case JobFinished(job=job):
            return outcome_words(job)
    return None


def _describe_call(event: CallChanged) -> str | None:
    match event.state:
        case CallState.QUEUED:
            return f"queued, {event.queue_place} in line" if event.queue_place else "queued"
        case CallState.SENDING:
            return "sending"
        case CallState.ACCEPTED | CallState.RUNNING:
            return "picked up again" if event.resumed else "waiting for the provider"
    return None


def outcome_words(job: Job) -> str:
    """``done, from the library``, ``done, 1 image did not come``, ``failed``, ``may have been billed``, ..."""
    state = job.state.value
    if state == "uncertain":
        return "may have been billed"
    if state == "done" and job.cached:
        return "done, from the library"
    if state == "done" and job.missing:
        return f"done, {len(job.missing)} did not come"
    return state


class Lines:
    """One line on standard error for each thing worth a line; previews and percents are not."""

    def __init__(self) -> None:
        self._names: dict[JobId, str] = {}
        self._last: dict[JobId, str] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def begin(self, run: Run) -> None:
        for job in run.jobs:
            self._names[job.id] = str(job.target)

    def take(self, event: StudioEvent) -> None:
        if isinstance(event, JobAdded):
            self._names[event.job_id] = str(event.job.target)
        job_id = getattr(event, "job_id", None)
        words = describe(event)
        if job_id not in self._names or words is None or isinstance(event, (PartialArrived, JobProgressed)):
            return
        if self._last.get(job_id) != words:
            self._last[job_id] = words
            say(f"{self._names[job_id]}: {words}", error=True)
        if isinstance(event, JobFinished) and event.problem is not None:
            for line in problem_lines(event.problem, event.job.target.provider):
                say(f"  {line}", error=True)


class Bars:
    """rich's bars: a fraction only where the provider reports one, otherwise a pulse and the elapsed time."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        self._progress: Progress = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=24),
            TimeElapsedColumn(),
            TextColumn("{task.fields[words]}", markup=False),
            console=Console(stderr=True, highlight=False),
        )
        self._bars: dict[JobId, TaskID] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def begin(self, run: Run) -> None:
        for job in run.jobs:
            self._add(job)

    def take(self, event: StudioEvent) -> None:
        if isinstance(event, JobAdded):
            self._add(event.job)
        job_id = getattr(event, "job_id", None)
        words = describe(event)
        if job_id not in self._bars or words is None:
            return
        bar = self._bars[job_id]
        if isinstance(event, JobProgressed) and event.fraction is not None:
            self._progress.update(bar, total=1.0, completed=event.fraction, words=words)
        elif isinstance(event, JobFinished):
            title = f"{words}: {event.problem.title.lower()}" if event.problem else words
            self._progress.update(bar, total=1.0, completed=float(event.problem is None), words=plain(title))
            self._progress.stop_task(bar)
            if event.problem is not None:
                for line in problem_lines(event.problem, event.job.target.provider):
                    self._progress.console.print(f"  {plain(line)}", markup=False, highlight=False)
        else:
            self._progress.update(bar, words=plain(words))

    def _add(self, job: Job) -> None:
        if job.id not in self._bars:
            self._bars[job.id] = self._progress.add_task(plain(job.target), total=None, words="")


def make_watcher(*, quiet: bool, as_json: bool) -> Watcher:
    """Bars on a terminal, lines elsewhere; beside a JSON document only what a person at a terminal would see."""
    if quiet or (as_json and not stderr_is_terminal()):
        return Silence()
    return Bars() if stderr_is_terminal() else Lines()
