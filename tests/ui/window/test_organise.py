"""Collections, the bin, undo and finding by look, as a user does them in the window."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from studio.ui.gallery.colour_popover import ColourPopover
from studio.ui.gallery.query_text import Filter, look_parts
from studio.ui.preferences.dialog import PreferencesDialog
from studio.ui.translation import written
from studio.ui.widgets import Chip, LineField, Menu, Question
from studio.ui.window.collection_picker import CollectionPicker
from studio.ui.window.collections_dialog import CollectionsDialog
from tests.ui.window.conftest import Play, Stage

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


async def three_images(stage: Stage) -> list[int]:
    """The grid with three images, the first one selected and the focus on it; newest first."""
    await stage.generate("a kite over the sea", images=3)
    stage.controller.show_view("grid")
    grid = stage.controller.gallery.grid
    await stage.until(lambda: grid.model().rowCount() == 3)
    ids = [image.id for image in await stage.images()]
    select(stage, ids[:1])
    grid.setFocus()
    return ids


def select(stage: Stage, ids: list[int]) -> None:
    gallery = stage.controller.gallery
    gallery.selection.set_ids(ids)
    row = gallery.images.rows_of_images(set(ids), "")[0]
    gallery.grid.selectionModel().setCurrentIndex(
        gallery.images.index(row), gallery.grid.selectionModel().SelectionFlag.NoUpdate
    )


def shown(stage: Stage, kind: type[QWidget]) -> Any:
    """The open popover or dialog of a kind."""
    return next((one for one in stage.window.findChildren(kind) if one.isVisible()), None)


async def opened(stage: Stage, kind: type[QWidget]) -> Any:
    await stage.until(lambda: shown(stage, kind) is not None)
    return shown(stage, kind)


async def collections(stage: Stage) -> list[tuple[str, int]]:
    found = await stage.client.run(lambda studio: studio.workspace.organiser.collections())
    return [(one.name, one.image_count) for one in found]


async def until_collections(stage: Stage, *expected: tuple[str, int]) -> None:
    """The gallery's menus know exactly these."""
    await stage.until(lambda: list(stage.controller.gallery.collections.counts) == list(expected))
    assert await collections(stage) == list(expected)


