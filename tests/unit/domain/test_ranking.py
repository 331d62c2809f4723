"""Rankings from votes: a known order is found again, and the ranges keep their promise."""

from __future__ import annotations

import math
import random
from itertools import combinations

import pytest

from studio.domain.ranking import AVERAGE_RATING, POINTS_PER_LOG, Ballot, is_settled, ranking

TRUE_POINTS = {"a": 180.0, "b": 80.0, "c": 0.0, "d": -90.0, "e": -170.0}


def simulated(rounds: int, dice: random.Random, *, tie_share: float = 0.0) -> list[Ballot]:
    """Votes of someone who prefers as Bradley and Terry say, sides shuffled."""
    ballots: list[Ballot] = []
    for _ in range(rounds):
        for pair in combinations(TRUE_POINTS, 2):
            left, right = dice.sample(pair, 2)
            if dice.random() < tie_share:
                ballots.append((left, right, "tie"))
                continue
            chance = 1 / (1 + math.exp((TRUE_POINTS[right] - TRUE_POINTS[left]) / POINTS_PER_LOG))
            ballots.append((left, right, "left" if dice.random() < chance else "right"))
    return ballots


def test_a_simulated_voter_is_understood() -> None:
    found = ranking(simulated(200, random.Random(4)))
    assert [rank.name for rank in found] == list("abcde")
    for rank in found:
        assert rank.rating == pytest.approx(AVERAGE_RATING + TRUE_POINTS[rank.name], abs=45)
    assert is_settled(found)


def test_ranges_hold_the_truth_95_times_in_100() -> None:
    dice = random.Random(11)
    inside = total = 0
    for _ in range(300):
        for rank in ranking(simulated(12, dice)):
            total += 1
            inside += rank.low <= AVERAGE_RATING + TRUE_POINTS[rank.name] <= rank.high
    # Three standard errors of a share of 0.95 among 300 independent series.
    assert inside / total == pytest.approx(0.95, abs=0.025)


def test_two_contestants_have_the_textbook_answer() -> None:
    """Without the imagined games the difference is the logarithm of the odds: 60 to 20 is 1.099."""
    ballots: list[Ballot] = [("x", "y", "left") if number % 4 else ("y", "x", "left") for number in range(80)]
    better, worse = ranking(ballots)
    assert (better.rating - worse.rating) / POINTS_PER_LOG == pytest.approx(math.log(3), abs=0.02)
    # A variance of 1 / (n p q) for the difference, half the standard error for each side.
    assert better.margin / POINTS_PER_LOG == pytest.approx(1.96 * math.sqrt(1 / (80 * 0.75 * 0.25)) / 2, rel=0.02)


def test_ties_and_neither_bring_nobody_forward() -> None:
    first, second = ranking([("x", "y", "tie"), ("y", "x", "neither"), ("x", "y", "tie")])
    assert first.rating == pytest.approx(second.rating)
    assert (first.wins, first.losses, first.ties) == (0, 0, 3)
    assert not is_settled([first, second])


def test_who_always_wins_keeps_a_finite_rating_and_a_wide_range() -> None:
    few = ranking([("x", "y", "left")] * 3)
    many = ranking([("x", "y", "left")] * 30)
    assert few[0].name == many[0].name == "x"
    assert few[0].rating < many[0].rating < 3000
    assert few[0].margin > 100
    assert (few[0].wins, few[0].losses, few[1].wins, few[1].losses) == (3, 0, 0, 3)


def test_groups_that_never_met_are_ranked_with_wide_ranges() -> None:
    found = ranking([("a", "b", "left"), ("c", "d", "right")])
    assert {rank.name for rank in found} == set("abcd")
    assert not is_settled(found)


def test_sides_do_not_matter() -> None:
    ballots = simulated(5, random.Random(2))
    swapped: list[Ballot] = [
        (right, left, {"left": "right", "right": "left"}.get(outcome, "tie"))  # type: ignore[misc]  # outcomes
        for left, right, outcome in ballots
    ]
    for one, other in zip(ranking(ballots), ranking(swapped), strict=True):
        assert one.name == other.name
        assert one.rating == pytest.approx(other.rating)


def test_nothing_to_rank() -> None:
    assert ranking([]) == []
    assert ranking([("x", "x", "left")]) == []
    assert is_settled([])
