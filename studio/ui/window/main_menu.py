"""The menu behind the first button of the toolbar (Windows, Linux) and the menu bar (macOS)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QAction, QDesktopServices
from PySide6.QtWidgets import QMenu

from studio.ui.translation import Language
from studio.ui.widgets import set_action_available
from studio.ui.widgets.popover import round_corners

if TYPE_CHECKING:
    from studio.ui.window.controller import WindowController


class MainMenu(QObject):
    """Its entries are the window's own actions where there is one, so that keys are told in one place."""

    def __init__(self, controller: WindowController, menu: QMenu, language: Language) -> None:
        super().__init__(controller)
        self._controller, self._menu = controller, menu
        round_corners(menu)
        menu.setToolTipsVisible(True)
        menu.aboutToShow.connect(self._fill)
        menu.aboutToHide.connect(self._give_back)
        language.changed.connect(self._write)
        self._write()

    def _write(self) -> None:
        """The words of the entries, while the menu is closed."""
        self._fill()
        self._give_back()

    def _fill(self) -> None:
        """Built anew each time it is opened: words, keys and states are those of now."""
        menu, actions = self._menu, self._controller.actions
        self._clear()
        under_way = bool(self._controller.tracker.live_runs)
        can_export = self._controller.window.toolbar.export_button.isEnabled()
        self._window_action("export", self.tr("Export..."), available=can_export)
        self._add(self.tr("Show workspace in folder"), self._show_workspace)
        self._add(self.tr("Another workspace..."), lambda: actions.open_preferences.emit("storage"))
        menu.addSeparator()
        why_not = actions.why_not()
        self._window_action("undo_library", self.tr("Undo a change of the library"), why_not)
        self._window_action("redo_library", self.tr("Redo a change of the library"), why_not)
        self._add(self.tr("Sweeps..."), self._controller.sweeps.open_history)
        self._add(self.tr("Lists of choices..."), self._controller.sweeps.open_lists)
        self._add(self.tr("Collections..."), actions.manage_collections.emit)
        self._add(self.tr("Similar to a file..."), lambda: actions.find_like.emit(None))
        self._add(self.tr("Bin..."), actions.show_trash.emit)
        menu.addSeparator()
        self._window_action("cancel_newest", self.tr("Cancel the newest run"), available=under_way)
        self._window_action("cancel_all", self.tr("Cancel everything"), available=under_way)
        queue = self._controller.queue
        paused = self._controller.tracker.activity.paused
        self._add(self.tr("Queue..."), queue.open)
        self._add(self.tr("Go on with the queue") if paused else self.tr("Pause the queue"), queue.toggle)
        menu.addSeparator()
        undo = self._controller.composer.undo
        self._add(self.tr("Undo in the composer"), undo.undo, available=undo.can_undo)
        self._add(self.tr("Redo in the composer"), undo.redo, available=undo.can_redo)
        menu.addSeparator()
        self._window_action("composer", self.tr("Composer"))
        self._window_action("details", self.tr("Details"))
        self._window_action("full_screen", self.tr("Full screen"))
        menu.addSeparator()
        self._window_action("preferences", self.tr("Preferences..."))
        self._window_action("help", self.tr("Help"))
        self._window_action("keyboard", self.tr("Keyboard"))
        menu.addSeparator()
        self._window_action("quit", self.tr("Quit"))

    def _clear(self) -> None:
        """Not `QMenu.clear`: PySide lets it delete the window's own actions too, and their keys with them."""
        for action in self._menu.actions():
            self._menu.removeAction(action)
            if action.parent() is self._menu:
                action.deleteLater()

    def _window_action(self, name: str, text: str, why_not: str = "", *, available: bool = True) -> None:
        """`why_not`: the entry is grey and says why; its key still works and answers with the same."""
        if why_not:
            self._add(text, lambda: None, available=False)
            set_action_available(self._menu.actions()[-1], False, why_not)
            return
        found = next((action for action in self._controller.window.actions() if action.objectName() == name), None)
        if found is not None:
            found.setText(text)
            found.setEnabled(available)
            self._menu.addAction(found)

    def _give_back(self) -> None:
        """The keys of the window's own actions work whether or not the menu last offered them."""
        for action in self._controller.window.actions():
            action.setEnabled(True)

    def _add(self, text: str, do, *, available: bool = True) -> None:  # type: ignore[no-untyped-def]  # any function without arguments
        action = QAction(text, self._menu)
        action.triggered.connect(lambda _checked=False: do())
        action.setEnabled(available)
        self._menu.addAction(action)

    def _show_workspace(self) -> None:
        root = self._controller.client.studio.workspace.folder.root
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(root)))
