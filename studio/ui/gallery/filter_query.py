"""Filters as a `LibraryQuery`: names become exact model strings, days become moments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from studio.ui.gallery.query_text import TRASH, Filter, look_parts

if TYPE_CHECKING:
    from studio.bootstrap import LibraryQuery
    from studio.domain.capability import ProviderSpec

_RUNS_MOST = 10_000


def to_query(
    filters: Iterable[Filter],
    specs: Mapping[str, ProviderSpec],
    *,
    now: datetime,
    sort: str = "newest",
    group: str = "",
) -> LibraryQuery:
    """What the library is asked. `now` is aware; days are those of its time zone."""
    from studio.bootstrap import LibraryQuery

    asked: dict[str, Any] = {"sort": sort, "group": group}
    for chip in filters:
        if chip.field == "provider":
            asked["providers"] = tuple(_matching(chip.values, _provider_names(specs)))
        elif chip.field == "model":
            asked["models"] = tuple(_matching(chip.values, _model_names(specs)))
        elif chip.field == "date":
            asked["since"], asked["until"] = _days(chip.values[0], now)
        else:
            asked |= _plain(chip)
    return LibraryQuery.model_validate(asked)


def _plain(chip: Filter) -> dict[str, Any]:
    """Fields whose values mean the same everywhere and always."""
    match chip.field:
        case "text" | "note":
            return {chip.field: " ".join(chip.values)}
        case "run":
            return {"runs": tuple(number for value in chip.values for number in _span(value))}
        case "rating":
            low, high = _rating(chip.values[0])
            return {"rating_min": low, "rating_max": high}
        case "size":
            return {"sizes": tuple(value.lower().replace("×", "x").replace("*", "x") for value in chip.values)}
        case "seed" | "sweep":
            return {f"{chip.field}s": tuple(int(value) for value in chip.values)}
        case "cost":
            least, most = _cost(chip.values[0])
            return {"cost_min": least, "cost_max": most}
        case "rejected":
            return {"rejected": chip.values[0] == "yes"}
        case "similar":
            return {**_likeness(chip.values[0]), "sort": "similarity"}
        case "collection":
            return {"collection_names": chip.values}
        case "state":
            return {"states": tuple(value for value in chip.values if value != TRASH), "trashed": TRASH in chip.values}
        case _:
            return {f"{chip.field}s": chip.values}  # tags, ratios, colours


def _provider_names(specs: Mapping[str, ProviderSpec]) -> dict[str, Sequence[str]]:
    from studio.ui.translation import catalog_text

    return {spec.id: (spec.id, spec.title, catalog_text(spec.title)) for spec in specs.values()}


def _model_names(specs: Mapping[str, ProviderSpec]) -> dict[str, Sequence[str]]:
    return {model.id: (model.id, model.title) for spec in specs.values() for model in spec.models}


def _matching(values: Sequence[str], known: Mapping[str, Sequence[str]]) -> list[str]:
    """Exact ids where a value is one, else all whose names hold it; a value that fits nothing stays as it is."""
    found: list[str] = []
    for value in values:
        wanted = value.casefold()
        exact = [one for one in known if one.casefold() == wanted]
        alike = [one for one, names in known.items() if any(wanted in name.casefold() for name in names)]
        found += exact or alike or [value]
    return list(dict.fromkeys(found))


def _likeness(value: str) -> dict[str, Any]:
    look = look_parts(value)
    if look is None:
        return {"similar_to": int(value)}
    return {"like": {"hash": look[0], "colour": look[1]}}


def _span(value: str) -> range:
    first, _, last = value.partition("-")
    low = int(first)
    high = int(last) if last else low
    return range(min(low, high), min(max(low, high), min(low, high) + _RUNS_MOST) + 1)


def _rating(value: str) -> tuple[int, int]:
    if value.endswith("+"):
        return int(value[:-1]), 5
    first, _, last = value.partition("-")
    low, high = int(first), int(last or first)
    return min(low, high), max(low, high)


def _cost(value: str) -> tuple[Any, Any]:
    def money(text: str) -> dict[str, str]:
        return {"amount": str(Decimal(text)), "currency": "USD"}

    if value.startswith("<"):
        return None, money(value[1:])
    if value.startswith(">"):
        return money(value[1:]), None
    first, _, last = value.partition("-")
    return money(first), money(last or first)


def _days(value: str, now: datetime) -> tuple[datetime | None, datetime | None]:
    """From inclusive to exclusive; a value that is no day of the calendar asks for nothing."""
    local = now.astimezone()
    today = local.replace(hour=0, minute=0, second=0, microsecond=0)
    tomorrow = today + timedelta(days=1)
    match value:
        case "today":
            return today, tomorrow
        case "yesterday":
            return today - timedelta(days=1), today
        case "week":
            return today - timedelta(days=6), tomorrow
        case "month":
            return today.replace(day=1), tomorrow
        case "30days":
            return today - timedelta(days=29), tomorrow
    first, dots, last = value.partition("..")
    if not dots:
        begin = _day(first)
        if begin is None:
            return None, None
        if first.count("-") == 1:
            return begin, (begin + timedelta(days=32)).replace(day=1)
        return begin, begin + timedelta(days=1)
    until = _day(last)
    return _day(first), until + timedelta(days=1) if until is not None else None


def _day(text: str) -> datetime | None:
    parts = [int(part) for part in text.split("-")] if text else []
    if len(parts) < 2:
        return None
    try:
        # Through a naive day, so that the offset is that of the day itself and not of today.
        return datetime(parts[0], parts[1], parts[2] if len(parts) > 2 else 1).astimezone()
    except ValueError:
        return None
