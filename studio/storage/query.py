"""What a list of images or runs is asked for, as a value, and the SQL it stands for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated, Any, Literal, NamedTuple

from pydantic import Field

from studio.domain.assets import AspectRatio, Size
from studio.domain.pricing import Money
from studio.domain.values import Frozen, ImageId, RunId, SweepId
from studio.storage.exchange_rates import Rates
from studio.storage.grouping import Group
from studio.storage.looks import HASH_BITS, LIGHTNESS_WEIGHT, colour_of
from studio.storage.moments import IMAGES_PER_SECOND, first_image_id, to_stored
from studio.storage.search_text import asked_words, match_conditions

Sort = Literal["newest", "oldest", "rating", "provider", "model", "similarity"]
TileState = Literal["done", "cached", "missing", "queued", "running", "failed", "cancelled", "uncertain"]

COLOUR_DISTANCE = 12
"""Hundredths of Oklab, with lightness weighing less, within which two colours count as the same to the eye of someone
who looks for "a red one"."""

COLOUR_SHARE_MIN = 3
RATIO_TOLERANCE = 0.01


class FileLook(Frozen):
    """How a picture looks that need not be in the library; made by `Workspace.look_of`."""

    hash: Annotated[int, Field(ge=0, lt=1 << HASH_BITS)]
    colour: Annotated[int, Field(ge=0, lt=1 << 30)]
    """The average colour, packed."""


class LibraryQuery(Frozen):
    """Which images, in which order. "Or" inside a field, "and" between fields; an empty field asks for nothing."""

    text: str = ""
    """Words that must all be found in prompts, revised prompt, note, tags, provider or model; "..." is one word."""
    note: str = ""
    """Words that must all be found in the note."""
    providers: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    runs: tuple[RunId, ...] = ()
    sweeps: tuple[SweepId, ...] = ()
    since: datetime | None = None
    """Aware; inclusive."""
    until: datetime | None = None
    """Aware; exclusive."""
    rating_min: Annotated[int, Field(ge=0, le=5)] | None = None
    rating_max: Annotated[int, Field(ge=0, le=5)] | None = None
    rejected: bool | None = None
    tags: tuple[str, ...] = ()
    states: tuple[TileState, ...] = ()
    """The last five are states of jobs: they pick runs, never images."""
    sizes: tuple[Size, ...] = ()
    ratios: tuple[AspectRatio, ...] = ()
    """Within one per cent."""
    seeds: tuple[int, ...] = ()
    cost_min: Money | None = None
    """Of one image; images whose cost nobody knows match neither limit."""
    cost_max: Money | None = None
    colours: tuple[Annotated[str, Field(pattern=r"^#?[0-9a-fA-F]{6}$")], ...] = ()
    """``#rrggbb``; one of them is among the main colours."""
    similar_to: ImageId | None = None
    like: FileLook | None = None
    """As `similar_to`, of a picture from elsewhere; counts only where that asks for nothing."""
    similar_within: Annotated[int, Field(ge=0, le=15)] = 10
    """Bits of 64 in which light and shade may differ (colours as much): up to 5 near-duplicates, above 12 chance."""
    collections: tuple[int, ...] = ()
    collection_names: tuple[str, ...] = ()
    """In one of the collections with these names, upper or lower case; a name that nobody knows finds nothing."""
    trashed: bool = False
    """True: only what is in the trash."""
    whole_grids: bool = False
    """True: also the uncut sheets behind images that were cut from them."""
    sort: Sort = "newest"
    group: Group = ""
    """Images of one group stand together, in the order `sort` inside it. Newest run and day first, unless the oldest
    are wanted first; providers by name."""


class Condition(NamedTuple):
    sql: str
    values: tuple[Any, ...] = ()


