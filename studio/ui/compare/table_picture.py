"""Paints the table: its images in the way they are set against each other, and what lies over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QPainter

from studio.ui.compare.difference import DifferenceMaker, DifferenceWish
from studio.ui.compare.image_painter import ImagePainter, in_image, reflected, trouble_of
from studio.ui.compare.panes import Mode
from studio.ui.compare.table_painter import (
    navigator_box,
    paint_badge,
    paint_loupe_frame,
    paint_navigator_frame,
    paint_note,
    paint_wipe,
)
from studio.ui.compare.viewport import Frame
from studio.ui.theme import active

if TYPE_CHECKING:
    from studio.ui.compare.light_table import LightTable

Frames = list[tuple[int, Frame]]
_LOUPE_SIDE = 220
_LOUPE_FACTOR = 2.0


class TablePicture(QObject):
    """Reads what the table is set to; keeps where it painted what can be gripped."""

    ready = Signal()
    """There is something better to paint now."""

    def __init__(self, table: LightTable) -> None:
        super().__init__(table)
        self._table = table
        self.images = ImagePainter(table.levels, self)
        self._difference = DifferenceMaker(self)
        self.images.ready.connect(self.ready)
        self._difference.ready.connect(self.ready)
        self.handle = QRectF()
        """The round grip of the wipe line; empty when there is none."""
        self.navigator = QRectF()
        """The small whole image; empty when there is none."""

    @property
    def is_busy(self) -> bool:
        """Whether what is painted will still become better by itself."""
        return self.images.is_busy or self._difference.is_busy

    def draw(self, painter: QPainter, frames: Frames) -> None:
        """All of it but the ground."""
        self._paint_images(painter, frames)
        self._paint_over(painter, frames)

    # ------------------------------------------------------------------------------------------------ images
    def _paint_images(self, painter: QPainter, frames: Frames) -> None:
        table = self._table
        pair = len(frames) == 2 and not table.first_only
        if pair and table.mode is Mode.DIFFERENCE:
            self._paint_difference(painter, frames)
        elif pair and table.mode is Mode.WIPE:
            first, second = self._wipe_parts()
            self._paint_image(painter, frames[0], first)
            self._paint_image(painter, frames[1], second)
        elif pair and table.mode is Mode.OVERLAY:
            self._paint_image(painter, frames[0], frames[0][1].pane)
            painter.setOpacity(table.opacity_percent / 100)
            self._paint_image(painter, frames[1], frames[1][1].pane)
            painter.setOpacity(1.0)
        else:
            for one in frames:
                self._paint_image(painter, one, one[1].pane)

    def _wipe_parts(self) -> tuple[QRectF, QRectF]:
        room, place = QRectF(self._table.rect()), self._table.wipe_place()
        if self._table.wipe_upright:
            first = QRectF(room.left(), room.top(), place - room.left(), room.height())
            return first, QRectF(place, room.top(), room.right() - place, room.height())
        first = QRectF(room.left(), room.top(), room.width(), place - room.top())
        return first, QRectF(room.left(), place, room.width(), room.bottom() - place)

    def _paint_image(self, painter: QPainter, one: tuple[int, Frame], clip: QRectF) -> None:
        index, frame = one
        table = self._table
        target, scale = table.viewport.target(frame), table.viewport.image_scale(frame)
        image, ratio = table.images[index], frame.pixel_ratio
        if not self.images.draw(painter, image, target, clip, scale, ratio, mirrored=table.mirrored):
            painter.fillRect(target.intersected(clip), active().tokens.cell)

    def _paint_difference(self, painter: QPainter, frames: Frames) -> None:
        wish = self._difference_wish(frames)
        if wish is None:
            self._paint_image(painter, frames[0], frames[0][1].pane)
            return
        found = self._difference.picture(wish)
        if found is not None:
            painter.drawImage(QRectF(self._table.rect()), found)

    def _difference_wish(self, frames: Frames) -> DifferenceWish | None:
        table = self._table
        parts = []
        for index, frame in frames:
            target, image = table.viewport.target(frame), table.images[index]
            shown = target.intersected(frame.pane)
            wanted = in_image(reflected(shown, target) if table.mirrored else shown, target, image)
            picture = table.levels.picture(image, table.viewport.image_scale(frame), wanted)
            if picture is None:
                return None
            parts.append((picture.pixels, picture.area, target, (image.width, image.height)))
        ratio = table.devicePixelRatioF()
        size = (round(table.width() * ratio), round(table.height() * ratio))
        ground = table.surround_colour().name()
        return DifferenceWish(tuple(parts), size, ratio, table.gain, table.difference_grey, table.mirrored, ground)

    # ------------------------------------------------------------------------------------------------ over them
    def _paint_over(self, painter: QPainter, frames: Frames) -> None:
        table = self._table
        self.handle = QRectF()
        pair = len(frames) == 2 and table.mode is not Mode.SIDE and not table.first_only
        if pair and table.mode is Mode.WIPE:
            self.handle = paint_wipe(painter, QRectF(table.rect()), table.wipe_place(), upright=table.wipe_upright)
        if table.loupe:
            self._paint_loupe(painter, frames)
        for position, (index, frame) in enumerate(frames):
            if table.mode is not Mode.DIFFERENCE or table.first_only:
                right = pair and position == 1
                words = (table.mark_of(index), table.name_of(index))
                target, chosen = table.viewport.target(frame), index == table.chosen.place
                paint_badge(painter, frame.pane, target, words, table.tokens, right=right, half=pair, chosen=chosen)
            note = trouble_of(table.levels, table.images[index], table.viewport.image_scale(frame))
            if note:
                paint_note(painter, frame.pane, note, table.tokens)
        self._paint_navigator(painter)

    def _paint_loupe(self, painter: QPainter, frames: Frames) -> None:
        """The same place of each image, enlarged, at the same place of each pane."""
        table = self._table
        under = next((frame for _, frame in frames if frame.pane.contains(table.pointer)), frames[0][1])
        point = table.pointer if under.pane.contains(table.pointer) else under.pane.center()
        side = float(min(_LOUPE_SIDE, int(under.pane.width() * 0.45), int(under.pane.height() * 0.45)))
        # One factor for all: the same part of each image, whatever its pixels; those of the finest are seen singly.
        finest = min(table.viewport.image_scale(frame) for _, frame in frames)
        factor = max(_LOUPE_FACTOR, 1 / max(1e-6, finest))
        for position, (index, frame) in enumerate(frames):
            middle = frame.pane.topLeft() + (point - under.pane.topLeft())
            box = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
            if table.mode is not Mode.SIDE and len(frames) == 2:
                box.moveLeft(middle.x() - side if position == 0 else middle.x())
            box = _kept_inside(box, frame.pane)
            target, scale = table.viewport.target(frame), table.viewport.image_scale(frame)
            big = QRectF(
                box.center().x() - (middle.x() - target.left()) * factor,
                box.center().y() - (middle.y() - target.top()) * factor,
                target.width() * factor,
                target.height() * factor,
            )
            painter.fillRect(box, table.surround_colour())
            self._draw_piece(painter, index, big, box, scale * factor)
            paint_loupe_frame(painter, box)

    def _paint_navigator(self, painter: QPainter) -> None:
        table = self._table
        self.navigator = QRectF()
        frame = table.main_frame()
        if frame is None or not table.viewport.is_zoomed_in(frame):
            return
        image = table.images[table.chosen.main_place]
        box = navigator_box(QRectF(table.rect()), image.width / image.height)
        scale = max(box.width() / image.width, box.height() / image.height) * frame.pixel_ratio
        self._draw_piece(painter, table.chosen.main_place, box, box, scale)
        paint_navigator_frame(painter, box, table.viewport.seen(frame))
        self.navigator = box

    def _draw_piece(self, painter: QPainter, index: int, target: QRectF, clip: QRectF, scale: float) -> None:
        table = self._table
        image, ratio = table.images[index], table.devicePixelRatioF()
        if not self.images.draw(painter, image, target, clip, scale, ratio, mirrored=table.mirrored, sharp=False):
            painter.fillRect(target.intersected(clip), active().tokens.cell)


def _kept_inside(box: QRectF, room: QRectF) -> QRectF:
    left = max(room.left(), min(box.left(), room.right() - box.width()))
    top = max(room.top(), min(box.top(), room.bottom() - box.height()))
    return QRectF(left, top, box.width(), box.height())
