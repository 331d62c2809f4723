"""A file in the making: large blocks go straight to the disk where the system can, the rest through its cache."""

from __future__ import annotations

import contextlib
import errno
import mmap
import os
import sys
from pathlib import Path

if sys.platform == "linux":
    import fcntl

PAGE_BYTES = mmap.PAGESIZE
"""Blocks that go straight to the disk begin at such an address and have a multiple of it as their length."""


class NewFile:
    """Open for writing, from its first byte on. Methods block and raise OSError.

    Raises FileExistsError when there is a file of that name."""

    def __init__(self, path: Path) -> None:
        self._handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o644)
        self._is_direct = False

    def write_past_cache(self) -> None:
        """Ask that aligned blocks go straight to the disk, which need not be filled with them first.

        Copying twice and finding room in the memory of the system cost more than the hash of the bytes; and what
        others have there stays. File systems that cannot are written as ever."""
        self._is_direct = self._set_direct(wanted=True)

    def write(self, content: bytes | memoryview) -> None:
        """All of it."""
        rest = memoryview(content)
        while rest:
            whole = len(rest) // PAGE_BYTES * PAGE_BYTES
            if self._is_direct and not whole:
                self._write_through_cache()
            rest = rest[self._put(rest[:whole] if self._is_direct else rest) :]

    def _put(self, content: memoryview) -> int:
        try:
            return os.write(self._handle, content)
        except OSError as error:
            if error.errno != errno.EINVAL or not self._is_direct:
                raise
            self._write_through_cache()  # the address or the length does not suit this disk after all
            return 0

    def _write_through_cache(self) -> None:
        self._set_direct(wanted=False)
        self._is_direct = False

    def _set_direct(self, *, wanted: bool) -> bool:
        """Asked after the file is open: some systems make the file and then refuse to open it so."""
        if sys.platform == "linux":
            with contextlib.suppress(OSError):
                flags = fcntl.fcntl(self._handle, fcntl.F_GETFL)
                fcntl.fcntl(self._handle, fcntl.F_SETFL, flags | os.O_DIRECT if wanted else flags & ~os.O_DIRECT)
                return wanted
        return False

    def sync(self) -> None:
        """What was written survives a power cut when this returns."""
        os.fsync(self._handle)

    def close(self) -> None:
        os.close(self._handle)
