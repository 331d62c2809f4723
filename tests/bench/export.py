"""A thousand originals copied to a folder, each hashed and synced, against `cp`, which does neither."""

from __future__ import annotations

import asyncio
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from studio.domain.exporting import ExportOptions
from studio.domain.jobs import ImageRecord, Run
from studio.domain.values import RunId
from studio.export.contact_sheet import SheetFonts
from studio.export.exporter import Exporter
from tests.unit.export.conftest import make_image, make_run

FILES, SIZE_BYTES, ROUNDS = 1_000, 1_400_000, 5


def measure() -> list[tuple[str, ...]]:
    """Medians; both write to the same disk in turn, and the disk is idle when each begins."""
    with tempfile.TemporaryDirectory() as name:
        root, copies = Path(name) / "workspace", Path(name) / "copies"
        records = _make_originals(root)
        rounds = [
            (_timed(copies, lambda: _cp(root / "images", copies)), _timed(copies, lambda: _ours(root, records, copies)))
            for _ in range(ROUNDS)
        ]
    theirs, ours = (statistics.median(column) for column in zip(*rounds, strict=True))
    words = f"{FILES} files, {FILES * SIZE_BYTES / 1e9:.1f} GB"
    return [
        (
            "export of originals",
            f"{ours:.2f} s, {words}",
            f"{theirs:.2f} s cp",
            f"{theirs / ours:.2f} of its speed, target 0.8",
        )
    ]


def _make_originals(root: Path) -> list[ImageRecord]:
    run = make_run()
    (root / "images").mkdir(parents=True)
    for number in range(FILES):
        (root / "images" / f"{number}.png").write_bytes(os.urandom(SIZE_BYTES))
    return [make_image(run, path=f"images/{number}.png").record for number in range(FILES)]


def _timed(copies: Path, work: Callable[[], None]) -> float:
    shutil.rmtree(copies, ignore_errors=True)
    os.sync()
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _cp(source: Path, target: Path) -> None:
    subprocess.run(["cp", "-r", str(source), str(target)], check=True)


def _ours(root: Path, records: list[ImageRecord], target: Path) -> None:
    async def run(number: RunId) -> Run | None:
        return make_run() if number == records[0].run_id else None

    async def export() -> None:
        exporter = Exporter(root, run, SheetFonts(Path("resources/fonts/Inter-Regular.ttf")))
        plan = await exporter.plan(await exporter.collect(records), ExportOptions(), target)
        report = await exporter.export(plan)
        if report.written != FILES:
            raise RuntimeError(f"{report.written} of {FILES} were written")

    asyncio.run(export())
