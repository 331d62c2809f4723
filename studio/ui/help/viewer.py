"""A small reader for our own pages: a list at the left, the page at the right. Nothing is loaded from outside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextCursor, QTextDocument, QTextTable
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from studio.ui.help import keys_page
from studio.ui.overrides import safe_override
from studio.ui.theme import Space, active
from studio.ui.widgets.dialog import Dialog, Question

_FIRST = ("prompt-guide.md", "comparing.md", "sweeps.md", "selection.md", "demo.md")
_LIST_WIDTH = 200
KEYBOARD = "keyboard"
"""The one page that is no file: written from the keys as they are."""


class _Page(QTextBrowser):
    """Shows markdown of ours; pictures and pages from elsewhere are never fetched."""

    @safe_override(None)
    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        return None


class HelpDialog(Dialog):
    """`page` is a file name of the references, e.g. ``openai.md``, or ``keyboard``; any other shows the first file."""

    def __init__(self, references: Path, page: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, name="help", size=QSize(980, 680), padding=0)
        self._folder = references
        self.list = QListWidget(self)
        self.list.setFixedWidth(active().scaled(_LIST_WIDTH))
        self.text = _Page(self)
        self.text.setOpenLinks(False)
        self.text.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.text.anchorClicked.connect(self._follow)
        self.text.document().setDocumentMargin(Space.L)
        row = QHBoxLayout()
        row.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        self.body.addLayout(row)
        self.set_cancel("")
        pages = [(path.name, _title(path)) for path in _pages(references)]
        for name, title in [(KEYBOARD, keys_page.title()), *pages]:
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setSizeHint(QSize(0, active().scaled(32)))
            self.list.addItem(item)
        self.list.currentItemChanged.connect(lambda item, _before: self._show(item))
        self.retranslate()
        self.show_page(page)
        self.list.setFocus()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Help"))
        self.set_primary(self.tr("Close"))
        self.list.setAccessibleName(self.tr("Pages"))
        self.text.setAccessibleName(self.tr("Page"))

    def show_page(self, page: str) -> None:
        rows = [self.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.list.count())]
        known = next((name for name in (page, _FIRST[0]) if name in rows), KEYBOARD)
        self.list.setCurrentRow(rows.index(known))

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        name = item.data(Qt.ItemDataRole.UserRole)
        if name == KEYBOARD:
            window = self.parentWidget()
            text = keys_page.keys_page(window.window().actions() if window is not None else [])
        else:
            text = (self._folder / name).read_text(encoding="utf-8")
        document = self.text.document()
        document.setDefaultFont(active().font())
        document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        give_air(document)
        self.text.moveCursor(QTextCursor.MoveOperation.Start)  # where the reader is kept in view when widths change
        self.text.verticalScrollBar().setValue(0)

    def _follow(self, url: QUrl) -> None:
        """Between our pages at once; to the outside only over https, after showing where."""
        if url.isRelative():
            self.show_page(url.path())
            return
        if url.scheme() != "https":
            return
        question = Question(
            self,
            title=lambda: self.tr("Open {host} in the browser?").format(host=url.host()),
            text=url.toString(),
            primary=lambda: self.tr("Open page"),
        )
        question.accepted.connect(lambda: QDesktopServices.openUrl(url))
        question.finished.connect(question.deleteLater)
        question.open()


def give_air(document: QTextDocument) -> None:
    """Room between headings, paragraphs and rows, which Markdown comes without; lines of tables as thin as ours."""
    block = document.begin()
    while block.isValid():
        form = block.blockFormat()
        in_table = QTextCursor(block).currentTable() is not None
        heading = form.headingLevel() > 0
        if not in_table:
            form.setTopMargin(Space.L if heading and block.position() else 0)
            form.setBottomMargin(Space.XS if block.textList() is not None or heading else Space.S)
        QTextCursor(block).setBlockFormat(form)
        block = block.next()
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            table = frame.format()
            table.setBorderCollapse(True)
            table.setBorder(1)
            table.setBorderBrush(active().tokens.hair)
            table.setCellPadding(6)
            table.setTopMargin(Space.S)
            table.setBottomMargin(Space.M)
            frame.setFormat(table)


def _pages(folder: Path) -> list[Path]:
    """Our pages, the general ones first."""
    found = sorted(folder.glob("*.md"))
    return sorted(found, key=lambda path: _FIRST.index(path.name) if path.name in _FIRST else len(_FIRST))


def _title(path: Path) -> str:
    """The first heading of a page."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# "):
                return line[2:].strip()
    return path.stem
