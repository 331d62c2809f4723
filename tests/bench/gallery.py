"""The grid and the Runs view with 10 000 and 100 000 images: open, jump, scroll, insert, memory.

The library behind them is made up on the fly (its own speed is measured elsewhere); thumbnails are real files. The
baseline is a stock QListView in icon mode with a model in Python, as large, in the same process."""

from __future__ import annotations

import asyncio
import os
import random
import statistics
import tempfile
from array import array
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, thread_time
from types import SimpleNamespace
from typing import Any

import qasync
from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QListView

from studio.bootstrap import GroupCount, LibraryQuery, RunPage, StackedIds
from studio.domain.assets import ImageFacts, Size
from studio.domain.events import ImageSaved, StudioEvent
from studio.domain.jobs import Call, CallState, ImageRecord, Job, JobState, Run
from studio.domain.request import FittedRequest, GenerationRequest, Target
from studio.domain.values import BlobHash, CallId, ImageId, JobId, RunId
from studio.ui.actions import StudioActions
from studio.ui.gallery.gallery import GalleryPanel
from studio.ui.garbage import GarbageTimer
from studio.ui.theme import Scheme, Theme

VIEWPORT = QSize(1440, 900)
STEPS = 60
IMAGES_PER_RUN = 4
_BLOBS = 400
_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


class MadeUpLibrary:
    """Answers as `storage.Library` does, for `count` images in runs of four."""

    def __init__(self, count: int) -> None:
        self.images_count, self.runs_count = count, count // IMAGES_PER_RUN

    def _image(self, number: int) -> ImageRecord:
        run, index = divmod(number - 1, IMAGES_PER_RUN)
        return ImageRecord(
            id=ImageId(number),
            run_id=RunId(run + 1),
            job_id=JobId(f"{run + 1}.{index + 1}"),
            call_id=CallId(f"{run + 1}.{index + 1}.1"),
            index=0,
            blob=BlobHash(f"{number % _BLOBS:064x}"),
            path=f"output/images/{number}.png",
            facts=ImageFacts(media_type="image/png", width=1024, height=1024, size_bytes=1_000_000),
            provider="demo",
            model="demo-painter",
            prompt="a prompt",
            created_at=_BEGIN + timedelta(seconds=number),
            rating=number % 6,
        )

    async def count(self, query: LibraryQuery | None = None) -> int:
        return self.images_count

    async def ids(self, query: LibraryQuery, offset: int = 0, limit: int = 1000) -> list[int]:
        return list(range(self.images_count - offset, max(0, self.images_count - offset - limit), -1))

    async def page(self, query: LibraryQuery, offset: int = 0, limit: int = 100) -> list[ImageRecord]:
        return [self._image(number) for number in await self.ids(query, offset, limit)]

    async def groups(self, query: LibraryQuery) -> list[GroupCount]:
        return [GroupCount(run, IMAGES_PER_RUN, IMAGES_PER_RUN) for run in range(self.runs_count, 0, -1)]

    async def stacked(self, query: LibraryQuery, told: object = None) -> StackedIds:
        """Every fourth image stands for itself and the next two."""
        everything = await self.ids(query, 0, self.images_count)
        stacks = {everything[i]: tuple(everything[i : i + 3]) for i in range(0, len(everything) - 3, IMAGES_PER_RUN)}
        hidden = {one for members in stacks.values() for one in members[1:]}
        ids = array("q", (one for one in everything if one not in hidden))
        size = len(ids) // self.runs_count
        groups = [GroupCount(run, size, IMAGES_PER_RUN) for run in range(self.runs_count, 0, -1)]
        return StackedIds(ids, stacks, tuple(groups) if query.group else (), self.images_count)

    async def images(self, ids: list[int]) -> list[ImageRecord]:
        return [self._image(number) for number in ids]

    async def run_count(self, query: LibraryQuery | None = None) -> int:
        return self.runs_count

    async def run_position(self, run_id: int, query: LibraryQuery) -> int | None:
        return self.runs_count - run_id

    async def runs(self, query: LibraryQuery, offset: int = 0, limit: int = 20) -> list[RunPage]:
        first = self.runs_count - offset
        return [self._run(number) for number in range(first, max(0, first - limit), -1)]

    def _run(self, number: int) -> RunPage:
        at = _BEGIN + timedelta(seconds=number)
        prompt = f"Stoneware vase and {number % 7} pears on folded linen, soft north window light, lime-plaster wall"
        target = Target(provider="demo", model="demo-painter")
        fitted = FittedRequest(prompt=prompt, expected_size=Size.of(1024, 1024))
        jobs = []
        for index in range(IMAGES_PER_RUN):
            job_id = JobId(f"{number}.{index + 1}")
            call = Call(
                id=CallId(f"{job_id}.1"),
                job_id=job_id,
                index=0,
                image_count=1,
                first_image_index=0,
                state=CallState.DONE,
            )
            jobs.append(
                Job(
                    id=job_id,
                    run_id=RunId(number),
                    position=index,
                    target=target,
                    fitted=fitted,
                    state=JobState.DONE,
                    queued_at=at,
                    sent_at=at,
                    finished_at=at + timedelta(seconds=14),
                    calls=(call,),
                )
            )
        run = Run(
            id=RunId(number),
            created_at=at,
            request=GenerationRequest(prompt=prompt),
            targets=(target,) * IMAGES_PER_RUN,
            jobs=tuple(jobs),
        )
        first = (number - 1) * IMAGES_PER_RUN + 1
        return RunPage(run, tuple(self._image(first + index) for index in range(IMAGES_PER_RUN)))


