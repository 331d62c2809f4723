"""Rows of different heights in a long list: places in nearly constant time, with most heights only estimated."""

from __future__ import annotations

_BLOCK = 256


class RowHeights:
    """Row 0 is on top. Rows are counted from the bottom inside, so rows that come on top move nothing.

    A row that was never measured has the height `usual`."""

    def __init__(self) -> None:
        self._count = 0
        self._usual = 400.0
        self._measured: dict[int, dict[int, float]] = {}
        self._sums: dict[int, float] = {}

    def reset(self, count: int, usual: float) -> None:
        """Forget all measures."""
        self._count, self._usual = count, usual
        self._measured.clear()
        self._sums.clear()

    @property
    def count(self) -> int:
        return self._count

    @property
    def total(self) -> float:
        return self._usual * self._count + sum(self._sums.values())

    def insert_on_top(self, rows: int) -> None:
        self._count += rows

    def height(self, row: int) -> float:
        place = self._count - 1 - row
        return self._measured.get(place // _BLOCK, {}).get(place, self._usual)

    def set_height(self, row: int, height: float) -> float:
        """Gives back by how much the row has grown."""
        place = self._count - 1 - row
        block = self._measured.setdefault(place // _BLOCK, {})
        grown = height - block.get(place, self._usual)
        block[place] = height
        self._sums[place // _BLOCK] = self._sums.get(place // _BLOCK, 0.0) + grown
        return grown

    def top(self, row: int) -> float:
        """Where the row begins; `top(count)` is the end of the list."""
        return self.total - self._below(self._count - row)

    def row_at(self, y: float) -> int:
        """The row at this place, the nearest one outside the list; -1 when there is none."""
        if not self._count:
            return -1
        low, high = 0, self._count - 1
        while low < high:
            middle = (low + high + 1) // 2
            if self.top(middle) <= y:
                low = middle
            else:
                high = middle - 1
        return low

    def _below(self, places: int) -> float:
        """The height of the lowest `places` rows."""
        block = places // _BLOCK
        extra = sum(grown for number, grown in self._sums.items() if number < block)
        inside = self._measured.get(block, {})
        extra += sum(height - self._usual for place, height in inside.items() if place < places)
        return self._usual * places + extra
