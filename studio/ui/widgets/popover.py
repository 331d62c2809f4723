"""A small raised panel that belongs to a control: it opens beside it and closes on Esc or a click elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QHideEvent, QKeyEvent, QPainter, QPainterPath, QPaintEvent, QRegion
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Radius, Space
from studio.ui.theme.paint import fill_box
from studio.ui.widgets.screens import screen_room
from studio.ui.widgets.tab_order import OrderedTabs
from studio.ui.widgets.themed import Themed

_DISTANCE = 4


class Popover(Themed, OrderedTabs, QFrame):
    """Put content into `body`, then `open_at(control)`. `closed` comes when it is gone; the focus goes back.

    It closes when the language changes: what it offers is written anew the next time it opens."""

    closed = Signal()

    def __init__(self, parent: QWidget, *, name: str = "", padding: int = Space.M) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        round_corners(self)
        self.setAccessibleName(name)
        self._opener: QWidget | None = None
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(Space.S)

    def open_at(self, control: QWidget, *, align_right: bool = False) -> None:
        """Open below `control`, or above it where the screen ends; `align_right` lines up the right edges."""
        self._opener = control
        self.adjustSize()
        self.move(place_beside(control, self.sizeHint().expandedTo(self.minimumSize()), align_right=align_right))
        self.show()
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        self.focusNextChild()

    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return
        super().keyPressEvent(event)

    @safe_override(None)
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange and self.isVisible():
            self.close()

    @safe_override(None)
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill_box(painter, self.rect(), Radius.MENU, self.tokens.raised, self.tokens.border)
        painter.end()


class _CornerMask(QObject):
    """Keeps the corners of a popup cut off when its size changes."""

    @safe_override(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            clip_corners(watched)
        return False


def clip_corners(popup: QWidget) -> None:
    """On X11, which may run without a compositor, give a popup a round shape: see-through corners would be black."""
    if QGuiApplication.platformName() == "xcb":
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(popup.rect()), Radius.MENU + 1, Radius.MENU + 1)
        popup.setMask(QRegion(shape.toFillPolygon().toPolygon()))


def round_corners(popup: QWidget) -> None:
    """Let what is behind a menu, list or popover show at its round corners. Call it before it is first shown."""
    popup.setWindowFlag(Qt.WindowType.FramelessWindowHint, True)
    popup.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground, True)
    if QGuiApplication.platformName() == "xcb":
        popup.installEventFilter(_CornerMask(popup))


def place_beside(control: QWidget, size: QSize, *, align_right: bool = False) -> QPoint:
    """The global corner for something of `size` that opens below `control`, or above it where the screen or the window
    ends; kept on the screen and, where that is wide enough, between the sides of the window."""
    box = QRect(control.mapToGlobal(QPoint(0, 0)), control.size())
    mirrored = control.isRightToLeft() != align_right
    x = box.right() + 1 - size.width() if mirrored else box.left()
    y = box.bottom() + 1 + _DISTANCE
    screen = screen_room(box.center())
    window = control.window()
    inside = QRect(window.mapToGlobal(QPoint(0, 0)), window.size())
    above = box.top() - _DISTANCE - size.height()
    beyond_screen = y + size.height() > screen.bottom() and above >= screen.top()
    beyond_window = y + size.height() > inside.bottom() and above >= max(inside.top(), screen.top())
    if beyond_screen or beyond_window:
        y = above
    room = screen.intersected(inside.adjusted(Space.S, 0, -Space.S, 0))
    if room.width() < size.width():
        room = screen
    x = min(max(x, room.left()), max(room.left(), room.right() + 1 - size.width()))
    return QPoint(x, y)
