"""Sizes, ratios, targets, secrets: how they are read, written and kept."""

from __future__ import annotations

import json
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from studio.domain.assets import AspectRatio, Size, parse_size_wish
from studio.domain.request import GenerationRequest, Target
from studio.domain.values import Secret, slim
from tests.unit.domain.strategies import ratios, requests, sizes


@given(sizes())
def test_a_size_is_read_in_every_way_it_is_written(size: Size) -> None:
    for sign in ("x", "X", "*", "×", " x "):
        assert Size.parse(f"{size.width}{sign}{size.height}") == size
    assert Size.model_validate_json(size.model_dump_json()) == size
    assert parse_size_wish(f" {size} ") == size


@given(requests())
def test_slim_values_share_their_names_and_stay_what_they_are(request: GenerationRequest) -> None:
    text = request.model_dump_json()
    one, other = (slim(GenerationRequest.model_validate_json(text)) for _ in range(2))
    assert one == other == request
    assert one.model_fields_set is other.model_fields_set
    for mine, theirs in zip(one.reference_image, other.reference_image, strict=True):
        assert mine.model_fields_set is theirs.model_fields_set
    assert one.model_dump_json() == text
    names = set(one.model_fields_set)
    bare = slim(GenerationRequest(prompt=request.prompt))
    changed = bare.model_copy(update={"seed": 1, "n": 3})
    assert changed.model_fields_set == {"prompt", "seed", "n"}
    assert bare.model_fields_set == {"prompt"}, "a copy's names are its own"
    assert one.model_fields_set == names


@given(sizes(high=9_999))
def test_a_reduced_ratio_is_the_same_ratio_in_lowest_terms(size: Size) -> None:
    ratio = size.reduced()
    assert ratio.value == pytest.approx(size.ratio)
    assert ratio.reduced() == ratio


@given(sizes(low=100))
def test_a_ratio_of_huge_terms_is_near_enough(size: Size) -> None:
    assert size.reduced().value == pytest.approx(size.ratio, rel=0.01)


@given(ratios())
def test_a_ratio_survives_json(ratio: AspectRatio) -> None:
    assert AspectRatio.model_validate_json(ratio.model_dump_json()) == ratio
    assert AspectRatio.parse(str(ratio).replace(":", "：")) == ratio
    assert ratio.reduced().value == pytest.approx(ratio.value)


@pytest.mark.parametrize("text", ["", "1024", "0x5", "1024x", "-1x5", "1e3x5", "16385x1", "1024x1024x3", "٣x٤x"])
def test_what_is_no_size_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"not a size|edges go from"):
        Size.parse(text)


@pytest.mark.parametrize("text", ["", "16", "0:9", "16:0", "16:9:1", "a:b"])
def test_what_is_no_ratio_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="not an aspect ratio"):
        AspectRatio.parse(text)


@given(requests())
def test_a_request_survives_json_unchanged(request: GenerationRequest) -> None:
    assert GenerationRequest.model_validate_json(request.model_dump_json()) == request


@pytest.mark.parametrize(
    "fields",
    [
        {"prompt": ""},
        {"prompt": " \t\n"},
        {"prompt": "x" * 50_001},
        {"prompt": "\ud83d"},
        {"prompt": "p", "seed": -1},
        {"prompt": "p", "seed": 2**32},
        {"prompt": "p", "n": 0},
        {"prompt": "p", "n": 17},
        {"prompt": "p", "size": "5K"},
        {"prompt": "p", "colour": "red"},
    ],
)
def test_a_request_that_cannot_be_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        GenerationRequest.model_validate(fields)


def test_a_request_cannot_be_changed() -> None:
    request = GenerationRequest(prompt="p")
    with pytest.raises(ValidationError):
        request.prompt = "q"  # type: ignore[misc]  # that is the point


def test_a_target_may_have_slashes_in_its_model() -> None:
    target = Target.parse(" alpha/models/draw ")
    assert (target.provider, target.model, str(target)) == ("alpha", "models/draw", "alpha/models/draw")
    for text in ("alpha", "/draw", "alpha/", ""):
        with pytest.raises(ValueError, match="is not a target"):
            Target.parse(text)


@given(st.text(min_size=1, max_size=80))
def test_a_secret_does_not_show_itself(text: str) -> None:
    secret = Secret(text)
    assert secret.reveal() == text
    assert f"{secret} {secret!r} {[secret]}" == "Secret(***) Secret(***) [Secret(***)]"
    assert len(secret.hint()) <= 5
    assert len(text) >= 16 or secret.hint() == "…"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(TypeError):
        json.dumps(secret)


def test_secrets_are_equal_by_content() -> None:
    assert Secret("a") == Secret("a") != Secret("b")
    assert len({Secret("a"), Secret("a")}) == 1
    assert not Secret("")
