"""The seven aspect ratios as small drawings. One Tab stop; arrows choose."""

from __future__ import annotations

from math import sqrt

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QGroupBox, QHBoxLayout, QSizePolicy, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Radius, RingShape, TextRole, active
from studio.ui.theme.paint import fill_box, stroke_box
from studio.ui.widgets.button import is_hovered, quiet_hover
from studio.ui.widgets.painted_radio import PaintedRadio
from studio.ui.widgets.themed import set_available

RATIOS = ((1, 1), (4, 5), (3, 4), (2, 3), (3, 2), (16, 9), (21, 9))
_WIDTH, _HEIGHT = 40, 44
_AREA = 165.0
"""The drawings have about the same area, in square pixels."""
_LONGEST = 20.0


class RatioButton(PaintedRadio):
    """One ratio: its drawing over its name."""

    focus_ring = RingShape(Radius.BOX)

    def __init__(self, width: int, height: int, parent: QWidget) -> None:
        super().__init__(f"{width}:{height}", parent)
        self.ratio = (width, height)
        self.setAccessibleName(f"{width}:{height}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(active().font(TextRole.SMALL))
        self.updateGeometry()

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH, active().scaled(_HEIGHT))

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(max(32, self.fontMetrics().horizontalAdvance(self.text()) + 2), active().scaled(_HEIGHT))

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self.tokens
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(self.tokens.disabled_opacity)
        on, hover = self.isChecked(), is_hovered(self)
        if on:
            fill_box(painter, self.rect(), Radius.BOX, tokens.segment_on, tokens.control_border)
        elif hover:
            fill_box(painter, self.rect(), Radius.BOX, quiet_hover(tokens))
        colour = tokens.text if on or hover else tokens.text2
        width, height = drawing_size(*self.ratio)
        box = QRectF((self.width() - width) / 2, 14 - height / 2, width, height)
        stroke_box(painter, box, 2, colour, 1.0)
        painter.setFont(self.font())
        painter.setPen(colour)
        line = active().line_height(TextRole.SMALL)
        room = QRectF(0, self.height() - line - 4, self.width(), line)
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, self.text())
        painter.end()


def drawing_size(width: int, height: int) -> tuple[int, int]:
    """The size of the drawing of a ratio in logical pixels: equal areas, but never longer than 20."""
    tall = sqrt(_AREA * height / width)
    wide = tall * width / height
    shrink = min(1.0, _LONGEST / max(wide, tall))
    return round(wide * shrink), max(8, round(tall * shrink))


class RatioChips(QGroupBox):
    """Chooses an aspect ratio. `chosen` carries (width, height) when the user chooses; `set_ratio` is silent.

    A custom size shows none as chosen: `set_ratio(None)`."""

    chosen = Signal(object)

    def __init__(
        self,
        ratios: tuple[tuple[int, int], ...] = RATIOS,
        *,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: list[RatioButton] = []
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for width, height in ratios:
            button = RatioButton(width, height, self)
            self._group.addButton(button)
            self._buttons.append(button)
            row.addWidget(button)
        self._group.buttonClicked.connect(self._clicked)
        self.set_ratio(None)

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing: a group for screen readers, without a frame."""

    def ratio(self) -> tuple[int, int] | None:
        return next((button.ratio for button in self._buttons if button.isChecked()), None)

    def set_ratio(self, ratio: tuple[int, int] | None) -> None:
        """Show a ratio without a signal, or none."""
        self._group.setExclusive(False)
        for button in self._buttons:
            button.setChecked(button.ratio == ratio)
        self._group.setExclusive(True)
        self._one_stop()

    def set_ratio_available(self, ratio: tuple[int, int], available: bool, reason: str = "") -> None:
        """Rule a ratio out, visibly, with its reason in the tooltip. Unknown ratios are ignored."""
        for button in self._buttons:
            if button.ratio == ratio:
                set_available(button, available, reason)
        self._one_stop()

    def buttons(self) -> list[RatioButton]:
        return list(self._buttons)

    def _one_stop(self) -> None:
        chosen = next((button for button in self._buttons if button.isChecked() and button.isEnabled()), None)
        stop = chosen or next((button for button in self._buttons if button.isEnabled()), None)
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if button is stop else Qt.FocusPolicy.NoFocus)

    def _clicked(self, button: RatioButton) -> None:
        self.chosen.emit(button.ratio)
