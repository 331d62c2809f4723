"""What window and command line export with: collect, plan, write, and a report of each file."""

from __future__ import annotations

import asyncio
import contextlib
import io
import json
import os
import shutil
import threading
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Literal

from studio.domain.errors import FileMissing, FileUnreadable, InternalFault, NoRoom, Problem, StudioError
from studio.domain.exporting import ExportOptions
from studio.domain.jobs import ImageRecord, Run
from studio.domain.values import RunId
from studio.export.contact_sheet import SheetFonts, SheetMaker
from studio.export.formats import converted
from studio.export.metadata import sidecar
from studio.export.new_file import NewFile
from studio.export.originals import Original
from studio.export.placing import Destination, Fill
from studio.export.plan import ExportImage, ExportPlan, PlannedFile, plan_export

Outcome = Literal["exported", "renamed", "replaced", "skipped", "failed"]
ThumbnailFinder = Callable[[ImageRecord, int], Path | None]
"""A ready-made small picture whose longer edge has at least so many pixels, where there is one."""
RunReader = Callable[[RunId], Awaitable[Run | None]]

WRITERS = 16
"""Each waits for the disk most of the time: 16 are a fifth faster than 8 and a third faster than 4."""

CONVERTERS = min(4, os.cpu_count() or 1)
"""Of them at once with pixels in memory (64 MB for a 4K image) and a processor of their own."""


@dataclass(frozen=True, slots=True)
class ExportStep:
    """One file is dealt with. `done` of `total` files are."""

    done: int
    total: int
    file: PlannedFile
    name: str
    outcome: Outcome
    problem: Problem | None = None
    altered: bool = False
    """Its bytes are not those that were received: a program changed the file, or cut it short."""


@dataclass(frozen=True, slots=True)
class ExportReport:
    folder: Path
    total: int
    steps: tuple[ExportStep, ...]
    contact_sheets: tuple[str, ...] = ()
    problem: Problem | None = None
    """What ended the export early (no room left), or kept the contact sheet from being made."""

    def count(self, outcome: Outcome) -> int:
        return sum(step.outcome == outcome for step in self.steps)

    @property
    def altered(self) -> int:
        """Files written whose originals are no longer what was received."""
        return sum(step.altered and step.problem is None for step in self.steps)

    @property
    def written(self) -> int:
        return sum(step.outcome in ("exported", "renamed", "replaced") for step in self.steps)

    @property
    def stopped(self) -> bool:
        """True when some files were not even tried."""
        return len(self.steps) < self.total


class Exporter:
    """Originals are opened for reading only. Everything slow runs on threads of its own."""

    def __init__(
        self,
        workspace: Path,
        read_run: RunReader,
        fonts: SheetFonts,
        find_thumbnail: ThumbnailFinder = lambda _record, _edge_px: None,
    ) -> None:
        self._workspace = workspace
        self._read_run = read_run
        self._fonts = fonts
        self._find_thumbnail = find_thumbnail

    async def collect(self, records: Sequence[ImageRecord]) -> tuple[ExportImage, ...]:
        """Adds to each image its run and what that changed; do this once, then plan as often as options change."""
        runs: dict[RunId, Run | None] = {}

        async def run_of(run_id: RunId) -> Run | None:
            if run_id not in runs:
                runs[run_id] = await self._read_run(run_id) if run_id > 0 else None
            return runs[run_id]

        images: list[ExportImage] = []
        for record in records:
            run = await run_of(record.run_id)
            if run is None:
                continue
            before = await run_of(run.parent_run_id or RunId(record.run_id - 1))
            images.append(ExportImage.of(record, run, before))
        return tuple(images)

    async def plan(self, images: Sequence[ExportImage], options: ExportOptions, folder: Path) -> ExportPlan:
        """Looks into the folder for names that exist; writes nothing. Raises TemplateInvalid."""
        return await asyncio.to_thread(plan_export, images, options, folder, lambda below: _names_in(folder / below))

    async def free_bytes(self, folder: Path) -> int | None:
        """Room on the disk that `folder` is or would be on; None when that cannot be told."""
        return await asyncio.to_thread(_free_bytes, folder)

    async def export(
        self,
        plan: ExportPlan,
        *,
        on_step: Callable[[ExportStep], object] = lambda _step: None,
        stop: threading.Event | None = None,
    ) -> ExportReport:
        """Writes the files. One that fails is reported and the others go on; a full disk ends it.

        `on_step` is called on this loop. Setting `stop`, or cancelling, ends it after the files under way.
        Raises FolderNotWritable, NoRoom when the folder itself cannot be used."""
        work = _Export(plan, self._opened, stop or threading.Event(), asyncio.get_running_loop(), on_step)
        pool = ThreadPoolExecutor(WRITERS, thread_name_prefix="export")
        loop = asyncio.get_running_loop()
        try:
            await loop.run_in_executor(pool, work.prepare)
            await asyncio.gather(*(loop.run_in_executor(pool, work.write_files) for _ in range(WRITERS)))
            sheets = await loop.run_in_executor(pool, self._write_sheet, plan, work)
        finally:
            work.ended.set()
            pool.shutdown(wait=False)
        return ExportReport(plan.folder, len(plan.files), tuple(work.steps), sheets, work.problem)

    def _write_sheet(self, plan: ExportPlan, work: _Export) -> tuple[str, ...]:
        options, name = plan.options, plan.contact_sheet
        if options.contact_sheet is None or name is None or work.is_over():
            return ()
        images = [file.image for file in plan.files]

        def opener(image: ExportImage, edge_px: int) -> BinaryIO:
            if work.is_over():
                raise FileUnreadable(name=image.record.path, detail="stopped")
            return self._small(image, edge_px)

        written: list[str | None] = []
        try:
            for file_name, content in SheetMaker(opener, self._fonts).files(images, options.contact_sheet, name):
                if work.is_over():
                    break
                fill = partial(_write_all, content)
                written.append(work.destination.put("", file_name, options.if_exists, fill))
        except StudioError as error:
            work.problem = error.problem
        return tuple(one for one in written if one is not None)

    def _opened(self, record: ImageRecord) -> io.FileIO:
        """The original, for reading. Raises FileMissing, FileUnreadable."""
        parts = PurePosixPath(record.path)
        if parts.is_absolute() or ".." in parts.parts:
            raise FileUnreadable(name=record.path, detail="its path leads out of the workspace")
        try:
            return io.FileIO(self._workspace / parts)
        except FileNotFoundError as error:
            raise FileMissing(name=record.path) from error
        except OSError as error:
            raise FileUnreadable(name=record.path, detail=str(error)) from error

    def _small(self, image: ExportImage, edge_px: int) -> BinaryIO:
        """A thumbnail that is large enough, else the original."""
        thumbnail = self._find_thumbnail(image.record, edge_px)
        if thumbnail is not None:
            try:
                return thumbnail.open("rb")
            except OSError:
                pass  # caches may be emptied at any time
        return io.BufferedReader(self._opened(image.record))


