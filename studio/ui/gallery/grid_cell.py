"""One cell of the grid: picture box, caption line, selection, hover buttons."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from studio.ui.gallery import tile_overlay
from studio.ui.gallery.tile import Tile, TileState
from studio.ui.gallery.tile_painter import TilePainter
from studio.ui.theme import Radius, TextRole, Tokens, active, paint_icon
from studio.ui.theme.paint import fill_box, stroke_box
from studio.ui.widgets import paint_monogram

CAPTION = 26
PADDING = 8


@dataclass(frozen=True, slots=True)
class CellState:
    selected: bool = False
    focused: bool = False
    hovered: bool = False
    hovered_part: str = ""


def height_for(width: float) -> float:
    """A cell is a square picture box with a caption below."""
    return width + CAPTION - 6


def picture_box(cell: QRectF) -> QRectF:
    return cell.adjusted(PADDING, PADDING, -PADDING, -CAPTION - 2)


def paint(painter: QPainter, tiles: TilePainter, tile: Tile | None, cell: QRectF, state: CellState) -> None:
    """Everything of one cell; None is a row that has not been read yet."""
    tokens = active().tokens
    fill_box(painter, cell, Radius.SMALL, tokens.cell_selected if state.selected else tokens.cell)
    if tile is None:
        return
    box = picture_box(cell)
    failed = tile.image is None and not tile.partial_path
    tiles.paint(painter, tile, _message_box(cell) if failed else box, hovered_button=state.hovered_part == "problem")
    _paint_caption(painter, tile, cell, tokens)
    if state.selected:
        stroke_box(painter, cell, Radius.SMALL, tokens.ring, 2.0)
    elif state.focused:
        _paint_dotted(painter, cell, tokens)
    if tile.image is not None:
        if state.selected or state.hovered:
            tile_overlay.paint_tick(painter, cell, tokens, on=state.selected)
        if state.hovered:
            tile_overlay.paint_actions(painter, box, state.hovered_part, tokens)


def part_at(tiles: TilePainter, tile: Tile, cell: QRectF, point: QPointF) -> str:
    """What lies under the pointer: ``select``, an action, ``problem``, or nothing."""
    if tile.image is None:
        return tile_overlay.part_at(tiles, tile, _message_box(cell), point)
    if tile_overlay.tick_box(cell).adjusted(-4, -4, 4, 4).contains(point):
        return "select"
    part = tile_overlay.part_at(tiles, tile, picture_box(cell), point)
    return "" if part == "select" else part


def _message_box(cell: QRectF) -> QRectF:
    return cell.adjusted(1, 1, -1, -CAPTION)


def _paint_caption(painter: QPainter, tile: Tile, cell: QRectF, tokens: Tokens) -> None:
    middle = cell.bottom() - CAPTION / 2
    left = cell.left() + PADDING
    paint_monogram(painter, QRectF(left, middle - 8, 16, 16), tile.monogram, tokens)
    font = active().font(TextRole.SMALL, tabular=True)
    painter.setFont(font)
    right = cell.right() - PADDING
    if tile.image is not None and tile.image.rating:
        words = str(tile.image.rating)
        width = QFontMetrics(font).horizontalAdvance(words)
        painter.setPen(tokens.text2)
        painter.drawText(QRectF(right - width, middle - 8, width, 16), Qt.AlignmentFlag.AlignVCenter, words)
        paint_icon(painter, "star", QRectF(right - width - 15, middle - 6, 12, 12), tokens.star, filled=True)
        right -= width + 20
    if tile.state is TileState.CACHED:
        paint_icon(painter, "archive-restore", QRectF(right - 13, middle - 6, 12, 12), tokens.text2)
        right -= 18
    if tile.image is not None and tile.image.rejected:
        paint_icon(painter, "x", QRectF(right - 13, middle - 6, 12, 12), tokens.danger)
        right -= 18
    painter.setPen(tokens.text2)
    room = int(right - left - 24)
    words = QFontMetrics(font).elidedText(tile.model, Qt.TextElideMode.ElideRight, room)
    painter.drawText(QRectF(left + 24, middle - 8, room + 2, 16), Qt.AlignmentFlag.AlignVCenter, words)


def _paint_dotted(painter: QPainter, cell: QRectF, tokens: Tokens) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tokens.ring, 2, Qt.PenStyle.DotLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), Radius.SMALL, Radius.SMALL)
    painter.restore()
