"""What stands in place of the table while nothing lies on it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.theme import Space, TextRole, active
from studio.ui.translation import Translated
from studio.ui.widgets import Label, Paragraph, Sign, set_surface


class EmptyTable(Translated, QWidget):
    """One sentence: how images get here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, "canvas")
        self._title = Label(role=TextRole.PROMPT, weight=600, parent=self)
        self._words = Paragraph(tone="text2", parent=self)
        self._words.setMaximumWidth(active().scaled(340))
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.setSpacing(Space.S)
        column.addStretch(1)
        column.addWidget(Sign("columns-2", tone="text3", side=24, parent=self), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()  # an alignment would ask for the height of one line as wide as the page
        row.addStretch(1)
        row.addWidget(self._words, 100)
        row.addStretch(1)
        column.addLayout(row)
        column.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Nothing to compare yet"))
        self._words.setText(self.tr("Select two to nine images in Runs or Grid and press C."))
