"""Providers: which are used, their keys, their addresses, their models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidgetItem, QStackedWidget, QVBoxLayout, QWidget

from studio.ui.preferences.provider_form import ProviderForm
from studio.ui.preferences.provider_list import ID_ROLE, MONOGRAM_ROLE, STATE_ROLE, ProviderList
from studio.ui.tasks import TaskBag
from studio.ui.theme import Space, TextRole
from studio.ui.translation import Translated, catalog_text
from studio.ui.widgets import Label

if TYPE_CHECKING:
    from studio.bootstrap import KeyState
    from studio.ui.actions import StudioActions
    from studio.ui.client import StudioClient


class ProvidersPage(Translated, QWidget):
    """The list can be dragged: its order is that of the columns in Runs."""

    states_read = Signal()

    def __init__(self, client: StudioClient, actions: StudioActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._tasks = TaskBag(self, self._failed)
        self._states: dict[str, KeyState] = {}
        self._forms: dict[str, ProviderForm] = {}
        self.list = ProviderList(self)
        self._order_note = Label(role=TextRole.SMALL, tone="text2", parent=self)
        self._order_note.setWordWrap(True)
        self._order_note.setContentsMargins(Space.M, 0, 0, Space.M)
        self._pages = QStackedWidget(self)
        column = QVBoxLayout()
        column.setSpacing(Space.S)
        column.addWidget(self.list, 1)
        column.addWidget(self._order_note)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addLayout(column)
        row.addWidget(self._pages, 1)
        for spec in client.studio.specs:
            item = QListWidgetItem()
            item.setData(ID_ROLE, spec.id)
            item.setData(MONOGRAM_ROLE, spec.monogram)
            self.list.addItem(item)
            form = ProviderForm(client, actions, spec, self)
            form.changed.connect(self.refresh)
            form.tested.connect(self.retranslate)
            self._forms[spec.id] = form
            self._pages.addWidget(form)
        self.list.currentItemChanged.connect(self._show)
        self.list.model().rowsMoved.connect(self._keep_order)
        self.list.setCurrentRow(0)
        self.retranslate()
        self.refresh()

    def show_provider(self, provider_id: str) -> None:
        """Its page, ready for its key to be typed."""
        for row in range(self.list.count()):
            if self.list.item(row).data(ID_ROLE) == provider_id:
                self.list.setCurrentRow(row)
                self._forms[provider_id].key_field.edit.setFocus()

    def refresh(self) -> None:
        """Ask again where the keys are."""
        self._tasks.start("states", self._read())

    async def _read(self) -> None:
        states = await self._client.run(lambda studio: studio.accounts.states())
        self._states = {state.provider: state for state in states}
        for provider, form in self._forms.items():
            form.show_state(self._states.get(provider))
        self.retranslate()

    def retranslate(self) -> None:
        self._order_note.setText(self.tr("Drag to set the column order in Runs."))
        settings = self._client.studio.settings.current
        specs = {spec.id: spec for spec in self._client.studio.specs}
        for row in range(self.list.count()):
            item = self.list.item(row)
            provider = item.data(ID_ROLE)
            state = self._state_words(provider, specs[provider].needs_key, settings.provider(provider).enabled)
            item.setText(catalog_text(specs[provider].title))
            item.setData(STATE_ROLE, state)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{catalog_text(specs[provider].title)}, {state}")

    def _state_words(self, provider: str, needs_key: bool, enabled: bool) -> str:
        if not enabled:
            return self.tr("Off")
        if not needs_key:
            return self.tr("No key needed")
        state = self._states.get(provider)
        if state is None:
            return ""
        if state.place is None:
            return self.tr("Key missing")
        match self._forms[provider].refusal:
            case "key_rejected" | "key_region":
                return self.tr("Key refused")
            case "balance":
                return self.tr("Balance used up")
        return self.tr("Ready")

    def _show(self, item: QListWidgetItem | None, _before: Any = None) -> None:
        if item is not None:
            self._pages.setCurrentWidget(self._forms[item.data(ID_ROLE)])

    def _keep_order(self, *_arguments: object) -> None:
        order = tuple(self.list.item(row).data(ID_ROLE) for row in range(self.list.count()))
        self._client.studio.settings.change(provider_order=order)

    def _failed(self, error: BaseException) -> None:
        raise error
