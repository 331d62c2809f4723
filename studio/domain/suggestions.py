"""Which provider for what: the decision flow of `references/selection.md` as data."""

from __future__ import annotations

from typing import NamedTuple

from studio.domain.words import SUGGESTION_WORDS


class Suggestion(NamedTuple):
    """A purpose, and the provider it points to; `title` and `reason` are English, translated where they are shown."""

    purpose: str
    provider: str

    @property
    def title(self) -> str:
        return SUGGESTION_WORDS[self.purpose][0]

    @property
    def reason(self) -> str:
        return SUGGESTION_WORDS[self.purpose][1]


SUGGESTIONS = (
    Suggestion("stylised", "midjourney"),
    Suggestion("strict", "openai"),
    Suggestion("china", "tongyi"),
    Suggestion("fast_china", "volcengine"),
)
"""In the order in which they are asked; the first that fits decides."""

FALLBACK_ORDER = ("openai", "tongyi", "volcengine", "midjourney")
"""Who stands in for whom when a target fails, unless the user says otherwise."""
