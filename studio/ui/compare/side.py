"""What stands beside the table: settings that differ, or the ranking; while a vote is blind, the vote."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from studio.ui.compare.differences_page import DifferencesPage
from studio.ui.compare.vote_page import VotePage
from studio.ui.theme import Space, TextRole, active
from studio.ui.translation import Translated
from studio.ui.widgets import Label, Option, Segments, Themed, set_surface
from studio.ui.widgets.rule import Rule

_HEADING_HEIGHT = 40


class CompareSide(Translated, Themed, QWidget):
    """A heading with two pages below it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, "panel")
        self.differences = DifferencesPage(self)
        self.votes = VotePage(self)
        self.choice = Segments(parent=self)
        self._title = Label(role=TextRole.PROMPT, weight=600, parent=self)
        self._place = Label(tone="text2", tabular=True, parent=self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.differences)
        self._pages.addWidget(self.votes)
        self._heading = QWidget(self)
        row = QHBoxLayout(self._heading)
        row.setContentsMargins(Space.PANEL, 0, Space.PANEL, 0)
        row.addWidget(self.choice)
        row.addWidget(self._title)
        row.addStretch(1)
        row.addWidget(self._place)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._heading)
        column.addWidget(Rule(self))
        column.addWidget(self._pages, 1)
        self.choice.chosen.connect(self._choose)
        self.restyle()
        self.retranslate()
        self.choice.set_value("differences")
        self.set_blind(False)

    def show_ranking(self) -> None:
        """Bring the ranking to the front."""
        self.choice.set_value("ranking")
        self._choose("ranking")

    def set_blind(self, blind: bool) -> None:
        """While blind the settings are out of reach, for eyes and for screen readers."""
        self.choice.setVisible(not blind)
        self._title.setVisible(blind)
        self._place.setVisible(blind)
        self.votes.set_blind(blind)
        if blind:
            self.differences.clear()
            self.show_ranking()

    def set_place(self, place: int, total: int) -> None:
        """Which pair of how many."""
        self._place.setText(self.tr("{place} of {total}").format(place=place, total=total))

    def _choose(self, page: object) -> None:
        self._pages.setCurrentWidget(self.votes if page == "ranking" else self.differences)

    def restyle(self) -> None:
        self._heading.setFixedHeight(active().scaled(_HEADING_HEIGHT))

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("About the images on the table"))
        self._title.setText(self.tr("Blind vote"))
        self.choice.set_options(
            [Option("differences", self.tr("Settings that differ")), Option("ranking", self.tr("Ranking"))]
        )
        self.choice.setAccessibleName(self.tr("Show"))
