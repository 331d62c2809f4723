"""Cells of a sweep: which, in which order, and that they stay the same for ever."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.assets import Size
from studio.domain.errors import SweepTooLarge
from studio.domain.request import GenerationRequest, Target
from studio.domain.sweep import AxisPlace, SweepAxis, SweepOrder, SweepPlan, SweepValue
from studio.domain.sweep_cells import sweep_cells

OPENAI = Target(provider="openai", model="gpt-image-2")
GEMINI = Target(provider="gemini", model="nano")


def words(*values: str, choice: int = 0, place: AxisPlace = "rows", weights: tuple[float, ...] = ()) -> SweepAxis:
    made = [
        SweepValue(label=value, words=value, weight=weight)
        for value, weight in zip(values, weights or (1.0,) * len(values), strict=True)
    ]
    return SweepAxis(kind="words", place=place, choice=choice, values=tuple(made))


def seeds(*values: int, place: AxisPlace = "down") -> SweepAxis:
    return SweepAxis(
        kind="seed", place=place, values=tuple(SweepValue(label=str(value), seed=value) for value in values)
    )


def targets(*values: Target, place: AxisPlace = "columns") -> SweepAxis:
    return SweepAxis(
        kind="target", place=place, values=tuple(SweepValue(label=value.key, target=value) for value in values)
    )


def plan(prompt: str, *axes: SweepAxis, **changes: Any) -> SweepPlan:
    given = {"targets": (OPENAI,), **changes}
    negative = given.pop("negative", "")
    return SweepPlan(request=GenerationRequest(prompt=prompt, negative_prompt=negative), axes=axes, **given)


def told(made: SweepPlan) -> list[str]:
    return [
        f"{cell.request.prompt} {'' if cell.request.seed is None else cell.request.seed} {cell.target.provider}"
        for cell in sweep_cells(made)
    ]


def test_every_combination_row_by_row_with_targets_side_by_side() -> None:
    made = plan(
        "a {red|blue} cat", words("red", "blue"), seeds(1, 2), targets(OPENAI, GEMINI), order="rows", targets=()
    )
    assert told(made) == [
        "a red cat 1 openai",
        "a red cat 1 gemini",
        "a red cat 2 openai",
        "a red cat 2 gemini",
        "a blue cat 1 openai",
        "a blue cat 1 gemini",
        "a blue cat 2 openai",
        "a blue cat 2 gemini",
    ]
    cells = sweep_cells(made)
    assert [cell.position for cell in cells] == list(range(8))
    assert cells[5].place == (1, 0, 1)
    assert cells[5].target_index == 1
    assert made.combination_count == 8


def test_column_by_column_finishes_a_target_that_is_a_column() -> None:
    made = plan("a {red|blue} cat", words("red", "blue"), targets(OPENAI, GEMINI), order="columns", targets=())
    assert told(made) == ["a red cat  openai", "a blue cat  openai", "a red cat  gemini", "a blue cat  gemini"]


def test_without_a_target_axis_each_target_draws_every_combination() -> None:
    made = plan("a cat", seeds(1, 2), targets=(OPENAI, GEMINI))
    assert told(made) == ["a cat 1 openai", "a cat 1 gemini", "a cat 2 openai", "a cat 2 gemini"]
    assert [(cell.place, cell.target_index) for cell in sweep_cells(made)] == [
        ((0,), 0),
        ((0,), 1),
        ((1,), 0),
        ((1,), 1),
    ]
    assert made.combination_count == 4


def test_every_kind_of_axis_reaches_the_request() -> None:
    axes = (
        words("red"),
        SweepAxis(kind="negative words", place="rows", choice=0, values=(SweepValue(label="text", words="text"),)),
        SweepAxis(kind="size", place="rows", values=(SweepValue(label="2K", size="2K"),)),
        SweepAxis(kind="style", place="rows", values=(SweepValue(label="ink", style="ink on paper"),)),
        SweepAxis(kind="option", place="rows", option="quality", values=(SweepValue(label="low", option="low"),)),
        SweepAxis(kind="option", place="rows", option="steps", values=(SweepValue(label="as usual"),)),
        seeds(7),
    )
    target = OPENAI.model_copy(update={"options": {"steps": 4, "quality": "high"}})
    (cell,) = sweep_cells(plan("a {red|blue} cat", *axes, targets=(target,), negative="{text|noise}, blur"))
    assert cell.request.prompt == "a red cat"
    assert cell.request.negative_prompt == "text, blur"
    assert cell.request.size == "2K"
    assert cell.request.style == "ink on paper"
    assert cell.request.seed == 7
    assert cell.target.options == {"steps": 4, "quality": "low"}


def test_a_negative_axis_takes_the_place_of_the_whole_negative_prompt() -> None:
    axis = SweepAxis(
        kind="negative",
        place="rows",
        values=(SweepValue(label="none", negative_prompt=""), SweepValue(label="text", negative_prompt="text")),
    )
    assert [cell.request.negative_prompt for cell in sweep_cells(plan("a cat", axis, negative="{a|b}"))] == ["", "text"]


def test_escapes_are_taken_off_what_is_sent() -> None:
    (cell,) = sweep_cells(plan(r"a \{red|blue\} cat"))
    assert cell.request.prompt == "a {red|blue} cat"


def test_left_out_cells_are_not_made() -> None:
    made = plan("a {red|blue} cat", words("red", "blue"), seeds(1, 2), left_out=frozenset({(0, 1), (9, 9), (1,)}))
    assert told(made) == ["a red cat 1 openai", "a blue cat 1 openai", "a blue cat 2 openai"]


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (plan("a cat", targets=()), "no target is chosen"),
        (plan("a {red|blue} cat"), "do not belong together"),
        (plan("a cat", words("red")), "do not belong together"),
        (plan("a {red|blue} cat", words("red"), words("blue")), "choice 1 of the prompt stands in two axes"),
        (plan("a {red|blue} cat", words()), "nothing is chosen for choice 1 of the prompt"),
        (plan("a cat", seeds(1), seeds(2)), "the seed stands in two axes"),
        (plan("a cat", seeds(1), left_out=frozenset({(0,)})), "every cell is left out"),
        (plan("a cat", seeds(1), left_out=frozenset({(0,)}), make="sample"), "every cell is left out"),
        (plan("{red|}", words("red", "")), "the prompt is empty"),
        (plan("a {red|blue}", words("x" * 50_000)), "longer than 50000 characters"),
        (plan("a cat", SweepAxis(kind="size", place="rows", values=(SweepValue(label="?"),))), "the size is empty"),
        (plan("a cat", SweepAxis(kind="option", place="rows", values=(SweepValue(label="?"),))), "names none"),
    ],
)
def test_a_plan_that_makes_no_sense_is_refused_in_words(made: SweepPlan, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        sweep_cells(made)


def test_more_than_the_limit_is_refused_at_once() -> None:
    axis = seeds(*range(5_000))
    with pytest.raises(SweepTooLarge) as refused:
        sweep_cells(plan("a cat", axis, targets=(OPENAI, GEMINI, OPENAI)))
    assert refused.value.problem.text == (
        "This sweep has 15000 cells, at most 10000 are possible. Take fewer values, or a random sample."
        " Nothing was billed."
    )
    assert len(sweep_cells(plan("a cat", axis, targets=(OPENAI, GEMINI)))) == 10_000
    huge = [words(*(str(number) for number in range(9_000)), choice=choice) for choice in range(4)]
    with pytest.raises(SweepTooLarge):
        sweep_cells(plan("{a|b} {a|b} {a|b} {a|b}", *huge))
    sampled = plan("{a|b} {a|b} {a|b} {a|b}", *huge, make="sample", sample_count=30)
    assert len({cell.request.prompt for cell in sweep_cells(sampled)}) == 30


def test_a_sample_is_stable_and_grows_without_changing() -> None:
    colours = words(*"abcdefghij")

    def sample(count: int, seed: int = 0) -> set[str]:
        made = plan("{a|b} cat", colours, seeds(*range(50)), make="sample", sample_count=count, sample_seed=seed)
        return set(told(made))

    assert len(sample(20)) == 20
    assert sample(20) == sample(20)
    assert sample(20) < sample(40)
    assert sample(20) != sample(20, seed=1)
    assert len(sample(9_999)) == 500


def test_leaving_out_a_cell_of_a_sample_puts_no_other_in_its_place() -> None:
    made = plan("a cat", seeds(*range(100)), make="sample", sample_count=10)
    chosen = {cell.place for cell in sweep_cells(made)}
    one = next(iter(chosen))
    fewer = made.model_copy(update={"left_out": frozenset({one})})
    assert {cell.place for cell in sweep_cells(fewer)} == chosen - {one}


def test_positions_of_a_stored_sweep_never_move() -> None:
    """What is on disk names cells by position: should this fail, old sweeps would send cells twice."""
    sampled = plan("{a|b} cat", words(*"abcdef"), seeds(*range(6)), make="sample", sample_count=6, sample_seed=3)
    assert told(sampled) == GOLDEN_SAMPLE
    large = [words(*"abcdefghij", choice=choice) for choice in range(6)]
    drawn = plan("{a|b}" * 6 + " cat", *large, make="sample", sample_count=4, sample_seed=3)
    assert told(drawn) == GOLDEN_DRAWN
    mixed = plan("{a|b} cat", words("red", "blue", "green"), seeds(1, 2), order="random", targets=(OPENAI, GEMINI))
    assert told(mixed) == GOLDEN_ORDER


GOLDEN_SAMPLE = [
    "a cat 5 openai",
    "b cat 0 openai",
    "b cat 3 openai",
    "c cat 3 openai",
    "d cat 3 openai",
    "e cat 1 openai",
]
GOLDEN_DRAWN = ["aiccje cat  openai", "cfdgga cat  openai", "fhgahf cat  openai", "iegbgi cat  openai"]
GOLDEN_ORDER = [
    "blue cat 2 openai",
    "blue cat 2 gemini",
    "green cat 2 openai",
    "green cat 2 gemini",
    "blue cat 1 openai",
    "blue cat 1 gemini",
    "green cat 1 openai",
    "green cat 1 gemini",
    "red cat 2 openai",
    "red cat 2 gemini",
    "red cat 1 openai",
    "red cat 1 gemini",
]


@pytest.mark.parametrize("seed_count", [10, 20_000])
def test_a_sample_keeps_to_the_weights(seed_count: int) -> None:
    """Both ways to draw: from a list of all combinations, and value by value."""
    heavy = words("often", "seldom", weights=(9.0, 1.0))
    counted: Counter[str] = Counter()
    for seed in range(20):
        axis = words(*(str(number) for number in range(seed_count)), choice=1)
        made = plan("{a|b} {c|d}", heavy, axis, words("x", "y", "z", "v", "w", "u", choice=2), make="sample")
        made = made.model_copy(update={"sample_count": 12, "sample_seed": seed})
        made = made.model_copy(update={"request": GenerationRequest(prompt="{a|b} {c|d} {e|f}")})
        counted.update(cell.request.prompt.partition(" ")[0] for cell in sweep_cells(made))
    assert 0.75 < counted["often"] / counted.total() < 0.97


def test_weights_that_hide_almost_everything_still_give_the_whole_sample() -> None:
    heavy = tuple(words("often", *"abcdefghi", choice=choice, weights=(1e6,) + (1e-6,) * 9) for choice in range(6))
    made = plan("{a|b}" * 6 + " cat", *heavy, make="sample", sample_count=25)
    assert len(sweep_cells(made)) == 25


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=4),
    st.lists(st.sampled_from(["rows", "columns", "across", "down"]), min_size=5, max_size=5),
    st.sampled_from(["rows", "columns", "random"]),
    st.booleans(),
)
def test_every_order_has_each_cell_once(
    counts: list[int], places: list[AxisPlace], order: SweepOrder, target_axis: bool
) -> None:
    axes = [
        words(*(f"v{value}" for value in range(count)), choice=choice, place=place)
        for choice, (count, place) in enumerate(zip(counts, places, strict=False))
    ]
    both = (OPENAI, GEMINI)
    if target_axis:
        axes.insert(0, targets(*both, place=places[-1]))
    made = plan("{a|b} " * len(counts), *axes, order=order, targets=() if target_axis else both)
    cells = sweep_cells(made)
    assert len({(cell.place, cell.target_index) for cell in cells}) == len(cells) == made.combination_count
    assert [cell.position for cell in cells] == list(range(len(cells)))
    assert all(cell.target in both for cell in cells)
    assert SweepPlan.model_validate_json(made.model_dump_json()) == made


def test_a_plan_survives_being_stored() -> None:
    made = plan(
        "a {red|blue} cat",
        words("red", "blue"),
        SweepAxis(
            kind="size",
            place="across",
            values=(SweepValue(label="wide", size=Size.of(1536, 1024)), SweepValue(label="2K", size="2K")),
        ),
        SweepAxis(
            kind="option",
            place="down",
            option="quality",
            values=(
                SweepValue(label="high", option="high"),
                SweepValue(label="on", option=True),
                SweepValue(label="3", option=3),
                SweepValue(label="0.5", option=0.5),
            ),
        ),
        targets(OPENAI, GEMINI),
        left_out=frozenset({(0, 1, 0, 0), (1, 1, 2, 1)}),
    )
    again = SweepPlan.model_validate_json(made.model_dump_json())
    assert again == made
    assert sweep_cells(again) == sweep_cells(made)
    assert [type(value.option) for value in again.axes[2].values] == [str, bool, int, float]
