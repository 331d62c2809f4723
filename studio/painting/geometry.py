"""Outlines as lists of points. One unit is the shorter side of the picture; y grows downwards."""

from __future__ import annotations

import itertools
import math
import random
from collections.abc import Iterable, Sequence

Point = tuple[float, float]
Outline = tuple[Point, ...]


def smooth(points: Sequence[Point], *, closed: bool = True, steps: int = 8) -> Outline:
    """A Catmull-Rom curve through the points."""
    count = len(points)
    if count < 3:
        return tuple(points)
    curve: list[Point] = []
    for index in range(count if closed else count - 1):
        if closed:
            p0, p1, p2, p3 = (points[(index + offset) % count] for offset in (-1, 0, 1, 2))
        else:
            p0, p1, p2, p3 = (points[min(count - 1, max(0, index + offset))] for offset in (-1, 0, 1, 2))
        for step in range(steps):
            t = step / steps
            curve.append((_catmull((p0[0], p1[0], p2[0], p3[0]), t), _catmull((p0[1], p1[1], p2[1], p3[1]), t)))
    if not closed:
        curve.append(points[-1])
    return tuple(curve)


def _catmull(knots: tuple[float, float, float, float], t: float) -> float:
    a, b, c, d = knots
    return 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t * t + (3 * b - a - 3 * c + d) * t * t * t)


def ellipse(cx: float, cy: float, rx: float, ry: float | None = None, *, start: float = 0, end: float = 360) -> Outline:
    """An ellipse, or the arc of it from ``start`` to ``end`` degrees (0 is right, 90 is down)."""
    ry = rx if ry is None else ry
    steps = max(8, round(72 * abs(end - start) / 360))
    last = steps if abs(end - start) < 360 else steps - 1
    angles = (math.radians(start + (end - start) * step / steps) for step in range(last + 1))
    return tuple((cx + rx * math.cos(angle), cy + ry * math.sin(angle)) for angle in angles)


def box(left: float, top: float, right: float, bottom: float) -> Outline:
    """A rectangle."""
    return ((left, top), (right, top), (right, bottom), (left, bottom))


def rounded(left: float, top: float, right: float, bottom: float, radius: float) -> Outline:
    """A rectangle with round corners."""
    radius = min(radius, abs(right - left) / 2, abs(bottom - top) / 2)
    corners = (
        (right - radius, top + radius, -90),
        (right - radius, bottom - radius, 0),
        (left + radius, bottom - radius, 90),
        (left + radius, top + radius, 180),
    )
    points: list[Point] = []
    for cx, cy, start in corners:
        points.extend(ellipse(cx, cy, radius, start=start, end=start + 90))
    return tuple(points)


def arch(left: float, right: float, foot: float, spring: float) -> Outline:
    """A doorway whose round head starts at ``spring`` and whose sides stand on ``foot``."""
    radius = (right - left) / 2
    return (*ellipse(left + radius, spring, radius, start=180, end=360), (right, foot), (left, foot))


def turned(profile: Sequence[Point], *, steps: int = 8, crisp: bool = False) -> Outline:
    """The silhouette of a body turned on a lathe; ``profile`` holds (radius, y) from top to foot."""
    side = tuple(profile) if crisp else smooth(profile, closed=False, steps=steps)
    side = tuple((max(0.0, radius), y) for radius, y in side)
    return (*side, *((-radius, y) for radius, y in reversed(side)))


def stroke(points: Sequence[Point], start: float, end: float | None = None) -> Outline:
    """A line as an outline, ``start`` thick at its beginning and ``end`` at its end."""
    end = start if end is None else end
    left: list[Point] = []
    right: list[Point] = []
    count = len(points)
    for index, (x, y) in enumerate(points):
        before, after = points[max(0, index - 1)], points[min(count - 1, index + 1)]
        dx, dy = after[0] - before[0], after[1] - before[1]
        length = math.hypot(dx, dy) or 1.0
        half = (start + (end - start) * index / max(1, count - 1)) / 2
        left.append((x - dy / length * half, y + dx / length * half))
        right.append((x + dy / length * half, y - dx / length * half))
    return (*left, *reversed(right))


