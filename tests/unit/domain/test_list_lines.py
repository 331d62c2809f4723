"""Lines of a list file stay where they stand while its values change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.choices import ChoiceValue
from studio.domain.list_lines import lines_with_values, value_of_line

FILE = ["# Colours", "", "red", "# warm", "  3::orange ", "yellow", "", "# cold", "blue", "# end"]


def values(*texts: str) -> list[ChoiceValue]:
    return [ChoiceValue(text) for text in texts]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ([ChoiceValue("red"), ChoiceValue("orange", 3), *values("yellow", "blue")], FILE),
        (
            [ChoiceValue("red"), ChoiceValue("orange", 2), *values("yellow", "blue")],
            [*FILE[:4], "2::orange", *FILE[5:]],
        ),
        (
            [ChoiceValue("red"), ChoiceValue("orange", 3), *values("yellow", "teal", "blue")],
            ["# Colours", "", "red", "# warm", "  3::orange ", "yellow", "teal", "", "# cold", "blue", "# end"],
        ),
        (values("red", "blue"), ["# Colours", "", "red", "# warm", "", "# cold", "blue", "# end"]),
        (values("crimson", "orange"), ["# Colours", "", "crimson", "# warm", "orange", "", "# cold", "# end"]),
        ([], ["# Colours", "", "# warm", "", "# cold", "# end"]),
    ],
)
def test_every_line_that_is_no_value_keeps_its_place(now: list[ChoiceValue], expected: list[str]) -> None:
    assert lines_with_values(FILE, now) == expected


def test_a_line_that_cannot_be_read_is_kept() -> None:
    assert lines_with_values(["0::two", "one"], values("three")) == ["0::two", "three"]


def test_many_changed_values_are_taken_in_their_order() -> None:
    before = [line for number in range(3_000) for line in (f"# {number}", f"old {number}")]
    after = lines_with_values(before, values(*(f"new {number}" for number in range(2_999))))
    assert after[:3] == ["# 0", "new 0", "# 1"]
    assert after[-2:] == ["new 2998", "# 2999"]


LINES = st.lists(st.sampled_from(["a", "b", "2::a", "# x", "", "0::bad", "  c "]))


@given(LINES, st.lists(st.sampled_from([ChoiceValue("a"), ChoiceValue("a", 2), ChoiceValue("b"), ChoiceValue("d")])))
def test_the_values_read_back_and_no_other_line_is_lost(before: list[str], now: list[ChoiceValue]) -> None:
    after = lines_with_values(before, now)
    assert [value for line in after if line != "0::bad" and (value := value_of_line(line)) is not None] == now

    def others(lines: list[str]) -> list[str]:
        return [line for line in lines if line == "0::bad" or value_of_line(line) is None]

    assert others(after) == others(before)
