"""Sizes: whatever is wished for, the model can draw it, nothing nearer exists, and a change is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.assets import AspectRatio, ReferenceImage, Size, SizeName
from studio.domain.capability import Capability, ModelSpec, SizeFree, SizeList, SizeOwn, SizeRatio, SizeRule
from studio.domain.fit_size import FittedSize, distance, fit_size, is_allowed, same_ratio, solve_free
from studio.domain.request import GenerationRequest
from studio.domain.values import BlobHash
from tests.unit.domain.strategies import free_rules, list_rules, ratio_rules, ratios, size_wishes, sizes


def fitted(rule: SizeRule, size: Size | SizeName = "auto", ratio: AspectRatio | None = None) -> FittedSize:
    model = ModelSpec(id="draw", title="Draw", capability=Capability(size=rule))
    return fit_size(GenerationRequest(prompt="p", size=size, aspect_ratio=ratio), model)


def codes(result: FittedSize) -> list[str]:
    return [notice.code for notice in result.notices]


@given(sizes(), free_rules())
def test_a_free_model_gets_an_allowed_size_whatever_is_wished_for(wished: Size, rule: SizeFree) -> None:
    assert is_allowed(solve_free(wished, rule), rule)


@given(sizes(), free_rules())
def test_an_allowed_size_stays_as_it_is(wished: Size, rule: SizeFree) -> None:
    solved = solve_free(wished, rule)
    assert solve_free(solved, rule) == solved


@given(wished=sizes(1, 1500), multiple=st.sampled_from([16, 32, 64]), ratio_max=st.sampled_from([1.0, 1.5, 2.0, 3.0]))
def test_no_allowed_size_is_nearer(wished: Size, multiple: int, ratio_max: float) -> None:
    rule = SizeFree(
        multiple_px=multiple,
        edge_min_px=128,
        edge_max_px=1024,
        area_min_px=256 * 256,
        area_max_px=800 * 800,
        ratio_max=ratio_max,
    )
    steps = range(multiple, 1024 + 1, multiple)
    nearest = min(
        (size for width in steps for height in steps if is_allowed(size := Size.of(width, height), rule)),
        key=lambda size: distance(size, wished),
    )
    assert distance(solve_free(wished, rule), wished) <= distance(nearest, wished) + 1e-9


@given(size_wishes(), st.none() | ratios(), free_rules() | list_rules() | ratio_rules())
def test_a_change_of_the_size_is_told(
    wished: Size | SizeName, ratio: AspectRatio | None, rule: SizeFree | SizeList | SizeRatio
) -> None:
    result = fitted(rule, wished, ratio)
    fields = {notice.field for notice in result.notices}
    if isinstance(wished, Size) and wished not in (result.size, result.expected):
        assert "size" in fields
    if isinstance(wished, str) and wished not in ("auto", result.size):
        assert "size" in fields
    if ratio is not None:
        made = result.aspect_ratio.value if result.aspect_ratio is not None else None
        if made is None and isinstance(result.size, Size):
            made = result.size.ratio
        assert "aspect_ratio" in fields or made is None or same_ratio(made, ratio.value)


@given(size_wishes(), st.none() | ratios(), free_rules() | list_rules() | ratio_rules())
def test_what_is_sent_is_what_the_model_takes(
    wished: Size | SizeName, ratio: AspectRatio | None, rule: SizeFree | SizeList | SizeRatio
) -> None:
    result = fitted(rule, wished, ratio)
    if isinstance(rule, SizeList):
        assert result.size in rule.sizes or (rule.takes_auto and result.size == "auto")
        assert result.aspect_ratio is None
    elif isinstance(rule, SizeFree):
        assert result.aspect_ratio is None
        if isinstance(result.size, Size):
            assert is_allowed(result.size, rule)
        else:
            assert result.size in rule.size_names or (rule.takes_auto and result.size == "auto")
    else:
        assert result.size is None or result.size in rule.size_names
        if result.aspect_ratio is not None and rule.ratios:
            assert result.aspect_ratio in rule.ratios
        elif result.aspect_ratio is not None:
            assert 1 / rule.ratio_max - 1e-9 <= result.aspect_ratio.value <= rule.ratio_max + 1e-9


GPT = SizeFree(
    multiple_px=16, edge_max_px=3840, area_min_px=655_360, area_max_px=8_294_400, ratio_max=3, takes_auto=True
)


@pytest.mark.parametrize(
    ("wished", "used"),
    [("1024x1024", "1024x1024"), ("1000x1000", "1008x1008"), ("4096x4096", "2880x2880"), ("100x100", "816x816")],
)
def test_sizes_a_free_model_makes(wished: str, used: str) -> None:
    assert solve_free(Size.parse(wished), GPT) == Size.parse(used)


def test_a_very_wide_wish_keeps_as_much_of_its_ratio_as_allowed() -> None:
    assert solve_free(Size.of(4000, 500), GPT).ratio == pytest.approx(3, rel=0.02)


def test_pixels_outrank_a_ratio_that_contradicts_them() -> None:
    result = fitted(GPT, Size.of(1024, 1024), AspectRatio(width=16, height=9))
    assert result.size == Size.of(1024, 1024)
    assert codes(result) == ["ratio_outranked"]


def test_a_ratio_that_the_pixels_have_anyway_is_no_matter() -> None:
    assert codes(fitted(GPT, Size.of(2560, 1440), AspectRatio(width=16, height=9))) == []


def test_a_ratio_with_an_exact_size_of_its_own_in_any_terms() -> None:
    rule = GPT.model_copy(update={"ratio_sizes": {"16:9": Size.of(1536, 864)}})
    for ratio in ("16:9", "32:18", "1920:1080"):
        assert fitted(rule, "auto", AspectRatio.parse(ratio)).size == Size.of(1536, 864)


def test_a_class_of_size_becomes_pixels_where_the_model_has_no_classes() -> None:
    result = fitted(GPT, "2K", AspectRatio(width=1, height=1))
    assert result.size == Size.of(2048, 2048)
    assert codes(result) == ["ratio_solved", "size_name_solved"]


def test_a_class_of_size_with_exact_sizes_of_its_own() -> None:
    rule = GPT.model_copy(update={"class_sizes": {"4K": {"4:3": Size.of(3264, 2448)}}})
    assert fitted(rule, "4K", AspectRatio(width=8, height=6)).size == Size.of(3264, 2448)
    assert fitted(rule, "2K", AspectRatio(width=1, height=1)).size == Size.of(2048, 2048)
    assert fitted(rule, "4K", AspectRatio(width=16, height=9)).size == Size.of(3840, 2160)


def test_an_experimental_size_is_named_as_such() -> None:
    rule = GPT.model_copy(update={"experimental_above_px": 2560 * 1440})
    assert codes(fitted(rule, Size.of(2880, 2880))) == ["size_experimental"]


def test_a_model_of_ratios_tells_what_becomes_of_pixels() -> None:
    rule = SizeRatio(
        ratios=(AspectRatio(width=1, height=1), AspectRatio(width=16, height=9)),
        size_names=("1K", "2K"),
        default_size_name="1K",
        table={"1K": {"16:9": Size.of(1376, 768)}},
    )
    exact = fitted(rule, Size.of(1376, 768))
    assert (exact.size, str(exact.aspect_ratio), codes(exact)) == ("1K", "16:9", ["size_as_ratio"])
    other = fitted(rule, Size.of(1920, 1080))
    assert (other.expected, codes(other)) == (Size.of(1376, 768), ["size_adjusted"])


def test_a_ratio_past_the_limit_becomes_the_limit_itself() -> None:
    result = fitted(SizeRatio(ratio_max=2.35), "auto", AspectRatio(width=5, height=1))
    assert result.aspect_ratio is not None
    assert result.aspect_ratio.value == pytest.approx(2.35)
    tall = fitted(SizeRatio(ratio_max=2.35), "auto", AspectRatio(width=1, height=5))
    assert tall.aspect_ratio is not None
    assert 1 / tall.aspect_ratio.value == pytest.approx(2.35)


@pytest.mark.parametrize("name", ["auto", "2K"])
def test_a_ratio_is_found_in_the_table_as_vendors_write_it(name: SizeName) -> None:
    """21:9 is 7:3 in lowest terms, and 42:18 is nobody's spelling of it."""
    table = {"21:9": Size.of(1512, 648), "16:9": Size.of(1280, 720)}
    rule = SizeFree(ratio_sizes=table, class_sizes={"2K": table})
    assert fitted(rule, name, AspectRatio.parse("21:9")).size == Size.of(1512, 648)
    assert fitted(rule, name, AspectRatio.parse("32:18")).size == Size.of(1280, 720)


