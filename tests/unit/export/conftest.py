from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from studio.domain.assets import ImageFacts
from studio.domain.jobs import ImageRecord, Job, Run
from studio.domain.request import FittedRequest, GenerationRequest, Target
from studio.domain.values import BlobHash, CallId, ImageId, JobId, RunId
from studio.export.plan import ExportImage

WHEN = datetime(2026, 11, 20, 14, 32, 8, tzinfo=UTC)

MakeRun = Callable[..., Run]
MakeImage = Callable[..., ExportImage]


def make_run(number: int = 48, prompt: str = "two pears", *targets: Target, **wish: Any) -> Run:
    request = GenerationRequest(prompt=prompt, **wish)
    targets = targets or (Target(provider="openai", model="gpt-image-2"),)
    jobs = tuple(
        Job(
            id=JobId(f"{number}.{position}"),
            run_id=RunId(number),
            position=position,
            target=target,
            fitted=FittedRequest(prompt=prompt),
            queued_at=WHEN,
        )
        for position, target in enumerate(targets)
    )
    return Run(id=RunId(number), created_at=WHEN, request=request, targets=targets, jobs=jobs)


def picture(media_type: str = "image/png", size: tuple[int, int] = (8, 6), mode: str = "RGB", **settings: Any) -> bytes:
    image = Image.new(mode, size, settings.pop("colour", None) or ("red" if mode in ("RGB", "RGBA") else 1))
    written = io.BytesIO()
    image.save(written, media_type.removeprefix("image/").upper(), **settings)
    return written.getvalue()


def make_image(run: Run | None = None, *, before: Run | None = None, **changes: Any) -> ExportImage:
    run = run or make_run()
    target = changes.pop("target", run.targets[0])
    facts = ImageFacts(media_type="image/png", width=1024, height=1024, size_bytes=1_000_000)
    values: dict[str, Any] = {
        "id": ImageId(1),
        "run_id": run.id,
        "job_id": JobId(f"{run.id}.{run.targets.index(target)}"),
        "call_id": CallId(f"{run.id}.0.0"),
        "index": 0,
        "blob": BlobHash("0" * 64),
        "path": "output/images/a.png",
        "facts": facts,
        "provider": target.provider,
        "model": target.model,
        "prompt": run.request.prompt,
        "created_at": WHEN,
        **changes,
    }
    return ExportImage.of(ImageRecord(**values), run, before)


class Workspace:
    """A workspace on disk with real images in it, and their runs."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.runs: dict[int, Run] = {}
        (root / "output" / "images").mkdir(parents=True)

    async def run(self, run_id: RunId) -> Run | None:
        return self.runs.get(run_id)

    def add(self, name: str, content: bytes, run: Run | None = None, **changes: Any) -> ImageRecord:
        run = run or make_run()
        self.runs[run.id] = run
        path = f"output/images/{name}"
        (self.root / path).write_bytes(content)
        with Image.open(io.BytesIO(content)) as opened:
            size = {"width": opened.width, "height": opened.height, "size_bytes": len(content)}
            media_type = f"image/{(opened.format or '').lower()}"
            facts = ImageFacts.model_validate(
                {"media_type": media_type, "has_alpha": opened.has_transparency_data, **size}
            )
        blob = BlobHash(hashlib.sha256(content).hexdigest())
        facts = changes.pop("facts", facts)
        return make_image(run, path=path, facts=facts, blob=blob, **changes).record


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return Workspace(tmp_path / "workspace")
