"""A folder of files that can be made again, kept below a limit: what was not used for longest goes first."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

LEAST_LIMIT_BYTES = 50_000_000
ROOM_SHARE = 0.9
"""How full the folder is afterwards: so that the next file does not begin it all again."""

LOOK_AGAIN_SHARE = 0.02
"""The folder is counted anew after so much of the limit was written by this process."""

USED_EVERY_S = 24 * 3600
"""A use is noted once a day: reading pictures must not mean writing to the drive."""

_log = logging.getLogger(__name__)


class CacheLimit:
    """`used` and `written` say what happens to files; `trim` removes. The time of a file's last change is its last use.

    Several processes may share the folder: each counts what it finds, a file that is gone already is no error.
    `later` runs the counting where blocking does no harm."""

    def __init__(self, folder: Path, limit_bytes: int, later: Callable[[Callable[[], object]], object]) -> None:
        self._folder, self._later = folder, later
        self.limit_bytes = max(LEAST_LIMIT_BYTES, limit_bytes)
        self._lock = threading.Lock()
        self._written_bytes = 0
        self._counted = False
        self._trimming = False

    def change(self, limit_bytes: int) -> None:
        """Another limit; a smaller one is kept at once."""
        smaller = max(LEAST_LIMIT_BYTES, limit_bytes) < self.limit_bytes
        self.limit_bytes = max(LEAST_LIMIT_BYTES, limit_bytes)
        if smaller:
            self._trim_later()

    def used(self, path: Path, last_use_s: float) -> None:
        """A file was found; `last_use_s`: the time of its last change (seconds since 1970)."""
        if abs(time.time() - last_use_s) > USED_EVERY_S:
            with contextlib.suppress(OSError):  # a cache that cannot be written to is still read
                os.utime(path)

    def written(self, size_bytes: int) -> None:
        """A file was made. Blocks no longer than an addition."""
        with self._lock:
            self._written_bytes += size_bytes
            due = not self._counted or self._written_bytes > self.limit_bytes * LOOK_AGAIN_SHARE
            if due:
                self._counted, self._written_bytes = True, 0
        if due:
            self._trim_later()

    def _trim_later(self) -> None:
        with self._lock:
            if self._trimming:
                return
            self._trimming = True
        try:
            self._later(self._trim_and_tell)
        except RuntimeError:  # the workspace is being closed: the next one looks again
            self._trimming = False

    def _trim_and_tell(self) -> None:
        try:
            removed, freed_bytes = self.trim()
            if removed:
                _log.info("%d thumbnails (%d MB) were not used for long and removed", removed, freed_bytes // 1_000_000)
        except OSError as error:
            _log.warning("the cache of thumbnails could not be counted: %s", error)
        finally:
            self._trimming = False

    def trim(self) -> tuple[int, int]:
        """Count the folder and remove from it what is too much; how many files and bytes went. Blocks."""
        files = [(state.st_mtime, state.st_size, path) for path, state in _files_below(self._folder)]
        total = sum(size for _, size, _ in files)
        removed = freed = 0
        if total > self.limit_bytes:
            files.sort(key=lambda one: one[0])
            for _, size, path in files:
                if total - freed <= self.limit_bytes * ROOM_SHARE:
                    break
                with contextlib.suppress(OSError):  # gone already, or held open by another program
                    os.unlink(path)  # noqa: PTH108  # hundreds of thousands: no Path for each
                    removed, freed = removed + 1, freed + size
        return removed, freed


def _files_below(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Regular files with their state; links are left alone."""
    waiting = [str(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    with contextlib.suppress(FileNotFoundError):
                        if entry.is_dir(follow_symlinks=False):
                            waiting.append(entry.path)
                        elif entry.is_file(follow_symlinks=False):
                            yield entry.path, entry.stat(follow_symlinks=False)
        except FileNotFoundError:
            continue
