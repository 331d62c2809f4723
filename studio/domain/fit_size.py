"""Sizes: from a wish in pixels, a class or a ratio to what a model can draw, nearest first."""

from __future__ import annotations

from math import floor, log, sqrt
from typing import NamedTuple

from studio.domain.assets import AspectRatio, Size, SizeName
from studio.domain.capability import ModelSpec, SizeFree, SizeList, SizeRatio
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
    if ratio is not None and isinstance(request.size, Size):
        if not same_ratio(ratio.value, request.size.ratio):
            telling.add("aspect_ratio", "ignored", "ratio_outranked", "warn", asked=ratio, used=request.size)
        ratio = None
    match rule:
        case SizeList():
            return _fit_list(request.size, ratio, rule, telling)
        case SizeFree():
            return _fit_free(request.size, ratio, rule, telling)
        case SizeRatio():
            return _fit_ratio(request.size, ratio, rule, telling)


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
        exact = rule.ratio_sizes.get(str(ratio)) if ratio is not None and size == "auto" else None
        default_area = max(rule.area_min_px, min(rule.area_max_px, 1024**2))
        used = exact or solve_free(_ideal(size, ratio, default_area), rule)
        if ratio is None and size == "auto":
            telling.add("size", "adjusted", "size_auto_replaced", used=used)
    else:
        used = solve_free(size, rule)
    _tell_made(size, ratio, used, telling)
    if rule.experimental_above_px is not None and used.area_px > rule.experimental_above_px:
        telling.add("size", "information", "size_experimental", "warn", used=used)
    return FittedSize(used, None, used, telling.all)


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
    width = max(1, min(16_384, round(sqrt(area * value))))
    return Size.of(width, max(1, min(16_384, round(width / value))))


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


def solve_free(wished: Size, rule: SizeFree) -> Size:
    """The allowed size nearest to the wish: ratio clamped, area scaled, edges rounded, all rules re-checked."""
    if is_allowed(wished, rule):
        return wished
    ratio = min(max(wished.ratio, 1 / rule.ratio_max), rule.ratio_max)
    area = min(max(wished.area_px, rule.area_min_px), rule.area_max_px)
    width = sqrt(area * ratio)
    shrink = min(1.0, rule.edge_max_px / max(width, width / ratio))
    grow = max(1.0, rule.edge_min_px / min(width, width / ratio))
    scale = grow if grow > 1 else shrink
    found = _search(width * scale, width / ratio * scale, wished, rule)
    if found is None:
        raise ValueError(f"no size satisfies {rule}")
    return found


def _search(width: float, height: float, wished: Size, rule: SizeFree) -> Size | None:
    """Best allowed size among the multiples around a point, looking further out until one is found."""
    step = rule.multiple_px
    column, row = floor(width / step), floor(height / step)
    for reach in (2, 4, 8, 16, 32):
        around = [
            Size.of(x * step, y * step)
            for x in range(max(1, column - reach), column + reach + 2)
            for y in range(max(1, row - reach), row + reach + 2)
            if x * step <= 16_384 and y * step <= 16_384
        ]
        allowed = [size for size in around if is_allowed(size, rule)]
        if allowed:
            return min(allowed, key=lambda size: distance(size, wished))
    return None


def nearest_ratio(wished: AspectRatio, rule: SizeRatio) -> AspectRatio:
    if rule.ratios:
        return min(rule.ratios, key=lambda ratio: abs(log(ratio.value / wished.value)))
    if wished.value > rule.ratio_max:
        return AspectRatio(width=int(rule.ratio_max), height=1)
    if wished.value < 1 / rule.ratio_max:
        return AspectRatio(width=1, height=int(rule.ratio_max))
    return wished


def _nearest_name(area_px: int, rule: SizeRatio) -> SizeName | None:
    if not rule.size_names:
        return None
    return min(rule.size_names, key=lambda name: abs(log(AREA_OF_NAME_PX.get(name, 1024**2) / area_px)))


def _expected(name: SizeName | None, ratio: AspectRatio, rule: SizeRatio) -> Size | None:
    return rule.table.get(name or "", {}).get(str(ratio))
