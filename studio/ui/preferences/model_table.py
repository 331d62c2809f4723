"""The models of one provider: whether they stand in the picker, what they can do, what they cost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.theme import Space, TextRole
from studio.ui.translation import Translated, filled, joined_facts
from studio.ui.widgets import Button, ButtonKind, CheckBox, ElidedLabel, Label, LineField
from studio.ui.widgets.dialog import Dialog
from studio.ui.widgets.rule import Rule

if TYPE_CHECKING:
    from studio.domain.capability import ModelSpec, ProviderSpec
    from studio.ui.client import StudioClient


class ModelTable(Translated, QWidget):
    """A tick puts a model into the composer's list; ended models are shown with their end date and cannot be ticked."""

    def __init__(self, client: StudioClient, spec: ProviderSpec, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client, self._spec_id = client, spec.id
        self._title = Label(weight=600, parent=self)
        self._prices = Label(role=TextRole.SMALL, tone="text2", parent=self)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.setColumnStretch(1, 1)
        self._widgets: list[QWidget] = []
        self.add_button = Button(kind=ButtonKind.QUIET, icon_name="plus", parent=self)
        self.add_button.clicked.connect(self._ask_name)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addStretch(1)
        head.addWidget(self._prices)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, Space.S, 0, 0)
        rows.addLayout(head)
        rows.addLayout(self._grid)
        line = QHBoxLayout()
        line.addWidget(self.add_button)
        line.addStretch(1)
        rows.addLayout(line)
        self.retranslate()

    def _spec(self) -> ProviderSpec:
        return self._client.studio.providers[self._spec_id].spec

    def _models(self) -> tuple[ModelSpec, ...]:
        """With the prices of the first account: they may depend on its region."""
        studio = self._client.studio
        return self._spec().models_for(studio.settings.current.provider(self._spec_id).accounts[0].id)

    def retranslate(self) -> None:
        self._title.setText(self.tr("Models in the picker"))
        dates = {model.prices.as_of for model in self._models() if model.prices.as_of is not None}
        newest = max(dates, default=None)
        self._prices.setText(self.tr("Prices of {date}").format(date=newest.isoformat()) if newest else "")
        self.add_button.setText(self.tr("Add model by name"))
        self._fill()

    def _fill(self) -> None:
        for widget in self._widgets:
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._widgets = []
        today = QDate.currentDate().toPython()
        for row, model in enumerate(self._models()):
            status = model.status(today)  # type: ignore[arg-type]  # toPython gives a date
            check = CheckBox(model.id, parent=self)
            check.setChecked(model.in_picker and status != "ended")
            check.setEnabled(status != "ended")
            check.toggled.connect(partial(self._tick, model.id))
            facts = ElidedLabel(self._facts(model, status), tone="text2", parent=self)
            price = Label(self._price(model), tabular=True, parent=self)
            rule = Rule(self)
            self._grid.addWidget(rule, 2 * row, 0, 1, 3)
            for column, widget in enumerate((check, facts, price)):
                side = Qt.AlignmentFlag.AlignRight if column == 2 else Qt.AlignmentFlag(0)
                self._grid.addWidget(widget, 2 * row + 1, column, side)
                self._widgets.append(widget)
            self._widgets.append(rule)

    def _facts(self, model: ModelSpec, status: str) -> str:
        if status == "ended" and model.ends_on is not None:
            return self.tr("ended {date}").format(date=model.ends_on.isoformat())
        capability = model.capability
        most = capability.n_max
        parts = [self.tr("1 image") if most == 1 else self.tr("1–{count} images").format(count=most)]
        if capability.reference_image == "ignored":
            parts.append(self.tr("text only"))
        else:
            parts.append(self.tr("%n reference(s)", "", capability.references_max))
        if status == "ending" and model.ends_on is not None:
            parts.append(self.tr("ends {date}").format(date=model.ends_on.isoformat()))
        if not model.verified:
            parts.append(self.tr("not verified"))
        return joined_facts(parts)

    def _price(self, model: ModelSpec) -> str:
        from studio.domain.pricing import Money

        prices = model.prices
        if prices.free:
            return self.tr("free")
        amounts = sorted({rule.amount for rule in prices.per_image})
        if not amounts:
            return self.tr("by use") if prices.tokens is not None else self.tr("no price")
        low, high = (Money(amount=amount, currency=prices.currency) for amount in (amounts[0], amounts[-1]))
        return str(low) if low == high else f"{low}–{str(high).lstrip('$¥€')}"

    def _tick(self, model_id: str, on: bool) -> None:
        settings = self._client.studio.settings
        key = f"{self._spec_id}/{model_id}"
        settings.change(models_in_picker={**settings.current.models_in_picker, key: on})

    def _ask_name(self) -> None:
        dialog = Dialog(self.window())
        dialog.setWindowTitle(self.tr("Add model by name"))
        field = LineField(name=self.tr("Model string"), placeholder=self._spec().default_model, parent=dialog)
        field.setMinimumWidth(340)
        dialog.body.addWidget(field)
        words = filled(
            self.tr("It is treated like {model} and marked as not verified."), model=self._spec().default_model
        )
        dialog.body.addWidget(Label(words, tone="text2"))
        dialog.set_primary(self.tr("Add"))
        dialog.accepted.connect(lambda: self._add(field.text().strip()))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        field.setFocus()

    def _add(self, model_id: str) -> None:
        from studio.bootstrap import CustomModel

        spec, settings = self._spec(), self._client.studio.settings
        if not model_id or spec.model(model_id) is not None:
            return
        custom = CustomModel(provider=spec.id, id=model_id, like=spec.default_model)
        settings.change(custom_models=(*settings.current.custom_models, custom))
        self._fill()
