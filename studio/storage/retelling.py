"""Reading the record of a run back into values."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from studio.domain.fingerprint import fingerprint
from studio.domain.jobs import Call, CallState, ImageRecord, Job, JobState, Run
from studio.domain.request import FittedRequest, GenerationRequest, Target
from studio.domain.values import RunId
from studio.storage.folder import is_inside

ModelT = TypeVar("ModelT", bound=BaseModel)

MARKS = ("rating", "rejected", "tags", "note", "trashed_at", "path")
"""What a line "mark" may change on an image."""


@dataclass(slots=True)
class Retold:
    """All that the record of one run tells; the last line about a thing counts."""

    run: Run | None = None
    jobs: dict[str, Job] = field(default_factory=dict)
    calls: dict[str, Call] = field(default_factory=dict)
    images: dict[int, ImageRecord] = field(default_factory=dict)
    cut_from: dict[int, int] = field(default_factory=dict)
    ledger: dict[str, dict[str, Any]] = field(default_factory=dict)
    unreadable_lines: int = 0

    def whole_run(self, run_id: int) -> Run | None:
        """The run with its jobs and calls; a stand-in when only images tell of it; None when nothing does."""
        calls: dict[str, list[Call]] = {}
        for call in self.calls.values():
            calls.setdefault(call.job_id, []).append(call)
        jobs = tuple(
            job.model_copy(update={"calls": tuple(sorted(calls.get(job.id, ()), key=lambda call: call.index))})
            for job in sorted(self.jobs.values(), key=lambda job: job.position)
        )
        if self.run is not None and jobs:
            return self.run.model_copy(update={"jobs": jobs})
        return self._stand_in(run_id) if self.images else None

    def _stand_in(self, run_id: int) -> Run:
        """A run whose own line is lost, as far as its images tell."""
        jobs: dict[str, Job] = {}
        first = min(self.images.values(), key=lambda image: image.id)
        for image in self.images.values():
            known = jobs.get(image.job_id)
            if known is None:
                jobs[image.job_id] = Job(
                    id=image.job_id,
                    run_id=RunId(run_id),
                    position=len(jobs) + 1,
                    target=Target(provider=image.provider, model=image.model),
                    fitted=FittedRequest(prompt=image.prompt),
                    state=JobState.DONE,
                    queued_at=image.created_at,
                    finished_at=image.created_at,
                )
        whole = [job.model_copy(update={"calls": self._calls_of(job)}) for job in jobs.values()]
        return Run(
            id=RunId(run_id),
            created_at=first.created_at,
            request=GenerationRequest(prompt=first.prompt),
            targets=tuple(job.target for job in whole),
            jobs=tuple(whole),
        )

    def _calls_of(self, job: Job) -> tuple[Call, ...]:
        images: dict[str, list[ImageRecord]] = {}
        for image in self.images.values():
            if image.job_id == job.id:
                images.setdefault(image.call_id, []).append(image)
        return tuple(
            Call(
                id=some[0].call_id,
                job_id=job.id,
                index=index,
                image_count=len(some),
                first_image_index=min(image.index for image in some),
                state=CallState.DONE,
            )
            for index, some in enumerate(images.values())
        )


def retell(lines: Iterable[dict[str, Any]]) -> Retold:
    """Lines that do not read are counted and skipped."""
    told = Retold()
    for line in lines:
        try:
            _take(told, line)
        except (ValidationError, LookupError, TypeError, ValueError):
            told.unreadable_lines += 1
    return told


def _take(told: Retold, line: dict[str, Any]) -> None:
    match line["kind"]:
        case "run":
            told.run = _read(Run, line["value"])
        case "job":
            job = _read(Job, line["value"])
            fingerprint(job.target, job.fitted, job.follow_up)  # must be possible: the row needs it
            told.jobs[job.id] = job
        case "call":
            call = _read(Call, line["value"])
            told.calls[call.id] = call
        case "image":
            image = _inside(_read(ImageRecord, line["value"]))
            told.images[image.id] = image
            if line.get("cut_from"):
                told.cut_from[image.id] = int(line["cut_from"])
        case "mark":
            image = told.images[line["image"]]
            marks = {name: line[name] for name in MARKS if name in line}
            told.images[image.id] = _inside(_read(ImageRecord, {**json.loads(image.model_dump_json()), **marks}))
        case "gone":
            told.images.pop(line["image"], None)
        case "ledger":
            told.ledger[str(line["call_id"])] = line


def _inside(image: ImageRecord) -> ImageRecord:
    """Raises ValueError for a path that leads out of the workspace."""
    if not is_inside(image.path):
        raise ValueError(f"{image.path} is not in the workspace")
    return image


def _read(model: type[ModelT], value: Any) -> ModelT:
    return model.model_validate_json(json.dumps(value))
