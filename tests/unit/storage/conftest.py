from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from decimal import Decimal
from pathlib import Path

import pytest

from studio.storage import Workspace, open_workspace
from tests.unit.storage.material import HandClock

OpenWorkspace = Callable[[], Awaitable[Workspace]]


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Prompt Studio"


@pytest.fixture
async def open_again(folder: Path, tmp_path: Path, clock: HandClock) -> AsyncIterator[OpenWorkspace]:
    """Opens the test's workspace as another window would; all are closed at the end."""
    async with AsyncExitStack() as stack:

        async def open_it() -> Workspace:
            workspace = await open_workspace(
                folder, cache_folder=tmp_path / "cache", clock=clock, rates={"CNY": Decimal("0.14")}
            )
            stack.push_async_callback(workspace.close)
            return workspace

        yield open_it


@pytest.fixture
async def workspace(open_again: OpenWorkspace) -> Workspace:
    return await open_again()
