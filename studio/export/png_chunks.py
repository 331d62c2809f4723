"""A PNG with other text inside and the very same pixels: chunks are copied, nothing is decoded."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_TEXT = {b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME"}
_CREDENTIALS = {b"caBX"}
"""C2PA: its signature covers the file as it was, so a changed file must not carry it."""

_ANIMATION = {b"acTL", b"fcTL", b"fdAT"}


class NotPlainPng(ValueError):
    """No PNG, a damaged one, or one with frames: to be decoded like any other format."""


def with_text(content: bytes, xmp: bytes | None) -> bytes:
    """The PNG without any text, EXIF or credentials, and with `xmp` as its XMP packet if given.

    Raises NotPlainPng."""
    parts: list[bytes | memoryview] = [SIGNATURE]
    seen_end = False
    for kind, chunk in _chunks(content):
        if kind in _ANIMATION:
            raise NotPlainPng("the PNG is animated")
        if kind not in _TEXT and kind not in _CREDENTIALS:
            parts.append(chunk)
        if kind == b"IHDR" and xmp is not None:
            # Before the pixels, so that readers find it without reading them.
            parts.append(_chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + xmp))
        seen_end = seen_end or kind == b"IEND"
    if not seen_end:
        raise NotPlainPng("the PNG has no end")
    return b"".join(parts)


def _chunks(content: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """Type and whole chunk, checksums proved."""
    if not content.startswith(SIGNATURE):
        raise NotPlainPng("no PNG signature")
    view, at = memoryview(content), len(SIGNATURE)
    while at < len(content):
        if at + 12 > len(content):
            raise NotPlainPng("the PNG is cut off")
        (length,) = struct.unpack_from(">I", content, at)
        end = at + 12 + length
        if end > len(content):
            raise NotPlainPng("the PNG is cut off")
        (checksum,) = struct.unpack_from(">I", content, end - 4)
        if zlib.crc32(view[at + 4 : end - 4]) != checksum:
            raise NotPlainPng("a checksum of the PNG is wrong")
        kind = content[at + 4 : at + 8]
        yield kind, view[at:end]
        if kind == b"IEND":
            return
        at = end


def _chunk(kind: bytes, content: bytes) -> bytes:
    checksum = zlib.crc32(content, zlib.crc32(kind))
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)
