"""A second telling of the database, as lines of JSON beside the images: `doctor --rebuild` reads it.

One file for each run, `records/000/048.jsonl`, only ever appended to. The last line about a thing counts; a line that a
crash cut short is skipped."""

from __future__ import annotations

import json
import logging
import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_log = logging.getLogger(__name__)

WORKSPACE_RECORD = 0
"""The "run" under which lines about the whole workspace are kept: collections, snippets, styles, votes."""


class Records:
    """The record files of one workspace."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, run_id: int) -> Path:
        if run_id == WORKSPACE_RECORD:
            return self._folder / "workspace.jsonl"
        return self._folder / f"{run_id // 1000:03d}" / f"{run_id % 1000:03d}.jsonl"

    def keep(self, lines: list[tuple[int, dict[str, Any]]]) -> None:
        """Append. A failure is logged, never raised: the database already has it."""
        by_run: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for run_id, line in lines:
            by_run[run_id].append(line)
        for run_id, some in by_run.items():
            try:
                self.append(run_id, some)
            except OSError:
                _log.warning("the record of run %d is not up to date", run_id, exc_info=True)

    def append(self, run_id: int, lines: list[dict[str, Any]]) -> None:
        """Raises OSError."""
        path = self.path(run_id)
        content = _lines_of(lines)
        try:
            descriptor = self._open(path)
        except FileNotFoundError:
            path.parent.mkdir(mode=0o700, exist_ok=True)  # not its parents: the workspace may be gone
            descriptor = self._open(path)
        try:
            # One write for all, so that two processes never mix their lines.
            os.write(descriptor, content)
        finally:
            os.close(descriptor)

    @staticmethod
    def _open(path: Path) -> int:
        return os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY | getattr(os, "O_BINARY", 0), 0o600)

    def read(self, run_id: int) -> list[dict[str, Any]]:
        """All lines of a run that can be read, oldest first."""
        try:
            content = self.path(run_id).read_bytes()
        except OSError:
            return []
        return list(_lines(content))

    def run_ids(self) -> Iterator[int]:
        """The numbers of all runs that have a record, ascending."""
        for thousand in sorted(int(path.name) for path in self._folder.iterdir() if path.name.isdigit()):
            names = sorted(path.stem for path in (self._folder / f"{thousand:03d}").glob("*.jsonl"))
            yield from (thousand * 1000 + int(name) for name in names if name.isdigit())


def _lines_of(lines: list[dict[str, Any]]) -> bytes:
    # Begins with a line break: what a crash cut short before must not swallow the first of these.
    text = "\n" + "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
    return text.encode("utf-8", "surrogatepass")


def _lines(content: bytes) -> Iterator[dict[str, Any]]:
    for raw in content.split(b"\n"):
        try:
            line = json.loads(raw)
        except ValueError:
            continue
        if isinstance(line, dict) and isinstance(line.get("kind"), str):
            yield line
