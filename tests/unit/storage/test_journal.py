from __future__ import annotations

import asyncio
import threading
from decimal import Decimal
from pathlib import Path

import pytest

from studio.domain.jobs import Call, CallState, Exchange, JobState, Ticket, WireRequest
from studio.domain.notices import Notice
from studio.domain.pricing import Cost, Usage
from studio.domain.values import CallId, JobId, RunId
from studio.storage import Workspace
from studio.storage.journal import IllegalTransition
from studio.storage.workspace import open_now
from tests.unit.storage.conftest import OpenWorkspace, StartChild
from tests.unit.storage.material import HandClock, dollars, draft_run, moved


async def test_a_draft_gets_its_numbers_everywhere(workspace: Workspace, clock: HandClock) -> None:
    targets = ("openai/gpt-image-2", "demo/paint")

    first = await workspace.journal.add_run(draft_run(clock, targets=targets, images_per_call=(2, 1)))
    second = await workspace.journal.add_run(draft_run(clock))

    assert (first.id, second.id) == (1, 2)
    assert [(job.id, job.run_id) for job in first.jobs] == [("1.1", 1), ("1.2", 1)]
    assert [(call.id, call.job_id) for call in first.jobs[1].calls] == [("1.2.0", "1.2"), ("1.2.1", "1.2")]
    assert await workspace.journal.run(first.id) == first
    assert await workspace.journal.run(RunId(3)) is None


async def test_everything_of_a_call_and_a_job_survives(
    workspace: Workspace, clock: HandClock, open_again: OpenWorkspace
) -> None:
    run = await workspace.journal.add_run(draft_run(clock))
    call = (
        run.jobs[0]
        .calls[0]
        .model_copy(
            update={
                "state": CallState.SENDING,
                "ticket": Ticket(provider="openai", account="default", task_id="t-1", data={"host": "example"}),
                "usage": Usage(text_in=30, image_out=4160, credits=Decimal("1.5")),
                "reported": dollars("0.167"),
                "exchange": Exchange(request=WireRequest(method="POST", url="https://example.test"), reply='{"ok": 1}'),
                "sent_at": clock.now(),
            }
        )
    )
    job = run.jobs[0].model_copy(
        update={
            "state": JobState.RUNNING,
            "cost": Cost(reported=dollars("0.167"), basis="usage"),
            "notices": (Notice(field="seed", kind="ignored", code="seed_ignored", values={"model": "x"}),),
        }
    )

    await workspace.journal.save_call(call)
    await workspace.journal.save_job(job)

    stored = await (await open_again()).journal.run(run.id)
    assert stored is not None
    assert stored.jobs[0] == job.model_copy(update={"calls": (call,)})


async def test_saving_a_call_again_keeps_the_exchange_it_had(workspace: Workspace, clock: HandClock) -> None:
    run = await workspace.journal.add_run(draft_run(clock))
    sent = moved(run.jobs[0].calls[0], CallState.SENDING)
    await workspace.journal.save_call(sent.model_copy(update={"exchange": Exchange(reply="first")}))

    await workspace.journal.save_call(moved(sent, CallState.DONE))

    stored = await workspace.journal.run(run.id)
    assert stored is not None
    assert stored.jobs[0].calls[0].exchange == Exchange(reply="first")


@pytest.mark.parametrize(
    ("path", "refused"),
    [
        ((CallState.SENDING, CallState.DONE), CallState.SENDING),
        ((CallState.SENDING, CallState.ACCEPTED), CallState.QUEUED),
        ((CallState.SENDING, CallState.FAILED), CallState.DONE),
        ((), CallState.RUNNING),
    ],
)
async def test_a_call_never_goes_back(
    path: tuple[CallState, ...], refused: CallState, workspace: Workspace, clock: HandClock
) -> None:
    run = await workspace.journal.add_run(draft_run(clock))
    call = run.jobs[0].calls[0]
    for state in path:
        call = moved(call, state)
        await workspace.journal.save_call(call)

    with pytest.raises(IllegalTransition):
        await workspace.journal.save_call(moved(call, refused).model_copy(update={"attempt": 9}))

    stored = await workspace.journal.run(run.id)
    assert stored is not None
    assert stored.jobs[0].calls[0] == call


