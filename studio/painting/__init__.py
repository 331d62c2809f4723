"""Procedural pictures for the keyless Demo provider: words in, a composed picture out, the same on every machine."""

from __future__ import annotations

from studio.painting.encoding import encode
from studio.painting.preview import palette_of, sharpen_steps
from studio.painting.render import paint
from studio.painting.wish import PaintStyle, PaintWish

__all__ = ["PaintStyle", "PaintWish", "encode", "paint", "palette_of", "sharpen_steps"]
