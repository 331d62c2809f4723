"""Filters as text and back: ``vase model:qwen rating:3+ tag:autumn,hero`` is words and three filters.

A value with spaces, commas or quotes stands in quotes (``tag:"late autumn"``), a quote inside is doubled. A field that
nobody knows stays words: a colon in a prompt is common."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

Field = Literal[
    "text",
    "provider",
    "model",
    "run",
    "sweep",
    "date",
    "rating",
    "tag",
    "note",
    "collection",
    "state",
    "size",
    "ratio",
    "seed",
    "cost",
    "rejected",
    "similar",
    "colour",
]
Grouping = Literal["", "run", "day", "provider"]
"""What images of the grid stand together by; empty for nothing."""

FIELDS: tuple[Field, ...] = get_args(Field)

TRASH = "trash"
STATES = ("done", "cached", "missing", "queued", "running", "failed", "cancelled", "uncertain", TRASH)
DATES = ("today", "yesterday", "week", "month", "30days")

_OTHER_NAMES: dict[str, Field] = {
    "providers": "provider",
    "models": "model",
    "runs": "run",
    "sweeps": "sweep",
    "组合实验": "sweep",
    "tags": "tag",
    "collections": "collection",
    "stars": "rating",
    "aspect": "ratio",
    "price": "cost",
    "color": "colour",
    "is": "state",
    "提示词": "text",
    "服务商": "provider",
    "模型": "model",
    "批次": "run",
    "日期": "date",
    "评分": "rating",
    "标签": "tag",
    "备注": "note",
    "notes": "note",
    "收藏集": "collection",
    "状态": "state",
    "尺寸": "size",
    "比例": "ratio",
    "种子": "seed",
    "费用": "cost",
    "颜色": "colour",
    "相似": "similar",
    "色彩": "colour",
    "拒绝": "rejected",
    "淘汰": "rejected",
}

_VALUE = r'"(?:[^"]|"")*"'
_PART = rf"(?:{_VALUE}|[^\s,\"]+)"
_PAIR = re.compile(rf"(?P<name>[^\W\d_]+)[:：](?P<values>{_PART}(?:,{_PART})*)")
_WORD = re.compile(rf"{_VALUE}|\S+")

_CHECKS: dict[Field, re.Pattern[str]] = {
    "run": re.compile(r"\d{1,9}(?:-\d{1,9})?"),
    "sweep": re.compile(r"\d{1,9}"),
    "date": re.compile(r"(?:\d{4}-\d{2}-\d{2})?\.\.(?:\d{4}-\d{2}-\d{2})?|\d{4}-\d{2}(?:-\d{2})?|" + "|".join(DATES)),
    "rating": re.compile(r"[0-5]\+?|[0-5]-[0-5]"),
    "state": re.compile("|".join(STATES)),
    "size": re.compile(r"\d{1,5}[x×*]\d{1,5}", re.IGNORECASE),
    "ratio": re.compile(r"[1-9]\d{0,3}:[1-9]\d{0,3}"),
    "seed": re.compile(r"\d{1,10}"),
    "cost": re.compile(r"[<>]?\d{1,6}(?:\.\d{1,6})?|\d{1,6}(?:\.\d{1,6})?-\d{1,6}(?:\.\d{1,6})?"),
    "rejected": re.compile("yes|no"),
    "similar": re.compile(r"\d{1,18}|[0-9a-f]{16}-[0-9a-f]{1,8}(?:-.{1,200})?"),
    "colour": re.compile(r"#[0-9a-fA-F]{6}"),
}


@dataclass(frozen=True, slots=True)
class Filter:
    """One chip: "or" between its values. Values are as they are written in the search field."""

    field: Field
    values: tuple[str, ...]

    def with_value(self, value: str, *, on: bool) -> Filter:
        """The same filter with a value more or less."""
        others = tuple(known for known in self.values if known != value)
        if on and self.field == "state":
            # What is in the trash is somewhere else, not in one more state.
            others = () if value == TRASH else tuple(known for known in others if known != TRASH)
        return Filter(self.field, (*others, value) if on else others)


def look_value(look_hash: int, colour: int, name: str) -> str:
    """How a picture from elsewhere looks, as a value of ``similar``; `name` is only shown."""
    return f"{look_hash:016x}-{colour:x}" + (f"-{name[:200]}" if name.strip() else "")


def look_parts(value: str) -> tuple[int, int, str] | None:
    """Hash, colour and name behind a value of ``similar``; None for the number of an image."""
    if "-" not in value:
        return None
    look_hash, colour, *name = value.split("-", 2)
    return int(look_hash, 16), int(colour, 16), name[0] if name else ""


SINGLE: frozenset[Field] = frozenset({"text", "note", "date", "rating", "cost", "rejected", "similar"})
"""Fields whose filter has one value: a new one takes the place of the old."""


def is_valid(field: Field, value: str) -> bool:
    """Whether a field understands a value."""
    check = _CHECKS.get(field)
    return bool(value.strip()) and (check is None or check.fullmatch(value) is not None)


def parse_query(text: str) -> tuple[Filter, ...]:
    """The filters of a text, in their order; words without a field become one filter ``text``, the last one.

    A pair whose value its field does not understand stays words, so that nothing typed is lost in silence."""
    found: dict[Field, list[str]] = {}
    words: list[str] = []
    place = 0
    while place < len(text):
        if text[place].isspace():
            place += 1
            continue
        pair = _PAIR.match(text, place)
        end = pair.end() if pair is not None else place
        field = _field_of(pair["name"]) if pair is not None and _ends_at(text, end) else None
        values = _values_of(pair["values"]) if pair is not None and field is not None else []
        if field is not None and field != "text" and values and all(is_valid(field, value) for value in values):
            kept = found.setdefault(field, [])
            kept[:] = values[-1:] if field in SINGLE else [*kept, *(value for value in values if value not in kept)]
            place = end
            continue
        word = _WORD.match(text, place)
        if word is None:  # an open quote: the rest is one word
            words.append(text[place:])
            break
        words.append(word[0])
        place = word.end()
    filters = [Filter(field, tuple(dict.fromkeys(values))) for field, values in found.items()]
    if words:
        filters.append(Filter("text", (" ".join(words),)))
    return tuple(filters)


def write_query(filters: Iterable[Filter]) -> str:
    """The text that `parse_query` reads as these filters."""
    parts = []
    words = ""
    for chip in filters:
        if chip.field == "text":
            words = " ".join(chip.values)
        elif chip.values:
            parts.append(f"{chip.field}:{','.join(_quoted(value) for value in chip.values)}")
    return " ".join([*parts, words] if words else parts)


def joined(*lists: Sequence[Filter]) -> tuple[Filter, ...]:
    """Filters of several places as one list: values of one field are put together, words are all searched for."""
    merged: dict[Field, Filter] = {}
    for chips in lists:
        for chip in chips:
            before = merged.get(chip.field)
            if before is None:
                merged[chip.field] = chip
            elif chip.field == "text":
                merged["text"] = Filter("text", (" ".join([*before.values, *chip.values]),))
            elif chip.field in SINGLE:
                merged[chip.field] = chip
            else:
                merged[chip.field] = Filter(chip.field, tuple(dict.fromkeys([*before.values, *chip.values])))
    return tuple(merged.values())


def _field_of(name: str) -> Field | None:
    lower = name.casefold()
    known: dict[str, Field] = {field: field for field in FIELDS}
    return known.get(lower) or _OTHER_NAMES.get(lower)


def _ends_at(text: str, place: int) -> bool:
    return place == len(text) or text[place].isspace()


def _values_of(text: str) -> list[str]:
    return [part[1:-1].replace('""', '"') if part.startswith('"') else part for part in re.findall(_PART, text)]


def _quoted(value: str) -> str:
    plain = value and not re.search(r'[\s,"]', value)
    return value if plain else '"' + value.replace('"', '""') + '"'
