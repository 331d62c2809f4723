"""Byte for byte copies of finished images in the folder the caller named."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from studio.bootstrap import Studio
from studio.cli.document import SavedImage
from studio.cli.terminal import ALTERED, say
from studio.domain.errors import FolderNotWritable, Problem
from studio.domain.exporting import ExportOptions
from studio.domain.jobs import ImageRecord

NAMES = "{date}_{run}_{model}_{prompt}_{number}"


def check_writable(folder: Path) -> None:
    """Makes the folder and tries to write into it, before anything costs money. Raises FolderNotWritable."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=folder)
        os.close(handle)
        Path(name).unlink()
    except OSError as error:
        raise FolderNotWritable(path=folder, detail=str(error)) from error


async def copy_images(
    studio: Studio, images: Mapping[str, Sequence[ImageRecord]], folder: Path
) -> tuple[dict[str, list[SavedImage]], Problem | None]:
    """Every image with the path of its copy, by job id, and the first problem of copying.

    One whose copy failed has the path of its original in the workspace, as has each when `folder` is where the
    workspace keeps them anyway."""
    root = studio.workspace.folder.root
    saved = {job: [SavedImage(one, root / one.path) for one in records] for job, records in images.items()}
    records = [record for of_job in images.values() for record in of_job]
    if not records or await _is_home(folder, root / records[0].path):
        return saved, None
    collected = await studio.exporter.collect(records)
    plan = await studio.exporter.plan(collected, ExportOptions(template=NAMES), folder)
    report = await studio.exporter.export(plan)
    problem = report.problem
    for step in report.steps:
        record = step.file.image.record
        if step.altered:
            say(f"{step.name}: {ALTERED}", error=True)
        if step.problem is not None:
            problem = problem or step.problem
            continue
        of_job = saved[record.job_id]
        place = next(index for index, one in enumerate(of_job) if one.record.id == record.id)
        of_job[place] = SavedImage(record, (report.folder / step.file.folder / step.name).absolute())
    # Copying costs nothing, but the images may have: "nothing was billed" would be read as a word on them.
    return saved, problem and problem.model_copy(update={"charged": "none"})


async def _is_home(folder: Path, original: Path) -> bool:
    """Is this the very folder in which the originals lie?"""
    return folder.resolve() == original.parent.resolve()  # noqa: ASYNC240  two look-ups on the local disk
