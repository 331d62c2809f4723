"""Writing with patience: what has been paid for waits in memory until it can be written, and is rescued at close."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from studio.domain.errors import DiskFull, FolderNotWritable, Problem
from studio.domain.ports import Clock
from studio.engine.tasks import Alarm, TaskOwner

T = TypeVar("T")


class SavingGivenUp(Exception):
    """The studio closes, and what waited could not be written to its place."""


class PatientSaver:
    """Tries to write again and again, every few seconds and whenever the user asks."""

    def __init__(self, clock: Clock, owner: TaskOwner, retry_s: float) -> None:
        self._retry_s = retry_s
        self._again = asyncio.Event()
        self._alarm = Alarm(clock, owner, self.retry, name="saving: next try")
        self._closing = False
        self.held = 0
        """How many things wait in memory."""

    def retry(self) -> None:
        """Everything that waits is tried again now."""
        again, self._again = self._again, asyncio.Event()
        again.set()

    def close(self) -> None:
        """One more try for everything, then no more patience."""
        self._closing = True
        self._alarm.clear()
        self.retry()

    async def save(self, write: Callable[[], Awaitable[T]], blocked: Callable[[Problem], None]) -> T:
        """The result of `write`, called until it works. `blocked` hears of each failure.

        Raises SavingGivenUp once the studio closes, and whatever `write` raises besides a lack of room or right."""
        waits = False
        try:
            while True:
                try:
                    return await write()
                except (DiskFull, FolderNotWritable) as error:
                    if not waits:
                        waits, self.held = True, self.held + 1
                    blocked(error.problem)
                    if self._closing:
                        raise SavingGivenUp from error
                    again = self._again
                    if not self._alarm.is_set:
                        self._alarm.set(self._retry_s)
                    await again.wait()
        finally:
            if waits:
                self.held -= 1


def rescue(content: bytes, name: str, folders: Sequence[Path]) -> Path | None:
    """Writes bytes under a new name into the first folder that takes them (the temporary folder is the last resort).

    None when no folder does. Blocks: for a worker thread."""
    for folder in (*folders, Path(tempfile.gettempdir())):
        with suppress(OSError, ValueError):
            folder.mkdir(parents=True, exist_ok=True)
            for number in range(1000):
                path = folder / f"{name}{f'-{number}' if number else ''}.{_extension(content)}"
                with suppress(FileExistsError), path.open("xb") as file:
                    file.write(content)
                    return path
    return None


def _extension(content: bytes) -> str:
    for magic, extension in ((b"\x89PNG", "png"), (b"\xff\xd8", "jpg"), (b"RIFF", "webp"), (b"GIF8", "gif")):
        if content.startswith(magic):
            return extension
    return "avif" if content[4:8] == b"ftyp" else "bin"
