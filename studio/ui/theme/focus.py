"""The focus ring: one overlay that follows the focused widget and paints 2 px outside it.

A widget says how its ring looks with the attribute `focus_ring` (a `RingShape`); the ring then encloses the widget, or
the widget named by `target`. Text fields set nothing: they paint their own border. Plain Qt buttons get a default ring.
"""

from __future__ import annotations

from dataclasses import dataclass
from weakref import ref

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import state
from studio.ui.theme.paint import paint_focus_ring
from studio.ui.theme.tokens import Radius


@dataclass(frozen=True, slots=True)
class RingShape:
    """How a focus ring encloses its widget."""

    radius: float = Radius.CONTROL
    """Corner radius of the widget itself, in logical pixels; the ring adds its distance."""
    gap: int = 1
    """Free pixels between the widget and the ring; negative draws the ring inside."""
    parent_levels: int = 0
    """0 encloses the widget, 1 its parent, and so on (segments enclose their track)."""
    box: QRect | None = None
    """A part of the widget to enclose instead of all of it, in its own coordinates."""


_WIDTH = 2
_DEFAULT = RingShape()
_FOLLOWED = {
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ParentChange,
    QEvent.Type.ZOrderChange,
    QEvent.Type.EnabledChange,
    QEvent.Type.DynamicPropertyChange,
}


class FocusRing(QObject):
    """Shows the ring around whatever widget has the focus."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._overlay: ref[_Overlay] | None = None
        self._watched: list[ref[QWidget]] = []
        self._focused: ref[QWidget] | None = None
        app.focusChanged.connect(self._focus_changed)

    def refresh(self) -> None:
        """Look again at the focused widget, after its `focus_ring` changed."""
        self._focus_changed(None, QApplication.focusWidget())

    def _focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        self._stop()
        shape = _shape_of(now)
        if now is None or shape is None:
            return
        target = _target_of(now, shape)
        self._focused = ref(now)
        canvas, watched = _canvas_for(target)
        for widget in watched:
            widget.installEventFilter(self)
            self._watched.append(ref(widget))
        overlay = _Overlay(canvas, target, shape)
        self._overlay = ref(overlay)
        overlay.follow()

    def _stop(self) -> None:
        for watched in self._watched:
            widget = watched()
            if widget is not None and _alive(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        overlay = self._overlay() if self._overlay is not None else None
        if overlay is not None and _alive(overlay):
            overlay.hide()
            overlay.deleteLater()
        self._overlay = None

    @safe_override(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _FOLLOWED:
            overlay = self._overlay() if self._overlay is not None else None
            if overlay is not None and _alive(overlay):
                overlay.follow()
        return False


class _Overlay(QWidget):
    """The painted ring. It takes no mouse, no focus and no place in a layout."""

    def __init__(self, canvas: QWidget, target: QWidget, shape: RingShape) -> None:
        super().__init__(canvas)
        self._target, self._shape = ref(target), shape
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def follow(self) -> None:
        """Take the place of the target as it is now."""
        target, canvas = self._target(), self.parentWidget()
        if target is None or not _alive(target) or canvas is None or not target.isVisibleTo(canvas):
            self.hide()
            return
        shape = getattr(target, "focus_ring", None) or self._shape
        box = shape.box if shape.box is not None else target.rect()
        margin = shape.gap + _WIDTH
        place = QRect(target.mapTo(canvas, QPoint(0, 0)) + box.topLeft(), box.size())
        self.setGeometry(place.adjusted(-margin, -margin, margin, margin))
        self.raise_()
        self.show()

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        radius = self._shape.radius + self._shape.gap + _WIDTH
        paint_focus_ring(painter, self.rect(), radius, state.active().tokens)
        painter.end()


def _shape_of(widget: QWidget | None) -> RingShape | None:
    if widget is None:
        return None
    shape = getattr(widget, "focus_ring", None)
    if isinstance(shape, RingShape):
        return shape
    return _DEFAULT if isinstance(widget, QAbstractButton) else None


def _target_of(widget: QWidget, shape: RingShape) -> QWidget:
    target = widget
    for _ in range(shape.parent_levels):
        target = target.parentWidget() or target
    return target


def _canvas_for(target: QWidget) -> tuple[QWidget, list[QWidget]]:
    """The widget to paint on (the window, or the page of the nearest scroll area) and all whose moves matter."""
    watched = [target]
    canvas = target
    while not canvas.isWindow():
        parent = canvas.parentWidget()
        if parent is None or (canvas is not target and isinstance(parent, QAbstractScrollArea)):
            break
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            # `parent` is the view port; the page inside it scrolls with its content, so the ring does too.
            break
        canvas = parent
        watched.append(canvas)
    return canvas, watched


def _alive(widget: QWidget) -> bool:
    from shiboken6 import isValid  # wanted only while a ring moves

    return isValid(widget)
