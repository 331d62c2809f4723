"""The life of one call: at most one paid request, followed to its end whatever happens on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Coroutine
from dataclasses import dataclass
from typing import Any

from studio.domain.assets import ReferenceImage
from studio.domain.capability import Capability, SizeRatio
from studio.domain.errors import (
    Cancelled,
    CannotRun,
    Charged,
    DeadlinePassed,
    Interrupted,
    NoImage,
    NotSent,
    Problem,
    ReferenceUnreadable,
    Repeat,
    StudioError,
    Uncertain,
)
from studio.domain.events import ProviderEvent, RetryScheduled
from studio.domain.jobs import Call, CallState, Exchange, Job, Ticket
from studio.domain.ports import Account, CancelOutcome, GenerateCall, ImageProvider, LostCall
from studio.domain.pricing import Estimate
from studio.domain.values import CallId
from studio.engine.cancelling import StopReason, StopWish
from studio.engine.feed import ProviderFeed
from studio.engine.live import IN_FLIGHT, LiveRun, job_of
from studio.engine.outcome import duration_words, settlement, state_of_failure
from studio.engine.parts import EngineParts
from studio.engine.planning import estimate_of_call, find_model, seed_of_call
from studio.engine.queue import AccountKey, ModelKey, Place, QueueEntry
from studio.engine.reception import Reception
from studio.engine.tasks import Alarm


@dataclass(frozen=True, slots=True)
class _Retry:
    """Nothing was billed: send again after a pause."""

    delay_s: float
    problem: Problem


@dataclass(frozen=True, slots=True)
class _Resume:
    """The provider has the task: ask for it again after a pause."""

    delay_s: float
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class _Heard:
    """Why listening to a provider ended: by itself, with an error, or because we stopped it."""

    error: BaseException | None = None
    stopped: StopReason | None = None


class CallRunner:
    """Runs one call on the engine's loop. `send`, `take_up` and `look_up` each end with a final state in the journal,
    except at shutdown, where a call that has a ticket is left for the next start."""

    def __init__(self, parts: EngineParts, live: LiveRun, call_id: CallId) -> None:
        self._parts = parts
        self._live = live
        self._call_id = call_id
        job = self._job
        self._provider: ImageProvider | None = parts.providers.get(job.target.provider)
        self._model = find_model(job.target, parts.providers)
        self._account: Account | None = None
        self._reception = Reception(parts, live, call_id)
        self._news = asyncio.Event()
        self._stop = StopWish(parts, self._news, name=call_id)
        self._deadline = Alarm(parts.clock, parts.tasks, self._ring_deadline, name=f"{call_id}: deadline")
        self._deadline_passed = False
        self._resumes = 0
        self._entry = QueueEntry(
            call_id, job.id, job.run_id, ModelKey(self._account_key, job.target.model), self._tell_place
        )

    # --- from outside --------------------------------------------------------------------------------------------

    @property
    def has_slot(self) -> bool:
        """Its turn has come: the request is on its way."""
        return self._entry.admitted.is_set()

    def cancel(self) -> None:
        """The user's wish; a second one no longer waits for a task that cannot be stopped."""
        self._stop.cancel()

    def close(self, patience_s: float) -> None:
        """The studio closes; a request on its way may take `patience_s` to bring its ticket."""
        self._stop.close(patience_s)

    async def send(self) -> None:
        """From the queue to the end."""
        await self._guard(self._send())

    async def take_up(self) -> None:
        """Goes on with an accepted task of an earlier process, or one the user asks for again."""
        await self._guard(self._take_up())

    async def look_up(self) -> None:
        """Looks for a request whose answer never came, and goes on with it when it is found."""
        await self._guard(self._look_up())

    # --- the main ways -------------------------------------------------------------------------------------------

    async def _guard(self, life: Coroutine[Any, Any, None]) -> None:
        """Whatever breaks, the call gets an end that tells the truth about money, and its slot is free again."""
        try:
            await life
        except Exception as error:
            self._parts.log_fault(f"call {self._call_id} broke", error)
            in_flight = self._call.state in IN_FLIGHT
            problem = self._uncertain(error) if in_flight else self._parts.problem_of(error)
            await self._end(CallState.UNCERTAIN if in_flight else CallState.FAILED, problem)
        finally:
            self._deadline.clear()
            self._parts.queue.leave(self._entry)
            await self._stop.finish()

    async def _send(self) -> None:
        started_s = self._parts.clock.monotonic_s()
        tries = 0
        while await self._turn():
            tries += 1
            elapsed_s = self._parts.clock.monotonic_s() - started_s
            retry = await self._try(tries, elapsed_s)
            if retry is None:
                return
            self._parts.queue.leave(self._entry)
            if not await self._wait_for_retry(retry, tries):
                break
        await self._end_unsent()

    async def _take_up(self) -> None:
        self._parts.queue.occupy(self._entry)
        call = self._call
        ticket = call.ticket
        if ticket is None or self._provider is None:
            await self._end_unreachable()
            return
        if call.state not in (CallState.ACCEPTED, CallState.RUNNING):
            call = await self._live.save_call(
                self._call_id, state=CallState.ACCEPTED, problem=None, missing=(), finished_at=None
            )
        self._live.tell_call(call, resumed=True)
        try:
            self._account = await self._find_account()
        except StudioError as error:
            # The task lives on at the provider: with the key back, the user can ask again.
            problem = error.problem.model_copy(update={"charged": "maybe"})
            await self._end(CallState.UNCERTAIN, problem)
            return
        await self._follow(self._provider.resume(ticket, self._account), tries=call.attempt, elapsed_s=0)

    async def _look_up(self) -> None:
        interrupted = Interrupted(provider=self._provider_title).problem
        if self._provider is None:
            await self._end_unreachable()
            return
        ticket = None
        try:
            self._account = await self._find_account()
            ticket = await self._find_lost(self._provider, self._account)
        except StudioError as error:
            interrupted = interrupted.model_copy(update={"detail": error.problem.text})
        if ticket is None or self._account is None:
            await self._end(CallState.UNCERTAIN, interrupted)
            return
        await self._accept(ticket)
        await self._take_up()

    # --- one try -------------------------------------------------------------------------------------------------

    async def _turn(self) -> bool:
        """Waits for a slot; False when the wish to stop came first."""
        if self._stop.is_wished:
            return False
        capability = self._capability
        self._parts.queue.limit_model(self._entry.model, capability.concurrent_requests, capability.requests_per_minute)
        self._parts.queue.enter(self._entry)
        await self._first_of(self._entry.admitted.wait(), self._stop.wished.wait())
        return not self._stop.is_wished

    async def _try(self, tries: int, elapsed_s: float) -> _Retry | None:
        """Sends once and follows it. None: the call is over."""
        provider = self._provider
        if provider is None:
            await self._end_unreachable()
            return None
        try:
            prepared = await self._prepare(provider)
            if self._stop.is_wished:
                await self._end_unsent()
                return None
            # From here on a crash finds "sending" in the journal, and nothing has left yet.
            sent_at = self._parts.clock.now()
            call = await self._live.save_call(self._call_id, state=CallState.SENDING, attempt=tries, sent_at=sent_at)
        except Exception as error:
            problem = self._parts.problem_of(error).model_copy(update={"charged": "no"})
            await self._end(CallState.FAILED, problem)
            return None
        self._live.tell_call(call)
        if self._stop.wished.is_set():
            await self._end_unsent()
            return None
        if self._job.sent_at is None:
            await self._live.save_job(self._job.id, sent_at=sent_at)
        return await self._follow(provider.generate(prepared), tries=tries, elapsed_s=elapsed_s)

    async def _prepare(self, provider: ImageProvider) -> GenerateCall:
        """All that the adapter needs; building the request once here shows our own mistakes before money is spent."""
        call, job = self._call, self._job
        if self._model is None:
            raise CannotRun(reason=f"{job.target} is not in the catalogue")
        self._account = self._account or await self._find_account()
        prepared = GenerateCall(
            call_id=call.id,
            request=job.fitted,
            image_count=call.image_count,
            seed=seed_of_call(job.fitted, call.first_image_index, self._model.capability),
            model=self._model,
            target=job.target,
            account=self._account,
            read_reference=self._read_reference,
            follow_up=job.follow_up,
        )
        wire = await provider.prepare(prepared)
        self._live.change_call(self._call_id, exchange=Exchange(request=wire))
        return prepared

    async def _follow(self, events: AsyncIterator[ProviderEvent], *, tries: int, elapsed_s: float) -> _Retry | None:
        """Listens until the call is over or may be sent again; a broken connection to a task is taken up again."""
        self._deadline.set(self._capability.deadline_s)
        while True:
            heard = await self._listen(events)
            step = await self._judge(heard, tries, elapsed_s)
            if not isinstance(step, _Resume):
                self._deadline.clear()
                return step
            call = self._call
            if call.ticket is None or self._provider is None or self._account is None:
                raise TypeError("only a call with a ticket can be resumed")
            self._resumes += 1
            if step.delay_s > 0:
                self._live.tell_call(call, waits_s=step.delay_s, resumed=True, problem=step.problem)
                await self._first_of(self._parts.clock.sleep(step.delay_s), self._news.wait())
            events = self._provider.resume(call.ticket, self._account)

    async def _listen(self, events: AsyncIterator[ProviderEvent]) -> _Heard:
        feed = ProviderFeed(events, self._news)
        feed.start(self._parts.tasks, name=f"{self._call_id}: connection")
        try:
            while True:
                self._news.clear()
                await self._take_in(feed)
                if feed.ended:
                    return _Heard(error=feed.error)
                reason = self._reason_to_stop()
                if reason is not None:
                    await feed.drop()
                    await self._take_in(feed)
                    return _Heard(stopped=reason)
                await self._news.wait()
        finally:
            await feed.drop()

    async def _take_in(self, feed: ProviderFeed) -> None:
        while (event := feed.take()) is not None:
            try:
                await self._reception.receive(event)
            except Exception as error:
                # One event that cannot be dealt with must not cost the images that follow it.
                self._parts.log_fault(f"call {self._call_id} could not take in a {event.kind}", error)
            feed.handled()

    def _reason_to_stop(self) -> StopReason | None:
        if self._deadline_passed:
            return StopReason.DEADLINE
        ticket = self._call.ticket
        return self._stop.reason(
            may_bring_ticket=self._capability.recoverable and ticket is None,
            ask=None if ticket is None else lambda: self._ask_to_cancel(ticket),
        )

    async def _ask_to_cancel(self, ticket: Ticket) -> CancelOutcome:
        if self._provider is None or self._account is None:
            return CancelOutcome.UNSUPPORTED
        code = ""
        try:
            outcome = await self._provider.cancel(ticket, self._account)
        except Exception as error:
            outcome, code = CancelOutcome.UNSUPPORTED, "cancel_failed"
            if not isinstance(error, StudioError):
                self._parts.log_fault(f"cancelling {self._call_id} broke", error)
        await self._stop.tell(self._live, self._job.id, outcome, code, self._provider_title)
        return outcome

    # --- judging -------------------------------------------------------------------------------------------------

    async def _judge(self, heard: _Heard, tries: int, elapsed_s: float) -> _Retry | _Resume | None:
        """What follows from an end. None: the call has got its final state, or waits for the next start."""
        reception = self._reception
        if reception.is_complete:
            await self._end_complete()
            return None
        if heard.stopped is not None:
            return await self._judge_stop(heard.stopped)
        if heard.error is None:
            reception.give_up_rest(NoImage(provider=self._provider_title).problem)
            await self._end_complete()
            return None
        problem = self._problem_after_sending(heard.error)
        if self._call.ticket is not None and problem.repeat is not Repeat.NEVER:
            return _Resume(self._parts.settings.retry.backoff_s(min(self._resumes + 1, 10)), problem)
        if reception.images_came:
            reception.give_up_rest(problem)
            await self._end_complete()
            return None
        if self._call.ticket is None:
            again = await self._judge_untaken(problem, tries, elapsed_s)
            if again is not None:
                return again
        await self._end_failed(problem)
        return None

    async def _judge_untaken(self, problem: Problem, tries: int, elapsed_s: float) -> _Retry | _Resume | None:
        """An error without a ticket: may it be sent again, or can it be found at the provider?"""
        if self._stop.is_cancelled and problem.charged == "no":
            return None
        delay_s = self._parts.settings.retry.delay_s(problem, tries=tries, elapsed_s=elapsed_s)
        if delay_s is not None:
            return _Retry(delay_s, problem)
        if problem.repeat is not Repeat.UNCERTAIN or self._provider is None or self._account is None:
            return None
        ticket = await self._find_lost(self._provider, self._account)
        if ticket is None:
            return None
        await self._accept(ticket)
        return _Resume(0)

    async def _judge_stop(self, reason: StopReason) -> _Resume | None:
        call = self._call
        if reason is StopReason.CANCEL:
            if call.ticket is not None and not self._stop.has_asked:
                return _Resume(0)  # the ticket came at the last moment: now the provider can be asked
            charged: Charged = "no" if self._stop.outcome is CancelOutcome.CANCELLED else "maybe"
            await self._end(CallState.CANCELLED, Cancelled(provider=self._provider_title, charged=charged).problem)
        elif reason is StopReason.DEADLINE:
            duration = duration_words(self._capability.deadline_s)
            await self._end(
                CallState.UNCERTAIN, DeadlinePassed(provider=self._provider_title, duration=duration).problem
            )
        elif call.ticket is None:
            await self._end(CallState.UNCERTAIN, Interrupted(provider=self._provider_title).problem)
        else:
            await self._reception.settle()
        return None

    async def _find_lost(self, provider: ImageProvider, account: Account) -> Ticket | None:
        if not self._capability.recoverable:
            return None
        call, job = self._call, self._job
        lost = LostCall(call, job.target, job.fitted, call.sent_at or job.queued_at)
        for delay_s in self._parts.settings.lost_lookups_s:
            await self._first_of(self._parts.clock.sleep(delay_s), self._stop.wished.wait())
            try:
                ticket = await provider.find_lost(lost, account)
            except StudioError:
                continue  # not reachable now; the next look may do better
            if ticket is not None or self._stop.is_wished:
                return ticket
        return None

    async def _accept(self, ticket: Ticket) -> None:
        now = self._parts.clock.now()
        call = await self._live.save_call(
            self._call_id, state=CallState.ACCEPTED, ticket=ticket, accepted_at=now, problem=None
        )
        self._live.tell_call(call, resumed=True)

    async def _wait_for_retry(self, retry: _Retry, tries: int) -> bool:
        """False when the wish to stop came first."""
        call = await self._live.save_call_if_possible(self._call_id, state=CallState.QUEUED)
        self._live.tell_call(call, problem=retry.problem)
        self._parts.broadcast.emit(
            RetryScheduled(
                at=self._parts.clock.now(),
                run_id=self._live.id,
                job_id=call.job_id,
                call_id=call.id,
                delay_s=retry.delay_s,
                attempt=tries + 1,
                attempts_max=self._parts.settings.retry.attempts_max(retry.problem),
                problem=retry.problem,
            )
        )
        if retry.problem.repeat is Repeat.LATER:
            # All calls of this model wait, each in its place; this one keeps its own.
            self._parts.queue.hold_model(self._entry.model, retry.delay_s)
            return True
        await self._first_of(self._parts.clock.sleep(retry.delay_s), self._stop.wished.wait())
        return not self._stop.is_wished

    # --- ends ----------------------------------------------------------------------------------------------------

    async def _end_complete(self) -> None:
        """Done with what came; failed when nothing did."""
        await self._reception.settle()
        first = next(iter(self._reception.missing.values()), None)
        if self._reception.images_came or first is None:
            await self._end(CallState.DONE, first)
        else:
            await self._end_failed(first)

    async def _end_failed(self, problem: Problem) -> None:
        if self._stop.is_cancelled and problem.charged in ("no", "none"):
            await self._end(CallState.CANCELLED, Cancelled(provider=self._provider_title).problem)
        else:
            await self._end(state_of_failure(problem), problem)

    async def _end_unsent(self) -> None:
        """The user or the end of the program came before the first byte had left."""
        kind = Cancelled if self._stop.is_cancelled else NotSent
        await self._end(CallState.CANCELLED, kind(provider=self._provider_title, charged="no").problem)

    async def _end_unreachable(self) -> None:
        """The ticket or the provider is gone: what became of the request cannot be found out."""
        reason = f"{self._job.target.provider} is not a provider of this studio"
        if self._call.state in IN_FLIGHT or self._call.ticket is not None:
            await self._end(CallState.UNCERTAIN, Interrupted(provider=self._provider_title, detail=reason).problem)
        else:
            await self._end(CallState.FAILED, CannotRun(reason=reason).problem)

    async def _end(self, state: CallState, problem: Problem | None) -> None:
        """The final state: images first, then money, then the journal, then everybody else."""
        reception = self._reception
        if problem is not None and state is not CallState.UNCERTAIN:
            reception.give_up_rest(problem)
        await reception.settle()
        missing = tuple(sorted({*reception.missing, *reception.open_images}))
        call = self._live.change_call(
            self._call_id, state=state, problem=problem, missing=missing, finished_at=self._parts.clock.now()
        )
        # Settled before it is final: a crash in between leaves a call that the next start settles once more.
        amount, unsure = settlement(call, self._price, reception.missing)
        try:
            await self._parts.ledger.settle(call.id, amount, unsure=unsure)
        except Exception as error:
            self._parts.log_fault(f"the cost of call {call.id} is not in the budget", error)
        self._parts.spending.changed()
        call = await self._live.save_call_patiently(self._call_id)
        self._live.tell_call(call)

    # --- small facts ---------------------------------------------------------------------------------------------

    @property
    def _call(self) -> Call:
        return self._live.call(self._call_id)

    @property
    def _job(self) -> Job:
        return self._live.job(job_of(self._call_id))

    @property
    def _account_key(self) -> AccountKey:
        target = self._job.target
        return AccountKey(target.provider, target.account)

    @property
    def _provider_title(self) -> str:
        return self._provider.spec.title if self._provider is not None else self._job.target.provider

    @property
    def _capability(self) -> Capability:
        return self._model.capability if self._model is not None else _UNKNOWN_MODEL

    @property
    def _price(self) -> Estimate:
        if self._model is None:
            return Estimate()
        return estimate_of_call(self._job.fitted, self._call.image_count, self._model)

    async def _find_account(self) -> Account:
        account = await self._parts.account(self._job.target.provider, self._job.target.account)
        self._account = account
        return account

    async def _read_reference(self, reference: ReferenceImage) -> bytes:
        try:
            return await self._parts.archive.read_blob(reference.blob)
        except FileNotFoundError as error:
            name = reference.name or reference.blob[:8]
            raise ReferenceUnreadable(name=name, reason="its file is gone") from error

    def _tell_place(self, place: Place) -> None:
        self._live.tell_call(self._call, queue_place=place.number, waits_s=place.waits_s)

    def _ring_deadline(self) -> None:
        self._deadline_passed = True
        self._news.set()

    def _problem_after_sending(self, error: BaseException) -> Problem:
        if isinstance(error, StudioError):
            return self._parts.scrubber.value(error.problem)
        self._parts.log_fault(f"the adapter of {self._provider_title} broke on call {self._call_id}", error)
        return self._uncertain(error)

    def _uncertain(self, error: BaseException) -> Problem:
        detail = self._parts.scrubber.text(f"{type(error).__name__}: {error}")
        return Uncertain(provider=self._provider_title, detail=detail).problem

    @staticmethod
    async def _first_of(*waiting: Awaitable[Any]) -> None:
        """Returns when the first one is ready; the others are ended."""
        tasks = [asyncio.ensure_future(one) for one in waiting]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)


_UNKNOWN_MODEL = Capability(size=SizeRatio(), recoverable=True)
"""For a task whose model is no longer in the catalogue: its ticket is all that counts."""
