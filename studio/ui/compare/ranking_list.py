"""The rows of the ranking: place, name, votes, and the rating as a dot on its range."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from studio.domain.standings import Standing
from studio.ui.compare.standings import cost_words, spoken
from studio.ui.theme import Radius, RingShape, Space, TextRole, active
from studio.ui.theme.paint import fill_box, horizontal_hair
from studio.ui.widgets import Themed, plain_tooltip, safe_override

_Index = QModelIndex | QPersistentModelIndex
_ROW_HEIGHT = 51
_NUMBER_WIDTH = 20
_RATING_WIDTH = 76
_BADGE = 18
_ROLE = int(Qt.ItemDataRole.UserRole)
_LETTER_ROLE = _ROLE + 1


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: tuple[Standing, ...] = ()
        self.letters: Mapping[int, str] = {}

    def letter_of(self, row: Standing) -> str:
        """What the image is marked with on the table; empty for one that is not there, and for a model."""
        return self.letters.get(row.image_id, "") if row.image_id is not None else ""

    def set_letters(self, letters: Mapping[int, str]) -> None:
        self.letters = letters
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def set_rows(self, rows: tuple[Standing, ...]) -> None:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @safe_override(0)
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._rows)

    @safe_override(None)
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == _ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken(row, self.letter_of(row))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tooltip(spoken(row, self.letter_of(row)))
        if role == _LETTER_ROLE:
            return self.letter_of(row)
        return None


class _Row(QStyledItemDelegate):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.range = (700.0, 1300.0)

    @safe_override(QSize(0, _ROW_HEIGHT))
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, active().scaled(_ROW_HEIGHT))

    @safe_override(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        standing = index.data(_ROLE)
        if not isinstance(standing, Standing):
            return
        area: QRect = option.rect
        tokens, theme = active().tokens, active()
        on = bool(option.state & QStyle.StateFlag.State_HasFocus)
        if on:
            painter.fillRect(area, tokens.row_on)
        box = QRectF(area).adjusted(Space.PANEL, 0, -Space.PANEL, 0)
        half = box.height() / 2
        top, low = QRectF(box.left(), box.top() + 4, box.width(), half - 4), box.adjusted(0, half, 0, -4)
        small = theme.font(TextRole.SMALL, tabular=True)
        painter.setFont(theme.font(TextRole.BASE, tabular=True))
        painter.setPen(tokens.text2)
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter, str(standing.place))
        rank = standing.rank
        tally = f"{rank.wins}–{rank.losses}–{rank.ties}"
        painter.setPen(tokens.text)
        painter.drawText(top, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, tally)
        taken = QFontMetricsF(painter.font()).horizontalAdvance(tally) + Space.S
        room = top.adjusted(_NUMBER_WIDTH, 0, -taken, 0)
        letter = str(index.data(_LETTER_ROLE) or "")
        if letter:
            badge = QRectF(room.left(), room.center().y() - _BADGE / 2, _BADGE, _BADGE)
            fill_box(painter, badge, Radius.SMALL, tokens.monogram)
            painter.setFont(theme.font(TextRole.SMALL, 600))
            painter.setPen(tokens.text)
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, letter)
            room.setLeft(badge.right() + Space.S)
        self._paint_name(painter, room, standing, tokens.text2 if on else tokens.text3)
        painter.setFont(small)
        painter.setPen(tokens.text2)
        rating = f"{round(rank.rating)} ± {round(rank.margin)}"
        painter.drawText(low, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, rating)
        self._paint_range(painter, low.adjusted(_NUMBER_WIDTH, 0, -theme.scaled(_RATING_WIDTH), 0), standing)
        horizontal_hair(painter, area.left(), area.right() + 1, area.bottom() + 0.5, tokens.hair)

    def _paint_name(self, painter: QPainter, room: QRectF, standing: Standing, quiet: QColor) -> None:
        tokens, theme = active().tokens, active()
        painter.setFont(theme.font(TextRole.BASE, 500))
        painter.setPen(tokens.text)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, standing.provider)
        left = QFontMetricsF(painter.font()).horizontalAdvance(standing.provider) + Space.XS
        painter.setFont(theme.font(TextRole.SMALL))
        painter.setPen(quiet)
        words = standing.model
        cost = cost_words(standing)
        if cost:
            words = f"{words} · {cost}"
        rest = room.adjusted(left, 0, 0, 0)
        shown = QFontMetricsF(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_range(self, painter: QPainter, room: QRectF, standing: Standing) -> None:
        tokens = active().tokens
        low, high = self.range
        scale = room.width() / max(1.0, high - low)
        middle = room.center().y()
        fill_box(painter, QRectF(room.left(), middle - 0.5, room.width(), 1), 0, tokens.border)
        left = room.left() + (standing.rank.low - low) * scale
        right = room.left() + (standing.rank.high - low) * scale
        fill_box(painter, QRectF(left, middle - 2.5, right - left, 5), 2.5, tokens.star_off)
        dot = room.left() + (standing.rank.rating - low) * scale
        fill_box(painter, QRectF(dot - 4.5, middle - 4.5, 9, 9), 4.5, tokens.text)


class RankingList(Themed, QListView):
    """`set_rows` shows a ranking; as high as its rows. Rows of images bear their letters on the table."""

    image_chosen = Signal(object)
    """The image of a row that was double-clicked, or Enter was pressed on."""

    focus_ring = RingShape(0, gap=-2)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model(self)
        self._row = _Row(self)
        self.setModel(self._model)
        self.setItemDelegate(self._row)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.NoSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.activated.connect(self._choose)
        self.restyle()

    def set_rows(self, rows: tuple[Standing, ...]) -> None:
        """The best first; all ranges are drawn on one scale."""
        if rows:
            low, high = min(row.rank.low for row in rows), max(row.rank.high for row in rows)
            self._row.range = (low - 10, high + 10)
        self._model.set_rows(rows)
        self.restyle()

    def set_letters(self, letters: Mapping[int, str]) -> None:
        """Image id -> letter, of those on the table now."""
        self._model.set_letters(letters)

    def _choose(self, index: _Index) -> None:
        standing = index.data(_ROLE)
        if isinstance(standing, Standing) and standing.image_id is not None:
            self.image_chosen.emit(standing.image_id)

    def restyle(self) -> None:
        self.setFixedHeight(self._model.rowCount() * active().scaled(_ROW_HEIGHT))
        self.scheduleDelayedItemsLayout()
