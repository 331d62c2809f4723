"""When a request may be sent again by itself, and how long to wait before."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from studio.domain.errors import Problem, Repeat


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Times in seconds, tries counted from 1 with the first one."""

    tries_max: int = 4
    server_tries_max: int = 3
    """For a complete error reply in the vendor's own form: it failed there, and will mostly fail again."""
    total_s: float = 600
    """No try begins later than this after the first one."""
    delay_first_s: float = 0.5
    delay_max_s: float = 60
    retry_after_max_s: float = 120
    """Who asks for a longer pause is not waited for: the user decides."""
    jitter: float = 0.25
    """Part of a delay that is left to chance, so that many calls do not come back together."""
    chance: random.Random = field(default_factory=random.Random)

    def delay_s(self, problem: Problem, *, tries: int, elapsed_s: float) -> float | None:
        """Seconds until the next try after `tries` tries; None when there is none.

        Never for a problem that may have cost money, whatever its class says."""
        if problem.charged not in ("no", "none"):
            return None
        if problem.repeat not in (Repeat.SAFE, Repeat.LATER, Repeat.ONCE):
            return None
        if tries >= self.attempts_max(problem):
            return None
        if problem.retry_after_s is not None and problem.retry_after_s > self.retry_after_max_s:
            return None
        delay_s = self.backoff_s(tries)
        if problem.retry_after_s is not None:
            # Jitter only ever adds: coming early would break what the provider asked for.
            delay_s = max(problem.retry_after_s, 0) + self.chance.uniform(0, self.jitter) * self.delay_first_s
        return delay_s if elapsed_s + delay_s <= self.total_s else None

    def resume_delay_s(self, problem: Problem, tries: int) -> float:
        """Before asking again for a task that the provider has: free of charge, so there is no end but the deadline."""
        asked_s = min(problem.retry_after_s or 0, self.retry_after_max_s)
        return max(self.backoff_s(tries), asked_s)

    def attempts_max(self, problem: Problem) -> int:
        return self.server_tries_max if problem.repeat is Repeat.ONCE else self.tries_max

    def backoff_s(self, tries: int) -> float:
        """0.5, 1, 2, 4, ... seconds, up to `delay_max_s`, moved by the jitter to either side."""
        delay_s = min(self.delay_max_s, self.delay_first_s * 2.0 ** min(tries - 1, 30))
        return delay_s * self.chance.uniform(1 - self.jitter, 1 + self.jitter)
