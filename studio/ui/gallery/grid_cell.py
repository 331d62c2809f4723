"""One cell of the grid: picture box, caption line, selection, hover buttons."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPen

from studio.ui.gallery import tile_overlay, tile_words
from studio.ui.gallery.painted_once import PaintedOnce, on_pixels
from studio.ui.gallery.tile import Tile, TileState
from studio.ui.gallery.tile_painter import TilePainter
from studio.ui.theme import Radius, TextRole, Tokens, active, paint_icon
from studio.ui.theme.paint import fill_box, stroke_box
from studio.ui.widgets import paint_monogram, paint_pill, pill_size

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


class CellPainter:
    """Paints cells; what is alike in many of them is painted once."""

    def __init__(self, tiles: TilePainter) -> None:
        self.tiles = tiles
        self._once = PaintedOnce()

    def paint(self, painter: QPainter, tile: Tile | None, cell: QRectF, state: CellState) -> None:
        """Everything of one cell; None is a row that has not been read yet."""
        tokens = active().tokens
        ratio = painter.device().devicePixelRatioF()
        area = on_pixels(cell, ratio)
        self._once.draw(painter, area, ("cell", state.selected), partial(_paint_ground, state.selected), ratio)
        if tile is None:
            return
        box = picture_box(cell)
        failed = tile.image is None and not tile.partial_path
        within, pressed = _message_box(cell) if failed else box, state.hovered_part == "problem"
        if tile.stack_size and not tile.stack_place:
            _paint_edges(painter, self.tiles.picture_box(tile, box), tokens)
        self.tiles.paint(painter, tile, within, hovered_button=pressed, under_actions=state.hovered)
        strip = QRectF(area.left() + PADDING, area.bottom() - CAPTION, area.width() - 2 * PADDING, CAPTION - 2)
        caption = _Caption.of(tile, selected=state.selected)
        self._once.draw(painter, on_pixels(strip, ratio), caption, caption.paint, ratio)
        if state.selected:
            stroke_box(painter, cell, Radius.SMALL, tokens.ring, 2.0)
        elif state.focused:
            _paint_dotted(painter, cell, tokens)
        if tile.stack_size:
            self._paint_badge(painter, tile, cell, state, ratio)
        if tile.image is not None:
            if state.selected or state.hovered:
                tile_overlay.paint_tick(painter, cell, tokens, on=state.selected)
            if state.hovered:
                tile_overlay.paint_actions(painter, box, state.hovered_part, tokens)

    def _paint_badge(self, painter: QPainter, tile: Tile, cell: QRectF, state: CellState, ratio: float) -> None:
        words = tile_words.stack_badge(tile)
        key = ("badge", words, state.hovered_part == "stack")
        self._once.draw(
            painter, on_pixels(stack_box(tile, cell), ratio), key, partial(_paint_pill, words, key[2]), ratio
        )


def _paint_pill(words: str, hovered: bool, painter: QPainter, box: QRectF) -> None:
    tokens = active().tokens
    paint_pill(painter, box.bottomLeft(), words, tokens, icon_name="layers-2")
    if hovered:
        stroke_box(painter, box, box.height() / 2, tokens.on_pill, 1.0)


def _paint_edges(painter: QPainter, picture: QRectF, tokens: Tokens) -> None:
    """Two more sheets behind the picture, seen at its upper and right edge."""
    for offset in (6, 3):
        sheet = picture.adjusted(offset, -offset, offset, -offset)
        fill_box(painter, sheet, Radius.IMAGE, tokens.cell, tokens.text3)


def part_at(tiles: TilePainter, tile: Tile, cell: QRectF, point: QPointF) -> str:
    """What lies under the pointer: ``select``, an action, ``problem``, or nothing."""
    if tile.image is None:
        return tile_overlay.part_at(tiles, tile, _message_box(cell), point)
    if tile_overlay.tick_box(cell).adjusted(-4, -4, 4, 4).contains(point):
        return "select"
    if tile.stack_size and stack_box(tile, cell).adjusted(-4, -4, 4, 4).contains(point):
        return "stack"
    part = tile_overlay.part_at(tiles, tile, picture_box(cell), point)
    return "" if part == "select" else part


def stack_box(tile: Tile, cell: QRectF) -> QRectF:
    """Where the badge of a stack lies: in the upper right corner, opposite to the circle that selects."""
    size = pill_size(tile_words.stack_badge(tile), icon_name="layers-2")
    return QRectF(cell.right() - size.width() - 5, cell.top() + 5, size.width(), size.height())


def _message_box(cell: QRectF) -> QRectF:
    return cell.adjusted(1, 1, -1, -CAPTION)


def _paint_ground(selected: bool, painter: QPainter, box: QRectF) -> None:
    tokens = active().tokens
    fill_box(painter, box, Radius.SMALL, tokens.cell_selected if selected else tokens.cell)


@dataclass(frozen=True, slots=True)
class _Caption:
    """All that the line below a picture depends on."""

    monogram: str
    model: str
    rating: int
    cached: bool
    rejected: bool
    selected: bool

    @classmethod
    def of(cls, tile: Tile, *, selected: bool) -> _Caption:
        rating, rejected = (tile.image.rating, tile.image.rejected) if tile.image is not None else (0, False)
        return cls(tile.monogram, tile.model, rating, tile.state is TileState.CACHED, rejected, selected)

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """On the colour of the cell, so that letters are smoothed against what they stand on."""
        tokens = active().tokens
        painter.fillRect(box, tokens.cell_selected if self.selected else tokens.cell)
        middle, right = box.top() + CAPTION / 2, box.right()
        paint_monogram(
            painter,
            QRectF(box.left(), middle - 8, 16, 16),
            self.monogram,
            tokens,
            ground=None if tokens.dark else tokens.toggle_on_canvas,
        )
        font = active().font(TextRole.SMALL, tabular=True)
        painter.setFont(font)
        painter.setPen(tokens.text2)
        if self.rating:
            words = str(self.rating)
            width = QFontMetrics(font).horizontalAdvance(words)
            painter.drawText(QRectF(right - width, middle - 8, width, 16), Qt.AlignmentFlag.AlignVCenter, words)
            paint_icon(painter, "star", QRectF(right - width - 15, middle - 6, 12, 12), tokens.star, filled=True)
            right -= width + 20
        if self.cached:
            paint_icon(painter, "archive-restore", QRectF(right - 13, middle - 6, 12, 12), tokens.text2)
            right -= 18
        if self.rejected:
            paint_icon(painter, "x", QRectF(right - 13, middle - 6, 12, 12), tokens.danger)
            right -= 18
        painter.setPen(tokens.text2)
        room = int(right - box.left() - 24)
        words = QFontMetrics(font).elidedText(self.model, Qt.TextElideMode.ElideRight, room)
        line = QRectF(box.left() + 24, middle - 8, room + 2, 16)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, words)


def _paint_dotted(painter: QPainter, cell: QRectF, tokens: Tokens) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(tokens.ring, 2, Qt.PenStyle.DotLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(cell.adjusted(1, 1, -1, -1), Radius.SMALL, Radius.SMALL)
    painter.restore()
