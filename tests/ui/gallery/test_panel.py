"""The gallery above a real studio: lists, filters, selection, wishes, live runs."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QAccessible, QImage, QMouseEvent, QPaintEvent
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QWidget

from studio.domain.errors import KeyRejected, Problem
from studio.ui.gallery import images_model, runs_model, stored_rows
from studio.ui.gallery.drag_out import mime_of
from studio.ui.gallery.filter_editors import FilterLine
from studio.ui.gallery.gallery import GalleryPanel
from studio.ui.gallery.query_text import Filter
from studio.ui.gallery.run_painter import title_buttons
from studio.ui.gallery.thumbnails import ThumbnailCache, bucket_for
from studio.ui.gallery.tile import TileState
from studio.ui.picture_mime import IMAGES_MIME
from studio.ui.translation import Language
from studio.ui.widgets import Menu
from tests.ui.gallery.conftest import OnStage
from tests.ui.gallery.events import failed, run_of, started
from tests.ui.gallery.stage import Stage, until

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


async def show(stage: Stage, *, view: str = "runs") -> GalleryPanel:
    """The panel with its two runs of two models each."""
    panel = stage.panel
    panel.resize(900, 700)
    panel.show()
    panel.set_view(view)
    await until(lambda: panel.images.rowCount() == 4 and panel.run_list.rowCount() == 2, "all rows")
    return panel


def tile_centre(panel: GalleryPanel, number: int, tile: int) -> QPoint:
    layout = panel.runs.layout_of(number)
    assert layout is not None
    return layout.tile_boxes()[tile].translated(0, panel.runs.top(number)).center().toPoint()


def test_runs_and_grid_show_the_same_images_and_one_selection(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await show(stage)
        told: list[list[int]] = []
        stage.actions.select_images.connect(told.append)
        QTest.mouseClick(panel.runs.viewport(), LEFT, PLAIN, tile_centre(panel, 0, 1))
        row = panel.runs.row(0)
        assert row is not None
        image = row.tiles[1].image
        assert image is not None
        assert image.id > 2**31
        assert told == [[image.id]]
        panel.set_view("grid")
        chosen = panel.grid.selectionModel().selectedIndexes()
        assert [index.data(Qt.ItemDataRole.UserRole + 1).image.id for index in chosen] == [image.id]
        panel.grid.selectAll()
        await until(lambda: len(panel.selected_image_ids()) == 4, "all selected")
        assert panel.selected_image_ids()[0] == image.id
        assert panel.bar.count_label.text() == "4 selected · 4 images"
        assert panel.clear_selection()
        assert told[-1] == []

    on_stage(scene)


def test_a_run_shows_what_changed_since_the_run_before(on_stage: OnStage, language: Language) -> None:
    async def scene(stage: Stage) -> None:
        panel = await show(stage)
        row = panel.runs.row(0)
        assert row is not None
        assert [(piece.kind, piece.text) for piece in row.pieces if piece.kind != "same"] == [
            ("removed", "linen"),
            ("added", "oak"),
        ]
        assert row.changes == ("Seed: 0 → 1",)
        language.choose("zh_CN")
        changed = ("种子：0 → 1",)
        await until(lambda: (again := panel.runs.row(0)) is not None and again.changes == changed, "in Chinese")

    on_stage(scene)


def test_search_becomes_chips_and_a_count_of_x_of_y(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await show(stage, view="grid")
        rewritten: list[str] = []
        panel.search_rewritten.connect(rewritten.append)
        panel.set_search("model:papercut oak")
        await until(lambda: panel.bar.count_label.text() == "1 of 4 images", panel.bar.count_label.text())
        chips = [chip for chip in panel.bar.findChildren(QWidget) if chip.accessibleName() == "Model papercut"]
        assert len(chips) == 1
        assert panel.commit_search("model:papercut oak") == "oak"
        QTest.keyClick(panel.bar.chips()[0], Qt.Key.Key_Delete)
        await until(lambda: panel.bar.count_label.text() == "2 of 4 images", "the chip is gone")
        panel.set_search("rating:5")
        await until(panel.empty.isVisible, "no match")
        assert panel.empty.words == "No image matches these filters."
        panel.empty.clear_asked.emit()
        await until(panel.grid.isVisible, "everything again")
        assert rewritten[-1] == ""

    on_stage(scene)


def test_keys_say_what_they_mean_for_the_selection(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await show(stage)
        said: list[tuple[object, ...]] = []
        for name in ("rate", "trash", "copy_images", "copy_prompt", "vary", "use_as_reference", "open_large", "reject"):
            getattr(stage.actions, name).connect(lambda *what, name=name: said.append((name, *what)))
        panel.runs.setFocus()
        QTest.keyClick(panel.runs, Qt.Key.Key_Right)
        (image,) = panel.selected_image_ids()
        for key in (Qt.Key.Key_4, Qt.Key.Key_V, Qt.Key.Key_U, Qt.Key.Key_Space, Qt.Key.Key_X, Qt.Key.Key_Delete):
            QTest.keyClick(panel.runs, key)
        QTest.keyClick(panel.runs, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        QTest.keyClick(panel.runs, Qt.Key.Key_C, both)
        assert said == [
            ("rate", [image], 4),
            ("vary", image),
            ("use_as_reference", [image]),
            ("open_large", image),
            ("reject", [image], True),
            ("trash", [image]),
            ("copy_images", [image]),
            ("copy_prompt", image),
        ]
        stage.client.studio.settings.change(single_key_shortcuts=False)
        QTest.keyClick(panel.runs, Qt.Key.Key_5)
        assert said[-1] == ("copy_prompt", image)
        QTest.keyClick(panel.runs, Qt.Key.Key_Escape)
        assert panel.selected_image_ids() == []

    on_stage(scene)


def test_arrows_walk_through_all_images_and_shift_extends(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await show(stage)
        panel.runs.setFocus(Qt.FocusReason.TabFocusReason)
        assert panel.runs.current == (0, 0)
        QTest.keyClick(panel.runs, Qt.Key.Key_Right)
        assert panel.runs.current == (0, 1)
        QTest.keyClick(panel.runs, Qt.Key.Key_Down)
        assert panel.runs.current == (1, 1)
        QTest.keyClick(panel.runs, Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier)
        assert panel.runs.current == (1, 0)
        assert len(panel.selected_image_ids()) == 2
        QTest.keyClick(panel.runs, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: len(panel.selected_image_ids()) == 4, "all selected")

    on_stage(scene)


def test_a_live_run_stands_on_top_whatever_the_filters_say(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await show(stage)
        panel.set_search("rating:5")
        await until(panel.empty.isVisible, "no match")
        run = run_of(9, ("demo/demo-painter", "demo/demo-poster"))
        panel.apply([started(run)])
        assert panel.runs.isVisible()
        assert panel.run_list.rowCount() == 1
        assert panel.images.rowCount() == 2
        panel.apply(failed(run, 0, KeyRejected(provider="Demo")))
        acted: list[tuple[str, Problem]] = []
        stage.actions.problem_action.connect(lambda job, problem: acted.append((job, problem)))
        row, layout = panel.runs.row(0), panel.runs.layout_of(0)
        assert row is not None
        assert layout is not None
        box = panel.runs.painter._tiles.button_box(row.tiles[0], layout.tile_boxes()[0])
        point = box.translated(0, panel.runs.top(0)).center().toPoint()
        QTest.mouseClick(panel.runs.viewport(), LEFT, PLAIN, point)
        assert [(job, problem.kind) for job, problem in acted] == [("9.1", "key_rejected")]
        cancelled: list[int] = []
        stage.actions.cancel_run.connect(cancelled.append)
        point = title_buttons(row, layout)["cancel"].translated(0, panel.runs.top(0)).center().toPoint()
        QTest.mouseClick(panel.runs.viewport(), LEFT, PLAIN, point)
        assert cancelled == [9]

    on_stage(scene)


def test_a_rating_changes_in_place(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await show(stage)
        resets: list[str] = []
        panel.images.modelReset.connect(lambda: resets.append("images"))
        panel.run_list.modelReset.connect(lambda: resets.append("runs"))
        row = panel.runs.row(1)
        assert row is not None
        assert row.tiles[0].image is not None
        image = row.tiles[0].image.id
        await stage.client.run(lambda studio: studio.workspace.organiser.rate([image], 3))
        stage.actions.library_changed.emit()

        def rating() -> int:
            now = panel.runs.row(1)
            return now.tiles[0].image.rating if now is not None and now.tiles[0].image is not None else -1

        await until(lambda: rating() == 3, "the new rating")
        assert panel.images.tile_at(2).image.rating + panel.images.tile_at(3).image.rating == 3  # type: ignore[union-attr]
        assert resets == []

    on_stage(scene)


def test_what_is_dragged_are_the_original_files(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await show(stage)
        ids = await stage.client.run(lambda studio: studio.workspace.library.ids())
        records = await stage.client.run(lambda studio: studio.workspace.library.images(ids))
        mime = mime_of(records, Path(stage.client.studio.workspace.folder.root))
        assert bytes(mime.data(IMAGES_MIME).data()).decode() == ",".join(str(image_id) for image_id in ids)
        files = [Path(url.toLocalFile()) for url in mime.urls()]
        assert len(files) == 4
        assert all(file.read_bytes()[:4] == b"\x89PNG" for file in files)
        assert panel.isVisible()

    on_stage(scene)


def test_screen_readers_get_lists_of_items_with_names(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await show(stage, view="grid")
        for view, words in ((panel.grid, "Demo demo-pap"), (panel.runs, "Run 2, ")):
            panel.set_view("grid" if view is panel.grid else "runs")
            interface = QAccessible.queryAccessibleInterface(view)
            assert interface.role() == QAccessible.Role.List
            children = [interface.child(place) for place in range(interface.childCount())]
            items = [child for child in children if child.role() == QAccessible.Role.ListItem]
            assert len(items) == view.model().rowCount()
            assert any(item.text(QAccessible.Text.Name).startswith(words) for item in items)

    on_stage(scene)


def test_the_models_keep_qts_rules(on_stage: OnStage, qtlog: Any) -> None:
    async def scene(stage: Stage) -> None:
        panel = stage.panel
        told = QAbstractItemModelTester.FailureReportingMode.Warning
        testers = [QAbstractItemModelTester(model, told) for model in (panel.images, panel.run_list)]
        await show(stage)
        await stage.generate("a blue jug", "demo-painter")
        run = run_of(9, ("demo/demo-painter",))
        panel.apply([started(run), *failed(run, 0, KeyRejected(provider="Demo"))])
        panel.set_search("model:painter")
        await until(lambda: panel.bar.count_label.text().endswith("3 of 5 images"), "the count")
        assert [record.message for record in qtlog.records if record.context.category == "qt.modeltest"] == []
        del testers

    on_stage(scene)


def test_cells_of_the_grid_lie_where_they_are_found(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await show(stage, view="grid")
        for width in (430, 700, 1300):
            panel.resize(width, 500)
            await asyncio.sleep(0)
            for row in range(4):
                index = panel.images.index(row)
                assert panel.grid.indexAt(panel.grid.visualRect(index).center()) == index
        assert not panel.grid.indexAt(QPoint(2, 2)).isValid()
        panel.grid.setFocus()
        panel.grid.setCurrentIndex(panel.images.index(0))
        QTest.keyClick(panel.grid, Qt.Key.Key_End)
        assert panel.grid.currentIndex().row() == 3
        QTest.keyClick(panel.grid, Qt.Key.Key_Home, Qt.KeyboardModifier.ShiftModifier)
        await until(lambda: len(panel.selected_image_ids()) == 4, "the range is selected")

    on_stage(scene)


def test_menus_of_tiles_and_runs_say_their_wishes(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await show(stage)
        await until(lambda: panel.runs.row(0) is not None, "the first run")
        row = panel.runs.row(0)
        assert row is not None
        tile = row.tiles[0]
        assert tile.image is not None
        said: list[tuple[object, ...]] = []
        for name in ("vary", "compare", "run_again", "rate"):
            getattr(stage.actions, name).connect(lambda *what, name=name: said.append((name, *what)))
        one = {action.text(): action for action in panel.menus.of_tile(tile, None).actions()}
        one["Vary"].trigger()
        both = [each.image.id for each in row.tiles if each.image is not None]
        panel.selection.set_ids(both)
        several = {action.text(): action for action in panel.menus.of_tile(tile, None).actions()}
        assert "Vary" not in several
        several["Compare"].trigger()
        run = {action.text(): action for action in panel.menus.of_run(row).actions()}
        assert not run["Run only what failed"].isEnabled()
        run["Run again"].trigger()
        assert said == [("vary", tile.image.id), ("compare", both), ("run_again", row.run.id)]

    on_stage(scene)


def test_filters_are_added_from_the_menu_and_edited_from_their_chip(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await show(stage, view="grid")
        panel.bar.add_chip.click()
        menu = next(each for each in panel.bar.findChildren(Menu) if each.isVisible())
        rating = next(each for each in menu.findChildren(Menu) if each.title() == "Rating")
        next(action for action in rating.actions() if action.text() == "Not rated").trigger()
        menu.close()
        await until(lambda: panel.bar.count_label.text() == "4 images", "all are unrated")
        assert [chip.accessibleName() for chip in panel.bar.chips()] == ["Rating not rated"]
        panel.set_filters([Filter("seed", ("0",))])
        panel.bar.chips()[0].click()
        (line,) = panel.bar.findChildren(FilterLine)
        line.line.set_text("red")
        QTest.keyClick(line.line.edit, Qt.Key.Key_Return)
        assert line.isVisible(), "what is not understood stays to be mended"
        line.line.set_text("1")
        QTest.keyClick(line.line.edit, Qt.Key.Key_Return)
        assert panel.bar.filters == (Filter("seed", ("1",)),)
        await until(lambda: panel.bar.count_label.text() == "2 of 4 images", "those of the second run")

    on_stage(scene)


def test_what_comes_on_top_becomes_pages_that_can_be_read_again(
    on_stage: OnStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A window that generates for days does not hold all that has come; rows stay what they are."""
    monkeypatch.setattr(images_model, "PAGE_ROWS", 2)
    monkeypatch.setattr(stored_rows, "PAGE_ROWS", 2)
    monkeypatch.setattr(stored_rows, "_PAGES_KEPT", 2)
    monkeypatch.setattr(runs_model, "PAGE_ROWS", 2)
    monkeypatch.setattr(runs_model, "_PAGES_KEPT", 2)

    async def scene(stage: Stage) -> None:
        panel = await show(stage, view="grid")
        for number in range(6):
            await stage.generate(f"more {number}")
        images, runs = panel.images, panel.run_list
        await until(lambda: images.rowCount() == 10 and runs.rowCount() == 8, "all rows")
        ids = [int(one) for one in await stage.client.run(lambda studio: studio.workspace.library.ids())]
        pages = await stage.client.run(lambda studio: studio.workspace.library.runs())
        for row, expected in enumerate(ids):
            await until(partial(images.tile_at, row), "the page")
            tile = images.tile_at(row)
            assert tile is not None
            assert tile.image_id == expected
        for number, page in enumerate(pages):
            await until(partial(runs.row_at, number), "the page")
            shown = runs.row_at(number)
            assert shown is not None
            assert shown.run.id == page.run.id
        assert images.record(ids[0]) is not None
        assert sum(images.record(one) is not None for one in ids) < len(ids)

    on_stage(scene)


