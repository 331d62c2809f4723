"""Any text as one segment of a path that Windows, macOS and Linux all take, and that leads nowhere else."""

from __future__ import annotations

import re
import unicodedata

SEGMENT_MAX_BYTES = 200
"""Of 255 that file systems take: the rest is for a number, an extension and a temporary name."""

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_BLANKS = re.compile(r"\s+")
_DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789¹²³"
}
_JOINER = "\u200d"  # holds an emoji of several parts together
_SYMBOLS = {"So", "Sk", "Mn"}


def safe_segment(text: str, *, otherwise: str = "image") -> str:
    """One file or folder name: NFC, no control or direction marks, no separators, no device name, at most 200 bytes.

    `otherwise` stands in when nothing is left, as of ``..``. Keeps letters of all scripts and emoji."""
    visible = _visible(unicodedata.normalize("NFC", text))
    name = _BLANKS.sub(" ", _FORBIDDEN.sub("-", visible))
    name = _cut(_trimmed(name), SEGMENT_MAX_BYTES) or otherwise
    if name.split(".")[0].rstrip().upper() in _DEVICES:
        name = f"_{name}"
    return name


def same_name(name: str) -> str:
    """Equal for names that a file system without case or with its own normal form takes as one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _visible(text: str) -> str:
    kept: list[str] = []
    for character in text:
        category = unicodedata.category(character)
        if character == _JOINER and kept and unicodedata.category(kept[-1]) in _SYMBOLS:
            kept.append(character)
        elif character.isspace():
            kept.append(" ")
        elif not category.startswith("C"):
            kept.append(character)
    return "".join(kept).rstrip(_JOINER)


def _trimmed(name: str) -> str:
    return name.lstrip(". ").rstrip(". ")


def _cut(name: str, limit_bytes: int) -> str:
    """At a character, and never inside an emoji or before its accents."""
    if len(name.encode()) <= limit_bytes:
        return name
    kept = name.encode()[:limit_bytes].decode(errors="ignore")
    rest = name[len(kept) :]
    while kept and rest and (unicodedata.category(rest[0]) == "Mn" or _JOINER in (rest[0], kept[-1])):
        rest, kept = kept[-1] + rest, kept[:-1]
    return _trimmed(kept)
