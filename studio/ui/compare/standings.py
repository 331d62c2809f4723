"""The places of a ranking in words."""

from __future__ import annotations

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
