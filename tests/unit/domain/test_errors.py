"""Every error says what happened, whether it cost money, and what to do; and never breaks while saying it."""

from __future__ import annotations

import inspect
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from studio.domain import errors, events
from studio.domain.errors import Problem, ProviderError, RateLimited, Repeat, StudioError
from studio.domain.notices import Notice, Notices
from studio.domain.words import ACTION_WORDS, MONEY_WORDS, NOTICE_WORDS, PROBLEM_WORDS
from tests.unit.engine.fakes import usd

BASES = {StudioError, ProviderError}
CLASSES = [
    value
    for value in vars(errors).values()
    if inspect.isclass(value) and issubclass(value, StudioError) and value not in BASES
]


@pytest.mark.parametrize("error", CLASSES)
def test_every_error_has_words_of_its_own_and_an_action(error: type[StudioError]) -> None:
    assert error.kind in PROBLEM_WORDS
    assert error.action in ACTION_WORDS
    title, text = PROBLEM_WORDS[error.kind]
    assert title
    assert "{money}" in text
    problem = error().problem
    assert problem.title
    assert problem.text
    if error.charged != "none":
        assert MONEY_WORDS[error.charged] in problem.text


def test_no_two_errors_share_their_words() -> None:
    assert len({error.kind for error in CLASSES}) == len(CLASSES)
    assert {error.kind for error in CLASSES} == set(PROBLEM_WORDS)


@pytest.mark.parametrize("error", [one for one in CLASSES if one.repeat in (Repeat.SAFE, Repeat.LATER, Repeat.ONCE)])
def test_what_repeats_by_itself_has_cost_nothing(error: type[StudioError]) -> None:
    assert error.charged == "no"


@pytest.mark.parametrize("error", [one for one in CLASSES if one.repeat is Repeat.UNCERTAIN])
def test_what_is_uncertain_may_have_cost_money(error: type[StudioError]) -> None:
    assert error.charged == "maybe"


def test_words_keep_to_their_style() -> None:
    for text in [
        *NOTICE_WORDS.values(),
        *ACTION_WORDS.values(),
        *(word for pair in PROBLEM_WORDS.values() for word in pair),
    ]:
        assert "!" not in text
        assert text == text.strip()
        assert "..." not in text.rstrip(".")
        list(string.Formatter().parse(text))


@given(st.text(max_size=30), st.dictionaries(st.text(max_size=8), st.text(max_size=30)))
def test_an_error_message_never_becomes_an_error(kind: str, values: dict[str, str]) -> None:
    problem = Problem(kind=kind, charged="maybe", action=kind, values=values)
    assert problem.title
    assert problem.text
    assert isinstance(problem.action_words, str)
    notice = Notice(field="size", kind="adjusted", code=kind, values=values)
    assert notice.message is not None


def test_values_with_braces_stay_as_they_are() -> None:
    assert RateLimited(provider="{money} {0}").problem.text == "{money} {0} asks us to wait. Nothing was billed."


def test_an_amount_is_named_when_it_is_known() -> None:
    problem = RateLimited(provider="Alpha", charged="yes", amount=usd("0.05")).problem
    assert problem.text == "Alpha asks us to wait. $0.050 was billed."
    assert Problem.model_validate_json(problem.model_dump_json()) == problem


def test_a_long_reply_is_cut() -> None:
    problem = RateLimited(raw="x" * 20_000, detail="y" * 20_000).problem
    assert len(problem.raw) == len(problem.detail) == 16_000


@pytest.mark.parametrize("code", NOTICE_WORDS)
def test_every_notice_has_words_that_can_be_filled(code: str) -> None:
    names = {name for _, name, _, _ in string.Formatter().parse(NOTICE_WORDS[code]) if name}
    notices = Notices("draw")
    values: dict[str, Any] = {name: f"<{name}>" for name in names - {"model"}}
    notices.add("size", "information", code, **values)
    (notice,) = notices.all
    assert "?" not in notice.message
    assert all((f"<{name}>" if name != "model" else "draw") in notice.message for name in names)


def test_every_event_is_told_apart_by_its_kind() -> None:
    schema = TypeAdapter(events.StudioEvent).json_schema()
    assert len(schema["discriminator"]["mapping"]) == len(schema["oneOf"])
