"""Events as the engine sends them, for states that no Demo run shows on demand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from studio.bootstrap import Studio
from studio.domain.assets import Size
from studio.domain.errors import (
    BalanceUsedUp,
    Cancelled,
    KeyRejected,
    NoImage,
    Problem,
    PromptRefused,
    RateLimited,
    StudioError,
    Uncertain,
)
from studio.domain.events import (
    CallChanged,
    ImageMissing,
    JobFinished,
    JobProgressed,
    PartialArrived,
    QueueChanged,
    RetryScheduled,
    RunStarted,
    StudioEvent,
)
from studio.domain.jobs import Call, CallState, Job, JobState, Run
from studio.domain.pricing import Estimate, Money
from studio.domain.request import FittedRequest, GenerationRequest, Target
from studio.domain.values import CallId, JobId, RunId

PROMPT = (
    "Stoneware vase and two pears on folded linen, late afternoon sun through a tall window, long soft shadows,"
    " lime-plaster wall, muted sage and clay, 50 mm editorial still life"
)


def run_of(number: int, targets: tuple[str, ...], *, prompt: str = PROMPT, images: int = 1) -> Run:
    """A run that has just begun, one call per target."""
    at = datetime.now(UTC) - timedelta(seconds=24)
    jobs = []
    for position, text in enumerate(targets):
        job_id = JobId(f"{number}.{position + 1}")
        call = Call(id=CallId(f"{job_id}.1"), job_id=job_id, index=0, image_count=images, first_image_index=0)
        fitted = FittedRequest(prompt=prompt, expected_size=Size.of(896, 1120), images_per_call=(images,))
        jobs.append(
            Job(
                id=job_id,
                run_id=RunId(number),
                position=position,
                target=Target.parse(text),
                fitted=fitted,
                estimate=Estimate(typical=Money(amount="0.03")),  # type: ignore[arg-type]  # read by the model
                queued_at=at,
                calls=(call,),
            )
        )
    return Run(
        id=RunId(number),
        created_at=at,
        request=GenerationRequest(prompt=prompt, n=images),
        targets=tuple(job.target for job in jobs),
        jobs=tuple(jobs),
    )


def started(run: Run) -> RunStarted:
    return RunStarted(at=run.created_at, run_id=run.id, run=run)


def call_changed(run: Run, job: int, state: CallState, **values: object) -> CallChanged:
    chosen = run.jobs[job]
    return CallChanged(
        at=datetime.now(UTC),
        run_id=run.id,
        job_id=chosen.id,
        call_id=chosen.calls[0].id,
        state=state,
        **values,  # type: ignore[arg-type]  # checked by the model
    )


def partial(run: Run, job: int, path: Path, *, step: int = 2, steps: int = 3) -> PartialArrived:
    chosen = run.jobs[job]
    return PartialArrived(
        at=datetime.now(UTC),
        run_id=run.id,
        job_id=chosen.id,
        call_id=chosen.calls[0].id,
        image_index=0,
        step=step,
        steps=steps,
        path=str(path),
    )


def progressed(run: Run, job: int, fraction: float) -> JobProgressed:
    chosen = run.jobs[job]
    return JobProgressed(
        at=datetime.now(UTC), run_id=run.id, job_id=chosen.id, call_id=chosen.calls[0].id, fraction=fraction
    )


def failed(run: Run, job: int, error: StudioError, state: JobState = JobState.FAILED) -> list[StudioEvent]:
    """A job that ends without its image."""
    chosen, at = run.jobs[job], datetime.now(UTC)
    ended = chosen.model_copy(
        update={"state": state, "sent_at": run.created_at, "finished_at": run.created_at + timedelta(seconds=9)}
    )
    missing = ImageMissing(at=at, run_id=run.id, job_id=chosen.id, image_index=0, problem=error.problem)
    over = JobFinished(at=at, run_id=run.id, job_id=chosen.id, state=state, job=ended, problem=error.problem)
    return [missing, over]


def queue_changed(
    *, paused: bool = False, paused_runs: tuple[RunId, ...] = (), held_runs: tuple[RunId, ...] = ()
) -> QueueChanged:
    return QueueChanged(at=datetime.now(UTC), paused=paused, paused_runs=paused_runs, held_runs=held_runs)


def retry(run: Run, job: int, problem: Problem) -> RetryScheduled:
    chosen = run.jobs[job]
    return RetryScheduled(
        at=datetime.now(UTC),
        run_id=run.id,
        job_id=chosen.id,
        call_id=chosen.calls[0].id,
        delay_s=12,
        attempt=2,
        attempts_max=4,
        problem=problem,
    )


def waiting_run(studio: Studio, folder: Path) -> list[StudioEvent]:
    """A preview, a queued, a waiting and a counted one."""
    images = sorted(Path(studio.workspace.folder.root).rglob("*.png"))
    run = run_of(48, ("openai/gpt-image-2", "demo/demo-painter", "openai/gpt-image-1-mini", "demo/demo-poster"))
    return [
        started(run),
        call_changed(run, 0, CallState.RUNNING),
        partial(run, 0, images[0]),
        call_changed(run, 1, CallState.QUEUED, queue_place=2),
        call_changed(run, 2, CallState.SENDING),
        call_changed(run, 3, CallState.RUNNING, resumed=True),
        progressed(run, 3, 0.62),
        partial(run, 3, images[1]),
    ]


def failing_run(studio: Studio, folder: Path) -> list[StudioEvent]:
    """Six ways to fail."""
    run = run_of(
        52, ("openai/gpt-image-2",) * 3 + ("demo/demo-painter",) * 3, prompt="Terracotta courtyard, one orange sphere"
    )
    return [
        started(run),
        *failed(run, 0, Uncertain(provider="OpenAI"), JobState.UNCERTAIN),
        *failed(run, 1, KeyRejected(provider="OpenAI")),
        *failed(run, 2, PromptRefused(provider="OpenAI")),
        retry(run, 3, RateLimited(provider="Demo").problem),
        *failed(run, 4, NoImage(provider="Demo", detail="words")),
        *failed(run, 5, BalanceUsedUp(provider="Demo")),
        *failed(run, 5, Cancelled(provider="Demo"), JobState.CANCELLED)[1:],
    ]
