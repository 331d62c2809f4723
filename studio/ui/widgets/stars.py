"""A rating of none to five stars. One Tab stop: arrows and digits set it."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Height, Radius, RingShape
from studio.ui.theme.paint import snapped
from studio.ui.theme.tokens import Tokens
from studio.ui.translation import Translated
from studio.ui.widgets.second_clicks import SecondClicks
from studio.ui.widgets.themed import Themed, set_tooltip

STARS = 5
_SIDE = 13
_STEP = 15
_POINTS = (
    (0.5, 0.02), (0.654, 0.331), (1.0, 0.382), (0.75, 0.626), (0.809, 0.97),
    (0.5, 0.808), (0.191, 0.97), (0.25, 0.626), (0.0, 0.382), (0.346, 0.331),
)  # fmt: skip


def stars_width(side: float = _SIDE) -> float:
    """The width of five stars of `side` logical pixels."""
    return STARS * side + (STARS - 1) * 2


@cache
def _star(side: float) -> QPolygonF:
    """At the origin; nobody changes it."""
    return QPolygonF([QPointF(x * side, y * side) for x, y in _POINTS])


def paint_stars(
    painter: QPainter, left: float, middle: float, rating: int, *, tokens: Tokens, side: float = _SIDE
) -> None:
    """Five stars from `left`, centred on `middle`: `rating` of them full, the others as outlines."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    origin = snapped(painter, QRectF(left, middle - side / 2, side, side)).topLeft()
    for number in range(STARS):
        full = number < rating
        inset = 0.5 if not full else 0.2
        box = side - 2 * inset
        corner = origin + QPointF(number * (side + 2) + inset, inset)
        star = _star(box).translated(corner)
        if full:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.star)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(tokens.star_off)
        painter.drawPolygon(star)
    painter.restore()


class StarRating(Translated, Themed, QSlider):
    """Sets a rating from 0 to 5. A click on the star that is already the rating clears it;
    the second of a double click does not.

    `rated` comes only from the user; `set_rating` is silent. To screen readers it is a slider from 0 to 5."""

    rated = Signal(int)
    focus_ring = RingShape(Radius.SMALL)

    def __init__(self, rating: int = 0, *, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._hovered = 0
        self._read_only, self._second_clicks = False, SecondClicks()
        self.setRange(0, STARS)
        self.setPageStep(1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_rating(rating)
        self.valueChanged.connect(self.rated)
        self.retranslate()

    def rating(self) -> int:
        return self.value()

    def set_rating(self, rating: int) -> None:
        """Show a rating without a signal."""
        self.blockSignals(True)
        self.setValue(rating)
        self.blockSignals(False)
        self.update()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Rating"))
        set_tooltip(self, self.tr("Rating, keys 0 to 5"))

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(round(stars_width()), Height.SMALL)

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def star_rect(self, number: int) -> QRect:
        """The area of a star, 1 to 5, for clicks."""
        return QRect((number - 1) * _STEP, 0, _STEP, self.height())

    def _star_at(self, x: float) -> int:
        return min(STARS, max(1, int(x // _STEP) + 1))

    @safe_override(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and not self._second_clicks.belongs(event):
            star = self._star_at(event.position().x())
            self.setValue(0 if star == self.value() else star)
            self._hovered = 0
            self.update()

    @safe_override(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hovered = self._star_at(event.position().x())
        self.update()

    @safe_override(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    @safe_override(None)
    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = 0
        self.update()
        super().leaveEvent(event)

    @safe_override(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()  # scrolling a panel must not rate an image

    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.key() - Qt.Key.Key_0
        if 0 <= digit <= STARS and event.modifiers() in {
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        }:
            self.setValue(digit)
            return
        super().keyPressEvent(event)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(self.tokens.disabled_opacity)
        shown = self._hovered if self._hovered and self.isEnabled() else self.value()
        paint_stars(painter, 0, self.height() / 2, shown, tokens=self.tokens)
        painter.end()
