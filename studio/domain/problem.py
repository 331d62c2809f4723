"""An error as a value: what is stored, shown and printed of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import Field

from studio.domain.pricing import Money
from studio.domain.values import Frozen
from studio.domain.words import ACTION_WORDS, MONEY_WORDS, PROBLEM_WORDS, Filling

Charged = Literal["no", "maybe", "yes", "none"]
"""none: money was not in question at all (a broken settings file)."""

RAW_MAX_CHARACTERS = 16_000


class Repeat(StrEnum):
    """May the same request be sent again by itself?"""

    SAFE = "safe"  # nothing was sent
    LATER = "later"  # refused for now, wait first (429, busy)
    ONCE = "once"  # a complete error reply in the vendor's own form says it failed
    UNCERTAIN = "uncertain"  # may be paid: never by itself
    NEVER = "never"  # would fail again


class Problem(Frozen):
    """An error as a value: stored with the job, shown in the tile, printed by the CLI."""

    kind: str
    charged: Charged
    action: str
    repeat: Repeat = Repeat.NEVER
    values: dict[str, str] = Field(default_factory=dict)
    amount: Money | None = None
    detail: str = ""
    """The vendor's own words, as received, for the reader; plain text."""
    vendor_code: str | None = None
    http_status: int | None = None
    request_id: str | None = None
    retry_after_s: float | None = None
    raw: str = ""
    """The reply behind it, redacted, cut at 16 000 characters."""

    @property
    def title(self) -> str:
        return self._words[0].format_map(self._filled())

    @property
    def text(self) -> str:
        return self._words[1].format_map(self._filled()).strip()

    @property
    def money_words(self) -> str:
        if self.amount is not None and self.charged == "yes":
            return MONEY_WORDS["amount"].format(amount=self.amount)
        return MONEY_WORDS[self.charged]

    @property
    def action_words(self) -> str:
        return ACTION_WORDS.get(self.action, "")

    @property
    def _words(self) -> tuple[str, str]:
        # A kind of a newer version: an old program must still show a new workspace.
        return PROBLEM_WORDS.get(self.kind, PROBLEM_WORDS["internal"])

    def _filled(self) -> Filling:
        return Filling({**_UNNAMED, **self.values, "money": self.money_words})


_UNNAMED = {"provider": "The provider", "model": "this model", "host": "The provider", "parameter": "a setting"}
