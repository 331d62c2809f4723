"""What a provider was paid for and still has is fetched from the window: free of charge, and only where it may go."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from studio.bootstrap import AccountSettings
from studio.domain.request import GenerationRequest, Target
from studio.ui.widgets import Button
from studio.ui.widgets.dialog import Question
from tests.fakes.tongyi import API_KEY, FakeTongyi
from tests.ui.window.conftest import Play, Stage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def other() -> Iterator[FakeTongyi]:
    with FakeTongyi() as server:
        yield server


async def _given_up(stage: Stage, fake: FakeTongyi) -> Any:
    """A run at `fake` whose task goes on after the user no longer waited for it."""
    _prefer(stage, fake)
    fake.tasks.freeze()
    request, target = GenerationRequest(prompt="two pears"), Target(provider="tongyi", model="qwen-image")

    async def work(studio: Any) -> Any:
        await studio.accounts.set_key("tongyi", "default", API_KEY, place="session")
        return await studio.engine.start(request, [target])

    run = await stage.client.run(work)
    await stage.until(lambda: any(event.kind == "call_changed" and event.state == "accepted" for event in stage.events))
    fake.tasks.all[0].stage = 1  # at work, so that it cannot be cancelled any more
    for _ in range(2):
        await stage.client.run(lambda studio: studio.engine.cancel_run(run.id))
    ended = await stage.run_ended()
    (call,) = ended.jobs[0].calls
    assert (call.state, call.problem.charged, call.ticket is not None) == ("cancelled", "maybe", True)
    fake.tasks.thaw()
    return ended


def _prefer(stage: Stage, fake: FakeTongyi) -> None:
    settings = stage.client.studio.settings
    account = AccountSettings(id="default", fields={"base_url": fake.base_url})
    settings.change(providers=settings.current.with_account("tongyi", account).providers)


async def _fetch_button(stage: Stage, run: Any) -> Button:
    stage.controller.actions.show_job.emit(run.jobs[0].id)
    card = stage.controller.details.card
    await stage.until(card.isVisible)
    return next(button for button in card.findChildren(Button) if button.text() == "Fetch")


async def _came(stage: Stage) -> None:
    await stage.until(lambda: any(event.kind == "image_saved" for event in stage.events))
    await stage.run_ended()
    assert len(await stage.images()) == 1


def test_the_image_is_fetched_and_shown_and_nothing_is_sent_again(play: Play, fake_tongyi: FakeTongyi) -> None:
    async def scene(stage: Stage) -> None:
        run = await _given_up(stage, fake_tongyi)
        button = await _fetch_button(stage, run)
        assert "It was not sent again." in stage.controller.details.card._text.text()
        QTest.mouseClick(button, LEFT)
        await _came(stage)
        runs = stage.controller.gallery.runs
        await stage.until(lambda: (row := runs.row(0)) is not None and row.tiles[0].image is not None)
        assert len(fake_tongyi.tasks.all) == 1

    play(scene)


def test_what_it_cost_is_offered_in_dollars_whatever_its_price_is_in(play: Play, fake_tongyi: FakeTongyi) -> None:
    async def scene(stage: Stage) -> None:
        run = await _given_up(stage, fake_tongyi)
        await _fetch_button(stage, run)
        price = run.jobs[0].estimate.typical
        in_dollars = stage.client.studio.settings.current.exchange_rates.to_usd(price)
        assert price.currency == "CNY"
        assert in_dollars is not None
        offered: list[float] = []
        card = stage.controller.details.card
        card.cost_given.connect(offered.append)
        QTest.mouseClick(next(one for one in card.findChildren(Button) if one.text() == "Set"), LEFT)
        assert offered == [pytest.approx(float(in_dollars.amount), abs=0.001)]

    play(scene)


def test_an_address_that_preferences_no_longer_have_is_asked_about(
    play: Play, fake_tongyi: FakeTongyi, other: FakeTongyi
) -> None:
    async def scene(stage: Stage) -> None:
        run = await _given_up(stage, fake_tongyi)
        _prefer(stage, other)
        asked = len(fake_tongyi.requests)
        button = await _fetch_button(stage, run)
        QTest.mouseClick(button, LEFT)
        await stage.until(lambda: any(one.isVisible() for one in stage.window.findChildren(Question)))
        question = next(one for one in stage.window.findChildren(Question) if one.isVisible())
        assert fake_tongyi.base_url in question.words.text()
        QTest.keyClick(question, Qt.Key.Key_Escape)
        await stage.until(lambda: not question.isVisible())
        assert len(fake_tongyi.requests) == asked
        await stage.until(lambda: not stage.controller.tasks.is_running(f"fetch {run.jobs[0].calls[0].id}"))
        QTest.mouseClick(button, LEFT)
        await stage.until(lambda: any(one.isVisible() for one in stage.window.findChildren(Question)))
        question = next(one for one in stage.window.findChildren(Question) if one.isVisible())
        QTest.mouseClick(question.primary_button, LEFT)
        await _came(stage)
        assert list(other.requests) == []

    play(scene)
