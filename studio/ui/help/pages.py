"""The files behind the help: every page in the language of the window, in English where it has no other."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale

_FIRST = ("prompt-guide.md", "comparing.md", "sweeps.md", "selection.md", "demo.md")
FIRST_PAGE = _FIRST[0]


def page_names(references: Path) -> list[str]:
    """File names of our pages, the general ones first."""
    found = sorted(path.name for path in references.glob("*.md"))
    return sorted(found, key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST))


def page_file(references: Path, name: str) -> Path:
    """The page in the language in force, e.g. ``references/zh_CN/demo.md``; the English one where there is none."""
    translated = references / QLocale().name() / name
    return translated if translated.is_file() else references / name


def page_title(path: Path) -> str:
    """The first heading of a page."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# "):
                return line[2:].strip()
    return path.stem


def linked_file(references: Path, page: Path, link: str) -> Path | None:
    """The file of ours that a relative link on `page` leads to; None for one that is not there or lies elsewhere."""
    path = (page.parent / link).resolve()
    return path if path.is_file() and path.is_relative_to(references.resolve()) else None
