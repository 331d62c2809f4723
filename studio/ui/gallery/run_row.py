"""One run as the Runs view shows it: columns of tiles, what changed since the run before it, facts in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.ui.gallery.live import tile_of_image
from studio.ui.gallery.tile import Tile, TileState, state_of_problem
from studio.ui.translation import catalog_text, filled, translate
from studio.ui.word_diff import Piece, diff_words

if TYPE_CHECKING:
    from studio.domain.capability import ProviderSpec
    from studio.domain.jobs import Call, ImageRecord, Job, Run
    from studio.domain.request import GenerationRequest


@dataclass(frozen=True, slots=True)
class RunColumn:
    """One job of a run."""

    job_id: str
    provider_title: str
    monogram: str
    model: str
    tiles: tuple[Tile, ...]
    seconds: float | None = None
    """From sending to the last answer; None while it is under way or was never sent."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class RunRow:
    """`pieces` are the prompt with its marks, `changes` the settings that differ from the run before, in words."""

    run: Run
    columns: tuple[RunColumn, ...]
    pieces: tuple[Piece, ...]
    changes: tuple[str, ...]
    live: bool = False

    @property
    def tiles(self) -> list[Tile]:
        """All tiles, column by column."""
        return [tile for column in self.columns for tile in column.tiles]


def make_row(
    run: Run,
    images: Sequence[ImageRecord],
    before: GenerationRequest | None,
    *,
    specs: Mapping[str, ProviderSpec],
    live_tiles: Mapping[str, Tile],
    live: bool,
) -> RunRow:
    """`before`: the request this run is compared with. A tile of `live_tiles` (by key) outranks what is stored."""
    by_place = {(image.job_id, image.index): image for image in images if not image.whole_grid}
    columns = []
    for job in sorted(run.jobs, key=lambda job: job.position):
        spec = specs.get(job.target.provider)
        tiles = []
        for call in job.calls:
            for index in range(call.first_image_index, call.first_image_index + call.image_count):
                stored = by_place.get((job.id, index))
                tile = live_tiles.get(f"{job.id}#{index}")
                if stored is not None and (tile is None or tile.image is None or tile.image.id == stored.id):
                    tile = tile_of_image(stored, specs)
                tiles.append(tile or tile_of_call(job, call, index, spec))
        columns.append(
            RunColumn(
                job_id=job.id,
                provider_title=spec.title if spec is not None else job.target.provider,
                monogram=spec.monogram if spec is not None else job.target.provider[:1].upper(),
                model=job.target.model,
                tiles=tuple(tiles),
                seconds=_seconds(job),
            )
        )
    pieces = diff_words(before.prompt if before is not None else "", run.request.prompt)
    changes = changed_settings(before, run.request) if before is not None else ()
    return RunRow(run, tuple(columns), pieces, changes, live)


def _seconds(job: Job) -> float | None:
    if job.finished_at is None:
        return None
    begun = job.sent_at or job.finished_at
    return max(0.0, (job.finished_at - begun).total_seconds())


_STATES = {"queued": TileState.QUEUED, "cancelled": TileState.CANCELLED, "uncertain": TileState.UNCERTAIN}


def _state_of(call: Call, index: int) -> TileState:
    if call.state.value == "done" and index not in call.missing:
        return TileState.GONE
    known = _STATES.get(call.state.value)
    return known or (state_of_problem(call.problem) if call.state.is_final else TileState.WAITING)


def tile_of_call(job: Job, call: Call, index: int, spec: ProviderSpec | None) -> Tile:
    """The tile of an image that did not come (yet)."""
    size, ratio = job.fitted.expected_size, job.fitted.aspect_ratio
    return Tile(
        run_id=job.run_id,
        job_id=job.id,
        index=index,
        provider=job.target.provider,
        provider_title=spec.title if spec is not None else job.target.provider,
        monogram=spec.monogram if spec is not None else job.target.provider[:1].upper(),
        model=job.target.model,
        state=_state_of(call, index),
        aspect=size.ratio if size is not None else ratio.value if ratio is not None else 1.0,
        call_id=call.id,
        problem=call.problem,
    )


def changed_settings(before: GenerationRequest, after: GenerationRequest) -> tuple[str, ...]:
    """What differs besides the prompt, each as ``Style: none → Editorial film``."""
    none = translate("RunRow", "none")
    changes = []
    for name, old, new in (
        (translate("RunRow", "Negative"), before.negative_prompt, after.negative_prompt),
        (translate("RunRow", "Size"), _size(before), _size(after)),
        (translate("RunRow", "Style"), before.style, after.style),
        (translate("RunRow", "Seed"), _seed(before), _seed(after)),
        (translate("RunRow", "Images"), str(before.n), str(after.n)),
        (translate("RunRow", "References"), _references(before), _references(after)),
    ):
        if old != new:
            words = translate("RunRow", "{name}: {before} → {after}")
            changes.append(filled(words, name=name, before=_short(old) or none, after=_short(new) or none))
    return tuple(changes)


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 28 else line[:27].rstrip() + "…"


def _size(request: GenerationRequest) -> str:
    if request.aspect_ratio is not None and request.size == "auto":
        return str(request.aspect_ratio)
    return str(request.size).replace("x", "×") if request.size != "auto" else translate("RunRow", "automatic")


def _seed(request: GenerationRequest) -> str:
    return str(request.seed) if request.seed is not None else translate("RunRow", "random")


def _references(request: GenerationRequest) -> str:
    references = request.reference_image
    if not references:
        return ""
    if len(references) == 1 and references[0].name:
        return references[0].name
    # Equal counts of different pictures must not look equal.
    return f"{len(references)}" if len(references) != 1 else translate("RunRow", "another picture")


def provider_name(column: RunColumn) -> str:
    """As the column's head shows it."""
    return catalog_text(column.provider_title)
