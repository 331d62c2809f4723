"""Which processes are alive in a workspace: each holds a lock that the system takes away when it dies."""

from __future__ import annotations

import contextlib
import os
import sys
import uuid
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lease:
    """Our own sign of life, and the look at that of others."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError when the drive cannot lock files."""
        self._folder = folder
        self.owner = uuid.uuid4().hex
        self._descriptor: int | None = _locked(folder / f".{self.owner}.part", self._path(self.owner))

    def is_alive(self, owner: str) -> bool:
        """Is the process that took the lease `owner` still running? Removes the lease of a dead one."""
        if owner == self.owner:
            return self._descriptor is not None
        path = self._path(owner)
        return path.exists() and not _take_away(path)

    def others_alive(self) -> bool:
        """Does another process work in this workspace right now?"""
        owners = [path.stem for path in self._folder.glob("*.lock")]
        return any(self.is_alive(owner) for owner in owners if owner != self.owner)

    def _path(self, owner: str) -> Path:
        return self._folder / f"{owner}.lock"

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
            with contextlib.suppress(OSError):
                self._path(self.owner).unlink(missing_ok=True)


def _locked(hidden: Path, path: Path) -> int:
    """An open, locked file at `path`. It is locked before it gets that name: nobody ever finds it unlocked and takes us
    for dead. (Windows cannot rename a file that is open; there it has its name for an instant without a lock.)"""
    first = path if sys.platform == "win32" else hidden
    descriptor = os.open(first, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        _lock(descriptor)
        if first is hidden:
            hidden.rename(path)
    except OSError:
        os.close(descriptor)
        first.unlink(missing_ok=True)
        raise
    return descriptor


def _take_away(path: Path) -> bool:
    """Remove the lease at `path` unless its process lives; True when it is gone."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return True
    except OSError:
        return False
    try:
        _lock(descriptor)
    except OSError:
        return False
    else:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
        return True
    finally:
        os.close(descriptor)
