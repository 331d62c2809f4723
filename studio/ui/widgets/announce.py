"""News for screen readers."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QListView, QListWidget, QListWidgetItem, QWidget

POLITE_INTERVAL_MS = 5_000


class Announcer(QObject):
    """Tells screen readers what changed: politely at most once in 5 seconds (the newest words win), faults at once."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._waiting = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(POLITE_INTERVAL_MS)
        self._timer.timeout.connect(self._pause_over)

    def say(self, text: str) -> None:
        """Say it when the reader is free, unless something was said in the last 5 seconds: then after those."""
        if self._timer.isActive():
            self._waiting = text
            return
        self._waiting = ""
        self._timer.start()
        self._send(text, QAccessible.AnnouncementPoliteness.Polite)

    def say_now(self, text: str) -> None:
        """Interrupt: something failed or may have cost money."""
        self._send(text, QAccessible.AnnouncementPoliteness.Assertive)

    def answer(self, text: str) -> None:
        """Say at once, without interrupting, what came of something that the user has just done. It takes the place of
        news that wait, and more news wait after it."""
        self._waiting = ""
        self._timer.start()
        self._send(text, QAccessible.AnnouncementPoliteness.Polite)

    def _pause_over(self) -> None:
        if self._waiting:
            self.say(self._waiting)

    def _send(self, text: str, politeness: QAccessible.AnnouncementPoliteness) -> None:
        event = QAccessibleAnnouncementEvent(self._widget, text)
        event.setPoliteness(politeness)
        QAccessible.updateAccessibility(event)


class RowTeller(QObject):
    """For a list that is walked while a field above it keeps the focus: tells the row that Return would take."""

    def __init__(self, rows: QListWidget) -> None:
        super().__init__(rows)
        self._rows, self._announcer = rows, Announcer(rows)
        rows.currentItemChanged.connect(self._tell)

    def _tell(self, item: QListWidgetItem | None, _before: QListWidgetItem | None) -> None:
        if item is not None and not self._rows.hasFocus():
            self._announcer.answer(item.text())


def tell_cursor(view: QListView, index: QModelIndex) -> None:
    """Tell screen readers that the keyboard's cursor is on this item of a list now."""
    _tell_item(view, index, QAccessible.Event.Focus)


def tell_selected(view: QListView, index: QModelIndex) -> None:
    """Tell screen readers that this item of a list was selected or is no longer."""
    _tell_item(view, index, QAccessible.Event.Selection)


def _tell_item(view: QListView, index: QModelIndex, kind: QAccessible.Event) -> None:
    if not (index.isValid() and QAccessible.isActive()):
        return
    event = QAccessibleEvent(view, kind)
    event.setChild(index.row())
    QAccessible.updateAccessibility(event)
