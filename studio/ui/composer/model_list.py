"""The models of the picker: several ticks, further models by name, each provider in the user's order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.composer.model_row import ModelRow
from studio.ui.theme import Space
from studio.ui.translation import Translated, catalog_text, shown
from studio.ui.widgets import IconButton, Label
from studio.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from studio.bootstrap import Settings
    from studio.domain.capability import ModelSpec, ProviderSpec
    from studio.domain.plan import TargetPlan
    from studio.domain.request import Target
    from studio.domain.values import OptionValue


class ModelList(Translated, QWidget):
    """One row for each provider with its current model, and rows for further models that the user added."""

    changed = Signal()
    key_wanted = Signal(str)
    suggested = Signal(object)
    """Why a suggested provider was ticked, as `ui.translation.Words`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._specs: dict[str, ProviderSpec] = {}
        self._keys_missing: Mapping[str, bool | None] = {}
        self._options: dict[str, dict[str, OptionValue]] = {}
        self._has_references = False
        self.rows: list[ModelRow] = []
        self._title = Label(weight=600, tone="text2", parent=self)
        self._count = Label(tone="text2", tabular=True, parent=self)
        self.add_button = IconButton("plus", side=24, parent=self)
        self.add_button.clicked.connect(self._offer_models)
        heading = QHBoxLayout()
        heading.setSpacing(Space.S)
        heading.addWidget(self._title)
        heading.addWidget(self._count)
        heading.addStretch(1)
        heading.addWidget(self.add_button)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(Space.XS)
        self._layout.addLayout(heading)
        self.retranslate()

    def set_providers(
        self, specs: Sequence[ProviderSpec], settings: Settings, keys_missing: Mapping[str, bool | None]
    ) -> None:
        """Build the rows anew; ticks, models and options that still exist stay."""
        ticked = {row.key for row in self.rows if row.is_ticked}
        models = {row.provider.id: row.model.id for row in reversed(self.rows)}
        extra = [row.key for row in self.rows]
        self._options.update({row.key: row.options() for row in self.rows})
        # What can run comes first: at the first start that is Demo, which is ticked.
        specs = sorted(specs, key=lambda spec: keys_missing.get(spec.id, False) is not False)
        self._specs = {spec.id: spec for spec in specs}
        self._keys_missing = keys_missing
        first = not self.rows
        for row in self.rows:
            self._layout.removeWidget(row)
            row.deleteLater()
        self.rows = []
        for spec in specs:
            model = spec.model(models.get(spec.id, "")) or spec.model(spec.default_model) or spec.models[0]
            self._add_row(spec, model, ticked=f"{spec.id}/{model.id}" in ticked)
            for chosen in spec.models:
                key = f"{spec.id}/{chosen.id}"
                wanted = settings.models_in_picker.get(key, False) if first else key in extra
                if wanted and chosen.id != model.id:
                    self._add_row(spec, chosen, ticked=key in ticked)
        self._write_count()

    def _add_row(self, spec: ProviderSpec, model: ModelSpec, *, ticked: bool) -> ModelRow:
        row = ModelRow(spec, model, self._options.get(f"{spec.id}/{model.id}"), ticked=ticked, parent=self)
        row.set_key_missing(self._keys_missing.get(spec.id) is True)
        row.set_has_references(self._has_references)
        row.changed.connect(self._row_changed)
        row.key_wanted.connect(self.key_wanted)
        row.removed.connect(partial(self._remove, row))
        place = next((i + 1 for i in reversed(range(len(self.rows))) if self.rows[i].provider.id == spec.id), None)
        place = len(self.rows) if place is None else place
        self.rows.insert(place, row)
        self._layout.insertWidget(place + 1, row)
        return row

    # ------------------------------------------------------------------------------------------------ value
    def targets(self) -> tuple[Target, ...]:
        """The ticked ones, in order."""
        return tuple(_target(row) for row in self.rows if row.is_ticked)

    def shown_targets(self) -> tuple[Target, ...]:
        """All rows, so that each shows its price before it is ticked."""
        return tuple(_target(row) for row in self.rows)

    def without_key(self) -> tuple[ProviderSpec, ...]:
        """The provider of each ticked row that has no key."""
        ticked = (row.provider for row in self.rows if row.is_ticked)
        return tuple(provider for provider in ticked if self._keys_missing.get(provider.id) is True)

    def ticked_models(self) -> list[ModelSpec]:
        return [row.model for row in self.rows if row.is_ticked]

    def tick(self, targets: Iterable[Target]) -> None:
        """Tick exactly these with exactly their options, adding rows for models that are not in the list; unknown ones
        are left out."""
        wanted = {target.key: target for target in targets}
        for row in self.rows:
            row.check.blockSignals(True)
            row.check.setChecked(row.key in wanted)
            row.check.blockSignals(False)
            if row.key in wanted and row.options() != wanted[row.key].options:
                row.set_options(wanted[row.key].options)
        known = {row.key for row in self.rows}
        for key, target in wanted.items():
            spec = self._specs.get(target.provider)
            model = spec.model(target.model) if spec is not None else None
            if key not in known and spec is not None and model is not None:
                self._options[key] = dict(target.options)
                self._add_row(spec, model, ticked=True)
        self._row_changed()

    def all_options(self) -> dict[str, Any]:
        """Options of every model the user has set some for, by ``provider/model``."""
        self._options.update({row.key: row.options() for row in self.rows})
        return {key: values for key, values in self._options.items() if values}

    def set_all_options(self, options: dict[str, dict[str, OptionValue]]) -> None:
        """Exactly these options, by ``provider/model``; a model that is not named has its defaults."""
        self._options = dict(options)
        for row in self.rows:
            wanted = options.get(row.key, {})
            if row.options() != wanted:
                row.set_options(wanted)

    def set_has_references(self, has_references: bool) -> None:
        """Whether the request has reference images: some options are for one case only."""
        self._has_references = has_references
        for row in self.rows:
            row.set_has_references(has_references)

    def show_plans(self, plans: Sequence[TargetPlan]) -> None:
        """One plan for each row, in the order of `shown_targets`. Notes show on ticked rows only."""
        for row, plan in zip(self.rows, plans, strict=True):
            row.show_plan(plan)

    # ------------------------------------------------------------------------------------------------ inner
    def retranslate(self) -> None:
        self._title.setText(self.tr("Models"))
        self.add_button.set_name(self.tr("Add a model"))
        self._write_count()

    def _row_changed(self) -> None:
        self._write_count()
        self.changed.emit()

    def _write_count(self) -> None:
        ticked = sum(row.is_ticked for row in self.rows)
        self._count.setText(self.tr("{ticked} of {total}").format(ticked=ticked, total=len(self.rows)))

    def _remove(self, row: ModelRow) -> None:
        self._options[row.key] = row.options()
        self.rows.remove(row)
        self._layout.removeWidget(row)
        row.deleteLater()
        self._row_changed()

    def _offer_models(self) -> None:
        """All live models that have no row yet, by provider."""
        from datetime import UTC, datetime

        today = datetime.now(UTC).date()
        menu = Menu(parent=self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        known = {row.key for row in self.rows}
        for spec in self._specs.values():
            inner = menu.add_menu(catalog_text(spec.title))
            free = [model for model in spec.models if f"{spec.id}/{model.id}" not in known]
            for model in free:
                if model.status(today) != "ended":
                    inner.add(model.id, partial(self._take, spec, model))
            inner.menuAction().setEnabled(not inner.isEmpty())
        self._offer_suggestions(menu)
        menu.open_at(self.add_button, align_right=True)

    def _offer_suggestions(self, menu: Menu) -> None:
        """What each provider is good for; choosing one ticks its model and says why."""
        from studio.domain.suggestions import SUGGESTIONS

        known = [one for one in SUGGESTIONS if one.provider in self._specs]
        if not known:
            return
        menu.addSeparator()
        inner = menu.add_menu(self.tr("Suggest for"))
        for suggestion in known:
            title = shown(suggestion.title)
            name = catalog_text(self._specs[suggestion.provider].title)
            inner.add(f"{title}: {name}", partial(self._follow, suggestion.provider, suggestion.reason))

    def _follow(self, provider: str, reason: str) -> None:
        spec = self._specs[provider]
        row = next((row for row in self.rows if row.provider.id == provider), None)
        if row is None:
            model = spec.model(spec.default_model) or spec.models[0]
            row = self._add_row(spec, model, ticked=True)
        row.check.setChecked(True)
        self.suggested.emit(lambda: shown(reason))
        self._row_changed()

    def _take(self, spec: ProviderSpec, model: ModelSpec) -> None:
        self._add_row(spec, model, ticked=True).check.setFocus()
        self._row_changed()


def _target(row: ModelRow) -> Target:
    from studio.domain.request import Target

    return Target(provider=row.provider.id, model=row.model.id, options=row.options())
