"""From votes on pairs to a ranking: Bradley-Terry strengths with their uncertainty. Pure arithmetic.

The model says that i is preferred to j with probability s_i / (s_i + s_j). Strengths are found by Newton's method on
their logarithms; the log-likelihood is concave, so there is one answer (Hunter, "MM algorithms for generalized
Bradley-Terry models", Annals of Statistics 32, 2004). A tie, and "neither", count as half a win for each side. Every
contestant also plays a small drawn game against an imagined average one, so that someone who won every vote keeps a
finite rating and groups that never met stay comparable. Intervals come from the observed information."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal

Outcome = Literal["left", "right", "tie", "neither"]

Ballot = tuple[str, str, Outcome]
"""Left, right and what was said of them."""

AVERAGE_RATING: Final = 1000.0
POINTS_PER_LOG: Final = 400.0 / math.log(10)
"""400 points more: preferred ten times to one, as chess players count."""
_Z_95: Final = 1.959963984540054
_PRIOR_GAMES: Final = 0.3
_STEPS_MOST: Final = 100
_STEP_ENOUGH: Final = 1e-10


@dataclass(frozen=True, slots=True)
class Rank:
    """One contestant. `rating` averages 1000 over all; the true one lies in `rating` ± `margin` 95 times in 100."""

    name: str
    rating: float
    margin: float
    wins: int
    losses: int
    ties: int

    @property
    def low(self) -> float:
        return self.rating - self.margin

    @property
    def high(self) -> float:
        return self.rating + self.margin

    @property
    def votes(self) -> int:
        return self.wins + self.losses + self.ties


def ranking(ballots: Iterable[Ballot]) -> list[Rank]:
    """The contestants, the best first; equal ones by name. Votes on a contestant against itself say nothing."""
    counted = [ballot for ballot in ballots if ballot[0] != ballot[1]]
    names = sorted({name for left, right, _ in counted for name in (left, right)})
    if not names:
        return []
    place = {name: i for i, name in enumerate(names)}
    wins = [[0.0] * len(names) for _ in names]
    tallies = [[0, 0, 0] for _ in names]
    for left, right, outcome in counted:
        i, j = place[left], place[right]
        share = {"left": 1.0, "right": 0.0}.get(outcome, 0.5)
        wins[i][j] += share
        wins[j][i] += 1.0 - share
        tallies[i][{"left": 0, "right": 1}.get(outcome, 2)] += 1
        tallies[j][{"left": 1, "right": 0}.get(outcome, 2)] += 1
    strengths, covariance = _fit(wins)
    middle = sum(strengths) / len(names)
    ranks = [
        Rank(
            name,
            AVERAGE_RATING + POINTS_PER_LOG * (strengths[i] - middle),
            POINTS_PER_LOG * _Z_95 * math.sqrt(_centred_variance(covariance, i)),
            *tallies[i],
        )
        for i, name in enumerate(names)
    ]
    return sorted(ranks, key=lambda rank: (-rank.rating, rank.name))


def is_settled(ranks: Sequence[Rank]) -> bool:
    """Whether no contestant's range overlaps that of the next one."""
    return all(better.low > worse.high for better, worse in pairwise(ranks))


def _fit(wins: list[list[float]]) -> tuple[list[float], list[list[float]]]:
    """Log-strengths and their covariance; `wins[i][j]`: how often i was preferred to j."""
    count = len(wins)
    strengths = [0.0] * count
    for _ in range(_STEPS_MOST):
        slope, information = _derivatives(wins, strengths)
        step = _times(_inverse(information), slope)
        longest = max(abs(one) for one in step)
        damping = min(1.0, 2.0 / longest) if longest else 1.0
        strengths = [value + damping * one for value, one in zip(strengths, step, strict=True)]
        if longest < _STEP_ENOUGH:
            break
    return strengths, _inverse(_derivatives(wins, strengths)[1])


def _derivatives(wins: list[list[float]], strengths: list[float]) -> tuple[list[float], list[list[float]]]:
    """First derivative of the log-likelihood and the negative of the second."""
    count = len(wins)
    slope = [0.0] * count
    information = [[0.0] * count for _ in range(count)]
    for i in range(count):
        chance = _logistic(strengths[i])
        slope[i] += _PRIOR_GAMES * (0.5 - chance)
        information[i][i] += _PRIOR_GAMES * chance * (1 - chance)
        for j in range(i):
            games = wins[i][j] + wins[j][i]
            if not games:
                continue
            chance = _logistic(strengths[i] - strengths[j])
            surprise = wins[i][j] - games * chance
            slope[i] += surprise
            slope[j] -= surprise
            weight = games * chance * (1 - chance)
            information[i][i] += weight
            information[j][j] += weight
            information[i][j] -= weight
            information[j][i] -= weight
    return slope, information


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value)) if value >= 0 else math.exp(value) / (1 + math.exp(value))


def _centred_variance(covariance: list[list[float]], i: int) -> float:
    """Variance of a log-strength against the mean of all: what the data cannot tell (a common shift) falls out."""
    count = len(covariance)
    row = sum(covariance[i]) / count
    whole = sum(map(sum, covariance)) / count**2
    return max(0.0, covariance[i][i] - 2 * row + whole)


def _times(matrix: list[list[float]], vector: list[float]) -> list[float]:
    return [sum(a * b for a, b in zip(row, vector, strict=True)) for row in matrix]


def _inverse(matrix: list[list[float]]) -> list[list[float]]:
    """Gauss and Jordan with pivots; the matrix is positive definite thanks to the imagined games."""
    count = len(matrix)
    rows = [[*row, *(1.0 if i == j else 0.0 for j in range(count))] for i, row in enumerate(matrix)]
    for column in range(count):
        pivot = max(range(column, count), key=lambda i: abs(rows[i][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        head = rows[column][column]
        rows[column] = [value / head for value in rows[column]]
        for i in range(count):
            factor = rows[i][column]
            if i != column and factor:
                rows[i] = [value - factor * other for value, other in zip(rows[i], rows[column], strict=True)]
    return [row[count:] for row in rows]
