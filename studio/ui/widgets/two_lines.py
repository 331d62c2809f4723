"""Rows of lists that say what it is in one line and more about it, smaller and grey, in a second one."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from studio.ui.overrides import safe_override
from studio.ui.theme import Radius, Space, TextRole, active
from studio.ui.theme.paint import fill_box

TWO_LINES_HEIGHT = 44
"""Of a row, in logical pixels before the text size is applied."""

_LINE_HEIGHT = 16
_Index = QModelIndex | QPersistentModelIndex


class TwoLineDelegate(QStyledItemDelegate):
    """The display role holds both lines, parted by a line feed; each is cut at its end where there is no room."""

    @safe_override(QSize(0, TWO_LINES_HEIGHT))
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, active().scaled(TWO_LINES_HEIGHT))

    @safe_override(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, tokens, box = active(), active().tokens, QRectF(option.rect)
        first, _, second = str(index.data() or "").partition("\n")
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            fill_box(painter, box, Radius.SMALL, tokens.row_on)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            fill_box(
                painter,
                box,
                Radius.SMALL,
                tokens.toggle_on if tokens.dark else tokens.control_pressed,
            )
        lines = [(first, theme.font(TextRole.BASE, 500, tabular=True), tokens.text)]
        if second:
            lines.append((second, theme.font(TextRole.SMALL, tabular=True), tokens.text2))
        height = theme.scaled(_LINE_HEIGHT)
        left, room = box.left() + Space.S + 2, box.width() - 2 * Space.S - 4
        top = box.center().y() - len(lines) * height / 2
        for words, font, colour in lines:
            painter.setFont(font)
            painter.setPen(colour)
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(QRectF(left, top, room, height), Qt.AlignmentFlag.AlignVCenter, shown)
            top += height
        painter.restore()
