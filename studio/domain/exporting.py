"""How images leave the studio, as one plain value: chosen in dialog or command line, kept as preset."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from studio.domain.values import Frozen

ExportFormat = Literal["original", "png", "jpeg", "webp", "avif"]
"""original: the bytes as they came, never touched. The others are made anew from the pixels."""

IfExists = Literal["number", "replace", "skip"]

Metadata = Literal["embed", "strip"]
"""embed: prompt and settings as XMP inside the copy. strip: no text at all. Colour profiles are kept by both, and
``original`` obeys neither: it stays as it came."""

NAME_TOKENS = ("date", "run", "model", "changed", "number", "provider", "prompt", "seed", "size", "rating", "tag")
"""What a file name template can hold, each in braces."""

DEFAULT_TEMPLATE = "{date}_{run}_{model}_{changed}_{number}"


class ContactSheet(Frozen):
    """Small pictures of everything exported, on pages of A4."""

    kind: Literal["pdf", "png"] = "pdf"
    across: Annotated[int, Field(ge=1, le=8)] = 4


class ExportOptions(Frozen):
    template: Annotated[str, Field(max_length=500)] = DEFAULT_TEMPLATE
    folder_per_run: bool = False
    format: ExportFormat = "original"
    quality: Annotated[int, Field(ge=1, le=100)] = 92
    """Of JPEG, WebP and AVIF; PNG has none."""
    longest_edge_px: Annotated[int, Field(ge=16, le=16_384)] | None = None
    """Larger images are made smaller until their longer edge fits; None: full size. Never enlarges."""
    metadata: Metadata = "embed"
    sidecar: bool = False
    """A .json file with prompt, settings and cost beside each image."""
    contact_sheet: ContactSheet | None = None
    if_exists: IfExists = "number"


NOTE_WORDS: dict[str, tuple[str, str]] = {
    "white_background": (
        "JPEG has no transparency. 1 image gets a white background.",
        "JPEG has no transparency. {count} images get a white background.",
    ),
    "first_frame": (
        "1 image is animated, only its first frame is kept.",
        "{count} images are animated, only their first frames are kept.",
    ),
    "credentials_lost": (
        "1 image loses its Content Credentials, the original keeps them.",
        "{count} images lose their Content Credentials, the originals keep them.",
    ),
    "stays_svg": ("1 image is SVG and stays SVG.", "{count} images are SVG and stay SVG."),
    "as_received": (
        "The original is copied as it came, without the prompt inside.",
        "Originals are copied as they came, without the prompt inside.",
    ),
    "moved": ("1 file was moved and cannot be exported.", "{count} files were moved and cannot be exported."),
    "altered": (
        "1 file is not what was received: another program changed it.",
        "{count} files are not what was received: another program changed them.",
    ),
    "renamed": ("1 name exists, it gets a number.", "{count} names exist, these get a number."),
    "replaced": ("1 file is replaced.", "{count} files are replaced."),
    "skipped": ("1 file exists and is skipped.", "{count} files exist and are skipped."),
}
"""Singular and plural of what an export does beside copying. The window translates these very strings."""


class ExportNote(Frozen):
    """Something to know before exporting; `code` picks the words."""

    code: str
    count: int

    @property
    def message(self) -> str:
        one, many = NOTE_WORDS[self.code]
        return one if self.count == 1 else many.format(count=self.count)
