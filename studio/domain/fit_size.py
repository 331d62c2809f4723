"""Sizes: from a wish in pixels, a class or a ratio to what a model can draw, nearest first."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor, lcm, log, sqrt
from typing import NamedTuple

from studio.domain.assets import EDGE_MAX_PX, RATIO_TERM_MAX, AspectRatio, ReferenceImage, Size, SizeName
from studio.domain.capability import Capability, ModelSpec, SizeFree, SizeList, SizeOwn, SizeRatio
from studio.domain.notices import Notice, Notices
from studio.domain.request import GenerationRequest

AREA_OF_NAME_PX: dict[str, int] = {"0.5K": 512**2, "1K": 1024**2, "2K": 2048**2, "3K": 3072**2, "4K": 4096**2}
"""Area that a size class stands for where a vendor's own table does not say otherwise."""

_SAME_RATIO = 0.01
"""Two ratios within one percent count as the same."""


class FittedSize(NamedTuple):
    size: Size | SizeName | None
    aspect_ratio: AspectRatio | None
    expected: Size | None
    notices: tuple[Notice, ...]


def fit_size(request: GenerationRequest, model: ModelSpec) -> FittedSize:
    """Size and ratio for this model. Pixels that are given outrank a ratio that contradicts them."""
    rule, telling = model.capability.size, Notices(model.id)
    ratio = request.aspect_ratio
    if isinstance(rule, SizeOwn):
        return _fit_own(request.size, ratio, telling)
    if ratio is not None and isinstance(request.size, Size):
        if not same_ratio(ratio.value, request.size.ratio):
            telling.add("aspect_ratio", "ignored", "ratio_outranked", "warn", asked=ratio, used=request.size)
        ratio = None
    match rule:
        case SizeList():
            return _fit_list(request.size, ratio, rule, telling)
        case SizeFree():
            return _fit_free_beside(request, ratio, rule, model.capability, telling)
        case SizeRatio():
            return _fit_ratio(request.size, ratio, rule, telling)


def _fit_own(size: Size | SizeName, ratio: AspectRatio | None, telling: Notices) -> FittedSize:
    if size != "auto":
        telling.add("size", "ignored", "size_ignored", "warn")
    if ratio is not None:
        telling.add("aspect_ratio", "ignored", "ratio_ignored", "warn")
    return FittedSize(None, None, None, telling.all)


def _fit_free_beside(
    request: GenerationRequest, ratio: AspectRatio | None, rule: SizeFree, capability: Capability, telling: Notices
) -> FittedSize:
    """A free size beside reference images: they may lower what is allowed, and give the automatic size its shape."""
    used = request.reference_image[: capability.references_max]
    if used and rule.area_max_with_references_px is not None:
        limit = rule.area_max_with_references_px
        names = tuple(name for name in rule.size_names if AREA_OF_NAME_PX[name] <= limit)
        tables = {name: sizes for name, sizes in rule.class_sizes.items() if AREA_OF_NAME_PX[name] <= limit}
        rule = rule.model_copy(update={"area_max_px": limit, "size_names": names, "class_sizes": tables})
    if used and request.size == "auto" and ratio is None and rule.auto_follows_reference:
        size = _solved("auto", _usual_ratio(used[-1], rule), rule)
        telling.add("size", "information", "size_from_reference", used=size)
        return FittedSize(size, None, size, telling.all)
    return _fit_free(request.size, ratio, rule, telling)


def _usual_ratio(reference: ReferenceImage, rule: SizeFree) -> AspectRatio:
    """The shape of an image, as a ratio of the vendor's table when it is one: 1365x768 is meant as 16:9."""
    width, height = reference.width, reference.height
    for usual in map(AspectRatio.parse, rule.ratio_sizes):
        if same_ratio(usual.value, width / height):
            return usual
    scale = min(1.0, RATIO_TERM_MAX / max(width, height))
    return AspectRatio(width=max(1, round(width * scale)), height=max(1, round(height * scale)))


def same_ratio(one: float, other: float) -> bool:
    return abs(log(one / other)) < _SAME_RATIO


def _fit_list(size: Size | SizeName, ratio: AspectRatio | None, rule: SizeList, telling: Notices) -> FittedSize:
    if size == "auto" and ratio is None:
        if rule.takes_auto:
            return FittedSize("auto", None, None, telling.all)
        telling.add("size", "adjusted", "size_auto_replaced", used=rule.sizes[0])
        return FittedSize(rule.sizes[0], None, rule.sizes[0], telling.all)
    wished = size if isinstance(size, Size) else _ideal(size, ratio, rule.sizes[0].area_px)
    used = min(rule.sizes, key=lambda one: distance(one, wished))
    _tell_made(size, ratio, used, telling)
    return FittedSize(used, None, used, telling.all)


