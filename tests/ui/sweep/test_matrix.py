"""The matrix gives every square its place, whatever it showed before."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from PySide6.QtWidgets import QApplication

from studio.ui.sweep.matrix_view import MatrixView
from studio.ui.sweep.shape import MatrixShape
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
