"""A studio on a thread of its own, asked for something at the moment it ends."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any, cast

import pytest

from studio.bootstrap import Studio, StudioThread

PATIENCE_S = 60


class SlowToClose:
    """A studio that closes when it is told to go on; `closing` says that it has begun to."""

    def __init__(self) -> None:
        self.closing, self.go_on = threading.Event(), threading.Event()
        self.host = StudioThread(self._opened)

    @asynccontextmanager
    async def _opened(self) -> AsyncIterator[Studio]:
        yield cast(Any, object())
        self.closing.set()
        await asyncio.to_thread(self.go_on.wait, PATIENCE_S)


@pytest.fixture
def slow() -> Iterator[SlowToClose]:
    slow = SlowToClose()
    yield slow
    slow.go_on.set()
    slow.host.close()
    assert slow.host.join(PATIENCE_S)


async def work(studio: Studio) -> str:
    return "done"


def test_before_it_is_open_work_is_refused() -> None:
    with pytest.raises(RuntimeError, match="the studio is not open"):
        SlowToClose().host.submit(work)


def test_work_that_comes_while_it_closes_or_later_is_refused(slow: SlowToClose) -> None:
    slow.host.start().result(PATIENCE_S)
    assert slow.host.submit(work).result(PATIENCE_S) == "done"
    slow.host.close()
    assert slow.closing.wait(PATIENCE_S)
    with pytest.raises(RuntimeError, match="the studio is not open"):
        slow.host.submit(work)
    slow.go_on.set()
    assert slow.host.join(PATIENCE_S)
    with pytest.raises(RuntimeError, match="the studio is not open"):
        slow.host.submit(work)


def test_nobody_waits_for_ever_for_work_that_came_in_the_last_moment(slow: SlowToClose) -> None:
    slow.host.start().result(PATIENCE_S)
    outcomes: list[Any] = []

    async def endless(studio: Studio) -> None:
        await asyncio.Event().wait()

    async def close_and_ask(studio: Studio) -> None:
        slow.host.close()
        outcomes.append(slow.host.submit(endless))

    slow.host.submit(close_and_ask).result(PATIENCE_S)
    slow.go_on.set()
    assert slow.host.join(PATIENCE_S)
    assert outcomes[0].cancelled()