class _Export:
    """One export under way, shared by its threads."""

    def __init__(
        self,
        plan: ExportPlan,
        opened: Callable[[ImageRecord], io.FileIO],
        stop: threading.Event,
        loop: asyncio.AbstractEventLoop,
        on_step: Callable[[ExportStep], object],
    ) -> None:
        self._plan = plan
        self._opened = opened
        self._stop = stop
        self._loop = loop
        self._on_step = on_step
        self._waiting = deque(plan.files)
        self._lock = threading.Lock()
        self._converting = threading.BoundedSemaphore(CONVERTERS)
        self.destination: Destination
        self.ended = threading.Event()
        self.steps: list[ExportStep] = []
        self.problem: Problem | None = None
        self._altered: set[str] = set()

    def is_over(self) -> bool:
        return self._stop.is_set() or self.ended.is_set()

    def prepare(self) -> None:
        self.destination = Destination(self._plan.folder)

    def write_files(self) -> None:
        while not self.is_over():
            try:
                file = self._waiting.popleft()
            except IndexError:
                return
            self._report(file, *self._write(file))

    def _write(self, file: PlannedFile) -> tuple[str, Outcome, Problem | None]:
        if file.fate == "skipped":
            return file.name, "skipped", None
        try:
            return self._write_image(file)
        except NoRoom as error:
            self.problem = error.problem
            self.ended.set()
            return file.name, "failed", error.problem
        except StudioError as error:
            return file.name, "failed", error.problem
        except Exception as error:  # our own fault must not cost the user the other files
            return file.name, "failed", InternalFault(detail=f"{type(error).__name__}: {error}").problem

    def _write_image(self, file: PlannedFile) -> tuple[str, Outcome, Problem | None]:
        options = self._plan.options
        record = file.image.record
        with self._opened(record) as stream:
            original = Original(record, stream)
            try:
                fill: Fill = original.copy_to
                if file.converts:
                    with self._converting:
                        content = converted(original.read(), file.image, options)
                    fill = partial(_write_all, content)
                name = self.destination.put(file.folder, file.name, options.if_exists, fill)
            finally:
                if original.altered:
                    self._altered.add(record.path)
        if name is None:
            return file.name, "skipped", None
        if file.sidecar is not None:
            self._write_sidecar(file, name, altered=original.altered)
        if name != file.name:
            return name, "renamed", None
        outcomes: dict[str, Outcome] = {"new": "exported", "renamed": "renamed", "replaced": "replaced"}
        return name, outcomes[file.fate], None

    def _write_sidecar(self, file: PlannedFile, name: str, *, altered: bool) -> None:
        text = json.dumps(sidecar(file.image, name, altered=altered), ensure_ascii=False, indent=2) + "\n"
        sidecar_name = f"{name.rpartition('.')[0]}.json"
        fill = partial(_write_all, text.encode())
        self.destination.put(file.folder, sidecar_name, self._plan.options.if_exists, fill)

    def _report(self, file: PlannedFile, name: str, outcome: Outcome, problem: Problem | None) -> None:
        with self._lock:
            altered = file.image.record.path in self._altered
            step = ExportStep(len(self.steps) + 1, len(self._plan.files), file, name, outcome, problem, altered)
            self.steps.append(step)
            with contextlib.suppress(RuntimeError):  # the loop was closed: nobody listens any more
                self._loop.call_soon_threadsafe(self._on_step, step)


def _write_all(content: bytes, out: NewFile) -> None:
    out.write(content)


def _names_in(folder: Path) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries]
    except OSError:
        return []


def _free_bytes(folder: Path) -> int | None:
    for place in (folder, *folder.parents):
        try:
            return shutil.disk_usage(place).free
        except OSError:
            continue
    return None
