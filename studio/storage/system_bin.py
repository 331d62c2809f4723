"""The bin of the operating system."""

from __future__ import annotations

from pathlib import Path


def to_system_bin(path: Path) -> None:
    """Raises OSError when the system has no bin for this drive or will not take the file."""
    from send2trash import send2trash

    send2trash(path)