def test_a_model_that_decides_alone_tells_what_it_ignores() -> None:
    assert fitted(SizeOwn()) == FittedSize(None, None, None, ())
    both = fitted(SizeOwn(), Size.of(1024, 1024), AspectRatio(width=16, height=9))
    assert (both[:3], codes(both)) == ((None, None, None), ["size_ignored", "ratio_ignored"])


def test_sizes_of_the_vendors_own_table_may_break_his_rule() -> None:
    table = {"1:1": Size.of(1280, 1280), "16:9": Size.of(1696, 960)}
    rule = SizeFree(area_min_px=1280**2, area_max_px=1440**2, ratio_sizes=table)
    assert fitted(rule, Size.of(1696, 960)) == FittedSize(Size.of(1696, 960), None, Size.of(1696, 960), ())
    assert is_allowed(solve_free(Size.of(1696, 961), rule), rule)


def test_what_is_worked_out_is_rounded_more_coarsely_than_what_is_typed() -> None:
    rule = SizeFree(area_max_px=2048**2, ratio_sizes={"1:1": Size.of(2048, 2048)})
    rule = rule.model_copy(update={"solved_multiple_px": 16})
    assert fitted(rule, Size.of(1001, 777)).size == Size.of(1001, 777)
    solved = fitted(rule, "auto", AspectRatio(width=17, height=3)).size
    assert isinstance(solved, Size)
    assert (solved.width % 16, solved.height % 16) == (0, 0)
    assert solved.area_px > 0.9 * 2048**2, "other ratios have the area of the table's square"


