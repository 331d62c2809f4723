"""Problems and notices of the layers below in the language of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.ui.translation import catalog_text, filled, shown, translate, translated

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
    return shown(_words(problem)[0], **_values(problem))


def problem_text(problem: Problem, *, named: bool = True) -> str:
    """Who (unless `named` is off), why if known, and whether it cost money."""
    hidden = {} if named else {**_unnamed(), "region": translate("Problem", "its region")}
    return shown(_words(problem)[1], **{**_values(problem), **hidden})


def problem_line(problem: Problem) -> str:
    """Title and text as one line: what happened, who, why, and whether it cost money."""
    words = translate("Problem", "{title}. {text}")
    return filled(words, title=problem_title(problem), text=problem_text(problem))


def problem_action(problem: Problem) -> str:
    """The words of its one button; empty for none."""
    from studio.domain.words import ACTION_WORDS

    words = ACTION_WORDS.get(problem.action, "")
    return shown(words) if words else ""


def notice_text(notice: Notice) -> str:
    """What became of a setting."""
    from studio.domain.words import NOTICE_WORDS

    return shown(NOTICE_WORDS.get(notice.code, notice.code), **notice.values)


def _words(problem: Problem) -> tuple[str, str]:
    from studio.domain.words import PROBLEM_WORDS

    # A newer version may have left a kind in the workspace that this one does not know.
    return PROBLEM_WORDS.get(problem.kind, PROBLEM_WORDS["internal"])


def _unnamed() -> dict[str, str]:
    return {
        "provider": translate("Problem", "The provider"),
        "model": translate("Problem", "this model"),
        "host": translate("Problem", "The provider"),
        "parameter": translate("Problem", "a setting"),
    }


def _values(problem: Problem) -> dict[str, str]:
    ours = {"provider": catalog_text, "reason": translated}
    named = {name: ours[name](value) if name in ours else value for name, value in problem.values.items()}
    return {**_unnamed(), **named, "money": money_words(problem)}
