"""The Runs view under mouse and keys: images are selected, rated, dragged and opened in place."""

from __future__ import annotations

from datetime import UTC, datetime

from PySide6.QtCore import QPoint, QPointF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from studio.ui.gallery.run_painter import RunPart
from studio.ui.gallery.run_row import RunRow
from studio.ui.gallery.runs_canvas import RunsCanvas
from studio.ui.gallery.runs_model import RunsModel
from studio.ui.gallery.selection import SelectedImages
from studio.ui.gallery.thumbnails import ThumbnailCache
from studio.ui.gallery.tile import Tile
from studio.ui.widgets import SecondClicks, safe_override

_PRESSABLE = {"load", "again", "more", "cancel", "stars", "select", "vary", "reference", "copy", "tile-more", "problem"}
_ONCE = (_PRESSABLE | {"prompt"}) - {"select"}
"""Parts where the second of two quick clicks counts for nothing: it would send, open or cancel once more, take the
rating back, or hit what the first click has brought under the pointer: Run again comes to stand where Cancel stood."""

_WHERE_CANCEL_WAS = {"load", "again", "problem"}
JUST_ENDED_S = 0.7
"""Nobody sees that something has ended and presses its new button in less time: that press was meant for Cancel."""


def has_just_ended(row: RunRow, tile: Tile | None = None) -> bool:
    """Whether a run, or the job of one of its tiles, has ended only now, so that its Cancel became another button."""
    jobs = [job for job in row.run.jobs if tile is None or job.id == tile.job_id]
    ends = [job.finished_at for job in jobs if job.finished_at is not None]
    return bool(ends) and (datetime.now(UTC) - max(ends)).total_seconds() < JUST_ENDED_S


