"""Earlier prompts: a searchable list at the clock button, and Alt+Up / Alt+Down to walk through them in the box."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from studio.ui.composer.prompt_box import PromptBox
from studio.ui.composer.search_list import SearchList
from studio.ui.overrides import safe_override
from studio.ui.tasks import TaskBag
from studio.ui.translation import translate
from studio.ui.widgets import Announcer, IconButton, set_available, set_tooltip

if TYPE_CHECKING:
    from studio.ui.client import StudioClient

PAGE = 50
_SHOWN_CHARACTERS = 500
"""More does not fit into the two lines of a row."""
_TOLD_CHARACTERS = 200


class PromptHistory(QObject):
    """Serves one prompt box. What was being written is at the near end of the walk and is never lost."""

    def __init__(self, owner: QWidget, client: StudioClient, box: PromptBox, why_not: Callable[[], str]) -> None:
        """`why_not`: why nothing can be changed in this workspace; empty when it can."""
        super().__init__(owner)
        self._owner, self._client, self._box, self._why_not = owner, client, box, why_not
        self._tasks = TaskBag(self, self._failed)
        self._announcer = Announcer(owner)
        self._place = 0
        self._draft = ""
        self._walking = False
        self._total = 0
        self.popover: SearchList | None = None
        box.prompt.installEventFilter(self)
        box.prompt.textChanged.connect(self._edited)

    def end(self) -> None:
        """The window closes: nothing more is asked of the library."""
        self._tasks.cancel_all()

    # ------------------------------------------------------------------------------------------------ walking
    @safe_override(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
            if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self.walk(1 if event.key() == Qt.Key.Key_Up else -1)
                return True
        return super().eventFilter(watched, event)

    def walk(self, by: int) -> None:
        """1 goes to the prompt before, -1 back towards what was being written."""
        self._tasks.start("walk", self._walk(by))

    async def _walk(self, by: int) -> None:
        place = self._place + by
        if place < 0:
            self._announcer.answer(translate("PromptHistory", "This is what was being written"))
            return
        if self._place == 0:
            self._draft = self._box.prompt.text()
        if place == 0:
            text: str | None = self._draft
        else:
            found = await self._client.run(
                lambda studio: studio.workspace.phrasebook.history(offset=place - 1, limit=1)
            )
            text = found[0].text if found else None
        if text is None:
            self._announcer.answer(translate("PromptHistory", "No earlier prompt"))
            return
        self._walking = True
        self._box.prompt.replace_text(text)
        self._walking = False
        self._place = place
        # An editor tells a reader which letters came and went, not that all of it is another text now.
        self._announcer.answer(" ".join(text.split())[:_TOLD_CHARACTERS] or translate("PromptHistory", "No words"))

    def _edited(self) -> None:
        """Writing on in an old prompt makes it the new draft."""
        if not self._walking:
            self._place = 0

    # ------------------------------------------------------------------------------------------------ list
    def open_at(self, button: QWidget) -> None:
        """The list below the clock button; Return or a click takes a prompt over, Delete forgets it."""
        popover = self.popover = SearchList(
            self._owner,
            name=translate("PromptHistory", "Earlier prompts"),
            search_words=translate("PromptHistory", "Search earlier prompts"),
        )
        popover.rows.setWordWrap(True)
        forget = IconButton("trash-2", translate("PromptHistory", "Forget this prompt"), side=24, parent=popover)
        set_tooltip(forget, translate("PromptHistory", "Forget this prompt; its runs and images stay"))
        set_available(forget, not self._why_not(), self._why_not())
        popover.foot.addWidget(forget)
        forget.setEnabled(False)
        popover.rows.currentRowChanged.connect(lambda row: forget.setEnabled(row >= 0 and not self._why_not()))
        forget.clicked.connect(lambda: self._forget(popover, popover.current()))
        popover.removed.connect(lambda text: self._forget(popover, text))
        popover.searched.connect(lambda text: self._tasks.start("list", self._fill(popover, text)))
        popover.more_wanted.connect(lambda: self._more(popover))
        popover.taken.connect(self._take)
        popover.closed.connect(self._closed)
        self._tasks.start("list", self._fill(popover, ""))
        popover.open_at(button, align_right=True)

    def _more(self, popover: SearchList) -> None:
        if popover.rows.count() < self._total and not self._tasks.is_running("list"):
            work = self._fill(popover, popover.search.text(), popover.rows.count())
            self._tasks.start("list", work)

    async def _fill(self, popover: SearchList, text: str, offset: int = 0) -> None:
        async def read(studio: Any) -> tuple[Any, int]:
            book = studio.workspace.phrasebook
            return await book.history(text, offset=offset, limit=PAGE), await book.history_count(text)

        found, self._total = await self._client.run(read)
        rows = [(" ".join(prompt.text.split())[:_SHOWN_CHARACTERS], prompt.text) for prompt in found]
        words = self._count_words(offset + len(found))
        if text.strip() and not self._total:
            words = translate("PromptHistory", "No prompt has these words")
        popover.show_rows(rows, count=words, append=offset > 0)

    def _count_words(self, shown: int) -> str:
        words = translate("PromptHistory", "{some} of {total} prompts").format(some=shown, total=self._total)
        return words if self._total else translate("PromptHistory", "No prompt yet")

    def _forget(self, popover: SearchList, text: str | None) -> None:
        if self._why_not() and self.popover is not None:
            self.popover.count.setText(self._why_not())  # Delete was pressed
        elif text is not None:
            self._tasks.start(f"forget {hash(text)}", self._forget_now(popover, text))

    async def _forget_now(self, popover: SearchList, text: str) -> None:
        await self._client.run(lambda studio: studio.workspace.phrasebook.forget(text))
        self._place = 0
        if popover is self.popover:
            self._total = max(0, self._total - 1)
            popover.drop_row(text, count=self._count_words(popover.rows.count() - 1))

    def _take(self, text: str) -> None:
        self._box.prompt.replace_text(text)
        if self.popover is not None:
            self.popover.close()
        self._box.prompt.setFocus()

    def _closed(self) -> None:
        """Nothing is written into a list that is gone."""
        self._tasks.cancel("list")
        self.popover = None

    def _failed(self, error: BaseException) -> None:
        raise error
