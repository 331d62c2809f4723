"""The queue in the window: paused by whoever, shown, ordered, cancelled; and news while the window is behind others."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from studio.ui.window.queue_list import QueueList
from tests.ui.window.conftest import Play, Stage

_MODELS = ("demo-painter", "demo-poster", "demo-papercut")
_ALT = Qt.KeyboardModifier.AltModifier


async def _pause(stage: Stage, *, run_id: Any = None, paused: bool = True) -> None:
    async def work(studio: Any) -> None:
        (studio.engine.pause if paused else studio.engine.resume)(run_id)

    await stage.client.run(work)


async def _waiting(stage: Stage) -> list[str]:
    async def read(studio: Any) -> list[str]:
        return list(studio.engine.waiting_jobs)

    return await stage.client.run(read)


async def _queue_of_three(stage: Stage) -> QueueList:
    """Paused from elsewhere, one run of three models waiting, the popover open."""
    await _pause(stage)
    stage.write("kite", models=_MODELS)
    stage.controller.composer.press_generate()
    await stage.until(lambda: stage.controller.tracker.activity.queued == 3)
    stage.window.status.queue_button.click()
    await stage.until(lambda: stage.controller.queue.popover is not None and stage.controller.queue.popover.isVisible())
    popover = stage.controller.queue.popover
    assert popover is not None
    await stage.until(lambda: popover.rows.count() == 3)
    return popover


def _models(popover: QueueList) -> list[str]:
    return [popover.rows.item(row).text().split("\n")[0].split()[-1] for row in range(popover.rows.count())]


def test_the_status_bar_says_paused_whoever_paused_and_goes_on(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        status = stage.window.status
        await _pause(stage)
        await stage.until(lambda: "Paused" in status.queue_button.text())
        assert not status.resume_button.isHidden()
        stage.write("kite")
        stage.controller.composer.press_generate()
        await stage.until(lambda: "1 queued" in status.queue_button.text())
        stage.controller.menu._fill()
        assert "Go on with the queue" in [action.text() for action in stage.window.menu.actions()]
        status.resume_button.click()
        await stage.run_ended()
        await stage.until(lambda: "Paused" not in status.queue_button.text())
        assert status.resume_button.isHidden()

    play(scene)


def test_one_run_is_paused_and_goes_on(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        popover = await _queue_of_three(stage)
        jobs = await _waiting(stage)
        popover.pause_run.click()
        await stage.until(lambda: "paused" in popover.rows.item(0).text())
        assert all("paused" in popover.rows.item(row).text() for row in range(3))
        assert await _waiting(stage) == jobs
        popover.pause_all.click()
        await stage.until(lambda: popover.pause_all.text() == "Pause everything")
        run = await stage.run_ended()
        assert [job.state for job in run.jobs] == ["done"] * 3
        assert await _waiting(stage) == []

    play(scene)


def test_jobs_are_moved_by_key_and_by_drag_and_cancelled(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        popover = await _queue_of_three(stage)
        first, second, third = await _waiting(stage)
        assert _models(popover) == list(_MODELS)
        assert popover.counts.text() == "0 running · 3 waiting"
        QTest.keyClick(popover.rows, Qt.Key.Key_Down, _ALT)
        await stage.until(lambda: _models(popover) == ["demo-poster", "demo-painter", "demo-papercut"])
        assert popover.rows.currentRow() == 1, "the current row stays with its job"
        assert await _waiting(stage) == [second, first, third]
        popover.rows.setCurrentRow(2)
        top = QPointF(20, 2)
        buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        mime = QMimeData()
        drop = QDropEvent(top, Qt.DropAction.MoveAction, mime, buttons, none, QEvent.Type.Drop)
        popover.rows.dropEvent(drop)
        await stage.until(lambda: _models(popover)[0] == "demo-papercut")
        assert await _waiting(stage) == [third, second, first]
        QTest.keyClick(popover.rows, Qt.Key.Key_Delete)
        await stage.until(lambda: popover.rows.count() == 2)
        assert third not in await _waiting(stage)
        popover.close()
        await _pause(stage, paused=False)
        run = await stage.run_ended()
        assert sorted(job.state for job in run.jobs) == ["cancelled", "done", "done"]
        cancelled = next(job for job in run.jobs if job.state == "cancelled")
        stage.controller.actions.show_job.emit(cancelled.id)
        line = stage.controller.details.head._line
        await stage.until(lambda: "queued" in line.text())
        assert "sent" not in line.text()

    play(scene)


def test_a_run_that_ends_in_the_background_is_told_and_the_title_comes_back(play: Play) -> None:
    async def scene(stage: Stage) -> None:
        window = stage.window
        window.isActiveWindow = lambda: False  # type: ignore[method-assign]  # offscreen, the window is always in front
        await stage.generate("kite")
        await stage.until(lambda: "done" in window.windowTitle())
        QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))
        assert window.windowTitle() == "Prompt Studio"

    play(scene)
