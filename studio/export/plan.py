"""Which files an export will write, under which names, and what happens to names that exist. Pure."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from pathlib import Path
from typing import Literal

from studio.domain.assets import EXTENSIONS, Size
from studio.domain.exporting import ExportNote, ExportOptions
from studio.domain.jobs import ImageRecord, Job, Run
from studio.domain.request import Target
from studio.export.changes import short_words, what_changed
from studio.export.segments import safe_segment, same_name
from studio.export.template import check_template, fill_number, fill_template

NamesIn = Callable[[str], Collection[str]]
Fate = Literal["new", "renamed", "replaced", "skipped"]

PROMPT_WORDS = 6
_EXTENSION_OF = {"png": "png", "jpeg": "jpg", "webp": "webp", "avif": "avif"}

_BYTES_PER_PIXEL = {"png": 1.7, "jpeg": 0.42, "webp": 0.28, "avif": 0.22}
"""Of typical pictures at quality 92, for "about 14 MB"."""


@dataclass(frozen=True, slots=True)
class ExportImage:
    """An image with the run it belongs to, and what that run changed in a word or two."""

    record: ImageRecord
    run: Run
    changed: str

    @classmethod
    def of(cls, record: ImageRecord, run: Run, before: Run | None) -> ExportImage:
        job = _job_of(record, run)
        target = job.target if job else Target(provider=record.provider, model=record.model)
        return cls(record, run, what_changed(run, before, target))

    @property
    def job(self) -> Job | None:
        return _job_of(self.record, self.run)


def _job_of(record: ImageRecord, run: Run) -> Job | None:
    return next((job for job in run.jobs if job.id == record.job_id), None)


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One image on its way out. `folder` is empty or one segment below the export folder."""

    image: ExportImage
    folder: str
    name: str
    sidecar: str | None
    fate: Fate
    size_bytes: int
    size_is_estimate: bool
    converts: bool
    """False: the bytes are copied as they are."""

    @property
    def relative_path(self) -> str:
        return f"{self.folder}/{self.name}" if self.folder else self.name


@dataclass(frozen=True, slots=True)
class PlanSums:
    """What all files of a plan come to."""

    writing: int
    """Files that will be written."""
    sidecars: int
    size_bytes: int
    size_is_estimate: bool


@dataclass(frozen=True, slots=True)
class ExportPlan:
    folder: Path
    options: ExportOptions
    files: tuple[PlannedFile, ...]
    notes: tuple[ExportNote, ...]
    contact_sheet: str | None = None
    """Name of the sheet (of its first page), in the export folder."""

    @property
    def writing(self) -> tuple[PlannedFile, ...]:
        return tuple(file for file in self.files if file.fate != "skipped")

    @property
    def size_bytes(self) -> int:
        """Of the images; exact only while nothing is converted."""
        return sum(file.size_bytes for file in self.writing)

    @property
    def size_is_estimate(self) -> bool:
        return any(file.size_is_estimate for file in self.writing)

    def sums(self) -> PlanSums:
        """Goes through all files: 30 ms for 100 000, so never on the window's thread."""
        writing = self.writing
        return PlanSums(
            writing=len(writing),
            sidecars=sum(file.sidecar is not None for file in writing),
            size_bytes=sum(file.size_bytes for file in writing),
            size_is_estimate=any(file.size_is_estimate for file in writing),
        )

    def count(self, fate: Fate) -> int:
        return sum(file.fate == fate for file in self.files)


def plan_export(
    images: Sequence[ExportImage],
    options: ExportOptions,
    folder: Path,
    names_in: NamesIn,
    *,
    timezone: tzinfo | None = None,
) -> ExportPlan:
    """Files in the order of `images`. `names_in` gives what lies in the export folder ("") or a folder right below it.

    `timezone` decides which day an image is from; None: that of the machine. Raises TemplateInvalid."""
    check_template(options.template)
    taken = _Names(names_in, options.if_exists == "replace")
    numbers: dict[str, int] = {}
    files = [_plan_file(image, options, taken, numbers, timezone) for image in images]
    sheet = None
    if options.contact_sheet is not None and files:
        sheet = taken.claim("", "contact-sheet", options.contact_sheet.kind, sidecar=False, skips=False).name
    return ExportPlan(folder, options, tuple(files), _notes(files, options), sheet)


@dataclass(frozen=True, slots=True)
class _Claim:
    name: str
    stem: str
    fate: Fate


