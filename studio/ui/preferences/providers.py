"""Providers: which are used, their keys, their addresses, their models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from studio.ui.preferences.provider_form import ProviderForm
from studio.ui.tasks import TaskBag
from studio.ui.theme import Space
from studio.ui.translation import Translated, catalog_text
from studio.ui.widgets.themed import set_tooltip

if TYPE_CHECKING:
    from studio.bootstrap import KeyState
    from studio.ui.actions import StudioActions
    from studio.ui.client import StudioClient

_LIST_WIDTH = 200


class ProvidersPage(Translated, QWidget):
    """The list can be dragged: its order is that of the columns in Runs."""

    states_read = Signal()

    def __init__(self, client: StudioClient, actions: StudioActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._tasks = TaskBag(self, self._failed)
        self._states: dict[str, KeyState] = {}
        self._forms: dict[str, ProviderForm] = {}
        self.list = QListWidget(self)
        self.list.setFixedWidth(_LIST_WIDTH)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._pages = QStackedWidget(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.list)
        row.addWidget(self._pages, 1)
        for spec in client.studio.specs:
            item = QListWidgetItem()
            item.setData(Qt.ItemDataRole.UserRole, spec.id)
            item.setSizeHint(QSize(_LIST_WIDTH - 16, 44))
            self.list.addItem(item)
            form = ProviderForm(client, actions, spec, self)
            form.changed.connect(self.refresh)
            self._forms[spec.id] = form
            self._pages.addWidget(form)
        self.list.currentItemChanged.connect(self._show)
        self.list.model().rowsMoved.connect(self._keep_order)
        self.list.setCurrentRow(0)
        self.retranslate()
        self.refresh()

    def show_provider(self, provider_id: str) -> None:
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == provider_id:
                self.list.setCurrentRow(row)

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
        self.list.setAccessibleName(self.tr("Providers"))
        set_tooltip(self.list, self.tr("Drag to set the column order in Runs."))
        settings = self._client.studio.settings.current
        specs = {spec.id: spec for spec in self._client.studio.specs}
        for row in range(self.list.count()):
            item = self.list.item(row)
            provider = item.data(Qt.ItemDataRole.UserRole)
            state = self._state_words(provider, specs[provider].needs_key, settings.provider(provider).enabled)
            item.setText(f"{catalog_text(specs[provider].title)}\n{state}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{catalog_text(specs[provider].title)}, {state}")

    def _state_words(self, provider: str, needs_key: bool, enabled: bool) -> str:
        if not enabled:
            return self.tr("Off")
        if not needs_key:
            return self.tr("No key needed")
        state = self._states.get(provider)
        if state is None:
            return ""
        return self.tr("Ready") if state.place is not None else self.tr("Key missing")

    def _show(self, item: QListWidgetItem | None, _before: Any = None) -> None:
        if item is not None:
            self._pages.setCurrentWidget(self._forms[item.data(Qt.ItemDataRole.UserRole)])

    def _keep_order(self, *_arguments: object) -> None:
        order = tuple(self.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.list.count()))
        self._client.studio.settings.change(provider_order=order)

    def _failed(self, error: BaseException) -> None:
        raise error
