"""The selected image, whole, on a surround that can be chosen for judging colour."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRectF, QSettings, QSize, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.ui.overrides import safe_override
from studio.ui.remembered import remember
from studio.ui.theme import SURROUNDS, paint_icon
from studio.ui.translation import Translated
from studio.ui.widgets import Themed
from studio.ui.widgets.menu import Menu

_HEIGHT = 256
_MARGIN = 8


class Preview(Translated, Themed, QWidget):
    """`opened` comes for a click: show it large."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap: QPixmap | None = None
        self._surround = str(QSettings().value("details/surround", "theme"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_HEIGHT)
        self.retranslate()

    def show_pixmap(self, pixmap: QPixmap | None) -> None:
        self._pixmap = pixmap
        self.update()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Preview"))
        self._names = {
            "theme": self.tr("Theme"),
            "black": self.tr("Black"),
            "dark": self.tr("Dark"),
            "middle": self.tr("Middle"),
            "light": self.tr("Light"),
            "white": self.tr("White"),
        }

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(288, _HEIGHT)

    @safe_override(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._pixmap is not None:
            self.opened.emit()

    @safe_override(None)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = Menu(parent=self)
        for name, words in self._names.items():
            menu.add(words, partial(self._choose, name), checked=name == self._surround)
        menu.open_at_point(event.globalPos())

    def _choose(self, name: str) -> None:
        self._surround = name
        remember("details/surround", name)
        self.update()

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ground = SURROUNDS.get(self._surround)
        painter.fillRect(self.rect(), QColor(ground) if ground is not None else self.tokens.canvas)
        if self._pixmap is None or self._pixmap.isNull():
            box = QRectF(self.width() / 2 - 12, self.height() / 2 - 12, 24, 24)
            paint_icon(painter, "image", box, self.tokens.text3)
            return
        room = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        scale = min(room.width() / self._pixmap.width(), room.height() / self._pixmap.height())
        width, height = self._pixmap.width() * scale, self._pixmap.height() * scale
        target = QRectF(room.center().x() - width / 2, room.center().y() - height / 2, width, height)
        painter.drawPixmap(target, self._pixmap, QRectF(self._pixmap.rect()))
