"""``prompt-studio list`` and ``mark``: what the library holds, and what the user says of its images."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from studio.bootstrap import Deed, DeedKind, Marks, Studio
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
        async with session.open_to_change(workspace) as studio:
            found = await select_images(studio, selection, in_bin=given["to_bin"] is False)
            images = [one.id for one in found]
            changed = await _change(studio, images, given)
        if session.as_json:
            print_json({"images": images, "changed": sorted(changed), "error": None})
        else:
            say(f"{len(changed)} of {len(images)} images changed.")
        return Exit.DONE

    return carry_out(work, as_json=as_json, empty={"images": [], "changed": []})


async def _change(studio: Studio, images: Sequence[ImageId], given: dict[str, Any]) -> frozenset[int]:
    """All of it or nothing, as one step that can be undone; gives the images that are not what they were.

    Raises RequestInvalid."""
    marks = Marks(
        rating=given["stars"],
        rejected=given["reject"],
        note=given["note"],
        add_tags=given["add_tags"],
        remove_tags=given["remove_tags"],
        in_bin=given["to_bin"],
    )
    deed = Deed(_kind_of(marks), len(images))
    try:
        change = await studio.workspace.organiser.mark(images, marks, keep=deed)
    except ValueError as error:
        raise RequestInvalid(field="mark", reason=f"{error}; nothing was changed") from error
    return change.image_ids


def _kind_of(marks: Marks) -> DeedKind:
    """What it is called when it is listed or taken back: by its one mark, or as a mixture."""
    asked: list[DeedKind] = []
    if marks.rating is not None:
        asked.append("rated")
    if marks.rejected is not None:
        asked.append("rejected" if marks.rejected else "accepted")
    if marks.note is not None:
        asked.append("noted")
    if marks.add_tags or marks.remove_tags:
        asked.append("tagged")
    if marks.in_bin is not None:
        asked.append("binned" if marks.in_bin else "restored")
    return asked[0] if len(asked) == 1 else "marked"
