"""A small JSON file that is either its old or its new self, never half of it."""

from __future__ import annotations

import contextlib
import json
import os
import secrets
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from studio.config.paths import make_private_folder

SIZE_MAX_BYTES = 4_000_000
"""More than any settings of ours; a larger file is not ours and is not read into memory."""


class BrokenFile(ValueError):
    """There is a file, but no JSON object in it."""


def read_object(file: Path) -> dict[str, Any] | None:
    """The JSON object in the file, None when there is no file.

    Raises BrokenFile, and OSError when the file cannot be read."""
    try:
        if file.stat().st_size > SIZE_MAX_BYTES:
            raise BrokenFile("the file is too large")
        content = file.read_bytes()
    except FileNotFoundError:
        return None
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BrokenFile(str(error)) from error
    if not isinstance(found, dict):
        raise BrokenFile("the file does not hold a JSON object")
    return found


def write_object(file: Path, content: dict[str, Any]) -> None:
    """Temporary file, fsync, rename; readable for this user alone. Raises OSError and then leaves the old file."""
    write_text(file, json.dumps(content, ensure_ascii=False, indent=2) + "\n")


def write_text(file: Path, text: str) -> None:
    """As `write_object`, with a text that is ready. A lone half of a character becomes a question mark."""
    file = file.resolve()  # keeps a link to a file elsewhere (dot-files under version control) a link
    make_private_folder(file.parent)
    temporary = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    try:
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as stream:
            stream.write(text.encode(errors="replace"))
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(file)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    _sync_folder(file.parent)


def set_aside(file: Path) -> Path:
    """Rename a broken file so that nothing overwrites it: ``settings.broken-20261120-101500.json``. Raises OSError."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    kept = file.with_name(f"{file.stem}.broken-{stamp}{file.suffix}")
    number = 1
    while kept.exists():
        number += 1
        kept = file.with_name(f"{file.stem}.broken-{stamp}-{number}{file.suffix}")
    file.rename(kept)
    return kept


def _sync_folder(folder: Path) -> None:
    """Makes the rename itself durable, where the system can (Windows cannot open a folder)."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        with contextlib.suppress(OSError):  # some network file systems refuse; the rename itself has happened
            os.fsync(handle)
    finally:
        os.close(handle)
