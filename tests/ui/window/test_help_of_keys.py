"""The keys that bring one to the parts of the window, and the page that lists them all."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.ui.composer.search_list import SearchList
from studio.ui.help.viewer import HelpDialog
from studio.ui.widgets import Menu
from studio.ui.window.collection_picker import CollectionPicker
from studio.ui.window.tags_dialog import TagsDialog
from tests.ui.window.conftest import Play, Stage
from tests.ui.window.test_keyboard import CONTROL, SHIFT, focused, grid_of, heard, press

__all__ = ["heard"]


def test_the_help_lists_every_key_of_the_window_as_it_is_set(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("a kite")
        stage.window.activateWindow()
        generate = next(action for action in stage.window.actions() if action.objectName() == "generate")
        generate.setShortcut("Ctrl+Shift+Y")
        stage.controller.composer.focus_prompt()
        press(Qt.Key.Key_F1, modifiers=SHIFT)
        await stage.until(lambda: any(found.isVisible() for found in stage.window.findChildren(HelpDialog)))
        (dialog,) = stage.window.findChildren(HelpDialog)
        await stage.until(lambda: focused() is dialog.list)
        words = dialog.text.toPlainText()
        assert words.startswith("Keyboard")
        lines = words.splitlines()
        for action in stage.window.actions():
            if action.objectName() and not action.shortcut().isEmpty():
                assert action.shortcut().toString() in lines, action.objectName()
        assert lines[lines.index("Ctrl+Shift+Y") + 1] == "Generate"
        told = {"Begin or end the blind vote", "Fold the group, or show it", "In the queue: earlier, later, cancel"}
        assert told <= set(lines)
        press(Qt.Key.Key_Escape)
        assert stage.window.focusWidget() is stage.controller.composer.prompt_box.prompt

    play(scene)


def test_menu_groups_and_history_open_by_key_and_give_the_focus_back(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        grid = await grid_of(stage, 2)
        press(Qt.Key.Key_F10)
        assert QApplication.activePopupWidget() is stage.window.menu
        assert stage.window.menu.activeAction() is not None
        stage.window.menu.close()
        press(Qt.Key.Key_G, modifiers=CONTROL)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, Menu)
        assert "Group by: Run" in [action.text() for action in menu.actions()]
        menu.close()
        stage.window.activateWindow()
        grid.setFocus()
        press(Qt.Key.Key_R, modifiers=CONTROL)
        await stage.until(lambda: any(found.isVisible() for found in stage.window.findChildren(SearchList)))
        popover = QApplication.activePopupWidget()
        assert popover is not None
        QTest.keyClick(popover, Qt.Key.Key_Escape)
        assert not popover.isVisible()

    play(scene)


def test_the_search_is_left_for_what_it_found(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        grid = await grid_of(stage, 2)
        press(Qt.Key.Key_F, modifiers=CONTROL)
        edit = stage.window.toolbar.search.edit
        QTest.keyClicks(focused(), "kite")
        press(Qt.Key.Key_Down)
        assert focused() is grid
        press(Qt.Key.Key_F, modifiers=CONTROL)
        press(Qt.Key.Key_Escape)
        assert (edit.text(), focused()) == ("", edit)
        press(Qt.Key.Key_Escape)
        assert focused() is grid

    play(scene)


def test_what_return_would_take_is_heard_while_the_field_has_the_focus(play: Play, heard: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        grid = await grid_of(stage, 1)
        press(Qt.Key.Key_A)
        await stage.until(lambda: isinstance(QApplication.activePopupWidget(), CollectionPicker))
        picker = stage.window.findChildren(CollectionPicker)[-1]
        QTest.keyClicks(picker.field.edit, "Best")
        await stage.until(lambda: "New collection: Best" in heard)
        QTest.keyClick(picker.field.edit, Qt.Key.Key_Return)
        await stage.until(lambda: "1 image added to Best." in heard)
        stage.window.activateWindow()
        await stage.until(stage.window.isActiveWindow)
        grid.setFocus()
        press(Qt.Key.Key_R, modifiers=CONTROL)
        await stage.until(lambda: "a kite over the sea" in " ".join(heard[-3:]))

    play(scene)


def test_shift_f10_opens_the_menu_of_what_has_the_focus(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await grid_of(stage, 2)
        press(Qt.Key.Key_F10, modifiers=SHIFT)
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, Menu)
        assert "Load settings" in [action.text() for action in menu.actions()]
        menu.close()
        stage.window.activateWindow()
        stage.controller.composer.focus_prompt()
        press(Qt.Key.Key_F10, modifiers=SHIFT)
        popup = QApplication.activePopupWidget()
        assert popup is not None
        assert any("Paste" in action.text() for action in popup.actions())
        popup.close()

    play(scene)


def test_shift_f10_opens_a_menu_in_a_dialog_too(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await grid_of(stage, 1)
        press(Qt.Key.Key_T)
        await stage.until(lambda: isinstance(focused().window(), TagsDialog), 60)
        press(Qt.Key.Key_F10, modifiers=SHIFT)
        popup = QApplication.activePopupWidget()
        assert popup is not None
        popup.close()
        press(Qt.Key.Key_Escape)

    play(scene)
