"""What of a run is worth repeating. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from studio.domain.jobs import CallState, Job, Run
from studio.domain.request import GenerationRequest, Target

Repeat = tuple[GenerationRequest, tuple[Target, ...]]


def parts_to_repeat(run: Run) -> tuple[Repeat, ...]:
    """Requests for exactly the images that did not come, targets with the same need together.

    A fixed seed is moved on to the first missing image, so that no picture is made twice."""
    wanted: dict[tuple[int, int], list[Target]] = {}
    for job in run.jobs:
        for first, count in _gaps(job):
            wanted.setdefault((first, count), []).append(job.target)
    return tuple(
        (_request_for(run.request, first, count), tuple(targets)) for (first, count), targets in sorted(wanted.items())
    )


def _request_for(request: GenerationRequest, first: int, count: int) -> GenerationRequest:
    seed = request.seed + first if request.seed is not None else None
    return request.model_copy(update={"n": count, "seed": seed})


def _gaps(job: Job) -> Iterator[tuple[int, int]]:
    """Runs of neighbouring images that are missing, as first index and count; all of them as one when none came."""
    if not any(call.state is CallState.DONE for call in job.calls):
        yield 0, job.fitted.image_count
        return
    missing = set(job.missing)
    first = None
    for index in range(job.fitted.image_count + 1):
        if index in missing and first is None:
            first = index
        elif index not in missing and first is not None:
            yield first, index - first
            first = None
