"""The bytes of a copy in another format: pixels decoded once, colours kept, nothing enlarged."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageCms, ImageOps

from studio.domain.errors import FileUnreadable
from studio.domain.exporting import ExportFormat, ExportOptions
from studio.export.metadata import xmp_packet
from studio.export.plan import ExportImage, size_of_copy
from studio.export.png_chunks import NotPlainPng, with_text

READABLE = ("PNG", "JPEG", "WEBP", "AVIF", "GIF", "TIFF", "BMP")
_WRITER = {"png": "PNG", "jpeg": "JPEG", "webp": "WEBP", "avif": "AVIF"}
_SHARP_COLOUR_FROM_QUALITY = 90


def converted(content: bytes, image: ExportImage, options: ExportOptions) -> bytes:
    """The image as `options` want it. Raises FileUnreadable when the original cannot be decoded."""
    xmp = xmp_packet(image) if options.metadata == "embed" else None
    facts, limit = image.record.facts, options.longest_edge_px
    if options.format == "png" and (limit is None or max(facts.width, facts.height) <= limit):
        try:
            return with_text(content, xmp)
        except NotPlainPng:
            pass
    try:
        return _encode(content, options, xmp)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, ImageCms.PyCMSError) as error:
        raise FileUnreadable(name=image.record.path, detail=str(error)) from error


def _encode(content: bytes, options: ExportOptions, xmp: bytes | None) -> bytes:
    with Image.open(io.BytesIO(content), formats=READABLE) as opened:
        if opened.format == "JPEG" and options.longest_edge_px is not None:
            # libjpeg decodes at the next larger half, quarter or eighth; the exact size follows below.
            opened.draft(None, _size(opened, options))
        profile = opened.info.get("icc_profile")
        pixels = _for_writer(ImageOps.exif_transpose(opened), profile, options.format)
        if pixels.size != _size(pixels, options):
            pixels = pixels.resize(_size(pixels, options), Image.Resampling.LANCZOS, reducing_gap=3.0)
        written = io.BytesIO()
        arguments: dict[str, Any] = {"xmp": xmp} if xmp else {}
        profile = profile if _describes(profile, pixels) else None
        # Writers copy what they find in here: comments, EXIF and packets of whoever made the original.
        pixels.info = {}
        pixels.save(written, _WRITER[options.format], icc_profile=profile, **arguments, **_settings(options))
        return written.getvalue()


def _size(pixels: Image.Image, options: ExportOptions) -> tuple[int, int]:
    size = size_of_copy(pixels.width, pixels.height, options.longest_edge_px)
    return size.width, size.height


def _describes(profile: bytes | None, pixels: Image.Image) -> bool:
    """Does the profile's colour space still fit what the pixels have become?"""
    space = profile[16:20] if profile else b""
    return space == (b"GRAY" if pixels.mode in ("L", "I;16") else b"RGB ")


def _for_writer(pixels: Image.Image, profile: bytes | None, target: ExportFormat) -> Image.Image:
    """In a mode that the writer takes: L, RGB, RGBA, or 16-bit grey for PNG; JPEG gets white behind."""
    if pixels.mode == "CMYK":
        pixels = _from_cmyk(pixels, profile)
    if pixels.mode.startswith("I;16") and target != "png":
        pixels = pixels.point(lambda value: value / 256).convert("L")
    if pixels.has_transparency_data:
        pixels = pixels.convert("RGBA")
        if target != "jpeg":
            return pixels
        white = Image.new("RGBA", pixels.size, "white")
        white.alpha_composite(pixels)
        return white.convert("RGB")
    if pixels.mode in ("L", "RGB", "I;16"):
        return pixels
    return pixels.convert("L" if pixels.mode in ("1", "LA") else "RGB")


def _from_cmyk(pixels: Image.Image, profile: bytes | None) -> Image.Image:
    if profile is None:
        return pixels.convert("RGB")
    source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
    converted_pixels = ImageCms.profileToProfile(pixels, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    return converted_pixels if converted_pixels is not None else pixels.convert("RGB")


def _settings(options: ExportOptions) -> dict[str, Any]:
    quality = options.quality
    match options.format:
        case "jpeg":
            subsampling = "4:4:4" if quality >= _SHARP_COLOUR_FROM_QUALITY else "4:2:0"
            return {"quality": quality, "subsampling": subsampling, "optimize": True, "progressive": True}
        case "webp":
            return {"quality": quality, "method": 4}
        case "avif":
            return {"quality": quality, "speed": 6}
        case _:
            return {"compress_level": 6}
