"""The way out of a run: Ctrl-C once, twice, or a time-out, with an engine that never ends by itself."""

from __future__ import annotations

import asyncio
import os
import signal
from typing import Any, cast

import pytest

from studio.bootstrap import Studio
from studio.cli.progress import Silence
from studio.cli.running import Attention, see_through
from studio.domain.events import ImageSaved
from studio.domain.jobs import Run
from studio.domain.values import JobId, RunId
from tests.unit.export.conftest import WHEN, make_image, make_run

RUNS = [make_run(1), make_run(2)]


class StubbornEngine:
    """Cancels only when `obeys`; what is under way is over when the engine closes."""

    def __init__(self, *, obeys: bool) -> None:
        self.obeys = obeys
        self.cancelled: list[RunId] = []
        self.first_cancelled = asyncio.Event()
        self.over = asyncio.Event()
        self.waiting = asyncio.Event()
        self.closed = False

    async def wait(self, run_id: RunId) -> Run:
        self.waiting.set()
        await self.over.wait()
        return next(run for run in RUNS if run.id == run_id)

    async def cancel_run(self, run_id: RunId) -> None:
        self.cancelled.append(run_id)
        self.first_cancelled.set()
        if self.obeys and len(self.cancelled) == len(RUNS):
            self.over.set()

    async def close(self) -> None:
        self.closed = True
        self.over.set()


class StudioWith:
    def __init__(self, engine: StubbornEngine) -> None:
        self.engine = engine


async def seen_through(engine: StubbornEngine, *, presses: int, timeout_s: float | None = None) -> tuple[Run, ...]:
    async def press() -> None:
        await engine.waiting.wait()
        for _ in range(presses):
            os.kill(os.getpid(), signal.SIGINT)

    pressing = asyncio.ensure_future(press())
    runs = await see_through(cast("Studio", StudioWith(engine)), RUNS, timeout_s)
    await pressing
    return runs


async def test_one_press_cancels_every_run_and_waits_for_its_end(capsys: pytest.CaptureFixture[str]) -> None:
    engine = StubbornEngine(obeys=True)
    assert await seen_through(engine, presses=1) == tuple(RUNS)
    assert (engine.cancelled, engine.closed) == ([1, 2], False)
    assert "press Ctrl-C again" in capsys.readouterr().err


async def test_second_press_leaves_at_once_and_still_gives_the_runs(capsys: pytest.CaptureFixture[str]) -> None:
    engine = StubbornEngine(obeys=False)

    async def press_again() -> None:
        await engine.first_cancelled.wait()
        os.kill(os.getpid(), signal.SIGINT)

    again = asyncio.ensure_future(press_again())
    assert await seen_through(engine, presses=1) == tuple(RUNS)
    await again
    assert engine.closed
    capsys.readouterr()


async def test_timeout_is_a_press_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    engine = StubbornEngine(obeys=True)
    assert await seen_through(engine, presses=0, timeout_s=0.01) == tuple(RUNS)
    assert "Not done after 0.01 s." in capsys.readouterr().err


async def test_afterwards_the_signals_are_everybodys_again() -> None:
    engine = StubbornEngine(obeys=True)
    before = signal.getsignal(signal.SIGTERM)
    await seen_through(engine, presses=1)
    assert signal.getsignal(signal.SIGTERM) is before


def saved(run: int) -> ImageSaved:
    record = make_image(make_run(run)).record
    return ImageSaved(at=WHEN, run_id=RunId(run), job_id=JobId(f"{run}.0"), image=record)


def test_images_that_came_before_the_run_was_known_count_too() -> None:
    attention = Attention(Silence())
    attention.take(saved(1))
    attention.take(saved(7))
    attention.begin([RUNS[0]])
    attention.take(saved(1))
    attention.take(saved(7))
    found: dict[str, Any] = attention.images
    assert {job: len(images) for job, images in found.items()} == {"1.0": 2}
