"""The header of a group in the grid: fold sign, title, count, what the run asked for, a circle to select it all."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from studio.ui.gallery.grid_layout import MARGIN
from studio.ui.theme import Radius, TextRole, Tokens, active, paint_icon
from studio.ui.theme.paint import fill_box, horizontal_hair, paint_chevron, paint_focus_ring

_HEIGHT = 36
_TICK = 18
_SPACE = 8


@dataclass(frozen=True, slots=True)
class HeaderState:
    title: str
    count: str
    detail: str = ""
    folded: bool = False
    chosen: str = "none"
    """``none``, ``some`` or ``all`` of its images are selected."""
    hovered_part: str = ""
    focused: bool = False
    stuck: bool = False
    """It stands above images that pass below it."""


def height() -> int:
    """In logical pixels, growing with the text."""
    return active().scaled(_HEIGHT)


def part_at(box: QRectF, point: QPointF) -> str:
    """``choose`` for the circle, else ``fold``; nothing outside the header."""
    if not box.contains(point):
        return ""
    return "choose" if _tick_box(box).adjusted(-5, -9, 5, 9).contains(point) else "fold"


def paint(painter: QPainter, box: QRectF, state: HeaderState) -> None:
    tokens = active().tokens
    painter.fillRect(box, tokens.canvas)
    if state.stuck:
        horizontal_hair(painter, box.left(), box.right(), box.bottom() - 1, tokens.separator)
    area = box.adjusted(MARGIN - 8, 4, 8 - MARGIN, -4)
    if state.hovered_part == "fold":
        fill_box(painter, area, Radius.CONTROL, tokens.cell)
    middle = box.center().y()
    sign = QRectF(MARGIN - 2, middle - 8, 16, 16)
    paint_chevron(painter, sign, tokens.text2, degrees=0 if state.folded else 90)
    left, end = sign.right() + 6, _tick_box(box).left() - 2 * _SPACE
    bold, small = active().font(TextRole.BASE, 600), active().font(TextRole.SMALL, tabular=True)
    for words, font, tone in (
        (state.title, bold, tokens.text),
        (state.count, small, tokens.text2),
        (state.detail, small, tokens.text3),
    ):
        left = _words(painter, words, font, tone, QRectF(left, box.top(), end - left, box.height()))
    _paint_tick(painter, _tick_box(box), state, tokens)
    if state.focused:
        paint_focus_ring(painter, area, Radius.CONTROL, tokens)


def _words(painter: QPainter, words: str, font: QFont, tone: QColor, room: QRectF) -> float:
    """Paint one line, cut at its end where there is no room; gives back where the next words begin."""
    if not words or room.width() < 24:
        return room.left()
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.setFont(font)
    painter.setPen(tone)
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    return room.left() + metrics.horizontalAdvance(shown) + _SPACE + 2


def _tick_box(box: QRectF) -> QRectF:
    return QRectF(box.right() - MARGIN - _TICK, box.center().y() - _TICK / 2, _TICK, _TICK)


def _paint_tick(painter: QPainter, box: QRectF, state: HeaderState, tokens: Tokens) -> None:
    full, hovered = state.chosen == "all", state.hovered_part == "choose"
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(
        QPen(tokens.ring if state.chosen != "none" else tokens.text if hovered else tokens.check_border, 1.5)
    )
    painter.setBrush(tokens.ring if full else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(box.adjusted(1, 1, -1, -1))
    painter.restore()
    if full:
        paint_icon(painter, "check", box.adjusted(3, 3, -3, -3), tokens.on_accent)
    elif state.chosen == "some":
        paint_icon(painter, "minus", box.adjusted(4, 4, -4, -4), tokens.ring)
