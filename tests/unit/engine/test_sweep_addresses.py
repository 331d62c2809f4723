"""A sweep that was begun at another address goes on there, and nothing else ever goes there."""

from __future__ import annotations

import pytest

from studio.domain.errors import BadRequest, RequestInvalid
from studio.domain.request import GenerationRequest
from studio.domain.sweep import SweepAddress, SweepPlan
from studio.domain.values import RunId, SweepId
from tests.unit.engine.fakes import ALPHA, BETA, Gate, ScriptedProvider, World, image, ticket, until
from tests.unit.engine.test_sweeping import plan, seeds, states

URL = "https://gateway.example/v1"


def addresses_of(provider: ScriptedProvider) -> list[str]:
    return [call.account.fields.get("base_url", "") for call in provider.posts]


async def _killed(world: World) -> SweepPlan:
    """A sweep at `URL` whose process ended with one task accepted and two cells not sent."""
    gate = Gate()
    world.providers["alpha"] = ScriptedProvider("alpha", concurrent_requests=1)
    world.alpha.scripts = [[ticket(), gate, image()]]
    chosen = plan(seeds(1, 2, 3))
    first = world.sweeps()
    await first.start(chosen, base_url=URL)
    await until(
        lambda: any(call.ticket for run in world.journal.runs.values() for job in run.jobs for call in job.calls)
    )
    world.journal.dead = True
    await first.close()
    await world.engines[0].close()
    world.journal.dead, world.sweep_store.owner = False, "second"
    world.alpha.scripts = [[image()]]
    return chosen


async def test_every_request_of_it_goes_there_also_after_a_crash(world: World) -> None:
    await _killed(world)
    sweeps = world.sweeps()
    (sweep,) = await sweeps.sweeps()
    assert await sweeps.address(sweep.id) == SweepAddress(provider="alpha", base_url=URL, of_settings="")
    await sweeps.resume(sweep.id)
    done = await sweeps.wait(sweep.id)
    assert states(done) == ["done"] * 3
    assert addresses_of(world.alpha) == [URL] * 3
    assert world.alpha.resumed_at == [URL], "an accepted task is asked for where it was accepted"


async def test_other_runs_of_the_same_provider_go_to_that_of_the_settings(world: World) -> None:
    sweeps = world.sweeps()
    sweep = await sweeps.start(plan(seeds(1)), base_url=URL)
    await sweeps.wait(sweep.id)
    engine = world.engines[0]
    run = await engine.start(GenerationRequest(prompt="a dog"), [ALPHA])
    await engine.wait(run.id)
    another = await sweeps.start(plan(seeds(2)))
    await sweeps.wait(another.id)
    assert addresses_of(world.alpha) == [URL, "", ""]
    assert await sweeps.address(another.id) is None


async def test_one_cell_that_is_made_again_goes_there_too(world: World) -> None:
    world.alpha.scripts = [[BadRequest(provider="Alpha", parameter="size")], [image()]]
    sweeps = world.sweeps()
    sweep = await sweeps.start(plan(), base_url=URL)
    await sweeps.wait(sweep.id)
    assert await sweeps.repeat_failed(world.journal.runs[RunId(1)]) == (0,)
    await sweeps.wait(sweep.id)
    assert addresses_of(world.alpha) == [URL, URL]


async def test_the_user_can_lead_it_to_that_of_the_settings_or_to_a_third_one(world: World) -> None:
    await _killed(world)
    sweeps = world.sweeps()
    (sweep,) = await sweeps.sweeps()
    await sweeps.go_to(sweep.id, "https://third.example/v1")
    assert (await sweeps.address(sweep.id)) is not None
    await sweeps.go_to(sweep.id, None)
    assert await sweeps.address(sweep.id) is None
    await sweeps.resume(sweep.id)
    await sweeps.wait(sweep.id)
    assert addresses_of(world.alpha)[1:] == ["", ""]


async def test_the_same_address_in_the_settings_is_none_of_its_own(world: World) -> None:
    await _killed(world)
    world.accounts.changes["alpha"] = {"fields": {"base_url": f"{URL}/"}}
    sweeps = world.sweeps()
    assert await sweeps.address((await sweeps.sweeps())[0].id) is None


async def test_an_address_is_found_by_the_plan_when_the_program_died_before_the_sweep_had_its_number(
    world: World,
) -> None:
    await _killed(world)
    world.addresses.kept.clear()
    sweeps = world.sweeps()
    (sweep,) = await sweeps.sweeps()
    assert (await sweeps.address(sweep.id)) is not None
    await sweeps.resume(sweep.id)
    await sweeps.wait(sweep.id)
    assert set(addresses_of(world.alpha)) == {URL}


async def test_a_new_sweep_with_the_number_of_an_old_one_has_no_address(world: World) -> None:
    """A workspace that was removed and made again counts from 1."""
    sweeps = world.sweeps()
    for provider in ("alpha", "beta"):
        world.addresses.kept[SweepId(1), provider] = URL
    sweep = await sweeps.start(plan(seeds(1)))
    await sweeps.wait(sweep.id)
    assert addresses_of(world.alpha) == [""]


async def test_what_is_no_address_of_the_sweep_is_refused_and_nothing_is_sent(world: World) -> None:
    world.add(ScriptedProvider("beta"))
    sweeps = world.sweeps()
    with pytest.raises(RequestInvalid, match="one provider only"):
        await sweeps.start(plan(targets=(ALPHA, BETA)), base_url=URL)
    for address in ("https://me:secret@host/v1", "https://host/v1?key=secret", " "):
        with pytest.raises(RequestInvalid):
            await sweeps.start(plan(), base_url=address)
    world.alpha.spec = world.alpha.spec.model_copy(update={"account_fields": ()})
    with pytest.raises(RequestInvalid):
        await sweeps.start(plan(), base_url=URL)
    assert world.alpha.posts == []
    assert not world.addresses.begun
