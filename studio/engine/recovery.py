"""After a crash, and when the user asks again: what was accepted is brought home, the rest is told as it is."""

from __future__ import annotations

from studio.domain.errors import NotSent, Problem, SentElsewhere
from studio.domain.events import RunStarted
from studio.domain.jobs import Call, CallState, Job, Run
from studio.domain.values import CallId
from studio.engine.call_runner import CallRunner
from studio.engine.coordinator import Coordinator, Way
from studio.engine.live import LiveRun, run_of
from studio.engine.parts import EngineParts, at_address
from studio.engine.way_home import account_home, agreed_address, check_address, keep_address


class Recovery:
    def __init__(self, parts: EngineParts, coordinator: Coordinator) -> None:
        self._parts = parts
        self._coordinator = coordinator

    async def recover(self) -> tuple[Run, ...]:
        """Takes over the calls of processes that are gone, once, at start-up.

        What had not been sent is cancelled and said so: nobody wants last week's queue to spend money by itself.
        What may have been sent is looked up where the provider has a list, else uncertain. What was accepted goes on
        at once. Returns the runs as they stand; their events go on."""
        runs = await self._parts.journal.unfinished_runs()
        taken: list[LiveRun] = []
        for run in runs:
            live = self._coordinator.take(run)
            taken.append(live)
            self._parts.broadcast.emit(RunStarted(at=self._parts.clock.now(), run_id=run.id, run=run))
            for job in run.jobs:
                await self._recover_job(live, job)
            self._coordinator.end_run_if_over(live)
        self._parts.spending.changed()
        return tuple(live.snapshot() for live in taken)

    async def asks_elsewhere(self, call_id: CallId) -> Problem | None:
        """SentElsewhere when `ask_again` needs the user's word about the address. Sends nothing; needs no key.

        The address in it is one that this user has sent requests to, whatever the workspace says."""
        run = await self._parts.journal.run(run_of(call_id))
        call = find_call(run, call_id)
        if run is None or call is None:
            return None
        target = next(job.target for job in run.jobs if job.id == call.job_id)
        if target.provider not in self._parts.providers:
            return None
        try:
            account_home(
                self._parts, call, await self._parts.accounts.account_without_key(target.provider, target.account)
            )
        except SentElsewhere as error:
            return error.problem
        return None

    async def ask_again(self, call_id: CallId, base_url: str | None = None, *, agreed: bool = False) -> Run:
        """Takes up an uncertain or cancelled call: its task is asked for, or looked for where there is no ticket.

        Free of charge; never sends the request again. `base_url`: the user's word that it was sent there, which holds
        from now on; `agreed`: that it is asked for at the address of `asks_elsewhere`. Raises LookupError for a call
        that does not exist or has nothing to ask for, RequestInvalid for an address that cannot be used."""
        run_id = run_of(call_id)
        run = await self._parts.journal.run(run_id)
        call = find_call(run, call_id)
        if run is None or call is None:
            raise LookupError(f"there is no call {call_id}")
        resumable = call.state is CallState.CANCELLED and call.ticket is not None
        if call.state is not CallState.UNCERTAIN and not resumable:
            raise LookupError(f"call {call_id} is {call.state}: there is nothing to ask for")
        job = next(job for job in run.jobs if job.id == call.job_id)
        sent_to = await self._address(job, call, base_url, agreed=agreed)
        live = self._coordinator.run(run_id) or self._coordinator.take(run)
        live.change_call(call_id, sent_to=sent_to)
        self._coordinator.begin(live, {call_id: _way_on(call)})
        return live.snapshot()

    async def _address(self, job: Job, call: Call, base_url: str | None, *, agreed: bool) -> str:
        """What the call keeps of its address from now on."""
        if base_url is None and not agreed:
            return call.sent_to
        provider = self._parts.providers.get(job.target.provider)
        if provider is None:
            raise LookupError(f"{job.target.provider} is not a provider of this studio")
        account = await self._parts.accounts.account_without_key(job.target.provider, job.target.account)
        if base_url is None:
            return agreed_address(self._parts, call, account)
        check_address(provider.spec, base_url)
        return keep_address(self._parts, at_address(account, {"base_url": base_url}))

    async def _recover_job(self, live: LiveRun, job: Job) -> None:
        ways: dict[CallId, Way] = {}
        for call in job.calls:
            if call.state is CallState.QUEUED:
                await self._say_not_sent(live, job, call)
            elif not call.state.is_final:
                ways[call.id] = _way_on(call)
        if ways:
            self._coordinator.begin(live, ways)
        elif not job.state.is_final:
            await live.end_job(job.id, lambda ended: None)

    async def _say_not_sent(self, live: LiveRun, job: Job, call: Call) -> None:
        provider = self._parts.providers.get(job.target.provider)
        title = provider.spec.title if provider is not None else job.target.provider
        problem = NotSent(provider=title).problem
        missing = tuple(range(call.first_image_index, call.first_image_index + call.image_count))
        await self._parts.ledger.settle(call.id, None)
        ended = await live.save_call(
            call.id, state=CallState.CANCELLED, problem=problem, missing=missing, finished_at=self._parts.clock.now()
        )
        live.tell_call(ended)


def find_call(run: Run | None, call_id: CallId) -> Call | None:
    jobs = run.jobs if run is not None else ()
    return next((call for job in jobs for call in job.calls if call.id == call_id), None)


def _way_on(call: Call) -> Way:
    return CallRunner.take_up if call.ticket is not None else CallRunner.look_up
