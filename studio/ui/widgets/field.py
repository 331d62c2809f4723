"""Fields: one frame with a text or a number in it, and if wanted words or small buttons at its ends."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetrics,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from studio.ui.overrides import safe_override
from studio.ui.theme import DISABLED_OPACITY, Height, Radius, TextRole, active
from studio.ui.theme.paint import paint_field
from studio.ui.translation import Translated
from studio.ui.widgets.button import IconButton
from studio.ui.widgets.label import Label
from studio.ui.widgets.popover import round_corners
from studio.ui.widgets.themed import Themed

_PADDING = 9


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

    def has_focus_inside(self) -> bool:
        """Whether one of the watched editors has the focus."""
        return self._focused

    @safe_override(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self._focused = event.type() == QEvent.Type.FocusIn
            self.update()
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
            painter.setOpacity(DISABLED_OPACITY)
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
        self._row.setContentsMargins(_PADDING, 0, _PADDING, 0)
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
        self._row.setContentsMargins(_PADDING, 0, 3, 0)
        self._row.setSpacing(2)

    def restyle(self) -> None:
        theme = active()
        self.edit.setFont(theme.font(TextRole.BASE, tabular=self._tabular))
        self.setFixedHeight(theme.scaled(Height.CONTROL))
        align_words(self.edit, self.height())

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(active().scaled(160), active().scaled(Height.CONTROL))


class _BareSpinBox(QSpinBox):
    """A spin box without frame and buttons. The wheel changes it only while it has the focus."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        _strip(self)

    @safe_override(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing: the frame around it paints, and the editor inside it paints itself."""


class _BareDoubleSpinBox(QDoubleSpinBox):
    """The same with decimals."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        _strip(self)

    @safe_override(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Nothing, as above."""


def _strip(box: QAbstractSpinBox) -> None:
    box.setFrame(False)
    box.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
    box.setGroupSeparatorShown(False)
    box.setKeyboardTracking(False)
    # As high as the frame, so that the words stand on one line with those of every other control.
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    palette = box.palette()
    palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
    box.setPalette(palette)


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


class NumberField(FieldFrame):
    """A number with a grey letter or sign before it (W, H, ¥, $) or a unit behind it.

    `changed` carries the new number once the user is done with it (Return, leaving, arrow keys), never while typing;
    `set_value` is silent. With `decimals` above 0 the number is a float. Arrow keys step, with Ctrl ten times
    as far."""

    changed = Signal(object)

    def __init__(
        self,
        value: float = 0,
        *,
        minimum: float = 0,
        maximum: float = 99_999,
        step: float = 1,
        decimals: int = 0,
        prefix: str = "",
        suffix: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.box: QSpinBox | QDoubleSpinBox
        if decimals:
            self.box = double = _BareDoubleSpinBox(self)
            double.setDecimals(decimals)
            double.setRange(minimum, maximum)
            double.setSingleStep(step)
            double.valueChanged.connect(self._emit)
        else:
            self.box = whole = _BareSpinBox(self)
            whole.setRange(int(minimum), int(maximum))
            whole.setSingleStep(int(step))
            whole.valueChanged.connect(self._emit)
        self._prefix = Label(prefix, tone="text3", parent=self)
        self._prefix.setVisible(bool(prefix))
        self._suffix = Label(suffix, tone="text3", parent=self)
        self._suffix.setVisible(bool(suffix))
        row = QHBoxLayout(self)
        row.setContentsMargins(_PADDING, 0, _PADDING, 0)
        row.setSpacing(6)
        row.addWidget(self._prefix)
        row.addWidget(self.box, 1)
        row.addWidget(self._suffix)
        self.setFocusProxy(self.box)
        self.watch(self.box)
        self.set_name(name)
        self.set_value(value)
        self.restyle()

    def value(self) -> float:
        """The number; whole numbers come as `int`."""
        return self.box.value()

    def set_value(self, value: float) -> None:
        """Show a number without a signal; it is kept inside the range."""
        self.box.blockSignals(True)
        if isinstance(self.box, QDoubleSpinBox):
            self.box.setValue(value)
        else:
            self.box.setValue(int(value))
        self.box.blockSignals(False)

    def set_range(self, minimum: float, maximum: float) -> None:
        """Change the limits; the number is moved inside them without a signal."""
        self.box.blockSignals(True)
        if isinstance(self.box, QDoubleSpinBox):
            self.box.setRange(minimum, maximum)
        else:
            self.box.setRange(int(minimum), int(maximum))
        self.box.blockSignals(False)

    def set_name(self, name: str) -> None:
        """What screen readers call the field."""
        self.box.setAccessibleName(name)

    def restyle(self) -> None:
        theme = active()
        self.box.setFont(theme.font(TextRole.BASE, tabular=True))
        self.setFixedHeight(theme.scaled(Height.CONTROL))
        align_words(self.box.lineEdit(), self.height())

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        theme = active()
        return QSize(theme.scaled(80), theme.scaled(Height.CONTROL))

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(active().scaled(56), active().scaled(Height.CONTROL))

    def _emit(self, value: float) -> None:
        self.changed.emit(value)


class SpinStepper(Translated, FieldFrame):
    """A small whole number between a minus and a plus. The number can be typed; arrow keys step.

    `changed` comes only from the user; `set_value` is silent."""

    changed = Signal(int)

    def __init__(
        self, value: int = 1, *, minimum: int = 1, maximum: int = 16, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.box = _BareSpinBox(self)
        self.box.setRange(minimum, maximum)
        self.box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.box.setKeyboardTracking(True)
        self.minus = IconButton("minus", side=Height.SMALL, parent=self)
        self.plus = IconButton("plus", side=Height.SMALL, parent=self)
        for button, step in ((self.minus, self.box.stepDown), (self.plus, self.box.stepUp)):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setAutoRepeat(True)
            button.clicked.connect(step)
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 0, 2, 0)
        row.setSpacing(0)
        row.addWidget(self.minus)
        row.addWidget(self.box, 1)
        row.addWidget(self.plus)
        self.setFocusProxy(self.box)
        self.watch(self.box)
        self.set_name(name)
        self.set_value(value)
        self.box.valueChanged.connect(self._changed)
        self.retranslate()
        self.restyle()

    def value(self) -> int:
        return self.box.value()

    def set_value(self, value: int) -> None:
        """Show a number without a signal; it is kept inside the range."""
        self.box.blockSignals(True)
        self.box.setValue(value)
        self.box.blockSignals(False)
        self._ends()

    def set_range(self, minimum: int, maximum: int) -> None:
        """Change the limits; the number is moved inside them without a signal."""
        self.box.blockSignals(True)
        self.box.setRange(minimum, maximum)
        self.box.blockSignals(False)
        self._ends()

    def set_name(self, name: str) -> None:
        """What screen readers call the number."""
        self.box.setAccessibleName(name)

    def retranslate(self) -> None:
        self.minus.set_name(self.tr("Less"))
        self.plus.set_name(self.tr("More"))

    def restyle(self) -> None:
        theme = active()
        self.box.setFont(theme.font(TextRole.BASE, tabular=True))
        self.setFixedHeight(theme.scaled(Height.CONTROL))
        align_words(self.box.lineEdit(), self.height())

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        theme = active()
        return QSize(theme.scaled(76), theme.scaled(Height.CONTROL))

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(active().scaled(72), active().scaled(Height.CONTROL))

    def _changed(self, value: int) -> None:
        self._ends()
        self.changed.emit(value)

    def _ends(self) -> None:
        self.minus.setEnabled(self.box.value() > self.box.minimum())
        self.plus.setEnabled(self.box.value() < self.box.maximum())
