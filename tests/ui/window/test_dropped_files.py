"""Files and pictures from other programs, dropped on the composer or pasted into it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from studio.ui.widgets.choice_edit import ChoiceEdit
from tests.ui.window.conftest import Play, Stage

COPY, MOVE = Qt.DropAction.CopyAction, Qt.DropAction.MoveAction


def picture(file: Path, colour: str = "teal") -> Path:
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(QColor(colour))
    assert image.save(str(file))
    return file


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(widget: QWidget, mime: QMimeData) -> Qt.DropAction:
    """As a file manager drops that would like to move its files; gives back what it is told was done."""
    left, shift = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
    enter = QDragEnterEvent(QPointF(5, 5).toPoint(), COPY | MOVE, mime, left, shift)
    assert enter.proposedAction() == MOVE
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return Qt.DropAction.IgnoreAction
    dropped = QDropEvent(QPointF(5, 5), COPY | MOVE, mime, left, shift)
    QApplication.sendEvent(widget, dropped)
    return dropped.dropAction()


def test_a_dropped_file_is_copied_never_moved(play: Play, tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        references = stage.controller.composer.references
        places = (references.drop, references)
        for number, place in enumerate(places, 1):
            file = picture(tmp_path / f"{number}.png", ("teal", "tomato")[number - 1])
            assert drop(place, files(file)) == COPY, "a program that is told of a move deletes its file"
            await stage.until(lambda wanted=number: len(references.references()) == wanted)  # type: ignore[misc]  # a default binds it

    play(scene)


def test_files_on_the_prompt_become_references_and_their_addresses_no_words(play: Play, tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        composer = stage.controller.composer
        box, references = composer.prompt_box, composer.references
        box.prompt.set_text("kite")
        first, second = picture(tmp_path / "a b.png"), picture(tmp_path / "c.png", "tomato")
        assert drop(box.prompt.viewport(), files(first, second)) == COPY
        await stage.until(lambda: len(references.references()) == 2)
        words = tmp_path / "notes.txt"
        words.write_text("hello", encoding="utf-8")
        assert drop(box.negative.viewport(), files(words)) == COPY
        await stage.until(lambda: "notes.txt is no image" in references._problem.text())
        QApplication.clipboard().setMimeData(files(picture(tmp_path / "d.png", "gold")))
        QTest.keyClick(box.prompt, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
        await stage.until(lambda: len(references.references()) == 3)
        assert (box.prompt.text(), box.negative.text()) == ("kite", "")
        spoken = QMimeData()
        spoken.setText("red ")
        drop(box.prompt.viewport(), spoken)
        assert box.prompt.text().replace("red ", "") == "kite", "words stay words, wherever they fall"
        assert len(box.prompt.text()) == 8

    play(scene)


def test_other_prompts_take_no_address_of_a_file(play: Play, tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        editor = ChoiceEdit("kite", parent=stage.window)
        mime = files(picture(tmp_path / "a.png"))
        assert drop(editor.viewport(), mime) == Qt.DropAction.IgnoreAction
        editor.insertFromMimeData(mime)
        assert editor.text() == "kite"
        editor.deleteLater()

    play(scene)


def test_pixels_are_taken_where_their_address_cannot_be_read(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        references = stage.controller.composer.references
        mime, image = QMimeData(), QImage(40, 30, QImage.Format.Format_RGB32)
        image.fill(QColor("teal"))
        mime.setUrls([QUrl("https://127.0.0.1:9/closed.png")])
        mime.setImageData(image)
        drop(references.drop, mime)
        await stage.until(lambda: len(references.references()) == 1)
        assert not references._problem.text()

    play(scene)
