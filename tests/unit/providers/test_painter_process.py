"""What is left of the painter's process when its picture is there, or nobody waits for it any more."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import sys
from asyncio.base_subprocess import BaseSubprocessTransport
from pathlib import Path

import pytest

from studio.domain.errors import TaskFailed
from studio.providers import painter_process
from studio.providers.painter_process import paint_in_process

PAINTER = """
import struct, subprocess, sys
subprocess.Popen(["cat", sys.argv[1]])  # holds the pipes until somebody writes there
sys.stdin.readline()
sys.stdout.buffer.write(b"F" + struct.pack(">I", 3) + b"img")
"""


def left_open() -> list[BaseSubprocessTransport]:
    transports = [found for found in gc.get_objects() if isinstance(found, BaseSubprocessTransport)]
    return [found for found in transports if not found.is_closing()]


@pytest.mark.skipif(sys.platform == "win32", reason="holds the pipes by a named pipe")
def test_pipes_that_end_later_than_the_painter_are_closed_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold = tmp_path / "hold"
    os.mkfifo(hold)
    monkeypatch.setattr(painter_process, "_command", lambda: [sys.executable, "-c", PAINTER, str(hold)])

    monkeypatch.setattr(painter_process, "_LEAVING_S", 2.0)  # `wait` waits for the pipes too

    def let_go() -> None:
        with contextlib.suppress(OSError):  # nobody holds it any more
            os.close(os.open(hold, os.O_WRONLY | os.O_NONBLOCK))

    async def paint() -> list[bytes]:
        asyncio.get_running_loop().call_later(30, let_go)  # for a painter that a busy machine stops on its way out
        frames = [frame.content async for frame in paint_in_process({})]
        assert not left_open()
        return frames

    try:
        assert asyncio.run(paint()) == [b"img"]
    finally:
        let_go()


@pytest.mark.skipif(sys.platform == "win32", reason="processes end by signals elsewhere only")
@pytest.mark.parametrize(
    ("painter", "told"),
    [
        ("raise SystemExit('no canvas')", "no canvas"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGKILL)", "the painter ended with code -9"),
        (
            "import faulthandler; faulthandler.enable(); faulthandler._sigsegv()",
            "the painter ended with code -11; Fatal Python error: Segmentation fault",
        ),
        ("pass", "the painter ended with code 0"),
    ],
)
async def test_a_painter_that_ends_without_a_picture_is_told_with_its_reason(
    painter: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(painter_process, "_command", lambda: [sys.executable, "-c", painter])
    with pytest.raises(TaskFailed) as failed:
        [frame async for frame in paint_in_process({})]
    assert failed.value.problem.detail == told
