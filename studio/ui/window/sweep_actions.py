"""Sweeps in the window: opens the builder, the list of sweeps and the lists; tells how a sweep gets on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication

from studio.domain.errors import StudioError
from studio.ui.quotes import Quote
from studio.ui.steps import Steps
from studio.ui.translation import sentences
from studio.ui.widgets import Button, ButtonKind, Menu
from studio.ui.widgets.message_bar import Message, MessageKind
from studio.ui.window.sweep_address import SweepAddressQuestions

if TYPE_CHECKING:
    from studio.domain.choices import ChoiceValue
    from studio.domain.errors import Problem
    from studio.domain.events import SpendingChanged, StudioEvent, SweepChanged
    from studio.domain.sweep import Sweep
    from studio.ui.sweep.builder import SweepBuilder
    from studio.ui.sweep.draft import SweepDraft
    from studio.ui.sweep.history import SweepsDialog
    from studio.ui.window.controller import WindowController

SWEEP_KEY = "sweep "
"""Begins the key of a message about a sweep; its number follows."""
OVER_BUDGET_KEY = "sweep over budget "
"""The same where going on would go over a limit: its button agrees to that."""


class SweepActions(QObject):
    """One for each window. `refresh_lists` reads the lists of the workspace again, as each return does."""

    def __init__(self, controller: WindowController) -> None:
        super().__init__(controller)
        self._controller, self._client = controller, controller.client
        self._lists: Mapping[str, tuple[ChoiceValue, ...]] = {}
        self._draft: SweepDraft | None = None
        self._builder: SweepBuilder | None = None
        self._history: SweepsDialog | None = None
        self._spending: SpendingChanged | None = None
        self._newest: SweepChanged | None = None
        self._addresses = SweepAddressQuestions(self._client, self)
        self.status_button = Button(kind=ButtonKind.QUIET, icon_name="braces", height=24, parent=controller.window)
        self.status_button.hide()
        controller.window.status.add_left(self.status_button)
        self.status_button.clicked.connect(self._open_menu)
        controller.actions.open_sweep.connect(self.open_builder)
        controller.window.message_bar.acted.connect(self._acted)
        controller.language.changed.connect(self._write_status)
        self._hints = QGuiApplication.instance()
        if isinstance(self._hints, QGuiApplication):
            self._hints.applicationStateChanged.connect(self._activated)

    async def open(self) -> None:
        """Read the lists; say which sweeps an earlier session left unfinished."""
        await self._read_lists()

        async def work(studio: Any) -> list[Sweep]:
            found: list[Sweep] = await studio.sweeps.sweeps(20)
            return found

        for sweep in () if self._controller.actions.read_only else await self._client.run(work):
            if sweep.state == "interrupted":
                await self._tell_interrupted(sweep)

    # ------------------------------------------------------------------------------------------------ lists
    def _activated(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self.refresh_lists()

    def end(self) -> None:
        """The window closes: nothing more is asked of the workspace."""
        if isinstance(self._hints, QGuiApplication):
            self._hints.applicationStateChanged.disconnect(self._activated)

    def refresh_lists(self) -> None:
        self._controller.tasks.start("lists", self._read_lists())

    async def _read_lists(self) -> None:
        async def work(studio: Any) -> Any:
            return await studio.workspace.prompt_lists.read_all()

        lists, _faults = await self._client.run(work)
        if lists != self._lists:
            self._take_lists(lists)

    def _take_lists(self, lists: Mapping[str, tuple[ChoiceValue, ...]]) -> None:
        self._lists = lists
        self._controller.composer.choices.set_lists(lists)
        if self._builder is not None:
            self._builder.set_lists(lists)

    def open_lists(self) -> None:
        from studio.ui.sweep.lists import ListsDialog

        dialog = ListsDialog(self._client, self._controller.actions.why_not, self._builder or self._controller.window)
        dialog.saved.connect(self._take_lists)
        dialog.finished.connect(self.refresh_lists)  # another program may have changed them
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    # ------------------------------------------------------------------------------------------------ building
    def open_builder(self) -> None:
        """With what the composer holds; a draft of the same words goes on where it was left."""
        if self._builder is not None or self._controller.out_of_sight.refuses():
            return
        from studio.ui.sweep.draft import SweepDraft
        from studio.ui.sweep.offers import SweepOffers

        wish = self._controller.composer.wish()
        request = wish.request(for_price=True)
        if request is None:
            return
        self.refresh_lists()
        offers = SweepOffers(self._client.studio.specs, ())
        titles = offers.titles(wish.targets)
        draft = self._draft
        if draft is not None and (draft.prompt, draft.negative) == (wish.prompt, wish.negative_prompt):
            draft.request, draft.titles = request, titles
            draft.lists = self._lists
            draft.read(draft.prompt, draft.negative)
            draft.take_targets(wish.targets)
        else:
            draft = SweepDraft(request, wish.targets, self._lists, titles)
            draft.read(wish.prompt, wish.negative_prompt)
        self._open_draft(draft)

    def _open_draft(self, draft: SweepDraft) -> None:
        from studio.ui.sweep.builder import SweepBuilder

        controller = self._controller
        builder = SweepBuilder(self._client, controller.actions, draft, self._spending, controller.window)
        self._builder = builder
        builder.started.connect(lambda _sweep: self._keep(draft))
        builder.lists_wanted.connect(self.open_lists)
        builder.finished.connect(self._builder_closed)
        Steps(self._show(builder), builder).start()

    def _show(self, builder: SweepBuilder) -> Iterator[None]:
        """Making it and showing it are turns of the event loop of their own."""
        for act in (builder.make_form, builder.open):
            if builder is self._builder:
                act()
            yield

    def _keep(self, draft: SweepDraft) -> None:
        """The composer holds the words that were started, and the next sweep of them begins with the same cards."""
        self._draft = draft
        box = self._controller.composer.prompt_box
        for editor, text in ((box.prompt, draft.prompt), (box.negative, draft.negative)):
            if editor.text() != text:
                editor.replace_text(text)

    def _builder_closed(self) -> None:
        if self._builder is not None:
            self._builder.deleteLater()
        self._builder = None

    def _reuse(self, sweep: Sweep) -> None:
        """A stored sweep as the draft of a new one."""
        from studio.ui.sweep.draft import SweepDraft
        from studio.ui.sweep.offers import SweepOffers

        plan = sweep.plan
        targets = next(
            (
                tuple(value.target for value in axis.values if value.target)
                for axis in plan.axes
                if axis.kind == "target"
            ),
            plan.targets,
        )
        offers = SweepOffers(self._client.studio.specs, ())
        draft = SweepDraft(plan.request, targets, self._lists, offers.titles(targets))
        for axis in plan.axes:
            key = f"option:{axis.option}" if axis.kind == "option" else axis.kind
            key = f"{axis.kind} {axis.choice}" if axis.choice is not None else key
            card = draft.card(key)
            if card is not None and axis.kind != "target":
                known = {one.words for one in card.listed}
                values = tuple(one for one in axis.values if not known or one.words in known)
                draft.put(replace(card, place=axis.place, values=values or card.values))
            elif card is not None:
                draft.put(replace(card, place=axis.place))
            elif axis.choice is None:
                from studio.ui.sweep.draft import Card

                draft.put(Card(key, axis.kind, axis.place, axis.values, option=axis.option))
        draft.sample, draft.sample_count = plan.make == "sample", plan.sample_count
        draft.sample_seed, draft.order = plan.sample_seed, plan.order
        draft.stop_after_failures = plan.stop_after_failures
        self._open_draft(draft)

    # ------------------------------------------------------------------------------------------------ looking back
    def open_history(self, sweep_id: int | None = None) -> None:
        from studio.ui.sweep.history import SweepsDialog

        if self._history is not None or self._controller.out_of_sight.refuses():
            return
        controller = self._controller
        dialog = self._history = SweepsDialog(
            self._client,
            self.may_send,
            controller.quotes,
            sweep_id,
            controller.window,
            why_not=controller.actions.why_not,
        )
        dialog.image_chosen.connect(self._show_image)
        dialog.reuse_wanted.connect(self._reuse)
        dialog.finished.connect(self._history_closed)
        dialog.open()

    def _history_closed(self) -> None:
        if self._history is not None:
            self._history.deleteLater()
        self._history = None

    def _show_image(self, image_id: int) -> None:
        self._controller.show_gallery()
        self._controller.gallery.selection.set_ids([image_id])

    # ------------------------------------------------------------------------------------------------ news
    def take(self, event: StudioEvent) -> None:
        if event.kind == "spending_changed":
            self._spending = event
            if self._builder is not None:
                self._builder.set_spending(event)
        elif event.kind == "sweep_changed":
            self._sweep_changed(event)

    def _sweep_changed(self, event: SweepChanged) -> None:
        if self._history is not None:
            self._history.sweep_changed(int(event.sweep_id))
        if self._newest is None or event.sweep_id >= self._newest.sweep_id:
            self._newest = event
            self._write_status()
        if event.state == "paused" and event.problem is not None:
            self._tell_paused(event, event.problem)
        elif event.state == "done":
            self._settle(event.sweep_id)

            def words() -> str:
                sentence = self.tr("Sweep {number} is done: {done} of {total} made.")
                done = sentence.format(number=event.sweep_id, done=event.done, total=event.total)
                failed = self.tr("%n did not come.", "", event.failed) if event.failed else ""
                unsure = self.tr("%n may have been billed.", "", event.in_doubt) if event.in_doubt else ""
                return sentences(sentences(done, failed), unsure)

            self._controller.say("done" if not (event.failed or event.in_doubt) else "warn", words)
        else:
            self._settle(event.sweep_id)

    def _tell_paused(self, event: SweepChanged, problem: Problem) -> None:
        over = problem.kind == "over_budget"

        def title() -> str:
            sentence = self.tr("Sweep {number} is paused: {done} of {total}")
            return sentence.format(number=event.sweep_id, done=event.done, total=event.total)

        def action() -> str:
            return self.tr("Generate anyway") if over else self.tr("Continue")

        key = f"{OVER_BUDGET_KEY if over else SWEEP_KEY}{event.sweep_id}"

        def text() -> str:
            return self._controller.notifications.text_of(problem)

        message = Message(key, title, text, MessageKind.WARNING, action)
        self._controller.window.message_bar.post(message)

    def _settle(self, number: int) -> None:
        for start in (SWEEP_KEY, OVER_BUDGET_KEY):
            self._controller.window.message_bar.settle(f"{start}{number}")

    async def _tell_interrupted(self, sweep: Sweep) -> None:
        address = await self._client.run(lambda studio: studio.sweeps.address(sweep.id))

        def text() -> str:
            if address is None:
                return self.tr("Nothing more was sent.")
            words = self.tr("Nothing more was sent. It was begun at {address}.")
            return words.format(address=address.base_url)

        def title() -> str:
            sentence = self.tr("Sweep {number} was interrupted: {done} of {total} made.")
            return sentence.format(number=sweep.id, done=sweep.done, total=sweep.total)

        message = Message(
            f"{SWEEP_KEY}{sweep.id}",
            title,
            text,
            action=lambda: self.tr("Continue"),
        )
        self._controller.window.message_bar.post(message)

    def _write_status(self) -> None:
        event = self._newest
        shown = event is not None and event.state in ("running", "paused")
        self.status_button.setVisible(shown)
        if event is None:
            return
        words = self.tr("Sweep {number}: {done} of {total}")
        if event.state == "paused":
            words = self.tr("Sweep {number} is paused: {done} of {total}")
        self.status_button.setText(words.format(number=event.sweep_id, done=event.done, total=event.total))

    def _open_menu(self) -> None:
        if self._newest is not None:
            self._controller.tasks.start("sweep menu", self._open_menu_of(self._newest))

    async def _open_menu_of(self, event: SweepChanged) -> None:
        """What sends more says its price."""
        left, all_left = Quote(), Quote()
        if event.state != "running":
            quotes, number = self._controller.quotes, int(event.sweep_id)
            left, all_left = await quotes.of_sweep(number), await quotes.of_sweep(number, failed_too=True)
        number = int(event.sweep_id)
        menu = Menu(parent=self._controller.window)
        menu.aboutToHide.connect(menu.deleteLater)
        if event.state == "running":
            menu.add(self.tr("Pause"), lambda: self.do("pause", number), icon_name="pause")
        else:
            words = left.behind(self.tr("Continue"))
            menu.add(words, lambda: self.do("resume", number), icon_name="play")
            if event.failed:
                words = all_left.behind(self.tr("Continue, and repeat what failed"))
                menu.add(words, lambda: self.do("repeat", number), icon_name="repeat-2")
        menu.add(self.tr("Stop"), lambda: self.do("stop", number), icon_name="circle-stop")
        menu.addSeparator()
        menu.add(self.tr("Show the matrix..."), lambda: self.open_history(number))
        menu.open_at(self.status_button)

    def _acted(self, key: str) -> None:
        for start, what in ((OVER_BUDGET_KEY, "over budget"), (SWEEP_KEY, "resume")):
            if key.startswith(start):
                self.do(what, int(key.removeprefix(start)))
                return

    async def may_send(self, sweep_id: int) -> bool:
        """Whether more of a sweep may be sent; asks where it would go to another address than that of Preferences."""
        return await self._addresses.may_send(sweep_id, self._history or self._controller.window)

    def do(self, what: str, number: int) -> None:
        """``pause``, ``resume``, ``repeat`` (resume, with what failed), ``over budget`` (resume, the user agreed to go
        over the limit) or ``stop`` a sweep."""
        self._controller.tasks.start(f"sweep {number}", self._do(what, number))

    async def _do(self, what: str, number: int) -> None:
        if what not in ("pause", "stop"):
            if not await self.may_send(number):
                return
            self._settle(number)

        async def work(studio: Any) -> None:
            if what in ("pause", "stop"):
                await getattr(studio.sweeps, what)(number)
            else:
                over = what == "over budget"
                await studio.sweeps.resume(number, failed_too=what == "repeat", over_budget_allowed=over)

        try:
            await self._client.run(work)
        except StudioError as error:
            self._controller.tell_problem(error.problem, key=f"sweep-problem {number}")