class _MadeUpHost:
    """Carries work out on the running loop, as `SharedLoopHost` does."""

    def __init__(self, studio: Any) -> None:
        self.studio = studio
        self._tasks: set[asyncio.Task[None]] = set()

    def submit(self, work: Callable[[Any], Awaitable[Any]]) -> Future[Any]:
        outcome: Future[Any] = Future()

        async def answer() -> None:
            outcome.set_result(await work(self.studio))

        task = asyncio.get_running_loop().create_task(answer())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return outcome


class MadeUpClient(QObject):
    arrived = Signal(list)

    def __init__(self, count: int, folder: Path) -> None:
        super().__init__()

        async def thumbnail_path(blob: str, bucket: int) -> Path:
            return folder / f"{int(blob, 16)}.jpg"

        settings = SimpleNamespace(current=SimpleNamespace(single_key_shortcuts=True))
        workspace = SimpleNamespace(
            library=MadeUpLibrary(count),
            archive=SimpleNamespace(thumbnail_path=thumbnail_path),
            folder=SimpleNamespace(root=folder),
        )
        self.studio = SimpleNamespace(specs=(), settings=settings, workspace=workspace)
        self.host = _MadeUpHost(self.studio)

    async def run(self, work: Callable[[Any], Awaitable[Any]]) -> Any:
        return await asyncio.wrap_future(self.host.submit(work))


class StockModel(QAbstractListModel):
    def __init__(self, count: int, pixmaps: list[QPixmap]) -> None:
        super().__init__()
        self._count, self._pixmaps = count, pixmaps

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return self._count

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return f"demo-painter {index.row()}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._pixmaps[index.row() % len(self._pixmaps)]
        return None

    def insert(self) -> None:
        self.beginInsertRows(QModelIndex(), 0, 0)
        self._count += 1
        self.endInsertRows()


def _draw_thumbnails(folder: Path) -> None:
    dice = random.Random(7)
    for number in range(_BLOBS):
        image = QImage(256, 256, QImage.Format.Format_RGB32)
        image.fill(QColor.fromHsv(dice.randrange(360), 120, 180))
        painter = QPainter(image)
        for _ in range(12):
            colour = QColor.fromHsv(dice.randrange(360), 200, 220)
            painter.fillRect(dice.randrange(200), dice.randrange(200), dice.randrange(90), dice.randrange(90), colour)
        painter.end()
        image.save(str(folder / f"{number}.jpg"), quality=85)


def _resident_mb() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1_048_576


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1] * 1000


@contextmanager
def _timed(times: list[float], busy: list[float] | None = None) -> Iterator[None]:
    """Adds seconds by the clock, and to `busy` those in which this thread had a processor: less depends on the load."""
    begun, worked = perf_counter(), thread_time()
    yield
    times.append(perf_counter() - begun)
    if busy is not None:
        busy.append(thread_time() - worked)


async def _settle(view: QListView, longest: list[float]) -> None:
    """Let pages and thumbnails arrive; each turn of the event loop is timed."""
    for _ in range(30):
        with _timed(longest):
            await asyncio.sleep(0)


