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
