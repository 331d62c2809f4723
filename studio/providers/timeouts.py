"""How long the transport waits for what."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """Time-outs in seconds. Idle: nothing came for so long. Total: from the start to the last byte."""

    connect_s: float = 10.0
    write_s: float = 120.0
    paid_idle_s: float = 330.0
    """An image takes minutes, and a stream is silent until its first event; the slowest vendor cuts at 300
    itself, and its own words must come first. The total is the model's deadline."""
    free_total_s: float = 30.0
    poll_total_s: float = 60.0
    download_idle_s: float = 60.0
    download_total_s: float = 600.0
