"""Which addresses of providers requests were sent to, so that what was accepted there is fetched there.

Kept in the user's own state folder and never in the workspace: a workspace may come from somebody else, and an address
in it would be sent the user's key. Its calls hold a name, which means something to this user on this computer alone.
One small file for each address: processes that send at once do not overwrite what another one has just written."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from studio.config.json_file import BrokenFile, read_object, write_object
from studio.domain.ports import SentAddress

KEPT = 1000
"""The newest so many, of all workspaces."""


class SentAddresses:
    """`domain.ports.SentAddressBook` of one workspace. What cannot be written is known to this process alone."""

    def __init__(self, folder: Path, workspace: Path) -> None:
        self._folder, self._workspace = folder, str(workspace.resolve())
        self._known: dict[str, SentAddress] = {}

    def keep(self, sent: SentAddress) -> str:
        content = self._content(sent)
        name = _name(content)
        if name not in self._known:
            self._known[name] = sent
            with contextlib.suppress(OSError):
                if self._file(name).exists():
                    self._file(name).touch()
                else:
                    write_object(self._file(name), content)
                    self._forget_old()
        return name

    def find(self, name: str) -> SentAddress | None:
        """None also for a name that was given in another workspace, or is no name at all."""
        if name in self._known:
            return self._known[name]
        if not (name.isascii() and name.isalnum()):
            return None
        try:
            content = read_object(self._file(name)) or {}
        except (BrokenFile, OSError):
            return None
        if content.get("workspace") != self._workspace or _name(content) != name:
            return None
        try:
            sent = SentAddress(**{key: value for key, value in content.items() if key != "workspace"})
        except TypeError:
            return None
        self._known[name] = sent
        return sent

    def _content(self, sent: SentAddress) -> dict[str, Any]:
        return {
            "workspace": self._workspace,
            "provider": sent.provider,
            "account": sent.account,
            "fields": dict(sent.fields),
            "settings_fields": dict(sent.settings_fields),
        }

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.json"

    def _forget_old(self) -> None:
        files = sorted(self._folder.glob("*.json"), key=lambda file: file.stat().st_mtime)
        for file in files[:-KEPT]:
            file.unlink(missing_ok=True)


def _name(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]
