"""What stands in place of the composer while a vote is blind."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.theme import Space, TextRole
from studio.ui.translation import Translated
from studio.ui.widgets import Button, Label, Paragraph, Sign, set_surface


class ComposerCover(Translated, QWidget):
    """One sentence why, and the way back."""

    names_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, "panel")
        self._title = Label(role=TextRole.PROMPT, weight=600, parent=self)
        self._words = Paragraph(tone="text2", parent=self)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.names = Button(icon_name="eye", height=28, parent=self)
        self.names.clicked.connect(self.names_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.PANEL, Space.PANEL, Space.PANEL, Space.PANEL)
        column.setSpacing(Space.S)
        column.addStretch(1)
        column.addWidget(Sign("eye-off", tone="text3", side=24, parent=self), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()  # an alignment would ask for the height of one line as wide as the panel
        row.addWidget(self._words, 1)
        column.addLayout(row)
        column.addSpacing(Space.S)
        column.addWidget(self.names, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Covered while you vote"))
        self._words.setText(self.tr("Models and prices of the composer would tell what you vote on."))
        self.names.setText(self.tr("Show names"))
        self.names.setAccessibleName(self.tr("Show names and end the vote"))
        self.setAccessibleName(f"{self._title.text()}. {self._words.text()}")
