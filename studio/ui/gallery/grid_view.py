"""The grid of images: what its surface shows, painted, and what the pointer and the keys do to it."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from studio.ui.gallery import grid_cell, grid_header, group_words
from studio.ui.gallery.edge_scroll import EdgeScroll
from studio.ui.gallery.grid_header import HeaderState
from studio.ui.gallery.grid_surface import GridSurface
from studio.ui.gallery.painted_once import on_pixels
from studio.ui.gallery.thumbnails import Key, ThumbnailCache
from studio.ui.gallery.tile import Tile
from studio.ui.gallery.tile_painter import TilePainter
from studio.ui.theme import active
from studio.ui.widgets import safe_override

_FRAME_MS = 33
_NAVIGATION = frozenset(
    {
        Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End,
        Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
    }
)  # fmt: skip
_UNFOLDING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_Spot = tuple[str, int, str]
"""``cell`` or ``header``, its row or group (-1 for none), and the part of it under the pointer."""
_NOWHERE: _Spot = ("cell", -1, "")


class GridView(GridSurface):
    """`button_clicked` carries a tile and ``vary``, ``reference``, ``copy``, ``more``, ``problem``, ``stack``;
    `drag_started` comes when a drag shall begin; `keyed` carries a key press that Qt itself has no use for."""

    button_clicked = Signal(object, str)
    drag_started = Signal()
    menu_asked = Signal(object, object, QPoint)
    """The tile or None, None (a grid has no runs), and the point on the screen."""
    header_menu_asked = Signal(int, QPoint)
    opened = Signal(object)
    keyed = Signal(QKeyEvent)
    zoomed = Signal(int)

    def __init__(self, thumbnails: ThumbnailCache, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._thumbnails, self._painter = thumbnails, TilePainter(thumbnails)
        self._cells = grid_cell.CellPainter(self._painter)
        self._keys: dict[int, Key] = {}
        self._hovered = self._pressed = _NOWHERE
        self._press = QPoint()
        self._band = QRect()
        self._edge = EdgeScroll(self)
        self._edge.scrolled.connect(self._draw_on)
        thumbnails.ready.connect(self._picture_ready)
        self._clock = QTimer(self)
        self._clock.setInterval(_FRAME_MS)
        self._clock.timeout.connect(self._tick)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        if model is not None:
            model.modelReset.connect(self._keys.clear)

    def current_tile(self) -> Tile | None:
        """The tile with the cursor; none while it is on the header of a folded group."""
        current, model = self.currentIndex(), self.images
        if model is None or not current.isValid() or self.cursor_on_header:
            return None
        return model.tile_at(current.row())

    # ------------------------------------------------------------------------------------------------ painting
    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        damaged = QRectF(event.rect())
        painter.fillRect(damaged, active().tokens.canvas)
        current = self.currentIndex().row() if self.hasFocus() and self.currentIndex().isValid() else -1
        top = self.verticalScrollBar().value()
        shown = set(self.visible_rows())
        keys = {row: key for row, key in self._keys.items() if row in shown}
        for row in self.places.rows_between(top + damaged.top(), top + damaged.bottom()):
            key = self._paint_row(painter, row, damaged, focused=row == current)
            if key is not None:
                keys[row] = key
        self._keys = keys
        for group in self.groups_shown():
            box = self.header_box(group)
            if box.intersects(damaged):
                self._paint_header(painter, group, box, focused=current >= 0 and self.cursor_on_header)
        if not self._band.isEmpty():
            painter.fillRect(self._band, active().tokens.ring_soft)
        painter.end()
        self._thumbnails.keep_only(set(keys.values()))
        if self._is_moving():
            self._clock.start()
        else:
            self._clock.stop()

    def _paint_row(self, painter: QPainter, row: int, damaged: QRectF, *, focused: bool) -> Key | None:
        """Gives back the key of the picture that this cell wants."""
        box, model = self.cell(row), self.images
        tile = model.tile_at(row) if model is not None else None
        if box.intersects(damaged):
            hovered = self._hovered[:2] == ("cell", row)
            state = grid_cell.CellState(
                selected=self.selectionModel().isSelected(self.model().index(row, 0)),
                focused=focused,
                hovered=hovered,
                hovered_part=self._hovered[2] if hovered else "",
            )
            self._cells.paint(painter, tile, box, state)
        if tile is None:
            return None
        return self._painter.wanted(tile, grid_cell.picture_box(box), self.devicePixelRatioF())

    def _paint_header(self, painter: QPainter, group: int, box: QRectF, *, focused: bool) -> None:
        """Painted anew each time: that takes less than the memory for a picture as wide as the window."""
        state = self._header_state(group, focused=focused and group == self.current_group)
        grid_header.paint(painter, on_pixels(box, self.devicePixelRatioF()), state)

    def _header_state(self, group: int, *, focused: bool = False) -> HeaderState:
        model, rows = self.images, self.places.rows_of(group)
        if model is None or model.query is None:
            return HeaderState("", "")
        found = model.groups[group]
        chosen = self.selected_in(group)
        detail = ""
        if model.query.group == "run":
            first = model.tile_at(rows.start)
            detail = " ".join(first.image.prompt[:300].split()) if first is not None and first.image is not None else ""
        top = self.verticalScrollBar().value()
        return HeaderState(
            title=model.title_of(found),
            count=group_words.counts(found),
            detail=detail,
            folded=self.places.is_folded(group),
            chosen="all" if chosen == len(rows) else "some" if chosen else "none",
            hovered_part=self._hovered[2] if self._hovered[:2] == ("header", group) else "",
            focused=focused,
            stuck=self.places.top(group) < top,
        )

    def _is_moving(self) -> bool:
        """Whether a tile that can be seen changes with time alone: only those without an image, on top."""
        model = self.images
        if model is None or not model.pending_count:
            return False
        tiles = [model.tile_at(row) for row in self.visible_rows() if row < model.pending_count]
        return any(tile is not None and tile.state.moves for tile in tiles) or (bool(tiles) and self._painter.fading)

    def _tick(self) -> None:
        """Repaint the tiles that move, and only these."""
        model = self.images
        if model is None or not self.isVisible():
            self._clock.stop()
            return
        for row in self.visible_rows()[: model.pending_count]:
            tile = model.tile_at(row)
            if tile is not None and (tile.state.moves or tile.partial_path):
                self.viewport().update(self.cell(row).toAlignedRect())

    def _picture_ready(self, key: object) -> None:
        for row, wanted in self._keys.items():
            if wanted == key:
                self.viewport().update(self.cell(row).toAlignedRect())

    @safe_override(None)
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        for group in self.groups_shown():
            self.viewport().update(self.header_box(group).toAlignedRect())

    # ------------------------------------------------------------------------------------------------ mouse
    def _spot_at(self, point: QPoint) -> _Spot:
        place = point.toPointF()
        group = self.header_under(place)
        if group >= 0:
            return "header", group, grid_header.part_at(self.header_box(group), place)
        index, model = self.indexAt(point), self.images
        tile = model.tile_at(index.row()) if model is not None and index.isValid() else None
        part = grid_cell.part_at(self._painter, tile, self.cell(index.row()), place) if tile is not None else ""
        return "cell", index.row(), part

    def _spot_box(self, spot: _Spot) -> QRect:
        kind, number, _ = spot
        if number < 0 or number >= (self.places.groups_count if kind == "header" else self.places.count):
            return QRect()
        return (self.header_box(number) if kind == "header" else self.cell(number)).toAlignedRect()

    def _hover(self, spot: _Spot) -> None:
        if spot == self._hovered:
            return
        for changed in (self._hovered, spot):
            self.viewport().update(self._spot_box(changed))
        self._hovered = spot
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if spot[2] else Qt.CursorShape.ArrowCursor)

    @safe_override(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        held = bool(event.buttons() & Qt.MouseButton.LeftButton)
        far = (point - self._press).manhattanLength() > 10
        if held and (self._pressed[2] or self._pressed[0] == "header"):
            return
        if held and far and self.indexAt(self._press).isValid():
            if self.selectionModel().isSelected(self.indexAt(self._press)):
                self._press = QPoint(-1, -1)
                self.drag_started.emit()
            return
        self._hover(self._spot_at(point))
        super().mouseMoveEvent(event)
        if self.state() == QAbstractItemView.State.DragSelectingState:
            self._show_band(QRect(self._press, point).normalized())
            self._edge.follow(point)

    def _draw_on(self, point: QPoint) -> None:
        """The images that came under the band are selected too."""
        where, button = QPointF(point), Qt.MouseButton.LeftButton
        above = QPointF(self.viewport().mapToGlobal(point))
        held = QApplication.keyboardModifiers()
        self.mouseMoveEvent(QMouseEvent(QEvent.Type.MouseMove, where, above, Qt.MouseButton.NoButton, button, held))

    @safe_override(None)
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if self.state() == QAbstractItemView.State.DragSelectingState:
            self._press += QPoint(0, dy)  # the band begins where it began in the list
            self._band.translate(0, dy)

    def _show_band(self, band: QRect) -> None:
        self.viewport().update(self._band.united(band).adjusted(-1, -1, 1, 1))
        self._band = band

    @safe_override(None)
    def leaveEvent(self, event: QEvent) -> None:
        self._hover(_NOWHERE)
        super().leaveEvent(event)

    @safe_override(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press = event.position().toPoint()
        self._pressed = self._spot_at(self._press)
        on_part = event.button() == Qt.MouseButton.LeftButton and self._pressed[2]
        if on_part or self._pressed[0] == "header":
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            return
        super().mousePressEvent(event)

    @safe_override(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._show_band(QRect())
        self._edge.stop()
        spot, self._pressed = self._pressed, _NOWHERE
        if event.button() != Qt.MouseButton.LeftButton or not spot[2]:
            super().mouseReleaseEvent(event)
            return
        if self._spot_at(event.position().toPoint()) == spot:
            self._press_part(*spot)

    def _press_part(self, kind: str, number: int, part: str) -> None:
        flags = QItemSelectionModel.SelectionFlag
        index = self.model().index(number, 0)
        if kind == "header" and part == "choose":
            self.select_group(number)
        elif kind == "header":
            self.set_folded(number, not self.places.is_folded(number))
        elif part == "select":
            self.selectionModel().select(index, flags.Toggle)
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        elif self.images is not None:
            self.button_clicked.emit(self.images.tile_at(number), part)

    @safe_override(None)
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        kind, number, part = self._spot_at(event.position().toPoint())
        if kind == "header" or part in {"stack", "select"}:
            self._press_part(kind, number, part)  # the second of two quick clicks counts too
        elif not part and number >= 0 and self.images is not None:
            self.opened.emit(self.images.tile_at(number))

    @safe_override(None)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        group = self.header_under(event.pos().toPointF())
        if by_key:
            group = self.current_group if self.cursor_on_header else -1
        if group >= 0:
            place = self.header_box(group).bottomLeft().toPoint() if by_key else event.pos()
            self.header_menu_asked.emit(group, self.viewport().mapToGlobal(place))
            return
        point = self.viewport().mapToGlobal(self.visualRect(index).center()) if by_key else event.globalPos()
        model = self.images
        self.menu_asked.emit(model.tile_at(index.row()) if model is not None and index.isValid() else None, None, point)

    @safe_override(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    # ------------------------------------------------------------------------------------------------ keys
    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        key, grouped = event.key(), self.places.groups_count > 0
        if grouped and control and key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.go_to_group(-1 if key == Qt.Key.Key_Up else 1)
        elif grouped and control and shift and key == Qt.Key.Key_A:
            self.select_group(self.current_group)
        elif self.cursor_on_header and key in _UNFOLDING:
            self.set_folded(self.current_group, False)
        elif control and key == Qt.Key.Key_Space:
            self._toggle_current()
        elif key in _NAVIGATION or (key == Qt.Key.Key_A and control and not shift):
            super().keyPressEvent(event)
            if key in _NAVIGATION:
                self.scrollTo(self.currentIndex())  # Qt's own auto-scroll is off, as it moves the view under a drag too
            if not control and not self.cursor_on_header and not self.selectionModel().hasSelection():
                self._toggle_current()  # the cursor could not move, so that Qt selects nothing
        else:
            event.ignore()
            self.keyed.emit(event)

    def _toggle_current(self) -> None:
        """Add the cell with the cursor to the selection, or take it out; the others stay."""
        if self.currentIndex().isValid() and not self.cursor_on_header:
            self.selectionModel().select(self.currentIndex(), QItemSelectionModel.SelectionFlag.Toggle)

    def toggle_fold(self) -> bool:
        """Fold the group with the cursor, or show it again; whether there is one."""
        group = self.current_group
        if group >= 0:
            self.set_folded(group, not self.places.is_folded(group))
            self.scrollTo(self.currentIndex())
        return group >= 0

    def go_to_group(self, step: int) -> None:
        """The cursor goes to the first image of the group before (-1) or after (1), and selects it."""
        group = max(0, min(self.places.groups_count - 1, self.current_group + step))
        index = self.model().index(self.places.rows_of(group).start, 0)
        flags = QItemSelectionModel.SelectionFlag
        hidden = self.places.is_folded(group)
        self.selectionModel().setCurrentIndex(index, flags.Clear if hidden else flags.ClearAndSelect)
        self.scrollTo(index)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts here, not a search."""
