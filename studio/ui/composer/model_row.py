"""One model of the picker: ticked or not, its price, what will differ, and its options in place."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.composer.option_form import OptionForm
from studio.ui.theme import Height, Space, TextRole
from studio.ui.translation import Translated, catalog_text, filled, joined_facts, shown
from studio.ui.widgets import Button, ButtonKind, CheckBox, ElidedLabel, IconButton, Label, Monogram
from studio.ui.widgets.menu import Menu

if TYPE_CHECKING:
    from studio.domain.capability import ModelSpec, ProviderSpec
    from studio.domain.plan import TargetPlan
    from studio.domain.values import OptionValue

PRICE_WIDTH = 52
_INDENT = 44


class ModelRow(Translated, QWidget):
    """`changed` comes when tick, model or options change. The row never decides a price: it shows a `TargetPlan`."""

    changed = Signal()
    key_wanted = Signal(str)
    removed = Signal()

    def __init__(
        self,
        provider: ProviderSpec,
        model: ModelSpec,
        options: dict[str, OptionValue] | None = None,
        *,
        ticked: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.provider, self.model = provider, model
        self._options = dict(options or {})
        self._plan: TargetPlan | None = None
        self._key_missing = False
        self._form: OptionForm | None = None
        self._has_references = False
        self.check = CheckBox(parent=self)
        self.check.setChecked(ticked)
        self._monogram = Monogram(provider.monogram, parent=self)
        self._title = Label(weight=500, parent=self)
        self._model_button = Button(kind=ButtonKind.QUIET, height=Height.SMALL, parent=self)
        self._model_button.setMinimumWidth(40)  # a long model string gives way to price and key
        self._price = Label(tabular=True, parent=self)
        self._price.setMinimumWidth(PRICE_WIDTH)
        self._price.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._add_key = Button(kind=ButtonKind.QUIET, icon_name="key-round", height=Height.SMALL, parent=self)
        self.disclosure = IconButton("chevron-right", side=Height.SMALL, checkable=True, parent=self)
        self.disclosure.set_icon_name("chevron-right", when_on="chevron-down")
        self._note = ElidedLabel(role=TextRole.SMALL, tone="text2", parent=self)
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S)
        line.addWidget(self.check)
        line.addWidget(self._monogram)
        line.addWidget(self._title)
        line.addSpacing(-Space.S)
        line.addWidget(self._model_button, 0)
        line.addStretch(1)
        line.addWidget(self._price)
        line.addWidget(self._add_key)
        line.addWidget(self.disclosure)
        line.setSpacing(6)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._rows.addLayout(line)
        below = QHBoxLayout()
        below.setContentsMargins(_INDENT, 0, 0, Space.XS)
        below.addWidget(self._note)
        self._rows.addLayout(below)

    def _connect(self) -> None:
        self.check.toggled.connect(self._ticked)
        self.disclosure.toggled.connect(self._fold)
        self._model_button.clicked.connect(self._choose_model)
        self._add_key.clicked.connect(lambda: self.key_wanted.emit(self.provider.id))

    # ------------------------------------------------------------------------------------------------ value
    @property
    def is_ticked(self) -> bool:
        return self.check.isChecked()

    @property
    def key(self) -> str:
        """``provider/model``, as in `Target.key`."""
        return f"{self.provider.id}/{self.model.id}"

    def options(self) -> dict[str, OptionValue]:
        """What the user set for this model."""
        return self._form.values() if self._form is not None else dict(self._options)

    def set_options(self, options: dict[str, OptionValue]) -> None:
        self._options = dict(options)
        if self._form is not None:
            self._drop_form()
            self._fold(self.disclosure.isChecked())

    def set_has_references(self, has_references: bool) -> None:
        """Whether the request has reference images: some options are for one case only."""
        self._has_references = has_references
        if self._form is not None:
            self._form.set_has_references(has_references)

    def set_model(self, model: ModelSpec) -> None:
        """Another model of the same provider; options that it does not know are left behind."""
        kept = {name: value for name, value in self.options().items() if model.capability.option(name)}
        self.model, self._options = model, kept
        self._drop_form()
        self.retranslate()
        self._fold(self.disclosure.isChecked())

    # ------------------------------------------------------------------------------------------------ showing
    def set_key_missing(self, missing: bool) -> None:
        self._key_missing = missing
        self._write()

    def show_plan(self, plan: TargetPlan | None) -> None:
        """Price and note of this target for the wish as it stands; None while it is not ticked."""
        self._plan = plan
        self._write()

    def retranslate(self) -> None:
        title = catalog_text(self.provider.title)
        self._title.setText(title)
        self._model_button.setText(self.model.id)
        self._model_button.setAccessibleName(self.tr("{provider}, other models").format(provider=title))
        self._add_key.setText(self.tr("Add key"))
        self._add_key.setAccessibleName(filled(self.tr("Add key for {provider}"), provider=title))
        self.disclosure.set_name(filled(self.tr("Options of {model}"), model=self.model.id))
        self.disclosure.setVisible(bool(self.model.capability.options))
        self._write()

    def _write(self) -> None:
        ticked = self.is_ticked
        self._title.set_tone("text" if ticked else "text2")
        self._monogram.set_faded(not ticked)
        self._price.setText(self._price_words())
        self._price.set_tone("text" if ticked and self._has_price() else "text2")
        self._price.setVisible(not self._key_missing)
        self._add_key.setVisible(self._key_missing)
        self.disclosure.setVisible(bool(self.model.capability.options) and not self._key_missing)
        words, tone, full = self._note_words()
        self._note.set_full_text(words)
        self._note.set_tone(tone)
        self._note.set_hint(full)
        self._note.setVisible(bool(words))
        self.check.setAccessibleName(self._spoken(words))

    def _has_price(self) -> bool:
        return self._plan is not None and self._plan.estimate.typical is not None

    def _price_words(self) -> str:
        if self.model.prices.free:
            return self.tr("free")
        if self._plan is None or self._plan.estimate.typical is None:
            return self.tr("no price") if self._plan is not None else ""
        return str(self._plan.estimate.typical)

    def _note_words(self) -> tuple[str, str, str]:
        """The line under the model, its tone, and everything for the tooltip."""
        if self._plan is None or not self._plan.notices or not self.is_ticked:
            return "", "text2", ""
        order = {"danger": 0, "warn": 1, "note": 2}
        notices = sorted(self._plan.notices, key=lambda notice: order[notice.severity])
        texts = [shown(_template(notice.code), **notice.values) for notice in notices]
        worst = notices[0].severity
        tone = {"danger": "danger", "warn": "warn", "note": "text2"}[worst]
        return " · ".join(texts), tone, "\n".join(texts)

    def _spoken(self, note: str) -> str:
        return joined_facts([catalog_text(self.provider.title), self.model.id, self._price_words(), note])

    # ------------------------------------------------------------------------------------------------ doing
    def _ticked(self, _on: bool) -> None:
        self._write()
        self.changed.emit()

    def _fold(self, open_: bool) -> None:
        if open_ and self._form is None and self.model.capability.options:
            self._form = OptionForm(self.model, self._options, self, has_references=self._has_references)
            self._form.changed.connect(self.changed)
            self._rows.addWidget(self._form)
        if self._form is not None:
            self._form.setVisible(open_)

    def _drop_form(self) -> None:
        if self._form is not None:
            self._rows.removeWidget(self._form)
            self._form.deleteLater()
            self._form = None

    def _choose_model(self) -> None:
        menu = Menu(parent=self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        today = QDate.currentDate().toPython()
        for model in self.provider.models:
            status = model.status(today)  # type: ignore[arg-type]  # a date by its documentation
            words = model.id
            if model.ends_on is not None and status == "ending":
                words = self.tr("{model}, ends {date}").format(model=model.id, date=model.ends_on.isoformat())
            elif status == "ended":
                words = self.tr("{model}, ended").format(model=model.id)
            reason = self.tr("This model has ended.") if status == "ended" else ""
            menu.add(
                words,
                partial(self._take_model, model),
                checked=model.id == self.model.id,
                available=status != "ended",
                reason=reason,
            )
        menu.addSeparator()
        menu.add(self.tr("Remove from the list"), self.removed.emit, icon_name="x")
        menu.open_at(self._model_button)

    def _take_model(self, model: ModelSpec) -> None:
        self.set_model(model)
        self.check.setChecked(True)
        self.changed.emit()


def _template(code: str) -> str:
    from studio.domain.words import NOTICE_WORDS

    return NOTICE_WORDS[code]
