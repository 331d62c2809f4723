"""Sharp shapes at every scale: what the style and the widgets share when they paint.

Edges are moved to whole device pixels, and a line of one logical pixel becomes a whole number of device pixels, so that
nothing is blurred at 125 or 150 %.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from studio.ui.theme.tokens import Tokens, round_half_up

CHECK_SIDE = 14
RADIO_SIDE = 14
SWITCH_WIDTH, SWITCH_HEIGHT = 28, 16
_SWITCH_KNOB = 12
_ANTIALIASING, _NO_PEN, _NO_BRUSH = QPainter.RenderHint.Antialiasing, Qt.PenStyle.NoPen, Qt.BrushStyle.NoBrush
"""Looked up once: reading a member of one of Qt's enumerations takes longer than some calls that it is for."""


def hairline(painter: QPainter) -> float:
    """One device pixel, in logical pixels."""
    return 1.0 / painter.device().devicePixelRatioF()


def line_width(painter: QPainter, width: float = 1.0) -> float:
    """`width` logical pixels as a whole number of device pixels, at least one, in logical pixels."""
    scale = painter.device().devicePixelRatioF()
    return max(1, math.floor(width * scale + 0.25)) / scale


def snapped(painter: QPainter, rect: QRectF | QRect) -> QRectF:
    """`rect` with its edges moved to the nearest device pixels."""
    area = QRectF(rect)
    transform = painter.deviceTransform()
    if not transform.isScaling():  # the common case, in a fifth of the time; every widget paints boxes
        across, down = transform.dx(), transform.dy()
        x, y = area.x() + across, area.y() + down
        left, top = int(x + 0.5), int(y + 0.5)
        right, bottom = int(x + area.width() + 0.5), int(y + area.height() + 0.5)
        return QRectF(left - across, top - down, right - left, bottom - top)
    device = transform.mapRect(area)
    left, top = round_half_up(device.left()), round_half_up(device.top())
    right, bottom = round_half_up(device.right()), round_half_up(device.bottom())
    inverse, _ = transform.inverted()
    return inverse.mapRect(QRectF(left, top, right - left, bottom - top))


def fill_box(
    painter: QPainter,
    rect: QRectF | QRect,
    radius: float,
    fill: QColor | None,
    border: QColor | None = None,
    *,
    width: float = 1.0,
) -> None:
    """A rounded box with its border inside `rect`. A transparent or missing colour draws nothing."""
    bordered = border is not None and border.alpha() > 0
    filled = fill is not None and fill.alpha() > 0
    if not bordered and not filled:
        return
    area = snapped(painter, rect)
    painter.save()
    painter.setRenderHint(_ANTIALIASING)
    if bordered and border is not None:
        thickness = line_width(painter, width)
        if filled and fill is not None and fill.alpha() == 255:
            _fill_rounded(painter, area, radius, border)
            inner = area.adjusted(thickness, thickness, -thickness, -thickness)
            _fill_rounded(painter, inner, max(0.0, radius - thickness), fill)
        else:
            if filled and fill is not None:
                _fill_rounded(painter, area, radius, fill)
            half = thickness / 2
            painter.setBrush(_NO_BRUSH)
            painter.setPen(QPen(border, thickness))
            corner = max(0.0, radius - half)
            painter.drawRoundedRect(area.adjusted(half, half, -half, -half), corner, corner)
    elif filled and fill is not None:
        _fill_rounded(painter, area, radius, fill)
    painter.restore()


def _fill_rounded(painter: QPainter, area: QRectF, radius: float, colour: QColor) -> None:
    painter.setPen(_NO_PEN)
    painter.setBrush(colour)
    corner = min(radius, area.width() / 2, area.height() / 2)
    painter.drawRoundedRect(area, corner, corner)


def stroke_box(painter: QPainter, rect: QRectF | QRect, radius: float, colour: QColor, width: float) -> None:
    """A rounded outline of `width` logical pixels inside `rect`."""
    fill_box(painter, rect, radius, None, colour, width=width)


def horizontal_hair(painter: QPainter, left: float, right: float, y: float, colour: QColor) -> None:
    """A horizontal line one device pixel thick, at the device pixel nearest to `y`."""
    painter.fillRect(snapped(painter, QRectF(left, y, right - left, hairline(painter))), colour)


def vertical_hair(painter: QPainter, x: float, top: float, bottom: float, colour: QColor) -> None:
    """A vertical line one device pixel thick, at the device pixel nearest to `x`."""
    painter.fillRect(snapped(painter, QRectF(x, top, hairline(painter), bottom - top)), colour)


