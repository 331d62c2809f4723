"""Text of providers and users is never taken for markup.

A QLabel guesses: given ``<img src="/path">`` it loads that file. So labels and message boxes come from
`studio/ui/widgets`, which sets plain text, and nobody else makes one or derives from one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.rules.tree import python_files, syntax_tree

GUESSING = {"QLabel", "QMessageBox", "QErrorMessage"}
WRAPPERS = "widgets"


def guessing_widgets(window: Path) -> Iterator[str]:
    """Places outside the wrappers where a widget that guesses its text format is made or derived from."""
    for path in python_files(window):
        if path.relative_to(window).parts[0] == WRAPPERS:
            continue
        for node in ast.walk(syntax_tree(path)):
            named = [node.func] if isinstance(node, ast.Call) else node.bases if isinstance(node, ast.ClassDef) else []
            for part in named:
                if (name := _last_name(part)) in GUESSING:
                    yield f"{path.relative_to(window)}:{part.lineno}: {name}"


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        # QMessageBox.warning(...) makes one as well.
        inner = _last_name(node.value)
        return inner if inner in GUESSING else node.attr
    return node.id if isinstance(node, ast.Name) else ""


def test_only_the_wrappers_show_text(project: Path, tmp_path: Path) -> None:
    assert list(guessing_widgets(project / "studio" / "ui")) == []
    (tmp_path / "widgets").mkdir()
    (tmp_path / "widgets" / "label.py").write_text("class PlainLabel(QLabel): ...\n", encoding="utf-8")
    planted = "title = QtWidgets.QLabel(text)\nclass Badge(QLabel): ...\nQMessageBox.warning(None, '', text)\n"
    (tmp_path / "planted.py").write_text(planted, encoding="utf-8")
    assert sorted(guessing_widgets(tmp_path)) == [
        "planted.py:1: QLabel",
        "planted.py:2: QLabel",
        "planted.py:3: QMessageBox",
    ]
