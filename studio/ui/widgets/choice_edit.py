"""An editor for prompts with choices: `{red|blue}` on a grey ground, faults underlined, names of lists completed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QMimeData, QRectF, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QTextCharFormat, QTextCursor, QTextLine
from PySide6.QtWidgets import QCompleter, QListView, QTextEdit, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Radius, TextRole, active
from studio.ui.theme.paint import fill_box
from studio.ui.translation import filled, translate
from studio.ui.widgets.popover import round_corners
from studio.ui.widgets.text_edit import PlainTextEdit

if TYPE_CHECKING:
    from studio.domain.choices import ChoiceFault, ChoiceValue, PromptTemplate

_OPEN_NAME = re.compile(r"\{@([^{}|@\n]*)$")
_UNDERSCORES = re.compile(r"(?<!\w)__((?:(?!__)[^{}|@\n])*)$")
_NAME_MAX = 200
"""Characters before the cursor among which the beginning of a name is looked for."""
_COMPLETING = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab}
_NO_LISTS: Mapping[str, tuple[ChoiceValue, ...]] = MappingProxyType({})


class ChoiceEdit(PlainTextEdit):
    """A `PlainTextEdit` that reads its text as a template.

    The marks are painted and underlined as extra selections, not set as formats by a highlighter: formats would tell a
    changed text once more for every key. `read` comes after the text or the lists have been read anew. After
    ``{@`` or ``__`` the names of the lists are offered; Up, Down, Return or Tab take one, Esc closes."""

    read = Signal()

    @safe_override(False)
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return not _holds_files(source) and super().canInsertFromMimeData(source)

    @safe_override(None)
    def insertFromMimeData(self, source: QMimeData) -> None:
        if not _holds_files(source):
            super().insertFromMimeData(source)

    def __init__(
        self,
        text: str = "",
        *,
        role: TextRole = TextRole.PROMPT,
        name: str = "",
        lines: tuple[int, int] | None = None,
        bare: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        self._lists: Mapping[str, tuple[ChoiceValue, ...]] = _NO_LISTS
        self._template: PromptTemplate | None = None
        self._read_text: str | None = None
        self._completer: QCompleter | None = None
        self._popup: QListView | None = None
        super().__init__(text, role=role, name=name, lines=lines, bare=bare, parent=parent)
        self._reader = QTimer(self)
        self._reader.setSingleShot(True)
        self._reader.setInterval(0)
        self._reader.timeout.connect(self._read_again)
        self.textChanged.connect(self._reader.start)
        self._reader.start()

    # ------------------------------------------------------------------------------------------------ reading
    def set_lists(self, lists: Mapping[str, tuple[ChoiceValue, ...]]) -> None:
        """The lists that `{@name}` and `__name__` may name."""
        self._lists = lists
        self._read_text = None
        self._reader.start()

    def template(self) -> PromptTemplate:
        """The text of now, read. Long prompts without a choice cost next to nothing."""
        from studio.domain.choices import read_template

        text = self.text()
        if self._template is None or self._read_text != text:
            self._template, self._read_text = read_template(text, self._lists), text
        return self._template

    def _read_again(self) -> None:
        marks = self._marks(self.template())
        if marks or self.extraSelections():
            self.setExtraSelections(marks)
        self.viewport().update()
        self.read.emit()

    def _marks(self, template: PromptTemplate) -> list[Any]:
        """What is wrong, and braces that were perhaps meant to be closed."""
        places = [(fault.start, fault.end) for fault in template.faults]
        return [self._underlined(*place) for place in places + [(at, at + 1) for at in template.open_braces]]

    def _underlined(self, start: int, stop: int) -> Any:
        mark: Any = QTextEdit.ExtraSelection()  # the stub does not know its fields
        cursor = QTextCursor(self.document())
        end = self.document().characterCount() - 1
        cursor.setPosition(min(start, end))
        cursor.setPosition(min(max(stop, start + 1), end), QTextCursor.MoveMode.KeepAnchor)
        style = QTextCharFormat()
        style.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        style.setUnderlineColor(self.tokens.warn)
        mark.cursor, mark.format = cursor, style
        return mark

    def restyle(self) -> None:
        super().restyle()
        if self._template is not None and self.extraSelections():
            self.setExtraSelections(self._marks(self._template))

    # ------------------------------------------------------------------------------------------------ painting
    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        template = self._template
        if template is not None and template.choices and template.text == self.text():
            painter = QPainter(self.viewport())
            for choice in template.choices:
                self._paint_ground(painter, QRectF(event.rect()), choice.start, choice.end)
            painter.end()
        super().paintEvent(event)

    def _paint_ground(self, painter: QPainter, shown: QRectF, start: int, end: int) -> None:
        """The grey ground behind a span, line by line."""
        layout, across = self.document().documentLayout(), self.horizontalScrollBar().value()
        high = active().line_height(self._role)
        block = self.document().findBlock(start)
        while block.isValid() and block.position() < end:
            area = layout.blockBoundingRect(block).translated(-across, -self.verticalScrollBar().value())
            if area.top() > shown.bottom():
                return
            lines = block.layout()
            first, last = start - block.position(), min(end - block.position(), block.length() - 1)
            for number in range(lines.lineCount() if area.bottom() >= shown.top() else 0):
                line = lines.lineAt(number)
                a, b = max(first, line.textStart()), min(last, line.textStart() + line.textLength())
                if a < b:
                    left, right = _x_of(line, a), _x_of(line, b)
                    top = area.top() + number * high
                    box = QRectF(area.left() + left - 2, top + 1, right - left + 4, high - 2)
                    fill_box(painter, box, Radius.TEXT_CHIP, self.tokens.toggle_on)
            block = block.next()

    # ------------------------------------------------------------------------------------------------ completing
    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._popup is not None and self._popup.isVisible() and event.key() in _COMPLETING:
            event.ignore()  # the list has looked at it first and takes it
            return
        super().keyPressEvent(event)
        if event.text() or event.key() in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}:
            self._offer()

    def _typed_name(self) -> tuple[str, str] | None:
        """What begins the name before the cursor (``{@`` or ``__``) and how far it is typed."""
        cursor = self.textCursor()
        before = cursor.block().text()[: cursor.positionInBlock()]
        near = max(0, len(before) - _NAME_MAX)  # a paragraph may be as long as the prompt
        found = _OPEN_NAME.search(before, near)
        if found is not None:
            return "{@", found[1]
        found = _UNDERSCORES.search(before, near)
        if found is not None and before.count("__", 0, found.start()) % 2 == 0:
            return "__", found[1]
        return None

    def _offer(self) -> None:
        typed = self._typed_name()
        if typed is None or not self._lists:
            if self._popup is not None:
                self._popup.hide()
            return
        completer, popup = self._completion()
        completer.setModel(QStringListModel(sorted(self._lists), completer))
        completer.setCompletionPrefix(typed[1])
        if not completer.completionCount():
            popup.hide()
            return
        popup.setCurrentIndex(completer.completionModel().index(0, 0))
        widest = max(popup.fontMetrics().horizontalAdvance(name) for name in self._lists)
        place = self.cursorRect()
        place.setWidth(min(max(widest + 40, active().scaled(160)), active().scaled(360)))
        completer.complete(place)

    def _completion(self) -> tuple[QCompleter, QListView]:
        """Made when a name is first typed."""
        if self._completer is not None and self._popup is not None:
            return self._completer, self._popup
        completer = self._completer = QCompleter(self)
        completer.setWidget(self)
        completer.setCompletionMode(QCompleter.CompletionMode.PopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        popup = self._popup = QListView()
        completer.setPopup(popup)
        round_corners(popup)
        popup.setFont(active().font(TextRole.BASE))
        popup.setAccessibleName(translate("ChoiceEdit", "Lists"))
        completer.activated.connect(self._complete)
        return completer, popup

    def _complete(self, name: str) -> None:
        typed = self._typed_name()
        if typed is None:
            return
        opening, part = typed
        closing = "}" if opening == "{@" else "__"
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, len(part))
        rest = cursor.block().text()[self.textCursor().positionInBlock() :]
        cursor.insertText(name if rest.startswith(closing) else name + closing)
        if rest.startswith(closing):
            cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.MoveAnchor, len(closing))
        self.setTextCursor(cursor)


def _x_of(line: QTextLine, place: int) -> float:
    """Where a letter of a line begins. Qt gives a pair, its stubs do not say so."""
    found: Any = line.cursorToX(place)
    return float(found[0])


def choice_fault_text(fault: ChoiceFault) -> str:
    """What is wrong with a choice and what to do, in one sentence."""
    match fault.kind:
        case "open brace":
            return translate("ChoiceEdit", "A brace is not closed. Add }, or write \\{ for a plain brace.")
        case "unknown list":
            return filled(translate("ChoiceEdit", "There is no list named {name}."), name=fault.name)
        case "empty list":
            return filled(translate("ChoiceEdit", "The list {name} holds no value."), name=fault.name)
        case "empty choice":
            return translate("ChoiceEdit", "A choice has a value without words.")
        case "bad weight":
            return translate("ChoiceEdit", "A weight is a number above 0, such as 3::red.")
        case _:
            return translate("ChoiceEdit", "These are too many combinations.")


def _holds_files(mime: QMimeData) -> bool:
    """Their addresses are no words of a prompt."""
    return any(url.isLocalFile() for url in mime.urls())
