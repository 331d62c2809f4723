"""What is known of an image or a job, as rows of words. Pure: no widgets, no reading."""

from __future__ import annotations

import json
import shlex
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from studio.ui.measures import size_words
from studio.ui.problems import money_words, notice_text
from studio.ui.translation import catalog_text, filled, listed, translate

if TYPE_CHECKING:
    from datetime import datetime

    from studio.domain.jobs import Call, Exchange, ImageRecord, Job, Run, WireRequest
    from studio.domain.pricing import Cost

Row = tuple[str, str]


def clock(moment: datetime) -> str:
    return moment.astimezone().strftime("%H:%M:%S")


def duration_words(seconds: float) -> str:
    if seconds < 60:
        return translate("Facts", "{seconds} s").format(seconds=f"{seconds:.1f}")
    return translate("Facts", "{minutes} min {seconds} s").format(
        minutes=int(seconds // 60), seconds=f"{int(seconds % 60):02}"
    )


def cost_words(cost: Cost, *, cached: bool = False) -> str:
    """Billed, estimated or unknown: never one in place of the other."""
    if cached:
        return translate("Facts", "$0.00, from the library")
    if cost.estimated is not None and not cost.estimated.amount and cost.reported is None:
        return translate("Facts", "free")
    if cost.reported is not None:
        return translate("Facts", "{amount} billed").format(amount=cost.reported)
    if cost.estimated is not None:
        return translate("Facts", "≈ {amount}, not confirmed").format(amount=cost.estimated)
    return translate("Facts", "no price known")


def image_facts(image: ImageRecord, job: Job | None) -> list[Row]:
    """Size, file, seed, time and cost of one image."""
    facts = image.facts
    kind = facts.media_type.partition("/")[2].upper()
    profile = facts.colour_profile or translate("Facts", "untagged, shown as sRGB")
    file_words = [kind, size_words(facts.size_bytes), profile]
    if facts.has_alpha:
        file_words.append(translate("Facts", "transparent"))
    if facts.has_c2pa:
        file_words.append(translate("Facts", "with provenance (C2PA)"))
    rows = [
        (translate("Facts", "Size"), f"{facts.width} × {facts.height} px"),
        (translate("Facts", "File"), " · ".join(file_words)),
        (translate("Facts", "Seed"), str(image.seed) if image.seed is not None else translate("Facts", "not reported")),
    ]
    if job is not None:
        rows += job_facts(job, cached=image.cached_from is not None)
    if image.trashed_at is not None:
        rows.append((translate("Facts", "In the bin"), f"{image.trashed_at.astimezone():%Y-%m-%d %H:%M}"))
    rows.append((translate("Facts", "Name"), image.path.rpartition("/")[2]))
    rows.append((translate("Facts", "Checksum"), image.blob[:16]))
    return rows


def job_facts(job: Job, *, cached: bool = False) -> list[Row]:
    """Time and cost of a job."""
    rows: list[Row] = []
    if job.finished_at is not None and job.sent_at is not None:
        took = duration_words((job.finished_at - job.sent_at).total_seconds())
        waited = duration_words(max(0.0, (job.sent_at - job.queued_at).total_seconds()))
        words = translate("Facts", "{took}, waited {waited}").format(took=took, waited=waited)
        rows.append((translate("Facts", "Time"), words))
    known = job.cost
    if known.estimated is None:
        known = known.model_copy(update={"estimated": job.estimate.typical})
    free = cached or job.cached
    if _cost_nothing(job):
        words = translate("Facts", "nothing was billed")
    else:
        words = _of_all_images(cost_words(known, cached=free), known, job, cached=free)
    rows.append((translate("Facts", "Cost"), words))
    if job.cost.estimated is not None and job.cost.reported is not None:
        rows.append((translate("Facts", "Estimated"), f"≈ {job.cost.estimated}"))
    if job.cost.basis:
        rows.append((translate("Facts", "Counted"), job.cost.basis))
    return rows


def _cost_nothing(job: Job) -> bool:
    """Whether no image came and every call says that it was not billed: an estimate is no cost then."""
    if job.cost.reported is not None or not job.calls:
        return False
    return all(call.problem is not None and call.problem.charged == "no" for call in job.calls)


def _of_all_images(words: str, cost: Cost, job: Job, *, cached: bool) -> str:
    """The price of a request for several images stands in the details of each: it says so, and what one of them is."""
    total, count = cost.reported or cost.estimated, job.fitted.image_count
    if cached or count < 2 or total is None or not total.amount:
        return words
    each = total.model_copy(update={"amount": total.amount / count})
    return translate("Facts", "{cost}, for {count} images; {each} each").format(cost=words, count=count, each=each)


def asked_against_used(run: Run, job: Job) -> list[Row]:
    """Requested against effective, only where they differ."""
    request, fitted = run.request, job.fitted
    rows: list[Row] = []

    def compare(name: str, asked: object, used: object) -> None:
        if asked not in (None, "", used):
            shown_used = used if used not in (None, "") else translate("Facts", "not sent")
            rows.append((name, f"{asked} → {shown_used}"))

    compare(translate("Facts", "Size"), str(request.size), str(fitted.expected_size or fitted.size or ""))
    if request.aspect_ratio is not None:
        used = fitted.aspect_ratio or fitted.expected_size
        compare(translate("Facts", "Ratio"), str(request.aspect_ratio), str(used or ""))
    compare(translate("Facts", "Seed"), request.seed, fitted.seed)
    compare(translate("Facts", "Images"), request.n, fitted.image_count)
    return rows


def happened(job: Job) -> list[tuple[str, str, str]]:
    """The time line of a job: words (after a line feed, more words), time, tone."""
    rows = [(translate("Facts", "Queued"), clock(job.queued_at), "text3")]
    for call in job.calls:
        rows += _call_line(call)
    return rows


def _call_line(call: Call) -> list[tuple[str, str, str]]:
    rows: list[tuple[str, str, str]] = []
    if call.sent_at is not None:
        host = _host(call.exchange)
        words = filled(translate("Facts", "Request sent to {host}"), host=host or translate("Facts", "the provider"))
        rows.append((words, clock(call.sent_at), "text3"))
    if call.accepted_at is not None:
        rows.append((translate("Facts", "Accepted, ticket received"), clock(call.accepted_at), "text3"))
    if call.finished_at is not None:
        problem = call.problem
        tone = "text3" if problem is None else "warn" if problem.charged == "maybe" else "danger"
        if problem is None:
            words = translate("Facts", "Images are safe on disk")
        else:
            from studio.ui.problems import problem_title

            money = money_words(problem) if problem.kind != "uncertain" else ""  # its title says it
            words = f"{problem_title(problem)}\n{money}".strip()
        rows.append((words, clock(call.finished_at), tone))
    return rows


def _host(exchange: Exchange | None) -> str:
    if exchange is None or exchange.request is None:
        return ""
    return exchange.request.url.partition("//")[2].partition("/")[0]


def request_as_text(request: WireRequest) -> str:
    """Method, address and body as they were sent, keys replaced."""
    lines = [f"{request.method} {request.url}"]
    lines += [f"{name}: {value}" for name, value in request.headers.items()]
    if request.json_body is not None:
        lines += ["", json.dumps(request.json_body, ensure_ascii=False, indent=2)]
    for part in request.form:
        file_words = f"<{part.file_name}, {part.media_type}, {part.size_bytes} bytes>"
        value = part.text if part.text is not None else file_words
        lines.append(f"{part.name} = {value}")
    return "\n".join(lines)


def request_as_curl(request: WireRequest) -> str:
    """A command line that sends the same; the key is a shell variable, never the key."""
    words = ["curl", "-X", request.method, request.url]
    for name, value in request.headers.items():
        words += ["-H", f"{name}: {value}"]
    if request.json_body is not None:
        words += ["-d", json.dumps(request.json_body, ensure_ascii=False)]
    for part in request.form:
        value = part.text if part.text is not None else f"@{part.file_name}"
        words += ["-F", f"{part.name}={value}"]
    return " ".join(shlex.quote(word).replace("***", "'\"$API_KEY\"'") for word in words)


def shared_and_different(
    images: Sequence[ImageRecord], titles: Mapping[str, str]
) -> tuple[list[Row], list[tuple[str, list[str]]]]:
    """Facts that all selected images share, and those in which they differ; `titles`: provider id -> name."""
    columns: dict[str, list[str]] = {
        translate("Facts", "Provider"): [catalog_text(titles.get(image.provider, image.provider)) for image in images],
        translate("Facts", "Model"): [image.model for image in images],
        translate("Facts", "Run"): [str(image.run_id) for image in images],
        translate("Facts", "Size"): [f"{image.facts.width} × {image.facts.height}" for image in images],
        translate("Facts", "Seed"): ["" if image.seed is None else str(image.seed) for image in images],
        translate("Facts", "Rating"): [str(image.rating or "") for image in images],
        translate("Facts", "Tags"): [listed(image.tags) for image in images],
        translate("Facts", "Prompt"): [image.prompt for image in images],
    }
    shared = [(name, values[0]) for name, values in columns.items() if len(set(values)) == 1 and values[0]]
    different = [(name, values) for name, values in columns.items() if len(set(values)) > 1]
    return shared, different


def notice_rows(run: Run, job: Job) -> list[Row]:
    """What became of the settings that a job did not take as they were."""
    rows = [(_field_name(notice.field), notice_text(notice)) for notice in job.notices]
    told = {name for name, _words in rows}
    return rows + [row for row in asked_against_used(run, job) if row[0] not in told]


def _field_name(field: str) -> str:
    """The name of a field of the request, as the composer calls it."""
    names = {
        "negative_prompt": translate("DetailsPanel", "Negative prompt"),
        "prompt": translate("DetailsPanel", "Prompt"),
        "size": translate("DetailsPanel", "Size"),
        "aspect_ratio": translate("DetailsPanel", "Ratio"),
        "style": translate("DetailsPanel", "Style"),
        "seed": translate("DetailsPanel", "Seed"),
        "n": translate("DetailsPanel", "Images"),
        "reference_image": translate("DetailsPanel", "References"),
        "model": translate("DetailsPanel", "Model"),
    }
    return names.get(field, field.rpartition(".")[2].replace("_", " "))
