"""Colour arithmetic in Oklab, where equal steps look equal (Björn Ottosson, "A perceptual color space", 2020)."""

from __future__ import annotations

import math
from collections.abc import Sequence

from studio.painting.wish import Colour

Lab = tuple[float, float, float]


def _linear(channel: float) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _gamma(value: float) -> int:
    value = min(1.0, max(0.0, value))
    encoded = value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055
    return min(255, max(0, round(encoded * 255)))


def to_lab(colour: Colour) -> Lab:
    """Oklab (L 0..1, a, b) of an sRGB colour."""
    r, g, b = (_linear(channel) for channel in colour)
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    medium = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def from_lab(lab: Lab) -> Colour:
    """The sRGB colour of an Oklab triple, clipped to the gamut."""
    lightness, a, b = lab
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        _gamma(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        _gamma(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        _gamma(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def mix(first: Colour, second: Colour, share: float) -> Colour:
    """``first`` moved towards ``second`` by ``share`` (0..1)."""
    share = min(1.0, max(0.0, share))
    one, two = to_lab(first), to_lab(second)
    return from_lab(
        (
            one[0] + (two[0] - one[0]) * share,
            one[1] + (two[1] - one[1]) * share,
            one[2] + (two[2] - one[2]) * share,
        )
    )


def shift(colour: Colour, *, light: float = 0.0, chroma: float = 1.0, turn: float = 0.0) -> Colour:
    """Lightness moved by ``light`` (of 0..1), chroma multiplied, hue turned by ``turn`` degrees."""
    lightness, a, b = to_lab(colour)
    angle = math.radians(turn)
    a, b = (a * math.cos(angle) - b * math.sin(angle)) * chroma, (a * math.sin(angle) + b * math.cos(angle)) * chroma
    return from_lab((min(1.0, max(0.0, lightness + light)), a, b))


def lightness(colour: Colour) -> float:
    """Perceived lightness, 0..1."""
    return to_lab(colour)[0]


def chroma(colour: Colour) -> float:
    """Colourfulness: 0 is grey, about 0.25 is as strong as sRGB gets."""
    _, a, b = to_lab(colour)
    return math.hypot(a, b)


def hue(colour: Colour) -> float:
    """Hue angle in degrees, 0..360."""
    _, a, b = to_lab(colour)
    return math.degrees(math.atan2(b, a)) % 360


def with_light(colour: Colour, value: float) -> Colour:
    """The colour at another lightness (0..1)."""
    _, a, b = to_lab(colour)
    return from_lab((value, a, b))


def multiply(first: Colour, second: Colour) -> Colour:
    """First seen through a filter of the second."""
    return (first[0] * second[0] // 255, first[1] * second[1] // 255, first[2] * second[2] // 255)


def ramp(stops: Sequence[Colour], position: float) -> Colour:
    """The colour at ``position`` (0..1) along evenly spaced stops."""
    if len(stops) == 1:
        return stops[0]
    place = min(1.0, max(0.0, position)) * (len(stops) - 1)
    index = min(int(place), len(stops) - 2)
    return mix(stops[index], stops[index + 1], place - index)


def warmest(colours: Sequence[Colour], default: Colour) -> Colour:
    """The colour nearest to orange: what a sun is printed in. Greys never win."""
    vivid = [colour for colour in colours if chroma(colour) > 0.06]
    return min(vivid, key=lambda colour: (abs((hue(colour) - 62 + 180) % 360 - 180), colour), default=default)


def distance(first: Colour, second: Colour) -> float:
    """Perceived difference; about 0.02 is just visible."""
    return math.dist(to_lab(first), to_lab(second))
