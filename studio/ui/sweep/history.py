"""All sweeps, newest first, and the matrix of the chosen one with its results."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout

from studio.domain.errors import StudioError
from studio.ui.problems import problem_text, problem_title
from studio.ui.quotes import Quote, Quotes
from studio.ui.small_pictures import SmallPictures
from studio.ui.sweep.matrix_pane import MatrixPane
from studio.ui.sweep.offers import SweepOffers
from studio.ui.sweep.shape import MatrixShape
from studio.ui.sweep.sheet import column_headings, row_headings, sweep_sheet
from studio.ui.tasks import TaskBag
from studio.ui.theme import Height, Space, active
from studio.ui.translation import joined_facts, translate
from studio.ui.widgets import Button, ElidedLabel, set_available
from studio.ui.widgets.dialog import Dialog
from studio.ui.widgets.two_lines import TwoLineDelegate

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from studio.domain.sweep import Sweep, SweepState
    from studio.ui.client import StudioClient
    from studio.ui.sweep.matrix_model import CellKind, MatrixCell

_PAGE = 200
_LIST_PX = 260
_FOLLOW_MS = 500


class SweepsDialog(Dialog):
    """`image_chosen` carries the id of an image whose square was opened; `reuse_wanted` the `Sweep` to build from."""

    image_chosen = Signal(object)
    reuse_wanted = Signal(object)

    def __init__(
        self,
        client: StudioClient,
        may_send: Callable[[int], Awaitable[bool]],
        quotes: Quotes,
        chosen: int | None = None,
        parent: QWidget | None = None,
        *,
        why_not: Callable[[], str] = str,
    ) -> None:
        """`may_send` is asked, with the number of a sweep, before more of it is sent. `why_not`: why nothing can be
        changed or generated in this workspace; empty when it can."""
        super().__init__(parent, name="sweeps", size=QSize(1100, 680), padding=0)
        self._client, self._may_send, self._quotes, self._why_not = client, may_send, quotes, why_not
        self._left = (Quote(), Quote())
        self._tasks = TaskBag(self, self._failed)
        self._offers = SweepOffers(client.studio.specs, ())
        self._sweep: Sweep | None = None
        self.list = QListWidget(self)
        self.list.setFixedWidth(active().scaled(_LIST_PX))
        self.list.setItemDelegate(TwoLineDelegate(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pane = MatrixPane(SmallPictures(client, parent=self), can_swap=False, parent=self)
        self._state = ElidedLabel(tone="text2", tabular=True, parent=self)
        self.pause_button = Button(height=Height.FOOTER, icon_name="pause", parent=self)
        self.stop_button = Button(height=Height.FOOTER, icon_name="circle-stop", parent=self)
        self.continue_button = Button(height=Height.FOOTER, icon_name="play", parent=self)
        self.repeat_button = Button(height=Height.FOOTER, icon_name="repeat-2", parent=self)
        self._lay_out()
        self._connect()
        self.list.setFocus()
        self.retranslate()
        self._tasks.start("list", self._read(chosen))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        names = QVBoxLayout()
        names.setContentsMargins(Space.S, Space.M, Space.S, Space.S)
        names.addWidget(self.list)
        row.addLayout(names)
        row.addWidget(self.pane, 1)
        self.body.addLayout(row)
        self.footer.add_note(self._state, stretch=50)
        buttons = self.footer.layout()
        for button in (self.pause_button, self.continue_button, self.repeat_button, self.stop_button):
            if isinstance(buttons, QHBoxLayout):
                buttons.insertWidget(buttons.indexOf(self.cancel_button), button)

    def _connect(self) -> None:
        self.pause_button.clicked.connect(lambda: self._do("pause"))
        self.stop_button.clicked.connect(lambda: self._do("stop"))
        self.continue_button.clicked.connect(lambda: self._do("resume"))
        self.repeat_button.clicked.connect(lambda: self._do("repeat"))
        self.list.currentItemChanged.connect(lambda item, _before: self._choose(item))
        self.pane.view.opened.connect(self._open_cell)
        self._follower = QTimer(self)
        self._follower.setSingleShot(True)
        self._follower.setInterval(_FOLLOW_MS)
        self._follower.timeout.connect(self._follow)

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Sweeps"))
        self.list.setAccessibleName(self.tr("Sweeps"))
        self.set_cancel(self.tr("Close"))
        self.set_primary(self.tr("Use as new sweep..."))
        self.pause_button.setText(self.tr("Pause"))
        self.stop_button.setText(self.tr("Stop"))
        self.continue_button.setText(self.tr("Continue"))
        self.repeat_button.setText(self.tr("Repeat what failed"))
        self._write()
        self._follow()

    # ------------------------------------------------------------------------------------------------ reading
    async def _read(self, chosen: int | None) -> None:
        async def work(studio: Any) -> list[Sweep]:
            found: list[Sweep] = await studio.sweeps.sweeps(_PAGE)
            return found

        sweeps = await self._client.run(work)
        self.list.clear()
        for sweep in sweeps:
            item = QListWidgetItem(_line(sweep))
            item.setData(0x0100, int(sweep.id))  # Qt.ItemDataRole.UserRole
            self.list.addItem(item)
        ids = [int(sweep.id) for sweep in sweeps]
        self.list.setCurrentRow(ids.index(chosen) if chosen in ids else 0)
        if not sweeps:
            self._write()

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self._tasks.start("show", self._show(int(item.data(0x0100))))

    def sweep_changed(self, sweep_id: int) -> None:
        """Something happened in a sweep; the one that shows follows at most twice a second."""
        if self._sweep is not None and int(self._sweep.id) == sweep_id and not self._follower.isActive():
            self._follower.start()

    def _follow(self) -> None:
        if self._sweep is not None:
            self._tasks.start("show", self._show(int(self._sweep.id)))

    async def _show(self, sweep_id: int) -> None:
        async def work(studio: Any) -> tuple[Sweep | None, dict[tuple[int, ...], MatrixCell], Mapping[int, int]]:
            sweep: Sweep | None = await studio.sweeps.sweep(sweep_id)
            if sweep is None:
                return None, {}, {}
            ids = [image_id for cell in sweep.cells for image_id in cell.image_ids]
            images = await studio.workspace.library.images(ids)
            blobs = {int(image.id): str(image.blob) for image in images}
            return sweep, *await asyncio.to_thread(sweep_sheet, sweep, blobs, self._offers)

        self._sweep, cells, row_images = await self._client.run(work)
        if self._sweep is None:
            return
        self._left = await self._quote_what_is_left(self._sweep)
        plan = self._sweep.plan
        shape = MatrixShape(plan.axes)
        many_seeds = any(axis.kind == "seed" and len(axis.values) > 1 for axis in plan.axes)
        self.pane.view.set_ratio(1.0 if isinstance(plan.request.size, str) else plan.request.size.ratio)
        columns = column_headings(shape, self._offers, {}, seeds=many_seeds)
        matrix = self.pane.view.matrix
        rows = row_headings(shape, {number: row_images.get(number, 0) for number in range(shape.rows)})
        matrix.show_shape(shape, rows, columns, set(plan.left_out))
        matrix.show_cells(cells)
        self.pane.view.arrange()
        kinds: dict[CellKind, None] = dict.fromkeys(cell.kind for cell in cells.values())
        if plan.left_out:
            kinds["left out"] = None
        self.pane.legend.show_kinds(tuple(kinds))
        current = self.list.currentItem()
        if current is not None:
            current.setText(_line(self._sweep))
        self._write()

    async def _quote_what_is_left(self, sweep: Sweep) -> tuple[Quote, Quote]:
        """What Continue and what repeating besides would cost; nothing while neither can be pressed."""
        if sweep.state == "running" or not (sweep.waiting or sweep.failed):
            return Quote(), Quote()
        return await self._quotes.of_sweep(sweep.id), await self._quotes.of_sweep(sweep.id, failed_too=True)

    def _write(self) -> None:
        sweep = self._sweep
        for button, quote in zip((self.continue_button, self.repeat_button), self._left, strict=True):
            button.set_hint(quote.price)
            button.setAccessibleName(joined_facts([button.text(), quote.price]))
        why_not = self._why_not()
        for button in (self.pause_button, self.stop_button, self.continue_button, self.repeat_button):
            set_available(button, not why_not, why_not)
        self.set_primary_available(
            sweep is not None and not why_not, why_not if sweep is not None else self.tr("There is no sweep yet.")
        )
        running = sweep is not None and sweep.state == "running"
        goes_on = sweep is not None and sweep.state in ("paused", "interrupted", "stopped")
        self.pause_button.setVisible(running)
        self.stop_button.setVisible(sweep is not None and sweep.state in ("running", "paused", "interrupted"))
        self.continue_button.setVisible(goes_on and sweep is not None and sweep.waiting > 0)
        self.repeat_button.setVisible(sweep is not None and not running and sweep.failed > 0)
        if sweep is None:
            self.pane.show_sums("", self.tr("There is no sweep yet."))
            return
        self.pane.show_sums(self.tr("Sweep {number}").format(number=sweep.id), sweep_state_words(sweep))
        billed = " + ".join(str(money) for money in sweep.billed if money.amount)
        words = self.tr("{amount} billed").format(amount=billed) if billed else self.tr("Nothing was billed")
        if sweep.problem is not None:
            words = f"{problem_title(sweep.problem)}. {problem_text(sweep.problem)}"
        self._state.set_full_text(words)

    # ------------------------------------------------------------------------------------------------ doing
    def _open_cell(self, index: QModelIndex) -> None:
        cell = self.pane.view.matrix.cell(index)
        if cell.image_ids:
            self.image_chosen.emit(cell.image_ids[0])
            self.accept()

    def _do(self, what: str) -> None:
        self._tasks.start("do", self._carry_out(what))

    async def _carry_out(self, what: str) -> None:
        if self._sweep is None:
            return
        sweep_id = self._sweep.id
        if what not in ("pause", "stop") and not await self._may_send(int(sweep_id)):
            return

        async def work(studio: Any) -> None:
            if what in ("pause", "stop"):
                await getattr(studio.sweeps, what)(sweep_id)
            else:
                await studio.sweeps.resume(sweep_id, failed_too=what == "repeat")

        try:
            await self._client.run(work)
        except StudioError as error:
            self._state.set_full_text(f"{problem_title(error.problem)}. {problem_text(error.problem)}")
            return
        await self._show(int(sweep_id))

    def primary(self) -> None:
        if self._sweep is not None:
            sweep = self._sweep
            self.accept()
            self.reuse_wanted.emit(sweep)

    def done(self, result: int) -> None:
        self._follower.stop()
        self._tasks.cancel("show")
        super().done(result)

    def _failed(self, error: BaseException) -> None:
        raise error


def _line(sweep: Sweep) -> str:
    """Two lines of the list: number, time and progress; the prompt."""
    at = sweep.created_at.astimezone()
    prompt = " ".join(sweep.plan.request.prompt.split())[:120]
    words = translate("SweepsDialog", "Sweep {number}, {time}: {done} of {total}")
    first = words.format(number=sweep.id, time=f"{at:%Y-%m-%d %H:%M}", done=sweep.done, total=sweep.total)
    return f"{first}\n{prompt}"


def state_words(state: SweepState) -> str:
    words = {
        "running": translate("SweepsDialog", "running"),
        "paused": translate("SweepsDialog", "paused"),
        "interrupted": translate("SweepsDialog", "interrupted"),
        "done": translate("SweepsDialog", "done"),
        "stopped": translate("SweepsDialog", "stopped"),
    }
    return words[state]


def sweep_state_words(sweep: Sweep) -> str:
    """State and progress in one line."""
    words = translate("SweepsDialog", "{done} of {total} made")
    parts = [state_words(sweep.state), words.format(done=sweep.done, total=sweep.total)]
    if sweep.failed:
        parts.append(translate("SweepsDialog", "%n did not come", None, sweep.failed))
    if sweep.in_doubt:
        parts.append(translate("SweepsDialog", "%n may have been billed", None, sweep.in_doubt))
    return translate("SweepsDialog", ", ").join(parts)
