"""Where things lie in a workspace and in the cache, and whether the folder can be used at all."""

from __future__ import annotations

import contextlib
import errno
import os
import uuid
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from studio.domain.errors import WorkspaceUnreadable
from studio.domain.values import BlobHash
from studio.domain.words import REASON_WORDS

_LEADS_AWAY = set("/\\:\0")
"""In a part of a relative path: the root, a drive, another way to write a separator."""

PRIVATE_FOLDER, PRIVATE_FILE = 0o700, 0o600


def is_inside(relative: str) -> bool:
    """Does a relative path stay below the folder it starts from, on every system?"""
    parts = PurePosixPath(relative).parts
    return bool(parts) and ".." not in parts and not any(set(part) & _LEADS_AWAY for part in parts)


@dataclass(frozen=True, slots=True)
class WorkspaceFolder:
    """The paths of one workspace."""

    root: Path

    @property
    def database(self) -> Path:
        """Metadata only, never bytes of an image."""
        return self.root / "studio.db"

    @property
    def images(self) -> Path:
        """Finished images under readable names, for any file manager."""
        return self.root / "output" / "images"

    @property
    def blobs(self) -> Path:
        """Reference images by their hash."""
        return self.root / "blobs"

    @property
    def records(self) -> Path:
        """What the database holds, as lines of JSON for each run: it can be rebuilt from them."""
        return self.root / "records"

    @property
    def lists(self) -> Path:
        """Text files of the user with one wildcard value a line."""
        return self.root / "lists"

    @property
    def leases(self) -> Path:
        """One locked file for each process that works here."""
        return self.root / ".leases"

    def blob(self, blob: BlobHash) -> Path:
        return self.blobs / blob[:2] / blob

    def file(self, relative: str) -> Path:
        """The absolute path of a file that database or records name.

        Raises FileNotFoundError for a name that leads out of the workspace: it may come from somebody else's disk."""
        parts = PurePosixPath(relative).parts
        if not is_inside(relative):
            raise FileNotFoundError(errno.ENOENT, "not in the workspace", relative)
        return self.root.joinpath(*parts)

    def relative(self, path: Path) -> str:
        """How the database names a file of this workspace."""
        return path.relative_to(self.root).as_posix()

    def require(self) -> None:
        """Raises FileNotFoundError when the folder went away after it was opened: renamed, or on a drive that was
        taken out. Whoever made its folders anew then would write to the place where the drive was."""
        if not self.database.is_file():
            raise FileNotFoundError(errno.ENOENT, "the workspace is not there any more", str(self.root))

    def prepare(self) -> None:
        """Makes what is missing. Raises WorkspaceUnreadable with words when the folder cannot be worked in."""
        try:
            self._make_folders()
            self._try_to_write()
        except NotADirectoryError as error:
            raise WorkspaceUnreadable(path=self.root, reason=REASON_WORDS["no_folder"], detail=str(error)) from error
        except FileExistsError as error:
            raise WorkspaceUnreadable(
                path=error.filename, reason=REASON_WORDS["in_the_way"], detail=str(error)
            ) from error
        except OSError as error:
            raise WorkspaceUnreadable(path=self.root, reason=_why(error), detail=str(error)) from error

    def _make_folders(self) -> None:
        if self.root.exists() and not self.root.is_dir():
            raise NotADirectoryError(str(self.root))
        for folder in (self.root, self.blobs, self.records, self.leases):
            folder.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        for folder in (self.images, self.lists):
            folder.mkdir(parents=True, exist_ok=True)
        if not self.database.exists():
            # Made here, because SQLite gives its log files the permissions of the database.
            with contextlib.suppress(FileExistsError):
                os.close(os.open(self.database, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE_FILE))
        elif not self.database.is_file():
            raise FileExistsError(errno.EEXIST, "not a file", str(self.database))

    def _try_to_write(self) -> None:
        for folder in (self.root, self.images):
            probe = folder / f".{uuid.uuid4().hex}.room.part"
            probe.write_bytes(b"")
            probe.unlink()
        if not os.access(self.database, os.R_OK | os.W_OK):
            raise PermissionError(errno.EACCES, "not writable", str(self.database))


def _why(error: OSError) -> str:
    match error.errno:
        case errno.EROFS:
            return REASON_WORDS["drive_read_only"]
        case errno.ENOSPC | errno.EDQUOT:
            return REASON_WORDS["drive_full"]
        case errno.EPERM | errno.EACCES:
            return REASON_WORDS["no_permission"]
        case _:
            return REASON_WORDS["not_usable"]


@dataclass(frozen=True, slots=True)
class CacheFolder:
    """The paths of what can be made again: thumbnails (shared by all workspaces) and previews."""

    root: Path

    @property
    def thumbnails(self) -> Path:
        return self.root / "thumbnails"

    @property
    def looked_at(self) -> Path:
        """Copies of databases of libraries that cannot be written, while they are open."""
        return self.root / "looked-at"

    def previews(self, workspace_id: str) -> Path:
        return self.root / "previews" / workspace_id
