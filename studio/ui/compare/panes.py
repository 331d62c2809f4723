"""Where the images of the table go: the grid of panes, and what the pointer is over."""

from __future__ import annotations

import math
from enum import StrEnum

from PySide6.QtCore import QRectF

PANE_GAP_PX = 3
IMAGES_LEAST, IMAGES_MOST = 2, 9
VOTED_MOST = 100
"""Images of one blind vote: 150 pairs."""


class Mode(StrEnum):
    """How the images are set against each other."""

    SIDE = "side"
    WIPE = "wipe"
    OVERLAY = "overlay"
    DIFFERENCE = "difference"
    BLINK = "blink"


def columns_and_rows(count: int, *, tall: bool = False) -> tuple[int, int]:
    """2 beside each other (above each other where the room is tall), then 2 x 2, 3 x 2, 3 x 3."""
    if count <= 1:
        return 1, 1
    if count == 2:
        return (1, 2) if tall else (2, 1)
    columns = 2 if count <= 4 else 3
    rows = math.ceil(count / columns)
    return (rows, columns) if tall and columns != rows else (columns, rows)


def panes(room: QRectF, count: int) -> list[QRectF]:
    """Rectangles of equal size, line by line, with a narrow gap."""
    columns, rows = columns_and_rows(count, tall=room.height() > room.width() * 1.15)
    width = max(1.0, (room.width() - PANE_GAP_PX * (columns - 1)) / columns)
    height = max(1.0, (room.height() - PANE_GAP_PX * (rows - 1)) / rows)
    whole_width, whole_height = math.floor(width), math.floor(height)
    found = []
    for index in range(count):
        row, column = divmod(index, columns)
        left = room.left() + column * (whole_width + PANE_GAP_PX)
        top = room.top() + row * (whole_height + PANE_GAP_PX)
        found.append(QRectF(left, top, whole_width, whole_height))
    return found


def letter(index: int) -> str:
    """A for the first image on the table, B for the second, ..."""
    return chr(ord("A") + index)
