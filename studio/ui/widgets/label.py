"""Text that is always plain: what a user or a provider wrote is shown, never interpreted."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import TextRole, active
from studio.ui.widgets.themed import Themed, plain_tooltip
from studio.ui.widgets.wrapping import wrap_text

_FIRST_CHINESE = "\u2e80"


class Label(Themed, QLabel):
    """One piece of plain text. `tone` is a colour of the theme: text, text2, text3, danger, warn, ok, accent_text.

    It may wrap (`setWordWrap`) or be selectable; for long text with the line height of the specification use
    `Paragraph`."""

    def __init__(
        self,
        text: str = "",
        *,
        role: TextRole = TextRole.BASE,
        weight: int = 400,
        tone: str = "text",
        tabular: bool = False,
        selectable: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role, self._weight, self._tabular = role, weight, tabular
        self._tone = tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setOpenExternalLinks(False)
        self.setText(text)
        if selectable:
            self.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
        self.restyle()

    def setTextFormat(self, text_format: Qt.TextFormat) -> None:
        """Plain text only; anything else raises `ValueError`."""
        if text_format != Qt.TextFormat.PlainText:
            raise ValueError("Labels show plain text only.")
        super().setTextFormat(text_format)

    def set_tone(self, tone: str) -> None:
        """Colour the text with a colour of the theme."""
        if tone != self._tone:
            self._tone = tone
            self._colour()

    def tone(self) -> str:
        """The name of the colour."""
        return self._tone

    def set_type(self, role: TextRole, weight: int = 400, *, tabular: bool = False) -> None:
        """Change what the text is for."""
        self._role, self._weight, self._tabular = role, weight, tabular
        self.restyle()

    def restyle(self) -> None:
        theme = active()
        self.setFont(theme.font(self._role, self._weight, tabular=self._tabular))
        self.setMinimumHeight(theme.line_height(self._role))
        self._level()
        self._colour()

    def setText(self, text: str) -> None:
        super().setText(text)
        self._level()

    def _level(self) -> None:
        """Qt draws selectable Latin words about a pixel higher than others, which shows on dense screens. Chinese ones
        stand where they should: their typeface is higher."""
        if self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse:
            latin = not any(character >= _FIRST_CHINESE for character in self.text()[:80])
            self.setContentsMargins(0, 2 if latin and self.devicePixelRatioF() > 1 else 0, 0, 0)

    def _colour(self) -> None:
        # Through the palette and not the style sheet: matching the sheet again for each change of tone costs far more.
        tokens, palette = self.tokens, QPalette(QApplication.palette())
        colour: QColor = getattr(tokens, self._tone)
        for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive):
            palette.setColor(group, QPalette.ColorRole.WindowText, colour)
        faded = QColor(colour)
        faded.setAlphaF(colour.alphaF() * tokens.disabled_opacity)
        palette.setColor(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText, faded)
        palette.setColor(QPalette.ColorRole.Highlight, tokens.selection)
        palette.setColor(QPalette.ColorRole.HighlightedText, tokens.text)
        self.setPalette(palette)


class ElidedLabel(Label):
    """A label of one line that gives way: cut at the end, or in the middle for file names.

    What is cut is in the tooltip."""

    def __init__(
        self,
        text: str = "",
        *,
        role: TextRole = TextRole.BASE,
        weight: int = 400,
        tone: str = "text",
        tabular: bool = False,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        self._elide = elide
        self._full = text
        self._hint = ""
        super().__init__(text, role=role, weight=weight, tone=tone, tabular=tabular, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(text)

    def set_full_text(self, text: str) -> None:
        """The text to show, cut as far as the room asks for."""
        self._full = " ".join(text.splitlines())
        self.setAccessibleName(text)
        self.updateGeometry()
        self._fit()

    def full_text(self) -> str:
        """The text before cutting."""
        return self._full

    def set_hint(self, text: str) -> None:
        """A tooltip to show always; without one the tooltip is the full text, when it is cut."""
        self._hint = text
        self._fit()

    def restyle(self) -> None:
        super().restyle()
        self._fit()

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._full) + 1, active().line_height(self._role))

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        shortest = min(self.sizeHint().width(), self.fontMetrics().horizontalAdvance("…") + 1)
        return QSize(shortest, active().line_height(self._role))

    @safe_override(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        shown = QFontMetrics(self.font()).elidedText(self._full, self._elide, max(0, self.width()))
        if shown != self.text():
            super().setText(shown)
        cut = shown != self._full
        tooltip = self._hint or (self._full if cut else "")
        self.setToolTip(plain_tooltip(tooltip))
        self.setAccessibleDescription(self._hint)


class Paragraph(Label):
    """Wrapped plain text with the exact line height of its role; at most `max_lines` lines, then an ellipsis."""

    def __init__(
        self,
        text: str = "",
        *,
        role: TextRole = TextRole.LONG,
        weight: int = 400,
        tone: str = "text2",
        max_lines: int | None = None,
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        self._max_lines = max_lines
        self._wrapped: tuple[str, str, int, list[str]] | None = None
        super().__init__(text, role=role, weight=weight, tone=tone, parent=parent)
        self.setAlignment(alignment)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _lines(self, width: int) -> list[str]:
        """The text cut into lines no wider than `width`, the last one elided where text is left over."""
        text, font = self.text(), self.font().key()
        if self._wrapped is None or self._wrapped[:3] != (text, font, width):
            self._wrapped = text, font, width, wrap_text(text, self.font(), width, self._max_lines)
        return self._wrapped[3]

    def hasHeightForWidth(self) -> bool:
        return True

    @safe_override(0)
    def heightForWidth(self, width: int) -> int:
        return max(1, len(self._lines(width))) * active().line_height(self._role)

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(line) for line in self.text().splitlines()), default=0) + 1
        width = min(widest, active().scaled(320))
        return QSize(width, self.heightForWidth(width))

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 48), active().line_height(self._role))

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(self.tokens.disabled_opacity)
        painter.setPen(getattr(self.tokens, self._tone))
        painter.setFont(self.font())
        height = active().line_height(self._role)
        across = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        flags = int((across | Qt.AlignmentFlag.AlignVCenter).value) | int(Qt.TextFlag.TextSingleLine.value)
        for number, line in enumerate(self._lines(self.width())):
            painter.drawText(QRect(0, number * height, self.width(), height), flags, line)
        painter.end()
