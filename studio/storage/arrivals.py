"""An image between its last byte and its row: what is known of it, and what is noted should the program die here.

Before anything is written a line in the run's record names the temporary file and the name to come. From that line
`orphans` brings the image home when its row was never written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from pydantic import ValidationError

from studio.domain.assets import EXTENSIONS, ImageFacts
from studio.domain.events import ImageArrived
from studio.domain.jobs import Call, ImageRecord, Job, Run
from studio.domain.values import BlobHash, CallId, ImageId, JobId
from studio.storage.names import image_names
from studio.storage.wholeness import sniff

_UNKNOWN_YET = {"id", "blob", "path", "facts"}
SEED_SURE_MAX = 2**31 - 1
"""Up to here every provider counts seeds on; above, some begin again at 0 and only they know where."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One image on its way to the disk, with all that its record will say."""

    run: Run
    job: Job
    call: Call
    image: ImageArrived
    content: bytes
    position: int
    created_at: datetime
    whole_grid: bool = False
    cut_from: ImageId | None = None

    def names(self) -> Iterator[str]:
        """Names for the file, best first. Raises NotAnImage for bytes of an unknown kind."""
        return image_names(
            self.created_at.astimezone().date(),
            self.run.id,
            model=self.job.target.model,
            prompt=self.run.request.prompt,
            number="grid" if self.whole_grid else f"{self.position + 1:02d}",
            extension=EXTENSIONS[sniff(self.content)],
        )

    def record(self, facts: ImageFacts, blob: BlobHash, path: str) -> ImageRecord:
        """Still without a number."""
        return ImageRecord(
            id=ImageId(0),
            run_id=self.run.id,
            job_id=self.job.id,
            call_id=self.call.id,
            index=self.position,
            blob=blob,
            path=path,
            facts=facts,
            provider=self.job.target.provider,
            model=self.job.target.model,
            prompt=self.run.request.prompt,
            image_url=self.image.image_url,
            seed=self.image.seed if self.image.seed is not None else _sent_seed(self.job, self.call),
            revised_prompt=self.image.revised_prompt,
            created_at=self.created_at,
            whole_grid=self.whole_grid,
        )

    def line(self, part: str, path: str) -> dict[str, Any]:
        """For the record: this image is about to be written to `part` and then to get the name `path`."""
        blank = ImageFacts(media_type="image/png", width=0, height=0, size_bytes=0)
        known = self.record(blank, BlobHash(""), path).model_dump_json(exclude=_UNKNOWN_YET)
        return {
            "kind": "arriving",
            "part": part,
            "path": path,
            "cut_from": self.cut_from,
            "value": json.loads(known),
        }


def _sent_seed(job: Job, call: Call) -> int | None:
    """The seed of a request that made one image; which seeds a batch used beyond its first nobody told us."""
    if job.fitted.seed is None or call.image_count != 1:
        return None
    seed = job.fitted.seed + call.first_image_index
    return seed if call.first_image_index == 0 or seed <= SEED_SURE_MAX else None


@dataclass(frozen=True, slots=True)
class LostArrival:
    """What the record tells of an image whose row may never have been written."""

    part: str
    path: str
    cut_from: ImageId | None
    value: dict[str, Any]

    @property
    def owner(self) -> str:
        """The process that was writing it."""
        return owner_of_part(PurePosixPath(self.part).name) or ""

    def record(self, facts: ImageFacts, blob: BlobHash, path: str) -> ImageRecord:
        """Raises ValidationError when the line says nonsense."""
        told = {**self.value, "id": 0, "facts": facts, "blob": blob, "path": path}
        return ImageRecord.model_validate_json(json.dumps({**told, "facts": facts.model_dump(mode="json")}))

    @property
    def place(self) -> tuple[JobId, CallId, int, bool]:
        value = self.value
        return JobId(value["job_id"]), CallId(value["call_id"]), int(value["index"]), bool(value.get("whole_grid"))

    @property
    def stem(self) -> str:
        return PurePosixPath(self.path).stem


def lost_arrivals(lines: Iterable[dict[str, Any]]) -> list[LostArrival]:
    """The arrivals in a run's record, those that can be made sense of."""
    found = []
    for line in lines:
        if line["kind"] != "arriving":
            continue
        try:
            arrival = LostArrival(str(line["part"]), str(line["path"]), line.get("cut_from"), dict(line["value"]))
            arrival.record(ImageFacts(media_type="image/png", width=1, height=1, size_bytes=1), BlobHash(""), "")
        except (ValidationError, LookupError, TypeError, ValueError):
            continue
        found.append(arrival)
    return found


def owner_of_part(name: str) -> str | None:
    """The process that wrote a temporary file of ours; None for other names."""
    owner, dash, rest = name.removeprefix(".").partition("-")
    return owner if name.startswith(".") and dash and rest.endswith(".part") else None
