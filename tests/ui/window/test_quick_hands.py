"""Double clicks and keys held down: what costs money, removes something or counts happens once."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from studio.ui.composer import footer as footer_module
from studio.ui.gallery import runs_view
from studio.ui.gallery.run_painter import RunPart, title_buttons
from studio.ui.gallery.run_row import RunRow
from studio.ui.gallery.runs_view import RunsView, has_just_ended
from studio.ui.widgets import Question
from tests.ui.window.conftest import Play, Stage

LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def hold(widget: QWidget, key: Qt.Key, text: str = "", times: int = 5) -> None:
    """A key that is pressed and held down: one press and its repetitions."""
    for number in range(times):
        QApplication.sendEvent(widget, QKeyEvent(QEvent.Type.KeyPress, key, PLAIN, text, autorep=number > 0))


def double_click(widget: QWidget, point: QPoint | None = None) -> None:
    """As a mouse sends it: a click, then a press that Qt calls the double click."""
    where = point or widget.rect().center()
    QTest.mouseClick(widget, LEFT, PLAIN, where)
    QTest.mouseDClick(widget, LEFT, PLAIN, where)
    QTest.mouseRelease(widget, LEFT, PLAIN, where)


def button(runs: RunsView, name: str) -> QPoint:
    """The middle of a button of the newest run; a null point while it has none."""
    row, layout = runs.row(0), runs.layout_of(0)
    box = title_buttons(row, layout).get(name, QRectF()) if row and layout else QRectF()
    return QPoint() if box.isEmpty() else box.translated(0, runs.top(0)).center().toPoint()


@pytest.fixture
def quick_within(qapp: QApplication) -> Iterator[Callable[[int], None]]:
    """Sets how many milliseconds apart two clicks may be and belong together, whatever the machine is busy with."""
    before = qapp.doubleClickInterval()
    yield qapp.setDoubleClickInterval
    qapp.setDoubleClickInterval(before)


def runs_begun(stage: Stage) -> int:
    return sum(event.kind == "run_started" for event in stage.events)


def test_a_double_click_on_generate_buys_one_run(play: Play, quick_within: Callable[[int], None]) -> None:
    async def scene(stage: Stage) -> None:
        stage.write("two pears")
        button = stage.controller.composer.footer.generate_button
        quick_within(0)
        double_click(button)
        await stage.run_ended()
        await asyncio.sleep(0)
        assert runs_begun(stage) == 1
        double_click(button)
        quick_within(3_600_000)
        QTest.mouseClick(button, LEFT)  # the third of three quick clicks
        await stage.run_ended()
        assert await stage.client.run(lambda studio: studio.workspace.library.run_count()) == 2

    play(scene)


def test_a_double_click_does_not_agree_to_go_over_the_limit(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        from dataclasses import replace
        from decimal import Decimal

        from studio.domain.pricing import Money

        footer = stage.controller.composer.footer
        stage.write("two pears")
        stage.controller.composer.press_generate()
        await stage.run_ended()
        sent: list[bool] = []
        footer.generate.connect(sent.append)
        footer.show_state(replace(footer._state, problem="", over_by=Money(amount=Decimal("0.68"))))
        double_click(footer.generate_button)
        assert (sent, footer.generate_button.text()) == ([], "Generate anyway")

    play(scene)


def test_a_double_click_on_run_again_buys_one_run(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("two pears")
        runs = stage.controller.gallery.runs
        await stage.until(
            lambda: not button(runs, "again").isNull() and not has_just_ended(cast("RunRow", runs.row(0)))
        )
        asked: list[int] = []
        runs.run_button_clicked.connect(lambda run, name: asked.append(run))
        double_click(runs.viewport(), button(runs, "again"))
        assert asked == [1]
        await stage.run_ended()

    play(scene)


def test_a_press_that_was_meant_for_cancel_buys_nothing(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    """The run ends while the pointer is on its way to Cancel."""
    monkeypatch.setattr(footer_module, "_CANCEL_REMEMBERED_MS", 3_600_000)

    async def scene(stage: Stage) -> None:
        footer = stage.controller.composer.footer
        stage.write("two pears [[slow:600]]")
        stage.controller.composer.press_generate()
        await stage.until(footer.cancel_button.isVisible)
        place = footer.cancel_button.geometry().center()
        await stage.client.run(lambda studio: studio.engine.cancel_all())
        await stage.run_ended()
        stage.write("two pears")
        await stage.until(lambda: not footer.cancel_button.isVisible())
        await stage.until(lambda: footer.generate_button.geometry().contains(place))
        sent: list[bool] = []
        footer.generate.connect(sent.append)
        QTest.mouseClick(footer.generate_button, LEFT, PLAIN, footer.generate_button.mapFromParent(place))
        assert sent == []
        QTest.mouseClick(footer.generate_button, LEFT, PLAIN, footer.generate_button.rect().center())
        assert sent == [False]
        await stage.run_ended()

    play(scene)


def test_a_run_that_ends_under_the_pointer_is_not_run_again(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("two pears")
        runs = stage.controller.gallery.runs
        await stage.until(lambda: not button(runs, "again").isNull())
        asked: list[str] = []
        runs.run_button_clicked.connect(lambda run, name: asked.append(name))
        for name in ("load", "again"):
            monkeypatch.setattr(runs_view, "JUST_ENDED_S", 3600)
            double_click(runs.viewport(), button(runs, name))
            assert asked == []
            monkeypatch.setattr(runs_view, "JUST_ENDED_S", 0)
            runs._act(0, RunPart(name))
            assert asked.pop() == name
        await stage.run_ended()

    play(scene)


def test_keys_of_the_window_that_are_held_down_act_once(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        repeating = {action.objectName() for action in stage.window.actions() if action.autoRepeat()}
        assert repeating == {"next_region", "previous_region", "undo_library", "redo_library"}

    play(scene)


@pytest.mark.parametrize("view", ["runs", "grid"])
def test_delete_that_is_held_down_removes_one_image(play: Play, view: str) -> None:
    async def scene(stage: Stage) -> None:
        await stage.generate("two pears", images=3)
        gallery = stage.controller.gallery
        stage.controller.show_view(view)
        await stage.until(lambda: gallery.images.rowCount() == 3)
        gallery.selection.set_ids([int((await stage.images())[0].id)])
        asked: list[list[int]] = []
        stage.controller.actions.trash.connect(asked.append)
        hold(gallery.runs if view == "runs" else gallery.grid, Qt.Key.Key_Delete)
        assert len(asked) == 1

    play(scene)


def test_return_that_is_held_down_answers_no_question(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        question = Question(stage.window, title="Empty the bin", text="All of it", primary="Empty")
        question.open()
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QApplication.sendEvent(question, QKeyEvent(QEvent.Type.KeyPress, key, PLAIN, "\r", autorep=True))
        assert question.isVisible()
        QTest.keyClick(question, Qt.Key.Key_Return)
        assert not question.isVisible()
        question.deleteLater()

    play(scene)
