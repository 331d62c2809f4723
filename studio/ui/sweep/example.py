"""One filled prompt as an example: the words that were put in stand out from the rest."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import TextRole, active
from studio.ui.widgets import Themed

_LINES_MAX = 3
_TEXT_MAX = 2_000


class ExampleText(Themed, QWidget):
    """Plain text in small letters, at most three lines; `spans` are (start, end) of the words that stand out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._spans = "", tuple[tuple[int, int], ...]()
        self._line_counts: dict[int, int] = {}
        """By width; layouts ask for one width after another."""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_text(self, text: str, spans: Sequence[tuple[int, int]]) -> None:
        self._text, self._spans = text[:_TEXT_MAX].replace("\n", " "), tuple(spans)
        self.setAccessibleName(text)
        self._line_counts.clear()
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        self._line_counts.clear()
        self.updateGeometry()

    def _layout(self, width: int) -> QTextLayout:
        layout = QTextLayout(self._text, active().font(TextRole.SMALL))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        formats = []
        for start, end in self._spans:
            style = QTextLayout.FormatRange()
            style.start, style.length = start, max(0, min(end, len(self._text)) - start)
            look = QTextCharFormat()
            look.setFontWeight(QFont.Weight.DemiBold)
            look.setForeground(self.tokens.text)
            style.format = look
            formats.append(style)
        layout.setFormats(formats)
        high = active().line_height(TextRole.SMALL)
        layout.beginLayout()
        number = 0
        while number < _LINES_MAX and (line := layout.createLine()).isValid():
            line.setLineWidth(max(1, width))
            line.setPosition(QPointF(0, number * high + (high - line.height()) / 2))
            number += 1
        layout.endLayout()
        return layout

    def hasHeightForWidth(self) -> bool:
        return True

    @safe_override(16)
    def heightForWidth(self, width: int) -> int:
        count = self._line_counts.get(width)
        if count is None:
            count = self._line_counts[width] = max(1, self._layout(width).lineCount())
        return count * active().line_height(TextRole.SMALL)

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(active().scaled(240), self.heightForWidth(max(self.width(), 100)))

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(60, active().line_height(TextRole.SMALL))

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.tokens.text2)
        self._layout(self.width()).draw(painter, QPointF(0, 0))
        painter.end()
