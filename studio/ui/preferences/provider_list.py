"""The providers in Preferences: sign, name and state of each; dragged into the order of the columns in Runs."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio.ui.overrides import safe_override
from studio.ui.theme import Radius, Space, TextRole, active
from studio.ui.theme.paint import fill_box
from studio.ui.translation import Translated
from studio.ui.widgets.marks import paint_monogram

ID_ROLE = Qt.ItemDataRole.UserRole
MONOGRAM_ROLE = Qt.ItemDataRole.UserRole + 1
STATE_ROLE = Qt.ItemDataRole.UserRole + 2
"""Words for what stands between the user and this provider; the name is the display role."""

_LEAST_WIDTH, _WIDTH, _ROW_HEIGHT, _SIGN_SIDE = 140, 216, 44, 24

_Index = QModelIndex | QPersistentModelIndex


class ProviderList(Translated, QListWidget):
    """Rows are dragged; `model().rowsMoved` tells."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(_ProviderDelegate(self))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Providers"))

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(active().scaled(_WIDTH), super().sizeHint().height())

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(active().scaled(_LEAST_WIDTH), super().minimumSizeHint().height())


class _ProviderDelegate(QStyledItemDelegate):
    @safe_override(QSize(0, _ROW_HEIGHT))
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, active().scaled(_ROW_HEIGHT))

    @safe_override(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, box = active(), QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            fill_box(painter, box, Radius.CONTROL, theme.tokens.control)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            fill_box(painter, box, Radius.CONTROL, theme.tokens.raised)
        sign = QRectF(box.left() + Space.M, box.center().y() - _SIGN_SIDE / 2, _SIGN_SIDE, _SIGN_SIDE)
        paint_monogram(painter, sign, index.data(MONOGRAM_ROLE) or "", theme.tokens)
        left = sign.right() + Space.M
        room = box.right() - left - Space.S
        lines = [(index.data(), theme.font(TextRole.BASE, 500), theme.tokens.text)]
        if index.data(STATE_ROLE):
            lines.append((index.data(STATE_ROLE), theme.font(TextRole.SMALL), theme.tokens.text2))
        height = theme.scaled(16)
        top = box.center().y() - len(lines) * height / 2
        for words, font, colour in lines:
            painter.setFont(font)
            painter.setPen(colour)
            shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(QRectF(left, top, room, height), Qt.AlignmentFlag.AlignVCenter, shown)
            top += height
        painter.restore()
