"""The preferences dialog: pages at the left, the chosen one at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from studio.ui.preferences.pages import AppearancePage, BudgetPage, LanguagePage, StoragePage
from studio.ui.preferences.providers import ProvidersPage
from studio.ui.preferences.shortcuts_page import ShortcutsPage
from studio.ui.theme import Space, active, icon
from studio.ui.widgets import Label
from studio.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from studio.ui.actions import StudioActions
    from studio.ui.client import StudioClient

_PAGES = ("providers", "budget", "storage", "appearance", "language", "shortcuts")
_ICONS = ("plug", "wallet", "hard-drive", "contrast", "languages", "keyboard")
_NAV_LEAST, _NAV_WIDTH = 110, 172


class PreferencesDialog(Dialog):
    """Opened with `open()`. `show_page` takes ``providers``, ``providers/openai``, ``budget``, ..."""

    def __init__(self, client: StudioClient, actions: StudioActions, parent: QWidget | None = None) -> None:
        super().__init__(parent, name="preferences", size=active().scaled_size(1040, 672), padding=0)
        self._client = client
        self._nav = QListWidget(self)
        self._nav.setMinimumWidth(active().scaled(_NAV_LEAST))
        self._nav.setMaximumWidth(active().scaled(_NAV_WIDTH))
        self._nav.setIconSize(QSize(16, 16))
        self._pages = QStackedWidget(self)
        self.providers = ProvidersPage(client, actions, self)
        self.storage = StoragePage(client, actions.why_not, self)
        self.storage.empty_bin_asked.connect(lambda: actions.empty_trash.emit([]))
        for page in (
            self.providers,
            BudgetPage(client, self),
            self.storage,
            AppearancePage(client, self),
            LanguagePage(client, self),
            ShortcutsPage(client, self),
        ):
            self._pages.addWidget(page)
        row = QHBoxLayout()
        row.setContentsMargins(Space.S, Space.M, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self._nav)
        row.addWidget(self._pages, 1)
        self.body.addLayout(row)
        self._saved = Label(tone="text2", parent=self)
        self.footer.add_note(self._saved, stretch=1)
        self._nav.currentRowChanged.connect(self._pages.setCurrentIndex)
        self.set_primary("")
        self._fill()
        self._nav.setCurrentRow(0)
        self._nav.setFocus()
        self.retranslate()

    def show_page(self, page: str) -> None:
        """An unknown page shows the first one."""
        name, _, part = page.partition("/")
        self._nav.setCurrentRow(_PAGES.index(name) if name in _PAGES else 0)
        if part:
            self.providers.show_provider(part)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Preferences"))
        self._saved.setText(self.tr("Changes are saved at once."))
        self.set_cancel(self.tr("Close"))
        self._nav.setAccessibleName(self.tr("Pages"))
        names = (
            self.tr("Providers"),
            self.tr("Budget"),
            self.tr("Storage"),
            self.tr("Appearance"),
            self.tr("Language"),
            self.tr("Shortcuts"),
        )
        for row, name in enumerate(names):
            self._nav.item(row).setText(name)

    def _fill(self) -> None:
        for name in _ICONS:
            item = QListWidgetItem(icon(name), "")
            item.setSizeHint(QSize(0, active().scaled(32)))
            item.setTextAlignment(Qt.AlignmentFlag.AlignVCenter)
            self._nav.addItem(item)
