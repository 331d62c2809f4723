"""The identity of a result."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.assets import AspectRatio, ReferenceImage, Size
from studio.domain.fingerprint import fingerprint, may_answer_from_cache
from studio.domain.jobs import FollowUp, Ticket
from studio.domain.request import FittedRequest, Target
from studio.domain.values import BlobHash

TARGET = Target(provider="alpha", model="draw")


def reference(blob: str, name: str = "cat.png") -> ReferenceImage:
    return ReferenceImage(blob=BlobHash(blob * 64), media_type="image/png", width=8, height=8, size_bytes=9, name=name)


FULL = FittedRequest(
    prompt="a cat",
    negative_prompt="rain",
    style="ink",
    size=Size.of(1024, 768),
    aspect_ratio=AspectRatio(width=4, height=3),
    seed=7,
    images_per_call=(2, 2),
    reference_image=(reference("a"), reference("b")),
    options={"quality": "high", "steps": 4},
)


@pytest.mark.parametrize(
    "change",
    [
        {"prompt": "a dog"},
        {"negative_prompt": ""},
        {"style": ""},
        {"size": "2K"},
        {"aspect_ratio": None},
        {"seed": 8},
        {"images_per_call": (2, 1)},
        {"reference_image": (reference("b"), reference("a"))},
        {"options": {"quality": "low", "steps": 4}},
        {"options": {"quality": "high", "steps": "4"}},
    ],
)
def test_what_changes_the_result_changes_the_fingerprint(change: dict[str, Any]) -> None:
    assert fingerprint(TARGET, FULL.model_copy(update=change)) != fingerprint(TARGET, FULL)


@pytest.mark.parametrize(
    "change",
    [
        {"images_per_call": (1, 1, 1, 1)},
        {"expected_size": Size.of(8, 8)},
        {"reference_image": (reference("a", "x.png"), reference("b", "y.png"))},
        {"options": {"steps": 4, "quality": "high"}},
    ],
)
def test_what_does_not_change_the_result_leaves_it(change: dict[str, Any]) -> None:
    assert fingerprint(TARGET, FULL.model_copy(update=change)) == fingerprint(TARGET, FULL)


def test_the_account_does_not_matter_the_model_does() -> None:
    assert fingerprint(TARGET.model_copy(update={"account": "other"}), FULL) == fingerprint(TARGET, FULL)
    assert fingerprint(TARGET.model_copy(update={"model": "x"}), FULL) != fingerprint(TARGET, FULL)
    assert fingerprint(TARGET.model_copy(update={"provider": "x"}), FULL) != fingerprint(TARGET, FULL)


def test_an_action_on_a_result_is_another_result() -> None:
    action = FollowUp(action="upscale:1", title="", ticket=Ticket(provider="alpha", account="default", task_id="1"))
    assert fingerprint(TARGET, FULL, action) != fingerprint(TARGET, FULL)


@given(st.text(st.characters(codec="utf-8"), min_size=1), st.text(st.characters(codec="utf-8"), min_size=1))
def test_words_cannot_be_moved_between_fields(one: str, other: str) -> None:
    first = FittedRequest(prompt=one, negative_prompt=other)
    second = FittedRequest(prompt=one + other)
    assert fingerprint(TARGET, first) != fingerprint(TARGET, second)
    assert len(fingerprint(TARGET, first)) == 64


def test_only_a_seed_that_is_sent_makes_a_result_repeatable() -> None:
    assert may_answer_from_cache(FULL)
    assert not may_answer_from_cache(FULL.model_copy(update={"seed": None}))
    assert may_answer_from_cache(FULL.model_copy(update={"seed": 0}))