_EARLIER: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    # What comes before a given image in this order: the sum of ranges that an index can count, each with the
    # columns of that image it is compared with.
    "newest": (("i.id > ?", ("id",)),),
    "oldest": (("i.id < ?", ("id",)),),
    "rating": (("i.rating > ?", ("rating",)), ("i.rating = ? AND i.id > ?", ("rating", "id"))),
    "provider": (
        ("i.provider < ?", ("provider",)),
        ("i.provider = ? AND i.model < ?", ("provider", "model")),
        ("i.provider = ? AND i.model = ? AND i.id > ?", ("provider", "model", "id")),
    ),
    "model": (
        ("i.model < ?", ("model",)),
        ("i.model = ? AND i.provider < ?", ("model", "provider")),
        ("i.model = ? AND i.provider = ? AND i.id > ?", ("model", "provider", "id")),
    ),
}

_INDEX = {
    "newest": "images_listed",
    "oldest": "images_listed",
    "rating": "images_by_rating",
    "provider": "images_by_provider",
    "model": "images_by_model",
}
"""The narrow index that has the whole library in that order."""

_INDEX_OF_GROUPS = {
    "run": dict.fromkeys(_INDEX, "images_grouped_by_run"),
    "day": {"newest": "images_listed", "oldest": "images_listed"},
    "provider": dict.fromkeys(("newest", "oldest", "rating"), "images_grouped_by_provider")
    | dict.fromkeys(("provider", "model"), "images_by_provider"),
}

_ORDER = {
    "newest": "i.id DESC",
    "oldest": "i.id",
    "rating": "i.rating DESC, i.id DESC",
    "provider": "i.provider, i.model, i.id DESC",
    "model": "i.model, i.provider, i.id DESC",
}


