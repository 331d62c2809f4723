"""Chips: round ones for filters and reasons, small square ones for tags."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Height, Radius, RingShape, TextRole, active, paint_icon
from studio.ui.theme.paint import fill_box, stroke_box
from studio.ui.widgets.button import is_hovered, quiet_hover
from studio.ui.widgets.marks import MONOGRAM_SIDE, paint_monogram
from studio.ui.widgets.motion import HoverFade, mixed
from studio.ui.widgets.themed import PlainCaption, Themed, set_tooltip

_PADDING = 10
_ICON = 13
_CROSS = 12
_GAP = 5
_SWATCHES, _SWATCH_STEP = 3, 9
_VALUE_LEAST = 28
"""Where not even this much of the value would be left beside the name, the name gives way."""
_MONOGRAM_INWARD = 6
"""A sign of a provider stands this much nearer to the edge than words."""


class ChipKind(Enum):
    """The look of a chip."""

    FILTER = "filter"
    """Filled and round; it stands for a part of the query."""
    OUTLINE = "outline"
    """Outlined and round; it adds something, or is one of several reasons to tick."""
    TAG = "tag"
    """Filled, small and nearly square."""
    TAG_OUTLINE = "tag outline"
    """Outlined, small and nearly square: adds a tag."""


class Chip(PlainCaption, Themed, QPushButton):
    """A word that can be pressed, and removed if `removable`.

    `name` is written grey before the bold `text` ("Rating **3 and up**"). `removed` comes from the cross, Delete or
    Backspace. A checkable chip is filled and ticked while on. `swatches`: up to three colours
    (``#rrggbb``) as spots before the words. `monogram`: the letter of a provider; such a chip has the corners of its
    sign, and the words must say the provider."""

    removed = Signal()

    def __init__(
        self,
        text: str,
        *,
        name: str = "",
        kind: ChipKind = ChipKind.FILTER,
        icon_name: str = "",
        removable: bool = False,
        remove_words: str = "",
        checkable: bool = False,
        swatches: Sequence[str] = (),
        monogram: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._name, self._value, self._kind = name, text, kind
        self._icon_name, self._removable, self._remove_words = icon_name, removable, remove_words
        self._swatches, self._monogram = tuple(swatches)[:_SWATCHES], monogram
        self._cross_hovered = self._cross_pressed = self._compact = self._marked = False
        self._measured: tuple[int, int, int] | None = None
        self._fade = HoverFade(self)
        self.setCheckable(checkable)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.toggled.connect(self.updateGeometry)
        self.set_words(text, name=name)
        self.restyle()

    def set_words(self, text: str, *, name: str | None = None) -> None:
        """Change what the chip says."""
        self._value, self._measured = text, None
        if name is not None:
            self._name = name
        words = f"{self._name} {text}".strip()
        self.setText(words)
        self.setAccessibleName(words)
        if self._removable and self._remove_words:
            self.setAccessibleDescription(self._remove_words)
        self.updateGeometry()
        self.update()

    def set_compact(self, compact: bool) -> None:
        """Show the icon alone; the words become the tooltip. For a chip with an icon and without a cross."""
        if compact != self._compact:
            self._compact = compact
            set_tooltip(self, self.text() if compact else "")
            self.updateGeometry()
            self.update()

    def set_marked(self, marked: bool) -> None:
        """Ring the chip although something else has the focus: the next key there acts on it."""
        self._marked = marked
        self.update()

    def set_remove_words(self, words: str) -> None:
        """What a screen reader says about removing, and the tooltip of the cross ("Remove filter")."""
        self._remove_words = words
        self.setAccessibleDescription(words)

    def _small(self) -> bool:
        return self._kind in {ChipKind.TAG, ChipKind.TAG_OUTLINE}

    def _radius(self) -> float:
        if self._monogram:
            return Radius.CONTROL
        return Radius.TEXT_CHIP if self._small() else self.height() / 2

    def _fonts(self) -> tuple[QFont, QFont]:
        """The font of the name and that of the value."""
        theme = active()
        weight = 500 if self._kind in {ChipKind.FILTER, ChipKind.OUTLINE} else 400
        return theme.font(TextRole.SMALL), theme.font(TextRole.SMALL, 600 if self._name else weight)

    def restyle(self) -> None:
        self._measured = None
        self.setFont(self._fonts()[1])
        self.setFixedHeight(active().scaled(18 if self._small() else Height.SMALL))
        self.focus_ring = RingShape(self._radius())
        self.updateGeometry()

    def _leading_icon(self) -> str:
        return "check" if self.isCheckable() and self.isChecked() else self._icon_name

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        name, value, _dots = self._advances()
        return QSize(max(self._width_around(name + value), self.height()), self.height())

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        _name, value, dots = self._advances()
        least = dots if not self._name else active().scaled(_VALUE_LEAST)
        return QSize(self._width_around(min(value, least)), self.height())

    def _advances(self) -> tuple[int, int, int]:
        """The widths of the name with its gap, of the value, and of the dots in its place."""
        if self._measured is None:
            name_font, value_font = self._fonts()
            name = QFontMetrics(name_font).horizontalAdvance(self._name) + _GAP if self._name else 0
            metrics = QFontMetrics(value_font)
            self._measured = name, metrics.horizontalAdvance(self._value), metrics.horizontalAdvance("…")
        return self._measured

    def _width_around(self, words: int) -> int:
        if self._compact:
            return 2 * _PADDING + _ICON
        width = 2 * (6 if self._small() else _PADDING) + words
        if self._leading_icon():
            width += _ICON + _GAP
        width += self._swatches_width()
        if self._monogram:
            width += MONOGRAM_SIDE + _GAP - _MONOGRAM_INWARD
        if self._removable:
            width += _CROSS + _GAP - 2
        return width

    def _swatches_width(self) -> int:
        return _ICON + _GAP + _SWATCH_STEP * (len(self._swatches) - 1) if self._swatches else 0

    def cross_rect(self) -> QRectF:
        """Where the cross is; empty when the chip cannot be removed."""
        if not self._removable:
            return QRectF()
        margin = (6 if self._small() else _PADDING) - 2
        return QRectF(self.width() - margin - _CROSS, (self.height() - _CROSS) / 2, _CROSS, _CROSS)

    def _on_cross(self, event: QMouseEvent) -> bool:
        # The whole end of the chip counts: the drawn cross alone would be a target of 12 px.
        return self._removable and event.position().x() >= self.cross_rect().left() - 6

    @safe_override(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hovered = self._on_cross(event)
        if hovered != self._cross_hovered:
            self._cross_hovered = hovered
            if self._remove_words:
                set_tooltip(self, self._remove_words if hovered else "")
                self.setAccessibleDescription(self._remove_words)
            self.update()
        super().mouseMoveEvent(event)

    @safe_override(None)
    def leaveEvent(self, event: QEvent) -> None:
        self._cross_hovered = False
        super().leaveEvent(event)

    @safe_override(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._on_cross(event):
            self._cross_pressed = True
            return
        super().mousePressEvent(event)

    @safe_override(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._cross_pressed:
            self._cross_pressed = False
            if self._on_cross(event) and self.rect().contains(event.position().toPoint()):
                self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._removable and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace}:
            self.removed.emit()
            return
        super().keyPressEvent(event)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(self.tokens.disabled_opacity)
        face, border = self._face()
        fill_box(painter, self.rect(), self._radius(), face, border)
        self._paint_words(painter)
        if self._marked:
            stroke_box(painter, self.rect(), self._radius(), self.tokens.ring, 2)
        if self._removable:
            colour = self.tokens.text if self._cross_hovered else self.tokens.text2
            paint_icon(painter, "x", self.cross_rect(), colour)
        painter.end()

    def _face(self) -> tuple[QColor | None, QColor | None]:
        tokens, on = self.tokens, self.isChecked()
        level = self._fade.level(is_hovered(self))
        if self._kind in {ChipKind.OUTLINE, ChipKind.TAG_OUTLINE} and not on:
            return mixed(None, quiet_hover(tokens), 1.0 if self.isDown() else level), tokens.border
        if self._kind is ChipKind.TAG:
            return mixed(tokens.tag, tokens.control_hover, level), None
        if self.isDown():
            return tokens.control_pressed, tokens.control_border
        rest = tokens.control_hover if on and tokens.dark else tokens.control
        return mixed(rest, tokens.control_hover, level), tokens.control_border

    def _paint_words(self, painter: QPainter) -> None:
        tokens = self.tokens
        name_font, value_font = self._fonts()
        left = float(6 if self._small() else _PADDING)
        full = self._kind is ChipKind.FILTER or self.isChecked() or is_hovered(self)
        if icon_name := self._leading_icon():
            box = QRectF(left, (self.height() - _ICON) / 2, _ICON, _ICON)
            paint_icon(painter, icon_name, box, tokens.text if full else tokens.text2)
            left += _ICON + _GAP
        if self._compact:
            return
        for place, colour in enumerate(self._swatches):
            spot = QRectF(left + place * _SWATCH_STEP, (self.height() - _ICON) / 2, _ICON, _ICON)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(tokens.control_border)
            painter.setBrush(QColor(colour))
            painter.drawEllipse(spot.adjusted(0.5, 0.5, -0.5, -0.5))
        left += self._swatches_width()
        if self._monogram:
            left -= _MONOGRAM_INWARD
            side = MONOGRAM_SIDE
            box = QRectF(left, (self.height() - side) / 2, side, side)
            paint_monogram(painter, box, self._monogram, tokens, ground=tokens.border if tokens.dark else None)
            left += side + _GAP
        right = self.cross_rect().left() - 2 if self._removable else self.width() - (6 if self._small() else _PADDING)
        name, value, _dots = self._advances()
        if self._name and left + name + min(value, active().scaled(_VALUE_LEAST)) <= right + 1:
            painter.setFont(name_font)
            painter.setPen(tokens.text2)
            advance = name - _GAP
            painter.drawText(QRectF(left, 0, advance + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, self._name)
            left += advance + _GAP
        painter.setFont(value_font)
        painter.setPen(tokens.text if full else tokens.text2)
        text = QFontMetrics(value_font).elidedText(self._value, Qt.TextElideMode.ElideRight, int(right - left + 1))
        painter.drawText(QRectF(left, 0, right - left + 1, self.height()), Qt.AlignmentFlag.AlignVCenter, text)
