"""Undo and Redo in the composer: one line of steps for texts and settings, whichever field has the focus."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QWidget

from studio.ui.composer.fields import fields_of, show_fields, texts_of
from studio.ui.overrides import safe_override

if TYPE_CHECKING:
    from studio.bootstrap import ComposerHistory
    from studio.ui.composer.composer import ComposerPanel
    from studio.ui.widgets.text_edit import PlainTextEdit

_CTRL = Qt.KeyboardModifier.ControlModifier
_CTRL_SHIFT = _CTRL | Qt.KeyboardModifier.ShiftModifier


class ComposerUndo(QObject):
    """Serves one composer, whose text fields have no steps of their own: two lines of steps would fight each other.

    The keys are taken from whatever field of the composer has the focus, before the window's own Undo (of the bin)
    sees them. `changed` comes after each step that was taken back or repeated."""

    changed = Signal()

    def __init__(self, panel: ComposerPanel) -> None:
        super().__init__(panel)
        self._panel = panel
        self._history: ComposerHistory | None = None
        self._busy = 0
        self._watched: QWidget | None = None
        for editor in (panel.prompt_box.prompt, panel.prompt_box.negative):
            editor.setUndoRedoEnabled(False)
            editor.menu_opening.connect(self._fill_menu)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    def begin(self, history: ComposerHistory) -> None:
        """From now on the steps are taken down here."""
        self._history = history

    @property
    def history(self) -> ComposerHistory | None:
        """None until `begin`."""
        return self._history

    @property
    def can_undo(self) -> bool:
        return self._history is not None and self._history.can_undo

    @property
    def can_redo(self) -> bool:
        return self._history is not None and self._history.can_redo

    # ------------------------------------------------------------------------------------------------ taking down
    def note_texts(self) -> None:
        """A text was edited."""
        if self._history is not None and not self._busy:
            self._history.record(texts_of(self._panel))

    def note_settings(self) -> None:
        """Something besides the texts was set."""
        if self._history is not None and not self._busy:
            self._history.record(fields_of(self._panel))

    def absorb(self) -> None:
        """Something changed without the user."""
        if self._history is not None and not self._busy:
            self._history.absorb(fields_of(self._panel))

    @contextlib.contextmanager
    def one_step(self) -> Iterator[None]:
        """Whatever happens inside is one step that Undo takes back at once."""
        self._busy += 1
        try:
            yield
        finally:
            self._busy -= 1
            if self._history is not None and not self._busy:
                self._history.record(fields_of(self._panel), alone=True)

    # ------------------------------------------------------------------------------------------------ moving
    def undo(self) -> None:
        self._move(-1)

    def redo(self) -> None:
        self._move(1)

    def _move(self, by: int) -> None:
        history = self._history
        if history is None or self._panel.peek.looked_at is not None:  # nothing changes that is not seen
            return
        changes = history.undo() if by < 0 else history.redo()
        if changes is None:
            return
        self._busy += 1
        try:
            show_fields(self._panel, changes)
        finally:
            self._busy -= 1
        self.changed.emit()

    # ------------------------------------------------------------------------------------------------ keys, menu
    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Only the field with the focus is watched: a filter on everything would slow everything down."""
        inside = new if new is not None and self._panel.isAncestorOf(new) else None
        if inside is self._watched:
            return
        if self._watched is not None:
            with contextlib.suppress(RuntimeError):  # the field may be gone already
                self._watched.removeEventFilter(self)
        self._watched = inside
        if inside is not None:
            inside.installEventFilter(self)

    @safe_override(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kinds = (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if event.type() not in kinds or not isinstance(event, QKeyEvent):
            return False
        by = _direction(event)
        if not by:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._move(by)
        return True

    def _fill_menu(self, menu: QMenu, _editor: PlainTextEdit) -> None:
        """Undo and Redo of the context menu mean the whole composer."""
        for action in menu.actions():
            if action.objectName() == "edit-undo":
                self._connect(action, self.can_undo, -1)
            elif action.objectName() == "edit-redo":
                self._connect(action, self.can_redo, 1)

    def _connect(self, action: QAction, possible: bool, by: int) -> None:
        action.setEnabled(possible)
        action.triggered.connect(lambda _checked=False: self._move(by))


def _direction(event: QKeyEvent) -> int:
    """-1 for Undo, 1 for Redo, 0 for any other key. Both usual keys of Redo are taken on every system."""
    modifiers, key = event.modifiers(), event.key()
    if event.matches(QKeySequence.StandardKey.Undo):
        return -1
    if event.matches(QKeySequence.StandardKey.Redo):
        return 1
    if (modifiers == _CTRL_SHIFT and key == Qt.Key.Key_Z) or (modifiers == _CTRL and key == Qt.Key.Key_Y):
        return 1
    return 0
