"""Check box, radio button and switch. Ticks are grey: the accent is for other things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Height, Radius, RingShape, Space, TextRole, active
from studio.ui.theme.paint import CHECK_SIDE, SWITCH_HEIGHT, SWITCH_WIDTH, paint_check, paint_radio, paint_switch
from studio.ui.widgets.button import is_hovered
from studio.ui.widgets.themed import PlainCaption, Themed

_TEXT_GAP = Space.S
_MARGIN = 2


if TYPE_CHECKING:
    _AbstractButton = QAbstractButton
else:
    _AbstractButton = object


class _Toggle(PlainCaption, Themed, _AbstractButton):
    """What the three share: a mark at the left, words behind it, both clickable."""

    focus_ring = RingShape(Radius.SMALL, gap=0)

    mark_width = CHECK_SIDE
    mark_height = CHECK_SIDE

    def mark_rect(self) -> QRectF:
        """Where the mark is drawn."""
        return QRectF(_MARGIN, (self.height() - self.mark_height) / 2, self.mark_width, self.mark_height)

    def set_up(self, text: str, name: str) -> None:
        """The common part of `__init__`."""
        self.setText(text)
        if name:
            self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.restyle()

    def restyle(self) -> None:
        self.setFont(active().font(TextRole.BASE))
        self.updateGeometry()

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        width = self.mark_width + 2 * _MARGIN
        if self.text():
            width += _TEXT_GAP + self.fontMetrics().horizontalAdvance(self.text()) + 1
        return QSize(width, max(self.mark_height + 2 * _MARGIN, active().scaled(Height.SMALL)))

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 64), self.sizeHint().height())

    @safe_override(False)
    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paint_mark(self, painter: QPainter) -> None:
        """Draw the mark."""

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(self.tokens.disabled_opacity)
        self.paint_mark(painter)
        if self.text():
            left = self.mark_rect().right() + _TEXT_GAP
            room = QRectF(left, 0, self.width() - left, self.height())
            painter.setPen(self.tokens.text)
            painter.setFont(self.font())
            text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()


class CheckBox(_Toggle, QCheckBox):
    """A check box. Without words give it an accessible name."""

    def __init__(self, text: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_up(text, name)

    def paint_mark(self, painter: QPainter) -> None:
        paint_check(painter, self.mark_rect(), self.tokens, state=self.checkState(), hover=is_hovered(self))


class RadioButton(_Toggle, QRadioButton):
    """One of several in a `QButtonGroup` or under one parent: one Tab stop, arrows choose."""

    def __init__(self, text: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_up(text, name)

    def paint_mark(self, painter: QPainter) -> None:
        paint_radio(painter, self.mark_rect(), self.tokens, on=self.isChecked(), hover=is_hovered(self))


class Switch(_Toggle, QCheckBox):
    """A setting that acts at once."""

    mark_width = SWITCH_WIDTH
    mark_height = SWITCH_HEIGHT

    def __init__(self, text: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_up(text, name)

    def paint_mark(self, painter: QPainter) -> None:
        paint_switch(painter, self.mark_rect(), self.tokens, on=self.isChecked(), hover=is_hovered(self))
