"""How an image looks, in a few numbers: a 64-bit hash of its light and shade and its main colours, for finding."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import dist, hypot

HASH_BITS = 64
PARTS, PART_BITS = 4, 16
COLOURS_MAX = 6
SHARE_MIN_PER_CENT = 2
CELL = 10
LIGHTNESS_WEIGHT = 0.5
"""The lit and the shaded side of a blue thing are both blue: lightness tells colours apart less than hue does."""
"""Edge of a cube of colours, in hundredths of Oklab."""


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour in Oklab (Ottosson 2020) in hundredths, where equal distances look about equally different."""

    lightness: int
    green_red: int
    blue_yellow: int
    share: int = 100
    """Per cent of the picture."""

    @property
    def cell(self) -> int:
        return _cell(self.lightness // CELL, self.green_red // CELL, self.blue_yellow // CELL)

    @property
    def packed(self) -> int:
        """As one number; `unpacked` reads it."""
        return (self.lightness + 512) << 20 | (self.green_red + 512) << 10 | (self.blue_yellow + 512)

    @classmethod
    def unpacked(cls, packed: int) -> Colour:
        return cls((packed >> 20) - 512, (packed >> 10 & 1023) - 512, (packed & 1023) - 512)

    def distance(self, other: Colour) -> float:
        """In hundredths; below 3 hardly anybody sees a difference."""
        return dist(
            (self.lightness, self.green_red, self.blue_yellow), (other.lightness, other.green_red, other.blue_yellow)
        )

    def tint_distance(self, other: Colour) -> float:
        """In hundredths, lightness by `LIGHTNESS_WEIGHT`: what somebody means who looks for "a blue one"."""
        return dist(
            (self.lightness * LIGHTNESS_WEIGHT, self.green_red, self.blue_yellow),
            (other.lightness * LIGHTNESS_WEIGHT, other.green_red, other.blue_yellow),
        )

    @property
    def chroma(self) -> float:
        """Away from grey, in hundredths; pure sRGB colours have 15 to 32."""
        return hypot(self.green_red, self.blue_yellow)

    def as_hex(self) -> str:
        """The nearest sRGB colour as ``#rrggbb``."""
        light, a, b = self.lightness / 100, self.green_red / 100, self.blue_yellow / 100
        long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
        medium = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
        short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
        linear = (
            4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
            -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
            -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
        )
        return "#" + "".join(f"{round(_gamma(value) * 255):02x}" for value in linear)

    def near_cells(self, distance: int) -> list[int]:
        """The cubes that can hold a colour whose tint is within `distance` hundredths."""
        reaches = (round(distance / LIGHTNESS_WEIGHT), distance, distance)
        axes = [
            range((value - reach) // CELL, (value + reach) // CELL + 1)
            for value, reach in zip((self.lightness, self.green_red, self.blue_yellow), reaches, strict=True)
        ]
        return [_cell(first, second, third) for first in axes[0] for second in axes[1] for third in axes[2]]


def _cell(lightness: int, green_red: int, blue_yellow: int) -> int:
    return (lightness + 16) * 4096 + (green_red + 32) * 64 + (blue_yellow + 32)


@dataclass(frozen=True, slots=True)
class Look:
    hash: int
    """0 to 2**64 - 1; images of like light and shade differ in few bits."""
    average: Colour
    """Tells images of like light and shade apart: a red and a blue car on white."""
    colours: tuple[Colour, ...]


def oklab(red: int, green: int, blue: int) -> tuple[int, int, int]:
    """sRGB, 0 to 255 each, as Oklab in hundredths: lightness, green to red, blue to yellow."""
    r, g, b = (_linear(value / 255) for value in (red, green, blue))
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    medium = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    lab = (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )
    return round(lab[0] * 100), round(lab[1] * 100), round(lab[2] * 100)


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _gamma(value: float) -> float:
    value = min(1.0, max(0.0, value))
    return value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def colour_of(text: str) -> Colour:
    """``#3871dc``; raises ValueError."""
    digits = text.strip().removeprefix("#")
    if len(digits) != 6:
        raise ValueError(f"{text!r} is not a colour such as #3871dc")
    red, green, blue = bytes.fromhex(digits)
    return Colour(*oklab(red, green, blue))


def hash_parts(look_hash: int) -> list[int]:
    """The keys under which a hash is filed, one for each of its four parts."""
    return [place << PART_BITS | (look_hash >> place * PART_BITS & 0xFFFF) for place in range(PARTS)]


def near_parts(look_hash: int, within_bits: int) -> list[int]:
    """All keys under which a hash at most `within_bits` away must be filed at least once.

    Spread over four parts, that many differing bits leave one part with at most a quarter of them."""
    flips = [0]
    for count in range(1, within_bits // PARTS + 1):
        flips += [sum(1 << bit for bit in bits) for bits in combinations(range(PART_BITS), count)]
    return [part ^ flip for part in hash_parts(look_hash) for flip in flips]


def to_signed(look_hash: int) -> int:
    """As SQLite keeps 64 bits."""
    return look_hash - (1 << HASH_BITS) if look_hash >> (HASH_BITS - 1) else look_hash


def from_signed(stored: int) -> int:
    return stored & (1 << HASH_BITS) - 1
