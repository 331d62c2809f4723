"""Originals on their way out: each is read once, and what was read is compared with what was received."""

from __future__ import annotations

import hashlib
import io
import mmap
import threading

from studio.domain.errors import FileUnreadable
from studio.domain.jobs import ImageRecord
from studio.export.new_file import NewFile

BLOCK_BYTES = 1 << 20
"""Read, hashed and written at a time; each writer has one. A block that goes straight to the disk waits for it
while other threads read and hash. Has to be a multiple of a page."""


class Original:
    """An original that is open for reading. What it gives is whole even when it is not what was received."""

    def __init__(self, record: ImageRecord, stream: io.FileIO) -> None:
        self._record, self._stream = record, stream
        self.altered = record.altered
        """Other bytes than those that were received; known for certain once all were read."""

    def copy_to(self, out: NewFile) -> None:
        """Byte for byte, a copy of its own: never a link to the original or a shared extent of it.

        The very bytes that are written are those that are hashed. Raises FileUnreadable."""
        out.write_past_cache()
        digest = hashlib.sha256()
        block = _block()
        while count := self._read_into(block):
            digest.update(block[:count])
            out.write(block[:count])
        self._compare(digest.hexdigest())

    def read(self) -> bytes:
        """All of it. Raises FileUnreadable."""
        try:
            content = self._stream.readall()
        except OSError as error:
            raise FileUnreadable(name=self._record.path, detail=str(error)) from error
        self._compare(hashlib.sha256(content).hexdigest())
        return content

    def _read_into(self, block: memoryview) -> int:
        try:
            return self._stream.readinto(block) or 0
        except OSError as error:
            raise FileUnreadable(name=self._record.path, detail=str(error)) from error

    def _compare(self, found: str) -> None:
        self.altered = self.altered or found != self._record.blob


_own = threading.local()


def _block() -> memoryview:
    """Room for a block, one for each thread: fresh memory for every file costs a fifth of hashing it.

    A map, which begins with a page: such blocks can go straight to the disk."""
    if not hasattr(_own, "block"):
        _own.block = memoryview(mmap.mmap(-1, BLOCK_BYTES))
    block: memoryview = _own.block
    return block
