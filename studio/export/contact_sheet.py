"""Contact sheets: every image small, on pages of A4, with model, seed and what changed beneath it."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from PIL import Image, ImageCms, ImageDraw, ImageFont, ImageOps

from studio.domain.errors import StudioError
from studio.domain.exporting import ContactSheet
from studio.export.formats import READABLE
from studio.export.plan import ExportImage

DPI = 200
PAGE_PX = (1654, 2339)
MARGIN_PX = 94
GAP_PX = 28
_TEXT_PX = 26
_LINE_PX = 34
_LINES = 2
_INK, _QUIET, _EMPTY = (28, 28, 28), (92, 92, 92), (232, 232, 232)

_FIRST_EAST_ASIAN = "\u2e80"
_EAST_ASIAN_FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/droid/DroidSansFallbackFull.ttf",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
    "/System/Library/Fonts/PingFang.ttc",
    "/System/Library/Fonts/Hiragino Sans GB.ttc",
    str(Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "Fonts" / "msyh.ttc"),
)

Opener = Callable[[ExportImage, int], BinaryIO]
"""Gives a picture whose edges have at least so many pixels, or the original; raises OSError or StudioError."""


@dataclass(frozen=True, slots=True)
class SheetFonts:
    """Where the letters come from. East Asian text uses a font of the system."""

    latin: Path
    east_asian: tuple[str, ...] = _EAST_ASIAN_FONTS


@dataclass(frozen=True, slots=True)
class SheetLayout:
    """Where pictures stand on a page of A4, in pixels at `DPI`; the window shows the first page by it."""

    image_count: int
    across: int

    @property
    def page_width(self) -> int:
        return PAGE_PX[0]

    @property
    def down(self) -> int:
        return rows_on_page(self.across)

    @property
    def per_page(self) -> int:
        return self.across * self.down

    @property
    def page_count(self) -> int:
        return page_count(self.image_count, self.across)

    @property
    def cell(self) -> int:
        """Both edges of the room of a picture."""
        return _cell_px(self.across)

    def corner(self, place: int) -> tuple[int, int]:
        """Left and top of the cell at that place of its page, from 0."""
        left = MARGIN_PX + place % self.across * (self.cell + GAP_PX)
        top = MARGIN_PX + place // self.across * (self.cell + _LINES * _LINE_PX + GAP_PX)
        return left, top


class SheetMaker:
    """Draws pages. `opener` may block and is asked for one picture at a time."""

    def __init__(self, opener: Opener, fonts: SheetFonts) -> None:
        self._opener = opener
        self._latin = _font(str(fonts.latin))
        self._east_asian = next((font for path in fonts.east_asian if (font := _font(path)) is not None), None)

    def files(self, images: Sequence[ExportImage], options: ContactSheet, name: str) -> Iterator[tuple[str, bytes]]:
        """Name and content of one PDF, or of a PNG for each page (``contact-sheet_page-2.png``)."""
        pages = self._pages(images, options.across)
        if options.kind == "pdf":
            yield name, _as_pdf(pages)
            return
        stem, _, extension = name.rpartition(".")
        for number, page in enumerate(pages, start=1):
            yield (name if number == 1 else f"{stem}_page-{number}.{extension}"), _as_png(page)

    def _pages(self, images: Sequence[ExportImage], across: int) -> Iterator[Image.Image]:
        """One page at a time: a sheet of thousands must not be in memory at once."""
        layout = SheetLayout(len(images), across)
        cell, pages = layout.cell, layout.page_count
        for number in range(pages):
            page = Image.new("RGB", PAGE_PX, "white")
            for place, image in enumerate(images[number * layout.per_page : (number + 1) * layout.per_page]):
                self._draw_cell(page, image, layout.corner(place), cell)
            if pages > 1:
                foot = (MARGIN_PX, PAGE_PX[1] - MARGIN_PX + _LINE_PX // 2)
                self._write(page, foot, f"{number + 1} / {pages}", cell)
            yield page

    def _draw_cell(self, page: Image.Image, image: ExportImage, corner: tuple[int, int], cell: int) -> None:
        left, top = corner
        picture = self._small_picture(image, cell)
        if picture is None:
            ImageDraw.Draw(page).rectangle((left, top, left + cell - 1, top + cell - 1), fill=_EMPTY)
        else:
            page.paste(picture, (left + (cell - picture.width) // 2, top + (cell - picture.height) // 2))
        record = image.record
        seed = f"seed {record.seed}" if record.seed is not None else ""
        below = " · ".join(part for part in (seed, image.changed) if part)
        self._write(page, (left, top + cell + 6), record.model, cell, _INK)
        self._write(page, (left, top + cell + 6 + _LINE_PX), below, cell)

    def _small_picture(self, image: ExportImage, cell: int) -> Image.Image | None:
        """At most `cell` px on each edge, in sRGB on white; None when the file cannot be read."""
        try:
            with self._opener(image, cell) as stream, Image.open(stream, formats=READABLE) as opened:
                opened.draft("RGB", (cell, cell))
                picture = ImageOps.exif_transpose(opened)
                picture.thumbnail((cell, cell), Image.Resampling.LANCZOS, reducing_gap=2.0)
                return _on_white(_as_srgb(picture))
        except (OSError, ValueError, SyntaxError, StudioError, Image.DecompressionBombError):
            return None

    def _write(
        self, page: Image.Image, at: tuple[int, int], text: str, room_px: int, ink: tuple[int, ...] = _QUIET
    ) -> None:
        """One line, cut with an ellipsis where its room ends."""
        east_asian = any(character >= _FIRST_EAST_ASIAN for character in text)
        font = (self._east_asian if east_asian else None) or self._latin or ImageFont.load_default(_TEXT_PX)
        ImageDraw.Draw(page).text(at, _cut(text, font, room_px), fill=ink, font=font)


def rows_on_page(across: int) -> int:
    return max(1, (PAGE_PX[1] - 2 * MARGIN_PX + GAP_PX) // (_cell_px(across) + _LINES * _LINE_PX + GAP_PX))


def page_count(image_count: int, across: int) -> int:
    """Pages of A4; at least one."""
    return max(1, -(-image_count // (across * rows_on_page(across))))


def _cell_px(across: int) -> int:
    return (PAGE_PX[0] - 2 * MARGIN_PX - (across - 1) * GAP_PX) // across


@lru_cache(maxsize=16)
def _font(path: str) -> ImageFont.FreeTypeFont | None:
    try:
        return ImageFont.truetype(path, _TEXT_PX)
    except OSError:
        return None


def _cut(text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, room_px: int) -> str:
    if font.getlength(text) <= room_px:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if font.getlength(text[:middle] + "…") <= room_px else (low, middle - 1)
    return text[:low] + "…"


def _as_srgb(picture: Image.Image) -> Image.Image:
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA"):
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB")) or picture
    except (ImageCms.PyCMSError, OSError):
        return picture


def _on_white(picture: Image.Image) -> Image.Image:
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    white = Image.new("RGBA", picture.size, "white")
    white.alpha_composite(picture.convert("RGBA"))
    return white.convert("RGB")


def _as_pdf(pages: Iterator[Image.Image]) -> bytes:
    written = io.BytesIO()
    for number, page in enumerate(pages):
        page.save(written, "PDF", append=number > 0, resolution=DPI, quality=88, title="Contact sheet")
    return written.getvalue()


def _as_png(page: Image.Image) -> bytes:
    written = io.BytesIO()
    page.save(written, "PNG", dpi=(DPI, DPI))
    return written.getvalue()
