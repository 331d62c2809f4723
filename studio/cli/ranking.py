"""``prompt-studio ranking``: what the blind votes of the window say of models, or of single images."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import click

from studio.bootstrap import Studio, save_standings
from studio.cli.exits import Exit
from studio.cli.options import json_option, workspace_option
from studio.cli.session import Session, carry_out
from studio.cli.terminal import print_json, say, say_table
from studio.domain.errors import RequestInvalid
from studio.domain.standings import Standing, Standings, standings

_EMPTY: dict[str, Any] = {"ranking": [], "votes": 0, "settled": False}


@click.command(name="ranking")
@click.option("--images", "of_images", is_flag=True, help="Rank single images instead of models.")
@click.option("--prompt", "brief", help="Votes on images of exactly this prompt.")
@click.option("--tag", help="Votes on pairs that both have this tag.")
@click.option(
    "--csv", "table", type=click.Path(path_type=Path, dir_okay=False), help="Write it for spreadsheets; replaces FILE."
)
@workspace_option
@json_option
def command(
    *,
    of_images: bool,
    brief: str | None,
    tag: str | None,
    table: Path | None,
    workspace: Path | None,
    as_json: bool,
) -> int:
    """Show the ranking that blind votes have given: strengths with their 95 % range, and what a win cost.

    Votes are cast in the window, in Compare."""
    if brief is not None and tag is not None:
        raise click.UsageError("Choose --prompt or --tag")

    async def work(session: Session) -> int:
        async with session.look_into(workspace) as studio:
            found = await _ranked(studio, brief, tag, of_images=of_images)
        if table is not None:
            await asyncio.to_thread(save_standings, table, found)
        if session.as_json:
            print_json({**_document(found), "error": None})
            return Exit.DONE
        if found.rows:
            _say_rows(found.rows, of_images=of_images)
        say(_summary(found), error=True)
        return Exit.DONE

    return carry_out(work, as_json=as_json, empty=_EMPTY)


async def _ranked(studio: Studio, brief: str | None, tag: str | None, *, of_images: bool) -> Standings:
    """Raises RequestInvalid when there is no vote on that prompt or tag."""
    ballot = studio.workspace.ballot
    votes = await ballot.counted(brief=brief, tag=tag)
    if not votes and (brief is not None or tag is not None):
        field = "prompt" if brief is not None else "tag"
        known = await ballot.briefs() if brief is not None else await ballot.tags()
        reason = f"no vote was cast on it; there are votes on {_named(known)}"
        raise RequestInvalid(field=field, reason=reason)
    titles = {spec.id: spec.title for spec in studio.specs}
    return await asyncio.to_thread(partial(standings, votes, titles, of_images=of_images))


def _named(known: Sequence[tuple[str, int]]) -> str:
    """Some of what there are votes on."""
    names = [f"{name[:60]!r} ({count})" for name, count in known[:5]]
    return ", ".join(names) + (f" and {len(known) - 5} more" if len(known) > 5 else "") if names else "none"


def _document(found: Standings) -> dict[str, Any]:
    return {
        "ranking": [_row(row) for row in found.rows],
        "votes": found.vote_count,
        "settled": found.settled,
    }


def _row(row: Standing) -> dict[str, Any]:
    rank = row.rank
    document: dict[str, Any] = {"place": row.place} | ({} if row.image_id is None else {"image": row.image_id})
    return document | {
        "provider": row.provider,
        "model": row.model,
        "rating": round(rank.rating, 1),
        "margin_95": round(rank.margin, 1),
        "won": rank.wins,
        "lost": rank.losses,
        "tied": rank.ties,
        "cost_per_win_usd": None if row.cost_per_win is None else float(round(row.cost_per_win, 6)),
    }


def _say_rows(rows: Sequence[Standing], *, of_images: bool) -> None:
    header = ("place", *(("image",) if of_images else ()), "provider", "model", "rating")
    lines = [
        (
            *(row.place, *((row.image_id,) if of_images else ()), row.provider, row.model, round(row.rank.rating)),
            *(f"±{round(row.rank.margin)}", row.rank.wins, row.rank.losses, row.rank.ties),
            _cost_of_a_win(row),
        )
        for row in rows
    ]
    say_table((*header, "range", "won", "lost", "tied", "cost of a win"), lines)


def _cost_of_a_win(row: Standing) -> str:
    if not row.rank.wins:
        return ""
    if row.cost_per_win is None:
        return "unknown"
    return f"${row.cost_per_win:.4f}" if row.cost_per_win else "free"


def _summary(found: Standings) -> str:
    """What the numbers are worth."""
    if not found.rows and found.within_one_model:
        return f"{_votes(found.within_one_model)}, each between images of one model: --images ranks these."
    if not found.rows:
        return "No vote was cast yet. Votes are cast in the window, in Compare."
    if found.settled:
        return f"{_votes(found.vote_count)}. No two neighbouring ranges overlap: the order is settled."
    return f"{_votes(found.vote_count)}. Neighbouring ranges overlap, so the order is not settled yet."


def _votes(count: int) -> str:
    return "1 vote" if count == 1 else f"{count} votes"
