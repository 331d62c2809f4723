"""Where each cell of a sweep stands in the matrix: blocks in rows and columns, small squares inside each block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from studio.domain.sweep import AxisPlace, SweepValue


class Axis(Protocol):
    """What the matrix must know of an axis; a `Card` and a `SweepAxis` are one."""

    @property
    def place(self) -> AxisPlace: ...
    @property
    def values(self) -> tuple[SweepValue, ...]: ...


@dataclass(frozen=True)
class MatrixShape:
    """Several axes may share a place; they are counted like digits, the last one fastest.

    A *block* is one row by one column; inside it `across` x `down` squares. `place_of` gives the coordinates of a
    square: one index for each axis, in the order of `axes`."""

    axes: tuple[Axis, ...]

    def _axes_at(self, place: str) -> list[int]:
        return [number for number, axis in enumerate(self.axes) if axis.place == place]

    def _count(self, place: str) -> int:
        count = 1
        for number in self._axes_at(place):
            count *= len(self.axes[number].values)
        return count

    @cached_property
    def rows(self) -> int:
        return self._count("rows")

    @cached_property
    def columns(self) -> int:
        return self._count("columns")

    @cached_property
    def across(self) -> int:
        return self._count("across")

    @cached_property
    def down(self) -> int:
        return self._count("down")

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        return {place: self._axes_at(place) for place in ("rows", "columns", "across", "down")}

    @property
    def square_rows(self) -> int:
        return self.rows * self.down

    @property
    def square_columns(self) -> int:
        return self.columns * self.across

    def indices(self, place: str, position: int) -> list[tuple[int, int]]:
        """(axis, index) of each axis at a place, for a position among all combinations there."""
        found: list[tuple[int, int]] = []
        for number in reversed(self._numbers[place]):
            position, index = divmod(position, len(self.axes[number].values))
            found.append((number, index))
        return found[::-1]

    def position(self, place: str, coordinates: Sequence[int]) -> int:
        """The row (column ...) in which the square at these coordinates lies; the inverse of `indices`."""
        found = 0
        for number in self._numbers[place]:
            found = found * len(self.axes[number].values) + coordinates[number]
        return found

    def values(self, place: str, position: int) -> list[SweepValue]:
        """The values that a row, a column or a square of a block stands for."""
        return [self.axes[number].values[index] for number, index in self.indices(place, position)]

    def naming_values(self, place: str, position: int) -> list[SweepValue]:
        """The same without axes of a single value, which tell nothing apart; unless nothing else is there."""
        found = self.indices(place, position)
        several = [(number, index) for number, index in found if len(self.axes[number].values) > 1]
        return [self.axes[number].values[index] for number, index in several or found[:1]]

    def place_of(self, row: int, column: int) -> tuple[int, ...]:
        """The coordinates of the square in this row and column of squares."""
        block_row, down = divmod(row, self.down)
        block_column, across = divmod(column, self.across)
        place = [0] * len(self.axes)
        for name, position in (("rows", block_row), ("columns", block_column), ("across", across), ("down", down)):
            for number, index in self.indices(name, position):
                place[number] = index
        return tuple(place)

    def values_of(self, place: Sequence[int]) -> list[SweepValue]:
        """The value of each axis at some coordinates, rows first, then columns, across, down."""
        order = [number for name in ("rows", "columns", "across", "down") for number in self._numbers[name]]
        return [self.axes[number].values[place[number]] for number in order]
