"""What was accepted is asked for where it was accepted, whatever address the settings have meanwhile."""

from __future__ import annotations

from typing import Any

import pytest

from studio.domain.errors import RequestInvalid, SentElsewhere, TaskExpired
from studio.domain.jobs import Call, CallState, Run
from studio.domain.values import CallId, RunId
from tests.unit.engine.fakes import (
    ALPHA,
    Gate,
    MemorySentAddresses,
    ScriptedProvider,
    World,
    image,
    model,
    ticket,
    until,
    wish,
)

URL = "https://gateway.example/v1"
OWN = {"fields": {"base_url": ""}}
FOR_THIS_RUN = {"fields": {"base_url": URL}, "settings_fields": {"base_url": ""}}
IN_SETTINGS = {"fields": {"base_url": URL}}
CALL = CallId("1.1.0")


async def _killed(world: World, account: dict[str, Any], *, accepted: bool = True) -> None:
    """A run of a process that died after its request was sent, or after its task was accepted."""
    world.accounts.changes["alpha"] = account
    gate = Gate()
    world.alpha.scripts = [[ticket(), gate, image()] if accepted else [gate, image()]]
    engine = world.engine()
    await engine.start(wish(), [ALPHA])
    await until(gate.reached.is_set)
    await until(lambda: bool(_call(world.journal.runs[RunId(1)]).ticket) is accepted)
    world.journal.dead = True
    await engine.close(1)  # nothing can be written any more, so it does not matter how far it comes
    world.journal.dead = False


async def _recovered(world: World, account: dict[str, Any]) -> Call:
    world.accounts.changes["alpha"] = account
    engine = world.engine()
    (run,) = await engine.recover()
    return _call(await engine.wait(run.id))


def _call(run: Run) -> Call:
    return run.jobs[0].calls[0]


async def test_a_run_at_another_address_comes_home_from_there(world: World) -> None:
    await _killed(world, FOR_THIS_RUN)
    assert (await _recovered(world, OWN)).state is CallState.DONE
    assert world.alpha.resumed_at == [URL]
    assert URL not in _call(world.journal.runs[RunId(1)]).sent_to


async def test_what_went_to_the_address_of_the_settings_is_asked_for_there(world: World) -> None:
    await _killed(world, IN_SETTINGS)
    assert (await _recovered(world, {"fields": {"base_url": f"{URL}/"}})).state is CallState.DONE
    assert world.alpha.resumed_at == [f"{URL}/"]


async def test_settings_with_another_address_since_need_the_word_of_the_user(world: World) -> None:
    await _killed(world, IN_SETTINGS)
    call = await _recovered(world, {"fields": {"base_url": "https://other.example"}})
    assert (call.state, world.alpha.resumed_at) == (CallState.UNCERTAIN, [])
    assert call.problem is not None
    assert (call.problem.kind, call.problem.charged) == ("sent_elsewhere", "maybe")
    assert URL in call.problem.text
    assert "https://other.example" in call.problem.text

    engine = world.engine()
    await engine.ask_again(CALL, URL)
    done = await engine.wait(RunId(1))
    assert (_call(done).state, world.alpha.resumed_at) == (CallState.DONE, [URL])
    assert world.alpha.posts[1:] == []


async def test_the_user_agrees_to_the_address_that_is_known(world: World) -> None:
    await _killed(world, IN_SETTINGS)
    engine = world.engine()
    assert await engine.asks_elsewhere(CALL) is None
    await _recovered(world, {"fields": {"base_url": "https://other.example"}})
    problem = await engine.asks_elsewhere(CALL)
    assert problem is not None
    assert (problem.values["address"], problem.values["now"]) == (URL, "https://other.example")
    engine = world.engine()
    await engine.ask_again(CALL, agreed=True)
    assert _call(await engine.wait(RunId(1))).state is CallState.DONE
    assert world.alpha.resumed_at == [URL]


async def test_an_address_that_stands_in_the_workspace_is_never_the_one_to_agree_to(world: World) -> None:
    await _killed(world, IN_SETTINGS)
    await _recovered(world, OWN)
    run = world.journal.runs[RunId(1)]
    problem = SentElsewhere(provider="Alpha", address="https://evil.example", now="").problem
    forged = _call(run).model_copy(update={"problem": problem, "sent_to": "https://evil.example"})
    job = run.jobs[0].model_copy(update={"calls": (forged,)})
    world.journal.runs[RunId(1)] = run.model_copy(update={"jobs": (job,)})
    engine = world.engine()
    assert await engine.asks_elsewhere(CALL) is None
    await engine.ask_again(CALL, agreed=True)
    await engine.wait(RunId(1))
    assert world.alpha.resumed_at == [""]


async def test_the_former_address_in_the_settings_again_is_enough(world: World) -> None:
    await _killed(world, IN_SETTINGS)
    await _recovered(world, OWN)
    world.accounts.changes["alpha"] = IN_SETTINGS
    engine = world.engine()
    await engine.ask_again(CALL)
    assert _call(await engine.wait(RunId(1))).state is CallState.DONE


async def test_a_task_whose_address_nobody_knows_is_not_given_up_because_one_server_does_not_know_it(
    world: World,
) -> None:
    await _killed(world, FOR_THIS_RUN)
    world.sent_addresses = MemorySentAddresses()  # the workspace of another computer
    world.alpha.resumes = [[TaskExpired(provider="Alpha")]]
    call = await _recovered(world, IN_SETTINGS)
    assert (call.state, call.ticket is not None) == (CallState.UNCERTAIN, True)

    world.alpha.resumes = [[image()]]
    engine = world.engine()
    await engine.ask_again(CALL, URL)
    assert _call(await engine.wait(RunId(1))).state is CallState.DONE


async def test_one_that_is_asked_for_where_it_lies_and_is_not_known_there_has_failed(world: World) -> None:
    await _killed(world, FOR_THIS_RUN)
    world.alpha.resumes = [[TaskExpired(provider="Alpha")]]
    assert (await _recovered(world, OWN)).state is CallState.FAILED


async def test_a_lost_request_is_looked_for_where_it_was_sent(world: World) -> None:
    world.add(ScriptedProvider("alpha", model(capability={"recoverable": True})))
    await _killed(world, FOR_THIS_RUN, accepted=False)
    world.alpha.lost = ticket().ticket
    assert (await _recovered(world, OWN)).state is CallState.DONE
    assert world.alpha.resumed_at == [URL]


SECRET = {"base_url": "https://someone:secret@gateway.example"}


@pytest.mark.parametrize("account", [{"fields": SECRET}, {**FOR_THIS_RUN, "settings_fields": SECRET}])
async def test_an_address_with_a_password_is_not_kept_and_its_task_not_given_up(
    world: World, account: dict[str, Any]
) -> None:
    await _killed(world, account)
    assert (_call(world.journal.runs[RunId(1)]).sent_to, world.sent_addresses.kept) == ("", [])
    world.alpha.resumes = [[TaskExpired(provider="Alpha")]]
    assert (await _recovered(world, OWN)).state is CallState.UNCERTAIN


@pytest.mark.parametrize("address", ["https://someone:secret@gateway.example", " ", "https://gateway.example?key=1"])
async def test_what_is_no_plain_address_is_refused(world: World, address: str) -> None:
    await _killed(world, IN_SETTINGS)
    await _recovered(world, OWN)
    with pytest.raises(RequestInvalid):
        await world.engine().ask_again(CALL, address)
