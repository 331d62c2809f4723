"""One image as large as the screen allows: Space or a double click opens it, Escape or Space closes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from studio.ui.compare.image_painter import ImagePainter, trouble_of
from studio.ui.compare.levels import LevelStore, TableImage
from studio.ui.compare.table_painter import paint_note
from studio.ui.overrides import safe_override
from studio.ui.theme import active
from studio.ui.widgets import paint_spinner, screen_room

if TYPE_CHECKING:
    from studio.domain.jobs import ImageRecord
    from studio.ui.client import StudioClient

_ZOOMS = (0.05, 16.0)
_PAN_STEP_PX = 60
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class LargeView(QWidget):
    """A frameless window over everything. The wheel zooms at the pointer, a drag or an arrow key pans, Z switches fit
    and 1 : 1. While all of the image is seen the arrow keys ask for another one: `stepped` carries 1 or -1. An image
    that cannot be read is shown from its thumbnail, with words."""

    stepped = Signal(int)

    def __init__(self, window: QWidget, client: StudioClient, record: ImageRecord) -> None:
        super().__init__(window, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Large preview"))
        self._root = client.studio.workspace.folder.root
        self.levels = LevelStore(client, self)
        self.painter = ImagePainter(self.levels, self)
        self.painter.ready.connect(self._better_came)
        self.show_image(record)
        self._press: QPointF | None = None
        self._moved = False

    def show_image(self, record: ImageRecord) -> None:
        """This image in place of the one before, whole."""
        facts = record.facts
        self.setAccessibleName(self.tr("Large preview: {prompt}").format(prompt=record.prompt[:200]))
        self.image = TableImage(
            record.id, record.blob, str(self._root / record.path), facts.width, facts.height, missing=record.missing
        )
        self.levels.set_images([self.image])
        self._zoom, self._centre = 0.0, QPointF(0.5, 0.5)
        self.update()

    def show_large(self) -> None:
        owner = self.parentWidget() or self
        self.setGeometry(screen_room(owner.mapToGlobal(owner.rect().center()), whole=True))
        self.show()
        self.activateWindow()

    def _better_came(self) -> None:
        self.setAccessibleDescription(self.trouble)
        self.update()

    @property
    def trouble(self) -> str:
        """Why not all of the file is shown; nothing when it is."""
        return trouble_of(self.levels, self.image, self.zoom)

    def _fit(self) -> float:
        """Device pixels an image pixel takes when the whole image is shown; small ones are not enlarged past 1 : 1."""
        ratio = self.devicePixelRatioF()
        wide = self.width() * ratio / self.image.width
        high = self.height() * ratio / self.image.height
        return min(wide, high, 1.0)

    @property
    def zoom(self) -> float:
        """Device pixels for one image pixel."""
        return self._zoom or self._fit()

    def target(self) -> QRectF:
        """Where the whole image lies, in logical pixels; never thinner than one of the screen's."""
        ratio = self.devicePixelRatioF()
        width = max(1.0, self.image.width * self.zoom) / ratio
        height = max(1.0, self.image.height * self.zoom) / ratio
        left = self.width() / 2 - self._centre.x() * width
        top = self.height() / 2 - self._centre.y() * height
        return QRectF(round(left * ratio) / ratio, round(top * ratio) / ratio, width, height)

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom so that the point of the image under `at` stays where it is."""
        anchor = at or QPointF(self.width() / 2, self.height() / 2)
        before = self.target()
        x, y = (anchor.x() - before.left()) / before.width(), (anchor.y() - before.top()) / before.height()
        self._zoom = max(min(_ZOOMS[0], self._fit()), min(_ZOOMS[1], zoom))
        after = self.target()
        self._look_at(
            self._centre.x() + x - (anchor.x() - after.left()) / after.width(),
            self._centre.y() + y - (anchor.y() - after.top()) / after.height(),
        )

    def pan(self, by: QPointF) -> None:
        """Move the image by logical pixels; its edge never passes the middle of the screen."""
        target = self.target()
        self._look_at(self._centre.x() - by.x() / target.width(), self._centre.y() - by.y() / target.height())

    def _look_at(self, x: float, y: float) -> None:
        self._centre = QPointF(max(0.0, min(1.0, x)), max(0.0, min(1.0, y)))
        self.update()

    def toggle_fit(self) -> None:
        if self._zoom:
            self._zoom, self._centre = 0.0, QPointF(0.5, 0.5)
            self.update()
        else:
            self.set_zoom(1.0)

    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape | Qt.Key.Key_Space | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                if not event.isAutoRepeat():  # the key that opened it is still held down
                    self.close()
            case Qt.Key.Key_Z:
                self.toggle_fit()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.set_zoom(self.zoom * 1.25)
            case Qt.Key.Key_Minus:
                self.set_zoom(self.zoom / 1.25)
            case key if Qt.Key(key) in _ARROWS and self.zoom <= self._fit():
                self.stepped.emit(sum(_ARROWS[Qt.Key(key)]))
            case key if Qt.Key(key) in _ARROWS:
                across, down = _ARROWS[Qt.Key(key)]
                amount = _PAN_STEP_PX * (4 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
                self.pan(QPointF(-across * amount, -down * amount))
            case _:
                super().keyPressEvent(event)

    @safe_override(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        self.set_zoom(self.zoom * 1.0015 ** event.angleDelta().y(), event.position())

    @safe_override(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press, self._moved = event.position(), False

    @safe_override(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._press is None:
            return
        by = event.position() - self._press
        if self._moved or by.manhattanLength() > 4:
            self._moved = True
            self._press = event.position()
            self.pan(by)

    @safe_override(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._press = None
        if not self._moved:
            self.close()

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = active().tokens
        room = QRectF(self.rect())
        painter.fillRect(room, tokens.canvas)
        drawn = self.painter.draw(painter, self.image, self.target(), room, self.zoom, self.devicePixelRatioF())
        if not drawn and not self.levels.is_hopeless(self.image):
            paint_spinner(painter, QRectF(self.width() / 2 - 12, self.height() / 2 - 12, 24, 24), 0.0, tokens.text2)
        if self.trouble:
            paint_note(painter, room, self.trouble, tokens)
        painter.end()

    @safe_override(None)
    def closeEvent(self, event: QCloseEvent) -> None:
        self.levels.close()
        super().closeEvent(event)
