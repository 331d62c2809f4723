"""Writing to people: plain text only, whatever a provider or a file said, and never into the JSON of a script."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from studio.domain.errors import Problem

if TYPE_CHECKING:
    from studio.bootstrap import SettingsStore


ALTERED = "changed since it was received"
"""Of a copy whose original has other bytes than those that came from the provider."""


def plain(text: object) -> str:
    """Without what a terminal would obey: escape sequences and direction marks could hide or fake output."""
    return "".join(one for one in str(text) if one in "\n\t" or not unicodedata.category(one).startswith("C"))


def say(text: object = "", *, error: bool = False) -> None:
    """A line for people, on standard output, or on standard error beside a document or a list of paths."""
    click.echo(plain(text), err=error)


def print_json(document: Any) -> None:
    """The one document of ``--json``; UTF-8 whatever the terminal says of itself."""
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode())
    sys.stdout.buffer.flush()


def say_table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Columns side by side, wide characters counted as wide; nothing is cut, so that a script may read it too."""
    from rich.cells import cell_len

    cells = [[plain(cell).replace("\n", " ") for cell in row] for row in (header, *rows)]
    widths = [max(cell_len(row[column]) for row in cells) for column in range(len(header))]
    for row in cells:
        padded = [cell + " " * (width - cell_len(cell)) for cell, width in zip(row, widths, strict=True)]
        say("  ".join(padded).rstrip())


def problem_lines(problem: Problem, provider: str | None = None) -> list[str]:
    """What happened, whether it cost money, and what to do: for standard error.

    `provider` is the id of the one it is about, for commands that can be typed as they stand."""
    lines = [f"{problem.title}. {problem.text}"]
    detail = problem.detail.strip()
    if detail and detail not in problem.text:
        lines += [f"  {line}" for line in detail.splitlines()[:12]]
    hint = _HINTS.get(problem.action)
    if problem.kind in _HINTS_OF_KIND:
        hint = _HINTS_OF_KIND[problem.kind]
    if provider is not None and problem.kind in _HINTS_OF_PROVIDER:
        hint = _HINTS_OF_PROVIDER[problem.kind].format(provider=provider)
    return [*lines, f"  {hint}"] if hint else lines


def tell_settings(settings: SettingsStore) -> None:
    """Settings that could not be read are told before anything is sent: limits and addresses may be the defaults."""
    if settings.problem is not None:
        for line in problem_lines(settings.problem):
            say(line, error=True)


_HINTS: dict[str, str] = {
    "edit_prompt": "Change the prompt and run again.",
    "open_top_up": "Top the account up on the provider's page: prompt-studio providers --json names it.",
    "open_usage": "Raise the limit on the provider's page, or wait for the next period.",
    "open_console": "Open it once in the provider's console.",
    "choose_model": "Choose another model: prompt-studio models",
    "choose_folder": "Make room, or choose another folder.",
    "generate_anyway": "Run again with --over-budget to generate anyway.",
    "what_to_do": "Look at the provider's usage page before you run it again; prompt-studio resume asks the provider.",
    "try_again": "Try again.",
}

_HINTS_OF_KIND: dict[str, str] = {
    "key_missing": "Give it one with prompt-studio keys set, or a variable that prompt-studio providers names.",
    "key_rejected": "Set the right one with prompt-studio keys set, then try it with prompt-studio keys test.",
    "key_region": "A key belongs to one region; choose the region of the account in Preferences.",
    "keyring_missing": "Put the key into a variable that prompt-studio providers names, or install a keyring.",
    "keyring_locked": "Unlock the keyring, or use an environment variable for the key.",
    "workspace_read_only": "Copy the library to a drive that can be written, or choose another one with --workspace.",
    "workspace_newer": "Update Prompt Studio, or choose another folder with --workspace.",
    "workspace_unreadable": "Choose another folder with --workspace, or look into it: prompt-studio doctor",
    "folder_not_writable": "Name another one: --out for copies and exports, --workspace for the library.",
    "offline": "Check the connection, then try again.",
    "network_settings": "Correct the address, proxy or certificate: command line, environment or Preferences.",
    "internal": "Your images are safe. The log has the details: prompt-studio doctor names it.",
}


_HINTS_OF_PROVIDER: dict[str, str] = {
    "key_missing": "Give it one: prompt-studio keys set {provider}, or a variable that prompt-studio providers names.",
    "key_rejected": "Set the right one: prompt-studio keys set {provider}, then prompt-studio keys test {provider}",
}


def stderr_is_terminal() -> bool:
    return sys.stderr is not None and sys.stderr.isatty()
