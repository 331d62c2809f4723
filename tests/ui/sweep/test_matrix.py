"""The matrix gives every square its place, whatever it showed before."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pytest
from PySide6.QtWidgets import QApplication

from studio.domain.pricing import Estimate, Money
from studio.domain.sweep_forecast import CellForecast, SweepForecast
from studio.ui.sweep.matrix_view import MatrixView
from studio.ui.sweep.shape import MatrixShape
from studio.ui.sweep.sheet import forecast_sheet
from studio.ui.theme import Theme


@dataclass(frozen=True)
class Axis:
    place: str
    values: tuple[int, ...]


def section_sizes(view: MatrixView, across: int, rows: int) -> tuple[list[int], list[int]]:
    axes = (Axis("columns", (0, 1)), Axis("across", tuple(range(across))), Axis("rows", tuple(range(rows))))
    view.matrix.show_shape(MatrixShape(axes), [], [], set())  # type: ignore[arg-type]  # all that it reads of an axis
    headers = (view.columns, view.rows)
    wide, high = ([header.sectionSize(one) for one in range(header.count())] for header in headers)
    return wide, high


@pytest.fixture
def view(qapp: QApplication, installed_theme: Theme) -> MatrixView:
    return new_view()


def new_view() -> MatrixView:
    view = MatrixView(lambda _key: None)
    view.resize(700, 400)
    return view


def test_sizes_do_not_depend_on_what_was_shown_before(view: MatrixView) -> None:
    for across, rows in ((1, 2), (2, 1), (3, 2), (1, 4), (4, 4), (2, 2)):
        assert section_sizes(view, across, rows) == section_sizes(new_view(), across, rows)


def test_a_column_says_what_its_new_cells_cost_although_others_are_made_already() -> None:
    price, nothing = Money(amount=Decimal("0.06")), Money(amount=Decimal(0))

    def cell(position: int, place: tuple[int, ...], *, made: bool) -> CellForecast:
        return CellForecast(
            position=position,
            place=place,
            target_index=0,
            state="made" if made else "new",
            image_count=1,
            call_count=int(not made),
            estimate=Estimate(typical=nothing if made else price),
        )

    cells = (
        *(cell(0, (0, 0), made=True), cell(1, (1, 0), made=False)),
        *(cell(2, (0, 1), made=True), cell(3, (1, 1), made=True)),
    )
    axes = (Axis("rows", (0, 1)), Axis("columns", (0, 1)))
    forecast = SweepForecast(cells, (), (price,), (price,), None, None)
    sheet = forecast_sheet(forecast, MatrixShape(axes))  # type: ignore[arg-type]  # all that it reads of an axis
    assert sheet.column_prices == {0: (price, price), 1: (nothing, nothing)}
    assert sheet.row_images == {0: 2, 1: 2}
