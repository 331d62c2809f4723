"""Prompt above, negative prompt below a hair line, in one frame."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.theme import Space, TextRole
from studio.ui.translation import Translated
from studio.ui.widgets import ChoiceEdit, FieldFrame, Label, safe_override

_PADDING = 10


class PromptBox(Translated, FieldFrame):
    """`changed` comes with each edit of either text, `read` when their choices have been read anew. The prompt has 5 to
    12 lines, the negative prompt 1 to 4."""

    changed = Signal()
    read = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.prompt = ChoiceEdit(lines=(5, 12), bare=True, parent=self)
        self.negative = ChoiceEdit(role=TextRole.LONG, lines=(1, 4), bare=True, parent=self)
        self._negative_name = Label(tone="text3", parent=self)
        self._lay_out()
        for editor in (self.prompt, self.negative):
            self.watch(editor)
            editor.textChanged.connect(self._edited)
            editor.read.connect(self.read)
        self.setFocusProxy(self.prompt)
        self.retranslate()

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(_PADDING, _PADDING, 2, 6)
        rows.setSpacing(0)
        rows.addWidget(self.prompt)
        rows.addSpacing(Space.S)
        line = QHBoxLayout()
        line.setContentsMargins(0, 6, 0, 0)
        line.setSpacing(Space.S)
        line.addWidget(self._negative_name, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self.negative, 1)
        rows.addLayout(line)

    def retranslate(self) -> None:
        self.prompt.setAccessibleName(self.tr("Prompt"))
        self.prompt.setPlaceholderText(self.tr("Describe the picture"))
        self.negative.setAccessibleName(self.tr("Negative prompt"))
        self.negative.setPlaceholderText(self.tr("Negative prompt"))
        self._negative_name.setText(self.tr("Negative"))
        self._name_negative()

    def set_short(self, short: bool) -> None:
        """At the least height of the window the prompt shows fewer lines."""
        self.prompt.set_line_range(*((2, 12) if short else (5, 12)))

    def select_prompt(self) -> None:
        """Put the focus into the prompt with everything selected, so that typing replaces it."""
        self.prompt.setFocus(Qt.FocusReason.OtherFocusReason)
        self.prompt.selectAll()

    def select_part(self, start: int, end: int) -> None:
        """Put the focus into the prompt with the characters from `start` to `end` selected."""
        self.prompt.setFocus(Qt.FocusReason.OtherFocusReason)
        self.prompt.select_part(start, end)

    def put_cursor_at_end(self) -> None:
        self.prompt.moveCursor(QTextCursor.MoveOperation.End)

    def _edited(self) -> None:
        self._name_negative()
        self.changed.emit()

    def _name_negative(self) -> None:
        """The small name shows only beside a text; an empty field tells its name itself."""
        self._negative_name.setVisible(bool(self.negative.text()))

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        middle = (self.prompt.geometry().bottom() + self.negative.geometry().top()) // 2
        painter.fillRect(1, middle, self.width() - 2, 1, self.tokens.hair)
        painter.end()
