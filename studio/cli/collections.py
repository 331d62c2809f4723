"""``prompt-studio collections``: what images are gathered in, by name."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import Any

import click

from studio.bootstrap import Collection, Deed, Studio
from studio.cli.exits import Exit
from studio.cli.options import json_option, workspace_option
from studio.cli.selection import select_images, selection_options, taken_selection
from studio.cli.session import Session, carry_out
from studio.cli.terminal import print_json, say, say_table
from studio.domain.errors import RequestInvalid

_EMPTY: dict[str, Any] = {"collections": []}

Work = Callable[[Studio], Awaitable[tuple[Sequence[Collection], str]]]
"""What a command does: gives the collections it was about, as they are now, and a word for people."""


@click.group(name="collections")
def command() -> None:
    """List, make, fill and remove collections of images.

    A collection is known by its name; upper and lower case are the same. Removing one never removes an image."""


@command.command(name="list")
@workspace_option
@json_option
def list_collections(*, workspace: Path | None, as_json: bool) -> int:
    """List collections and how many images are in them, without those in the bin."""

    async def work(session: Session) -> int:
        async with session.look_into(workspace) as studio:
            found = await studio.workspace.organiser.collections()
        if session.as_json:
            print_json({"collections": [_document(one) for one in found], "error": None})
        elif found:
            say_table(("collection", "images"), [(one.name, one.image_count) for one in found])
        else:
            say("There is no collection yet.", error=True)
        return Exit.DONE

    return carry_out(work, as_json=as_json, empty=_EMPTY)


@command.command(name="make")
@click.argument("name")
@workspace_option
@json_option
def make(*, name: str, workspace: Path | None, as_json: bool) -> int:
    """Make a collection with nothing in it."""

    async def change(studio: Studio) -> tuple[Sequence[Collection], str]:
        if await _find(studio, name) is not None:
            raise RequestInvalid(field="collection", reason=f"there is a collection {_clean(name)!r} already")
        await studio.workspace.organiser.collect_as(name, [], keep=Deed("made", name=_clean(name)))
        return [await _known(studio, name)], f"Made {_clean(name)}."

    return _carry_out(change, workspace, as_json)


@command.command(name="rename")
@click.argument("name")
@click.argument("new_name", metavar="NEW_NAME")
@workspace_option
@json_option
def rename(*, name: str, new_name: str, workspace: Path | None, as_json: bool) -> int:
    """Give a collection another name."""

    async def change(studio: Studio) -> tuple[Sequence[Collection], str]:
        found = await _known(studio, name)
        renamed = Deed("renamed", name=found.name, new_name=_clean(new_name))
        await studio.workspace.organiser.rename_collection(found.id, new_name, keep=renamed)
        return [await _known(studio, new_name)], f"{found.name} is {_clean(new_name)} now."

    return _carry_out(change, workspace, as_json)


@command.command(name="delete")
@click.argument("name")
@workspace_option
@json_option
def delete(*, name: str, workspace: Path | None, as_json: bool) -> int:
    """Remove a collection. Its images stay in the library."""

    async def change(studio: Studio) -> tuple[Sequence[Collection], str]:
        found = await _known(studio, name)
        await studio.workspace.organiser.remove_collection(found.id, keep=Deed("removed", name=found.name))
        return [], f"Removed {found.name}; its images stay."

    return _carry_out(change, workspace, as_json)


@command.command(name="add")
@click.argument("name")
@selection_options
@click.option("--make", "make_it", is_flag=True, help="Make the collection when there is none of that name.")
@workspace_option
@json_option
def add(*, name: str, make_it: bool, workspace: Path | None, as_json: bool, **given: Any) -> int:
    """Put images into a collection: prompt-studio collections add "Best of" --last"""
    selection = taken_selection(given)

    async def change(studio: Studio) -> tuple[Sequence[Collection], str]:
        if not make_it:
            await _known(studio, name)
        images = [one.id for one in await select_images(studio, selection)]
        collected = Deed("collected", len(images), _clean(name))
        made = await studio.workspace.organiser.collect_as(name, images, keep=collected)
        found = await _known(studio, name)
        return [found], f"{_images(len(made.image_ids))} added to {found.name}."

    return _carry_out(change, workspace, as_json)


@command.command(name="remove")
@click.argument("name")
@selection_options
@workspace_option
@json_option
def remove(*, name: str, workspace: Path | None, as_json: bool, **given: Any) -> int:
    """Take images out of a collection; they stay in the library."""
    selection = taken_selection(given)

    async def change(studio: Studio) -> tuple[Sequence[Collection], str]:
        found = await _known(studio, name)
        images = [one.id for one in await select_images(studio, selection)]
        uncollected = Deed("uncollected", len(images), found.name)
        taken = await studio.workspace.organiser.uncollect(found.id, images, keep=uncollected)
        return [await _known(studio, name)], f"{_images(len(taken.image_ids))} taken out of {found.name}."

    return _carry_out(change, workspace, as_json)


def _carry_out(change: Work, workspace: Path | None, as_json: bool) -> int:
    async def work(session: Session) -> int:
        async with session.open_to_change(workspace) as studio:
            try:
                about, words = await change(studio)
            except ValueError as error:
                raise RequestInvalid(field="collection", reason=str(error)) from error
        if session.as_json:
            print_json({"collections": [_document(one) for one in about], "error": None})
        else:
            say(words)
        return Exit.DONE

    return carry_out(work, as_json=as_json, empty=_EMPTY)


async def _find(studio: Studio, name: str) -> Collection | None:
    wanted = _clean(name).casefold()
    return next((one for one in await studio.workspace.organiser.collections() if one.name.casefold() == wanted), None)


async def _known(studio: Studio, name: str) -> Collection:
    """Raises RequestInvalid when there is none of that name."""
    found = await _find(studio, name)
    if found is None:
        reason = f"there is no collection {name!r}; prompt-studio collections list names them"
        raise RequestInvalid(field="collection", reason=reason)
    return found


def _clean(name: str) -> str:
    return " ".join(name.split())


def _images(count: int) -> str:
    return f"{count} image" if count == 1 else f"{count} images"


def _document(collection: Collection) -> dict[str, Any]:
    return {"name": collection.name, "images": collection.image_count}
