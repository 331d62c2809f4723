"""The lines between the regions of the window: one pixel to see, seven to grab, double click for the default width."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import QSplitter, QSplitterHandle, QWidget

from studio.ui.overrides import safe_override
from studio.ui.widgets.themed import Themed

_GRAB_BESIDE = 3


class SplitterHandle(Themed, QSplitterHandle):
    """One line. Its grab area reaches three pixels into both neighbours; only the line itself is painted."""

    def __init__(self, orientation: Qt.Orientation, parent: QSplitter) -> None:
        super().__init__(orientation, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_MouseNoMask)

    @safe_override(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        # Qt adds these margins to the handle's geometry. Its own code for thin handles (2 px) is left out on purpose.
        if self.orientation() == Qt.Orientation.Horizontal:
            self.setContentsMargins(_GRAB_BESIDE, 0, _GRAB_BESIDE, 0)
        else:
            self.setContentsMargins(0, _GRAB_BESIDE, 0, _GRAB_BESIDE)
        self.setMask(QRegion(self.contentsRect()))

    @safe_override(None)
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        splitter = self.splitter()
        if isinstance(splitter, Splitter):
            splitter.reset_beside(self)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.tokens.line)
        painter.end()


class Splitter(QSplitter):
    """A splitter with our handles. `set_default(index, size)` says what a double click goes back to.

    `settled(index, size)` comes after a double click; for drags use Qt's `splitterMoved`."""

    settled = Signal(int, int)

    def __init__(self, orientation: Qt.Orientation = Qt.Orientation.Horizontal, parent: QWidget | None = None) -> None:
        super().__init__(orientation, parent)
        self._defaults: dict[int, int] = {}
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)

    def set_default(self, index: int, size: int) -> None:
        """The size, in logical pixels, that the pane at `index` has by default. Panes without one take what is left."""
        self._defaults[index] = size

    def createHandle(self) -> QSplitterHandle:
        return SplitterHandle(self.orientation(), self)

    def reset_beside(self, handle: QSplitterHandle) -> None:
        """Give the pane beside a handle its default size; the pane without a default gives or takes the room."""
        index = next((i for i in range(self.count()) if self.handle(i) is handle), -1)
        for pane in (index - 1, index):
            if pane in self._defaults:
                self.reset(pane)
                return

    def reset(self, pane: int) -> None:
        """Give one pane its default size."""
        sizes = self.sizes()
        spare = next((i for i in range(self.count()) if i not in self._defaults and sizes[i] > 0), None)
        if spare is None:
            return
        wanted = self._defaults[pane]
        sizes[spare] += sizes[pane] - wanted
        sizes[pane] = wanted
        self.setSizes(sizes)
        self.settled.emit(pane, wanted)
