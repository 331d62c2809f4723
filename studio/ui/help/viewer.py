"""A small reader for our own pages: a list at the left, the page at the right. Nothing is loaded from outside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QTextBrowser, QWidget

from studio.ui.help import keys_page
from studio.ui.help.pages import FIRST_PAGE, linked_file, page_file, page_names, page_title
from studio.ui.help.pictures import PagePictures
from studio.ui.help.typesetting import typeset
from studio.ui.overrides import safe_override
from studio.ui.theme import Space, active
from studio.ui.widgets.dialog import Dialog, Question

_LIST_WIDTH = 200
_LAST_LINE = 2
"""The last line of a table that fills the page comes to lie one pixel outside of it."""
KEYBOARD = "keyboard"
"""The one page that is no file: written from the keys as they are."""


class _Page(QTextBrowser):
    """Shows markdown of ours with its pictures; what lies elsewhere is never fetched."""

    def __init__(self, references: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self._references = references
        self._file = references / FIRST_PAGE
        self._pictures = PagePictures(self.document())
        self.setOpenLinks(False)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.document().setDocumentMargin(Space.L)

    def show_markdown(self, text: str, file: Path) -> None:
        """`file` is where the text comes from, or would lie: pictures and links are relative to it."""
        self._file = file
        self._pictures.forget()
        document = self.document()
        document.setDefaultFont(active().font())
        document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
        typeset(document, self.viewport().width())
        self._fit_pictures()
        self.moveCursor(QTextCursor.MoveOperation.Start)  # where the reader is kept in view when widths change
        self.verticalScrollBar().setValue(0)

    def linked(self, address: str) -> Path | None:
        """The file of ours behind a relative address on this page."""
        return linked_file(self._references, self._file, address)

    def _fit_pictures(self) -> None:
        """The room is counted with the scroll bar: a picture must not come and go with it."""
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.maximumViewportSize().width() - bar - round(2 * self.document().documentMargin())
        self._pictures.fit(self.linked, room, self.devicePixelRatioF())

    @safe_override(None)
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setLineWrapColumnOrWidth(self.viewport().width() - _LAST_LINE)
        self._fit_pictures()

    @safe_override(None)
    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        return None


class HelpDialog(Dialog):
    """`page` is a file name of the references, e.g. ``openai.md``, or ``keyboard``; any other shows the first file.
    Pages are shown in the language of the window, those that it lacks in English."""

    def __init__(self, references: Path, page: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, name="help", size=QSize(980, 680), padding=0)
        self._folder = references
        self.list = QListWidget(self)
        self.list.setFixedWidth(active().scaled(_LIST_WIDTH))
        self.text = _Page(references, self)
        self.text.anchorClicked.connect(self._follow)
        row = QHBoxLayout()
        row.setContentsMargins(Space.S, Space.S, Space.S, Space.S)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        self.body.addLayout(row)
        self.set_cancel("")
        self.list.currentItemChanged.connect(lambda item, _before: self._show(item))
        self.retranslate()
        self.show_page(page)
        self.list.setFocus()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Help"))
        self.set_primary(self.tr("Close"))
        self.list.setAccessibleName(self.tr("Pages"))
        self.text.setAccessibleName(self.tr("Page"))
        page = self.list.currentIndex().data(Qt.ItemDataRole.UserRole)
        with QSignalBlocker(self.list):
            self._fill()
        if page is not None:
            self.show_page(page)

    def show_page(self, page: str) -> None:
        rows = [self.list.item(row).data(Qt.ItemDataRole.UserRole) for row in range(self.list.count())]
        known = next((name for name in (page, FIRST_PAGE) if name in rows), KEYBOARD)
        self.list.setCurrentRow(rows.index(known))

    def _fill(self) -> None:
        self.list.clear()
        titles = {name: page_title(page_file(self._folder, name)) for name in page_names(self._folder)}
        for name, title in {KEYBOARD: keys_page.title(), **titles}.items():
            item = QListWidgetItem(title)
            item.setData(Qt.ItemDataRole.UserRole, name)
            item.setSizeHint(QSize(0, active().scaled(32)))
            self.list.addItem(item)

    def _show(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        name = item.data(Qt.ItemDataRole.UserRole)
        if name == KEYBOARD:
            window = self.parentWidget()
            actions = window.window().actions() if window is not None else []
            self.text.show_markdown(keys_page.keys_page(actions), self._folder / FIRST_PAGE)
            return
        file = page_file(self._folder, name)
        self.text.show_markdown(file.read_text(encoding="utf-8"), file)

    def _follow(self, url: QUrl) -> None:
        """Between our pages at once; other files of ours in their own program; to the outside only over https, after
        showing where."""
        if url.isRelative():
            file = self.text.linked(url.path())
            if file is None or file.suffix == ".md":
                self.show_page(Path(url.path()).name)
            else:
                QDesktopServices.openUrl(QUrl.fromLocalFile(str(file)))
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
