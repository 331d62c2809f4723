"""The queue as a popover over the status bar: what waits in which order, moved and cancelled by hand or by key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from studio.ui.overrides import safe_override
from studio.ui.theme import Height, Space, active
from studio.ui.translation import catalog_text
from studio.ui.widgets import Button, ButtonKind, IconButton, Label, set_available, set_tooltip
from studio.ui.widgets.popover import Popover
from studio.ui.widgets.two_lines import TWO_LINES_HEIGHT, TwoLineDelegate

if TYPE_CHECKING:
    from studio.bootstrap import Studio
    from studio.domain.jobs import Job
    from studio.ui.window.activity import Activity

ROWS_MOST = 300
"""A longer queue shows this many and says so."""
_WIDTH, _ROWS_SHOWN = 400, 7


@dataclass(frozen=True, slots=True)
class WaitingJob:
    """One row; `number` counts from 1."""

    job_id: str
    run_id: int
    number: int
    provider: str
    model: str
    image_count: int


async def read_queue(studio: Studio) -> tuple[list[WaitingJob], int]:
    """The first waiting jobs in their order, and how many there are. For the studio's own loop."""
    jobs: dict[str, Job] = {job.id: job for run in studio.engine.runs_under_way for job in run.jobs}
    waiting = [jobs[job_id] for job_id in studio.engine.waiting_jobs if job_id in jobs]
    rows = [
        WaitingJob(
            job_id=job.id,
            run_id=int(job.run_id),
            number=number,
            provider=job.target.provider,
            model=job.target.model,
            image_count=sum(call.image_count for call in job.calls),
        )
        for number, job in enumerate(waiting[:ROWS_MOST], 1)
    ]
    return rows, len(waiting)


class _Rows(QListWidget):
    """`dropped` carries the row that was dragged and the one it now stands before. Nothing moves by itself: the
    engine does, and tells."""

    dropped = Signal(int, int)

    @safe_override(None)
    def dropEvent(self, event: QDropEvent) -> None:
        point = event.position().toPoint()
        index = self.indexAt(point)
        before = self.count()
        if index.isValid():
            before = index.row() + (point.y() > self.visualRect(index).center().y())
        event.setDropAction(Qt.DropAction.CopyAction)  # a move would take the row out of the list
        event.accept()
        self.dropped.emit(self.currentRow(), before)


