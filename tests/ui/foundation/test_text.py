"""Text: plain whatever it looks like, cut where it must be, and always complete somewhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from studio.ui.theme import TextRole, Theme, active
from studio.ui.widgets import (
    ElidedLabel,
    Label,
    LineField,
    Message,
    MessageBar,
    NumberField,
    Paragraph,
    PlainTextEdit,
    SelectableText,
    SpinStepper,
    menu_text,
    plain_tooltip,
    set_tooltip,
    wrap_text,
)


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    """Markup that shows a picture of the disk where a widget guesses rich text."""
    image = QImage(300, 200, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    file = tmp_path / "secret.png"
    image.save(str(file))
    return f'<img src="{file}">'


def is_red_anywhere(image: QImage) -> bool:
    return any(image.pixelColor(x, y).name() == "#ff0000" for x in range(image.width()) for y in range(image.height()))


def test_labels_show_markup_as_text(qtbot: QtBot, hostile: str) -> None:
    for label in (Label(hostile), Label(hostile, selectable=True), ElidedLabel(hostile)):
        qtbot.addWidget(label)
        assert label.sizeHint().height() < 30
        label.show()
        assert not is_red_anywhere(label.grab().toImage())


def test_a_label_cannot_be_talked_into_markup() -> None:
    with pytest.raises(ValueError, match="plain text"):
        Label("x").setTextFormat(Qt.TextFormat.RichText)


def test_tooltips_show_markup_as_text(qtbot: QtBot, hostile: str) -> None:
    label = Label("x")
    qtbot.addWidget(label)
    set_tooltip(label, hostile, shortcut="Ctrl+K")
    assert "<img" not in label.toolTip()
    assert "&lt;img" in label.toolTip()
    assert label.accessibleDescription() == f"{hostile}  Ctrl+K"


@given(text=st.text())
@settings(max_examples=80)
def test_no_text_becomes_markup_in_a_tooltip(text: str) -> None:
    shown = plain_tooltip(text)
    inside = shown.removeprefix('<div style="white-space:pre">').removesuffix("</div>")
    assert "<" not in inside or inside == text == shown
    assert ("<" in shown) == (shown != text)


def test_message_bar_shows_markup_as_text(qtbot: QtBot, hostile: str) -> None:
    bar = MessageBar()
    qtbot.addWidget(bar)
    bar.resize(500, 36)
    bar.post(Message("a", hostile, hostile))
    assert not is_red_anywhere(bar.grab().toImage())


def test_a_menu_shows_every_letter() -> None:
    assert menu_text("R&B & co") == "R&&B && co"


def test_cut_text_is_in_the_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("2026-11-20_048_qwen-image-3.0_01.jpg", elide=Qt.TextElideMode.ElideMiddle)
    qtbot.addWidget(label)
    label.show()
    label.resize(400, 16)
    assert (label.text(), label.toolTip()) == (label.full_text(), "")
    label.resize(100, 16)
    assert label.text().startswith("2026")
    assert label.text().endswith(".jpg")
    assert "…" in label.text()
    assert label.toolTip() == label.full_text()
    assert label.accessibleName() == label.full_text()


def test_two_lines_become_one_in_a_cut_label(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(300, 16)
    label.set_full_text("first\nsecond")
    assert label.text() == "first second"


def test_a_paragraph_keeps_its_line_height(qtbot: QtBot, theme: Theme) -> None:
    paragraph = Paragraph("one\ntwo\nthree")
    qtbot.addWidget(paragraph)
    assert paragraph.heightForWidth(300) == 3 * 18
    theme.set_scale_percent(125)
    assert paragraph.heightForWidth(300) == 3 * theme.line_height(TextRole.LONG)


def test_wrapping_loses_nothing_and_fits(theme: Theme) -> None:
    text = "Stoneware vase and two pears on folded linen, 粗陶花瓶与两只梨，置于折叠的亚麻布上 " * 3 + "x" * 200
    lines = wrap_text(text, theme.font(), 200)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    cut = wrap_text(text, theme.font(), 200, 2)
    assert len(cut) == 2
    assert cut[1].endswith("…")
    assert wrap_text("short", theme.font(), 200, 2) == ["short"]
    assert wrap_text("a\n\nb", theme.font(), 200) == ["a", "", "b"]
    assert wrap_text("a\nb\nc", theme.font(), 200, 2) == ["a", "b…"]
    assert wrap_text("", theme.font(), 200) == [""]


def test_an_editor_knows_plain_text_only(qtbot: QtBot, hostile: str) -> None:
    editor = PlainTextEdit()
    qtbot.addWidget(editor)
    pasted = QMimeData()
    pasted.setHtml(f"<b>bold</b> {hostile}")
    pasted.setText("bold words")
    editor.insertFromMimeData(pasted)
    assert editor.text() == "bold words"
    picture = QMimeData()
    picture.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    assert not editor.canInsertFromMimeData(picture)
    editor.insertFromMimeData(picture)
    assert editor.text() == "bold words"


def test_what_is_copied_has_no_formats(qtbot: QtBot) -> None:
    editor = PlainTextEdit("first\nsecond")
    qtbot.addWidget(editor)
    editor.selectAll()
    editor.copy()
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "first\nsecond"
    assert not data.hasHtml()


def test_hard_spaces_survive(qtbot: QtBot) -> None:
    editor = PlainTextEdit("50\u00a0mm \u2028 end")
    qtbot.addWidget(editor)
    assert editor.text() == "50\u00a0mm \n end"


def test_every_kind_of_line_end_is_one(qtbot: QtBot) -> None:
    editor = PlainTextEdit("a\nb\u2028c\u2029d")
    qtbot.addWidget(editor)
    assert editor.text() == "a\nb\nc\nd"


def test_only_a_long_paragraph_does_without_kerning(qtbot: QtBot) -> None:
    """Each key lays its whole paragraph out anew; with kerning a long one takes longer than a key may."""
    editor = PlainTextEdit("short words")
    qtbot.addWidget(editor)
    editor.show()

    def kerned() -> bool:
        return editor.document().defaultFont().kerning()

    assert kerned()
    editor.set_text("kite\n" * 4_000)
    assert kerned()
    editor.change_text("kite\n" * 40 + "kite " * 4_000)
    assert not kerned()
    editor.restyle()
    assert not kerned()
    editor.change_text("short words")
    assert kerned()


def test_an_editor_grows_between_its_limits(qtbot: QtBot) -> None:
    editor = PlainTextEdit("", lines=(2, 4), bare=True)
    qtbot.addWidget(editor)
    editor.resize(300, 10)
    editor.show()
    heights = []
    for count in range(1, 7):
        editor.set_text("\n".join("line" for _ in range(count)))
        heights.append(editor.height() // active().line_height(TextRole.PROMPT))
    assert heights == [2, 2, 3, 4, 4, 4]


def test_lines_typed_later_have_the_same_height(qtbot: QtBot) -> None:
    editor = PlainTextEdit("", lines=(1, 9), bare=True)
    qtbot.addWidget(editor)
    editor.resize(300, 10)
    editor.show()
    QTest.keyClicks(editor, "one")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    editor.insertPlainText("two 二")
    assert editor.document().size().height() == 2 * 20


def test_a_replaced_text_comes_back_by_undo(qtbot: QtBot) -> None:
    editor = PlainTextEdit("first")
    qtbot.addWidget(editor)
    assert not editor.document().isUndoAvailable()
    editor.replace_text("second")
    editor.undo()
    assert editor.text() == "first"


def test_a_change_of_theme_keeps_the_steps_to_undo(qtbot: QtBot, theme: Theme) -> None:
    editor = PlainTextEdit("first")
    qtbot.addWidget(editor)
    editor.show()
    editor.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(editor, " word")
    theme.set_scale_percent(125)
    QApplication.processEvents()
    while editor.document().isUndoAvailable():
        editor.undo()
    assert editor.text() == "first"


def test_tab_leaves_an_editor(qtbot: QtBot) -> None:
    page = QWidget()
    editor, other = PlainTextEdit("x", parent=page), LineField("y", parent=page)
    qtbot.addWidget(page)
    page.show()
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.text() == "x"
    assert page.focusWidget() is other.edit


def test_text_to_read_cannot_be_changed(qtbot: QtBot) -> None:
    text = SelectableText("a\nb\nc")
    qtbot.addWidget(text)
    text.resize(200, 10)
    text.show()
    QTest.keyClicks(text, "typed")
    assert text.text() == "a\nb\nc"
    assert text.height() == 3 * 18


def test_what_stands_in_a_field_grows_with_the_text(qtbot: QtBot, theme: Theme) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    line, number, stepper = LineField("a", parent=window), NumberField(5, parent=window), SpinStepper(parent=window)
    window.show()
    editors = (line.edit, number.box, number.box.lineEdit(), stepper.box, stepper.box.lineEdit())
    for percent in (125, 110, 100):
        theme.set_scale_percent(percent)
        wanted = theme.font().pixelSize()
        assert {editor.font().pixelSize() for editor in editors} == {wanted}, percent
