"""The export dialog: what is chosen at the left, the real names at the right, progress in the footer."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QVBoxLayout, QWidget

from studio.domain.errors import StudioError, TemplateInvalid
from studio.ui.built_in import preset_name
from studio.ui.export_dialog.file_list import FileDelegate, FileListModel
from studio.ui.export_dialog.notes import OF_FORMAT, NoteLines
from studio.ui.export_dialog.options_form import ExportOptionsForm
from studio.ui.export_dialog.sheet_preview import SheetPreview
from studio.ui.measures import size_words
from studio.ui.overrides import safe_override
from studio.ui.problems import problem_line, problem_text, problem_title
from studio.ui.small_pictures import SmallPictures
from studio.ui.tasks import TaskBag
from studio.ui.theme import Space, TextRole, active
from studio.ui.theme.paint import vertical_hair
from studio.ui.translation import filled, joined_facts
from studio.ui.widgets import ComboBox, ElidedLabel, Label, Paragraph, ProgressLine, ScrollArea, Themed
from studio.ui.widgets.dialog import Dialog
from studio.ui.widgets.rule import Rule

if TYPE_CHECKING:
    from studio.bootstrap import ExportImage, ExportPlan, ExportReport, ExportStep, PlanSums, SheetLayout
    from studio.domain.errors import Problem
    from studio.ui.actions import StudioActions
    from studio.ui.client import StudioClient

_PLAN_DELAY_MS = 120
_TELL_MS = 100
_PICTURE_EDGE = 64
"""Logical pixels; a contact sheet of two across shows its pictures so large."""


class ExportDialog(Dialog):
    """Opened with `open()`. Nothing is written before the primary button is pressed."""

    def __init__(
        self,
        client: StudioClient,
        actions: StudioActions,
        image_ids: Sequence[int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, name="export", size=active().scaled_size(960, 634), padding=0)
        self._client, self._actions, self._ids = client, actions, list(image_ids)
        self._tasks = TaskBag(self, self._failed)
        self._images: tuple[ExportImage, ...] = ()
        self._plan: ExportPlan | None = None
        self._sums: PlanSums | None = None
        self._report: ExportReport | None = None
        self._free_bytes: int | None = None
        self._stop: threading.Event | None = None
        self.form = self._last_form()
        self._summary = Label(weight=600, parent=self)
        self._size = Label(tone="text2", tabular=True, parent=self)
        self._files = FileListModel(self)
        self._pictures = SmallPictures(client, edge_px=round(_PICTURE_EDGE * self.devicePixelRatioF()), parent=self)
        self.list = self._new_list()
        self._notes = NoteLines(self)
        self._trouble = Paragraph(role=TextRole.BASE, tone="danger", parent=self)
        self._sheet = SheetPreview(self._pictures, self)
        self._sheet.hide()
        self.presets = ComboBox(parent=self)
        self._free = Label(tone="text2", parent=self)
        self._progress = ProgressLine(0.0, parent=self)
        self._progress.hide()
        self._status = ElidedLabel(parent=self)
        self._planner = QTimer(self)
        self._planner.setSingleShot(True)
        self._planner.setInterval(_PLAN_DELAY_MS)
        self._planner.timeout.connect(lambda: self._tasks.start("plan", self._plan_now()))
        self._lay_out()
        self.form.changed.connect(self._planner.start)
        self.presets.activated.connect(self._choose_preset)
        self._steps: deque[ExportStep] = deque()
        """Filled by the studio's thread. Thousands of small files in a second are told some times in a second: one by
        one they would leave the window no turn to lay out its list."""
        self._teller = QTimer(self)
        self._teller.setInterval(_TELL_MS)
        self._teller.timeout.connect(self._tell_steps)
        self.retranslate()
        self._tasks.start("collect", self._collect())

    def _last_form(self) -> ExportOptionsForm:
        """The form as the preset and the folder of the last export have it."""
        from studio.domain.exporting import ExportOptions

        settings = self._client.studio.settings.current
        presets = settings.export_presets
        chosen = next(
            (one for one in presets if one.name == settings.last_export_preset), presets[0] if presets else None
        )
        folder = Path(settings.last_export_folder) if settings.last_export_folder else Path.home() / "Prompt Studio"
        return ExportOptionsForm(chosen.options if chosen else ExportOptions(), folder, self)

    def _new_list(self) -> QListView:
        view = QListView(self)
        view.setModel(self._files)
        view.setItemDelegate(FileDelegate(self._pictures, view))
        view.setUniformItemSizes(True)
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setLayoutMode(QListView.LayoutMode.Batched)  # 100 000 rows at once would stop the window
        view.setBatchSize(200)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self._pictures.ready.connect(view.viewport().update)
        return view

    def _lay_out(self) -> None:
        left = ScrollArea(self)
        left.column.setContentsMargins(Space.L + 4, Space.L, Space.L + 4, Space.L)
        left.column.addWidget(self.form)
        right = _Names(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(1, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(Space.L - 1, Space.M, Space.L, Space.M)
        head.addWidget(self._summary)
        head.addStretch(1)
        head.addWidget(self._size)
        column.addLayout(head)
        column.addWidget(Rule(right))
        column.addWidget(self.list, 1)
        notes = QVBoxLayout()
        notes.setContentsMargins(Space.L - 1, Space.S, Space.L, Space.S)
        notes.addWidget(self._notes)
        notes.addWidget(self._trouble)
        self._trouble.hide()
        column.addLayout(notes)
        column.addWidget(self._sheet)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left, 26)
        row.addWidget(right, 22)
        self.body.addLayout(row)
        self.footer.add_note(self.presets)
        self.footer.add_note(self._free)
        self.footer.add_note(self._progress, stretch=1)
        self.footer.add_note(self._status, stretch=2)
        stops = (self.form, self.list, self.presets, self.cancel_button, self.primary_button)
        for before, behind in pairwise(stops):
            QWidget.setTabOrder(before, behind)
        self.form.name_field.edit.setFocus()

    def retranslate(self) -> None:
        count = len(self._ids)
        self.setWindowTitle(self.tr("Export %n image(s)", "", count))
        self.list.setAccessibleName(self.tr("Files"))
        self.presets.setAccessibleName(self.tr("Preset"))
        self._progress.setAccessibleName(self.tr("Progress of the export"))
        self._fill_presets()
        self._write_plan()

    # ------------------------------------------------------------------------------------------------ planning
    async def _collect(self) -> None:
        from studio.domain.values import ImageId

        ids = [ImageId(number) for number in self._ids]

        async def work(studio: Any) -> tuple[ExportImage, ...]:
            records = await studio.workspace.library.images(ids)
            images: tuple[ExportImage, ...] = await studio.exporter.collect(records)
            return images

        self._images = await self._client.run(work)
        await self._plan_now()

    async def _plan_now(self) -> None:
        if not self._images or self._stop is not None:
            return
        self._tell_trouble(None)
        options, folder, images = self.form.options(), self.form.folder(), self._images

        async def work(studio: Any) -> tuple[ExportPlan, PlanSums, int | None]:
            plan = await studio.exporter.plan(images, options, folder)
            return plan, await asyncio.to_thread(plan.sums), await studio.exporter.free_bytes(folder)

        try:
            plan, sums, free = await self._client.run(work)
        except TemplateInvalid as error:
            self._plan = self._sums = None
            self.form.show_template_problem(problem_text(error.problem))
            self._write_plan()
            return
        self.form.show_template_problem("")
        if self._report is not None:  # what came of the last export is no longer about what is shown
            self._status.set_full_text("")
            self.presets.show()
            self._free.show()
        self._plan, self._sums, self._report = plan, sums, None
        self._free_bytes = free
        self._files.show_files(plan.files)
        self._write_plan()

    def _write_plan(self) -> None:
        plan, sums = self._plan, self._sums
        writing = sums.writing if sums is not None else 0
        if self._report is None and self._stop is None:
            self.set_primary(self.tr("Export %n image(s)", "", writing if sums is not None else len(self._ids)))
            placed = self.form.folder_is_whole()
            reason = self.tr("There is nothing to write.") if placed else self.tr("Choose a folder.")
            self.set_primary_available(placed and writing > 0, reason)
        self._write_room()
        if plan is None or sums is None:
            return
        words = self.tr("%n file(s)", "", writing)
        if sums.sidecars:
            words = filled(self.tr("{files} and {sidecars} sidecars"), files=words, sidecars=sums.sidecars)
        self._summary.setText(words)
        about = self.tr("about {size}") if sums.size_is_estimate else "{size}"
        self._size.setText(about.format(size=size_words(sums.size_bytes)))
        self._notes.show_notes([note for note in plan.notes if note.code not in OF_FORMAT])
        self.form.notes.show_notes([note for note in plan.notes if note.code in OF_FORMAT])
        self._sheet.show_plan(plan, self._sheet_layout(plan))

    def _write_room(self) -> None:
        """The room in the folder, and what is needed where that is more."""
        free, needed = self._free_bytes, self._sums.size_bytes if self._sums is not None else 0
        lacking = free is not None and needed > free
        words = self.tr("{room} free, {needed} needed") if lacking else self.tr("{room} free")
        self._free.set_tone("danger" if lacking else "text2")
        self._free.setText(words.format(room=size_words(free), needed=size_words(needed)) if free is not None else "")

    def _sheet_layout(self, plan: ExportPlan) -> SheetLayout | None:
        from studio.bootstrap import SheetLayout

        sheet = plan.options.contact_sheet
        return SheetLayout(len(plan.files), sheet.across) if sheet is not None and plan.files else None

    def _fill_presets(self) -> None:
        settings = self._client.studio.settings.current
        self.presets.clear()
        for preset in settings.export_presets:
            self.presets.addItem(self.tr("Preset: {name}").format(name=preset_name(preset.name)), preset.name)
        self.presets.insertSeparator(self.presets.count())
        self.presets.addItem(self.tr("Save as preset..."), None)
        self.presets.setCurrentIndex(max(0, self.presets.findData(settings.last_export_preset)))

    def _choose_preset(self, index: int) -> None:
        name = self.presets.itemData(index)
        store = self._client.studio.settings
        if name is None:
            self._save_preset()
            return
        preset = next(one for one in store.current.export_presets if one.name == name)
        store.change(last_export_preset=name)
        self.form.set_options(preset.options)

    def _save_preset(self) -> None:
        from studio.bootstrap import ExportPreset
        from studio.ui.widgets import LineField

        dialog = Dialog(self)
        dialog.setWindowTitle(self.tr("Save as preset"))
        field = LineField(name=self.tr("Name"), placeholder=self.tr("Name"), parent=dialog)
        field.setMinimumWidth(280)
        dialog.body.addWidget(field)
        dialog.set_primary(self.tr("Save"))
        store = self._client.studio.settings

        def save() -> None:
            name = field.text().strip()[:60]
            if name:
                kept = tuple(one for one in store.current.export_presets if one.name != name)
                preset = ExportPreset(name=name, options=self.form.options())
                store.change(export_presets=(*kept, preset), last_export_preset=name)

        dialog.accepted.connect(save)
        dialog.finished.connect(self._fill_presets)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        field.setFocus()

    # ------------------------------------------------------------------------------------------------ exporting
    def primary(self) -> None:
        """Export, stop, or after the end show the folder."""
        if self._stop is not None:
            self._stop.set()
        elif self._report is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._report.folder)))
        elif self._plan is not None:
            self._tasks.start("export", self._export())

    async def _export(self) -> None:
        """Plan once more, so that what was typed last is what is done, then write."""
        self._planner.stop()
        await self._plan_now()
        plan = self._plan
        if plan is None or self._sums is None or not self._sums.writing or not self.form.folder_is_whole():
            return
        self._stop = stop = threading.Event()
        self.form.setEnabled(False)
        for widget in (self.presets, self._free):
            widget.hide()
        self._progress.show()
        self.set_primary(self.tr("Stop"))
        self._client.studio.settings.change(last_export_folder=str(plan.folder))

        self._steps.clear()
        self._teller.start()
        try:
            self._report = await self._client.run(
                lambda studio: studio.exporter.export(plan, on_step=self._steps.append, stop=stop)
            )
        except StudioError as error:
            self._tell_trouble(error.problem)
        finally:
            self._stop = None
            self._teller.stop()
            self._tell_steps()
            self._progress.hide()
            self.form.setEnabled(True)
        if self._report is None:
            self.presets.show()
            self._free.show()
            self._status.set_full_text("")
            self._write_plan()
            return
        self._tell_end(self._report)

    def _tell_steps(self) -> None:
        steps = [self._steps.popleft() for _ in range(len(self._steps))]
        if not steps:
            return
        last = max(steps, key=lambda step: step.done)
        self._progress.set_fraction(last.done / last.total)
        words = self.tr("{done} of {total}, {name}")
        self._status.set_full_text(words.format(done=last.done, total=last.total, name=last.name))
        self._files.set_outcomes((step.file, step.outcome, self._reason(step)) for step in steps)

    def _reason(self, step: ExportStep) -> str:
        if step.problem is not None:
            return problem_title(step.problem)
        return self.tr("changed since it was received") if step.altered else ""

    def _tell_end(self, report: ExportReport) -> None:
        parts = [self.tr("%n exported", "", report.written)]
        if report.stopped:
            parts = [self.tr("{done} of {total} exported").format(done=report.written, total=report.total)]
        for outcome, words in (
            ("renamed", self.tr("%n renamed", "", report.count("renamed"))),
            ("skipped", self.tr("%n skipped", "", report.count("skipped"))),
            ("failed", self.tr("%n failed", "", report.count("failed"))),
        ):
            if report.count(outcome):  # type: ignore[arg-type]  # the three are outcomes
                parts.append(words)
        if report.altered:
            parts.append(self.tr("%n changed since received", "", report.altered))
        failed = next((step.problem for step in report.steps if step.problem is not None), None)
        self._tell_trouble(report.problem or failed)
        self._status.set_full_text(joined_facts(parts))
        self.set_primary(self.tr("Show in folder"))
        self.set_cancel(self.tr("Close"))

    def _tell_trouble(self, problem: Problem | None) -> None:
        """All of it in place: what happened, that nothing was billed, what to do."""
        self._trouble.setText(problem_line(problem) if problem is not None else "")
        self._trouble.setVisible(problem is not None)

    def reject(self) -> None:
        """Esc and Close stop an export that is under way; files already written stay."""
        if self._stop is not None:
            self._stop.set()
        super().reject()

    def _failed(self, error: BaseException) -> None:
        self._status.set_full_text(str(error))
        raise error


class _Names(Themed, QWidget):
    """The ground of the right half, with a line at its left."""

    @safe_override(None)
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.tokens.window)
        vertical_hair(painter, 0, 0, self.height(), self.tokens.line)
        painter.end()
