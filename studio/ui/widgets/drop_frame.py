"""A dashed place to drop images on."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import IconSize, Radius, RingShape, Space, TextRole, active, paint_icon
from studio.ui.theme.paint import fill_box, line_width, snapped, stroke_box
from studio.ui.widgets.button import is_hovered, quiet_hover
from studio.ui.widgets.motion import Pulse, paint_spinner
from studio.ui.widgets.themed import Themed


class DropState(Enum):
    """What a drop frame shows."""

    IDLE = "idle"
    OVER = "over"
    READING = "reading"


class DropFrame(Themed, QPushButton):
    """A dashed frame with an icon and words. It takes drops and Ctrl+V, and a click or Space to choose files.

    `dropped` carries the mime data of a drop; `paste_asked` comes for Ctrl+V. `accepts` decides about a drag from its
    formats; it must be quick. Set the words for rest, drag over and reading with `set_words`."""

    dropped = Signal(QMimeData)
    paste_asked = Signal()
    focus_ring = RingShape(Radius.BOX)

    def __init__(
        self,
        accepts: Callable[[QMimeData], bool],
        *,
        icon_name: str = "image-plus",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._accepts, self._icon_name = accepts, icon_name
        self._state = DropState.IDLE
        self._words = {DropState.IDLE: "", DropState.OVER: "", DropState.READING: ""}
        self.setAcceptDrops(True)
        self.setAutoDefault(False)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restyle()

    def set_words(self, *, idle: str, over: str, reading: str, name: str) -> None:
        """The words of each state, and the accessible name."""
        self._words = {DropState.IDLE: idle, DropState.OVER: over, DropState.READING: reading}
        self.setAccessibleName(name)
        self.update()

    def state(self) -> DropState:
        return self._state

    def set_reading(self, reading: bool) -> None:
        """Show that dropped files are being read."""
        self._set_state(DropState.READING if reading else DropState.IDLE)

    def _set_state(self, state: DropState) -> None:
        self._state = state
        if state is DropState.READING:
            Pulse.shared().add(self)
        else:
            Pulse.shared().remove(self)
        self.update()

    def restyle(self) -> None:
        self.setFont(active().font(TextRole.BASE))
        self.setFixedHeight(active().scaled(48))

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(active().scaled(120), active().scaled(48))

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(48, active().scaled(48))

    @safe_override(None)
    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if self.isEnabled() and self._accepts(event.mimeData()):
            accept_copy(event)
            self._set_state(DropState.OVER)
        else:
            event.ignore()

    @safe_override(None)
    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._set_state(DropState.IDLE)

    @safe_override(None)
    def dropEvent(self, event: QDropEvent) -> None:
        self._set_state(DropState.IDLE)
        accept_copy(event)
        self.dropped.emit(event.mimeData())

    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.paste_asked.emit()
            return
        super().keyPressEvent(event)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self.tokens
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(self.tokens.disabled_opacity)
        if self._state is DropState.OVER:
            stroke_box(painter, self.rect(), Radius.BOX, tokens.ring, 2.0)
        else:
            if is_hovered(self):
                fill_box(painter, self.rect(), Radius.BOX, quiet_hover(tokens))
            width = line_width(painter)
            pen = QPen(tokens.text3, width)
            pen.setDashPattern([3 / width, 2.5 / width])
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            half = width / 2
            area = snapped(painter, self.rect()).adjusted(half, half, -half, -half)
            painter.drawRoundedRect(area, Radius.SMALL, Radius.SMALL)
        self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        tokens, side = self.tokens, IconSize.TOOLBAR
        room = self.width() - 2 * Space.S - side - Space.S
        text = self.fontMetrics().elidedText(self._words[self._state], Qt.TextElideMode.ElideRight, max(0, room))
        if room < self.fontMetrics().horizontalAdvance("…") * 3:
            text = ""
        width = side + (Space.S + self.fontMetrics().horizontalAdvance(text) if text else 0)
        left = (self.width() - width) / 2
        box = QRectF(left, (self.height() - side) / 2, side, side)
        if self._state is DropState.READING:
            paint_spinner(painter, box, Pulse.phase(), tokens.text2)
        else:
            paint_icon(painter, self._icon_name, box, tokens.text2)
        painter.setPen(tokens.text if self._state is DropState.OVER else tokens.text2)
        painter.setFont(self.font())
        painter.drawText(
            QRectF(left + side + Space.S, 0, self.width(), self.height()), Qt.AlignmentFlag.AlignVCenter, text
        )


def accept_copy(event: QDropEvent) -> None:
    """Take what is dragged as a copy, whatever was proposed: a program that is told of a move deletes its file."""
    event.setDropAction(Qt.DropAction.CopyAction)
    event.accept()
