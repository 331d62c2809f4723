"""The lists that prompts may name: make one, change its values, remove it, find its file."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSize, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QVBoxLayout

from studio.domain.choices import ChoiceValue, read_list_line, write_list_line
from studio.domain.errors import StudioError
from studio.ui.problems import problem_text, problem_title
from studio.ui.tasks import TaskBag
from studio.ui.theme import Height, Space, TextRole, active
from studio.ui.translation import listed
from studio.ui.widgets import Button, ButtonKind, Label, LineField, PlainTextEdit, set_available, set_tooltip
from studio.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.ui.client import StudioClient

Lists = Mapping[str, tuple[ChoiceValue, ...]]
_NAMES_PX = 200


class ListsDialog(Dialog):
    """A list at the left, its values one a line at the right. Saving writes the file; `saved` carries all lists."""

    saved = Signal(object)

    def __init__(self, client: StudioClient, why_not: Callable[[], str] = str, parent: QWidget | None = None) -> None:
        """`why_not`: why nothing can be changed in this workspace; empty when it can."""
        super().__init__(parent, name="lists", size=QSize(720, 480))
        self._client, self._why_not = client, why_not
        self._tasks = TaskBag(self, self._failed)
        self._lists: dict[str, tuple[ChoiceValue, ...]] = {}
        self._open_name = ""
        self.names = QListWidget(self)
        self.names.setFixedWidth(active().scaled(_NAMES_PX))
        self.new_button = Button(kind=ButtonKind.OUTLINE, icon_name="plus", height=Height.SMALL, parent=self)
        self.name = LineField(parent=self)
        self._how = Label(role=TextRole.SMALL, tone="text2", parent=self)
        self._how.setWordWrap(True)
        self.values = PlainTextEdit(parent=self)
        self._note = Label(role=TextRole.SMALL, tone="danger", parent=self)
        self._note.setWordWrap(True)
        self.folder_button = Button(kind=ButtonKind.QUIET, icon_name="folder-open", parent=self)
        self.remove_button = Button(kind=ButtonKind.QUIET, icon_name="trash-2", parent=self)
        self._lay_out()
        self._connect()
        self.names.setFocus()
        self.retranslate()
        self._tasks.start("read", self._read(""))

    def _lay_out(self) -> None:
        left, right, row = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        left.setSpacing(Space.S)
        left.addWidget(self.names, 1)
        left.addWidget(self.new_button)
        right.setSpacing(Space.S)
        for widget in (self.name, self._how):
            right.addWidget(widget)
        right.addWidget(self.values, 1)
        right.addWidget(self._note)
        row.setSpacing(Space.L)
        row.addLayout(left)
        row.addLayout(right, 1)
        self.body.addLayout(row)
        self.footer.add_note(self.folder_button)
        self.footer.add_note(self.remove_button)

    def _connect(self) -> None:
        self.names.currentTextChanged.connect(self._open)
        self.new_button.clicked.connect(self._begin_new)
        self.folder_button.clicked.connect(self._show_folder)
        self.remove_button.clicked.connect(lambda: self._tasks.start("write", self._remove()))
        for signal in (self.name.edit.textEdited, self.values.textChanged):
            signal.connect(self._write_state)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Lists"))
        self.names.setAccessibleName(self.tr("Lists"))
        self.new_button.setText(self.tr("New list"))
        self.name.setAccessibleName(self.tr("Name of the list"))
        self.name.edit.setAccessibleName(self.tr("Name of the list"))
        self.name.edit.setPlaceholderText(self.tr("Name of the list"))
        self._how.setText(self.tr("One value a line. 3::value comes three times as often in a random sample."))
        self.values.setAccessibleName(self.tr("Values, one a line"))
        self.folder_button.setText(self.tr("Show in folder"))
        self.remove_button.setText(self.tr("Remove list"))
        self.set_cancel(self.tr("Close"))
        self.set_primary(self.tr("Save"))
        self._say_why_not()

    def _say_why_not(self) -> None:
        """Where nothing can be changed the values can still be read and copied."""
        why_not = self._why_not()
        for edit in (self.name.edit, self.values):
            edit.setReadOnly(bool(why_not))
            set_tooltip(edit, why_not)
        for button in (self.new_button, self.remove_button):
            set_available(button, not why_not, why_not)

    # ------------------------------------------------------------------------------------------------ reading
    async def _read(self, chosen: str) -> None:
        async def work(studio: Any) -> Any:
            return await studio.workspace.prompt_lists.read_all()

        self._lists, faults = await self._client.run(work)
        blocked = self.names.blockSignals(True)
        self.names.clear()
        self.names.addItems(list(self._lists))
        self.names.blockSignals(blocked)
        row = list(self._lists).index(chosen) if chosen in self._lists else 0
        self.names.setCurrentRow(row if self._lists else -1)
        if not self._lists:
            self._begin_new()
        if faults:
            names = listed(dict.fromkeys(fault.name for fault in faults))
            self._note.setText(self.tr("Files that cannot be used as they are: {names}").format(names=names))

    def _open(self, name: str) -> None:
        self._open_name = name
        self.name.set_text(name)
        self.values.set_text("\n".join(write_list_line(value) for value in self._lists.get(name, ())))
        self._note.setText("")
        self._write_state()

    def _begin_new(self) -> None:
        self.names.setCurrentRow(-1)
        self._open("")
        self.name.edit.setFocus()

    def _write_state(self) -> None:
        self.remove_button.setVisible(bool(self._open_name))
        name, some = self.name.text().strip(), bool(self.values.text().strip())
        reason = self.tr("Write a name") if not name else self.tr("Write a value")
        reason = self._why_not() or reason
        self.set_primary_available(bool(name) and some and not self._why_not(), reason)

    # ------------------------------------------------------------------------------------------------ writing
    def primary(self) -> None:
        self._tasks.start("write", self._save())

    async def _save(self) -> None:
        """A list that has another name now is written first and only then removed under its old one."""
        name, before = self.name.text().strip(), self._open_name
        try:
            values = [read_list_line(line) for line in self.values.text().splitlines() if line.strip()]
        except ValueError:
            self._note.setText(self.tr("A weight is a number above 0, such as 3::red."))
            return

        if name != before and name.casefold() in {one.casefold() for one in self._lists}:
            self._note.setText(self.tr("There is a list of this name already."))
            return

        async def work(studio: Any) -> None:
            await studio.workspace.prompt_lists.write(name, values, like=before)
            if before and before.casefold() != name.casefold():
                await studio.workspace.prompt_lists.remove(before)

        await self._told(work, name)

    async def _remove(self) -> None:
        name = self._open_name

        async def work(studio: Any) -> None:
            await studio.workspace.prompt_lists.remove(name)

        await self._told(work, "")

    async def _told(self, work: Any, chosen: str) -> None:
        try:
            await self._client.run(work)
        except StudioError as error:
            self._note.setText(f"{problem_title(error.problem)}. {problem_text(error.problem)}")
            return
        except ValueError:
            self._note.setText(self.tr("This name cannot be used for a list."))
            return
        await self._read(chosen)
        self.saved.emit(self._lists)

    def _show_folder(self) -> None:
        self._tasks.start("folder", self._open_folder())

    async def _open_folder(self) -> None:
        """The disk may sleep: the folder is made on a thread before it is shown."""
        folder = self._client.studio.workspace.prompt_lists.folder

        async def work(_studio: Any) -> None:
            await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)

        try:
            await self._client.run(work)
        except OSError as error:
            words = self.tr("The folder cannot be made: {reason}")
            self._note.setText(words.format(reason=error.strerror or error))
            return
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _failed(self, error: BaseException) -> None:
        self._note.setText(self.tr("Something broke in Prompt Studio. Your lists are as they were."))
        raise error
