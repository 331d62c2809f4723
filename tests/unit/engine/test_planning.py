"""What is known before anything is sent: plan, preview, what to repeat."""

from __future__ import annotations

import asyncio
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from studio.domain.errors import InternalFault, PromptRefused, ReferenceUnreadable, StudioError, Uncertain
from studio.domain.fit import fit
from studio.domain.jobs import CallState, FollowUp, JobState, WireRequest
from studio.domain.pricing import Money, PriceList, PriceRule
from studio.domain.request import GenerationRequest, Target
from studio.domain.values import JobId, RunId
from studio.engine.planning import AlikePlans, plan_run
from tests.unit.engine.fakes import (
    ALPHA,
    BETA,
    KEY,
    Gate,
    ScriptedProvider,
    World,
    image,
    model,
    ticket,
    until,
    usd,
    wish,
)

NOBODY = Target(provider="nobody", model="x")


async def test_a_plan_adds_up_by_currency_and_names_what_has_no_price(world: World) -> None:
    yuan = PriceList(currency="CNY", per_image=(PriceRule(amount=Decimal("0.2")),), as_of=date(2026, 3, 1))
    world.add(ScriptedProvider("beta", model("draw", prices=yuan), model("free", prices=PriceList())))
    plan = world.engine().plan(wish(n=3), [ALPHA, BETA, Target(provider="beta", model="free"), NOBODY])
    assert plan.typical == (usd("0.12"), Money(amount=Decimal("0.6"), currency="CNY"))
    assert plan.unpriced == (Target(provider="beta", model="free"),)
    assert plan.image_count == 9
    assert plan.call_count == 3
    assert plan.prices_as_of == date(2026, 3, 1)
    assert [one.blocked.code if one.blocked else None for one in plan.targets] == [
        None,
        None,
        None,
        "provider_not_known",
    ]
    assert len(plan.runnable) == 3


async def test_a_plan_may_be_made_on_any_thread_without_a_loop(world: World) -> None:
    engine = world.engine()
    plan = await asyncio.to_thread(engine.plan, wish(), [ALPHA])
    assert plan == engine.plan(wish(), [ALPHA])


async def test_a_preview_shows_each_request_and_sends_nothing(world: World) -> None:
    world.add(ScriptedProvider("alpha", model(capability={"n_max": 2})))
    world.add(ScriptedProvider("beta")).broken_prepare = PromptRefused(provider="Beta")
    previews = await world.engine().preview(wish(n=3, seed=5), [ALPHA, BETA, NOBODY])
    bodies = [one.json_body for one in previews[0] if isinstance(one, WireRequest)]
    assert bodies == [{"prompt": "a cat", "n": 2, "seed": 5}, {"prompt": "a cat", "n": 1, "seed": 7}]
    assert [type(one) for one in previews[1]] == [PromptRefused]
    assert [str(one) for one in previews[2]] == ["nobody is not a provider of this studio. Nothing was billed."]
    assert world.alpha.posts == []
    assert world.journal.runs == {}


async def test_a_preview_holds_no_key(world: World) -> None:
    previews = await world.engine().preview(wish(), [ALPHA])
    assert KEY not in str(previews)


@pytest.mark.expects_log("the request for alpha/draw could not be built")
async def test_a_preview_that_breaks_says_so(world: World) -> None:
    world.alpha.broken_prepare = ZeroDivisionError("oops")
    ((error,),) = await world.engine().preview(wish(), [ALPHA])
    assert isinstance(error, InternalFault)


async def test_references_are_read_for_preview_and_request(world: World) -> None:
    reference = await world.reference()
    world.add(ScriptedProvider("alpha", model(capability={"reference_image": "native", "references_max": 4})))
    engine = world.engine()
    request = wish(reference_image=(reference,))
    await engine.wait((await engine.start(request, [ALPHA])).id)
    world.archive.blobs.clear()
    ((error,),) = await engine.preview(request, [ALPHA])
    assert isinstance(error, ReferenceUnreadable)
    done = await engine.wait((await engine.start(request, [ALPHA])).id)
    problem = done.jobs[0].calls[0].problem
    assert problem is not None
    assert problem.text == "cat.png is no image that can be used: its file is gone. Nothing was billed."
    assert len(world.alpha.posts) == 1


async def test_a_job_can_be_drawn_once_more(world: World) -> None:
    engine = world.engine()
    first = await engine.start(wish(seed=7), [ALPHA])
    await engine.wait(first.id)
    again = await engine.generate_again(first.jobs[0].id)
    done = await engine.wait(again.id)
    assert done.parent_run_id == first.id
    assert not done.jobs[0].cached
    assert len(world.alpha.posts) == 2
    for unknown in ("1.9", "7.1"):
        with pytest.raises(LookupError):
            await engine.generate_again(JobId(unknown))


async def test_a_run_can_go_to_other_targets(world: World) -> None:
    world.add(ScriptedProvider("beta"))
    engine = world.engine()
    first = await engine.start(wish(), [ALPHA])
    await engine.wait(first.id)
    (again,) = await engine.run_again(first.id, targets=[BETA])
    done = await engine.wait(again.id)
    assert (done.parent_run_id, done.targets, done.jobs[0].state) == (first.id, (BETA,), JobState.DONE)
    with pytest.raises(LookupError):
        await engine.run_again(RunId(99))