class _Names:
    """Hands out names that nobody has, on the disk or in this plan."""

    def __init__(self, names_in: NamesIn, replaces: bool) -> None:
        self._names_in = names_in
        self._on_disk: dict[str, set[str]] = {}
        self._replaces = replaces
        self._planned: set[str] = set()
        self._next: dict[str, int] = {}

    def claim(self, folder: str, stem: str, extension: str, *, sidecar: bool, skips: bool) -> _Claim:
        # Thousands of images may share one name: each search goes on where the last one of that name ended.
        place = same_name(f"{folder}/{stem}.{extension}")
        number = self._next.get(place, 1)
        while True:
            candidate = stem if number == 1 else f"{stem}-{number}"
            names = [f"{candidate}.{extension}", *([f"{candidate}.json"] if sidecar else [])]
            keys = [same_name(f"{folder}/{name}") for name in names]
            if not any(key in self._planned for key in keys):
                exists = any(same_name(name) in self._there(folder) for name in names)
                if not exists or self._replaces or skips:
                    self._planned.update(keys)
                    self._next[place] = number + 1
                    return _Claim(names[0], candidate, self._fate(number, exists, skips))
            number += 1

    def _there(self, folder: str) -> set[str]:
        if folder not in self._on_disk:
            self._on_disk[folder] = {same_name(name) for name in self._names_in(folder)}
        return self._on_disk[folder]

    @staticmethod
    def _fate(number: int, exists: bool, skips: bool) -> Fate:
        if exists:
            return "skipped" if skips else "replaced"
        return "new" if number == 1 else "renamed"


def _plan_file(
    image: ExportImage, options: ExportOptions, names: _Names, numbers: dict[str, int], timezone: tzinfo | None
) -> PlannedFile:
    record = image.record
    values = _values(image, timezone)
    folder = safe_segment(f"{values['date']}_{values['run']}") if options.folder_per_run else ""
    text = fill_template(options.template, values)
    key = same_name(f"{folder}/{text}")
    numbers[key] = numbers.get(key, 0) + 1
    stem = safe_segment(fill_number(text, numbers[key]))
    # A vector image has no pixels of its own to convert, and rendering a foreign one is not safe.
    converts = options.format != "original" and record.facts.media_type != "image/svg+xml"
    extension = _EXTENSION_OF[options.format] if converts else EXTENSIONS[record.facts.media_type]
    skips = options.if_exists == "skip"
    claim = names.claim(folder, stem, extension, sidecar=options.sidecar, skips=skips)
    return PlannedFile(
        image=image,
        folder=folder,
        name=claim.name,
        sidecar=f"{claim.stem}.json" if options.sidecar else None,
        fate=claim.fate,
        size_bytes=_estimated_bytes(record, options) if converts else record.facts.size_bytes,
        size_is_estimate=converts,
        converts=converts,
    )


def _values(image: ExportImage, timezone: tzinfo | None) -> dict[str, str]:
    """Each token's value; separators that a value brings along become hyphens when the segment is made safe."""
    record = image.record
    return {
        "date": record.created_at.astimezone(timezone).date().isoformat(),
        "run": f"{record.run_id:03d}",
        "model": record.model,
        "changed": image.changed,
        "provider": record.provider,
        "prompt": short_words(record.prompt, PROMPT_WORDS),
        "seed": "" if record.seed is None else str(record.seed),
        "size": f"{record.facts.width}x{record.facts.height}",
        "rating": str(record.rating) if record.rating else "",
        "tag": "+".join(record.tags),
    }


def size_of_copy(width: int, height: int, limit: int | None) -> Size:
    """Pixels of the copy: the longer edge is at most `limit` px, nothing is enlarged."""
    if limit is None or max(width, height) <= limit:
        return Size.of(width, height)
    scale = limit / max(width, height)
    return Size.of(max(1, round(width * scale)), max(1, round(height * scale)))


def _estimated_bytes(record: ImageRecord, options: ExportOptions) -> int:
    size = size_of_copy(record.facts.width, record.facts.height, options.longest_edge_px)
    per_pixel = _BYTES_PER_PIXEL[options.format]
    if options.format != "png":
        per_pixel *= 0.25 + 0.75 * (options.quality / 92) ** 4
    elif record.facts.media_type == "image/png" and record.facts.width * record.facts.height:
        per_pixel = record.facts.size_bytes / (record.facts.width * record.facts.height)
    return max(600, int(size.area_px * per_pixel))


def _notes(files: Sequence[PlannedFile], options: ExportOptions) -> tuple[ExportNote, ...]:
    """What the user should know before pressing Export."""
    converted = [file.image.record.facts for file in files if file.converts]
    counts = {
        "white_background": sum(facts.has_alpha for facts in converted) if options.format == "jpeg" else 0,
        "first_frame": sum(facts.frame_count > 1 for facts in converted),
        "credentials_lost": sum(facts.has_c2pa for facts in converted),
        "stays_svg": sum(not file.converts for file in files) if options.format != "original" else 0,
        "as_received": len(files) if options.format == "original" and options.metadata == "embed" else 0,
        "moved": sum(file.image.record.missing for file in files),
        "altered": sum(file.image.record.altered for file in files),
        "renamed": sum(file.fate == "renamed" for file in files),
        "replaced": sum(file.fate == "replaced" for file in files),
        "skipped": sum(file.fate == "skipped" for file in files),
    }
    return tuple(ExportNote(code=code, count=count) for code, count in counts.items() if count)
