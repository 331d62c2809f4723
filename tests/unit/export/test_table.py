from __future__ import annotations

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from studio.export.table import unguarded, write_table


@given(st.lists(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1))
def test_no_cell_is_a_formula_and_every_cell_comes_back(cells: list[str]) -> None:
    out = io.StringIO(newline="")
    write_table(out, ["header"] * len(cells), [cells])
    _, row = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    assert [unguarded(cell) for cell in row] == cells


def test_numbers_stay_numbers() -> None:
    out = io.StringIO(newline="")
    write_table(out, ["cost", "prompt"], [[-1.5, "=cmd|' /C calc'!A0"], [None, "a, b"]])
    assert out.getvalue() == "cost,prompt\r\n-1.5,'=cmd|' /C calc'!A0\r\n,\"a, b\"\r\n"
