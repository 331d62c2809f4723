"""The life of one call: at most one paid request, followed to its end whatever happens on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Coroutine
from dataclasses import dataclass
from typing import Any

from studio.domain.errors import Cancelled, Charged, DeadlinePassed, Problem, Repeat, StudioError
from studio.domain.events import ProviderEvent, RetryScheduled
from studio.domain.jobs import CallState, Ticket
from studio.domain.ports import Account, CancelOutcome, ImageProvider
from studio.domain.values import CallId
from studio.engine.call_ending import CallEnding
from studio.engine.call_facts import CallFacts
from studio.engine.cancelling import StopReason, StopWish
from studio.engine.feed import ProviderFeed
from studio.engine.live import LiveRun
from studio.engine.outcome import duration_words
from studio.engine.parts import EngineParts
from studio.engine.queue import Place, QueueEntry
from studio.engine.reception import Reception
from studio.engine.tasks import Alarm
from studio.engine.way_home import keep_address


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
        self._facts = facts = CallFacts(parts, live, call_id)
        self._reception = Reception(parts, live, call_id)
        self._news = asyncio.Event()
        self._stop = StopWish(parts, self._news, name=call_id)
        self._ending = CallEnding(parts, facts, self._reception, self._stop)
        self._deadline = Alarm(parts.clock, parts.tasks, self._ring_deadline, name=f"{call_id}: deadline")
        self._deadline_passed = False
        self._resumes = 0
        self._entry = QueueEntry(call_id, facts.job.id, live.id, facts.model_key, self._tell_place)

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
        """Whatever breaks, the call gets an end, and its slot is free again."""
        try:
            await life
        except Exception as error:
            await self._ending.broken(error)
        finally:
            self._deadline.clear()
            self._parts.queue.leave(self._entry)
            await self._stop.finish()

    async def _send(self) -> None:
        provider = self._facts.provider
        if provider is None:
            await self._ending.unreachable()
            return
        started_s = self._parts.clock.monotonic_s()
        tries = 0
        while await self._turn():
            tries += 1
            elapsed_s = self._parts.clock.monotonic_s() - started_s
            retry = await self._try(provider, tries, elapsed_s)
            if retry is None:
                return
            self._parts.queue.leave(self._entry)
            if not await self._wait_for_retry(retry, tries):
                break
        await self._ending.not_sent()

    async def _take_up(self) -> None:
        facts = self._facts
        if await self._came_before():
            return
        self._parts.queue.occupy(self._entry)
        ticket, provider = facts.call.ticket, facts.provider
        if ticket is None or provider is None:
            await self._ending.unreachable()
            return
        call = facts.call
        if call.state not in (CallState.ACCEPTED, CallState.RUNNING):
            call = await self._live.save_call(
                facts.id, state=CallState.ACCEPTED, problem=None, missing=(), finished_at=None
            )
        self._live.tell_call(call, resumed=True)
        try:
            account = await facts.find_account_home()
        except StudioError as error:
            await self._ending.not_fetched(error.problem)
            return
        await self._follow(provider, account, provider.resume(ticket, account), tries=call.attempt, elapsed_s=0)

    async def _look_up(self) -> None:
        facts = self._facts
        if await self._came_before():
            return
        if facts.provider is None:
            await self._ending.unreachable()
            return
        ticket, reason = None, ""
        try:
            ticket = await self._find_lost(facts.provider, await facts.find_account_home())
        except StudioError as error:
            reason = error.problem.text
        if ticket is None:
            await self._ending.interrupted(reason)
            return
        await self._accept(ticket)
        await self._take_up()

    async def _came_before(self) -> bool:
        """Whether an earlier process has saved all of it and only its end is not written down.

        A task whose cost nobody has told yet is asked for that, and so goes its way."""
        await self._reception.recall()
        call, is_told = self._facts.call, self._facts.call.reported is not None
        if not self._reception.is_complete or not (is_told or call.ticket is None or self._facts.provider is None):
            return False
        await self._ending.complete()
        return True

    # --- one try -------------------------------------------------------------------------------------------------

    async def _turn(self) -> bool:
        """Waits for a slot; False when the wish to stop came first."""
        if self._stop.is_wished:
            return False
        capability = self._facts.capability
        self._parts.queue.limit_model(self._entry.model, capability.concurrent_requests, capability.requests_per_minute)
        self._parts.queue.enter(self._entry)
        await _first_of(self._entry.admitted.wait(), self._stop.wished.wait())
        return not self._stop.is_wished

    async def _try(self, provider: ImageProvider, tries: int, elapsed_s: float) -> _Retry | None:
        """Sends once and follows it. None: the call is over."""
        try:
            prepared = await self._facts.prepare(provider)
            if self._stop.is_wished:
                await self._ending.not_sent()
                return None
            # From here on a crash finds "sending" in the journal, and nothing has left yet.
            sent_at = self._parts.clock.now()
            sent_to = keep_address(self._parts, prepared.account)
            call = await self._live.save_call(
                self._facts.id, state=CallState.SENDING, attempt=tries, sent_at=sent_at, sent_to=sent_to
            )
        except Exception as error:
            problem = self._parts.problem_of(error).model_copy(update={"charged": "no"})
            await self._ending.end(CallState.FAILED, problem)
            return None
        self._live.tell_call(call)
        if self._stop.wished.is_set():
            await self._ending.not_sent()
            return None
        if self._facts.job.sent_at is None:
            await self._live.save_job(call.job_id, sent_at=sent_at)
        events = provider.generate(prepared)
        return await self._follow(provider, prepared.account, events, tries=tries, elapsed_s=elapsed_s)

    async def _follow(
        self,
        provider: ImageProvider,
        account: Account,
        events: AsyncIterator[ProviderEvent],
        *,
        tries: int,
        elapsed_s: float,
    ) -> _Retry | None:
        """Listens until the call is over or may be sent again; a broken connection to a task is taken up again."""
        self._deadline.set(self._facts.capability.deadline_s)
        while True:
            heard = await self._listen(events)
            step = await self._judge(heard, tries, elapsed_s)
            ticket = self._facts.call.ticket
            if not isinstance(step, _Resume) or ticket is None:
                self._deadline.clear()
                return step if isinstance(step, _Retry) else None
            self._resumes += 1
            await self._wait_for_resume(step)
            events = provider.resume(ticket, account)

    async def _listen(self, events: AsyncIterator[ProviderEvent]) -> _Heard:
        feed = ProviderFeed(events, self._news)
        feed.start(self._parts.tasks, name=f"{self._facts.id}: connection")
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
                self._parts.log_fault(f"call {self._facts.id} could not take in a {event.kind}", error)
            feed.handled()

    def _reason_to_stop(self) -> StopReason | None:
        if self._deadline_passed:
            return StopReason.DEADLINE
        ticket = self._facts.call.ticket
        return self._stop.reason(
            may_bring_ticket=self._facts.capability.recoverable and ticket is None,
            ask=None if ticket is None else lambda: self._ask_to_cancel(ticket),
        )

    async def _ask_to_cancel(self, ticket: Ticket) -> CancelOutcome:
        facts, code = self._facts, ""
        try:
            if facts.provider is None or facts.account is None:
                return CancelOutcome.UNSUPPORTED
            outcome = await facts.provider.cancel(ticket, facts.account)
        except Exception as error:
            outcome, code = CancelOutcome.UNSUPPORTED, "cancel_failed"
            if not isinstance(error, StudioError):
                self._parts.log_fault(f"cancelling {facts.id} broke", error)
        await self._stop.tell(self._live, facts.job.id, outcome, code, facts.provider_title)
        return outcome

    # --- judging -------------------------------------------------------------------------------------------------

    async def _judge(self, heard: _Heard, tries: int, elapsed_s: float) -> _Retry | _Resume | None:
        """What follows from an end. None: the call has got its final state, or waits for the next start."""
        if self._reception.is_complete:
            await self._ending.complete()
            return None
        if heard.stopped is not None:
            await self._end_stopped(heard.stopped)
            return None
        if heard.error is None:
            await self._ending.complete()
            return None
        problem = self._ending.problem_after_sending(heard.error)
        if self._facts.call.ticket is not None and problem.repeat is not Repeat.NEVER:
            return _Resume(self._parts.settings.retry.resume_delay_s(problem, self._resumes + 1), problem)
        if self._facts.call.ticket is None and not self._reception.images_came:
            again = await self._judge_untaken(problem, tries, elapsed_s)
            if again is not None:
                return again
        await self._ending.fail(problem)
        return None

    async def _judge_untaken(self, problem: Problem, tries: int, elapsed_s: float) -> _Retry | _Resume | None:
        """An error without a ticket: may it be sent again, or can it be found at the provider?"""
        if self._stop.is_cancelled and problem.charged == "no":
            return None
        delay_s = self._parts.settings.retry.delay_s(problem, tries=tries, elapsed_s=elapsed_s)
        if delay_s is not None:
            return _Retry(delay_s, problem)
        facts = self._facts
        if problem.repeat is not Repeat.UNCERTAIN or facts.provider is None or facts.account is None:
            return None
        ticket = await self._find_lost(facts.provider, facts.account)
        if ticket is None:
            return None
        await self._accept(ticket)
        return _Resume(0)

    async def _end_stopped(self, reason: StopReason) -> None:
        title = self._facts.provider_title
        if reason is StopReason.CANCEL:
            costs_nothing = self._stop.outcome is CancelOutcome.CANCELLED or self._facts.price.is_free
            charged: Charged = "no" if costs_nothing else "maybe"
            await self._ending.end(CallState.CANCELLED, Cancelled(provider=title, charged=charged).problem)
        elif reason is StopReason.DEADLINE:
            passed = DeadlinePassed(provider=title, duration=duration_words(self._facts.capability.deadline_s))
            await self._ending.in_doubt(passed.problem)
        elif self._facts.call.ticket is None:
            await self._ending.interrupted()
        else:
            await self._reception.settle()

    async def _find_lost(self, provider: ImageProvider, account: Account) -> Ticket | None:
        if not self._facts.capability.recoverable:
            return None
        for delay_s in self._parts.settings.lost_lookups_s:
            await _first_of(self._parts.clock.sleep(delay_s), self._stop.wished.wait())
            try:
                ticket = await provider.find_lost(self._facts.lost, account)
            except StudioError:
                continue  # not reachable now; the next look may do better
            if ticket is not None or self._stop.is_wished:
                return ticket
        return None

    async def _accept(self, ticket: Ticket) -> None:
        now = self._parts.clock.now()
        call = await self._live.save_call(
            self._facts.id, state=CallState.ACCEPTED, ticket=ticket, accepted_at=now, problem=None
        )
        self._live.tell_call(call, resumed=True)

    # --- waiting -------------------------------------------------------------------------------------------------

    async def _wait_for_retry(self, retry: _Retry, tries: int) -> bool:
        """False when the wish to stop came first."""
        call = await self._live.save_call_if_possible(self._facts.id, state=CallState.QUEUED)
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
        await _first_of(self._parts.clock.sleep(retry.delay_s), self._stop.wished.wait())
        return not self._stop.is_wished

    async def _wait_for_resume(self, resume: _Resume) -> None:
        """Until the pause is over, or something new makes the next look due: a wish to stop, an answer to it."""
        if resume.delay_s <= 0:
            return
        self._live.tell_call(self._facts.call, waits_s=resume.delay_s, resumed=True, problem=resume.problem)
        self._news.clear()
        if self._reason_to_stop() is None:
            await _first_of(self._parts.clock.sleep(resume.delay_s), self._news.wait())

    def _tell_place(self, place: Place) -> None:
        self._live.tell_call(self._facts.call, queue_place=place.number, waits_s=place.waits_s)

    def _ring_deadline(self) -> None:
        self._deadline_passed = True
        self._news.set()


async def _first_of(*waiting: Awaitable[Any]) -> None:
    """Returns when the first one is ready; the others are ended."""
    tasks = [asyncio.ensure_future(one) for one in waiting]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
