"""What lies on a finished picture under the pointer: the select circle and a bar of four actions."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from studio.ui.gallery.tile import Tile
from studio.ui.gallery.tile_painter import TilePainter
from studio.ui.theme import IconSize, Radius, Tokens, paint_icon
from studio.ui.theme.paint import fill_box

ACTIONS = (("vary", "shuffle"), ("reference", "image-plus"), ("copy", "copy"), ("more", "ellipsis"))
_SIDE = 26
_TICK = 18
_EMPTY_TICK_OPACITY = 0.35
"""Darkens a picture enough for the white circle; on a light ground it must not look chosen."""
_INSET = 6


def part_at(tiles: TilePainter, tile: Tile, area: QRectF, point: QPointF) -> str:
    """``select``, an action, ``problem`` (the button of a tile without image), or nothing."""
    if tile.image is None or tile.image.missing:
        return "problem" if tiles.button_box(tile, area).contains(point) else ""
    if tick_box(area).adjusted(-4, -4, 4, 4).contains(point):
        return "select"
    for (name, _icon), box in zip(ACTIONS, action_boxes(area), strict=False):
        if box.contains(point):
            return name
    return ""


def tick_box(area: QRectF) -> QRectF:
    return QRectF(area.left() + 7, area.top() + 7, _TICK, _TICK)


def paint_tick(painter: QPainter, area: QRectF, tokens: Tokens, *, on: bool) -> None:
    box = tick_box(area)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tokens.ring if on else tokens.on_pill, 1.5))
    ground = QColor(tokens.ring if on else tokens.pill)
    if not on:
        ground.setAlphaF(_EMPTY_TICK_OPACITY)
    painter.setBrush(ground)
    painter.drawEllipse(box)
    painter.restore()
    if on:
        paint_icon(painter, "check", box.adjusted(3, 3, -3, -3), tokens.on_accent)


def action_boxes(area: QRectF) -> list[QRectF]:
    """One box per action; only "more" where the picture is narrow, none where it is tiny."""
    for count in (len(ACTIONS), 1):
        width = _SIDE * count
        if width + 2 * _INSET <= area.width() and area.height() >= _SIDE + 2 * _INSET + _TICK:
            left, top = area.right() - width - _INSET, area.bottom() - _SIDE - _INSET
            boxes = [QRectF(left + i * _SIDE, top, _SIDE, _SIDE) for i in range(count)]
            return boxes if count > 1 else [QRectF(), QRectF(), QRectF(), boxes[0]]
    return []


def paint_actions(painter: QPainter, area: QRectF, hovered: str, tokens: Tokens) -> None:
    boxes = action_boxes(area)
    shown = [box for box in boxes if not box.isEmpty()]
    if not shown:
        return
    fill_box(painter, shown[0].united(shown[-1]), Radius.CONTROL, tokens.pill)
    inset = (_SIDE - IconSize.ROW) / 2
    for (name, icon), box in zip(ACTIONS, boxes, strict=True):
        if box.isEmpty():
            continue
        if name == hovered:
            fill_box(painter, box, Radius.CONTROL, tokens.scrim)
        paint_icon(painter, icon, box.adjusted(inset, inset, -inset, -inset), tokens.on_pill)
