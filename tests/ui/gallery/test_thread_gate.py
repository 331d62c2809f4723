"""Threads that make pictures never reach a gallery that is gone."""

from __future__ import annotations

from threading import Event, Thread

from PySide6.QtCore import QCoreApplication, QEvent
from shiboken6 import isValid

from studio.ui.thread_gate import ThreadGate
from tests.ui.gallery.conftest import OnStage
from tests.ui.gallery.stage import Stage


def test_closing_waits_for_who_is_passing_and_lets_nobody_pass_later() -> None:
    gate, inside, leave, told = ThreadGate(), Event(), Event(), []

    def emit() -> None:
        inside.set()
        assert leave.wait(60)
        told.append("first")

    passing = Thread(target=gate.tell, args=(emit,))
    passing.start()
    assert inside.wait(60)
    closing = Thread(target=gate.close)
    closing.start()
    assert gate.is_open
    leave.set()
    closing.join(60)
    passing.join(60)
    gate.tell(lambda: told.append("late"))
    assert (gate.is_open, told) == (False, ["first"])


def test_the_gate_is_closed_before_the_gallery_goes(on_stage: OnStage) -> None:
    async def scene(stage: Stage) -> None:
        panel = type(stage.panel)(stage.client, stage.actions)
        pictures = panel.grid._thumbnails
        still_there: list[bool] = []
        gates = [pictures._gate, panel.images._gate]
        panel.destroyed.connect(lambda: still_there.append(isValid(pictures)))
        panel.deleteLater()
        QCoreApplication.sendPostedEvents(panel, QEvent.Type.DeferredDelete)
        assert still_there == [True]
        assert not any(gate.is_open for gate in gates)

    on_stage(scene)
