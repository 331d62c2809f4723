"""The tiles of runs that are under way, kept up to date from the event stream."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from time import monotonic
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QObject, Signal

from studio.ui.gallery.tile import Tile, TileState, state_of_problem

if TYPE_CHECKING:
    from studio.domain.capability import ProviderSpec
    from studio.domain.events import (
        CallChanged,
        ImageMissing,
        ImageSaved,
        JobFinished,
        JobProgressed,
        PartialArrived,
        QueueChanged,
        RetryScheduled,
        StudioEvent,
    )
    from studio.domain.jobs import ImageRecord, Job, Run


def tile_of_image(image: ImageRecord, specs: Mapping[str, ProviderSpec]) -> Tile:
    """The tile of a finished image of the library."""
    spec = specs.get(image.provider)
    state = TileState.MISSING if image.missing else TileState.CACHED if image.cached_from else TileState.DONE
    return Tile(
        run_id=image.run_id,
        job_id=image.job_id,
        index=image.index,
        provider=image.provider,
        provider_title=spec.title if spec is not None else image.provider,
        monogram=spec.monogram if spec is not None else image.provider[:1].upper(),
        model=image.model,
        state=state,
        image=image,
        aspect=image.facts.width / max(1, image.facts.height),
    )


class LiveTiles(QObject):
    """`changed` carries the key of one tile, `reordered` comes when tiles come or go.

    When a run has ended (`settle`) its finished images belong to the library alone; what failed stays a tile until the
    next run begins, so that the grid does not lose it from one moment to the next."""

    changed = Signal(str)
    run_changed = Signal(object)
    """Something of a run besides its tiles; carries its number."""
    saved = Signal(object)
    """An image reached the library; carries its record."""
    run_started = Signal(object)
    run_ended = Signal(object)
    """Carries the number of the run."""
    reordered = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._specs: Mapping[str, ProviderSpec] = {}
        self._tiles: dict[str, Tile] = {}
        self._runs: dict[int, Run] = {}
        self._settled: set[int] = set()
        self._calls: dict[str, tuple[str, int, int]] = {}
        self._queue: QueueChanged | None = None

    def set_specs(self, specs: Mapping[str, ProviderSpec]) -> None:
        self._specs = specs

    @property
    def runs(self) -> Mapping[int, Run]:
        """Live runs by number, oldest first."""
        return self._runs

    def tile(self, key: str) -> Tile | None:
        return self._tiles.get(key)

    def tiles_of_run(self, run_id: int) -> list[Tile]:
        return [tile for tile in self._tiles.values() if tile.run_id == run_id]

    def tiles_of_job(self, job_id: str) -> list[Tile]:
        return [tile for tile in self._tiles.values() if tile.job_id == job_id]

    def unfinished(self) -> list[Tile]:
        """Tiles without an image, newest run first, in the order of their targets."""
        pending = [tile for tile in self._tiles.values() if tile.image is None]
        return sorted(pending, key=lambda tile: -tile.run_id)

    def settle(self, run_id: int) -> None:
        """The run has ended and the library has been told everything."""
        run = self._runs.pop(run_id, None)
        if run is None:
            return
        jobs = {job.id for job in run.jobs}
        self._calls = {call: place for call, place in self._calls.items() if place[0] not in jobs}
        self._settled.add(run_id)
        self._drop(lambda tile: tile.run_id == run_id and tile.image is not None)
        self.run_changed.emit(run_id)

    def dismiss(self, job_id: str) -> None:
        """Take the failed tiles of a job out of the grid: it is made again, or the user has seen to it."""
        self._drop(lambda tile: tile.job_id == job_id and tile.image is None and not tile.state.is_live)
        self.reordered.emit()

    def _drop(self, unwanted: Callable[[Tile], bool]) -> None:
        self._tiles = {key: tile for key, tile in self._tiles.items() if not unwanted(tile)}

    def take(self, event: StudioEvent) -> None:
        """One event of the stream, in its order."""
        match event.kind:
            case "run_started":
                self._start(event.run)
            case "job_added":
                self._put_job(event.job)
                self._add_job(event.job)
                self.reordered.emit()
            case "call_changed" | "queue_changed":
                self._line_changed(event)
            case "job_progressed":
                self._progressed(event)
            case "partial_arrived":
                self._partial(event)
            case "retry_scheduled":
                self._retry(event)
            case "image_saved":
                self._saved(event)
            case "image_missing":
                self._missing(event)
            case "job_finished":
                self._finished(event)
            case "run_finished":
                if event.run_id in self._runs:
                    self._runs[event.run_id] = event.run
                self.run_ended.emit(event.run_id)

    # ------------------------------------------------------------------------------------------------ inner
    def _start(self, run: Run) -> None:
        settled = self._settled
        self._drop(lambda tile: tile.run_id in settled)
        self._settled = set()
        self._runs[run.id] = run
        for job in run.jobs:
            self._add_job(job)
        self.run_started.emit(run)
        self.reordered.emit()

    def _add_job(self, job: Job) -> None:
        spec = self._specs.get(job.target.provider)
        model = spec.model(job.target.model) if spec is not None else None
        size = job.fitted.expected_size
        ratio = job.fitted.aspect_ratio
        aspect = size.ratio if size is not None else ratio.value if ratio is not None else 1.0
        for call in job.calls:
            self._calls[call.id] = (job.id, call.first_image_index, call.image_count)
            if call.state.is_final:
                continue  # of a run that is resumed: the library knows what came of it
            for index in range(call.first_image_index, call.first_image_index + call.image_count):
                tile = Tile(
                    run_id=job.run_id,
                    job_id=job.id,
                    index=index,
                    provider=job.target.provider,
                    provider_title=spec.title if spec is not None else job.target.provider,
                    monogram=spec.monogram if spec is not None else "?",
                    model=job.target.model,
                    state=TileState.QUEUED,
                    aspect=aspect,
                    call_id=call.id,
                    since=monotonic(),
                    usual_s=model.capability.typical_s if model is not None else (0.0, 0.0),
                    cancellable=model.capability.cancellable if model is not None else False,
                    held_by=self._held_by(job.run_id),
                )
                self._tiles.setdefault(tile.key, tile)

    def _held_by(self, run_id: int) -> Literal["", "queue", "run", "sweep"]:
        """What is paused that a run has to wait for; the nearest that the user can go on with comes last."""
        queue = self._queue
        if queue is None:
            return ""
        if run_id in queue.held_runs:
            return "sweep"
        if run_id in queue.paused_runs:
            return "run"
        return "queue" if queue.paused else ""

    def _hold(self) -> None:
        """Something was paused or goes on: what waits has a place in line only while nothing holds it."""
        held = {run_id: self._held_by(run_id) for run_id in self._runs}
        for tile in list(self._tiles.values()):
            held_by = held.get(tile.run_id, "")
            if tile.held_by != held_by and tile.image is None and tile.state.is_live:
                self._set(tile.key, held_by=held_by)

    def _set(self, key: str, **values: object) -> None:
        tile = self._tiles.get(key)
        if tile is not None:
            self._tiles[key] = tile.changed(**values)
            self.changed.emit(key)

    def _waiting_of_call(self, call_id: str) -> list[Tile]:
        job_id, first, count = self._calls.get(call_id, ("", 0, 0))
        found = [self._tiles.get(f"{job_id}#{index}") for index in range(first, first + count)]
        return [tile for tile in found if tile is not None and tile.image is None and tile.state.is_live]

    def _line_changed(self, event: CallChanged | QueueChanged) -> None:
        if event.kind == "call_changed":
            self._call_changed(event)
        else:
            self._queue = event
            self._hold()

    def _call_changed(self, event: CallChanged) -> None:
        for tile in self._waiting_of_call(event.call_id):
            if event.state == "queued":
                place, waits = event.queue_place, event.waits_s
                self._set(tile.key, state=TileState.QUEUED, queue_place=place, waits_s=waits)
            elif not event.state.is_final:
                begun = tile.since if tile.state is not TileState.QUEUED else monotonic()
                keep = tile.state if tile.state in (TileState.PARTIAL, TileState.PROGRESS) else TileState.WAITING
                self._set(tile.key, state=keep, since=begun, resumed=tile.resumed or event.resumed)

    def _progressed(self, event: JobProgressed) -> None:
        for tile in self._waiting_of_call(event.call_id):
            if event.fraction is not None:
                self._set(tile.key, state=TileState.PROGRESS, fraction=event.fraction)
            elif tile.state in (TileState.QUEUED, TileState.RETRY):
                self._set(tile.key, state=TileState.WAITING)

    def _partial(self, event: PartialArrived) -> None:
        key = f"{event.job_id}#{event.image_index}"
        tile = self._tiles.get(key)
        if tile is None or tile.image is not None:
            return
        state = TileState.PROGRESS if tile.fraction is not None else TileState.PARTIAL
        self._set(key, state=state, step=event.step, steps=event.steps, partial_path=event.path)

    def _retry(self, event: RetryScheduled) -> None:
        for tile in self._waiting_of_call(event.call_id):
            self._set(
                tile.key,
                state=TileState.RETRY,
                problem=event.problem,
                retry_at=monotonic() + event.delay_s,
                retry_delay_s=event.delay_s,
                attempt=event.attempt,
                attempts_max=event.attempts_max,
            )

    def _saved(self, event: ImageSaved) -> None:
        image = event.image
        if not image.whole_grid:
            key = f"{image.job_id}#{image.index}"
            done = tile_of_image(image, self._specs)
            before = self._tiles.get(key)
            self._tiles[key] = done if before is None else done.changed(partial_path=before.partial_path)
            self.changed.emit(key)
            self.reordered.emit()
        self.saved.emit(image)

    def _missing(self, event: ImageMissing) -> None:
        state = TileState.CANCELLED if event.problem.kind == "cancelled" else state_of_problem(event.problem)
        self._set(f"{event.job_id}#{event.image_index}", state=state, problem=event.problem)

    def _finished(self, event: JobFinished) -> None:
        states = {"uncertain": TileState.UNCERTAIN, "cancelled": TileState.CANCELLED}
        state = states.get(event.state.value, state_of_problem(event.problem))
        for tile in self.tiles_of_job(event.job_id):
            if tile.image is None and tile.state.is_live:
                self._set(tile.key, state=state, problem=tile.problem or event.problem)
        self._put_job(event.job)

    def _put_job(self, job: Job) -> None:
        """The newest that is known of a job of a live run."""
        run = self._runs.get(job.run_id)
        if run is None:
            return
        others = tuple(known for known in run.jobs if known.id != job.id)
        self._runs[run.id] = run.model_copy(update={"jobs": (*others, job)})
        self.run_changed.emit(run.id)
