"""Putting a file name together: typed words and chips."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from studio.ui.export_dialog.name_field import TEMPLATE_MAX, NameField, TemplateEdit
from studio.ui.theme import Theme

NAMES = {"date": "Date", "run": "Run", "changed": "What changed", "seed": "Seed"}
CHINESE = {"date": "日期", "run": "批次", "changed": "变动", "seed": "种子"}


@pytest.fixture
def edit(field: NameField) -> TemplateEdit:
    return field.edit


@pytest.fixture
def field(qtbot: QtBot, theme: Theme) -> NameField:
    field = NameField(NAMES)
    qtbot.addWidget(field)
    field.resize(400, 40)
    with qtbot.waitExposed(field, timeout=60_000):
        field.show()
    field.edit.setFocus()
    return field


def shown(edit: TemplateEdit) -> str:
    """What a screen reader reads, spaces made one."""
    return " ".join(edit.toPlainText().split())


def test_tokens_are_shown_by_their_names_and_kept_in_braces(edit: TemplateEdit) -> None:
    edit.set_template("{date}_{changed}-x{nope}")
    assert shown(edit) == "Date _ What changed -x{nope}"
    assert edit.template() == "{date}_{changed}-x{nope}"
    assert edit.used_tokens() == ("date", "changed")
    edit.set_names(CHINESE)
    assert shown(edit) == "日期 _ 变动 -x{nope}"
    assert edit.template() == "{date}_{changed}-x{nope}"


@given(st.lists(st.one_of(st.sampled_from([f"{{{name}}}" for name in NAMES]), st.text("ab_{} 日🍐\u00a0", max_size=4))))
def test_every_template_comes_back_as_it_was(parts: list[str]) -> None:
    edit = TemplateEdit(NAMES)
    template = "".join(parts)
    edit.set_template(template)
    assert edit.template() == template
    edit.deleteLater()


def test_typed_braces_become_a_chip_and_undo_goes_all_the_way_back(edit: TemplateEdit) -> None:
    QTest.keyClicks(edit, "a_{seed}b")
    assert (edit.template(), edit.used_tokens(), shown(edit)) == ("a_{seed}b", ("seed",), "a_ Seed b")
    for _ in range(20):
        edit.undo()
    assert edit.template() == ""
    for _ in range(20):
        edit.redo()
    assert edit.template() == "a_{seed}b"


def test_letters_beside_a_chip_are_none_of_it(edit: TemplateEdit) -> None:
    edit.set_template("{date}")
    QTest.keyClicks(edit, "x")
    QTest.keyClick(edit, Qt.Key.Key_Home)
    QTest.keyClicks(edit, "y")
    assert edit.template() == "y{date}x"
    event = QInputMethodEvent()
    event.setCommitString("梨")
    QTest.keyClick(edit, Qt.Key.Key_Right)
    QApplication.sendEvent(edit, event)
    assert edit.template() == "y{date}梨x"


def test_a_chip_is_one_step_for_the_cursor_and_goes_whole(edit: TemplateEdit) -> None:
    edit.set_template("{date}{changed}x")
    QTest.keyClick(edit, Qt.Key.Key_Home)
    QTest.keyClick(edit, Qt.Key.Key_Right)
    QTest.keyClicks(edit, "-")
    assert edit.template() == "{date}-{changed}x"
    QTest.keyClick(edit, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert edit.selected_text() == "{changed}"
    QTest.keyClick(edit, Qt.Key.Key_Left)
    QTest.keyClick(edit, Qt.Key.Key_Delete)
    assert edit.template() == "{date}-x"
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.template() == "x"
    edit.undo()
    assert edit.template() == "{date}x"


def test_a_click_or_double_click_never_opens_a_chip(edit: TemplateEdit) -> None:
    edit.set_template("{changed}_{date}")
    middle = QPoint(edit.cursorRect(_at(edit, 8)).center())
    QTest.mouseClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    QTest.keyClicks(edit, "z")
    assert edit.template() in {"z{changed}_{date}", "{changed}z_{date}"}
    edit.set_template("{changed}_{date}")
    QTest.mouseDClick(edit.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert edit.selected_text() == "{changed}"
    QTest.keyClicks(edit, "q")
    assert edit.template() == "q_{date}"


def test_copied_text_has_braces_and_pasted_braces_become_chips(edit: TemplateEdit) -> None:
    edit.set_template("{date}_{run}")
    QTest.keyClick(edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(edit, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == "{date}_{run}"
    edit.set_template("x")
    QTest.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert (edit.template(), edit.used_tokens()) == ("x{date}_{run}", ("date", "run"))
    lines = QMimeData()
    lines.setText("a\nb\t{seed}")
    edit.insertFromMimeData(lines)
    assert edit.template() == "x{date}_{run}a b {seed}"


def test_a_token_that_is_added_keeps_its_distance(edit: TemplateEdit) -> None:
    edit.insert_token("date")
    edit.insert_token("run")
    edit.setTextCursor(_at(edit, 0))
    edit.insert_token("seed")
    assert edit.template() == "{seed}_{date}_{run}"


def test_what_is_too_long_is_not_taken(edit: TemplateEdit) -> None:
    edit.set_template("x" * (TEMPLATE_MAX - 3))
    edit.insert_token("date")
    QTest.keyClicks(edit, "yyyyyyyyyy")
    assert len(edit.template()) <= TEMPLATE_MAX


def test_return_is_left_to_the_dialog(edit: TemplateEdit) -> None:
    edit.set_template("{date}")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert edit.template() == "{date}"


def _at(edit: TemplateEdit, place: int) -> QTextCursor:
    cursor = QTextCursor(edit.document())
    cursor.setPosition(place)
    return cursor


def test_a_chip_goes_to_the_next_line_as_a_whole(field: NameField, edit: TemplateEdit) -> None:
    edit.set_template("_".join(f"{{{name}}}" for name in NAMES))
    lines = set()
    for width in range(110, 420, 10):
        field.resize(width, 120)
        assert edit.width() < width
        text = edit.document().toPlainText()
        for words in NAMES.values():
            first = text.index(words)
            tops = {at(edit, place) for place in (first, first + len(words) - 1)}
            assert len(tops) == 1, (width, words)
            lines |= tops
    assert len(lines) > 1


def at(edit: TemplateEdit, place: int) -> int:
    """How far down a letter stands."""
    cursor = QTextCursor(edit.document())
    cursor.setPosition(place)
    return edit.cursorRect(cursor).top()
