"""Names say what a thing is about, and no file tells where it was made."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.rules.tree import PROJECT, project_files, python_files, syntax_tree

EMPTY_WORDS = {"util", "utils", "utility", "utilities", "helper", "helpers", "common", "misc", "manager", "managers"}

# Written in two halves, so that this file does not hold what it forbids.
REGISTRY_HOSTS = ("py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com", "deb." + "debian.org")
MACHINE_PATHS = ("/" + "work/", "/" + "root/.", "/" + "opt/wheels", "/" + "opt/pypi")
TELLTALE = re.compile(
    "|".join(
        [*(r"(?<![\w.])" + re.escape(path) for path in MACHINE_PATHS), *(re.escape(host) for host in REGISTRY_HOSTS)]
    )
)


def empty_names(root: Path) -> Iterator[str]:
    """Files, folders and classes with a word in their name that says nothing."""
    for path in project_files(root):
        parts = path.relative_to(root).with_suffix("").parts
        if any(word in EMPTY_WORDS for part in parts for word in re.split(r"[_\-. ]", part.lower())):
            yield str(path.relative_to(root))
    for path in python_files(root):
        for node in ast.walk(syntax_tree(path)):
            if isinstance(node, ast.ClassDef) and _words(node.name)[-1] in EMPTY_WORDS:
                yield f"{path.relative_to(root)}: class {node.name}"


def _words(name: str) -> list[str]:
    return [word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z0-9]+", name)] or [name.lower()]


def telltales(root: Path) -> Iterator[str]:
    """Lines that name a package registry or a path of the machine they were written on."""
    for path in project_files(root):
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        for number, line in enumerate(lines, 1):
            if found := TELLTALE.search(line):
                yield f"{path.relative_to(root)}:{number}: {found[0]}"


def test_names_say_something(tmp_path: Path) -> None:
    assert list(empty_names(PROJECT)) == []
    (tmp_path / "job_helpers.py").write_text("class WindowManager: ...\nclass Window: ...\n", encoding="utf-8")
    assert list(empty_names(tmp_path)) == ["job_helpers.py", "job_helpers.py: class WindowManager"]


def test_no_file_tells_where_it_was_made(tmp_path: Path) -> None:
    assert list(telltales(PROJECT)) == []
    (tmp_path / "notes.md").write_text(
        f"one\nsee {MACHINE_PATHS[0]}main and https://{REGISTRY_HOSTS[0]}/simple", "utf-8"
    )
    (tmp_path / "picture.png").write_bytes(b"\x89PNG" + MACHINE_PATHS[0].encode())
    assert list(telltales(tmp_path)) == [f"notes.md:2: {MACHINE_PATHS[0]}"]
