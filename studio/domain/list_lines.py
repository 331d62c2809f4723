"""A list file whose values change: every line that is no value stays where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from studio.domain.choices import ChoiceValue, read_list_line, write_list_line

_COMPARED_MAX = 4_000_000
"""Pairs of changed values that are compared; beyond, they are taken one after the other."""


def value_of_line(line: str) -> ChoiceValue | None:
    """None for a comment or a blank line. Raises ValueError for a weight that cannot be one."""
    return None if not line.strip() or line.lstrip().startswith("#") else read_list_line(line)


def lines_with_values(before: Iterable[str], values: Sequence[ChoiceValue]) -> list[str]:
    """The lines of a file with these values in place of its own.

    Comments, blank lines and lines that cannot be read keep their places: before the value that they stand before now,
    or before what took its place. A value that is the same keeps its line as it was written."""
    gaps: list[list[str]] = [[]]
    own: list[tuple[ChoiceValue, str]] = []
    for line in before:
        value = _readable(line)
        if value is None:
            gaps[-1].append(line)
        else:
            own.append((value, line))
            gaps.append([])
    made: list[str] = []
    for old, new in _pairs([value.text for value, _line in own], [value.text for value in values]):
        if old is not None:
            made += gaps[old]
        if new is not None:
            same = old is not None and own[old][0] == values[new]
            made.append(own[old][1] if same and old is not None else write_list_line(values[new]))
    return made + gaps[-1]


def _readable(line: str) -> ChoiceValue | None:
    try:
        return value_of_line(line)
    except ValueError:
        return None


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterable[tuple[int | None, int | None]]:
    """Which value became which, in their order: (old, new); None where one came or went."""
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    yield from ((number, number) for number in range(start))
    yield from _changed_pairs(old, new, start, (len(old) - end, len(new) - end))
    yield from ((len(old) - end + number, len(new) - end + number) for number in range(end))


def _changed_pairs(
    old: Sequence[str], new: Sequence[str], start: int, ends: tuple[int, int]
) -> Iterable[tuple[int | None, int | None]]:
    middle = old[start : ends[0]], new[start : ends[1]]
    if len(middle[0]) * len(middle[1]) > _COMPARED_MAX:
        blocks = [("replace", 0, len(middle[0]), 0, len(middle[1]))]
    else:
        blocks = list(SequenceMatcher(None, *middle, autojunk=False).get_opcodes())
    for _tag, old_from, old_to, new_from, new_to in blocks:
        for place in range(max(old_to - old_from, new_to - new_from)):
            one, other = old_from + place, new_from + place
            yield (start + one if one < old_to else None, start + other if other < new_to else None)
