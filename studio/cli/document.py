"""The document of ``generate --json`` and ``resume --json``, as types. Its JSON Schema is kept in
`references/cli-output.schema.json`; a test holds both together."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from studio.domain.errors import CannotRun, Problem, StudioError
from studio.domain.jobs import ImageRecord, Job, Run, WireRequest
from studio.domain.notices import Notice, NoticeKind
from studio.domain.plan import RunPlan, TargetPlan
from studio.domain.pricing import Currency, Money
from studio.domain.values import Frozen

State = Literal["done", "failed", "cancelled", "uncertain", "queued", "running", "planned"]


@dataclass(frozen=True, slots=True)
class SavedImage:
    """A finished image and the absolute path under which the caller finds it."""

    record: ImageRecord
    path: Path


class ErrorDocument(Frozen):
    """What went wrong: `kind` for programs, the rest for people."""

    kind: str
    title: str
    message: str
    billed: Literal["no", "maybe", "yes"]
    detail: str = Field(description="The provider's own words, as received.")
    vendor_code: str | None
    http_status: int | None
    request_id: str | None


class ImageDocument(Frozen):
    image_url: str = Field(description="The provider's address of the image, else a file: URI of `path`.")
    width: int = Field(description="Pixels, read from the bytes.")
    height: int
    seed: int | None = Field(description="Null when nobody reported one.")
    path: str = Field(description="Absolute path of the copy in --out; its bytes are those received.")


class NoticeDocument(Frozen):
    field: str = Field(description="A field of the request, options.NAME or model.")
    kind: NoticeKind
    message: str


class CostDocument(Frozen):
    estimated: float | None = Field(description="Before sending; null when nobody publishes a price.")
    reported: float | None = Field(description="From the provider's own figures; never filled from the estimate.")
    currency: Currency | None


class RequestDocument(Frozen):
    """A request as it would be sent; secrets stand as ``***``."""

    method: Literal["GET", "POST"]
    url: str
    headers: dict[str, str]
    body: Any = Field(description="The JSON body; null for a form.")
    form: list[dict[str, Any]] | None = Field(description="The parts of a multipart form, in order.")


class ResultDocument(Frozen):
    """What became of one target."""

    provider: str
    model: str
    state: State
    images: list[ImageDocument]
    notices: list[NoticeDocument]
    cost: CostDocument
    error: ErrorDocument | None = Field(description="Also set when only some of the images came.")
    requests: list[RequestDocument] | None = Field(
        default=None, description="Only with --dry-run: one per paid request."
    )


class RunDocument(Frozen):
    """The one document of ``generate --json``."""

    run: int | None = Field(description="Number of the run in the workspace; null when there was none.")
    results: list[ResultDocument] = Field(description="One for each target, in their order.")
    error: ErrorDocument | None = Field(default=None, description="Why it did not come to a run at all.")

    def as_json(self) -> dict[str, Any]:
        document = self.model_dump(mode="json")
        for result in document["results"]:
            if result["requests"] is None:
                del result["requests"]
        return document


def run_document(run: Run, images: Mapping[str, Sequence[SavedImage]]) -> RunDocument:
    """A run that is over (or was left): one result for each target in its order. `images` by job id."""
    return RunDocument(run=run.id, results=[_job_result(job, images.get(job.id, ())) for job in run.jobs])


def dry_run_document(plan: RunPlan, requests: Sequence[Sequence[WireRequest | StudioError]]) -> RunDocument:
    """What would be sent; `run` is null, since there is none."""
    pairs = zip(plan.targets, requests, strict=True)
    return RunDocument(run=None, results=[_planned_result(target, wires) for target, wires in pairs])


def blocked_document(plan: RunPlan) -> RunDocument:
    """No target can run, and nothing was sent: each says why."""
    results = [_planned_result(target, [CannotRun(reason=_reason(target))]) for target in plan.targets]
    return RunDocument(run=None, results=[one.model_copy(update={"requests": None}) for one in results])


def problem_of_job(job: Job) -> Problem | None:
    """Why not everything came; None when it did."""
    return next((call.problem for call in job.calls if call.problem is not None), None)


def error_document(problem: Problem | None) -> dict[str, Any] | None:
    return None if problem is None else _error(problem).model_dump(mode="json")


def _error(problem: Problem) -> ErrorDocument:
    billed: dict[str, Literal["no", "maybe", "yes"]] = {"no": "no", "none": "no", "yes": "yes", "maybe": "maybe"}
    return ErrorDocument(
        kind=problem.kind,
        title=problem.title,
        message=problem.text,
        billed=billed[problem.charged],
        detail=problem.detail,
        vendor_code=problem.vendor_code,
        http_status=problem.http_status,
        request_id=problem.request_id,
    )


def _reason(target: TargetPlan) -> str:
    return target.blocked.message if target.blocked is not None else ""


def _job_result(job: Job, images: Sequence[SavedImage]) -> ResultDocument:
    notices = [_notice(notice) for notice in job.notices]
    if job.cached:
        message = "Answered from the library, nothing was billed"
        notices.append(NoticeDocument(field="model", kind="information", message=message))
    problem = problem_of_job(job)
    return ResultDocument(
        provider=job.target.provider,
        model=job.target.model,
        state=job.state.value,
        images=[image_document(image) for image in images],
        notices=notices,
        cost=_cost(job.cost.estimated or job.estimate.typical, job.cost.reported),
        error=_error(problem) if problem is not None else None,
    )


def image_document(image: SavedImage) -> ImageDocument:
    record = image.record
    return ImageDocument(
        image_url=record.image_url or image.path.as_uri(),
        width=record.facts.width,
        height=record.facts.height,
        seed=record.seed,
        path=str(image.path),
    )


def _planned_result(target: TargetPlan, wires: Sequence[WireRequest | StudioError]) -> ResultDocument:
    failed = next((wire.problem for wire in wires if isinstance(wire, StudioError)), None)
    return ResultDocument(
        provider=target.target.provider,
        model=target.target.model,
        state="failed" if failed else "planned",
        images=[],
        notices=[_notice(notice) for notice in target.notices],
        cost=_cost(target.estimate.typical, None),
        error=_error(failed) if failed else None,
        requests=[_request(wire) for wire in wires if isinstance(wire, WireRequest)],
    )


def _request(wire: WireRequest) -> RequestDocument:
    return RequestDocument(
        method=wire.method,
        url=wire.url,
        headers=dict(wire.headers),
        body=wire.json_body,
        form=[part.model_dump(mode="json", exclude_none=True) for part in wire.form] or None,
    )


def _notice(notice: Notice) -> NoticeDocument:
    return NoticeDocument(field=notice.field, kind=notice.kind, message=notice.message)


def _cost(estimated: Money | None, reported: Money | None) -> CostDocument:
    known = reported or estimated
    return CostDocument(
        estimated=None if estimated is None else float(estimated.amount),
        reported=None if reported is None else float(reported.amount),
        currency=known.currency if known else None,
    )


if __name__ == "__main__":
    # python -m studio.cli.document > references/cli-output.schema.json
    print(json.dumps(RunDocument.model_json_schema(mode="serialization"), indent=2, ensure_ascii=False))
