"""Lucide icons: line drawings recoloured for each theme and drawn sharp at every scale.

`icon(name, role)` gives a `QIcon` for actions and menus; it looks the colour up when it is painted, so it follows the
theme. `paint_icon` draws straight into a painter, for widgets that paint themselves.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from studio.ui.overrides import safe_override
from studio.ui.theme import state
from studio.ui.theme.resources import resource_path
from studio.ui.theme.tokens import round_half_up

_GRID = 24
"""Lucide draws on a square of 24."""
_STROKE_PX = (1.3, 1.5)
"""The thinnest and the thickest stroke, in logical pixels, whatever the size of the icon."""
_CACHE_LIMIT = 600
_STROKE_WIDTH = re.compile(r'stroke-width="[^"]*"')

_pixmaps: OrderedDict[tuple[str, int, int, float, bool], QPixmap] = OrderedDict()


class UnknownIcon(LookupError):
    """There is no such file in resources/icons."""


@cache
def _source(name: str) -> str:
    try:
        return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")
    except OSError as error:
        raise UnknownIcon(f"There is no icon named {name!r}.") from error


def _drawing(name: str, colour: QColor, stroke: float, *, filled: bool) -> QByteArray:
    text = _source(name)
    text = _STROKE_WIDTH.sub(f'stroke-width="{stroke:.3f}"', text)
    if filled:
        text = text.replace('fill="none"', 'fill="currentColor"', 1)
    return QByteArray(text.replace("currentColor", colour.name()).encode())


def icon_pixmap(name: str, colour: QColor, size: int, scale: float = 1.0, *, filled: bool = False) -> QPixmap:
    """The icon as a pixmap of `size` logical pixels a side at a device pixel ratio of `scale`. Raises `UnknownIcon`."""
    key = (name, colour.rgba(), size, scale, filled)
    pixmap = _pixmaps.get(key)
    if pixmap is not None:
        _pixmaps.move_to_end(key)
        return pixmap
    pixmap = _render(name, colour, size, scale, filled=filled)
    _pixmaps[key] = pixmap
    if len(_pixmaps) > _CACHE_LIMIT:
        _pixmaps.popitem(last=False)
    return pixmap


def _render(name: str, colour: QColor, size: int, scale: float, *, filled: bool) -> QPixmap:
    thinnest, thickest = _STROKE_PX
    stroke_px = min(max(size * 2 / _GRID, thinnest), thickest)
    renderer = QSvgRenderer(_drawing(name, colour, stroke_px * _GRID / size, filled=filled))
    side = max(1, round_half_up(size * scale))
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, side, side))
    if colour.alpha() < 255:
        # Thinned as a whole: strokes that cross would show their crossings otherwise.
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_DestinationIn)
        painter.fillRect(pixmap.rect(), QColor(0, 0, 0, colour.alpha()))
    painter.end()
    pixmap.setDevicePixelRatio(side / size)
    return pixmap


def paint_icon(painter: QPainter, name: str, rect: QRectF | QRect, colour: QColor, *, filled: bool = False) -> None:
    """Draw an icon in the middle of `rect`, on whole device pixels; its side is the shorter side of `rect`."""
    area = QRectF(rect)
    size = round_half_up(min(area.width(), area.height()))
    if size <= 0:
        return
    scale = painter.device().devicePixelRatioF()
    pixmap = icon_pixmap(name, colour, size, scale, filled=filled)
    corner = area.center() - QPointF(size / 2, size / 2)
    to_device = painter.deviceTransform()
    if to_device.isScaling():
        at = to_device.map(corner)
        inverse, _ = to_device.inverted()
        corner = inverse.map(QPointF(round_half_up(at.x()), round_half_up(at.y())))
    else:
        across, down = to_device.dx(), to_device.dy()
        corner = QPointF(round_half_up(corner.x() + across) - across, round_half_up(corner.y() + down) - down)
    painter.drawPixmap(corner, pixmap)


class LucideEngine(QIconEngine):
    """Paints one icon in the colours of its roles; a role is the name of a colour in `Tokens`."""

    def __init__(self, name: str, role: str, on_role: str, *, filled: bool) -> None:
        super().__init__()
        self._name, self._role, self._on_role, self._filled = name, role, on_role, filled

    def _colour(self, mode: QIcon.Mode, icon_state: QIcon.State) -> QColor:
        tokens = state.active().tokens
        if mode == QIcon.Mode.Disabled:
            colour = QColor(getattr(tokens, self._role))
            colour.setAlphaF(colour.alphaF() * tokens.disabled_opacity)
            return colour
        if icon_state == QIcon.State.On:
            return QColor(getattr(tokens, self._on_role))
        if mode in {QIcon.Mode.Active, QIcon.Mode.Selected} and self._role in {"text2", "text3"}:
            return QColor(tokens.text)
        return QColor(getattr(tokens, self._role))

    @safe_override(None)
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        paint_icon(painter, self._name, rect, self._colour(mode, state), filled=self._filled)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        """`size` is in logical pixels and `scale` the device pixel ratio, as Qt 6.11 asks for it."""
        side = max(1, min(size.width(), size.height()))
        return icon_pixmap(self._name, self._colour(mode, state), side, scale, filled=self._filled)

    def clone(self) -> QIconEngine:
        return LucideEngine(self._name, self._role, self._on_role, filled=self._filled)


_icons: dict[tuple[str, str, str, bool], QIcon] = {}


def icon(name: str, role: str = "text2", *, on_role: str = "text", filled: bool = False) -> QIcon:
    """A `QIcon` in a colour of the theme. `role` and `on_role` (for checked actions) name fields of `Tokens`.

    Raises `UnknownIcon` for a name that is not bundled. One `QIcon` per look is kept for the life of the program."""
    _source(name)
    key = (name, role, on_role, filled)
    if key not in _icons:
        _icons[key] = QIcon(LucideEngine(name, role, on_role, filled=filled))
    return _icons[key]
