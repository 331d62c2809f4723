"""Small pictures of images, and how they look; everything is made from one decoding."""

from __future__ import annotations

import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from PIL import Image

from studio.storage.looks import COLOURS_MAX, SHARE_MIN_PER_CENT, Colour, Look, oklab
from studio.storage.pixels import open_image, to_srgb
from studio.storage.thumbnails import Bucket

LARGE_PX = 32_000_000
QUALITY = 84

_PALETTE_EDGE_PX = 96
_KINDS = 48
"""Colours that an image is first sorted into; few let a small strong colour drown in its surroundings."""
_ONE_TINT = 6
"""Hundredths of Oklab up to which two colours are one of the palette."""
_CHROMA_THAT_DOUBLES = 8
"""A tint as strong as this (a dull red) counts like twice its area of grey."""

# Of very large images one at a time: each may need a gigabyte.
_large = threading.Lock()


@dataclass(frozen=True, slots=True)
class Thumbnail:
    bucket: Bucket
    extension: Literal["jpg", "webp"]
    content: bytes


@dataclass(frozen=True, slots=True)
class Drawn:
    thumbnails: tuple[Thumbnail, ...]
    look: Look


def draw(content: bytes, buckets: Sequence[Bucket]) -> Drawn:
    """Thumbnails in each of `buckets`, JPEG, or WebP where the image lets something shine through.

    Blocks for a second with large images. Raises NotAnImage."""
    with open_image(content) as image:
        if image.width * image.height > LARGE_PX:
            with _large:
                small = _shrunk(image, max(buckets))
        else:
            small = _shrunk(image, max(buckets))
    thumbnails = []
    for bucket in sorted(buckets, reverse=True):
        small.thumbnail((bucket, bucket), Image.Resampling.LANCZOS, reducing_gap=2.0)
        thumbnails.append(_encoded(small, bucket))
    return Drawn(tuple(thumbnails), look_at(small))


def _encoded(small: Image.Image, bucket: Bucket) -> Thumbnail:
    target = io.BytesIO()
    if small.mode == "RGBA" and small.getchannel("A").histogram()[255] < small.width * small.height:
        small.save(target, "WEBP", quality=QUALITY, method=2)
        return Thumbnail(bucket, "webp", target.getvalue())
    small.convert("RGB").save(target, "JPEG", quality=QUALITY)
    return Thumbnail(bucket, "jpg", target.getvalue())


def _shrunk(image: Image.Image, edge: int) -> Image.Image:
    """At most `edge` on the long side, upright, in sRGB. Colours are converted after shrinking: the same and faster."""
    image.draft("RGB", (edge * 2, edge * 2))  # JPEG only: decodes an eighth to a half of the pixels
    image.load()
    profile = image.info.get("icc_profile")
    if image.mode == "P":
        image = image.convert("RGBA" if "transparency" in image.info else "RGB")
    elif image.mode in ("PA", "1"):
        image = image.convert("RGBA" if image.mode == "PA" else "L")
    longest = max(image.size)
    if longest > edge:
        size = (max(1, round(image.width * edge / longest)), max(1, round(image.height * edge / longest)))
        gap = 2.0 if image.mode in ("RGB", "RGBA", "L", "LA", "CMYK") else None
        exif = image.getexif()
        small = image.resize(size, Image.Resampling.LANCZOS, reducing_gap=gap)
        small.info = {**image.info, "exif": exif.tobytes()} if exif else dict(image.info)
        image = small
    if profile is not None:
        image.info["icc_profile"] = profile
    return to_srgb(image)


def look_at(thumbnail: Image.Image) -> Look:
    """`thumbnail` is RGB or RGBA in sRGB, at least 9 x 8 px or whatever the image has."""
    return Look(difference_hash(thumbnail), average_colour(thumbnail), main_colours(thumbnail))


def average_colour(image: Image.Image) -> Colour:
    one = _on_grey(image).convert("RGB").resize((1, 1), Image.Resampling.BOX)
    red, green, blue = one.tobytes()
    return Colour(*oklab(red, green, blue))


def difference_hash(image: Image.Image) -> int:
    """Each bit: is a point lighter than its right neighbour, on a grid of 9 x 8? Transparent parts count as grey."""
    grey = _on_grey(image).convert("L").resize((9, 8), Image.Resampling.BOX)
    values = grey.tobytes()
    bits = 0
    for row in range(8):
        for column in range(8):
            place = row * 9 + column
            bits = bits << 1 | (values[place] > values[place + 1])
    return bits


def _on_grey(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, (128, 128, 128, 255)), image)


def main_colours(image: Image.Image) -> tuple[Colour, ...]:
    """Up to six tints with at least 2 % of the opaque pixels each, the most frequent first.

    Shades of one tint count together and a strong tint counts for more than its area: what the eye keeps of a blue
    fox before a grey wall is blue and grey, not six greys."""
    tints: list[Colour] = []
    for kind in _kinds_of_colour(image):
        like = min(tints, key=kind.tint_distance, default=None)
        if like is None or kind.tint_distance(like) > _ONE_TINT:
            tints.append(kind)
        else:
            tints[tints.index(like)] = replace(like, share=like.share + kind.share)
    total = max(1, sum(tint.share for tint in tints))
    shares = [replace(tint, share=round(100 * tint.share / total)) for tint in tints]
    seen = [tint for tint in shares if tint.share >= SHARE_MIN_PER_CENT]
    seen.sort(key=lambda tint: -tint.share * (1 + tint.chroma / _CHROMA_THAT_DOUBLES))
    return tuple(sorted(seen[:COLOURS_MAX], key=lambda tint: -tint.share))


def _kinds_of_colour(image: Image.Image) -> list[Colour]:
    """The most frequent first; `share` is a count of pixels here."""
    small = image.copy()
    small.thumbnail((_PALETTE_EDGE_PX, _PALETTE_EDGE_PX), Image.Resampling.BOX)
    opaque = small.getchannel("A").point(lambda value: 255 if value >= 128 else 0) if small.mode == "RGBA" else None
    indexed = small.convert("RGB").quantize(_KINDS, method=Image.Quantize.MEDIANCUT, kmeans=1)
    palette = indexed.getpalette() or []
    counts = indexed.histogram(mask=opaque)[: len(palette) // 3]
    kinds = [
        Colour(*oklab(*palette[index * 3 : index * 3 + 3]), share=count) for index, count in enumerate(counts) if count
    ]
    return sorted(kinds, key=lambda kind: -kind.share)
