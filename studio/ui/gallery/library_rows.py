"""What the grid asks of the library, on the studio's own loop."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studio.ui.gallery.stored_rows import PagedRows, StackedRows, StoredRows

if TYPE_CHECKING:
    from studio.bootstrap import LibraryQuery, Studio


async def paged_rows(studio: Studio, query: LibraryQuery) -> StoredRows:
    """Every image that matches, in a row of its own; none of them has been read yet."""
    library = studio.workspace.library
    groups = await library.groups(query) if query.group else []
    return PagedRows(query, sum(group.rows for group in groups) or await library.count(query), groups)


async def stacked_rows(studio: Studio, query: LibraryQuery, tell: Callable[[int, int], None]) -> StoredRows:
    """Near-duplicates share a row. `tell` is called from any thread with how many files have been compared and how many
    there are; 0, 0 when it is done."""
    found = await studio.workspace.library.stacked(query, tell)
    tell(0, 0)
    return StackedRows(query, found)


async def total_of(studio: Studio, stored: StoredRows) -> int:
    """How many images there are in all, of which the query of these rows picks some."""
    query = stored.query
    everything = type(query)(trashed=query.trashed)
    plain = query.model_copy(update={"sort": everything.sort, "group": everything.group}) == everything
    return stored.images_count if plain else await studio.workspace.library.count(everything)
