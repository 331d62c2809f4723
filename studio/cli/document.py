"""The document of ``--json``. Its schema is `references/cli-output.schema.json`; a test holds both together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studio.domain.errors import CannotRun, Problem, StudioError
from studio.domain.jobs import ImageRecord, Job, Run, WireRequest
from studio.domain.notices import Notice
from studio.domain.plan import RunPlan, TargetPlan
from studio.domain.pricing import Money

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SavedImage:
    """A finished image and the absolute path under which the caller finds it."""

    record: ImageRecord
    path: Path


def run_document(run: Run, images: Mapping[str, Sequence[SavedImage]]) -> Document:
    """A run that is over (or was left): one result for each target in its order. `images` by job id."""
    return {"run": run.id, "results": [_job_document(job, images.get(job.id, ())) for job in run.jobs], "error": None}


def problem_of_job(job: Job) -> Problem | None:
    """Why not everything came; None when it did."""
    return next((call.problem for call in job.calls if call.problem is not None), None)


def dry_run_document(plan: RunPlan, requests: Sequence[Sequence[WireRequest | StudioError]]) -> Document:
    """What would be sent; ``run`` is null, since there is none."""
    pairs = zip(plan.targets, requests, strict=True)
    return {"run": None, "results": [_planned_document(target, wires) for target, wires in pairs], "error": None}


def blocked_document(plan: RunPlan) -> Document:
    """No target can run, and nothing was sent: each says why."""
    results = [_planned_document(target, [CannotRun(reason=_reason(target))]) for target in plan.targets]
    return {"run": None, "results": results, "error": None}


def _reason(target: TargetPlan) -> str:
    return target.blocked.message if target.blocked is not None else ""


def error_document(problem: Problem | None) -> Document | None:
    if problem is None:
        return None
    return {
        "kind": problem.kind,
        "title": problem.title,
        "message": problem.text,
        "billed": {"no": "no", "none": "no", "yes": "yes", "maybe": "maybe"}[problem.charged],
        "detail": problem.detail,
        "vendor_code": problem.vendor_code,
        "http_status": problem.http_status,
        "request_id": problem.request_id,
    }


def _job_document(job: Job, images: Sequence[SavedImage]) -> Document:
    notices = [_notice_document(notice) for notice in job.notices]
    if job.cached:
        message = "Answered from the library, nothing was billed"
        notices.append({"field": "model", "kind": "information", "message": message})
    return {
        "provider": job.target.provider,
        "model": job.target.model,
        "state": job.state.value,
        "images": [_image_document(image) for image in images],
        "notices": notices,
        "cost": _cost_document(job.cost.estimated or job.estimate.typical, job.cost.reported),
        "error": error_document(problem_of_job(job)),
    }


def _image_document(image: SavedImage) -> Document:
    record = image.record
    return {
        "image_url": record.image_url or image.path.as_uri(),
        "width": record.facts.width,
        "height": record.facts.height,
        "seed": record.seed,
        "path": str(image.path),
    }


def _planned_document(target: TargetPlan, wires: Sequence[WireRequest | StudioError]) -> Document:
    failed = next((wire for wire in wires if isinstance(wire, StudioError)), None)
    return {
        "provider": target.target.provider,
        "model": target.target.model,
        "state": "failed" if failed else "planned",
        "images": [],
        "notices": [_notice_document(notice) for notice in target.notices],
        "cost": _cost_document(target.estimate.typical, None),
        "error": error_document(failed.problem) if failed else None,
        "requests": [request_document(wire) for wire in wires if isinstance(wire, WireRequest)],
    }


def request_document(wire: WireRequest) -> Document:
    """Method, address, headers with ``***`` for secrets, and the body: JSON as it is, or the parts of a form."""
    return {
        "method": wire.method,
        "url": wire.url,
        "headers": dict(wire.headers),
        "body": wire.json_body,
        "form": [part.model_dump(mode="json", exclude_none=True) for part in wire.form] or None,
    }


def _notice_document(notice: Notice) -> Document:
    return {"field": notice.field, "kind": notice.kind, "message": notice.message}


def _cost_document(estimated: Money | None, reported: Money | None) -> Document:
    known = reported or estimated
    return {
        "estimated": _number(estimated),
        "reported": _number(reported),
        "currency": known.currency if known else None,
    }


def _number(money: Money | None) -> float | None:
    return None if money is None else float(money.amount)
