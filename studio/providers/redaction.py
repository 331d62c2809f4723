"""Nothing secret and nothing huge leaves the transport: keys out of texts, base64 out of replies, both out of logs."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from typing import Any

from studio.domain.errors import RAW_MAX_CHARACTERS
from studio.domain.values import Secret

MASK = "***"

LONG_TEXT_CHARACTERS = 512
"""A JSON string longer than this is told by its length in a kept reply; prompts are far shorter than images."""

_CREDENTIALS = (
    re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}"),
    re.compile(
        r"(?i)([?&;](?:key|api[_-]?key|token|access[_-]?token|signature|x-amz-signature|x-tos-signature)=)[^&\s\"']+"
    ),
    re.compile(r"\b(sk-|AIza|ark-)[\w-]{8,}"),
)
"""What looks like a credential, whoever's it is. The first group stays."""


def redacted(text: str, secrets: Iterable[Secret] = ()) -> str:
    """The text with every given secret, and everything that looks like one, as ``***``."""
    for secret in secrets:
        value = secret.reveal()
        if len(value) >= 4:
            text = text.replace(value, MASK)
    for pattern in _CREDENTIALS:
        text = pattern.sub(lambda found: f"{found[1]}{MASK}" if found[1][-1] in "=-" else f"{found[1]} {MASK}", text)
    return text


def redacted_body(value: Any, secrets: Iterable[Secret] = ()) -> Any:
    """A JSON value with its long texts told by length and secrets masked: for showing what was sent.

    Prompts stay whole; only texts of more than 4 096 characters without a space (base64, data URLs) are cut."""
    match value:
        case dict():
            return {key: redacted_body(entry, secrets) for key, entry in value.items()}
        case list() | tuple():
            return [redacted_body(entry, secrets) for entry in value]
        case str() if len(value) > 4_096 and " " not in value[:4_096]:
            head = value[: value.find(",") + 1] if value.startswith("data:") else ""
            return f"{head}<{len(value) - len(head)} characters of base64>"
        case str():
            return _without_values(value, secrets)
        case _:
            return value


def _without_values(text: str, secrets: Iterable[Secret]) -> str:
    # Known values only: a prompt that speaks of "sk-something" is the user's own text and stays as he wrote it.
    for secret in secrets:
        if len(secret.reveal()) >= 4:
            text = text.replace(secret.reveal(), MASK)
    return text


def kept_reply(content: bytes | bytearray, secrets: Iterable[Secret] = ()) -> str:
    """A reply as it may be kept and shown: base64 cut out, secrets masked, at most 16 000 characters."""
    return redacted(cut_base64(content, RAW_MAX_CHARACTERS), secrets)[:RAW_MAX_CHARACTERS]


def cut_base64(content: bytes | bytearray, limit_characters: int) -> str:
    """JSON text with each long string replaced by its length. Looks at quotes only: 20 MB take about 2 ms."""
    parts: list[str] = []
    length = position = 0
    while position < len(content) and length < limit_characters:
        opening = content.find(b'"', position)
        closing = _closing_quote(content, opening)
        if opening < 0 or closing < 0:
            parts.append(_text(content[position : position + limit_characters]))
            break
        parts.append(_text(content[position : min(opening + 1, position + limit_characters)]))
        size = closing - opening - 1
        parts.append(f"<{size} characters>" if size > LONG_TEXT_CHARACTERS else _text(content[opening + 1 : closing]))
        parts.append('"')
        length += len(parts[-3]) + len(parts[-2]) + 1
        position = closing + 1
    return "".join(parts)


def _closing_quote(content: bytes | bytearray, opening: int) -> int:
    """Index of the quote that ends the string opened at `opening`, or -1."""
    closing = content.find(b'"', opening + 1) if opening >= 0 else -1
    while closing > 0 and _is_escaped(content, closing):
        closing = content.find(b'"', closing + 1)
    return closing


def _is_escaped(content: bytes | bytearray, quote: int) -> bool:
    backslashes = 0
    while content[quote - 1 - backslashes : quote - backslashes] == b"\\":
        backslashes += 1
    return backslashes % 2 == 1


def _text(content: bytes | bytearray) -> str:
    return content.decode("utf-8", "replace")


KEPT_HEADERS = ("retry-after", "retry-after-ms", "content-type", "server", "cf-ray", "openai-processing-ms")


def kept_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Reply headers worth keeping with the job: request ids, rate limits, who answered. Never a cookie."""
    return {
        name: value
        for name, value in headers.items()
        if name in KEPT_HEADERS
        or "ratelimit" in name
        or name.endswith(("request-id", "requestid", "trace-id", "logid"))
    }


class RedactingFilter(logging.Filter):
    """Masks everything that looks like a credential, and all known keys, in every record that passes."""

    def __init__(self) -> None:
        super().__init__()
        self._known: set[Secret] = set()

    def learn(self, secrets: Iterable[Secret]) -> None:
        """From now on these values are masked too."""
        self._known.update(secrets)

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        clean = redacted(message, self._known)
        if clean != message:
            record.msg, record.args = clean, ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = redacted(record.exc_text, self._known)
        return True


LOG_FILTER = RedactingFilter()
"""The one filter: the transport teaches it keys as they are used, the log's set-up puts it on every handler."""
