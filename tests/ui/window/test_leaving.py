"""Closing the window while paid images are under way."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.domain.jobs import CallState, Run, Ticket
from studio.domain.pricing import Estimate, Money
from studio.ui.translation import Language
from studio.ui.widgets import Question
from studio.ui.window import leaving
from studio.ui.window.leaving import Losing, losing, losing_words, may_leave
from tests.ui.gallery.events import run_of
from tests.ui.window.conftest import Play, Stage

TITLES = {"openai": "OpenAI", "gemini": "Gemini"}


def run_in(states: Sequence[tuple[str, CallState, bool]], price: str = "0.03") -> Run:
    """A run with a job of two images for each (target, state, whether the provider gave a ticket)."""
    run = run_of(1, tuple(target for target, _state, _ticket in states), images=2)
    jobs = []
    for job, (_target, state, has_ticket) in zip(run.jobs, states, strict=True):
        ticket = Ticket(provider=job.target.provider, account="default", task_id="t1") if has_ticket else None
        call = job.calls[0].model_copy(update={"state": state, "ticket": ticket})
        estimate = Estimate(typical=Money(amount=Decimal(price)))
        jobs.append(job.model_copy(update={"calls": (call,), "estimate": estimate}))
    return run.model_copy(update={"jobs": tuple(jobs)})


def test_only_paid_work_that_cannot_be_brought_home_is_lost() -> None:
    under_way = run_in(
        [
            ("openai/gpt-image-2", CallState.SENDING, False),
            ("gemini/gemini-3-pro-image", CallState.RUNNING, False),
            ("tongyi/qwen-image", CallState.RUNNING, True),
            ("openai/gpt-image-2", CallState.QUEUED, False),
            ("openai/gpt-image-2", CallState.DONE, False),
            ("openai/gpt-image-2", CallState.UNCERTAIN, False),
        ]
    )
    assert losing([under_way]) == Losing(in_doubt=4, waiting=2, providers=("openai", "gemini"))
    assert losing([run_in([("demo/demo-painter", CallState.RUNNING, False)], price="0")]) == Losing()
    assert losing([]) == Losing()


def test_what_is_lost_is_told_in_words(language: Language) -> None:
    both = Losing(in_doubt=6, waiting=1, providers=("openai", "gemini"))
    assert losing_words(both, TITLES) == (
        "6 images may be billed and will not come: OpenAI, Gemini. 1 image that waits will not be sent."
    )
    assert losing_words(Losing(waiting=3), TITLES) == "3 images that wait will not be sent."
    language.choose("zh_CN")
    assert losing_words(both, TITLES) == "6 张图片可能会扣费，且无法取回：OpenAI、Gemini。排队中的 1 张图片不会发送。"


@pytest.mark.parametrize("agreed", [True, False])
def test_the_window_asks_before_paid_work_is_given_up(
    play: Play, monkeypatch: pytest.MonkeyPatch, agreed: bool
) -> None:
    async def scene(stage: Stage) -> None:
        assert await may_leave(stage.controller)  # nothing is under way: no question
        monkeypatch.setattr(leaving, "losing", lambda runs: Losing(in_doubt=2, providers=("openai",)))
        answer = asyncio.get_running_loop().create_task(may_leave(stage.controller))
        await stage.until(lambda: any(one.isVisible() for one in stage.window.findChildren(Question)))
        (question,) = stage.window.findChildren(Question)
        assert "2 images may be billed" in question.words.text()
        QTest.keyClick(question, Qt.Key.Key_Return if agreed else Qt.Key.Key_Escape)
        assert await answer is agreed

    play(scene)


def test_the_question_answers_itself_when_everything_has_come(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    async def scene(stage: Stage) -> None:
        under_way = [Losing(in_doubt=2, providers=("openai",)), Losing(waiting=1), Losing()]
        monkeypatch.setattr(leaving, "losing", lambda runs: under_way.pop(0) if len(under_way) > 1 else under_way[0])
        answer = asyncio.get_running_loop().create_task(may_leave(stage.controller))
        while not answer.done():
            stage.client.arrived.emit([])
            await asyncio.sleep(0)
        assert await answer
        assert under_way == [Losing()]

    play(scene)
