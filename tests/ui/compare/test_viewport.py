"""One view for images of different sizes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from studio.ui.compare.levels import level_for, patch_around
from studio.ui.compare.panes import columns_and_rows, panes
from studio.ui.compare.viewport import FIT, Frame, Viewport

BIG = QSizeF(4096, 4096)
PANE = QRectF(0, 0, 500, 500)


def frame(key: int, size: QSizeF, pane: QRectF = PANE, pixel_ratio: float = 1.0) -> Frame:
    return Frame(key, pane, size, BIG, pixel_ratio)


def part_at(viewport: Viewport, one: Frame, point: QPointF) -> tuple[float, float]:
    target = viewport.target(one)
    return (point.x() - target.left()) / target.width(), (point.y() - target.top()) / target.height()


def test_different_sizes_line_up_at_every_zoom() -> None:
    viewport = Viewport()
    large, small = frame(1, BIG), frame(2, QSizeF(1024, 1024))
    for zoom, at in ((0.5, QPointF(100, 380)), (1.0, QPointF(20, 20)), (7.3, QPointF(444, 250))):
        viewport.set_zoom(large, zoom, at)
        assert viewport.target(large) == viewport.target(small)


def test_one_to_one_is_pixel_for_pixel_at_any_density() -> None:
    viewport = Viewport()
    for pixel_ratio in (1.0, 1.25, 2.0):
        one = frame(1, BIG, pixel_ratio=pixel_ratio)
        viewport.set_zoom(one, 1.0)
        target = viewport.target(one)
        assert viewport.image_scale(one) == pytest.approx(1.0)
        assert target.left() * pixel_ratio == pytest.approx(round(target.left() * pixel_ratio))


def test_zoom_keeps_what_is_under_the_pointer() -> None:
    viewport = Viewport()
    one, pointer = frame(1, BIG), QPointF(130, 410)
    viewport.set_zoom(one, 0.4, QPointF(250, 250))
    before = part_at(viewport, one, pointer)
    viewport.set_zoom(one, 1.7, pointer)
    assert part_at(viewport, one, pointer) == pytest.approx(before, abs=0.002)


def test_a_pane_can_be_moved_against_the_others() -> None:
    viewport = Viewport()
    first, second = frame(1, BIG), frame(2, BIG)
    viewport.set_zoom(first, 0.5)
    viewport.move_pane(second, QPointF(30, -10))
    moved = viewport.target(second).topLeft() - viewport.target(first).topLeft()
    assert (moved.x(), moved.y()) == pytest.approx((30, -10), abs=1)
    viewport.set_zoom(first, 1.0)
    moved = viewport.target(second).topLeft() - viewport.target(first).topLeft()
    assert (moved.x(), moved.y()) == pytest.approx((60, -20), abs=1)
    viewport.reset_offsets()
    assert viewport.target(second) == viewport.target(first)


def test_zooming_apart_and_together_again() -> None:
    viewport = Viewport()
    first, second = frame(1, BIG), frame(2, BIG)
    viewport.set_together(False, 1)
    viewport.set_zoom(second, 2.0)
    assert viewport.view(1).zoom == FIT
    assert viewport.view(2).zoom == 2.0
    viewport.set_together(True, 2)
    assert viewport.view(1).zoom == viewport.view(2).zoom == 2.0
    assert viewport.zoom(first) == 2.0


def test_what_fits_is_not_dragged_away() -> None:
    viewport = Viewport()
    one = frame(1, BIG)
    viewport.pan(one, QPointF(200, 0))
    assert viewport.seen(one) == QRectF(0, 0, 1, 1)


@pytest.mark.parametrize(
    ("count", "grid"), [(1, (1, 1)), (2, (2, 1)), (3, (2, 2)), (4, (2, 2)), (5, (3, 2)), (6, (3, 2)), (9, (3, 3))]
)
def test_panes_are_equal_and_apart(count: int, grid: tuple[int, int]) -> None:
    assert columns_and_rows(count) == grid
    boxes = panes(QRectF(0, 0, 1151, 693), count)
    assert len({(box.width(), box.height()) for box in boxes}) == 1
    for i, box in enumerate(boxes):
        assert QRectF(0, 0, 1151, 693).contains(box)
        assert not any(box.intersects(other) for other in boxes[:i])


@pytest.mark.parametrize(("scale", "level"), [(2.0, 0), (1.0, 0), (0.51, 0), (0.5, 1), (0.3, 1), (0.25, 2), (0.1, 3)])
def test_the_smallest_level_that_is_not_enlarged(scale: float, level: int) -> None:
    assert level_for(scale, 4096, 4096) == level


def test_a_thin_image_keeps_a_pixel() -> None:
    assert level_for(0.001, 1, 20_000) == 0
    assert 4 >> level_for(0.0001, 4, 20_000) >= 1


def test_a_patch_covers_what_is_seen_and_stays_inside() -> None:
    x, y, wide, high = patch_around(QRectF(3900, 10, 480, 240), 4096, 4096)
    assert x <= 3900
    assert y == 0
    assert x + wide == 4096
    assert y + high >= 250
