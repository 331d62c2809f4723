"""What changed between two prompts, word by word; in Chinese sign by sign, joined into phrases."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "added", "removed"]

_CHINESE = r"\u3400-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_CHINESE}]|[^\W_{_CHINESE}]+(?:['’\-][^\W_{_CHINESE}]+)*|\s+|.", re.DOTALL)
_TOKENS_MAX = 3_000
"""Longer changed parts count as replaced whole: comparing takes the square of the length."""
_ALIKE_LEAST = 0.3
"""Two prompts with less in common are different prompts, and marks would only be noise."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the newer prompt, or (removed) one that it no longer has."""

    kind: Kind
    text: str


@dataclass(slots=True)
class _Edit:
    """Tokens that stay (`same`), followed by what was taken out and put in after them."""

    same: list[str]
    removed: list[str]
    added: list[str]


def diff_words(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of `after` in order, with removals before the additions that took their place.

    Joined without the removed pieces they give `after` again. Prompts that have little in common give one piece
    without marks."""
    if before == after or not before.strip():
        return (Piece("same", after),) if after else ()
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    edits = _without_crumbs(_edits(old, new))
    same = sum(len(word) for edit in edits for word in edit.same if word.strip())
    if same < _ALIKE_LEAST * max(1, min(_weight(old), _weight(new))):
        return (Piece("same", after),)
    pieces: list[Piece] = []
    for edit in edits:
        for kind, words in (("same", edit.same), ("removed", edit.removed), ("added", edit.added)):
            text = "".join(words)
            if text:
                pieces.append(Piece(kind, text))  # type: ignore[arg-type]  # the three kinds are written above
    return tuple(pieces)


def _weight(words: Sequence[str]) -> int:
    return sum(len(word) for word in words if word.strip())


def _edits(old: Sequence[str], new: Sequence[str]) -> list[_Edit]:
    start = 0
    while start < min(len(old), len(new)) and old[start] == new[start]:
        start += 1
    end = 0
    while end < min(len(old), len(new)) - start and old[-1 - end] == new[-1 - end]:
        end += 1
    old_middle, new_middle = old[start : len(old) - end], new[start : len(new) - end]
    edits = [_Edit(list(new[:start]), [], [])]
    if max(len(old_middle), len(new_middle)) > _TOKENS_MAX:
        edits[-1].removed, edits[-1].added = list(old_middle), list(new_middle)
    else:
        matcher = SequenceMatcher(None, old_middle, new_middle, autojunk=False)
        for tag, i1, i2, j1, j2 in matcher.get_opcodes():
            if tag == "equal":
                edits.append(_Edit(list(new_middle[j1:j2]), [], []))
            else:
                edits[-1].removed += old_middle[i1:i2]
                edits[-1].added += new_middle[j1:j2]
    edits.append(_Edit(list(new[len(new) - end :]), [], []))
    return edits


def _without_crumbs(edits: list[_Edit]) -> list[_Edit]:
    """Take up short equal parts between larger changes: "window" alone between two new phrases says nothing."""
    joined: list[_Edit] = []
    for edit in edits:
        before = joined[-1] if joined else None
        changed = before is not None and bool(before.removed or before.added)
        around = 0
        if before is not None and (edit.removed or edit.added):
            around = min(
                max(_weight(before.removed), _weight(before.added)), max(_weight(edit.removed), _weight(edit.added))
            )
        if before is not None and (not edit.same or (changed and _is_crumb(edit.same, around))):
            before.removed += [*edit.same, *edit.removed] if edit.same else edit.removed
            before.added += [*edit.same, *edit.added] if edit.same else edit.added
        else:
            joined.append(edit)
    return [_with_spaces_outside(edit) for edit in joined]


def _is_crumb(same: Sequence[str], around: int) -> bool:
    return around > 0 and _weight(same) <= max(1, around // 2)


def _with_spaces_outside(edit: _Edit) -> _Edit:
    """A space that both sides of a change begin with stays with what is the same."""
    while edit.removed and edit.added and edit.removed[0] == edit.added[0] and edit.removed[0].isspace():
        edit.same.append(edit.added.pop(0))
        edit.removed.pop(0)
    return edit
