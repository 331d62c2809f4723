"""Carries out what is wished of runs and jobs: start, cancel, repeat, settle."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from studio.domain.errors import StudioError
from studio.domain.simplify import simplified
from studio.domain.values import CallId, JobId, RunId
from studio.ui.composer.peek import LookedAt
from studio.ui.widgets.message_bar import Message
from studio.ui.window.carried_out import carried_out
from studio.ui.window.fetching import Fetching
from studio.ui.window.notifications import FALLBACK_KEY
from studio.ui.window.repeat_actions import RepeatActions

if TYPE_CHECKING:
    from studio.bootstrap import Studio
    from studio.domain.capability import ProviderSpec
    from studio.domain.errors import Problem
    from studio.domain.jobs import Run
    from studio.domain.request import GenerationRequest, Target
    from studio.ui.window.controller import WindowController

SIMPLIFY_KEY = "simplify "


class RunActions(QObject):
    """Listens to `StudioActions`. An error becomes a line in the message bar; the composer keeps what it holds."""

    def __init__(self, controller: WindowController) -> None:
        super().__init__(controller)
        self._controller, self._client = controller, controller.client
        self._parent_run_id: RunId | None = None
        self._serial = 0
        RepeatActions(controller)
        Fetching(controller)
        actions = controller.actions
        actions.cancel_run.connect(lambda run: self._do(lambda s: s.engine.cancel_run(RunId(run))))
        actions.cancel_job.connect(lambda job: self._do(lambda s: s.engine.cancel_job(JobId(job))))
        actions.cancel_newest.connect(self._cancel_newest)
        actions.cancel_all.connect(lambda: self._do(lambda s: s.engine.cancel_all()))
        actions.make_anew.connect(lambda job: self._do(lambda s: s.engine.generate_again(JobId(job), cache="never")))
        actions.run_again.connect(lambda run: self._do(lambda s: s.engine.run_again(RunId(run))))
        actions.run_on_other_targets.connect(self._run_on_ticked)
        actions.settle_uncertain.connect(
            lambda call, amount: self._do(lambda s: s.engine.settle_uncertain(CallId(call), amount))
        )
        actions.load_run_settings.connect(lambda run: self._start("load", self._load_run(run)))
        actions.look_at_run_settings.connect(lambda run: self._start("look", self._look_at_run(run)))
        actions.problem_action.connect(self._act_on_problem)
        controller.window.message_bar.acted.connect(self._acted)

    def start(self, request: GenerationRequest, targets: Sequence[Target], over_budget_allowed: bool) -> None:
        """One press of Generate."""
        self._serial += 1
        self._start(f"generate {self._serial}", self._generate(request, targets, over_budget_allowed))

    async def _generate(
        self,
        request: GenerationRequest,
        targets: Sequence[Target],
        over_budget: bool,
        *,
        parent: RunId | None = None,
    ) -> None:
        """`parent`: a run that is continued from elsewhere than the composer."""
        own = parent is None
        parent = self._parent_run_id if own else parent
        settings = self._client.studio.settings.current

        def begin(studio: Studio) -> Awaitable[Any]:
            return studio.engine.start(
                request,
                targets,
                origin="window",
                parent_run_id=parent,
                cache="seeded" if settings.answer_from_cache else "never",
                over_budget_allowed=over_budget,
            )

        try:
            run = await self._client.run(begin)
        except StudioError as error:
            self._controller.tell_problem(error.problem, key="generate")
            return
        self._controller.window.message_bar.settle("generate")
        if own:
            self._parent_run_id = run.id
            self._controller.composer.run_started()

    def start_from(self, run_id: int, request: GenerationRequest, targets: Sequence[Target]) -> None:
        """A run that continues another one; the composer, what is written there and what it continues, are not
        touched."""
        self._serial += 1
        work = self._generate(request, targets, False, parent=RunId(run_id))
        self._start(f"generate {self._serial}", work)

    def set_parent(self, run_id: int) -> None:
        """The next run continues this one: its settings were loaded into the composer."""
        self._parent_run_id = RunId(run_id)

    async def _load_run(self, run_id: int) -> None:
        page = await self._client.run(lambda studio: studio.workspace.library.run(RunId(run_id)))
        if page is None:
            return
        run = page.run
        self.set_parent(run_id)
        self._controller.composer.load(run.request, run.targets)
        self._controller.composer.focus_prompt()

    async def _look_at_run(self, run_id: int) -> None:
        page = await self._client.run(lambda studio: studio.workspace.library.run(RunId(run_id)))
        if page is not None:
            title = self.tr("Settings of run {number}").format(number=run_id)
            self.look_at(title, page.run, page.run.request, page.run.targets)

    def look_at(self, title: str, run: Run, request: GenerationRequest, targets: Sequence[Target]) -> None:
        """Show settings over the composer, which is brought out for it."""
        composer = self._controller.composer

        def use() -> None:
            self.set_parent(run.id)
            composer.load(request, targets)
            composer.focus_prompt()

        self._controller.window.toolbar.composer_toggle.setChecked(True)
        composer.look_at(LookedAt(title, request, tuple(targets), use))

    def _run_on_ticked(self, run_id: int) -> None:
        self._start("other targets", self._run_elsewhere(run_id))

    async def _run_elsewhere(self, run_id: int) -> None:
        """The same request at the targets that are ticked in the composer now."""
        page = await self._client.run(lambda studio: studio.workspace.library.run(RunId(run_id)))
        targets = self._controller.composer.wish().targets
        if page is None or not targets:
            self._controller.say("warn", lambda: self.tr("Tick the models in the composer first."))
            return
        await self._generate(page.run.request, targets, False, parent=RunId(run_id))

    def _cancel_newest(self) -> None:
        newest = self._controller.tracker.newest_run
        if newest is not None:
            self._do(lambda studio: studio.engine.cancel_run(RunId(newest)))

    def _act_on_problem(self, job_id: str, problem: Problem) -> None:
        self._start(f"act {job_id}", self._act(job_id, problem))

    async def _act(self, job_id: str, problem: Problem) -> None:
        """The one button of a failed tile."""
        actions = self._controller.actions
        spec = await self._spec_of(job_id)
        match problem.action:
            case "open_preferences":
                actions.open_preferences.emit(f"providers/{spec.id}")
            case "edit_prompt" | "simplify_prompt" | "choose_model":
                await self._load_run(int(job_id.partition(".")[0]))
            case "open_top_up":
                actions.open_link.emit(spec.top_up_url or spec.key_url)
            case "open_usage":
                actions.open_link.emit(spec.usage_url or spec.key_url)
            case "open_console":
                actions.open_link.emit(spec.key_url)
            case "try_again" | "generate" | "generate_anyway":
                actions.generate_again.emit(job_id)
            case "stop_trying":
                actions.cancel_job.emit(job_id)
            case "choose_folder":
                actions.open_preferences.emit("storage")
            case "read_answer":
                self._show_job(job_id)
                self._offer_simpler(job_id)
            case "copy_report":
                self._controller.notifications.copy_report(problem)
            case _:
                self._show_job(job_id)

    def _show_job(self, job_id: str) -> None:
        self._controller.window.toolbar.details_toggle.setChecked(True)
        self._controller.actions.show_job.emit(job_id)

    def _offer_simpler(self, job_id: str) -> None:
        """A model that answered in words often draws a shorter prompt; it is put into the composer, never sent."""
        message = Message(
            f"{SIMPLIFY_KEY}{job_id}",
            lambda: self.tr("Try a simpler prompt?"),
            lambda: self.tr("It is put into the composer, where you can read and change it before it is sent."),
            action=lambda: self.tr("Simplify prompt"),
        )
        self._controller.window.message_bar.post(message)

    def _acted(self, key: str) -> None:
        """Buttons of the message bar that belong to runs."""
        bar = self._controller.window.message_bar
        if key.startswith(SIMPLIFY_KEY):
            bar.settle(key)
            self._start("load", self._load_simpler(key.removeprefix(SIMPLIFY_KEY)))
        elif key.startswith(FALLBACK_KEY):
            bar.settle(key)
            job = JobId(key.removeprefix(FALLBACK_KEY))
            self._do(lambda studio: studio.engine.take_fallback(job))

    async def _load_simpler(self, job_id: str) -> None:
        run_id = RunId(int(job_id.partition(".")[0]))
        page = await self._client.run(lambda studio: studio.workspace.library.run(run_id))
        if page is None:
            return
        targets = [job.target for job in page.run.jobs if job.id == job_id]
        request = page.run.request.model_copy(update={"prompt": simplified(page.run.request.prompt)})
        self.set_parent(run_id)
        self._controller.composer.load(request, targets)
        self._controller.composer.focus_prompt()

    async def _spec_of(self, job_id: str) -> ProviderSpec:
        run_id = RunId(int(job_id.partition(".")[0]))
        page = await self._client.run(lambda studio: studio.workspace.library.run(run_id))
        job = next(job for job in page.run.jobs if job.id == job_id) if page is not None else None
        provider = job.target.provider if job is not None else "demo"
        return self._client.studio.providers[provider].spec

    def _do(self, work: Callable[[Studio], Awaitable[Any]]) -> None:
        self._serial += 1
        self._start(f"run action {self._serial}", carried_out(self._controller, work))

    def _start(self, name: str, work: Any) -> None:
        self._controller.tasks.start(name, work)
