"""Calls that look harmless and end the program, found by reading the source of the window."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

FORBIDDEN = {
    "exec": "a second event loop stops every coroutine: open(), popup() or await ask()",
    "exec_": "a second event loop stops every coroutine: open(), popup() or await ask()",
    "screen": "the screen dies with the widget's wrapper: widgets.screen_room",
    "nextInFocusChain": "the widget found dies with this one's wrapper: focusNextChild",
    "previousInFocusChain": "the widget found dies with this one's wrapper: focusPreviousChild",
}
TAKES_MARKUP = {"setToolTip", "setWhatsThis", "setHtml", "insertHtml", "setMarkdown", "appendHtml"}
WRAPPERS = ("widgets", "help")
"""Where markup is wanted: the wrappers that escape it, and the viewer of our own reference pages."""
VIRTUAL = {
    *(
        "sizeHint",
        "minimumSizeHint",
        "heightForWidth",
        "eventFilter",
        "event",
        "data",
        "indexAt",
        "visualRect",
        "paint",
    ),
    *("rowCount", "columnCount", "setData", "editorEvent", "highlightBlock", "insertFromMimeData", "drawPrimitive"),
}


def classes(tree: ast.Module) -> Iterator[ast.ClassDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and node.bases)


def says_nothing_else(method: ast.FunctionDef) -> bool:
    """Whether a method only returns a constant or a name, or nothing: it cannot fail."""
    body = [node for node in method.body if not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))]
    plain = (ast.Constant, ast.Attribute, ast.Name)
    return not body or (len(body) == 1 and isinstance(body[0], ast.Return) and isinstance(body[0].value, plain))


def is_override(method: ast.FunctionDef) -> bool:
    return method.name in VIRTUAL or (method.name.endswith("Event") and method.name[0].islower())


def bare_overrides(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for owner in classes(tree):
        for method in owner.body:
            if not isinstance(method, ast.FunctionDef) or not is_override(method) or says_nothing_else(method):
                continue
            if not any("safe_override" in ast.dump(decorator) for decorator in method.decorator_list):
                yield method.lineno, f"{owner.name}.{method.name} lacks @safe_override"


def bad_calls(tree: ast.Module, *, wrapper: bool) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        name = node.func.attr
        if name == "exec" and "drag" in ast.unparse(node.func.value):
            continue  # there is no other way to drag; it starts in a mouse event and never in a coroutine
        if name in FORBIDDEN:
            yield node.lineno, f"{name}: {FORBIDDEN[name]}"
        elif name in TAKES_MARKUP and not wrapper:
            yield node.lineno, f"{name} guesses markup: set_tooltip, or plain text"


def faults(folder: Path) -> list[str]:
    found = []
    for path in sorted(folder.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        wrapper = path.relative_to(folder).parts[0] in WRAPPERS
        for line, fault in [*bare_overrides(tree), *bad_calls(tree, wrapper=wrapper)]:
            found.append(f"{path.relative_to(folder)}:{line}: {fault}")
    return found


def test_the_window_falls_into_no_known_trap(project: Path) -> None:
    assert faults(project / "studio" / "ui") == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("dialog.exec()", "second event loop"),
        ("drag.exec(Qt.DropAction.CopyAction)", ""),
        ("room = self.screen().geometry()", "screen dies"),
        ("w.setToolTip(prompt)", "guesses markup"),
        ("class A(QWidget):\n    def paintEvent(self, event):\n        1 / 0\n", "A.paintEvent lacks"),
        ("class A(QWidget):\n    def sizeHint(self):\n        return self.hint\n", ""),
        ("class A(QWidget):\n    @safe_override(None)\n    def paintEvent(self, event):\n        1 / 0\n", ""),
    ],
)
def test_each_planted_trap_is_seen(tmp_path: Path, source: str, fault: str) -> None:
    (tmp_path / "page.py").write_text(source, encoding="utf-8")
    found = faults(tmp_path)
    assert [fault in words for words in found] == ([True] if fault else [])
