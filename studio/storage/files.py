"""Writing files so that each is there whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

if sys.platform == "darwin":
    import fcntl

from studio.domain.errors import Charged, DiskFull, FolderNotWritable

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_counter = itertools.count()


@contextlib.contextmanager
def disk_errors(folder: Path, charged: Charged = "none") -> Iterator[None]:
    """Turns what the system says about a write into DiskFull and FolderNotWritable."""
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(charged=charged, detail=str(error)) from error
        raise FolderNotWritable(path=folder, charged=charged, detail=str(error)) from error


class PartFile:
    """A file under a temporary name in its final folder, hidden until it is complete.

    The name tells which process writes it, so that the leavings of a dead one are known."""

    def __init__(self, folder: Path, owner: str) -> None:
        self.path = folder / f".{owner}-{next(_counter)}.part"

    def write(self, content: bytes, *, durable: bool, mode: int = 0o666) -> None:
        """Raises OSError; then nothing is left behind."""
        try:
            descriptor = os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0), mode)
            with os.fdopen(descriptor, "wb", buffering=0) as file:
                view = memoryview(content)
                while view:
                    view = view[file.write(view) :]
                if durable:
                    _sync(file.fileno())
        except BaseException:
            self.discard()
            raise

    def publish_as_new(self, names: Iterable[str]) -> Path:
        """Gives it the first of `names` that is free, for good. Never replaces a file."""
        return give_name(self.path, names)

    def replace(self, target: Path) -> None:
        self.path.replace(target)

    def discard(self) -> None:
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)


def give_name(path: Path, names: Iterable[str]) -> Path:
    """Renames a file inside its folder to the first of `names` that is free. Raises OSError."""
    for name in names:
        target = path.with_name(name)
        with contextlib.suppress(FileExistsError):
            _move_without_replacing(path, target)
            return target
    raise FileExistsError(errno.EEXIST, "no free name", str(path.parent))


def _move_without_replacing(source: Path, target: Path) -> None:
    if sys.platform == "win32":
        source.rename(target)  # refuses to replace, there
        return
    try:
        os.link(source, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:
        # A drive without hard links (FAT, some network drives): take the name with an empty file, then fill it.
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        source.replace(target)
    else:
        source.unlink()


def _sync(descriptor: int) -> None:
    """Down to the platter: on macOS plain fsync stops at the drive's own memory (fcntl(2), F_FULLFSYNC)."""
    if sys.platform == "darwin":
        with contextlib.suppress(OSError):
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def sync_folder(folder: Path) -> None:
    """Makes a rename in `folder` survive a power cut; where folders cannot be synced the system does it itself."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_whole(target: Path, content: bytes, *, owner: str, durable: bool, mode: int = 0o600) -> None:
    """Write or replace one file. Raises OSError; the old content is then still there."""
    part = PartFile(target.parent, owner)
    part.write(content, durable=durable, mode=mode)
    try:
        part.replace(target)
        if durable:
            sync_folder(target.parent)
    except BaseException:
        part.discard()
        raise
