"""What stands beside the table: the settings in which its images differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from studio.ui.compare.settings_diff import DifferingSetting, differing_settings
from studio.ui.theme import Space, TextRole
from studio.ui.translation import Translated
from studio.ui.widgets import Label, Paragraph, ScrollArea, set_surface

if TYPE_CHECKING:
    from studio.bootstrap import Studio
    from studio.domain.jobs import ImageRecord, Run
    from studio.ui.client import StudioClient

_VALUE_LINES = 4


class CompareSide(Translated, QWidget):
    """`show_differences` fills it. Nothing of it may be seen while a vote is blind."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, "panel")
        self._rows: list[DifferingSetting] = []
        self._marks: list[str] = []
        self._shared = 0
        self.title = Label(role=TextRole.PROMPT, weight=600, parent=self)
        self.note = Paragraph(tone="text2", parent=self)
        self._scroll = ScrollArea(self)
        self._body = QWidget(self._scroll.page)
        self._grid = QVBoxLayout(self._body)
        self._grid.setContentsMargins(Space.PANEL, Space.M, Space.PANEL, Space.M)
        self._grid.setSpacing(Space.M)
        self._grid.addWidget(self.title)
        self._grid.addWidget(self.note)
        self._scroll.column.addWidget(self._body)
        self._scroll.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        self._shown: list[QWidget] = []
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Settings that differ"))
        self.title.setText(self.tr("Settings that differ"))
        self._fill()

    async def show_differences(
        self, client: StudioClient, records: Sequence[ImageRecord], marks: Sequence[str]
    ) -> None:
        """Read what the images were made with and list where they differ; `marks` are their letters."""
        wanted = sorted({record.run_id for record in records})

        async def read(studio: Studio) -> dict[int, Run]:
            pages = [await studio.workspace.library.run(run_id) for run_id in wanted]
            return {int(page.run.id): page.run for page in pages if page is not None}

        runs = await client.run(read)
        titles = {spec.id: spec.title for spec in client.studio.specs}
        self._marks = list(marks)
        self._rows = differing_settings(records, runs, titles)
        self._fill()

    def _fill(self) -> None:
        for widget in self._shown:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._shown = []
        self.note.setVisible(not self._rows)
        self.note.setText(self.tr("These images were made with the same settings.") if self._marks else "")
        for setting in self._rows:
            block = _block(setting, self._marks, self._body)
            self._grid.addWidget(block)
            self._shown.append(block)


def _block(setting: DifferingSetting, marks: Sequence[str], parent: QWidget) -> QWidget:
    block = QWidget(parent)
    grid = QGridLayout(block)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(Space.S)
    grid.setVerticalSpacing(2)
    grid.setColumnStretch(1, 1)
    grid.addWidget(Label(setting.name, role=TextRole.SMALL, tone="text3", parent=block), 0, 0, 1, 2)
    groups: dict[str, list[str]] = {}
    for mark, value in zip(marks, setting.values, strict=False):
        groups.setdefault(value, []).append(mark)
    for row, (value, letters) in enumerate(groups.items(), 1):
        sign = Label(" ".join(letters), role=TextRole.BASE, weight=600, tone="text2", parent=block)
        words = Paragraph(value or "–", role=TextRole.BASE, tone="text", max_lines=_VALUE_LINES, parent=block)
        grid.addWidget(sign, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, row, 1)
    return block
