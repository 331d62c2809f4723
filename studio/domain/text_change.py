"""How one text became another, as the one place where they differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Splice:
    """At `at`, `was` became `now`. Counts code points."""

    at: int
    was: str
    now: str

    @property
    def back(self) -> Splice:
        """The way back."""
        return Splice(self.at, self.now, self.was)

    def apply(self, text: str) -> str:
        """Raises ValueError when the text is not the one that this belongs to."""
        end = self.at + len(self.was)
        if text[self.at : end] != self.was:
            raise ValueError("the text is another one")
        return text[: self.at] + self.now + text[end:]


def splice_between(before: str, after: str) -> Splice:
    """The shortest such place; microseconds for long texts."""
    most = min(len(before), len(after))
    head = _longest(most, lambda count: before[:count] == after[:count])
    tail = _longest(most - head, lambda count: before[len(before) - count :] == after[len(after) - count :])
    return Splice(head, before[head : len(before) - tail], after[head : len(after) - tail])


def _longest(most: int, equal: Callable[[int], bool]) -> int:
    """The greatest count up to `most` with equal ends; whoever is equal at a count is so at all smaller ones."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if equal(middle) else (low, middle - 1)
    return low
