"""Whatever a provider sends and wherever the process dies: no call is paid for twice, and no paid image is lost."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from studio.domain.errors import (
    BadRequest,
    Offline,
    PromptRefused,
    RateLimited,
    ServerFailed,
    TaskFailed,
    Uncertain,
)
from studio.domain.events import Accepted, PartialImage, Progressed, ProviderEvent, UsageReported
from studio.domain.jobs import Call, CallState, Ticket
from studio.domain.ports import Account, CancelOutcome, GenerateCall
from studio.domain.pricing import Usage
from studio.domain.values import CallId
from tests.unit.engine.fakes import ALPHA, ScriptedProvider, World, idle, image, model, png, usd, wish

EVENTS = st.sampled_from(["progress", "partial", "usage", "image 0", "image 1"])
ENDS = st.sampled_from(["end", "refused", "busy", "server", "offline", "uncertain", "bad", "bug"])
ERRORS: dict[str, Exception] = {
    "refused": PromptRefused(provider="Alpha"),
    "busy": RateLimited(provider="Alpha"),
    "server": ServerFailed(provider="Alpha"),
    "offline": Offline(host="alpha.test"),
    "uncertain": Uncertain(provider="Alpha"),
    "bad": BadRequest(provider="Alpha", parameter="size"),
    "bug": ZeroDivisionError("a bug"),
}


class HonestProvider(ScriptedProvider):
    """A provider with a memory: what it accepted it has billed, and knows by its ticket."""

    def __init__(self, lines: list[tuple[bool, list[str], str]], **capability: Any) -> None:
        super().__init__("alpha", model(capability=capability))
        self._lines = lines
        self.billed: list[CallId] = []
        """A call each time money was taken for it."""
        self.refunded: set[CallId] = set()
        """Calls whose task failed at no cost."""
        self.tasks: dict[str, CallId] = {}

    async def generate(self, call: GenerateCall) -> AsyncIterator[ProviderEvent]:
        takes_ticket, middle, end = self._lines[min(len(self.posts), len(self._lines) - 1)]
        self.posts.append(call)
        await asyncio.sleep(0)
        if end in ("busy", "server", "offline", "bad", "refused") and not takes_ticket:
            raise ERRORS[end]
        self.billed.append(call.call_id)
        if takes_ticket:
            ticket = Ticket(provider="alpha", account="default", task_id=f"task-{len(self.billed)}")
            self.tasks[ticket.task_id] = call.call_id
            yield Accepted(ticket=ticket)
        for name in middle:
            await asyncio.sleep(0)
            yield _event(name)
        if end in ("refused", "bad"):
            self.refunded.add(call.call_id)
        if end != "end":
            raise ERRORS[end]
        yield image(0)
        yield image(1)

    async def resume(self, ticket: Ticket, account: Account) -> AsyncIterator[ProviderEvent]:
        self.resumed.append(ticket)
        await asyncio.sleep(0)
        if ticket.task_id not in self.tasks:
            raise TaskFailed(provider="Alpha")
        if len(self.resumed) % 3 == 1:
            raise Offline(host="alpha.test")
        yield image(0)
        await asyncio.sleep(0)
        yield image(1)


def _event(name: str) -> ProviderEvent:
    if name == "progress":
        return Progressed(fraction=0.5)
    if name == "partial":
        return PartialImage(step=1, steps=3, content=png("blurred"))
    if name == "usage":
        return UsageReported(usage=Usage(images=2), cost=usd("0.05"))
    return image(int(name[-1]))


LINES = st.lists(st.tuples(st.booleans(), st.lists(EVENTS, max_size=3), ENDS), min_size=1, max_size=4)


@pytest.mark.expects_log("the adapter of Alpha broke on call 1.1.0")
@example(lines=[(False, [], "bug")], recoverable=False, die_after_writes=12, cancel_after_turns=None)
@example(lines=[(False, ["progress"], "uncertain")], recoverable=True, die_after_writes=12, cancel_after_turns=None)
@example(lines=[(True, [], "offline")], recoverable=True, die_after_writes=2, cancel_after_turns=None)
@given(
    lines=LINES,
    recoverable=st.booleans(),
    die_after_writes=st.integers(0, 12),
    cancel_after_turns=st.none() | st.integers(0, 40),
)
def test_no_call_is_ever_paid_for_twice(
    lines: list[tuple[bool, list[str], str]],
    recoverable: bool,
    die_after_writes: int,
    cancel_after_turns: int | None,
) -> None:
    asyncio.run(_live_and_die(lines, recoverable, die_after_writes, cancel_after_turns))


async def _live_and_die(
    lines: list[tuple[bool, list[str], str]], recoverable: bool, die_after_writes: int, cancel_after_turns: int | None
) -> None:
    provider = HonestProvider(lines, recoverable=recoverable)
    provider.cancel_outcome = CancelOutcome.TOO_LATE
    world = World(providers={"alpha": provider})
    writes = 0

    def die(_: Call) -> None:
        nonlocal writes
        writes += 1
        if writes > die_after_writes:
            world.journal.dead = True

    world.journal.before_write = die
    first = world.engine()
    starting = asyncio.ensure_future(first.start(wish(n=2), [ALPHA]))
    if cancel_after_turns is not None:
        for _ in range(cancel_after_turns):
            await asyncio.sleep(0)
        await first.cancel_all()
    await world.clock.advance(200)
    await idle()
    await _kill(starting)

    world.journal.dead, world.journal.before_write = False, None
    second = world.engine()
    recovered = await second.recover()
    await world.clock.advance(1000)
    for run in recovered:
        await second.wait(run.id)
    _check(world, provider)
    await second.close()


async def _kill(starting: asyncio.Future[Any]) -> None:
    """The process is gone: everything it did stops where it stood."""
    tasks = asyncio.all_tasks() - {asyncio.current_task()}
    for task in tasks:
        task.cancel()
    await asyncio.gather(starting, *tasks, return_exceptions=True)


def _check(world: World, provider: HonestProvider) -> None:
    for run in world.journal.runs.values():
        for job in run.jobs:
            for call in job.calls:
                assert provider.billed.count(call.id) <= 1, "a call was paid for twice"
                assert call.state.is_final, f"{call.id} was left in {call.state}"
                amount, unsure = world.ledger.settled.get(call.id, (None, False))
                assert call.id not in world.ledger.reserved, "a reservation was left behind"
                images = [one for one in world.archive.images if one.call_id == call.id]
                assert len({one.index for one in images}) == len(images), "an image is there twice"
                if call.id in provider.billed and call.id not in provider.refunded and not images:
                    assert amount is not None, "paid for, but the budget knows nothing of it"
                    assert unsure or call.state is CallState.FAILED or call.reported is not None
                if call.id not in provider.billed:
                    assert call.state is not CallState.DONE
                if call.state is CallState.DONE:
                    assert images
                if call.ticket is not None and provider.tasks.get(call.ticket.task_id) == call.id:
                    resumable = call.state in (CallState.UNCERTAIN, CallState.CANCELLED)
                    assert images or resumable or call.problem is not None


def test_the_checker_notices_a_second_bill() -> None:
    """The property above would be worth nothing if its own check let this pass."""

    async def play() -> None:
        provider = HonestProvider([(False, [], "end")])
        world = World(providers={"alpha": provider})
        engine = world.engine()
        run = await engine.start(wish(n=2), [ALPHA])
        await engine.wait(run.id)
        _check(world, provider)
        provider.billed.append(run.jobs[0].calls[0].id)
        with pytest.raises(AssertionError, match="twice"):
            _check(world, provider)
        await engine.close()

    asyncio.run(play())
