"""The list of the day: what ended, what failed, what may have been billed. Never a dialog; the bar shows the newest."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTime, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from studio.ui.problems import problem_action, problem_text, problem_title
from studio.ui.theme import Height, Space, TextRole, active
from studio.ui.translation import Words, catalog_text, sentences, written
from studio.ui.widgets import Announcer, Button, ButtonKind, ElidedLabel, Label, Paragraph, ScrollArea
from studio.ui.widgets.message_bar import Message, MessageKind
from studio.ui.widgets.popover import Popover
from studio.ui.widgets.rule import Rule
from studio.ui.window.system_notices import SystemNotices

if TYPE_CHECKING:
    from studio.domain.errors import Problem
    from studio.domain.events import JobFinished, SavingBlocked, StudioEvent
    from studio.domain.jobs import Run
    from studio.domain.request import Target
    from studio.ui.actions import StudioActions
    from studio.ui.client import StudioClient
    from studio.ui.window.main_window import MainWindow

_KEPT = 200
_RING_ROOM = Space.XS
"""What scrolls cuts off what stands over its sides: the ring around a button needs this much."""
FALLBACK_KEY = "fallback "
"""Begins the key of a message that offers another target; the job's id follows."""

FOLDER_KEY = "library folder"
"""The key of a message that the folder of the library cannot be used."""


@dataclass(frozen=True, slots=True)
class Notification:
    """One line of the list; `job_id` is empty for what belongs to no job."""

    at: QTime
    title: Words
    text: Words
    job_id: str = ""
    problem: Problem | None = None
    report: str = ""
    needs_attention: bool = False