async def test_only_what_is_missing_is_drawn_again_with_its_own_seeds(world: World) -> None:
    refused: StudioError = PromptRefused(provider="Alpha")
    world.add(ScriptedProvider("alpha", model(capability={"n_max": 2})))
    world.alpha.scripts = [[image(0), image(1)], [image(0)], [image(0), image(1)], [image(0)]]
    world.add(ScriptedProvider("beta")).scripts = [[refused], [image(0), image(1), image(2), image(3)]]
    engine = world.engine()
    first = await engine.start(wish(n=4, seed=10), [ALPHA, BETA])
    await engine.wait(first.id)
    runs = await engine.run_again(first.id, only_missing=True)
    assert [(run.request.n, run.request.seed, run.targets) for run in runs] == [(4, 10, (BETA,)), (1, 13, (ALPHA,))]
    for run in runs:
        await engine.wait(run.id)
    assert [call.seed for call in world.alpha.posts] == [10, 12, 13]


async def test_what_is_still_on_its_way_is_not_missing(world: World) -> None:
    gate = Gate()
    world.alpha.scripts = [[PromptRefused(provider="Alpha")], [image()]]
    beta = world.add(ScriptedProvider("beta"))
    beta.scripts = [[gate, image()]]
    engine = world.engine()
    first = await engine.start(wish(), [ALPHA, BETA])
    await until(lambda: len(world.of("job_finished")) == 1 and len(beta.posts) == 1)
    (plan,) = engine.plan_missing(engine.runs_under_way[0])
    assert [part.target for part in plan.targets] == [ALPHA]
    (again,) = await engine.run_again(first.id, only_missing=True)
    assert again.targets == (ALPHA,)
    gate.open()
    await engine.wait(first.id)
    await engine.wait(again.id)
    assert (len(world.alpha.posts), len(beta.posts)) == (2, 1)


async def test_what_may_have_been_billed_is_missing_only_when_it_is_meant(world: World) -> None:
    world.add(ScriptedProvider("alpha", model(capability={"n_max": 1}), concurrent_requests=1))
    world.alpha.scripts = [[image()], [Uncertain(provider="Alpha")], [PromptRefused(provider="Alpha")], [image()]]
    world.add(ScriptedProvider("beta")).scripts = [[Uncertain(provider="Beta")]]
    engine = world.engine()
    first = await engine.start(wish(n=3, seed=10), [ALPHA, BETA])
    done = await engine.wait(first.id)
    wanted = [(plan.request.n, plan.request.seed) for plan in engine.plan_missing(done, in_doubt_too=False)]
    assert wanted == [(1, 12)]
    (again,) = await engine.run_again(first.id, only_missing=True, in_doubt_too=False)
    assert (again.targets, again.request.n, again.request.seed) == ((ALPHA,), 1, 12)
    await engine.wait(again.id)
    both = [(plan.request.n, plan.request.seed) for plan in engine.plan_missing(done)]
    assert sorted(both) == [(2, 11), (3, 10)]


async def test_an_action_on_a_result_is_made_again_as_that_action(world: World) -> None:
    engine = world.engine()
    action = FollowUp(action="upscale:1", title="Upscale", ticket=ticket().ticket)
    first = await engine.start(wish(n=4), [ALPHA], follow_up=action)
    done = await engine.wait(first.id)
    (again,) = await engine.run_again(first.id)
    await engine.wait(again.id)
    assert [(call.follow_up, call.image_count) for call in world.alpha.posts] == [(action, 1), (action, 1)]
    assert engine.plan(done.request, done.targets, action).image_count == 1
    (elsewhere,) = await engine.run_again(first.id, targets=[ALPHA])
    await engine.wait(elsewhere.id)
    assert world.alpha.posts[-1].follow_up is None


async def test_nothing_is_drawn_again_when_nothing_is_missing(world: World) -> None:
    engine = world.engine()
    first = await engine.start(wish(), [ALPHA])
    await engine.wait(first.id)
    assert await engine.run_again(first.id, only_missing=True) == ()
    assert world.journal.call("1.1.0").state is CallState.DONE


_MODELS = (
    model("plain"),
    model("short", capability={"prompt_max": 12, "style": "native", "negative_prompt": "ignored"}),
    model("wordy", capability={"prompt_tokens_max": 9, "style": "emulated", "negative_prompt": "emulated"}),
    model("fours", capability={"n_fixed": 4, "seed": "ignored", "style": "ignored", "negative_prompt_max": 3}),
    model("mute", capability={"prompt": "ignored"}),
)


def test_prompts_planned_together_are_planned_as_each_by_itself() -> None:
    providers = {"alpha": ScriptedProvider("alpha", *_MODELS)}
    today = date(2026, 5, 1)
    targets = [Target(provider="alpha", model=one.id, options={"quality": "low"}) for one in _MODELS]
    targets += [Target(provider="alpha", model="nothing"), NOBODY]
    alike = AlikePlans(providers, today)
    for changes in ({}, {"seed": 5}, {"seed": 6, "n": 5}, {"style": "ink", "negative_prompt": "fog, rain"}):
        for prompt in ("a cat", "a dog", "a cat of many words", "a cat", "a dog of as many", "a bird"):
            request = GenerationRequest(prompt=prompt, **changes)
            for target in targets:
                alone = plan_run(request, (target,), providers, today=today).targets[0]
                assert alike.plan(request, target) == alone, (prompt, changes, target.model)


def test_prompts_planned_together_are_fitted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    providers = {"alpha": ScriptedProvider("alpha", *_MODELS)}
    fitted: list[str] = []

    def counted(request: GenerationRequest, *others: Any, **named: Any) -> Any:
        fitted.append(request.prompt)
        return fit(request, *others, **named)

    monkeypatch.setattr("studio.engine.planning.fit", counted)
    alike, target = AlikePlans(providers, date(2026, 5, 1)), Target(provider="alpha", model="plain")
    plans = [alike.plan(GenerationRequest(prompt=f"cat {number}"), target) for number in range(50)]
    assert [plan.fitted.prompt for plan in plans] == [f"cat {number}" for number in range(50)]
    assert fitted == ["cat 0"]
