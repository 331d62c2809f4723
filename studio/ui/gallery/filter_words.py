"""What chips and the menus of the filter bar say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from studio.ui.gallery.query_text import Field, Filter, look_parts
from studio.ui.translation import catalog_text, filled, translate

if TYPE_CHECKING:
    from studio.domain.capability import ProviderSpec


def field_name(field: Field) -> str:
    """A table, not at import: the language may change."""
    names: dict[Field, str] = {
        "text": translate("Filters", "Text"),
        "provider": translate("Filters", "Provider"),
        "model": translate("Filters", "Model"),
        "run": translate("Filters", "Run"),
        "sweep": translate("Filters", "Sweep"),
        "date": translate("Filters", "Date"),
        "rating": translate("Filters", "Rating"),
        "tag": translate("Filters", "Tag"),
        "note": translate("Filters", "Note"),
        "collection": translate("Filters", "Collection"),
        "state": translate("Filters", "State"),
        "size": translate("Filters", "Size"),
        "ratio": translate("Filters", "Ratio"),
        "seed": translate("Filters", "Seed"),
        "cost": translate("Filters", "Cost"),
        "rejected": translate("Filters", "Rejected"),
        "similar": translate("Filters", "Similar"),
        "colour": translate("Filters", "Colour"),
    }
    return names[field]


def hint(field: Field) -> str:
    """What may be written into the editor of a field; a table, since the language may change."""
    hints: dict[Field, str] = {
        "text": translate("Filters", "Words of prompts, notes, tags"),
        "run": translate("Filters", "48 or 40-48"),
        "sweep": "3",
        "date": translate("Filters", "2026-11-20 or 2026-11-01..2026-11-20"),
        "tag": translate("Filters", "autumn, hero"),
        "note": translate("Filters", "Words of your notes"),
        "collection": translate("Filters", "Moodboard, Client A"),
        "size": translate("Filters", "1024x1536"),
        "ratio": translate("Filters", "4:5"),
        "seed": translate("Filters", "48213"),
        "colour": "#a04030",
        "cost": translate("Filters", "<0.05, >0.1 or 0.02-0.05, in US dollars"),
    }
    return hints.get(field, "")


def state_name(value: str) -> str:
    match value:
        case "done":
            return translate("Filters", "Done")
        case "cached":
            return translate("Filters", "Cached")
        case "missing":
            return translate("Filters", "File missing")
        case "queued":
            return translate("Filters", "Queued")
        case "running":
            return translate("Filters", "Running")
        case "failed":
            return translate("Filters", "Failed")
        case "cancelled":
            return translate("Filters", "Cancelled")
        case "trash":
            return translate("Filters", "In the bin")
        case _:
            return translate("Filters", "May have been billed")


def date_name(value: str) -> str:
    match value:
        case "today":
            return translate("Filters", "Today")
        case "yesterday":
            return translate("Filters", "Yesterday")
        case "week":
            return translate("Filters", "last 7 days")
        case "month":
            return translate("Filters", "this month")
        case "30days":
            return translate("Filters", "last 30 days")
    first, dots, last = value.partition("..")
    if not dots:
        return value
    if first and last:
        return translate("Filters", "{first} to {last}").format(first=first, last=last)
    if first:
        return translate("Filters", "since {first}").format(first=first)
    return translate("Filters", "until {last}").format(last=last)


def rating_name(value: str) -> str:
    if value == "0":
        return translate("Filters", "not rated")
    if value.endswith("+"):
        return translate("Filters", "{stars} and up").format(stars=value[:-1])
    return value.replace("-", "–")


def value_name(field: Field, value: str, specs: Mapping[str, ProviderSpec]) -> str:
    """One value as a person reads it."""
    match field:
        case "provider":
            spec = specs.get(value)
            return catalog_text(spec.title) if spec is not None else value
        case "rating":
            return rating_name(value)
        case "date":
            return date_name(value)
        case "state":
            return state_name(value)
        case "size":
            return value.lower().replace("x", "×").replace("*", "×")
        case "cost":
            sign, bare = (value[0], value[1:]) if value[:1] in "<>" else ("", value)
            return sign + "–".join(f"${part}" for part in bare.split("-"))
        case "rejected":
            return translate("Filters", "yes") if value == "yes" else translate("Filters", "no")
        case _:
            return value


def chip_words(chip: Filter, specs: Mapping[str, ProviderSpec]) -> tuple[str, str]:
    """The grey name and the bold value of a chip; days that speak for themselves need no name."""
    if chip.field == "similar":
        look = look_parts(chip.values[0])
        if look is None:
            return "", translate("Filters", "Similar to one image")
        return field_name("similar"), look[2] or translate("Filters", "copied picture")
    values = [value_name(chip.field, value, specs) for value in chip.values]
    if chip.field == "date" and chip.values[0] in {"today", "yesterday"}:
        return "", values[0]
    if chip.field == "colour" and len(values) > 1:
        return field_name(chip.field), filled(translate("Filters", "one of {count}"), count=len(values))
    words = values[0] if values else ""
    for value in values[1:]:
        words = filled(translate("Filters", "{one} or {other}"), one=words, other=value)
    return field_name(chip.field), words
