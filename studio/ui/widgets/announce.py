"""News for screen readers."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

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

    def _pause_over(self) -> None:
        if self._waiting:
            self.say(self._waiting)

    def _send(self, text: str, politeness: QAccessible.AnnouncementPoliteness) -> None:
        event = QAccessibleAnnouncementEvent(self._widget, text)
        event.setPoliteness(politeness)
        QAccessible.updateAccessibility(event)
