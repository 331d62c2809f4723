"""Beside the table: the settings in which its images differ."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from studio.ui.settings_diff import DifferingSetting
from studio.ui.theme import Space, TextRole
from studio.ui.translation import Translated
from studio.ui.widgets import Label, Paragraph, ScrollArea
from studio.ui.widgets.marked_text import MarkedText
from studio.ui.word_diff import diff_words

_VALUE_LINES = 4
_MARKED_LINES = 12
_MARKED_FROM_CHARACTERS = 12


class DifferencesPage(Translated, QWidget):
    """`show_rows` fills it, `clear` empties it: nothing of it may be known while a vote is blind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[DifferingSetting] = ()
        self._marks: Sequence[str] = ()
        scroll = self._scroll = ScrollArea(self)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # there is nothing to stop at inside: the arrows scroll
        self._body = QWidget(scroll.page)
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(Space.PANEL, Space.M, Space.PANEL, Space.M)
        self._column.setSpacing(Space.M)
        self._note = Paragraph(tone="text2", parent=self._body)
        self._column.addWidget(self._note)
        scroll.column.addWidget(self._body)
        scroll.column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)
        self._shown: list[QWidget] = []
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Settings that differ"))
        self._fill()

    def show_rows(self, rows: Sequence[DifferingSetting], marks: Sequence[str]) -> None:
        """`marks` are the letters of the images, in the order of the values."""
        self._rows, self._marks = rows, marks
        self._fill()

    def clear(self) -> None:
        self.show_rows((), ())

    def _fill(self) -> None:
        for widget in self._shown:
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = []
        self._note.setVisible(not self._rows)
        same = self.tr("These images were made with the same settings.")
        nothing = self.tr("What differs between the images on the table is listed here.")
        self._note.setText(same if self._marks else nothing)
        for setting in self._rows:
            block = _block(setting, self._marks, self._body)
            self._column.addWidget(block)
            self._shown.append(block)
        self._scroll.setAccessibleName(self._spoken() or self._note.text())

    def _spoken(self) -> str:
        """The whole table as one text: ``Model. A, C: demo-poster. B: demo-painter``."""
        lines = []
        for setting in self._rows:
            values = (f"{', '.join(letters)}: {value or '-'}" for value, letters in _grouped(setting, self._marks))
            lines.append(f"{setting.name}. {'; '.join(values)}")
        return ". ".join(lines)


def _grouped(setting: DifferingSetting, marks: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Each value with the letters of its images."""
    groups: dict[str, list[str]] = {}
    for mark, value in zip(marks, setting.values, strict=False):
        groups.setdefault(value, []).append(mark)
    return list(groups.items())


def _block(setting: DifferingSetting, marks: Sequence[str], parent: QWidget) -> QWidget:
    block = QWidget(parent)
    grid = QGridLayout(block)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(Space.S)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    grid.addWidget(Label(setting.name, role=TextRole.SMALL, tone="text3", parent=block), 0, 0, 1, 2)
    groups = _grouped(setting, marks)
    before = ""
    for row, (value, letters) in enumerate(groups, 1):
        sign = Label(" ".join(letters), role=TextRole.BASE, weight=600, tone="text2", parent=block)
        words = _words_of(value, before if len(groups) == 2 else "", block)
        before = value
        grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, row, 1)
    return block


def _words_of(value: str, before: str, parent: QWidget) -> QWidget:
    """A value; a long one beside only one other is marked with what changed between the two."""
    if before and len(value) > _MARKED_FROM_CHARACTERS:
        pieces = diff_words(before, value)
        if len(pieces) > 1:
            return MarkedText(pieces, max_lines=_MARKED_LINES, parent=parent)
    return Paragraph(value or "–", role=TextRole.BASE, tone="text", max_lines=_VALUE_LINES, parent=parent)
