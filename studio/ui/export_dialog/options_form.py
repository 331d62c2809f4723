"""The left half of the export dialog: folder, file name, format, what to include, what to do with names that exist."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.export_dialog.name_field import NameField
from studio.ui.export_dialog.notes import NoteLines
from studio.ui.theme import IconSize, Space, TextRole, active
from studio.ui.translation import Translated, filled
from studio.ui.widgets import (
    Button,
    CheckBox,
    Chip,
    ChipKind,
    ComboBox,
    FlowLayout,
    Label,
    LineField,
    Option,
    RadioButton,
    Segments,
    Sign,
    SliderField,
)
from studio.ui.widgets.rule import Rule

if TYPE_CHECKING:
    from studio.domain.exporting import ExportOptions

_FORMATS = (("original", ""), ("png", "PNG"), ("jpeg", "JPEG"), ("webp", "WebP"), ("avif", "AVIF"))
_LOSSY = frozenset({"jpeg", "webp", "avif"})
_EDGES = (None, 4096, 2048, 1600, 1024, 512)
_ACROSS = (2, 3, 4, 5, 6)
_NAME_WIDTH = 96


class ExportOptionsForm(Translated, QWidget):
    """`changed` comes with every change; `options()` is what is chosen now."""

    changed = Signal()

    def __init__(self, options: ExportOptions, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[Label] = []
        self.folder_field = LineField(str(folder), parent=self)
        self.choose_button = Button(parent=self)
        self.folder_per_run = CheckBox(parent=self)
        self.folder_field.add_leading(Sign("folder", side=IconSize.ROW, parent=self.folder_field))
        self.name_field = NameField(self._token_words(), self)
        self.template_problem = Label(role=TextRole.SMALL, tone="danger", parent=self)
        self.template_problem.hide()
        self._tokens = QWidget(self)
        self._token_flow = FlowLayout(self._tokens, spacing=6)
        self._add = Label(role=TextRole.SMALL, tone="text2", parent=self._tokens)
        self._chips: dict[str, Chip] = {}
        self.format = Segments([Option(value, text or value) for value, text in _FORMATS], parent=self)
        self._quality_name = Label(tone="text2", parent=self)
        self.notes = NoteLines(self)
        self.quality = SliderField(minimum=1, maximum=100, value=options.quality, parent=self)
        self.edge = ComboBox(parent=self)
        self.embed = CheckBox(parent=self)
        self._embeds = options.metadata == "embed"
        self.sidecar = CheckBox(parent=self)
        self.sheet = CheckBox(parent=self)
        self.sheet_kind = ComboBox(parent=self)
        self.sheet_across = ComboBox(parent=self)
        self._no_keys = Label(role=TextRole.SMALL, tone="text2", parent=self)
        self._exists = {value: RadioButton(parent=self) for value in ("number", "replace", "skip")}
        self._exists_group = QButtonGroup(self)
        self._lay_out()
        self.retranslate()
        self.set_options(options)
        self._connect()

    # ------------------------------------------------------------------------------------------------ building
    def _lay_out(self) -> None:
        from studio.domain.exporting import NAME_TOKENS

        self._token_flow.addWidget(self._add)
        for token in NAME_TOKENS:
            chip = Chip("", kind=ChipKind.OUTLINE, parent=self._tokens)
            chip.clicked.connect(lambda _checked=False, word=token: self._insert(word))
            self._chips[token] = chip
            self._token_flow.addWidget(chip)
        for button in self._exists.values():
            self._exists_group.addButton(button)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(Space.M + 2)
        grid.setColumnMinimumWidth(0, active().scaled(_NAME_WIDTH))
        grid.setColumnStretch(1, 1)
        quality = _line(self._quality_name, self.quality, self.edge)
        sheet = _line(self.sheet, None, self.sheet_kind, self.sheet_across)
        groups: tuple[tuple[QWidget | QHBoxLayout, ...], ...] = (
            (_line(self.folder_field, self.choose_button), self.folder_per_run),
            (self.name_field, self.template_problem, self._tokens),
            (_line(self.format, None), quality, self.notes),
            (self.embed, self.sidecar, sheet, self._no_keys),
            (_line(*self._exists.values(), None),),
        )
        for place, parts in enumerate(groups):
            row = 2 * place
            if place:
                grid.addWidget(Rule(self), row - 1, 0, 1, 2)
            name = Label(tone="text2", parent=self)
            name.setFixedHeight(active().scaled(28))
            self._names.append(name)
            column = QVBoxLayout()
            column.setSpacing(Space.S)
            for part in parts:
                if isinstance(part, QWidget):
                    column.addWidget(part)
                else:
                    column.addLayout(part)
            grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(column, row, 1)
        grid.setRowStretch(2 * len(groups), 1)

    def _order_stops(self) -> None:
        """Tab goes from top to bottom, also after a change of language, which makes the segments anew."""
        upper = (
            *(self.folder_field.edit, self.choose_button, self.folder_per_run),
            *(self.name_field.edit, *self._chips.values()),
        )
        lower = (
            *(self.quality.slider, self.quality.field, self.edge, self.embed, self.sidecar),
            *(self.sheet, self.sheet_kind, self.sheet_across, *self._exists.values()),
        )
        for before, behind in (*pairwise(upper), (self.format.place_after(upper[-1]), lower[0]), *pairwise(lower)):
            QWidget.setTabOrder(before, behind)

    def _connect(self) -> None:
        self.folder_field.edit.textChanged.connect(self._tell)
        self.name_field.edit.edited.connect(self._tell)
        self.choose_button.clicked.connect(self._choose_folder)
        self.format.chosen.connect(self._tell)
        self.quality.changed.connect(self._tell)
        for combo in (self.edge, self.sheet_kind, self.sheet_across):
            combo.activated.connect(self._tell)
        self.embed.clicked.connect(self._choose_embedding)
        for check in (self.folder_per_run, self.sidecar, self.sheet):
            check.toggled.connect(self._tell)
        self._exists_group.buttonClicked.connect(self._tell)

    def retranslate(self) -> None:
        self.format.set_options([Option(value, text or self.tr("Original")) for value, text in _FORMATS])
        words = (
            self.tr("Folder"),
            self.tr("File name"),
            self.tr("Format"),
            self.tr("Include"),
            self.tr("If it exists"),
        )
        for label, text in zip(self._names, words, strict=True):
            label.setText(text)
        self.folder_field.set_name(self.tr("Folder"))
        self.choose_button.setText(self.tr("Choose..."))
        self.folder_per_run.setText(self.tr("Own folder for each run"))
        self.name_field.edit.setAccessibleName(self.tr("File name"))
        self.name_field.edit.setAccessibleDescription(self.tr("Parts in braces, such as {date}, become words."))
        self._add.setText(self.tr("Add"))
        self._quality_name.setText(self.tr("Quality"))
        self.format.setAccessibleName(self.tr("Format"))
        self.quality.set_name(self.tr("Quality"))
        self.edge.setAccessibleName(self.tr("Size"))
        self.embed.setText(self.tr("Prompt and settings inside the file (XMP)"))
        self.sidecar.setText(self.tr("Sidecar file next to each image (.json)"))
        self.sheet.setText(self.tr("Contact sheet"))
        self.sheet_kind.setAccessibleName(self.tr("Kind of contact sheet"))
        self.sheet_across.setAccessibleName(self.tr("Images across"))
        self._no_keys.setText(self.tr("API keys are never written into exports."))
        for check in (self.folder_per_run, self.embed, self.sidecar, self.sheet):
            check.setAccessibleName(check.text())
        exists = {"number": self.tr("Add a number"), "replace": self.tr("Replace"), "skip": self.tr("Skip")}
        for value, button in self._exists.items():
            button.setText(exists[value])
            button.setAccessibleName(exists[value])
        self._name_tokens()
        self._name_combos()
        self._order_stops()

    def _name_tokens(self) -> None:
        names = self._token_words()
        self.name_field.edit.set_names(names)
        for token, chip in self._chips.items():
            chip.set_words(names[token])
            chip.setAccessibleName(filled(self.tr("Add {token} to the file name"), token=names[token]))

    def _token_words(self) -> dict[str, str]:
        return {
            "date": self.tr("Date"),
            "run": self.tr("Run"),
            "model": self.tr("Model"),
            "changed": self.tr("What changed"),
            "number": self.tr("Number"),
            "provider": self.tr("Provider"),
            "prompt": self.tr("Prompt"),
            "seed": self.tr("Seed"),
            "size": self.tr("Size"),
            "rating": self.tr("Rating"),
            "tag": self.tr("Tag"),
        }

    def _name_combos(self) -> None:
        edge = self.edge.currentData() if self.edge.count() else None
        kind, across = self.sheet_kind.currentData() or "pdf", self.sheet_across.currentData() or 4
        self.edge.clear()
        for pixels in _EDGES:
            words = self.tr("Full size") if pixels is None else self.tr("At most {edge} px").format(edge=pixels)
            self.edge.addItem(words, pixels)
        self.edge.setCurrentIndex(max(0, self.edge.findData(edge)))
        self.sheet_kind.clear()
        self.sheet_kind.addItem(self.tr("PDF, A4"), "pdf")
        self.sheet_kind.addItem(self.tr("PNG, A4"), "png")
        self.sheet_kind.setCurrentIndex(self.sheet_kind.findData(kind))
        self.sheet_across.clear()
        for count in _ACROSS:
            self.sheet_across.addItem(self.tr("{count} across").format(count=count), count)
        self.sheet_across.setCurrentIndex(max(0, self.sheet_across.findData(across)))

    # ------------------------------------------------------------------------------------------------ value
    def folder(self) -> Path:
        """As it is typed; ``~`` is the user's home."""
        typed = Path(self.folder_field.text().strip())
        try:
            return typed.expanduser()
        except RuntimeError:  # the home of somebody whom this computer does not know
            return typed

    def folder_is_whole(self) -> bool:
        """Whether it says where it is: an empty or relative one would lie wherever the program was started."""
        return self.folder().is_absolute()

    def options(self) -> ExportOptions:
        from studio.domain.exporting import ContactSheet, ExportOptions

        exists = next((value for value, button in self._exists.items() if button.isChecked()), "number")
        sheet = None
        if self.sheet.isChecked():
            sheet = ContactSheet(kind=self.sheet_kind.currentData(), across=self.sheet_across.currentData())
        return ExportOptions.model_validate(
            {
                "template": self.name_field.edit.template(),
                "folder_per_run": self.folder_per_run.isChecked(),
                "format": self.format.value(),
                "quality": self.quality.value(),
                "longest_edge_px": self.edge.currentData(),
                "metadata": "embed" if self._embeds else "strip",
                "sidecar": self.sidecar.isChecked(),
                "contact_sheet": sheet,
                "if_exists": exists,
            }
        )

    def set_options(self, options: ExportOptions) -> None:
        """Show these, without a signal for each part."""
        self.blockSignals(True)
        self.name_field.edit.set_template(options.template)
        self.folder_per_run.setChecked(options.folder_per_run)
        self.format.set_value(options.format)
        self.quality.set_value(options.quality)
        self.edge.setCurrentIndex(max(0, self.edge.findData(options.longest_edge_px)))
        self._embeds = options.metadata == "embed"
        self.sidecar.setChecked(options.sidecar)
        self.sheet.setChecked(options.contact_sheet is not None)
        if options.contact_sheet is not None:
            self.sheet_kind.setCurrentIndex(self.sheet_kind.findData(options.contact_sheet.kind))
            self.sheet_across.setCurrentIndex(max(0, self.sheet_across.findData(options.contact_sheet.across)))
        self._exists[options.if_exists].setChecked(True)
        self._follow()
        self.blockSignals(False)
        self.changed.emit()

    def show_template_problem(self, words: str) -> None:
        self.template_problem.setText(words)
        self.template_problem.setVisible(bool(words))

    def _tell(self, *_arguments: object) -> None:
        self._follow()
        self.changed.emit()

    def _choose_embedding(self, chosen: bool) -> None:
        self._embeds = chosen
        self._tell()

    def _follow(self) -> None:
        """What the format makes meaningless is disabled, with the reason."""
        from studio.ui.widgets import set_available

        chosen = self.format.value()
        set_available(self.quality, chosen in _LOSSY, self.tr("JPEG, WebP and AVIF only"))
        self._quality_name.setEnabled(chosen in _LOSSY)
        made_anew = chosen != "original"
        set_available(self.edge, made_anew, self.tr("Originals are copied as they came."))
        set_available(self.embed, made_anew, self.tr("Originals are copied as they came."))
        self.embed.setChecked(made_anew and self._embeds)  # nothing is written into a copy of an original
        for combo in (self.sheet_kind, self.sheet_across):
            combo.setEnabled(self.sheet.isChecked())
        used = self.name_field.edit.used_tokens()
        for token, chip in self._chips.items():
            chip.setVisible(token not in used)
        self._tokens.setVisible(len(set(used)) < len(self._chips))

    def _insert(self, token: str) -> None:
        self.name_field.edit.insert_token(token)
        self.name_field.edit.setFocus()

    def _choose_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder for the copies"), str(self.folder()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self.folder_field.edit.setText)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _line(*parts: QWidget | None) -> QHBoxLayout:
    """Widgets side by side; None is a stretch."""
    row = QHBoxLayout()
    row.setSpacing(Space.S)
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part)
    return row