async def _ours(count: int, folder: Path) -> dict[str, dict[str, float]]:
    figures: dict[str, dict[str, float]] = {}
    before = _resident_mb()
    client = MadeUpClient(count, folder)
    opened: list[float] = []
    with _timed(opened):
        panel = GalleryPanel(client, StudioActions())  # type: ignore[arg-type]  # as much of a client as is asked
        panel.resize(VIEWPORT)
        panel.set_view("grid")
        panel.show()
        while not panel.images.rowCount():  # noqa: ASYNC110  # what is timed is the turns of the loop themselves
            await asyncio.sleep(0)
        panel.grid.viewport().repaint()
    await _settle(panel.grid, [])
    for name, view in (("grid", panel.grid), ("runs", panel.runs)):
        panel.set_view(name)
        await _settle(view, [])
        figures[name] = await _walk(view)
    figures["grid"]["open"] = opened[0] * 1000
    figures["grid"]["insert"] = await _inserts(panel, client, count)
    figures["grid"]["memory"] = _resident_mb() - before
    figures["grid in groups"] = await _groups(panel)
    figures["grid in groups and stacks"] = await _stacks(panel)
    panel.close()
    panel.deleteLater()
    await asyncio.sleep(0.1)
    return figures


async def _walk(view: QListView) -> dict[str, float]:
    dice, bar = random.Random(3), view.verticalScrollBar()
    busy: defaultdict[str, list[float]] = defaultdict(list)
    jumps: list[float] = []
    turns: list[float] = []
    for _ in range(STEPS):
        with _timed(jumps, busy["jumps"]):
            bar.setValue(dice.randrange(max(1, bar.maximum())))
            view.viewport().repaint()
        await _settle(view, turns)
    scrolls: list[float] = []
    for _ in range(STEPS * 2):
        with _timed(scrolls, busy["scrolls"]):
            bar.setValue(bar.value() + 24)
            QApplication.sendPostedEvents(None, QEvent.Type.UpdateRequest.value)  # paints what asks for it
        with _timed(turns):
            await asyncio.sleep(0)
    figures = {"jump": _p95(jumps), "scroll": _p95(scrolls), "turn": _p95(turns)}
    return figures | {"jump busy": _p95(busy["jumps"]), "scroll busy": _p95(busy["scrolls"])}


async def _inserts(panel: GalleryPanel, client: MadeUpClient, count: int) -> float:
    panel.set_view("grid")
    await _settle(panel.grid, [])
    times: list[float] = []
    library = client.studio.workspace.library
    for number in range(count + 1, count + 31):
        image = library._image(number)
        event: StudioEvent = ImageSaved(at=image.created_at, run_id=image.run_id, job_id=image.job_id, image=image)
        with _timed(times):
            panel.apply([event])
        await asyncio.sleep(0.01)
    return statistics.median(times) * 1000


async def _groups(panel: GalleryPanel) -> dict[str, float]:
    options, grid = panel.bar.grid_options, panel.grid
    options.set_grouping("run")
    while not panel.images.groups:  # noqa: ASYNC110  # as above
        await asyncio.sleep(0)
    await _settle(grid, [])
    figures = await _walk(grid)
    busy: defaultdict[str, list[float]] = defaultdict(list)
    folds: list[float] = []
    sizes: list[float] = []
    for step in range(STEPS):
        with _timed(folds, busy["folds"]):
            grid.set_folded(grid.groups_shown().start, step % 2 == 0)
            grid.viewport().repaint()
        with _timed(sizes, busy["sizes"]):
            panel.set_tile_size(20 + step % 7 * 5)
            grid.viewport().repaint()
        await _settle(grid, [])
    figures |= {"fold": _p95(folds), "size": _p95(sizes)}
    return figures | {"fold busy": _p95(busy["folds"]), "size busy": _p95(busy["sizes"])}


