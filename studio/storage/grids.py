"""Cutting a sheet of several images into its images."""

from __future__ import annotations

import io

from PIL import Image, PngImagePlugin

from studio.storage.pixels import open_image


def cut_grid(content: bytes, columns: int, rows: int, mark: str) -> list[bytes]:
    """The images of a sheet, row by row, as PNG: exactly the pixels of the sheet, its colour profile kept.

    Edges that do not divide evenly are shared out by rounding, so no pixel is lost. `mark` is written into each, for
    these bytes are ours and not the provider's. Raises NotAnImage."""
    with open_image(content) as sheet:
        sheet.load()
        picture = sheet if sheet.mode in ("1", "L", "LA", "RGB", "RGBA", "I;16") else sheet.convert("RGBA")
        profile = sheet.info.get("icc_profile")
        xs = [round(picture.width * column / columns) for column in range(columns + 1)]
        ys = [round(picture.height * row / rows) for row in range(rows + 1)]
        boxes = [(xs[column], ys[row], xs[column + 1], ys[row + 1]) for row in range(rows) for column in range(columns)]
        return [_as_png(picture.crop(box), profile, mark) for box in boxes]


def _as_png(picture: Image.Image, profile: bytes | None, mark: str) -> bytes:
    words = PngImagePlugin.PngInfo()
    words.add_text("Software", "Prompt Studio")
    words.add_itxt("Comment", mark)
    target = io.BytesIO()
    # Level 4: a tenth larger than the best, in a fraction of its time.
    picture.save(target, "PNG", pnginfo=words, icc_profile=profile, compress_level=4)
    return target.getvalue()
