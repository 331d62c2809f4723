"""Sizes and times as people read them."""

from __future__ import annotations


def size_words(size_bytes: int) -> str:
    """``1.4 MB``, ``640 kB``, ``212 GB``: decimal, as file managers count."""
    if size_bytes >= 1_000_000_000:
        return f"{size_bytes / 1_000_000_000:.0f} GB"
    if size_bytes >= 1_000_000:
        return f"{size_bytes / 1_000_000:.1f} MB"
    return f"{max(1, round(size_bytes / 1000))} kB"
