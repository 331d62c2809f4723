"""The window under the keyboard alone, and what a screen reader is told meanwhile."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QListWidget, QWidget

from studio.ui.preferences.dialog import PreferencesDialog
from studio.ui.widgets import announce
from studio.ui.widgets.tab_order import tab_stops
from tests.ui.window.conftest import Play, Stage

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "the focus is lost"
    return widget


def press(*keys: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    for key in keys:
        QTest.keyClick(focused(), key, modifiers)


async def grid_of(stage: Stage, images: int) -> Any:
    """The grid with so many images of one run, the focus on the first."""
    await stage.generate("a kite over the sea", images=images)
    stage.window.activateWindow()
    stage.controller.show_view("grid")
    grid = stage.controller.gallery.grid
    await stage.until(lambda: bool(grid.model().rowCount() == images))
    grid.setFocus()
    press(Qt.Key.Key_Home)
    await stage.until(stage.controller.details.head.isVisible)
    return grid


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is told to screen readers, in order: announcements, and the names of list items that get the cursor."""
    told: list[str] = []

    class Listening:
        Event, AnnouncementPoliteness = QAccessible.Event, QAccessible.AnnouncementPoliteness

        @staticmethod
        def isActive() -> bool:
            return True

        @staticmethod
        def updateAccessibility(event: Any) -> None:
            if event.type() == QAccessible.Event.Announcement:
                told.append(event.message())
            elif event.type() == QAccessible.Event.Focus:
                model = event.object().model()
                told.append(model.index(event.child(), 0).data(Qt.ItemDataRole.AccessibleTextRole))

    monkeypatch.setattr(announce, "QAccessible", Listening)
    return told


