"""The blind vote: hides who made what, brings pair after pair to the table, keeps the votes, shows the ranking."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from studio.domain.standings import Standings, standings
from studio.ui.compare.blind_session import BlindSession, Contestant, Pair, make_pairs
from studio.ui.compare.levels import TableImage
from studio.ui.compare.light_table import LightTable
from studio.ui.compare.panes import IMAGES_MOST
from studio.ui.compare.side import CompareSide
from studio.ui.compare.vote_bar import OUTCOMES, VoteBar
from studio.ui.compare.vote_page import Scope
from studio.ui.problems import problem_line
from studio.ui.tasks import TaskBag
from studio.ui.translation import catalog_text, filled
from studio.ui.widgets import Announcer

if TYPE_CHECKING:
    from studio.domain.jobs import ImageRecord
    from studio.ui.actions import StudioActions
    from studio.ui.client import StudioClient

_EVERYTHING: Scope = ("all", "")
_THESE: Scope = ("images", "")


class BlindVote(QObject):
    """`start` with up to a hundred images, `stop` to see the names again.

    Nine lie on the table together; of more, only the pair that is voted on. A vote is about the two images that are
    seen as A and B when it is cast, also after they were swapped or marked by hand."""

    changed = Signal(bool)
    """True: nothing may tell names from now on."""

    def __init__(  # noqa: PLR0917 - the parts of one panel, handed over once
        self,
        client: StudioClient,
        actions: StudioActions,
        table: LightTable,
        side: CompareSide,
        bar: VoteBar,
        tasks: TaskBag,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._client, self._actions, self._widget = client, actions, parent
        self._table, self._side, self._bar, self._tasks = table, side, bar, tasks
        self._announcer = Announcer(parent)
        self._dice = random.Random()
        self.session: BlindSession | None = None
        self._heard = ""
        """What came of the last press, for screen readers."""
        self._before: list[TableImage] = []
        self._pair_before = (0, 1)
        self._pool: dict[int, TableImage] = {}
        self._contestants: dict[int, Contestant] = {}
        self._ranked: frozenset[int] = frozenset()
        self._scope: Scope = _EVERYTHING
        self._brief = ""
        self.standings = Standings()
        bar.voted.connect(self.vote)
        bar.undo_clicked.connect(self.take_back)
        bar.skip_clicked.connect(self.skip)
        side.votes.scope_chosen.connect(self._choose_scope)
        side.votes.save_clicked.connect(self._ask_for_file)

    @property
    def is_on(self) -> bool:
        return self.session is not None

    async def draw_pairs(self, records: Sequence[ImageRecord]) -> list[Pair]:
        """Who meets whom. Off this thread: for a hundred images it takes a while."""
        return await asyncio.to_thread(make_pairs, contestants_of(records), self._dice)

    def start(self, records: Sequence[ImageRecord], images: Sequence[TableImage], pairs: Sequence[Pair] = ()) -> None:
        """Hide the names and bring the first of `pairs`, or of pairs that are drawn here (of a few images).

        `images` are those of `records`. They are laid in a new order: the old one gives away."""
        if len(records) < 2 or self.is_on:
            return
        drawn = list(pairs) or make_pairs(contestants_of(records), self._dice)
        self.session = BlindSession(drawn)
        self._contestants = {one.image_id: one for one in contestants_of(records)}
        self._ranked = frozenset(self._contestants)
        self._tasks.cancel("standings")
        self._before, self._pair_before = list(self._table.images), self._table.pair
        self._pool = {image.id: image for image in images}
        self._table.set_blind(True)
        if len(images) <= IMAGES_MOST:
            laid = list(images)
            self._dice.shuffle(laid)
            self._table.set_images(laid)
        self._side.set_blind(True)
        self.changed.emit(True)
        self._show_pair()

    def stop(self) -> None:
        """The names come back; votes cast so far are kept."""
        if self.session is None:
            return
        self.session = None
        self._table.set_images(self._before, keep_view=True)
        self._table.set_pair(*self._pair_before)
        self._table.set_blind(False)
        self._side.set_blind(False)
        self.changed.emit(False)
        self._tasks.start("standings", self._read_standings())

    def key(self, key: Qt.Key) -> bool:
        """A key while the vote is on; whether it means something here: 1 to 4 vote, 5 skips, Backspace takes back."""
        if Qt.Key.Key_1 <= key <= Qt.Key.Key_4:
            self.answer(key - Qt.Key.Key_0)
        elif key == Qt.Key.Key_5:
            self.skip()
        elif key == Qt.Key.Key_Backspace:
            self.take_back()
        else:
            return False
        return True

    def answer(self, number: int) -> None:
        """1 to 4 on the keyboard."""
        self.vote(OUTCOMES[number - 1])

    def vote(self, outcome: str) -> None:
        """Keep a vote on the pair that is shown and go on; a second press while it is written counts for nothing."""
        if self.session is not None and self.session.current is not None and not self._tasks.is_running("vote"):
            self._tasks.start("vote", self._cast(outcome))

    def take_back(self) -> None:
        if self.session is not None and not self._tasks.is_running("vote"):
            self._tasks.start("vote", self._take_back())

    def skip(self) -> None:
        if self.session is not None and not self._tasks.is_running("vote"):
            self.session.skip()
            self._go_on()

    async def _cast(self, outcome: str) -> None:
        from studio.domain.values import ImageId

        session = self.session
        if session is None or session.current is None:
            return
        pair = self._pair_that_is_seen()
        reasons = self._side.votes.reasons
        vote = await self._client.run(
            lambda studio: studio.workspace.ballot.vote(
                pair.brief,
                ImageId(pair.first),
                ImageId(pair.second),
                outcome,  # type: ignore[arg-type]  # one of OUTCOMES
                reasons,
            )
        )
        session.voted(vote.id)
        self._heard = "" if session.is_over else self._bar.answers[outcome].text()
        if self.session is session:
            self._go_on()

    def _pair_that_is_seen(self) -> Pair:
        first, second = (self._contestants[self._table.images[place].id] for place in self._table.pair)
        brief = first.brief if first.brief == second.brief else ""
        return Pair(first.image_id, second.image_id, brief)

    async def _take_back(self) -> None:
        session = self.session
        vote_id = session.take_back() if session is not None else None
        if vote_id is None:
            return
        await self._client.run(lambda studio: studio.workspace.ballot.take_back(vote_id))
        self._heard = self.tr("Vote taken back")
        self._show_pair()

    def _go_on(self) -> None:
        session = self.session
        if session is None:
            return
        if not session.is_over:
            self._show_pair()
            return
        count = len(session.votes)
        if len({one.maker for one in self._contestants.values()}) == 1:
            self._scope = _THESE
        self.stop()
        self._side.show_ranking()
        self._actions.say.emit("done", lambda: self.tr("%n pair(s) voted. The names are shown again.", "", count))

    def _show_pair(self) -> None:
        session = self.session
        pair = session.current if session is not None else None
        if session is None or pair is None:
            return
        if len(self._pool) <= IMAGES_MOST:
            places = {image.id: place for place, image in enumerate(self._table.images)}
            self._table.set_pair(places[pair.first], places[pair.second])
        else:
            self._table.set_images([self._pool[pair.first], self._pool[pair.second]])
            self._table.set_pair(0, 1)
        self._table.viewport.reset()
        self._brief = pair.brief
        self._side.votes.show_pair(pair.brief)
        self._side.set_place(session.place + 1, len(session.pairs))
        self._bar.set_undo_available(bool(session.votes))
        words = self.tr("Pair {place} of {total}").format(place=session.place + 1, total=len(session.pairs))
        self._announcer.say_now(f"{self._heard}. {words}" if self._heard else words)
        self._heard = ""

    # ------------------------------------------------------------------------------------------------ ranking
    def show_ranking_of(self, records: Sequence[ImageRecord]) -> None:
        """Read the ranking anew; "This prompt" is that of these images when they share one."""
        shown = frozenset(int(record.id) for record in records)
        if not shown <= self._ranked:
            self._ranked = shown
        prompts = {record.prompt for record in records}
        self._brief = prompts.pop() if len(prompts) == 1 else ""
        self._tasks.start("standings", self._read_standings())

    def _choose_scope(self, scope: Scope) -> None:
        self._scope = scope
        self._tasks.start("standings", self._read_standings())

    async def _read_standings(self) -> None:
        """Not while names are hidden: a number that grows with a vote would tell whose image won."""
        if self.is_on:
            return
        tags = await self._client.run(lambda studio: studio.workspace.ballot.tags())
        scopes: list[Scope] = [_EVERYTHING]
        if self._brief:
            scopes.append(("brief", self._brief))
        if len(self._ranked) > 1:
            scopes.append(_THESE)
        scopes += [("tag", tag) for tag, _ in tags]
        if self._scope[0] == "brief" and self._brief:
            self._scope = ("brief", self._brief)
        if self._scope not in scopes:
            self._scope = _EVERYTHING
        kind, name = self._scope
        votes = await self._client.run(
            lambda studio: studio.workspace.ballot.counted(
                brief=name if kind == "brief" else None, tag=name if kind == "tag" else None
            )
        )
        of_images = self._scope == _THESE
        if of_images:
            votes = [vote for vote in votes if {vote.left_image, vote.right_image} <= self._ranked]
        titles = {spec.id: catalog_text(spec.title) for spec in self._client.studio.specs}
        self.standings = await asyncio.to_thread(partial(standings, votes, titles, of_images=of_images))
        self._side.votes.set_scopes(scopes, self._scope)
        self._side.votes.show_standings(self.standings)

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self._widget, self.tr("Save the ranking"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDirectory(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
        dialog.setDefaultSuffix("csv")
        dialog.setNameFilter(self.tr("Tables (*.csv)"))
        dialog.selectFile("ranking.csv")
        dialog.fileSelected.connect(lambda path: self._tasks.start("save", self.save_to(Path(path))))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    async def save_to(self, path: Path) -> None:
        """Write the ranking that is shown as comma-separated values."""
        from studio.bootstrap import save_standings
        from studio.domain.errors import StudioError

        try:
            await asyncio.to_thread(save_standings, path, self.standings)
        except StudioError as error:
            self._actions.say.emit("danger", partial(problem_line, error.problem))
            return
        self._actions.say.emit("done", lambda: filled(self.tr("Ranking saved as {name}."), name=path.name))


def contestants_of(records: Sequence[ImageRecord]) -> list[Contestant]:
    """Who made each image, and for which prompt."""
    return [Contestant(record.id, f"{record.provider}/{record.model}", record.prompt) for record in records]
