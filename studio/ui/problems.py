"""Problems and notices of the layers below in the language of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.translation import shown

if TYPE_CHECKING:
    from studio.domain.errors import Problem
    from studio.domain.notices import Notice


def money_words(problem: Problem) -> str:
    """Whether it cost money, as one sentence; empty where money was not in question."""
    from studio.domain.words import MONEY_WORDS

    if problem.amount is not None and problem.charged == "yes":
        return shown(MONEY_WORDS["amount"], amount=problem.amount)
    return shown(MONEY_WORDS[problem.charged]) if MONEY_WORDS[problem.charged] else ""


def problem_title(problem: Problem) -> str:
    """What happened, in a few words."""
    from studio.domain.words import PROBLEM_WORDS

    return shown(PROBLEM_WORDS[problem.kind][0], **_values(problem))


def problem_text(problem: Problem) -> str:
    """Who, why if known, and whether it cost money."""
    from studio.domain.words import PROBLEM_WORDS

    return shown(PROBLEM_WORDS[problem.kind][1], **_values(problem)).strip()


def problem_action(problem: Problem) -> str:
    """The words of its one button; empty for none."""
    from studio.domain.words import ACTION_WORDS

    words = ACTION_WORDS[problem.action]
    return shown(words) if words else ""


def notice_text(notice: Notice) -> str:
    """What became of a setting."""
    from studio.domain.words import NOTICE_WORDS

    return shown(NOTICE_WORDS[notice.code], **notice.values)


def _values(problem: Problem) -> dict[str, str]:
    unnamed = {
        "provider": shown("The provider"),
        "model": shown("this model"),
        "host": shown("The provider"),
        "parameter": shown("a setting"),
    }
    return {**unnamed, **problem.values, "money": money_words(problem)}
