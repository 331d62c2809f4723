"""Partial previews that sharpen, and the palette of a reference image."""

from __future__ import annotations

from PIL import Image, ImageFilter

from studio.painting.colour import distance
from studio.painting.wish import Colour


def sharpen_steps(picture: Image.Image, steps: int = 3) -> list[Image.Image]:
    """``steps`` complete images of the picture's size, from very soft to nearly clear (never the picture itself).

    Raises ValueError when ``steps`` is negative.
    """
    if steps < 0:
        raise ValueError("steps must not be negative")
    longest = max(picture.size)
    found = []
    for step in range(steps):
        samples = 20 * (9.0 ** (step / max(1, steps - 1)) if steps > 1 else 1.0)  # 20 samples across, then up to 180
        share = min(1.0, samples / longest)
        small = picture.resize(
            (max(1, round(picture.width * share)), max(1, round(picture.height * share))), Image.Resampling.BOX
        )
        soft = small.resize(picture.size, Image.Resampling.BICUBIC)
        found.append(soft.filter(ImageFilter.GaussianBlur(longest / samples * 0.22)))
    return found


def palette_of(image: Image.Image, colours: int = 6) -> tuple[Colour, ...]:
    """The dominant colours of an image, most frequent first, at most ``colours``; transparent parts do not count."""
    # Shrinking first: a reference may have 100 megapixels. Indexed modes cannot be mixed, they are converted before.
    small = image if image.mode in ("L", "LA", "RGB", "RGBA", "CMYK") else image.convert("RGBA")
    share = min(1.0, 96 / max(small.size))
    small = small.resize(
        (max(1, round(small.width * share)), max(1, round(small.height * share))), Image.Resampling.BOX
    )
    small = small.convert("RGBA")
    solid = [pixel[:3] for pixel in _pixels(small) if pixel[3] > 127]
    if not solid:
        return ()
    strip = Image.new("RGB", (len(solid), 1))
    strip.putdata(solid)
    quantized = strip.quantize(max(2, min(64, colours * 3)), Image.Quantize.MEDIANCUT)
    table = quantized.getpalette() or []
    counts = sorted(
        ((count, index) for count, index in quantized.getcolors() or [] if isinstance(index, int)),
        key=lambda pair: (-pair[0], pair[1]),
    )
    chosen: list[Colour] = []
    for _, index in counts:
        colour = (table[index * 3], table[index * 3 + 1], table[index * 3 + 2])
        if all(distance(colour, other) > 0.045 for other in chosen):
            chosen.append(colour)
    return tuple(chosen[:colours])


def _pixels(image: Image.Image) -> list[tuple[int, int, int, int]]:
    data = image.tobytes()
    return [(data[index], data[index + 1], data[index + 2], data[index + 3]) for index in range(0, len(data), 4)]
