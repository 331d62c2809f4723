"""The light table: two to nine images under one viewport, side by side or laid over each other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from studio.ui.compare.difference import DifferenceMaker, DifferenceWish
from studio.ui.compare.levels import LevelStore, TableImage
from studio.ui.compare.panes import Mode, letter, panes
from studio.ui.compare.table_painter import (
    HANDLE_SIDE,
    navigator_box,
    paint_badge,
    paint_loupe_frame,
    paint_navigator_frame,
    paint_note,
    paint_wipe,
)
from studio.ui.compare.viewport import FIT, ZOOM_STEP, Frame, Viewport
from studio.ui.theme import SURROUNDS, RingShape, active
from studio.ui.translation import Translated
from studio.ui.widgets import Themed, safe_override

BLINK_RANGE_MS = (200, 2000)
BLINK_MS = 600
GAIN_RANGE = (1, 8)
_LOUPE_SIDE = 220
_LOUPE_FACTOR = 2.0
_PAN_STEP_PX = 60
_WHEEL_BASE = 1.0015
_CLICK_PX = 4
_BY_KEYBOARD = frozenset(
    {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
)


class LightTable(Translated, Themed, QWidget):
    """`set_images`, `set_mode`, `set_pair`; the rest is state that keys, bar and menu change.

    `changed` tells that something the bar shows is different now; `pair_changed` that other images are A and B."""

    changed = Signal()
    menu_asked = Signal(QPoint)
    keyed = Signal(QKeyEvent)
    """A key that the table does not know; accept it if it meant something."""

    focus_ring: RingShape | None = None
    """Shown when the keyboard brought the focus here; a click or a change of view puts no colour around images."""

    def __init__(self, levels: LevelStore, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(200, 160)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.levels = levels
        self.viewport = Viewport(self)
        self.images: list[TableImage] = []
        self.pair = (0, 1)
        self.mode = Mode.SIDE
        self.wipe, self.wipe_upright = 0.5, True
        self.opacity_percent, self.gain, self.difference_grey = 50, 2, True
        self.grey = self.mirrored = self.loupe = False
        self.show_names, self.blind, self.first_only = True, False, False
        self.surround = "theme"
        self.blink_index = 0
        self._broken: set[int] = set()
        self._press: QPointF | None = None
        self._grip = ""
        self._moved = False
        self._pointer = QPointF(-1, -1)
        self._handle = QRectF()
        self._navigator = QRectF()
        self._blink = QTimer(self)
        self._blink.setInterval(BLINK_MS)
        self._blink.timeout.connect(self._next_blink)
        self._difference = DifferenceMaker(self)
        self._difference.ready.connect(self.update)
        levels.ready.connect(self._pixels_came)
        levels.failed.connect(self._cannot_decode)
        self.viewport.changed.connect(self._view_changed)
        self.retranslate()

    # ------------------------------------------------------------------------------------------------ state
    def set_images(self, images: list[TableImage], *, keep_view: bool = False) -> None:
        """Lay these on the table; the first two become A and B unless the marked ones are still there."""
        before = [self.images[i].id for i in self.pair if i < len(self.images)]
        self.images = list(images)
        ids = [image.id for image in self.images]
        if len(before) == 2 and all(one in ids for one in before):
            self.pair = (ids.index(before[0]), ids.index(before[1]))
        else:
            self.pair = (0, 1 if len(ids) > 1 else 0)
        self.levels.set_images(self.images)
        self.blink_index = 0
        if not keep_view:
            self.viewport.reset()
        self._tell()

    def set_pair(self, first: int, second: int) -> None:
        """Which images are A and B, by their place on the table."""
        if first != second and {first, second} <= set(range(len(self.images))):
            self.pair = (first, second)
            self._tell()

    def swap(self) -> None:
        self.set_pair(self.pair[1], self.pair[0])

    def set_mode(self, mode: Mode) -> None:
        self.mode = mode
        self.blink_index = 0
        self.set_blinking(mode is Mode.BLINK)
        self._tell()

    @property
    def blinking(self) -> bool:
        return self._blink.isActive()

    def set_blinking(self, on: bool) -> None:
        """Run or hold the alternation."""
        if on and self.mode is Mode.BLINK and len(self.images) > 1:
            self._blink.start()
        else:
            self._blink.stop()
        self.changed.emit()

    @property
    def blink_ms(self) -> int:
        return self._blink.interval()

    def set_blink_ms(self, interval_ms: int) -> None:
        low, high = BLINK_RANGE_MS
        self._blink.setInterval(max(low, min(high, interval_ms)))
        self.changed.emit()

    def set_grey(self, grey: bool) -> None:
        self.grey = self.levels.grey = grey
        self._tell()

    def set_mirrored(self, mirrored: bool) -> None:
        self.mirrored = mirrored
        self._tell()

    def set_loupe(self, loupe: bool) -> None:
        self.loupe = loupe
        self._tell()

    def set_gain(self, gain: int) -> None:
        self.gain = max(GAIN_RANGE[0], min(GAIN_RANGE[1], gain))
        self._tell()

    def set_difference_grey(self, grey: bool) -> None:
        self.difference_grey = grey
        self._tell()

    def set_opacity(self, percent: int) -> None:
        self.opacity_percent = max(0, min(100, percent))
        self._tell()

    def set_wipe(self, share: float) -> None:
        """Where the line is, 0 to 1 of the table."""
        self.wipe = max(0.0, min(1.0, share))
        self._tell()

    def set_wipe_upright(self, upright: bool) -> None:
        self.wipe_upright = upright
        self._tell()

    def set_show_names(self, shown: bool) -> None:
        self.show_names = shown
        self._tell()

    def set_blind(self, blind: bool) -> None:
        self.blind = blind
        self._tell()

    def set_surround(self, name: str) -> None:
        """``theme`` or a name of `SURROUNDS`; behind the images only."""
        self.surround = name
        self._tell()

    def set_first_only(self, first: bool) -> None:
        """Show A alone while it lasts."""
        if first != self.first_only:
            self.first_only = first
            self._tell()

    def name_of(self, index: int) -> str:
        """What may be shown of who made it: nothing while the vote is blind."""
        return "" if self.blind or not self.show_names else self.images[index].name

    # ------------------------------------------------------------------------------------------------ geometry
    def shown_indexes(self) -> list[int]:
        """Which images can be seen now, by place."""
        if not self.images:
            return []
        if self.first_only:
            return [self.pair[0]]
        if self.mode is Mode.SIDE:
            return list(range(len(self.images))) if not self.blind else list(self.pair)
        if self.mode is Mode.BLINK:
            turn = self.blink_order()
            return [turn[self.blink_index % len(turn)]]
        return list(self.pair)

    def blink_order(self) -> list[int]:
        """A, B, then the others; while blind only A and B."""
        others = [] if self.blind else [i for i in range(len(self.images)) if i not in self.pair]
        return [*self.pair, *others]

    def frames(self) -> list[tuple[int, Frame]]:
        """The panes with their images; over each other in all modes but side by side."""
        shown = self.shown_indexes()
        room = QRectF(self.rect())
        side = self.mode is Mode.SIDE and not self.first_only
        boxes = panes(room, len(shown)) if side else [room] * len(shown)
        return [(index, self._frame(index, box)) for index, box in zip(shown, boxes, strict=True)]

    def main_frame(self) -> Frame | None:
        """The frame that the percentage speaks of: that of A."""
        found = self.frames()
        return next((frame for index, frame in found if index == self.pair[0]), found[0][1] if found else None)

    def _frame(self, index: int, box: QRectF) -> Frame:
        image = self.images[index]
        reference = image
        if self.viewport.together:
            reference = max(self.images, key=lambda one: one.width * one.height)
        return Frame(
            image.id,
            box,
            QSizeF(image.width, image.height),
            QSizeF(reference.width, reference.height),
            self.devicePixelRatioF(),
        )

    def frame_at(self, point: QPointF) -> Frame | None:
        """The pane under the pointer."""
        return next((frame for _, frame in self.frames() if frame.pane.contains(point)), self.main_frame())

    # ------------------------------------------------------------------------------------------------ zoom
    @property
    def zoom_percent(self) -> int:
        frame = self.main_frame()
        return round(self.viewport.zoom(frame) * 100) if frame else 100

    @property
    def is_fit(self) -> bool:
        frame = self.main_frame()
        return frame is None or self.viewport.view(frame.key).zoom == FIT

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        frame = self.frame_at(at) if at is not None else self.main_frame()
        if frame is not None:
            self.viewport.set_zoom(frame, self.viewport.zoom(frame) * factor, at)

    def show_whole(self) -> None:
        frame = self.main_frame()
        if frame is not None:
            self.viewport.set_zoom(frame, FIT)

    def show_pixels(self) -> None:
        """One pixel of the largest image is one pixel of the screen."""
        frame = self.main_frame()
        if frame is not None:
            self.viewport.set_zoom(frame, 1.0)

    def toggle_whole(self) -> None:
        if self.is_fit:
            self.show_pixels()
        else:
            self.show_whole()

    def set_together(self, together: bool) -> None:
        frame = self.main_frame()
        if frame is not None:
            self.viewport.set_together(together, frame.key)

    # ------------------------------------------------------------------------------------------------ painting
    def surround_colour(self) -> QColor:
        return SURROUNDS.get(self.surround, active().tokens.canvas)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.surround_colour())
        frames = self.frames()
        if frames:
            self._paint_images(painter, frames)
            self._paint_over(painter, frames)
        painter.end()

    def _paint_images(self, painter: QPainter, frames: list[tuple[int, Frame]]) -> None:
        pair = len(frames) == 2 and not self.first_only
        if pair and self.mode is Mode.DIFFERENCE:
            self._paint_difference(painter, frames)
        elif pair and self.mode is Mode.WIPE:
            first, second = self._wipe_parts()
            self._paint_image(painter, frames[0], first)
            self._paint_image(painter, frames[1], second)
        elif pair and self.mode is Mode.OVERLAY:
            self._paint_image(painter, frames[0], frames[0][1].pane)
            painter.setOpacity(self.opacity_percent / 100)
            self._paint_image(painter, frames[1], frames[1][1].pane)
            painter.setOpacity(1.0)
        else:
            for one in frames:
                self._paint_image(painter, one, one[1].pane)

    def _wipe_parts(self) -> tuple[QRectF, QRectF]:
        room = QRectF(self.rect())
        if self.wipe_upright:
            place = self.wipe_place()
            first = QRectF(room.left(), room.top(), place - room.left(), room.height())
            return first, QRectF(place, room.top(), room.right() - place, room.height())
        place = self.wipe_place()
        first = QRectF(room.left(), room.top(), room.width(), place - room.top())
        return first, QRectF(room.left(), place, room.width(), room.bottom() - place)

    def wipe_place(self) -> float:
        """Where the line is in logical pixels."""
        return float(round(self.wipe * (self.width() if self.wipe_upright else self.height())))

    def _paint_image(self, painter: QPainter, one: tuple[int, Frame], clip: QRectF) -> None:
        index, frame = one
        target = self.viewport.target(frame)
        self._draw(painter, self.images[index], target, clip, self.viewport.image_scale(frame))

    def _draw(self, painter: QPainter, image: TableImage, target: QRectF, clip: QRectF, scale: float) -> None:
        """An image into `target`, of it only what lies in `clip`."""
        seen = target.intersected(clip)
        if seen.isEmpty():
            return
        if self.mirrored:
            seen = QRectF(target.left() + target.right() - seen.right(), seen.top(), seen.width(), seen.height())
        ratio = image.width / target.width()
        wanted = QRectF(
            (seen.left() - target.left()) * ratio,
            (seen.top() - target.top()) * image.height / target.height(),
            seen.width() * ratio,
            seen.height() * image.height / target.height(),
        )
        picture = self.levels.picture(image, scale, wanted)
        if picture is None:
            painter.fillRect(target.intersected(clip), active().tokens.cell)
            return
        across = target.width() / image.width
        down = target.height() / image.height
        area = picture.area
        place = QRectF(
            target.left() + area.left() * across,
            target.top() + area.top() * down,
            area.width() * across,
            area.height() * down,
        )
        painter.save()
        painter.setClipRect(clip)
        if self.mirrored:
            middle = target.center().x()
            painter.translate(2 * middle, 0)
            painter.scale(-1, 1)
        draw_part(painter, picture.pixels, place, seen, smooth=scale < 2)
        painter.restore()

    def _paint_difference(self, painter: QPainter, frames: list[tuple[int, Frame]]) -> None:
        wish = self._difference_wish(frames)
        if wish is None:
            self._paint_image(painter, frames[0], frames[0][1].pane)
            return
        found = self._difference.picture(wish)
        if found is None:
            return
        painter.drawImage(QRectF(self.rect()), found)

    def _difference_wish(self, frames: list[tuple[int, Frame]]) -> DifferenceWish | None:
        parts = []
        for index, frame in frames:
            target, image = self.viewport.target(frame), self.images[index]
            clip = target.intersected(frame.pane)
            wanted = QRectF(
                (clip.left() - target.left()) * image.width / target.width(),
                (clip.top() - target.top()) * image.height / target.height(),
                clip.width() * image.width / target.width(),
                clip.height() * image.height / target.height(),
            )
            picture = self.levels.picture(image, self.viewport.image_scale(frame), wanted)
            if picture is None:
                return None
            parts.append((picture.pixels, picture.area, target, (image.width, image.height)))
        ratio = self.devicePixelRatioF()
        size = (round(self.width() * ratio), round(self.height() * ratio))
        return DifferenceWish(
            tuple(parts), size, ratio, self.gain, self.difference_grey, self.mirrored, self.surround_colour().name()
        )

    def _paint_over(self, painter: QPainter, frames: list[tuple[int, Frame]]) -> None:
        self._handle = QRectF()
        pair = len(frames) == 2 and self.mode is not Mode.SIDE and not self.first_only
        if pair and self.mode is Mode.WIPE:
            self._handle = paint_wipe(painter, QRectF(self.rect()), self.wipe_place(), upright=self.wipe_upright)
        if self.loupe:
            self._paint_loupe(painter, frames)
        for position, (index, frame) in enumerate(frames):
            if self.mode is not Mode.DIFFERENCE or self.first_only:
                right = pair and position == 1
                words = (self.mark_of(index), self.name_of(index))
                paint_badge(painter, frame.pane, self.viewport.target(frame), words, self.tokens, right=right)
            if self.images[index].missing or self.images[index].id in self._broken:
                paint_note(painter, frame.pane, self._note_of(index), self.tokens)
        self._paint_navigator(painter)

    def mark_of(self, index: int) -> str:
        """A and B for the marked pair, then C, D, ... in the order of the table."""
        if index in self.pair:
            return letter(self.pair.index(index))
        others = [i for i in range(len(self.images)) if i not in self.pair]
        return letter(2 + others.index(index))

    def _note_of(self, index: int) -> str:
        if self.images[index].missing:
            return self.tr("The file was moved; this is its preview")
        return self.tr("This file cannot be read here; this is its preview")

    def _paint_loupe(self, painter: QPainter, frames: list[tuple[int, Frame]]) -> None:
        """The same place of each image, enlarged, at the same place of each pane."""
        under = next((frame for _, frame in frames if frame.pane.contains(self._pointer)), frames[0][1])
        point = self._pointer if under.pane.contains(self._pointer) else under.pane.center()
        side = float(min(_LOUPE_SIDE, int(under.pane.width() * 0.45), int(under.pane.height() * 0.45)))
        overlaid = self.mode is not Mode.SIDE
        for position, (index, frame) in enumerate(frames):
            offset = point - under.pane.topLeft()
            middle = frame.pane.topLeft() + offset
            box = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
            if overlaid and len(frames) == 2:
                box.moveLeft(middle.x() - side if position == 0 else middle.x())
            box = _kept_inside(box, frame.pane)
            target = self.viewport.target(frame)
            factor = max(_LOUPE_FACTOR, 1 / max(1e-6, self.viewport.image_scale(frame)))
            big = QRectF(
                box.center().x() - (middle.x() - target.left()) * factor,
                box.center().y() - (middle.y() - target.top()) * factor,
                target.width() * factor,
                target.height() * factor,
            )
            painter.fillRect(box, self.surround_colour())
            self._draw(painter, self.images[index], big, box, self.viewport.image_scale(frame) * factor)
            paint_loupe_frame(painter, box)

    def _paint_navigator(self, painter: QPainter) -> None:
        self._navigator = QRectF()
        frame = self.main_frame()
        if frame is None or not self.viewport.is_zoomed_in(frame):
            return
        image = self.images[self.pair[0]]
        box = navigator_box(QRectF(self.rect()), image.width / image.height)
        self._draw(painter, image, box, box, box.width() * self.devicePixelRatioF() / image.width)
        paint_navigator_frame(painter, box, self.viewport.seen(frame))
        self._navigator = box

    # ------------------------------------------------------------------------------------------------ news
    def _next_blink(self) -> None:
        self.blink_index = (self.blink_index + 1) % max(1, len(self.blink_order()))
        self.update()

    def _pixels_came(self) -> None:
        self.update()

    def _cannot_decode(self, image_id: object) -> None:
        if isinstance(image_id, int):
            self._broken.add(image_id)
            self.update()

    def _view_changed(self) -> None:
        self.update()
        self.changed.emit()

    def _tell(self) -> None:
        self.retranslate()
        self.update()
        self.changed.emit()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Light table"))
        marks = []
        for index in range(len(self.images)):
            name = self.name_of(index)
            marks.append(f"{self.mark_of(index)}: {name}" if name else self.mark_of(index))
        self.setAccessibleDescription(", ".join(marks))

    # ------------------------------------------------------------------------------------------------ pointer
    @safe_override(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(_WHEEL_BASE ** (event.angleDelta().y() or event.angleDelta().x()), event.position())
        event.accept()

    @safe_override(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() not in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            return
        self._press, self._moved = event.position(), False
        if self._navigator.contains(event.position()):
            self._grip = "navigator"
            self._look_from_navigator(event.position())
        elif self._on_line(event.position()):
            self._grip = "wipe"
        elif event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._grip = "offset"
        else:
            self._grip = "pan"

    def _on_line(self, point: QPointF) -> bool:
        if self._handle.isEmpty():
            return False
        across = point.x() if self.wipe_upright else point.y()
        return self._handle.contains(point) or abs(across - self.wipe_place()) <= HANDLE_SIDE / 4

    @safe_override(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        point = event.position()
        self._pointer = point
        if self._press is None:
            self._show_cursor(point)
            if self.loupe:
                self.update()
            return
        by = point - self._press
        if not self._moved and by.manhattanLength() < _CLICK_PX:
            return
        self._moved = True
        frame = self.frame_at(self._press)
        if self._grip == "wipe":
            self.set_wipe(point.x() / self.width() if self.wipe_upright else point.y() / self.height())
        elif self._grip == "navigator":
            self._look_from_navigator(point)
        elif frame is not None and self._grip == "offset":
            self.viewport.move_pane(self._upper(frame), by)
        elif frame is not None:
            self.viewport.pan(frame, by)
        self._press = point

    def _upper(self, frame: Frame) -> Frame:
        """Where images lie over each other, B is the one that is moved."""
        if self.mode is Mode.SIDE or len(self.images) < 2:
            return frame
        return self._frame(self.pair[1], frame.pane)

    def _show_cursor(self, point: QPointF) -> None:
        shape = Qt.CursorShape.ArrowCursor
        if self._on_line(point):
            shape = Qt.CursorShape.SplitHCursor if self.wipe_upright else Qt.CursorShape.SplitVCursor
        self.setCursor(shape)

    def _look_from_navigator(self, point: QPointF) -> None:
        frame = self.main_frame()
        if frame is not None and not self._navigator.isEmpty():
            box = self._navigator
            x = (point.x() - box.left()) / box.width()
            self.viewport.look_at(frame, x, (point.y() - box.top()) / box.height())

    @safe_override(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._press, self._grip = None, ""

    @safe_override(None)
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        frame = self.frame_at(event.position())
        if frame is not None and not self._on_line(event.position()):
            self.viewport.set_zoom(frame, 1.0 if self.is_fit else FIT, event.position())

    @safe_override(None)
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._pointer = QPointF(-1, -1)
        if self.loupe:
            self.update()

    @safe_override(None)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    # ------------------------------------------------------------------------------------------------ keys
    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.set_first_only(True)
            return
        if self._arrow(event):
            return
        event.setAccepted(False)
        self.keyed.emit(event)
        if not event.isAccepted():
            super().keyPressEvent(event)

    def _arrow(self, event: QKeyEvent) -> bool:
        steps = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        step = steps.get(Qt.Key(event.key()))
        frame = self.main_frame()
        if step is None or frame is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        large = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        along = step[0] if self.wipe_upright else step[1]
        if event.modifiers() & Qt.KeyboardModifier.AltModifier:
            amount = 10 if large else 1
            second = next((one for index, one in self.frames() if index == self.pair[1]), frame)
            self.viewport.move_pane(self._upper(second), QPointF(step[0] * amount, step[1] * amount))
        elif self.mode is Mode.WIPE and along:
            self.set_wipe(self.wipe + along * (0.10 if large else 0.01))
        else:
            amount = _PAN_STEP_PX * (4 if large else 1)
            self.viewport.pan(frame, QPointF(-step[0] * amount, -step[1] * amount))
        return True

    @safe_override(None)
    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self.set_first_only(False)
        else:
            super().keyReleaseEvent(event)

    @safe_override(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focus_ring = RingShape(0, gap=-2) if event.reason() in _BY_KEYBOARD else None

    @safe_override(None)
    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.set_first_only(False)

    @safe_override(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.changed.emit()

    def step_zoom(self, steps: int) -> None:
        """In or out by a quarter for each step."""
        self.zoom_by(ZOOM_STEP**steps)


def draw_part(painter: QPainter, pixels: QImage, place: QRectF, seen: QRectF, *, smooth: bool) -> None:
    """`pixels` stretched to `place`, but only the part in `seen`: what lies outside costs nothing."""
    part = place.intersected(seen.adjusted(-2, -2, 2, 2))
    if part.isEmpty():
        return
    across, down = pixels.width() / place.width(), pixels.height() / place.height()
    source = QRectF(
        (part.left() - place.left()) * across,
        (part.top() - place.top()) * down,
        part.width() * across,
        part.height() * down,
    )
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
    painter.drawImage(part, pixels, source)


def _kept_inside(box: QRectF, room: QRectF) -> QRectF:
    left = max(room.left(), min(box.left(), room.right() - box.width()))
    top = max(room.top(), min(box.top(), room.bottom() - box.height()))
    return QRectF(left, top, box.width(), box.height())
