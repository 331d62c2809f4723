"""How a page of the help is set: Markdown comes without room between its parts and with tables and code of its own."""

from __future__ import annotations

from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextTable,
)

from studio.ui.theme import Space, active

_NAME_MAX = 48
"""Characters of a cell that holds one name; such a name stays on one line."""


def typeset(document: QTextDocument) -> None:
    """Room between headings, paragraphs and rows, code on a ground of its own that wraps, lines of tables as thin as
    ours."""
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        if QTextCursor(block).currentTable() is not None:
            form.setNonBreakableLines(_is_name(block))
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


def _is_name(block: QTextBlock) -> bool:
    """Whether a cell holds one model string or command and nothing else."""
    fragments = block.begin()
    if fragments.atEnd() or block.length() > _NAME_MAX:
        return False
    form = fragments.fragment().charFormat()
    fragments += 1
    return fragments.atEnd() and bool(form.fontFixedPitch())


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
