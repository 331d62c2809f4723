"""A blind vote as it goes on: which pairs, in which order, on which side. Pure; the dice are given."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

_TURNS_EACH = 3
"""So often an image is seen, about: enough to rank few images without tiring anyone."""


@dataclass(frozen=True, slots=True)
class Contestant:
    """An image, who made it, and what was asked for."""

    image_id: int
    maker: str
    brief: str


@dataclass(frozen=True, slots=True)
class Pair:
    """Two image ids as they are shown, A first."""

    first: int
    second: int
    brief: str
    """The prompt that both were made with; empty when they differ."""


def make_pairs(contestants: Sequence[Contestant], dice: random.Random) -> list[Pair]:
    """Pairs of the same prompt by different makers where there are such, else the next best; each image about three
    times; order and sides shuffled."""
    every = list(combinations(contestants, 2))
    fair = [one for one in every if one[0].brief == one[1].brief and one[0].maker != one[1].maker]
    fair = fair or [one for one in every if one[0].maker != one[1].maker] or every
    dice.shuffle(fair)
    turns: dict[int, int] = {one.image_id: 0 for one in contestants}
    wanted = max(1, len(contestants) * _TURNS_EACH // 2)
    pairs: list[Pair] = []
    while fair and len(pairs) < wanted:
        one = min(fair, key=lambda pair: turns[pair[0].image_id] + turns[pair[1].image_id])
        fair.remove(one)
        first, second = dice.sample(one, 2)
        for side in one:
            turns[side.image_id] += 1
        brief = first.brief if first.brief == second.brief else ""
        pairs.append(Pair(first.image_id, second.image_id, brief))
    dice.shuffle(pairs)
    return pairs


@dataclass(slots=True)
class BlindSession:
    """Goes through the pairs. What was voted is remembered as (place, vote id), so that it can be taken back."""

    pairs: list[Pair]
    place: int = 0
    votes: list[tuple[int, int]] = field(default_factory=list)

    @property
    def current(self) -> Pair | None:
        return self.pairs[self.place] if self.place < len(self.pairs) else None

    @property
    def is_over(self) -> bool:
        return self.place >= len(self.pairs)

    def voted(self, vote_id: int) -> None:
        """The current pair has its vote; on to the next."""
        self.votes.append((self.place, vote_id))
        self.place += 1

    def skip(self) -> None:
        """Leave the pair for the end; the last one left is simply over."""
        if self.place < len(self.pairs) - 1:
            self.pairs.append(self.pairs.pop(self.place))
        else:
            self.place += 1

    def take_back(self) -> int | None:
        """Back to the pair that was voted last; the id of its vote, None when there is none."""
        if not self.votes:
            return None
        place, vote_id = self.votes.pop()
        self.place = place
        return vote_id
