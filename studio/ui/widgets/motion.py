"""The few things that move: spinner, sliding bar, progress. One clock for all of them, running only while seen."""

from __future__ import annotations

import time
from weakref import WeakSet

from PySide6.QtCore import QCoreApplication, QObject, QPointF, QRect, QRectF, QSize, Qt, QTimer, QVariantAnimation
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Duration, active, paint_icon
from studio.ui.theme.paint import fill_box
from studio.ui.theme.tokens import Tokens
from studio.ui.widgets.themed import Themed

_FRAME_MS = 33
_SPINNER_SHARE = 0.27
"""The moving part of the spinner's circle."""
_SLIDER_SHARE = 0.36
"""The moving part of the sliding bar."""
PROGRESS_HEIGHT = 3


class Pulse(QObject):
    """A clock of 30 Hz that updates the widgets added to it, and stops while none of them is visible."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._widgets: WeakSet[QWidget] = WeakSet()
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME_MS)
        self._timer.timeout.connect(self._tick)

    @staticmethod
    def shared() -> Pulse:
        """The clock of the program."""
        app = QCoreApplication.instance()
        found = app.findChild(Pulse, "pulse") if app is not None else None
        if isinstance(found, Pulse):
            return found
        pulse = Pulse(app)
        pulse.setObjectName("pulse")
        return pulse

    def add(self, widget: QWidget) -> None:
        """Update `widget` on every beat while it is visible. Call it again when the widget is shown after a pause."""
        self._widgets.add(widget)
        if not active().reduced_motion and not self._timer.isActive():
            self._timer.start()

    def remove(self, widget: QWidget) -> None:
        self._widgets.discard(widget)

    def is_running(self) -> bool:
        return self._timer.isActive()

    @staticmethod
    def phase(period_ms: int = Duration.SPINNER) -> float:
        """Where in a motion of `period_ms` we are, 0 to 1."""
        return time.monotonic() * 1000 % period_ms / period_ms

    def _tick(self) -> None:
        from shiboken6 import isValid  # wanted only while something moves

        seen = False
        for widget in list(self._widgets):
            if not isValid(widget):
                self._widgets.discard(widget)
            elif widget.isVisible() and not widget.visibleRegion().isEmpty():
                seen = True
                widget.update()
        if not seen or active().reduced_motion:
            self._timer.stop()


class HoverFade:
    """How much of its hover look a control shows, 0 to 1: it comes and goes in 80 ms.

    Ask `level` while painting; the control is repainted until the level is reached."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._hovered: bool | None = None
        self._level = 0.0
        self._animation: QVariantAnimation | None = None

    def level(self, hovered: bool) -> float:
        """The share of the hover look to paint now."""
        if hovered != self._hovered:
            first = self._hovered is None
            self._hovered = hovered
            if first or active().reduced_motion:
                self._level = float(hovered)
            else:
                self._start()
        return self._level

    def _start(self) -> None:
        if self._animation is None:
            self._animation = QVariantAnimation(self._widget)
            self._animation.valueChanged.connect(self._step)
        self._animation.stop()
        self._animation.setDuration(Duration.HOVER)
        self._animation.setStartValue(self._level)
        self._animation.setEndValue(float(bool(self._hovered)))
        self._animation.start()

    def _step(self, value: object) -> None:
        if isinstance(value, float):
            self._level = value
            self._widget.update()


def mixed(rest: QColor | None, hover: QColor | None, level: float) -> QColor | None:
    """The colour between two, where None stands for nothing painted."""
    if level <= 0 or rest == hover:
        return rest
    if level >= 1:
        return hover
    start = rest if rest is not None else _faint(hover)
    end = hover if hover is not None else _faint(rest)
    return QColor.fromRgbF(
        start.redF() + (end.redF() - start.redF()) * level,
        start.greenF() + (end.greenF() - start.greenF()) * level,
        start.blueF() + (end.blueF() - start.blueF()) * level,
        start.alphaF() + (end.alphaF() - start.alphaF()) * level,
    )


def _faint(colour: QColor | None) -> QColor:
    faint = QColor(colour) if colour is not None else QColor()
    faint.setAlpha(0)
    return faint


