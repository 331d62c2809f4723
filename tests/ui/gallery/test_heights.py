"""Places of runs in a long list agree with plain addition."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.ui.gallery.heights import RowHeights

_steps = st.lists(
    st.one_of(
        st.tuples(st.just("measure"), st.integers(0, 700), st.integers(50, 900)),
        st.tuples(st.just("insert"), st.integers(1, 3), st.just(0)),
    ),
    max_size=25,
)


@given(st.integers(1, 700), _steps, st.floats(-100, 400_000))
def test_as_plain_addition(count: int, steps: list[tuple[str, int, int]], y: float) -> None:
    heights = RowHeights()
    heights.reset(count, 400.0)
    plain = [400.0] * count
    for what, one, other in steps:
        if what == "insert":
            heights.insert_on_top(one)
            plain = [400.0] * one + plain
        else:
            row = one % len(plain)
            assert heights.set_height(row, other) == other - plain[row]
            plain[row] = float(other)
    assert heights.total == sum(plain)
    tops = [sum(plain[:row]) for row in range(0, len(plain) + 1, max(1, len(plain) // 7))]
    assert [heights.top(row) for row in range(0, len(plain) + 1, max(1, len(plain) // 7))] == tops
    row = heights.row_at(y)
    assert 0 <= row < len(plain)
    if 0 <= y < sum(plain):
        assert sum(plain[:row]) <= y < sum(plain[: row + 1])


def test_an_empty_list_has_no_row() -> None:
    assert RowHeights().row_at(0) == -1
