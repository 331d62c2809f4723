"""Sent or told: each field that is set is either in the fitted request or has a notice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.assets import ReferenceImage, Size
from studio.domain.capability import Capability, Choice, Condition, CountLimit, ModelSpec, OptionSpec, SizeList
from studio.domain.fit import Fitted, fit, seed_of_call
from studio.domain.fit_options import read_option
from studio.domain.request import GenerationRequest, Target
from studio.domain.values import BlobHash, OptionValue
from tests.unit.domain.strategies import OPTION_VALUES, models, option_specs, options, requests

TODAY = date(2026, 11, 20)
SQUARE = SizeList(sizes=(Size.of(1024, 1024),), takes_auto=True)


def fitted(model: ModelSpec, wish: GenerationRequest | None = None, **wished: OptionValue) -> Fitted:
    target = Target(provider="alpha", model=model.id, options=wished)
    return fit(wish or GenerationRequest(prompt="a cat"), target, model, today=TODAY)


def spec(**capability: Any) -> ModelSpec:
    return ModelSpec(id="draw", title="Draw", capability=Capability(**{"size": SQUARE, **capability}))


def codes(result: Fitted) -> list[str]:
    return [notice.code for notice in result.notices]


@given(requests(), models(), options())
def test_every_field_is_sent_or_told(wish: GenerationRequest, model: ModelSpec, wished: dict[str, OptionValue]) -> None:
    result = fitted(model, wish, **wished)
    sent, told = result.request, {notice.field for notice in result.notices}
    assert wish.prompt.rstrip() in sent.prompt
    if wish.negative_prompt.strip():
        assert sent.negative_prompt == wish.negative_prompt.strip() or "negative_prompt" in told
    if wish.style.strip():
        assert sent.style == wish.style.strip() or "style" in told
    if wish.seed is not None:
        assert sent.seed == wish.seed or "seed" in told
    assert sent.image_count == wish.n or "n" in told
    assert sent.reference_image == wish.reference_image or "reference_image" in told
    for name, value in wished.items():
        used = sent.options.get(name)
        same = name in sent.options and (used == value or str(used) == str(value))
        read_from_text = isinstance(value, str) and name in sent.options
        assert same or f"options.{name}" in told or read_from_text


@given(requests(), models(), options())
def test_what_is_sent_keeps_the_models_rules(
    wish: GenerationRequest, model: ModelSpec, wished: dict[str, OptionValue]
) -> None:
    result, capability = fitted(model, wish, **wished), model.capability
    sent = result.request
    per_call = capability.n_fixed or capability.n_max
    assert all(1 <= count <= per_call for count in sent.images_per_call)
    assert sent.image_count >= wish.n
    assert not sent.negative_prompt or capability.negative_prompt == "native"
    assert not sent.style or capability.style == "native"
    if sent.seed is not None:
        assert capability.seed_min <= sent.seed <= capability.seed_max
        for first in range(sent.image_count):
            seed = seed_of_call(sent, first, capability)
            assert seed is not None
            assert capability.seed_min <= seed <= capability.seed_max
    if result.blocked is None:
        assert capability.prompt_max is None or len(sent.prompt) <= capability.prompt_max
        assert len(sent.reference_image) <= capability.references_max
        assert len(sent.reference_image) >= capability.references_min
    assert set(sent.options) <= {option.name for option in capability.options}
    assert all(notice.message for notice in result.notices)


@given(requests(), models(), options())
def test_fitting_once_more_changes_nothing(
    wish: GenerationRequest, model: ModelSpec, wished: dict[str, OptionValue]
) -> None:
    first = fitted(model, wish, **wished).request
    assert fitted(model, wish, **first.options).request == first
    assert fitted(model, wish, **wished).request == first
    assert type(first).model_validate_json(first.model_dump_json()) == first


@given(option_specs("a"), OPTION_VALUES)
def test_an_option_has_its_type_and_range_or_is_refused(option: OptionSpec, value: OptionValue) -> None:
    read = read_option(option, value)
    if read is None:
        return
    if option.kind == "choice":
        assert read in [choice.value for choice in option.choices]
    if option.kind == "boolean":
        assert isinstance(read, bool)
    if option.kind == "text":
        assert isinstance(read, str)
    if option.kind in ("integer", "number"):
        assert isinstance(read, int if option.kind == "integer" else float)
        assert not isinstance(read, bool)
        assert option.minimum is None or read >= option.minimum
        assert option.maximum is None or read <= option.maximum
    assert read_option(option, read) == read


@given(models(), options())
def test_an_option_out_of_range_is_told_also_when_it_was_typed(
    model: ModelSpec, wished: dict[str, OptionValue]
) -> None:
    result = fitted(model, None, **wished)
    for name, value in wished.items():
        option = model.capability.option(name)
        if option is None or option.kind not in ("integer", "number") or name not in result.request.options:
            continue
        told = any(notice.field == f"options.{name}" for notice in result.notices)
        assert told or float(value) == result.request.options[name]


def test_an_option_with_one_limit_only() -> None:
    open_above = OptionSpec(name="steps", kind="integer", title="Steps", minimum=4)
    result = fitted(spec(options=(open_above,)), None, steps=1)
    assert result.request.options == {"steps": 4}
    assert result.notices[0].message == "steps 1 becomes 4, draw takes at least 4"
    open_below = open_above.model_copy(update={"minimum": None, "maximum": 9.0})
    assert fitted(spec(options=(open_below,)), None, steps="12").notices[0].message == (
        "steps 12 becomes 9, draw takes at most 9"
    )


def test_an_option_that_hangs_on_one_that_is_dropped_is_dropped_too() -> None:
    chain = (
        OptionSpec(
            name="compression",
            kind="integer",
            title="",
            minimum=0,
            maximum=100,
            only_when=(Condition(option="format", values=("jpeg",)),),
        ),
        OptionSpec(
            name="format",
            kind="choice",
            title="",
            choices=(Choice(value="jpeg"), Choice(value="png")),
            default="png",
            only_when=(Condition(option="mode", values=("file",), reason="only files have a format"),),
        ),
        OptionSpec(name="mode", kind="choice", title="", choices=(Choice(value="file"), Choice(value="link"))),
    )
    result = fitted(spec(options=chain), None, compression=50, format="jpeg", mode="link")
    assert result.request.options == {"mode": "link"}
    assert sorted(notice.field for notice in result.notices) == ["options.compression", "options.format"]


@pytest.mark.parametrize("typed", ["HIGH", "High", " high "])
def test_a_choice_is_read_in_any_case(typed: str) -> None:
    option = OptionSpec(name="quality", kind="choice", title="", choices=(Choice(value="high"), Choice(value="low")))
    assert read_option(option, typed) == "high"


def test_choices_that_differ_only_in_case_stay_apart() -> None:
    option = OptionSpec(name="q", kind="choice", title="", choices=(Choice(value="RAW"), Choice(value="raw")))
    assert read_option(option, "raw") == "raw"
    assert read_option(option, "RAW") == "RAW"


def test_emulated_words_go_into_the_prompt() -> None:
    wish = GenerationRequest(prompt="a cat", negative_prompt="rain", style="ink")
    result = fitted(spec(negative_prompt="emulated", style="emulated"), wish)
    assert result.request.prompt == "a cat\n\nStyle: ink\n\nAvoid: rain"
    assert codes(result) == ["style_emulated", "negative_emulated"]


def test_an_overlong_prompt_blocks_also_when_only_the_emulation_made_it_so() -> None:
    model = spec(prompt_max=10, negative_prompt="emulated")
    assert fitted(model, GenerationRequest(prompt="x" * 10)).blocked is None
    blocked = fitted(model, GenerationRequest(prompt="x" * 10, negative_prompt="y")).blocked
    assert blocked is not None
    assert blocked.message == "The prompt has 20 characters, draw takes 10"


def test_the_notice_of_seeds_names_those_that_are_sent() -> None:
    wish = GenerationRequest(prompt="a cat", seed=9, n=3)
    result = fitted(spec(seed="native", seed_min=1, seed_max=10, n_max=1), wish)
    assert [notice.message for notice in result.notices] == [
        "3 images need 3 paid requests",
        "Seeds 9 to 1, one for each request",
    ]


def test_a_limit_by_option_splits_the_images() -> None:
    model = spec(
        n_max=4,
        n_limits=(CountLimit(option="mode", values=("related",), n_max=1),),
        options=(OptionSpec(name="mode", kind="text", title="Mode"),),
    )
    wish = GenerationRequest(prompt="a cat", n=4)
    assert fitted(model, wish).request.images_per_call == (4,)
    assert fitted(model, wish, mode="related").request.images_per_call == (1, 1, 1, 1)


def reference(name: str, media_type: str = "image/png", size_bytes: int = 100) -> ReferenceImage:
    return ReferenceImage.model_validate(
        {
            "blob": BlobHash("0" * 64),
            "media_type": media_type,
            "width": 1,
            "height": 1,
            "size_bytes": size_bytes,
            "name": name,
        }
    )


@pytest.mark.parametrize(("references", "parts"), [(0, (4,)), (3, (2, 2)), (4, (1, 1, 1, 1)), (9, (1, 1, 1, 1))])
def test_references_take_the_room_of_images(references: int, parts: tuple[int, ...]) -> None:
    model = spec(n_max=4, reference_image="native", references_max=4, references_and_images_max=5)
    wish = GenerationRequest(prompt="a cat", n=4, reference_image=tuple(reference(str(n)) for n in range(references)))
    assert fitted(model, wish).request.images_per_call == parts


@pytest.mark.parametrize(("references", "warned"), [(2, False), (3, True), (4, True)])
def test_so_many_references_are_sent_with_a_warning(references: int, warned: bool) -> None:
    model = spec(reference_image="native", references_max=4, references_sure=2)
    result = fitted(model, GenerationRequest(prompt="a cat", reference_image=(reference("a"),) * references))
    assert len(result.request.reference_image) == references
    assert ("reference_many" in codes(result)) is warned


def test_a_reference_that_is_left_out_cannot_block() -> None:
    model = spec(reference_image="native", references_max=1, reference_max_bytes=1_000)
    wish = GenerationRequest(prompt="p", reference_image=(reference("a.png"), reference("b.tif", "image/tiff", 9_999)))
    result = fitted(model, wish)
    assert result.blocked is None
    assert codes(result) == ["reference_dropped"]
    assert [one.name for one in result.request.reference_image] == ["a.png"]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (reference("b.tif", "image/tiff"), "draw cannot read b.tif"),
        (reference("b.png", size_bytes=3_500_000), "b.png is too large for draw, at most 2.5 MB"),
    ],
)
def test_a_reference_the_model_cannot_take_blocks(bad: ReferenceImage, words: str) -> None:
    model = spec(reference_image="native", references_max=3, reference_max_bytes=2_500_000)
    blocked = fitted(model, GenerationRequest(prompt="p", reference_image=(bad,))).blocked
    assert blocked is not None
    assert blocked.message == words


@pytest.mark.parametrize(
    ("shape", "words"),
    [
        ({"width": 99, "height": 300}, "a.png is 99x300, draw takes edges from 100 to 900 px"),
        ({"width": 300, "height": 901}, "a.png is 300x901, draw takes edges from 100 to 900 px"),
        ({"width": 800, "height": 200}, "a.png is too narrow for draw, at most 3:1"),
        ({"width": 200, "height": 300, "has_alpha": True}, "a.png has transparency, draw takes none"),
        ({"width": 300, "height": 900}, None),
    ],
)
def test_the_shape_of_a_reference_is_looked_at(shape: dict[str, Any], words: str | None) -> None:
    model = spec(
        reference_image="native",
        references_max=1,
        reference_edge_min_px=100,
        reference_edge_max_px=900,
        reference_ratio_max=3.0,
        reference_alpha=False,
    )
    picture = reference("a.png").model_copy(update=shape)
    blocked = fitted(model, GenerationRequest(prompt="p", reference_image=(picture,))).blocked
    assert (blocked.message if blocked is not None else None) == words


def test_a_prompt_whose_tokens_nobody_can_count_is_sent_with_a_warning() -> None:
    model = spec(prompt_tokens_max=10)
    assert codes(fitted(model, GenerationRequest(prompt="x" * 10))) == []
    result = fitted(model, GenerationRequest(prompt="x" * 11))
    assert (codes(result), result.request.prompt) == (["prompt_may_be_cut"], "x" * 11)


def test_a_model_without_a_prompt_gets_none() -> None:
    result = fitted(spec(prompt="ignored"), GenerationRequest(prompt="a cat"))
    assert (codes(result), result.request.prompt) == (["prompt_ignored"], "")


@pytest.mark.parametrize(
    ("ends_on", "replacement", "words", "kind"),
    [
        (date(2026, 11, 20), "new", "draw ended on 2026-11-20, new replaces it", "blocked"),
        (date(2026, 11, 19), None, "draw ended on 2026-11-19, choose another", "blocked"),
        (date(2026, 11, 21), "new", "draw ends on 2026-11-21, new replaces it", "information"),
        (date(2030, 1, 1), None, "draw ends on 2030-01-01", "information"),
    ],
)
def test_the_end_of_a_model(ends_on: date, replacement: str | None, words: str, kind: str) -> None:
    model = spec().model_copy(update={"ends_on": ends_on, "replacement": replacement})
    (notice,) = fitted(model).notices
    assert (notice.message, notice.kind) == (words, kind)


@given(st.integers(1, 16), st.integers(1, 16))
def test_images_are_split_into_as_few_requests_as_possible(n: int, n_max: int) -> None:
    parts = fitted(spec(n_max=n_max), GenerationRequest(prompt="p", n=n)).request.images_per_call
    assert sum(parts) == n
    assert len(parts) == -(-n // n_max)
