"""All collections: their names, how many images each has, showing and removing them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.ui.tasks import TaskBag
from studio.ui.theme import Space
from studio.ui.translation import filled
from studio.ui.widgets import Button, ButtonKind, IconButton, Label, LineField, ScrollArea, set_available, set_tooltip
from studio.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from studio.bootstrap import Collection
    from studio.ui.window.controller import WindowController


class CollectionsDialog(Dialog):
    """A name is changed where it stands; everything holds at once and can be undone."""

    def __init__(self, controller: WindowController) -> None:
        super().__init__(controller.window, name="collections", size=QSize(560, 420))
        self._controller = controller
        self._tasks = TaskBag(self, controller.report_fault)
        self._shown: list[Collection] | None = None
        self._rows: list[QWidget] = []
        self._counts: list[Label] = []
        self._empty = Label(tone="text2", parent=self)
        self._area = ScrollArea(self)
        self._area.column.setSpacing(Space.S)
        self._area.column.addStretch(1)
        self.new_field = LineField(parent=self)
        self._add = Button(icon_name="plus", parent=self)
        line = QHBoxLayout()
        line.addWidget(self.new_field, 1)
        line.addWidget(self._add)
        self.body.addWidget(self._empty, 0, Qt.AlignmentFlag.AlignCenter)
        self.body.addWidget(self._area, 1)
        self.body.addLayout(line)
        self.undo_button = Button(kind=ButtonKind.QUIET, icon_name="undo-2", parent=self.footer)
        self.undo_button.setEnabled(False)
        self.footer.add_note(self.undo_button)
        self.set_cancel("")
        self.primary_button.setDefault(False)  # Return in a field takes what is written there, and no more
        self._depth = controller.undo.depth
        self.undo_button.clicked.connect(controller.undo.undo)
        self._add.clicked.connect(self._make)
        self.new_field.edit.returnPressed.connect(self._make)
        controller.actions.library_changed.connect(self._refresh)
        self.retranslate()
        self._refresh()
        self.new_field.setFocus()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Collections"))
        self._empty.setText(self.tr("No collection yet."))
        self.new_field.edit.setAccessibleName(self.tr("New collection"))
        self.new_field.edit.setPlaceholderText(self.tr("New collection"))
        self._add.setText(self.tr("Add"))
        self.undo_button.setText(self.tr("Undo"))
        self.set_primary(self.tr("Done"))
        why_not = self._controller.actions.why_not()
        _hold(self.new_field, why_not)
        for button in (self._add, self.undo_button):
            if why_not:
                set_available(button, False, why_not)
        if self._shown is not None:
            self._lay_rows(self._shown)

    def _refresh(self) -> None:
        if not self._controller.actions.read_only:
            self.undo_button.setEnabled(self._controller.undo.depth > self._depth)
        self._tasks.start("read", self._read())

    async def _read(self) -> None:
        found = await self._controller.client.run(lambda studio: studio.workspace.organiser.collections())
        if found != self._shown:
            self._shown = found
            self._lay_rows(found)

    def _lay_rows(self, found: list[Collection]) -> None:
        for row in self._rows:
            self._area.column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._counts = []
        self._rows = [self._row(one) for one in found]
        widest = max((count.sizeHint().width() for count in self._counts), default=0)
        for count in self._counts:
            count.setMinimumWidth(widest)  # the fields end in one line
        for place, row in enumerate(self._rows):
            self._area.column.insertWidget(place, row)
        self._empty.setVisible(not found)
        self._area.setVisible(bool(found))

    def _row(self, one: Collection) -> QWidget:
        row = QWidget(self)
        field = LineField(one.name, name=filled(self.tr("Name of {name}"), name=one.name), parent=row)
        count = Label(self.tr("%n image(s)", "", one.image_count), tone="text2", tabular=True, parent=row)
        self._counts.append(count)
        count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        show = Button(self.tr("Show"), parent=row)
        show.setAccessibleName(filled(self.tr("Show {name}"), name=one.name))
        remove = IconButton("trash-2", filled(self.tr("Remove {name}; its images stay"), name=one.name), parent=row)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(Space.S)
        line.addWidget(field, 1)
        for widget in (count, show, remove):
            line.addWidget(widget)
        why_not = self._controller.actions.why_not()
        _hold(field, why_not)
        set_available(remove, not why_not, why_not)
        field.edit.editingFinished.connect(partial(self._rename, one, field))
        show.clicked.connect(partial(self._show, one))
        remove.clicked.connect(lambda: self._controller.collections.remove(one))
        return row

    def _rename(self, one: Collection, field: LineField) -> None:
        name = " ".join(field.text().split())
        if self._controller.actions.read_only:
            return
        if not name:
            field.set_text(one.name)
        elif name != one.name:
            self._shown = None  # a name that cannot be had is shown as it was
            self._controller.collections.rename(one, name)

    def _show(self, one: Collection, _on: bool = False) -> None:
        self.accept()
        self._controller.actions.show_collection.emit(one.name)

    def _make(self) -> None:
        name = " ".join(self.new_field.text().split())
        if name and not self._controller.actions.read_only:
            self._controller.collections.add(name)
            self.new_field.edit.clear()


def _hold(field: LineField, why_not: str) -> None:
    """A name that can be read but not changed, and why."""
    field.edit.setReadOnly(bool(why_not))
    set_tooltip(field.edit, why_not)
