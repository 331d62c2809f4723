"""Earlier prompts: a searchable list at the clock button, and Alt+Up / Alt+Down to walk through them in the box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from studio.ui.composer.prompt_box import PromptBox
from studio.ui.overrides import safe_override
from studio.ui.tasks import TaskBag
from studio.ui.theme import active
from studio.ui.translation import translate
from studio.ui.widgets import Label, LineField
from studio.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from studio.ui.client import StudioClient

PAGE = 50
_SEARCH_DELAY_MS = 150


class PromptHistory(QObject):
    """Serves one prompt box. What was being written is at the near end of the walk and is never lost."""

    def __init__(self, owner: QWidget, client: StudioClient, box: PromptBox) -> None:
        super().__init__(owner)
        self._owner, self._client, self._box = owner, client, box
        self._tasks = TaskBag(self, self._failed)
        self._place = 0
        self._draft = ""
        self._walking = False
        self._popover: Popover | None = None
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
            return
        self._walking = True
        self._box.prompt.replace_text(text)
        self._walking = False
        self._place = place

    def _edited(self) -> None:
        """Writing on in an old prompt makes it the new draft."""
        if not self._walking:
            self._place = 0

    # ------------------------------------------------------------------------------------------------ list
    def open_at(self, button: QWidget) -> None:
        """The list below the clock button; Return or a click takes a prompt over."""
        popover = self._popover = Popover(self._owner, name=translate("PromptHistory", "Earlier prompts"))
        search = LineField(
            name=translate("PromptHistory", "Search earlier prompts"),
            placeholder=translate("PromptHistory", "Search earlier prompts"),
            parent=popover,
        )
        rows = QListWidget(popover)
        rows.setAccessibleName(translate("PromptHistory", "Earlier prompts"))
        rows.setWordWrap(True)
        rows.setTextElideMode(Qt.TextElideMode.ElideRight)
        rows.setFixedSize(active().scaled(400), active().scaled(300))
        count = Label(tone="text3", tabular=True, parent=popover)
        for widget in (search, rows, count):
            popover.body.addWidget(widget)
        delay = QTimer(popover)
        delay.setSingleShot(True)
        delay.setInterval(_SEARCH_DELAY_MS)
        delay.timeout.connect(lambda: self._tasks.start("list", self._fill(rows, count, search.text())))
        search.edit.textChanged.connect(delay.start)
        search.edit.returnPressed.connect(lambda: self._take(rows.item(0)))
        rows.itemActivated.connect(self._take)
        rows.itemClicked.connect(self._take)
        popover.closed.connect(popover.deleteLater)
        self._tasks.start("list", self._fill(rows, count, ""))
        popover.open_at(button, align_right=True)

    async def _fill(self, rows: QListWidget, count: Label, text: str) -> None:
        async def read(studio: Any) -> tuple[Any, int]:
            book = studio.workspace.phrasebook
            return await book.history(text, limit=PAGE), await book.history_count(text)

        found, total = await self._client.run(read)
        rows.clear()
        for prompt in found:
            item = QListWidgetItem(" ".join(prompt.text.split()))
            item.setData(Qt.ItemDataRole.UserRole, prompt.text)
            item.setSizeHint(QSize(0, active().scaled(44)))
            rows.addItem(item)
        words = translate("PromptHistory", "{some} of {total} prompts").format(some=len(found), total=total)
        count.setText(words if total else translate("PromptHistory", "No prompt yet"))

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        self._box.prompt.replace_text(str(item.data(Qt.ItemDataRole.UserRole)))
        if self._popover is not None:
            self._popover.close()
        self._box.prompt.setFocus()

    def _failed(self, error: BaseException) -> None:
        raise error
