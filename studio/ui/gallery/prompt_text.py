"""A prompt with its marks as lines of text: additions on a tinted ground, removals struck through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from studio.ui.theme import Radius, TextRole, active
from studio.ui.theme.paint import fill_box
from studio.ui.word_diff import Piece

FOLDED_LINES = 2
_TEXT_MAX = 20_000
"""What lies further than this is not laid out: the details show it all."""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    length: int
    added: bool


class PromptText:
    """Laid out once for a width; painted as often as needed. Plain text: nothing in it is interpreted."""

    def __init__(self, pieces: Sequence[Piece], width: float, *, marked: bool, lines_max: int | None) -> None:
        text, marks = _joined(pieces, marked=marked)
        self._font = active().font(TextRole.PROMPT)
        self._line_height = active().line_height(TextRole.PROMPT)
        self._marks = marks
        self.folded = False
        self._layout = _laid_out(text, self._font, width, self._line_height)
        if lines_max is not None and self._layout.lineCount() > lines_max:
            self.folded = True
            self._layout = self._cut(text, width, lines_max)
        self._colours = ""

    @property
    def height(self) -> float:
        return float(self._layout.lineCount() * self._line_height)

    def _cut(self, text: str, width: float, lines_max: int) -> QTextLayout:
        """The first lines with an ellipsis at their end."""
        last = self._layout.lineAt(lines_max - 1)
        end = last.textStart() + last.textLength()
        for cut in range(end, max(0, end - 40), -1):
            layout = _laid_out(text[:cut].rstrip() + "…", self._font, width, self._line_height)
            if layout.lineCount() <= lines_max:
                return layout
        return self._layout

    def paint(self, painter: QPainter, corner: QPointF) -> None:
        tokens = active().tokens
        length = len(self._layout.text())
        formats = []
        for mark in self._marks:
            if mark.start >= length:
                continue
            style = QTextLayout.FormatRange()
            style.start, style.length = mark.start, min(mark.length, length - mark.start)
            look = QTextCharFormat()
            if mark.added:
                self._paint_ground(painter, corner, style.start, style.length)
                look.setForeground(tokens.text)
                look.setFontUnderline(active().more_contrast)
            else:
                look.setForeground(tokens.text3)
                look.setFontStrikeOut(True)
            style.format = look
            formats.append(style)
        painter.setPen(tokens.text)
        self._layout.draw(painter, corner, formats)

    def _paint_ground(self, painter: QPainter, corner: QPointF, start: int, length: int) -> None:
        tokens = active().tokens
        for number in range(self._layout.lineCount()):
            line = self._layout.lineAt(number)
            first = max(start, line.textStart())
            last = min(start + length, line.textStart() + line.textLength())
            if first >= last:
                continue
            left, right = _x_of(line, first), _x_of(line, last)
            top = corner.y() + number * self._line_height + 1
            box = QRectF(corner.x() + min(left, right) - 2, top, abs(right - left) + 4, self._line_height - 2)
            fill_box(painter, box, Radius.TEXT_CHIP, tokens.changed)


def _x_of(line: QTextLine, place: int) -> float:
    """Where a letter of a line begins. Qt gives a pair, its stubs do not say so."""
    found: Any = line.cursorToX(place)
    return float(found[0])


def _joined(pieces: Sequence[Piece], *, marked: bool) -> tuple[str, list[_Mark]]:
    """The text to show and where its marks are; a removal and the addition after it get a space between them."""
    text = ""
    marks: list[_Mark] = []
    for piece in pieces:
        words = " ".join(piece.text.splitlines()) if "\n" in piece.text else piece.text
        if piece.kind == "same" or not marked:
            if piece.kind != "removed":
                text += words
            continue
        if piece.kind == "added" and marks and not marks[-1].added and marks[-1].start + marks[-1].length == len(text):
            text += " " if not text.endswith(" ") else ""
        bare = words.strip(" ")
        start = len(text) + len(words) - len(words.lstrip(" "))
        text += words
        if bare:
            marks.append(_Mark(start, len(bare), piece.kind == "added"))
        if len(text) > _TEXT_MAX:
            break
    return text[:_TEXT_MAX], marks


def _laid_out(text: str, font: QFont, width: float, line_height: float) -> QTextLayout:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    layout.beginLayout()
    number = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1.0, width))
        line.setPosition(QPointF(0, number * line_height + (line_height - line.height()) / 2))
        number += 1
    layout.endLayout()
    return layout
