"""Runs `studio.painting` in a process of its own and reads its pictures as they come."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import struct
import sys
from collections.abc import AsyncGenerator
from typing import Any, NamedTuple, cast

from studio.domain.errors import TaskFailed

_FRAME_MAX_BYTES = 256 * 1024 * 1024
_LEAVING_S = 5.0
"""A painter that has sent its picture is gone within milliseconds; this is for a machine that stands still."""


class Painted(NamedTuple):
    is_final: bool
    content: bytes


def _command() -> list[str]:
    """A frozen program has no `-m`; it takes the order under a switch of its own."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--paint"]
    return [sys.executable, "-X", "faulthandler", "-m", "studio.painting"]


async def paint_in_process(order: dict[str, Any]) -> AsyncGenerator[Painted, None]:
    """Previews, then the final picture, encoded. Closing the iterator ends the process.

    Raises TaskFailed with the painter's last words, or the code it ended with (below 0: a signal), when it ends without
    a final picture."""
    process = await asyncio.create_subprocess_exec(
        *_command(), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    if process.stdin is None or process.stdout is None or process.stderr is None:
        raise TaskFailed(provider="Demo", detail="the painter has no pipes")
    try:
        process.stdin.write(json.dumps(order).encode() + b"\n")
        with contextlib.suppress(ConnectionError):
            await process.stdin.drain()
        process.stdin.close()
        while True:
            try:
                kind, length = struct.unpack(">cI", await process.stdout.readexactly(5))
                if length > _FRAME_MAX_BYTES:
                    raise TaskFailed(provider="Demo", detail="the painter sent an impossible length")
                content = await process.stdout.readexactly(length)
            except asyncio.IncompleteReadError:
                said = (await process.stderr.read()).decode(errors="replace").strip().splitlines()
                raise TaskFailed(provider="Demo", detail=_last_words(said, await process.wait())) from None
            if kind == b"F":
                # It ends by itself now; to kill a process that is just leaving confuses asyncio's watch over it.
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(process.wait(), _LEAVING_S)
            yield Painted(kind == b"F", content)
            if kind == b"F":
                return
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
        try:
            await process.wait()
        finally:
            # Its pipes may tell their end later than it does, and by then the loop may be closed.
            process._transport.close()  # type: ignore[attr-defined]  # noqa: SLF001 - nothing public closes it


def _last_words(said: list[str], code: int) -> str:
    """Why a painter ended: its exception, or how the system ended it, with the fault that Python could still tell."""
    if code > 0 and said:
        return said[-1]
    return "; ".join([f"the painter ended with code {code}", *said[:1]])


async def palettes_in_process(references: list[bytes]) -> list[list[list[int]]]:
    """The dominant colours of each encoded image, most frequent first."""
    order = {"palettes_of": [base64.b64encode(content).decode() for content in references]}
    async with contextlib.aclosing(paint_in_process(order)) as frames:
        async for frame in frames:
            return cast(list[list[list[int]]], json.loads(frame.content))
    raise TaskFailed(provider="Demo", detail="the painter gave no palettes")
