"""A small list of collections with a field: type a part of the name and press Return to add the images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from studio.domain.values import ImageId
from studio.ui.overrides import safe_override
from studio.ui.tasks import TaskBag
from studio.ui.theme import TextRole, active
from studio.ui.translation import filled, translate
from studio.ui.widgets import Label, LineField
from studio.ui.widgets.announce import RowTeller
from studio.ui.widgets.popover import Popover

if TYPE_CHECKING:
    from studio.bootstrap import Collection, Studio
    from studio.ui.window.controller import WindowController

_NAME = int(Qt.ItemDataRole.UserRole)
_ROWS_SHOWN = 8


class CollectionPicker(Popover):
    """Arrow keys walk through the list while the field keeps the focus. A name that is new makes a collection."""

    def __init__(self, controller: WindowController, image_ids: list[int]) -> None:
        title = translate("CollectionPicker", "Add to collection")
        super().__init__(controller.window, name=title)
        self._controller, self._image_ids = controller, list(image_ids)
        self._tasks = TaskBag(self, controller.report_fault)
        self._known: list[Collection] = []
        self._having: set[str] = set()
        hint = translate("CollectionPicker", "Find or name a collection")
        self.field = LineField(name=hint, placeholder=hint, parent=self)
        self.rows = QListWidget(self)
        self.rows.setAccessibleName(translate("CollectionPicker", "Collections"))
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.rows.setFixedSize(active().scaled(300), active().scaled(28 * _ROWS_SHOWN))
        self._note = Label(role=TextRole.SMALL, tone="text2", parent=self)
        self._note.setText(translate("CollectionPicker", "Return adds"))
        self.body.addWidget(Label(title, weight=600, parent=self))
        for widget in (self.field, self.rows, self._note):
            self.body.addWidget(widget)
        self.field.edit.textChanged.connect(self._fill)
        self.field.edit.returnPressed.connect(lambda: self._take(self.rows.currentItem()))
        self.field.edit.installEventFilter(self)
        self.rows.itemClicked.connect(self._take)
        RowTeller(self.rows)
        self.closed.connect(self.deleteLater)
        self._tasks.start("read", self._read())

    async def _read(self) -> None:
        chosen = [ImageId(one) for one in self._image_ids]

        async def work(studio: Studio) -> tuple[list[Collection], list[Collection]]:
            organiser = studio.workspace.organiser
            return await organiser.collections(), await organiser.collections(chosen)

        self._known, having = await self._controller.client.run(work)
        self._having = {one.name for one in having}
        self._fill()

    def _fill(self) -> None:
        asked = " ".join(self.field.text().split())
        wanted = asked.casefold()
        found = [one for one in self._known if wanted in one.name.casefold()]
        found.sort(key=lambda one: not one.name.casefold().startswith(wanted))
        self.rows.clear()
        for one in found:
            template = translate("CollectionPicker", "{name} ({count})")
            if one.name in self._having:
                template = translate("CollectionPicker", "{name} ({count}), already there")
            item = QListWidgetItem(filled(template, name=one.name, count=one.image_count))
            item.setData(_NAME, one.name)
            self.rows.addItem(item)
        if asked and all(one.name.casefold() != wanted for one in self._known):
            item = QListWidgetItem(filled(translate("CollectionPicker", "New collection: {name}"), name=asked))
            item.setData(_NAME, asked)
            self.rows.addItem(item)
        self.rows.setCurrentRow(0)
        if not self.rows.count():
            self._note.setText(translate("CollectionPicker", "Type a name and press Return"))
        else:
            self._note.setText(translate("CollectionPicker", "Return adds"))

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._controller.actions.collect.emit(self._image_ids, str(item.data(_NAME)))
            self.close()
            self._controller.gallery.setFocus()

    @safe_override(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and self.rows.count():
                self.rows.setCurrentRow((self.rows.currentRow() + step) % self.rows.count())
                self.field.edit.setAccessibleDescription(self.rows.currentItem().text())
                return True
        return super().eventFilter(watched, event)