def test_tab_goes_through_the_window_as_it_lies_on_the_screen(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await grid_of(stage, 2)
        press(Qt.Key.Key_Left)
        stage.window.toolbar.menu_button.setFocus()
        names = []
        for _ in range(200):
            names.append(focused().accessibleName())
            press(Qt.Key.Key_Tab)
            if focused() is stage.window.toolbar.menu_button:
                break
        wanted = ["Menu", "Composer", "Grid", "Search", "Preferences", "Details", "Snippets", "Prompt"]
        wanted += ["Negative prompt", "Demo, demo-painter, free", "Width in pixels", "Seed", "Style", "Generate"]
        wanted += ["Add filter", "Order: Newest", "Groups and stacks", "Tile size", "Images", "Rating"]
        wanted += ["Load settings", "Facts", "Nothing running. Open the queue"]
        places = [names.index(name) for name in wanted]
        assert places == sorted(places)
        assert "" not in names
        way_back = []
        for _ in names:
            press(Qt.Key.Key_Backtab, modifiers=SHIFT)
            way_back.append(focused().accessibleName())
        assert way_back[::-1] == names

    play(scene)


def test_each_region_is_one_press_of_f6_away(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await grid_of(stage, 2)
        stage.controller.say("note", "A line in the bar.")
        stage.window.toolbar.search.edit.setFocus()
        visited = []
        for _ in range(6):
            visited.append(focused().accessibleName())
            press(Qt.Key.Key_F6)
        assert visited == ["Search", "Prompt", "Close message", "Images", "Rating", "Nothing running. Open the queue"]
        assert focused().accessibleName() == "Search"
        press(Qt.Key.Key_F6, Qt.Key.Key_F6)
        press(Qt.Key.Key_Space)
        assert focused() is stage.controller.gallery.grid, "the message is gone, the focus is not"

        ids = [image.id for image in await stage.images()]
        stage.controller.actions.compare.emit(ids)
        await stage.until(lambda: len(stage.controller.compare.image_ids()) == 2)
        assert focused().accessibleName() == "Light table"
        press(Qt.Key.Key_F6)
        assert focused().accessibleName() == "Settings that differ"

    play(scene)


def labels_of(box: QComboBox) -> list[str]:
    """What a screen reader reads before the value of a box."""
    told = QAccessible.queryAccessibleInterface(box).relations(QAccessible.RelationFlag.Label)
    return [label.text(QAccessible.Text.Name) for label, _relation in told]


def test_every_list_to_choose_from_says_what_it_is_for(play: Play) -> None:
    """On Linux Qt gives the value of a box as its name: what is chosen says the label that it is told to have."""

    async def scene(stage: Stage) -> None:
        await stage.generate("a kite")
        stage.controller.actions.open_preferences.emit("providers")
        await stage.until(lambda: bool(stage.window.findChildren(PreferencesDialog)))
        boxes = stage.window.findChildren(QComboBox)
        assert len(boxes) > 5
        assert [(box.currentText(), labels_of(box)) for box in boxes if labels_of(box) != [box.accessibleName()]] == []
        assert [box.currentText() for box in boxes if not box.accessibleName().strip()] == []

    play(scene)


def test_no_stop_of_a_dialog_is_nameless(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        stage.controller.actions.open_preferences.emit("providers")
        await stage.until(lambda: bool(stage.window.findChildren(PreferencesDialog)))
        (dialog,) = stage.window.findChildren(PreferencesDialog)
        pages = next(found for found in dialog.findChildren(QListWidget) if found.accessibleName() == "Pages")
        for row in range(pages.count()):
            pages.setCurrentRow(row)
            stops = tab_stops(dialog)
            assert [type(stop).__name__ for stop in stops if not stop.accessibleName()] == []
            assert stops[0] is pages

    play(scene)


def test_the_cursor_in_the_grid_is_told_to_screen_readers(play: Play, heard: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        grid = await grid_of(stage, 3)
        await stage.until(lambda: bool(heard))
        heard.clear()
        press(Qt.Key.Key_Right)
        assert heard == ["Demo demo-painter, run 1, image 2, done"]
        heard.clear()
        press(Qt.Key.Key_Right, modifiers=SHIFT)
        assert heard == ["Demo demo-painter, run 1, image 1, done", "2 selected"]
        heard.clear()
        stage.window.toolbar.search.edit.setFocus()
        grid.setFocus()
        await stage.until(lambda: bool(heard))
        assert set(heard) == {"Demo demo-painter, run 1, image 1, done"}

    play(scene)


def test_in_runs_the_tile_is_told_and_a_run_that_is_entered_before_it(play: Play, heard: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("a kite", images=2)
        await stage.generate("two boats", images=2)
        runs = stage.controller.gallery.runs
        stage.window.activateWindow()
        await stage.until(lambda: runs.row(0) is not None and runs.row(1) is not None)
        runs.setFocus()
        press(Qt.Key.Key_Home)
        heard.clear()
        press(Qt.Key.Key_Right)
        assert heard == ["Demo demo-painter, run 2, image 2 of 2, done"]
        heard.clear()
        press(Qt.Key.Key_Right)
        (words,) = heard
        assert words.startswith("Run 1, ")
        assert words.endswith("a kite. Demo demo-painter, run 1, image 1 of 2, done")

    play(scene)


def test_ratings_and_rejections_by_key_are_heard(play: Play, heard: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        await grid_of(stage, 1)
        for key, words in ((Qt.Key.Key_4, "Rated 4 of 5"), (Qt.Key.Key_0, "Not rated")):
            press(key)
            await stage.until(lambda words=words: words in heard)  # type: ignore[misc]  # the words of this turn
        press(Qt.Key.Key_X)
        await stage.until(lambda: "1 image rejected." in heard)

    play(scene)


def test_the_last_image_that_goes_takes_no_focus_with_it(play: Play, heard: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        grid = await grid_of(stage, 2)
        press(Qt.Key.Key_Right)
        press(Qt.Key.Key_Delete)
        await stage.until(lambda: bool(grid.model().rowCount() == 1))
        assert focused() is grid
        assert stage.controller.gallery.grid.currentIndex().isValid()
        press(Qt.Key.Key_Home)
        press(Qt.Key.Key_Delete)
        gallery = stage.controller.gallery
        await stage.until(gallery.empty.isVisible)
        assert gallery.isAncestorOf(focused())
        assert focused().accessibleName() == "Images appear here. Write a prompt and press Generate."
        press(Qt.Key.Key_Z, modifiers=CONTROL)
        await stage.until(grid.isVisible)
        assert focused() is grid
        gallery.bar.clear()
        stage.window.toolbar.search.edit.setFocus()
        QTest.keyClicks(focused(), "zebra")
        await stage.until(gallery.empty.isVisible)
        await stage.until(lambda: "0 of 1 image" in heard)
        press(Qt.Key.Key_F6, Qt.Key.Key_F6)
        if stage.window.message_bar.isAncestorOf(focused()):
            press(Qt.Key.Key_F6)
        assert focused().accessibleName() == "Clear filters"
        press(Qt.Key.Key_Space)
        await stage.until(grid.isVisible)
        assert focused() is grid

    play(scene)


def test_a_later_start_has_the_focus_in_the_prompt(play: Play) -> None:
    async def first(stage: Stage) -> None:
        await stage.generate("a kite")

    async def second(stage: Stage) -> None:
        assert stage.window.focusWidget() is stage.controller.composer.prompt_box.prompt

    play(first)
    play(second)


@pytest.mark.parametrize("view", ["grid", "runs"])
def test_images_that_do_not_stand_side_by_side_are_chosen_by_keys(play: Play, view: str) -> None:
    async def scene(stage: Stage) -> None:
        await grid_of(stage, 4)
        stage.controller.show_view(view)
        gallery = stage.controller.gallery
        await stage.until(lambda: gallery.runs.row(0) is not None)
        gallery.setFocus()
        press(Qt.Key.Key_Home)
        (first,) = gallery.selection.ids
        press(Qt.Key.Key_Right, Qt.Key.Key_Right, modifiers=CONTROL)
        assert gallery.selection.ids == [first]
        press(Qt.Key.Key_Space, modifiers=CONTROL)
        assert len(gallery.selection.ids) == 2
        order = [image.id for image in await stage.images()]
        assert abs(order.index(gallery.selection.ids[1]) - order.index(first)) == 2
        press(Qt.Key.Key_Space, modifiers=CONTROL)
        assert gallery.selection.ids == [first]

    play(scene)


def test_the_cursor_goes_along_when_runs_are_leafed_through(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        for number in range(5):
            await stage.generate(f"kite {number}")
        runs = stage.controller.gallery.runs
        stage.window.activateWindow()
        await stage.until(lambda: runs.row(4) is not None)
        runs.setFocus()
        press(Qt.Key.Key_Home)
        seen = [runs.current[0]]
        for _ in range(5):
            press(Qt.Key.Key_PageDown)
            seen.append(runs.current[0])
        assert seen == sorted(seen)
        assert seen[-1] == 4
        tile = runs.current_tile()
        assert tile is not None
        assert stage.controller.gallery.selection.ids == [tile.image_id]

    play(scene)
