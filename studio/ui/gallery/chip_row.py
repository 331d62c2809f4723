"""The chips of the filter bar side by side: where room is short, the longest words are cut first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from studio.ui.theme import Space
from studio.ui.widgets import Button, Chip, safe_override

_NO_LIMIT_PX = 16_777_215


class ChipRow(QWidget):
    """`add_chip` loses its words before any other chip does; it and `clear_button` never lose their place."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._chips: list[Chip] = []
        self._ends: tuple[Chip, Button] | None = None
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(Space.S)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_ends(self, add_chip: Chip, clear_button: Button) -> None:
        """What stands behind the chips."""
        self._ends = add_chip, clear_button
        self._row.addWidget(add_chip)
        self._row.addWidget(clear_button)
        self._row.addStretch(1)

    def set_chips(self, chips: Sequence[Chip]) -> None:
        """Put these in place of the ones before, which are deleted; the focus stays at its place in the row."""
        before, self._chips = self._chips, list(chips)
        focused = next((place for place, chip in enumerate(before) if chip.hasFocus()), None)
        for old in before:
            self._row.removeWidget(old)
        for place, chip in enumerate(self._chips):
            self._row.insertWidget(place, chip)
            chip.show()  # the layout would do it too late for the focus
        if focused is not None and self._ends is not None:
            ahead = self._chips[focused] if focused < len(self._chips) else self._ends[0]
            ahead.setFocus(Qt.FocusReason.OtherFocusReason)
        for old in before:
            old.hide()
            old.deleteLater()
        self.fit()

    def fit(self) -> None:
        """Share the room out again: the words or the width have changed."""
        if self._ends is None:
            return
        add_chip, clear_button = self._ends
        behind = clear_button.sizeHint().width() + Space.S if not clear_button.isHidden() else 0
        room = self.width() - behind - Space.S * len(self._chips)
        wanted = [chip.sizeHint().width() for chip in self._chips]
        add_chip.set_compact(False)
        if sum(wanted) + add_chip.sizeHint().width() > room:
            add_chip.set_compact(True)
        most = largest_share(wanted, room - add_chip.sizeHint().width())
        for chip in self._chips:
            chip.setMaximumWidth(max(most, chip.minimumSizeHint().width()))

    @safe_override(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()


def largest_share(wanted: Sequence[int], room: int) -> int:
    """The width that no part may go beyond so that all fit into `room`; without need there is no such limit."""
    left = room
    for number, width in enumerate(sorted(wanted)):
        share = left // (len(wanted) - number)
        if width > share:
            return max(0, share)
        left -= width
    return _NO_LIMIT_PX
