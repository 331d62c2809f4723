"""The help in both languages: the same pages with the same structure and facts, links that lead somewhere, pictures."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QImage, QTextDocument, QTextImageFormat

from studio.ui.help.pages import page_names
from studio.ui.help.viewer import HelpDialog
from tests.ui.window.conftest import Play, Stage

REFERENCES = Path(__file__).resolve().parents[3] / "references"
CHINESE = REFERENCES / "zh_CN"
NAMES = page_names(REFERENCES)

every_page = pytest.mark.parametrize("name", NAMES)


def read(folder: Path, name: str) -> str:
    return (folder / name).read_text(encoding="utf-8")


def prose(page: str) -> list[str]:
    """The lines of a page without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", page, flags=re.MULTILINE | re.DOTALL).splitlines()


def headings(page: str) -> list[int]:
    return [len(mark) for line in prose(page) for mark in re.findall(r"^(#+) \S", line)]


def tables(page: str) -> list[int]:
    """The number of cells of each row, one after the other; the cells of a row are what the next row has too."""
    rows = [re.sub(r"`[^`]*`", "", line).replace("\\|", "") for line in prose(page) if line.startswith("|")]
    return [row.count("|") for row in rows]


def links(page: str) -> list[str]:
    found = re.findall(r"!?\[[^\]]*\]\(([^)]+)\)", page) + re.findall(r"<(https://[^>]+)>", page)
    return [link.removeprefix("../") for link in found]


def code(page: str) -> Counter[str]:
    return Counter(re.findall(r"`([^`\n]+)`", "\n".join(prose(page))))


def figures(page: str) -> Counter[str]:
    """Prices, sizes, dates and limits; short whole numbers may be words in one language."""
    return Counter(re.findall(r"\d+(?:[.x:-]\d+)+|\d{3,}", "\n".join(prose(page))))


def blocks_of_code(page: str) -> list[str]:
    return re.findall(r"^```.*?^```$", page, flags=re.MULTILINE | re.DOTALL)


def test_every_page_is_there_in_both_languages() -> None:
    assert NAMES
    assert sorted(path.name for path in CHINESE.iterdir()) == sorted(NAMES)


@every_page
def test_a_page_has_the_same_structure_and_facts_in_both_languages(name: str) -> None:
    english, chinese = read(REFERENCES, name), read(CHINESE, name)
    assert headings(chinese) == headings(english)
    assert tables(chinese) == tables(english)
    assert Counter(links(chinese)) == Counter(links(english))
    assert code(chinese) == code(english)
    assert figures(chinese) == figures(english)
    assert blocks_of_code(chinese) == blocks_of_code(english)


@every_page
@pytest.mark.parametrize("folder", [REFERENCES, CHINESE], ids=["en", "zh_CN"])
def test_links_and_pictures_lead_to_files_that_are_there(folder: Path, name: str) -> None:
    for link in re.findall(r"\]\(([^)]+)\)", read(folder, name)):
        if not link.startswith("https://"):
            assert (folder / link).resolve().is_file(), link


@every_page
def test_chinese_pages_are_written_as_the_window_is(name: str) -> None:
    for line in prose(read(CHINESE, name)):
        words = re.sub(r"`[^`]*`|<https[^>]*>|\]\([^)]*\)", "", line)
        assert not re.search(r"[\u4e00-\u9fff][,;:?!]", words), line
        assert not re.search(r"[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9%][\u4e00-\u9fff]", words), line


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
