"""JSON with images in it, read without its images: a parser goes through megabytes of base64 letter by letter and keeps
every other thread of Python waiting for 15 ms and more, that of the window too.

The long strings are cut out before parsing and put into the parsed model afterwards, each with one copy."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

LONG_BYTES = 256 * 1024
"""Strings from this length on are cut out."""
_QUOTES_MAX = 4_000
"""In a text with more strings than this nothing is cut: looking for them would take longer than parsing does."""


@dataclass(frozen=True, slots=True)
class ShortenedJson:
    """`content` has a mark in the place of each long string; `texts` are the strings by their marks."""

    content: bytes
    texts: Mapping[str, str]


def shortened(content: bytes | bytearray) -> ShortenedJson | None:
    """None where nothing is to be cut, or where it is not plain enough to be sure of the ends of the strings."""
    parts: list[bytes] = []
    texts: dict[str, str] = {}
    sign = secrets.token_hex(12)
    done = place = 0
    for _ in range(_QUOTES_MAX):
        start = content.find(b'"', place)
        if start < 0:
            parts.append(bytes(content[done:]))
            return ShortenedJson(b"".join(parts), texts) if texts else None
        end = _end_of_string(content, start)
        if end < 0:
            return None
        place = end + 1
        if end - start > LONG_BYTES and content.find(b"\\", start, end) < 0:
            try:
                text = str(memoryview(content)[start + 1 : end], "ascii")
            except UnicodeDecodeError:
                continue
            mark = f"cut out {sign} {len(texts)}"
            texts[mark] = text
            parts.append(bytes(content[done : start + 1]) + mark.encode())
            done = end
    return None


def _end_of_string(content: bytes | bytearray, start: int) -> int:
    """Where the string that begins at `start` is closed; -1 when it is not."""
    end = content.find(b'"', start + 1)
    while end > 0:
        before = end
        while content[before - 1] == 0x5C:  # a backslash; two in front of a quote are one that is meant
            before -= 1
        if (end - before) % 2 == 0:
            return end
        end = content.find(b'"', end + 1)
    return -1


def put_back(model: BaseModel, texts: Mapping[str, str]) -> bool:
    """Put every text into the place of its mark. False if one of the marks is not in the model as it was."""
    left = dict(texts)
    _filled(model, left)
    return not left


def _filled(value: Any, left: dict[str, str]) -> Any:
    """`value` with texts in place of marks; models, lists and dictionaries are changed themselves."""
    if isinstance(value, str):
        return left.pop(value, value)
    if isinstance(value, BaseModel):
        for fields in (value.__dict__, value.__pydantic_extra__ or {}):
            _fill_fields(fields, left)
    elif isinstance(value, dict):
        _fill_fields(value, left)
    elif isinstance(value, list):
        value[:] = [_filled(one, left) for one in value]
    elif isinstance(value, tuple) and type(value) is tuple:
        return tuple(_filled(one, left) for one in value)
    return value


def _fill_fields(fields: dict[str, Any], left: dict[str, str]) -> None:
    for name, value in fields.items():
        filled = _filled(value, left)
        if filled is not value:
            fields[name] = filled