class RunsView(RunsCanvas):
    """`button_clicked` carries a tile and what was pressed on it, `run_button_clicked` a run's number and ``load``,
    ``again``, ``more`` or ``cancel``; `rated` an image's number and stars; `keyed` a key that is not for moving."""

    button_clicked = Signal(object, str)
    run_button_clicked = Signal(object, str)
    rated = Signal(object, int)
    drag_started = Signal()
    menu_asked = Signal(object, object, QPoint)
    """The tile or None, the run's number, and the point on the screen."""
    opened = Signal(object)
    keyed = Signal(QKeyEvent)
    all_asked = Signal()
    zoomed = Signal(int)

    def __init__(
        self, model: RunsModel, selection: SelectedImages, thumbnails: ThumbnailCache, parent: QWidget | None = None
    ) -> None:
        super().__init__(model, selection, thumbnails, parent)
        self._press = QPoint(-1, -1)
        self._pressed: tuple[int, RunPart] = (-1, RunPart())
        self._anchor: tuple[int, int] = (-1, -1)
        self._unselect_on_release = False
        self._second_clicks = SecondClicks()

    # ------------------------------------------------------------------------------------------------ mouse
    @safe_override(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position().toPoint()
        if event.buttons() & Qt.MouseButton.LeftButton:
            far = (point - self._press).manhattanLength() >= QApplication.startDragDistance()
            number, part = self._pressed
            tile = self.tile_at(number, part.tile) if part.name == "tile" else None
            if far and tile is not None and tile.image is not None:
                self._pressed = (-1, RunPart())
                self._unselect_on_release = False
                self.drag_started.emit()
            return
        number, part = self.part_at(point)
        self.set_hovered(number, part)
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if part.name in _PRESSABLE else Qt.CursorShape.ArrowCursor
        )

    @safe_override(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press = event.position().toPoint()
        number, part = self.part_at(self._press)
        self._pressed = (number, part)
        self._unselect_on_release = False
        if self._second_clicks.belongs(event) and part.name in _ONCE:
            self._pressed = (-1, RunPart())
            return
        tile = self.tile_at(number, part.tile)
        if event.button() == Qt.MouseButton.RightButton:
            if tile is not None and tile.image_id not in self._selected:
                self._choose(number, part.tile, Qt.KeyboardModifier.NoModifier)
            return
        if event.button() != Qt.MouseButton.LeftButton or part.name in _PRESSABLE or part.name == "prompt":
            return
        if part.name == "tile" and tile is not None:
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if plain and tile.image_id in self._selected and len(self._selected) > 1:
                self._unselect_on_release = True  # a press on one of several may begin a drag of all
                self.set_current(number, part.tile)
            else:
                self._choose(number, part.tile, event.modifiers())
        elif event.modifiers() == Qt.KeyboardModifier.NoModifier:
            self._selected.clear()

    @safe_override(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, (-1, RunPart())
        if event.button() != Qt.MouseButton.LeftButton:
            return
        if self._unselect_on_release:
            self._unselect_on_release = False
            self._choose(pressed[0], pressed[1].tile, Qt.KeyboardModifier.NoModifier)
            return
        if self.part_at(event.position().toPoint()) == pressed:
            self._act(*pressed)

    def _act(self, number: int, part: RunPart) -> None:
        row, tile = self.row(number), self.tile_at(number, part.tile)
        if row is None:
            return
        if part.name in _WHERE_CANCEL_WAS and has_just_ended(row, tile if part.name == "problem" else None):
            return
        match part.name:
            case "load" | "again" | "more" | "cancel":
                self.run_button_clicked.emit(row.run.id, part.name)
            case "prompt":
                self.toggle_prompt(number)
            case "stars":
                self._rate_column(number, part)
            case "select" if tile is not None and tile.image is not None:
                self.set_current(number, part.tile)
                self._selected.toggle(tile.image.id)
            case "vary" | "reference" | "copy" | "problem" | "tile-more" if tile is not None:
                self.button_clicked.emit(tile, {"tile-more": "more"}.get(part.name, part.name))
            case _:
                pass

    def _rate_column(self, number: int, part: RunPart) -> None:
        row = self.row(number)
        first = 0
        for column in row.columns if row is not None else ():
            if first == part.tile:
                tile = self.painter.rated_tile(column)
                if tile is not None and tile.image is not None:
                    same = tile.image.rating == part.stars
                    self.rated.emit(tile.image.id, 0 if same else part.stars)
                return
            first += len(column.tiles)

    @safe_override(None)
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        number, part = self.part_at(event.position().toPoint())
        tile = self.tile_at(number, part.tile)
        if part.name == "tile" and tile is not None:
            self.opened.emit(tile)
        else:
            self.mousePressEvent(event)

    @safe_override(None)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            number, tile = self.current
            layout = self.layout_of(number) if number >= 0 else None
            point = QPointF(24, 24)
            if layout is not None and 0 <= tile < len(layout.tile_boxes()):
                point = layout.tile_boxes()[tile].center() + QPointF(0, self.top(number))
            where = self.viewport().mapToGlobal(point.toPoint())
        else:
            number, part = self.part_at(event.pos())
            tile, where = part.tile, event.globalPos()
        row = self.row(number)
        self.menu_asked.emit(self.tile_at(number, tile), row.run.id if row is not None else None, where)

    # ------------------------------------------------------------------------------------------------ choosing
    def _choose(self, number: int, tile_number: int, modifiers: Qt.KeyboardModifier) -> None:
        """Select by click or key: alone, added (Ctrl), or all from the last one to here (Shift)."""
        tile = self.tile_at(number, tile_number)
        if tile is None:
            return
        self.set_current(number, tile_number)
        if modifiers & Qt.KeyboardModifier.ShiftModifier and self._anchor[0] >= 0:
            self._selected.set_ids(self._between(self._anchor, (number, tile_number)))
            return
        self._anchor = (number, tile_number)
        if tile.image is None:
            self._selected.set_ids((), tile.key)
        elif modifiers & Qt.KeyboardModifier.ControlModifier:
            self._selected.toggle(tile.image.id)
        else:
            self._selected.set_ids([tile.image.id])

    def _between(self, one: tuple[int, int], other: tuple[int, int]) -> list[int]:
        first, last = min(one, other), max(one, other)
        ids: list[int] = []
        for number in range(first[0], last[0] + 1):
            row = self.row(number)
            for place, tile in enumerate(row.tiles if row is not None else ()):
                if first <= (number, place) <= last and tile.image is not None:
                    ids.append(tile.image.id)
        return ids

    # ------------------------------------------------------------------------------------------------ keys
    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_A and control:
            self.all_asked.emit()
            return
        number, tile = self.current
        if control and event.key() == Qt.Key.Key_Space:
            self._choose(number, tile, Qt.KeyboardModifier.ControlModifier)
        elif not self._move(event.key(), event.modifiers()):
            event.ignore()
            self.keyed.emit(event)

    def _move(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        number, tile = self.current
        bar, paged = self.verticalScrollBar(), key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}
        match key:
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                target = self._beside(number, tile, 1 if key == Qt.Key.Key_Right else -1)
            case Qt.Key.Key_Up | Qt.Key.Key_Down:
                target = self._above_or_below(number, tile, 1 if key == Qt.Key.Key_Down else -1)
            case Qt.Key.Key_Home:
                target = (0, 0)
            case Qt.Key.Key_End:
                target = (self._runs.rowCount() - 1, 0)
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                by, before = (1 if key == Qt.Key.Key_PageDown else -1), bar.value()
                bar.setValue(before + (bar.pageStep() - 40) * by)
                edge = 0 if by < 0 else self._runs.rowCount() - 1
                target = (edge if bar.value() == before else max(0, self.indexAt(QPoint(1, 40)).row()), 0)
            case _:
                return False
        if target[0] >= 0 and self.row(target[0]) is None:
            if not paged:
                self.scrollTo(self._runs.index(target[0]))  # its page is asked for by being looked at
            self.set_current(*target)
        elif self.tile_at(*target) is not None:
            if modifiers & Qt.KeyboardModifier.ControlModifier:
                self.set_current(*target)  # Ctrl+Space chooses it: what is chosen need not stand side by side
            else:
                self._choose(*target, modifiers & Qt.KeyboardModifier.ShiftModifier)
            if not paged:
                self.show_tile(*target)
        return True

    def _beside(self, number: int, tile: int, by: int) -> tuple[int, int]:
        if number < 0:
            return (max(0, self.indexAt(QPoint(1, 20)).row()), 0)
        row = self.row(number)
        if row is not None and 0 <= tile + by < len(row.tiles):
            return (number, tile + by)
        other = number + by
        neighbour = self.row(other)
        if neighbour is None:
            return (other, 0) if 0 <= other < self._runs.rowCount() else (number, tile)
        return (other, 0 if by > 0 else len(neighbour.tiles) - 1)

    def _above_or_below(self, number: int, tile: int, by: int) -> tuple[int, int]:
        """The nearest tile of the next line of tiles, in this run or the next one."""
        if number < 0:
            return self._beside(number, tile, by)
        layout = self.layout_of(number)
        if layout is None or not 0 <= tile < len(layout.tile_boxes()):
            return (min(max(0, number + by), self._runs.rowCount() - 1), 0)
        here = layout.tile_boxes()[tile]
        beyond = [
            (abs(box.center().y() - here.center().y()), abs(box.center().x() - here.center().x()), place)
            for place, box in enumerate(layout.tile_boxes())
            if (box.center().y() - here.center().y()) * by > here.height() / 2
        ]
        if beyond:
            return (number, min(beyond)[2])
        other = number + by
        if not 0 <= other < self._runs.rowCount():
            return (number, tile)
        next_layout = self.layout_of(other)
        boxes = next_layout.tile_boxes() if next_layout is not None else []
        edge = min(boxes, key=lambda box: box.top() * by, default=None)
        if edge is None:
            return (other, 0)
        line = [place for place, box in enumerate(boxes) if box.top() == edge.top()]
        return (other, min(line, key=lambda place: abs(boxes[place].center().x() - here.center().x())))

    @safe_override(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.current[0] < 0 and self._runs.rowCount() and event.reason() != Qt.FocusReason.MouseFocusReason:
            self.set_current(max(0, self.indexAt(QPoint(1, 20)).row()), 0)
        else:
            self.current_changed.emit()
        self.viewport().update()

    @safe_override(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    @safe_override(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoomed.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)

    def current_tile(self) -> Tile | None:
        return self.tile_at(*self.current)

    def keyboardSearch(self, search: str) -> None:
        """Letters are shortcuts here, not a search."""
