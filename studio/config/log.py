"""The log file: JSON lines, rotating, with every key taken out before a byte is written."""

from __future__ import annotations

import io
import json
import logging
import os
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

from studio.config.paths import make_private_folder
from studio.domain.values import Secret

FILE_MAX_BYTES = 2_000_000
FILES_KEPT = 4
MESSAGE_MAX_CHARACTERS = 16_000

MASK = "***"

_SHORTEST_SECRET = 6
"""Shorter values would blank out ordinary words."""

_PATTERNS = (
    # Authorization: Bearer ..., x-api-key: ..., "api_key": "...", ?key=..., as they stand in headers, JSON and URLs
    re.compile(
        r"(?i)((?:proxy-)?authorization[\"']?\s*[:=]\s*[\"']?(?:bearer|basic|token)?\s*)[^\s\"',;&}\]]+",
    ),
    re.compile(r"(?i)(\bbearer\s+)[A-Za-z0-9._~+/=-]{8,}"),
    re.compile(
        r"(?i)((?:x-[a-z-]*api-key|api[_-]?key|apikey|access[_-]?key|access[_-]?token|secret[_-]?key|client[_-]?secret"
        r"|password|signature|[?&](?:key|token|sig))[\"']?\s*[:=]\s*[\"']?)[^\s\"',;&}\]]{4,}"
    ),
    # user:password@ in an address
    re.compile(r"(://[^/\s:@]*:)[^/\s@]+(?=@)"),
    # The vendors' own key shapes
    re.compile(r"()\b(?:sk|rk|pk)-[A-Za-z0-9_-]{12,}"),
    re.compile(r"()\bAIza[A-Za-z0-9_-]{20,}"),
    re.compile(r"()\bAKLT[A-Za-z0-9_-]{16,}"),
)


class Redactor(logging.Filter):
    """Takes known keys, and what looks like one, out of text. As a filter it does so for each record of a handler."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._known: tuple[str, ...] = ()

    def add(self, secret: Secret) -> None:
        """From now on this value stands as ``***``; values under six characters are left to the patterns."""
        value = secret.reveal()
        if len(value) < _SHORTEST_SECRET:
            return
        with self._lock:
            if value not in self._known:
                # Longest first: a key that begins with another one must not leave its tail.
                self._known = tuple(sorted({*self._known, value}, key=len, reverse=True))

    def clean(self, text: str) -> str:
        for value in self._known:
            text = text.replace(value, MASK)
        for pattern in _PATTERNS:
            text = pattern.sub(rf"\1{MASK}", text)
        return text

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = self.clean(record.getMessage())[:MESSAGE_MAX_CHARACTERS]
        record.args = ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = self.clean(record.exc_text)
        if record.stack_info:
            record.stack_info = self.clean(record.stack_info)
        return True


class JsonLines(logging.Formatter):
    """One JSON object for each record, so that a report can be read by people and programs."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
            "thread": record.threadName,
        }
        if record.exc_text:
            line["error"] = record.exc_text
        if record.stack_info:
            line["stack"] = record.stack_info
        return json.dumps(line, ensure_ascii=False)


class _PrivateRotatingFile(RotatingFileHandler):
    """Readable for this user alone, also after it was rotated."""

    def _open(self) -> io.TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return io.TextIOWrapper(os.fdopen(handle, "ab"), encoding="utf-8", errors="backslashreplace")


@contextmanager
def logging_to(folder: Path, name: str, redactor: Redactor, *, level: int = logging.INFO) -> Iterator[Path | None]:
    """Log into ``folder/name.log`` while the block runs; gives the file, or None when it cannot be written.

    `name` differs between window and command line: two processes cannot rotate one file. Requests are not logged by
    the HTTP libraries, which would write whole addresses."""
    file = folder / f"{name}.log"
    try:
        make_private_folder(folder)
        handler = _PrivateRotatingFile(file, maxBytes=FILE_MAX_BYTES, backupCount=FILES_KEPT, delay=False)
    except OSError:
        yield None
        return
    handler.setFormatter(JsonLines())
    handler.addFilter(redactor)
    root, before = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(min(level, before))
    for library in ("httpx", "httpcore", "httpx2", "httpcore2", "PIL", "keyring", "asyncio"):
        logging.getLogger(library).setLevel(logging.WARNING)
    try:
        yield file
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
        handler.close()
