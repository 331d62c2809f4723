"""Budget, storage, appearance and language."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.ui.preferences.form import FormPage, note_label
from studio.ui.tasks import TaskBag
from studio.ui.theme import active
from studio.ui.translation import LANGUAGES, SYSTEM, Translated, catalog_text, joined_facts, listed
from studio.ui.widgets import (
    Button,
    CheckBox,
    ElidedLabel,
    NumberField,
    Option,
    Paragraph,
    Segments,
    Switch,
    set_available,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.ui.client import StudioClient


class BudgetPage(Translated, FormPage):
    """A hard limit for a day and for a run, 0 stands for none; and how many paid requests a sweep makes unasked."""

    def __init__(self, client: StudioClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = client.studio.settings
        budget = self._settings.current.budget
        self.per_day = self._money(budget.per_day)
        self.per_run = self._money(budget.per_run)
        self.paid_calls = NumberField(self._settings.current.confirm_above_paid_calls, minimum=0, maximum=100_000)
        self.paid_calls.setFixedWidth(active().scaled(110))
        self._day_note, self._run_note, self._rates = note_label(), note_label(), note_label()
        self._calls_note = note_label()
        self._day_name = self.add_row(self.per_day, note=self._day_note)
        self._run_name = self.add_row(self.per_run, note=self._run_note)
        self._calls_name = self.add_row(self.paid_calls, note=self._calls_note)
        self._rates_name = self.add_row(note=self._rates)
        self.rows.addStretch(1)
        self.per_day.changed.connect(lambda _value: self._keep())
        self.per_run.changed.connect(lambda _value: self._keep())
        self.paid_calls.changed.connect(lambda value: self._settings.change(confirm_above_paid_calls=int(value)))
        self.retranslate()

    @staticmethod
    def _money(limit: Any) -> NumberField:
        value = float(limit.amount) if limit is not None else 0.0
        field = NumberField(value, minimum=0, maximum=100_000, decimals=2, prefix="$")
        field.setFixedWidth(active().scaled(110))
        return field

    def _keep(self) -> None:
        from studio.bootstrap import Budget
        from studio.domain.pricing import Money

        def limit(field: NumberField) -> Money | None:
            amount = Decimal(f"{field.value():.2f}")
            return Money(amount=amount) if amount else None

        self._settings.change(budget=Budget(per_day=limit(self.per_day), per_run=limit(self.per_run)))

    def retranslate(self) -> None:
        self.title.setText(self.tr("Budget"))
        self._day_name.setText(self.tr("A day"))
        self.per_day.set_name(self.tr("Limit for a day"))
        self._day_note.setText(self.tr("0 is no limit. Past it the studio asks before it sends."))
        self._run_name.setText(self.tr("A run"))
        self.per_run.set_name(self.tr("Limit for a run"))
        self._run_note.setText(self.tr("0 is no limit."))
        self._calls_name.setText(self.tr("A sweep"))
        self.paid_calls.set_name(self.tr("Paid requests of a sweep without a question"))
        self._calls_note.setText(self.tr("A sweep with more paid requests asks before it starts."))
        self._rates_name.setText(self.tr("Rates"))
        rates = self._settings.current.exchange_rates
        words = joined_facts(f"1 {name} = ${rate}" for name, rate in rates.usd_for_one.items() if name != "USD")
        self._rates.setText(self.tr("{rates}, of {date}").format(rates=words, date=rates.as_of.isoformat()))


class StoragePage(Translated, FormPage):
    """Where the images lie, and looking after the library."""

    empty_bin_asked = Signal()

    def __init__(self, client: StudioClient, why_not: Callable[[], str], parent: QWidget | None = None) -> None:
        """`why_not`: why nothing can be changed in this workspace; empty when it can."""
        super().__init__(parent)
        self._client, self._why_not = client, why_not
        self._tasks = TaskBag(self, self._failed)
        self._folder = ElidedLabel(elide=Qt.TextElideMode.ElideMiddle)
        self._folder.set_full_text(str(client.studio.workspace.folder.root))
        self._choose = Button()
        self._folder_note = note_label()
        self._check = Button()
        self._report = Paragraph(tone="text2")
        self._empty = Button()
        self._bin_note = note_label()
        limit_mb = client.studio.settings.current.thumbnails_limit_mb
        self.thumbnails_limit = NumberField(limit_mb, minimum=100, maximum=1_000_000, step=100, suffix="MB")
        self.thumbnails_limit.setFixedWidth(active().scaled(130))
        self._thumbnails_note = note_label()
        self._folder_name = self.add_row(self._folder, self._choose)
        self._again_name = self.add_row(note=self._folder_note)
        self._check_name = self.add_row(self._check)
        self.form.addRow(self._report)
        self._bin_name = self.add_row(self._empty, note=self._bin_note)
        self._thumbnails_name = self.add_row(self.thumbnails_limit, note=self._thumbnails_note)
        self.rows.addStretch(1)
        self._choose.clicked.connect(self._ask_folder)
        self._check.clicked.connect(lambda: self._tasks.start("check", self._doctor()))
        self._empty.clicked.connect(self.empty_bin_asked)
        self.thumbnails_limit.changed.connect(
            lambda value: client.studio.settings.change(thumbnails_limit_mb=int(value))
        )
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Storage"))
        self._folder_name.setText(self.tr("Workspace"))
        self._choose.setText(self.tr("Choose..."))
        self._folder_note.setText(self.tr("Another workspace opens at the next start. Nothing is moved or deleted."))
        self._check_name.setText(self.tr("Library"))
        self._check.setText(self.tr("Check library"))
        self._bin_name.setText(self.tr("Bin"))
        self._empty.setText(self.tr("Empty bin..."))
        set_available(self._empty, not self._why_not(), self._why_not())
        self._bin_note.setText(self.tr("Moves the files to the bin of the system."))
        self._thumbnails_name.setText(self.tr("Thumbnails"))
        self.thumbnails_limit.set_name(self.tr("Most room for thumbnails, in MB"))
        self._thumbnails_note.setText(
            self.tr(
                "At most so many MB; those not used for longest go first and are made again when needed. "
                "Originals are never removed."
            )
        )

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Folder for the workspace"), self._folder.full_text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.fileSelected.connect(self._take_folder)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_folder(self, folder: str) -> None:
        self._client.studio.settings.change(workspace=str(Path(folder)))
        self._folder.set_full_text(folder)

    async def _doctor(self) -> None:
        self._report.setText(self.tr("Checking"))
        folder = self._client.studio.workspace.folder.root
        report = await self._client.run(lambda studio: studio.examine(folder))
        lines = [f"{finding.text} {finding.advice}".strip() for finding in report.findings]
        self._report.setText("\n".join(lines))

    def _failed(self, error: BaseException) -> None:
        self._report.setText(str(error))


class AppearancePage(Translated, FormPage):
    """Light or dark, text size, contrast."""

    def __init__(self, client: StudioClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings = settings = client.studio.settings
        current = settings.current
        self.scheme = Segments()
        self.scale = Segments([Option(percent, f"{percent} %") for percent in (100, 110, 125)])
        self.scale.set_value(current.text_scale_percent)
        self.contrast = Segments()
        self._names = [self.add_row(control) for control in (self.scheme, self.scale, self.contrast)]
        self.rows.addStretch(1)
        self.scheme.chosen.connect(lambda value: settings.change(appearance=value))
        self.scale.chosen.connect(lambda value: settings.change(text_scale_percent=value))
        self.contrast.chosen.connect(lambda value: settings.change(more_contrast=value))
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Appearance"))
        words = (self.tr("Theme"), self.tr("Text size"), self.tr("More contrast"))
        for name, control, text in zip(self._names, (self.scheme, self.scale, self.contrast), words, strict=True):
            name.setText(text)
            control.setAccessibleName(text)
        current = self._settings.current
        system = self.tr("System")
        light, dark = self.tr("Light"), self.tr("Dark")
        self.scheme.set_options([Option("system", system), Option("light", light), Option("dark", dark)])
        self.scheme.set_value(current.appearance)
        on, off = self.tr("On"), self.tr("Off")
        self.contrast.set_options([Option("system", system), Option("on", on), Option("off", off)])
        self.contrast.set_value(current.more_contrast)


class LanguagePage(Translated, FormPage):
    """The language of the window; it changes at once."""

    def __init__(self, client: StudioClient, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._settings = settings = client.studio.settings
        self.language = Segments()
        self._name = self.add_row(self.language)
        self.notify = Switch()
        self.notify.setChecked(settings.current.notifications.run_finished)
        self._notify_name = self.add_row(self.notify)
        self.cache = CheckBox()
        self.cache.setChecked(settings.current.answer_from_cache)
        self._cache_name = self.add_row(self.cache)
        self.fallback = Segments()
        self._fallback_note = note_label()
        self._fallback_name = self.add_row(self.fallback, note=self._fallback_note)
        self.rows.addStretch(1)
        self.language.chosen.connect(lambda value: settings.change(language=value))
        self.notify.toggled.connect(self._set_notify)
        self.cache.toggled.connect(lambda on: settings.change(answer_from_cache=on))
        self.fallback.chosen.connect(self._set_fallback)
        self.retranslate()

    def _set_fallback(self, use: object) -> None:
        fallback = self._settings.current.fallback.model_copy(update={"use": use})
        self._settings.change(fallback=fallback)

    def _set_notify(self, on: bool) -> None:
        notifications = self._settings.current.notifications.model_copy(update={"run_finished": on, "job_failed": on})
        self._settings.change(notifications=notifications)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Language and behaviour"))
        self._name.setText(self.tr("Language"))
        self.language.setAccessibleName(self.tr("Language"))
        names = [Option(SYSTEM, self.tr("System")), *(Option(code, name) for code, name in LANGUAGES.items())]
        self.language.set_options(names)
        self.language.set_value(self._settings.current.language)
        self._notify_name.setText(self.tr("Notifications"))
        self.notify.setAccessibleName(self.tr("Tell when a run ends in the background"))
        self.notify.setText(self.tr("Tell when a run ends in the background"))
        self._cache_name.setText(self.tr("Library"))
        self.cache.setText(self.tr("Answer a repeated request with a fixed seed from the library, free of charge"))
        self.cache.setAccessibleName(self.cache.text())
        self._fallback_name.setText(self.tr("When one fails"))
        self.fallback.setAccessibleName(self.tr("When one fails"))
        uses = {"off": self.tr("Nothing"), "offer": self.tr("Offer another"), "take": self.tr("Take another")}
        self.fallback.set_options([Option(value, text) for value, text in uses.items()])
        self.fallback.set_value(self._settings.current.fallback.use)
        titles = {spec.id: catalog_text(spec.title) for spec in self._client.studio.specs}
        order = listed([titles.get(one, one) for one in self._settings.current.fallback.order])
        self._fallback_note.setText(self.tr("In the order {order}").format(order=order))
