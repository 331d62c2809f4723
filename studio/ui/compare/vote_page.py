"""Beside the table: while a vote is blind its prompt and reasons, and always the ranking."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.domain.standings import Standings
from studio.ui.compare.ranking_list import RankingList
from studio.ui.compare.standings import nameless
from studio.ui.theme import Space, TextRole
from studio.ui.translation import Translated
from studio.ui.widgets import (
    Button,
    Chip,
    ChipKind,
    ComboBox,
    FlowLayout,
    Label,
    Paragraph,
    ScrollArea,
    Sign,
    set_available,
)
from studio.ui.widgets.rule import Rule

REASONS = ("prompt", "composition", "light", "colour", "detail", "text", "anatomy")
_PROMPT_LINES = 7
Scope = tuple[str, str]
"""What the ranking is of: ``("all", "")``, ``("brief", prompt)``, ``("tag", name)``, or ``("images", "")`` for the
images of the last vote or on the table, each on its own."""


class VotePage(Translated, QWidget):
    """`set_blind`, `show_pair`, `show_standings`, `set_scopes`, `reasons`."""

    scope_chosen = Signal(object)
    names_clicked = Signal()
    start_clicked = Signal()
    save_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = Standings()
        self._blind = False
        self.why_no_vote: Callable[[], str] = str
        """Why no vote could be kept; empty when it can."""
        self._scopes: list[Scope] = []
        self._prompt_title = Label(weight=600, parent=self)
        self._prompt = Paragraph(tone="text2", max_lines=_PROMPT_LINES, parent=self)
        self._why = Label(weight=600, parent=self)
        self._optional = Label(tone="text3", parent=self)
        self._chips = {key: Chip("", kind=ChipKind.OUTLINE, checkable=True, parent=self) for key in REASONS}
        self._title = Label(weight=600, parent=self)
        self.scope = ComboBox(small=True, parent=self)
        self._columns = (
            Label("#", role=TextRole.SMALL, tone="text2", parent=self),
            Label(role=TextRole.SMALL, tone="text2", parent=self),
            Label(role=TextRole.SMALL, tone="text2", parent=self),
        )
        self.list = RankingList(self)
        self._sign = Sign("info", tone="text2", parent=self)
        self._note = Paragraph(tone="text2", parent=self)
        self.names = Button(icon_name="eye", height=28, parent=self)
        self.save = Button(icon_name="download", height=28, parent=self)
        self._lay_out()
        self.scope.activated.connect(self._scope_activated)
        self.names.clicked.connect(self._names_pressed)
        self.save.clicked.connect(self.save_clicked)
        self.set_blind(False)
        self.show_standings(self._table)
        self.retranslate()

    def _lay_out(self) -> None:
        scroll = ScrollArea(self)
        self._blind_part = QWidget(scroll.page)
        self._blind_part.setObjectName("blindPart")
        blind = QVBoxLayout(self._blind_part)
        blind.setContentsMargins(0, 0, 0, 0)
        blind.setSpacing(0)
        blind.addWidget(_section([self._prompt_title, self._prompt], self._blind_part))
        blind.addWidget(Rule(self._blind_part))
        why = _line([self._why, self._optional, None], self._blind_part)
        chips = QWidget(self._blind_part)
        flow = FlowLayout(chips, spacing=6, line_spacing=6)
        for chip in self._chips.values():
            flow.addWidget(chip)
        blind.addWidget(_section([why, chips], self._blind_part))
        blind.addWidget(Rule(self._blind_part))
        heading = _line([self._title, None, self.scope], scroll.page)
        number, model, tally = self._columns
        number.setFixedWidth(20 - Space.XS)
        columns = _line([number, model, None, tally], scroll.page)
        note = _line([self._sign, self._note], scroll.page, stretch=1)
        note.layout().setAlignment(self._sign, Qt.AlignmentFlag.AlignTop)  # type: ignore[union-attr]  # made above
        scroll.column.addWidget(self._blind_part)
        scroll.column.addWidget(_section([heading, columns], scroll.page, bottom=Space.XS))
        scroll.column.addWidget(Rule(scroll.page))
        scroll.column.addWidget(self.list)
        scroll.column.addWidget(_section([note], scroll.page))
        scroll.column.addStretch(1)
        footer = QWidget(self)
        row = QHBoxLayout(footer)
        row.setContentsMargins(Space.PANEL, Space.M, Space.PANEL, Space.M)
        row.setSpacing(Space.S)
        row.addWidget(self.names, 1)
        row.addWidget(self.save, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(Rule(self))
        column.addWidget(footer)

    def set_blind(self, blind: bool) -> None:
        self._blind = blind
        self._blind_part.setVisible(blind)
        set_available(self.scope, not blind, self.tr("The ranking stands still until the vote is over."))
        self.retranslate()

    def set_start_available(self, available: bool) -> None:
        """Whether there are images to vote on."""
        set_available(self.names, available or self._blind, self.tr("Put at least two images on the table."))

    def show_pair(self, brief: str) -> None:
        """The prompt of the next pair; its reasons are not chosen yet."""
        self._prompt.setText(brief or self.tr("These two were made with different prompts."))
        for chip in self._chips.values():
            chip.setChecked(False)

    @property
    def reasons(self) -> tuple[str, ...]:
        return tuple(key for key, chip in self._chips.items() if chip.isChecked())

    def set_scopes(self, scopes: list[Scope], chosen: Scope) -> None:
        """What one can choose to see the ranking of."""
        self._scopes = scopes
        names = {"all": self.tr("All votes"), "brief": self.tr("This prompt"), "images": self.tr("These images")}
        self.scope.clear()
        self.scope.add_options(
            [(names.get(kind) or self.tr("Tag {name}").format(name=name), (kind, name)) for kind, name in scopes]
        )
        self.scope.set_value(chosen)
        self.scope.updateGeometry()

    def show_standings(self, table: Standings) -> None:
        self._table = table
        self._tell()

    def _tell(self) -> None:
        """The ranking and what there is to say of it. While blind its rows have no names, and no file gets any."""
        rows = self._table.rows
        self.list.set_rows(nameless(rows) if self._blind else rows)
        reason = (
            self.tr("Names are hidden until the vote is over.") if self._blind else self.tr("No vote was cast yet.")
        )
        set_available(self.save, bool(rows) and not self._blind, reason)
        count = self._table.vote_count
        shown = bool(self._table.rows)
        for label in self._columns:
            label.setVisible(shown)
        self._columns[1].setText(self.tr("Image") if self._table.of_images else self.tr("Model"))
        if not shown and self._table.within_one_model:
            words = self.tr(
                '%n vote(s) so far, each between images of one model. Choose "These images" to see which won.',
                "",
                self._table.within_one_model,
            )
        elif not shown:
            words = self.tr("No votes yet. Models are hidden while you choose the better of two images.")
        elif self._table.settled:
            words = self.tr("%n vote(s) so far. No two neighbouring ranges overlap: the order is settled.", "", count)
        else:
            words = self.tr(
                "%n vote(s) so far. Neighbouring ranges overlap, so the order is not settled yet.", "", count
            )
        self._note.setText(words)

    def _names_pressed(self) -> None:
        wish = self.names_clicked if self._blind else self.start_clicked
        wish.emit()

    def _scope_activated(self) -> None:
        value = self.scope.value()
        if isinstance(value, tuple):
            self.scope_chosen.emit(value)

    def retranslate(self) -> None:
        self._prompt_title.setText(self.tr("Prompt"))
        self._why.setText(self.tr("Why?"))
        self._optional.setText(self.tr("optional"))
        words = {
            "prompt": self.tr("Follows the prompt"),
            "composition": self.tr("Composition"),
            "light": self.tr("Light"),
            "colour": self.tr("Colour"),
            "detail": self.tr("Detail"),
            "text": self.tr("Text"),
            "anatomy": self.tr("Anatomy"),
        }
        for key, chip in self._chips.items():
            chip.set_words(words[key])
        self._title.setText(self.tr("Ranking"))
        self._columns[2].setText(self.tr("won–lost–tied"))
        self.scope.set_name(self.tr("Ranking of"))
        self.list.setAccessibleName(self.tr("Ranking"))
        self.names.setText(self.tr("Show names") if self._blind else self.tr("Blind vote"))
        self.names.set_icon_name("eye" if self._blind else "eye-off")
        if why_not := self.why_no_vote():
            set_available(self.names, self._blind, why_not)
        self.save.setText(self.tr("Save table..."))
        self._tell()


def _section(parts: list[QWidget], parent: QWidget, *, bottom: int = Space.M) -> QWidget:
    section = QWidget(parent)
    column = QVBoxLayout(section)
    column.setContentsMargins(Space.PANEL, Space.M, Space.PANEL, bottom)
    column.setSpacing(Space.S)
    for part in parts:
        column.addWidget(part)
    return section


def _line(parts: list[QWidget | None], parent: QWidget, *, stretch: int = 0) -> QWidget:
    """Widgets side by side; None is a stretch, `stretch` is for the last one."""
    line = QWidget(parent)
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(Space.XS if stretch == 0 else Space.S)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part, stretch if part is parts[-1] else 0)
    return line
