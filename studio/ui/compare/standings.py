"""The ranking of models, or of the images of one vote, as the window shows and saves it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from studio.ui.translation import catalog_text, translate

if TYPE_CHECKING:
    from studio.bootstrap import CountedVote
    from studio.domain.ranking import Rank

_NANO = Decimal(1_000_000_000)


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
    image_id: int | None = None
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
    image_id: int
    nano_usd: int | None


def standings(votes: Sequence[CountedVote], titles: Mapping[str, str], *, of_images: bool = False) -> Standings:
    """Rank provider and model, or each image on its own; `titles`: provider id -> name."""
    from studio.domain.ranking import is_settled, ranking

    pairs = [(_left(vote, of_images), _right(vote, of_images), vote.outcome) for vote in votes]
    sides = {side.contestant: side for left, right, _ in pairs for side in (left, right)}
    ranks = ranking((left.contestant, right.contestant, outcome) for left, right, outcome in pairs)
    costs = _costs([side for left, right, _ in pairs for side in (left, right)])
    rows = []
    for place, rank in enumerate(ranks, 1):
        side = sides[rank.name]
        spent = costs.get(rank.name)
        per_win = spent / rank.wins if spent is not None and rank.wins else None
        title = catalog_text(titles.get(side.maker[0], side.maker[0]))
        image_id = side.image_id if of_images else None
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
    images: dict[str, dict[int, int | None]] = {}
    for side in sides:
        images.setdefault(side.contestant, {})[side.image_id] = side.nano_usd
    found: dict[str, Decimal | None] = {}
    for name, prices in images.items():
        known = [price for price in prices.values() if price is not None]
        found[name] = Decimal(sum(known)) / _NANO if len(known) == len(prices) else None
    return found


def cost_words(standing: Standing) -> str:
    """Dollars for each win; nothing when nobody knows or it was free."""
    if not standing.cost_per_win:
        return ""
    from studio.domain.pricing import Money

    return translate("Standings", "{amount} a win").format(amount=Money(amount=standing.cost_per_win))


def spoken(standing: Standing, letter: str = "") -> str:
    """A row for screen readers; `letter` is the image's on the table."""
    rank = standing.rank
    name = f"{standing.provider} {standing.model}"
    words = translate(
        "Standings", "{place}. {name}, {rating} plus or minus {margin}, {wins} won, {losses} lost, {ties} tied"
    ).format(
        place=standing.place,
        name=f"{letter} {name}" if letter else name,
        rating=round(rank.rating),
        margin=round(rank.margin),
        wins=rank.wins,
        losses=rank.losses,
        ties=rank.ties,
    )
    cost = cost_words(standing)
    return f"{words}, {cost}" if cost else words


def save_table(path: Path, table: Standings) -> None:
    """Write the ranking for a spreadsheet; raises OSError when the file cannot be written. Call it on a thread."""
    from studio.bootstrap import write_table

    header = (
        *("place", "provider", "model", "rating", "margin_95", "won", "lost", "tied", "votes", "cost_per_win_usd"),
        *(("image",) if table.of_images else ()),
    )
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        write_table(
            out,
            header,
            [
                (
                    row.place,
                    row.provider,
                    row.model,
                    round(row.rank.rating, 1),
                    round(row.rank.margin, 1),
                    row.rank.wins,
                    row.rank.losses,
                    row.rank.ties,
                    row.rank.votes,
                    None if row.cost_per_win is None else float(round(row.cost_per_win, 6)),
                    *((row.image_id,) if table.of_images else ()),
                )
                for row in table.rows
            ],
        )
