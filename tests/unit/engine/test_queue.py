"""The queue: limits of accounts and models, places, rate limits, pause and order."""

from __future__ import annotations

from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from studio.domain.events import CallChanged, QueueChanged
from studio.domain.jobs import CallState, JobState
from studio.domain.request import Target
from studio.domain.values import CallId, JobId, RunId
from studio.engine.limiter import RateWindow
from studio.engine.queue import AccountKey, CallQueue, ModelKey, QueueEntry
from studio.engine.tasks import TaskOwner
from tests.unit.engine.fakes import (
    ALPHA,
    BETA,
    Gate,
    ManualClock,
    ScriptedProvider,
    World,
    idle,
    image,
    model,
    until,
    wish,
)

SKETCH = Target(provider="alpha", model="sketch")


def sent(world: World) -> list[str]:
    return [call.call_id for call in world.alpha.posts]


def places(world: World, call_id: str) -> list[tuple[int | None, float | None]]:
    changes: list[CallChanged] = world.of("call_changed")
    return [
        (event.queue_place, event.waits_s)
        for event in changes
        if event.call_id == call_id and event.state is CallState.QUEUED
    ]


async def test_an_account_has_only_so_many_requests_under_way(world: World) -> None:
    world.add(ScriptedProvider("alpha", concurrent_requests=2)).scripts = [[Gate(), image()]]
    engine = world.engine()
    for _ in range(5):
        await engine.start(wish(), [ALPHA])
    await idle()
    assert world.alpha.most_connections == 2
    assert sent(world) == ["1.1.0", "2.1.0"]
    await engine.cancel_all()


async def test_the_accounts_own_number_counts_before_the_providers(world: World) -> None:
    world.accounts.changes["alpha"] = {"concurrent_requests": 1}
    world.alpha.scripts = [[Gate(), image()]]
    engine = world.engine()
    for _ in range(3):
        await engine.start(wish(), [ALPHA])
    await idle()
    assert world.alpha.most_connections == 1
    await engine.cancel_all()


async def test_a_model_may_have_a_lower_limit_than_its_account(world: World) -> None:
    world.add(ScriptedProvider("alpha", model(capability={"concurrent_requests": 1}), model("sketch")))
    world.alpha.scripts = [[Gate(), image()]]
    engine = world.engine()
    for _ in range(2):
        await engine.start(wish(), [ALPHA, SKETCH])
    await idle()
    assert sent(world) == ["1.1.0", "1.2.0", "2.2.0"]
    await engine.cancel_all()


async def test_one_full_account_does_not_hold_up_another(world: World) -> None:
    world.add(ScriptedProvider("alpha", concurrent_requests=1)).scripts = [[Gate(), image()]]
    world.add(ScriptedProvider("beta"))
    engine = world.engine()
    for _ in range(2):
        await engine.start(wish(), [ALPHA])
    run = await engine.start(wish(), [BETA])
    assert (await engine.wait(run.id)).jobs[0].state is JobState.DONE
    assert sent(world) == ["1.1.0"]
    assert len(world.providers["beta"].posts) == 1
    await engine.cancel_all()


async def test_first_come_first_served_and_everybody_sees_his_place(world: World) -> None:
    gates = [Gate() for _ in range(3)]
    world.add(ScriptedProvider("alpha", concurrent_requests=1)).scripts = [[gate, image()] for gate in gates]
    engine = world.engine()
    runs = [await engine.start(wish(), [ALPHA]) for _ in range(3)]
    await gates[0].reached.wait()
    gates[0].open()
    await gates[1].reached.wait()
    await world.clock.advance(0.25)
    gates[1].open()
    gates[2].open()
    for run in runs:
        await engine.wait(run.id)
    assert sent(world) == ["1.1.0", "2.1.0", "3.1.0"]
    assert places(world, "1.1.0") == []
    assert places(world, "2.1.0") == [(1, None)]
    assert places(world, "3.1.0") == [(2, None), (1, None)]


async def test_a_rate_limit_is_kept_and_the_wait_is_told(world: World) -> None:
    world.add(ScriptedProvider("alpha", model(capability={"requests_per_minute": 2})))
    engine = world.engine()
    runs = [await engine.start(wish(), [ALPHA]) for _ in range(5)]
    await idle()
    assert len(sent(world)) == 2
    assert [places(world, f"{number}.1.0") for number in (3, 4, 5)] == [[(1, 60)], [(2, 60)], [(3, 120)]]
    await world.clock.advance(59.9)
    assert len(sent(world)) == 2
    await world.clock.advance(0.1)
    assert len(sent(world)) == 4
    await world.clock.advance(60)
    for run in runs:
        assert (await engine.wait(run.id)).jobs[0].state is JobState.DONE


async def test_pause_sends_nothing_more_and_lets_run_what_runs(world: World) -> None:
    gate = Gate()
    world.alpha.scripts = [[gate, image()]]
    engine = world.engine()
    first = await engine.start(wish(), [ALPHA])
    await gate.reached.wait()
    engine.pause()
    second = await engine.start(wish(), [ALPHA])
    gate.open()
    await engine.wait(first.id)
    assert sent(world) == ["1.1.0"]
    assert engine.is_paused
    assert engine.waiting_jobs == (second.jobs[0].id,)
    engine.resume()
    await engine.wait(second.id)
    told: list[QueueChanged] = world.of("queue_changed")
    assert [(event.paused, event.waiting) for event in told] == [(True, ()), (False, ())]


