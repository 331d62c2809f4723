"""The details panel: one image, several, one job that did not come, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QImageReader, QPixmap
from PySide6.QtWidgets import QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from studio.ui.details import facts
from studio.ui.details.billed_card import BilledCard
from studio.ui.details.comparison import compare_images
from studio.ui.details.fact_rows import FactRows
from studio.ui.details.head import DetailsHead
from studio.ui.details.preview import Preview
from studio.ui.details.sections import KeptFold, RequestSection, TimeLine
from studio.ui.problems import problem_line, problem_text
from studio.ui.spending import in_dollars
from studio.ui.tasks import TaskBag
from studio.ui.theme import Space, TextRole
from studio.ui.translation import Translated, catalog_text, filled, sentences
from studio.ui.widgets import Label, set_surface
from studio.ui.widgets.text_edit import PlainTextEdit, SelectableText

if TYPE_CHECKING:
    from studio.bootstrap import Studio
    from studio.domain.jobs import Call, FollowUp, ImageRecord, Job, Run
    from studio.ui.actions import StudioActions
    from studio.ui.client import StudioClient

_PREVIEW_BUCKET: Final = 1024
_RUNS_MOST: Final = 60
_IMAGES_MOST: Final = 200
"""Of more selected images these are told of, and the head says so."""


class DetailsPanel(Translated, QWidget):
    """Reads what it shows itself; asks for changes through `StudioActions`."""

    def __init__(self, client: StudioClient, actions: StudioActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, "panel")
        self._client, self._actions = client, actions
        self._tasks = TaskBag(self, self._failed)
        self._ids: list[int] = []
        self._job_id = ""
        self._image: ImageRecord | None = None
        self._run: Run | None = None
        self._job: Job | None = None
        self._pages = QStackedWidget(self)
        self._empty = Label(tone="text2", parent=self)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._pages.addWidget(self._empty)
        self._build()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._pages)
        client.arrived.connect(self._take)
        actions.library_changed.connect(self.refresh)
        self.retranslate()

    def _build(self) -> None:
        inside = QWidget(self)
        set_surface(inside, "panel")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.preview = Preview(inside)
        self.head = DetailsHead(self._actions, inside)
        self.card, self._problem = BilledCard(), SelectableText(role=TextRole.LONG)
        self._card_space, self._problem_space = _padded(self.card, inside), _padded(self._problem, inside)
        self.facts_fold, self.facts = self._fold_with("facts", FactRows())
        self.notices_fold, self.notices = self._fold_with("notices", FactRows())
        self.used_fold, self.used = self._fold_with("used", SelectableText(role=TextRole.LONG, max_lines=16))
        self.note_fold, self.note = self._fold_with("note", PlainTextEdit(role=TextRole.LONG, lines=(2, 8)), False)
        self.happened_fold, self.happened = self._fold_with("happened", TimeLine(), False)
        self.request = RequestSection(inside)
        self.differences_fold, self.differences = self._fold_with("differences", FactRows())
        for widget in (
            self.preview,
            self.head,
            self._card_space,
            self._problem_space,
            self.facts_fold,
            self.notices_fold,
            self.used_fold,
            self.differences_fold,
            self.note_fold,
            self.happened_fold,
            self.request,
        ):
            column.addWidget(widget)
        column.addStretch(1)
        area = QScrollArea(self)
        area.setWidgetResizable(True)
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes to what is inside and scrolls to it
        area.setWidget(inside)
        self._pages.addWidget(area)
        self._connect()

    def _fold_with(self, key: str, content: Any, open_first: bool = True) -> tuple[KeptFold, Any]:
        fold = KeptFold(key, self, open_first=open_first)
        fold.body().addWidget(content)
        return fold, content

    def _connect(self) -> None:
        self.preview.opened.connect(self._open_large)
        self.note.textChanged.connect(self._note_edited)
        self.card.open_usage.connect(self._open_usage)
        self.card.generate_again.connect(lambda: self._actions.generate_again_in_doubt.emit(self._job_id))
        self.card.fetch.connect(self._fetch)
        self.card.not_billed.connect(lambda: self._settle(None))
        self.card.cost_given.connect(self._settle)

    # ------------------------------------------------------------------------------------------------ from outside
    def show_images(self, image_ids: Sequence[int]) -> None:
        """The selection of the gallery; empty shows how to get one."""
        self._ids, self._job_id = list(image_ids), ""
        self.refresh()

    def show_job(self, job_id: str) -> None:
        """A job that has no image to select: waiting, failed, or perhaps billed."""
        self._ids, self._job_id = [], job_id
        self.refresh()

    def end(self) -> None:
        """The window closes: end what is being read."""
        self._tasks.cancel_all()

    def refresh(self) -> None:
        """Read again what is shown; it has changed."""
        if len(self._ids) == 1:
            self._tasks.start("show", self._show_one(self._ids[0]))
        elif self._ids:
            self._tasks.start("show", self._show_several(self._ids))
        elif self._job_id:
            self._tasks.start("show", self._show_job(self._job_id))
        else:
            self._tasks.cancel("show")
            self._pages.setCurrentIndex(0)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Details"))
        self._empty.setText(self.tr("Select an image to see its details."))
        self.facts_fold.set_title(self.tr("Facts"))
        self.notices_fold.set_title(self.tr("Notices"))
        self.note_fold.set_title(self.tr("Note"))
        self.note.setAccessibleName(self.tr("Note"))
        self._problem.setAccessibleName(self.tr("What happened"))
        self.note.setPlaceholderText(self.tr("Your words about this image"))
        self.happened_fold.set_title(self.tr("What happened"))
        self.differences_fold.set_title(self.tr("What differs"))
        if self._ids or self._job_id:
            self.refresh()

    # ------------------------------------------------------------------------------------------------ showing
    async def _show_one(self, image_id: int) -> None:
        from studio.domain.values import ImageId

        async def read(studio: Studio) -> tuple[ImageRecord | None, Any, list[str], list[tuple[str, int]]]:
            library, one = studio.workspace.library, ImageId(image_id)
            image = await library.image(one)
            page = await library.run(image.run_id) if image is not None else None
            inside = [found.name for found in await studio.workspace.organiser.collections([one])]
            return image, page, inside, await library.colours(one)

        image, page, inside, colours = await self._client.run(read)
        if image is None:
            self.show_images([])
            return
        self._image = image
        self._set_run(page.run if page is not None else None, image.job_id)
        self.head.show_image(image, self._title_of(image.provider, image.model), self._monogram(image.provider))
        self.head.show_collections(inside)
        self.head.show_colours(colours)
        if not colours:
            self._tasks.start("colours", self._load_colours(image))
        self.head.follow_ups = self._follow_ups(image)
        self.facts.show_rows(facts.image_facts(image, self._job))
        self.notices.show_rows(self._notice_rows())
        self._show_used(image)
        self._show_note(image)
        self._show_job_parts()
        self._show_only(one=True)
        self._tasks.start("picture", self._load_picture(image))

    def _follow_ups(self, image: ImageRecord) -> tuple[FollowUp, ...]:
        """What the vendor offers on this very result (upscale, variation); empty for most."""
        call, provider = self._call(), self._client.studio.providers.get(image.provider)
        if call is None or call.ticket is None or provider is None or image.whole_grid:
            return ()
        return provider.follow_ups(call.ticket, image.index - call.first_image_index)

    async def _load_colours(self, image: ImageRecord) -> None:
        """Of an image that came just now: they are told as soon as somebody has looked at it."""
        colours = await self._client.run(lambda studio: studio.workspace.colours_of(image))
        if self._image is not None and self._image.id == image.id:
            self.head.show_colours(colours)

    async def _load_picture(self, image: ImageRecord) -> None:
        import asyncio

        self.preview.show_pixmap(None)
        try:
            path = await self._client.run(
                lambda studio: studio.workspace.archive.thumbnail_path(image.blob, _PREVIEW_BUCKET)
            )
        except Exception:
            return  # the file is gone; the tile says so
        picture = await asyncio.to_thread(lambda: QImageReader(str(path)).read())
        if self._image is not None and self._image.id == image.id:
            self.preview.show_pixmap(QPixmap.fromImage(picture))

    async def _show_several(self, ids: Sequence[int]) -> None:
        from studio.domain.values import ImageId

        wanted = [ImageId(number) for number in ids[:_IMAGES_MOST]]
        images = await self._client.run(lambda studio: studio.workspace.library.images(wanted))
        inside = await self._client.run(lambda studio: studio.workspace.organiser.collections(wanted))
        runs = await self._runs_of(images)
        titles = {spec.id: spec.title for spec in self._client.studio.specs}
        found = compare_images(images, runs, titles)
        self._image = self._job = self._run = None
        self.head.show_several(images, ids)
        self.head.show_collections([one.name for one in inside])
        self.head.show_colours(())
        self.facts.show_rows(found.facts)
        self.differences.show_rows(found.counted)
        for name, pieces in found.marked:
            self.differences.add_marked(name, pieces)
        self._show_only(several=True)

    async def _runs_of(self, images: Sequence[ImageRecord]) -> dict[int, Run]:
        """The runs of some images, up to a number that is read in no time; their settings are in no image."""
        numbers = list(dict.fromkeys(image.run_id for image in images))
        if len(numbers) > _RUNS_MOST:
            return {}

        async def read(studio: Any) -> dict[int, Run]:
            pages = [await studio.workspace.library.run(number) for number in numbers]
            return {int(page.run.id): page.run for page in pages if page is not None}

        return await self._client.run(read)

    async def _show_job(self, job_id: str) -> None:
        from studio.domain.values import RunId

        run_id = RunId(int(job_id.partition(".")[0]))
        page = await self._client.run(lambda studio: studio.workspace.library.run(run_id))
        if page is None:
            self.show_images([])
            return
        self._image = None
        self._set_run(page.run, job_id)
        job = self._job
        if job is None:
            return
        self.head.show_job(
            job, self._title_of(job.target.provider, job.target.model), self._monogram(job.target.provider)
        )
        self.facts.show_rows(facts.job_facts(job))
        self.notices.show_rows(self._notice_rows())
        self._show_job_parts()
        self._show_only(job=True)

    def _set_run(self, run: Run | None, job_id: str) -> None:
        self._run = self.head.run = run
        self._job = next((job for job in run.jobs if job.id == job_id), None) if run is not None else None

    def _show_only(self, *, one: bool = False, several: bool = False, job: bool = False) -> None:
        problem = self._first_problem()
        unsure = job and problem is not None and problem.charged == "maybe"
        for widget, visible in (
            (self.preview, one),
            (self._card_space, unsure),
            (self._problem_space, job and problem is not None and not unsure),
            (self.notices_fold, (one or job) and bool(self._notice_rows())),
            (self.used_fold, one and bool(self.used.text())),
            (self.note_fold, one),
            (self.happened_fold, one or job),
            (self.request, (one or job) and self._call() is not None),
            (self.differences_fold, several),
        ):
            widget.setVisible(visible)
        self._pages.setCurrentIndex(1)

    def _notice_rows(self) -> list[facts.Row]:
        return facts.notice_rows(self._run, self._job) if self._run is not None and self._job is not None else []

    def _show_used(self, image: ImageRecord) -> None:
        """The prompt that was really used, only where it differs from what was written."""
        sent = self._job.fitted.prompt if self._job is not None else ""
        used = image.revised_prompt or sent
        written = self._run.request.prompt if self._run is not None else image.prompt
        self.used.set_text(used if used and used.strip() != written.strip() else "")
        name = self._title_of(image.provider, "").strip(" ·")
        self.used_fold.set_title(filled(self.tr("Prompt used by {provider}"), provider=name))

    def _show_note(self, image: ImageRecord) -> None:
        self.note.setReadOnly(self._actions.read_only)
        self.note.setAccessibleDescription(self._actions.why_not())
        if self.note.text() != image.note and not self.note.hasFocus():
            self.note.blockSignals(True)
            self.note.set_text(image.note)
            self.note.blockSignals(False)

    def _show_job_parts(self) -> None:
        job, call = self._job, self._call()
        if job is None:
            self.happened.show_rows([])
            return
        self.happened.show_rows(facts.happened(job))
        exchange = call.exchange if call is not None else None
        if exchange is not None:
            self.request.show_exchange(exchange.request, exchange.reply, exchange.request_id)
        problem = self._first_problem()
        if problem is None:
            return
        detail = f"\n\n{problem.detail}" if problem.detail else ""
        self._problem.set_text(f"{problem_line(problem)}{detail}")
        estimate = job.estimate.typical
        provider = self._title_of(job.target.provider, "").strip(" ·")
        # The field is in dollars, as today's spending is; a price may be in another currency.
        amount = float(in_dollars([estimate], self._client.studio.settings.current)) if estimate is not None else 0.0
        price = str(estimate) if estimate is not None and estimate.amount else ""
        can_fetch = call is not None and call.state in ("uncertain", "cancelled") and call.ticket is not None
        words = self._unsure_words(provider, can_fetch=can_fetch)
        self.card.show_call(provider, words, price, amount, can_fetch=can_fetch)
        self.card.hold(self._actions.why_not())

    def _unsure_words(self, provider: str, *, can_fetch: bool) -> str:
        problem = self._first_problem()
        words = problem_text(problem) if problem is not None else ""
        if can_fetch:
            return sentences(words, self.tr("It was not sent again."))
        lost = self.tr("{provider} cannot be asked what became of the image. It was not sent again.")
        return sentences(words, filled(lost, provider=provider))

    def _call(self) -> Call | None:
        """The call behind the image, or the one with a problem."""
        if self._job is None or not self._job.calls:
            return None
        if self._image is not None:
            return next((call for call in self._job.calls if call.id == self._image.call_id), self._job.calls[0])
        return next((call for call in self._job.calls if call.problem is not None), self._job.calls[0])

    def _first_problem(self) -> Any:
        call = self._call()
        return call.problem if call is not None else None

    # ------------------------------------------------------------------------------------------------ doing
    def _settle(self, amount: float | None) -> None:
        from decimal import Decimal

        from studio.domain.pricing import Money

        call = self._call()
        if call is None:
            return
        money = Money(amount=Decimal(f"{amount:.3f}")) if amount is not None else None
        self._actions.settle_uncertain.emit(call.id, money)

    def _fetch(self) -> None:
        call = self._call()
        if call is not None:
            self._actions.fetch_again.emit(call.id)

    def _open_large(self) -> None:
        if self._ids:
            self._actions.open_large.emit(self._ids[0])

    def _open_usage(self) -> None:
        if self._job is not None:
            spec = self._client.studio.providers[self._job.target.provider].spec
            self._actions.open_link.emit(spec.usage_url or spec.key_url)

    def _note_edited(self) -> None:
        if self._image is not None and self.note.text() != self._image.note:
            self._actions.set_note.emit(self._image.id, self.note.text())

    def _take(self, events: list[Any]) -> None:
        """Refresh when something about the shown job happened."""
        shown_job = self._job.id if self._job is not None else self._job_id
        if shown_job and any(
            getattr(event, "job_id", "") == shown_job and event.kind != "job_progressed" for event in events
        ):
            self.refresh()

    def _title_of(self, provider: str, model: str) -> str:
        adapter = self._client.studio.providers.get(provider)
        name = catalog_text(adapter.spec.title) if adapter is not None else provider
        return f"{name} · {model}"

    def _monogram(self, provider: str) -> str:
        adapter = self._client.studio.providers.get(provider)
        return adapter.spec.monogram if adapter is not None else provider[:1].upper()

    def _failed(self, error: BaseException) -> None:
        raise error


def _padded(content: QWidget, parent: QWidget) -> QWidget:
    """Content with the panel's margins, which is shown and hidden as one with them."""
    space = QWidget(parent)
    rows = QVBoxLayout(space)
    rows.setContentsMargins(Space.PANEL, 0, Space.PANEL, Space.M)
    rows.addWidget(content)
    return space
