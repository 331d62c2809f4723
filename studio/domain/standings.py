"""Votes on pairs of images, counted for models or for the images themselves: places, and what a win cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from studio.domain.ranking import Outcome, Rank, is_settled, ranking

if TYPE_CHECKING:
    from studio.domain.values import ImageId

_NANO = Decimal(1_000_000_000)


@dataclass(frozen=True, slots=True)
class CountedVote:
    """A vote with what a ranking needs to know of its two images."""

    left: tuple[str, str]
    """Provider and model."""
    right: tuple[str, str]
    outcome: Outcome
    left_image: ImageId
    right_image: ImageId
    left_nano_usd: int | None
    """What the image cost, in billionths of a dollar; None when nobody knows."""
    right_nano_usd: int | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One model in the ranking, or one image."""

    place: int
    provider: str
    """As it is shown."""
    model: str
    rank: Rank
    cost_per_win: Decimal | None
    """Dollars spent on its voted images for each vote won; None when a price is unknown or nothing was won."""
    image_id: ImageId | None = None
    """None in a ranking of models."""


@dataclass(frozen=True, slots=True)
class Standings:
    rows: tuple[Standing, ...] = ()
    vote_count: int = 0
    """Votes that the ranking rests on."""
    settled: bool = False
    of_images: bool = False
    within_one_model: int = 0
    """Votes between images of one model: they rank images, they say nothing of models."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two images of a vote."""

    contestant: str
    maker: tuple[str, str]
    image_id: ImageId
    nano_usd: int | None


def standings(votes: Sequence[CountedVote], titles: Mapping[str, str], *, of_images: bool = False) -> Standings:
    """Rank provider and model, or each image on its own; `titles`: provider id -> name.

    The time grows with the third power of the contestants: call it on a thread."""
    pairs = [(_left(vote, of_images), _right(vote, of_images), vote.outcome) for vote in votes]
    sides = {side.contestant: side for left, right, _ in pairs for side in (left, right)}
    ranks = ranking((left.contestant, right.contestant, outcome) for left, right, outcome in pairs)
    costs = _costs([side for left, right, _ in pairs for side in (left, right)])
    rows = []
    for place, rank in enumerate(ranks, 1):
        side = sides[rank.name]
        spent = costs.get(rank.name)
        per_win = spent / rank.wins if spent is not None and rank.wins else None
        image_id = side.image_id if of_images else None
        title = titles.get(side.maker[0], side.maker[0])
        rows.append(Standing(place, title, side.maker[1], rank, per_win, image_id))
    counted = sum(1 for left, right, _ in pairs if left.contestant != right.contestant)
    within = sum(1 for left, right, _ in pairs if left.maker == right.maker)
    return Standings(tuple(rows), counted, is_settled(ranks), of_images, within)


def _left(vote: CountedVote, of_images: bool) -> _Side:
    key = str(vote.left_image) if of_images else "\x1f".join(vote.left)
    return _Side(key, vote.left, vote.left_image, vote.left_nano_usd)


def _right(vote: CountedVote, of_images: bool) -> _Side:
    key = str(vote.right_image) if of_images else "\x1f".join(vote.right)
    return _Side(key, vote.right, vote.right_image, vote.right_nano_usd)


def _costs(sides: Sequence[_Side]) -> dict[str, Decimal | None]:
    """What the voted images of each contestant cost together, every image once; None when one has no known price."""
    images: dict[str, dict[ImageId, int | None]] = {}
    for side in sides:
        images.setdefault(side.contestant, {})[side.image_id] = side.nano_usd
    found: dict[str, Decimal | None] = {}
    for name, prices in images.items():
        known = [price for price in prices.values() if price is not None]
        found[name] = Decimal(sum(known)) / _NANO if len(known) == len(prices) else None
    return found
