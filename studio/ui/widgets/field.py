"""Fields: one frame with a text or a number in it, and if wanted words or small buttons at its ends."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QWidget,
)

from studio.ui.overrides import safe_override
from studio.ui.theme import Height, Radius, TextRole, active
from studio.ui.theme.paint import paint_field
from studio.ui.widgets.label import Label
from studio.ui.widgets.popover import round_corners
from studio.ui.widgets.themed import Themed

FIELD_PADDING = 9


class FieldFrame(Themed, QFrame):
    """The frame of a field. It shows the focus of whatever is inside: border and soft ring.

    Register the editors inside with `watch`; a click on the frame's own ground puts the cursor into the first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editors: list[QWidget] = []
        self._focused = False
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def watch(self, editor: QWidget) -> None:
        """Let the focus of `editor` light the frame."""
        self._editors.append(editor)
        editor.installEventFilter(self)

    def follow_style(self, part: QWidget) -> None:
        """Run `restyle` also after the style of this part of an editor changed."""
        part.installEventFilter(self)

    def has_focus_inside(self) -> bool:
        """Whether one of the watched editors has the focus."""
        return self._focused

    @safe_override(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self._focused = event.type() == QEvent.Type.FocusIn
            self.update()
        if event.type() == QEvent.Type.StyleChange and not self._restyling:
            # The editor hears of a new style sheet after its frame, and loses the font that the frame gave it.
            self._restyling = True
            try:
                self.restyle()
            finally:
                self._restyling = False
        return super().eventFilter(watched, event)

    @safe_override(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self._editors and self._editors[0].isEnabled():
            self._editors[0].setFocus(Qt.FocusReason.MouseFocusReason)
        event.accept()

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(self.tokens.disabled_opacity)
        paint_field(painter, self.rect(), Radius.CONTROL, self.tokens, focused=self._focused)
        painter.end()


class _BareLineEdit(QLineEdit):
    """The editor inside a frame."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("bare", True)
        self.setFrame(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @safe_override(None)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        round_corners(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(event.globalPos())


class LineField(FieldFrame):
    """A line of text in a frame. Use `edit` for its signals; add words or buttons with `add_leading` and
    `add_trailing`."""

    def __init__(
        self,
        text: str = "",
        *,
        name: str = "",
        placeholder: str = "",
        prefix: str = "",
        tabular: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tabular = tabular
        self.edit: QLineEdit = _BareLineEdit(self)
        self.edit.setText(text)
        self.edit.setPlaceholderText(placeholder)
        self._prefix = Label(prefix, tone="text3", parent=self)
        self._prefix.setVisible(bool(prefix))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(FIELD_PADDING, 0, FIELD_PADDING, 0)
        self._row.setSpacing(6)
        self._row.addWidget(self._prefix)
        self._row.addWidget(self.edit, 1)
        self.setFocusProxy(self.edit)
        self.watch(self.edit)
        self.set_name(name)
        self.restyle()

    def text(self) -> str:
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Show a text. The cursor goes to its start, so that the beginning is seen."""
        if text != self.edit.text():
            self.edit.setText(text)
            self.edit.setCursorPosition(0)

    def set_name(self, name: str) -> None:
        """What screen readers call the field."""
        self.edit.setAccessibleName(name)

    def add_leading(self, widget: QWidget) -> None:
        """Put a widget before the text."""
        self._row.insertWidget(self._row.indexOf(self.edit), widget)

    def add_trailing(self, widget: QWidget) -> None:
        """Put a widget, usually a small icon button, behind the text."""
        self._row.addWidget(widget)
        self._row.setContentsMargins(FIELD_PADDING, 0, 3, 0)
        self._row.setSpacing(2)

    def restyle(self) -> None:
        theme = active()
        self.edit.setFont(theme.font(TextRole.BASE, tabular=self._tabular))
        self.setFixedHeight(theme.scaled(Height.CONTROL))
        align_words(self.edit, self.height())

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(active().scaled(160), active().scaled(Height.CONTROL))


def align_words(edit: QLineEdit, height: int) -> None:
    """Put the words of an editor `height` pixels high on one line with those that we paint ourselves.

    Qt rounds the place of an editor's words to whole logical pixels and that of painted words to device pixels, so at
    some scales they would stand one pixel apart."""
    whole, exact = QFontMetrics(edit.font()), QFontMetricsF(edit.font())
    scale = edit.devicePixelRatioF()

    def device_pixel(top: float) -> int:
        return round((top + exact.ascent()) * scale)

    painted = device_pixel((height - exact.height()) / 2)

    def distance(margin: int) -> int:
        return abs(device_pixel((height - margin - whole.height() + 1) // 2) - painted)

    edit.setTextMargins(0, 0, 0, min((0, 1, 2), key=distance))
