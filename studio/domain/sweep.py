"""A sweep: one stored experiment. An *axis* varies one thing; a *cell* is one value of each axis at one target;
`sweep_cells` makes those of a plan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from math import prod
from typing import Annotated, Literal

from pydantic import Field

from studio.domain.assets import Size, SizeName
from studio.domain.errors import Problem
from studio.domain.jobs import CallState
from studio.domain.pricing import Money
from studio.domain.request import SEED_MAX, GenerationRequest, Target
from studio.domain.values import Frozen, ImageId, JobId, OptionValue, RunId, SweepId

SWEEP_CELLS_MAX = 10_000

AxisKind = Literal["words", "negative words", "target", "size", "seed", "style", "negative", "option"]
AxisPlace = Literal["rows", "columns", "across", "down"]
"""Where it stands in the sheet; across and down: inside a cell of rows and columns."""
SweepOrder = Literal["rows", "columns", "random"]
SweepState = Literal["running", "paused", "interrupted", "done", "stopped"]
CellState = Literal["waiting", "running", "done", "cached", "failed", "uncertain", "cancelled", "blocked"]


class SweepValue(Frozen):
    """One value of an axis: its own field holds it. A seed or option of None leaves that to the model."""

    label: str
    weight: Annotated[float, Field(gt=0)] = 1.0
    words: str | None = None
    target: Target | None = None
    size: Size | SizeName | None = None
    seed: Annotated[int, Field(ge=0, le=SEED_MAX)] | None = None
    style: str | None = None
    negative_prompt: str | None = None
    option: OptionValue | None = None


class SweepAxis(Frozen):
    kind: AxisKind
    place: AxisPlace
    values: tuple[SweepValue, ...]
    choice: int | None = None
    """Which choice of the prompt (or negative prompt) the words are for, from 0."""
    list_name: str | None = None
    option: str | None = None
    """Name of the option; targets without it say so in a notice."""


class SweepPlan(Frozen):
    """`request.prompt` and `request.negative_prompt` are templates; an axis of words has the values of each choice."""

    request: GenerationRequest
    targets: tuple[Target, ...] = ()
    """Used when no axis varies the target: each of them draws every combination."""
    axes: tuple[SweepAxis, ...] = ()
    make: Literal["all", "sample"] = "all"
    sample_count: Annotated[int, Field(ge=1, le=SWEEP_CELLS_MAX)] = 20
    """Combinations, of `targets` each."""
    sample_seed: int = 0
    """The same seed draws the same sample; a larger sample begins with the smaller one."""
    order: SweepOrder = "rows"
    stop_after_failures: Annotated[int, Field(ge=1)] | None = 3
    left_out: frozenset[tuple[int, ...]] = frozenset()
    """Combinations that are not made: one index for each axis."""

    @property
    def drawing(self) -> tuple[Target, ...]:
        """Who draws: the values of an axis of targets, or else `targets`."""
        axis = next((axis for axis in self.axes if axis.kind == "target"), None)
        if axis is None:
            return self.targets
        return tuple(value.target for value in axis.values if value.target is not None)

    @property
    def combination_count(self) -> int:
        """Combinations of all axes and targets, before a sample is drawn or anything is left out."""
        target_count = 1 if any(axis.kind == "target" for axis in self.axes) else len(self.targets)
        return prod(len(axis.values) for axis in self.axes) * target_count


class SweepAddress(Frozen):
    """Where more of a sweep would be sent, when that is not the address of the settings."""

    provider: str
    base_url: str
    of_settings: str
    """Empty where the provider has its own."""


@dataclass(frozen=True, slots=True)
class SweepCell:
    """`position` counts from 0 in the chosen order; `place` has one index for each axis of the plan."""

    position: int
    place: tuple[int, ...]
    target_index: int
    """Index into the values of the target axis, or into `SweepPlan.targets`."""
    request: GenerationRequest
    target: Target


class CellOutcome(Frozen):
    position: int
    state: CellState = "waiting"
    run_id: RunId | None = None
    job_id: JobId | None = None
    image_ids: tuple[ImageId, ...] = ()
    problem: str = ""
    """Title of what went wrong."""


class SweepRecord(Frozen):
    """A sweep as it is kept: what was asked, not what came of it."""

    id: SweepId
    created_at: datetime
    plan: SweepPlan
    positions: tuple[int, ...]
    """The cells that were asked for, ascending."""
    blocked: tuple[int, ...] = ()
    """Those of them that their target cannot make."""
    repeated: tuple[int, ...] = ()
    """Those that ask for the same as an earlier one. They are pictures of their own, so the library never answers."""
    state: SweepState = "running"
    problem: Problem | None = None


class Sweep(Frozen):
    """A sweep with what became of its cells so far; `cells` are those that were asked for, by position."""

    id: SweepId
    created_at: datetime
    plan: SweepPlan
    state: SweepState
    problem: Problem | None = None
    """Why it paused; None when the user did that."""
    cells: tuple[CellOutcome, ...] = ()
    billed: tuple[Money, ...] = ()

    @property
    def reason(self) -> str:
        """Why it paused, in words; empty when the user did that."""
        return self.problem.text if self.problem is not None else ""

    @property
    def total(self) -> int:
        """Cells that can be made."""
        return sum(cell.state != "blocked" for cell in self.cells)

    @property
    def done(self) -> int:
        """Cells with a picture."""
        return sum(cell.state in ("done", "cached") for cell in self.cells)

    @property
    def failed(self) -> int:
        """Cells that ended without a picture and without doubt."""
        return sum(cell.state in ("failed", "cancelled") for cell in self.cells)

    @property
    def in_doubt(self) -> int:
        """Cells without a picture that may have been billed (uncertain)."""
        return sum(cell.state == "uncertain" for cell in self.cells)

    @property
    def waiting(self) -> int:
        return sum(cell.state == "waiting" for cell in self.cells)

    @property
    def images(self) -> int:
        return sum(len(cell.image_ids) for cell in self.cells)


NOT_SENT = frozenset({"not_sent", "over_budget"})
"""Kinds of problems of a cancelled call with which nothing has left: its cell still waits."""


def cell_state(calls: Iterable[tuple[CallState, str | None]], *, cached: bool) -> CellState:
    """What the calls of a job, each with the kind of its problem, mean for its cell."""
    kinds = tuple(calls)
    states = {state for state, _ in kinds}
    if any(not state.is_final for state in states):
        return "running"
    if CallState.DONE in states:
        return "cached" if cached else "done"
    if CallState.UNCERTAIN in states:
        return "uncertain"
    if CallState.FAILED in states:
        return "failed"
    return "waiting" if all(kind in NOT_SENT for _, kind in kinds) else "cancelled"
