"""A sentence that stays on the screen is handed over so that it can be written again in another language."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.rules.tree import PROJECT, python_files

SAYING = frozenset({"say", "Message", "Question", "Notification", "tell_problem"})
"""What is called with `ui.translation.Words`."""
FINISHED = frozenset({"tr", "translate", "filled", "shown", "problem_title", "problem_text", "problem_action"})


def finished_words(source: str) -> Iterator[int]:
    """The lines where one of `SAYING` gets a finished sentence in place of what writes it."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not _is_saying(node.func):
            continue
        for argument in [*node.args, *(keyword.value for keyword in node.keywords)]:
            if isinstance(argument, ast.Call) and _name(argument.func) in FINISHED:
                yield argument.lineno


def _is_saying(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute) and function.attr == "emit":
        return _name(function.value) == "say"
    return _name(function) in SAYING


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


@pytest.mark.parametrize(
    "line", ['bar.post(Message("a", tr("Done")))', 'Question(self, title=tr("x"))', 'x.say.emit("note", tr("x"))']
)
def test_a_finished_sentence_is_found(line: str) -> None:
    assert list(finished_words(line)) == [1]
    assert not list(finished_words(line.replace("tr(", "lambda: tr(")))


def test_what_is_told_can_be_written_again_in_another_language() -> None:
    found = [
        f"{file.relative_to(PROJECT)}:{line}"
        for file in python_files(PROJECT / "studio" / "ui")
        for line in finished_words(file.read_text(encoding="utf-8"))
    ]
    assert found == [], "Hand over `lambda: self.tr(...)`: see `Words` in studio/ui/translation.py."
