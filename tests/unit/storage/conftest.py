from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from studio.storage import Workspace, open_workspace
from studio.storage.workspace import open_now
from tests.unit.storage.material import HandClock
from tests.unit.storage.shelf import Shelf

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


class Child:
    """A process of `tests.unit.storage.child`."""

    def __init__(self, folder: Path, command: str, argument: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.unit.storage.child", str(folder), command, argument],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def hear(self) -> dict[str, Any]:
        """The next line it says."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, f"the child ended with {self.process.wait()}"
        heard: dict[str, Any] = json.loads(line)
        return heard

    def hear_all(self) -> list[dict[str, Any]]:
        """All it still says, until it ends by itself."""
        assert self.process.stdout is not None
        said = [json.loads(line) for line in self.process.stdout]
        assert self.process.wait() == 0
        return said

    def hear_until_stopped(self) -> list[dict[str, Any]]:
        said = []
        while not (heard := self.hear()).get("stopped"):
            said.append(heard)
        return said

    def tell(self) -> None:
        """Let it go on where it waits for a line."""
        assert self.process.stdin is not None
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


StartChild = Callable[..., Child]


@pytest.fixture
def start_child(folder: Path) -> Iterator[StartChild]:
    children: list[Child] = []

    def start(command: str, argument: str = "", *, at: Path = folder) -> Child:
        children.append(Child(at, command, argument))
        return children[-1]

    yield start
    for child in children:
        child.kill()
        for pipe in (child.process.stdin, child.process.stdout):
            if pipe is not None:
                pipe.close()


@pytest.fixture
def loop_runner() -> Iterator[asyncio.Runner]:
    """A loop for tests that ask hundreds of questions of one workspace."""
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def blocking_shelf(tmp_path: Path, loop_runner: asyncio.Runner) -> Iterator[Shelf]:
    clock = HandClock()
    workspace = open_now(tmp_path / "workspace", cache_folder=tmp_path / "cache", clock=clock)
    yield Shelf(workspace, clock)
    loop_runner.run(workspace.close())
