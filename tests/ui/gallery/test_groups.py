"""Groups and stacks in the grid, by mouse and by keyboard, above a real studio."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.domain.values import ImageId
from studio.ui.gallery.gallery import GalleryPanel
from studio.ui.gallery.grid_cell import stack_box
from studio.ui.gallery.grid_layout import GridLayout
from studio.ui.widgets import Menu
from tests.ui.gallery.conftest import OnStage
from tests.ui.gallery.events import run_of, started
from tests.ui.gallery.stage import Stage, until

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


async def grouped(stage: Stage, by: str = "run") -> GalleryPanel:
    """The grid with its four images of two runs in groups."""
    panel = stage.panel
    panel.resize(900, 700)
    panel.show()
    panel.set_view("grid")
    panel.bar.grid_options.set_grouping(by)  # type: ignore[arg-type]  # one of them
    await until(lambda: panel.images.groups and all(panel.images.tile_at(row) for row in range(4)), "groups")
    panel.grid.setFocus()
    return panel


def press_header(panel: GalleryPanel, group: int, *, circle: bool = False) -> None:
    box = panel.grid.header_box(group)
    x = box.right() - 25 if circle else box.left() + 60
    QTest.mouseClick(panel.grid.viewport(), LEFT, PLAIN, QPoint(round(x), round(box.center().y())))


def image_ids(panel: GalleryPanel) -> list[int]:
    tiles = [panel.images.tile_at(row) for row in range(panel.images.rowCount())]
    return [tile.image.id for tile in tiles if tile is not None and tile.image is not None]


def choose(panel: GalleryPanel, words: str) -> None:
    """Open the menu of groups and stacks from its button and take an entry."""
    panel.bar.grid_options.click()
    menu = next(each for each in panel.bar.grid_options.findChildren(Menu) if each.isVisible())
    next(action for action in menu.actions() if action.text() == words).trigger()
    menu.close()


def test_groups_have_headers_and_the_choice_is_remembered(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = stage.panel
        panel.resize(900, 700)
        panel.show()
        panel.set_view("grid")
        await until(lambda: panel.images.rowCount() == 4, "rows")
        for words, titles in (
            ("Group by: Run", [["Run 2", "Run 1"]]),
            ("Group by: Day", [["Today"], ["Yesterday"]]),  # the images are shared: midnight may lie in between
            ("Group by: Provider", [["Demo"]]),
        ):
            choose(panel, words)
            await until(
                lambda: [panel.images.title_of(group) for group in panel.images.groups] in titles,  # noqa: B023  # awaited at once
                words,
            )
            assert sum(group.rows for group in panel.images.groups) == 4
            assert panel.grid.cell(0).top() >= panel.grid.header_box(0).bottom()
        assert QSettings().value("gallery/group") == "provider"
        assert panel.bar.grid_options.accessibleName() == "Groups and stacks, by Provider"
        assert panel.bar.count_label.text() == "4 images"
        choose(panel, "No groups")
        await until(lambda: not panel.images.groups, "no groups")

    on_stage(scene)


def test_a_group_is_folded_and_selected_with_the_mouse(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await grouped(stage)
        ids = image_ids(panel)
        press_header(panel, 0)
        assert panel.grid.visible_rows() == [2, 3]
        press_header(panel, 0, circle=True)
        await until(lambda: panel.selected_image_ids() == ids[:2], "a folded group is selected whole")
        press_header(panel, 1, circle=True)
        await until(lambda: panel.selected_image_ids() == ids, "the other one is added")
        press_header(panel, 0, circle=True)
        await until(lambda: panel.selected_image_ids() == ids[2:], "and the first taken out again")
        press_header(panel, 0)
        assert panel.grid.visible_rows() == [0, 1, 2, 3]
        panel.grid.fold_all(True)
        assert panel.grid.visible_rows() == []
        panel.grid.selectAll()
        assert panel.selected_image_ids() == [], "what is folded away is not selected unseen"

    on_stage(scene)


def test_the_keyboard_walks_folds_and_selects_across_groups(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await grouped(stage)
        grid, ids = panel.grid, image_ids(panel)

        def current() -> int:
            return grid.currentIndex().row()

        QTest.keyClick(grid, Qt.Key.Key_Right)
        QTest.keyClick(grid, Qt.Key.Key_Home)
        assert (current(), panel.selected_image_ids()) == (0, ids[:1])
        for key, row in ((Qt.Key.Key_Right, 1), (Qt.Key.Key_Down, 3), (Qt.Key.Key_Up, 1), (Qt.Key.Key_End, 3)):
            QTest.keyClick(grid, key)
            assert current() == row
        QTest.keyClick(grid, Qt.Key.Key_Left)
        QTest.keyClick(grid, Qt.Key.Key_Up, SHIFT)
        assert (current(), sorted(panel.selected_image_ids())) == (0, sorted(ids[:3]))
        QTest.keyClick(grid, Qt.Key.Key_Down, CONTROL)
        assert (current(), panel.selected_image_ids()) == (2, [ids[2]])
        QTest.keyClick(grid, Qt.Key.Key_A, CONTROL | SHIFT)
        assert sorted(panel.selected_image_ids()) == sorted(ids[2:])
        QTest.keyClick(grid, Qt.Key.Key_G)
        assert grid.cursor_on_header
        assert grid.current_tile() is None
        assert grid.visible_rows() == [0, 1]
        QTest.keyClick(grid, Qt.Key.Key_Up)
        QTest.keyClick(grid, Qt.Key.Key_Down)
        assert grid.cursor_on_header
        assert panel.selected_image_ids() == [], "the cursor on a header selects nothing unseen"
        trashed: list[list[int]] = []
        stage.actions.trash.connect(trashed.append)
        QTest.keyClick(grid, Qt.Key.Key_Delete)
        assert trashed == []
        QTest.keyClick(grid, Qt.Key.Key_Home)
        QTest.keyClick(grid, Qt.Key.Key_End, SHIFT)
        assert sorted(panel.selected_image_ids()) == sorted(ids[:2]), "a range leaves the folded group out"
        QTest.keyClick(grid, Qt.Key.Key_Space)
        assert grid.visible_rows() == [0, 1, 2, 3]
        stage.client.studio.settings.change(single_key_shortcuts=False)
        QTest.keyClick(grid, Qt.Key.Key_G)
        assert grid.visible_rows() == [0, 1, 2, 3]

    on_stage(scene)


def test_the_menu_of_a_header_acts_on_its_group(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await grouped(stage)
        grid, ids = panel.grid, image_ids(panel)
        asked: list[int] = []
        grid.header_menu_asked.connect(lambda group, _point: asked.append(group))
        place = grid.header_box(1).center().toPoint()
        for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
            if reason == QContextMenuEvent.Reason.Keyboard:
                grid.setCurrentIndex(panel.images.index(0))
                grid.toggle_fold()
            at = grid.viewport().mapToGlobal(place)
            QApplication.sendEvent(grid.viewport(), QContextMenuEvent(reason, place, at, PLAIN))
        assert asked == [1, 0]
        for opened in grid.findChildren(Menu):
            opened.close()
        entries = {action.text(): action for action in panel.arrangement.header_menu(0).actions()}
        entries["Show group"].trigger()
        assert grid.visible_rows() == [0, 1, 2, 3]
        entries["Select group"].trigger()
        assert sorted(panel.selected_image_ids()) == sorted(ids[:2])
        again = {action.text(): action for action in panel.arrangement.header_menu(0).actions()}
        again["Take group out of the selection"].trigger()
        assert panel.selected_image_ids() == []
        again["Fold all groups"].trigger()
        assert grid.visible_rows() == []
        tile = panel.images.tile_at(3)
        assert tile is not None
        menu = Menu(parent=panel)
        panel.arrangement.extend(menu, tile)
        assert [action.text() for action in menu.actions() if action.text()] == ["Show group", "Select group"]

    on_stage(scene)


def test_ranges_go_from_image_to_image_and_not_by_rectangle(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await grouped(stage, "day")
        panel.resize(420, 700)
        panel.set_tile_size(0)
        grid, ids = panel.grid, image_ids(panel)
        await until(lambda: grid.places.columns == 3, "three columns")
        QTest.mouseClick(grid.viewport(), LEFT, PLAIN, grid.cell(1).center().toPoint())
        QTest.mouseClick(grid.viewport(), LEFT, SHIFT, grid.cell(3).center().toPoint())
        assert sorted(panel.selected_image_ids()) == sorted(ids[1:4])

    on_stage(scene)


def test_a_rubber_band_takes_what_it_touches_in_several_groups(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await grouped(stage)
        grid, ids = panel.grid, image_ids(panel)
        view = grid.viewport()
        first, last = grid.cell(1), grid.cell(3)
        begin = QPoint(round(first.right()) + 40, round(first.top()) + 5)
        QTest.mousePress(view, LEFT, PLAIN, begin)
        QTest.mouseMove(view, QPoint(round(first.right()) - 20, round(first.center().y())))
        QTest.mouseMove(view, QPoint(round(last.right()) - 20, round(last.center().y())))
        assert sorted(panel.selected_image_ids()) == sorted([ids[1], ids[3]])
        QTest.mouseRelease(view, LEFT, PLAIN, QPoint(round(last.right()) - 20, round(last.center().y())))
        assert len(panel.selected_image_ids()) == 2

    on_stage(scene)


def test_live_tiles_stand_above_all_groups_and_new_images_join_theirs(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await grouped(stage)
        resets: list[str] = []
        panel.images.modelReset.connect(lambda: resets.append("reset"))
        panel.apply([started(run_of(9, ("demo/demo-painter", "demo/demo-poster")))])
        assert panel.images.pending_count == 2
        assert panel.grid.places.group_of(1) == -1
        assert panel.grid.cell(0).bottom() <= panel.grid.header_box(0).top()
        await stage.generate("a blue jug", "demo-painter", "demo-papercut")
        assert [(group.key, group.rows) for group in panel.images.groups][:2] == [(3, 2), (2, 2)]
        assert resets == [], "nothing jumps when an image arrives"

    on_stage(scene)


def test_the_header_on_top_stays_while_its_images_pass(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await grouped(stage)
        grid = panel.grid
        panel.resize(900, 300)
        panel.set_tile_size(100)
        bar = grid.verticalScrollBar()
        assert bar.maximum() > 200
        bar.setValue(100)
        assert grid.header_box(0).top() == 0
        assert grid.header_under(grid.header_box(0).center()) == 0
        assert not grid.indexAt(grid.header_box(0).center().toPoint()).isValid()
        bar.setValue(round(grid.places.top(1)) - 10)
        assert grid.header_box(0).bottom() == grid.header_box(1).top()
        grid.scrollTo(panel.images.index(0))
        assert grid.cell(0).top() >= grid.header_box(0).bottom()

    on_stage(scene)


def test_screen_readers_hear_the_group_when_the_cursor_enters_it(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await grouped(stage)
        QTest.keyClick(panel.grid, Qt.Key.Key_End)
        interface = QAccessible.queryAccessibleInterface(panel.grid)

        def heard(row: int) -> str:
            return str(interface.child(row).text(QAccessible.Text.Name))

        assert heard(3).startswith("Run 1, 2 images. Demo")
        QTest.keyClick(panel.grid, Qt.Key.Key_Left)
        assert heard(3).startswith("Demo")
        QTest.keyClick(panel.grid, Qt.Key.Key_Up)
        assert heard(0).startswith("Run 2, 2 images. Demo")
        QTest.keyClick(panel.grid, Qt.Key.Key_G)
        assert heard(0) == "Run 2, 2 images, folded"
        QTest.keyClick(panel.grid, Qt.Key.Key_Down)
        QTest.keyClick(panel.grid, Qt.Key.Key_Up)
        assert heard(0) == "Run 2, 2 images, folded"
        QTest.keyClick(panel.grid, Qt.Key.Key_Space)
        assert heard(0).startswith("Run 2, 2 images. Demo")

    on_stage(scene)


# --- stacks -----------------------------------------------------------------------------------------------------


async def stacked(stage: Stage) -> GalleryPanel:
    """Four images and one more run that is answered from the cache: two tiles stand for two images each."""
    panel = stage.panel
    panel.resize(900, 700)
    panel.show()
    panel.set_view("grid")
    await stage.generate("a red vase on oak", "demo-painter", "demo-papercut", seed=1)
    choose(panel, "Stack near-duplicates")
    await until(lambda: panel.images.stacks is not None, "stacks")
    await until(lambda: all(panel.images.tile_at(row) for row in range(panel.images.rowCount())), "all read")
    panel.grid.setFocus()
    return panel


def stack_row(panel: GalleryPanel) -> int:
    tiles = [panel.images.tile_at(row) for row in range(panel.images.rowCount())]
    return next(row for row, tile in enumerate(tiles) if tile is not None and tile.stack_size)


def test_near_duplicates_share_a_tile_and_are_counted(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await stacked(stage)
        stacks = panel.images.stacks
        assert stacks is not None
        hidden = stacks.stacked_count - len(stacks.stacks)
        assert hidden >= 2
        assert panel.images.rowCount() == 6 - hidden
        words = f"6 images · {len(stacks.stacks)} stacks of {stacks.stacked_count} images"
        await until(lambda: panel.bar.count_label.text() == words, panel.bar.count_label.text())
        assert QSettings().value("gallery/stacks", False, bool) is True
        panel.images.searched.emit(34_000, 100_000)
        assert panel.bar.count_label.text() == "6 images · Looking for near-duplicates, 34 000 of 100 000"
        panel.images.searched.emit(0, 0)
        assert panel.bar.count_label.text() == words
        row = stack_row(panel)
        assert "closed stack of 2" in panel.images.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
        panel.grid.selectAll()
        await until(lambda: len(panel.selected_image_ids()) == 6 - hidden, "a closed stack is its first image")
        choose(panel, "Stack near-duplicates")
        await until(lambda: panel.images.rowCount() == 6, "all apart again")
        await until(lambda: panel.bar.count_label.text().endswith("6 images"), "counts")

    on_stage(scene)


def test_a_stack_opens_by_its_badge_and_by_a_key(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await stacked(stage)
        grid, row, rows = panel.grid, stack_row(panel), panel.images.rowCount()
        tile = panel.images.tile_at(row)
        assert tile is not None
        QTest.mouseClick(grid.viewport(), LEFT, PLAIN, stack_box(tile, grid.cell(row)).center().toPoint())
        assert panel.images.rowCount() == rows + 1
        await until(lambda: panel.images.tile_at(row + 1), "the one behind")
        places = [panel.images.tile_at(each) for each in (row, row + 1)]
        assert [(each.stack_place, each.stack_size) for each in places if each is not None] == [(1, 2), (2, 2)]
        grid.setCurrentIndex(panel.images.index(row + 1))
        QTest.keyClick(grid, Qt.Key.Key_S)
        assert panel.images.rowCount() == rows
        assert grid.currentIndex().row() == row
        stage.actions.library_changed.emit()
        QTest.keyClick(grid, Qt.Key.Key_S)
        assert panel.images.rowCount() == rows + 1
        shown = image_ids(panel)[row]
        await stage.client.run(lambda studio: studio.workspace.organiser.rate([ImageId(shown)], 4))
        stage.actions.library_changed.emit()

        def rated() -> bool:
            now = panel.images.tile_at(row)
            return now is not None and now.image is not None and now.image.rating == 4

        await until(rated, "the rating")
        assert panel.images.rowCount() == rows + 1, "it stays open"

    on_stage(scene)


def test_the_menu_acts_on_whole_stacks_only_by_name(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await stacked(stage)
        row, rows = stack_row(panel), panel.images.rowCount()
        tile = panel.images.tile_at(row)
        assert tile is not None
        assert tile.image is not None
        rejected: list[tuple[list[int], bool]] = []
        stage.actions.reject.connect(lambda ids, on: rejected.append((ids, on)))
        menu = Menu(parent=panel)
        panel.arrangement.extend(menu, tile)
        entries = {action.text(): action for action in menu.actions()}
        entries["Reject all of the stack but this"].trigger()
        stacks = panel.images.stacks
        assert stacks is not None
        (other,) = [one for one in stacks.stacks[tile.image.id] if one != tile.image.id]
        assert rejected == [([other], True)]
        entries["Select whole stack"].trigger()
        assert panel.selected_image_ids() == [tile.image.id, other]
        assert panel.images.rowCount() == rows + 1, "what is selected is seen"
        entries["Open stack"].trigger()
        assert panel.images.rowCount() == rows
        assert panel.selected_image_ids() in ([tile.image.id], []), "a closed stack acts as its first image"

    on_stage(scene)


def test_what_a_stack_hides_again_is_not_left_selected(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await stacked(stage)
        row, rows = stack_row(panel), panel.images.rowCount()
        top = image_ids(panel)[row]
        stacks = panel.images.stacks
        assert stacks is not None
        (other,) = [ImageId(one) for one in stacks.stacks[top] if one != top]
        await stage.client.run(lambda studio: studio.workspace.organiser.trash([ImageId(top)]))
        panel.refresh()
        await until(lambda: other in image_ids(panel), "the other image stands for itself")
        panel.selection.set_ids([other])
        await until(lambda: len(panel.grid.selectionModel().selectedIndexes()) == 1, "it is seen to be selected")
        await stage.client.run(lambda studio: studio.workspace.organiser.restore([ImageId(top)]))
        panel.refresh()
        await until(lambda: top in image_ids(panel) and panel.images.rowCount() == rows, "the stack is whole again")
        await until(lambda: panel.selected_image_ids() == [top], "what is selected is seen")
        chosen = [index.row() for index in panel.grid.selectionModel().selectedIndexes()]
        assert chosen == panel.images.rows_of_images([top])

    on_stage(scene)


def test_stacks_keep_to_their_group(on_stage: OnStage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(stage: Stage) -> None:
        panel = await stacked(stage)
        panel.bar.grid_options.set_grouping("provider")
        await until(lambda: len(panel.images.groups) == 1 and panel.images.stacks is not None, "one group")
        (group,) = panel.images.groups
        assert group.images == 6
        assert group.rows == panel.images.rowCount() < 6
        row = stack_row(panel)
        panel.grid.setCurrentIndex(panel.images.index(row))
        summed: list[object] = []
        monkeypatch.setattr(GridLayout, "_sum_up", summed.append)
        QTest.keyClick(panel.grid, Qt.Key.Key_S)
        assert panel.images.groups[0].rows == group.rows + 1
        assert panel.grid.places.count == group.rows + 1
        QTest.keyClick(panel.grid, Qt.Key.Key_S)
        assert panel.grid.places.count == group.rows == panel.images.rowCount()
        assert summed == [], "no other group was looked at"
        monkeypatch.undo()
        panel.bar.grid_options.set_grouping("run")
        await until(lambda: len(panel.images.groups) == 3, "three runs")
        assert panel.images.rowCount() == 6, "nothing is alike inside one run"

    on_stage(scene)
