"""What was changed in the library, newest last: Ctrl+Z takes it back step by step, Ctrl+Shift+Z does it again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.domain.errors import StudioError
from studio.ui.translation import Words, filled, written
from studio.ui.widgets.message_bar import Message, MessageKind

if TYPE_CHECKING:
    from studio.bootstrap import LibraryChange
    from studio.ui.window.controller import WindowController

STEPS_MOST = 100
_KEY = "library change"


@dataclass(frozen=True, slots=True)
class _Done:
    words: Words
    """What was done, a whole sentence."""
    back: LibraryChange
    joins: str = ""


class LibraryUndo(QObject):
    """`keep` is told of each change; `undo` and `redo` walk. What the composer's own undo does is not its business."""

    def __init__(self, controller: WindowController) -> None:
        super().__init__(controller)
        self._controller = controller
        self._done: list[_Done] = []
        self._undone: list[_Done] = []
        self.turn = asyncio.Lock()
        """Changes and their undoing take place one after the other, in the order in which they were asked for."""
        self._action: Callable[[], None] = self.undo
        controller.window.message_bar.acted.connect(self._acted)

    def keep(self, words: Words, change: LibraryChange, *, tell: bool = True, joins: str = "") -> None:
        """A change that was made. `tell`: say it, with "Undo".

        `joins`: no step of its own after one of that name, which it only carries on (typing)."""
        if not change:
            return
        self._undone.clear()
        if joins and self._done and self._done[-1].joins == joins:
            tell = False  # what was before the first of them is what the way back leads to
        else:
            self._done.append(_Done(words, change, joins))
            del self._done[:-STEPS_MOST]
        if tell:
            self._say(words)
        else:
            self._controller.window.message_bar.settle(_KEY)

    @property
    def depth(self) -> int:
        """How many steps can be taken back."""
        return len(self._done)

    def undo(self) -> None:
        """Take back the last change."""
        self._controller.images.start(self._walk(self._done, self._undone, redo=False))

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._controller.images.start(self._walk(self._undone, self._done, redo=True))

    async def _walk(self, here: list[_Done], there: list[_Done], *, redo: bool) -> None:
        controller = self._controller
        async with self.turn:
            if not here:
                return
            step = here.pop()
            try:
                back = await controller.client.run(lambda studio: studio.workspace.organiser.undo(step.back))
            except StudioError as error:
                controller.tell_problem(error.problem)
                return
            except ValueError as error:
                controller.say("warn", str(error))
                return
            if back:
                there.append(_Done(step.words, back))
                self._say(lambda: self._walked(step.words, redo=redo), redo=not redo)
            else:
                controller.say("note", lambda: self.tr("There was nothing left to change."))
        controller.actions.library_changed.emit()

    def _walked(self, what: Words, *, redo: bool) -> str:
        words = self.tr("Done again: {what}") if redo else self.tr("Undone: {what}")
        return filled(words, what=written(what))

    def _say(self, words: Words, *, redo: bool = False) -> None:
        self._action = self.redo if redo else self.undo

        def action() -> str:
            return self.tr("Redo") if redo else self.tr("Undo")

        self._controller.window.message_bar.post(Message(_KEY, words, kind=MessageKind.DONE, action=action))

    def _acted(self, key: str) -> None:
        if key == _KEY:
            self._action()
