"""What lies in a folder of images."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from studio.domain.assets import EXTENSIONS
from studio.storage.arrivals import owner_of_part

IMAGE_SUFFIXES = {f".{extension}" for extension in EXTENSIONS.values()} | {".jpeg", ".tiff"}


@dataclass(frozen=True, slots=True)
class FileState:
    """Tells, with the path, whether a file is still the one that was read before."""

    size_bytes: int
    modified_ns: int


def list_images(folder: Path) -> dict[Path, FileState]:
    """All files below `folder` that could be images; hidden ones are left out and links not followed. Blocks."""
    found: dict[Path, FileState] = {}
    for entry in _walk(folder):
        if Path(entry.name).suffix.lower() in IMAGE_SUFFIXES and not entry.name.startswith("."):
            facts = entry.stat(follow_symlinks=False)
            found[Path(entry.path)] = FileState(facts.st_size, facts.st_mtime_ns)
    return found


def list_parts(folder: Path) -> list[tuple[str, Path]]:
    """Temporary files of ours below `folder`, each with the process that wrote it. Blocks."""
    named = ((owner_of_part(entry.name), Path(entry.path)) for entry in _walk(folder))
    return [(owner, path) for owner, path in named if owner is not None]


def _walk(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            inside = list(entries)
    except OSError:
        return  # gone meanwhile, or not ours to read
    for entry in inside:
        if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            yield from _walk(Path(entry.path))
        elif entry.is_file(follow_symlinks=False):
            yield entry
