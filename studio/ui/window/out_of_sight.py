"""While a vote is blind, what lies hidden behind it is not there for screen readers either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from studio.ui.widgets.unread import Unread

if TYPE_CHECKING:
    from studio.ui.window.controller import WindowController


class OutOfSight(QObject):
    """Gallery and details, and the composer while it is hidden, name the models whose images are voted on.

    Hidden widgets stay in the accessibility tree with all they say: a reader that walks it would find them."""

    def __init__(self, controller: WindowController) -> None:
        super().__init__(controller)
        self._controller = controller
        self._blind = False
        self._unread = Unread()
        controller.compare.blind_changed.connect(self._set_blind)
        controller.window.toolbar.composer_toggled.connect(lambda _shown: self._follow())

    def _set_blind(self, blind: bool) -> None:
        self._blind = blind
        self._controller.window.toolbar.set_blind(blind)
        self._follow()

    def _follow(self) -> None:
        self._unread.set_widgets(self._hidden() if self._blind else ())

    def _hidden(self) -> list[QWidget]:
        """The pages of the centre are listed whatever they are called: their parts are taken out one by one."""
        controller = self._controller
        parts = controller.gallery.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        found = [part for part in parts if not part.isWindow()]
        found.append(controller.details)
        if controller.window.composer_region.isHidden():
            found.append(controller.composer)
        return found
