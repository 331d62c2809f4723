"""Reference images: small square thumbs in order, and a place to drop, paste or choose more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.theme import Radius, RingShape, Space, TextRole, active, paint_icon
from studio.ui.theme.paint import fill_box
from studio.ui.translation import Translated, listed
from studio.ui.widgets import Announcer, FlowLayout, Label, Themed, safe_override, set_tooltip
from studio.ui.widgets.drop_frame import DropFrame, accept_copy

if TYPE_CHECKING:
    from studio.domain.assets import ReferenceImage

IMAGES_MIME = "application/x-prompt-studio-images"
"""Ids of library images, decimal, separated by commas: for drags inside the program."""
_REFERENCE_MIME = "application/x-prompt-studio-reference"
THUMB_SIDE = 48


class ReferenceThumb(Themed, QWidget):
    """One reference: Delete or the cross removes it, Ctrl+Left and Ctrl+Right move it, a click opens it."""

    removed = Signal()
    moved = Signal(int)
    opened = Signal()
    focus_ring = RingShape(Radius.SMALL)

    def __init__(self, reference: ReferenceImage, parent: QWidget) -> None:
        super().__init__(parent)
        self.reference = reference
        self._pixmap = QPixmap()
        self._press = QPoint()
        side = active().scaled(THUMB_SIDE)
        self.setFixedSize(side, side)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def describe(self, name: str, description: str) -> None:
        self.setAccessibleName(name)
        set_tooltip(self, description)

    def show_image(self, image: QImage) -> None:
        """Crop to a square; the one place where an image is not shown whole."""
        if image.isNull():
            return
        edge = min(image.width(), image.height())
        left, top = (image.width() - edge) // 2, (image.height() - edge) // 2
        self._pixmap = QPixmap.fromImage(image.copy(left, top, edge, edge))
        self.update()

    def _cross(self) -> QRect:
        return QRect(self.width() - 18, 2, 16, 16)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self._pixmap.isNull():
            fill_box(painter, self.rect(), Radius.IMAGE, self.tokens.field)
            side = 16
            box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
            paint_icon(painter, "image", box, self.tokens.text3)
        else:
            painter.drawPixmap(QRectF(self.rect()), self._pixmap, QRectF(self._pixmap.rect()))
        if self.underMouse() or self.hasFocus():
            cross = self._cross()
            fill_box(painter, cross, Radius.SMALL, self.tokens.pill)
            paint_icon(painter, "x", QRectF(cross).adjusted(2, 2, -2, -2), self.tokens.on_pill)
        painter.end()

    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
        elif control and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.moved.emit(-1 if event.key() == Qt.Key.Key_Left else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    @safe_override(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._press = event.position().toPoint()

    @safe_override(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        far = (event.position().toPoint() - self._press).manhattanLength() > 8
        if event.buttons() & Qt.MouseButton.LeftButton and far:
            drag = QDrag(self)
            mime = QMimeData()
            mime.setData(_REFERENCE_MIME, self.reference.blob.encode())
            drag.setMimeData(mime)
            if not self._pixmap.isNull():
                drag.setPixmap(self._pixmap.scaled(self.size()))
            drag.exec(Qt.DropAction.MoveAction)
        super().mouseMoveEvent(event)

    @safe_override(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton:
            return
        position = event.position().toPoint()
        if self._cross().contains(position):
            self.removed.emit()
        elif self.rect().contains(position):
            self.opened.emit()


class ReferencesSection(Translated, QWidget):
    """`changed` comes when the list changes; `offered` carries mime data to be read, `choose_clicked` asks for files.

    `thumb_wanted` asks for the picture of a blob; answer with `set_thumb`."""

    changed = Signal()
    offered = Signal(QMimeData)
    choose_clicked = Signal()
    paste_asked = Signal()
    open_wanted = Signal(object)
    thumb_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._references: list[ReferenceImage] = []
        self._thumbs: list[ReferenceThumb] = []
        self._images: dict[str, QImage] = {}
        self._limit: int | None = None
        self._title = Label(weight=600, tone="text2", parent=self)
        self._count = Label(tone="text3", tabular=True, parent=self)
        self.drop = DropFrame(accepts_images, parent=self)
        self._problem = Label(role=TextRole.SMALL, tone="danger", parent=self)
        self._problem.setWordWrap(True)
        self._problem.hide()
        self._announcer = Announcer(self)
        self._lay_out()
        self.drop.dropped.connect(self.offered)
        self.drop.paste_asked.connect(self.paste_asked)
        self.drop.clicked.connect(self.choose_clicked)
        self.setAcceptDrops(True)
        self.retranslate()

    def _lay_out(self) -> None:
        heading = QHBoxLayout()
        heading.addWidget(self._title)
        heading.addStretch(1)
        heading.addWidget(self._count)
        self._strip = QWidget(self)
        self._strip_layout = FlowLayout(self._strip)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self._strip)
        row.addWidget(self.drop, 1)
        self._strip.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._strip.hide()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(6)
        rows.addLayout(heading)
        rows.addLayout(row)
        rows.addWidget(self._problem)

    def references(self) -> tuple[ReferenceImage, ...]:
        return tuple(self._references)

    def set_references(self, references: Sequence[ReferenceImage]) -> None:
        """Replace all without a signal."""
        self._references = list(references)
        self._rebuild()

    def add(self, references: Sequence[ReferenceImage], *, most: int) -> int:
        """Append those that are not there yet, up to `most` in all; gives back how many found no place."""
        known = {reference.blob for reference in self._references}
        fresh = [reference for reference in references if reference.blob not in known]
        room = max(0, most - len(self._references))
        self._references += fresh[:room]
        self._rebuild()
        self._tell_added(len(fresh[:room]))
        self.changed.emit()
        return len(fresh) - len(fresh[:room])

    def _tell_added(self, count: int) -> None:
        """For screen readers: the focus stays where it was."""
        names = [thumb.accessibleName() for thumb in self._thumbs[len(self._thumbs) - count :]]
        added = self.tr("Added: {names}").format(names=listed(names))
        self._announcer.answer(added if names else self.tr("No reference image was added"))

    def set_limit(self, limit: int | None) -> None:
        """The least limit of the ticked models, for the count at the right; None when there is none to show."""
        self._limit = limit
        self._write_count()

    def show_problem(self, words: str) -> None:
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        if words:
            self._announcer.say_now(words)

    def set_thumb(self, blob: str, image: QImage) -> None:
        self._images[blob] = image
        for thumb in self._thumbs:
            if thumb.reference.blob == blob:
                thumb.show_image(image)

    def retranslate(self) -> None:
        self._title.setText(self.tr("Reference images"))
        self.drop.set_words(
            idle=self.tr("Drop or paste"),
            over=self.tr("Drop to add"),
            reading=self.tr("Reading"),
            name=self.tr("Add reference images"),
        )
        self._describe()
        self._write_count()

    # ------------------------------------------------------------------------------------------------ inner
    def _write_count(self) -> None:
        count = len(self._references)
        words = f"{count} / {self._limit}" if self._limit is not None and count else ""
        self._count.setText(words)
        over = self._limit is not None and count > self._limit
        self._count.set_tone("warn" if over else "text3")

    def _rebuild(self) -> None:
        for thumb in self._thumbs:
            self._strip_layout.removeWidget(thumb)
            thumb.deleteLater()
        self._thumbs = [ReferenceThumb(reference, self._strip) for reference in self._references]
        for index, thumb in enumerate(self._thumbs):
            self._strip_layout.addWidget(thumb)
            thumb.removed.connect(self._at(index, self._remove))
            thumb.opened.connect(self._at(index, lambda place: self.open_wanted.emit(self._references[place])))
            thumb.moved.connect(lambda by, place=index: self._move(place, by))
            thumb.show()
            blob = thumb.reference.blob
            if blob in self._images:
                thumb.show_image(self._images[blob])
            else:
                self.thumb_wanted.emit(blob)
        columns = min(len(self._thumbs), 4)
        side = active().scaled(THUMB_SIDE)
        self._strip.setVisible(bool(self._thumbs))
        self._strip.setFixedWidth(columns * side + max(0, columns - 1) * Space.S)
        rows = -(-len(self._thumbs) // 4)
        self._strip.setFixedHeight(rows * side + max(0, rows - 1) * Space.S)
        self._describe()
        self._write_count()

    @staticmethod
    def _at(index: int, do: Callable[[int], object]) -> Callable[[], object]:
        return lambda: do(index)

    def _describe(self) -> None:
        for index, thumb in enumerate(self._thumbs):
            reference = thumb.reference
            name = reference.name or self.tr("pasted image")
            size = f"{reference.width} × {reference.height}"
            thumb.describe(self.tr("Reference {number}, {name}").format(number=index + 1, name=name), f"{name}, {size}")

    def _remove(self, index: int) -> None:
        del self._references[index]
        self._rebuild()
        after = min(index, len(self._thumbs) - 1)
        (self._thumbs[after] if self._thumbs else self.drop).setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _move(self, index: int, by: int) -> None:
        to = index + by
        if not 0 <= to < len(self._references):
            return
        self._references.insert(to, self._references.pop(index))
        self._rebuild()
        self._thumbs[to].setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    @safe_override(None)
    def dragEnterEvent(self, event) -> None:  # type: ignore[no-untyped-def]  # Qt's drop events share no public base
        if event.mimeData().hasFormat(_REFERENCE_MIME):
            event.acceptProposedAction()
        elif accepts_images(event.mimeData()):
            accept_copy(event)

    @safe_override(None)
    def dropEvent(self, event) -> None:  # type: ignore[no-untyped-def]  # as above
        mime = event.mimeData()
        if not mime.hasFormat(_REFERENCE_MIME):
            accept_copy(event)
            self.offered.emit(mime)
            return
        blob = bytes(mime.data(_REFERENCE_MIME).data()).decode()
        source = next((i for i, one in enumerate(self._references) if one.blob == blob), None)
        if source is None:
            return
        centres = [self._strip.mapTo(self, thumb.geometry().center()).x() for thumb in self._thumbs]
        target = sum(1 for centre in centres if event.position().x() > centre)
        target -= target > source
        self._move(source, target - source)
        event.acceptProposedAction()

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(280, super().sizeHint().height())


def accepts_images(mime: QMimeData) -> bool:
    """Files, images of this program, pasted pictures, and links."""
    return mime.hasFormat(IMAGES_MIME) or mime.hasImage() or mime.hasUrls() or looks_like_link(mime.text())


def looks_like_link(text: str) -> bool:
    words = text.strip()
    return len(words) < 4_000 and " " not in words and words.startswith(("https://", "http://", "data:image/"))
