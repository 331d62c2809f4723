"""A layout that fills lines from left to right, as words fill a paragraph."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Space


class FlowLayout(QLayout):
    """Items keep the size they ask for; a line that is full starts the next. Right-to-left languages fill from the
    right."""

    def __init__(
        self, parent: QWidget | None = None, *, spacing: int = Space.S, line_spacing: int | None = None
    ) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._line_spacing = spacing if line_spacing is None else line_spacing
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

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
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    @safe_override(0)
    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), place=False)

    @safe_override(None)
    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, place=True)

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        left, _top, right, _bottom = self._margins()
        visible = [item.sizeHint().width() for item in self._items if not item.isEmpty()]
        width = sum(visible) + self.spacing() * max(0, len(visible) - 1) + left + right
        return QSize(width, self.heightForWidth(width))

    @safe_override(QSize())
    def minimumSize(self) -> QSize:
        left, top, right, bottom = self._margins()
        width = height = 0
        for item in self._items:
            if not item.isEmpty():
                width = max(width, item.minimumSize().width())
                height = max(height, item.minimumSize().height())
        return QSize(width + left + right, height + top + bottom)

    def _margins(self) -> tuple[int, int, int, int]:
        margins = self.contentsMargins()
        return margins.left(), margins.top(), margins.right(), margins.bottom()

    def _arrange(self, rect: QRect, *, place: bool) -> int:
        """The height needed for the width of `rect`; with `place` the items are moved too."""
        left, top, right, bottom = self._margins()
        area = rect.adjusted(left, top, -right, -bottom)
        x, y = area.x(), area.y()
        line: list[tuple[QLayoutItem, QRect]] = []
        line_height = 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(
                QSize(max(area.width(), item.minimumSize().width()), item.sizeHint().height())
            )
            if line and x + size.width() > area.right() + 1:
                self._put(line, line_height, area, place=place)
                x, y = area.x(), y + line_height + self._line_spacing
                line, line_height = [], 0
            line.append((item, QRect(QPoint(x, y), size)))
            x += size.width() + self.spacing()
            line_height = max(line_height, size.height())
        self._put(line, line_height, area, place=place)
        return y + line_height - rect.y() + bottom

    def _put(self, line: list[tuple[QLayoutItem, QRect]], height: int, area: QRect, *, place: bool) -> None:
        if not place:
            return
        parent = self.parentWidget()
        mirrored = parent is not None and parent.isRightToLeft()
        for item, box in line:
            box.moveTop(box.top() + (height - box.height()) // 2)
            if mirrored:
                box.moveRight(area.left() + area.right() - box.left())
            item.setGeometry(box)
