"""Backspace in the empty search field: the first marks the last chip of the filters, the second removes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from studio.ui.overrides import safe_override

if TYPE_CHECKING:
    from studio.ui.widgets import Chip
    from studio.ui.window.controller import WindowController


class ChipEraser(QObject):
    """Any other key, or leaving the field, lets the chip be. A Backspace that is held stops at the empty field."""

    def __init__(self, controller: WindowController) -> None:
        super().__init__(controller)
        self._controller = controller
        self._marked: Chip | None = None
        self._edit = controller.window.toolbar.search.edit
        self._edit.installEventFilter(self)
        controller.gallery.bar.filters_changed.connect(self._forget)

    @safe_override(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._edit:
            return False
        if event.type() == QEvent.Type.FocusOut:
            self._unmark()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Backspace and not self._edit.text():
                if not event.isAutoRepeat():
                    self._erase()
                return True
            self._unmark()
        return False

    def _erase(self) -> None:
        bar = self._controller.gallery.bar
        chips = bar.chips() if bar.isVisible() else []
        if self._marked is not None:
            words = self._marked.text()
            self._marked.removed.emit()
            self._controller.answer(self.tr("Removed: {filter}").format(filter=words))
        elif chips:
            self._marked = chips[-1]
            self._marked.set_marked(True)
            words = self.tr("{filter}. Backspace removes it.").format(filter=self._marked.text())
            self._controller.answer(words)

    def _unmark(self) -> None:
        marked, self._marked = self._marked, None
        if marked is not None:
            marked.set_marked(False)

    def _forget(self) -> None:
        """The chips are made anew with each change."""
        self._marked = None
