"""Small painted signs: the monogram of a provider and the pill on an image."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import IconSize, TextRole, active, paint_icon
from studio.ui.theme.paint import fill_box
from studio.ui.theme.tokens import Tokens
from studio.ui.widgets.motion import dots_rect_width, paint_step_dots
from studio.ui.widgets.themed import Themed

MONOGRAM_SIDE = 16
PILL_HEIGHT = 20
_PILL_PADDING = 7
_PILL_GAP = 5


def paint_monogram(
    painter: QPainter,
    rect: QRectF | QRect,
    letter: str,
    tokens: Tokens,
    *,
    faded: bool = False,
    ground: QColor | None = None,
) -> None:
    """The one-letter sign of a provider, filling `rect` (a square of 16, 20 or 28 px), on another ground where it would
    not show on that of the theme."""
    area = QRectF(rect)
    side = area.height()
    fill_box(painter, area, 3 if side <= 20 else 5, ground or tokens.monogram)
    font = active().font(TextRole.SMALL, 600)
    font.setPixelSize(max(9, round(side * 0.60)) if side <= 20 else round(side * 0.46))
    painter.save()
    painter.setFont(font)
    painter.setPen(tokens.text2 if faded else tokens.text)
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, letter[:1])
    painter.restore()


class Monogram(Themed, QWidget):
    """The one-letter sign of a provider. The provider's name beside it is what screen readers say."""

    def __init__(self, letter: str, *, side: int = MONOGRAM_SIDE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter, self._side, self._faded = letter, side, False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_letter(self, letter: str) -> None:
        self._letter = letter
        self.update()

    def set_faded(self, faded: bool) -> None:
        """Draw the letter weaker: a model that is not ticked."""
        self._faded = faded
        self.update()

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(self.tokens.disabled_opacity)
        paint_monogram(painter, self.rect(), self._letter, self.tokens, faded=self._faded)
        painter.end()


class Sign(Themed, QWidget):
    """An icon beside words: of a note, a state, a search field. Screen readers skip it: the words must say it too."""

    def __init__(
        self, icon_name: str, *, tone: str = "text2", side: int = IconSize.ROW, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon_name, self._tone = icon_name, tone
        self.setFixedSize(side, side)

    def set_icon(self, icon_name: str, tone: str | None = None) -> None:
        """Show another icon, and if wanted in another colour of the theme."""
        self._icon_name = icon_name
        self._tone = tone or self._tone
        self.update()

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(self.tokens.disabled_opacity)
        paint_icon(painter, self._icon_name, self.rect(), getattr(self.tokens, self._tone))
        painter.end()


def pill_size(text: str, *, icon_name: str = "", dots: int = 0) -> QSize:
    """The size of a pill with these words."""
    metrics = QFontMetrics(active().font(TextRole.SMALL, 500, tabular=True))
    width = 2 * _PILL_PADDING + metrics.horizontalAdvance(text) + 2
    if icon_name:
        width += IconSize.PILL + _PILL_GAP
    if dots:
        width += dots_rect_width(dots) + _PILL_GAP
    return QSize(width, active().scaled(PILL_HEIGHT))


def paint_pill(
    painter: QPainter,
    corner: QPointF,
    text: str,
    tokens: Tokens,
    *,
    icon_name: str = "",
    dots_done: int = 0,
    dots: int = 0,
) -> QRectF:
    """A label on an image with its bottom left at `corner`; gives back its rectangle.

    An icon or a row of step dots may come before the words."""
    size = pill_size(text, icon_name=icon_name, dots=dots)
    box = QRectF(corner.x(), corner.y() - size.height(), size.width(), size.height())
    painter.save()
    fill_box(painter, box, box.height() / 2, tokens.pill)
    left = box.left() + _PILL_PADDING + 1
    if icon_name:
        side = IconSize.PILL
        paint_icon(painter, icon_name, QRectF(left, box.center().y() - side / 2, side, side), tokens.on_pill)
        left += side + _PILL_GAP
    if dots:
        paint_step_dots(painter, left, box.center().y(), done=dots_done, count=dots, colour=tokens.on_pill)
        left += dots_rect_width(dots) + _PILL_GAP
    painter.setFont(active().font(TextRole.SMALL, 500, tabular=True))
    painter.setPen(tokens.on_pill)
    painter.drawText(QRectF(left, box.top(), box.width(), box.height()), Qt.AlignmentFlag.AlignVCenter, text)
    painter.restore()
    return box


class Pill(Themed, QWidget):
    """A label on an image, as a widget."""

    def __init__(self, text: str, *, icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._icon_name = text, icon_name
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        self.updateGeometry()

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return pill_size(self._text, icon_name=self._icon_name)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_pill(painter, QPointF(0, self.height()), self._text, self.tokens, icon_name=self._icon_name)
        painter.end()
