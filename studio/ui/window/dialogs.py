"""Opens the dialogs of the window; each is imported when it is first wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, QUrl
from PySide6.QtGui import QDesktopServices

from studio.ui.widgets import Label
from studio.ui.widgets.dialog import Dialog, Question
from studio.ui.widgets.text_edit import PlainTextEdit

if TYPE_CHECKING:
    from studio.ui.window.controller import WindowController


class WindowDialogs(QObject):
    """Listens to `StudioActions` for everything that opens a dialog."""

    def __init__(self, controller: WindowController) -> None:
        super().__init__(controller)
        self._controller = controller
        actions = controller.actions
        actions.open_preferences.connect(self.open_preferences)
        actions.open_help.connect(self.open_help)
        actions.open_link.connect(self.open_link)
        actions.export.connect(self.export)
        controller.composer.head.enlarge_button.clicked.connect(self.enlarge_prompt)

    def open_preferences(self, page: str) -> None:
        from studio.ui.preferences.dialog import PreferencesDialog

        dialog = PreferencesDialog(self._controller.client, self._controller.actions, self._controller.window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(lambda _result: self._controller.keys.refresh())
        if page:
            dialog.show_page(page)
        dialog.open()

    def open_help(self, page: str) -> None:
        from studio.ui.help.viewer import HelpDialog

        dialog = HelpDialog(self._controller.client.studio.paths.references, page, self._controller.window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export(self, image_ids: list[int]) -> None:
        if not image_ids:
            return
        from studio.ui.export_dialog.dialog import ExportDialog

        dialog = ExportDialog(self._controller.client, self._controller.actions, image_ids, self._controller.window)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def open_link(self, link: str) -> None:
        """Only https, and only after showing where it goes."""
        url = QUrl(link)
        if url.scheme() != "https" or not url.host():
            return
        question = Question(
            self._controller.window,
            title=lambda: self.tr("Open {host} in the browser?").format(host=url.host()),
            text=link,
            primary=lambda: self.tr("Open page"),
        )
        question.accepted.connect(lambda: QDesktopServices.openUrl(url))
        question.finished.connect(question.deleteLater)
        question.open()

    def enlarge_prompt(self) -> None:
        dialog = LargeEditor(self._controller)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


class LargeEditor(Dialog):
    """Both texts of the composer with room; what is written goes back when it is accepted."""

    def __init__(self, controller: WindowController) -> None:
        super().__init__(controller.window, name="large-editor", size=QSize(760, 520))
        self._composer = controller.composer
        box = self._composer.prompt_box
        self._prompt = PlainTextEdit(box.prompt.text(), parent=self)
        self._negative = PlainTextEdit(box.negative.text(), parent=self)
        self._negative.setFixedHeight(96)
        self._prompt_title, self._negative_title = Label(weight=600), Label(weight=600)
        self.body.addWidget(self._prompt_title)
        self.body.addWidget(self._prompt, 1)
        self.body.addWidget(self._negative_title)
        self.body.addWidget(self._negative)
        self.retranslate()
        self._prompt.setFocus()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Prompt"))
        self._prompt_title.setText(self.tr("Prompt"))
        self._prompt.setAccessibleName(self.tr("Prompt"))
        self._negative_title.setText(self.tr("Negative prompt"))
        self._negative.setAccessibleName(self.tr("Negative prompt"))
        self.set_primary(self.tr("Done"))

    def primary(self) -> None:
        self._composer.write_prompts(self._prompt.text(), self._negative.text())
        self.accept()
