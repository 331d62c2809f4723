"""Where everything of one run lies, for a width: title, prompt, columns of tiles. All places count from its corner."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF

from studio.ui.gallery.prompt_text import FOLDED_LINES, PromptText
from studio.ui.gallery.run_row import RunRow
from studio.ui.gallery.tile import Tile
from studio.ui.theme import active
from studio.ui.word_diff import Piece

MARGIN = 16
COLUMN_GAP = 12
TILE_GAP = 3
COLUMN_LEAST = 148
PICTURE_HIGHEST = 320
TEXT_WIDEST = 900
_WIDE_FROM = 1_400
_COLUMN_MOST, _COLUMN_MOST_WIDE = 280, 360
_COLUMN_USUAL = 200
"""Columns of tall pictures become no narrower than this on their account: heads and captions need it."""
_TITLE_TOP, _TITLE_HEIGHT = 8, 26
_PROMPT_GAP = 2
_HEAD_GAP, _HEAD_HEIGHT = 8, 24
_CAPTION_HEIGHT = 24
_BOTTOM = 11
_WRAP_GAP = 8


@dataclass(frozen=True, slots=True)
class ColumnPlace:
    head: QRectF
    picture: QRectF
    """The box that all tiles of the column share."""
    caption: QRectF
    tiles: tuple[QRectF, ...]


@dataclass(frozen=True, slots=True)
class RunLayout:
    height: float
    title: QRectF
    prompt: QRectF
    text: PromptText
    columns: tuple[ColumnPlace, ...]

    def tile_boxes(self) -> list[QRectF]:
        """In the order of `RunRow.tiles`."""
        return [box for column in self.columns for box in column.tiles]


@dataclass(frozen=True, slots=True)
class RunView:
    """How runs are shown."""

    width: float
    marked: bool = True
    scale: float = 1.0
    """Of the columns' width, from the size slider: 1.0 uses the room there is."""


RunShape = tuple[tuple[Piece, ...], tuple[tuple[float, ...], ...]]


def shape_of(row: RunRow) -> RunShape:
    """All of a run that its layout depends on: the marked prompt and the ratios of each column's tiles."""
    return row.pieces, tuple(tuple(tile.aspect for tile in column.tiles) for column in row.columns)


def lay_out(row: RunRow, view: RunView, *, unfolded: bool) -> RunLayout:
    """The places of everything in a run `view.width` wide, margins included."""
    theme = active()
    room = view.width - 2 * MARGIN
    title = QRectF(MARGIN, _TITLE_TOP, room, theme.scaled(_TITLE_HEIGHT))
    text = PromptText(
        row.pieces, min(room, TEXT_WIDEST), marked=view.marked, lines_max=None if unfolded else FOLDED_LINES
    )
    prompt = QRectF(MARGIN, title.bottom() + _PROMPT_GAP, min(room, TEXT_WIDEST), text.height)
    top = prompt.bottom() + _HEAD_GAP
    columns: list[ColumnPlace] = []
    highest = PICTURE_HIGHEST * max(1.0, view.scale)
    per_line, width = columns_for(len(row.columns), room, view)
    narrowest = min((tile.aspect for tile in row.tiles), default=1.0)
    width = min(width, max(_COLUMN_USUAL, round(highest * narrowest)))
    for first in range(0, len(row.columns), per_line):
        line = row.columns[first : first + per_line]
        height = _picture_height([tile for column in line for tile in column.tiles], width, highest)
        head_height, caption_height = theme.scaled(_HEAD_HEIGHT), theme.scaled(_CAPTION_HEIGHT)
        for number, column in enumerate(line):
            left = MARGIN + number * (width + COLUMN_GAP)
            head = QRectF(left, top, width, head_height)
            picture = QRectF(left, head.bottom(), width, height)
            caption = QRectF(left, picture.bottom(), width, caption_height)
            columns.append(ColumnPlace(head, picture, caption, tuple(_cells(picture, column.tiles))))
        top += head_height + height + caption_height + _WRAP_GAP
    bottom = (columns[-1].caption.bottom() if columns else prompt.bottom()) + _BOTTOM
    return RunLayout(round(bottom), title, prompt, text, tuple(columns))


def columns_for(count: int, room: float, view: RunView) -> tuple[int, float]:
    """How many columns a line has, and how wide they are."""
    count = max(1, count)
    most = (_COLUMN_MOST_WIDE if room >= _WIDE_FROM else _COLUMN_MOST) * view.scale
    fitting = max(1, int((room + COLUMN_GAP) // (COLUMN_LEAST + COLUMN_GAP)))
    lines = math.ceil(count / fitting)
    per_line = math.ceil(count / lines)
    width = (room - (per_line - 1) * COLUMN_GAP) / per_line
    return per_line, float(math.floor(min(width, max(COLUMN_LEAST, most))))


def _picture_height(tiles: list[Tile], width: float, highest: float) -> float:
    aspects = [tile.aspect for tile in tiles if tile.aspect > 0] or [1.0]
    return float(round(min(highest, max(96.0, *(width / aspect for aspect in aspects)))))


def _cells(picture: QRectF, tiles: tuple[Tile, ...]) -> list[QRectF]:
    """The sub-grid of one column: 1, 2x1, 2x2, 3x2, ... columns and rows as near to a square as can be."""
    count = max(1, len(tiles))
    across = math.ceil(math.sqrt(count))
    down = math.ceil(count / across)
    width = (picture.width() - (across - 1) * TILE_GAP) / across
    height = (picture.height() - (down - 1) * TILE_GAP) / down
    boxes = []
    for number in range(count):
        line, place = divmod(number, across)
        corner = QPointF(picture.left() + place * (width + TILE_GAP), picture.top() + line * (height + TILE_GAP))
        boxes.append(QRectF(corner.x(), corner.y(), width, height))
    return boxes[: len(tiles)]