def beside(rule: SizeFree, *shapes: tuple[int, int], size: Size | SizeName = "auto") -> FittedSize:
    images = tuple(
        ReferenceImage(blob=BlobHash("0" * 64), media_type="image/png", width=width, height=height, size_bytes=9)
        for width, height in shapes
    )
    capability = Capability(size=rule, reference_image="native", references_max=2)
    wish = GenerationRequest(prompt="p", size=size, reference_image=images)
    return fit_size(wish, ModelSpec(id="draw", title="Draw", capability=capability))


def test_the_automatic_size_follows_the_last_reference_that_is_used() -> None:
    rule = SizeFree(area_max_px=2048**2, auto_follows_reference=True, ratio_sizes={"16:9": Size.of(2688, 1536)})
    shaped = beside(rule, (50, 50), (64_000, 36_000), (9, 99))
    assert (shaped.size, codes(shaped)) == (Size.of(2688, 1536), ["size_from_reference"])
    assert beside(rule, (1365, 768)).size == Size.of(2688, 1536), "nearly a ratio of the table is one"
    assert codes(beside(rule)) == ["size_auto_replaced"]
    assert codes(beside(rule, (50, 50), size=Size.of(512, 512))) == []


def test_references_may_lower_the_largest_size() -> None:
    rule = SizeFree(
        area_max_px=4096**2,
        area_max_with_references_px=2048**2,
        size_names=("2K", "4K"),
        class_sizes={"4K": {"1:1": Size.of(4096, 4096)}},
    )
    assert beside(rule, size="4K").size == "4K"
    assert beside(rule, (50, 50), size="4K").size == Size.of(2048, 2048)
    assert beside(rule, (50, 50), size="2K").size == "2K"
    assert beside(rule, (50, 50), size=Size.of(4096, 4096)).size == Size.of(2048, 2048)
