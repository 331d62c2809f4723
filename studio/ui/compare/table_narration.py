"""What screen readers hear of the light table: a change that eyes would see at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from studio.ui.compare.light_table import LightTable
from studio.ui.compare.panes import Mode
from studio.ui.widgets import Announcer

_PAUSE_MS = 150
"""Keys that are held change the table often; what it has come to is told."""


class TableNarrator(QObject):
    """Compares the table before and after each change, and tells what differs while the table has the focus.

    It never knows names: nothing of it can tell them during a blind vote."""

    def __init__(self, table: LightTable, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self._announcer = Announcer(parent)
        self._told: dict[str, str] = {}
        self._images: list[int] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        table.changed.connect(self._pause.start)

    def _tell(self) -> None:
        images = [image.id for image in self._table.images]
        now, before = self._words(), self._told
        fresh = images != self._images
        self._told, self._images = now, images
        changed = [words for key, words in now.items() if before.get(key) != words]
        if changed and not fresh and self._table.hasFocus():
            self._announcer.answer(", ".join(changed))

    def _words(self) -> dict[str, str]:
        """Each part of the table's state in words."""
        table = self._table
        on = {True: self.tr("{name} on"), False: self.tr("{name} off")}
        switches = {
            "grey": (self.tr("Grey"), table.grey),
            "mirrored": (self.tr("Mirrored"), table.mirrored),
            "loupe": (self.tr("Loupe"), table.loupe),
            "names": (self.tr("Names on the images"), table.show_names),
            "together": (self.tr("Zoom together"), table.viewport.together),
            "first": (self.tr("A only"), table.first_only),
        }
        words = {key: on[state].format(name=name) for key, (name, state) in switches.items()}
        words["mode"] = {
            Mode.SIDE: self.tr("Side by side"),
            Mode.WIPE: self.tr("Wipe"),
            Mode.OVERLAY: self.tr("Overlay"),
            Mode.DIFFERENCE: self.tr("Difference"),
            Mode.BLINK: self.tr("Blink"),
        }[table.mode]
        words["zoom"] = self.tr("Zoom {percent} %").format(percent=table.zoom_percent)
        if table.mode is Mode.WIPE:
            words["line"] = self.tr("Line at {percent} %").format(percent=round(table.wipe * 100))
        places = [place + 1 for place in table.pair]
        if not table.blind and len(table.images) > 1:
            words["pair"] = self.tr("A is image {first}, B is image {second}").format(first=places[0], second=places[1])
        return words
