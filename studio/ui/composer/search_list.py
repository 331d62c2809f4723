"""A popover with a search field above a list: for earlier prompts, for snippets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import active
from studio.ui.widgets import Label, LineField
from studio.ui.widgets.announce import Announcer, RowTeller
from studio.ui.widgets.popover import Popover

_SEARCH_DELAY_MS = 150
_ROW_HEIGHT = 44
_WIDTH, _HEIGHT = 400, 300
_MOVING = {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}


class SearchList(Popover):
    """Return or a click takes a row, the arrows move in the list while the focus stays in the search field.

    `searched` carries the text after a short pause, `more_wanted` comes when the list was scrolled to its end, `taken`
    and `removed` (Delete) carry the value of a row. The rows are told by `show_rows`."""

    searched = Signal(str)
    more_wanted = Signal()
    taken = Signal(object)
    removed = Signal(object)

    def __init__(self, parent: QWidget, *, name: str, search_words: str) -> None:
        super().__init__(parent, name=name)
        self.search = LineField(name=search_words, placeholder=search_words, parent=self)
        self.rows = QListWidget(self)
        self.rows.setAccessibleName(name)
        self.rows.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.rows.setFixedSize(active().scaled(_WIDTH), active().scaled(_HEIGHT))
        self.nothing = Label(tone="text2", parent=self.rows.viewport())
        middle = QVBoxLayout(self.rows.viewport())
        middle.addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignCenter)
        self.count = Label(tone="text3", tabular=True, parent=self)
        self.foot = QHBoxLayout()
        self.foot.addWidget(self.count)
        self.foot.addStretch(1)
        self.body.addWidget(self.search)
        self.body.addWidget(self.rows)
        self.body.addLayout(self.foot)
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(_SEARCH_DELAY_MS)
        self._delay.timeout.connect(lambda: self.searched.emit(self.search.text()))
        self.search.edit.textChanged.connect(self._delay.start)
        self.search.edit.installEventFilter(self)
        self.rows.installEventFilter(self)
        RowTeller(self.rows)
        self._announcer = Announcer(self)
        self.rows.itemClicked.connect(self._take)
        self.rows.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.closed.connect(self.deleteLater)

    def show_rows(self, rows: Sequence[tuple[str, Any]], *, count: str, append: bool = False) -> None:
        """Texts of one or two lines with their values; `count` are the words below, such as ``50 of 230 prompts``."""
        if not append:
            self.rows.clear()
        for text, value in rows:
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setSizeHint(QSize(0, active().scaled(_ROW_HEIGHT)))
            self.rows.addItem(item)
        if self.rows.currentRow() < 0 and self.rows.count():
            self.rows.setCurrentRow(0)
        if not self.rows.count():  # else the first row is told
            self._announcer.answer(count)
        self._tell(count)

    def _tell(self, count: str) -> None:
        """Below the rows, or in their place where there are none."""
        self.count.setText(count if self.rows.count() else "")
        self.nothing.setText("" if self.rows.count() else count)

    def drop_row(self, value: object, *, count: str) -> None:
        """Take a row away; the next one is current."""
        for number in range(self.rows.count()):
            item = self.rows.item(number)
            if item.data(Qt.ItemDataRole.UserRole) == value:
                self.rows.takeItem(number)
                break
        self._tell(count)

    def current(self) -> Any:
        """The value of the current row; None without one."""
        row = self.rows.currentRow()
        return self.rows.item(row).data(Qt.ItemDataRole.UserRole) if row >= 0 else None

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.taken.emit(item.data(Qt.ItemDataRole.UserRole))

    def _scrolled(self, value: int) -> None:
        if value >= self.rows.verticalScrollBar().maximum() - active().scaled(_ROW_HEIGHT):
            self.more_wanted.emit()

    @safe_override(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._delay.stop()
            self._take(self.rows.currentItem())
            return True
        if watched is self.search.edit and key in _MOVING:
            self._move(key)
            return True
        if watched is self.rows and key == Qt.Key.Key_Delete and self.rows.count():
            self.removed.emit(self.current())
            return True
        return False

    def _move(self, key: Qt.Key) -> None:
        page = max(1, self.rows.height() // active().scaled(_ROW_HEIGHT) - 1)
        by = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -page, Qt.Key.Key_PageDown: page}[key]
        last = self.rows.count() - 1
        if last >= 0:
            self.rows.setCurrentRow(min(max(0, self.rows.currentRow() + by), last))
