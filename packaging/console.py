"""What the set-up script says and how it ends: words for people on stderr, one exception that carries them."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent

Word = str | Path
Command = Sequence[Word]


class SetupError(Exception):
    """The set-up cannot go on; the text says what happened and what to type."""


def say(text: str) -> None:
    """Print one line of progress. It goes to stderr so that a command's own output stays clean."""
    print(f"[dev] {text}", file=sys.stderr, flush=True)


def shell_line(command: Command) -> str:
    """The command as someone would type it."""
    return shlex.join(str(part) for part in command)


def call(
    command: Command, *, cwd: Path = PROJECT, extra_environment: Mapping[str, str] | None = None, quiet: bool = False
) -> int:
    """Run a command in the foreground and return its exit code (128 + signal when a signal ended it).

    ``quiet`` sends its standard output to ours for errors, so that the last line on standard output stays the caller's.
    """
    environment = {**os.environ, **(extra_environment or {})}
    stdout = sys.stderr if quiet else None
    try:
        code = subprocess.call([str(part) for part in command], cwd=cwd, env=environment, stdout=stdout)
    except KeyboardInterrupt:
        return 130
    return code if code >= 0 else 128 - code


def must(
    command: Command,
    what: str,
    *,
    cwd: Path = PROJECT,
    extra_environment: Mapping[str, str] | None = None,
) -> None:
    """Run a step of the set-up that has to succeed.

    Raises:
        SetupError: the command failed; the text names the step and the command.
    """
    code = call(command, cwd=cwd, extra_environment=extra_environment, quiet=True)
    if code == 130:
        raise KeyboardInterrupt
    if code:
        raise SetupError(f"{what} failed with exit code {code}. The command was:\n  {shell_line(command)}")
