"""Lists for choices in prompts: text files of the user in the workspace, ``lists/light/moods.txt``."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from studio.domain.choices import CHOICE_VALUES_MAX, ChoiceValue
from studio.domain.list_lines import lines_with_values, value_of_line
from studio.storage.files import disk_errors, write_whole
from studio.storage.workers import Workers

LIST_MAX_BYTES = 1_000_000
LISTS_MAX = 2_000
NAME_MAX_CHARACTERS = 100
_SUFFIX = ".txt"

ListFaultReason = Literal["unreadable", "not UTF-8", "too large", "too many values", "bad weight", "bad name"]

_BAD_IN_NAME = re.compile(r'[\x00-\x1f\x7f{}|@\\:*?"<>]|__|^[\s._]|[\s._]$')


@dataclass(frozen=True, slots=True)
class ListFault:
    """A list that cannot be used, or (bad weight) a line of it that was skipped.

    too large: over 1 MB; too many values: over 10 000; bad name: a prompt could not name it."""

    name: str
    reason: ListFaultReason
    detail: str = ""


class PromptLists:
    """One value a line, UTF-8; ``3::value`` gives a weight, lines with ``#`` are comments, blank lines are skipped."""

    def __init__(self, folder: Path, owner: str, workers: Workers) -> None:
        self.folder = folder
        self._owner = owner
        self.workers = workers

    async def read_all(self) -> tuple[dict[str, tuple[ChoiceValue, ...]], tuple[ListFault, ...]]:
        """Every list by its name, in alphabetical order, and what cannot be used. Reads the files anew."""
        return await self.workers.run_if_wanted(self._read_all)

    async def write(self, name: str, values: Sequence[ChoiceValue], *, like: str = "") -> None:
        """Makes a list or changes its values; comments and blank lines stay where they stand.

        `like`: the list whose lines are changed, when that is another one (it gets a new name). Raises ValueError for a
        name or value that a list cannot have; DiskFull, FolderNotWritable."""
        for one in (name, like or name):
            _check_name(one)
        if len(values) > CHOICE_VALUES_MAX:
            raise ValueError(f"a list has at most {CHOICE_VALUES_MAX} values")
        if any(not value.text.strip() or len(value.text.splitlines()) > 1 for value in values):
            raise ValueError("a value is one line of text")
        clean = [ChoiceValue(value.text.strip(), value.weight) for value in values]
        await self.workers.run(lambda: self._write(name, clean, like or name))

    async def remove(self, name: str) -> None:
        """One that is gone already is no error. Raises ValueError, FolderNotWritable."""
        _check_name(name)
        await self.workers.run(lambda: self._remove(name))

    def _path(self, name: str) -> Path:
        """The file of a list: one that is there under this name in another case, else a new one."""
        path = self.folder.joinpath(*name.split("/"))
        wanted = name.casefold()
        known = (found for known, found in self._files() if known.casefold() == wanted)
        return next(known, path.with_name(path.name + _SUFFIX))

    def _files(self) -> Iterator[tuple[str, Path]]:
        """Names and paths, sorted; hidden files and folders are not looked into."""
        found: list[tuple[str, Path]] = []
        for folder, folders, files in os.walk(self.folder):
            folders[:] = sorted(one for one in folders if not one.startswith("."))
            for file in files:
                path = Path(folder) / file
                if not file.startswith(".") and path.suffix.lower() == _SUFFIX:
                    relative = path.relative_to(self.folder).as_posix()[: -len(_SUFFIX)]
                    found.append((unicodedata.normalize("NFC", relative), path))
            if len(found) > LISTS_MAX:
                break
        yield from sorted(found)[:LISTS_MAX]

    def _read_all(self) -> tuple[dict[str, tuple[ChoiceValue, ...]], tuple[ListFault, ...]]:
        lists: dict[str, tuple[ChoiceValue, ...]] = {}
        faults: list[ListFault] = []
        for name, path in self._files():
            try:
                _check_name(name)
            except ValueError as error:
                faults.append(ListFault(name, "bad name", str(error)))
                continue
            outcome = _read(name, path, faults)
            if outcome is not None:
                lists[name] = outcome
        return lists, tuple(faults)

    def _write(self, name: str, values: Sequence[ChoiceValue], like: str) -> None:
        with disk_errors(self.folder):
            path = self._path(name)
            path.parent.mkdir(exist_ok=True)  # not its parents: the workspace may be gone
            lines = lines_with_values(_lines_of(self._path(like)), values)
            content = "".join(f"{line}\n" for line in lines).encode()
            write_whole(path, content, owner=self._owner, durable=True, mode=0o666)

    def _remove(self, name: str) -> None:
        with disk_errors(self.folder):
            self._path(name).unlink(missing_ok=True)


def _check_name(name: str) -> None:
    """Raises ValueError for a name that no prompt can write or no system takes."""
    if not name or len(name) > NAME_MAX_CHARACTERS or any(_BAD_IN_NAME.search(f"{part}") for part in name.split("/")):
        raise ValueError(f"{name!r} cannot be the name of a list")
    if not all(name.split("/")):
        raise ValueError(f"{name!r} cannot be the name of a list")


def _read(name: str, path: Path, faults: list[ListFault]) -> tuple[ChoiceValue, ...] | None:
    try:
        content = _content(path)
    except OSError as error:
        faults.append(ListFault(name, "unreadable", error.strerror or str(error)))
        return None
    if len(content) > LIST_MAX_BYTES:
        faults.append(ListFault(name, "too large"))
        return None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        faults.append(ListFault(name, "not UTF-8", str(error)))
        return None
    values: list[ChoiceValue] = []
    for line in text.splitlines():
        try:
            value = value_of_line(line)
        except ValueError as error:
            faults.append(ListFault(name, "bad weight", str(error)))
            continue
        if value is not None:
            values.append(value)
    if len(values) > CHOICE_VALUES_MAX:
        faults.append(ListFault(name, "too many values", str(len(values))))
        return None
    return tuple(values)


def _content(path: Path) -> bytes:
    """At most one byte more than a list may have. Only plain files: a pipe might never end. Raises OSError."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(0, "it is no plain file")
        return file.read(LIST_MAX_BYTES + 1)


def _lines_of(path: Path) -> list[str]:
    """Those of the file now; none where it is not there or is no list."""
    try:
        return _content(path).decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
