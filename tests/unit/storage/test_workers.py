"""Work on threads whose waiter has gone."""

from __future__ import annotations

import asyncio
import logging
import threading

import pytest

from studio.storage.workers import Workers


@pytest.mark.parametrize(
    ("wanted_by_all", "level"),
    [
        pytest.param(True, logging.ERROR, marks=pytest.mark.expects_log("failed after its waiter had gone")),
        pytest.param(False, logging.INFO),
    ],
)
async def test_only_work_that_must_happen_is_missed_when_it_fails_unheard(
    wanted_by_all: bool, level: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    workers = Workers("test", 1)
    begun, go_on = threading.Event(), threading.Event()

    def fail() -> None:
        begun.set()
        assert go_on.wait(60)
        raise OSError("interrupted")

    run = workers.run if wanted_by_all else workers.run_if_wanted
    waiter = asyncio.create_task(run(fail))
    await asyncio.to_thread(begun.wait, 60)
    waiter.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiter
    go_on.set()
    workers.close(60)
    workers._pool.shutdown(wait=True)  # its callbacks too have run
    assert [(record.levelno, record.getMessage()) for record in caplog.records] == [
        (level, "failed after its waiter had gone")
    ]
