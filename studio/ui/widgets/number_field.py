"""Fields for numbers: with a letter before it, or between a minus and a plus."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QHBoxLayout, QSizePolicy, QSpinBox, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Height, TextRole, active
from studio.ui.translation import Translated
from studio.ui.widgets.button import IconButton
from studio.ui.widgets.field import FIELD_PADDING, FieldFrame, align_words
from studio.ui.widgets.label import Label


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


class _SpinFrame(FieldFrame):
    """A frame around one bare spin box: its words, its height and its name."""

    box: QSpinBox | QDoubleSpinBox
    width_px, least_px = 80, 56
    """The usual and the least width at a text scale of 100 %."""

    def _take_in(self, name: str) -> None:
        """Once `box` is there and laid out."""
        self.setFocusProxy(self.box)
        self.watch(self.box)
        self.follow_style(self.box.lineEdit())
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """What screen readers call the number."""
        self.box.setAccessibleName(name)

    def restyle(self) -> None:
        theme = active()
        for editor in (self.box, self.box.lineEdit()):
            editor.setFont(theme.font(TextRole.BASE, tabular=True))
        self.setFixedHeight(theme.scaled(Height.CONTROL))
        align_words(self.box.lineEdit(), self.height())

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(active().scaled(self.width_px), active().scaled(Height.CONTROL))

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(active().scaled(self.least_px), active().scaled(Height.CONTROL))


class NumberField(_SpinFrame):
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
        self.box = _BareDoubleSpinBox(self) if decimals else _BareSpinBox(self)
        if isinstance(self.box, QDoubleSpinBox):
            self.box.setDecimals(decimals)
            self.box.setSingleStep(step)
        else:
            self.box.setSingleStep(int(step))
        self.set_range(minimum, maximum)
        self.box.valueChanged.connect(self._emit)
        self._prefix = Label(prefix, tone="text3", parent=self)
        self._prefix.setVisible(bool(prefix))
        self._suffix = Label(suffix, tone="text3", parent=self)
        self._suffix.setVisible(bool(suffix))
        row = QHBoxLayout(self)
        row.setContentsMargins(FIELD_PADDING, 0, FIELD_PADDING, 0)
        row.setSpacing(6)
        row.addWidget(self._prefix)
        row.addWidget(self.box, 1)
        row.addWidget(self._suffix)
        self._take_in(name)
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

    def _emit(self, value: float) -> None:
        self.changed.emit(value)


class SpinStepper(Translated, _SpinFrame):
    """A small whole number between a minus and a plus. The number can be typed; arrow keys step.

    `changed` comes only from the user; `set_value` is silent."""

    changed = Signal(int)
    box: QSpinBox
    width_px, least_px = 76, 72

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
        self._take_in(name)
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

    def retranslate(self) -> None:
        self.minus.set_name(self.tr("Less"))
        self.plus.set_name(self.tr("More"))

    def _changed(self, value: int) -> None:
        self._ends()
        self.changed.emit(value)

    def _ends(self) -> None:
        self.minus.setEnabled(self.box.value() > self.box.minimum())
        self.plus.setEnabled(self.box.value() < self.box.maximum())
