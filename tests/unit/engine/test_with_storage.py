"""The engine on the real workspace: what the fakes of the other tests promise, the database keeps."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from studio.domain.errors import BalanceUsedUp, OverBudget, Uncertain
from studio.domain.events import Exchanged, ImageArrived, Noticed, PartialImage, Progressed, UsageReported
from studio.domain.jobs import CallState, Exchange, JobState
from studio.domain.notices import Notice
from studio.domain.ports import Limits
from studio.domain.pricing import Usage
from studio.domain.sweep import CellOutcome, Sweep, SweepAxis, SweepPlan, SweepValue
from studio.domain.values import CallId
from studio.engine.engine import Engine
from studio.engine.intake import Intake
from studio.engine.retry import RetryPolicy
from studio.engine.settings import EngineSettings
from studio.engine.sweeping import Sweeps
from studio.storage import LibraryQuery, Workspace, open_workspace
from tests.unit.engine.fakes import ALPHA, KEY, Accounts, Gate, ManualClock, ScriptedProvider, model, ticket, usd, wish


def picture(colour: str, size: tuple[int, int] = (96, 64)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, "PNG")
    return file.getvalue()


RED, BLUE = picture("red"), picture("blue")


class Desk:
    """A workspace folder in which one process after the other works."""

    def __init__(self, folder: Path, stack: AsyncExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self.clock = ManualClock()
        self.accounts = Accounts()
        self.providers = {"alpha": ScriptedProvider("alpha"), "beta": ScriptedProvider("beta")}
        for provider in self.providers.values():
            provider.scripts = [[ImageArrived(content=RED)]]

    async def open(self, **settings: Any) -> tuple[Engine, Workspace]:
        workspace = await open_workspace(
            self._folder / "studio", cache_folder=self._folder / "cache", clock=self.clock, rates={}
        )
        self._stack.push_async_callback(workspace.close)
        engine = Engine(
            providers=self.providers,
            journal=workspace.journal,
            archive=workspace.archive,
            ledger=workspace.ledger,
            accounts=self.accounts,
            clock=self.clock,
            settings=EngineSettings(**{"retry": RetryPolicy(jitter=0), **settings}),
        )
        self._stack.push_async_callback(engine.close)
        return engine, workspace

    @staticmethod
    def held(sweep: Sweep) -> list[CellOutcome]:
        """Cells that wait in the queue."""
        return [cell for cell in sweep.cells if cell.state == "running"]


OpenDesk = Callable[..., Awaitable[tuple[Engine, Workspace]]]


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    async with AsyncExitStack() as stack:
        yield Desk(tmp_path, stack)


async def test_a_run_with_everything_is_found_again_as_it_was(desk: Desk) -> None:
    notice = Notice(field="prompt", kind="information", code="prompt_rewritten", values={"provider": "Alpha"})
    desk.providers["alpha"].scripts = [
        [
            ticket(),
            Progressed(fraction=0.5),
            PartialImage(step=1, steps=3, content=RED),
            Exchanged(exchange=Exchange(http_status=200, reply="{}")),
            Noticed(notice=notice),
            ImageArrived(index=0, content=RED),
            ImageArrived(index=1, content=BLUE, revised_prompt="a blue cat"),
            UsageReported(usage=Usage(images=2), cost=usd("0.07")),
        ]
    ]
    engine, workspace = await desk.open()
    run = await engine.start(wish(n=3, seed=7), [ALPHA])
    done = await engine.wait(run.id)
    stored = await workspace.journal.run(run.id)
    assert stored == done
    job = done.jobs[0]
    assert (job.state, job.missing, job.cost.reported) == (JobState.DONE, (2,), usd("0.07"))
    assert notice in job.notices
    assert job.calls[0].ticket is not None
    assert (await workspace.ledger.spending()).billed == usd("0.07")
    assert KEY not in done.model_dump_json()


async def test_the_same_seeded_request_is_answered_from_the_library(desk: Desk) -> None:
    engine, workspace = await desk.open()
    first = await engine.wait((await engine.start(wish(seed=7), [ALPHA])).id)
    images = await engine.cached(engine.plan(wish(seed=7), [ALPHA]))
    assert [image.run_id for image in images[0]] == [first.id]
    second = await engine.wait((await engine.start(wish(seed=7), [ALPHA])).id)
    assert second.jobs[0].cached
    assert len(desk.providers["alpha"].posts) == 1
    assert (await workspace.ledger.spending()).billed == usd("0.04")
    root = workspace.folder.root
    files = {image.path for image in images[0]}
    assert [(root / path).read_bytes() for path in files] == [RED]


async def test_a_task_of_a_process_that_died_is_brought_home_by_the_next(desk: Desk) -> None:
    gate = Gate()
    desk.providers["alpha"].scripts = [[ticket(), gate]]
    desk.providers["alpha"].resumes = [[ImageArrived(content=RED)]]
    first, workspace = await desk.open()
    run = await first.start(wish(), [ALPHA])
    await gate.reached.wait()
    await workspace.close()  # the process is gone without a word from the engine
    second, workspace = await desk.open()
    (found,) = await second.recover()
    done = await second.wait(found.id)
    assert done.id == run.id
    assert done.jobs[0].state is JobState.DONE
    assert len(desk.providers["alpha"].posts) == 1
    assert await workspace.journal.unfinished_runs() == []
    assert (await workspace.ledger.spending()).billed == usd("0.04")
    assert (await workspace.ledger.spending()).reserved == usd("0")


async def test_a_stand_in_joins_the_stored_run(desk: Desk) -> None:
    desk.providers["alpha"].scripts = [[BalanceUsedUp(provider="Alpha")]]
    engine, workspace = await desk.open(fallback="take", fallback_order=("beta",))
    done = await engine.wait((await engine.start(wish(), [ALPHA])).id)
    stored = await workspace.journal.run(done.id)
    assert stored == done
    assert [job.state for job in done.jobs] == [JobState.FAILED, JobState.DONE]
    assert [job.position for job in done.jobs] == [1, 2]


async def test_the_budget_of_the_day_holds_and_doubt_counts_until_it_is_settled(desk: Desk) -> None:
    desk.providers["alpha"].scripts = [[Uncertain(provider="Alpha")], [ImageArrived(content=RED)]]
    engine, workspace = await desk.open(limits=Limits(per_day=usd("0.06")))
    doubtful = await engine.wait((await engine.start(wish(), [ALPHA])).id)
    assert (await workspace.ledger.spending()).unsure == usd("0.04")
    with pytest.raises(OverBudget):
        await engine.start(wish(), [ALPHA])
    await engine.settle_uncertain(doubtful.jobs[0].calls[0].id, None)
    done = await engine.wait((await engine.start(wish(), [ALPHA])).id)
    assert done.jobs[0].state is JobState.DONE
    settled = await workspace.journal.run(doubtful.id)
    assert settled is not None
    assert settled.jobs[0].state is JobState.FAILED


async def test_a_limit_of_the_account_cancels_the_whole_run(desk: Desk) -> None:
    desk.accounts.changes["alpha"] = {"daily_limit": usd("0.01")}
    engine, workspace = await desk.open()
    with pytest.raises(OverBudget):
        await engine.start(wish(), [ALPHA])
    assert (await workspace.ledger.spending()).reserved == usd("0")
    assert await workspace.journal.unfinished_runs() == []


async def test_a_task_asked_for_again_after_a_restart(desk: Desk) -> None:
    desk.providers["alpha"] = ScriptedProvider("alpha", model(capability={"deadline_s": 60}))
    gate = Gate()
    desk.providers["alpha"].scripts = [[ticket(), gate]]
    desk.providers["alpha"].resumes = [[ImageArrived(content=RED)]]
    first, workspace = await desk.open()
    run = await first.start(wish(), [ALPHA])
    await gate.reached.wait()
    await desk.clock.advance(60)
    assert (await first.wait(run.id)).jobs[0].state is JobState.UNCERTAIN
    await first.close()
    await workspace.close()
    second, workspace = await desk.open()
    assert await second.recover() == ()
    await second.ask_again(CallId("1.1.0"))
    done = await second.wait(run.id)
    assert done.jobs[0].calls[0].state is CallState.DONE
    assert (await workspace.ledger.spending()).billed == usd("0.04")
    assert (await workspace.ledger.spending()).unsure == usd("0")


async def test_a_reference_goes_through_the_workspace(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "cat.png"
    await asyncio.to_thread(path.write_bytes, BLUE)
    desk.providers["alpha"] = ScriptedProvider(
        "alpha", model(capability={"reference_image": "native", "references_max": 2})
    )
    read: list[bytes] = []
    engine, workspace = await desk.open()
    intake = Intake(workspace.archive, NoLinks())
    request, _ = await intake.request_from_wish({"prompt": "a cat", "reference_image": str(path), "size": "1024x1024"})
    desk.providers["alpha"].scripts = [[ImageArrived(content=RED)]]
    done = await engine.wait((await engine.start(request, [ALPHA])).id)
    read.append(await desk.providers["alpha"].posts[0].read_reference(request.reference_image[0]))
    assert read == [BLUE]
    assert (request.reference_image[0].width, request.reference_image[0].height) == (96, 64)
    assert done.jobs[0].state is JobState.DONE


class NoLinks:
    async def fetch(self, url: str, *, limit_bytes: int) -> bytes:
        raise AssertionError(f"{url} is not for this test")


async def test_a_sweep_is_taken_up_by_the_next_process_and_pays_once(desk: Desk) -> None:
    gate = Gate()
    alpha = desk.providers["alpha"]
    alpha.scripts = [[ImageArrived(content=RED)], [gate, ImageArrived(content=BLUE)]]
    seeds = tuple(SweepValue(label=str(seed), seed=seed) for seed in range(6))
    plan = SweepPlan(
        request=wish(), targets=(ALPHA,), axes=(SweepAxis(kind="seed", place="rows", values=seeds),), order="random"
    )
    engine, workspace = await desk.open()
    first = Sweeps(engine, workspace.sweeps)
    sweep = await first.start(plan)
    saved = asyncio.Event()
    engine.listen(lambda event: saved.set() if event.kind == "image_saved" else None)
    await saved.wait()
    await first.pause(sweep.id)
    gate.open()
    paused = await first.wait(sweep.id)
    sent = len(alpha.posts)
    assert (paused.state, paused.done, paused.waiting + len(desk.held(paused))) == ("paused", sent, 6 - sent)
    await first.close()
    await engine.close()
    await workspace.close()

    engine, workspace = await desk.open()
    second = Sweeps(engine, workspace.sweeps)
    await second.resume(sweep.id)
    done = await second.wait(sweep.id)
    assert (done.state, done.done, len(alpha.posts)) == ("done", 6, 6)
    assert len({call.seed for call in alpha.posts}) == 6
    assert await workspace.library.count(LibraryQuery(sweeps=(sweep.id,))) == 6
    forecast = await second.forecast(plan)
    assert [cell.state for cell in forecast.cells] == ["made"] * 6
    again = await second.wait((await second.start(plan)).id)
    assert ([cell.state for cell in again.cells], len(alpha.posts)) == (["cached"] * 6, 6)
    await second.close()