def _fit_free(size: Size | SizeName, ratio: AspectRatio | None, rule: SizeFree, telling: Notices) -> FittedSize:
    if isinstance(size, str) and ratio is None and (size in rule.size_names or (size == "auto" and rule.takes_auto)):
        return FittedSize(size, None, None, telling.all)
    if isinstance(size, str):
        used = _solved(size, ratio, rule)
        if ratio is None and size == "auto":
            telling.add("size", "adjusted", "size_auto_replaced", used=used)
    else:
        used = solve_free(size, rule)
    _tell_made(size, ratio, used, telling)
    if rule.experimental_above_px is not None and used.area_px > rule.experimental_above_px:
        telling.add("size", "information", "size_experimental", "warn", used=used)
    return FittedSize(used, None, used, telling.all)


def _solved(name: SizeName, ratio: AspectRatio | None, rule: SizeFree) -> Size:
    """Pixels for a class of size and a ratio: from the vendor's table, else worked out."""
    square = rule.ratio_sizes.get("1:1")
    exact = _from_table(rule.ratio_sizes if name == "auto" else rule.class_sizes.get(name, {}), ratio)
    if exact is not None:
        return exact
    default_area = max(rule.area_min_px, min(rule.area_max_px, square.area_px if square is not None else 1024**2))
    if rule.solved_multiple_px is not None:
        rule = rule.model_copy(update={"multiple_px": lcm(rule.multiple_px, rule.solved_multiple_px)})
    return solve_free(_ideal(name, ratio, default_area), rule)


def _from_table(table: dict[str, Size], ratio: AspectRatio | None) -> Size | None:
    """Vendors write 21:9, which in lowest terms is 7:3: both are looked for."""
    if ratio is None:
        return table.get("1:1")
    return table.get(str(ratio)) or table.get(str(ratio.reduced()))


def _fit_ratio(size: Size | SizeName, ratio: AspectRatio | None, rule: SizeRatio, telling: Notices) -> FittedSize:
    name: SizeName | None = None
    if isinstance(size, str) and size != "auto":
        name = size if size in rule.size_names else _nearest_name(AREA_OF_NAME_PX[size], rule)
        if name != size:
            telling.add("size", "adjusted", "size_adjusted", "warn", asked=size, used=name or "its own size")
    elif isinstance(size, Size):
        name = _nearest_name(size.area_px, rule)
    name = name or rule.default_size_name
    wished = ratio or (size.reduced() if isinstance(size, Size) else None)
    if wished is None:
        return FittedSize(name, None, None, telling.all)
    used = nearest_ratio(wished, rule)
    expected = _expected(name, used, rule)
    if isinstance(size, Size):
        if expected != size:
            telling.add("size", "adjusted", "size_adjusted", "warn", asked=size, used=_made_words(used, name, expected))
        else:
            telling.add("size", "emulated", "size_as_ratio", used=used)
    elif not same_ratio(wished.value, used.value):
        telling.add("aspect_ratio", "adjusted", "ratio_adjusted", "warn", asked=wished, used=used)
    return FittedSize(name, used, expected, telling.all)


def _made_words(used: AspectRatio, name: SizeName | None, expected: Size | None) -> str:
    if expected is not None:
        return str(expected)
    return f"{used} {name}" if name else str(used)


def _tell_made(size: Size | SizeName, ratio: AspectRatio | None, used: Size, telling: Notices) -> None:
    """One notice about what becomes of size and ratio when pixels are sent."""
    if isinstance(size, Size):
        if used != size:
            telling.add("size", "adjusted", "size_adjusted", asked=size, used=used)
        return
    if ratio is not None:
        same = same_ratio(ratio.value, used.ratio)
        telling.add("aspect_ratio", "emulated" if same else "adjusted", "ratio_solved" if same else "ratio_adjusted",
                    "note" if same else "warn", asked=ratio, used=used)  # fmt: skip
    if size != "auto":
        telling.add("size", "adjusted", "size_name_solved", asked=size, used=used)


def _ideal(name: str, ratio: AspectRatio | None, default_area_px: int) -> Size:
    area = AREA_OF_NAME_PX.get(name, default_area_px)
    value = ratio.value if ratio is not None else 1.0
    width = max(1, min(EDGE_MAX_PX, round(sqrt(area * value))))
    return Size.of(width, max(1, min(EDGE_MAX_PX, round(width / value))))


def distance(one: Size, other: Size) -> float:
    """How unlike two sizes are; a wrong ratio weighs more than a wrong area."""
    return 4 * abs(log(one.ratio / other.ratio)) + abs(log(one.area_px / other.area_px))


