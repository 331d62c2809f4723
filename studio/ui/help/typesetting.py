"""How a page of the help is set: Markdown comes without room between its parts and with tables and code of its own."""

from __future__ import annotations

from PySide6.QtGui import (
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
)

from studio.ui.theme import Space, active

_NAME_PARTS = 2.7
"""A cell that holds one name keeps it on one line, as long as it takes no more than this part of the page."""


def typeset(document: QTextDocument, room: int) -> None:
    """Room between headings, paragraphs and rows, code on a ground of its own that wraps, lines of tables as thin as
    ours. `room` is the width of a page in logical pixels."""
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        if QTextCursor(block).currentTable() is not None:
            form.setNonBreakableLines(_is_name(block, room / _NAME_PARTS))
        elif _is_code(block):
            _set_code(block, form)
        else:
            heading = form.headingLevel() > 0
            form.setTopMargin(Space.L if heading and block.position() else 0)
            form.setBottomMargin(Space.XS if block.textList() is not None or heading else Space.S)
        QTextCursor(block).setBlockFormat(form)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _set_table(frame)


def _is_code(block: QTextBlock) -> bool:
    return block.isValid() and block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence.value)


def _is_name(block: QTextBlock, most: float) -> bool:
    """Whether a cell holds one model string or command, at most so wide, and nothing else."""
    fragments = block.begin()
    if fragments.atEnd():
        return False
    form = fragments.fragment().charFormat()
    fragments += 1
    if not fragments.atEnd() or not form.fontFixedPitch():
        return False
    return QFontMetricsF(form.font()).horizontalAdvance(block.text()) <= most


def _set_code(block: QTextBlock, form: QTextBlockFormat) -> None:
    form.setNonBreakableLines(False)
    form.setBackground(active().tokens.panel)
    form.setTopMargin(0 if _is_code(block.previous()) else Space.XS)
    form.setBottomMargin(0 if _is_code(block.next()) else Space.M)


def _set_table(frame: QTextTable) -> None:
    form = frame.format()
    form.setBorderCollapse(True)
    form.setBorder(1)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderBrush(active().tokens.hair)
    form.setCellPadding(6)
    form.setTopMargin(Space.S)
    form.setBottomMargin(Space.M)
    frame.setFormat(form)
