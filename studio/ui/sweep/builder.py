"""The sweep builder: what varies at the left, the matrix at the right, price, time and budget in the footer."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from studio.domain.sweep import SWEEP_CELLS_MAX
from studio.ui.small_pictures import SmallPictures
from studio.ui.spending import in_dollars
from studio.ui.steps import Steps
from studio.ui.sweep.cost import SweepCost, duration_words
from studio.ui.sweep.draft import SweepDraft
from studio.ui.sweep.forecaster import SweepForecaster
from studio.ui.sweep.form import SweepForm
from studio.ui.sweep.matrix_pane import MatrixPane, MatrixSettings
from studio.ui.sweep.offers import SweepOffers
from studio.ui.sweep.shape import MatrixShape
from studio.ui.sweep.sheet import Sheet, column_headings, full_rows, price_words, row_headings
from studio.ui.sweep.starter import SweepStarter
from studio.ui.theme import Height, active
from studio.ui.translation import listed, written
from studio.ui.widgets import Button, safe_override, set_available, set_surface
from studio.ui.widgets.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.domain.choices import ChoiceValue
    from studio.domain.events import SpendingChanged
    from studio.domain.sweep import Sweep
    from studio.ui.actions import StudioActions
    from studio.ui.client import StudioClient
    from studio.ui.sweep.matrix_model import CellKind

_FORM_PX = 384


class SweepBuilder(Dialog):
    """Opened with `open()`. `started` carries the `Sweep`; until then nothing is sent.

    The frame with the prompt, which has the keyboard, is there at once; cards, matrix and price follow within the next
    turns of the event loop. `built` comes when all is there.

    What is connected that late is marked as a slot: connecting to any other method changes the meta object, and Qt then
    polishes the whole dialog once more and paints all of it."""

    return_presses_primary = False
    started = Signal(object)
    lists_wanted = Signal()
    built = Signal()

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
        self._left = QScrollArea(self.content)
        self._right = QWidget(self.content)
        self.form: SweepForm
        self._has_form = False
        self.forecaster = SweepForecaster(client, draft, self._read_form, self)
        self.starter = SweepStarter(client, self)
        self.is_built = False
        self._steps = Steps(self._build(), self)
        self._steps.finished.connect(self.built)
        self._lay_out()
        self.retranslate()

    def make_form(self) -> None:
        """Put the prompt in. `open` does it; called a turn of the event loop earlier, both turns are short."""
        if self._has_form:
            return
        self._has_form = True
        left = self._left
        self.form = SweepForm(self.draft, self._offers, left.viewport())
        left.setWidget(self.form)
        bar = left.verticalScrollBar()
        bar.rangeChanged.connect(lambda _least, most: self.form.make_room_for_scroll_bar(bar if most else None))
        self.form.prompt.setFocus()

    def _lay_out(self) -> None:
        left = self._left
        left.setWidgetResizable(True)
        left.setFrameShape(QScrollArea.Shape.NoFrame)
        set_surface(left, "panel")
        left.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Tab goes to what is inside and scrolls to it
        left.setFixedWidth(active().scaled(_FORM_PX))
        left.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        set_surface(self._right, "canvas")
        self._right_row = QHBoxLayout(self._right)
        self._right_row.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(self._right, 1)
        self.body.addLayout(row)

    def open(self) -> None:
        self.make_form()
        super().open()
        if self.parentWidget() is None:
            self._steps.start()
        else:
            self.dimmed.connect(self._steps.start, Qt.ConnectionType.SingleShotConnection)

    def _build(self) -> Iterator[None]:
        """What follows the frame, step by step: first the foot, since all above it moves when that grows."""
        self.make_form()
        self._fill_footer()
        yield
        yield from self.form.build()
        self.pictures = SmallPictures(self._client, parent=self)
        self.pane = MatrixPane(self.pictures, parent=self._right)
        self._right_row.addWidget(self.pane)
        yield
        self._show_matrix()
        yield
        self.settings = MatrixSettings(self.pane)
        self.settings.order.set_value(self.draft.order)
        self.settings.stop.set_value(self.draft.stop_after_failures)
        self.pane.put_settings(self.settings)
        yield
        self._connect()
        self.is_built = True
        self.forecaster.follow()
        if tuple(self.draft.axes) != self.pane.view.matrix.shape.axes:
            self._show_matrix()  # somebody typed on
        self._write()

    def _fill_footer(self) -> None:
        self.cost = SweepCost(self.footer)
        self.cost.show_sum((), "", known=False)
        self.cost.show_budget(self._spending, Decimal(0))
        self.footer.add_note(self.cost, stretch=50)
        self.try_button = Button(height=Height.FOOTER, parent=self.footer)
        buttons = self.footer.layout()
        if isinstance(buttons, QHBoxLayout):
            buttons.insertWidget(buttons.indexOf(self.primary_button), self.try_button)
        self.try_button.hide()

    def _connect(self) -> None:
        self.form.changed.connect(self._changed)
        self.form.help_wanted.connect(lambda: self._actions.open_help.emit("sweeps.md"))
        self.form.lists_wanted.connect(self.lists_wanted)
        self.forecaster.told.connect(self._forecast_told)
        self.starter.busy.connect(self._show_busy)
        self.starter.refused.connect(self.forecaster.fail)
        self.starter.started.connect(self._take_sweep)
        self.pane.swap_wanted.connect(self._swap)
        self.settings.order_chosen.connect(self._choose_order)
        self.settings.stop_chosen.connect(
            lambda count: self.forecaster.set_stop(count if isinstance(count, int) else None)
        )
        self.pane.view.toggled.connect(self._toggle)
        self.pane.view.opened.connect(self._open_cell)
        self.try_button.clicked.connect(lambda: self._ask_start(only_first=True))

    def _read_form(self) -> None:
        self.form.read_now()

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Sweep builder"))
        self._write()
        if self.is_built and self.pane.view.matrix.shape.axes:
            self._show_matrix()  # headings and the reasons in the squares are words too
            self.forecaster.soon()

    def set_spending(self, spending: SpendingChanged) -> None:
        self._spending = spending
        self._write()

    def set_lists(self, lists: Mapping[str, tuple[ChoiceValue, ...]]) -> None:
        """The lists have changed on disk."""
        if self._has_form:
            self.form.set_lists(lists)
        else:
            self.draft.lists = lists
            self.draft.read(self.draft.prompt, self.draft.negative)

    # ------------------------------------------------------------------------------------------------ following
    @Slot()
    def _changed(self) -> None:
        """Something in the draft is different: the matrix at once, what is made and what it costs a moment later."""
        self.forecaster.follow()
        self._show_matrix()
        self._write()

    @Slot()
    def _forecast_told(self) -> None:
        sheet = self.forecaster.sheet
        if sheet is not None and not self.forecaster.problem:
            self._show_matrix()
            self.pane.view.matrix.show_cells(sheet.cells)
            self.pane.legend.show_kinds(self._kinds(sheet))
        self._write()

    def _show_matrix(self) -> None:
        draft = self.draft
        shape = MatrixShape(tuple(draft.axes))
        if shape.square_rows * shape.square_columns > 4 * SWEEP_CELLS_MAX:
            shape = MatrixShape(())  # a sample of so many has no sheet that anyone could look through
        sheet = self.forecaster.sheet
        known = sheet.column_prices if sheet is not None else {}
        prices = {column: price_words(price) for column, price in known.items()}
        seeds = draft.card("seed")
        columns = column_headings(shape, self._offers, prices, seeds=seeds is not None and len(seeds.values) > 1)
        counts = full_rows(shape, draft.request.n, self._offers, draft.targets)
        if sheet is not None:
            counts = {row: sheet.row_images.get(row, 0) for row in counts} if shape.axes else {0: sheet.image_count}
        rows = row_headings(shape, counts)
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

    @Slot()
    def _swap(self) -> None:
        self.draft.swap_rows_and_columns()
        self.form.show_draft()
        self._changed()

    @Slot(object)
    def _choose_order(self, order: object) -> None:
        self.draft.order = order  # type: ignore[assignment]  # one of the three that the box offers
        self._changed()

    @Slot(QModelIndex)
    def _toggle(self, index: QModelIndex) -> None:
        """Leave a square out, or take it back. What is not in the sample is not there to be left out."""
        place = self.pane.view.matrix.place(index)
        if self.pane.view.matrix.cell(index).kind == "outside":
            return
        out = place not in self.draft.left_out
        self.pane.view.matrix.set_left_out(index, out)
        (self.draft.left_out.add if out else self.draft.left_out.discard)(place)
        self.forecaster.forget()
        self._write()

    @Slot(QModelIndex)
    def _open_cell(self, index: QModelIndex) -> None:
        """A square that is made already shows its image."""
        cell = self.pane.view.matrix.cell(index)
        if cell.image_ids:
            self._actions.open_large.emit(cell.image_ids[0])

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
        sheet, problem = self.forecaster.sheet, self.forecaster.problem
        self.set_primary_available(sheet is not None and bool(sheet.new.positions), self._why_not())
        if not self.is_built:
            self.set_primary(self.tr("Generate"), hint=_hint())
            return
        self.cost.show_problem(written(problem))
        self._write_try(sheet)
        if sheet is None:
            self.set_primary(self.tr("Generate"), hint=_hint())
            self.pane.show_sums(self._factors(), self.tr("being worked out") if not problem else "")
            self.cost.show_sum((), "", known=False)
            self.cost.show_budget(self._spending if not problem else None, Decimal(0))
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
        self.cost.show_budget(
            self._spending if not problem else None, in_dollars(forecast.at_most, self._client.studio.settings.current)
        )

    def _why_not(self) -> str:
        sheet, problem = self.forecaster.sheet, self.forecaster.problem
        if problem:
            return written(problem)
        if sheet is None:
            return self.tr("The sweep is being worked out.")
        return self.tr("Everything is made already.") if sheet.made_image_count else self.tr("Nothing can be made.")

    def _write_sums(self, sheet: Sheet) -> None:
        parts = [self.tr("%n new", "", sheet.new.image_count)]
        made = sheet.made_image_count
        if made:
            parts.append(self.tr("%n already made and free", "", made))
        if sheet.blocked_count:
            parts.append(self.tr("%n cannot be made", "", sheet.blocked_count))
        cells, whole = len(sheet.cells), self.draft.combination_count
        left_out = min(self.draft.sample_count, whole) - cells if self.draft.sample else len(self.draft.left_out)
        if left_out > 0:
            parts.append(self.tr("%n left out", "", left_out))
        images = self.tr("%n image(s)", "", sheet.image_count)
        factors = self._factors()
        if self.draft.sample or left_out:
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
        self.pane.notices.show_notices(sheet.notices)

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
        self.form.read_now()
        sheet, plan = self.forecaster.sheet, self.forecaster.plan
        if sheet is not None and plan is not None and not self.starter.under_way:
            self.starter.ask(sheet, plan, self._spending, only_first=only_first)

    @Slot(bool)
    def _show_busy(self, busy: bool) -> None:
        self.primary_button.set_busy(busy)
        set_available(self.try_button, not busy, self.tr("The sweep is being started.") if busy else "")
        if not busy:
            self._write()

    @Slot(object)
    def _take_sweep(self, sweep: Sweep) -> None:
        self.started.emit(sweep)
        self.accept()

    @safe_override(None)
    def reject(self) -> None:
        """While it is being started it stays: it closes by itself then, or says why nothing was sent."""
        if not self.starter.under_way:
            super().reject()

    def done(self, result: int) -> None:
        self._steps.stop()
        self.forecaster.stop()
        super().done(result)


def _hint() -> str:
    return "Ctrl ↵" if sys.platform != "darwin" else "⌘↵"
