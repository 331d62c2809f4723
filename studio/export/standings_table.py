"""A ranking from votes as a file for spreadsheets."""

from __future__ import annotations

import io
from pathlib import Path

from studio.domain.standings import Standing, Standings
from studio.export.new_file import NewFile
from studio.export.placing import Destination
from studio.export.table import Cell, write_table

_HEADER = ("place", "provider", "model", "rating", "margin_95", "won", "lost", "tied", "votes", "cost_per_win_usd")


def save_standings(path: Path, table: Standings) -> None:
    """Write the ranking as comma-separated values; a ranking of images has one more column, `image`.

    A file of that name is replaced, and only when the new one is whole. Raises FolderNotWritable and NoRoom. Call it on
    a thread."""
    out = io.StringIO(newline="")
    write_table(out, (*_HEADER, *(("image",) if table.of_images else ())), map(_cells, table.rows))
    content = out.getvalue().encode("utf-8-sig")

    def fill(file: NewFile) -> None:
        file.write(content)

    Destination(path.parent).put("", path.name, "replace", fill)


def _cells(row: Standing) -> tuple[Cell, ...]:
    rank, cost = row.rank, row.cost_per_win
    return (
        row.place,
        row.provider,
        row.model,
        round(rank.rating, 1),
        round(rank.margin, 1),
        rank.wins,
        rank.losses,
        rank.ties,
        rank.votes,
        None if cost is None else float(round(cost, 6)),
        *(() if row.image_id is None else (row.image_id,)),
    )
