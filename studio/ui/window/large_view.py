"""One image as large as the screen allows: Space or a double click opens it, Escape or Space closes it."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QImageReader, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QWidget

from studio.ui.overrides import safe_override
from studio.ui.tasks import TaskBag
from studio.ui.theme import active
from studio.ui.widgets import paint_spinner, screen_room

_ZOOMS = (0.05, 16.0)


class LargeView(QWidget):
    """A frameless window over everything. The wheel zooms at the pointer, a drag pans, Z switches fit and 1 : 1."""

    def __init__(self, window: QWidget, path: str, words: str) -> None:
        super().__init__(window, Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Large preview"))
        self.setAccessibleName(self.tr("Large preview: {prompt}").format(prompt=words[:200]))
        self._path = path
        self._pixmap: QPixmap | None = None
        self._zoom = 0.0
        self._centre = QPointF(0.5, 0.5)
        self._press: QPointF | None = None
        self._moved = False
        self._tasks = TaskBag(self, self._failed)

    def show_large(self) -> None:
        owner = self.parentWidget() or self
        self.setGeometry(screen_room(owner.mapToGlobal(owner.rect().center()), whole=True))
        self.show()
        self.activateWindow()
        self._tasks.start("read", self._read())

    async def _read(self) -> None:
        image: QImage = await asyncio.to_thread(lambda: QImageReader(self._path).read())
        self._pixmap = QPixmap.fromImage(image)
        self.update()

    def _fit(self) -> float:
        """Device pixels an image pixel takes when the whole image is shown; small ones are not enlarged past 1 : 1."""
        if self._pixmap is None or self._pixmap.isNull():
            return 1.0
        ratio = self.devicePixelRatioF()
        wide = self.width() * ratio / self._pixmap.width()
        high = self.height() * ratio / self._pixmap.height()
        return min(wide, high, 1.0)

    @property
    def zoom(self) -> float:
        """Device pixels for one image pixel."""
        return self._zoom or self._fit()

    def _target(self) -> QRectF:
        if self._pixmap is None:
            return QRectF()
        scale = self.zoom / self.devicePixelRatioF()
        width, height = self._pixmap.width() * scale, self._pixmap.height() * scale
        left = self.width() / 2 - self._centre.x() * width
        top = self.height() / 2 - self._centre.y() * height
        return QRectF(left, top, width, height)

    def set_zoom(self, zoom: float, at: QPointF | None = None) -> None:
        """Zoom so that the point of the image under `at` stays where it is."""
        anchor = at or QPointF(self.width() / 2, self.height() / 2)
        before = self._target()
        if before.isEmpty():
            return
        x, y = (anchor.x() - before.left()) / before.width(), (anchor.y() - before.top()) / before.height()
        self._zoom = max(_ZOOMS[0], min(_ZOOMS[1], zoom))
        after = self._target()
        self._centre = QPointF(
            self._centre.x() + x - (anchor.x() - after.left()) / after.width(),
            self._centre.y() + y - (anchor.y() - after.top()) / after.height(),
        )
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
            case Qt.Key.Key_Escape | Qt.Key.Key_Space | Qt.Key.Key_Return:
                self.close()
            case Qt.Key.Key_Z:
                self.toggle_fit()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self.set_zoom(self.zoom * 1.25)
            case Qt.Key.Key_Minus:
                self.set_zoom(self.zoom / 1.25)
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
        target = self._target()
        if self._press is None or target.isEmpty():
            return
        by = event.position() - self._press
        if self._moved or by.manhattanLength() > 4:
            self._moved = True
            self._press = event.position()
            self._centre -= QPointF(by.x() / target.width(), by.y() / target.height())
            self.update()

    @safe_override(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._press = None
        if not self._moved:
            self.close()

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens = active().tokens
        painter.fillRect(self.rect(), tokens.canvas)
        if self._pixmap is None:
            paint_spinner(painter, QRectF(self.width() / 2 - 12, self.height() / 2 - 12, 24, 24), 0.0, tokens.text2)
        elif not self._pixmap.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self.zoom < 2)
            painter.drawPixmap(self._target(), self._pixmap, QRectF(self._pixmap.rect()))
        painter.end()

    def _failed(self, error: BaseException) -> None:
        self.close()
        raise error
