"""The options that only one model has, as a form built from its capability data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from studio.ui.theme import Space, TextRole
from studio.ui.translation import Translated, catalog_text
from studio.ui.widgets import (
    ComboBox,
    Label,
    LineField,
    Option,
    Segments,
    SliderField,
    Switch,
    set_tooltip,
)
from studio.ui.widgets.themed import set_available, set_surface

if TYPE_CHECKING:
    from studio.domain.capability import ModelSpec, OptionSpec
    from studio.domain.values import OptionValue

_SEGMENTS_MAX = 5
_SEGMENT_CHARACTERS_MAX = 26
"""More letters than this in all segments together do not fit beside the label; a combo takes over."""
_STEPS_MAX = 4


def _choices(spec: OptionSpec) -> list[tuple[OptionValue, str]]:
    if spec.kind == "choice":
        return [(choice.value, choice.title or str(choice.value)) for choice in spec.choices]
    low, high = int(spec.minimum or 0), int(spec.maximum or 0)
    return [(number, str(number)) for number in range(low, high + 1)]


def _is_short_range(spec: OptionSpec) -> bool:
    if spec.kind != "integer" or spec.minimum is None or spec.maximum is None:
        return False
    return spec.maximum - spec.minimum < _STEPS_MAX


class OptionForm(Translated, QWidget):
    """`changed` comes when the user sets something; `values` holds only what differs from the model's default."""

    changed = Signal()

    def __init__(
        self,
        model: ModelSpec,
        values: dict[str, OptionValue],
        parent: QWidget | None = None,
        *,
        has_references: bool = False,
    ) -> None:
        super().__init__(parent)
        self.model = model
        self._has_references = has_references
        self._values = dict(values)
        self._controls: dict[str, QWidget] = {}
        self._notes: dict[str, Label] = {}
        self._names: dict[str, Label] = {}
        set_surface(self, "raised")
        self.setProperty("card", True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(Space.S)
        self._grid.setColumnStretch(1, 1)
        for row, spec in enumerate(model.capability.options):
            self._add_row(row, spec)
        self.retranslate()
        self._follow_conditions()

    def values(self) -> dict[str, OptionValue]:
        return dict(self._values)

    def set_has_references(self, has_references: bool) -> None:
        """Whether the request has reference images: some options are for one case only."""
        if has_references != self._has_references:
            self._has_references = has_references
            self._follow_conditions()

    def set_note(self, name: str, text: str) -> None:
        """A few words beside an option, e.g. what it adds to the price."""
        note = self._notes.get(name)
        if note is not None:
            note.setText(text)
            note.setVisible(bool(text))

    def retranslate(self) -> None:
        for spec in self.model.capability.options:
            title, control = catalog_text(spec.title), self._controls[spec.name]
            self._names[spec.name].setText(title)
            if isinstance(control, (LineField, SliderField)):
                control.set_name(title)
            control.setAccessibleName(title)
            if spec.help:
                set_tooltip(self._names[spec.name], catalog_text(spec.help))
            if isinstance(control, Segments):
                control.set_options([Option(value, catalog_text(text)) for value, text in _choices(spec)])
                control.set_value(self._current(spec))
            elif isinstance(control, ComboBox):
                for row, (_, text) in enumerate(_choices(spec)):
                    control.setItemText(row, catalog_text(text))
        self._follow_conditions()

    def _add_row(self, row: int, spec: OptionSpec) -> None:
        name = Label(tone="text2", parent=self)
        control = self._control_for(spec)
        note = Label(role=TextRole.SMALL, tone="text3", parent=self)
        note.setWordWrap(True)
        note.setVisible(False)
        self._names[spec.name], self._controls[spec.name], self._notes[spec.name] = name, control, note
        name.setMinimumHeight(control.sizeHint().height())
        self._grid.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
        cell = QVBoxLayout()  # beside its control a reason would be cut, and so would the control
        cell.setSpacing(Space.XXS)
        if isinstance(control, Switch):
            cell.addWidget(control, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            cell.addWidget(control)
        cell.addWidget(note)
        self._grid.addLayout(cell, row, 1)

    def _control_for(self, spec: OptionSpec) -> QWidget:
        current = self._current(spec)
        choices = _choices(spec) if spec.kind == "choice" or _is_short_range(spec) else []
        if choices and len(choices) <= _SEGMENTS_MAX and sum(len(t) for _, t in choices) <= _SEGMENT_CHARACTERS_MAX:
            segments = Segments([Option(value, text) for value, text in choices], stretch=True, parent=self)
            segments.set_value(current)
            segments.chosen.connect(lambda value, name=spec.name: self._set(name, value))
            return segments
        if choices:
            combo = ComboBox(parent=self)
            for value, text in choices:
                combo.addItem(text, value)
            combo.setCurrentIndex(next((i for i, (value, _) in enumerate(choices) if value == current), -1))
            combo.activated.connect(lambda index, box=combo, name=spec.name: self._set(name, box.itemData(index)))
            return combo
        if spec.kind == "boolean":
            switch = Switch(parent=self)
            switch.setChecked(bool(current))
            switch.toggled.connect(lambda on, name=spec.name: self._set(name, on))
            return switch
        if spec.kind in ("integer", "number") and spec.minimum is not None and spec.maximum is not None:
            slider = SliderField(minimum=int(spec.minimum), maximum=int(spec.maximum), parent=self)
            slider.set_value(int(current if isinstance(current, (int, float)) else spec.minimum))
            slider.changed.connect(lambda value, name=spec.name: self._set(name, value))
            return slider
        field = LineField(str(current or ""), parent=self)
        field.edit.textEdited.connect(lambda text, name=spec.name: self._set(name, text))
        return field

    def _current(self, spec: OptionSpec) -> OptionValue | None:
        return self._values.get(spec.name, spec.default)

    def _set(self, name: str, value: OptionValue) -> None:
        spec = self.model.capability.option(name)
        if spec is not None and value in (spec.default, ""):
            self._values.pop(name, None)
        else:
            self._values[name] = value
        self._follow_conditions()
        self.changed.emit()

    def _follow_conditions(self) -> None:
        """An option that another choice rules out stays visible, disabled, with the reason below it."""
        from studio.domain.fit_options import broken_condition

        situation = {**self._values, "references": "some" if self._has_references else "none"}
        for spec in self.model.capability.options:
            reason = broken_condition(spec, situation, self.model)
            set_available(self._controls[spec.name], reason is None, catalog_text(reason) if reason else "")
            if spec.only_when:
                self.set_note(spec.name, catalog_text(reason) if reason else "")