def leaf(x: float, y: float, length: float, width: float, angle: float, *, bend: float = 0.0) -> Outline:
    """A pointed leaf growing from (x, y) towards ``angle`` degrees."""
    profile = (
        (0.0, 0.0),
        (0.25, 0.42),
        (0.55, 0.5),
        (0.85, 0.24),
        (1.0, 0.0),
        (0.85, -0.24),
        (0.55, -0.5),
        (0.25, -0.42),
    )
    points = [(along * length, across * width + bend * length * along * along) for along, across in profile]
    return moved(smooth(points, steps=4), x, y, turn=angle)


def blob(
    rng: random.Random, cx: float, cy: float, rx: float, ry: float, *, wobble: float = 0.12, lobes: int = 9
) -> Outline:
    """A soft irregular round outline."""
    points = []
    for index in range(lobes):
        angle = 2 * math.pi * index / lobes
        reach = 1 + rng.uniform(-wobble, wobble)
        points.append((cx + rx * reach * math.cos(angle), cy + ry * reach * math.sin(angle)))
    return smooth(points, steps=6)


def rough_line(
    rng: random.Random,
    left: float,
    right: float,
    *,
    level: float,
    swing: float,
    roughness: float = 0.5,
    bumps: int = 4,
    depth: int = 7,
) -> Outline:
    """A mountain line by midpoint displacement: ``swing`` is its height, ``roughness`` how ragged it is (0..1)."""
    heights = [rng.uniform(-0.5, 0.5) for _ in range(bumps)]
    if roughness < 0.3:
        return _rolling_line(rng, heights, (left, right), level=level, swing=swing)
    step = 0.6
    for _ in range(depth):
        finer: list[float] = []
        for one, two in itertools.pairwise(heights):
            finer += [one, (one + two) / 2 + rng.uniform(-0.5, 0.5) * step]
        heights = [*finer, heights[-1]]
        step *= 0.25 + 0.33 * roughness
    low, high = min(heights), max(heights)
    span = (high - low) or 1.0
    last = len(heights) - 1
    return tuple(
        (left + (right - left) * index / last, level - swing * (height - low) / span)
        for index, height in enumerate(heights)
    )


def _rolling_line(
    rng: random.Random, heights: list[float], span_x: tuple[float, float], *, level: float, swing: float
) -> Outline:
    """Gentle hills: the same kind of line without any corner."""
    left, right = span_x
    finer: list[float] = []
    for one, two in itertools.pairwise(heights):
        finer += [one, (one + two) / 2 + rng.uniform(-0.2, 0.2)]
    finer.append(heights[-1])
    low, span = min(finer), (max(finer) - min(finer)) or 1.0
    last = len(finer) - 1
    return smooth(
        [
            (left + (right - left) * index / last, level - swing * (height - low) / span)
            for index, height in enumerate(finer)
        ],
        closed=False,
        steps=20,
    )


def height_at(line: Sequence[Point], x: float) -> float:
    """The y of a left-to-right line at ``x``."""
    if x <= line[0][0]:
        return line[0][1]
    low, high = 0, len(line) - 1
    while high - low > 1:
        middle = (low + high) // 2
        if line[middle][0] <= x:
            low = middle
        else:
            high = middle
    (x0, y0), (x1, y1) = line[low], line[high]
    if x >= x1:
        return y1
    return y0 + (y1 - y0) * (x - x0) / ((x1 - x0) or 1.0)


def moved(
    points: Iterable[Point],
    x: float = 0.0,
    y: float = 0.0,
    *,
    scale: float = 1.0,
    turn: float = 0.0,
    flip: bool = False,
) -> Outline:
    """The outline flipped, scaled, turned by ``turn`` degrees and then moved."""
    angle = math.radians(turn)
    c, s = math.cos(angle) * scale, math.sin(angle) * scale
    sign = -1.0 if flip else 1.0
    return tuple((x + px * sign * c - py * s, y + px * sign * s + py * c) for px, py in points)


def bounds(outlines: Iterable[Sequence[Point]]) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of all points; zeros when there are none."""
    xs = [0.0]
    ys = [0.0]
    first = True
    for outline in outlines:
        if outline and first:
            xs, ys, first = [], [], False
        xs += [point[0] for point in outline]
        ys += [point[1] for point in outline]
    return min(xs), min(ys), max(xs), max(ys)
