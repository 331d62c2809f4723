"""The queue in the window: pause and go on, and the popover that shows and orders what waits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from studio.domain.values import JobId, RunId
from studio.ui.window.queue_list import QueueList, read_queue

if TYPE_CHECKING:
    from studio.bootstrap import Studio
    from studio.domain.events import StudioEvent
    from studio.ui.window.controller import WindowController

_REFRESH_MS = 150
_TOLD_BY = frozenset({"queue_changed", "call_changed", "job_finished", "job_added", "run_started", "run_finished"})


class QueueActions(QObject):
    """What the window knows of the queue comes from the engine's events alone, whoever paused it."""

    def __init__(self, controller: WindowController) -> None:
        super().__init__(controller)
        self._controller, self._client = controller, controller.client
        self._serial = 0
        self._told: tuple[bool, tuple[RunId, ...]] = (False, ())
        self.popover: QueueList | None = None
        self._refresher = QTimer(self)
        self._refresher.setSingleShot(True)
        self._refresher.setInterval(_REFRESH_MS)
        self._refresher.timeout.connect(self._refresh)
        status = controller.window.status
        status.queue_clicked.connect(self.open)
        status.resume_clicked.connect(lambda: self.set_paused(paused=False))

    def take(self, event: StudioEvent) -> None:
        """Any news of the queue brings the open popover up to date."""
        if self.popover is not None and event.kind in _TOLD_BY and not self._refresher.isActive():
            self._refresher.start()
        if event.kind == "queue_changed" and (event.paused, event.paused_runs) != self._told:
            self._told = (event.paused, event.paused_runs)
            self._controller.announce(self._words(event.paused, len(event.paused_runs)))

    def set_paused(self, run_id: int | None = None, *, paused: bool) -> None:
        """Paused jobs stay in the queue; what is under way goes on. Without a run it is about everything."""
        run = RunId(run_id) if run_id is not None else None

        async def work(studio: Studio) -> None:
            (studio.engine.pause if paused else studio.engine.resume)(run)

        self._controller.tasks.start(f"pause {run_id}", self._client.run(work))

    def follow_blind(self) -> None:
        """While a vote is blind the queue tells no models; it can be paused, ordered and emptied all the same."""
        if self.popover is not None:
            self.popover.nameless = self._controller.actions.names_hidden
            self._refresh()

    def toggle(self) -> None:
        """Pause everything, or go on with everything."""
        self.set_paused(paused=not self._controller.tracker.activity.paused)

    def open(self) -> None:
        """Show the queue over the status bar."""
        titles = {spec.id: spec.title for spec in self._client.studio.specs}
        popover = self.popover = QueueList(self._controller.window, titles)
        popover.nameless = self._controller.actions.names_hidden
        popover.moved.connect(self._move)
        popover.cancelled.connect(self._controller.actions.cancel_job)
        popover.pause_wanted.connect(lambda run, paused: self.set_paused(run, paused=paused))
        popover.closed.connect(self._closed)
        popover.closed.connect(popover.deleteLater)
        self._controller.tasks.start("queue", self._fill(popover, first=True))

    def _closed(self) -> None:
        self.popover = None

    def _refresh(self) -> None:
        if self.popover is not None:
            self._controller.tasks.start("queue", self._fill(self.popover))

    async def _fill(self, popover: QueueList, *, first: bool = False) -> None:
        jobs, total = await self._client.run(read_queue)
        if popover is not self.popover:
            return
        popover.show_queue(jobs, total, self._controller.tracker.activity)
        if first:
            popover.open_at(self._controller.window.status.queue_button)
            (popover.rows if jobs else popover.pause_all).setFocus()

    def _move(self, job_id: str, before: str) -> None:
        async def work(studio: Studio) -> None:
            studio.engine.move_in_queue(JobId(job_id), JobId(before) if before else None)

        self._serial += 1
        self._controller.tasks.start(f"move {self._serial}", self._client.run(work))

    def _words(self, paused: bool, paused_runs: int) -> str:
        if paused:
            return self.tr("The queue is paused. What is under way goes on.")
        if paused_runs:
            return self.tr("%n run(s) paused. What is under way goes on.", "", paused_runs)
        return self.tr("The queue goes on.")