async def test_what_no_run_has_is_refused(workspace: Workspace, clock: HandClock) -> None:
    stray = Call(id=CallId("7.1.0"), job_id=JobId("7.1"), index=0, image_count=1, first_image_index=0)
    with pytest.raises(LookupError):
        await workspace.journal.save_call(stray)
    draft = draft_run(clock).jobs[0]
    with pytest.raises(LookupError):
        await workspace.journal.save_job(draft)
    with pytest.raises(LookupError):
        await workspace.journal.add_job(draft.model_copy(update={"run_id": RunId(7)}))


async def test_a_job_joins_a_run_behind_the_others(workspace: Workspace, clock: HandClock) -> None:
    run = await workspace.journal.add_run(draft_run(clock))
    draft = draft_run(clock, targets=("demo/paint",)).jobs[0]

    added = await workspace.journal.add_job(draft.model_copy(update={"run_id": run.id}))

    assert (added.id, added.position, added.calls[0].id) == ("1.2", 2, "1.2.0")
    stored = await workspace.journal.run(run.id)
    assert stored is not None
    assert stored.jobs == (*run.jobs, added)
    assert [target.key for target in stored.targets] == ["openai/gpt-image-2", "demo/paint"]


async def test_a_write_goes_through_when_its_waiter_is_cancelled(workspace: Workspace, clock: HandClock) -> None:
    run = await workspace.journal.add_run(draft_run(clock))
    call = moved(run.jobs[0].calls[0], CallState.SENDING)
    waiter = asyncio.create_task(workspace.journal.save_call(call))
    await asyncio.sleep(0)

    waiter.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiter

    # A later write stands behind it in the queue, so it is done by now.
    await workspace.journal.add_run(draft_run(clock))
    stored = await workspace.journal.run(run.id)
    assert stored is not None
    assert stored.jobs[0].calls[0].state is CallState.SENDING


def test_one_workspace_serves_two_loops(folder: Path, tmp_path: Path, clock: HandClock) -> None:
    """The engine's own loop and the window's await the same workspace, at the same time."""
    workspace = open_now(folder, cache_folder=tmp_path / "cache", clock=clock)

    async def add(count: int) -> None:
        for _ in range(count):
            await workspace.journal.add_run(draft_run(clock))

    loops = [threading.Thread(target=asyncio.run, args=(add(20),)) for _ in range(2)]
    for loop in loops:
        loop.start()
    for loop in loops:
        loop.join()

    assert asyncio.run(workspace.library.run_count()) == 40
    asyncio.run(workspace.close())


async def test_only_the_calls_of_dead_processes_are_taken_over(
    start_child: StartChild, open_again: OpenWorkspace
) -> None:
    living, dead = start_child("hold"), start_child("hold")
    for child in (living, dead):
        assert child.hear() == {"opened": True}
    heard_living, heard_dead = living.hear(), dead.hear()
    dead.kill()
    first, second = await open_again(), await open_again()

    taken, again = await first.journal.unfinished_runs(), await second.journal.unfinished_runs()

    assert [run.id for run in taken] == [heard_dead["run"]]
    assert again == []
    assert await first.journal.unfinished_runs() == []
    living.kill()
    assert [run.id for run in await second.journal.unfinished_runs()] == [heard_living["run"]]


async def test_a_process_that_closed_in_order_leaves_its_open_calls_to_the_next(
    open_again: OpenWorkspace, clock: HandClock
) -> None:
    before = await open_again()
    run = await before.journal.add_run(draft_run(clock))
    await before.journal.save_call(moved(run.jobs[0].calls[0], CallState.SENDING))
    await before.close()

    assert [one.id for one in await (await open_again()).journal.unfinished_runs()] == [run.id]


async def test_finished_calls_are_nobodys(open_again: OpenWorkspace, clock: HandClock) -> None:
    before = await open_again()
    run = await before.journal.add_run(draft_run(clock))
    for state in (CallState.SENDING, CallState.UNCERTAIN):
        await before.journal.save_call(moved(run.jobs[0].calls[0], state))
    await before.close()

    assert await (await open_again()).journal.unfinished_runs() == []


async def test_processes_never_give_a_number_twice(start_child: StartChild, workspace: Workspace) -> None:
    children = [start_child("number-runs", "20") for _ in range(3)]

    numbers = [said["run"] for child in children for said in child.hear_all() if "run" in said]

    assert sorted(numbers) == list(range(1, 61))


async def test_another_process_is_noticed(workspace: Workspace, clock: HandClock, start_child: StartChild) -> None:
    await workspace.changed()
    await workspace.journal.add_run(draft_run(clock))
    assert not await workspace.changed()

    start_child("number-runs", "1").hear_all()

    assert await workspace.changed()
    assert not await workspace.changed()
