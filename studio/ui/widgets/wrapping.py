"""Plain text cut into lines, for everything that paints text itself."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption


def wrap_text(text: str, font: QFont, width: int, max_lines: int | None = None) -> list[str]:
    """Cut plain text into lines no wider than `width` logical pixels, at words where possible, anywhere else if not.

    Past `max_lines` the last line ends with an ellipsis."""
    metrics = QFontMetrics(font)
    blocks = text.split("\n")
    lines: list[str] = []
    for number, block in enumerate(blocks):
        for start, length in _line_spans(block, font, width):
            if max_lines is not None and len(lines) == max_lines - 1:
                more_follows = start + length < len(block) or number < len(blocks) - 1
                rest = block[start:] + ("…" if number < len(blocks) - 1 else "")
                lines.append(metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width) if more_follows else rest)
                return lines
            lines.append(block[start : start + length].rstrip())
    return lines


def _line_spans(block: str, font: QFont, width: int) -> list[tuple[int, int]]:
    """Start and length of each line of one paragraph; an empty paragraph has one empty line."""
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(block, font)
    layout.setTextOption(option)
    spans: list[tuple[int, int]] = []
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        spans.append((line.textStart(), line.textLength()))
    layout.endLayout()
    return spans or [(0, 0)]
