"""A slider, alone or with the number it stands for."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSlider, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Height, RingShape, Space, active
from studio.ui.theme.paint import fill_box
from studio.ui.widgets.number_field import NumberField
from studio.ui.widgets.themed import Themed

_KNOB = 12
_TRACK = 3
_HEIGHT = 24


class Slider(Themed, QSlider):
    """A horizontal slider. A click on the track goes there at once; arrow keys step, Page Up and Down step further."""

    focus_ring = RingShape(4, gap=-2)

    def __init__(
        self, *, minimum: int = 0, maximum: int = 100, value: int = 0, name: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setRange(minimum, maximum)
        self.setPageStep(max(1, (maximum - minimum) // 10))
        self.setValue(value)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(active().scaled(96), _HEIGHT)

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        return QSize(48, _HEIGHT)

    def _centre_of_knob(self) -> float:
        span = max(1, self.maximum() - self.minimum())
        part = (self.sliderPosition() - self.minimum()) / span
        if self.isRightToLeft() != self.invertedAppearance():
            part = 1 - part
        return _KNOB / 2 + part * (self.width() - _KNOB)

    def _value_at(self, x: float) -> int:
        part = min(max((x - _KNOB / 2) / max(1, self.width() - _KNOB), 0.0), 1.0)
        if self.isRightToLeft() != self.invertedAppearance():
            part = 1 - part
        return round(self.minimum() + part * (self.maximum() - self.minimum()))

    @safe_override(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setSliderPosition(self._value_at(event.position().x()))
            event.accept()

    @safe_override(None)
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self.setSliderPosition(self._value_at(event.position().x()))

    @safe_override(None)
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.setSliderDown(False)

    @safe_override(None)
    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self.tokens
        painter = QPainter(self)
        if not self.isEnabled():
            painter.setOpacity(self.tokens.disabled_opacity)
        top = (self.height() - _TRACK) / 2
        track = QRectF(_KNOB / 2 - _TRACK, top, self.width() - _KNOB + 2 * _TRACK, _TRACK)
        if not self.isEnabled():
            fill_box(painter, track, _TRACK / 2, tokens.text3)
            painter.end()
            return
        fill_box(painter, track, _TRACK / 2, tokens.track)
        centre = self._centre_of_knob()
        if self.isRightToLeft() != self.invertedAppearance():
            done = QRectF(centre, top, track.right() - centre, _TRACK)
        else:
            done = QRectF(track.left(), top, centre - track.left(), _TRACK)
        fill_box(painter, done, _TRACK / 2, tokens.text2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.text)
        painter.drawEllipse(QPointF(centre, self.height() / 2), _KNOB / 2, _KNOB / 2)
        painter.end()


class SliderField(QWidget):
    """A slider and the number it stands for, kept equal. `changed` comes only from the user."""

    changed = Signal(int)

    def __init__(
        self,
        *,
        minimum: int = 0,
        maximum: int = 100,
        value: int = 0,
        suffix: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.slider = Slider(minimum=minimum, maximum=maximum, value=value, name=name, parent=self)
        self.field = NumberField(value, minimum=minimum, maximum=maximum, suffix=suffix, name=name, parent=self)
        self.field.setFixedWidth(active().scaled(56 if not suffix else 68))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.slider, 1)
        row.addWidget(self.field)
        self.setFocusProxy(self.slider)
        self.slider.valueChanged.connect(self._from_slider)
        self.field.changed.connect(self._from_field)

    def value(self) -> int:
        return self.slider.value()

    def set_value(self, value: int) -> None:
        """Show a value without a signal."""
        self.slider.blockSignals(True)
        self.slider.setValue(value)
        self.slider.blockSignals(False)
        self.slider.update()
        self.field.set_value(value)

    def set_name(self, name: str) -> None:
        """What screen readers call both parts."""
        self.slider.setAccessibleName(name)
        self.field.set_name(name)

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(active().scaled(180), active().scaled(Height.CONTROL))

    def _from_slider(self, value: int) -> None:
        self.field.set_value(value)
        self.changed.emit(value)

    def _from_field(self, value: object) -> None:
        self.slider.setValue(int(str(value)))
