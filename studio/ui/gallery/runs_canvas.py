"""Runs, one below the other: a list view whose rows have the heights of their content, measured when they are seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import inf

from PySide6.QtCore import (
    QEvent,
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
    Signal,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from studio.ui.gallery.heights import RowHeights
from studio.ui.gallery.run_layout import RunLayout
from studio.ui.gallery.run_layouts import RunLayouts
from studio.ui.gallery.run_painter import RunPainter, RunPart, RunState
from studio.ui.gallery.run_row import RunRow
from studio.ui.gallery.runs_model import RunsModel
from studio.ui.gallery.selection import SelectedImages
from studio.ui.gallery.thumbnails import Key, ThumbnailCache
from studio.ui.gallery.tile import Tile
from studio.ui.gallery.tile_painter import TilePainter
from studio.ui.theme import active
from studio.ui.theme.tokens import round_half_up
from studio.ui.widgets import safe_override

_USUAL = 370.0
_TOP_SHIFT = 9
"""The first run stands this much closer to the filter bar than runs stand to each other."""
_FRAME_MS = 33

_Index = QModelIndex | QPersistentModelIndex


class RunsCanvas(QListView):
    """Places and paints; mouse and keys are added by `RunsView`.

    `current` is the tile with the keyboard's cursor: a row and the tile's number in it."""

    current_changed = Signal()

    def __init__(
        self, model: RunsModel, selection: SelectedImages, thumbnails: ThumbnailCache, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._runs, self._selected, self._thumbnails = model, selection, thumbnails
        self._tiles = TilePainter(thumbnails)
        self.painter = RunPainter(self._tiles, selection)
        self._heights = RowHeights()
        self._layouts = RunLayouts()
        self._pictures: dict[tuple[int, int], tuple[str, Key | None]] = {}
        """By row and tile as last painted: the tile's key, and the key of the picture it shows or waits for."""
        self._scrolling_up = False
        self._moved_from = inf
        """In the viewport, from where on everything is elsewhere: a run was not as high as it was taken for."""
        self.hovered: tuple[int, RunPart] = (-1, RunPart())
        self.current: tuple[int, int] = (-1, -1)
        self.setModel(model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAutoScroll(False)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # only then is what scrolls really moved
        self._clock = QTimer(self)
        self._clock.setInterval(_FRAME_MS)
        self._clock.timeout.connect(self._tick)
        thumbnails.ready.connect(self._picture_ready)
        selection.changed.connect(lambda: self.viewport().update())
        active().changed.connect(self._start_anew)
        model.modelReset.connect(self._start_anew)
        model.rowsInserted.connect(self._rows_came)
        model.dataChanged.connect(lambda first, last: self._update_rows(first.row(), last.row()))
        model.row_changed.connect(lambda number: self._update_rows(number, number))

    # ------------------------------------------------------------------------------------------------ how it looks
    @property
    def marked(self) -> bool:
        return self._layouts.view.marked

    def set_marked(self, marked: bool) -> None:
        """Show or hide what changed in the prompts."""
        self._layouts.show(replace(self._layouts.view, marked=marked))
        self._start_anew()

    def set_scale(self, scale: float) -> None:
        """Of the columns' greatest width."""
        self._layouts.show(replace(self._layouts.view, scale=scale))
        self._start_anew()

    def toggle_prompt(self, number: int) -> None:
        """Show a prompt whole, or two lines of it."""
        row = self.row(number)
        if row is not None:
            self._layouts.toggle_prompt(row.run.id)
            self.viewport().update()

    # ------------------------------------------------------------------------------------------------ places
    def row(self, number: int) -> RunRow | None:
        return self._runs.row_at(number) if 0 <= number < self._runs.rowCount() else None

    def layout_of(self, number: int) -> RunLayout | None:
        """Where the parts of a run lie; None while it has not been read."""
        row = self.row(number)
        return self._layouts.of(row) if row is not None else None

    def top(self, number: int) -> float:
        """The upper edge of a run in the viewport."""
        return self._heights.top(number) - _TOP_SHIFT - self.verticalScrollBar().value()

    def _painted_top(self, number: int) -> int:
        """`top` in whole pixels, so that runs keep their distances while they are scrolled."""
        return round_half_up(self.top(number))

    def visible_rows(self) -> range:
        """Rows that can be seen; those among them that have been read are measured.

        What is measured above the upper edge moves nothing that is seen: the scroll bar follows."""
        bar, bottom = self.verticalScrollBar(), self.viewport().height()
        count = self._heights.count
        if not count:
            return range(0)
        first = number = max(0, self._heights.row_at(bar.value() + _TOP_SHIFT))
        while number < count and self.top(number) < bottom:
            layout = self.layout_of(number)
            if layout is not None and layout.height != self._heights.height(number):
                grown = self._heights.set_height(number, layout.height)
                self._moved_from = min(self._moved_from, self.top(number))
                if number == first and self._scrolling_up:
                    self._shift(grown)
            number += 1
        self._set_range()
        return range(first, number)

    def _shift(self, by: float) -> None:
        """Follow a run that has grown above the upper edge, so that what is seen of it stays where it is."""
        bar = self.verticalScrollBar()
        bar.blockSignals(True)
        bar.setMaximum(max(bar.maximum(), round(bar.value() + by)))
        bar.setValue(round(bar.value() + by))
        bar.blockSignals(False)

    def _set_range(self) -> None:
        bar = self.verticalScrollBar()
        most = max(0, round(self._heights.total - _TOP_SHIFT - self.viewport().height()))
        if bar.maximum() != most:
            bar.setRange(0, most)
        bar.setPageStep(max(1, self.viewport().height()))
        bar.setSingleStep(32)

    def _start_anew(self) -> None:
        """Everything is measured again; the run on top stays on top."""
        bar = self.verticalScrollBar()
        count = self._runs.rowCount()
        anchor, inside = -1, 0.0
        if self._heights.count == count and count:
            anchor = self._heights.row_at(bar.value() + _TOP_SHIFT)
            inside = bar.value() - self._heights.top(anchor)
        self._layouts.clear()
        self._heights.reset(count, _USUAL)
        self._set_range()
        bar.setValue(round(self._heights.top(anchor) + inside) if anchor >= 0 else 0)
        self.viewport().update()

    def _rows_came(self, _parent: QModelIndex, first: int, last: int) -> None:
        self._heights.insert_on_top(last - first + 1)
        bar = self.verticalScrollBar()
        follow = bar.value() > 0
        if self.current[0] >= first:
            self.current = (self.current[0] + last - first + 1, self.current[1])
        self._set_range()
        if follow:
            bar.setValue(round(bar.value() + self._heights.top(last + 1)))
        self.viewport().update()

    @safe_override(None)
    def doItemsLayout(self) -> None:
        self._set_range()
        self.viewport().update()

    @safe_override(None)
    def updateGeometries(self) -> None:
        self._set_range()

    @safe_override(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        # The scroll bar stands inside the right margin.
        if self.width() != self._layouts.view.width:
            self._layouts.show(replace(self._layouts.view, width=float(self.width())))
            self._start_anew()
        self._set_range()
        super().resizeEvent(event)

    @safe_override(QRect())
    def visualRect(self, index: _Index) -> QRect:
        number = index.row()
        if not 0 <= number < self._heights.count:
            return QRect()
        return QRectF(0, self.top(number), self.viewport().width(), self._heights.height(number)).toAlignedRect()

    @safe_override(QModelIndex())
    def indexAt(self, point: QPoint) -> QModelIndex:
        y = point.y() + self.verticalScrollBar().value() + _TOP_SHIFT
        number = self._heights.row_at(y) if 0 <= y < self._heights.total else -1
        return self._runs.index(number) if number >= 0 else QModelIndex()

    @safe_override(0)
    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    @safe_override(0)
    def horizontalOffset(self) -> int:
        return 0

    @safe_override(False)
    def isIndexHidden(self, index: _Index) -> bool:
        return False

    @safe_override(None)
    def scrollTo(
        self, index: _Index, hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible
    ) -> None:
        if not index.isValid():
            return
        box = QRectF(0, self.top(index.row()), 1, self._heights.height(index.row()))
        self.show_box(box, to_top=hint == QAbstractItemView.ScrollHint.PositionAtTop)

    def show_box(self, box: QRectF, *, to_top: bool = False) -> None:
        """Scroll so that a box of the viewport can be seen, its top if it is too high."""
        bar, height = self.verticalScrollBar(), self.viewport().height()
        if to_top or box.top() < 0 or box.height() > height:
            bar.setValue(round(bar.value() + box.top()))
        elif box.bottom() > height:
            bar.setValue(round(bar.value() + box.bottom() - height))

    def show_tile(self, number: int, tile: int) -> None:
        """Scroll a tile into view, with the head of its run if it stands in the first line."""
        layout = self.layout_of(number)
        if layout is None:
            self.scrollTo(self._runs.index(number))
            return
        box = layout.tile_boxes()[tile].translated(0, self.top(number)).adjusted(0, -36, 0, 40)
        self.show_box(box)

    @safe_override(None)
    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Images are selected, not rows."""

    @safe_override(QRegion())
    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        return QRegion()

    @safe_override(QModelIndex())
    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        return self._runs.index(max(0, self.current[0]))

    # ------------------------------------------------------------------------------------------------ painting
    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        self._moved_from = inf
        rows, exposed = self.visible_rows(), QRectF(event.rect())
        if self._moved_from < inf:
            self.viewport().update()  # more has moved than was asked for
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), active().tokens.canvas)
        pictures: dict[tuple[int, int], tuple[str, Key | None]] = {}
        moving = False
        ratio = self.devicePixelRatioF()
        for number in rows:
            row, layout = self.row(number), self.layout_of(number)
            if row is None or layout is None:
                continue
            for place, (tile, box) in enumerate(zip(row.tiles, layout.tile_boxes(), strict=True)):
                pictures[number, place] = (tile.key, self._tiles.wanted(tile, box, ratio))
            moving = moving or row.live
            top = self._painted_top(number)
            area = QRectF(0, top, self.viewport().width(), layout.height + 1)
            if area.intersects(exposed):
                painter.save()
                painter.translate(0, top)
                self.painter.paint(painter, row, layout, self._state(number), exposed.translated(0, -top))
                painter.restore()
        painter.end()
        self._pictures = pictures
        self._thumbnails.keep_only({key for _, key in pictures.values() if key is not None})
        moving = moving or self._tiles.fading
        if moving != self._clock.isActive():
            self._clock.start() if moving else self._clock.stop()

    def _state(self, number: int) -> RunState:
        hovered = self.hovered[1] if self.hovered[0] == number else RunPart()
        current = self.current[1] if self.current[0] == number else -1
        return RunState(hovered, current, self.hasFocus(), self._selected.tile_key)

    def _tick(self) -> None:
        """Repaint what moves: title line, heads and live tiles of runs under way."""
        if not self.isVisible():
            self._clock.stop()
            return
        fading = self._tiles.fading_tiles()
        self._update_tiles(lambda tile, _: tile in fading)
        for number in self._runs.live_rows():
            row, layout = self.row(number), self.layout_of(number)
            if row is None or layout is None:
                continue
            corner = QPointF(0, self._painted_top(number))
            self._update(layout.title.translated(corner))
            for column, place in zip(row.columns, layout.columns, strict=True):
                if any(tile.state.is_live for tile in column.tiles):
                    self._update(place.head.translated(corner))
                    self._update(place.picture.translated(corner))

    def _update(self, box: QRectF) -> None:
        area = box.toAlignedRect()
        if area.intersects(self.viewport().rect()):
            self.viewport().update(area)

    def _update_rows(self, first: int, last: int) -> None:
        top = self.top(first)
        self._update(QRectF(0, top, self.viewport().width(), self.top(last + 1) - top))

    def _picture_ready(self, key: object) -> None:
        if self.isVisible():
            self._update_tiles(lambda _, picture: picture == key)

    def _update_tiles(self, concerned: Callable[[str, Key | None], bool]) -> None:
        """Paint those again whose own key and picture's key are concerned."""
        for (number, place), keys in self._pictures.items():
            layout = self.layout_of(number) if concerned(*keys) else None
            boxes = layout.tile_boxes() if layout is not None else []
            if place < len(boxes):
                self._update(boxes[place].translated(0, self._painted_top(number)))

    # ------------------------------------------------------------------------------------------------ parts
    def part_at(self, point: QPoint) -> tuple[int, RunPart]:
        """The run and its part at a point of the viewport."""
        self.visible_rows()  # measures what has not been painted yet
        index = self.indexAt(point)
        row, layout = self.row(index.row()), None
        if row is not None:
            layout = self.layout_of(index.row())
        if row is None or layout is None:
            return -1, RunPart()
        inside = QPointF(point) - QPointF(0, self._painted_top(index.row()))
        return index.row(), self.painter.part_at(row, layout, inside)

    def tile_at(self, number: int, tile: int) -> Tile | None:
        row = self.row(number)
        return row.tiles[tile] if row is not None and 0 <= tile < len(row.tiles) else None

    def set_hovered(self, number: int, part: RunPart) -> None:
        if (number, part) != self.hovered:
            rows = {number, self.hovered[0]}
            self.hovered = (number, part)
            for changed in rows:
                if 0 <= changed < self._heights.count:
                    self._update_rows(changed, changed)

    def set_current(self, number: int, tile: int) -> None:
        """Put the keyboard's cursor on a tile."""
        self.current = (number, tile)
        self.setCurrentIndex(self._runs.index(number) if number >= 0 else QModelIndex())
        self.viewport().update()
        self.current_changed.emit()

    @safe_override(None)
    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Past QListView, which would name the whole list to screen readers: it does not find rows of other places."""
        QAbstractItemView.currentChanged(self, current, previous)

    @safe_override(None)
    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """What is seen already is moved, unless a run that comes into sight turns out to be of another height."""
        self._scrolling_up = dy > 0
        view, self._moved_from = self.viewport(), inf
        self.visible_rows()
        below = view.height() + min(0, dy)
        if self._moved_from >= (below if dy < 0 else inf) and self.devicePixelRatioF().is_integer():
            view.scroll(0, dy)
        else:
            view.update()

    @safe_override(None)
    def leaveEvent(self, event: QEvent) -> None:
        self.set_hovered(-1, RunPart())
        super().leaveEvent(event)
