"""The locks: every package with its version and hashes, for all systems, and not a word about where it came from."""

from __future__ import annotations

import re

from console import PROJECT, SetupError, Word, must, say
from environment import uv_environment, venv_program

HEADER = """\
# {what}
# Made by `python3 packaging/dev.py lock` from pyproject.toml. Exact versions and hashes, for Python 3.11 and newer on
# Linux, macOS and Windows; where the packages come from is the installing machine's own business.
"""

OPTIONS = ("--universal", "--python-version=3.11", "--generate-hashes", "--no-header", "--no-annotate", "--quiet")

# The development lock is resolved first: what it pins binds the others, so that one environment can hold them all.
DEV_LOCK = "packaging/requirements-dev.txt"
BOUND = ("--constraints", DEV_LOCK)


def remake_locks(resolver_arguments: list[str]) -> None:
    """Resolve the three locks again. Pins stay as they are unless the arguments ask for newer ones (``--upgrade``).

    Raises:
        SetupError: there is no solution, or a lock would have told where packages were found.
    """
    _resolve(
        DEV_LOCK,
        ("pyproject.toml", "--group", "dev", *resolver_arguments),
        "Everything: the program, its tests, its tools.",
    )
    _resolve("packaging/requirements.txt", ("pyproject.toml", *BOUND), "What the program needs to run.")
    _resolve(
        "packaging/requirements-setup.txt",
        ("--group", "pyproject.toml:setup", *BOUND),
        "What a set-up needs: the installer and the build backend.",
    )


def _resolve(lock: str, selection: tuple[str, ...], what: str) -> None:
    say(f"resolving {lock}")
    command: list[Word] = [venv_program("uv"), "pip", "compile", *selection, *OPTIONS, "--output-file", lock]
    must(command, f"Resolving {lock}", extra_environment=uv_environment())
    path = PROJECT / lock
    pins = path.read_text(encoding="utf-8")
    _refuse_addresses(lock, pins)
    path.write_text(HEADER.format(what=what) + pins, encoding="utf-8", newline="\n")


def _refuse_addresses(lock: str, pins: str) -> None:
    found = re.search(r"(?m)^.*(?:https?://|file:|--index-url|--extra-index-url|--find-links|^/| @ ).*$", pins)
    if found:
        raise SetupError(f"{lock} would hold an address or a path of this machine: {found[0].strip()}")
