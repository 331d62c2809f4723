"""Which sweeps were begun at another address of the API than that of the settings, so that they go on there.

Kept in the user's own state folder and never in the workspace: a workspace may come from somebody else, and an address
in it would be sent the user's key. Here stand only addresses that this user typed on this computer."""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from studio.config.json_file import BrokenFile, read_object, write_object

KEPT = 500
"""The newest so many."""

_NO_ADDRESS = set("@?#")
"""What could carry a password or a key; such an address is refused anyway when it is used."""


class SweepAddresses:
    """A file that may be missing, broken or impossible to write: then the address has to be given again."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def begin(self, workspace: Path, plan: str, base_url: str | None) -> None:
        """Before anything is sent, when the sweep has no number yet. `plan` is the whole plan as text."""
        self._write(_of_plan(workspace, plan), base_url)

    def begun(self, workspace: Path, plan: str, number: int) -> None:
        """The sweep has got its number."""
        self._write(_of_sweep(workspace, number), self._read().get(_of_plan(workspace, plan)))

    def find(self, workspace: Path, plan: str, number: int) -> str | None:
        """The address that a sweep was begun at; None when it was that of the settings, or nobody knows.

        By its plan where the program died before the number was kept."""
        known = self._read()
        return known.get(_of_sweep(workspace, number), known.get(_of_plan(workspace, plan))) or None

    def _read(self) -> dict[str, str]:
        try:
            found = read_object(self._file) or {}
        except (BrokenFile, OSError):
            return {}
        return {key: value for key, value in found.items() if isinstance(value, str)}

    def _write(self, key: str, base_url: str | None) -> None:
        """An empty address says that it was that of the settings; it is needed only over one that was another."""
        known = self._read()
        kept = "" if base_url is None or set(base_url) & _NO_ADDRESS else base_url.strip()
        if not kept and key not in known:
            return
        known.pop(key, None)
        known[key] = kept
        with contextlib.suppress(OSError):
            write_object(self._file, dict(list(known.items())[-KEPT:]))


def _of_sweep(workspace: Path, number: int) -> str:
    return f"{workspace.resolve()}#{number}"


def _of_plan(workspace: Path, plan: str) -> str:
    return f"{workspace.resolve()}#{hashlib.sha256(plan.encode()).hexdigest()[:32]}"
