"""The files of the project, as a checkout, a clone or an unpacked sdist holds them."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

# What `.gitignore` names: made by tools, never part of the project.
MADE_FOLDERS = {".git", ".venv", "dist", "output", "htmlcov", "__pycache__", ".hypothesis", ".idea", ".vscode"}

MADE_FILES = {".venv.lock", ".coverage", ".git"}
"""``.git`` is a file in a further worktree of a clone."""


def project_files(root: Path = PROJECT) -> Iterator[Path]:
    """Every file of the project below ``root``, in a fixed order."""
    for folder, below, names in os.walk(root):
        below[:] = sorted(name for name in below if name not in MADE_FOLDERS and not name.endswith("_cache"))
        yield from (Path(folder, name) for name in sorted(names) if name not in MADE_FILES)


def python_files(root: Path) -> Iterator[Path]:
    """Every Python file below ``root``."""
    return (path for path in project_files(root) if path.suffix == ".py")


def syntax_tree(path: Path) -> ast.Module:
    """The file, parsed."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def imported_modules(path: Path) -> Iterator[str]:
    """Full names of the modules that a file imports, wherever in the file that happens."""
    for node in ast.walk(syntax_tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
