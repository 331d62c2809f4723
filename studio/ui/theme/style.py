"""The program's style: Fusion, with the small parts that we paint ourselves at any scale.

Our own widgets paint themselves through `studio.ui.theme.paint`; this style gives the same look to what Qt paints:
checks in lists and menus, tree arrows, scroll bars, the focus of rows.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
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
from studio.ui.theme.tokens import DISABLED_OPACITY

SCROLL_BAR_EXTENT = 12
_THUMB_THICKNESS = 6
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
        if element == kind.PE_FrameFocusRect:
            return  # focus has a ring outside the widget, and rows say it by their own paint
        if element in {kind.PE_IndicatorCheckBox, kind.PE_IndicatorItemViewItemCheck, kind.PE_IndicatorMenuCheckMark}:
            self._draw_check(option, painter)
        elif element == kind.PE_IndicatorRadioButton:
            self._draw_radio(option, painter)
        elif element == kind.PE_IndicatorBranch:
            self._draw_branch(option, painter)
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
            self._draw_scroll_bar(option, painter, widget)
        else:
            super().drawComplexControl(control, option, painter, widget)

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
            painter.setOpacity(painter.opacity() * DISABLED_OPACITY)
        paint_check(painter, option.rect, state.active().tokens, state=check)
        painter.restore()

    def _draw_radio(self, option: QStyleOption, painter: QPainter) -> None:
        painter.save()
        if not option.state & _FLAG.State_Enabled:
            painter.setOpacity(painter.opacity() * DISABLED_OPACITY)
        paint_radio(painter, option.rect, state.active().tokens, on=bool(option.state & _FLAG.State_On))
        painter.restore()

    def _draw_branch(self, option: QStyleOption, painter: QPainter) -> None:
        if not option.state & _FLAG.State_Children:
            return
        degrees = 90.0 if option.state & _FLAG.State_Open else 0.0
        paint_chevron(painter, option.rect, state.active().tokens.text2, degrees=degrees)

    def _draw_scroll_bar(self, option: QStyleOptionSlider, painter: QPainter, widget: QWidget | None) -> None:
        tokens = state.active().tokens
        if option.minimum == option.maximum:
            return
        part = QStyle.SubControl.SC_ScrollBarSlider
        thumb = QRectF(self.proxy().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, widget))
        spare = (SCROLL_BAR_EXTENT - _THUMB_THICKNESS) / 2
        if option.orientation == Qt.Orientation.Vertical:
            thumb.adjust(spare, 1, -spare, -1)
        else:
            thumb.adjust(1, spare, -1, -spare)
        touched = bool(option.state & _FLAG.State_MouseOver) and bool(option.activeSubControls & part)
        held = bool(option.state & _FLAG.State_Sunken)
        colour = tokens.scroll_thumb_hover if touched or held else tokens.scroll_thumb
        fill_box(painter, thumb, _THUMB_THICKNESS / 2, colour)
