"""The sweep builder: what varies at the left, the matrix at the right, price, time and budget in the footer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from studio.domain.errors import OverBudget, StudioError
from studio.domain.sweep import SWEEP_CELLS_MAX
from studio.ui.problems import problem_line, problem_text
from studio.ui.small_pictures import SmallPictures
from studio.ui.sweep.cost import SweepCost, duration_words
from studio.ui.sweep.draft import SweepDraft
from studio.ui.sweep.form import SweepForm
from studio.ui.sweep.matrix_pane import MatrixPane
from studio.ui.sweep.offers import SweepOffers
from studio.ui.sweep.shape import MatrixShape
from studio.ui.sweep.sheet import Sheet, column_headings, forecast_sheet, price_words, row_headings
from studio.ui.tasks import TaskBag
from studio.ui.theme import Height, active
from studio.ui.translation import Words, listed, translate, written
from studio.ui.widgets import Button, safe_override, set_available, set_surface
from studio.ui.widgets.dialog import Dialog, Question

if TYPE_CHECKING:
    from studio.domain.errors import Problem
    from studio.domain.events import SpendingChanged
    from studio.domain.pricing import Money
    from studio.domain.sweep import Sweep, SweepPlan
    from studio.domain.sweep_forecast import SweepForecast
    from studio.ui.actions import StudioActions
    from studio.ui.client import StudioClient
    from studio.ui.sweep.matrix_model import CellKind

_FORECAST_DELAY_MS = 150
_LARGE_DELAY_MS, _LARGE = 600, 1_000
_FORM_PX = 384
CONFIRM_ABOVE_IMAGES = 200
"""More images than this are asked about once more, whatever they cost."""


class SweepBuilder(Dialog):
    """Opened with `open()`. `started` carries the `Sweep`; until then nothing is sent."""

    started = Signal(object)
    lists_wanted = Signal()

    def __init__(
        self,
        client: StudioClient,
        actions: StudioActions,
        draft: SweepDraft,
        spending: SpendingChanged | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, name="sweep", size=QSize(1184, 744), padding=0)
        self._client, self._actions, self.draft, self._spending = client, actions, draft, spending
        self._offers = SweepOffers(client.studio.specs, client.studio.settings.current.styles)
        self._tasks = TaskBag(self, self._failed)
        self._sheet: Sheet | None = None
        self._plan: SweepPlan | None = None
        self._problem: Words = ""
        self.form = SweepForm(draft, self._offers, self)
        self.pictures = SmallPictures(client, parent=self)
        self.pane = MatrixPane(self.pictures, parent=self)
        self.cost = SweepCost(self)
        self.try_button = Button(height=Height.FOOTER, parent=self.footer)
        self._forecaster = QTimer(self)
        self._forecaster.setSingleShot(True)
        self._forecaster.setInterval(_FORECAST_DELAY_MS)
        self._forecaster.timeout.connect(self._forecast_now)
        self._lay_out()
        self._connect()
        self.retranslate()
        self._changed()
        self.form.prompt.setFocus()

    def _lay_out(self) -> None:
        left = QScrollArea(self)
        left.setWidgetResizable(True)
        left.setFrameShape(QScrollArea.Shape.NoFrame)
        set_surface(left, "panel")
        left.setWidget(self.form)
        left.setFixedWidth(active().scaled(_FORM_PX))
        left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        bar = left.verticalScrollBar()
        bar.rangeChanged.connect(lambda _least, most: self.form.make_room_for_scroll_bar(bar if most else None))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(self.pane, 1)
        self.body.addLayout(row)
        self.footer.add_note(self.cost, stretch=50)
        buttons = self.footer.layout()
        if isinstance(buttons, QHBoxLayout):
            buttons.insertWidget(buttons.indexOf(self.primary_button), self.try_button)

    def _connect(self) -> None:
        self.form.changed.connect(self._changed)
        self.form.help_wanted.connect(lambda: self._actions.open_help.emit("sweeps.md"))
        self.form.lists_wanted.connect(self.lists_wanted)
        self.pane.swap_wanted.connect(self._swap)
        self.pane.order_chosen.connect(self._choose_order)
        self.pane.stop_chosen.connect(self._choose_stop)
        self.pane.view.toggled.connect(self._toggle)
        self.pane.view.opened.connect(self._open_cell)
        self.pane.order.set_value(self.draft.order)
        self.pane.stop.set_value(self.draft.stop_after_failures)
        self.try_button.clicked.connect(lambda: self._ask_start(only_first=True))

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Sweep builder"))
        self._write()
        if self.pane.view.matrix.shape.axes:  # the language has changed: so do headings and the reasons in the squares
            self._show_matrix()
            if not self._problem:
                self._forecast_soon()

    def set_spending(self, spending: SpendingChanged) -> None:
        self._spending = spending
        self._write()

    # ------------------------------------------------------------------------------------------------ following
    def _changed(self) -> None:
        """Something in the draft is different: the matrix at once, what is made and what it costs a moment later."""
        self._sheet = None
        self._problem = self._problem_of_draft if self._problem_of_draft() else ""
        self._show_matrix()
        self._write()
        if not self._problem:
            self._forecast_soon()

    def _forecast_soon(self) -> None:
        """A large sweep waits longer for the next change, so that working it out does not get in its way."""
        large = self.draft.combination_count > _LARGE
        self._forecaster.start(_LARGE_DELAY_MS if large else _FORECAST_DELAY_MS)

    def _problem_of_draft(self) -> str:
        draft = self.draft
        if not draft.prompt.strip():
            return self.tr("Write a prompt")
        if draft.template.faults or draft.negative_template.faults:
            return self.tr("Mend the choices of the prompt first")
        if not draft.targets:
            return self.tr("Tick a model in the composer")
        if not draft.sample and draft.combination_count > SWEEP_CELLS_MAX:
            words = self.tr("{count} combinations are more than a sweep holds ({most}). Take a random sample.")
            return words.format(count=draft.combination_count, most=SWEEP_CELLS_MAX)
        return ""

    def _show_matrix(self) -> None:
        draft = self.draft
        shape = MatrixShape(tuple(draft.axes))
        if shape.square_rows * shape.square_columns > 4 * SWEEP_CELLS_MAX:
            shape = MatrixShape(())  # a sample of so many has no sheet that anyone could look through
        known = self._sheet.column_prices if self._sheet is not None else {}
        prices = {column: price_words(price) for column, price in known.items()}
        seeds = draft.card("seed")
        columns = column_headings(shape, self._offers, prices, seeds=seeds is not None and len(seeds.values) > 1)
        rows = row_headings(shape, draft.request.n, self._offers, draft.targets)
        self.pane.view.set_ratio(self._ratio())
        self.pane.view.matrix.show_shape(shape, rows, columns, draft.left_out)
        self.pane.view.arrange()
        across = [card for card in draft.axes if card.place == "across"]
        down = [card for card in draft.axes if card.place == "down"]
        titles = [listed(self.form.card_widget(card.key).title() for card in cards) for cards in (across, down)]
        self.pane.legend.show_axes(*titles)

    def _ratio(self) -> float:
        size = self.draft.request.size
        return 1.0 if isinstance(size, str) else size.ratio

    def _swap(self) -> None:
        self.draft.swap_rows_and_columns()
        self.form.show_draft()
        self._changed()

    def _choose_order(self, order: object) -> None:
        self.draft.order = order  # type: ignore[assignment]  # one of the three that the box offers
        self._changed()

    def _choose_stop(self, count: object) -> None:
        """It changes neither cells nor price, but what is started must know it."""
        self.draft.stop_after_failures = stop = count if isinstance(count, int) else None
        if self._plan is not None:
            self._plan = self._plan.model_copy(update={"stop_after_failures": stop})

    def _toggle(self, index: QModelIndex) -> None:
        """Leave a square out, or take it back."""
        place = self.pane.view.matrix.place(index)
        out = place not in self.draft.left_out
        self.pane.view.matrix.set_left_out(index, out)
        (self.draft.left_out.add if out else self.draft.left_out.discard)(place)
        self._sheet = None
        self._write()
        self._forecast_soon()

    def _open_cell(self, index: QModelIndex) -> None:
        """A square that is made already shows its image."""
        cell = self.pane.view.matrix.cell(index)
        if cell.image_ids:
            self._actions.open_large.emit(cell.image_ids[0])

    # ------------------------------------------------------------------------------------------------ forecast
    def _forecast_now(self) -> None:
        self.form.read_now()
        if self._problem or self._forecaster.isActive():
            return
        try:
            plan = self.draft.plan()
        except ValueError:
            self._problem = _sentence
            self._write()
            return
        self._tasks.start("forecast", self._forecast(plan))

    async def _forecast(self, plan: SweepPlan) -> None:
        shape = MatrixShape(tuple(self.draft.axes))

        async def work(studio: Any) -> Sheet:
            forecast: SweepForecast = await studio.sweeps.forecast(plan)
            return await asyncio.to_thread(forecast_sheet, forecast, shape)

        try:
            sheet = await self._client.run(work)
        except StudioError as error:
            self._problem = partial(problem_line, error.problem)
        except ValueError as error:
            self._problem = partial(_sentence, str(error))
        else:
            self._sheet, self._plan = sheet, plan
            self._show_matrix()
            self.pane.view.matrix.show_cells(sheet.cells)
            self.pane.legend.show_kinds(self._kinds(sheet))
        self._write()

    def _kinds(self, sheet: Sheet) -> tuple[CellKind, ...]:
        """What occurs in the matrix, for the legend."""
        kinds = list(sheet.kinds)
        if self.draft.left_out:
            kinds.append("left out")
        if self.draft.sample and len(sheet.cells) < self.draft.combination_count:
            kinds.append("outside")
        return tuple(kinds)

    # ------------------------------------------------------------------------------------------------ words
    def _write(self) -> None:
        sheet = self._sheet
        self.cost.show_problem(written(self._problem))
        self.set_primary_available(sheet is not None and bool(sheet.new.positions), self._why_not())
        self._write_try(sheet)
        if sheet is None:
            self.set_primary(self.tr("Generate"), hint=_hint())
            self.pane.show_sums(self._factors(), self.tr("being worked out") if not self._problem else "")
            self.cost.show_sum((), "", known=False)
            self.cost.show_budget(self._spending if not self._problem else None, Decimal(0))
            return
        forecast = sheet.forecast
        new = sheet.new.image_count
        self.set_primary(self.tr("Generate %n image(s)", "", new), hint=_hint())
        self._write_sums(sheet)
        words = self.tr("for %n new image(s)", "", new)
        if forecast.seconds is not None and new:
            words = self.tr("{images}, {time}").format(images=words, time=duration_words(forecast.seconds))
        if forecast.unpriced:
            words = self.tr("{images}, %n model(s) without a price", "", len(forecast.unpriced)).format(images=words)
        hint = ""
        if forecast.prices_as_of is not None:
            hint = self.tr("Prices as of {date}").format(date=forecast.prices_as_of.isoformat())
        self.cost.show_sum(forecast.typical, words, known=not forecast.unpriced, hint=hint)
        self.cost.show_budget(self._spending if not self._problem else None, self._dollars(forecast.at_most))

    def _why_not(self) -> str:
        if self._problem:
            return written(self._problem)
        if self._sheet is None:
            return self.tr("The sweep is being worked out.")
        return (
            self.tr("Everything is made already.") if self._sheet.made_image_count else self.tr("Nothing can be made.")
        )

    def _write_sums(self, sheet: Sheet) -> None:
        parts = [self.tr("%n new", "", sheet.new.image_count)]
        made = sheet.made_image_count
        if made:
            parts.append(self.tr("%n already made and free", "", made))
        if sheet.blocked_count:
            parts.append(self.tr("%n cannot be made", "", sheet.blocked_count))
        if self.draft.left_out:
            parts.append(self.tr("%n left out", "", len(self.draft.left_out)))
        images = self.tr("%n image(s)", "", sheet.image_count)
        factors = self._factors()
        cells = len(sheet.cells)
        if self.draft.sample:
            whole = self.draft.combination_count
            total = self.tr("{cells} of {total} combinations").format(cells=cells, total=whole)
            total = self.tr("{factors} = {images}").format(factors=total, images=images)
        elif not factors:
            total = images
        elif cells == sheet.image_count:
            total = self.tr("{factors} = {images}").format(factors=factors, images=images)
        else:
            total = self.tr("{factors} = %n combination(s), {images}", "", cells)
            total = total.format(factors=factors, images=images)
        self.pane.show_sums(total, self.tr(", ").join(parts))

    def _factors(self) -> str:
        return " × ".join(str(factor) for factor in self.draft.factors())

    def _write_try(self, sheet: Sheet | None) -> None:
        count = len(sheet.first.positions) if sheet is not None else 0
        useful = sheet is not None and 0 < count < len(sheet.new.positions)
        self.try_button.setVisible(useful)
        if sheet is None or not useful:
            return
        self.try_button.setText(self.tr("Try the first %n", "", count))
        price = " + ".join(str(money) for money in sheet.first.typical if money.amount)
        self.try_button.set_hint(price)
        spoken = self.tr("Try the first %n, one of each column", "", count)
        self.try_button.setAccessibleName(f"{spoken}, {price}" if price else spoken)

    # ------------------------------------------------------------------------------------------------ starting
    def primary(self) -> None:
        self._ask_start(only_first=False)

    def _ask_start(self, *, only_first: bool) -> None:
        """Start, after a second question where the sweep is large, dear or over the budget."""
        self.form.read_now()
        sheet, plan = self._sheet, self._plan
        if sheet is None or plan is None or self._tasks.is_running("start"):
            return
        chosen = sheet.first if only_first else sheet.new
        only = chosen.positions if only_first else None
        images, calls = chosen.image_count, chosen.paid_call_count
        over = None if only_first else self._over_by(sheet.forecast)
        if not self._reasons(images, calls, over):
            self._start(plan, only, over_budget_allowed=False)
            return
        question = Question(
            self,
            title=lambda: self.tr("Generate %n image(s)?", "", images),
            text=lambda: "\n".join(self._reasons(images, calls, over)),
            primary=lambda: (
                self.tr("Generate anyway") if over is not None else self.tr("Generate %n image(s)", "", images)
            ),
        )
        question.accepted.connect(lambda: self._start(plan, only, over_budget_allowed=over is not None))
        question.finished.connect(question.deleteLater)
        question.open()

    def _reasons(self, images: int, calls: int, over: Money | None) -> list[str]:
        settings = self._client.studio.settings.current
        found: list[str] = []
        if over is not None and self._spending is not None:
            words = self.tr("This may go {amount} over today's limit of {limit}.")
            found.append(words.format(amount=over, limit=self._spending.limit))
        if calls > settings.confirm_above_paid_calls:
            found.append(self.tr("%n paid request(s) will be sent.", "", calls))
        if images > CONFIRM_ABOVE_IMAGES:
            found.append(self.tr("%n image(s) will be made.", "", images))
        return found

    def _over_by(self, forecast: SweepForecast) -> Money | None:
        spending = self._spending
        if spending is None or spending.limit is None:
            return None
        used = spending.billed.amount + spending.reserved.amount + spending.unsure.amount
        over = used + self._dollars(forecast.at_most) - spending.limit.amount
        return spending.limit.model_copy(update={"amount": over}) if over > 0 else None

    def _dollars(self, sums: Sequence[Money]) -> Decimal:
        rates = self._client.studio.settings.current.exchange_rates
        wanted = [rates.to_usd(money) for money in sums]
        return sum((money.amount for money in wanted if money is not None), start=Decimal(0))

    def _start(self, plan: SweepPlan, only: Sequence[int] | None, *, over_budget_allowed: bool) -> None:
        self.primary_button.set_busy(True)
        set_available(self.try_button, False, self.tr("The sweep is being started."))
        self._tasks.start("start", self._begin(plan, only, over_budget_allowed))

    async def _begin(self, plan: SweepPlan, only: Sequence[int] | None, over_budget_allowed: bool) -> None:
        async def work(studio: Any) -> Sweep:
            sweep: Sweep = await studio.sweeps.start(plan, only=only, over_budget_allowed=over_budget_allowed)
            return sweep

        try:
            sweep = await self._client.run(work)
        except OverBudget as error:
            self._ask_over_budget(plan, only, error.problem)
            return
        except StudioError as error:
            self._problem = partial(problem_line, error.problem)
            return
        finally:
            self.primary_button.set_busy(False)
            set_available(self.try_button, True)
            self._write()
        self.started.emit(sweep)
        self.accept()

    def _ask_over_budget(self, plan: SweepPlan, only: Sequence[int] | None, problem: Problem) -> None:
        """The money was spent elsewhere since the forecast: the engine refused, nothing was sent."""
        question = Question(
            self,
            title=lambda: self.tr("Over today's limit"),
            text=lambda: problem_text(problem),
            primary=lambda: self.tr("Generate anyway"),
        )
        question.accepted.connect(lambda: self._start(plan, only, over_budget_allowed=True))
        question.finished.connect(question.deleteLater)
        question.open()

    @safe_override(None)
    def reject(self) -> None:
        """While it is being started it stays: it closes by itself then, or says why nothing was sent."""
        if not self._tasks.is_running("start"):
            super().reject()

    def done(self, result: int) -> None:
        self._forecaster.stop()
        self._tasks.cancel("forecast")
        super().done(result)

    def _failed(self, error: BaseException) -> None:
        self._problem = lambda: self.tr("Something broke in Prompt Studio. Nothing was sent.")
        self._write()
        raise error


def _hint() -> str:
    import sys

    return "Ctrl ↵" if sys.platform != "darwin" else "⌘↵"


def _sentence(words: str = "") -> str:
    """What the core says of a plan that makes no sense; it is English for the log, so the window says it plainly."""
    return translate("SweepBuilder", "These settings make no request") + (f": {words}" if words else "")
