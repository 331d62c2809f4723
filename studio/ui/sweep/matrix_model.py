"""The squares of the matrix as a table model; what each holds comes from a forecast or from a stored sweep."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import add
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from studio.ui.overrides import safe_override
from studio.ui.sweep.shape import MatrixShape
from studio.ui.translation import joined_facts, listed, translate

_Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = Qt.ItemDataRole.UserRole + 1

CellKind = Literal[
    "unknown", "new", "made", "blocked", "outside", "left out",
    "waiting", "running", "done", "failed", "uncertain", "cancelled",
]  # fmt: skip
"""What a square shows. unknown: not worked out yet; outside: not in the random sample."""


SPAN = " – "
"""Between the least and the most of a heading's prices."""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One square: what became of it, or would. `words` is a price or a reason, shown behind the state.

    It does not say which square it is, so that thousands of squares that look alike share one."""

    kind: CellKind = "unknown"
    blob: str = ""
    """The picture to show, by the hash of its bytes; empty for none."""
    image_ids: tuple[int, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's or a row's name; the second line is quiet, the figure stands at the right of the first."""

    title: str
    second: str = ""
    figure: str = ""
    monogram: str = ""


_UNKNOWN = MatrixCell()
_LEFT_OUT = MatrixCell("left out")
_OUTSIDE = MatrixCell("outside")


class MatrixModel(QAbstractTableModel):
    """Squares in rows and columns. Blocks, headings and sizes are the view's business; it asks `shape`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shape = MatrixShape(())
        self.row_headings: Sequence[Heading] = ()
        self.column_headings: Sequence[Heading] = ()
        self._cells: Mapping[tuple[int, ...], MatrixCell] = {}
        self._left_out: set[tuple[int, ...]] = set()
        self._taken_back: set[tuple[int, ...]] = set()
        self._complete = False

    # ------------------------------------------------------------------------------------------------ filling
    def show_shape(
        self, shape: MatrixShape, rows: Sequence[Heading], columns: Sequence[Heading], left_out: set[tuple[int, ...]]
    ) -> None:
        """Another matrix; its squares are unknown until `show_cells`. Does nothing but new headings if it is equal."""
        same = (shape.square_rows, shape.square_columns) == (self.shape.square_rows, self.shape.square_columns)
        equal = same and shape == self.shape
        if not same:
            self.beginResetModel()
        if not equal:
            self._cells, self._complete = {}, False
        self.shape, self.row_headings, self.column_headings, self._left_out = shape, rows, columns, left_out
        if not same:
            self.endResetModel()
        else:
            self._tell_all()
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, max(0, self.columnCount() - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, max(0, self.rowCount() - 1))

    def show_cells(self, cells: Mapping[tuple[int, ...], MatrixCell]) -> None:
        """By coordinates. What is not in there is outside of the sample."""
        self._cells, self._complete = cells, True
        self._taken_back.clear()
        self._tell_all()

    def set_left_out(self, index: _Index, out: bool) -> None:
        place = self.place(index)
        (self._left_out.add if out else self._left_out.discard)(place)
        (self._taken_back.discard if out else self._taken_back.add)(place)
        self.dataChanged.emit(index, index)

    def _tell_all(self) -> None:
        if self.rowCount() and self.columnCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    # ------------------------------------------------------------------------------------------------ reading
    def place(self, index: _Index) -> tuple[int, ...]:
        return self.shape.place_of(index.row(), index.column())

    def cell(self, index: _Index) -> MatrixCell:
        return self._at(self.place(index))

    def cells_between(self, rows: range, columns: range) -> list[list[MatrixCell]]:
        """The squares of some rows and columns, row by row: what is on the screen, without an index for each."""
        shape = self.shape
        starts = [shape.place_of(row, 0) for row in rows]
        steps = [shape.place_of(0, column) for column in columns]
        return [[self._at(tuple(map(add, start, step))) for step in steps] for start in starts]

    def _at(self, place: tuple[int, ...]) -> MatrixCell:
        if place in self._left_out:
            return _LEFT_OUT
        missing = _OUTSIDE if self._complete and place not in self._taken_back else _UNKNOWN
        return self._cells.get(place, missing)

    @safe_override(0)
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else self.shape.square_rows if self.shape.axes else 0

    @safe_override(0)
    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own signature
        return 0 if parent.isValid() else self.shape.square_columns if self.shape.axes else 0

    @safe_override(None)
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == CELL_ROLE:
            return self.cell(index)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.spoken(index)
        return None

    def spoken(self, index: _Index) -> str:
        """All of a square in words: its values, its state, its price or reason."""
        cell = self.cell(index)
        values = listed(value.label for value in self.shape.values_of(self.place(index)))
        return f"{values}: {joined_facts([cell_words(cell.kind), cell.words])}"

    @safe_override(None)
    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        across = orientation == Qt.Orientation.Horizontal
        headings = self.column_headings if across else self.row_headings
        number = section // max(1, self.shape.across if across else self.shape.down)
        if number >= len(headings):
            return None
        one = headings[number]
        return joined_facts([one.title, one.second, one.figure])


def cell_words(kind: CellKind) -> str:
    """The state of a square, as the legend and screen readers call it."""
    words = {
        "unknown": translate("SweepMatrix", "being worked out"),
        "new": translate("SweepMatrix", "to be made"),
        "made": translate("SweepMatrix", "made before, reused"),
        "blocked": translate("SweepMatrix", "cannot be made"),
        "outside": translate("SweepMatrix", "not in the sample"),
        "left out": translate("SweepMatrix", "left out"),
        "waiting": translate("SweepMatrix", "waiting"),
        "running": translate("SweepMatrix", "running"),
        "done": translate("SweepMatrix", "made"),
        "failed": translate("SweepMatrix", "failed"),
        "uncertain": translate("SweepMatrix", "may have been billed"),
        "cancelled": translate("SweepMatrix", "cancelled"),
    }
    return words[kind]
