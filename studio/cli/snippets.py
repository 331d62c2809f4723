"""``prompt-studio snippets``: words of prompts kept under a name, the same as in the window."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from studio.bootstrap import Snippet, Studio
from studio.cli.exits import Exit
from studio.cli.options import json_option, workspace_option
from studio.cli.session import Session, carry_out
from studio.cli.terminal import print_json, say, say_table
from studio.domain.errors import RequestInvalid

_EMPTY: dict[str, Any] = {"snippets": []}
_SHOWN_CHARACTERS = 60
_TEXT_MAX_BYTES = 1_000_000


@click.group(name="snippets")
def command() -> None:
    """List, show, save and delete snippets: words of prompts kept under a name."""


@command.command(name="list")
@workspace_option
@json_option
def list_snippets(*, workspace: Path | None, as_json: bool) -> int:
    """List snippets by name; --json has their whole text."""

    async def work(session: Session) -> int:
        async with session.look_into(workspace) as studio:
            found = await studio.workspace.phrasebook.snippets()
        if session.as_json:
            _print(found)
        elif found:
            say_table(("snippet", "text"), [(one.name, _short(one.text)) for one in found])
        else:
            say("There is no snippet yet.", error=True)
        return Exit.DONE

    return carry_out(work, as_json=as_json, empty=_EMPTY)


@command.command(name="show")
@click.argument("name")
@workspace_option
@json_option
def show(*, name: str, workspace: Path | None, as_json: bool) -> int:
    """Print the text of a snippet."""

    async def work(session: Session) -> int:
        async with session.look_into(workspace) as studio:
            found = await _known(studio, name)
        if session.as_json:
            _print([found])
        else:
            say(found.text)
        return Exit.DONE

    return carry_out(work, as_json=as_json, empty=_EMPTY)


@command.command(name="save")
@click.argument("name")
@click.argument("text", required=False)
@click.option("--replace", is_flag=True, help="Put it in place of the one that has this name.")
@workspace_option
@json_option
def save(*, name: str, text: str | None, replace: bool, workspace: Path | None, as_json: bool) -> int:
    """Keep words under a name. Without TEXT, or with - for it, they are read from standard input."""

    async def work(session: Session) -> int:
        words = _read_words() if text is None or text == "-" else text
        async with session.open_studio(workspace) as studio:
            there = await _find(studio, name)
            if there is not None and not replace:
                reason = f"there is a snippet {there.name!r} already; --replace puts this one in its place"
                raise RequestInvalid(field="snippet", reason=reason)
            try:
                await studio.workspace.phrasebook.keep_snippet(name, words, snippet_id=there.id if there else None)
            except ValueError as error:
                raise RequestInvalid(field="snippet", reason=str(error)) from error
            found = await _known(studio, name)
        if session.as_json:
            _print([found])
        else:
            say(f"Kept as {found.name}.")
        return Exit.DONE

    return carry_out(work, as_json=as_json, empty=_EMPTY)


@command.command(name="delete")
@click.argument("name")
@workspace_option
@json_option
def delete(*, name: str, workspace: Path | None, as_json: bool) -> int:
    """Remove a snippet. Prompts that used its words keep them."""

    async def work(session: Session) -> int:
        async with session.open_studio(workspace) as studio:
            found = await _known(studio, name)
            await studio.workspace.phrasebook.remove_snippet(found.id)
        if session.as_json:
            _print([])
        else:
            say(f"Removed {found.name}.")
        return Exit.DONE

    return carry_out(work, as_json=as_json, empty=_EMPTY)


def _read_words() -> str:
    """Standard input without its last line end. Raises RequestInvalid."""
    if sys.stdin.isatty():
        raise RequestInvalid(field="snippet", reason="there is no text; write it behind the name, or pipe it in")
    content = sys.stdin.buffer.read(_TEXT_MAX_BYTES + 1)
    try:
        words = content.decode()
    except UnicodeDecodeError as error:
        raise RequestInvalid(field="snippet", reason="the text is not UTF-8") from error
    return words.removesuffix("\n").removesuffix("\r")


async def _find(studio: Studio, name: str) -> Snippet | None:
    wanted = " ".join(name.split()).casefold()
    return next((one for one in await studio.workspace.phrasebook.snippets() if one.name.casefold() == wanted), None)


async def _known(studio: Studio, name: str) -> Snippet:
    """Raises RequestInvalid when there is none of that name."""
    found = await _find(studio, name)
    if found is None:
        reason = f"there is no snippet {name!r}; prompt-studio snippets list names them"
        raise RequestInvalid(field="snippet", reason=reason)
    return found


def _print(snippets: list[Snippet]) -> None:
    documents = [{"name": one.name, "text": one.text} for one in snippets]
    print_json({"snippets": documents, "error": None})


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN_CHARACTERS else f"{line[: _SHOWN_CHARACTERS - 1]}…"
