"""What a sweep would make and cost, cell by cell, before anything is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from studio.domain.jobs import ImageRecord
from studio.domain.notices import Notice
from studio.domain.plan import totals
from studio.domain.pricing import Estimate, Money
from studio.domain.request import Target


@dataclass(frozen=True, slots=True)
class CellForecast:
    """`made` are images of the library that answer the cell at no cost."""

    position: int
    place: tuple[int, ...]
    target_index: int
    state: Literal["new", "made", "blocked"]
    image_count: int
    call_count: int
    """Paid requests; 0 unless new."""
    estimate: Estimate
    notices: tuple[Notice, ...] = ()
    made: tuple[ImageRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class SweepForecast:
    """What a sweep would make and cost. Sums are of new cells only, one for each currency."""

    cells: tuple[CellForecast, ...]
    unpriced: tuple[Target, ...]
    """Targets of new cells whose price nobody publishes."""
    typical: tuple[Money, ...]
    at_most: tuple[Money, ...]
    prices_as_of: date | None
    seconds: float | None
    """Usual duration of all that is new; None when nobody knows."""

    def part(self, positions: Sequence[int]) -> SweepForecast:
        """The same for some of the cells only, without a duration."""
        wanted = set(positions)
        cells = tuple(cell for cell in self.cells if cell.position in wanted)
        new = [cell.estimate for cell in cells if cell.state == "new"]
        typical, at_most = totals(one.typical for one in new), totals(one.at_most for one in new)
        return replace(self, cells=cells, typical=typical, at_most=at_most, seconds=None)

    @property
    def cell_count(self) -> int:
        return len(self.cells)

    @property
    def image_count(self) -> int:
        return sum(cell.image_count for cell in self.cells)

    @property
    def new(self) -> tuple[CellForecast, ...]:
        return tuple(cell for cell in self.cells if cell.state == "new")

    @property
    def made(self) -> tuple[CellForecast, ...]:
        return tuple(cell for cell in self.cells if cell.state == "made")

    @property
    def blocked(self) -> tuple[CellForecast, ...]:
        return tuple(cell for cell in self.cells if cell.state == "blocked")

    @property
    def new_image_count(self) -> int:
        return sum(cell.image_count for cell in self.new)

    @property
    def paid_call_count(self) -> int:
        """Requests of new cells that cost money, or whose price nobody knows."""
        return sum(cell.call_count for cell in self.new if not cell.estimate.is_free)

    @property
    def call_count(self) -> int:
        """Requests of all new cells, each of which is billed where the model is not free."""
        return sum(cell.call_count for cell in self.cells)
