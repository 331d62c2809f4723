"""What can be set about the engine; `studio.bootstrap` fills it from the user's settings."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from studio.domain.ports import Limits
from studio.engine.retry import RetryPolicy

FallbackUse = Literal["off", "offer", "take"]


@dataclass(frozen=True, slots=True)
class EngineSettings:
    """Times in seconds."""

    limits: Limits = field(default_factory=Limits)
    """The budget of day and run; the limit of an account comes with the account."""
    retry: RetryPolicy = field(default_factory=RetryPolicy)
    fallback: FallbackUse = "off"
    """off: nothing. offer: told in `JobFinished.fallback`. take: the next target joins the run by itself."""
    fallback_order: tuple[str, ...] = ()
    """Targets as ``provider/model``, or ``provider`` for that provider's default model; first one first."""
    rescue_folders: tuple[Path, ...] = ()
    """Where images go at close when the workspace cannot be written; the first that takes them."""
    progress_per_s: float = 30
    """Most progress events of one call."""
    saving_retry_s: float = 15
    """Between two tries to write what waits in memory."""
    cancel_patience_s: float = 5
    """How long a cancelled request may still bring its ticket, so that the provider can be asked to stop."""
    lost_lookups_s: tuple[float, ...] = (0, 5)
    """When a request whose answer never came is looked for at the provider, counted from one look to the next."""
