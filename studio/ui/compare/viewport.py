"""What part of the images is seen: one view in image-relative coordinates for all panes."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Signal

ZOOM_LEAST, ZOOM_MOST = 0.02, 32.0
"""Device pixels for one pixel of the reference image."""
ZOOM_STEP = 1.25
FIT = 0.0
_MIDDLE = (0.5, 0.5)
_OFFSET_LEAST = 1e-6
"""Parts of an image: far less than a pixel of any."""


@dataclass(frozen=True, slots=True)
class View:
    """`zoom` in device pixels for one pixel of the reference image, `FIT` for the whole image; `x` and `y`: the point
    of the image in the middle of its pane, 0 to 1 from left and top."""

    zoom: float = FIT
    x: float = _MIDDLE[0]
    y: float = _MIDDLE[1]


@dataclass(frozen=True, slots=True)
class Frame:
    """A pane and what is shown in it; lengths of `pane` in logical pixels, of the images in their own pixels."""

    key: int
    pane: QRectF
    image: QSizeF
    reference: QSizeF
    """The image with the most pixels: its pixels are what "1 : 1" and the percentage speak of."""
    pixel_ratio: float


class Viewport(QObject):
    """The view that all panes share, an offset for each, and a view of its own for each while they zoom apart.

    Images are laid out by what they show, not by their pixels: each fills its pane at `FIT`, so the same picture in
    1024 and in 4096 px covers the same points of the screen at every zoom."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._shared = View()
        self._own: dict[int, View] = {}
        self._offsets: dict[int, tuple[float, float]] = {}
        self.together = True

    def view(self, key: int) -> View:
        """What this pane shows, without its offset."""
        return self._shared if self.together else self._own.get(key, self._shared)

    def offset(self, key: int) -> tuple[float, float]:
        """How far this pane's image is moved against the others, in parts of its width and height."""
        return self._offsets.get(key, (0.0, 0.0))

    def was_moved(self, key: int) -> bool:
        """Whether this pane's image has been moved against the others, even if it is back in its place."""
        return key in self._offsets

    @property
    def has_offsets(self) -> bool:
        return any(offset != (0.0, 0.0) for offset in self._offsets.values())

    def set_together(self, together: bool, key: int) -> None:
        """Zoom all panes as one (with the view of pane `key`), or each alone."""
        if together:
            self._shared = self.view(key)
        self._own.clear()
        self.together = together
        self.changed.emit()

    def reset(self) -> None:
        """Fit, no offsets."""
        self._shared = View()
        self._own.clear()
        self._offsets.clear()
        self.changed.emit()

    def reset_offsets(self) -> None:
        self._offsets.clear()
        self.changed.emit()

    def move_pane(self, frame: Frame, by: QPointF) -> None:
        """Shift one image against the others by logical pixels."""
        target = self.target(frame)
        x, y = self.offset(frame.key)
        moved = (x + by.x() / target.width(), y + by.y() / target.height())
        self._offsets[frame.key] = (_offset(moved[0]), _offset(moved[1]))
        self.changed.emit()

    def zoom(self, frame: Frame) -> float:
        """Device pixels for one pixel of the reference image."""
        return self.view(frame.key).zoom or fit_zoom(frame)

    def is_zoomed_in(self, frame: Frame) -> bool:
        """Whether some of the image lies outside its pane."""
        return self.zoom(frame) > fit_zoom(frame) * 1.001

    def target(self, frame: Frame) -> QRectF:
        """Where the whole image lies, in logical pixels of the widget; its corner is on a device pixel."""
        view = self.view(frame.key)
        own_fit = min(frame.pane.width() / frame.image.width(), frame.pane.height() / frame.image.height())
        factor = own_fit * (view.zoom / fit_zoom(frame) if view.zoom else 1.0)
        least = 1 / frame.pixel_ratio  # a long and very narrow image stays visible
        width, height = max(least, frame.image.width() * factor), max(least, frame.image.height() * factor)
        x, y = self.offset(frame.key)
        left = frame.pane.center().x() + (x - view.x) * width
        top = frame.pane.center().y() + (y - view.y) * height
        return QRectF(_snapped(left, frame.pixel_ratio), _snapped(top, frame.pixel_ratio), width, height)

    def image_scale(self, frame: Frame) -> float:
        """Device pixels for one of this image's own pixels."""
        target = self.target(frame)
        if frame.image.width() >= frame.image.height():
            return target.width() * frame.pixel_ratio / frame.image.width()
        return target.height() * frame.pixel_ratio / frame.image.height()

    def set_zoom(self, frame: Frame, zoom: float, at: QPointF | None = None) -> None:
        """Zoom so that what lies under `at` (default: the middle of the pane) stays there. `FIT` shows it whole."""
        if zoom == FIT:
            self._set(frame.key, View())
            return
        anchor = at or frame.pane.center()
        before = self.target(frame)
        zoom = max(min(ZOOM_LEAST, fit_zoom(frame)), min(ZOOM_MOST, zoom))
        self._keep(frame.key, replace(self.view(frame.key), zoom=zoom))
        after = self.target(frame)
        moved_x = (anchor.x() - before.left()) / before.width() - (anchor.x() - after.left()) / after.width()
        moved_y = (anchor.y() - before.top()) / before.height() - (anchor.y() - after.top()) / after.height()
        view = self.view(frame.key)
        self._set(frame.key, View(zoom, _inside(view.x + moved_x), _inside(view.y + moved_y)))

    def pan(self, frame: Frame, by: QPointF) -> None:
        """Drag the image by logical pixels. What fits its pane stays in the middle."""
        if not self.is_zoomed_in(frame):
            return
        target, view = self.target(frame), self.view(frame.key)
        moved = (view.x - by.x() / target.width(), view.y - by.y() / target.height())
        self._set(frame.key, View(self.zoom(frame), _inside(moved[0]), _inside(moved[1])))

    def look_at(self, frame: Frame, x: float, y: float) -> None:
        """Bring a point of the image (0 to 1) to the middle."""
        self._set(frame.key, View(self.zoom(frame), _inside(x), _inside(y)))

    def seen(self, frame: Frame) -> QRectF:
        """The part of the image inside its pane, 0 to 1."""
        target = self.target(frame)
        shown = target.intersected(frame.pane)
        return QRectF(
            (shown.left() - target.left()) / target.width(),
            (shown.top() - target.top()) / target.height(),
            shown.width() / target.width(),
            shown.height() / target.height(),
        )

    def _keep(self, key: int, view: View) -> None:
        if self.together:
            self._shared = view
        else:
            self._own[key] = view

    def _set(self, key: int, view: View) -> None:
        self._keep(key, view)
        self.changed.emit()


def fit_zoom(frame: Frame) -> float:
    """The zoom at which the reference image fills the pane."""
    wide = frame.pane.width() / frame.reference.width()
    return max(1e-6, min(wide, frame.pane.height() / frame.reference.height()) * frame.pixel_ratio)


def _offset(share: float) -> float:
    """As many steps back as forth end where they began."""
    return 0.0 if abs(share) < _OFFSET_LEAST else max(-1.0, min(1.0, share))


def _inside(value: float) -> float:
    return max(0.0, min(1.0, value))


def _snapped(value: float, pixel_ratio: float) -> float:
    return round(value * pixel_ratio) / pixel_ratio