async def press(stage: Stage, key: Qt.Key, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
    """A key in the grid. Without a window system a popup that closes leaves no window active."""
    stage.window.activateWindow()
    await stage.until(stage.window.isActiveWindow)
    stage.controller.gallery.grid.setFocus()
    QTest.keyClick(stage.controller.gallery.grid, key, modifiers)


def message(stage: Stage) -> str:
    current = stage.window.message_bar.current()
    return written(current.title) if current is not None else ""


def trigger(menu: Menu, *words: str) -> None:
    """Choose an entry by its words, through the menus inside."""
    for word in words:
        action = next(action for action in menu.actions() if action.text().startswith(word))
        inner = action.menu()
        if isinstance(inner, Menu):
            menu = inner
        else:
            action.trigger()


def test_a_key_puts_images_into_a_collection_and_undo_takes_them_out(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        ids = await three_images(stage)
        await press(stage, Qt.Key.Key_A)
        picker = await opened(stage, CollectionPicker)
        QTest.keyClicks(picker.field.edit, "Late  autumn")
        await stage.until(lambda: picker.rows.count() == 1)
        assert picker.rows.item(0).text() == "New collection: Late autumn"
        QTest.keyClick(picker.field.edit, Qt.Key.Key_Return)
        await until_collections(stage, ("Late autumn", 1))

        select(stage, ids[:2])
        await press(stage, Qt.Key.Key_A)
        picker = await opened(stage, CollectionPicker)
        await stage.until(lambda: picker.rows.count() == 1)
        QTest.keyClicks(picker.field.edit, "AUT")
        QTest.keyClick(picker.field.edit, Qt.Key.Key_Down)
        assert picker.rows.count() == 2
        QTest.keyClick(picker.field.edit, Qt.Key.Key_Up)
        QTest.keyClick(picker.field.edit, Qt.Key.Key_Return)
        await until_collections(stage, ("Late autumn", 2))
        await stage.until(lambda: message(stage) == "2 images added to Late autumn.")

        await press(stage, Qt.Key.Key_Z, CONTROL)
        await until_collections(stage, ("Late autumn", 1))
        await press(stage, Qt.Key.Key_Z, CONTROL)
        await until_collections(stage)
        await press(stage, Qt.Key.Key_Z, CONTROL | SHIFT)
        await until_collections(stage, ("Late autumn", 1))

    play(scene)


def test_the_menu_of_an_image_adds_and_removes_and_the_filter_shows_a_collection(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        ids = await three_images(stage)
        controller, gallery = stage.controller, stage.controller.gallery
        controller.actions.collect.emit(ids[:2], "Best, of all")
        await until_collections(stage, ("Best, of all", 2))
        tile = gallery.images.index(2).data(Qt.ItemDataRole.UserRole + 1)
        trigger(gallery.menus.of_tile(tile, None), "Add to collection", "Best")
        await until_collections(stage, ("Best, of all", 3))

        stage.window.toolbar.search.edit.setText('收藏集："best, of all"')
        await stage.until(lambda: gallery.bar.count_label.text().startswith("3 images"))
        chip = gallery.bar.chips()[0]
        assert chip.text() == "Collection best, of all"
        gallery.selection.set_ids(ids[:1])
        trigger(
            gallery.menus.of_tile(gallery.images.index(0).data(Qt.ItemDataRole.UserRole + 1), None), "Remove from best"
        )
        await stage.until(lambda: gallery.bar.count_label.text().startswith("2 of 3 images"))
        QTest.keyClick(gallery.bar.chips()[0], Qt.Key.Key_Delete)
        await stage.until(lambda: gallery.bar.count_label.text().endswith("3 images"))

        gallery.bar.add_chip.click()
        menu = await opened(stage, Menu)
        trigger(menu, "Collection", "Best, of all (2)")
        await stage.until(lambda: gallery.bar.chosen == (Filter("collection", ("Best, of all",)),))

    play(scene)


def test_collections_are_renamed_and_removed_in_their_dialog(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        ids = await three_images(stage)
        controller = stage.controller
        controller.actions.collect.emit(ids, "Old")
        await until_collections(stage, ("Old", 3))
        controller.gallery.add_filter(Filter("collection", ("Old",)))
        next(action for action in stage.window.menu.actions() if action.text() == "Collections...").trigger()
        dialog = await opened(stage, CollectionsDialog)
        await stage.until(lambda: len(dialog._rows) == 1)
        field = dialog._rows[0].findChild(LineField)
        field.edit.setText("  New  name ")
        field.edit.editingFinished.emit()
        await until_collections(stage, ("New name", 3))
        assert controller.gallery.bar.chosen == (Filter("collection", ("New name",)),)
        dialog.new_field.edit.setFocus()
        QTest.keyClicks(dialog.new_field.edit, "Empty one")
        QTest.keyClick(dialog.new_field.edit, Qt.Key.Key_Return)
        await until_collections(stage, ("Empty one", 0), ("New name", 3))
        assert dialog.isVisible()
        controller.collections.remove(
            next(
                one for one in await stage.client.run(lambda s: s.workspace.organiser.collections()) if one.image_count
            )
        )
        await until_collections(stage, ("Empty one", 0))
        assert len(await stage.images()) == 3
        await stage.until(dialog.undo_button.isEnabled)
        dialog.undo_button.click()
        await until_collections(stage, ("Empty one", 0), ("New name", 3))
        dialog.reject()

    play(scene)


def test_the_details_show_collections_and_colours(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        ids = await three_images(stage)
        controller, head = stage.controller, stage.controller.details.head
        controller.actions.collect.emit(ids[:1], "Best")

        def chips() -> dict[str, Chip]:
            return {chip.text(): chip for chip in head._chips}

        await stage.until(lambda: "Best" in chips())
        await stage.until(lambda: bool(head.swatches))
        QTest.keyClick(chips()["Best"], Qt.Key.Key_Delete)
        await until_collections(stage, ("Best", 0))
        await stage.until(lambda: "Best" not in chips())

        colour = head.swatches[0].colour
        assert colour in head.swatches[0].accessibleName()
        QTest.mouseClick(head.swatches[0], LEFT)
        gallery = controller.gallery
        assert gallery.bar.chosen == (Filter("colour", (colour,)),)
        await stage.until(lambda: "3 images" in gallery.bar.count_label.text())

    play(scene)


def test_an_image_that_is_selected_before_anybody_looked_at_it_gets_its_colours(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        workers, may_look = stage.client.studio.workspace._thumbnail_workers, threading.Event()
        busy = [workers.submit(may_look.wait) for _ in range(2)]
        try:
            (image_id, *_) = await three_images(stage)
            details = stage.controller.details
            await stage.until(lambda: details._image is not None and int(details._image.id) == image_id)
            assert details.head.swatches == []
        finally:
            may_look.set()
        await asyncio.wait([asyncio.wrap_future(one) for one in busy])
        await stage.until(lambda: bool(details.head.swatches))

    play(scene)


def test_a_colour_is_chosen_by_mouse_by_keys_and_as_a_number(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await three_images(stage)
        bar = stage.controller.gallery.bar
        bar.add_chip.click()
        trigger(await opened(stage, Menu), "Colour")
        popover = await opened(stage, ColourPopover)
        assert popover.swatches[1][5].accessibleName() == "Blue"
        QTest.mouseClick(popover.swatches[1][5], LEFT)
        assert bar.chosen == (Filter("colour", (popover.swatches[1][5].colour,)),)

        QTest.mouseClick(bar.chips()[0], LEFT, PLAIN, QPoint(6, 10))
        popover = await opened(stage, ColourPopover)
        popover.swatches[0][0].setFocus()
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_Left):
            QTest.keyClick(popover.focusWidget(), key)
        QTest.keyClick(popover.focusWidget(), Qt.Key.Key_Return)
        assert bar.chosen == (Filter("colour", ("#7a1c18",)),)

        QTest.mouseClick(bar.chips()[0], LEFT, PLAIN, QPoint(6, 10))
        popover = await opened(stage, ColourPopover)
        popover.line.edit.setFocus()
        popover.line.edit.setText("a04030, nonsense")
        QTest.keyClick(popover.line.edit, Qt.Key.Key_Return)
        assert popover.isVisible()
        popover.line.edit.setText("a04030, #FFFFFF")
        QTest.keyClick(popover.line.edit, Qt.Key.Key_Return)
        assert bar.chosen == (Filter("colour", ("#a04030", "#FFFFFF")),)

    play(scene)


def test_what_is_like_a_file_a_drop_or_a_copied_picture_is_found(play: Play, tmp_path: Path) -> None:
    async def scene(stage: Stage) -> None:
        ids = await three_images(stage)
        controller, bar = stage.controller, stage.controller.gallery.bar
        image = next(one for one in await stage.images() if one.id == ids[0])
        outside = tmp_path / "my photo, old.png"
        outside.write_bytes((stage.workspace / image.path).read_bytes())
        before = outside.stat()

        drop_on(stage.window.toolbar.search.edit, outside)
        await stage.until(lambda: any(chip.field == "similar" for chip in bar.chosen))
        assert bar.chips()[0].text() == "Similar my photo, old.png"
        await stage.until(lambda: " of 3 images" in bar.count_label.text() or bar.count_label.text() == "3 images")
        assert controller.gallery.images.index(0).data(Qt.ItemDataRole.UserRole + 1).image.id == ids[0]
        assert len(await stage.images()) == 3
        after = outside.stat()
        assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)

        bar.clear()
        clipboard = QGuiApplication.clipboard()
        clipboard.setImage(QImage(str(outside)))
        stage.window.toolbar.focus_search()
        QTest.keyClick(stage.window.toolbar.search.edit, Qt.Key.Key_V, CONTROL)
        await stage.until(lambda: any(chip.field == "similar" for chip in bar.chosen))
        assert bar.chips()[0].text() == "Similar copied picture"
        assert look_parts(bar.chosen[0].values[0]) is not None

        clipboard.setText("kite")
        bar.clear()
        stage.window.toolbar.focus_search()
        QTest.keyClick(stage.window.toolbar.search.edit, Qt.Key.Key_V, CONTROL)
        assert stage.window.toolbar.search.text() == "kite"
        assert bar.chosen == ()

        (tmp_path / "no.png").write_text("no picture", encoding="utf-8")
        controller.actions.find_like.emit(tmp_path / "no.png")
        await stage.until(lambda: "no.png is no image" in message(stage))

    play(scene)


def drop_on(widget: QWidget, file: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    place = QPointF(5, 5)
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    enter = QDragEnterEvent(place.toPoint(), actions, mime, LEFT, PLAIN)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    drop = QDropEvent(place, actions, mime, LEFT, PLAIN)
    QApplication.sendEvent(widget, drop)
    assert drop.dropAction() == Qt.DropAction.CopyAction


def test_the_bin_is_shown_brought_back_from_and_emptied_after_a_question(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def scene(stage: Stage) -> None:
        ids = await three_images(stage)
        controller, gallery = stage.controller, stage.controller.gallery
        monkeypatch.setattr(stage.client.studio.workspace.organiser, "_to_bin", Path.unlink)
        select(stage, ids[:2])
        await press(stage, Qt.Key.Key_Delete)
        await stage.until(lambda: gallery.bar.count_label.text().endswith("1 image"))
        assert gallery.trash_strip.isHidden()
        next(action for action in stage.window.menu.actions() if action.text() == "Bin...").trigger()
        await stage.until(lambda: gallery.images.rowCount() == 2)
        await stage.until(lambda: gallery.trash_strip.words.full_text().startswith("2 images in the bin"))
        assert "today" in gallery.trash_strip.words.full_text()
        assert gallery.bar.chips()[0].text() == "State In the bin"
        await stage.until(lambda: gallery.bar.count_label.text().endswith("2 images"))
        assert " of " not in gallery.bar.count_label.text()

        select(stage, ids[:1])
        QTest.mouseClick(gallery.trash_strip.restore_button, LEFT)
        await stage.until(lambda: gallery.images.rowCount() == 1)
        assert message(stage) == "1 image brought back."

        gallery.trash_strip.empty_button.click()
        question = await opened(stage, Question)
        assert question.heading.text() == "Delete 1 image for good?"
        assert question.words.text().startswith("1 file, ")
        question.reject()
        await stage.until(lambda: shown(stage, Question) is None)
        assert len(list((stage.workspace / "output" / "images").glob("*.png"))) == 3

        select(stage, [ids[1]])
        await press(stage, Qt.Key.Key_Delete)
        question = await opened(stage, Question)
        question.primary_button.click()
        await stage.until(lambda: message(stage) == "1 image deleted for good.")
        await stage.until(lambda: gallery.empty.isVisible() and gallery.empty.words == "The bin is empty.")
        assert len(list((stage.workspace / "output" / "images").glob("*.png"))) == 2
        gallery.bar.clear()
        await stage.until(lambda: gallery.images.rowCount() == 2)
        # The newest step is the way back, the one before threw away two, of which one is gone for good.
        await press(stage, Qt.Key.Key_Z, CONTROL)
        await stage.until(lambda: gallery.images.rowCount() == 1)
        await press(stage, Qt.Key.Key_Z, CONTROL)
        await stage.until(lambda: gallery.images.rowCount() == 2)
        controller.actions.empty_trash.emit([])
        await stage.until(lambda: message(stage) == "The bin is empty.")

    play(scene)


def test_ratings_tags_notes_and_rejections_are_undone_one_after_the_other(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        ids = await three_images(stage)
        actions = stage.controller.actions

        async def marks() -> tuple[int, bool, tuple[str, ...], str]:
            image = next(one for one in await stage.images() if one.id == ids[0])
            return image.rating, image.rejected, image.tags, image.note

        async def until_marks(*expected: Any) -> None:
            await stage.until_kept(marks, expected)

        await press(stage, Qt.Key.Key_4)
        await until_marks(4, False, (), "")
        assert message(stage) == ""
        await press(stage, Qt.Key.Key_X)
        await until_marks(4, True, (), "")
        actions.set_tags.emit(ids, ["hero"])
        await until_marks(4, True, ("hero",), "")
        await stage.until(lambda: message(stage) == "Tags of 3 images changed.")
        for note in ("f", "fo", "for"):
            actions.set_note.emit(ids[0], note)
        await until_marks(4, True, ("hero",), "for")
        await press(stage, Qt.Key.Key_Z, CONTROL)
        await until_marks(4, True, ("hero",), "")
        await press(stage, Qt.Key.Key_Z, CONTROL)
        await until_marks(4, True, (), "")
        await stage.until(lambda: message(stage) == "Undone: Tags of 3 images changed.")
        stage.window.message_bar._action.click()
        await until_marks(4, True, ("hero",), "")
        for _ in range(3):
            await press(stage, Qt.Key.Key_Z, CONTROL)
        await until_marks(0, False, (), "")
        await press(stage, Qt.Key.Key_Z, CONTROL)
        await press(stage, Qt.Key.Key_Z, CONTROL | SHIFT)
        await until_marks(4, False, (), "")

    play(scene)


@pytest.mark.parametrize(
    ("path", "typed", "expected"),
    [
        (("Provider", "Demo"), "provider:demo", 3),
        (("Model", "Demo", "demo-painter"), "model:demo-painter", 3),
        (("Size",), "size:128x96", 3),
        (("Seed",), "seed:7", 1),
        (("Rating", "4 and up"), "rating:4+", 1),
        (("Date", "Today"), "date:today", 3),
        (("State", "Done"), "state:done", 3),
        (("State", "In the bin"), "state:trash", 0),
        (("Cost",), "cost:0", 3),
        (("Tag",), "tag:hero", 1),
        (("Note",), "note:client", 1),
        (("Collection", "Best (1)"), "collection:best", 1),
        (("Run",), "run:1", 3),
        (("Sweep",), "sweep:1", 0),
        (("Rejected", "No"), "rejected:no", 3),
    ],
)
def test_every_field_is_asked_for_by_mouse_by_keys_and_in_words(
    play: Play, path: tuple[str, ...], typed: str, expected: int
) -> None:
    async def scene(stage: Stage) -> None:
        from studio.ui.gallery.filter_editors import FilterLine

        await stage.generate("a kite over the sea", images=3, seed=7)
        controller, gallery = stage.controller, stage.controller.gallery
        first = min(image.id for image in await stage.images())
        controller.actions.rate.emit([first], 4)
        controller.actions.set_tags.emit([first], ["hero"])
        controller.actions.set_note.emit(first, "for the client")
        controller.actions.collect.emit([first], "Best")
        await until_collections(stage, ("Best", 1))
        await stage.until(lambda: gallery.collections.counts == [("Best", 1)])

        async def until_found() -> None:
            wanted = "3 images" if expected == 3 else f"{expected} of 3 images"
            if "bin" in path[-1]:
                wanted = "0 images"
            await stage.until(lambda: gallery.bar.count_label.text().endswith(wanted))

        gallery.bar.add_chip.setFocus()
        QTest.keyClick(gallery.bar.add_chip, Qt.Key.Key_Space)
        menu = await opened(stage, Menu)
        trigger(menu, *path)
        menu.close()
        if len(path) == 1:
            line = await opened(stage, FilterLine)
            QTest.keyClicks(line.line.edit, typed.partition(":")[2])
            QTest.keyClick(line.line.edit, Qt.Key.Key_Return)
        await stage.until(lambda: len(gallery.bar.chosen) == 1)
        await until_found()
        chosen = gallery.bar.chosen
        gallery.bar.clear()
        stage.window.toolbar.search.edit.setText(typed)
        QTest.keyClick(stage.window.toolbar.search.edit, Qt.Key.Key_Return)
        assert [chip.field for chip in gallery.bar.chosen] == [chip.field for chip in chosen]
        await until_found()

    play(scene)


def test_preferences_ask_before_they_empty_the_bin(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(stage: Stage) -> None:
        ids = await three_images(stage)
        monkeypatch.setattr(stage.client.studio.workspace.organiser, "_to_bin", Path.unlink)
        await stage.client.run(lambda studio: studio.workspace.organiser.trash(ids[:1]))  # type: ignore[arg-type]  # numbers of images
        stage.controller.actions.open_preferences.emit("storage")
        preferences = await opened(stage, PreferencesDialog)
        preferences.storage._empty.click()
        question = await opened(stage, Question)
        assert len(list((stage.workspace / "output" / "images").glob("*.png"))) == 3
        question.primary_button.click()
        await stage.until(lambda: message(stage) == "1 image deleted for good.")
        assert preferences.isVisible()
        preferences.reject()

    play(scene)


def test_what_the_system_does_not_take_stays_and_is_named(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(stage: Stage) -> None:
        ids = await three_images(stage)
        taken: list[Path] = []

        def only_the_first(file: Path) -> None:
            if taken:
                raise PermissionError(file)
            taken.append(file)
            file.unlink()

        monkeypatch.setattr(stage.client.studio.workspace.organiser, "_to_bin", only_the_first)
        stage.controller.actions.trash.emit(ids)
        await stage.until(lambda: message(stage) == "3 images moved to the bin.")
        stage.controller.actions.empty_trash.emit([])
        (await opened(stage, Question)).primary_button.click()
        await stage.until(lambda: message(stage) == "1 image deleted for good.")
        current = stage.window.message_bar.current()
        assert current is not None
        assert "1 file is in the bin of the system. The system did not take 2 files" in written(current.text)
        await stage.until(lambda: shown(stage, Question) is None)
        stage.controller.actions.empty_trash.emit([])
        (await opened(stage, Question)).primary_button.click()
        await stage.until(lambda: message(stage) == "No image was deleted.")
        left = await stage.client.run(lambda studio: studio.workspace.organiser.trash_content())
        assert left.image_count == 2

    play(scene)


def test_opening_the_main_menu_leaves_every_key_alive(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        before = [action.objectName() for action in stage.window.actions()]
        words = [action.text() for action in stage.window.menu.actions()]
        for _ in range(3):
            stage.window.menu.popup(QPoint(0, 0))
            stage.window.menu.close()
            await asyncio.sleep(0)
        assert [action.objectName() for action in stage.window.actions()] == before
        assert [action.text() for action in stage.window.menu.actions()] == words
        assert "Export..." in words

    play(scene)


def test_lists_and_the_picker_have_names_for_screen_readers(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        ids = await three_images(stage)
        stage.controller.actions.pick_collection.emit(ids)
        picker = await opened(stage, CollectionPicker)
        assert picker.accessibleName() == "Add to collection"
        assert picker.findChild(QListWidget).accessibleName() == "Collections"
        assert picker.field.edit.accessibleName()
        QTest.keyClick(picker, Qt.Key.Key_Escape)
        await stage.until(lambda: shown(stage, CollectionPicker) is None)
        assert await collections(stage) == []

    play(scene)


def test_an_image_on_the_light_table_says_that_it_is_in_the_bin(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("two pears", images=2)
        compare, ids = stage.controller.compare, [int(image.id) for image in await stage.images()]
        stage.controller.actions.compare.emit(ids)
        await stage.until(lambda: len(compare.table.images) == 2)
        stage.controller.actions.trash.emit(ids[:1])
        await stage.until(lambda: compare.table.images[0].name == "Demo demo-painter, in the bin")
        assert compare.table.images[1].name == "Demo demo-painter"
        stage.controller.undo.undo()
        await stage.until(lambda: compare.table.images[0].name == "Demo demo-painter")

    play(scene)
