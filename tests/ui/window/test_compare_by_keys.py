"""Compare, the blind vote and the details under the keyboard alone, and what a screen reader is told."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.window.conftest import Play, Stage
from tests.ui.window.test_keyboard import CONTROL, focused, grid_of, heard, press

__all__ = ["heard"]

MODELS = ("demo-painter", "demo-poster", "demo-papercut")
TELLING = ("demo", "painter", "poster", "papercut", "kite")


async def three_on_the_table(stage: Stage) -> Any:
    await stage.generate("a kite over the sea", models=MODELS)
    stage.window.activateWindow()
    ids = [image.id for image in await stage.images()]
    stage.controller.actions.compare.emit(ids)
    await stage.until(lambda: len(stage.controller.compare.image_ids()) == 3)
    assert focused() is stage.controller.compare.table
    return stage.controller.compare


def readable(top: QWidget) -> list[str]:
    """All that the accessibility tree tells below a window, also of what is hidden: readers can walk there too."""
    # What was taken away is gone with the next turn of the loop, before anybody can walk there.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    texts = [QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value, QAccessible.Text.Help]
    found: list[str] = []

    def read(node: Any) -> None:
        if node is None:
            return
        found.extend(words for words in (node.text(kind) for kind in texts) if words)
        for number in range(node.childCount()):
            read(node.child(number))

    read(QAccessible.queryAccessibleInterface(top))
    seen = (widget for widget in top.findChildren(QWidget) if widget.isVisible())
    found.extend(widget.toolTip() for widget in seen if widget.toolTip())
    return found


def test_during_a_vote_by_keys_nothing_readable_tells_a_name(play: Play, heard: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        compare = await three_on_the_table(stage)
        await stage.until(lambda: any("demo-poster" in words for words in readable(compare.side.differences)))
        before = " ".join(readable(stage.window)).lower()
        assert "demo-poster" in before, "the reading finds names where they are shown"
        heard.clear()
        press(Qt.Key.Key_V)
        assert compare.vote.is_on
        for key in (None, Qt.Key.Key_X, Qt.Key.Key_N, Qt.Key.Key_W, Qt.Key.Key_B, Qt.Key.Key_S):
            if key is not None:
                press(key)
            told = [words for words in readable(stage.window) if any(name in words.lower() for name in TELLING)]
            prompt = compare.side.votes._prompt.text()
            assert [words for words in told if words != prompt] == []
        assert stage.window.windowTitle() == "Prompt Studio"
        press(Qt.Key.Key_B, modifiers=CONTROL)
        assert not any("demo-poster" in words for words in readable(stage.window)), "the composer is covered"
        press(Qt.Key.Key_B, modifiers=CONTROL)
        assert not any("demo-poster" in words for words in readable(stage.window))
        press(Qt.Key.Key_1)
        await stage.until(lambda: any(words.startswith("A is better. Pair 2 of 3") for words in heard))
        press(Qt.Key.Key_Z, modifiers=CONTROL)
        await stage.until(lambda: "Vote taken back. Pair 1 of 3" in heard)
        press(Qt.Key.Key_2)
        await stage.until(lambda: any(words.startswith("Equal. Pair 2 of 3") for words in heard))
        press(Qt.Key.Key_Backspace)
        await stage.until(lambda: heard.count("Vote taken back. Pair 1 of 3") == 2)
        assert not [words for words in heard if any(name in words.lower() for name in TELLING)]
        press(Qt.Key.Key_V)
        assert not compare.vote.is_on
        assert focused() is compare.table
        assert await stage.client.run(lambda studio: studio.workspace.ballot.counted()) == []
        again = " ".join(readable(stage.window)).lower()
        assert "demo-painter, run 1" in again, "what is hidden by Compare alone is there again"

    play(scene)


def test_a_vote_that_ended_leaves_nothing_to_be_heard_in_the_next(play: Play, heard: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        compare = await three_on_the_table(stage)
        press(Qt.Key.Key_V)
        for pair in range(3):
            press(Qt.Key.Key_1)
            await stage.until(lambda pair=pair: not compare.vote.is_on or f"Pair {pair + 2} of 3" in heard[-1])  # type: ignore[misc]  # of now
        assert not compare.vote.is_on
        heard.clear()
        press(Qt.Key.Key_V)
        assert "Pair 1 of 3" in heard

    play(scene)


def test_what_keys_do_to_the_light_table_is_heard(play: Play, heard: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        compare = await three_on_the_table(stage)
        await stage.until(lambda: not compare._narrator._pause.isActive())
        heard.clear()
        for key, words in (
            (Qt.Key.Key_W, "Wipe"),
            (Qt.Key.Key_Right, "Line at 51 %"),
            (Qt.Key.Key_G, "Grey on"),
            (Qt.Key.Key_G, "Grey off"),
            (Qt.Key.Key_M, "Mirrored on"),
            (Qt.Key.Key_L, "Loupe on"),
            (Qt.Key.Key_X, "A is image 2, B is image 1"),
            (Qt.Key.Key_Z, "Zoom 100 %"),
            (Qt.Key.Key_D, "Difference"),
        ):
            press(key)
            await stage.until(lambda words=words: any(words in told for told in heard))  # type: ignore[misc]  # of now

    play(scene)


def test_one_image_alone_leaves_room_for_a_and_b(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        compare = await three_on_the_table(stage)
        ids = compare.image_ids()
        stage.controller.actions.compare.emit(ids[2:])
        await stage.until(lambda: compare.image_ids() == ids[2:])
        stage.controller.actions.compare.emit(ids)
        await stage.until(lambda: compare.image_ids() == ids)
        assert [compare.table.mark_of(place) for place in range(3)] == ["A", "B", "C"]

    play(scene)


def test_the_table_of_settings_is_one_stop_that_reads_them_all(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await three_on_the_table(stage)
        press(Qt.Key.Key_F6)
        press(Qt.Key.Key_Tab)
        await stage.until(lambda: "Model. A: demo-" in focused().accessibleName())
        assert "; B: demo-" in focused().accessibleName()

    play(scene)


def test_facts_are_one_stop_walked_by_arrows_and_copied_by_keys(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await grid_of(stage, 1)
        details = stage.controller.details
        await stage.until(details.facts_fold.isVisible)
        press(Qt.Key.Key_F6)
        for _ in range(40):
            if details.facts.isAncestorOf(focused()):
                break
            press(Qt.Key.Key_Tab)
        press(Qt.Key.Key_Down)
        name, _, value = focused().accessibleName().partition(": ")
        assert name
        press(Qt.Key.Key_C, modifiers=CONTROL)
        assert value == QGuiApplication.clipboard().text()
        press(Qt.Key.Key_Down)
        assert not focused().accessibleName().startswith(name)
        below = focused()
        press(Qt.Key.Key_Tab)
        assert not details.facts.isAncestorOf(focused())
        press(Qt.Key.Key_Backtab, modifiers=Qt.KeyboardModifier.ShiftModifier)
        assert QApplication.focusWidget() is below

    play(scene)


def test_an_image_in_the_bin_is_told_as_removed_in_runs(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("a kite", images=2)
        runs = stage.controller.gallery.runs
        stage.controller.actions.trash.emit([(await stage.images())[0].id])
        await stage.until(lambda: any("Removed" in words for words in [_spoken(runs)]))
        assert "Failed" not in _spoken(runs)

    play(scene)


def _spoken(runs: Any) -> str:
    return str(runs.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))


ALT = Qt.KeyboardModifier.AltModifier


async def nine_on_the_table(stage: Stage) -> Any:
    await stage.generate("a kite over the sea", models=MODELS, images=3)
    stage.window.activateWindow()
    ids = [image.id for image in await stage.images()]
    assert len(ids) == 9
    stage.controller.actions.compare.emit(ids)
    compare = stage.controller.compare
    await stage.until(lambda: len(compare.image_ids()) == 9 and not compare._narrator._pause.isActive(), 60)
    assert focused() is compare.table
    return compare


def test_each_of_nine_panes_is_reached_moved_and_zoomed_by_keys(play: Play, heard: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        compare = await nine_on_the_table(stage)
        table, viewport = compare.table, compare.table.viewport

        async def hears(words: str) -> None:
            await stage.until(lambda: any(words in told for told in heard), 60)
            heard.clear()

        heard.clear()
        press(Qt.Key.Key_Right, modifiers=ALT)
        await hears("B moved 0.")
        press(Qt.Key.Key_Left, modifiers=ALT)
        await hears("B in its place, No image is moved")
        for _ in range(3):
            press(Qt.Key.Key_PageDown)
        await hears(f"C: {table.images[2].name}, 3 of 9")
        press(Qt.Key.Key_Down, modifiers=ALT)
        await hears("C moved 0.")
        assert [viewport.was_moved(image.id) for image in table.images] == [False, True, True, *[False] * 6]
        assert viewport.offset(table.images[2].id)[1] > 0
        table.set_together(False)
        press(Qt.Key.Key_Plus)
        await hears("Zoom ")
        zoomed = [bool(viewport.view(image.id).zoom) for image in table.images]
        assert zoomed == [False, False, True, *[False] * 6]
        press(Qt.Key.Key_Right)
        await hears("Middle at ")
        press(Qt.Key.Key_PageUp)
        await hears(f"B: {table.images[1].name}, 2 of 9")
        press(Qt.Key.Key_W)
        assert table.chosen.place is None
        await hears("Wipe, ")
        press(Qt.Key.Key_H)
        await hears("Level line")

    play(scene)


def test_over_each_other_all_nine_come_against_a_by_keys(play: Play, heard: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        table = (await nine_on_the_table(stage)).table
        press(Qt.Key.Key_D)
        seen = []
        for _ in range(8):
            press(Qt.Key.Key_PageDown)
            seen.append(table.pair)
        assert seen == [(0, second) for second in (2, 3, 4, 5, 6, 7, 8, 1)]
        await stage.until(lambda: any("Difference" in words for words in heard))
        press(Qt.Key.Key_PageUp)
        await stage.until(lambda: any("A is image 1, B is image 9" in words for words in heard))
        press(Qt.Key.Key_V)
        await stage.until(lambda: table.blind)
        pair = table.pair
        press(Qt.Key.Key_W)
        press(Qt.Key.Key_PageDown)
        assert table.pair == pair, "a vote is about the two that were drawn"

    play(scene)


def test_a_chosen_pane_has_no_name_while_the_vote_is_blind(play: Play, heard: list[str]) -> None:
    async def scene(stage: Stage) -> None:
        compare = await nine_on_the_table(stage)
        press(Qt.Key.Key_PageDown)
        press(Qt.Key.Key_V)
        assert compare.table.chosen.place is None
        await stage.until(lambda: not compare._narrator._pause.isActive(), 60)
        heard.clear()
        press(Qt.Key.Key_PageDown)
        press(Qt.Key.Key_PageDown)
        await stage.until(lambda: any(", 2 of 2" in told for told in heard), 60)
        press(Qt.Key.Key_Right, modifiers=ALT)
        await stage.until(lambda: any(" moved 0." in told for told in heard), 60)
        assert not [words for words in heard if any(name in words.lower() for name in TELLING)]

    play(scene)
