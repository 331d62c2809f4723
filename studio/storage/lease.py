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
        # Locked before it gets its name: nobody ever sees it unlocked and takes us for dead.
        hidden = folder / f".{self.owner}.part"
        self._descriptor: int | None = os.open(hidden, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
        try:
            _lock(self._descriptor)
            if sys.platform != "win32":
                hidden.rename(self._path(self.owner))
        except OSError:
            os.close(self._descriptor)
            hidden.unlink(missing_ok=True)
            raise
        self._own = hidden if sys.platform == "win32" else self._path(self.owner)

    def is_alive(self, owner: str) -> bool:
        """Is the process that took the lease `owner` still running? Removes the lease of a dead one."""
        if owner == self.owner:
            return self._descriptor is not None
        for path in (self._path(owner), self._folder / f".{owner}.part"):
            if path.exists() and not _take_away(path):
                return True
        return False

    def others_alive(self) -> bool:
        """Does another process work in this workspace right now?"""
        return any(self.is_alive(owner) for owner in self._all_owners() if owner != self.owner)

    def _all_owners(self) -> list[str]:
        names = [path.name.removeprefix(".").partition(".")[0] for path in self._folder.iterdir()]
        return [name for name in names if name]

    def _path(self, owner: str) -> Path:
        return self._folder / f"{owner}.lock"

    def release(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
            with contextlib.suppress(OSError):
                self._own.unlink(missing_ok=True)


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
