"""The light table: two to nine images under one viewport, side by side or laid over each other."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from studio.ui.compare.chosen_pane import ChosenPane
from studio.ui.compare.levels import LevelStore, TableImage
from studio.ui.compare.panes import Mode, letter, panes
from studio.ui.compare.table_hand import TableHand
from studio.ui.compare.table_picture import TablePicture
from studio.ui.compare.viewport import FIT, ZOOM_STEP, Frame, Viewport, fit_zoom
from studio.ui.theme import SURROUNDS, RingShape, active
from studio.ui.translation import Translated, listed
from studio.ui.widgets import Themed, safe_override

BLINK_RANGE_MS = (200, 2000)
BLINK_MS = 600
GAIN_RANGE = (1, 8)
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
        self.chosen = ChosenPane(self)
        self.picture = TablePicture(self)
        self._hand = TableHand(self, self.picture)
        self._blink = QTimer(self)
        self._blink.setInterval(BLINK_MS)
        self._blink.timeout.connect(self._next_blink)
        self.picture.ready.connect(self.update)
        self.viewport.changed.connect(self._view_changed)
        self.retranslate()

    # ------------------------------------------------------------------------------------------------ state
    def set_images(self, images: list[TableImage], *, keep_view: bool = False) -> None:
        """Lay these on the table; the first two become A and B unless the marked ones are still there."""
        before = [self.images[i].id for i in self.pair if i < len(self.images)]
        self.images = list(images)
        ids = [image.id for image in self.images]
        if len(set(before)) == 2 and all(one in ids for one in before):
            self.pair = (ids.index(before[0]), ids.index(before[1]))
        else:
            self.pair = (0, 1 if len(ids) > 1 else 0)
        self.levels.set_images(self.images)
        self.picture.images.cuts.forget_all_but(set(ids))
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
        self.chosen.forget()
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
        self.chosen.forget()
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
        return [(index, self.frame_of(index, box)) for index, box in zip(shown, boxes, strict=True)]

    def main_frame(self) -> Frame | None:
        """The frame that the percentage speaks of and that keys act on: that of the chosen pane, else of A."""
        found, main = self.frames(), self.chosen.main_place
        return next((frame for index, frame in found if index == main), found[0][1] if found else None)

    def frame_of(self, index: int, box: QRectF) -> Frame:
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
        """Of the pixels of A, or of the chosen image. While blind of the whole image in its pane."""
        frame = self.main_frame()
        if frame is None:
            return 100
        whole = fit_zoom(frame) if self.blind else 1.0
        return round(self.viewport.zoom(frame) / whole * 100)

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
            self.picture.draw(painter, frames)
        painter.end()

    def wipe_place(self) -> float:
        """Where the line is in logical pixels."""
        return float(round(self.wipe * (self.width() if self.wipe_upright else self.height())))

    def mark_of(self, index: int) -> str:
        """A and B for the marked pair, then C, D, ... in the order of the table."""
        if index in self.pair:
            return letter(self.pair.index(index))
        others = [i for i in range(len(self.images)) if i not in self.pair]
        return letter(2 + others.index(index))

    # ------------------------------------------------------------------------------------------------ news
    def _next_blink(self) -> None:
        self.blink_index = (self.blink_index + 1) % max(1, len(self.blink_order()))
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
        self.setAccessibleDescription(listed(marks))

    # ------------------------------------------------------------------------------------------------ events
    @property
    def pointer(self) -> QPointF:
        """Where the loupe is, in logical pixels; outside the table when nobody points."""
        return self._hand.pointer

    @safe_override(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        self._hand.wheel(event)

    @safe_override(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._hand.press(event)

    @safe_override(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hand.move(event)

    @safe_override(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._hand.release()

    @safe_override(None)
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._hand.double_click(event.position())

    @safe_override(None)
    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hand.leave()

    @safe_override(None)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(event.globalPos())

    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.set_first_only(True)
            return
        if self._hand.key(event):
            return
        event.setAccepted(False)
        self.keyed.emit(event)
        if not event.isAccepted():
            super().keyPressEvent(event)

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
