"""The last step of a call: images first, then money, then the journal, then everybody who listens."""

from __future__ import annotations

from studio.domain.errors import Cancelled, CannotRun, Interrupted, NoImage, NotSent, Problem, StudioError, Uncertain
from studio.domain.jobs import CallState
from studio.engine.call_facts import CallFacts
from studio.engine.cancelling import StopWish
from studio.engine.live import IN_FLIGHT
from studio.engine.outcome import settlement, state_of_failure
from studio.engine.parts import EngineParts
from studio.engine.reception import Reception


class CallEnding:
    """Every way in which a call can be over. Each one writes a final state that tells the truth about money."""

    def __init__(self, parts: EngineParts, facts: CallFacts, reception: Reception, stop: StopWish) -> None:
        self._parts = parts
        self._facts = facts
        self._reception = reception
        self._stop = stop

    async def complete(self) -> None:
        """The provider has said all: done with what came, failed when nothing did."""
        await self._reception.settle()
        self._reception.give_up_rest(NoImage(provider=self._facts.provider_title).problem)
        first = next(iter(self._reception.missing.values()), None)
        if self._reception.images_came or first is None:
            await self.end(CallState.DONE, first)
        else:
            await self.fail(first)

    async def fail(self, problem: Problem) -> None:
        """failed or uncertain, whatever the problem says; done when images came before it."""
        if self._reception.images_came:
            self._reception.give_up_rest(problem)
            await self.complete()
        elif self._stop.is_cancelled and problem.charged in ("no", "none"):
            await self.end(CallState.CANCELLED, Cancelled(provider=self._facts.provider_title).problem)
        elif not self._facts.way_is_known and problem.charged == "maybe":
            await self.end(CallState.UNCERTAIN, problem)  # what another server says of it is not the last word
        else:
            await self.end(state_of_failure(problem), problem)

    async def not_sent(self) -> None:
        """The user or the end of the program came before the first byte had left."""
        kind = Cancelled if self._stop.is_cancelled else NotSent
        await self.end(CallState.CANCELLED, kind(provider=self._facts.provider_title, charged="no").problem)

    async def interrupted(self, detail: str = "") -> None:
        """The program ended between the request and its answer."""
        title = self._facts.provider_title
        if self._facts.price.is_free:
            await self.end(CallState.CANCELLED, NotSent(provider=title, detail=detail).problem)
        else:
            await self.end(CallState.UNCERTAIN, Interrupted(provider=title, detail=detail).problem)

    async def not_fetched(self, problem: Problem) -> None:
        """The task lives on at the provider: with the key back, the user can ask again for what is not here yet."""
        if self._reception.is_complete:
            await self.complete()
        else:
            await self.end(CallState.UNCERTAIN, problem.model_copy(update={"charged": "maybe"}))

    async def in_doubt(self, problem: Problem) -> None:
        """It may have been billed, unless this model never costs anything."""
        if self._facts.price.is_free:
            await self.end(CallState.FAILED, problem.model_copy(update={"charged": "no"}))
        else:
            await self.end(CallState.UNCERTAIN, problem)

    async def unreachable(self) -> None:
        """The provider is no longer part of the studio: what became of the request cannot be found out."""
        title = self._facts.provider_title
        reason = f"{title} is not a provider of this studio"
        if self._facts.call.state in IN_FLIGHT or self._facts.call.ticket is not None:
            await self.end(CallState.UNCERTAIN, Interrupted(provider=title, detail=reason).problem)
        else:
            await self.end(CallState.FAILED, CannotRun(reason=reason).problem)

    async def broken(self, error: Exception) -> None:
        """Our own fault, anywhere: uncertain as soon as anything may have left."""
        self._parts.log_fault(f"call {self._facts.id} broke", error)
        if self._facts.call.state in IN_FLIGHT:
            await self.end(CallState.UNCERTAIN, self.uncertain(error))
        else:
            await self.end(CallState.FAILED, self._parts.problem_of(error))

    def problem_after_sending(self, error: BaseException) -> Problem:
        """What an adapter raised, as a value; what it should never have raised may have cost money."""
        if isinstance(error, StudioError):
            return self._parts.scrubber.value(error.problem)
        self._parts.log_fault(f"the adapter of {self._facts.provider_title} broke on call {self._facts.id}", error)
        return self.uncertain(error)

    def uncertain(self, error: BaseException) -> Problem:
        detail = self._parts.scrubber.text(f"{type(error).__name__}: {error}")
        return Uncertain(provider=self._facts.provider_title, detail=detail).problem

    async def end(self, state: CallState, problem: Problem | None) -> None:
        facts, reception = self._facts, self._reception
        if problem is not None and state is not CallState.UNCERTAIN:
            reception.give_up_rest(problem)
        await reception.settle()
        missing = tuple(sorted({*reception.missing, *reception.open_images}))
        call = facts.live.change_call(
            facts.id, state=state, problem=problem, missing=missing, finished_at=self._parts.clock.now()
        )
        # Settled before it is final: a crash in between leaves a call that the next start settles once more.
        amount, unsure = settlement(call, facts.price, reception.missing)
        try:
            await self._parts.ledger.settle(call.id, amount, unsure=unsure)
        except Exception as error:
            self._parts.log_fault(f"the cost of call {call.id} is not in the budget", error)
        self._parts.spending.changed()
        call = await facts.live.save_call_patiently(facts.id)
        facts.live.tell_call(call)
