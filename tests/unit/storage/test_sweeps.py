"""Sweeps on disk: whose turn it is, what became of the cells, and that a rebuild brings them back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from studio.domain.errors import NotSent, ServerFailed, SweepFailing, SweepTaken
from studio.domain.jobs import CallState, Run, SweepLink
from studio.domain.pricing import Cost
from studio.domain.request import GenerationRequest, Target
from studio.domain.sweep import CellOutcome, Sweep, SweepAxis, SweepPlan, SweepRecord, SweepValue
from studio.domain.values import JobId, RunId, SweepId
from studio.storage import LibraryQuery, Workspace, rebuild
from tests.unit.storage.conftest import OpenWorkspace
from tests.unit.storage.material import HandClock, arrived, dollars, draft_run, moved, picture

FAILING = SweepFailing(count=3).problem
TARGETS = ("openai/gpt-image-2", "demo/paint")


def draft(clock: HandClock, cells: int = 4, blocked: tuple[int, ...] = ()) -> SweepRecord:
    seeds = tuple(SweepValue(label=str(seed), seed=seed) for seed in range(cells // 2))
    plan = SweepPlan(
        request=GenerationRequest(prompt="a red fox"),
        targets=tuple(Target.parse(target) for target in TARGETS),
        axes=(SweepAxis(kind="seed", place="rows", values=seeds),),
        left_out=frozenset({(9,)}),
    )
    return SweepRecord(id=SweepId(0), created_at=clock.now(), plan=plan, positions=tuple(range(cells)), blocked=blocked)


async def add_run(workspace: Workspace, clock: HandClock, sweep: SweepId, cells: Sequence[int]) -> Run:
    run = draft_run(clock, "a red fox", targets=TARGETS[: len(cells)])
    link = SweepLink(sweep_id=sweep, cells=tuple(cells))
    return await workspace.journal.add_run(run.model_copy(update={"origin": "sweep", "sweep": link}))


async def finish(workspace: Workspace, run: Run, place: int, cost: str | None = None) -> None:
    """One job of the run brings its image."""
    job, call = run.jobs[place], run.jobs[place].calls[0]
    await workspace.archive.save_image(run, job, call, arrived(picture(marks=run.id * 7 + place)))
    for state in (CallState.SENDING, CallState.DONE):
        await workspace.journal.save_call(moved(call, state))
    if cost is not None:
        await workspace.journal.save_job(job.model_copy(update={"cost": Cost(reported=dollars(cost))}))


async def known(workspace: Workspace, sweep_id: SweepId) -> Sweep:
    found = await workspace.sweeps.sweep(sweep_id)
    assert found is not None
    return found[1]


async def states(workspace: Workspace, sweep_id: SweepId) -> list[str]:
    return [cell.state for cell in (await known(workspace, sweep_id)).cells]


async def test_a_sweep_tells_what_became_of_each_cell(workspace: Workspace, clock: HandClock) -> None:
    record = await workspace.sweeps.add(draft(clock, cells=8, blocked=(6,)))
    assert record.id == 1
    first = await add_run(workspace, clock, record.id, (0, 1))
    await finish(workspace, first, 0, cost="0.05")
    broken = first.jobs[1].calls[0].model_copy(update={"problem": ServerFailed(provider="Demo").problem})
    for state in (CallState.SENDING, CallState.FAILED):
        await workspace.journal.save_call(moved(broken, state))
    second = await add_run(workspace, clock, record.id, (2, 3))
    unsent = second.jobs[0].calls[0].model_copy(update={"problem": NotSent(provider="OpenAI").problem})
    await workspace.journal.save_call(moved(unsent, CallState.CANCELLED))
    doubtful = second.jobs[1].calls[0]
    for state in (CallState.SENDING, CallState.UNCERTAIN):
        await workspace.journal.save_call(moved(doubtful, state))
    third = await add_run(workspace, clock, record.id, (4, 5))
    await workspace.journal.save_call(moved(third.jobs[1].calls[0], CallState.CANCELLED))

    sweep = await known(workspace, record.id)
    assert [cell.state for cell in sweep.cells] == [
        *("done", "failed", "waiting", "uncertain", "running", "cancelled", "blocked", "waiting")
    ]
    assert (sweep.total, sweep.done, sweep.failed, sweep.in_doubt) == (7, 1, 2, 1)
    assert (sweep.waiting, sweep.images) == (2, 1)
    assert sweep.billed == (dollars("0.05"),)
    images = await workspace.library.page(LibraryQuery(runs=(first.id,)))
    assert sweep.cells[0] == CellOutcome(
        position=0, state="done", run_id=RunId(1), job_id=JobId("1.1"), image_ids=(images[0].id,)
    )
    assert sweep.cells[1].problem == ServerFailed(provider="Demo").problem.title
    assert await workspace.sweeps.last_run(record.id) == third.id

    again = await add_run(workspace, clock, record.id, (1, 2))
    await finish(workspace, again, 0)
    assert (await states(workspace, record.id))[:3] == ["done", "done", "running"]


async def test_images_and_runs_of_a_sweep_are_found(workspace: Workspace, clock: HandClock) -> None:
    sweeps = [(await workspace.sweeps.add(draft(clock))).id for _ in range(2)]
    runs = [await add_run(workspace, clock, sweep, (0,)) for sweep in sweeps]
    other = await workspace.journal.add_run(draft_run(clock))
    for run in (*runs, other):
        await finish(workspace, run, 0)
    library = workspace.library
    assert await library.run_ids(LibraryQuery(sweeps=(sweeps[0],))) == [runs[0].id]
    assert await library.run_count(LibraryQuery(sweeps=tuple(sweeps))) == 2
    found = await library.page(LibraryQuery(sweeps=(sweeps[1],)))
    assert [image.run_id for image in found] == [runs[1].id]
    assert await library.count(LibraryQuery(sweeps=(SweepId(9),))) == 0
    page = await library.run(runs[0].id)
    assert page is not None
    assert page.run.sweep == SweepLink(sweep_id=sweeps[0], cells=(0,))


async def test_one_process_at_a_time(open_again: OpenWorkspace, clock: HandClock) -> None:
    here, there = await open_again(), await open_again()
    record = await here.sweeps.add(draft(clock))
    with pytest.raises(SweepTaken):
        await there.sweeps.take(record.id)
    with pytest.raises(SweepTaken):
        await add_run(there, clock, record.id, (0, 1))
    await add_run(here, clock, record.id, (0, 1))
    await there.sweeps.change(record.id, "paused", FAILING)
    with pytest.raises(SweepTaken):
        await add_run(here, clock, record.id, (2, 3))
    assert await here.library.run_count() == 1
    assert ((await known(here, record.id)).state, (await known(here, record.id)).reason) == ("paused", FAILING.text)
    assert (await there.sweeps.take(record.id)).state == "running"
    with pytest.raises(SweepTaken):
        await here.sweeps.take(record.id)
    await add_run(there, clock, record.id, (2, 3))
    await there.close()
    assert (await known(here, record.id)).state == "interrupted"
    assert (await here.sweeps.take(record.id)).state == "running"
    assert (await here.sweeps.take(record.id)).state == "running"


async def test_what_is_not_there(workspace: Workspace) -> None:
    assert await workspace.sweeps.sweep(SweepId(7)) is None
    assert await workspace.sweeps.last_run(SweepId(7)) is None
    with pytest.raises(LookupError):
        await workspace.sweeps.take(SweepId(7))
    with pytest.raises(LookupError):
        await workspace.sweeps.change(SweepId(7), "paused")


async def test_a_rebuilt_database_has_the_sweeps(open_again: OpenWorkspace, clock: HandClock, folder: Path) -> None:
    workspace = await open_again()
    paused = await workspace.sweeps.add(draft(clock))
    run = await add_run(workspace, clock, paused.id, (0, 1))
    await finish(workspace, run, 0)
    await workspace.journal.save_call(moved(run.jobs[1].calls[0], CallState.CANCELLED))
    await workspace.sweeps.change(paused.id, "paused", FAILING)
    running = await workspace.sweeps.add(draft(clock))
    await workspace.sweeps.change(running.id, "running", blocked=(3,))
    before = await workspace.sweeps.sweeps(10, 0)
    await workspace.close()

    report = await rebuild(folder, clock=clock)

    assert report.unreadable_lines == 0
    after = await (rebuilt := await open_again()).sweeps.sweeps(10, 0)
    assert [sweep.state for sweep in after] == ["interrupted", "paused"]
    assert after[1] == before[1]
    assert after[0] == before[0].model_copy(update={"state": "interrupted"})
    assert await rebuilt.library.run_ids(LibraryQuery(sweeps=(paused.id,))) == [run.id]
    assert (await rebuilt.sweeps.add(draft(clock))).id == 3


async def test_the_newest_come_first_in_pages(workspace: Workspace, clock: HandClock) -> None:
    for _ in range(3):
        await workspace.sweeps.add(draft(clock))
    assert [sweep.id for sweep in await workspace.sweeps.sweeps(2, 0)] == [3, 2]
    assert [sweep.id for sweep in await workspace.sweeps.sweeps(2, 2)] == [1]