async def _stacks(panel: GalleryPanel) -> dict[str, float]:
    grid = panel.grid
    panel.bar.grid_options.set_stacking(True)
    while panel.images.stacks is None:  # noqa: ASYNC110  # as above
        await asyncio.sleep(0)
    await _settle(grid, [])
    figures = await _walk(grid)
    busy: defaultdict[str, list[float]] = defaultdict(list)
    toggles: list[float] = []
    for _ in range(STEPS):
        tiles = [panel.images.tile_at(row) for row in grid.visible_rows()]
        found = next((tile.image_id for tile in tiles if tile is not None and tile.stack_size), None)
        if found is not None:
            with _timed(toggles, busy["toggles"]):
                panel.images.toggle_stack(found)
                grid.viewport().repaint()
        await _settle(grid, [])
    panel.bar.grid_options.set_stacking(False)
    panel.bar.grid_options.set_grouping("")
    return figures | {"stack": _p95(toggles), "stack busy": _p95(busy["toggles"])}


async def _stock(count: int, folder: Path) -> dict[str, float]:
    before = _resident_mb()
    pixmaps = [QPixmap(str(folder / f"{number}.jpg")) for number in range(_BLOBS)]
    opened: list[float] = []
    with _timed(opened):
        view = QListView()
        view.setViewMode(QListView.ViewMode.IconMode)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setUniformItemSizes(True)
        view.setIconSize(QSize(172, 172))
        view.setGridSize(QSize(180, 208))
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        model = StockModel(count, pixmaps)
        view.setModel(model)
        view.resize(VIEWPORT)
        view.show()
        view.viewport().repaint()
    figures = await _walk(view)
    inserts: list[float] = []
    for _ in range(30):
        with _timed(inserts):
            model.insert()
            view.doItemsLayout()
        await asyncio.sleep(0)
    figures |= {"open": opened[0] * 1000, "insert": statistics.median(inserts) * 1000}
    figures["memory"] = _resident_mb() - before
    view.close()
    view.deleteLater()
    return figures


_LEAST_BASELINE = 0.5
"""A smaller baseline has nothing to do: a ratio to it says nothing."""

_ROWS = (
    ("open", "open, first page painted", "ms", ""),
    ("jump", "jump, p95", "ms", "<= 16 ms"),
    ("jump busy", "jump, processor time, p95", "ms", "<= 5 ms"),
    ("scroll", "scroll 24 px, p95", "ms", "<= 16 ms"),
    ("scroll busy", "scroll 24 px, processor time, p95", "ms", "<= 5 ms"),
    ("turn", "turns of the event loop while pages arrive, p95", "ms", "<= 16 ms"),
    ("insert", "insert one image on top, median", "ms", "< 2 ms"),
    ("memory", "memory", "MB", "< 200 MB"),
    ("fold", "fold or unfold a group, p95", "ms", "<= 16 ms"),
    ("fold busy", "fold or unfold a group, processor time, p95", "ms", "<= 5 ms"),
    ("size", "another tile size, p95", "ms", "<= 16 ms"),
    ("size busy", "another tile size, processor time, p95", "ms", "<= 5 ms"),
    ("stack", "open or close a stack, p95", "ms", "<= 16 ms"),
    ("stack busy", "open or close a stack, processor time, p95", "ms", "<= 5 ms"),
)


def measure() -> list[tuple[str, ...]]:
    """The figures of this file for the table of `tests.bench`."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setQuitOnLastWindowClosed(False)
    theme = Theme(app)
    theme.set_scheme(Scheme.DARK)
    theme.install()
    garbage = GarbageTimer(app)  # as in the program: Python's own collector would strike in the middle of a paint
    garbage.settle()
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    rows: list[tuple[str, ...]] = []
    with loop, tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _draw_thumbnails(folder)
        loop.run_until_complete(_ours(100, folder))  # fonts, icons and modules are loaded once
        for count in (10_000, 100_000):
            ours = loop.run_until_complete(_ours(count, folder))
            stock = loop.run_until_complete(_stock(count, folder))
            for view in ("grid", "grid in groups", "grid in groups and stacks", "runs"):
                for key, words, unit, target in _ROWS:
                    if key not in ours[view]:
                        continue
                    mine, theirs = ours[view][key], stock.get(key, 0.0)
                    ratio = f"{mine / theirs:.2f}x" if theirs >= _LEAST_BASELINE else ""
                    baseline = f"{theirs:.1f} {unit}" if key in stock else ""
                    rows.append(
                        (
                            f"{view}, {count} images: {words}",
                            f"{mine:.1f} {unit}",
                            baseline,
                            f"{ratio}  {target}".strip(),
                        )
                    )
    garbage.stop()
    return rows
