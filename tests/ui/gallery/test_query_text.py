"""Search text becomes chips and back, and chips become a query."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.bootstrap import LibraryQuery
from studio.ui.gallery.filter_query import to_query
from studio.ui.gallery.filter_words import chip_words
from studio.ui.gallery.query_text import (
    FIELDS,
    SINGLE,
    Filter,
    is_valid,
    joined,
    look_parts,
    look_value,
    parse_query,
    write_query,
)

NOW = datetime(2026, 11, 21, 14, 30, tzinfo=timezone(timedelta(hours=8)))

_SAMPLES = {
    "run": ["48", "40-48"],
    "date": ["today", "month", "2026-11-20", "2026-11-01..2026-11-20", "2026-11", "..2026-11-01", "2026-10-01.."],
    "rating": ["0", "3+", "2-4", "5"],
    "sweep": ["3", "12"],
    "state": ["done", "failed", "uncertain"],
    "size": ["1024x1536", "512×512"],
    "ratio": ["4:5", "16:9"],
    "seed": ["48213", "0"],
    "cost": ["<0.05", ">1", "0.02-0.10", "3"],
    "rejected": ["yes", "no"],
    "similar": ["1784211904001", "00f0e1d2c3b4a596-1f0a2b", '00f0e1d2c3b4a596-1f0a2b-my "old" photo, 3.png'],
    "colour": ["#a04030", "#ffffff"],
}
_free = st.text(min_size=1, max_size=12).filter(lambda text: text.strip() == text and text.isprintable())


@st.composite
def _filters(draw: st.DrawFn) -> tuple[Filter, ...]:
    fields = draw(st.lists(st.sampled_from([field for field in FIELDS if field != "text"]), unique=True))
    chips = []
    for field in fields:
        values = st.sampled_from(_SAMPLES[field]) if field in _SAMPLES else _free
        most = 1 if field in SINGLE else 3
        chips.append(Filter(field, tuple(draw(st.lists(values, min_size=1, max_size=most, unique=True)))))
    words = draw(st.lists(st.sampled_from(["vase", "two", '"late sun"', "花瓶", "a:b", "50"]), max_size=3))
    if words:
        chips.append(Filter("text", (" ".join(words),)))
    return tuple(chips)


@given(_filters())
def test_what_is_written_is_read_again(chips: tuple[Filter, ...]) -> None:
    assert parse_query(write_query(chips)) == chips


@given(st.text(max_size=80))
def test_any_text_is_understood_and_only_valid_values_become_chips(text: str) -> None:
    for chip in parse_query(text):
        assert chip.values
        assert all(is_valid(chip.field, value) for value in chip.values)


@given(st.text(max_size=60))
def test_any_text_makes_a_query(text: str) -> None:
    assert isinstance(to_query(parse_query(text), {}, now=NOW), LibraryQuery)


def test_the_example_of_the_specification() -> None:
    assert parse_query("vase model:qwen rating:3+ pears") == (
        Filter("model", ("qwen",)),
        Filter("rating", ("3+",)),
        Filter("text", ("vase pears",)),
    )


@pytest.mark.parametrize("text", ["rating:9", "date:soon", "size:big", "colon: in a prompt", "http://a.b", "model:"])
def test_what_a_field_does_not_understand_stays_words(text: str) -> None:
    assert parse_query(text) == (Filter("text", (text,)),)


def test_chinese_names_and_colon() -> None:
    assert parse_query("评分：4+ 标签:秋季,主视觉") == (Filter("rating", ("4+",)), Filter("tag", ("秋季", "主视觉")))


def test_chips_and_search_are_put_together() -> None:
    chips = joined([Filter("tag", ("a",)), Filter("rating", ("2+",))], parse_query("tag:b rating:4 vase"))
    assert chips == (Filter("tag", ("a", "b")), Filter("rating", ("4",)), Filter("text", ("vase",)))


def test_days_are_those_of_the_user() -> None:
    query = to_query(parse_query("date:today"), {}, now=NOW.astimezone())
    assert query.since is not None
    assert query.until is not None
    assert query.since.astimezone().hour == 0
    assert query.since <= NOW < query.until


def test_what_looks_like_an_image_comes_in_that_order() -> None:
    query = to_query(parse_query("similar:1784211904001"), {}, now=NOW)
    assert (query.similar_to, query.sort) == (1784211904001, "similarity")


def test_a_picture_from_elsewhere_is_a_value_like_any_other() -> None:
    value = look_value(2**64 - 1, 0x1F0A2B, 'late "sun", 花.png')
    chips = parse_query(write_query([Filter("similar", (value,))]))
    query = to_query(chips, {}, now=NOW)
    assert query.like is not None
    assert (query.like.hash, query.like.colour, query.sort) == (2**64 - 1, 0x1F0A2B, "similarity")
    assert query.similar_to is None
    assert chip_words(chips[0], {}) == ("Similar", 'late "sun", 花.png')
    assert look_parts("1784211904001") is None


def test_the_bin_stands_alone_among_the_states() -> None:
    chip = Filter("state", ("done", "cached")).with_value("trash", on=True)
    assert chip.values == ("trash",)
    assert chip.with_value("done", on=True).values == ("done",)
    query = to_query(parse_query("state:trash"), {}, now=NOW)
    assert (query.trashed, query.states) == (True, ())
    assert not to_query(parse_query("state:done"), {}, now=NOW).trashed


def test_collections_sweeps_and_notes() -> None:
    query = to_query(parse_query('收藏集:"Late autumn",最佳 组合实验:3,4 备注:"for them"'), {}, now=NOW)
    assert query.collection_names == ("Late autumn", "最佳")
    assert query.sweeps == (3, 4)
    assert query.note == "for them"


def test_ranges_and_limits() -> None:
    query = to_query(parse_query("run:7-9,12 rating:2-4 cost:<0.05 size:512×768 ratio:4:5 seed:7"), {}, now=NOW)
    assert query.runs == (7, 8, 9, 12)
    assert (query.rating_min, query.rating_max) == (2, 4)
    assert query.cost_min is None
    assert str(query.cost_max) == "$0.050"
    assert [str(size) for size in query.sizes] == ["512x768"]
    assert [str(ratio) for ratio in query.ratios] == ["4:5"]
    assert query.seeds == (7,)
