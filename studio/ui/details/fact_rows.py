"""Names and values in two columns, selectable with mouse and keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from studio.ui.details.facts import Row
from studio.ui.overrides import safe_override
from studio.ui.theme import Radius, RingShape, Space, active
from studio.ui.widgets import Label
from studio.ui.widgets.marked_text import MarkedText
from studio.ui.widgets.tab_order import show_whole
from studio.ui.word_diff import Piece

NAME_WIDTH = 72
_BY_KEYS = {
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
    Qt.FocusReason.OtherFocusReason,
}
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class _Value(Label):
    """Who comes by keys has it selected whole, ready for Ctrl+C; up and down go to the next one."""

    stepped = Signal(int)
    entered = Signal()
    focus_ring = RingShape(Radius.SMALL)

    @safe_override(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit()
        if event.reason() in _BY_KEYS:
            self.setSelection(0, len(self.text()))

    @safe_override(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() in _BY_KEYS:
            self.setSelection(0, 0)

    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = _STEPS.get(Qt.Key(event.key()))
        if by is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(by)


class FactRows(QWidget):
    """Two columns: a grey name and a selectable value that wraps. One Tab stop, arrows inside."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnMinimumWidth(0, active().scaled(NAME_WIDTH - Space.S))
        self._grid.setColumnStretch(1, 1)
        self._widgets: list[QWidget] = []
        self._values: list[_Value] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Put these in place of what is shown; a value with the focus keeps it, by its name."""
        focused = next((value for value in self._values if value.hasFocus()), None)
        name_focused = focused.property("fact") if focused is not None else None
        for widget in self._widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._widgets, self._values = [], []
        for number, (name, value) in enumerate(rows):
            name_label = Label(name, tone="text2", parent=self)
            value_label = _Value(value, tabular=True, selectable=True, parent=self)
            value_label.setWordWrap(True)
            value_label.setAccessibleName(f"{name}: {value}")
            value_label.setProperty("fact", name)
            value_label.stepped.connect(lambda by, one=value_label: self._step(one, by))
            value_label.entered.connect(lambda one=value_label: self._stop_at(one))
            self._values.append(value_label)
            self._put(number, name_label, value_label)
        if self._values:
            again = next((value for value in self._values if value.property("fact") == name_focused), self._values[0])
            self._stop_at(again)
            if focused is not None:
                again.setFocus()

    def add_marked(self, name: str, pieces: Sequence[Piece]) -> None:
        """A row below the others: a text with what changed against another one."""
        name_label = Label(name, tone="text2", parent=self)
        self._put(self._grid.rowCount(), name_label, MarkedText(pieces, name=name, parent=self))

    def _put(self, number: int, name: QWidget, value: QWidget) -> None:
        self._grid.addWidget(name, number, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(value, number, 1)
        self._widgets += [name, value]

    def _stop_at(self, stop: _Value) -> None:
        for value in self._values:
            value.setFocusPolicy(Qt.FocusPolicy.StrongFocus if value is stop else Qt.FocusPolicy.ClickFocus)

    def _step(self, value: _Value, by: int) -> None:
        place = self._values.index(value) + by
        if 0 <= place < len(self._values):
            self._values[place].setFocus(Qt.FocusReason.OtherFocusReason)
            show_whole(self._values[place])
