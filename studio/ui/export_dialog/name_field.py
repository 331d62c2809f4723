"""The file name as it is put together: words typed as they are, and parts such as the date as chips among them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

from PySide6.QtCore import QMimeData, QRectF, Qt, Signal
from PySide6.QtGui import (
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextCursor,
    QTextLine,
)
from PySide6.QtWidgets import QHBoxLayout, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Radius, TextRole, active
from studio.ui.theme.paint import fill_box
from studio.ui.widgets.field import FieldFrame
from studio.ui.widgets.text_edit import PlainTextEdit

TEMPLATE_MAX = 500
"""Characters of a template with its braces; what does not fit is not taken."""

_HARD_SPACE = "\u00a0"
_BEFORE, _BEHIND = " " + 2 * _HARD_SPACE, 3 * _HARD_SPACE
"""At both ends of a chip's words: the outermost is the distance to what stands beside it, the others are its room. A
line may end at the first one, so that a chip goes to the next line as a whole."""
_TOKEN, _NUMBER = QTextCharFormat.Property.UserProperty + 1, QTextCharFormat.Property.UserProperty + 2
_TYPED = re.compile(r"\{(\w+)\}")
_LINE_ENDS = re.compile(r"[\n\r\t\u2028\u2029]+")
_PADDING_ABOVE = 5
_numbers = count(1)


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a chip stands in the document, in Qt's places, and the token it is."""

    start: int
    end: int
    token: str


