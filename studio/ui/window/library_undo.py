"""Ctrl+Z takes changes of the library back step by step, Ctrl+Shift+Z makes them again; also those of yesterday.

The steps lie in the workspace (`storage.library_history`); here is who asks for them and what is said."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from studio.domain.errors import StudioError
from studio.ui.translation import Words
from studio.ui.widgets.message_bar import Message, MessageKind
from studio.ui.window.library_words import deed_words, walked_text, walked_title

if TYPE_CHECKING:
    from studio.bootstrap import Deed, LibraryChange, Walked
    from studio.ui.window.controller import WindowController

_KEY = "library change"


class LibraryUndo(QObject):
    """`tell` says what was done; `undo` and `redo` walk. What the composer's own undo does is not its business."""

    def __init__(self, controller: WindowController) -> None:
        super().__init__(controller)
        self._controller = controller
        self.turn = asyncio.Lock()
        """Changes and their undoing take place one after the other, in the order in which they were asked for."""
        self.depth = 0
        """How many more steps can be taken back than when the window began."""
        self._action: Callable[[], None] = self.undo
        controller.window.message_bar.acted.connect(self._acted)

    async def take_over(self) -> None:
        """Go on where earlier windows have ended."""
        async with self.turn:
            try:
                await self._controller.client.run(lambda studio: studio.workspace.history.take_over())
            except StudioError as error:
                self._controller.tell_problem(error.problem)

    def made(self, deed: Deed, change: LibraryChange, *, tell: bool = True) -> None:
        """A change was made and is in the history. `tell`: say it, with "Undo"."""
        if not change:
            return
        self.depth += 1
        if tell:
            self._say(lambda: deed_words(deed))
        else:
            self._controller.window.message_bar.settle(_KEY)

    def undo(self) -> None:
        """Take back the last change."""
        self._controller.images.start(self._walk(redo=False))

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._controller.images.start(self._walk(redo=True))

    async def _walk(self, *, redo: bool) -> None:
        controller = self._controller
        if controller.actions.read_only:
            controller.say("warn", controller.actions.why_not)
            return
        async with self.turn:
            try:
                walked = await controller.client.run(
                    lambda studio: studio.workspace.history.redo() if redo else studio.workspace.history.undo()
                )
            except StudioError as error:
                controller.tell_problem(error.problem)
                return
            if walked is None:
                return
            if not redo:
                self.depth -= 1  # also when nothing could be changed: it is gone from the history
            elif walked.change:
                self.depth += 1
            self._tell_walked(walked, redo=redo)
        controller.actions.library_changed.emit()

    def _tell_walked(self, walked: Walked, *, redo: bool) -> None:
        self._say(
            lambda: walked_title(walked, redo=redo),
            lambda: walked_text(walked),
            kind=MessageKind.WARNING if walked.left_alone else MessageKind.DONE,
            redo=not redo,
            again=bool(walked.change),
        )

    def _say(
        self,
        words: Words,
        text: Words = "",
        *,
        kind: MessageKind = MessageKind.DONE,
        redo: bool = False,
        again: bool = True,
    ) -> None:
        self._action = self.redo if redo else self.undo

        def action() -> str:
            return self.tr("Redo") if redo else self.tr("Undo")

        message = Message(_KEY, words, text, kind=kind, action=action if again else "")
        self._controller.window.message_bar.post(message)

    def _acted(self, key: str) -> None:
        if key == _KEY:
            self._action()
