"""What screen readers hear of the light table: a change that eyes would see at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QTimer
from PySide6.QtWidgets import QWidget

from studio.ui.compare.light_table import LightTable
from studio.ui.compare.panes import Mode
from studio.ui.translation import listed
from studio.ui.widgets import Announcer

_PAUSE_MS = 150
"""Keys that are held change the table often; what it has come to is told."""


class TableNarrator(QObject):
    """Compares the table before and after each change, and tells what differs while the table has the focus.

    Names it knows only from `LightTable.name_of`, which has none during a blind vote; places are told in shares of an
    image, since its pixels tell models apart."""

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
        changed = [words for key, words in now.items() if words and before.get(key) != words]
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
            words["way"] = self.tr("Upright line") if table.wipe_upright else self.tr("Level line")
            words["line"] = self.tr("Line at {percent} %").format(percent=round(table.wipe * 100))
        places = [place + 1 for place in table.pair]
        if not table.blind and len(table.images) > 1:
            words["pair"] = self.tr("A is image {first}, B is image {second}").format(first=places[0], second=places[1])
        return words | self._places()

    def _places(self) -> dict[str, str]:
        """Which pane is chosen, what is seen of the images, and how far each was moved against the others."""
        table, viewport, frame = self._table, self._table.viewport, self._table.main_frame()
        words = {"chosen": self._chosen()}
        if frame is None:
            return words
        view = viewport.view(frame.key)
        middle = self.tr("Middle at {across} % across, {down} % down")
        words["middle"] = middle.format(across=round(view.x * 100), down=round(view.y * 100))
        if table.loupe:
            share = QPointF(0.5, 0.5)
            if frame.pane.contains(table.pointer):
                point = table.pointer - frame.pane.topLeft()
                share = QPointF(point.x() / frame.pane.width(), point.y() / frame.pane.height())
            place = self.tr("Loupe at {across} % across, {down} % down")
            words["loupe place"] = place.format(across=round(share.x() * 100), down=round(share.y() * 100))
        for index, image in enumerate(table.images):
            words[f"moved {image.id}"] = self._moved(index) if viewport.was_moved(image.id) else ""
        words["moved"] = "" if viewport.has_offsets else self.tr("No image is moved")
        return words

    def _chosen(self) -> str:
        table, place = self._table, self._table.chosen.place
        if place is None:
            return ""
        name, shown = table.name_of(place), table.shown_indexes()
        who = f"{table.mark_of(place)}: {name}" if name else table.mark_of(place)
        number = shown.index(place) + 1
        return self.tr("{image}, {number} of {total}").format(image=who, number=number, total=len(shown))

    def _moved(self, index: int) -> str:
        """``B moved 1.3 % right, 0.4 % up``; in its place when it is back there."""
        across, down = self._table.viewport.offset(self._table.images[index].id)
        ways = []
        if across:
            way = self.tr("{percent} % right") if across > 0 else self.tr("{percent} % left")
            ways.append(way.format(percent=f"{abs(across) * 100:.1f}"))
        if down:
            way = self.tr("{percent} % down") if down > 0 else self.tr("{percent} % up")
            ways.append(way.format(percent=f"{abs(down) * 100:.1f}"))
        mark = self._table.mark_of(index)
        if not ways:
            return self.tr("{image} in its place").format(image=mark)
        return self.tr("{image} moved {ways}").format(image=mark, ways=listed(ways))
