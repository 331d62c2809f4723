"""Runs, jobs and calls: what was asked, what is under way, what became of it.

A *run* is one press of Generate. It has a *job* for each target. A job has one or more *calls*: one call is at most
one paid request, has its own state and ticket, and is never sent twice."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from pydantic import Field

from studio.domain.assets import ImageFacts
from studio.domain.errors import Problem
from studio.domain.notices import Notice
from studio.domain.pricing import Cost, Estimate, Money, Usage
from studio.domain.request import FittedRequest, GenerationRequest, Target
from studio.domain.values import BlobHash, CallId, Frozen, ImageId, JobId, RunId, SweepId


class CallState(StrEnum):
    QUEUED = "queued"  # nothing has left; safe to start again
    SENDING = "sending"  # the intent is on disk, bytes may have left
    ACCEPTED = "accepted"  # the provider gave a ticket
    RUNNING = "running"  # the provider shows signs of work
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNCERTAIN = "uncertain"  # may have been billed; the user decides

    @property
    def is_final(self) -> bool:
        return self in _FINAL


_FINAL = frozenset({CallState.DONE, CallState.FAILED, CallState.CANCELLED, CallState.UNCERTAIN})

_NEXT: dict[CallState, frozenset[CallState]] = {
    CallState.QUEUED: frozenset({CallState.SENDING, CallState.DONE, CallState.FAILED, CallState.CANCELLED}),
    CallState.SENDING: frozenset(CallState) - {CallState.SENDING},
    CallState.ACCEPTED: frozenset(CallState) - {CallState.QUEUED, CallState.SENDING},
    CallState.RUNNING: frozenset(CallState) - {CallState.QUEUED, CallState.SENDING},
    CallState.UNCERTAIN: frozenset({CallState.ACCEPTED, CallState.DONE, CallState.FAILED}),
    CallState.DONE: frozenset(),
    CallState.FAILED: frozenset(),
    CallState.CANCELLED: frozenset({CallState.ACCEPTED, CallState.DONE}),
}


def may_follow(before: CallState, after: CallState) -> bool:
    """SENDING -> QUEUED is a retry that is known to be safe.

    UNCERTAIN or CANCELLED -> ACCEPTED: there is a ticket, and the user asked the provider again."""
    return after in _NEXT[before]


class Ticket(Frozen):
    """The provider's task id with all that is needed to ask again after a restart. Holds no key."""

    provider: str
    account: str
    task_id: str
    data: dict[str, str] = Field(default_factory=dict)
    """What the adapter needs besides the id: host, path, kind, result links."""


class FollowUp(Frozen):
    """A vendor's action on one of its results, e.g. Midjourney's upscale or variation."""

    action: str
    """The adapter's own word for it, e.g. ``upscale:1``."""
    title: str
    ticket: Ticket
    image_index: int = 0
    image_count: int = 1
    """Images that it makes; one paid request, whatever the wish asked for."""


class WireRequest(Frozen):
    """A request exactly as it is (or would be) sent, without secrets: for --dry-run, journal and details."""

    method: Literal["GET", "POST"]
    url: str
    headers: dict[str, str] = Field(default_factory=dict)
    """Secret values stand as ``***``."""
    json_body: Any = None
    form: tuple[FormPart, ...] = ()
    """Parts of a multipart form, in order."""


class FormPart(Frozen):
    """One multipart part: a plain text value, or a file told by name, type, size and hash."""

    name: str
    text: str | None = None
    file_name: str | None = None
    media_type: str | None = None
    size_bytes: int | None = None
    blob: BlobHash | None = None


class Exchange(Frozen):
    """What went over the wire for a call, redacted: for the details panel."""

    request: WireRequest | None = None
    http_status: int | None = None
    request_id: str | None = None
    reply_headers: dict[str, str] = Field(default_factory=dict)
    """Headers of the reply worth keeping: request ids and rate limits."""
    reply: str = ""
    """The reply's JSON with base64 cut out, redacted, at most 16 000 characters."""


class Call(Frozen):
    id: CallId
    job_id: JobId
    index: int
    image_count: int
    """Images asked of this one request."""
    first_image_index: int
    """Index inside the job of this call's first image."""
    state: CallState = CallState.QUEUED
    ticket: Ticket | None = None
    problem: Problem | None = None
    missing: tuple[int, ...] = ()
    """Images that did not come, by their index inside the job; known once the state is final."""
    usage: Usage | None = None
    reported: Money | None = None
    exchange: Exchange | None = None
    sent_to: str = ""
    """What `ports.SentAddressBook` calls the address it was sent to; the address itself is not in the workspace."""
    attempt: int = 0
    sent_at: datetime | None = None
    accepted_at: datetime | None = None
    finished_at: datetime | None = None


class JobState(StrEnum):
    """What a job's calls add up to."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"  # at least one image; `Job.missing` tells which did not come
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNCERTAIN = "uncertain"

    @property
    def is_final(self) -> bool:
        return self not in (JobState.QUEUED, JobState.RUNNING)


def job_state(calls: tuple[Call, ...] | list[Call]) -> JobState:
    states = {call.state for call in calls}
    if states <= {CallState.QUEUED}:
        return JobState.QUEUED
    if any(not state.is_final for state in states):
        return JobState.RUNNING
    if CallState.DONE in states:
        return JobState.DONE
    for state in (CallState.UNCERTAIN, CallState.FAILED):
        if state in states:
            return JobState(state.value)
    return JobState.CANCELLED


class Job(Frozen):
    id: JobId
    run_id: RunId
    position: int
    target: Target
    fitted: FittedRequest
    notices: tuple[Notice, ...] = ()
    estimate: Estimate = Estimate()
    state: JobState = JobState.QUEUED
    cost: Cost = Cost()
    cached: bool = False
    follow_up: FollowUp | None = None
    queued_at: datetime
    sent_at: datetime | None = None
    finished_at: datetime | None = None
    calls: tuple[Call, ...] = ()

    @property
    def missing(self) -> tuple[int, ...]:
        """Images that did not come, by index, of the calls that are over."""
        return tuple(index for call in self.calls for index in call.missing)


Origin = Literal["window", "command line", "sweep", "action", "import"]


class SweepLink(Frozen):
    """Which cells of a sweep a run makes: `cells` has one position for each target."""

    sweep_id: SweepId
    cells: tuple[int, ...]


class Run(Frozen):
    id: RunId
    created_at: datetime
    request: GenerationRequest
    targets: tuple[Target, ...]
    parent_run_id: RunId | None = None
    origin: Origin = "window"
    sweep: SweepLink | None = None
    jobs: tuple[Job, ...] = ()


class ImageRecord(Frozen):
    """One finished image in the library. `path` is relative to the workspace, with forward slashes."""

    id: ImageId
    run_id: RunId
    job_id: JobId
    call_id: CallId
    index: int
    """Position inside its job, from 0."""
    blob: BlobHash
    path: str
    facts: ImageFacts
    provider: str
    model: str
    prompt: str
    image_url: str | None = None
    seed: int | None = None
    """As reported by the provider or sent natively; None when nobody said so."""
    revised_prompt: str | None = None
    created_at: datetime
    rating: int = 0
    rejected: bool = False
    tags: tuple[str, ...] = ()
    note: str = ""
    cached_from: ImageId | None = None
    whole_grid: bool = False
    """The uncut sheet behind images that were split from it."""
    missing: bool = False
    altered: bool = False
    """Another program was seen to have changed the file; `blob` and `facts` tell what is there now."""
    trashed_at: datetime | None = None


WireRequest.model_rebuild()
