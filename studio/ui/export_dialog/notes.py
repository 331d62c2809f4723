"""What an export does beside copying, each as a line with a sign."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLayoutItem, QSizePolicy, QVBoxLayout, QWidget

from studio.ui.theme import IconSize, TextRole, active
from studio.ui.translation import shown
from studio.ui.widgets import Label, Sign

if TYPE_CHECKING:
    from studio.domain.exporting import ExportNote

OF_FORMAT = frozenset({"white_background", "first_frame", "credentials_lost", "stays_svg", "as_received"})
"""Notes that follow from the format; the others are about single files."""

_SIGNS = {
    "renamed": ("copy-plus", "warn"),
    "replaced": ("repeat-2", "warn"),
    "skipped": ("ban", "text2"),
    "moved": ("info", "warn"),
    "altered": ("info", "warn"),
}


class NoteLines(QWidget):
    """No line, no room: the widget hides while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def show_notes(self, notes: Sequence[ExportNote]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            _remove(item)
        for note in notes:
            self._column.addWidget(_line(note, self))
        self.setVisible(bool(notes))

    def words(self) -> list[str]:
        """What it says, line by line."""
        return [label.text() for label in self.findChildren(Label)]


def _line(note: ExportNote, parent: QWidget) -> QWidget:
    line = QWidget(parent)
    icon_name, tone = _SIGNS.get(note.code, ("info", "text2"))
    words = Label(_note_words(note), role=TextRole.SMALL, tone="text2", parent=line)
    words.setWordWrap(True)
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    beside = QVBoxLayout()  # the sign stands beside the first line, however many there are
    beside.setContentsMargins(0, max(0, (active().line_height(TextRole.SMALL) - IconSize.ROW) // 2), 0, 0)
    beside.addWidget(Sign(icon_name, tone=tone, side=IconSize.ROW, parent=line))
    beside.addStretch(1)
    row.addLayout(beside)
    row.addWidget(words, 1)
    return line


def _remove(item: QLayoutItem) -> None:
    widget = item.widget()
    if widget is not None:
        widget.setParent(None)
        widget.deleteLater()


def _note_words(note: ExportNote) -> str:
    from studio.domain.exporting import NOTE_WORDS

    one, many = NOTE_WORDS[note.code]
    return shown(one) if note.count == 1 else shown(many, count=note.count)
