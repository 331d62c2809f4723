"""Text with marks: additions on a tinted ground, removals struck through. Read-only, selectable, plain."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from studio.ui.theme import TextRole, active
from studio.ui.translation import translate
from studio.ui.widgets.text_edit import SelectableText
from studio.ui.word_diff import Piece


class MarkedText(SelectableText):
    """As high as it is long, up to `max_lines`; screen readers hear what was added and removed."""

    def __init__(
        self, pieces: Sequence[Piece], *, name: str = "", max_lines: int = 40, parent: QWidget | None = None
    ) -> None:
        self._pieces: Sequence[Piece] = ()
        super().__init__(role=TextRole.BASE, name=name, tone="text", max_lines=max_lines, parent=parent)
        self.show_pieces(pieces)

    def show_pieces(self, pieces: Sequence[Piece]) -> None:
        self._pieces = pieces = _with_gaps(pieces)
        self.set_text("".join(piece.text for piece in pieces))
        self._mark()
        self.setAccessibleDescription("; ".join(_spoken(piece) for piece in pieces if piece.kind != "same"))

    def restyle(self) -> None:
        super().restyle()
        self._mark()

    def _mark(self) -> None:
        tokens = active().tokens
        cursor = QTextCursor(self.document())
        for piece in self._pieces:
            units = len(piece.text.encode("utf-16-le", "surrogatepass")) // 2
            cursor.movePosition(QTextCursor.MoveOperation.NextCharacter, QTextCursor.MoveMode.KeepAnchor, units)
            look = QTextCharFormat()
            if piece.kind == "added":
                look.setBackground(tokens.changed)
                look.setFontUnderline(active().more_contrast)
            elif piece.kind == "removed":
                look.setForeground(tokens.text3)
                look.setFontStrikeOut(True)
            cursor.setCharFormat(look)
            cursor.clearSelection()


def _with_gaps(pieces: Sequence[Piece]) -> list[Piece]:
    """A removal and the addition that took its place do not stick together."""
    shown: list[Piece] = []
    for piece in pieces:
        if piece.kind == "added" and shown and shown[-1].kind == "removed" and not shown[-1].text[-1:].isspace():
            shown.append(Piece("same", " "))
        shown.append(piece)
    return shown


def _spoken(piece: Piece) -> str:
    words = (
        translate("MarkedText", "added {words}") if piece.kind == "added" else translate("MarkedText", "{words} gone")
    )
    return words.replace("{words}", " ".join(piece.text.split()))
