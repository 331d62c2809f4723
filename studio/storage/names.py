"""Readable names for finished images that every file system takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import date

WORDS_MAX_CHARACTERS = 40
PART_MAX_BYTES = 60
"""Per part, in UTF-8: four parts stay far below the 255 bytes of the strictest file system."""


def image_names(day: date, run_id: int, *, model: str, prompt: str, number: str, extension: str) -> Iterator[str]:
    """``2026-11-20_048_gpt-image-2_late-afternoon_01.png``, then with ``-2``, ``-3``, ... behind the number."""
    stem = f"{day:%Y-%m-%d}_{run_id:03d}_{name_part(model) or 'model'}_{first_words(prompt) or 'image'}_{number}"
    yield from numbered_names(stem, extension)


def numbered_names(stem: str, extension: str) -> Iterator[str]:
    """The name itself, then with ``-2``, ``-3``, ..."""
    yield f"{stem}.{extension}"
    for again in range(2, 10_000):
        yield f"{stem}-{again}.{extension}"


def name_part(text: str) -> str:
    """Letters and digits of any script in lower case, everything else a hyphen; dots between digits stay (``v7.1``)."""
    kept = "".join(_kept(character) for character in unicodedata.normalize("NFKC", text).lower())
    plain = re.sub(r"(?<!\d)\.|\.(?!\d)", "-", unicodedata.normalize("NFC", kept))
    return _cut(re.sub(r"-{2,}", "-", plain).strip("-."), PART_MAX_BYTES)


def first_words(prompt: str) -> str:
    """The first words of a prompt, as a name; cut at a word where words are written apart."""
    part = name_part(prompt[: WORDS_MAX_CHARACTERS * 4].replace(".", " "))
    if len(part) <= WORDS_MAX_CHARACTERS:
        return part
    head = part[: WORDS_MAX_CHARACTERS + 1]
    whole = head.rpartition("-")[0]
    return whole if len(whole) >= WORDS_MAX_CHARACTERS // 3 else head[:WORDS_MAX_CHARACTERS]


def _kept(character: str) -> str:
    if character == "." or character.isalnum() or unicodedata.category(character) in ("Mn", "Mc"):
        return character
    return "-"


def _cut(text: str, size_bytes: int) -> str:
    return text.encode()[:size_bytes].decode(errors="ignore").rstrip("-.")


_NUMBERED = re.compile(
    r"^\d{4}-\d{2}-\d{2}_(?P<run>\d{3,})_(?P<model>[^_]+)_.*_(?P<number>\d{2,}|grid)(?:-\d+)?\.[a-z]+$"
)


def read_image_name(name: str) -> tuple[int, str, int | None] | None:
    """Run, model part and position (from 0; None for the sheet of a grid) in a name of ours; None for other names."""
    found = _NUMBERED.match(name)
    if not found:
        return None
    number = found["number"]
    return int(found["run"]), found["model"], None if number == "grid" else int(number) - 1
