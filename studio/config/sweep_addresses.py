"""Which sweeps were begun at another address of the API than that of the settings, so that they go on there.

Kept in the user's own state folder and never in the workspace: a workspace may come from somebody else, and an address
in it would be sent the user's key. Here stand only addresses that this user typed on this computer."""

from __future__ import annotations

import hashlib
from pathlib import Path

from studio.config.json_file import BrokenFile, read_object, write_object
from studio.domain.values import SweepId

KEPT = 500
"""The newest so many."""


class SweepAddresses:
    """`domain.ports.SweepAddressBook` of one workspace. The file may be missing, broken or impossible to write: then
    the address is known to this process alone, and has to be given again to the next one."""

    def __init__(self, file: Path, workspace: Path) -> None:
        self._file, self._workspace = file, workspace.resolve()
        self._unwritten: dict[str, str] = {}

    def begin(self, plan: str, base_url: str | None) -> None:
        self._write(self._of_plan(plan), base_url)

    def find_begun(self, plan: str) -> str | None:
        return self._read().get(self._of_plan(plan))

    def keep(self, sweep_id: SweepId, provider: str, base_url: str | None) -> None:
        self._write(self._of_sweep(sweep_id, provider), base_url)

    def find(self, sweep_id: SweepId, provider: str) -> str | None:
        return self._read().get(self._of_sweep(sweep_id, provider))

    def _read(self) -> dict[str, str]:
        try:
            found = read_object(self._file) or {}
        except (BrokenFile, OSError):
            found = {}
        return {key: value for key, value in found.items() if isinstance(value, str)} | self._unwritten

    def _write(self, key: str, base_url: str | None) -> None:
        """An empty address says that it is that of the settings; it is needed only over one that was another."""
        known, kept = self._read(), (base_url or "").strip()
        if not kept and key not in known:
            return
        known.pop(key, None)
        known[key] = kept
        try:
            write_object(self._file, dict(list(known.items())[-KEPT:]))
        except OSError:
            self._unwritten[key] = kept
        else:
            self._unwritten.clear()

    def _of_sweep(self, sweep_id: SweepId, provider: str) -> str:
        return f"{self._workspace}#{sweep_id}#{provider}"

    def _of_plan(self, plan: str) -> str:
        return f"{self._workspace}#{hashlib.sha256(plan.encode()).hexdigest()[:32]}"
