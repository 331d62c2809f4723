"""The same query over runs: a run is found by what it asked for, by its jobs, or by one of its images."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from studio.storage.exchange_rates import Rates
from studio.storage.moments import to_stored
from studio.storage.query import Condition, LibraryQuery, Selection
from studio.storage.search_text import match_conditions

_ABOUT_IMAGES = (
    *("note", "rating_min", "rating_max", "rejected", "tags", "sizes", "ratios"),
    *("seeds", "colours", "similar_to", "like", "collections", "collection_names", "trashed"),
)
_ABOUT_FILES = ("cached", "missing")


class RunSelection:
    """The SQL of a query over runs, table alias ``r``, newest first (or oldest, if the query sorts so)."""

    def __init__(self, query: LibraryQuery, rates: Rates, near_files: Sequence[int] | None = None) -> None:
        conditions = [Condition("1"), *_run_conditions(query, rates), *_job_conditions(query, rates)]
        asked = {name: getattr(query, name) for name in _ABOUT_IMAGES}
        blank = LibraryQuery()
        if any(value != getattr(blank, name) for name, value in asked.items()):
            about_images = LibraryQuery(**asked, similar_within=query.similar_within)
            sql, values = Selection(about_images, rates, near_files).run_ids()
            conditions.append(Condition(f"r.id IN ({sql})", values))
        self._where = " AND ".join(condition.sql for condition in conditions)
        self._values = tuple(value for condition in conditions for value in condition.values)
        self._oldest_first = query.sort == "oldest"

    def count(self) -> tuple[str, tuple[Any, ...]]:
        return f"SELECT count(*) FROM runs AS r WHERE {self._where}", self._values

    def ids(self, offset: int, limit: int) -> tuple[str, tuple[Any, ...]]:
        order = "r.id" if self._oldest_first else "r.id DESC"
        sql = f"SELECT r.id FROM runs AS r WHERE {self._where} ORDER BY {order} LIMIT ? OFFSET ?"
        return sql, (*self._values, limit, offset)

    def has(self, run_id: int) -> tuple[str, tuple[Any, ...]]:
        return f"SELECT count(*) FROM runs AS r WHERE {self._where} AND r.id = ?", (*self._values, run_id)

    def before(self, run_id: int) -> tuple[str, tuple[Any, ...]]:
        comparison = "<" if self._oldest_first else ">"
        return f"SELECT count(*) FROM runs AS r WHERE {self._where} AND r.id {comparison} ?", (*self._values, run_id)


def _run_conditions(query: LibraryQuery, rates: Rates) -> Iterable[Condition]:
    if query.runs:
        yield Condition("r.id IN (SELECT value FROM json_each(?))", (json.dumps(list(query.runs)),))
    if query.sweeps:
        yield Condition("r.sweep_id IN (SELECT value FROM json_each(?))", (json.dumps(list(query.sweeps)),))
    if query.since is not None:
        yield Condition("r.created_at >= ?", (to_stored(query.since),))
    if query.until is not None:
        yield Condition("r.created_at < ?", (to_stored(query.until),))
    searches = match_conditions(query.text, "run")
    if searches:
        own = " AND ".join(f"r.id IN (SELECT rowid FROM {sql.partition(' ')[0]} WHERE {sql})" for sql, _ in searches)
        values = tuple(value for _, some in searches for value in some)
        images = Selection(LibraryQuery(text=query.text), rates).run_ids()
        # The plus: go through the runs in order and look each up, first by its own words. The images' words are then
        # only searched when those do not fill the page.
        yield Condition(f"(({own}) OR +r.id IN ({images.sql}))", (*values, *images.values))


def _job_conditions(query: LibraryQuery, rates: Rates) -> Iterable[Condition]:
    """All on one job: "failed" and "qwen" asks for a run in which qwen failed."""
    parts: list[Condition] = []
    for column, wanted in (("provider", query.providers), ("model", query.models)):
        if wanted:
            parts.append(Condition(f"j.{column} IN (SELECT value FROM json_each(?))", (json.dumps(list(wanted)),)))
    if query.states:
        parts.append(_state_condition(query))
    for comparison, limit in ((">=", query.cost_min), ("<=", query.cost_max)):
        if limit is not None:
            parts.append(Condition(f"j.image_cost {comparison} ?", (rates.nano_usd(limit),)))
    if parts:
        where = " AND ".join(part.sql for part in parts)
        values = tuple(value for part in parts for value in part.values)
        yield Condition(f"r.id IN (SELECT j.run_id FROM jobs AS j WHERE {where})", values)


def _state_condition(query: LibraryQuery) -> Condition:
    states = json.dumps([state for state in query.states if state not in _ABOUT_FILES])
    options = ["j.state IN (SELECT value FROM json_each(?))"]
    if "cached" in query.states:
        options.append("j.value ->> '$.cached' = 1")
    if "missing" in query.states:
        options.append(
            "j.id IN (SELECT i.job_id FROM images AS i JOIN files AS f ON f.id = i.file_id WHERE f.missing = 1)"
        )
    return Condition(f"({' OR '.join(options)})", (states,))
