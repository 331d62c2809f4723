"""The matrix: a table view whose squares are painted, with headings that span blocks. Never a widget for a cell."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QCursor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
    QWidget,
)

from studio.ui.overrides import safe_override
from studio.ui.sweep.matrix_model import SPAN, Heading, MatrixCell, MatrixModel
from studio.ui.theme import Radius, TextRole, Tokens, active, paint_icon
from studio.ui.theme.paint import fill_box, horizontal_hair, stroke_box
from studio.ui.widgets import Themed, paint_monogram

_Index = QModelIndex | QPersistentModelIndex
_GAP = 4
"""Between two squares of a block."""
_BLOCK_GAP = 20
_LEAST_PX, _MOST_PX = 28, 88
"""The width of a square."""
_ROW_NAME_PX = 112
_COLUMN_NAME_PX = 148
"""A column is at least so wide that its heading can be read."""
_COLUMN_MOST_PX = 220
_ROW_LEAST_PX = 44
_HEAD_PX = 48
_BLANKS_MAX = 8
"""So many looks of plain squares are kept."""
_SIGNS = {
    "blocked": ("ban", "text3"),
    "running": ("hourglass", "text2"),
    "failed": ("circle-x", "danger"),
    "uncertain": ("circle-question-mark", "warn"),
    "cancelled": ("ban", "text3"),
    "left out": ("x", "text3"),
}


class MatrixView(Themed, QTableView):
    """Arrows go from square to square. `opened`: Return or a double click; `toggled`: Space, or a click while
    `toggles` is on. Both carry the index."""

    opened = Signal(QModelIndex)
    toggled = Signal(QModelIndex)

    def __init__(self, picture: Callable[[str], QPixmap | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.matrix = MatrixModel(self)
        self.toggles = False
        self._ratio = 1.0
        self._arranged: tuple[object, ...] | None = None
        """What the sizes of now were worked out for."""
        self.square = QSize(_LEAST_PX, _LEAST_PX)
        self.setModel(self.matrix)
        self._squares = _Squares(picture, self)
        self.columns = _BlockHeader(Qt.Orientation.Horizontal, self)
        self.rows = _BlockHeader(Qt.Orientation.Vertical, self)
        self.setHorizontalHeader(self.columns)
        self.setVerticalHeader(self.rows)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.setProperty("bare", True)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)
        self.matrix.modelReset.connect(self._arrange_anew)
        self.restyle()

    def set_ratio(self, ratio: float) -> None:
        """Width through height of the pictures; squares follow it within reason."""
        ratio = min(max(ratio, 0.5), 2.0)
        if ratio != self._ratio:
            self._ratio = ratio
            self.arrange()

    def restyle(self) -> None:
        theme = active()
        self.columns.setFixedHeight(theme.scaled(_HEAD_PX))
        self.rows.setFixedWidth(theme.scaled(_ROW_NAME_PX))
        self.arrange()

    def _arrange_anew(self) -> None:
        """The headers have forgotten their sizes."""
        self._arranged = None
        self.arrange()

    def arrange(self) -> None:
        """Work out the size of the squares for the room there is."""
        shape = self.matrix.shape
        named = any(axis.place == "rows" for axis in shape.axes)
        if self.rows.isHidden() == named:
            self.rows.setVisible(named)
        known = (shape, self.width(), self.rows.isHidden(), self._ratio, active().scale_percent)
        if not shape.axes or known == self._arranged:
            return
        self._arranged = known
        names = self.rows.width() if not self.rows.isHidden() else 0
        room = self.width() - names - self.verticalScrollBar().sizeHint().width() + _BLOCK_GAP - 2
        each = room / shape.columns - _BLOCK_GAP
        width = int((each + _GAP) / shape.across) - _GAP
        least = (active().scaled(_COLUMN_NAME_PX) - _BLOCK_GAP + _GAP) // shape.across - _GAP
        width = min(max(width, _LEAST_PX, min(least, _MOST_PX)), _MOST_PX)
        height = round(width / self._ratio)
        self.square = QSize(width, height)
        before_last = (shape.across - 1) * (width + _GAP)
        spread = min(max(int(room / shape.columns), active().scaled(_COLUMN_NAME_PX)), active().scaled(_COLUMN_MOST_PX))
        last_width = max(width + _BLOCK_GAP, spread - before_last)
        self._divide(self.columns, width + _GAP, last_width, shape.across)
        block = shape.down * (height + _GAP) - _GAP + _BLOCK_GAP
        last_height = height + _BLOCK_GAP + max(0, active().scaled(_ROW_LEAST_PX) - block)
        self._divide(self.rows, height + _GAP, last_height, shape.down)
        self.updateGeometries()
        self.viewport().update()

    @staticmethod
    def _divide(header: QHeaderView, each: int, last: int, inside: int) -> None:
        """Sizes of sections: all alike, but the last one of each block takes the gap along.

        The default size does not reach sections that once had one of their own."""
        header.setMinimumSectionSize(1)
        blocked = header.blockSignals(True)
        header.setDefaultSectionSize(last if inside == 1 else each)
        sizes = ([each] * (inside - 1) + [last]) * (header.count() // inside)
        if header.orientation() == Qt.Orientation.Horizontal and sizes:
            sizes[-1] = last - _BLOCK_GAP
        for section, size in enumerate(sizes):
            if header.sectionSize(section) != size:
                header.resizeSection(section, size)
        header.blockSignals(blocked)
        header.viewport().update()

    # ------------------------------------------------------------------------------------------------ using
    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._squares.paint(painter, event.rect())
        painter.end()

    @safe_override(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.arrange()

    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        plain = not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if index.isValid() and plain and event.key() == Qt.Key.Key_Space:
            self.toggled.emit(index)
        elif index.isValid() and plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(index)
        else:
            super().keyPressEvent(event)

    @safe_override(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if self.toggles and index.isValid() and event.button() == Qt.MouseButton.LeftButton:
            self.toggled.emit(index)

    @safe_override(None)
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self.toggles:
            self.opened.emit(index)


class _Squares:
    """Paints the squares on the screen in one go: a call of Qt for each of hundreds of delegates would take longer than
    a frame may."""

    def __init__(self, picture: Callable[[str], QPixmap | None], view: MatrixView) -> None:
        self._picture, self._view = picture, view
        self._blanks: dict[tuple[int, int, int, float], QPixmap] = {}

    def paint(self, painter: QPainter, dirty: QRect) -> None:
        """Those that touch `dirty`, in coordinates of the viewport."""
        view = self._view
        matrix, width, height = view.matrix, view.square.width(), view.square.height()
        first_row, first_column = view.rowAt(dirty.top()), view.columnAt(dirty.left())
        if first_row < 0 or first_column < 0:
            return
        last_row, last_column = view.rowAt(dirty.bottom()), view.columnAt(dirty.right())
        rows = range(first_row, (last_row if last_row >= 0 else matrix.rowCount() - 1) + 1)
        columns = range(first_column, (last_column if last_column >= 0 else matrix.columnCount() - 1) + 1)
        lefts = [view.columnViewportPosition(column) for column in columns]
        box, tokens = QRectF(0, 0, width, height), active().tokens
        blank, unknown = (self._blank(painter, box, one) for one in (tokens.toggle_on_canvas, tokens.cell))
        for row, cells in zip(rows, matrix.cells_between(rows, columns), strict=True):
            top = view.rowViewportPosition(row)
            for left, cell in zip(lefts, cells, strict=True):
                pixmap = self._picture(cell.blob) if cell.blob else None
                if pixmap is not None:
                    _paint_picture(painter, QRectF(left, top, width, height), pixmap, tokens)
                elif cell.kind in ("new", "waiting"):
                    painter.drawPixmap(left, top, blank)
                elif cell.kind == "unknown":
                    painter.drawPixmap(left, top, unknown)
                else:
                    paint_empty(painter, QRectF(left, top, width, height), cell, tokens)
        self._paint_marks(painter)

    def _paint_marks(self, painter: QPainter) -> None:
        """The frame of the square under the pointer, and of the one that the keyboard is on."""
        view, tokens = self._view, active().tokens
        current = view.currentIndex()
        if view.viewport().underMouse():
            hovered = view.indexAt(view.viewport().mapFromGlobal(QCursor.pos()))
            if hovered.isValid() and not (hovered == current and view.hasFocus()):
                stroke_box(painter, self._box(hovered), Radius.IMAGE, tokens.text3, 1.0)
        if current.isValid() and view.hasFocus():
            stroke_box(painter, self._box(current).adjusted(-1, -1, 1, 1), Radius.IMAGE, tokens.ring, 2.0)

    def _box(self, index: _Index) -> QRectF:
        view = self._view
        left, top = view.columnViewportPosition(index.column()), view.rowViewportPosition(index.row())
        return QRectF(left, top, view.square.width(), view.square.height())

    def _blank(self, painter: QPainter, box: QRectF, colour: QColor) -> QPixmap:
        """A grey square, painted once for all that look alike: a screen holds hundreds of them."""
        scale = painter.device().devicePixelRatioF()
        key = (round(box.width()), round(box.height()), colour.rgba(), scale)
        found = self._blanks.get(key)
        if found is None:
            found = QPixmap(round(box.width() * scale), round(box.height() * scale))
            found.setDevicePixelRatio(scale)
            found.fill(Qt.GlobalColor.transparent)
            inner = QPainter(found)
            fill_box(inner, QRectF(0, 0, box.width(), box.height()), Radius.IMAGE, colour)
            inner.end()
            if len(self._blanks) > _BLANKS_MAX:
                self._blanks.clear()
            self._blanks[key] = found
        return found


def _paint_picture(painter: QPainter, box: QRectF, pixmap: QPixmap, tokens: Tokens) -> None:
    """The whole picture, never cropped, on the ground of a cell."""
    scale = min(box.width() / pixmap.width(), box.height() / pixmap.height())
    wide, high = pixmap.width() * scale, pixmap.height() * scale
    inner = QRectF(box.center().x() - wide / 2, box.center().y() - high / 2, wide, high)
    if wide < box.width() - 1 or high < box.height() - 1:
        fill_box(painter, box, Radius.IMAGE, tokens.cell)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawPixmap(inner, pixmap, QRectF(pixmap.rect()))


def paint_empty(painter: QPainter, box: QRectF, cell: MatrixCell, tokens: Tokens) -> None:
    """A square without a picture: grey when it will be made, an outline when it will not, with a sign for the rest."""
    if cell.kind in ("left out", "outside"):
        painter.setPen(QPen(tokens.border, 1, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
    else:
        fill_box(painter, box, Radius.IMAGE, tokens.cell if cell.kind == "unknown" else tokens.toggle_on_canvas)
    sign = _SIGNS.get(cell.kind)
    if sign is not None:
        side = min(16.0, box.width() - 8)
        place = QRectF(box.center().x() - side / 2, box.center().y() - side / 2, side, side)
        paint_icon(painter, sign[0], place, getattr(tokens, sign[1]))


class _BlockHeader(Themed, QHeaderView):
    """One heading for each block, wherever its block is on the screen; it stays in sight while the block scrolls."""

    def __init__(self, orientation: Qt.Orientation, view: MatrixView) -> None:
        super().__init__(orientation, view)
        self._view = view
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setSectionsClickable(False)
        self.setHighlightSections(False)
        self.viewport().setAutoFillBackground(False)

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        """Qt's own asks the model for the words, the font and the icon of up to two hundred sections."""
        return QSize(active().scaled(_ROW_NAME_PX), active().scaled(_HEAD_PX))

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        across = self.orientation() == Qt.Orientation.Horizontal
        matrix = self._view.matrix
        headings = matrix.column_headings if across else matrix.row_headings
        inside = matrix.shape.across if across else matrix.shape.down
        length = self.viewport().width() if across else self.viewport().height()
        first, last = self.visualIndexAt(0), self.visualIndexAt(max(0, length - 1))
        if first < 0 or not headings:
            return
        last = self.count() - 1 if last < 0 else last
        painter = QPainter(self.viewport())
        for number in range(first // inside, min(last // inside + 1, len(headings))):
            start = self.sectionViewportPosition(number * inside)
            end_section = number * inside + inside - 1
            end = self.sectionViewportPosition(end_section) + self.sectionSize(end_section) - _BLOCK_GAP
            if across:
                end += _BLOCK_GAP if end_section == self.count() - 1 else 0  # no gap behind the last block
                shown = max(0, min(start, end))
                _paint_column(painter, QRectF(shown, 0, max(end - shown, 24), self.height()), headings[number])
            else:
                top = max(start, min(0, end - active().scaled(_ROW_LEAST_PX)))
                _paint_row(painter, QRectF(0, top, self.width() - 12, max(end - top, 18)), headings[number])
        painter.end()


def _paint_column(painter: QPainter, box: QRectF, heading: Heading) -> None:
    theme, tokens = active(), active().tokens
    line = theme.line_height(TextRole.SMALL)
    left = box.left()
    painter.setClipRect(box.adjusted(0, 0, 1, 0))
    right = box.right()
    if heading.figure:
        painter.setFont(theme.font(TextRole.SMALL, tabular=True))
        figure = heading.figure
        wide = painter.fontMetrics().horizontalAdvance(figure)
        if wide > 0.6 * box.width() and SPAN in figure:  # the whole span is in the tooltip
            figure = f"≤ {figure.rpartition(SPAN)[2]}"
            wide = painter.fontMetrics().horizontalAdvance(figure)
        painter.setPen(tokens.text2)
        painter.drawText(QRectF(right - wide, 0, wide + 1, line), Qt.AlignmentFlag.AlignVCenter, figure)
        right -= wide + 6
    if heading.monogram:
        paint_monogram(
            painter,
            QRectF(left, (line - 16) / 2, 16, 16),
            heading.monogram,
            tokens,
            ground=None if tokens.dark else tokens.toggle_on_canvas,
        )
        left += 22
    _words(painter, QRectF(left, 0, right - left, line), heading.title, 600, "text")
    _words(painter, QRectF(box.left(), line + 2, box.width(), line), heading.second, 400, "text2")
    horizontal_hair(painter, box.left(), box.right(), box.bottom() - 10, tokens.border)
    painter.setClipping(False)


def _paint_row(painter: QPainter, box: QRectF, heading: Heading) -> None:
    line = active().line_height(TextRole.SMALL)
    _words(painter, QRectF(box.left(), box.top(), box.width(), line), heading.title, 600, "text")
    _words(painter, QRectF(box.left(), box.top() + line + 1, box.width(), line), heading.second, 400, "text2")


def _words(painter: QPainter, box: QRectF, words: str, weight: int, tone: str) -> None:
    painter.setFont(active().font(TextRole.SMALL, weight, tabular=True))
    painter.setPen(getattr(active().tokens, tone))
    # Headings of several values often differ in the last one alone.
    mode = Qt.TextElideMode.ElideMiddle if weight == 600 else Qt.TextElideMode.ElideRight
    shown = painter.fontMetrics().elidedText(words, mode, max(0, int(box.width())))
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, shown)
