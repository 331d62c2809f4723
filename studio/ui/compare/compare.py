"""The Compare view: bar, light table, strip, and what belongs beside them."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from studio.ui.compare.bar import CompareBar
from studio.ui.compare.blind_vote import BlindVote
from studio.ui.compare.empty_page import EmptyTable
from studio.ui.compare.levels import LevelStore, TableImage
from studio.ui.compare.light_table import LightTable
from studio.ui.compare.look_menu import look_menu
from studio.ui.compare.mode_options import ModeOptions
from studio.ui.compare.panes import IMAGES_LEAST, IMAGES_MOST, VOTED_MOST, Mode
from studio.ui.compare.side import CompareSide
from studio.ui.compare.strip import Strip
from studio.ui.compare.table_narration import TableNarrator
from studio.ui.compare.vote_bar import VoteBar
from studio.ui.remembered import remember
from studio.ui.settings_diff import differing_settings
from studio.ui.tasks import TaskBag
from studio.ui.translation import Translated, catalog_text, joined_facts
from studio.ui.widgets import Announcer, safe_override, set_surface

if TYPE_CHECKING:
    from studio.bootstrap import Studio
    from studio.domain.jobs import ImageRecord, Run
    from studio.ui.actions import StudioActions
    from studio.ui.client import StudioClient

_WHILE_HELD = {Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus}
"""Keys that go on while they are held down."""


class ComparePanel(Translated, QWidget):
    """`show_images` lays images on the table. `side` is for the window to put where details are otherwise."""

    blind_changed = Signal(bool)
    """While True, nothing anywhere may tell who made the images on the table."""

    pick_asked = Signal()
    """The plus of the strip: let the user choose images to compare, those on the table already selected."""

    def __init__(self, client: StudioClient, actions: StudioActions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_surface(self, "canvas")
        self._client, self._actions = client, actions
        self._tasks = TaskBag(self, report_fault)
        self._records: dict[int, ImageRecord] = {}
        self._announcer = Announcer(self)
        self.levels = LevelStore(client, self)
        self.bar = CompareBar(self)
        self.table = LightTable(self.levels, self)
        self.options = ModeOptions(self.table)
        self.vote_bar = VoteBar(self)
        self.vote_bar.hide()
        self.strip = Strip(self.table, self)
        self.empty = EmptyTable(self)
        self.side = CompareSide(self)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self.empty)
        self._pages.addWidget(self.table)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.bar)
        rows.addWidget(self._pages, 1)
        rows.addWidget(self.vote_bar)
        rows.addWidget(self.strip)
        self.vote = BlindVote(client, actions, self.table, self.side, self.vote_bar, self._tasks, self)
        self._narrator = TableNarrator(self.table, self)
        self._connect()
        self._restore()
        self.retranslate()
        self._follow()

    def _connect(self) -> None:
        bar, table = self.bar, self.table
        bar.why_no_vote = self.side.votes.why_no_vote = self._actions.why_not
        self.side.votes.retranslate()
        bar.mode_chosen.connect(self.set_mode)
        bar.zoom_stepped.connect(table.step_zoom)
        bar.fit_clicked.connect(table.show_whole)
        bar.pixels_clicked.connect(table.show_pixels)
        bar.together_toggled.connect(table.set_together)
        bar.swap_clicked.connect(table.swap)
        bar.more_clicked.connect(lambda button: look_menu(table, self).open_at(button, align_right=True))
        table.changed.connect(self._follow)
        table.menu_asked.connect(self._open_menu)
        table.keyed.connect(self._keyed)
        table.installEventFilter(self)
        self.strip.view.marked.connect(self._mark)
        self.strip.view.removed.connect(self.take_off)
        self.strip.add_clicked.connect(lambda _button: self.pick_asked.emit())
        bar.blind_toggled.connect(self.set_blind)
        self.side.votes.start_clicked.connect(lambda: self.set_blind(True))
        self.side.votes.names_clicked.connect(lambda: self.set_blind(False))
        self.side.votes.list.image_chosen.connect(self._put_first)
        self.vote.changed.connect(self._blinded)
        self._actions.library_changed.connect(self._refresh)
        self.destroyed.connect(self.levels.close)

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Compare"))

    # ------------------------------------------------------------------------------------------------ for the window
    def show_images(self, image_ids: Sequence[int]) -> None:
        """Lay these images on the table, in this order; the first two are A and B. At most nine."""
        if len(image_ids) > IMAGES_MOST:
            total = len(image_ids)

            def words() -> str:
                sentence = self.tr("{count} of {total} images are on the table: it has room for nine.")
                return sentence.format(count=IMAGES_MOST, total=total)

            self._actions.say.emit("note", words)
        self.vote.stop()
        self._tasks.start("images", self._show(list(image_ids)[:IMAGES_MOST]))

    def vote_on(self, image_ids: Sequence[int]) -> None:
        """Begin a blind vote over these images; more than nine are seen two at a time."""
        if len(image_ids) < IMAGES_LEAST or len(image_ids) > VOTED_MOST:
            self._actions.say.emit("note", lambda: self.tr("A blind vote is over two to a hundred images."))
            return
        self.vote.stop()
        self._tasks.start("images", self._begin_vote(list(image_ids)))

    async def _begin_vote(self, image_ids: list[int]) -> None:
        await self._show(image_ids[:IMAGES_MOST])
        records, images = await self._read(image_ids)
        self._records |= {record.id: record for record in records}
        self.vote.start(records, images, await self.vote.draw_pairs(records))
        self._follow()
        self.focus_table()

    @property
    def is_reading(self) -> bool:
        """Images are on their way to the table."""
        return self._tasks.is_running("images")

    def image_ids(self) -> list[int]:
        """What lies on the table."""
        return [image.id for image in self.table.images]

    def set_mode(self, mode: Mode) -> None:
        """Set the images against each other in another way; remembered."""
        self.table.set_mode(mode)
        remember("compare/mode", mode.value)
        if not self.table.hasFocus():
            self.table.setFocus(Qt.FocusReason.MouseFocusReason)

    def focus_table(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------------------------------------ images
    async def _show(self, image_ids: list[int], *, keep_view: bool = False) -> None:
        records, images = await self._read(image_ids)
        self._records = {record.id: record for record in records}
        self.table.set_images(images, keep_view=keep_view)
        self.strip.set_runs(tuple(sorted({record.run_id for record in records})))
        self.side.votes.set_start_available(len(images) > 1)
        self.vote.show_ranking_of(records)
        await self._read_differences()

    async def _read(self, image_ids: list[int]) -> tuple[list[ImageRecord], list[TableImage]]:
        from studio.domain.values import ImageId

        wanted = [ImageId(image_id) for image_id in image_ids]
        records = await self._client.run(lambda studio: studio.workspace.library.images(wanted))
        titles = {spec.id: spec.title for spec in self._client.studio.specs}
        root = self._client.studio.workspace.folder.root
        in_bin = self.tr("in the bin")
        images = [
            TableImage(
                record.id,
                record.blob,
                str(root / record.path),
                record.facts.width,
                record.facts.height,
                joined_facts(
                    [
                        f"{catalog_text(titles.get(record.provider, record.provider))} {record.model}",
                        in_bin if record.trashed_at is not None else "",
                    ]
                ),
                missing=record.missing,
            )
            for record in records
        ]
        return records, images

    async def _read_differences(self) -> None:
        """What the images were made with, where it differs; nothing while names are hidden."""
        records = [self._records[one] for one in self.image_ids() if one in self._records]
        wanted = sorted({record.run_id for record in records})

        async def read(studio: Studio) -> dict[int, Run]:
            pages = [await studio.workspace.library.run(run_id) for run_id in wanted]
            return {int(page.run.id): page.run for page in pages if page is not None}

        runs = await self._client.run(read)
        if self.table.blind:
            return
        titles = {spec.id: spec.title for spec in self._client.studio.specs}
        marks = [self.table.mark_of(place) for place in range(len(records))]
        self.side.differences.show_rows(differing_settings(records, runs, titles), marks)

    def set_blind(self, blind: bool) -> None:
        """Begin to vote on pairs without names, or end it."""
        if blind and self._actions.read_only:  # a vote could not be kept
            self._actions.say.emit("warn", self._actions.why_not)
        elif blind:
            records = [self._records[one] for one in self.image_ids() if one in self._records]
            self.vote.start(records, self.table.images)
        else:
            self.vote.stop()
        self._follow()
        self.focus_table()

    def _blinded(self, blind: bool) -> None:
        self.vote_bar.setVisible(blind)
        self.blind_changed.emit(blind)
        if not blind:
            self._refresh()
        self._follow()

    def _refresh(self) -> None:
        """What is known of the images may have changed. Not while names are hidden: the pair stays as it is."""
        ids = self.image_ids()
        if ids and not self.vote.is_on:
            self._tasks.start("images", self._show(ids, keep_view=True))

    def take_off(self, place: int) -> None:
        """Take an image off the table; two stay."""
        ids = self.image_ids()
        if len(ids) > IMAGES_LEAST and 0 <= place < len(ids):
            del ids[place]
            self._tasks.start("images", self._show(ids, keep_view=True))

    def add_image(self, image_id: int) -> None:
        """One more image on the table; the view stays."""
        ids = self.image_ids()
        if image_id not in ids and len(ids) < IMAGES_MOST:
            self._tasks.start("images", self._show([*ids, image_id], keep_view=True))

    def _mark(self, place: int, first: bool) -> None:
        old_first, old_second = self.table.pair
        if first:
            self.table.set_pair(place, old_first if place == old_second else old_second)
        else:
            self.table.set_pair(old_second if place == old_first else old_first, place)

    # ------------------------------------------------------------------------------------------------ news
    def _follow(self) -> None:
        table = self.table
        shown = bool(table.images)
        self._pages.setCurrentWidget(table if shown else self.empty)
        self.strip.setVisible(shown)
        frame = table.main_frame()
        self.bar.show_state(
            mode=table.mode,
            percent=table.zoom_percent,
            fit=table.is_fit,
            pixels=frame is not None and abs(table.viewport.zoom(frame) - 1.0) < 0.002,
            together=table.viewport.together,
            blind=table.blind,
            count=len(table.images),
        )
        self.options.place()
        marks = {image.id: table.mark_of(place) for place, image in enumerate(table.images)}
        self.side.votes.list.set_letters({} if table.blind else marks)

    def _put_first(self, image_id: int) -> None:
        """An image of the ranking becomes A; one that is not on the table is laid there, in place of the last."""
        ids = self.image_ids()
        if image_id in ids:
            self._mark(ids.index(image_id), True)
        else:
            self._tasks.start("images", self._show([image_id, *ids[: IMAGES_MOST - 1]]))

    def _open_menu(self, point: QPoint) -> None:
        look_menu(self.table, self).open_at_point(point)

    def _restore(self) -> None:
        mode = str(QSettings().value("compare/mode", Mode.SIDE.value))
        self.table.set_mode(Mode(mode) if mode in set(Mode) else Mode.SIDE)

    # ------------------------------------------------------------------------------------------------ keys
    def _keyed(self, event: QKeyEvent) -> None:
        if event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier):
            return
        if not self._client.studio.settings.current.single_key_shortcuts:
            return
        table = self.table
        if event.isAutoRepeat() and event.key() not in _WHILE_HELD:
            event.accept()  # a key that is held down casts one vote, and flips a switch once
            return
        if self.vote.is_on and self.vote.key(Qt.Key(event.key())):
            event.accept()
            return
        doing: dict[Qt.Key, Callable[[], object]] = {
            Qt.Key.Key_S: lambda: self.set_mode(Mode.SIDE),
            Qt.Key.Key_W: lambda: self.set_mode(Mode.WIPE),
            Qt.Key.Key_O: lambda: self.set_mode(Mode.OVERLAY),
            Qt.Key.Key_D: lambda: self.set_mode(Mode.DIFFERENCE),
            Qt.Key.Key_B: lambda: self.set_mode(Mode.BLINK),
            Qt.Key.Key_V: lambda: self.set_blind(not self.vote.is_on),
            Qt.Key.Key_Z: table.toggle_whole,
            Qt.Key.Key_Plus: lambda: table.step_zoom(1),
            Qt.Key.Key_Equal: lambda: table.step_zoom(1),
            Qt.Key.Key_Minus: lambda: table.step_zoom(-1),
            Qt.Key.Key_X: table.swap,
            Qt.Key.Key_N: lambda: table.set_show_names(not table.show_names),
            Qt.Key.Key_L: lambda: table.set_loupe(not table.loupe),
            Qt.Key.Key_G: lambda: table.set_grey(not table.grey),
            Qt.Key.Key_M: lambda: table.set_mirrored(not table.mirrored),
            Qt.Key.Key_H: lambda: table.set_wipe_upright(not table.wipe_upright),
        }
        do = doing.get(Qt.Key(event.key()))
        if do is not None:
            do()
            event.accept()

    @safe_override(False)
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.table and event.type() == QEvent.Type.Resize:
            self.options.place()
        return super().eventFilter(watched, event)


def report_fault(error: BaseException) -> None:
    """A fault of a task of this panel takes the way of every other one."""
    sys.excepthook(type(error), error, error.__traceback__)
