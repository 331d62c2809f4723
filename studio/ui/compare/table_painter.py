"""Paints what lies over the images: badges, the wipe line, the navigator, the loupe's frame. Knows no widget."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from studio.ui.theme import Radius, Space, TextRole, active, paint_icon
from studio.ui.theme.paint import fill_box, stroke_box
from studio.ui.theme.tokens import Tokens

BADGE_SIDE = 28
HANDLE_SIDE = 32
_LINE_PX = 2
_EDGE = QColor(0, 0, 0, 140)
_WHITE = QColor(255, 255, 255)
_INK = QColor(0x1B, 0x1B, 0x1B)
NAVIGATOR_LONGEST = 112


def paint_badge(
    painter: QPainter,
    pane: QRectF,
    image: QRectF,
    words: tuple[str, str],
    tokens: Tokens,
    *,
    right: bool = False,
    half: bool = False,
    chosen: bool = False,
) -> None:
    """The letter of an image at its corner inside the pane, and its name beside it when there is one and room for it.
    `half`: another image has its name in the other corner. `chosen`: ringed, keys act on this pane."""
    seen = image.intersected(pane)
    mark, name = words
    side = active().scaled(BADGE_SIDE)
    if min(seen.width(), seen.height()) < 2 * side:  # a line, or next to nothing of an image
        seen = pane
    letter_font = active().font(TextRole.PROMPT, 600)
    name_font = active().font(TextRole.SMALL, 500)
    room = seen.width() - 2 * Space.M
    name_metrics = QFontMetricsF(name_font)
    shown = fitting_name(name, name_metrics, (room - Space.S) / 2 - side if half else room - side)
    width = side + (name_metrics.horizontalAdvance(shown) + Space.S if shown else 0)
    if room < side:
        return
    left = seen.right() - Space.M - width if right else seen.left() + Space.M
    box = QRectF(left, seen.top() + Space.M, width, side)
    fill_box(painter, box, Radius.BOX, tokens.pill)
    if chosen:
        stroke_box(painter, box.adjusted(-4, -4, 4, 4), Radius.BOX + 4, tokens.ring, 2)
    painter.setPen(tokens.on_pill)
    painter.setFont(letter_font)
    painter.drawText(QRectF(box.left(), box.top(), side, side), Qt.AlignmentFlag.AlignCenter, mark)
    if shown:
        painter.setFont(name_font)
        text = QRectF(box.left() + side - 2, box.top(), width, side)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def fitting_name(name: str, metrics: QFontMetricsF, room: float) -> str:
    """Provider and model, the model alone, as much of the model as says something, or nothing: never "De..."."""
    inside = room - 2 * Space.S
    model = name.rpartition(" ")[2]
    for words in (name, model):
        if metrics.horizontalAdvance(words) <= inside:
            return words
    if inside < metrics.horizontalAdvance(model) * 0.7:
        return ""
    return metrics.elidedText(model, Qt.TextElideMode.ElideRight, inside)


def paint_wipe(painter: QPainter, room: QRectF, place: float, *, upright: bool) -> QRectF:
    """The line at `place` (logical pixels) and its handle; gives back the handle's rectangle."""
    painter.save()
    if upright:
        line = QRectF(place - _LINE_PX / 2, room.top(), _LINE_PX, room.height())
        painter.fillRect(line.adjusted(-1, 0, 1, 0), _EDGE)
    else:
        line = QRectF(room.left(), place - _LINE_PX / 2, room.width(), _LINE_PX)
        painter.fillRect(line.adjusted(0, -1, 0, 1), _EDGE)
    painter.fillRect(line, _WHITE)
    middle = QPointF(place, room.center().y()) if upright else QPointF(room.center().x(), place)
    half = HANDLE_SIDE / 2
    handle = QRectF(middle.x() - half, middle.y() - half, HANDLE_SIDE, HANDLE_SIDE)
    fill_box(painter, handle.adjusted(-1, -1, 1, 1), half + 1, _EDGE)
    fill_box(painter, handle, half, _WHITE)
    painter.translate(middle)
    if not upright:
        painter.rotate(90)
    paint_icon(painter, "chevrons-left-right", QRectF(-8, -8, 16, 16), _INK)
    painter.restore()
    return handle


def navigator_box(room: QRectF, aspect: float) -> QRectF:
    """The small whole image at the lower right, `aspect` = width / height."""
    longest = active().scaled(NAVIGATOR_LONGEST)
    width, height = (longest, longest / aspect) if aspect >= 1 else (longest * aspect, longest)
    width, height = max(24.0, round(width)), max(24.0, round(height))
    return QRectF(room.right() - Space.M - width, room.bottom() - Space.M - height, width, height)


def paint_navigator_frame(painter: QPainter, box: QRectF, seen: QRectF) -> None:
    """Darkens what is not seen and frames what is; `seen` in parts of the image."""
    part = QRectF(
        box.left() + seen.left() * box.width(),
        box.top() + seen.top() * box.height(),
        max(6.0, seen.width() * box.width()),
        max(6.0, seen.height() * box.height()),
    ).intersected(box)
    shade = QColor(0, 0, 0, 130)
    painter.fillRect(QRectF(box.left(), box.top(), box.width(), part.top() - box.top()), shade)
    painter.fillRect(QRectF(box.left(), part.bottom(), box.width(), box.bottom() - part.bottom()), shade)
    painter.fillRect(QRectF(box.left(), part.top(), part.left() - box.left(), part.height()), shade)
    painter.fillRect(QRectF(part.right(), part.top(), box.right() - part.right(), part.height()), shade)
    stroke_box(painter, box.adjusted(-1, -1, 1, 1), 0, _EDGE, 1)
    stroke_box(painter, part, 0, _WHITE, 2)


def paint_loupe_frame(painter: QPainter, box: QRectF) -> None:
    """Around the enlarged part: white with a dark edge, so that it shows on every picture."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(_EDGE, 4))
    painter.drawRect(box)
    painter.setPen(QPen(_WHITE, 2))
    painter.drawRect(box)


def paint_note(painter: QPainter, pane: QRectF, words: str, tokens: Tokens) -> None:
    """A line at the foot of a pane: why this picture is not what it should be."""
    font = active().font(TextRole.SMALL, 500)
    metrics = QFontMetricsF(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, pane.width() - 4 * Space.M)
    width, height = metrics.horizontalAdvance(shown) + 2 * Space.M, active().scaled(22)
    box = QRectF(pane.center().x() - width / 2, pane.bottom() - Space.M - height, width, height)
    fill_box(painter, box, height / 2, tokens.pill)
    painter.setFont(font)
    painter.setPen(tokens.on_pill)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shown)