async def test_one_run_can_be_paused_alone(world: World) -> None:
    world.add(ScriptedProvider("alpha", concurrent_requests=1)).scripts = [[Gate()], [image()]]
    engine = world.engine()
    blocker = await engine.start(wish(), [ALPHA])
    paused = await engine.start(wish(), [ALPHA])
    other = await engine.start(wish(), [ALPHA])
    await idle()
    engine.pause(paused.id)
    await engine.cancel_run(blocker.id)
    await engine.wait(other.id)
    assert sent(world) == ["1.1.0", "3.1.0"]
    engine.resume(paused.id)
    await engine.wait(paused.id)


async def test_a_run_that_is_over_is_no_longer_paused(world: World) -> None:
    world.add(ScriptedProvider("alpha", concurrent_requests=1)).scripts = [[Gate()], [image()]]
    engine = world.engine()
    blocker = await engine.start(wish(), [ALPHA])
    paused = await engine.start(wish(), [ALPHA])
    engine.pause(paused.id)
    assert world.of("queue_changed")[-1].paused_runs == (paused.id,)
    await engine.cancel_run(paused.id)
    await engine.wait(paused.id)
    assert world.of("queue_changed")[-1].paused_runs == ()
    await engine.cancel_run(blocker.id)


async def test_a_job_can_be_moved_in_the_queue(world: World) -> None:
    gate = Gate()
    world.add(ScriptedProvider("alpha", model(capability={"n_max": 1}), concurrent_requests=1))
    world.alpha.scripts = [[gate, image()], [image()]]
    engine = world.engine()
    first = await engine.start(wish(), [ALPHA])
    second = await engine.start(wish(), [ALPHA])
    third = await engine.start(wish(n=2), [ALPHA])
    fourth = await engine.start(wish(), [ALPHA])
    await idle()
    engine.move_in_queue(third.jobs[0].id, before=second.jobs[0].id)
    engine.move_in_queue(second.jobs[0].id)
    assert world.of("queue_changed")[-1].waiting == tuple(run.jobs[0].id for run in (third, fourth, second))
    gate.open()
    for run in (first, second, third, fourth):
        await engine.wait(run.id)
    assert sent(world) == ["1.1.0", "3.1.0", "3.1.1", "4.1.0", "2.1.0"]


async def test_a_long_queue_is_told_of_its_places_in_few_events(world: World) -> None:
    world.add(ScriptedProvider("alpha", concurrent_requests=1)).scripts = [[image()]]
    engine = world.engine()
    engine.pause()
    runs = [await engine.start(wish(), [ALPHA]) for _ in range(100)]
    world.events.clear()
    engine.resume()
    for run in runs:
        await engine.wait(run.id)
    queued = [event for event in world.of("call_changed") if event.state is CallState.QUEUED]
    assert len(queued) <= 200


@given(
    per_minute=st.one_of(st.integers(1, 20).map(float), st.floats(0.1, 5)),
    arrivals=st.lists(st.floats(0, 30), max_size=30),
)
def test_no_minute_ever_sees_more_starts_than_allowed(per_minute: float, arrivals: list[float]) -> None:
    window, now_s, starts = RateWindow(per_minute), 0.0, []
    for pause_s in arrivals:
        now_s += pause_s
        now_s += window.wait_s(now_s)
        window.note_start(now_s)
        starts.append(now_s)
    allowed = max(1, int(per_minute))
    period_s = 60 * allowed / per_minute
    for index, start_s in enumerate(starts):
        inside = [one for one in starts[index:] if one < start_s + period_s - 1e-6]
        assert len(inside) <= allowed


@given(per_minute=st.integers(1, 6), before=st.integers(0, 8), now_s=st.floats(0, 200))
def test_the_waits_that_are_told_are_those_that_come_true(per_minute: int, before: int, now_s: float) -> None:
    window = RateWindow(per_minute)
    clock_s = 0.0
    for _ in range(before):
        clock_s += window.wait_s(clock_s)
        window.note_start(clock_s)
    now_s = max(now_s, clock_s)
    told = list(islice(window.waits_s(now_s), 10))
    for wait_s in told:
        at_s = now_s + wait_s
        assert window.wait_s(at_s) < 1e-6
        window.note_start(at_s)


async def test_the_queue_is_empty_at_the_end(world: World) -> None:
    engine = world.engine()
    run = await engine.start(wish(), [ALPHA])
    await engine.wait(run.id)
    await until(lambda: not engine.runs_under_way)
    assert engine.waiting_jobs == ()


async def test_a_call_that_comes_back_keeps_its_place_also_after_a_move() -> None:
    clock = ManualClock()
    queue = CallQueue(clock, TaskOwner(), lambda: None)
    queue.pause(None)
    key = ModelKey(AccountKey("alpha", "default"), "draw")
    entries = {name: QueueEntry(CallId(f"{name}.0"), JobId(name), RunId(1), key, lambda place: None) for name in "abcd"}
    for name in "abc":
        queue.enter(entries[name])
    queue.move(JobId("a"), None)
    queue.leave(entries["c"])
    queue.enter(entries["d"])
    queue.enter(entries["c"])
    assert queue.waiting_jobs == ("b", "c", "a", "d")
    queue.close()