class NotificationCentre(QObject):
    """`counted` carries how many unsettled entries there are."""

    counted = Signal(int)

    def __init__(self, window: MainWindow, client: StudioClient, actions: StudioActions) -> None:
        super().__init__(window)
        self._window, self._client, self._actions = window, client, actions
        self._entries: list[Notification] = []
        self._unsure: dict[str, Notification] = {}
        self._seen = 0
        self._reports = 0
        self._announcer = Announcer(window)
        self._system = SystemNotices(window)

    def take(self, event: StudioEvent) -> None:
        """Note what the user should know even when he looks elsewhere."""
        match event.kind:
            case "job_finished":
                self._job_finished(event)
            case "saving_blocked":
                self._saving_blocked(event)
            case "run_finished":
                self._window.message_bar.settle("saving")
                if not self._window.isActiveWindow():
                    self._tell_system(event.run)
            case _:
                pass

    def follow_blind(self) -> None:
        """A vote began or ended: while it is blind, what happened and what it cost are told, but not whose it was."""
        self._window.message_bar.retranslate()

    def _saving_blocked(self, event: SavingBlocked) -> None:
        problem = event.problem

        def title() -> str:
            return problem_title(problem)

        def held() -> str:
            return self.tr("%n image(s) wait in memory.", "", event.held_images)

        self._add(Notification(QTime.currentTime(), title, held, event.job_id, problem))
        self._post(
            "saving",
            title,
            lambda: sentences(problem_text(problem), held()),
            MessageKind.DANGER,
            lambda: problem_action(problem),
        )

    def _job_finished(self, event: JobFinished) -> None:
        problem = event.problem
        if problem is None or event.state == "cancelled":
            return
        entry = Notification(
            QTime.currentTime(),
            lambda: self.tr("{target}: {what}").format(
                target=self._name_of(event.job.target), what=problem_title(problem)
            ),
            lambda: self.text_of(problem),
            event.job_id,
            problem,
            needs_attention=True,
        )
        self._add(entry)
        if self._actions.names_hidden:  # else the gallery tells it, with the tile's name
            self._announcer.say_now(f"{written(entry.title)}. {written(entry.text)}")
        if event.fallback is not None:
            other = event.fallback
            self._post(
                f"{FALLBACK_KEY}{event.job_id}",
                entry.title,
                lambda: self.tr("{target} could make it instead.").format(target=self._name_of(other)),
                MessageKind.INFO,
                lambda: self.tr("Take it"),
            )
        if event.state == "uncertain":
            self._unsure[event.job_id] = entry
            self._tell_unsure()

    def text_of(self, problem: Problem) -> str:
        """Who, why and whether it cost money; while names are hidden not who."""
        return problem_text(problem, named=not self._actions.names_hidden)

    def _name_of(self, target: Target) -> str:
        if self._actions.names_hidden:
            return self.tr("A model")
        titles = {spec.id: spec.title for spec in self._client.studio.specs}
        return f"{catalog_text(titles.get(target.provider, target.provider))} {target.model}"

    def _tell_unsure(self) -> None:
        count = len(self._unsure)
        if not count:
            self._window.message_bar.settle("unsure")
            return
        self._post(
            "unsure",
            lambda: self.tr("%n image(s) may have been billed.", "", count),
            lambda: self.tr("It counts towards today's spending until you decide."),
            MessageKind.MAY_BE_BILLED,
            lambda: self.tr("Show it"),
        )

    def settled(self, job_id: str) -> None:
        """The user has decided about a job that may have been billed."""
        if self._unsure.pop(job_id, None) is not None:
            self._tell_unsure()

    def problem(self, problem: Problem, key: str) -> None:
        """A problem that belongs to no tile; one of the library's folder has a button that leads to another one."""
        kind = MessageKind.MAY_BE_BILLED if problem.charged == "maybe" else MessageKind.DANGER
        of_library = problem.action == "choose_folder" and self._is_of_library(problem.values.get("path", ""))
        self._post(
            FOLDER_KEY if of_library else key,
            lambda: problem_title(problem),
            lambda: problem_text(problem),
            kind,
            (lambda: problem_action(problem)) if of_library else "",
        )

    def _is_of_library(self, path: str) -> bool:
        return bool(path) and PurePath(path).is_relative_to(self._client.studio.workspace.folder.root)

    def fault(self, error: BaseException) -> None:
        """Our own fault: a line with "Copy report"."""
        self._reports += 1
        report = "".join(traceback.format_exception(error))

        def title() -> str:
            return self.tr("Something broke in Prompt Studio.")

        def text() -> str:
            return self.tr("Your images are safe.")

        self._add(Notification(QTime.currentTime(), title, text, report=self._clean(report), needs_attention=True))
        self._post("fault", title, text, MessageKind.DANGER, lambda: self.tr("Copy report"))

    def act(self, key: str) -> None:
        """The button of a message in the bar."""
        bar = self._window.message_bar
        if key == "unsure" and self._unsure:
            self._window.toolbar.details_toggle.setChecked(True)
            self._actions.show_job.emit(next(reversed(self._unsure)))
        elif key == "fault":
            newest = next((entry for entry in reversed(self._entries) if entry.report), None)
            if newest is not None:
                QGuiApplication.clipboard().setText(newest.report)
            bar.settle(key)
        elif key in ("saving", FOLDER_KEY):
            self._actions.open_preferences.emit("storage")
        elif not key.startswith((FALLBACK_KEY, "simplify ", "trash", "sweep ")):
            bar.settle(key)

    def copy_report(self, problem: Problem) -> None:
        """Put what is known of a problem on the clipboard, without keys."""
        parts = [problem_title(problem), problem_text(problem), problem.detail, problem.raw]
        QGuiApplication.clipboard().setText(self._clean("\n\n".join(part for part in parts if part)))

    def open(self) -> None:
        """Show the list over the bell."""
        popover = Popover(self._window, name=self.tr("Notifications"))
        rows = popover.body
        heading = Label(self.tr("Notifications"), weight=600, parent=popover)
        heading.setContentsMargins(_RING_ROOM, 0, 0, 0)
        rows.addWidget(heading)
        if not self._entries:
            rows.addWidget(Label(self.tr("Nothing happened yet today."), tone="text2", parent=popover))
        else:
            rows.addWidget(self._list(popover))
        self._seen = len(self._entries)
        self._count()
        popover.closed.connect(popover.deleteLater)
        popover.open_at(self._window.status.bell, align_right=True)

    def _list(self, popover: QWidget) -> ScrollArea:
        area = ScrollArea(popover)
        area.column.setContentsMargins(_RING_ROOM, 0, Space.M, _RING_ROOM)
        area.column.setSpacing(Space.M)
        for number, entry in enumerate(reversed(self._entries)):
            if number:
                area.column.addWidget(Rule(area.page))
            area.column.addWidget(self._row(entry, area.page, popover))
        area.column.addStretch(1)
        area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # few rows have a button to go to: the arrows scroll
        told = (
            f"{entry.at.toString('HH:mm')} {written(entry.title)}. {written(entry.text)}"
            for entry in reversed(self._entries)
        )
        area.setAccessibleName("; ".join(told))
        width = active().scaled(380)
        wanted = area.column.totalHeightForWidth(width)
        area.setFixedSize(width, min(active().scaled(360), wanted))
        return area

    def _row(self, entry: Notification, parent: QWidget, popover: QWidget) -> QWidget:
        row = QWidget(parent)
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        head = QHBoxLayout()
        head.addWidget(ElidedLabel(written(entry.title), weight=500, parent=row), 1)
        time = Label(entry.at.toString("HH:mm"), role=TextRole.SMALL, tone="text3", tabular=True, parent=row)
        head.addWidget(time)
        column.addLayout(head)
        column.addWidget(Paragraph(written(entry.text), role=TextRole.SMALL, tone="text2", parent=row))
        words = self._words_of(entry)
        if words:
            button = Button(words, kind=ButtonKind.CONTROL, height=Height.SMALL, parent=row)
            button.clicked.connect(lambda: self._act_on(entry, popover))
            line = QHBoxLayout()
            line.addWidget(button)
            line.addStretch(1)
            column.addLayout(line)
        return row

    def _words_of(self, entry: Notification) -> str:
        if entry.report:
            return self.tr("Copy report")
        return problem_action(entry.problem) if entry.problem is not None else ""

    def _act_on(self, entry: Notification, popover: QWidget) -> None:
        popover.close()
        if entry.report:
            QGuiApplication.clipboard().setText(entry.report)
        elif entry.problem is not None:
            self._actions.problem_action.emit(entry.job_id, entry.problem)

    def _add(self, entry: Notification) -> None:
        self._entries = [*self._entries, entry][-_KEPT:]
        self._count()

    def _count(self) -> None:
        unseen = [entry for entry in self._entries[self._seen :] if entry.needs_attention]
        self.counted.emit(len(unseen) + len(self._unsure))

    def _post(self, key: str, title: Words, text: Words, kind: MessageKind, action: Words) -> None:
        self._window.message_bar.post(Message(key, title, text, kind, action))

    def _tell_system(self, run: Run) -> None:
        """Tell through the desktop that a run ended while the user looks elsewhere."""
        wanted = self._client.studio.settings.current.notifications
        trouble = sum(job.state in ("failed", "uncertain") for job in run.jobs)
        if not (wanted.run_finished or (wanted.job_failed and trouble)):
            return
        title = self.tr("Run {number} done").format(number=run.id)
        done = sum(job.state == "done" for job in run.jobs)
        text = self.tr("{done} of {total} models done").format(done=done, total=len(run.jobs))
        if trouble:
            text += self.tr(", %n need(s) attention", "", trouble)
        self._system.tell(title, text)

    def _clean(self, text: str) -> str:
        return f"{datetime.now().astimezone():%Y-%m-%d %H:%M}\n{self._client.studio.redactor.clean(text)}"
