"""Tab goes through a window as its parts lie in it, also when rows have come and gone since.

Qt's own order is that in which widgets were made: what is built anew stands behind everything else. Windows, dialogs
and popovers that take `OrderedTabs` among their bases ask their layouts instead, each time Tab is pressed.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QGridLayout,
    QLayout,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QWidget,
)

from studio.ui.overrides import safe_override


class OrderedTabs:
    """For a top-level `QWidget`: Tab and Shift+Tab follow the layouts. Name it before the Qt class."""

    @safe_override(False)
    def focusNextPrevChild(self, forward: bool) -> bool:
        return isinstance(self, QWidget) and move_focus(self, forward)


def move_focus(top: QWidget, forward: bool) -> bool:
    """Give the focus to the stop after (before) the one that has it, all around; whether there is another one.

    A window has a focus of its own, which the keyboard follows while it is the active one."""
    around = list(widgets_in_order(top))
    if not forward:
        around.reverse()
    focused = top.focusWidget()
    here = around.index(focused) + 1 if focused in around else 0
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    for widget in (*around[here:], *around[: max(0, here - 1)]):
        if _is_stop(widget):
            widget.setFocus(reason)
            show_whole(widget)
            return True
    return False


def first_stop(region: QWidget) -> QWidget | None:
    """Where Tab would first stop inside a part of a window; None when there is nothing to stop at."""
    return next((widget for widget in widgets_in_order(region) if _is_stop(widget)), None)


def tab_stops(region: QWidget) -> list[QWidget]:
    """All places where Tab stops inside a window or a part of it, in their order."""
    return [widget for widget in widgets_in_order(region) if _is_stop(widget)]


def widgets_in_order(top: QWidget) -> Iterator[QWidget]:
    """`top` and what can be seen inside it: each layout from its first to its last item, then what lies in none."""
    yield top
    for child in _children(top):
        if not child.isHidden() and not child.isWindow():
            yield from widgets_in_order(child)


def _children(parent: QWidget) -> list[QWidget]:
    if isinstance(parent, QSplitter):
        return [part for index in range(parent.count()) if (part := parent.widget(index)) is not None]
    if isinstance(parent, QStackedWidget):
        current = parent.currentWidget()
        return [current] if current is not None else []
    if isinstance(parent, QScrollArea):
        page = parent.widget()
        return [page] if page is not None else []
    if isinstance(parent, QAbstractScrollArea):
        return _by_place(parent.viewport())
    layout = parent.layout()
    laid = list(_laid_out(layout)) if layout is not None else []
    known = set(laid)
    return [*laid, *(child for child in _by_place(parent) if child not in known)]


def _laid_out(layout: QLayout) -> Iterator[QWidget]:
    order = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        order.sort(key=lambda index: layout.getItemPosition(index)[:2])  # type: ignore[index]  # four numbers
    for index in order:
        item = layout.itemAt(index)
        widget = item.widget() if item is not None else None
        inner = item.layout() if item is not None else None
        if widget is not None:
            yield widget
        elif inner is not None:
            yield from _laid_out(inner)


def _by_place(parent: QWidget) -> list[QWidget]:
    """From top to bottom, then from left to right; what lies in one line may be of different height."""
    found = [child for child in parent.children() if isinstance(child, QWidget)]
    return sorted(found, key=lambda child: (child.geometry().center().y() // 24, child.x()))


def _is_stop(widget: QWidget) -> bool:
    every = QGuiApplication.styleHints().tabFocusBehavior() == Qt.TabFocusBehavior.TabFocusAllControls
    wanted = Qt.FocusPolicy.TabFocus if every else Qt.FocusPolicy.StrongFocus
    reachable = widget.focusPolicy() & wanted == wanted and widget.focusProxy() is None
    return reachable and widget.isVisible() and widget.isEnabled()


def show_whole(widget: QWidget) -> None:
    """Scroll the pages that a control lies on until it can be seen."""
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
