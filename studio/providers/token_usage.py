"""The words of a bill in tokens."""

from __future__ import annotations

from studio.domain.pricing import Usage


def tokens_basis(figures: Usage) -> str:
    """What a cost was made from: ``usage: 12 text in, 4160 image out tokens``; kinds without a count are left out."""
    counts = {
        "text in": figures.text_in,
        "image in": figures.image_in,
        "text out": figures.text_out,
        "image out": figures.image_out,
    }
    words = [f"{count} {what}" for what, count in counts.items() if count]
    return f"usage: {', '.join(words)} tokens" if words else "usage"
