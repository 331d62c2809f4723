"""Small valid images, the same bytes for the same order: what a fake vendor "generates"."""

from __future__ import annotations

import base64
import hashlib
import io
import random
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from PIL import Image, ImageCms, ImageDraw
from PIL.PngImagePlugin import PngInfo

MEDIA_TYPES = {
    "png": "image/png",
    "jpeg": "image/jpeg",
    "webp": "image/webp",
    "gif": "image/gif",
    "svg": "image/svg+xml",
}
_PILLOW_NAMES = {"png": "PNG", "jpeg": "JPEG", "webp": "WEBP", "gif": "GIF"}


@dataclass(frozen=True, slots=True)
class ImageOrder:
    """What to draw. `sharpness` 1..4: partial images of the same order have 1..3 (coarser blocks, full size).

    `photo` fills the picture with detail, so that a file has the weight of a real one (4K PNG: about 15 MB).
    """

    width: int
    height: int
    prompt: str = ""
    index: int = 0
    format: str = "png"
    alpha: bool = False
    icc: bool = False
    text: tuple[tuple[str, str], ...] = ()
    sharpness: int = 4
    compression: int = 100
    frames: int = 1
    frame_duration_ms: int = 200
    photo: bool = False


def make_image(width: int, height: int, prompt: str = "", *, format: str = "png", **details: object) -> bytes:  # noqa: A002 - the API's word
    """The bytes of one image; `details` are further fields of `ImageOrder` (`text` may be a mapping)."""
    text = details.pop("text", ())
    pairs = tuple(text.items()) if isinstance(text, Mapping) else text
    return draw(ImageOrder(width, height, prompt, format=format, text=pairs, **details))  # type: ignore[arg-type] # checked by the dataclass's users


def make_image_base64(width: int, height: int, prompt: str = "", **details: object) -> str:
    return base64.b64encode(make_image(width, height, prompt, **details)).decode("ascii")  # type: ignore[arg-type] # passed on


@lru_cache(maxsize=64)
def draw(order: ImageOrder) -> bytes:
    """The bytes of the ordered image."""
    if order.format == "svg":
        return _draw_svg(order)
    frames = [_draw_frame(order, number) for number in range(order.frames)]
    out = io.BytesIO()
    options: dict[str, object] = {}
    if order.icc:
        options["icc_profile"] = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    if order.format == "png":
        options |= {"compress_level": 1, "pnginfo": _text_chunks(order.text)}
    elif order.format in ("jpeg", "webp"):
        options |= {"quality": max(1, order.compression)}
    if order.format == "webp":
        options |= {"method": 0}
    if order.frames > 1:
        options |= {"save_all": True, "append_images": frames[1:], "duration": order.frame_duration_ms, "loop": 0}
    frames[0].save(out, _PILLOW_NAMES[order.format], **options)
    return out.getvalue()


def _draw_frame(order: ImageOrder, number: int) -> Image.Image:
    digest = hashlib.sha256(f"{order.prompt}\0{order.index}".encode()).digest()
    rng = random.Random(digest)
    size = (order.width, order.height)
    if order.photo:
        grain = Image.frombytes("RGB", (512, 512), rng.randbytes(512 * 512 * 3))
        picture = grain.resize(size, Image.Resampling.BICUBIC)
    else:
        blocks = {1: 2, 2: 4, 3: 8, 4: 16}[order.sharpness]
        fine = Image.frombytes("RGB", (16, 16), rng.randbytes(16 * 16 * 3))
        coarse = fine.resize((blocks, blocks), Image.Resampling.BOX)
        picture = coarse.resize(size, Image.Resampling.NEAREST)
    if number:
        # Frames must differ, or the encoder merges them into one.
        ImageDraw.Draw(picture).rectangle((0, 0, number * 4, order.height), fill=(digest[0], number * 15 % 256, 80))
    if order.alpha and order.format != "jpeg":
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).ellipse((0, 0, order.width - 1, order.height - 1), fill=255)
        picture.putalpha(mask)
    return picture


def _text_chunks(pairs: tuple[tuple[str, str], ...]) -> PngInfo:
    chunks = PngInfo()
    for key, value in pairs:
        chunks.add_itxt(key, value)
    return chunks


def _draw_svg(order: ImageOrder) -> bytes:
    colour = hashlib.sha256(order.prompt.encode()).hexdigest()[:6]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{order.width}" height="{order.height}" '
        f'viewBox="0 0 {order.width} {order.height}"><rect width="100%" height="100%" fill="#{colour}"/></svg>'
    ).encode()


def mask_png(width: int, height: int) -> bytes:
    """A mask as vendors want it: PNG with alpha, its left half fully transparent ("may change")."""
    picture = Image.new("RGBA", (width, height), (0, 0, 0, 255))
    picture.paste((0, 0, 0, 0), (0, 0, width // 2, height))
    out = io.BytesIO()
    picture.save(out, "PNG", compress_level=1)
    return out.getvalue()


def decompression_bomb_png(width: int = 40_000, height: int = 40_000) -> bytes:
    """A complete one-bit PNG of few bytes (40 000 squared: 194 kB) that unpacks to `width * height` pixels."""
    row = bytes(1 + (width + 7) // 8)  # filter type 0 and black pixels
    packer = zlib.compressobj(9)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def pixel_size(content: bytes) -> tuple[int, int]:
    """Width and height read from the bytes. Raises `PIL.UnidentifiedImageError`."""
    with Image.open(io.BytesIO(content)) as picture:
        return picture.size


def has_alpha(content: bytes) -> bool:
    with Image.open(io.BytesIO(content)) as picture:
        return picture.has_transparency_data


def image_format(content: bytes) -> str:
    """`png`, `jpeg`, `webp`, `gif` or `svg`, by the bytes."""
    if content.lstrip().startswith(b"<svg"):
        return "svg"
    with Image.open(io.BytesIO(content)) as picture:
        return (picture.format or "").lower()


@lru_cache(maxsize=16)
def draw_grid(order: ImageOrder) -> bytes:
    """Four different pictures of `width // 2` x `height // 2` in one image, without a gutter, 1 top left to 4.

    An odd width or height leaves its last column or row to the right or lower pictures."""
    grid = Image.new("RGB", (order.width, order.height))
    left, top = order.width // 2, order.height // 2
    for index, (x, y) in enumerate(((0, 0), (left, 0), (0, top), (left, top))):
        tile = replace(order, width=order.width - x if x else left, height=order.height - y if y else top, index=index)
        grid.paste(_draw_frame(tile, 0), (x, y))
    out = io.BytesIO()
    options: dict[str, object] = {"compress_level": 1} if order.format == "png" else {"quality": 80, "method": 0}
    grid.save(out, _PILLOW_NAMES[order.format], **options)
    return out.getvalue()
