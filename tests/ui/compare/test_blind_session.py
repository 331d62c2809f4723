"""Pairs of a blind vote."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from studio.ui.compare.blind_session import BlindSession, Contestant, make_pairs


def contestants(makers: str, brief: str = "a vase") -> list[Contestant]:
    return [Contestant(i, maker, brief) for i, maker in enumerate(makers)]


def test_different_makers_meet_and_everyone_gets_turns() -> None:
    people = contestants("aabbccdd")
    pairs = make_pairs(people, random.Random(1))
    makers = {one.image_id: one.maker for one in people}
    assert len(pairs) == 12
    assert all(makers[pair.first] != makers[pair.second] for pair in pairs)
    turns = Counter(image for pair in pairs for image in (pair.first, pair.second))
    assert set(turns) == set(makers)
    assert max(turns.values()) - min(turns.values()) <= 1
    assert len({frozenset((pair.first, pair.second)) for pair in pairs}) == len(pairs)


def test_the_same_prompt_comes_first() -> None:
    people = [Contestant(1, "a", "x"), Contestant(2, "b", "x"), Contestant(3, "a", "y"), Contestant(4, "b", "y")]
    assert {frozenset((pair.first, pair.second)) for pair in make_pairs(people, random.Random(3))} == {
        frozenset((1, 2)),
        frozenset((3, 4)),
    }


def test_sides_and_order_are_shuffled() -> None:
    people = contestants("ab")
    firsts = {make_pairs(people, random.Random(seed))[0].first for seed in range(20)}
    assert firsts == {0, 1}


@pytest.mark.parametrize("makers", ["aa", "aaa", "ab"])
def test_there_is_always_a_pair(makers: str) -> None:
    assert make_pairs(contestants(makers), random.Random(0))


def test_skipped_pairs_come_again_and_votes_can_be_taken_back() -> None:
    session = BlindSession(make_pairs(contestants("abcd"), random.Random(5)))
    first = session.current
    session.skip()
    assert session.current is not first
    assert session.pairs[-1] is first
    second = session.current
    session.voted(77)
    assert session.current is not second
    assert session.take_back() == 77
    assert session.current is second
    assert session.take_back() is None
    for number in range(len(session.pairs)):
        session.voted(number)
    assert session.is_over
    assert session.current is None
