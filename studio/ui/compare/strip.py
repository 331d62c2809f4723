"""The images on the table as a row of small pictures: which are A and B, take one away, add one."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from studio.ui.compare.light_table import LightTable
from studio.ui.compare.panes import IMAGES_MOST
from studio.ui.theme import IconSize, Radius, RingShape, Space, TextRole, active, paint_icon
from studio.ui.theme.paint import fill_box, horizontal_hair, stroke_box
from studio.ui.translation import Translated, filled
from studio.ui.widgets import Label, Menu, Sign, Themed, safe_override, set_available, set_surface, set_tooltip

STRIP_HEIGHT = 80
_CELL = QSize(56, 64)
_BADGE = 18
_CROSS = 16
_Index = QModelIndex | QPersistentModelIndex


class StripModel(QAbstractListModel):
    """One row for each image on the table."""

    def __init__(self, table: LightTable) -> None:
        super().__init__(table)
        self._table = table
        self._ids: list[int] = []
        table.changed.connect(self._follow)

    def _follow(self) -> None:
        ids = [image.id for image in self._table.images]
        if ids != self._ids:
            self.beginResetModel()
            self._ids = ids
            self.endResetModel()
        elif ids:
            self.dataChanged.emit(self.index(0), self.index(len(ids) - 1))

    @safe_override(0)
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._ids)

    @safe_override(None)
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid() or index.row() >= len(self._table.images):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            row = index.row()
            mark, name = self._table.mark_of(row), self._table.name_of(row)
            return f"{mark}, {name}" if name else mark
        return None


class _Cell(QStyledItemDelegate):
    """A picture with its letter, a ring around A and B, a cross under the pointer."""

    def __init__(self, table: LightTable, view: QListView) -> None:
        super().__init__(view)
        self._table = table

    @safe_override(QSize(_CELL))
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(_CELL.width() + 2, _CELL.height())

    @safe_override(None)
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        table, row, tokens = self._table, index.row(), active().tokens
        if row >= len(table.images):
            return
        image = table.images[row]
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        cell = QRectF(area).adjusted(1, 0, -1, 0)
        marked = row in table.pair
        if marked:
            stroke_box(painter, cell, Radius.SMALL, tokens.ring, 2)
        elif state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(tokens.ring, 1, Qt.PenStyle.DotLine))
            painter.drawRect(cell.adjusted(1, 1, -1, -1))
        inner = cell.adjusted(4, 4, -4, -4)
        scale = min(inner.width() / image.width, inner.height() / image.height)
        wide, high = image.width * scale, image.height * scale
        box = QRectF(inner.center().x() - wide / 2, inner.center().y() - high / 2, wide, high)
        picture = table.levels.small(image)
        if picture is None:
            painter.fillRect(box, tokens.cell)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(box, picture, QRectF(picture.rect()))
        if marked:
            badge = QRectF(inner.left() + 2, inner.top() + 2, _BADGE, _BADGE)
            fill_box(painter, badge, Radius.SMALL, tokens.pill)
            painter.setFont(active().font(TextRole.SMALL, 600))
            painter.setPen(tokens.on_pill)
            painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, table.mark_of(row))
        if state & QStyle.StateFlag.State_MouseOver and not table.blind:
            cross = QRectF(cross_rect(area))
            fill_box(painter, cross, _CROSS / 2, tokens.pill)
            paint_icon(painter, "x", cross.adjusted(3, 3, -3, -3), tokens.on_pill)


def cross_rect(cell: QRect) -> QRect:
    return QRect(cell.right() - _CROSS - 4, cell.top() + 4, _CROSS, _CROSS)


class StripView(QListView):
    """Click: B. Click with Ctrl or Shift: A. Return the same by keyboard; Delete takes away."""

    marked = Signal(int, bool)
    """Place, and True for A."""
    removed = Signal(int)

    focus_ring = RingShape(Radius.SMALL)

    def __init__(self, table: LightTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self.setModel(StripModel(table))
        self.setItemDelegate(_Cell(table, self))
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFixedHeight(_CELL.height())
        self.viewport().setAutoFillBackground(False)
        table.changed.connect(self._follow)
        table.levels.ready.connect(self.viewport().update)

    def _follow(self) -> None:
        self.setFixedWidth(max(1, len(self._table.images)) * (_CELL.width() + 2) + 2)

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(60, _CELL.height())

    @safe_override(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        if cross_rect(self.visualRect(index)).contains(point) and not self._table.blind:
            self.removed.emit(index.row())
        else:
            self.marked.emit(index.row(), _means_first(event.modifiers()))

    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if row >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.marked.emit(row, _means_first(event.modifiers()))
        elif row >= 0 and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(row)
        else:
            super().keyPressEvent(event)

    @safe_override(None)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.indexAt(event.pos())
        if index.isValid() and not self._table.blind:
            self._menu(index.row()).open_at_point(event.globalPos())

    def _menu(self, row: int) -> Menu:
        menu = Menu("", self)
        menu.add(self.tr("Use as A"), lambda: self.marked.emit(row, True), shortcut="Shift+Return")
        menu.add(self.tr("Use as B"), lambda: self.marked.emit(row, False), shortcut="Return")
        menu.addSeparator()
        menu.add(
            self.tr("Take off the table"),
            lambda: self.removed.emit(row),
            icon_name="x",
            shortcut="Del",
            available=len(self._table.images) > 2,
            reason=self.tr("Two images stay on the table."),
        )
        return menu

    @safe_override(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _means_first(modifiers: Qt.KeyboardModifier) -> bool:
    return bool(modifiers & (Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier))


class AddButton(Translated, Themed, QPushButton):
    """The dashed place behind the last picture."""

    focus_ring = RingShape(Radius.SMALL)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(_CELL.width() - 6, _CELL.height() - 4)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Add an image"))
        set_tooltip(self, self.tr("Add an image"))

    @safe_override(False)
    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self.isEnabled():
            painter.setOpacity(0.45)
        lit = self.isEnabled() and self.underMouse()
        painter.setPen(QPen(self.tokens.text2 if lit else self.tokens.text3, 1, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), Radius.SMALL, Radius.SMALL)
        side = IconSize.ROW
        middle = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_icon(painter, "plus", middle, self.tokens.text if lit else self.tokens.text2)
        painter.end()


class Strip(Translated, Themed, QWidget):
    """The count, the pictures, the plus, and a hint of keys."""

    add_clicked = Signal(object)
    """The button beside which the choice opens."""

    def __init__(self, table: LightTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, "window")
        self._table = table
        self._runs: tuple[int, ...] = ()
        self.count = Label(role=TextRole.SMALL, tone="text2", parent=self)
        self.view = StripView(table, self)
        self.add = AddButton(self)
        self._sign = Sign("keyboard", tone="text2", parent=self)
        self.hint = Label(role=TextRole.SMALL, tone="text2", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 0, Space.L, 0)
        row.setSpacing(Space.M)
        row.addWidget(self.count)
        row.addWidget(self.view)
        row.addWidget(self.add)
        row.addStretch(1)
        row.addWidget(self._sign)
        row.addWidget(self.hint)
        self.add.clicked.connect(lambda: self.add_clicked.emit(self.add))
        table.changed.connect(self._follow)
        self.restyle()
        self.retranslate()

    def set_runs(self, runs: tuple[int, ...]) -> None:
        """The runs that the images come from."""
        self._runs = runs
        self._follow()

    def restyle(self) -> None:
        self.setFixedHeight(active().scaled(STRIP_HEIGHT))

    def retranslate(self) -> None:
        self.view.setAccessibleName(self.tr("Images on the table"))
        self._follow()

    def _follow(self) -> None:
        count = len(self._table.images)
        words = self.tr("%n image(s)", "", count)
        if len(self._runs) == 1 and not self._table.blind:
            words += "\n" + filled(self.tr("from run {number}"), number=self._runs[0])
        self.count.setText(words)
        keys = {
            "wipe": self.tr("Drag the line or use ← →. Hold Space to see A only."),
            "blink": self.tr("Hold Space to see A only."),
        }
        words = keys.get(self._table.mode.value, self.tr("Drag to move, scroll to zoom. Hold Space for A."))
        if self._table.loupe:
            words = self.tr("The loupe follows the pointer, or Ctrl and the arrow keys.")
        self.hint.setText(words)
        room = self.width() - self.view.width() - 260
        shown = room > self.hint.sizeHint().width()
        self.hint.setVisible(shown)
        self._sign.setVisible(shown)
        full = count >= IMAGES_MOST
        blind = self._table.blind
        reason = self.tr("At most 9 images fit on the table.") if full else self.tr("A blind vote is under way.")
        set_available(self.add, not full and not blind, reason)

    @safe_override(False)
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.Resize:
            self._follow()
        return done

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.tokens.panel)
        horizontal_hair(painter, 0, self.width(), 0, self.tokens.line)
        painter.end()
