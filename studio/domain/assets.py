"""Images as facts: sizes, ratios, references and what is known of stored bytes."""

from __future__ import annotations

import re
from math import gcd
from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_serializer, model_validator

from studio.domain.values import BlobHash, Frozen

RATIO_TERM_MAX = 9_999

EDGE_MAX_PX = 16_384
"""Longest edge the studio accepts in a wish; providers have their own, lower limits."""

_SIZE = re.compile(r"^\s*(\d{1,6})\s*[xX*×]\s*(\d{1,6})\s*$")
_RATIO = re.compile(r"^\s*(\d{1,4})\s*[:：/]\s*(\d{1,4})\s*$")


class Size(Frozen):
    """Width and height in pixels. Reads ``1024x1024``, ``1024*1024`` and ``1024×1024``; writes ``1024x1024``."""

    width: Annotated[int, Field(ge=1, le=EDGE_MAX_PX)]
    height: Annotated[int, Field(ge=1, le=EDGE_MAX_PX)]

    @classmethod
    def of(cls, width: int, height: int) -> Self:
        return cls(width=width, height=height)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError when the text is not WIDTHxHEIGHT with edges of 1 to 16384 px."""
        found = _SIZE.match(text)
        if not found:
            raise ValueError(f"{text!r} is not a size such as 1024x1024")
        width, height = int(found[1]), int(found[2])
        if not (1 <= width <= EDGE_MAX_PX and 1 <= height <= EDGE_MAX_PX):
            raise ValueError(f"{text!r}: edges go from 1 to {EDGE_MAX_PX} px")
        return cls(width=width, height=height)

    @model_validator(mode="before")
    @classmethod
    def _read_text(cls, raw: Any) -> Any:
        if isinstance(raw, str):
            size = cls.parse(raw)
            return {"width": size.width, "height": size.height}
        return raw

    @model_serializer
    def _write_text(self) -> str:
        return str(self)

    @property
    def area_px(self) -> int:
        return self.width * self.height

    @property
    def megapixels(self) -> float:
        return self.area_px / 1_000_000

    @property
    def ratio(self) -> float:
        """Width divided by height."""
        return self.width / self.height

    def reduced(self) -> AspectRatio:
        """The ratio in lowest terms, 1920x1080 -> 16:9; terms above 9999 are scaled down to fit."""
        divisor = gcd(self.width, self.height)
        width, height = self.width // divisor, self.height // divisor
        scale = min(1.0, RATIO_TERM_MAX / max(width, height))
        return AspectRatio(width=max(1, round(width * scale)), height=max(1, round(height * scale)))

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


class AspectRatio(Frozen):
    """Width to height, e.g. ``16:9``. Equal only term by term: compare `value` for 2:1 against 4:2."""

    width: Annotated[int, Field(ge=1, le=RATIO_TERM_MAX)]
    height: Annotated[int, Field(ge=1, le=RATIO_TERM_MAX)]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Raises ValueError when the text is not like ``16:9``."""
        found = _RATIO.match(text)
        if not found or not int(found[1]) or not int(found[2]):
            raise ValueError(f"{text!r} is not an aspect ratio such as 16:9")
        return cls(width=int(found[1]), height=int(found[2]))

    @model_validator(mode="before")
    @classmethod
    def _read_text(cls, raw: Any) -> Any:
        if isinstance(raw, str):
            ratio = cls.parse(raw)
            return {"width": ratio.width, "height": ratio.height}
        return raw

    @model_serializer
    def _write_text(self) -> str:
        return str(self)

    @property
    def value(self) -> float:
        return self.width / self.height

    def reduced(self) -> AspectRatio:
        """In lowest terms: 32:18 -> 16:9."""
        divisor = gcd(self.width, self.height)
        return AspectRatio(width=self.width // divisor, height=self.height // divisor)

    def __str__(self) -> str:
        return f"{self.width}:{self.height}"


SizeName = Literal["auto", "0.5K", "1K", "2K", "3K", "4K"]
"""``auto``: the model chooses. The K names are classes of area that some vendors take in place of pixels."""

SizeWish = Size | SizeName


def parse_size_wish(text: str) -> SizeWish:
    """``auto``, ``2K``, ``1024x1536`` or ``1024*1536``; raises ValueError with words for anything else."""
    name = text.strip()
    if name.lower() == "auto":
        return "auto"
    for known in ("0.5K", "1K", "2K", "3K", "4K"):
        if name.upper() == known:
            return known
    return Size.parse(name)


MediaType = Literal[
    "image/png", "image/jpeg", "image/webp", "image/gif", "image/avif", "image/tiff", "image/bmp", "image/svg+xml"
]

EXTENSIONS: dict[str, str] = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/avif": "avif",
    "image/tiff": "tif",
    "image/bmp": "bmp",
    "image/svg+xml": "svg",
}


class ImageFacts(Frozen):
    """What the bytes themselves say; read by `studio.storage`, never echoed from a request."""

    media_type: MediaType
    width: int
    height: int
    size_bytes: int
    has_alpha: bool = False
    colour_profile: str | None = None
    """Name of the embedded ICC profile; None when untagged (shown as sRGB)."""
    frame_count: int = 1
    has_c2pa: bool = False


class ReferenceImage(Frozen):
    """A reference by the hash of its bytes: the request stays small, comparable and replayable."""

    blob: BlobHash
    media_type: MediaType
    width: int
    height: int
    size_bytes: int
    has_alpha: bool = False
    name: str = ""
    """File name or URL the user gave, for display; never a path that is opened again."""
    source_url: str | None = None
    """Set when the user gave an https URL; adapters that take URLs may send it instead of the bytes."""
