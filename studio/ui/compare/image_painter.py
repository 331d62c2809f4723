"""Draws one image of any size into a rectangle, in whatever quality is there now, and sees to it that better comes."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, Signal
from PySide6.QtGui import QPainter

from studio.ui.compare.levels import LevelStore, Picture, TableImage
from studio.ui.compare.sharp_cuts import SMOOTH_BELOW, SharpCuts, draw_part
from studio.ui.translation import translate


class ImagePainter(QObject):
    """`draw` never decodes and never stretches smoothly what is large: both happen on threads, then `ready`."""

    ready = Signal()

    def __init__(self, levels: LevelStore, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._levels = levels
        self.cuts = SharpCuts(self)
        self.cuts.ready.connect(self.ready)
        levels.ready.connect(self.ready)
        levels.closed.connect(self.cuts.close)

    @property
    def is_busy(self) -> bool:
        """Whether what is drawn will still become better by itself."""
        return self._levels.is_busy or self.cuts.is_busy

    def draw(  # noqa: PLR0917 - an image and where it goes
        self,
        painter: QPainter,
        image: TableImage,
        target: QRectF,
        clip: QRectF,
        scale: float,
        pixel_ratio: float,
        *,
        mirrored: bool = False,
        sharp: bool = True,
    ) -> bool:
        """The image into `target`, of it only what lies in `clip`, both in logical pixels; `scale`: device pixels for
        one of the image. Without `sharp` it is stretched at once, for small pieces that move all the time.

        False: there are no pixels yet, nothing was drawn."""
        shown = target.intersected(clip)
        if shown.isEmpty():
            return True
        seen = reflected(shown, target) if mirrored else shown
        picture = self._levels.picture(image, scale, in_image(seen, target, image))
        if picture is None:
            return False
        exact = abs(picture.pixels.width() / picture.area.width() - scale) < 1e-6
        painter.save()
        painter.setClipRect(clip)
        if not (sharp and scale < SMOOTH_BELOW and not exact) or not self._draw_cut(
            painter, image, picture, target, seen, pixel_ratio, mirrored=mirrored
        ):
            if mirrored:
                painter.translate(2 * target.center().x(), 0)
                painter.scale(-1, 1)
            smooth = not sharp and scale < SMOOTH_BELOW
            draw_part(painter, picture.pixels, place_of(picture, target, image), seen, smooth=smooth)
        painter.restore()
        return True

    def _draw_cut(  # noqa: PLR0917 - as `draw`
        self,
        painter: QPainter,
        image: TableImage,
        picture: Picture,
        target: QRectF,
        seen: QRectF,
        pixel_ratio: float,
        *,
        mirrored: bool,
    ) -> bool:
        size = (image.width, image.height)
        cut = self.cuts.cut(
            image.id, picture, size, target, seen, pixel_ratio, mirrored=mirrored, grey=self._levels.grey
        )
        if cut is None:
            return False
        left = target.left() + cut.room.left() / pixel_ratio
        if mirrored:
            right = 2 * target.center().x() - left
            left = round(right * pixel_ratio - cut.room.width()) / pixel_ratio
        cut.pixels.setDevicePixelRatio(pixel_ratio)
        painter.drawImage(QPointF(left, target.top() + cut.room.top() / pixel_ratio), cut.pixels)
        return True


def trouble_of(levels: LevelStore, image: TableImage, scale: float) -> str:
    """Why what is shown is not all that the file holds; nothing when it is. `scale`: device pixels for one of its."""
    if levels.is_hopeless(image):
        if image.missing:
            return translate("ImageTrouble", "The file was moved, and there is no preview of it")
        return translate("ImageTrouble", "This file cannot be read here, and there is no preview of it")
    if image.missing:
        return translate("ImageTrouble", "The file was moved; this is its preview")
    if levels.is_preview(image):
        return translate("ImageTrouble", "This file cannot be read here; this is its preview")
    if scale > 0.5 and levels.is_too_large(image):
        return translate("ImageTrouble", "This image is too large to be shown with all its pixels")
    return ""


def reflected(area: QRectF, target: QRectF) -> QRectF:
    """`area` as a mirror through the middle of `target` shows it."""
    return QRectF(target.left() + target.right() - area.right(), area.top(), area.width(), area.height())


def in_image(area: QRectF, target: QRectF, image: TableImage) -> QRectF:
    """`area` of the widget in pixels of the image that fills `target`."""
    across, down = image.width / target.width(), image.height / target.height()
    return QRectF(
        (area.left() - target.left()) * across,
        (area.top() - target.top()) * down,
        area.width() * across,
        area.height() * down,
    )


def place_of(picture: Picture, target: QRectF, image: TableImage) -> QRectF:
    """Where the pixels of a picture go when the whole image fills `target`."""
    across, down = target.width() / image.width, target.height() / image.height
    area = picture.area
    return QRectF(
        target.left() + area.left() * across,
        target.top() + area.top() * down,
        area.width() * across,
        area.height() * down,
    )