def differing_pixels(one: QImage, other: QImage) -> int:
    pictures = []
    for image in (one, other):
        plain = image.convertToFormat(QImage.Format.Format_RGB32)
        size = (plain.width(), plain.height())
        pictures.append(Image.frombytes("RGB", size, bytes(plain.constBits()), "raw", "BGRX", plain.bytesPerLine()))
    levels = ImageChops.difference(*pictures).convert("L").histogram()
    return sum(levels[1:])


def test_scrolled_runs_look_as_if_painted_anew_and_only_what_comes_is_painted(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await show(stage)
        panel.resize(900, 420)
        runs, view = panel.runs, panel.runs.viewport()
        painted: list[float] = []
        whole = runs.painter.paint

        def spied(painter: Any, row: Any, layout: Any, state: Any, exposed: QRectF) -> None:
            painted.append(exposed.height())
            whole(painter, row, layout, state, exposed)

        runs.painter.paint = spied  # type: ignore[method-assign]  # it tells of itself

        def look(value: int) -> tuple[float, int]:
            """The highest part that was painted on the way to `value`, and how many pixels are not as they should."""
            painted.clear()
            runs.verticalScrollBar().setValue(value)
            QApplication.processEvents()
            highest = max(painted, default=0.0)
            screen = panel.screen().grabWindow(panel.window().winId()).toImage()
            shown = screen.copy(QRect(view.mapTo(panel.window(), QPoint()), view.size()))
            return highest, differing_pixels(shown, view.grab().toImage())

        async def scroll(before: int, value: int) -> None:
            """Done again when thumbnails or news of the library came just now, which repaint what concerns them."""

            def only_what_came_was_painted() -> bool:
                look(before)
                highest, differing = look(value)
                # Round corners and icons that the edge cuts are smoothed in another way.
                return highest <= abs(value - before) and differing < 200

            await until(only_what_came_was_painted, f"scrolled from {before} to {value}")

        before = 0
        for value in (0, 17, 40, 41, 120, 60, 59, 200, 12):
            await scroll(before, value)
            before = value

    on_stage(scene)


class _Paints(QObject):
    """What of a widget is painted, event by event."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.areas: list[QRect] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.areas.append(event.region().boundingRect())
        return False


def test_a_picture_that_comes_repaints_its_own_tile_in_the_runs_and_nothing_else(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await show(stage)
        runs, paints = panel.runs, _Paints(panel.runs.viewport())
        tile = runs.tile_at(0, 1)
        assert tile is not None
        assert tile.image is not None

        def place() -> QRect:
            layout = runs.layout_of(0)
            assert layout is not None
            return layout.tile_boxes()[1].translated(0, runs.top(0)).toAlignedRect()

        key = (tile.image.blob, bucket_for(max(place().width(), place().height()) * runs.devicePixelRatioF()))
        thumbnails = panel.findChild(ThumbnailCache)
        assert thumbnails is not None

        def painted_for(key: object) -> list[QRect]:
            QApplication.processEvents()
            paints.areas.clear()
            thumbnails.ready.emit(key)
            QApplication.processEvents()
            return paints.areas

        # Other thumbnails and news of the library may come just then, which repaint more.
        await until(lambda: painted_for(key) == [place()], "its tile alone is painted")
        await until(lambda: painted_for(("a picture of another place", 256)) == [], "nothing is painted")

    on_stage(scene)


def test_the_grid_follows_the_cursor(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await show(stage, view="grid")
        panel.resize(260, 330)
        grid = panel.grid
        await until(lambda: grid.places.columns == 1 and grid.verticalScrollBar().maximum() > 0, "one column")
        grid.setFocus()
        for key, row in ((Qt.Key.Key_Home, 0), (Qt.Key.Key_End, 3), (Qt.Key.Key_Up, 2), (Qt.Key.Key_PageUp, 1)):
            QTest.keyClick(grid, key)
            assert grid.currentIndex().row() == row
            assert grid.viewport().rect().contains(grid.visualRect(grid.currentIndex()).center())

    on_stage(scene)


def test_a_band_that_is_drawn_beyond_the_edge_goes_on(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = await show(stage, view="grid")
        panel.resize(260, 330)
        grid = panel.grid
        bar, view = grid.verticalScrollBar(), grid.viewport()
        await until(lambda: grid.places.columns == 1 and bar.maximum() > 0, "one column")

        def move(point: QPoint) -> None:
            where, above = point.toPointF(), view.mapToGlobal(point).toPointF()
            QApplication.sendEvent(
                view, QMouseEvent(QEvent.Type.MouseMove, where, above, Qt.MouseButton.NoButton, LEFT, PLAIN)
            )

        QTest.mousePress(view, LEFT, PLAIN, QPoint(2, 2))
        for point in (QPoint(40, 40), QPoint(120, 120), QPoint(120, view.height() + 60)):
            move(point)
        await until(lambda: bar.value() == bar.maximum() and len(panel.selected_image_ids()) == 4, "the end is reached")
        move(QPoint(120, view.height() - 2))
        QTest.mouseRelease(view, LEFT, PLAIN, QPoint(120, view.height() - 2))
        assert len(panel.selected_image_ids()) == 4
        assert bar.value() == bar.maximum()

    on_stage(scene)


def test_a_library_that_is_being_read_has_no_counts_yet(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = stage.panel
        panel.retranslate()
        assert panel.bar.count_label.text() == ""
        await show(stage)
        await until(lambda: panel.bar.count_label.text() == "2 runs · 4 images", "the counts")

    on_stage(scene)


def test_stars_below_a_column_wait_until_it_is_known_whose_they_are(on_stage: OnStage) -> None:
    """They would be gone under the pointer when the second image of a request comes."""

    async def scene(stage: Stage) -> None:
        panel = await show(stage)
        row = panel.runs.row(0)
        assert row is not None
        column = row.columns[0]
        (done,) = column.tiles
        rated = panel.runs.painter.rated_tile
        assert rated(column) is done
        waiting = replace(done, index=1, image=None, state=TileState.WAITING)
        assert rated(replace(column, tiles=(done, waiting))) is None
        failed = replace(waiting, state=TileState.FAILED)
        assert rated(replace(column, tiles=(done, failed))) is done
        assert done.image_id is not None
        panel.selection.set_ids([done.image_id])
        assert rated(replace(column, tiles=(done, waiting))) is done

    on_stage(scene)
