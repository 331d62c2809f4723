"""The stream of events and those who listen to it."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from studio.domain.events import SpendingChanged, StudioEvent
from studio.domain.pricing import Money
from studio.engine.broadcast import Broadcast
from tests.unit.engine.fakes import ALPHA, World, wish


def event(number: int) -> SpendingChanged:
    money = Money(amount=Decimal(number))
    return SpendingChanged(at=datetime(2026, 1, 1, tzinfo=UTC), billed=money, reserved=money, unsure=money)


def test_everybody_hears_everything_in_order() -> None:
    broadcast, one, other = Broadcast(), list[StudioEvent](), list[StudioEvent]()
    broadcast.listen(one.append)
    broadcast.listen(other.append)
    events = [event(number) for number in range(5)]
    for each in events:
        broadcast.emit(each)
    assert one == other == events


def test_who_stops_listening_hears_no_more() -> None:
    broadcast, heard = Broadcast(), list[StudioEvent]()
    stop = broadcast.listen(heard.append)
    broadcast.emit(event(1))
    stop()
    stop()
    broadcast.emit(event(2))
    assert heard == [event(1)]


def test_one_may_stop_another_while_an_event_is_handed_out() -> None:
    broadcast, heard = Broadcast(), list[StudioEvent]()
    broadcast.listen(lambda _: stop())
    stop = broadcast.listen(heard.append)
    broadcast.emit(event(1))
    assert heard == []


@pytest.mark.expects_log("a listener failed on spending_changed")
def test_a_broken_listener_hurts_nobody_and_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    broadcast, heard = Broadcast(), list[StudioEvent]()

    def broken(_: StudioEvent) -> None:
        raise ZeroDivisionError

    broadcast.listen(broken)
    broadcast.listen(heard.append)
    broadcast.emit(event(1))
    broadcast.emit(event(2))
    assert heard == [event(1), event(2)]
    assert len(caplog.records) == 1


def test_an_event_told_by_a_listener_comes_after_the_one_it_answers() -> None:
    broadcast, first, second = Broadcast(), list[StudioEvent](), list[StudioEvent]()

    def answer(heard: StudioEvent) -> None:
        first.append(heard)
        if heard == event(1):
            broadcast.emit(event(2))

    broadcast.listen(answer)
    broadcast.listen(second.append)
    broadcast.emit(event(1))
    assert first == second == [event(1), event(2)]


@pytest.mark.expects_log("a listener failed")
async def test_the_engine_goes_on_when_a_listener_breaks(world: World) -> None:
    engine = world.engine()

    def broken(_: StudioEvent) -> None:
        raise ZeroDivisionError

    engine.listen(broken)
    run = await engine.start(wish(), [ALPHA])
    await engine.wait(run.id)
    assert world.kinds[-1] == "run_finished"
