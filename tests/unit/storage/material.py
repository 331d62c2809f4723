"""Runs, images and a clock to try a workspace with."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache

from PIL import Image, ImageDraw

from studio.domain.events import ImageArrived
from studio.domain.jobs import Call, CallState, Job, Run
from studio.domain.pricing import Estimate, Money
from studio.domain.request import FittedRequest, GenerationRequest, Target
from studio.domain.values import CallId, JobId, RunId


class HandClock:
    """A clock that a test moves by hand. Not for sleeping."""

    def __init__(self, now: datetime = datetime(2026, 11, 20, 12, tzinfo=UTC)) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def monotonic_s(self) -> float:
        return self._now.timestamp()

    async def sleep(self, delay_s: float) -> None:
        raise AssertionError("storage never sleeps")

    def advance(self, **by: float) -> None:
        self._now += timedelta(**by)

    def set(self, now: datetime) -> None:
        self._now = now


def dollars(amount: str) -> Money:
    return Money(amount=Decimal(amount))


def draft_run(
    clock: HandClock,
    prompt: str = "late afternoon over the harbour",
    *,
    targets: Sequence[str] = ("openai/gpt-image-2",),
    seed: int | None = None,
    images_per_call: tuple[int, ...] = (1,),
    parent: RunId | None = None,
    negative: str = "",
) -> Run:
    """A run as the engine hands it in: numbers are placeholders."""
    request = GenerationRequest(prompt=prompt, negative_prompt=negative, seed=seed, n=sum(images_per_call))
    chosen = tuple(Target.parse(target) for target in targets)
    jobs = tuple(
        _draft_job(clock, request, target, place, images_per_call) for place, target in enumerate(chosen, start=1)
    )
    return Run(id=RunId(0), created_at=clock.now(), request=request, targets=chosen, parent_run_id=parent, jobs=jobs)


def _draft_job(
    clock: HandClock, request: GenerationRequest, target: Target, position: int, images_per_call: tuple[int, ...]
) -> Job:
    calls = tuple(
        Call(
            id=CallId(f"draft-{index}"),
            job_id=JobId("draft"),
            index=index,
            image_count=count,
            first_image_index=sum(images_per_call[:index]),
        )
        for index, count in enumerate(images_per_call)
    )
    return Job(
        id=JobId("draft"),
        run_id=RunId(0),
        position=position,
        target=target,
        fitted=FittedRequest(prompt=request.prompt, seed=request.seed, images_per_call=images_per_call),
        estimate=Estimate(typical=dollars("0.04"), at_most=dollars("0.06")),
        queued_at=clock.now(),
        calls=calls,
    )


def moved(call: Call, state: CallState) -> Call:
    return call.model_copy(update={"state": state})


def picture(
    width: int = 64,
    height: int = 48,
    *,
    colour: tuple[int, ...] = (200, 60, 40),
    form: str = "PNG",
    mode: str = "RGB",
    marks: int = 0,
    **options: object,
) -> bytes:
    """A whole image file. `marks` draws that many shapes, so that two pictures differ in look and bytes."""
    image = Image.new(mode, (width, height), colour)
    draw = ImageDraw.Draw(image)
    for mark in range(marks):
        left, top = (mark * 37) % width, (mark * 53) % height
        draw.ellipse((left, top, left + width // 3, top + height // 3), fill=tuple(255 - part for part in colour))
    target = io.BytesIO()
    image.save(target, form, **options)
    return target.getvalue()


def arrived(content: bytes, index: int = 0, **values: object) -> ImageArrived:
    return ImageArrived.model_validate({"index": index, "content": content, **values})


@cache
def hostile_files() -> dict[str, bytes]:
    """Bytes that are no whole image of a kind we read, by what is wrong with them."""
    png, jpeg, webp, avif, gif = (
        picture(200, 200, form=form, marks=9) for form in ("PNG", "JPEG", "WEBP", "AVIF", "GIF")
    )
    flipped = bytearray(png)
    flipped[len(png) // 2] ^= 0x40
    return {
        "empty": b"",
        "text": b"Sorry, something went wrong.",
        "html": b"<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
        "json": b'{"error": {"message": "no"}}',
        "png cut off": png[: len(png) // 2],
        "png without its end": png[:-12],
        "png with a wrong byte": bytes(flipped),
        "png head alone": png[:8],
        "png bomb": png_chunks(40_000, 40_000, zlib.compress(b"\0" * 99)),
        "png of no size": png_chunks(0, 0, zlib.compress(b"\0" * 99)),
        "jpeg cut off": jpeg[: len(jpeg) // 2],
        "jpeg without its end": jpeg[:-2],
        "jpeg head alone": jpeg[:3],
        "webp cut off": webp[: len(webp) // 2],
        "avif cut off": avif[: len(avif) // 2],
        "gif cut off": gif[: len(gif) // 2],
        "gif without a picture": gif[:13] + b";",
        "tiff cut off": picture(form="TIFF")[:60],
        "bmp cut off": picture(form="BMP")[:60],
        "svg with an entity bomb": _SVG_BOMB,
        "svg cut off": b'<svg xmlns="http://www.w3.org/2000/svg"><rect',
        "icon": b"\0\0\1\0\1\0" + b"\0" * 60,
        "postscript": b"%!PS-Adobe-3.0 EPSF-3.0\n" + b" " * 60,
        "photoshop": b"8BPS\0\1" + b"\0" * 60,
    }


def png_chunks(width: int, height: int, pixels: bytes) -> bytes:
    """A well-formed PNG that claims a size and holds `pixels`, compressed or not."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


_SVG_BOMB = b"""<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">&b;</svg>"""