class QueueList(Popover):
    """`moved` carries a job and the one it shall go before (empty: the end), `cancelled` a job, `pause_wanted` a run
    (None: everything) and whether it shall wait."""

    moved = Signal(str, str)
    cancelled = Signal(str)
    pause_wanted = Signal(object, bool)

    def __init__(self, parent: QWidget, titles: Mapping[str, str]) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Queue"))
        self._titles = titles
        self.nameless = False
        """Rows tell no models; from the next `show_queue` on."""
        self._jobs: list[WaitingJob] = []
        self._activity: Activity | None = None
        self._heading = Label(self.tr("Queue"), weight=600, parent=self)
        self.counts = Label(tone="text2", tabular=True, parent=self)
        self.pause_all = Button(kind=ButtonKind.QUIET, height=Height.SMALL, parent=self)
        self.rows = _Rows(self)
        self.nothing = Label(self.tr("Nothing waits."), tone="text2", parent=self)
        self.up = IconButton("arrow-up", self.tr("Sooner"), side=24, parent=self)
        self.down = IconButton("arrow-down", self.tr("Later"), side=24, parent=self)
        self.pause_run = Button(kind=ButtonKind.QUIET, height=Height.SMALL, parent=self)
        self.cancel = Button(self.tr("Cancel"), kind=ButtonKind.QUIET, icon_name="x", height=Height.SMALL, parent=self)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        for widget in (self._heading, self.counts):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.pause_all)
        rows = self.rows
        rows.setAccessibleName(self.tr("Waiting jobs"))
        rows.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.setItemDelegate(TwoLineDelegate(rows))
        rows.setFixedWidth(active().scaled(_WIDTH))
        foot = QHBoxLayout()
        foot.setSpacing(Space.S)
        foot.addWidget(self.up)
        foot.addWidget(self.down)
        foot.addStretch(1)
        foot.addWidget(self.pause_run)
        foot.addWidget(self.cancel)
        set_tooltip(self.up, self.tr("Sooner"), shortcut="Alt+Up")
        set_tooltip(self.down, self.tr("Later"), shortcut="Alt+Down")
        self.body.addLayout(head)
        self.body.addWidget(rows)
        self.body.addWidget(self.nothing)
        self.body.addLayout(foot)

    def _connect(self) -> None:
        self.rows.currentRowChanged.connect(lambda _row: self._write_buttons())
        self.rows.dropped.connect(self._move_before)
        self.rows.installEventFilter(self)
        self.up.clicked.connect(lambda: self._move_by(-1))
        self.down.clicked.connect(lambda: self._move_by(1))
        self.cancel.clicked.connect(self._cancel)
        self.pause_all.clicked.connect(lambda: self.pause_wanted.emit(None, not self._all_paused))
        self.pause_run.clicked.connect(self._pause_current)

    # ------------------------------------------------------------------------------------------------ showing
    def show_queue(self, jobs: Sequence[WaitingJob], total: int, activity: Activity) -> None:
        """The queue as it is now; the current row stays with its job."""
        if self.rows.state() == QAbstractItemView.State.DraggingState:
            return
        current = self.current()
        place = max(0, self.rows.currentRow())
        self._jobs, self._activity = list(jobs), activity
        self.rows.blockSignals(True)
        self.rows.clear()
        for job in jobs:
            self.rows.addItem(QListWidgetItem(self._words(job)))
        ids = [job.job_id for job in jobs]
        kept = ids.index(current.job_id) if current is not None and current.job_id in ids else place
        if jobs:
            self.rows.setCurrentRow(min(kept, len(jobs) - 1))
        self.rows.blockSignals(False)
        running = self.tr("{count} running").format(count=activity.running)
        waiting = self.tr("{count} waiting").format(count=total)
        if total > len(jobs):
            waiting = self.tr("{some} of {count} waiting").format(some=len(jobs), count=total)
        self.counts.setText(f"{running} · {waiting}")
        if not self.isVisible():  # under the pointer it keeps its size, whatever leaves the queue
            shown = min(max(1, len(jobs)), _ROWS_SHOWN)
            self.rows.setFixedHeight(active().scaled(TWO_LINES_HEIGHT) * shown)
        self.rows.setVisible(bool(jobs))
        self.nothing.setVisible(not jobs)
        self._write_buttons()

    def current(self) -> WaitingJob | None:
        row = self.rows.currentRow()
        return self._jobs[row] if 0 <= row < len(self._jobs) else None

    def _words(self, job: WaitingJob) -> str:
        name = f"{catalog_text(self._titles.get(job.provider, job.provider))} {job.model}"
        if self.nameless:
            name = self.tr("Model name hidden")
        images = self.tr("%n image(s)", "", job.image_count)
        run = self.tr("Run {number}").format(number=job.run_id)
        paused = f" · {self.tr('paused')}" if self._is_paused(job.run_id) or self._is_held(job.run_id) else ""
        return f"{job.number}. {name}\n{run} · {images}{paused}"

    @property
    def _all_paused(self) -> bool:
        return self._activity is not None and self._activity.paused

    def _is_paused(self, run_id: int) -> bool:
        return self._activity is not None and run_id in self._activity.paused_runs

    def _is_held(self, run_id: int) -> bool:
        return self._activity is not None and run_id in self._activity.held_runs

    def _write_buttons(self) -> None:
        job, row = self.current(), self.rows.currentRow()
        self.pause_all.setText(self.tr("Go on") if self._all_paused else self.tr("Pause everything"))
        self.pause_all.set_icon_name("play" if self._all_paused else "pause")
        for widget in (self.up, self.down, self.pause_run, self.cancel):
            widget.setVisible(job is not None)
        if job is None:
            return
        words = self.tr("Go on with run {number}") if self._is_paused(job.run_id) else self.tr("Pause run {number}")
        self.pause_run.setText(words.format(number=job.run_id))
        held = self._is_held(job.run_id) and not self._is_paused(job.run_id)
        set_available(self.pause_run, not held, self.tr("Its sweep is paused. Continue the sweep to go on with it."))
        set_available(self.up, row > 0, self.tr("It is the first one."))
        set_available(self.down, row < len(self._jobs) - 1, self.tr("It is the last one."))

    # ------------------------------------------------------------------------------------------------ doing
    def _move_by(self, by: int) -> None:
        row = self.rows.currentRow()
        if 0 <= row + by < len(self._jobs):
            self._move_before(row, row + by + (by > 0))

    def _move_before(self, row: int, before: int) -> None:
        if not 0 <= row < len(self._jobs) or before in (row, row + 1):
            return
        target = self._jobs[before].job_id if before < len(self._jobs) else ""
        self.moved.emit(self._jobs[row].job_id, target)

    def _cancel(self) -> None:
        job = self.current()
        if job is not None:
            self.cancelled.emit(job.job_id)

    def _pause_current(self) -> None:
        job = self.current()
        if job is not None:
            self.pause_wanted.emit(job.run_id, not self._is_paused(job.run_id))

    @safe_override(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move_by(-1 if event.key() == Qt.Key.Key_Up else 1)
            return True
        if event.key() == Qt.Key.Key_Delete:
            self._cancel()
            return True
        return False
