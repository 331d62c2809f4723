"""The painter as a process: one order in on standard input, pictures out on standard output.

Painting takes most of a second of pure Python. In a process of its own it neither slows the window nor outlives a
cancelled call: ending it is enough. Protocol: one line of JSON in, a `PaintOrder` or ``{"palettes_of": [base64]}``;
frames out, each a byte (``P`` preview, ``F`` final), the length as four bytes big-endian, then the encoded image, or
the palettes as JSON."""

from __future__ import annotations

import base64
import io
import json
import struct
import sys
from collections.abc import Callable
from typing import BinaryIO, Literal, TypedDict, cast


class PaintOrder(TypedDict):
    """What the process is told. Sizes in pixels; `palettes` holds the colours (0 to 255) of each reference."""

    prompt: str
    negative_prompt: str
    style_words: str
    seed: int
    width: int
    height: int
    paint_style: str
    palettes: list[list[list[int]]]
    previews: int
    file_format: Literal["png", "jpeg", "webp"]
    text: dict[str, str]


def main(source: BinaryIO | None = None, sink: BinaryIO | None = None) -> int:
    """Serve one order. Returns the exit code: 0 when the final frame was written."""
    order = json.loads((source or sys.stdin.buffer).readline())
    out = sink or sys.stdout.buffer

    def send(kind: bytes, content: bytes) -> None:
        out.write(kind + struct.pack(">I", len(content)) + content)
        out.flush()

    if "palettes_of" in order:
        send(b"F", json.dumps([_palette(encoded) for encoded in order["palettes_of"]]).encode())
    else:
        _paint(cast(PaintOrder, order), send)
    return 0


def _palette(encoded: str) -> object:
    from PIL import Image

    from studio.painting import palette_of

    with Image.open(io.BytesIO(base64.b64decode(encoded)), formats=["PNG", "JPEG", "WEBP", "GIF"]) as reference:
        return palette_of(reference)


def _paint(order: PaintOrder, send: Callable[[bytes, bytes], None]) -> None:
    from studio.painting import PaintStyle, PaintWish, encode, paint, sharpen_steps

    picture = paint(
        PaintWish(
            prompt=order["prompt"],
            negative_prompt=order["negative_prompt"],
            style_words=order["style_words"],
            seed=order["seed"],
            width=order["width"],
            height=order["height"],
            paint_style=PaintStyle(order["paint_style"]),
            reference_palettes=tuple(
                tuple((red, green, blue) for red, green, blue in palette) for palette in order["palettes"]
            ),
        )
    )
    if order["previews"]:
        for preview in sharpen_steps(picture, order["previews"]):
            send(b"P", encode(preview, file_format=order["file_format"], text=order["text"]))
    send(b"F", encode(picture, file_format=order["file_format"], text=order["text"]))


if __name__ == "__main__":
    raise SystemExit(main())
