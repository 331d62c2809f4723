"""A studio on a thread of its own, asked for something at the moment it ends."""

from __future__ import annotations

import asyncio
import gc
from typing import Any, cast

import pytest

from studio.bootstrap import Studio, StudioThread


class ClosingLoop(asyncio.SelectorEventLoop):
    """Says that it is open for the last time; everything else finds it closed."""

    asked = False

    def is_closed(self) -> bool:
        first, self.asked = not self.asked, True
        return super().is_closed() and not first


async def work(studio: Studio) -> None:
    raise AssertionError("nobody carries this out")


@pytest.mark.filterwarnings("error")
def test_work_for_a_loop_that_closes_meanwhile_is_refused_and_left_nowhere() -> None:
    host: Any = StudioThread(cast(Any, None))
    host._opened.set_result(cast(Studio, object()))
    host._loop = ClosingLoop()
    host._loop.close()
    host._loop.asked = False
    with pytest.raises(RuntimeError, match="the studio is not open"):
        host.submit(work)
    gc.collect()