class Selection:
    """The SQL of a query over images, table alias ``i``.

    `near_files` are the ids of files that look like `query.similar_to` or `like`, the closest first;
    `group_column` is that of `query.group`."""

    def __init__(
        self, query: LibraryQuery, rates: Rates, near_files: Sequence[int] | None = None, group_column: str = ""
    ) -> None:
        self._query = query
        self._group = group_column
        self._near = near_files
        searches = match_conditions(query.text, "image")
        self._by_similarity = query.sort == "similarity" and near_files is not None
        conditions = [*_plain_conditions(query), *_linked_conditions(query, rates)]
        if near_files is not None:
            conditions.append(Condition(_IN.format("i.file_id"), (json.dumps(list(near_files)),)))
        self._source, self._row = "images AS i", "i.id"
        index = (_INDEX_OF_GROUPS[query.group] if query.group else _INDEX).get(query.sort)
        if index is not None and query == LibraryQuery(sort=query.sort, group=query.group):
            self._source = f"images AS i INDEXED BY {index}"
        if searches:
            # The search index gives its rows by number, newest first if asked: no sorting, and a page ends early.
            table = searches[0][0].partition(" ")[0]
            self._source, self._row = f"{table} AS s CROSS JOIN images AS i ON i.id = s.rowid", "s.rowid"
            first, *rest = searches
            conditions.append(Condition(f"{table} MATCH ?", tuple(first[1])))
            for sql, values in rest:
                other = sql.partition(" ")[0]
                # The plus keeps the engine from asking the other index once for each row.
                conditions.append(Condition(f"+s.rowid IN (SELECT rowid FROM {other} WHERE {sql})", tuple(values)))
        self._where = " AND ".join(condition.sql for condition in conditions)
        self._values = tuple(value for condition in conditions for value in condition.values)

    def count(self) -> tuple[str, tuple[Any, ...]]:
        return f"SELECT count(*) FROM {self._source} WHERE {self._where}", self._values

    def ids(self, offset: int, limit: int) -> tuple[str, tuple[Any, ...]]:
        sql, values = self._ordered("i.id")
        return f"{sql} LIMIT ? OFFSET ?", (*values, limit, offset)

    def files(self) -> tuple[str, tuple[Any, ...]]:
        """All images in their order: number, number of the file, group (0 without groups)."""
        return self._ordered(f"i.id, i.file_id, {self._group or '0'}")

    def groups(self) -> tuple[str, tuple[Any, ...]]:
        """The groups in their order, each with how many images match."""
        direction = "" if self._ascending else " DESC"
        counts = f"SELECT {self._group}, count(*), count(*) FROM {self._source} WHERE {self._where}"
        return f"{counts} GROUP BY 1 ORDER BY 1{direction}", self._values

    @property
    def _ascending(self) -> bool:
        """Of the groups."""
        return self._query.group == "provider" or self._query.sort == "oldest"

    @property
    def _group_in_order(self) -> str:
        """The group as far as it decides the order: days follow each other as the images do."""
        in_time = self._query.group == "day" and self._query.sort in ("newest", "oldest")
        return "" if in_time else self._group

    def _ordered(self, columns: str) -> tuple[str, tuple[Any, ...]]:
        source, order = self._source, _ORDER.get(self._query.sort, "i.id DESC")
        values: tuple[Any, ...] = ()
        if self._by_similarity:
            source = "json_each(?) AS near CROSS JOIN images AS i ON i.file_id = near.value"
            order, values = "near.key, i.id DESC", (json.dumps(list(self._near or ())),)
            if self._row != "i.id":
                source = f"{source} CROSS JOIN {self._source.partition(' CROSS')[0]} ON s.rowid = i.id"
        group = self._group_in_order
        if group == "i.provider" and self._query.sort in ("provider", "model"):
            order = _ORDER["provider"]  # one order, that of the index
        elif group:
            order = f"{group}{'' if self._ascending else ' DESC'}, {order}"
        if not self._by_similarity:
            order = order.replace("i.id", self._row)
        return f"SELECT {columns} FROM {source} WHERE {self._where} ORDER BY {order}", (*values, *self._values)

    def has(self, image_id: int) -> tuple[str, tuple[Any, ...]]:
        return f"SELECT count(*) FROM {self._source} WHERE {self._where} AND i.id = ?", (*self._values, image_id)

    def before(self, image: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
        """How many come before `image` (its columns id, rating, provider, model, and its group as `shelf`)."""
        counts, values = [], []
        earlier = _EARLIER.get(self._query.sort, _EARLIER["newest"])
        group = self._group_in_order
        if group:
            comparison = "<" if self._ascending else ">"
            inside = tuple((f"{group} = ? AND {sql}", ("shelf", *columns)) for sql, columns in earlier)
            earlier = ((f"{group} {comparison} ?", ("shelf",)), *inside)
        for sql, columns in earlier:
            counts.append(f"(SELECT count(*) FROM {self._source} WHERE {self._where} AND {sql})")
            values += [*self._values, *(image[column] for column in columns)]
        return f"SELECT {' + '.join(counts)}", tuple(values)

    def run_ids(self) -> Condition:
        return Condition(f"SELECT i.run_id FROM {self._source} WHERE {self._where}", self._values)


_IN = "{} IN (SELECT value FROM json_each(?))"


def _one_of(column: str, values: Iterable[Any]) -> Condition:
    return Condition(_IN.format(column), (json.dumps(list(values)),))


def _plain_conditions(query: LibraryQuery) -> Iterable[Condition]:
    """What the row of an image itself tells."""
    yield Condition("i.trashed_at IS NOT NULL" if query.trashed else "i.trashed_at IS NULL")
    if not query.whole_grids:
        yield Condition("i.whole_grid = 0")
    for column, values in (("i.provider", query.providers), ("i.model", query.models), ("i.run_id", query.runs)):
        if values:
            yield _one_of(column, values)
    if query.sweeps:
        sweeps = json.dumps(list(query.sweeps))
        yield Condition(f"i.run_id IN (SELECT id FROM runs WHERE {_IN.format('sweep_id')})", (sweeps,))
    if query.seeds:
        yield _one_of("i.seed", query.seeds)
    if query.since is not None:
        yield Condition("i.id >= ? AND i.created_at >= ?", (first_image_id(query.since), to_stored(query.since)))
    if query.until is not None:
        # Numbers of a crowded second reach into the next ones: an hour is more than enough.
        last = first_image_id(query.until) + 3600 * IMAGES_PER_SECOND
        yield Condition("i.id < ? AND i.created_at < ?", (last, to_stored(query.until)))
    if query.rating_min is not None:
        yield Condition("i.rating >= ?", (query.rating_min,))
    if query.rating_max is not None:
        yield Condition("i.rating <= ?", (query.rating_max,))
    if query.rejected is not None:
        yield Condition("i.rejected = ?", (int(query.rejected),))


_MISSING = "i.file_id IN (SELECT id FROM files WHERE missing = 1)"
_STATES = {
    "done": f"(i.cached_from IS NULL AND NOT {_MISSING})",
    "cached": f"(i.cached_from IS NOT NULL AND NOT {_MISSING})",
    "missing": _MISSING,
}


def _linked_conditions(query: LibraryQuery, rates: Rates) -> Iterable[Condition]:
    """What other tables tell of an image."""
    if query.tags:
        tags = json.dumps(list(query.tags))
        yield Condition(
            "i.id IN (SELECT t.image_id FROM json_each(?) AS asked CROSS JOIN image_tags AS t ON t.tag = asked.value)",
            (tags,),
        )
    yield from _note_conditions(query)
    if query.collections:
        collections = json.dumps(list(query.collections))
        yield Condition(
            f"i.id IN (SELECT image_id FROM collection_images WHERE {_IN.format('collection_id')})", (collections,)
        )
    if query.collection_names:
        names = json.dumps([" ".join(name.split()) for name in query.collection_names])
        yield Condition(
            "i.id IN (SELECT m.image_id FROM json_each(?) AS asked CROSS JOIN collections AS c ON c.name = asked.value"
            " CROSS JOIN collection_images AS m ON m.collection_id = c.id)",
            (names,),
        )
    if query.states:
        yield Condition(f"({' OR '.join(_STATES.get(state, '0') for state in query.states)})")
    yield from _file_conditions(query)
    yield from _cost_conditions(query, rates)


def _note_conditions(query: LibraryQuery) -> Iterable[Condition]:
    """The search index, which holds all words about an image, says which notes are worth reading."""
    for sql, values in match_conditions(query.note, "image"):
        yield Condition(f"i.id IN (SELECT rowid FROM {sql.partition(' ')[0]} WHERE {sql})", tuple(values))
    for word in asked_words(query.note):
        yield Condition(
            "EXISTS (SELECT 1 FROM image_words AS w WHERE w.image_id = i.id AND instr(search_key(w.note), ?) > 0)",
            (word,),
        )


def _file_conditions(query: LibraryQuery) -> Iterable[Condition]:
    if query.sizes:
        pairs = " OR ".join("(i.width = ? AND i.height = ?)" for _ in query.sizes)
        yield Condition(f"({pairs})", tuple(edge for size in query.sizes for edge in (size.width, size.height)))
    if query.ratios:
        ranges = " OR ".join("CAST(i.width AS REAL) / i.height BETWEEN ? AND ?" for _ in query.ratios)
        edges = (1 / (1 + RATIO_TOLERANCE), 1 + RATIO_TOLERANCE)
        limits = tuple(ratio.value * edge for ratio in query.ratios for edge in edges)
        yield Condition(f"({ranges})", limits)
    if query.colours:
        found = [_near_colour(colour) for colour in query.colours]
        union = " UNION ".join(condition.sql for condition in found)
        yield Condition(f"i.file_id IN ({union})", tuple(value for condition in found for value in condition.values))


def _near_colour(text: str) -> Condition:
    colour = colour_of(text)
    sql = (
        f"SELECT file_id FROM file_colours WHERE {_IN.format('cell')} AND share >= ?"
        f" AND (lightness - ?) * (lightness - ?) * {LIGHTNESS_WEIGHT**2} + (green_red - ?) * (green_red - ?)"
        " + (blue_yellow - ?) * (blue_yellow - ?) <= ?"
    )
    lab = (colour.lightness, colour.green_red, colour.blue_yellow)
    doubled = tuple(value for value in lab for _ in range(2))
    cells = json.dumps(colour.near_cells(COLOUR_DISTANCE))
    return Condition(sql, (cells, COLOUR_SHARE_MIN, *doubled, COLOUR_DISTANCE**2))


def _cost_conditions(query: LibraryQuery, rates: Rates) -> Iterable[Condition]:
    limits = [(">=", query.cost_min), ("<=", query.cost_max)]
    for comparison, limit in limits:
        if limit is not None:
            yield Condition(f"i.cost {comparison} ?", (rates.nano_usd(limit),))