def paint_spinner(painter: QPainter, rect: QRectF | QRect, phase: float, colour: QColor | None = None) -> None:
    """A turning arc on a faint circle; with reduced motion a still clock. `phase` is 0 to 1."""
    theme = active()
    strong = colour if colour is not None else theme.tokens.text2
    if theme.reduced_motion:
        paint_icon(painter, "clock", rect, strong)
        return
    area = QRectF(rect)
    side = min(area.width(), area.height())
    width = max(1.3, side / 12)
    ring = QRectF(area.center().x() - side / 2, area.center().y() - side / 2, side, side).adjusted(
        width, width, -width, -width
    )
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    faint = QColor(strong)
    faint.setAlphaF(faint.alphaF() * 0.28)
    painter.setPen(QPen(faint, width))
    painter.drawEllipse(ring)
    painter.setPen(QPen(strong, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    painter.drawArc(ring, round((0.25 - phase) * 360 * 16), round(-_SPINNER_SHARE * 360 * 16))
    painter.restore()


def paint_sliding_bar(painter: QPainter, rect: QRectF | QRect, phase: float, tokens: Tokens | None = None) -> None:
    """A bar for a wait of unknown length: grey sliding to and fro; with reduced motion it stands still."""
    theme = active()
    colours = tokens or theme.tokens
    area = QRectF(rect)
    fill_box(painter, area, 0, colours.track)
    length = area.width() * _SLIDER_SHARE
    swing = 0.5 if theme.reduced_motion else 1 - abs(1 - 2 * phase)
    eased = swing * swing * (3 - 2 * swing)
    painter.fillRect(
        QRectF(area.left() + (area.width() - length) * eased, area.top(), length, area.height()), colours.text3
    )


def paint_progress(
    painter: QPainter, rect: QRectF | QRect, fraction: float, tokens: Tokens | None = None, colour: QColor | None = None
) -> None:
    """A bar for a known fraction, 0 to 1, in the colour of progress or in another one."""
    colours = tokens or active().tokens
    area = QRectF(rect)
    fill_box(painter, area, area.height() / 2, colours.track)
    done = QRectF(area.left(), area.top(), area.width() * min(max(fraction, 0.0), 1.0), area.height())
    if done.width() > 0:
        fill_box(painter, done, area.height() / 2, colour or colours.ring)


class _Moving(Themed, QWidget):
    """A widget on the shared clock while it is shown."""

    @safe_override(None)
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        Pulse.shared().add(self)

    @safe_override(None)
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        Pulse.shared().remove(self)


class Spinner(_Moving):
    """A spinner of `side` logical pixels. It says nothing to screen readers: the words beside it do."""

    def __init__(self, side: int = 14, *, tone: str = "text2", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._side, self._tone = side, tone
        self.setFixedSize(side, side)

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_spinner(painter, self.rect(), Pulse.phase(), getattr(self.tokens, self._tone))
        painter.end()


class ProgressLine(Themed, QProgressBar):
    """A thin bar: `set_fraction(0..1)`, or None for a wait of unknown length. Give it an accessible name."""

    def __init__(self, fraction: float | None = 0.0, *, tone: str = "ring", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self._fraction: float | None = 0.0
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(PROGRESS_HEIGHT)
        self.set_fraction(fraction)

    def fraction(self) -> float | None:
        return self._fraction

    def set_fraction(self, fraction: float | None) -> None:
        """Show a known part, or None while nobody knows."""
        self._fraction = fraction
        if fraction is None:
            self.setRange(0, 0)
            if self.isVisible():
                Pulse.shared().add(self)
        else:
            self.setRange(0, 100)
            self.setValue(round(min(max(fraction, 0.0), 1.0) * 100))
            Pulse.shared().remove(self)
        self.update()

    def set_tone(self, tone: str) -> None:
        """The colour of the known part, a name in `Tokens`."""
        self._tone = tone
        self.update()

    @safe_override(None)
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._fraction is None:
            Pulse.shared().add(self)

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._fraction is None:
            paint_sliding_bar(painter, self.rect(), Pulse.phase(Duration.SLIDING_BAR))
        else:
            paint_progress(painter, self.rect(), self._fraction, colour=getattr(self.tokens, self._tone))
        painter.end()


def dots_rect_width(count: int) -> int:
    """The width of a row of step dots."""
    return count * 6 + (count - 1) * 2


def paint_step_dots(painter: QPainter, left: float, middle: float, *, done: int, count: int, colour: QColor) -> None:
    """One dot per step of a preview, those done in full colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    faint = QColor(colour)
    faint.setAlphaF(0.4)
    for step in range(count):
        painter.setBrush(colour if step < done else faint)
        painter.drawEllipse(QPointF(left + step * 8 + 3, middle), 3, 3)
    painter.restore()
