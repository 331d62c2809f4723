"""Where cells and headers of the grid lie: plain arithmetic, at most a binary search over the groups."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from itertools import accumulate

from PySide6.QtCore import QRectF

GAP = 8
MARGIN = 16


class GridLayout:
    """Loose rows come first (all of them when nothing is grouped), then groups, each below its header.

    Heights count from the top of the list, in logical pixels; `top` etc. are no places in the viewport. A folded group
    is its header alone. Lines per group are summed up once per change of columns or folds, never per pixel."""

    def __init__(self) -> None:
        self.columns, self.cell_width, self.cell_height = 1, 100.0, 120.0
        self.header_height = 0.0
        self._loose = 0
        self._sizes: list[int] = []
        self._folded: set[int] = set()
        self._starts = [0]
        self._lines = [0]

    # ------------------------------------------------------------------------------------------------ what there is
    def set_shape(self, columns: int, cell_width: float, cell_height: float, header_height: float) -> None:
        """How many cells a line has and how large things are."""
        others = columns != self.columns
        self.columns, self.cell_width, self.cell_height = columns, cell_width, cell_height
        self.header_height = header_height
        if others:
            self._sum_up()

    def set_rows(self, loose: int, sizes: Sequence[int], folded: Collection[int]) -> None:
        """Rows without a group, rows of each group, and the places of the groups that are folded."""
        self._loose, self._sizes, self._folded = loose, list(sizes), set(folded)
        self._starts = list(accumulate(sizes, initial=loose))
        self._sum_up()

    def fold(self, group: int, folded: bool) -> None:
        """Fold one group to its header, or show it."""
        (self._folded.add if folded else self._folded.discard)(group)
        self._sum_from(group)

    def grow(self, group: int, rows: int) -> None:
        """A group has more rows than before (or fewer). The groups before it are not looked at."""
        self._sizes[group] += rows
        self._starts[group:] = accumulate(self._sizes[group:], initial=self._starts[group])
        lines = 0 if group in self._folded else -(-self._sizes[group] // self.columns)
        if lines != self._lines[group + 1] - self._lines[group]:
            self._sum_from(group)

    def _sum_up(self) -> None:
        self._sum_from(0)

    def _sum_from(self, first: int) -> None:
        """Lines above each group, from `first` on. All in C: 25 000 groups must not be felt when cells change size."""
        columns = self.columns
        sizes = self._sizes[first:] if first else self._sizes
        lines = {size: -(-size // columns) for size in set(sizes)}
        of_each: Iterable[int] = map(lines.__getitem__, sizes)
        if self._folded:
            listed = list(of_each)
            for place in self._folded:
                if place >= first:
                    listed[place - first] = 0
            of_each = listed
        above = self._lines[first] if first else -(-self._loose // columns)
        self._lines[first:] = accumulate(of_each, initial=above)

    @property
    def groups_count(self) -> int:
        return len(self._sizes)

    @property
    def count(self) -> int:
        """Rows, those of folded groups too."""
        return self._starts[-1]

    @property
    def step(self) -> float:
        """From a line to the next."""
        return self.cell_height + GAP

    @property
    def height(self) -> float:
        return self.top(len(self._sizes)) + GAP / 2

    def top(self, group: int) -> float:
        """Where the header of a group begins; that of the last and one is the end of the list."""
        return GAP / 2 + self._lines[group] * self.step + group * self.header_height

    def header(self, group: int, width: float) -> QRectF:
        return QRectF(0, self.top(group), width, self.header_height)

    def rows_of(self, group: int) -> range:
        """The rows of a group, folded or not; -1 stands for the loose ones."""
        return range(self._starts[group], self._starts[group + 1]) if group >= 0 else range(self._loose)

    def group_of(self, row: int) -> int:
        """The group of a row; -1 for loose ones."""
        return bisect_right(self._starts, row, hi=len(self._sizes)) - 1

    def is_folded(self, group: int) -> bool:
        return group in self._folded

    def is_hidden(self, row: int) -> bool:
        """Whether the row lies in a folded group."""
        return bool(self._folded) and self.group_of(row) in self._folded

    # ------------------------------------------------------------------------------------------------ places
    def cell(self, row: int) -> QRectF:
        """Where a cell lies; one in a folded group is where its header is."""
        group = self.group_of(row)
        if group in self._folded:
            return QRectF(MARGIN, self.top(group), self.columns * (self.cell_width + GAP) - GAP, self.header_height)
        line, column = divmod(row - self.rows_of(group).start, self.columns)
        x = MARGIN + column * (self.cell_width + GAP)
        return QRectF(x, self._cells_top(group) + line * self.step, self.cell_width, self.cell_height)

    def group_at(self, y: float) -> int:
        """The group whose header or cells lie at this height, the nearest one outside; -1 is above the first."""
        return bisect_right(range(len(self._sizes)), y, key=self.top) - 1

    def row_at(self, x: float, y: float) -> int:
        """The row of the cell at a place, -1 where there is none."""
        group = self.group_at(y)
        inside_x, inside_y = x - MARGIN, y - self._cells_top(group)
        column, line = int(inside_x // (self.cell_width + GAP)), int(inside_y // self.step)
        rows = self.rows_of(group)
        row = rows.start + line * self.columns + column
        if inside_x < 0 or inside_y < 0 or column >= self.columns or row >= rows.stop or group in self._folded:
            return -1
        hit = inside_x - column * (self.cell_width + GAP) <= self.cell_width
        return row if hit and inside_y - line * self.step <= self.cell_height else -1

    def header_at(self, y: float) -> int:
        """The group whose header lies at this height, -1 for none."""
        group = self.group_at(y)
        return group if group >= 0 and y < self.top(group) + self.header_height else -1

    def groups_between(self, top: float, bottom: float) -> range:
        """Groups of which something lies between two heights; -1 is among them for the loose rows."""
        return range(self.group_at(top), self.group_at(bottom) + 1)

    def rows_between(self, top: float, bottom: float) -> list[int]:
        """Rows whose lines touch the space between two heights."""
        found: list[int] = []
        for group in self.groups_between(top, bottom):
            if group in self._folded:
                continue
            rows, begin = self.rows_of(group), self._cells_top(group)
            first = rows.start + max(0, int((top - begin) // self.step)) * self.columns
            last = rows.start + max(0, int((bottom - begin) // self.step) + 1) * self.columns
            found += range(min(first, rows.stop), min(last, rows.stop))
        return found

    def shown_ranges(self, first: int, last: int) -> list[tuple[int, int]]:
        """What of the rows `first` to `last` can be seen, as ranges with both ends in them."""
        ranges: list[tuple[int, int]] = []
        for group in sorted(self._folded):
            hidden = self.rows_of(group)
            if hidden.start > last:
                break
            if hidden.stop > first:
                if hidden.start > first:
                    ranges.append((first, hidden.start - 1))
                first = hidden.stop
        return [*ranges, (first, last)] if first <= last else ranges

    # ------------------------------------------------------------------------------------------------ steps
    def beside(self, row: int, step: int) -> int:
        """The stop before (-1) or after (1) a row: a cell, or a folded group, which is stood for by its first row."""
        group = self.group_of(row)
        if group in self._folded:
            row = self.rows_of(group).stop - 1 if step > 0 else self.rows_of(group).start
        return self.stop(row + step) if 0 <= row + step < self.count else self.stop(row)

    def stop(self, row: int) -> int:
        """The row itself, or the first one of its group when that is folded."""
        group = self.group_of(row)
        return self.rows_of(group).start if group in self._folded else row

    def above_or_below(self, row: int, step: int) -> int:
        """The stop one line up (-1) or down (1), in the same column as far as there is a cell."""
        group = self.group_of(row)
        rows = self.rows_of(group)
        line, column = divmod(row - rows.start, self.columns)
        if group not in self._folded:
            first = rows.start + (line + step) * self.columns
            if rows.start <= first < rows.stop:
                return min(first + column, rows.stop - 1)
        else:
            column = 0
        beyond = rows.stop if step > 0 else rows.start - 1
        if not 0 <= beyond < self.count:
            return row
        group = self.group_of(beyond)
        rows = self.rows_of(group)
        if group in self._folded:
            return rows.start
        line = 0 if step > 0 else (len(rows) - 1) // self.columns
        return min(rows.start + line * self.columns + column, rows.stop - 1)

    def near(self, x: float, y: float) -> int:
        """The stop nearest to a place, for turning pages; -1 in an empty list."""
        if not self.count:
            return -1
        group = self.group_at(min(max(y, 0.0), self.height))
        rows = self.rows_of(group)
        if not rows:
            return self.stop(rows.start)
        if group in self._folded:
            return rows.start
        line = min(max(0, int((y - self._cells_top(group)) // self.step)), (len(rows) - 1) // self.columns)
        column = min(max(0, int((x - MARGIN) // (self.cell_width + GAP))), self.columns - 1)
        return min(rows.start + line * self.columns + column, rows.stop - 1)

    def _cells_top(self, group: int) -> float:
        return self.top(group) + self.header_height if group >= 0 else GAP / 2
