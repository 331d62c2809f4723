"""Wires the panels to the studio: builds them after the first paint, carries out wishes, passes events on."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from studio.ui.actions import StudioActions
from studio.ui.compare.compare import ComparePanel
from studio.ui.composer.composer import ComposerPanel
from studio.ui.details.panel import DetailsPanel
from studio.ui.gallery.gallery import GalleryPanel
from studio.ui.look import remember_look
from studio.ui.quotes import Quotes
from studio.ui.tasks import TaskBag
from studio.ui.theme import Scheme
from studio.ui.widgets.announce import Announcer
from studio.ui.widgets.message_bar import Message, MessageKind
from studio.ui.window.activity import ActivityTracker
from studio.ui.window.collection_actions import CollectionActions
from studio.ui.window.dialogs import WindowDialogs
from studio.ui.window.find_actions import FindActions
from studio.ui.window.first_run import Example, FirstRunPage
from studio.ui.window.image_actions import ImageActions
from studio.ui.window.library_undo import LibraryUndo
from studio.ui.window.looking import only_look
from studio.ui.window.main_menu import MainMenu
from studio.ui.window.notifications import NotificationCentre
from studio.ui.window.out_of_sight import OutOfSight
from studio.ui.window.provider_keys import ProviderKeys
from studio.ui.window.queue_actions import QueueActions
from studio.ui.window.run_actions import RunActions
from studio.ui.window.shortcuts import focus_work, install_shortcuts
from studio.ui.window.sweep_actions import SweepActions
from studio.ui.window.trash_actions import TrashActions

if TYPE_CHECKING:
    from studio.domain.errors import Problem
    from studio.domain.events import StudioEvent
    from studio.ui.client import StudioClient
    from studio.ui.theme import Theme
    from studio.ui.translation import Language, Words
    from studio.ui.window.main_window import MainWindow

_log = logging.getLogger(__name__)

_LOOK_AROUND_MS = 3_000
_KEEP_STATE_MS = 1_500
"""What is typed reaches the disk this soon."""


class WindowController(QObject):
    """One for each window. `open` builds, `close` keeps what must be kept."""

    def __init__(
        self,
        window: MainWindow,
        client: StudioClient,
        theme: Theme,
        language: Language,
        *,
        leave: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self.window, self.client, self.theme, self.language = window, client, theme, language
        self.leave = leave
        self.actions = StudioActions(self)
        self.tasks = TaskBag(self, self.report_fault)
        self.tracker = ActivityTracker()
        self.notifications = NotificationCentre(window, client, self.actions)
        self._announcer = Announcer(window)
        self._view = "runs"
        self.first_run: FirstRunPage | None = None
        self._settings_told: Callable[[], None] | None = None
        self._closing = False
        self._keeper = QTimer(self)
        self._keeper.setSingleShot(True)
        self._keeper.setInterval(_KEEP_STATE_MS)
        self._keeper.timeout.connect(self._keep_state)

    # ------------------------------------------------------------------------------------------------ opening
    async def open(self) -> None:
        """Build the panels, show the library, take up what an earlier session left under way."""
        self.follow_settings()
        self.actions.read_only = self.client.studio.workspace.only_looked_at
        self.composer = ComposerPanel(self.client, self.actions, self.window)
        self.window.put_composer(self.composer)
        self.gallery = GalleryPanel(self.client, self.actions, self.window)
        self.window.put_page(self.gallery)
        self.details = DetailsPanel(self.client, self.actions, self.window)
        self.window.put_details(self.details)
        self.compare = ComparePanel(self.client, self.actions, self.window)
        self.window.put_page(self.compare)
        self.dialogs = WindowDialogs(self)
        quotes = self.quotes = Quotes(self.client, lambda: self.composer.wish().targets)
        self.gallery.menus.quotes = self.details.head.quotes = quotes
        self.runs = RunActions(self)
        self.undo = LibraryUndo(self)
        self.images = ImageActions(self)
        self.queue = QueueActions(self)
        self.collections = CollectionActions(self)
        self.trash = TrashActions(self)
        self.finding = FindActions(self)
        self.sweeps = SweepActions(self)
        self.keys = ProviderKeys(self)
        self._connect()
        install_shortcuts(self)
        self.menu = MainMenu(self, self.window.menu, self.language)
        await self.refresh_providers()
        self._restore_composer()
        self.composer.prompt_box.prompt.setFocus()
        await self._first_page()
        self.window.status.show_activity(self.tracker.activity)
        if self.actions.read_only:
            only_look(self)
        else:
            await self.client.run(lambda studio: studio.engine.recover())
            self.tasks.start("history", self.undo.take_over())
            self.tasks.start("reconcile", self._reconcile())
        await self.sweeps.open()
        self._others = QTimer(self)
        self._others.setInterval(_LOOK_AROUND_MS)
        self._others.timeout.connect(lambda: self.tasks.start("others", self._look_around()))
        self._others.start()
        self._tell_settings_problem()

    async def _reconcile(self) -> None:
        """Compare images folder and library in the background: strangers come in, vanished files are marked."""
        await self.client.run(lambda studio: studio.workspace.reconcile())
        self.actions.library_changed.emit()

    async def _look_around(self) -> None:
        """Show what another window or the command line has changed in this workspace."""
        if await self.client.run(lambda studio: studio.workspace.changed()):
            self.actions.library_changed.emit()

    def _connect(self) -> None:
        window, actions = self.window, self.actions
        self.client.arrived.connect(self._take)
        self._settings_told = self.client.studio.settings.listen(
            lambda _changed: QTimer.singleShot(0, self, self._settings_changed)
        )
        self.composer.generate_requested.connect(self.runs.start)
        self.composer.generate_requested.connect(lambda *_wish: self._keep_state())
        self.composer.cancel_requested.connect(actions.cancel_newest)
        self.composer.state_changed.connect(self._keep_soon)
        toolbar = window.toolbar
        toolbar.view_chosen.connect(self.show_view)
        toolbar.search_changed.connect(self.gallery.set_search)
        toolbar.search_entered.connect(lambda text: toolbar.set_search_text(self.gallery.commit_search(text)))
        self.gallery.search_rewritten.connect(toolbar.set_search_text)
        toolbar.search_left.connect(lambda: focus_work(self))
        toolbar.export_clicked.connect(lambda: actions.export.emit(self.gallery.selected_image_ids()))
        toolbar.preferences_clicked.connect(lambda: actions.open_preferences.emit(""))
        actions.select_images.connect(self._selected)
        actions.compare.connect(self._compare)
        actions.vote.connect(self._vote)
        self.compare.pick_asked.connect(self._pick_for_compare)
        self.out_of_sight = OutOfSight(self)
        actions.show_job.connect(self.details.show_job)
        actions.focus_prompt.connect(self.composer.focus_prompt)
        actions.say.connect(self.say)
        window.message_bar.acted.connect(self.notifications.act)
        window.message_bar.focus_left.connect(lambda: focus_work(self))
        window.status.notifications_clicked.connect(self.notifications.open)
        self.notifications.counted.connect(window.status.set_notification_count)

    async def refresh_providers(self) -> None:
        """Tell the composer what there is to choose from; keys are asked for without holding anything up."""
        studio = self.client.studio
        specs = [spec for spec in studio.specs if studio.settings.current.provider(spec.id).enabled]
        self.composer.set_providers(specs, studio.settings.current, self.keys.missing(specs))
        self.keys.refresh()

    async def _first_page(self) -> None:
        """The first-run page while the library is empty, the gallery afterwards."""
        count = await self.client.run(lambda studio: studio.workspace.library.run_count())
        if count:
            self.show_gallery()
            if self.composer.prompt_box.prompt.isVisible():
                self.composer.focus_prompt()
            return
        page = self.first_run = FirstRunPage(self.language.code, self.theme.scheme.value, self.window)
        page.example_chosen.connect(self._show_example)
        page.add_key_clicked.connect(lambda: self.actions.open_preferences.emit("providers"))
        page.guide_clicked.connect(lambda: self.actions.open_help.emit("prompt-guide.md"))
        page.language_chosen.connect(lambda code: self.client.studio.settings.change(language=code))
        page.scheme_chosen.connect(lambda scheme: self.client.studio.settings.change(appearance=scheme))
        self.window.put_page(page)
        self.window.show_page(page)
        self.window.toolbar.details_toggle.setChecked(False)
        if not self.composer.wish().prompt.strip():
            from studio.ui.window.first_run import EXAMPLES

            self._show_example(EXAMPLES[0])

    def show_gallery(self) -> None:
        """Bring the gallery to the front; the first-run page goes away for good."""
        page, self.first_run = self.first_run, None
        if page is not None:
            self.window.centre.removeWidget(page)
            page.deleteLater()
            self.window.show_details_beside()
        self.show_view(self._view)

    def show_view(self, view: str) -> None:
        """``runs``, ``grid`` or ``compare``; the last takes the selection along when its table is empty."""
        fresh, from_compare = view != self._view, self._view == "compare" != view
        self._view = view
        self.window.toolbar.set_view(view)
        if view == "compare":
            chosen = self.gallery.selected_image_ids()
            if not self.compare.image_ids() and not self.compare.is_reading and len(chosen) > 1:
                self.compare.show_images(chosen)
            self.window.show_page(self.compare)
            self.window.show_side(self.compare.side)
            if fresh:
                self.compare.focus_table()
        else:
            self.compare.vote.stop()
            self.window.show_side(None)
            if self.first_run is None:
                self.window.show_page(self.gallery)
            self.gallery.set_view(view)
            if from_compare:
                self.gallery.setFocus()

    def _pick_for_compare(self) -> None:
        """The images on the table are selected in the grid: add more there and press C."""
        self.show_view("grid")
        self.gallery.selection.set_ids(self.compare.image_ids())
        self.gallery.setFocus()
        self.say("note", lambda: self.tr("Select what else to compare, then press C."))

    def _compare(self, image_ids: list[int]) -> None:
        self.compare.show_images(image_ids)
        self.show_view("compare")

    def _vote(self, image_ids: list[int]) -> None:
        self.compare.vote_on(image_ids)
        if self.compare.is_reading:
            self.show_view("compare")

    # ------------------------------------------------------------------------------------------------ news
    def _take(self, events: list[StudioEvent]) -> None:
        for event in events:
            self.tracker.take(event)
            match event.kind:
                case "run_started":
                    self.show_gallery()
                case "spending_changed":
                    self.window.status.show_spending(event)
                    self.composer.set_spending(event)
                case "job_finished":
                    self._announce(event.run_id)
                case _:
                    pass
            self.notifications.take(event)
            self.queue.take(event)
            self.sweeps.take(event)
        self.window.status.show_activity(self.tracker.activity)
        self.composer.set_newest_run_alive(self.tracker.newest_run is not None)

    def _announce(self, run_id: int) -> None:
        activity = self.tracker.activity
        if activity.run_number == run_id:
            words = self.tr("Run {number}: {done} of {total} models done")
            self._announcer.say(words.format(number=run_id, done=activity.jobs_done, total=activity.jobs_total))

    def announce(self, words: str) -> None:
        """Say something to screen readers; it is on the screen already."""
        self._announcer.say(words)

    def answer(self, words: str) -> None:
        """Tell screen readers at once what came of a key; it is on the screen already."""
        self._announcer.answer(words)

    def open_groups(self) -> None:
        """Ctrl+G: groups and stacks of the grid, which is shown for it."""
        self.show_view("grid")
        self.gallery.bar.grid_options.open_menu()

    def open_history(self) -> None:
        """Ctrl+R: earlier prompts, at their button in the composer, which is shown for it."""
        self.window.toolbar.composer_toggle.setChecked(True)
        self.composer.open_history()

    def open_snippets(self) -> None:
        """Ctrl+J: the list at its button in the composer, which is shown for it."""
        self.window.toolbar.composer_toggle.setChecked(True)
        self.composer.open_snippets()

    def say(self, severity: str, text: Words) -> None:
        """A line in the message bar."""
        kinds = {"note": MessageKind.INFO, "done": MessageKind.DONE, "warn": MessageKind.WARNING}
        self.window.message_bar.post(Message("say", text, kind=kinds.get(severity, MessageKind.DANGER)))

    def tell_problem(self, problem: Problem, *, key: str = "problem") -> None:
        """A problem that belongs to no tile."""
        self.notifications.problem(problem, key)

    def report_fault(self, error: BaseException) -> None:
        """Something that is our fault: a line with "Copy report"; nothing of the user's is lost."""
        from studio.domain.errors import StudioError

        if isinstance(error, StudioError):
            self.tell_problem(error.problem)
            return
        _log.error("A fault reached the window.", exc_info=error)
        self.notifications.fault(error)

    def _tell_settings_problem(self) -> None:
        problem = self.client.studio.settings.problem
        if problem is not None:
            self.tell_problem(problem, key="settings")

    def _selected(self, ids: list[int]) -> None:
        self.window.toolbar.set_selected_count(len(ids))
        self.details.show_images(ids)

    # ------------------------------------------------------------------------------------------------ settings, state
    def follow_settings(self) -> None:
        """Theme, text size and language as the settings say."""
        settings = self.client.studio.settings.current
        self.theme.set_scheme(Scheme(settings.appearance))
        self.theme.set_scale_percent(settings.text_scale_percent)
        self.theme.set_more_contrast({"system": None, "on": True, "off": False}[settings.more_contrast])
        self.language.choose(settings.language)
        if self.first_run is not None:
            self.first_run.set_choices(self.language.code, settings.appearance)
        remember_look(settings.appearance, settings.language, settings.text_scale_percent)

    def _settings_changed(self) -> None:
        if self._closing:
            return
        self.follow_settings()
        self.tasks.start("providers", self.refresh_providers())

    def _show_example(self, example: Example) -> None:
        from studio.domain.request import Target

        prompt = example.prompt_zh if self.language.code.startswith("zh") else example.prompt
        self.composer.show_example(
            prompt,
            size_ratio=example.aspect_ratio,
            images=example.images,
            seed=example.seed,
            target=Target(provider="demo", model=example.model),
        )

    def _restore_composer(self) -> None:
        from studio.bootstrap import ComposerHistoryStore, ComposerStore

        paths = self.client.studio.paths
        self._composer_store = ComposerStore(paths.composer_file)
        self._history_store = ComposerHistoryStore(paths.composer_history_file)
        state = self._composer_store.load()
        if state.prompt or state.targets:
            self.composer.restore(state.model_dump(mode="json"))
        self.composer.undo.begin(self._history_store.load(self.composer.state(), time.monotonic))

    def _keep_soon(self) -> None:
        """Not started anew with each key: who never stops writing is kept as well."""
        if not self._keeper.isActive():
            self._keeper.start()

    def _keep_state(self) -> None:
        from pydantic import ValidationError

        from studio.bootstrap import ComposerState

        try:
            self._composer_store.save(ComposerState.model_validate(self.composer.state()))
        except ValidationError as error:
            _log.warning("The composer's state could not be kept: %s", error)
        if self.composer.undo.history is not None:
            self._history_store.save(self.composer.undo.history)

    async def close(self) -> None:
        """Keep the composer's state; end what the window itself has under way."""
        self._closing = True
        if self._settings_told is not None:
            self._settings_told()
        if hasattr(self, "_composer_store"):
            self._keep_state()
            self._composer_store.flush()
            self._history_store.flush()
            self.sweeps.end()
            self.composer.end()
            self.details.end()
            self.gallery.end()
            self._others.stop()
        self.window.show_side(None)
        self.window.keep_geometry()
        self.tasks.cancel_all()
