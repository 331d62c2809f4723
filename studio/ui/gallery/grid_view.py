"""The grid: a list view with its own layout in constant time, whatever the length of the list."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QRegion,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from studio.ui.gallery import grid_cell
from studio.ui.gallery.images_model import TILE_ROLE
from studio.ui.gallery.thumbnails import ThumbnailCache
from studio.ui.gallery.tile import Tile
from studio.ui.gallery.tile_painter import TilePainter
from studio.ui.theme import active
from studio.ui.widgets import safe_override

GAP = 8
MARGIN = 16
TILE_WIDTHS = (112, 420)
_FRAME_MS = 33

_Index = QModelIndex | QPersistentModelIndex


class GridView(QListView):
    """Selection and keyboard are Qt's own; places of cells are computed, never stored.

    `button_clicked` carries a tile and ``vary``, ``reference``, ``copy``, ``more``, ``problem``; `drag_started` comes
    when a drag shall begin; `keyed` carries a key press that Qt itself has no use for."""

    button_clicked = Signal(object, str)
    drag_started = Signal()
    menu_asked = Signal(object, object, QPoint)
    """The tile or None, None (a grid has no runs), and the point on the screen."""
    opened = Signal(object)
    keyed = Signal(QKeyEvent)
    zoomed = Signal(int)

    def __init__(self, thumbnails: ThumbnailCache, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails, self._painter = thumbnails, TilePainter(thumbnails)
        self._tile_width = 172
        self._hovered = -1
        self._hovered_part = ""
        self._press = QPoint()
        self._pressed: tuple[int, str] = (-1, "")
        self._columns, self._cell_width = 1, float(self._tile_width)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionRectVisible(True)
        self.setMouseTracking(True)
        self.setAutoScroll(False)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
        thumbnails.ready.connect(lambda _key: self.viewport().update())
        self._clock = QTimer(self)
        self._clock.setInterval(_FRAME_MS)
        self._clock.timeout.connect(self._tick)

    # ------------------------------------------------------------------------------------------------ layout
    def tile_width(self) -> int:
        return self._tile_width

    def set_tile_width(self, width_px: int) -> None:
        """Least width of a cell; cells grow to fill the row."""
        low, high = TILE_WIDTHS
        anchor = self.indexAt(QPoint(MARGIN + 4, 4))
        self._tile_width = max(low, min(high, width_px))
        self._measure()
        if anchor.isValid():
            self.scrollTo(anchor, QAbstractItemView.ScrollHint.PositionAtTop)
        self.viewport().update()

    @property
    def cell_height(self) -> float:
        return grid_cell.height_for(self._cell_width)

    def _measure(self) -> None:
        room = self.width() - 2 * MARGIN + GAP  # the scroll bar stands inside the right margin
        self._columns = max(1, int(room // (self._tile_width + GAP)))
        self._cell_width = max(48.0, room / self._columns - GAP)
        rows = -(-self._row_count() // self._columns)
        height = round(rows * (self.cell_height + GAP) + GAP)
        self.verticalScrollBar().setRange(0, max(0, height - self.viewport().height()))
        self.verticalScrollBar().setPageStep(max(1, self.viewport().height()))
        self.verticalScrollBar().setSingleStep(24)

    def _row_count(self) -> int:
        model = self._items()
        return model.rowCount() if model is not None else 0

    def _items(self) -> QAbstractItemModel | None:
        """Qt asks for places before there is a model; its stubs do not say so."""
        return self.model()

    def cell(self, row: int) -> QRectF:
        """Where a row's cell lies in the viewport."""
        line, column = divmod(row, self._columns)
        x = MARGIN + column * (self._cell_width + GAP)
        y = GAP / 2 + line * (self.cell_height + GAP) - self.verticalScrollBar().value()
        return QRectF(x, y, self._cell_width, self.cell_height)

    def visible_rows(self) -> range:
        """Rows of the lines that can be seen."""
        step = self.cell_height + GAP
        top = self.verticalScrollBar().value()
        first = int(top // step) * self._columns
        last = (int((top + self.viewport().height()) // step) + 1) * self._columns
        return range(max(0, first), min(self._row_count(), last))

    @safe_override(None)
    def doItemsLayout(self) -> None:
        self._measure()
        self.viewport().update()

    @safe_override(None)
    def updateGeometries(self) -> None:
        self._measure()

    @safe_override(QRect())
    def visualRect(self, index: _Index) -> QRect:
        return self.cell(index.row()).toAlignedRect() if index.isValid() else QRect()

    @safe_override(QModelIndex())
    def indexAt(self, point: QPoint) -> QModelIndex:
        model = self._items()
        if model is None:
            return QModelIndex()
        x, y = point.x() - MARGIN, point.y() + self.verticalScrollBar().value() - GAP / 2
        column, line = int(x // (self._cell_width + GAP)), int(y // (self.cell_height + GAP))
        if x < 0 or y < 0 or column >= self._columns:
            return QModelIndex()
        row = line * self._columns + column
        if row >= model.rowCount() or not self.cell(row).contains(point.toPointF()):
            return QModelIndex()
        return model.index(row, 0)

    @safe_override(0)
    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    @safe_override(0)
    def horizontalOffset(self) -> int:
        return 0

    @safe_override(False)
    def isIndexHidden(self, index: _Index) -> bool:
        return False

    @safe_override(None)
    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid():
            return
        cell, bar = self.cell(index.row()), self.verticalScrollBar()
        if hint == QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(round(bar.value() + cell.top() - GAP / 2))
        elif hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(round(bar.value() + cell.center().y() - self.viewport().height() / 2))
        elif cell.top() < 0:
            bar.setValue(round(bar.value() + cell.top() - GAP))
        elif cell.bottom() > self.viewport().height():
            bar.setValue(round(bar.value() + cell.bottom() - self.viewport().height() + GAP))

    @safe_override(QModelIndex())
    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        model = self._items()
        count = model.rowCount() if model is not None else 0
        if model is None or not count:
            return QModelIndex()
        row = self.currentIndex().row() if self.currentIndex().isValid() else -1
        page = max(1, int(self.viewport().height() // (self.cell_height + GAP))) * self._columns
        moves = QAbstractItemView.CursorAction
        steps = {
            moves.MoveLeft: -1, moves.MovePrevious: -1, moves.MoveRight: 1, moves.MoveNext: 1,
            moves.MoveUp: -self._columns, moves.MoveDown: self._columns,
            moves.MovePageUp: -page, moves.MovePageDown: page,
        }  # fmt: skip
        if action == moves.MoveHome:
            target = 0
        elif action == moves.MoveEnd:
            target = count - 1
        elif row < 0:
            target = 0
        else:
            target = row + steps.get(action, 0)
            if not 0 <= target < count:
                target = row if abs(steps.get(action, 0)) == self._columns else max(0, min(count - 1, target))
        return model.index(target, 0)

    @safe_override(None)
    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Rows whose cells the rubber band, or the single point, touches."""
        model = self._items()
        if model is None:
            return
        band = QRectF(rect.normalized())
        selection = QItemSelection()
        step = self.cell_height + GAP
        top = self.verticalScrollBar().value()
        first = max(0, int((band.top() + top) // step)) * self._columns
        last = min(model.rowCount(), (int((band.bottom() + top) // step) + 1) * self._columns)
        for row in range(first, last):
            if self.cell(row).intersects(band.adjusted(0, 0, 1, 1)):
                index = model.index(row, 0)
                selection.select(index, index)
        self.selectionModel().select(selection, command)

    @safe_override(QRegion())
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for row in self.visible_rows():
            if selection.contains(self.model().index(row, 0)):
                region += self.cell(row).toAlignedRect()
        return region

    @safe_override(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()
        super().resizeEvent(event)

    @safe_override(None)
    def rowsInserted(self, parent: _Index, start: int, end: int) -> None:
        QAbstractItemView.rowsInserted(self, parent, start, end)
        self._measure()
        self.viewport().update()

    # ------------------------------------------------------------------------------------------------ painting
    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        tokens = active().tokens
        painter.fillRect(event.rect(), tokens.canvas)
        model, selected = self.model(), self.selectionModel()
        current = self.currentIndex().row() if self.hasFocus() and self.currentIndex().isValid() else -1
        wanted: set[tuple[str, int]] = set()
        moving = False
        ratio = self.devicePixelRatioF()
        for row in self.visible_rows():
            box = self.cell(row)
            index = model.index(row, 0)
            tile: Tile | None = index.data(TILE_ROLE)
            if tile is not None:
                key = self._painter.wanted(tile, grid_cell.picture_box(box), ratio)
                if key is not None:
                    wanted.add(key)
                moving = moving or tile.state.moves
            if box.intersects(QRectF(event.rect())):
                state = grid_cell.CellState(
                    selected=selected.isSelected(index),
                    focused=row == current,
                    hovered=row == self._hovered,
                    hovered_part=self._hovered_part if row == self._hovered else "",
                )
                grid_cell.paint(painter, self._painter, tile, box, state)
        painter.end()
        self._thumbnails.keep_only(wanted)
        moving = moving or self._painter.fading
        if moving and not self._clock.isActive():
            self._clock.start()
        elif not moving:
            self._clock.stop()

    def _tick(self) -> None:
        """Repaint the tiles that move, and only these."""
        if not self.isVisible():
            self._clock.stop()
            return
        for row in self.visible_rows():
            tile = self.model().index(row, 0).data(TILE_ROLE)
            if tile is not None and (tile.state.moves or tile.partial_path):
                self.viewport().update(self.cell(row).toAlignedRect())

    # ------------------------------------------------------------------------------------------------ mouse, keys
    def _part_at(self, point: QPoint) -> tuple[int, str]:
        index = self.indexAt(point)
        tile = index.data(TILE_ROLE) if index.isValid() else None
        if tile is None:
            return (index.row() if index.isValid() else -1), ""
        return index.row(), grid_cell.part_at(self._painter, tile, self.cell(index.row()), point.toPointF())

    @safe_override(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        held = bool(event.buttons() & Qt.MouseButton.LeftButton)
        far = (point - self._press).manhattanLength() > 10
        if held and far and not self._pressed[1] and self.indexAt(self._press).isValid():
            if self.selectionModel().isSelected(self.indexAt(self._press)):
                self._press = QPoint(-1, -1)
                self.drag_started.emit()
            return
        row, part = self._part_at(point)
        if (row, part) != (self._hovered, self._hovered_part):
            for changed in {row, self._hovered}:
                self.viewport().update(self.cell(changed).toAlignedRect())
            self._hovered, self._hovered_part = row, part
            shape = Qt.CursorShape.PointingHandCursor if part else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
        super().mouseMoveEvent(event)

    @safe_override(None)
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered, self._hovered_part = -1, ""
        self.viewport().update()
        super().leaveEvent(event)

    @safe_override(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press = event.position().toPoint()
        self._pressed = self._part_at(self._press)
        if event.button() == Qt.MouseButton.LeftButton and self._pressed[1]:
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            return
        super().mousePressEvent(event)

    @safe_override(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        (row, part), self._pressed = self._pressed, (-1, "")
        if event.button() != Qt.MouseButton.LeftButton or not part:
            super().mouseReleaseEvent(event)
            return
        if self._part_at(event.position().toPoint()) != (row, part):
            return
        index = self.model().index(row, 0)
        if part == "select":
            self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Toggle)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        else:
            self.button_clicked.emit(index.data(TILE_ROLE), part)

    @safe_override(None)
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid():
            self.opened.emit(index.data(TILE_ROLE))

    @safe_override(None)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        point = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
        self.menu_asked.emit(index.data(TILE_ROLE) if index.isValid() else None, None, point)

    @safe_override(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        navigation = {
            Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
            Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
        }  # fmt: skip
        selecting = event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in navigation or selecting:
            super().keyPressEvent(event)
            return
        event.ignore()
        self.keyed.emit(event)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts here, not a search."""