def is_allowed(size: Size, rule: SizeFree) -> bool:
    """All rules of a free-size model at once."""
    long_edge, short_edge = max(size.width, size.height), min(size.width, size.height)
    return (
        size.width % rule.multiple_px == 0
        and size.height % rule.multiple_px == 0
        and short_edge >= rule.edge_min_px
        and long_edge <= rule.edge_max_px
        and rule.area_min_px <= size.area_px <= rule.area_max_px
        and long_edge <= rule.ratio_max * short_edge
    )


class _Bounds(NamedTuple):
    """A `SizeFree` rule as plain numbers."""

    multiple_px: int
    edge_min_px: int
    edge_max_px: int
    area_min_px: int
    area_max_px: int
    ratio_max: float


def solve_free(wished: Size, rule: SizeFree) -> Size:
    """The allowed size nearest to the wish (see `distance`). Raises ValueError when no size satisfies the rule."""
    if is_allowed(wished, rule) or wished in rule.ratio_sizes.values():
        return wished
    edge_max_px = min(rule.edge_max_px, EDGE_MAX_PX)
    bounds = _Bounds(
        rule.multiple_px, max(1, rule.edge_min_px), edge_max_px, rule.area_min_px, rule.area_max_px, rule.ratio_max
    )
    found = _solve(wished.width, wished.height, bounds)
    if found is None:
        raise ValueError(f"no size satisfies {rule}")
    return Size.of(*found)


_COARSE_STEPS = 128


@lru_cache(maxsize=1024)  # the composer asks for every model again at each key press
def _solve(width: int, height: int, bounds: _Bounds) -> tuple[int, int] | None:
    """In logarithms all rules are straight lines and the distance is convex: a coarse scan over the widths finds the
    valley, a fine one its bottom."""
    first, last = ceil(bounds.edge_min_px / bounds.multiple_px), bounds.edge_max_px // bounds.multiple_px
    stride = max(1, (last - first) // _COARSE_STEPS)
    found = _nearest(range(first, last + 1, stride), width, height, bounds)
    if found is None:
        return _nearest(range(first, last + 1), width, height, bounds)
    if stride == 1:
        return found
    column = found[0] // bounds.multiple_px
    fine = range(max(first, column - 2 * stride), min(last, column + 2 * stride) + 1)
    return _nearest(fine, width, height, bounds)


def _nearest(columns: range, wished_width: int, wished_height: int, bounds: _Bounds) -> tuple[int, int] | None:
    """The allowed size nearest to the wish among those whose width is one of `columns` times the multiple."""
    ratio, area = log(wished_width / wished_height), log(wished_width * wished_height)
    best: tuple[float, int, int] | None = None
    for column in columns:
        width = column * bounds.multiple_px
        for height in _heights(width, wished_width / wished_height, bounds):
            away = 4 * abs(log(width / height) - ratio) + abs(log(width * height) - area)
            if best is None or away < best[0]:
                best = (away, width, height)
    return best[1:] if best is not None else None


def _heights(width: int, ratio: float, bounds: _Bounds) -> Iterable[int]:
    """The one or two heights that suit a width best: around that of the wished ratio, within what is allowed."""
    step = bounds.multiple_px
    low = max(bounds.edge_min_px, ceil(bounds.area_min_px / width), ceil(width / bounds.ratio_max - _ROUNDING))
    high = min(bounds.edge_max_px, bounds.area_max_px // width, floor(width * bounds.ratio_max + _ROUNDING))
    lowest, highest = ceil(low / step), high // step
    if lowest > highest:
        return ()
    row = floor(width / ratio / step)
    return {step * min(max(one, lowest), highest) for one in (row, row + 1)}


_ROUNDING = 1e-9
"""Keeps a whole number that a division of floats missed by a hair."""


def nearest_ratio(wished: AspectRatio, rule: SizeRatio) -> AspectRatio:
    if rule.ratios:
        return min(rule.ratios, key=lambda ratio: abs(log(ratio.value / wished.value)))
    if 1 / rule.ratio_max <= wished.value <= rule.ratio_max:
        return wished
    limit = Fraction(rule.ratio_max).limit_denominator(100)
    long_edge, short_edge = limit.numerator, limit.denominator
    if wished.value > 1:
        return AspectRatio(width=long_edge, height=short_edge)
    return AspectRatio(width=short_edge, height=long_edge)


def _nearest_name(area_px: int, rule: SizeRatio) -> SizeName | None:
    if not rule.size_names:
        return None
    return min(rule.size_names, key=lambda name: abs(log(AREA_OF_NAME_PX.get(name, 1024**2) / area_px)))


def _expected(name: SizeName | None, ratio: AspectRatio, rule: SizeRatio) -> Size | None:
    return rule.table.get(name or "", {}).get(str(ratio))
