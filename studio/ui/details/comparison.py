"""What several images share and in what they differ, as rows of the details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from studio.ui.details import facts
from studio.ui.settings_diff import differing_settings
from studio.ui.translation import translate
from studio.ui.word_diff import diff_words

if TYPE_CHECKING:
    from studio.domain.jobs import ImageRecord, Run
    from studio.ui.word_diff import Piece

_MARKED_FROM_CHARACTERS: Final = 12
"""Two texts longer than this are shown as one with marks; shorter ones are read faster side by side."""
_VALUES_MOST: Final = 8
_VALUE_CHARACTERS: Final = 400
"""A longer value is cut, at a word, with a sign that there is more."""

Row = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Comparison:
    """`facts`: what they share, and "mixed" where they differ. `counted`: each value with how many have it. `marked`:
    two texts as one, with what differs marked."""

    facts: list[Row]
    counted: list[Row]
    marked: list[tuple[str, tuple[Piece, ...]]]


def compare_images(images: Sequence[ImageRecord], runs: Mapping[int, Run], titles: Mapping[str, str]) -> Comparison:
    """`runs` by number, as far as they are known; `titles` of the providers by their id."""
    shared, different = facts.shared_and_different(images, titles)
    settings = [(one.name, list(one.values)) for one in differing_settings(images, runs, titles)]
    told = {name for name, _values in settings}
    different = [*settings, *((name, values) for name, values in different if name not in told)]
    mixed = translate("DetailsPanel", "mixed")
    rows = [*(row for row in shared if row[0] not in told), *((name, mixed) for name, _values in different)]
    counted, marked = [], []
    for name, values in different:
        pieces = _marked(values)
        if pieces:
            marked.append((name, pieces))
        else:
            counted.append((name, _counted(values)))
    return Comparison(rows, counted, marked)


def _marked(values: Sequence[str]) -> tuple[Piece, ...]:
    """Two long texts as one; empty where they are better told side by side."""
    pair = list(dict.fromkeys(values))
    if len(pair) != 2 or max(map(len, pair)) <= _MARKED_FROM_CHARACTERS:
        return ()
    pieces = diff_words(*pair)
    return pieces if len(pieces) > 1 else ()


def _counted(values: Sequence[str]) -> str:
    """Each value with how many images have it; long ones with a line between them."""
    none = translate("DetailsPanel", "none")
    counts = {value: values.count(value) for value in dict.fromkeys(values)}
    parted = "\n\n" if max(map(len, counts)) > _MARKED_FROM_CHARACTERS else "\n"
    few = list(counts.items())[:_VALUES_MOST]
    words = parted.join(f"{_short(value) or none} ({count})" for value, count in few)
    left = len(counts) - len(few)
    return words + (f"\n+ {left}" if left else "")


def _short(value: str) -> str:
    if len(value) <= _VALUE_CHARACTERS:
        return value
    begin = value[:_VALUE_CHARACTERS]
    return f"{begin[: begin.rfind(' ')] if ' ' in begin else begin}…"
