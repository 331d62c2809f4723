"""The strip above the images while the gallery shows the bin: what lies in it, since when, and what to do with it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from studio.ui.gallery.selection import SelectedImages
from studio.ui.measures import size_words
from studio.ui.overrides import safe_override
from studio.ui.tasks import FaultDoor, TaskBag
from studio.ui.theme import Height, Space, TextRole, active
from studio.ui.theme.paint import horizontal_hair
from studio.ui.translation import Translated, filled, translate
from studio.ui.widgets import Button, ButtonKind, ElidedLabel, Themed, set_available

if TYPE_CHECKING:
    from studio.bootstrap import TrashContent
    from studio.ui.actions import StudioActions
    from studio.ui.client import StudioClient

HEIGHT = 36


class TrashStrip(Translated, Themed, QWidget):
    """Reads what it shows itself, each time `refresh` is called while it is seen."""

    def __init__(
        self,
        client: StudioClient,
        actions: StudioActions,
        selection: SelectedImages,
        on_fault: FaultDoor,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._client, self._actions, self._selection = client, actions, selection
        self._tasks = TaskBag(self, on_fault)
        self._content: TrashContent | None = None
        self.words = ElidedLabel(role=TextRole.SMALL, tone="text2", parent=self)
        self.restore_button = Button(height=Height.SMALL, icon_name="archive-restore", parent=self)
        self.empty_button = Button(height=Height.SMALL, kind=ButtonKind.OUTLINE, icon_name="trash-2", parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 0, Space.L, 0)
        row.setSpacing(Space.S)
        row.addWidget(self.words, 1)
        row.addWidget(self.restore_button)
        row.addWidget(self.empty_button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.restore_button.clicked.connect(lambda: actions.restore.emit(selection.ids))
        self.empty_button.clicked.connect(lambda: actions.empty_trash.emit([]))
        selection.changed.connect(self.retranslate)
        actions.library_changed.connect(self.refresh)
        self.restyle()
        self.retranslate()
        self.hide()

    def restyle(self) -> None:
        self.setFixedHeight(active().scaled(HEIGHT))

    def show_for(self, trashed: bool) -> None:
        """Whether the gallery shows the bin now."""
        if trashed and self.isHidden():
            self.show()
            self.refresh()
        elif not trashed:
            self.hide()

    def end(self) -> None:
        """The window closes: nothing more is asked of the library."""
        self._tasks.cancel_all()

    def refresh(self) -> None:
        if not self.isHidden():
            self._tasks.start("content", self._read())

    async def _read(self) -> None:
        self._content = await self._client.run(lambda studio: studio.workspace.organiser.trash_content())
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Bin"))
        self.restore_button.setText(self.tr("Bring back"))
        self.empty_button.setText(self.tr("Empty bin..."))
        content = self._content
        holds_images = content is not None and content.image_count > 0
        why_not = self._actions.why_not()
        set_available(self.restore_button, holds_images and bool(len(self._selection)) and not why_not, why_not)
        set_available(self.empty_button, holds_images and not why_not, why_not)
        if content is None:
            self.words.set_full_text("")
            return
        parts = [self.tr("%n image(s) in the bin", "", content.image_count)]
        if content.file_count:
            parts.append(size_words(content.size_bytes))
        if content.oldest_at is not None:
            age = age_words((datetime.now(UTC) - content.oldest_at).days)
            parts.append(filled(self.tr("the oldest from {age}"), age=age))
        self.words.set_full_text(" · ".join(parts))

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.tokens.raised)
        horizontal_hair(painter, 0, self.width(), self.height() - 1, self.tokens.line)
        painter.end()


def age_words(days: int) -> str:
    """How long ago: today, yesterday, 5 days ago."""
    if days <= 0:
        return translate("TrashStrip", "today")
    if days == 1:
        return translate("TrashStrip", "yesterday")
    return translate("TrashStrip", "{days} days ago").format(days=days)
