"""A layout that fills lines from left to right, as words fill a paragraph."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Space


class _Asked(NamedTuple):
    """What a visible item asks for, in logical pixels."""

    item: QLayoutItem
    width: int
    height: int
    least_width: int


class FlowLayout(QLayout):
    """Items keep the size they ask for; a line that is full starts the next. Right-to-left languages fill from the
    right."""

    def __init__(
        self, parent: QWidget | None = None, *, spacing: int = Space.S, line_spacing: int | None = None
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._sizes: list[_Asked] | None = None
        """Of all visible items, until one of them changes: Qt asks for the height at one width after another."""
        self._heights: dict[int, int] = {}
        """Of the whole, by width."""
        self._line_spacing = spacing if line_spacing is None else line_spacing
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self._forget()

    def insert_widget(self, position: int, widget: QWidget) -> None:
        """Add a widget at a place instead of the end."""
        self.addWidget(widget)
        self._items.insert(position, self._items.pop())
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self._forget()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    @safe_override(None)
    def invalidate(self) -> None:
        self._forget()
        super().invalidate()

    def _forget(self) -> None:
        self._sizes = None
        self._heights.clear()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    @safe_override(0)
    def heightForWidth(self, width: int) -> int:
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = self._arrange(QRect(0, 0, width, 0), place=False)
        return height

    @safe_override(None)
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        left, _top, right, _bottom = self._margins()
        asked = self._asked()
        width = sum(one.width for one in asked) + self.spacing() * max(0, len(asked) - 1) + left + right
        return QSize(width, self.heightForWidth(width))

    @safe_override(QSize())
    def minimumSize(self) -> QSize:
        left, top, right, bottom = self._margins()
        asked = self._asked()
        width = max((one.least_width for one in asked), default=0)
        height = max((one.item.minimumSize().height() for one in asked), default=0)
        return QSize(width + left + right, height + top + bottom)

    def _asked(self) -> list[_Asked]:
        if self._sizes is None:
            self._sizes = []
            for item in self._items:
                if not item.isEmpty():
                    hint = item.sizeHint()
                    self._sizes.append(_Asked(item, hint.width(), hint.height(), item.minimumSize().width()))
        return self._sizes

    def _margins(self) -> tuple[int, int, int, int]:
        margins = self.contentsMargins()
        return margins.left(), margins.top(), margins.right(), margins.bottom()

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        """The height needed for the width of `rect`; with `place` the items are moved too."""
        left, top, right, bottom = self._margins()
        start, room, spacing = rect.x() + left, rect.width() - left - right, self.spacing()
        x, y = start, rect.y() + top
        line: list[tuple[_Asked, int, int]] = []
        line_height = 0
        for one in self._asked():
            width = min(one.width, max(room, one.least_width))
            if line and x + width > start + room:
                self._put(line, y, line_height, rect, place=place)
                x, y = start, y + line_height + self._line_spacing
                line, line_height = [], 0
            line.append((one, x, width))
            x += width + spacing
            line_height = max(line_height, one.height)
        self._put(line, y, line_height, rect, place=place)
        return y + line_height - rect.y() + bottom

    def _put(self, line: list[tuple[_Asked, int, int]], y: int, height: int, rect: QRect, *, place: bool) -> None:
        if not place:
            return
        left, _top, right, _bottom = self._margins()
        parent = self.parentWidget()
        mirrored = parent is not None and parent.isRightToLeft()
        for one, x, width in line:
            start = 2 * rect.x() + rect.width() + left - right - x - width if mirrored else x
            one.item.setGeometry(QRect(start, y + (height - one.height) // 2, width, one.height))
