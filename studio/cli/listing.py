"""``prompt-studio list`` and ``mark``: what the library holds, and what the user says of its images."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from studio.bootstrap import LibraryChange, Studio
from studio.cli.exits import Exit
from studio.cli.options import json_option, workspace_option
from studio.cli.selection import make_query, select_images, selection_options, taken_selection
from studio.cli.session import Session, carry_out
from studio.cli.terminal import print_json, say, say_table
from studio.domain.errors import RequestInvalid
from studio.domain.jobs import ImageRecord
from studio.domain.values import ImageId

_PROMPT_CHARACTERS = 60

NO_IMAGES: dict[str, Any] = {"images": [], "total": 0}


@click.command(name="list")
@selection_options
@click.option("--bin", "in_bin", is_flag=True, help="What is in the bin, in place of what is not.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="The newest so many.")
@workspace_option
@json_option
def command(*, in_bin: bool, limit: int, workspace: Path | None, as_json: bool, **given: Any) -> int:
    """List images of the library, the newest first; without an option about which, all of them."""
    selection = taken_selection(given, needed=False)

    async def work(session: Session) -> int:
        async with session.look_into(workspace) as studio:
            images, total = await _found(studio, selection, in_bin, limit)
            root = studio.workspace.folder.root
        if session.as_json:
            print_json({"images": [_document(one, root) for one in images], "total": total, "error": None})
            return Exit.DONE
        if images:
            _say_images(images)
        say(f"{len(images)} of {total} images", error=True)
        return Exit.DONE

    return carry_out(work, as_json=as_json, empty=NO_IMAGES)


async def _found(
    studio: Studio, selection: dict[str, Any], in_bin: bool, limit: int
) -> tuple[Sequence[ImageRecord], int]:
    """The newest of those that are meant, and how many are."""
    if selection["runs"] or selection["images"] or selection["last"]:
        found = await select_images(studio, selection, in_bin=in_bin)
        chosen = sorted(found, key=lambda one: one.id, reverse=True)
        chosen = [one for one in chosen if (one.trashed_at is not None) == in_bin]
        return chosen[:limit], len(chosen)
    query = (await make_query(studio, selection, in_bin=in_bin)).model_copy(update={"sort": "newest"})
    return await studio.workspace.library.page(query, limit=limit), await studio.workspace.library.count(query)


def _document(image: ImageRecord, root: Path) -> dict[str, Any]:
    return {
        "image": image.id,
        "run": image.run_id,
        "created_at": image.created_at.isoformat(),
        "provider": image.provider,
        "model": image.model,
        "prompt": image.prompt,
        "seed": image.seed,
        "width": image.facts.width,
        "height": image.facts.height,
        "rating": image.rating,
        "rejected": image.rejected,
        "tags": list(image.tags),
        "note": image.note,
        "path": str(root / image.path),
        "missing": image.missing,
        "altered": image.altered,
        "in_bin": image.trashed_at is not None,
    }


def _say_images(images: Sequence[ImageRecord]) -> None:
    rows = [
        (
            *(one.id, one.run_id, "rejected" if one.rejected else one.rating or "", one.model),
            *(f"{one.facts.width}x{one.facts.height}", ", ".join(one.tags), _short(one.prompt)),
        )
        for one in images
    ]
    say_table(("image", "run", "rating", "model", "size", "tags", "prompt"), rows)


def _short(prompt: str) -> str:
    line = " ".join(prompt.split())
    return line if len(line) <= _PROMPT_CHARACTERS else f"{line[: _PROMPT_CHARACTERS - 1]}…"


@click.command(name="mark")
@selection_options
@click.option("--stars", type=click.IntRange(0, 5), help="Rate them; 0 takes the rating away.")
@click.option("--reject/--no-reject", default=None, help="Reject them, or not any more.")
@click.option("--add-tag", "add_tags", multiple=True, metavar="TAG", help="Give them this tag; repeatable.")
@click.option("--remove-tag", "remove_tags", multiple=True, metavar="TAG", help="Take this tag away; repeatable.")
@click.option("--note", help="Write this note in place of the one there is; empty takes it away.")
@click.option("--to-bin/--from-bin", "to_bin", default=None, help="Put them into the bin, or take them out of it.")
@workspace_option
@json_option
def mark(*, workspace: Path | None, as_json: bool, **given: Any) -> int:
    """Rate, reject, tag or note images, or put them into the bin and take them out.

    --rating and --tag say which images; --stars and --add-tag say what they get. Files stay where they are."""
    selection = taken_selection(given)
    if not any(value not in (None, ()) for value in given.values()):
        raise click.UsageError(
            "Say what they get: --stars, --reject, --add-tag, --remove-tag, --note, --to-bin or --from-bin"
        )

    async def work(session: Session) -> int:
        async with session.open_studio(workspace) as studio:
            found = await select_images(studio, selection, in_bin=given["to_bin"] is False)
            images = [one.id for one in found]
            changed = await _carry_out(studio, _changes(studio, images, given))
        if session.as_json:
            print_json({"images": images, "changed": sorted(changed), "error": None})
        else:
            say(f"{len(changed)} of {len(images)} images changed.")
        return Exit.DONE

    return carry_out(work, as_json=as_json, empty={"images": [], "changed": []})


_Change = Callable[[], Awaitable[LibraryChange]]


def _changes(studio: Studio, images: Sequence[ImageId], given: dict[str, Any]) -> list[_Change]:
    """What was asked for, each as one change on disk."""
    organiser = studio.workspace.organiser
    changes: list[_Change] = []
    if given["stars"] is not None:
        changes.append(lambda: organiser.rate(images, given["stars"]))
    if given["reject"] is not None:
        changes.append(lambda: organiser.reject(images, rejected=given["reject"]))
    if given["remove_tags"]:
        changes.append(lambda: organiser.remove_tags(images, given["remove_tags"]))
    if given["add_tags"]:
        changes.append(lambda: organiser.add_tags(images, given["add_tags"]))
    if given["note"] is not None:
        changes += [partial(organiser.set_note, one, given["note"]) for one in images]
    if given["to_bin"] is not None:
        changes.append(lambda: organiser.trash(images) if given["to_bin"] else organiser.restore(images))
    return changes


async def _carry_out(studio: Studio, changes: Sequence[_Change]) -> set[int]:
    """All of them or none; gives the images that are not what they were. Raises RequestInvalid."""
    done: list[LibraryChange] = []
    for change in changes:
        try:
            done.append(await change())
        except ValueError as error:
            for back in reversed(done):
                await studio.workspace.organiser.undo(back)
            raise RequestInvalid(field="mark", reason=f"{error}; nothing was changed") from error
    return {image for change in done for image in change.image_ids}
