"""Editors of several lines that know plain text only, with the line height of the specification."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFont, QFontMetrics, QPalette, QResizeEvent, QTextBlockFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QTextEdit, QWidget

from studio.domain.text_change import splice_between
from studio.ui.overrides import safe_override
from studio.ui.theme import TextRole, active
from studio.ui.widgets.popover import round_corners
from studio.ui.widgets.themed import Themed

_PADDING_ACROSS, _PADDING_ABOVE = 10, 5
_LINE_SEPARATORS = ("\u2028", "\u2029", "\ufdd0", "\ufdd1")
_LONG_PARAGRAPH = 6_000
"""Characters from which on a paragraph is laid out without kerning: each key lays its whole paragraph out anew."""


class PlainTextEdit(Themed, QTextEdit):
    """A plain-text editor. Tab leaves it; pasted text loses its formats; copied text has none.

    `lines` is (least, most): the editor grows with its text between them and then scrolls; None leaves the height to
    the layout. `bare` takes away frame and ground, for use inside a frame that shows the focus itself. (It is a
    QTextEdit inside, since Qt's QPlainTextEdit cannot set the height of a line.)

    `menu_opening` carries the context menu and this editor before it opens, for more entries."""

    menu_opening = Signal(object, object)

    def __init__(
        self,
        text: str = "",
        *,
        role: TextRole = TextRole.PROMPT,
        name: str = "",
        placeholder: str = "",
        lines: tuple[int, int] | None = None,
        bare: bool = False,
        code: bool = False,
        tone: str = "text",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._role, self._lines, self._code, self._tone = role, lines, code, tone
        self._has_long_paragraph = self._plainly_set = False
        self.setAcceptRichText(False)
        self.setAutoFormatting(QTextEdit.AutoFormattingFlag.AutoNone)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.document().setDocumentMargin(0)
        self.document().contentsChange.connect(self._look_for_long_paragraph)
        self.textChanged.connect(self._choose_shaping)
        if bare:
            self.setProperty("bare", True)
        if lines is not None:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.restyle()
        self.set_text(text)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def text(self) -> str:
        """What was typed, with every space as it is (Qt's `toPlainText` turns hard spaces into soft ones)."""
        return _with_line_ends(self.document().toRawText())

    def selected_text(self) -> str:
        """What is selected, with line ends as `text` has them."""
        return _with_line_ends(self.textCursor().selectedText())

    def set_text(self, text: str) -> None:
        """Show a text and forget the steps to undo."""
        self.setPlainText(text)
        undo = self.document().isUndoRedoEnabled()
        self.document().setUndoRedoEnabled(False)
        self._apply_line_height()
        self.document().setUndoRedoEnabled(undo)
        self._fit()

    def set_line_range(self, least: int, most: int) -> None:
        """Other limits for the height, in lines."""
        if self._lines != (least, most):
            self._lines = (least, most)
            self._fit()
            self.updateGeometry()

    def replace_text(self, text: str) -> None:
        """Put another text in as one step that Undo takes back."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def change_text(self, text: str) -> None:
        """Show another text by changing only the part that differs; the cursor ends up behind it."""
        before = self.text()
        if before == text:
            return
        change = splice_between(before, text)
        cursor = QTextCursor(self.document())
        start = _utf16(before[: change.at])
        cursor.setPosition(start)
        cursor.setPosition(start + _utf16(change.was), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(change.now)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def select_part(self, start: int, end: int) -> None:
        """Select the characters of `text` from `start` to `end`."""
        text = self.text()
        cursor = QTextCursor(self.document())
        cursor.setPosition(_utf16(text[:start]))
        cursor.setPosition(_utf16(text[:end]), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def restyle(self) -> None:
        theme = active()
        font = theme.code_font(self._role) if self._code else theme.font(self._role)
        self.setFont(font)
        self.viewport().setFont(font)  # of the placeholder; a new style sheet would leave it behind
        self._plainly_set = False
        self.document().setDefaultFont(font)
        self._choose_shaping()
        tokens, palette = self.tokens, QPalette(QApplication.palette())
        palette.setColor(QPalette.ColorRole.Text, getattr(tokens, self._tone))
        palette.setColor(QPalette.ColorRole.PlaceholderText, tokens.text3)
        self.setPalette(palette)
        undo = self.document().isUndoRedoEnabled()
        if undo and not self.document().isUndoAvailable() and not self.document().isRedoAvailable():
            self.document().setUndoRedoEnabled(False)
            self._apply_line_height()
            self.document().setUndoRedoEnabled(True)
        else:
            self._apply_line_height()
        self._fit()

    def _look_for_long_paragraph(self, at: int, _removed: int, added: int) -> None:
        """While it happens nothing may be changed; see `_choose_shaping`."""
        document = self.document()
        if document.characterCount() < _LONG_PARAGRAPH:
            self._has_long_paragraph = False
            return
        block = document.findBlock(at)
        while block.isValid() and block.position() <= at + added and not self._has_long_paragraph:
            self._has_long_paragraph = block.length() >= _LONG_PARAGRAPH
            block = block.next()

    def _choose_shaping(self) -> None:
        """Kerning and ligatures cost more than half of the time in which a long paragraph is laid out; letters that
        need to be joined are so all the same."""
        if self._has_long_paragraph == self._plainly_set:
            return
        self._plainly_set = self._has_long_paragraph
        font = QFont(self.font())
        if self._plainly_set:
            font.setStyleStrategy(QFont.StyleStrategy.PreferNoShaping)
            font.setKerning(False)
        self.document().setDefaultFont(font)

    def _apply_line_height(self) -> None:
        """Set the height of all lines; the blocks typed later take it from these."""
        height = float(active().line_height(self._role))
        block_format = QTextBlockFormat()
        block_format.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.mergeBlockFormat(block_format)
        # Qt puts the base line at four fifths of a fixed line; the margin brings the letters back to the middle.
        metrics = QFontMetrics(self.font())
        middle = (height - metrics.ascent() - metrics.descent()) / 2 + metrics.ascent()
        shift = round(height * 0.8 - middle)
        across, above = (0, 0) if self.property("bare") else (_PADDING_ACROSS, _PADDING_ABOVE)
        self.setViewportMargins(across, above - shift, across, above)

    def _wanted_height(self) -> int:
        line = active().line_height(self._role)
        frame = 0 if self.property("bare") else 2 * _PADDING_ABOVE + 2
        if self._lines is None:
            return line * 3 + frame
        least, most = self._lines
        wanted = round(self.document().size().height() / line)
        return min(max(wanted, least), most) * line + frame

    def _fit(self) -> None:
        if self._lines is None:
            return
        self.setFixedHeight(self._wanted_height())
        full = self.document().size().height() > self._lines[1] * active().line_height(self._role)
        policy = Qt.ScrollBarPolicy.ScrollBarAsNeeded if full else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(policy)

    @safe_override(QSize())
    def sizeHint(self) -> QSize:
        return QSize(active().scaled(240), self._wanted_height())

    @safe_override(QSize())
    def minimumSizeHint(self) -> QSize:
        least = self._lines[0] if self._lines else 1
        return QSize(48, least * active().line_height(self._role))

    @safe_override(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @safe_override(None)
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = self.createStandardContextMenu()
        round_corners(menu)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.menu_opening.emit(menu, self)
        menu.popup(event.globalPos())

    @safe_override(False)
    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() and not source.hasImage()

    @safe_override(None)
    def insertFromMimeData(self, source: QMimeData) -> None:
        if source.hasText():
            self.insertPlainText(source.text())

    def createMimeDataFromSelection(self) -> QMimeData:
        # Qt's own object without its formats, not a new one: where the clipboard outlives Python (as on the offscreen
        # platform), destroying an object made in Python would crash the exit.
        copied = super().createMimeDataFromSelection()
        copied.html()  # it makes its formats when the first is asked for; before that none can be taken away
        copied.setText(self.selected_text())
        for other in copied.formats():
            if other != "text/plain":
                copied.removeFormat(other)
        return copied


class SelectableText(PlainTextEdit):
    """Text to read, select and copy; as high as it is long. For prompts used, answers, long facts."""

    def __init__(
        self,
        text: str = "",
        *,
        role: TextRole = TextRole.LONG,
        name: str = "",
        tone: str = "text2",
        code: bool = False,
        max_lines: int = 10_000,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            text, role=role, name=name, lines=(1, max_lines), bare=True, code=code, tone=tone, parent=parent
        )
        self.setReadOnly(True)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )


def _with_line_ends(raw: str) -> str:
    """Replaced one by one: `str.translate` takes a millisecond for a long prompt, and each key asks several times."""
    for separator in _LINE_SEPARATORS:
        raw = raw.replace(separator, "\n")
    return raw


def _utf16(text: str) -> int:
    """How many places of a QTextDocument a text takes."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
