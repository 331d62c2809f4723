"""Places of cells, headers and steps of the keyboard agree with going through the whole list."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.ui.gallery.grid_layout import GAP, MARGIN, GridLayout

_sizes = st.lists(st.integers(1, 9), max_size=8)


def laid(loose: int, sizes: list[int], folded: set[int], columns: int) -> GridLayout:
    """Some groups are folded from the start, some later, one is shown again, and the columns change meanwhile."""
    layout = GridLayout()
    places = sorted(group for group in folded if group < len(sizes))
    layout.set_shape(2, 90, 80, 36 if sizes else 0)
    layout.set_rows(loose, sizes, places[::2])
    for group in places[1::2]:
        layout.fold(group, True)
    layout.set_shape(columns, 100, 120, 36 if sizes else 0)
    for group in places[::3]:
        layout.fold(group, False)
    return layout


_layouts = st.builds(laid, st.integers(0, 7), _sizes, st.sets(st.integers(0, 7)), st.integers(1, 4))


def plain(layout: GridLayout) -> tuple[dict[int, tuple[float, float]], list[float], float]:
    """Where each shown cell begins and each header, and where all ends, by plain addition."""
    cells: dict[int, tuple[float, float]] = {}
    headers: list[float] = []
    y = GAP / 2
    for group in range(-1, layout.groups_count):
        if group >= 0:
            headers.append(y)
            y += layout.header_height
        rows = layout.rows_of(group)
        if layout.is_folded(group):
            continue
        for row in rows:
            line, column = divmod(row - rows.start, layout.columns)
            cells[row] = MARGIN + column * 108, y + line * 128
        y += -(-len(rows) // layout.columns) * 128
    return cells, headers, y + GAP / 2


@given(_layouts)
def test_as_plain_addition(layout: GridLayout) -> None:
    cells, headers, height = plain(layout)
    assert layout.height == height
    assert [layout.top(group) for group in range(layout.groups_count)] == headers
    for row in range(layout.count):
        assert row in layout.rows_of(layout.group_of(row))
        assert layout.is_hidden(row) == (row not in cells)
        if row in cells:
            x, y = cells[row]
            assert (layout.cell(row).left(), layout.cell(row).top()) == (x, y)
            assert layout.row_at(x + 1, y + 1) == layout.row_at(x + 99, y + 119) == row
            assert layout.row_at(x + 104, y + 1) == -1
        else:
            assert layout.cell(row).top() == headers[layout.group_of(row)]
    for group, y in enumerate(headers):
        assert layout.header_at(y + 1) == layout.header_at(y + 35) == group
        assert layout.row_at(MARGIN + 1, y + 5) == -1


@given(_sizes.filter(bool), st.integers(0, 7), st.sets(st.integers(0, 7)), st.integers(1, 4), st.data())
def test_a_group_that_grows_is_laid_as_if_it_had_been_so_large(
    sizes: list[int], loose: int, folded: set[int], columns: int, data: st.DataObject
) -> None:
    group = data.draw(st.integers(0, len(sizes) - 1))
    rows = data.draw(st.integers(1 - sizes[group], 9))
    grown = laid(loose, sizes, folded, columns)
    grown.grow(group, rows)
    wanted = laid(loose, [*sizes[:group], sizes[group] + rows, *sizes[group + 1 :]], folded, columns)
    assert plain(grown) == plain(wanted)
    assert (grown.height, grown.count) == (wanted.height, wanted.count)
    assert [grown.group_of(row) for row in range(grown.count)] == [wanted.group_of(row) for row in range(wanted.count)]


@given(_layouts, st.floats(-50, 3_000), st.floats(0, 900))
def test_what_can_be_seen_is_found(layout: GridLayout, top: float, room: float) -> None:
    cells, _, _ = plain(layout)
    touching = {row for row, (_, y) in cells.items() if y <= top + room and y + 120 >= top}
    found = layout.rows_between(top, top + room)
    assert touching <= set(found)
    assert found == sorted(set(found) & set(cells))
    assert len(found) <= len(touching) + 4 * layout.columns


@given(_layouts, st.integers(0, 70), st.integers(0, 70))
def test_ranges_leave_folded_groups_out(layout: GridLayout, one: int, other: int) -> None:
    if not layout.count:
        return
    first, last = sorted((one % layout.count, other % layout.count))
    cells, _, _ = plain(layout)
    rows = [row for begin, end in layout.shown_ranges(first, last) for row in range(begin, end + 1)]
    assert rows == [row for row in range(first, last + 1) if row in cells]


@given(_layouts)
def test_every_stop_is_reached_by_arrows_in_order(layout: GridLayout) -> None:
    if not layout.count:
        return
    cells, _, _ = plain(layout)
    stops = sorted({layout.stop(row) for row in range(layout.count)})
    walked = [stops[0]]
    while (following := layout.beside(walked[-1], 1)) != walked[-1]:
        walked.append(following)
    assert walked == stops
    assert [layout.beside(stop, -1) for stop in stops[1:]] == stops[:-1]
    for stop in stops:
        for step in (-1, 1):
            target = layout.above_or_below(stop, step)
            assert target in stops
            before, after = layout.cell(stop).top(), layout.cell(target).top()
            assert target == stop or (after - before) * step > 0
            between = {cell for _, cell in cells.values() if min(before, after) < cell < max(before, after)}
            assert not between, "no line is jumped over"


@given(_layouts, st.floats(-50, 500), st.floats(-500, 4_000))
def test_turning_a_page_lands_on_a_stop(layout: GridLayout, x: float, y: float) -> None:
    found = layout.near(x, y)
    assert found == -1 if not layout.count else layout.stop(found) == found
