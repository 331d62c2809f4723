"""The program's style: Fusion, with the small parts that we paint ourselves at any scale.

Our own widgets paint themselves through `studio.ui.theme.paint`; this style gives the same look to what Qt paints:
checks in lists and menus, tree arrows, scroll bars, the focus of rows.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QProxyStyle,
    QStyle,
    QStyleOption,
    QStyleOptionComplex,
    QStyleOptionSlider,
    QStyleOptionViewItem,
    QWidget,
)

from studio.ui.overrides import safe_override
from studio.ui.theme import state
from studio.ui.theme.paint import fill_box, paint_check, paint_chevron, paint_radio

_THUMB_THICKNESS = 6
_SHORTEST_THUMB = 32
_FLAG = QStyle.StateFlag


class StudioStyle(QProxyStyle):
    """Fusion with our check, radio, disclosure and scroll bar."""

    def __init__(self) -> None:
        super().__init__("Fusion")

    @safe_override(None)
    def drawPrimitive(
        self,
        element: QStyle.PrimitiveElement,
        option: QStyleOption,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        kind = QStyle.PrimitiveElement
        if element in {kind.PE_FrameFocusRect, kind.PE_PanelItemViewRow}:
            return  # focus has a ring outside the widget; a chosen row is drawn by its item, not beside it
        if element in {kind.PE_IndicatorCheckBox, kind.PE_IndicatorItemViewItemCheck, kind.PE_IndicatorMenuCheckMark}:
            self._draw_check(option, painter)
        elif element == kind.PE_IndicatorRadioButton:
            self._draw_radio(option, painter)
        elif element == kind.PE_IndicatorBranch:
            self._draw_branch(option, painter)
        elif element == kind.PE_IndicatorArrowRight:
            self._draw_arrow(option, painter)
        else:
            super().drawPrimitive(element, option, painter, widget)

    @safe_override(None)
    def drawComplexControl(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        painter: QPainter,
        widget: QWidget | None = None,
    ) -> None:
        if control == QStyle.ComplexControl.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            self._draw_scroll_bar(option, painter)
        else:
            super().drawComplexControl(control, option, painter, widget)

    @safe_override(QRect())
    def subControlRect(
        self,
        control: QStyle.ComplexControl,
        option: QStyleOptionComplex,
        part: QStyle.SubControl,
        widget: QWidget | None = None,
    ) -> QRect:
        if control == QStyle.ComplexControl.CC_ScrollBar and isinstance(option, QStyleOptionSlider):
            return scroll_bar_part(option, part)
        return super().subControlRect(control, option, part, widget)  # type: ignore[arg-type]  # Qt passes no widget too

    def _draw_check(self, option: QStyleOption, painter: QPainter) -> None:
        flags = option.state
        check = Qt.CheckState.Unchecked
        if flags & _FLAG.State_NoChange:
            check = Qt.CheckState.PartiallyChecked
        elif flags & _FLAG.State_On:
            check = Qt.CheckState.Checked
        if isinstance(option, QStyleOptionViewItem):
            check = option.checkState
        painter.save()
        if not flags & _FLAG.State_Enabled:
            painter.setOpacity(painter.opacity() * state.active().tokens.disabled_opacity)
        paint_check(painter, option.rect, state.active().tokens, state=check)
        painter.restore()

    def _draw_radio(self, option: QStyleOption, painter: QPainter) -> None:
        painter.save()
        if not option.state & _FLAG.State_Enabled:
            painter.setOpacity(painter.opacity() * state.active().tokens.disabled_opacity)
        paint_radio(painter, option.rect, state.active().tokens, on=bool(option.state & _FLAG.State_On))
        painter.restore()

    def _draw_branch(self, option: QStyleOption, painter: QPainter) -> None:
        if not option.state & _FLAG.State_Children:
            return
        degrees = 90.0 if option.state & _FLAG.State_Open else 0.0
        paint_chevron(painter, option.rect, state.active().tokens.text2, degrees=degrees)

    def _draw_arrow(self, option: QStyleOption, painter: QPainter) -> None:
        """The arrow of a menu inside a menu."""
        painter.save()
        if not option.state & _FLAG.State_Enabled:
            painter.setOpacity(painter.opacity() * state.active().tokens.disabled_opacity)
        paint_chevron(painter, option.rect, state.active().tokens.text2)
        painter.restore()

    def _draw_scroll_bar(self, option: QStyleOptionSlider, painter: QPainter) -> None:
        tokens = state.active().tokens
        if option.minimum == option.maximum:
            return
        part = QStyle.SubControl.SC_ScrollBarSlider
        thumb = QRectF(scroll_bar_part(option, part))
        if option.orientation == Qt.Orientation.Vertical:
            spare = (thumb.width() - _THUMB_THICKNESS) / 2
            thumb.adjust(spare, 1, -spare, -1)
        else:
            spare = (thumb.height() - _THUMB_THICKNESS) / 2
            thumb.adjust(1, spare, -1, -spare)
        touched = bool(option.state & _FLAG.State_MouseOver) and bool(option.activeSubControls & part)
        held = bool(option.state & _FLAG.State_Sunken)
        colour = tokens.scroll_thumb_hover if touched or held else tokens.scroll_thumb
        fill_box(painter, thumb, _THUMB_THICKNESS / 2, colour)


def scroll_bar_part(option: QStyleOptionSlider, part: QStyle.SubControl) -> QRect:
    """Where a part of a scroll bar is: a thumb on the whole length, no arrow buttons."""
    whole = option.rect
    upright = option.orientation == Qt.Orientation.Vertical
    room = whole.height() if upright else whole.width()
    steps = option.maximum - option.minimum + option.pageStep
    length = room if steps <= 0 else min(room, max(_SHORTEST_THUMB, room * option.pageStep // steps))
    start = QStyle.sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, room - length, option.upsideDown
    )
    spans = {
        QStyle.SubControl.SC_ScrollBarSlider: (start, length),
        QStyle.SubControl.SC_ScrollBarSubPage: (0, start),
        QStyle.SubControl.SC_ScrollBarAddPage: (start + length, room - start - length),
        QStyle.SubControl.SC_ScrollBarGroove: (0, room),
    }
    first, extent = spans.get(part, (0, 0))
    if upright:
        return QRect(whole.left(), whole.top() + first, whole.width(), extent)
    return QRect(whole.left() + first, whole.top(), extent, whole.height())