def paint_focus_ring(painter: QPainter, rect: QRectF | QRect, radius: float, tokens: Tokens) -> None:
    """The 2 px ring of keyboard focus, just inside `rect`."""
    stroke_box(painter, rect, radius, tokens.ring, 2.0)


def paint_field(painter: QPainter, rect: QRectF | QRect, radius: float, tokens: Tokens, *, focused: bool) -> None:
    """The frame of a text field: with focus a border of 1 px and a soft ring of 1 px inside it."""
    if not focused:
        fill_box(painter, rect, radius, tokens.field, tokens.field_border)
        return
    fill_box(painter, rect, radius, tokens.field, tokens.ring)
    inset = line_width(painter)
    stroke_box(painter, QRectF(rect).adjusted(inset, inset, -inset, -inset), radius - inset, tokens.ring_soft, 1.0)


def paint_check(
    painter: QPainter, rect: QRectF | QRect, tokens: Tokens, *, state: Qt.CheckState, hover: bool = False
) -> None:
    """A check box of 14 px, in the middle of `rect`."""
    box = _centred(rect, CHECK_SIDE, CHECK_SIDE)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if state == Qt.CheckState.Unchecked:
        fill_box(painter, box, 3, tokens.field, tokens.text2 if hover else tokens.check_border)
        painter.restore()
        return
    fill_box(painter, box, 3, tokens.text2 if hover and not tokens.dark else tokens.tick)
    painter.setPen(QPen(tokens.on_tick, 1.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    origin = snapped(painter, box).topLeft()
    if state == Qt.CheckState.PartiallyChecked:
        painter.drawLine(origin + QPointF(3.8, 7), origin + QPointF(10.2, 7))
    else:
        mark = [QPointF(3.4, 7.3), QPointF(5.9, 9.8), QPointF(10.6, 4.6)]
        painter.drawPolyline(QPolygonF([origin + point for point in mark]))
    painter.restore()


def paint_radio(painter: QPainter, rect: QRectF | QRect, tokens: Tokens, *, on: bool, hover: bool = False) -> None:
    """A radio button of 14 px, in the middle of `rect`."""
    box = snapped(painter, _centred(rect, RADIO_SIDE, RADIO_SIDE))
    if on:
        fill_box(painter, box, RADIO_SIDE / 2, tokens.tick)
        fill_box(painter, _centred(box, 6, 6), 3, tokens.on_tick)
    else:
        fill_box(painter, box, RADIO_SIDE / 2, tokens.field, tokens.text2 if hover else tokens.check_border)


def paint_switch(painter: QPainter, rect: QRectF | QRect, tokens: Tokens, *, on: bool, hover: bool = False) -> None:
    """A switch of 28 x 16 px, in the middle of `rect`; the knob is at the right when on."""
    track = snapped(painter, _centred(rect, SWITCH_WIDTH, SWITCH_HEIGHT))
    margin = (SWITCH_HEIGHT - _SWITCH_KNOB) / 2
    left = track.right() - margin - _SWITCH_KNOB if on else track.left() + margin
    knob = QRectF(left, track.top() + margin, _SWITCH_KNOB, _SWITCH_KNOB)
    if on:
        fill_box(painter, track, SWITCH_HEIGHT / 2, tokens.tick)
        fill_box(painter, knob, _SWITCH_KNOB / 2, tokens.on_tick)
    else:
        outline = tokens.text2 if hover else tokens.check_border
        fill_box(painter, track, SWITCH_HEIGHT / 2, tokens.field, outline)
        fill_box(painter, knob.adjusted(1, 1, -1, -1), _SWITCH_KNOB / 2 - 1, outline)


def paint_chevron(
    painter: QPainter, rect: QRectF | QRect, colour: QColor, *, degrees: float = 0.0, side: float = 14.0
) -> None:
    """The disclosure sign: a chevron pointing right, turned clockwise by `degrees` (90 points down)."""
    centre = QRectF(rect).center()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(centre)
    painter.rotate(degrees)
    painter.setPen(QPen(colour, 1.3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    long, short = side / 4, side / 8
    path = QPainterPath(QPointF(-short, -long))
    path.lineTo(QPointF(short, 0))
    path.lineTo(QPointF(-short, long))
    painter.drawPath(path)
    painter.restore()


def _centred(rect: QRectF | QRect, width: float, height: float) -> QRectF:
    centre = QRectF(rect).center()
    return QRectF(centre.x() - width / 2, centre.y() - height / 2, width, height)
