"""What kind of image some bytes are, and whether they are all there; told from the file's structure, without pixels.

Decoding a 4K PNG takes most of a second, reading its structure a few milliseconds: fast enough to stand between the
last byte of an image and its place on disk. Sources: PNG third edition, ITU T.81 (JPEG), GIF89a, WebP container
specification, ISO 14496-12 (AVIF); C2PA 2.1 annex A for where each format holds its manifest."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from studio.domain.assets import MediaType
from studio.domain.words import REASON_WORDS

CHUNKS_MAX = 500_000
"""More parts than that in one file is an attack, not an image (a 4K PNG of 8 KiB chunks has 6 000)."""


class NotAnImage(Exception):
    """The bytes are no whole image of a kind we read; the text says why, for the user."""


CUT_OFF = REASON_WORDS["cut_off"]
DAMAGED = REASON_WORDS["damaged_image"]
UNKNOWN_KIND = REASON_WORDS["unknown_format"]


@dataclass(frozen=True, slots=True)
class Structure:
    media_type: MediaType
    frame_count: int = 1
    has_c2pa: bool = False


def read_structure(content: bytes) -> Structure:
    """Raises NotAnImage for an unknown kind and for a file that is cut off or damaged.

    TIFF and BMP have no end mark: their pixels tell (`pixels.read_facts` decodes them)."""
    media_type = sniff(content)
    walk = _WALKS.get(media_type)
    if walk is None:
        return Structure(media_type)
    try:
        return walk(content)
    except (IndexError, struct.error) as error:
        raise NotAnImage(CUT_OFF) from error


def sniff(content: bytes) -> MediaType:
    """The kind by the first bytes, whatever the name or the Content-Type said. Raises NotAnImage."""
    head = content[:64]
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:6] in (b"GIF87a", b"GIF89a"):
        return "image/gif"
    if head[4:8] == b"ftyp" and (b"avif" in head[8:] or b"avis" in head[8:]):
        return "image/avif"
    if head[:4] in (b"II*\0", b"MM\0*"):
        return "image/tiff"
    if head[:2] == b"BM" and len(content) > 26:
        return "image/bmp"
    if is_drawing(content):
        return "image/svg+xml"
    raise NotAnImage(UNKNOWN_KIND)


def is_drawing(content: bytes) -> bool:
    """Does it begin like an SVG file, whole or not? Editors put comments, licences and a DTD in front."""
    text = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    return text.startswith((b"<svg", b"<?xml", b"<!--", b"<!DOCTYPE svg")) and b"<svg" in content[:65_536]


def _png(content: bytes) -> Structure:
    view, position, frames, c2pa = memoryview(content), 8, 1, False
    for _ in range(CHUNKS_MAX):
        length, kind = struct.unpack_from(">I4s", content, position)
        end = position + 8 + length
        (checksum,) = struct.unpack_from(">I", content, end)
        if zlib.crc32(view[position + 4 : end]) != checksum:
            raise NotAnImage(DAMAGED)
        if kind == b"IEND":
            return Structure("image/png", frames, c2pa)
        if kind == b"acTL" and length >= 4:
            frames = max(1, struct.unpack_from(">I", content, position + 8)[0])
        c2pa = c2pa or kind == b"caBX"
        position = end + 4
    raise NotAnImage(DAMAGED)


def _jpeg(content: bytes) -> Structure:
    position, c2pa = 2, False
    for _ in range(CHUNKS_MAX):
        if content[position] != 0xFF:
            raise NotAnImage(DAMAGED)
        marker = content[position + 1]
        if marker == 0xFF:  # padding
            position += 1
            continue
        (length,) = struct.unpack_from(">H", content, position + 2)
        if marker == 0xEB and b"jumb" in content[position : position + 64]:
            c2pa = True
        if marker == 0xDA:  # the pixels begin; inside them FF D9 is nothing but the end
            if content.rfind(b"\xff\xd9", position + 2 + length) < 0:
                raise NotAnImage(CUT_OFF)
            return Structure("image/jpeg", 1, c2pa)
        position += 2 + length
    raise NotAnImage(DAMAGED)


def _webp(content: bytes) -> Structure:
    (size,) = struct.unpack_from("<I", content, 4)
    if len(content) < size + 8:
        raise NotAnImage(CUT_OFF)
    kinds = [kind for kind, _, _ in _riff_chunks(content, size + 8)]
    if not {b"VP8 ", b"VP8L", b"ANMF"} & set(kinds):
        raise NotAnImage(DAMAGED)
    return Structure("image/webp", max(1, kinds.count(b"ANMF")), b"C2PA" in kinds)


def _riff_chunks(content: bytes, end: int) -> Iterator[tuple[bytes, int, int]]:
    position = 12
    for _ in range(CHUNKS_MAX):
        if position + 8 > end:
            return
        kind, length = struct.unpack_from("<4sI", content, position)
        if position + 8 + length > end:
            raise NotAnImage(CUT_OFF)
        yield kind, position + 8, length
        position += 8 + length + (length & 1)
    raise NotAnImage(DAMAGED)


def _gif(content: bytes) -> Structure:
    position, frames = 13 + _colour_table(content[10]), 0
    for _ in range(CHUNKS_MAX):
        if position == len(content) and frames:
            return Structure("image/gif", frames)  # some encoders leave the end mark out
        kind = content[position]
        if kind == 0x3B:
            if not frames:
                raise NotAnImage(DAMAGED)
            return Structure("image/gif", frames)
        if kind == 0x21:
            position = _after_blocks(content, position + 2)
        elif kind == 0x2C:
            frames += 1
            position = _after_blocks(content, position + 11 + _colour_table(content[position + 9]))
        else:
            raise NotAnImage(DAMAGED)
    raise NotAnImage(DAMAGED)


def _colour_table(flags: int) -> int:
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _after_blocks(content: bytes, position: int) -> int:
    while size := content[position]:
        position += 1 + size
    return position + 1


_C2PA_BOX = bytes.fromhex("d8fec3d61b0e483c92975828877ec481")


def _avif(content: bytes) -> Structure:
    position, kinds, c2pa = 0, set(), False
    for _ in range(CHUNKS_MAX):
        if position == len(content):
            break
        size, kind = struct.unpack_from(">I4s", content, position)
        if size == 1:
            (size,) = struct.unpack_from(">Q", content, position + 8)
        elif size == 0:
            size = len(content) - position
        if size < 8:
            raise NotAnImage(DAMAGED)
        if position + size > len(content):
            raise NotAnImage(CUT_OFF)
        kinds.add(kind)
        c2pa = c2pa or (kind == b"uuid" and content[position + 8 : position + 24] == _C2PA_BOX)
        position += size
    if not {b"meta", b"mdat"} <= kinds:
        raise NotAnImage(CUT_OFF)
    return Structure("image/avif", 1, c2pa)


_WALKS: dict[str, Callable[[bytes], Structure]] = {
    "image/png": _png,
    "image/jpeg": _jpeg,
    "image/webp": _webp,
    "image/gif": _gif,
    "image/avif": _avif,
}
