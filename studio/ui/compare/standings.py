"""The places of a ranking in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from studio.ui.translation import translate

if TYPE_CHECKING:
    from studio.domain.standings import Standing


def cost_words(standing: Standing) -> str:
    """Dollars for each win; nothing when nobody knows or it was free."""
    if not standing.cost_per_win:
        return ""
    from studio.domain.pricing import Money

    return translate("Standings", "{amount} a win").format(amount=Money(amount=standing.cost_per_win))


def nameless(rows: Sequence[Standing]) -> tuple[Standing, ...]:
    """The rows without what tells who they are: name, cost, image. For a ranking that is seen while a vote is blind."""
    hidden = translate("Standings", "Name hidden")
    return tuple(replace(row, provider=hidden, model="", cost_per_win=None, image_id=None) for row in rows)


def spoken(standing: Standing, letter: str = "") -> str:
    """A row for screen readers; `letter` is the image's on the table."""
    rank = standing.rank
    name = f"{standing.provider} {standing.model}".strip()
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
