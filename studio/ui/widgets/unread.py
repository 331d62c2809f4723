"""Widgets that nothing may read out for a while, although they are still there."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QWidget

_LEFT_OUT = "qt_rubberband"
"""Qt leaves a child with this object name out of the accessibility tree (`_q_ac_childWidgets`). It has no property for
that, a hidden widget stays in the tree with all its words, and to move widgets to another parent costs a tenth of a
second of styling."""


class Unread:
    """Takes widgets out of the accessibility tree and puts them back; what is below them goes and comes with them.

    The parent must be a plain QWidget: stacks, scroll areas and item views name their children in another way."""

    def __init__(self) -> None:
        self._names: dict[QWidget, str] = {}

    def set_widgets(self, widgets: Iterable[QWidget]) -> None:
        """From now on exactly these are left out."""
        wanted = set(widgets)
        for widget in self._names.keys() - wanted:
            widget.setObjectName(self._names.pop(widget))
        for widget in wanted - self._names.keys():
            self._names[widget] = widget.objectName()
            widget.setObjectName(_LEFT_OUT)
            _take_back(widget)


def _take_back(top: QWidget) -> None:
    """Who holds an object of the accessibility tree from before gets no more answers from it. Qt makes a new one for
    who finds the widget again."""
    if not QAccessible.isActive():
        return
    for widget in (top, *top.findChildren(QWidget)):
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is not None:
            QAccessible.deleteAccessibleInterface(QAccessible.uniqueId(interface))
        del interface  # it wraps what is gone