class TemplateEdit(PlainTextEdit):
    """One line that wraps. A token is one thing to cursor, selection and deletion; copied text has it in braces, and
    braces that are typed or pasted become one.

    A chip is made of letters with a format, not of a picture: screen readers read its words where it stands."""

    edited = Signal()

    def __init__(self, names: Mapping[str, str], parent: QWidget | None = None) -> None:
        self._names = dict(names)
        self._busy = False
        self._typing = False
        self._was_at = 0
        super().__init__(role=TextRole.LONG, lines=(1, 4), bare=True, parent=parent)
        self.textChanged.connect(self._changed)
        self.cursorPositionChanged.connect(self._keep_out)
        self.selectionChanged.connect(self._keep_out)

    # ------------------------------------------------------------------------------------------------ value
    def template(self) -> str:
        """The text with its tokens in braces."""
        return self._between(0, self.document().characterCount() - 1)

    def set_template(self, template: str) -> None:
        """Show another template and forget the steps to undo; `edited` comes when it differs."""
        before = self.template()
        self._busy = True
        document = self.document()
        document.setUndoRedoEnabled(False)
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.removeSelectedText()
        self._write(cursor, template)
        document.setUndoRedoEnabled(True)
        self._busy = False
        self.moveCursor(QTextCursor.MoveOperation.End)
        if self.template() != before:
            self.edited.emit()

    def set_names(self, names: Mapping[str, str]) -> None:
        """Other words for the tokens, after a change of language."""
        if dict(names) != self._names:
            template = self.template()
            self._names = dict(names)
            self.blockSignals(True)
            self.set_template(template)
            self.blockSignals(False)

    def used_tokens(self) -> tuple[str, ...]:
        """The tokens in it, in their order."""
        return tuple(span.token for span in self._spans())

    def insert_token(self, token: str) -> None:
        """Put a token at the cursor, an underscore between it and what stands beside it."""
        cursor = self.textCursor()
        end = self.document().characterCount() - 1
        before, behind = self._between(0, cursor.selectionStart()), self._between(cursor.selectionEnd(), end)
        left = "_" if before and not before.endswith(("_", "-", ".", " ")) else ""
        right = "_" if behind and not behind.startswith(("_", "-", ".", " ")) else ""
        self._insert(f"{left}{{{token}}}{right}")

    def selected_text(self) -> str:
        cursor = self.textCursor()
        return self._between(cursor.selectionStart(), cursor.selectionEnd())

    # ------------------------------------------------------------------------------------------------ reading
    def _spans(self) -> list[_Span]:
        return [
            _Span(at, at + length, token)
            for at, length, text, token in self._fragments()
            if token and text == self._words(token)
        ]

    def _fragments(self) -> Iterator[tuple[int, int, str, str]]:
        """Place, length, text and token (or "") of each piece in one format."""
        block = self.document().begin()
        while block.isValid():
            pieces: Any = block.begin()
            while not pieces.atEnd():
                piece = pieces.fragment()
                token = piece.charFormat().property(_TOKEN)
                yield piece.position(), piece.length(), piece.text(), str(token or "")
                pieces += 1
            block = block.next()

    def _between(self, start: int, end: int) -> str:
        """Part of the template; a token belongs to it when all of it does."""
        parts: list[str] = []
        raw = self.document().toRawText()
        # Qt counts in UTF-16, Python in characters: outside of the first 65 536 letters they differ.
        units = raw.encode("utf-16-le", "surrogatepass")
        at = start
        for span in self._spans():
            if span.start >= start and span.end <= end:
                parts += [_text(units, at, span.start), f"{{{span.token}}}"]
                at = span.end
        return _LINE_ENDS.sub(" ", "".join((*parts, _text(units, at, end))))

    def _words(self, token: str) -> str:
        return f"{_BEFORE}{self._names.get(token, token).replace(' ', _HARD_SPACE)}{_BEHIND}"

    # ------------------------------------------------------------------------------------------------ writing
    def _write(self, cursor: QTextCursor, template: str) -> None:
        """Insert text and tokens where the cursor is, over what is selected."""
        if cursor.hasSelection():
            cursor.removeSelectedText()
        for part in _parts(template, self._names):
            if part in self._names:
                style = QTextCharFormat()
                style.setProperty(_TOKEN, part)
                style.setProperty(_NUMBER, next(_numbers))  # two chips side by side stay two
                cursor.insertText(self._words(part), style)
            else:
                cursor.insertText(part.strip("\0"), QTextCharFormat())

    def _insert(self, template: str) -> None:
        """As one step to undo; what does not fit is left out."""
        flat = _LINE_ENDS.sub(" ", template)
        room = TEMPLATE_MAX - (len(self.template()) - len(self.selected_text()))
        if len(flat) > room:
            flat = flat[: max(0, room)]
        cursor = self.textCursor()
        self._busy = True
        cursor.beginEditBlock()
        self._write(cursor, flat)
        cursor.endEditBlock()
        self._busy = False
        self.setTextCursor(cursor)
        self._changed()

    def _changed(self) -> None:
        if not self._busy:
            self.edited.emit()

    def _gather(self) -> None:
        """Braces that were typed become a chip; a chip whose words were broken becomes the words it is made of.

        Never after Undo: that would do again what was just taken back."""
        for at, length, text, token in list(self._fragments()):
            cursor = QTextCursor(self.document())
            if token and text != self._words(token):
                cursor.joinPreviousEditBlock()
                cursor.setPosition(at)
                cursor.setPosition(at + length, QTextCursor.MoveMode.KeepAnchor)
                cursor.setCharFormat(QTextCharFormat())
                cursor.endEditBlock()
                return
            found = None if token else next((one for one in _TYPED.finditer(text) if one[1] in self._names), None)
            if found is not None:
                start = at + len(text[: found.start()].encode("utf-16-le", "surrogatepass")) // 2
                cursor.joinPreviousEditBlock()
                cursor.setPosition(start)
                cursor.setPosition(start + len(found[0]), QTextCursor.MoveMode.KeepAnchor)
                self._write(cursor, found[0])
                cursor.endEditBlock()
                self.setTextCursor(cursor)
                self._gather()
                return

    # ------------------------------------------------------------------------------------------------ the cursor
    def _keep_out(self) -> None:
        """The cursor stands beside a chip, never in it; a selection has all of it or nothing."""
        if self._busy:
            return
        cursor = self.textCursor()
        anchor, place = cursor.anchor(), cursor.position()
        for span in self._spans():
            both = span.start <= min(anchor, place) and max(anchor, place) <= span.end and anchor != place
            if both and (anchor, place) not in {(span.start, span.end), (span.end, span.start)}:
                anchor, place = span.start, span.end  # a double click has taken one word of it
            selects = anchor != place
            place = self._outside(span, place, self._was_at if self._typing else place)
            anchor = self._outside(span, anchor, anchor) if selects else place
        self._was_at = place
        self._busy = True
        if (anchor, place) != (cursor.anchor(), cursor.position()):
            cursor.setPosition(anchor)
            cursor.setPosition(place, QTextCursor.MoveMode.KeepAnchor)
            self.setTextCursor(cursor)
        if anchor == place:
            self.setCurrentCharFormat(QTextCharFormat())  # letters typed behind a chip are none of it
        self._busy = False

    @staticmethod
    def _outside(span: _Span, place: int, came_from: int) -> int:
        """The end of the chip on the way that the cursor goes, or the nearer one."""
        if not span.start < place < span.end:
            return place
        if came_from <= span.start:
            return span.end
        if came_from >= span.end:
            return span.start
        return span.start if place - span.start < span.end - place else span.end

    @safe_override(None)
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()  # the primary button's
            return
        if key in {Qt.Key.Key_Backspace, Qt.Key.Key_Delete} and self._delete_chip(key == Qt.Key.Key_Backspace):
            return
        if _types(event):
            self._insert_typed(event.text())
            return
        self._typing = True
        super().keyPressEvent(event)
        self._typing = False

    def _insert_typed(self, text: str) -> None:
        """Letters go in without the format of the chip beside them."""
        room = TEMPLATE_MAX - (len(self.template()) - len(self.selected_text()))
        if len(text) <= room:
            cursor = self.textCursor()
            cursor.insertText(text, QTextCharFormat())
            self.setTextCursor(cursor)
            self._gather()

    def _delete_chip(self, backwards: bool) -> bool:
        cursor = self.textCursor()
        if cursor.hasSelection():
            return False
        place = cursor.position()
        span = next((one for one in self._spans() if place == (one.end if backwards else one.start)), None)
        if span is None:
            return False
        cursor.setPosition(span.start)
        cursor.setPosition(span.end, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        return True

    @safe_override(None)
    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        if event.commitString() and self.textCursor().hasSelection():
            self.textCursor().removeSelectedText()
        super().inputMethodEvent(event)
        if event.commitString():
            self._gather()

    @safe_override(None)
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._typing = False
        super().mousePressEvent(event)

    @safe_override(None)
    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self._keep_out()
            self._insert(source.text())

    # ------------------------------------------------------------------------------------------------ painting
    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        spans = self._spans()
        if spans:
            painter = QPainter(self.viewport())
            for span in spans:
                fill_box(painter, self._box(span), Radius.TEXT_CHIP, self.tokens.toggle_on)
            painter.end()
        super().paintEvent(event)

    def _box(self, span: _Span) -> QRectF:
        """Where a chip is drawn, without the distance at its ends; its hard spaces keep it on one line."""
        block = self.document().findBlock(span.start)
        area = self.document().documentLayout().blockBoundingRect(block)
        first, last = span.start + 1 - block.position(), span.end - 1 - block.position()
        line = block.layout().lineForTextPosition(first)
        left, right = _x_of(line, first), _x_of(line, last)
        high = active().line_height(self._role)
        top = area.top() + line.lineNumber() * high - self.verticalScrollBar().value()
        return QRectF(area.left() + left, top, right - left, high)


class NameField(FieldFrame):
    """`edit` in a frame that grows with its lines."""

    def __init__(self, names: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = TemplateEdit(names, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(3, _PADDING_ABOVE, 9, _PADDING_ABOVE)
        row.addWidget(self.edit)
        self.setFocusProxy(self.edit)
        self.watch(self.edit)


def _types(event: QKeyEvent) -> bool:
    """Is it a key that writes?"""
    command = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.MetaModifier
    altgr = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    held = event.modifiers()
    return bool(event.text()) and event.text().isprintable() and (not held & command or held & altgr == altgr)


def _parts(template: str, names: Iterable[str]) -> Iterator[str]:
    """Tokens by their names, everything else as it is, marked so that no word is taken for a token."""
    at = 0
    for found in _TYPED.finditer(template):
        if found[1] in names:
            if found.start() > at:
                yield f"\0{template[at : found.start()]}"
            yield found[1]
            at = found.end()
    if template[at:]:
        yield f"\0{template[at:]}"


def _text(units: bytes, start: int, end: int) -> str:
    return units[2 * start : 2 * end].decode("utf-16-le", "surrogatepass")


def _x_of(line: QTextLine, place: int) -> float:
    """Where a letter of a line begins. Qt gives a pair, its stubs do not say so."""
    found: Any = line.cursorToX(place)
    return float(found[0])
