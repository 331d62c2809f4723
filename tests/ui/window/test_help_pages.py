"""The help in the window: the language of its pages, their pictures, and where links lead."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage, QTextDocument, QTextImageFormat

from studio.ui.help.viewer import HelpDialog
from tests.ui.window.conftest import Play, Stage

REFERENCES = Path(__file__).resolve().parents[3] / "references"


def pictures(document: QTextDocument) -> list[QTextImageFormat]:
    found = []
    block = document.begin()
    while block.isValid():
        fragments = block.begin()
        while not fragments.atEnd():
            form = fragments.fragment().charFormat()
            if form.isImageFormat():
                found.append(form.toImageFormat())
            fragments += 1
        block = block.next()
    return found


def painted(document: QTextDocument, form: QTextImageFormat) -> QImage:
    found = document.resource(QTextDocument.ResourceType.ImageResource.value, QUrl(form.name()))
    return QImage(found) if isinstance(found, QImage) else QImage()


def test_the_help_follows_the_language_and_shows_its_pictures(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        settings = stage.controller.client.studio.settings
        stage.controller.actions.open_help.emit("sweeps.md")
        (dialog,) = stage.window.findChildren(HelpDialog)
        assert dialog.text.toPlainText().startswith("Choices and sweeps")
        settings.change(language="zh_CN")
        await stage.until(lambda: dialog.text.toPlainText().startswith("选项与组合实验"))
        titles = [dialog.list.item(row).text() for row in range(dialog.list.count())]
        assert {"键盘", "编写提示词", "通义", "命令行", "更新记录"} <= set(titles)
        assert dialog.list.currentItem().text() == "选项与组合实验"
        document = dialog.text.document()
        (form,) = pictures(document)
        await stage.until(lambda: painted(document, form).width() == round(form.width() * dialog.devicePixelRatioF()))
        assert 200 < form.width() <= dialog.text.viewport().width()
        assert form.width() / form.height() == pytest.approx(1440 / 900, abs=0.01)
        dialog.text.anchorClicked.emit(QUrl("cli.md"))
        assert dialog.text.toPlainText().startswith("命令行")
        settings.change(language="en")
        await stage.until(lambda: dialog.text.toPlainText().startswith("The command line"))
        dialog.reject()

    play(scene)


def test_no_page_is_wider_than_its_window(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        settings = stage.controller.client.studio.settings
        stage.controller.actions.open_help.emit("")
        (dialog,) = stage.window.findChildren(HelpDialog)
        for language, first in (("en", "Keyboard"), ("zh_CN", "键盘")):
            settings.change(language=language)
            await stage.until(lambda first=first: dialog.list.item(0).text() == first)  # type: ignore[misc]
            for row in range(dialog.list.count()):
                dialog.list.setCurrentRow(row)
                assert dialog.text.horizontalScrollBar().maximum() == 0, (language, dialog.list.item(row).text())
        dialog.reject()

    play(scene)


def test_a_page_without_chinese_is_shown_in_english(play: Play, tmp_path: Path) -> None:
    (tmp_path / "prompt-guide.md").write_text("# Only here\n", encoding="utf-8")

    async def scene(stage: Stage) -> None:
        stage.controller.client.studio.settings.change(language="zh_CN")
        await stage.until(lambda: stage.window.toolbar.segments.button("runs").text() == "批次")
        dialog = HelpDialog(tmp_path, "", stage.window)
        assert dialog.text.toPlainText().startswith("Only here")
        dialog.deleteLater()

    play(scene)


class Opener(QObject):
    """Stands in for the programs of the system."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[QUrl] = []

    @Slot(QUrl)
    def open(self, url: QUrl) -> None:
        self.opened.append(url)


def test_another_file_of_ours_opens_in_its_own_program_and_nothing_else_does(play: Play) -> None:
    opener = Opener()
    QDesktopServices.setUrlHandler("file", opener, "open")  # type: ignore[arg-type]  # PySide takes str, not bytes

    async def scene(stage: Stage) -> None:
        stage.controller.actions.open_help.emit("cli.md")
        (dialog,) = stage.window.findChildren(HelpDialog)
        for address in ("cli-output.schema.json", "../README.md", "../pyproject.toml", "file:///etc/hostname"):
            dialog.text.anchorClicked.emit(QUrl(address))
        assert [Path(url.toLocalFile()) for url in opener.opened] == [REFERENCES / "cli-output.schema.json"]
        dialog.reject()

    try:
        play(scene)
    finally:
        QDesktopServices.unsetUrlHandler("file")
