"""In what the images on the table differ, as rows of words. Pure: no widgets, no reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.ui.translation import catalog_text, translate

if TYPE_CHECKING:
    from studio.domain.jobs import ImageRecord, Job, Run


@dataclass(frozen=True, slots=True)
class DifferingSetting:
    """One setting with its value for each image, in the order of the table."""

    name: str
    values: tuple[str, ...]


def differing_settings(
    images: Sequence[ImageRecord], runs: Mapping[int, Run], titles: Mapping[str, str]
) -> list[DifferingSetting]:
    """Settings whose values are not the same for all images; `titles`: provider id -> name."""
    columns = [_settings_of(image, runs.get(image.run_id), titles) for image in images]
    names = list(dict.fromkeys(name for column in columns for name in column))
    found = []
    for name in names:
        values = tuple(column.get(name, "") for column in columns)
        if len(set(values)) > 1:
            found.append(DifferingSetting(name, values))
    return found


def _settings_of(image: ImageRecord, run: Run | None, titles: Mapping[str, str]) -> dict[str, str]:
    settings = {
        translate("CompareSettings", "Provider"): catalog_text(titles.get(image.provider, image.provider)),
        translate("CompareSettings", "Model"): image.model,
        translate("CompareSettings", "Run"): str(image.run_id),
        translate("CompareSettings", "Size"): f"{image.facts.width} × {image.facts.height} px",
        translate("CompareSettings", "Seed"): "" if image.seed is None else str(image.seed),
    }
    if run is None:
        settings[translate("CompareSettings", "Prompt")] = image.prompt
        return settings
    request = run.request
    settings[translate("CompareSettings", "Prompt")] = request.prompt
    settings[translate("CompareSettings", "Negative prompt")] = request.negative_prompt or ""
    settings[translate("CompareSettings", "Style")] = request.style or ""
    settings[translate("CompareSettings", "Asked size")] = str(request.size)
    settings[translate("CompareSettings", "Ratio")] = str(request.aspect_ratio or "")
    settings[translate("CompareSettings", "References")] = str(len(request.reference_image) or "")
    job = next((job for job in run.jobs if job.id == image.job_id), None)
    if job is not None:
        settings.update(_job_settings(job))
    return settings


def _job_settings(job: Job) -> dict[str, str]:
    settings = {name: str(value) for name, value in sorted(job.target.options.items())}
    total = job.cost.reported or job.cost.estimated
    if total is not None:
        each = total.model_copy(update={"amount": total.amount / max(1, job.fitted.image_count)})
        settings[translate("CompareSettings", "Cost")] = f"{each}" if job.cost.reported is not None else f"≈ {each}"
    return settings
