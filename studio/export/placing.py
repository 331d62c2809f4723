"""Files put into a folder whole or not at all, never outside of it and never over another one unasked."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from studio.domain.errors import FolderNotWritable, NoRoom
from studio.domain.exporting import IfExists
from studio.export.new_file import NewFile

Fill = Callable[[NewFile], None]

_FULL = {errno.ENOSPC, errno.EDQUOT}
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS, errno.EACCES, errno.EXDEV}


class Destination:
    """The folder that the user chose. Methods block; they may be called from several threads at once.

    Raises FolderNotWritable and NoRoom."""

    def __init__(self, root: Path) -> None:
        with _translated(root):
            root.mkdir(parents=True, exist_ok=True)
            self.root = root.resolve(strict=True)

    def folder(self, name: str) -> Path:
        """The folder itself for "", or the one of that name below it, which may not lead elsewhere."""
        if not name:
            return self.root
        below = self.root / name
        with _translated(below):
            below.mkdir(exist_ok=True)
            if not below.resolve(strict=True).is_relative_to(self.root):
                raise FolderNotWritable(path=below, detail="it is a link to another place")
        return below

    def put(self, folder: str, name: str, if_exists: IfExists, fill: Fill) -> str | None:
        """Write a file and return the name it got; None when there was one already and it is kept.

        What `fill` raises is passed on, and then nothing is left behind."""
        place = self.folder(folder)
        temporary = place / f".{secrets.token_hex(6)}.part"
        with _translated(place):
            file = NewFile(temporary)
            try:
                with contextlib.closing(file):
                    fill(file)
                    file.sync()
                return _give_name(temporary, place, name, if_exists)
            finally:
                with contextlib.suppress(FileNotFoundError):
                    temporary.unlink()


def _give_name(temporary: Path, place: Path, name: str, if_exists: IfExists) -> str | None:
    if if_exists == "replace":
        temporary.replace(place / name)
        return name
    stem, dot, extension = name.rpartition(".")
    number, candidate = 1, name
    while True:
        try:
            _rename_to_free(temporary, place / candidate)
        except FileExistsError:
            # Came into being after the plan was made.
            if if_exists == "skip":
                return None
            number += 1
            candidate = f"{stem}-{number}{dot}{extension}"
        else:
            return candidate


def _rename_to_free(temporary: Path, final: Path) -> None:
    """Raises FileExistsError instead of overwriting, atomically where the file system has links."""
    try:
        os.link(temporary, final, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
    else:
        return
    # No links here (FAT, some network drives): take the name first, then put the file in its place.
    os.close(os.open(final, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644))
    temporary.replace(final)


@contextmanager
def _translated(place: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _FULL:
            raise NoRoom(path=place, detail=str(error)) from error
        raise FolderNotWritable(path=place, detail=str(error)) from error
