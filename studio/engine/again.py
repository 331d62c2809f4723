"""What of a run is worth repeating. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from studio.domain.jobs import CallState, FollowUp, Job, Run
from studio.domain.request import GenerationRequest, Target
from studio.domain.values import JobId

Repeat = tuple[GenerationRequest, tuple[Target, ...]]


def missing_parts(run: Run, jobs: Collection[JobId] | None = None, *, in_doubt_too: bool = True) -> tuple[Repeat, ...]:
    """Requests for exactly the images that did not come, of all jobs or of `jobs`; targets with the same need together.
    `in_doubt_too`: also those that may have been billed (uncertain).

    A fixed seed is moved on to the first missing image, so that no picture is made twice."""
    wanted: dict[tuple[int, int], list[Target]] = {}
    for job in run.jobs:
        for first, count in _gaps(job, in_doubt_too) if jobs is None or job.id in jobs else ():
            wanted.setdefault((first, count), []).append(job.target)
    return tuple(
        (_request_for(run.request, first, count), tuple(targets)) for (first, count), targets in sorted(wanted.items())
    )


def follow_up_of(run: Run) -> FollowUp | None:
    """The vendor's action on a result that this run is; a run of it has one job."""
    return run.jobs[0].follow_up if run.jobs else None


def _request_for(request: GenerationRequest, first: int, count: int) -> GenerationRequest:
    seed = request.seed + first if request.seed is not None else None
    return request.model_copy(update={"n": count, "seed": seed})


def _gaps(job: Job, in_doubt_too: bool) -> Iterator[tuple[int, int]]:
    """Runs of neighbouring images that are missing, as first index and count; all of them as one when none came.
    What is still on its way is not missing."""
    unmeant = frozenset() if in_doubt_too else frozenset({CallState.UNCERTAIN})
    meant = [call for call in job.calls if call.state.is_final and call.state not in unmeant]
    if len(meant) == len(job.calls) and not any(call.state is CallState.DONE for call in meant):
        yield 0, job.fitted.image_count
        return
    missing = {index for call in meant for index in call.missing}
    first = None
    for index in range(job.fitted.image_count + 1):
        if index in missing and first is None:
            first = index
        elif index not in missing and first is not None:
            yield first, index - first
            first = None
