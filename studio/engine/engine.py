"""The job engine: one object between the faces and everything that works for them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace

from studio.domain.errors import Problem, StudioError
from studio.domain.events import QueueChanged
from studio.domain.jobs import CallState, FollowUp, ImageRecord, Origin, Run, SweepLink, WireRequest
from studio.domain.plan import CacheUse, RunPlan
from studio.domain.ports import (
    AccountSource,
    Archive,
    Clock,
    ImageProvider,
    Journal,
    Ledger,
    Limits,
    SentAddressBook,
    SweepAddressBook,
)
from studio.domain.pricing import Money
from studio.domain.request import GenerationRequest, Target
from studio.domain.values import CallId, JobId, RunId
from studio.engine.again import follow_up_of, missing_parts
from studio.engine.broadcast import Broadcast, Listener
from studio.engine.coordinator import Coordinator
from studio.engine.fallback import Fallbacks
from studio.engine.live import LiveRun, job_of, run_of
from studio.engine.parts import EngineParts, SpendingNews
from studio.engine.planning import plan_action, plan_run
from studio.engine.previewing import preview_run
from studio.engine.queue import CallQueue
from studio.engine.recovery import Recovery, find_call
from studio.engine.saving import PatientSaver
from studio.engine.scrubbing import Scrubber
from studio.engine.settings import EngineSettings
from studio.engine.starting import RunStarter, Start
from studio.engine.tasks import TaskOwner


class Engine:
    """Runs requests at their targets and tells everybody about it.

    Built anywhere, used on one event loop: the one that first awaits it. `plan` alone may be called from any thread.
    Open it with `recover`, once; end it with `close`."""

    def __init__(
        self,
        *,
        providers: Mapping[str, ImageProvider],
        journal: Journal,
        archive: Archive,
        ledger: Ledger,
        accounts: AccountSource,
        clock: Clock,
        settings: EngineSettings,
        addresses: SweepAddressBook | None = None,
        sent_addresses: SentAddressBook | None = None,
    ) -> None:
        tasks, broadcast = TaskOwner(), Broadcast()
        self._parts = EngineParts(
            providers=providers,
            journal=journal,
            archive=archive,
            ledger=ledger,
            accounts=accounts,
            clock=clock,
            settings=settings,
            tasks=tasks,
            broadcast=broadcast,
            queue=CallQueue(clock, tasks, self._tell_queue),
            saver=PatientSaver(clock, tasks, settings.saving_retry_s),
            scrubber=Scrubber(),
            spending=SpendingNews(ledger, clock, broadcast, tasks, self._daily_limit),
            addresses=addresses,
            sent_addresses=sent_addresses,
        )
        self._coordinator = Coordinator(self._parts)
        self._starter = RunStarter(self._parts, self._coordinator)
        self._recovery = Recovery(self._parts, self._coordinator)
        self._fallbacks = Fallbacks(self._parts, self._starter)
        self._coordinator.find_fallback = self._fallbacks.offer
        self._coordinator.after_job = self._fallbacks.take
        self._closed = False

    # --- before sending ------------------------------------------------------------------------------------------

    def plan(self, request: GenerationRequest, targets: Sequence[Target], follow_up: FollowUp | None = None) -> RunPlan:
        """What each target would be sent, its notices and its price. Pure, under a millisecond a target, any thread."""
        plan = plan_run(request, targets, self._parts.providers, today=self._parts.clock.now().date())
        return plan_action(plan, follow_up) if follow_up is not None else plan

    def plan_missing(
        self, run: Run, jobs: Collection[JobId] | None = None, *, in_doubt_too: bool = True
    ) -> tuple[RunPlan, ...]:
        """What `run_again` with `only_missing` would send; empty when nothing is missing."""
        repeats = missing_parts(run, jobs, in_doubt_too=in_doubt_too)
        return tuple(self.plan(request, targets, follow_up_of(run)) for request, targets in repeats)

    async def cached(self, plan: RunPlan, use: CacheUse = "seeded") -> Mapping[int, Sequence[ImageRecord]]:
        """What the library would answer at no cost, by index of the target."""
        return await self._starter.find_cached(plan, use)

    async def preview(
        self, request: GenerationRequest, targets: Sequence[Target]
    ) -> tuple[tuple[WireRequest | StudioError, ...], ...]:
        """For each target the exact requests, one for each paid call, or why there is none. Sends nothing; needs no
        key."""
        return await preview_run(self._parts, self.plan(request, targets))

    # --- runs ----------------------------------------------------------------------------------------------------

    async def start(
        self,
        request: GenerationRequest,
        targets: Sequence[Target],
        *,
        origin: Origin = "window",
        parent_run_id: RunId | None = None,
        cache: CacheUse = "seeded",
        limits: Limits | None = None,
        over_budget_allowed: bool = False,
        follow_up: FollowUp | None = None,
        sweep: SweepLink | None = None,
        fresh: frozenset[int] = frozenset(),
    ) -> Run:
        """Begins a run and returns as soon as it is in the journal; everything else is told as events.

        A target that cannot run, or has no key, fails by itself; the others go on. `limits` take the place of those
        of the settings; `over_budget_allowed` is the user's "generate anyway". Raises CannotRun when no target can
        run, OverBudget when the money does not reach for all of it; nothing is sent then. `sweep` names the cells that
        the targets are (raises SweepTaken when it does not run here), `fresh` the targets, by index, for which the
        library must not answer."""
        self._check_open()
        how = Start(
            origin=origin,
            parent_run_id=parent_run_id,
            cache=cache,
            fresh=fresh,
            sweep=sweep,
            limits=limits,
            over_budget_allowed=over_budget_allowed,
            follow_up=follow_up,
        )
        return await self._starter.start(self.plan(request, targets, follow_up), how)

    async def generate_again(
        self,
        job_id: JobId,
        *,
        cache: CacheUse = "never",
        over_budget_allowed: bool = False,
        origin: Origin = "window",
    ) -> Run:
        """The same request at the same target as a new run whose parent is the old one. Raises LookupError."""
        run = await self._known_run(run_of(job_id))
        job = next((job for job in run.jobs if job.id == job_id), None)
        if job is None:
            raise LookupError(f"there is no job {job_id}")
        return await self.start(
            run.request,
            (job.target,),
            origin=origin,
            parent_run_id=run.id,
            cache=cache,
            over_budget_allowed=over_budget_allowed,
            follow_up=job.follow_up,
        )

    async def run_again(
        self,
        run_id: RunId,
        *,
        only_missing: bool = False,
        jobs: Collection[JobId] | None = None,
        in_doubt_too: bool = True,
        targets: Sequence[Target] | None = None,
        cache: CacheUse = "never",
        over_budget_allowed: bool = False,
        origin: Origin = "window",
    ) -> tuple[Run, ...]:
        """The run once more, at its own targets or at others; or only the images that did not come, of all jobs or
        of `jobs`.

        Usually one run; several when targets miss different images. Empty when nothing is missing. `in_doubt_too`:
        what may have been billed (uncertain) counts as missing, since the user has seen it and asks for it. Raises
        LookupError."""
        run = await self._known_run(run_id)
        if only_missing:
            repeats = missing_parts(run, jobs, in_doubt_too=in_doubt_too)
        else:
            repeats = ((run.request, tuple(targets) if targets is not None else run.targets),)
        started: list[Run] = []
        for request, chosen in repeats:
            again = await self.start(
                request,
                chosen,
                origin=origin,
                parent_run_id=run_id,
                cache=cache,
                over_budget_allowed=over_budget_allowed,
                follow_up=follow_up_of(run) if targets is None else None,
            )
            started.append(again)
        return tuple(started)

    async def fallback_for(self, job_id: JobId) -> Target | None:
        """The next target of the user's order that could stand in for a failed job; None when there is none."""
        run = await self._known_run(run_of(job_id))
        job = next((job for job in run.jobs if job.id == job_id), None)
        return self._fallbacks.candidate(job, run) if job is not None else None

    async def take_fallback(self, job_id: JobId) -> Run:
        """Runs what `fallback_for` offers, as a new run with the old one as parent. Raises LookupError."""
        run = await self._known_run(run_of(job_id))
        target = await self.fallback_for(job_id)
        if target is None:
            raise LookupError(f"nothing can stand in for job {job_id}")
        return await self.start(run.request, (target,), origin=run.origin, parent_run_id=run.id)

    async def wait(self, run_id: RunId) -> Run:
        """The run when it is over; at shutdown as it stands then. Raises LookupError."""
        live = self._coordinator.run(run_id)
        if live is not None:
            await live.ended.wait()
            return live.snapshot()
        return await self._known_run(run_id)

    @property
    def runs_under_way(self) -> tuple[Run, ...]:
        return tuple(live.snapshot() for live in self._coordinator.runs)

    def listen(self, callback: Listener) -> Callable[[], None]:
        """Calls back with every event from now on, in order, on the engine's loop; returns what stops it."""
        return self._parts.broadcast.listen(callback)

    # --- cancel --------------------------------------------------------------------------------------------------

    async def cancel_call(self, call_id: CallId) -> None:
        """Asks a call to stop; what became of it is told by `CallChanged`. Unknown or finished calls stay as they are.

        A second wish no longer waits for a task that its provider does not stop."""
        self._cancel(lambda one: one == call_id)

    async def cancel_job(self, job_id: JobId) -> None:
        self._cancel(lambda one: job_of(one) == job_id)

    async def cancel_run(self, run_id: RunId) -> None:
        self._cancel(lambda one: run_of(one) == run_id)

    async def cancel_all(self) -> None:
        self._cancel(lambda one: True)

    def _cancel(self, wanted: Callable[[CallId], bool]) -> None:
        # Those that wait come first, or the slot of one that stops would let the next one out before its turn to stop.
        for runner in sorted(self._coordinator.runners(wanted), key=lambda one: one.has_slot):
            runner.cancel()

    # --- after a crash, and doubt --------------------------------------------------------------------------------

    async def recover(self) -> tuple[Run, ...]:
        """Takes over what an earlier process left unfinished; see `Recovery.recover`."""
        self._check_open()
        return await self._recovery.recover()

    async def asks_elsewhere(self, call_id: CallId) -> Problem | None:
        """Why `ask_again` needs the user's word, None when it does not; see `Recovery`."""
        return await self._recovery.asks_elsewhere(call_id)

    async def ask_again(self, call_id: CallId, base_url: str | None = None, *, agreed: bool = False) -> Run:
        """Fetches the result of an uncertain or cancelled call from its provider, at no cost; see `Recovery`."""
        self._check_open()
        return await self._recovery.ask_again(call_id, base_url, agreed=agreed)

    async def settle_uncertain(self, call_id: CallId, amount: Money | None) -> None:
        """The user's word on a call that may have been billed: what it cost, None for nothing. Raises LookupError."""
        run = await self._known_run(run_of(call_id))
        call = find_call(run, call_id)
        if call is None or call.problem is None or not call.state.is_final:
            raise LookupError(f"call {call_id} is not in doubt")
        await self._parts.ledger.settle(call_id, amount)
        charged = "no" if amount is None else "yes"
        problem = call.problem.model_copy(update={"charged": charged, "amount": amount})
        state = CallState.FAILED if call.state is CallState.UNCERTAIN else call.state
        live = self._coordinator.run(run.id) or LiveRun(self._parts, run)
        settled = await live.save_call(call_id, state=state, problem=problem, reported=amount)
        live.tell_call(settled)
        await live.end_job(settled.job_id, lambda job: None)
        if amount is not None:
            await live.report_cost(settled.job_id, "as the user said")
        self._parts.spending.changed()

    # --- queue ---------------------------------------------------------------------------------------------------

    def pause(self, run_id: RunId | None = None) -> None:
        """Sends nothing more, of one run or at all; what is under way goes on."""
        self._parts.queue.pause(run_id)

    def resume(self, run_id: RunId | None = None) -> None:
        self._parts.queue.resume(run_id)

    def hold(self, run_id: RunId, *, held: bool) -> None:
        """A run waits with its sweep, or no longer: `resume` without a run does not send it."""
        self._parts.queue.hold(run_id, held=held)

    @property
    def is_paused(self) -> bool:
        return self._parts.queue.is_paused

    @property
    def waiting_jobs(self) -> tuple[JobId, ...]:
        """Jobs with a call in the queue, in their order."""
        return self._parts.queue.waiting_jobs

    def move_in_queue(self, job_id: JobId, before: JobId | None = None) -> None:
        """Puts a waiting job in front of another one, or at the end."""
        self._parts.queue.move(job_id, before)

    # --- settings and end ----------------------------------------------------------------------------------------

    @property
    def settings(self) -> EngineSettings:
        return self._parts.settings

    def change_settings(self, **changes: object) -> None:
        """New values for fields of `EngineSettings`, from now on."""
        self._parts.settings = replace(self._parts.settings, **changes)  # type: ignore[arg-type]  # checked there

    def tell_spending(self) -> None:
        """Says as an event what today's money is, against the limit that holds now."""
        self._parts.spending.changed()

    def retry_saving(self) -> None:
        """Tries again now to write what waits in memory for room on the disk."""
        self._parts.saver.retry()

    async def close(self, within_s: float = 3.0) -> None:
        """Ends within about `within_s`: nothing more is sent, tasks that a provider has go on at the next start,
        requests that may have been billed are uncertain, images that cannot be saved are rescued."""
        if self._closed:
            return
        self._closed = True
        parts = self._parts
        parts.queue.close()
        parts.spending.close()
        parts.saver.close()
        for runner in self._coordinator.runners():
            runner.close(patience_s=within_s / 2)
        await parts.tasks.finish(within_s * 0.8)
        await parts.tasks.cancel(within_s * 0.2)
        for live in self._coordinator.runs:
            live.ended.set()

    @property
    def parts(self) -> EngineParts:
        """For what stands on the engine: sweeps."""
        return self._parts

    # --- inside --------------------------------------------------------------------------------------------------

    async def _known_run(self, run_id: RunId) -> Run:
        live = self._coordinator.run(run_id)
        run = live.snapshot() if live is not None else await self._parts.journal.run(run_id)
        if run is None:
            raise LookupError(f"there is no run {run_id}")
        return run

    def _check_open(self) -> None:
        if self._closed:
            raise RuntimeError("the engine is closed")

    def _daily_limit(self) -> Money | None:
        return self._parts.settings.limits.per_day

    def _tell_queue(self) -> None:
        queue = self._parts.queue
        self._parts.broadcast.emit(
            QueueChanged(
                at=self._parts.clock.now(),
                paused=queue.is_paused,
                paused_runs=queue.paused_runs,
                held_runs=queue.held_runs,
                waiting=queue.waiting_jobs,
            )
        )
