"""Showing and emptying the bin of the library."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication, QDialog

from studio.domain.errors import StudioError
from studio.domain.values import ImageId
from studio.ui.gallery.query_text import TRASH, Filter
from studio.ui.measures import size_words
from studio.ui.tasks import ask
from studio.ui.translation import listed, sentences
from studio.ui.widgets.dialog import Question
from studio.ui.widgets.message_bar import Message, MessageKind

if TYPE_CHECKING:
    from studio.bootstrap import TrashContent, TrashReport
    from studio.ui.window.controller import WindowController

_KEY = "bin"
_NAMED = 3


class TrashActions(QObject):
    """Files go to the system's bin only after a question that says how many and which stay."""

    _advanced = Signal(int, int)
    """From the studio's thread: files done, all files."""

    def __init__(self, controller: WindowController) -> None:
        super().__init__(controller)
        self._controller = controller
        self._advanced.connect(self._show_progress, Qt.ConnectionType.QueuedConnection)
        self._emptying = False
        controller.actions.show_trash.connect(self.show)
        controller.actions.empty_trash.connect(lambda ids: controller.images.start(self._empty(ids)))

    def show(self) -> None:
        """The grid with nothing but the bin."""
        controller = self._controller
        controller.show_gallery()
        controller.show_view("grid")
        controller.window.toolbar.set_search_text("")
        controller.gallery.set_search("")
        controller.gallery.set_filters([Filter("state", (TRASH,))])
        controller.gallery.setFocus()

    async def _empty(self, image_ids: Sequence[int]) -> None:
        controller, only = self._controller, [ImageId(one) for one in image_ids] or None
        if self._emptying:
            return
        content = await controller.client.run(lambda studio: studio.workspace.organiser.trash_content(only))
        if not content.image_count:
            controller.say("note", lambda: self.tr("The bin is empty."))
            return
        question = Question(
            QApplication.activeModalWidget() or controller.window,
            title=lambda: self.tr("Delete %n image(s) for good?", "", content.image_count),
            text=lambda: self._question(content),
            details=lambda: self._details(content),
            primary=lambda: self.tr("Delete"),
        )
        accepted = await ask(question) == QDialog.DialogCode.Accepted
        question.deleteLater()
        if not accepted:
            return
        self._emptying = True
        try:
            report = await controller.client.run(
                lambda studio: studio.workspace.organiser.empty_trash(progress=self._advanced.emit, only=only)
            )
        except StudioError as error:
            controller.tell_problem(error.problem)
        else:
            self._report(report)
        finally:
            self._emptying = False
            controller.actions.library_changed.emit()

    def _question(self, content: TrashContent) -> str:
        if not content.file_count:
            return self.tr("No file goes: other images share them all. This cannot be undone.")
        words = self.tr("%n file(s), {size}, go to the bin of the system.", "", content.file_count)
        return sentences(words.format(size=size_words(content.size_bytes)), self.tr("This cannot be undone here."))

    def _details(self, content: TrashContent) -> str:
        lines = []
        if content.shared_count and content.file_count:
            lines.append(self.tr("%n file(s) stay where they are: other images share them.", "", content.shared_count))
        if content.oldest_at is not None:
            day = f"{content.oldest_at.astimezone():%Y-%m-%d}"
            lines.append(self.tr("The first of them came into the bin on {day}.").format(day=day))
        return "\n".join(lines)

    def _show_progress(self, done: int, total: int) -> None:
        if self._emptying:
            message = Message(
                _KEY,
                lambda: self.tr("Emptying the bin"),
                lambda: self.tr("{done} of {total} files").format(done=done, total=total),
            )
            self._controller.window.message_bar.post(message)

    def _report(self, report: TrashReport) -> None:
        kind = MessageKind.WARNING if report.kept else MessageKind.DONE
        message = Message(_KEY, lambda: self._report_title(report), lambda: self._report_text(report), kind)
        self._controller.window.message_bar.post(message)

    def _report_title(self, report: TrashReport) -> str:
        if not report.removed:
            return self.tr("No image was deleted.")
        return self.tr("%n image(s) deleted for good.", "", report.removed)

    def _report_text(self, report: TrashReport) -> str:
        lines = []
        if report.files:
            lines.append(self.tr("%n file(s) are in the bin of the system.", "", report.files))
        if report.shared:
            lines.append(self.tr("%n file(s) stay: other images share them.", "", report.shared))
        if report.kept:
            names = listed(path.rpartition("/")[2] for path in report.kept[:_NAMED])
            more = len(report.kept) - _NAMED
            names += f" + {more}" if more > 0 else ""
            words = self.tr("The system did not take %n file(s), they are still here: {names}", "", len(report.kept))
            lines.append(words.format(names=names))
        return reduce(sentences, lines, "")
