"""Saved words in the composer: insert a snippet, save one, edit snippets and styles."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from studio.ui.composer.joining import joined_words
from studio.ui.composer.search_list import SearchList
from studio.ui.composer.shelves import SavedWords, SnippetShelf, StyleShelf, WordShelf
from studio.ui.composer.words_dialog import WordsDialog, WordsDialogTexts
from studio.ui.tasks import TaskBag
from studio.ui.theme import Height
from studio.ui.translation import translate
from studio.ui.widgets import Button, ButtonKind, set_action_available, set_available
from studio.ui.widgets.text_edit import PlainTextEdit
from studio.ui.widgets.two_lines import TwoLineDelegate

if TYPE_CHECKING:
    from studio.ui.client import StudioClient
    from studio.ui.composer.prompt_box import PromptBox

_NAME_WORDS = 4


class SavedWordsOffer(QObject):
    """Serves the two texts of one prompt box. A snippet goes to the cursor of the text that was edited last."""

    def __init__(self, owner: QWidget, client: StudioClient, box: PromptBox, why_not: Callable[[], str]) -> None:
        """`why_not`: why nothing can be changed in this workspace; empty when it can."""
        super().__init__(owner)
        self._owner, self._client, self._box, self._why_not = owner, client, box, why_not
        self._tasks = TaskBag(self, self._failed)
        self._serial = 0
        self._found: list[SavedWords] = []
        self.popover: SearchList | None = None
        self.dialog: WordsDialog | None = None
        for editor in (box.prompt, box.negative):
            editor.menu_opening.connect(self._fill_menu)

    def end(self) -> None:
        """The window closes: nothing more is asked of the workspace."""
        self._tasks.cancel_all()

    # ------------------------------------------------------------------------------------------------ inserting
    def open_at(self, button: QWidget) -> None:
        """The searchable list below its button; Return or a click inserts at the cursor."""
        editor = self._editor()
        name = translate("Snippets", "Snippets")
        popover = self.popover = SearchList(
            self._owner, name=name, search_words=translate("Snippets", "Search snippets")
        )
        popover.rows.setItemDelegate(TwoLineDelegate(popover.rows))
        save = Button(kind=ButtonKind.QUIET, height=Height.SMALL, icon_name="plus", parent=popover)
        selected = editor.textCursor().hasSelection()
        words = translate("Snippets", "Save selection") if selected else translate("Snippets", "Save prompt")
        save.setText(words)
        save.setVisible(bool(editor.text().strip()))
        edit = Button(translate("Snippets", "Edit..."), kind=ButtonKind.QUIET, height=Height.SMALL, parent=popover)
        set_available(save, not self._why_not(), self._why_not())
        popover.foot.addWidget(save)
        popover.foot.addWidget(edit)
        popover.searched.connect(lambda text: self._show_found(popover, text))
        popover.taken.connect(lambda entry: self._take(popover, editor, entry))
        save.clicked.connect(popover.close)
        save.clicked.connect(lambda: self.save_from(editor))
        edit.clicked.connect(popover.close)
        edit.clicked.connect(lambda: self.edit_snippets(None))
        popover.closed.connect(self._forget_popover)
        self._tasks.start("list", self._fill(popover))
        popover.open_at(button, align_right=True)

    async def _fill(self, popover: SearchList) -> None:
        self._found = await SnippetShelf(self._client).read()
        self._show_found(popover, "")

    def _show_found(self, popover: SearchList, text: str) -> None:
        wanted = text.casefold().split()
        found = [one for one in self._found if all(w in f"{one.name}\n{one.words}".casefold() for w in wanted)]
        if self._found and not found:
            words = translate("Snippets", "No snippet has these words")
        elif self._found:
            words = translate("Snippets", "{some} of {total} snippets").format(some=len(found), total=len(self._found))
        else:
            words = translate("Snippets", "No snippet yet")
        popover.show_rows([(f"{one.name}\n{' '.join(one.words.split())}", one) for one in found], count=words)

    def _take(self, popover: SearchList, editor: PlainTextEdit, entry: SavedWords) -> None:
        popover.close()
        self.insert(editor, entry.words)

    def insert(self, editor: PlainTextEdit, words: str) -> None:
        """Put words at the cursor, in place of what is selected, joined to what stands around them."""
        cursor = editor.textCursor()
        text, start, end = editor.text(), cursor.selectionStart(), cursor.selectionEnd()
        units = text.encode("utf-16-le", "surrogatepass")  # places of a cursor count UTF-16 units
        before = units[: 2 * start].decode("utf-16-le", "surrogatepass")
        after = units[2 * end :].decode("utf-16-le", "surrogatepass")
        cursor.insertText(joined_words(before, words, after))
        editor.setTextCursor(cursor)
        editor.ensureCursorVisible()
        editor.setFocus()

    # ------------------------------------------------------------------------------------------------ saving, editing
    def save_from(self, editor: PlainTextEdit) -> None:
        """Offer the selection, or the whole text, as a new snippet with a name made of its first words."""
        cursor = editor.textCursor()
        words = editor.selected_text() if cursor.hasSelection() else editor.text()
        words = words.strip()
        if words and not self._why_not():
            name = " ".join(words.replace(",", " ").replace("，", " ").split()[:_NAME_WORDS])[:60]
            self.edit_snippets(SavedWords(name, words))

    def edit_snippets(self, offer: SavedWords | None = None) -> None:
        self._open(SnippetShelf(self._client), _snippet_texts, offer, self._why_not)

    def edit_styles(self) -> None:
        self._open(StyleShelf(self._client.studio.settings), _style_texts)

    def _open(
        self,
        shelf: WordShelf,
        texts: Callable[[], WordsDialogTexts],
        offer: SavedWords | None = None,
        why_not: Callable[[], str] = str,
    ) -> None:
        window = self._owner.window()
        dialog = self.dialog = WordsDialog(window, shelf, texts, self._start, offer=offer, why_not=why_not)
        dialog.finished.connect(self._forget_dialog)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # ------------------------------------------------------------------------------------------------ inner
    def _editor(self) -> PlainTextEdit:
        """The text with the focus; the prompt when neither has it."""
        return self._box.negative if self._box.negative.hasFocus() else self._box.prompt

    def _fill_menu(self, menu: QMenu, editor: PlainTextEdit) -> None:
        menu.addSeparator()
        menu.addAction(translate("Snippets", "Insert snippet..."), lambda: self.open_at(editor))
        words = translate("Snippets", "Save selection as snippet...")
        if not editor.textCursor().hasSelection():
            words = translate("Snippets", "Save as snippet...")
        action = menu.addAction(words, lambda: self.save_from(editor))
        why_not = self._why_not()
        set_action_available(action, bool(editor.text().strip()) and not why_not, why_not)
        menu.setToolTipsVisible(True)

    def _forget_popover(self) -> None:
        self._tasks.cancel("list")
        self.popover = None

    def _forget_dialog(self) -> None:
        self.dialog = None

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        self._serial += 1
        self._tasks.start(f"words {self._serial}", work)

    def _failed(self, error: BaseException) -> None:
        raise error


def _snippet_texts() -> WordsDialogTexts:
    return WordsDialogTexts(
        title=translate("Snippets", "Snippets"),
        note=translate("Snippets", "Words to insert into any prompt. They are kept in this workspace."),
        search=translate("Snippets", "Search snippets"),
        words=translate("Snippets", "Words"),
        add=translate("Snippets", "New snippet"),
        new_name=translate("Snippets", "New snippet"),
        gone=translate("Snippets", "“{name}” was removed."),
    )


def _style_texts() -> WordsDialogTexts:
    return WordsDialogTexts(
        title=translate("Snippets", "Styles"),
        note=translate("Snippets", "A style adds its words to each request. All workspaces offer the same styles."),
        search=translate("Snippets", "Search styles"),
        words=translate("Snippets", "Words that are sent"),
        add=translate("Snippets", "New style"),
        new_name=translate("Snippets", "New style"),
        gone=translate("Snippets", "“{name}” was removed."),
    )
