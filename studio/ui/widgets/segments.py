"""A choice of two to five in one track. One Tab stop; the arrow keys choose."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QGroupBox, QHBoxLayout, QSizePolicy, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Height, IconSize, Radius, RingShape, TextRole, active, paint_icon
from studio.ui.theme.paint import fill_box
from studio.ui.widgets.button import is_hovered
from studio.ui.widgets.painted_radio import PaintedRadio
from studio.ui.widgets.themed import PlainCaption, Themed, set_available, set_tooltip

_TRACK_PADDING = 2
_SEGMENT_PADDING = 12


@dataclass(frozen=True, slots=True)
class Option:
    """One value to choose."""

    value: Hashable
    text: str
    icon_name: str = ""
    tooltip: str = ""


class SegmentButton(PlainCaption, PaintedRadio):
    """One segment: to screen readers a radio button, to the eye a part of the track."""

    focus_ring = RingShape(Radius.BOX, parent_levels=1)

    def __init__(self, option: Option, parent: QWidget) -> None:
        super().__init__("", parent)
        self.option = option
        self.setText(option.text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        if option.tooltip:
            set_tooltip(self, option.tooltip)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(active().font(TextRole.BASE, 500))
        self.updateGeometry()

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text()) + 2 * _SEGMENT_PADDING
        if self.option.icon_name:
            width += IconSize.ROW + (6 if self.text() else 0)
        return QSize(width, active().scaled(Height.CONTROL) - 2 * _TRACK_PADDING)

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), 28), hint.height())

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self.tokens
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(self.tokens.disabled_opacity)
        if self.isChecked():
            fill_box(painter, self.rect(), Radius.SMALL, tokens.segment_on, tokens.control_border)
        colour = tokens.text if self.isChecked() or is_hovered(self) else tokens.text2
        room = self.width() - 8
        side = IconSize.ROW if self.option.icon_name else 0
        gap = 6 if side and self.text() else 0
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room - side - gap)
        left = (self.width() - side - gap - self.fontMetrics().horizontalAdvance(text)) / 2
        if side:
            paint_icon(painter, self.option.icon_name, QRectF(left, (self.height() - side) / 2, side, side), colour)
        painter.setPen(colour)
        painter.setFont(self.font())
        painter.drawText(QRectF(left + side + gap, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


class Segments(Themed, QGroupBox):
    """Chooses one of a few values. `chosen` comes only when the user chooses; `set_value` is silent.

    Give it an accessible name: the name of the setting. (A group box, so that screen readers tell the group.)"""

    chosen = Signal(object)

    def __init__(
        self,
        options: list[Option] | None = None,
        *,
        name: str = "",
        stretch: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._stretch = stretch
        self._buttons: list[SegmentButton] = []
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._group.buttonClicked.connect(self._clicked)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_TRACK_PADDING, _TRACK_PADDING, _TRACK_PADDING, _TRACK_PADDING)
        self._row.setSpacing(0)
        self.setAccessibleName(name)
        horizontal = QSizePolicy.Policy.Expanding if stretch else QSizePolicy.Policy.Maximum
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Fixed)
        self.set_options(options or [])
        self.restyle()

    def set_options(self, options: list[Option]) -> None:
        """Replace the choices. The value stays if it is still among them, else nothing is chosen."""
        earlier = self.value()
        for button in self._buttons:
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()  # it lives until the event loop comes round, and must not be seen until then
            button.deleteLater()
        self._buttons = []
        for option in options:
            button = SegmentButton(option, self)
            self._group.addButton(button)
            self._row.addWidget(button, button.sizeHint().width() if self._stretch else 0)
            self._buttons.append(button)
        self.set_value(earlier)

    def options(self) -> list[Option]:
        return [button.option for button in self._buttons]

    def button(self, value: Hashable) -> SegmentButton:
        """The segment of a value; raises `LookupError` when there is none."""
        for button in self._buttons:
            if button.option.value == value:
                return button
        raise LookupError(f"No segment has the value {value!r}.")

    def value(self) -> Hashable | None:
        """The chosen value, or None."""
        for button in self._buttons:
            if button.isChecked():
                return button.option.value
        return None

    def set_value(self, value: Hashable | None) -> None:
        """Choose without a signal; a value that is not offered leaves nothing chosen."""
        self._group.setExclusive(False)
        for button in self._buttons:
            button.setChecked(button.option.value == value)
        self._group.setExclusive(True)
        self._one_stop()

    def place_after(self, before: QWidget) -> QWidget:
        """Tab comes here from `before`, whichever segment is the stop; gives the last segment.

        `QWidget.setTabOrder` would move the stop of now alone and pass over the others."""
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            QWidget.setTabOrder(before, button)
            before = button
        self._one_stop()
        return before

    def set_value_available(self, value: Hashable, available: bool, reason: str = "") -> None:
        """Rule a value out, visibly, with its reason in the tooltip."""
        set_available(self.button(value), available, reason)
        self._one_stop()

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        layout = self.layout()
        return layout.minimumSize() if layout is not None else super().minimumSizeHint()

    def restyle(self) -> None:
        self.setFixedHeight(active().scaled(Height.CONTROL))

    def _one_stop(self) -> None:
        """Leave the Tab stop with the chosen segment, or with the first usable one while none is chosen.

        Qt itself moves it when the user chooses another one."""
        chosen = next((button for button in self._buttons if button.isChecked() and button.isEnabled()), None)
        stop = chosen or next((button for button in self._buttons if button.isEnabled()), None)
        for button in self._buttons:
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus if button is stop else Qt.FocusPolicy.NoFocus)

    def _clicked(self, button: SegmentButton) -> None:
        self.chosen.emit(button.option.value)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(self.tokens.disabled_opacity)
        fill_box(painter, self.rect(), Radius.BOX, self.tokens.segment_track)
        painter.end()
