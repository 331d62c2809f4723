"""Two closed unions: what an adapter tells the engine, and what the engine tells window, command line and log."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from studio.domain.errors import Problem
from studio.domain.jobs import CallState, Exchange, ImageRecord, Job, JobState, Run, Ticket
from studio.domain.notices import Notice
from studio.domain.pricing import Cost, Money, Usage
from studio.domain.request import Target
from studio.domain.sweep import SweepState
from studio.domain.values import CallId, Frozen, JobId, RunId, SweepId

# --- adapter -> engine -----------------------------------------------------------------------------------------


class _ProviderEvent(Frozen):
    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True, ser_json_bytes="base64")


class Accepted(_ProviderEvent):
    """The provider has the task. Written to disk before anything else happens."""

    kind: Literal["accepted"] = "accepted"
    ticket: Ticket


class Progressed(_ProviderEvent):
    """A sign of life. `fraction` 0..1 only where the provider reports one; `phase` is its own word."""

    kind: Literal["progressed"] = "progressed"
    fraction: float | None = None
    phase: str = ""
    queue_place: int | None = None


class PartialImage(_ProviderEvent):
    """A complete, decodable preview. `step` counts from 1; `steps` is how many were asked for."""

    kind: Literal["partial_image"] = "partial_image"
    image_index: int = 0
    step: int
    steps: int
    content: bytes = Field(repr=False)


class ImageArrived(_ProviderEvent):
    """A final image, bytes exactly as received. `index` counts inside the call from 0."""

    kind: Literal["image_arrived"] = "image_arrived"
    index: int = 0
    content: bytes = Field(repr=False)
    image_url: str | None = None
    seed: int | None = None
    revised_prompt: str | None = None
    whole_grid: bool = False
    """This is the sheet; `split_columns` x `split_rows` images are to be cut from it and kept too."""
    split_columns: int = 1
    split_rows: int = 1


class ImageFailed(_ProviderEvent):
    """One image of several did not come; the others go on."""

    kind: Literal["image_failed"] = "image_failed"
    index: int
    problem: Problem


class Noticed(_ProviderEvent):
    kind: Literal["noticed"] = "noticed"
    notice: Notice


class UsageReported(_ProviderEvent):
    """The provider's own figures; `cost` only when they yield one."""

    kind: Literal["usage_reported"] = "usage_reported"
    usage: Usage
    cost: Money | None = None
    basis: str = ""


class Exchanged(_ProviderEvent):
    """What went over the wire so far, redacted."""

    kind: Literal["exchanged"] = "exchanged"
    exchange: Exchange


ProviderEvent = Accepted | Progressed | PartialImage | ImageArrived | ImageFailed | Noticed | UsageReported | Exchanged

# --- engine -> faces -------------------------------------------------------------------------------------------


class _StudioEvent(Frozen):
    at: datetime
    run_id: RunId


class _JobEvent(_StudioEvent):
    job_id: JobId


class RunStarted(_StudioEvent):
    kind: Literal["run_started"] = "run_started"
    run: Run


class CallChanged(_JobEvent):
    """A call's state moved. `queue_place` counts from 1 while it waits; `waits_s`: until its rate limit allows it."""

    kind: Literal["call_changed"] = "call_changed"
    call_id: CallId
    state: CallState
    queue_place: int | None = None
    waits_s: float | None = None
    resumed: bool = False
    problem: Problem | None = None


class JobProgressed(_JobEvent):
    kind: Literal["job_progressed"] = "job_progressed"
    call_id: CallId
    fraction: float | None = None
    phase: str = ""
    queue_place: int | None = None


class PartialArrived(_JobEvent):
    """A preview on disk at `path` (absolute, in the cache); `image_index` inside the job."""

    kind: Literal["partial_arrived"] = "partial_arrived"
    call_id: CallId
    image_index: int
    step: int
    steps: int
    path: str


class RetryScheduled(_JobEvent):
    """The next try of a call begins `delay_s` after `at`; `attempt` is that try's number, of at most `attempts_max`."""

    kind: Literal["retry_scheduled"] = "retry_scheduled"
    call_id: CallId
    delay_s: float
    attempt: int
    attempts_max: int
    problem: Problem


class ImageSaved(_JobEvent):
    """The image is safe on disk and in the library."""

    kind: Literal["image_saved"] = "image_saved"
    image: ImageRecord


class ImageMissing(_JobEvent):
    """One image of a job will not come; `image_index` inside the job."""

    kind: Literal["image_missing"] = "image_missing"
    image_index: int
    problem: Problem


class NoticeRaised(_JobEvent):
    kind: Literal["notice_raised"] = "notice_raised"
    notice: Notice


class CostReported(_JobEvent):
    kind: Literal["cost_reported"] = "cost_reported"
    cost: Cost


class JobFinished(_JobEvent):
    """Last event of a job. `problem` is that of its first failed call, if any."""

    kind: Literal["job_finished"] = "job_finished"
    state: JobState
    job: Job
    problem: Problem | None = None
    fallback: Target | None = None
    """A target of the user's order that could stand in; None when there is none or it is already on its way."""


class SavingBlocked(_JobEvent):
    """Images that have come cannot be written: `held_images` of all jobs wait in memory and are tried again."""

    kind: Literal["saving_blocked"] = "saving_blocked"
    call_id: CallId
    problem: Problem
    held_images: int


class JobAdded(_JobEvent):
    """A job joined a run that is under way: a fallback for a target that failed."""

    kind: Literal["job_added"] = "job_added"
    job: Job


class RunFinished(_StudioEvent):
    kind: Literal["run_finished"] = "run_finished"
    run: Run


class SpendingChanged(Frozen):
    """Today's money: settled, reserved for what is under way, and what may have been billed."""

    kind: Literal["spending_changed"] = "spending_changed"
    at: datetime
    billed: Money
    reserved: Money
    unsure: Money
    limit: Money | None = None


class QueueChanged(Frozen):
    """The queue was paused, taken up again or put in another order; `waiting` are its jobs, first one first."""

    kind: Literal["queue_changed"] = "queue_changed"
    at: datetime
    paused: bool
    paused_runs: tuple[RunId, ...] = ()
    held_runs: tuple[RunId, ...] = ()
    """Those that wait because their sweep is paused."""
    waiting: tuple[JobId, ...] = ()


class SweepChanged(Frozen):
    """A sweep began, moved on, paused or ended. `done`, `failed`, `in_doubt` (may have been billed) and `total`
    count cells; `images` is how many came.

    `problem` says why it paused, `reason` the same in English; both empty when the user did that."""

    kind: Literal["sweep_changed"] = "sweep_changed"
    at: datetime
    sweep_id: SweepId
    state: SweepState
    done: int
    total: int
    failed: int
    in_doubt: int = 0
    images: int
    problem: Problem | None = None
    reason: str = ""


StudioEvent = Annotated[
    RunStarted
    | CallChanged
    | JobProgressed
    | PartialArrived
    | RetryScheduled
    | ImageSaved
    | ImageMissing
    | NoticeRaised
    | CostReported
    | JobAdded
    | JobFinished
    | SavingBlocked
    | RunFinished
    | SpendingChanged
    | QueueChanged
    | SweepChanged,
    Field(discriminator="kind"),
]
