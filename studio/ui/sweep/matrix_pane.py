"""The right half: how many images, the matrix, what its squares mean, in which order and when to stop."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.overrides import safe_override
from studio.ui.small_pictures import SmallPictures
from studio.ui.sweep.matrix_model import CellKind, MatrixCell, cell_words
from studio.ui.sweep.matrix_view import MatrixView, paint_empty
from studio.ui.sweep.notices import NoticesButton
from studio.ui.theme import Height, Radius, Space, TextRole
from studio.ui.theme.paint import fill_box
from studio.ui.translation import Translated
from studio.ui.widgets import (
    Announcer,
    Button,
    ButtonKind,
    CheckBox,
    ComboBox,
    ElidedLabel,
    FlowLayout,
    Label,
    Sign,
    Themed,
    set_surface,
)

_STOP_AFTER = (1, 3, 10, None)


class LegendSquare(Themed, QWidget):
    """A small square as the matrix paints it."""

    def __init__(self, kind: CellKind, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cell = MatrixCell(kind)
        self.setFixedSize(12, 12)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), self.tokens
        if self._cell.kind in ("made", "done"):
            fill_box(painter, self.rect(), Radius.IMAGE, tokens.text2)
        elif self._cell.kind in ("new", "waiting", "outside", "left out"):
            paint_empty(painter, QRectF(self.rect()), MatrixCell(self._cell.kind), tokens)
        else:
            paint_empty(painter, QRectF(-2, -2, 16, 16), self._cell, tokens)
        painter.end()


class Legend(Translated, QWidget):
    """What the squares mean at the left, what goes across and down inside a block at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kinds: tuple[CellKind, ...] = ()
        self._squares = QWidget(self)
        self._flow = FlowLayout(self._squares, spacing=Space.L)
        self._across_sign = Sign("arrow-right", parent=self)
        self._across = ElidedLabel(role=TextRole.SMALL, tone="text2", parent=self)
        self._down_sign = Sign("arrow-down", parent=self)
        self._down = ElidedLabel(role=TextRole.SMALL, tone="text2", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(self._squares, 1)
        for widget in (self._across_sign, self._across):
            row.addWidget(widget)
        row.addSpacing(Space.S)
        for widget in (self._down_sign, self._down):
            row.addWidget(widget)
        self.show_axes("", "")

    def show_kinds(self, kinds: tuple[CellKind, ...]) -> None:
        """Only what there is in the matrix."""
        if kinds != self._kinds:
            self._kinds = kinds
            self.retranslate()

    def show_axes(self, across: str, down: str) -> None:
        for sign, label, words in (
            (self._across_sign, self._across, across),
            (self._down_sign, self._down, down),
        ):
            label.set_full_text(words)
            sign.setVisible(bool(words))
            label.setVisible(bool(words))

    def retranslate(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            gone = item.widget()
            if gone is not None:
                gone.hide()
                gone.deleteLater()
        for kind in self._kinds:
            pair = QWidget(self._squares)
            row = QHBoxLayout(pair)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(6)
            row.addWidget(LegendSquare(kind, pair))
            row.addWidget(Label(cell_words(kind), role=TextRole.SMALL, tone="text2", parent=pair))
            self._flow.addWidget(pair)
            pair.show()


class MatrixPane(Translated, QWidget):
    """`swap_wanted`. What is set for a sweep that is still being built is put below the matrix with `put_settings`."""

    swap_wanted = Signal()

    def __init__(self, pictures: SmallPictures, *, can_swap: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, "canvas")
        self._sum = Label(role=TextRole.PROMPT, weight=600, tabular=True, parent=self)
        self._parts = ElidedLabel(tone="text2", tabular=True, parent=self)
        self.notices = NoticesButton(self)
        self.swap_button = Button(kind=ButtonKind.QUIET, icon_name="arrow-left-right", height=Height.SMALL, parent=self)
        self.swap_button.counts_quick_clicks = True
        self.swap_button.setVisible(can_swap)
        self.view = MatrixView(pictures.pixmap, self)
        pictures.ready.connect(self.view.viewport().update)
        self.legend = Legend(self)
        self._lay_out()
        self._announcer = Announcer(self)
        self.view.toggled.connect(self._tell_toggled)
        self.swap_button.clicked.connect(self.swap_wanted)
        self.retranslate()

    def _lay_out(self) -> None:
        sums = FlowLayout(spacing=Space.S, line_spacing=0)  # the parts go below the sum where there is no room
        sums.addWidget(self._sum)
        sums.addWidget(self._parts)
        sums.addWidget(self.notices)
        heading = QHBoxLayout()
        heading.setSpacing(Space.S)
        heading.addLayout(sums, 1)
        heading.setAlignment(sums, Qt.AlignmentFlag.AlignVCenter)
        heading.addWidget(self.swap_button, 0, Qt.AlignmentFlag.AlignTop)
        rows = self._rows = QVBoxLayout(self)
        rows.setContentsMargins(Space.L + 4, Space.L, Space.L + 4, Space.L)
        rows.setSpacing(Space.M)
        rows.addLayout(heading)
        rows.addWidget(self.view, 1)
        rows.addWidget(self.legend)

    def _tell_toggled(self, index: QModelIndex) -> None:
        """Say what a cell is, once it has been left out or taken in again."""
        row, column, matrix = index.row(), index.column(), self.view.matrix
        QTimer.singleShot(0, self, lambda: self._announcer.answer(matrix.spoken(matrix.index(row, column))))

    def put_settings(self, settings: MatrixSettings) -> None:
        """The last row."""
        self._rows.addWidget(settings)
        settings.leave_out.toggled.connect(lambda on: setattr(self.view, "toggles", on))

    def show_sums(self, total: str, parts: str) -> None:
        self._sum.setText(total)
        self._parts.set_full_text(parts)

    def retranslate(self) -> None:
        self.swap_button.setText(self.tr("Swap rows and columns"))
        self.view.setAccessibleName(self.tr("Matrix of the sweep"))


class MatrixSettings(Translated, Themed, QWidget):
    """The raised strip below the matrix: in which order, when to stop, whether a click leaves a square out.
    `order_chosen` and `stop_chosen` carry the new value."""

    order_chosen = Signal(object)
    stop_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._order_name = Label(tone="text2", parent=self)
        self.order = ComboBox(parent=self)
        self._stop_name = Label(tone="text2", parent=self)
        self.stop = ComboBox(parent=self)
        self.leave_out = CheckBox(parent=self)
        pairs = FlowLayout(spacing=Space.L, line_spacing=Space.S)
        for name, box in ((self._order_name, self.order), (self._stop_name, self.stop)):
            pairs.addWidget(_pair(name, box, self))
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        row.setSpacing(Space.L)
        row.addLayout(pairs, 1)
        row.addWidget(self.leave_out)
        self.order.activated.connect(lambda _index: self.order_chosen.emit(self.order.value()))
        self.stop.activated.connect(lambda _index: self.stop_chosen.emit(self.stop.value()))
        self.retranslate()

    def retranslate(self) -> None:
        self._order_name.setText(self.tr("Order"))
        self._stop_name.setText(self.tr("Stop after"))
        self.leave_out.setText(self.tr("Leave out single cells"))
        chosen, stop = self.order.value(), self.stop.value() if self.stop.count() else 3
        self.order.clear()
        self.order.add_options(
            [
                (self.tr("Row by row"), "rows"),
                (self.tr("Column by column"), "columns"),
                (self.tr("At random"), "random"),
            ]
        )
        self.order.set_name(self.tr("Order"))
        self.order.set_value(chosen or "rows")
        self.stop.clear()
        for count in _STOP_AFTER:
            words = self.tr("%n failure(s)", "", count) if count is not None else self.tr("never")
            self.stop.addItem(words, count)
        self.stop.set_name(self.tr("Stop after"))
        self.stop.set_value(stop)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill_box(painter, self.rect(), Radius.BOX, self.tokens.panel)
        painter.end()


def _pair(name: Label, box: ComboBox, parent: QWidget) -> QWidget:
    """A setting and its name, which stay on one line."""
    pair = QWidget(parent)
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.S)
    row.addWidget(name)
    row.addWidget(box)
    return pair
