"""What the pointer and the arrow keys do on the table: pan, shift one image, wipe, look from the navigator, loupe."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWheelEvent

from studio.ui.compare.panes import Mode
from studio.ui.compare.table_painter import HANDLE_SIDE
from studio.ui.compare.viewport import FIT, Frame

if TYPE_CHECKING:
    from studio.ui.compare.light_table import LightTable
    from studio.ui.compare.table_picture import TablePicture

_PAN_STEP_PX = 60
_LOUPE_STEP_PX = 10
_WHEEL_BASE = 1.0015
_CLICK_PX = 4
_MOVES_ONE = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
"""Alt is often taken: many window managers of Linux move the window with it."""
_NOWHERE = QPointF(-1, -1)
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class TableHand:
    """Gets the events of the table and asks the table and its viewport for what they mean."""

    def __init__(self, table: LightTable, picture: TablePicture) -> None:
        self._table, self._picture = table, picture
        self.pointer = QPointF(_NOWHERE)
        self._press: QPointF | None = None
        self._grip = ""
        self._moved = False

    # ------------------------------------------------------------------------------------------------ pointer
    def wheel(self, event: QWheelEvent) -> None:
        self._table.zoom_by(_WHEEL_BASE ** (event.angleDelta().y() or event.angleDelta().x()), event.position())
        event.accept()

    def press(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return
        self._press, self._moved = event.position(), False
        if self._picture.navigator.contains(event.position()):
            self._grip = "navigator"
            self._look_from_navigator(event.position())
        elif self._on_line(event.position()):
            self._grip = "wipe"
        elif event.modifiers() & _MOVES_ONE:
            self._grip = "offset"
        else:
            self._grip = "pan"

    def _on_line(self, point: QPointF) -> bool:
        table, handle = self._table, self._picture.handle
        if handle.isEmpty():
            return False
        across = point.x() if table.wipe_upright else point.y()
        return handle.contains(point) or abs(across - table.wipe_place()) <= HANDLE_SIDE / 4

    def move(self, event: QMouseEvent) -> None:
        table, point = self._table, event.position()
        self.pointer = point
        if self._press is None:
            self._show_cursor(point)
            if table.loupe:
                table.update()
            return
        by = point - self._press
        if not self._moved and by.manhattanLength() < _CLICK_PX:
            return
        self._moved = True
        frame = table.frame_at(self._press)
        if self._grip == "wipe":
            table.set_wipe(point.x() / table.width() if table.wipe_upright else point.y() / table.height())
        elif self._grip == "navigator":
            self._look_from_navigator(point)
        elif frame is not None and self._grip == "offset":
            table.viewport.move_pane(self._upper(frame), by)
        elif frame is not None:
            table.viewport.pan(frame, by)
        self._press = point

    def _upper(self, frame: Frame) -> Frame:
        """Where images lie over each other, B is the one that is moved."""
        table = self._table
        if table.mode is Mode.SIDE or len(table.images) < 2:
            return frame
        return table.frame_of(table.pair[1], frame.pane)

    def _show_cursor(self, point: QPointF) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if self._on_line(point):
            shape = Qt.CursorShape.SplitHCursor if self._table.wipe_upright else Qt.CursorShape.SplitVCursor
        self._table.setCursor(shape)

    def _look_from_navigator(self, point: QPointF) -> None:
        frame, box = self._table.main_frame(), self._picture.navigator
        if frame is not None and not box.isEmpty():
            x = (point.x() - box.left()) / box.width()
            self._table.viewport.look_at(frame, x, (point.y() - box.top()) / box.height())

    def release(self) -> None:
        self._press, self._grip = None, ""

    def double_click(self, point: QPointF) -> None:
        """Fit or 1 : 1 with what is under the pointer staying there."""
        frame = self._table.frame_at(point)
        if frame is not None and not self._on_line(point):
            self._table.viewport.set_zoom(frame, 1.0 if self._table.is_fit else FIT, point)

    def leave(self) -> None:
        self.pointer = QPointF(_NOWHERE)
        if self._table.loupe:
            self._table.update()

    # ------------------------------------------------------------------------------------------------ keys
    def key(self, event: QKeyEvent) -> bool:
        """Whether it was a key of the hand: an arrow, or one that steps through the panes."""
        steps = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if event.key() not in steps:
            return self._arrow(event)
        self._table.chosen.step(steps[Qt.Key(event.key())])
        return True

    def _arrow(self, event: QKeyEvent) -> bool:
        """Whether it was an arrow key that means something here: pan, or with Ctrl the loupe, with Alt B or the
        chosen image, in a wipe along the way of the line the line. Shift takes longer steps."""
        table = self._table
        step = _ARROWS.get(Qt.Key(event.key()))
        frame = table.main_frame()
        if step is None or frame is None:
            return False
        large = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        along = step[0] if table.wipe_upright else step[1]
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if not table.loupe:
                return False
            amount = _LOUPE_STEP_PX * (5 if large else 1)
            self._move_loupe(frame, QPointF(step[0] * amount, step[1] * amount))
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier:
            amount = 10 if large else 1
            table.viewport.move_pane(self._moved_by_keys(frame), QPointF(step[0] * amount, step[1] * amount))
        elif table.mode is Mode.WIPE and along:
            table.set_wipe(table.wipe + along * (0.10 if large else 0.01))
        else:
            amount = _PAN_STEP_PX * (4 if large else 1)
            table.viewport.pan(frame, QPointF(-step[0] * amount, -step[1] * amount))
        return True

    def _moved_by_keys(self, main: Frame) -> Frame:
        """The chosen pane; B where none is chosen."""
        table = self._table
        if table.chosen.place is not None:
            return main
        return self._upper(next((one for index, one in table.frames() if index == table.pair[1]), main))

    def _move_loupe(self, frame: Frame, by: QPointF) -> None:
        room = QRectF(self._table.rect())
        begin = self.pointer if room.contains(self.pointer) else frame.pane.center()
        x = max(room.left(), min(room.right() - 1, begin.x() + by.x()))
        y = max(room.top(), min(room.bottom() - 1, begin.y() + by.y()))
        self.pointer = QPointF(x, y)
        self._table.update()
        self._table.changed.emit()
