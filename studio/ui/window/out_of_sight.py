"""While a vote is blind, nothing of the window tells a model, a provider or a price: to eyes or to screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from studio.ui.widgets.unread import Unread
from studio.ui.window.composer_cover import ComposerCover

if TYPE_CHECKING:
    from studio.ui.window.controller import WindowController


class OutOfSight(QObject):
    """Gallery and details lie behind Compare, the composer under a cover. Queue and notifications tell what is to be
    done and what it costs, without names; toolbar and table look after themselves.

    Hidden widgets stay in the accessibility tree with all they say: a reader that walks it would find them."""

    def __init__(self, controller: WindowController) -> None:
        super().__init__(controller)
        self._controller = controller
        self.is_on = False
        self._unread = Unread()
        self.cover = ComposerCover(controller.window)
        self.cover.hide()
        controller.window.put_composer(self.cover)
        self.cover.names_clicked.connect(lambda: controller.compare.set_blind(False))
        controller.compare.blind_changed.connect(self._set_blind)

    def refuses(self) -> bool:
        """Whether a vote is blind: then what was asked for would tell names, or spend unseen, and it is said."""
        if self.is_on:
            self._controller.say("note", lambda: self.tr("Not while you vote blind: it would show models and prices."))
        return self.is_on

    def _set_blind(self, blind: bool) -> None:
        controller = self._controller
        self.is_on = controller.actions.names_hidden = blind
        controller.composer.setVisible(not blind)
        self.cover.setVisible(blind)
        controller.window.toolbar.set_blind(blind)
        controller.queue.follow_blind()
        controller.notifications.follow_blind()
        self._unread.set_widgets(self._hidden() if blind else ())

    def _hidden(self) -> list[QWidget]:
        """The pages of the centre are listed whatever they are called: their parts are taken out one by one."""
        controller = self._controller
        parts = controller.gallery.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return [*(part for part in parts if not part.isWindow()), controller.details, controller.composer]
