"""The ranking of models as the window shows and saves it: ranks with names, cost per win, the sentence below."""

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
    """One model in the ranking."""

    place: int
    provider: str
    """As it is shown."""
    model: str
    rank: Rank
    cost_per_win: Decimal | None
    """Dollars spent on its voted images for each vote won; None when a price is unknown or nothing was won."""


@dataclass(frozen=True, slots=True)
class Standings:
    rows: tuple[Standing, ...] = ()
    vote_count: int = 0
    settled: bool = False


def standings(votes: Sequence[CountedVote], titles: Mapping[str, str]) -> Standings:
    """Rank provider and model; `titles`: provider id -> name."""
    from studio.domain.ranking import is_settled, ranking

    names = {_key(side): side for vote in votes for side in (vote.left, vote.right)}
    ranks = ranking((_key(vote.left), _key(vote.right), vote.outcome) for vote in votes)
    costs = _costs(votes)
    rows = []
    for place, rank in enumerate(ranks, 1):
        provider, model = names[rank.name]
        spent = costs.get(rank.name)
        per_win = spent / rank.wins if spent is not None and rank.wins else None
        rows.append(Standing(place, catalog_text(titles.get(provider, provider)), model, rank, per_win))
    counted = sum(1 for vote in votes if vote.left != vote.right)
    return Standings(tuple(rows), counted, is_settled(ranks))


def _key(side: tuple[str, str]) -> str:
    return "\x1f".join(side)


def _costs(votes: Sequence[CountedVote]) -> dict[str, Decimal | None]:
    """What the voted images of each model cost together, every image once; None when one has no known price."""
    images: dict[str, dict[int, int | None]] = {}
    for vote in votes:
        images.setdefault(_key(vote.left), {})[vote.left_image] = vote.left_nano_usd
        images.setdefault(_key(vote.right), {})[vote.right_image] = vote.right_nano_usd
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


def spoken(standing: Standing) -> str:
    """A row for screen readers."""
    rank = standing.rank
    words = translate(
        "Standings", "{place}. {name}, {rating} plus or minus {margin}, {wins} won, {losses} lost, {ties} tied"
    ).format(
        place=standing.place,
        name=f"{standing.provider} {standing.model}",
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
                )
                for row in table.rows
            ],
        )
