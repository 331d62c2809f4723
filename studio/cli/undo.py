"""``prompt-studio undo`` and ``redo``: changes of the library, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from studio.bootstrap import Deed, KeptStep, Studio, Walked
from studio.cli.exits import Exit
from studio.cli.options import json_option, workspace_option
from studio.cli.session import Session, carry_out
from studio.cli.terminal import print_json, say, say_table

_EMPTY: dict[str, Any] = {"steps": [], "left": 0}

_steps_option = click.option(
    "--steps", "step_count", type=click.IntRange(1, 100), default=1, show_default=True, help="So many, one by one."
)
_list_option = click.option(
    "--list", "only_list", is_flag=True, help="Name the steps, the newest first; change nothing."
)


@click.command(name="undo")
@_steps_option
@_list_option
@workspace_option
@json_option
def command(*, step_count: int, only_list: bool, workspace: Path | None, as_json: bool) -> int:
    """Take back the last change of ratings, rejections, tags, notes, collections or the bin.

    It is one step for each command and for each change in a window. An open window takes back its own."""
    return _run(step_count, workspace, only_list=only_list, as_json=as_json, redo=False)


@click.command(name="redo")
@_steps_option
@_list_option
@workspace_option
@json_option
def redo(*, step_count: int, only_list: bool, workspace: Path | None, as_json: bool) -> int:
    """Make the change again that was taken back last. After a new change there is nothing to redo."""
    return _run(step_count, workspace, only_list=only_list, as_json=as_json, redo=True)


def _run(step_count: int, workspace: Path | None, *, only_list: bool, as_json: bool, redo: bool) -> int:
    async def walk(session: Session) -> int:
        async with session.open_to_change(workspace) as studio:
            walked = await _walk(studio, step_count, redo=redo)
            kept = await studio.workspace.history.steps(undone=redo)
        if session.as_json:
            left = sum(not step.is_elsewhere for step in kept)
            print_json({"steps": [_walked_document(one) for one in walked], "left": left, "error": None})
        else:
            _say_walked(walked, kept, redo=redo)
        return Exit.FAILED if any(one.left_alone or not one.change for one in walked) else Exit.DONE

    async def name(session: Session) -> int:
        async with session.look_into(workspace) as studio:
            kept = await studio.workspace.history.steps(undone=redo)
        if session.as_json:
            left = sum(not step.is_elsewhere for step in kept)
            print_json({"steps": [_kept_document(one) for one in kept], "left": left, "error": None})
        elif kept:
            say_table(("done at", "what"), [_line(one) for one in kept])
        else:
            say(_nothing(kept, redo=redo), error=True)
        return Exit.DONE

    return carry_out(name if only_list else walk, as_json=as_json, empty=_EMPTY)


async def _walk(studio: Studio, step_count: int, *, redo: bool) -> list[Walked]:
    history, done = studio.workspace.history, []
    for _ in range(step_count):
        walked = await (history.redo() if redo else history.undo())
        if walked is None:
            break
        done.append(walked)
    return done


# ---------------------------------------------------------------------------------------------------- for people
def _say_walked(walked: Sequence[Walked], kept: Sequence[KeptStep], *, redo: bool) -> None:
    for one in walked:
        said = ("Done again" if redo else "Undone") if one.change else ("Not done again" if redo else "Not undone")
        say(f"{said}: {deed_words(one.deed)}")
        for reason in _left_words(one):
            say(f"  {reason}", error=True)
    if not walked:
        say(_nothing(kept, redo=redo), error=True)


def _nothing(kept: Sequence[KeptStep], *, redo: bool) -> str:
    words = f"There is nothing to {'redo' if redo else 'undo'}."
    if not kept:
        return words
    does = "is done again in it (Ctrl+Shift+Z)" if redo else "is taken back in it (Ctrl+Z)"
    return f"{words} What an open window {'took back' if redo else 'did'} {does}, or here once it is closed."


def _line(step: KeptStep) -> tuple[str, str]:
    own = " (an open window's own)" if step.is_elsewhere else ""
    return f"{step.made_at.astimezone():%Y-%m-%d %H:%M}", f"{deed_words(step.deed)}{own}"


def deed_words(deed: Deed) -> str:
    """What was done, a whole sentence."""
    images = f"{deed.count} image" if deed.count == 1 else f"{deed.count} images"
    words = {
        "rated": f"{images} rated.",
        "rejected": f"{images} rejected.",
        "accepted": f"Rejection of {images} taken back.",
        "noted": f"Note of {images} changed.",
        "tagged": f"Tags of {images} changed.",
        "marked": f"{images} marked.",
        "binned": f"{images} moved to the bin.",
        "restored": f"{images} brought back.",
        "collected": f"{images} added to {deed.name}.",
        "uncollected": f"{images} taken out of {deed.name}.",
        "made": f"Collection {deed.name} made.",
        "renamed": f"{deed.name} is called {deed.new_name} now.",
        "removed": f"Collection {deed.name} removed. Its images stay.",
    }
    return words[deed.kind]


_REASONS = {
    "changed": "The collection was changed since and stays as it is.",
    "taken": "Another collection has its name now.",
    "gone": "The collection is no longer there.",
}


def _left_words(walked: Walked) -> list[str]:
    """What was left as it is, and why."""
    said = []
    if walked.newer_count == 1:
        said.append("1 image was changed since and stays as it is.")
    elif walked.newer_count:
        said.append(f"{walked.newer_count} images were changed since and stay as they are.")
    if walked.gone_count:
        said.append(f"{walked.gone_count} {'image is' if walked.gone_count == 1 else 'images are'} no longer there.")
    said += [_REASONS[one] for one in dict.fromkeys(walked.collections)]
    return said if said or walked.change else ["There was nothing left to change."]


# ---------------------------------------------------------------------------------------------------- for scripts
def _deed_document(deed: Deed) -> dict[str, Any]:
    return {
        "deed": deed.kind,
        "count": deed.count,
        "collection": deed.name or None,
        "new_name": deed.new_name or None,
        "words": deed_words(deed),
    }


def _kept_document(step: KeptStep) -> dict[str, Any]:
    document = _deed_document(step.deed)
    return document | {"made_at": step.made_at.isoformat(), "in_window": step.is_elsewhere}


def _walked_document(walked: Walked) -> dict[str, Any]:
    return _deed_document(walked.deed) | {
        "made_at": walked.made_at.isoformat(),
        "changed": sorted(walked.change.image_ids),
        "newer": walked.newer_count,
        "gone": walked.gone_count,
        "collections_left": list(dict.fromkeys(walked.collections)),
    }
