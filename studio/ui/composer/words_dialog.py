"""The dialog that edits saved words: a searchable list at the left, the current entry at the right."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from studio.ui.composer.shelves import SavedWords, WordShelf
from studio.ui.overrides import safe_override
from studio.ui.theme import Height, Space, TextRole
from studio.ui.widgets import Button, ButtonKind, IconButton, Label, LineField, set_available, set_tooltip
from studio.ui.widgets.dialog import Dialog
from studio.ui.widgets.text_edit import PlainTextEdit


@dataclass(frozen=True, slots=True)
class WordsDialogTexts:
    """The words of one kind of entry, already translated. `gone` has {name}."""

    title: str
    note: str
    search: str
    words: str
    add: str
    new_name: str
    gone: str


class WordsDialog(Dialog):
    """Changes are kept when another entry is chosen and when the dialog closes; a name twice or an empty field keeps
    the dialog where it is and says so. A removed entry can be had back until the dialog closes."""

    def __init__(
        self,
        parent: QWidget,
        shelf: WordShelf,
        texts: Callable[[], WordsDialogTexts],
        start: Callable[[Coroutine[Any, Any, None]], object],
        *,
        offer: SavedWords | None = None,
        why_not: Callable[[], str] = str,
    ) -> None:
        """`why_not`: why nothing can be changed here; empty when it can."""
        super().__init__(parent, name="words", size=QSize(720, 480))
        self._shelf, self._texts_of, self._start_task, self._why_not = shelf, texts, start, why_not
        self._texts = texts()
        self._entries: list[SavedWords] = []
        self._current: SavedWords | None = None
        self._removed: tuple[int, SavedWords] | None = None
        self._turn = asyncio.Lock()
        self._over = False
        """Closed: who was still reading for it must not write into it."""
        self._offer = offer
        self.search = LineField(parent=self)
        self.list = QListWidget(self)
        self.add_button = Button(kind=ButtonKind.OUTLINE, icon_name="plus", height=Height.SMALL, parent=self)
        self.remove_button = IconButton("trash-2", side=24, parent=self)
        self.count = Label(tone="text3", tabular=True, parent=self)
        self.name_field = LineField(parent=self)
        self.words_field = PlainTextEdit(parent=self)
        self.problem = Label(role=TextRole.SMALL, tone="danger", parent=self)
        self.problem.setWordWrap(True)
        self._gone = Label(tone="text2", parent=self)
        self.undo_button = Button(kind=ButtonKind.QUIET, height=Height.SMALL, parent=self)
        self._name_title = Label(weight=600, tone="text2", parent=self)
        self._words_title = Label(weight=600, tone="text2", parent=self)
        self._note = Label(tone="text2", parent=self)
        self._note.setWordWrap(True)
        self._lay_out()
        self._connect()
        self.set_cancel("")
        self.retranslate()
        self._show(None)
        self.search.edit.setFocus()
        self._start_task(self._read())

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        buttons.addWidget(self.count)
        left = QVBoxLayout()
        left.setSpacing(Space.S)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        left.addLayout(buttons)
        right = QVBoxLayout()
        right.setSpacing(Space.S)
        right.addWidget(self._name_title)
        right.addWidget(self.name_field)
        right.addWidget(self._words_title)
        right.addWidget(self.words_field, 1)
        right.addWidget(self.problem)
        columns = QHBoxLayout()
        columns.setSpacing(Space.L)
        columns.addLayout(left, 2)
        columns.addLayout(right, 3)
        self.body.addWidget(self._note)
        self.body.addLayout(columns, 1)
        self.footer.add_note(self._gone)
        self.footer.add_note(self.undo_button)

    def retranslate(self) -> None:
        texts = self._texts = self._texts_of()
        self.setWindowTitle(texts.title)
        self.list.setAccessibleName(texts.title)
        self._note.setText(texts.note)
        self.add_button.setText(texts.add)
        self.remove_button.set_name(self.tr("Remove"))
        self.undo_button.setText(self.tr("Undo"))
        self._name_title.setText(self.tr("Name"))
        self._words_title.setText(texts.words)
        for edit, words in ((self.search.edit, texts.search), (self.name_field.edit, self.tr("Name"))):
            edit.setAccessibleName(words)
            edit.setPlaceholderText(words)
        self.words_field.setAccessibleName(texts.words)
        self.words_field.setPlaceholderText(texts.words)
        self.set_primary(self.tr("Done"))
        self._show_gone()
        self._say_why_not()
        self._check()

    def _say_why_not(self) -> None:
        """Where nothing can be changed the words can still be read and copied."""
        why_not = self._why_not()
        for edit in (self.name_field.edit, self.words_field):
            edit.setReadOnly(bool(why_not))
            set_tooltip(edit, why_not)
        set_available(self.add_button, not why_not, why_not)
        set_available(self.remove_button, self._current is not None and not why_not, why_not)

    def _connect(self) -> None:
        self.search.edit.textChanged.connect(lambda _text: self._fill())
        self.list.currentItemChanged.connect(self._chosen)
        self.add_button.clicked.connect(self.add)
        self.remove_button.clicked.connect(self.remove)
        self.undo_button.clicked.connect(self.take_back)
        self.name_field.edit.textEdited.connect(lambda _text: self._check())
        self.words_field.textChanged.connect(self._check)

    # ------------------------------------------------------------------------------------------------ reading
    async def _read(self) -> None:
        entries = await self._shelf.read()
        if self._over:
            return
        self._entries = entries
        offer, self._offer = self._offer, None
        if offer is not None:
            self._add(offer)
            return
        self._fill()

    def _fill(self) -> None:
        """The entries that match the search; the current one stays chosen where it is among them."""
        wanted = self.search.text().casefold().split()
        found = [one for one in self._entries if all(w in f"{one.name}\n{one.words}".casefold() for w in wanted)]
        self.list.blockSignals(True)
        self.list.clear()
        for entry in found:
            item = QListWidgetItem(entry.name or self._texts.new_name)
            item.setData(Qt.ItemDataRole.UserRole, entry)
            self.list.addItem(item)
            if entry is self._current:
                self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        words = self.tr("{some} of {total}").format(some=len(found), total=len(self._entries))
        self.count.setText(words if len(found) < len(self._entries) else str(len(found) or ""))
        if self._current is None and found:
            self.list.setCurrentRow(0)

    # ------------------------------------------------------------------------------------------------ editing
    def add(self) -> None:
        """A new entry, empty, with the focus in its name."""
        if self.commit():
            self._add(SavedWords("", ""))

    def _add(self, entry: SavedWords) -> None:
        self.search.set_text("")
        self._entries.append(entry)
        self._show(entry)
        self._fill()
        self.name_field.setFocus()
        self.name_field.edit.selectAll()
        self._check()

    def remove(self) -> None:
        """Take the current entry away; Undo brings it back."""
        entry = self._current
        if entry is None:
            return
        at = self._entries.index(entry)
        self._entries.remove(entry)
        if entry.place is not None:
            self._removed = (at, entry)
            self._start_task(self._in_turn(self._shelf.remove, entry))
        self._show(self._entries[min(at, len(self._entries) - 1)] if self._entries else None)
        self._fill()
        self._show_gone()

    def take_back(self) -> None:
        """Bring back what was removed last."""
        if self._removed is None or not self.commit():
            return
        (at, entry), self._removed = self._removed, None
        self._entries.insert(at, entry)
        self._start_task(self._in_turn(self._shelf.keep, entry))
        self._show(entry)
        self._fill()
        self._show_gone()

    def commit(self) -> bool:
        """Keep what was written for the current entry; False when it cannot be kept as it is."""
        entry = self._current
        if entry is None:
            return True
        name, words = self._written()
        if entry.place is None and not words.strip() and not name:
            self._entries.remove(entry)
            self._show(None)
            return True
        if self._fault():
            self._check()
            return False
        if (name, words) != (entry.name, entry.words) or entry.place is None:
            entry.name, entry.words = name, words
            self._start_task(self._in_turn(self._shelf.keep, entry))
        return True

    def primary(self) -> None:
        if self.commit():
            self.accept()

    @safe_override(None)
    def reject(self) -> None:
        """Esc keeps what can be kept; what cannot be is told once and then left behind."""
        if not self.commit() and not self.property("warned"):
            self.setProperty("warned", True)
            return
        super().reject()

    def done(self, result: int) -> None:
        self._over = True
        super().done(result)

    async def _in_turn(self, work: Callable[[SavedWords], Coroutine[Any, Any, None]], entry: SavedWords) -> None:
        async with self._turn:
            await work(entry)

    # ------------------------------------------------------------------------------------------------ inner
    def _written(self) -> tuple[str, str]:
        return " ".join(self.name_field.text().split()), self.words_field.text()

    def _fault(self) -> str:
        """Why the current entry cannot be kept, in words."""
        name, words = self._written()
        if not name:
            return self.tr("It needs a name.")
        others = (one.name.casefold() for one in self._entries if one is not self._current)
        if name.casefold() in others:
            return self.tr("This name is taken.")
        if len(name) > self._shelf.name_max:
            return self.tr("A name has at most {count} characters.").format(count=self._shelf.name_max)
        if len(words) > self._shelf.words_max:
            return self.tr("At most {limit} characters fit.").format(limit=self._shelf.words_max)
        return "" if words.strip() else self.tr("It needs words.")

    def _check(self) -> None:
        self.setProperty("warned", False)
        fault = self._fault() if self._current is not None else ""
        fresh = self._current is not None and self._current.place is None and not any(self._written())
        self.problem.setText("" if fresh else fault)
        self.problem.setVisible(bool(self.problem.text()))

    def _chosen(self, item: QListWidgetItem | None, _before: object) -> None:
        entry = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        if entry is None or entry is self._current:
            return
        if self.commit():
            self._show(entry)
        self._fill()

    def _show(self, entry: SavedWords | None) -> None:
        self._current = entry
        for widget in (self.name_field, self.words_field):
            widget.setEnabled(entry is not None)
        self._say_why_not()
        self.name_field.set_text(entry.name if entry is not None else "")
        self.words_field.blockSignals(True)
        self.words_field.set_text(entry.words if entry is not None else "")
        self.words_field.blockSignals(False)
        self._check()

    def _show_gone(self) -> None:
        removed = self._removed
        self._gone.setText(self._texts.gone.format(name=removed[1].name) if removed is not None else "")
        self._gone.setVisible(removed is not None)
        self.undo_button.setVisible(removed is not None)
