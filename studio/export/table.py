"""Tables for spreadsheets: a cell of foreign text is never a formula (CWE-1236)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import TextIO

Cell = str | int | float | None

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_GUARD = "'"


def write_table(out: TextIO, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Comma-separated as in RFC 4180. Open `out` with ``newline=""`` and, for Excel, ``encoding="utf-8-sig"``."""
    writer = csv.writer(out)
    writer.writerow(header)
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])


def guarded(cell: Cell) -> Cell:
    """Numbers stay numbers; text that a spreadsheet would work out gets an apostrophe in front, as does a real one."""
    if isinstance(cell, str) and cell.startswith((*_STARTS_A_FORMULA, _GUARD)):
        return _GUARD + cell
    return cell


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text.startswith(_GUARD) else text
