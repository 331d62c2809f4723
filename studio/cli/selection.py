"""Which images of the library a command is about: the options that say so, and how they are looked up."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import click

from studio.bootstrap import LibraryQuery, Studio
from studio.domain.errors import RequestInvalid
from studio.domain.jobs import ImageRecord
from studio.domain.values import ImageId, RunId

PAGE = 500

_Command = TypeVar("_Command", bound=Callable[..., Any])

SELECTORS = (
    *("runs", "images", "last", "search", "rating_min", "providers", "models"),
    *("tags", "collections", "colours", "like", "everything"),
)
"""Names of what the options give."""

_OPTIONS = (
    click.option("--run", "runs", type=int, multiple=True, help="Images of this run; repeatable."),
    click.option("--image", "images", type=int, multiple=True, help="One image by its number; repeatable."),
    click.option("--last", is_flag=True, help="Images of the run that made the newest one."),
    click.option("--search", help="Images whose prompt, tags, note or model hold these words."),
    click.option("--rating", "rating_min", type=click.IntRange(1, 5), help="Images rated at least so."),
    click.option("--provider", "providers", multiple=True, help="Images of this provider; repeatable."),
    click.option("--model", "models", multiple=True, help="Images of this model; repeatable."),
    click.option("--tag", "tags", multiple=True, help="Images with this tag; repeatable."),
    click.option("--collection", "collections", multiple=True, help="Images of this collection; repeatable."),
    click.option("--colour", "colours", multiple=True, metavar="#RRGGBB", help="Images with this colour; repeatable."),
    click.option(
        "--like", type=click.Path(path_type=Path, dir_okay=False), help="Images that look like this picture file."
    ),
    click.option("--everything", is_flag=True, help="All images of the library."),
)


def selection_options(command: _Command) -> _Command:
    """Adds ``--run``, ``--image``, ``--search`` and all the others to a command."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def taken_selection(given: dict[str, Any], *, needed: bool = True) -> dict[str, Any]:
    """Takes what these options gave out of `given`. Raises UsageError when none was, unless that means everything."""
    selection = {name: given.pop(name) for name in SELECTORS}
    if needed and not any(selection.values()):
        raise click.UsageError(
            "Say which images: --last, --run, --image, --search, --rating, --model, --tag, --collection, --colour,"
            " --like or --everything"
        )
    return selection


async def select_images(studio: Studio, selection: Mapping[str, Any], *, in_bin: bool = False) -> list[ImageRecord]:
    """The images asked for, without the trash or (`in_bin`) only what is in it; an image that is named by its number
    is meant wherever it is. Numbers that do not exist are an error, not a shorter list.

    Raises RequestInvalid, also when no image is meant."""
    library = studio.workspace.library
    runs = [RunId(number) for number in selection["runs"]]
    if selection["last"]:
        runs += [image.run_id for image in await library.page(limit=1)]
    found: dict[ImageId, ImageRecord] = {}
    for run_id in runs:
        page = await library.run(run_id)
        if page is None:
            raise RequestInvalid(field="run", reason=f"there is no run {run_id}")
        of_run = await _all(studio, LibraryQuery(runs=(run_id,), trashed=True)) if in_bin else page.images
        found |= {image.id: image for image in of_run if (image.trashed_at is not None) == in_bin}
    if selection["images"]:
        wanted = [ImageId(number) for number in selection["images"]]
        images = await library.images(wanted)
        missing = sorted(set(wanted) - {image.id for image in images})
        if missing:
            raise RequestInvalid(field="image", reason=f"there is no image {missing[0]}")
        found |= {image.id: image for image in images}
    query = await make_query(studio, selection, in_bin=in_bin)
    if selection["everything"] or query != LibraryQuery(sort="oldest", trashed=in_bin):
        found |= {image.id: image for image in await _all(studio, query)}
    if not found:
        raise RequestInvalid(field="selection", reason="no image of the library is meant by it")
    return list(found.values())


async def make_query(studio: Studio, selection: Mapping[str, Any], *, in_bin: bool = False) -> LibraryQuery:
    """What holds for all images asked for by their properties. Raises RequestInvalid, ReferenceUnreadable."""
    known = {one.name.casefold() for one in await studio.workspace.organiser.collections()}
    for name in selection["collections"]:
        if " ".join(name.split()).casefold() not in known:
            raise RequestInvalid(field="collection", reason=f"there is no collection {name!r}")
    for colour in selection["colours"]:
        if not re.fullmatch(r"#?[0-9a-fA-F]{6}", colour):
            raise RequestInvalid(field="colour", reason=f"{colour!r} is no colour such as #a04030")
    if selection["colours"] or selection["like"]:
        await studio.workspace.look_at_rest()
    return LibraryQuery(
        text=selection["search"] or "",
        providers=selection["providers"],
        models=selection["models"],
        rating_min=selection["rating_min"],
        tags=selection["tags"],
        collection_names=selection["collections"],
        colours=selection["colours"],
        like=await studio.look_of_file(selection["like"]) if selection["like"] else None,
        trashed=in_bin,
        sort="oldest",
    )


async def _all(studio: Studio, query: LibraryQuery) -> list[ImageRecord]:
    images: list[ImageRecord] = []
    while True:
        page = await studio.workspace.library.page(query, offset=len(images), limit=PAGE)
        images += page
        if len(page) < PAGE:
            return images
