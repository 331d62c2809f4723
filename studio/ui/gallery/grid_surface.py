"""A list view with places of its own: cells in lines, groups below headers, whatever the length of the list."""

from __future__ import annotations

from collections.abc import Hashable
from itertools import compress, count
from operator import itemgetter

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFocusEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from studio.ui.gallery import grid_cell, grid_header
from studio.ui.gallery.grid_layout import GAP, MARGIN, GridLayout
from studio.ui.gallery.images_model import ImagesModel
from studio.ui.widgets import safe_override
from studio.ui.widgets.announce import tell_cursor, tell_selected

TILE_WIDTHS = (112, 420)

_Index = QModelIndex | QPersistentModelIndex
_Cursor = QAbstractItemView.CursorAction


class GridSurface(QListView):
    """Selection and keyboard are Qt's own; places of cells are computed, never stored. Does not paint.

    A group that is folded keeps its rows; its header stands for the first of them, which the cursor can be on but
    which no range and no band selects."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.places = GridLayout()
        self._tile_width = 172
        self._folded: set[Hashable] = set()
        self._regrouped = False
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAutoScroll(False)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """An `ImagesModel`: its groups are looked at before Qt's own view asks for places."""
        if model is not None:
            for news in (model.modelReset, model.rowsInserted, model.rowsRemoved):
                news.connect(self.regroup)
            if isinstance(model, ImagesModel):
                model.group_grew.connect(self._grow_group)
        super().setModel(model)
        self.regroup()

    @property
    def images(self) -> ImagesModel | None:
        """Qt asks for places before there is a model; its stubs do not say so."""
        model = self.model()
        return model if isinstance(model, ImagesModel) else None

    # ------------------------------------------------------------------------------------------------ groups
    def _grow_group(self, group: int, rows: int) -> None:
        self.places.grow(group, rows)
        self._regrouped = True

    def regroup(self, *_what: object) -> None:
        """Rows or groups are others than before; where one group has grown and nothing else, that is done already."""
        model = self.images
        if model is None:
            return
        if self._regrouped:
            self._regrouped = False
            self._measure()
            self.viewport().update()
            return
        groups = model.groups
        loose = model.pending_count if groups else model.rowCount()
        folded: list[int] = []
        if self._folded:
            folded = list(compress(count(), map(self._folded.__contains__, map(itemgetter(0), groups))))
        self.places.set_rows(loose, list(map(itemgetter(1), groups)), folded)
        self._measure()
        self.viewport().update()

    def set_folded(self, group: int, folded: bool) -> None:
        """Fold a group to its header, or show its images again. The cursor goes to the header with it."""
        model = self.images
        if model is None or not 0 <= group < len(model.groups):
            return
        key = model.groups[group].key
        current = self.currentIndex().row()
        (self._folded.add if folded else self._folded.discard)(key)
        self.places.fold(group, folded)
        self._measure()
        self.viewport().update()
        if current in self.places.rows_of(group):
            model.entered_folded, model.entered_row = folded, current
            if folded:
                self._put_cursor(self.places.rows_of(group).start)

    def fold_all(self, folded: bool) -> None:
        """Every group there is now."""
        model = self.images
        if model is None:
            return
        self._folded = {group.key for group in model.groups} if folded else set()
        self.regroup()
        current = self.currentIndex()
        if folded and current.isValid():
            self._put_cursor(self.places.stop(current.row()))
            self.scrollTo(self.currentIndex())

    def _put_cursor(self, row: int) -> None:
        flags = QItemSelectionModel.SelectionFlag.NoUpdate
        self.selectionModel().setCurrentIndex(self.model().index(row, 0), flags)

    @property
    def current_group(self) -> int:
        """The group that the cursor is in, -1 for none."""
        current = self.currentIndex()
        return self.places.group_of(current.row()) if current.isValid() else -1

    @property
    def cursor_on_header(self) -> bool:
        """Whether the cursor stands on the header of a folded group."""
        current = self.currentIndex()
        return current.isValid() and self.places.is_hidden(current.row())

    def header_box(self, group: int) -> QRectF:
        """Where a header is in the viewport; that of the group on top stays there while its images pass below."""
        top = self.verticalScrollBar().value()
        box = self.places.header(group, self.width()).translated(0, -top)
        if box.top() < 0 and self.places.group_at(top) == group:
            end = self.places.top(group + 1) - top - box.height()
            box.moveTop(min(0.0, end))
        return box

    def header_under(self, point: QPointF) -> int:
        """The group whose header is at a place of the viewport, -1 for none."""
        top = self.verticalScrollBar().value()
        for group in {self.places.group_at(top), self.places.header_at(point.y() + top)}:
            if group >= 0 and self.header_box(group).contains(point):
                return group
        return -1

    # ------------------------------------------------------------------------------------------------ layout
    def tile_width(self) -> int:
        return self._tile_width

    def set_tile_width(self, width_px: int) -> None:
        """Least width of a cell; cells grow to fill the row."""
        low, high = TILE_WIDTHS
        top = self.verticalScrollBar().value()
        anchor = self.model().index(self.places.near(MARGIN, top + 4), 0) if self.images is not None else QModelIndex()
        self._tile_width = max(low, min(high, width_px))
        self._measure()
        if anchor.isValid() and top:
            self.scrollTo(anchor, QAbstractItemView.ScrollHint.PositionAtTop)
        self.viewport().update()

    def _measure(self) -> None:
        room = self.width() - 2 * MARGIN + GAP  # the scroll bar stands inside the right margin
        columns = max(1, int(room // (self._tile_width + GAP)))
        width = max(48.0, room / columns - GAP)
        header = grid_header.height() if self.places.groups_count else 0
        self.places.set_shape(columns, width, grid_cell.height_for(width), header)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, round(self.places.height) - self.viewport().height()))
        bar.setPageStep(max(1, self.viewport().height()))
        bar.setSingleStep(24)

    def cell(self, row: int) -> QRectF:
        """Where a row's cell lies in the viewport; for a row of a folded group, where its header does."""
        if self.places.is_hidden(row):
            return self.header_box(self.places.group_of(row))
        return self.places.cell(row).translated(0, -self.verticalScrollBar().value())

    def visible_rows(self) -> list[int]:
        """Rows of the lines that can be seen."""
        top = self.verticalScrollBar().value()
        return self.places.rows_between(top, top + self.viewport().height())

    @safe_override(None)
    def doItemsLayout(self) -> None:
        self._measure()
        self.viewport().update()

    @safe_override(None)
    def updateGeometries(self) -> None:
        self._measure()

    @safe_override(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._measure()
        super().resizeEvent(event)

    @safe_override(QRect())
    def visualRect(self, index: _Index) -> QRect:
        return self.cell(index.row()).toAlignedRect() if index.isValid() else QRect()

    @safe_override(QModelIndex())
    def indexAt(self, point: QPoint) -> QModelIndex:
        if self.images is None or self.header_under(point.toPointF()) >= 0:
            return QModelIndex()
        row = self.places.row_at(point.x(), point.y() + self.verticalScrollBar().value())
        return self.model().index(row, 0) if row >= 0 else QModelIndex()

    @safe_override(0)
    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    @safe_override(0)
    def horizontalOffset(self) -> int:
        return 0

    @safe_override(False)
    def isIndexHidden(self, index: _Index) -> bool:
        return False  # a row of a folded group is shown by its header

    @safe_override(None)
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What is seen already is moved, and the header on top is painted anew where it was and is."""
        view = self.viewport()
        view.scroll(0, dy)
        if self.places.groups_count:
            view.update(0, 0, view.width(), round(self.places.header_height) + 2 + max(0, dy))

    @safe_override(None)
    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid():
            return
        bar, row = self.verticalScrollBar(), index.row()
        group = self.places.group_of(row)
        hidden = self.places.is_folded(group)
        box = self.places.header(group, 1) if hidden else self.places.cell(row)
        covered = GAP / 2 if hidden or group < 0 else self.places.header_height
        shown = self.viewport().height()
        if hint == QAbstractItemView.ScrollHint.PositionAtTop:
            bar.setValue(round(box.top() - covered))
        elif hint == QAbstractItemView.ScrollHint.PositionAtCenter:
            bar.setValue(round(box.center().y() - shown / 2))
        elif box.top() - covered < bar.value():
            first = group >= 0 and not hidden and row - self.places.rows_of(group).start < self.places.columns
            bar.setValue(round(self.places.top(group) if first else box.top() - covered))
        elif box.bottom() > bar.value() + shown:
            bar.setValue(round(box.bottom() - shown + GAP))

    # ------------------------------------------------------------------------------------------------ cursor, selection
    @safe_override(QModelIndex())
    def moveCursor(self, action: _Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        model, places = self.images, self.places
        if model is None or not places.count:
            return QModelIndex()
        row = self.currentIndex().row() if self.currentIndex().isValid() else -1
        page = {_Cursor.MovePageUp: -1, _Cursor.MovePageDown: 1}.get(action)
        if action == _Cursor.MoveHome or (row < 0 and action != _Cursor.MoveEnd):
            target = places.stop(0)
        elif action == _Cursor.MoveEnd:
            target = places.stop(places.count - 1)
        elif page is not None:
            middle = places.cell(row).center()
            height = max(places.step, self.viewport().height() - places.header_height)
            target = places.near(middle.x(), middle.y() + page * height)
        elif action in (_Cursor.MoveUp, _Cursor.MoveDown):
            target = places.above_or_below(row, -1 if action == _Cursor.MoveUp else 1)
        else:
            target = places.beside(row, -1 if action in (_Cursor.MoveLeft, _Cursor.MovePrevious) else 1)
        return model.index(target, 0)

    @safe_override(None)
    def currentChanged(self, current: _Index, previous: _Index) -> None:
        model = self.images
        if model is not None and current.isValid():
            before = self.places.group_of(previous.row()) if previous.isValid() else -1
            model.entered_folded = self.places.is_hidden(current.row())
            entered = model.entered_folded or self.places.group_of(current.row()) != before
            model.entered_row = current.row() if entered else -1
        QAbstractItemView.currentChanged(self, current, previous)  # past QListView, see `tell_cursor`
        self.viewport().update()
        if self.hasFocus():
            self.tell_cursor()

    @safe_override(None)
    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        QAbstractItemView.selectionChanged(self, selected, deselected)  # past QListView, see `tell_cursor`
        if self.hasFocus():
            tell_selected(self, self.currentIndex())

    def tell_cursor(self) -> None:
        """Screen readers go to the cell with the cursor. QListView would look it up among places that it never computed
        here, not find it, and name the whole list."""
        tell_cursor(self, self.currentIndex())

    @safe_override(None)
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        QTimer.singleShot(0, self, self._tell_focus)  # Qt names the list first

    def _tell_focus(self) -> None:
        if self.hasFocus():
            self.tell_cursor()

    @safe_override(None)
    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """What the rubber band touches; else all from the cell at one corner of `rect` to that at the other."""
        if self.images is None:
            return
        if self.state() == QAbstractItemView.State.DragSelectingState:
            self._select_rows(self._touched(QRectF(rect.normalized())), command)
            return
        top = self.verticalScrollBar().value()
        ends = [self._stop_at(corner + QPoint(0, top)) for corner in (rect.topLeft(), rect.bottomRight())]
        self._select(self.places.shown_ranges(min(ends), max(ends)) if min(ends) >= 0 else [], command)

    def _stop_at(self, place: QPoint) -> int:
        group = self.places.header_at(place.y())
        if group >= 0 and self.places.is_folded(group):
            return self.places.rows_of(group).start
        return self.places.row_at(place.x(), place.y())

    def _touched(self, band: QRectF) -> list[int]:
        top = self.verticalScrollBar().value()
        rows = self.places.rows_between(band.top() + top, band.bottom() + top)
        return [row for row in rows if self.cell(row).intersects(band.adjusted(0, 0, 1, 1))]

    def _select_rows(self, rows: list[int], command: QItemSelectionModel.SelectionFlag) -> None:
        ranges: list[tuple[int, int]] = []
        for row in rows:
            if ranges and ranges[-1][1] == row - 1:
                ranges[-1] = (ranges[-1][0], row)
            else:
                ranges.append((row, row))
        self._select(ranges, command)

    def _select(self, ranges: list[tuple[int, int]], command: QItemSelectionModel.SelectionFlag) -> None:
        selection = QItemSelection()
        for first, last in ranges:
            selection.select(self.model().index(first, 0), self.model().index(last, 0))
        self.selectionModel().select(selection, command)

    @safe_override(None)
    def selectAll(self) -> None:
        """All images that are not in a folded group."""
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        if self.places.count:
            self._select(self.places.shown_ranges(0, self.places.count - 1), flag)

    def select_group(self, group: int) -> None:
        """Add all images of a group, folded or not, to the selection; take them out when all are in it."""
        rows = self.places.rows_of(group)
        if group < 0 or not rows:
            return
        flags = QItemSelectionModel.SelectionFlag
        chosen = self.selected_in(group) == len(rows)
        self._select([(rows.start, rows.stop - 1)], flags.Deselect if chosen else flags.Select)

    def selected_in(self, group: int) -> int:
        """How many rows of a group are selected."""
        rows, found = self.places.rows_of(group), 0
        selection = self.selectionModel().selection()
        for chosen in (selection.at(number) for number in range(selection.count())):
            found += max(0, min(rows.stop, chosen.bottom() + 1) - max(rows.start, chosen.top()))
        return found

    @safe_override(QRegion())
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        region = QRegion()
        for row in self.visible_rows():
            if selection.contains(self.model().index(row, 0)):
                region += self.cell(row).toAlignedRect()
        for group in self.groups_shown():
            region += self.header_box(group).toAlignedRect()
        return region

    def groups_shown(self) -> range:
        """Groups of which something can be seen."""
        top = self.verticalScrollBar().value()
        shown = self.places.groups_between(top, top + self.viewport().height())
        return range(max(0, shown.start), shown.stop)
