"""A run from start to end: what is sent, what is kept, what is told, and in which order."""

from __future__ import annotations

from decimal import Decimal

import pytest

from studio.domain.errors import CannotRun, KeyMissing, PromptRefused
from studio.domain.events import (
    CostReported,
    Exchanged,
    ImageFailed,
    ImageMissing,
    ImageSaved,
    JobFinished,
    JobProgressed,
    Noticed,
    PartialArrived,
    PartialImage,
    Progressed,
    UsageReported,
)
from studio.domain.jobs import Call, CallState, Exchange, JobState
from studio.domain.notices import Notice
from studio.domain.pricing import Usage
from studio.domain.request import Target
from tests.unit.engine.fakes import (
    ALPHA,
    BETA,
    Gate,
    ScriptedProvider,
    World,
    idle,
    image,
    model,
    png,
    ticket,
    until,
    usd,
    wish,
)


async def test_one_target_draws_one_image(world: World) -> None:
    engine = world.engine()
    run = await engine.start(wish(), [ALPHA])
    done = await engine.wait(run.id)
    assert done.jobs[0].state is JobState.DONE
    assert [one.index for one in world.archive.images] == [0]
    assert world.states("1.1.0") == [CallState.SENDING, CallState.DONE]
    assert world.kinds == ["run_started", "call_changed", "image_saved", "call_changed", "job_finished", "run_finished"]


async def test_the_intent_is_on_disk_before_the_request_leaves(world: World) -> None:
    gate = Gate()
    world.alpha.scripts = [[gate, image()]]
    seen: list[CallState] = []
    engine = world.engine()
    run = await engine.start(wish(), [ALPHA])
    await gate.reached.wait()
    seen.append(world.journal.call("1.1.0").state)
    sent = world.journal.call("1.1.0").exchange
    gate.open()
    await engine.wait(run.id)
    assert seen == [CallState.SENDING]
    assert sent is not None
    assert sent.request is not None
    assert sent.request.json_body["prompt"] == "a cat"


@pytest.mark.expects_log("a request could not be made")
async def test_nothing_leaves_when_the_intent_cannot_be_written(world: World) -> None:
    engine = world.engine()

    def fill_disk(call: Call) -> None:
        if call.state is CallState.SENDING:
            raise OSError(28, "no space left")

    world.journal.before_write = fill_disk
    done = await engine.wait((await engine.start(wish(), [ALPHA])).id)
    assert world.alpha.posts == []
    call = done.jobs[0].calls[0]
    assert call.state is CallState.FAILED
    assert call.problem is not None
    assert call.problem.charged == "no"


async def test_the_ticket_is_on_disk_before_the_provider_is_read_on(world: World) -> None:
    seen: list[str] = []

    def note(call: Call) -> None:
        seen.append(f"{call.state} {'with' if call.ticket else 'without'} ticket, {world.alpha.steps} steps")

    world.journal.before_write = note
    world.alpha.scripts = [[ticket(), Progressed(phase="drawing"), image()]]
    engine = world.engine()
    await engine.wait((await engine.start(wish(), [ALPHA])).id)
    assert seen[:2] == ["sending without ticket, 0 steps", "accepted with ticket, 1 steps"]


async def test_an_image_is_told_only_after_it_was_saved(world: World) -> None:
    saved_when_told: list[int] = []
    engine = world.engine()
    engine.listen(
        lambda event: saved_when_told.append(len(world.archive.images)) if event.kind == "image_saved" else None
    )
    world.alpha.scripts = [[image(0), image(1)]]
    await engine.wait((await engine.start(wish(n=2), [ALPHA])).id)
    assert saved_when_told == [1, 2]


async def test_a_failing_target_leaves_the_others_alone(world: World) -> None:
    world.add(ScriptedProvider("beta")).scripts = [[PromptRefused(provider="Beta")]]
    engine = world.engine()
    done = await engine.wait((await engine.start(wish(), [BETA, ALPHA])).id)
    assert [job.state for job in done.jobs] == [JobState.FAILED, JobState.DONE]
    finished: list[JobFinished] = world.of("job_finished")
    assert {event.job_id: event.problem.kind if event.problem else None for event in finished} == {
        "1.1": "prompt_refused",
        "1.2": None,
    }


async def test_a_target_without_key_fails_before_anything_is_sent(world: World) -> None:
    world.add(ScriptedProvider("beta"))
    world.accounts.failures["beta"] = KeyMissing(provider="Beta")
    engine = world.engine()
    done = await engine.wait((await engine.start(wish(), [BETA, ALPHA])).id)
    assert [job.state for job in done.jobs] == [JobState.FAILED, JobState.DONE]
    assert world.providers["beta"].posts == []
    assert world.ledger.settled.keys() == {"1.2.0"}


async def test_a_target_that_cannot_run_is_part_of_the_run_and_says_why(world: World) -> None:
    engine = world.engine()
    nobody = Target(provider="nobody", model="x")
    unknown = Target(provider="alpha", model="unheard-of")
    done = await engine.wait((await engine.start(wish(), [nobody, unknown, ALPHA])).id)
    assert [job.state for job in done.jobs] == [JobState.FAILED, JobState.FAILED, JobState.DONE]
    problems = [job.calls[0].problem for job in done.jobs]
    assert [problem.text if problem else None for problem in problems] == [
        "nobody is not a provider of this studio. Nothing was billed.",
        "unheard-of is not in the catalogue. Nothing was billed.",
        None,
    ]


async def test_a_run_without_any_target_that_can_run_does_not_begin(world: World) -> None:
    engine = world.engine()
    with pytest.raises(CannotRun, match="nobody is not a provider"):
        await engine.start(wish(), [Target(provider="nobody", model="x")])
    assert world.journal.runs == {}
    assert world.events == []


async def test_more_images_than_a_request_makes_are_several_requests_with_their_own_seeds(world: World) -> None:
    world.alpha.scripts = [[image(0), image(1)], [image(0), image(1)], [image(0)]]
    world.add(ScriptedProvider("alpha", model(capability={"n_max": 2}))).scripts = world.alpha.scripts
    engine = world.engine()
    done = await engine.wait((await engine.start(wish(n=5, seed=7), [ALPHA])).id)
    assert [(call.image_count, call.seed) for call in world.alpha.posts] == [(2, 7), (2, 9), (1, 11)]
    assert sorted(one.index for one in world.archive.images) == [0, 1, 2, 3, 4]
    assert [call.state for call in done.jobs[0].calls] == [CallState.DONE] * 3


async def test_seeds_start_over_at_the_end_of_the_range(world: World) -> None:
    world.add(ScriptedProvider("alpha", model(capability={"n_max": 1, "seed_min": 1, "seed_max": 10})))
    engine = world.engine()
    await engine.wait((await engine.start(wish(n=3, seed=9), [ALPHA])).id)
    assert [call.seed for call in world.alpha.posts] == [9, 10, 1]


async def test_one_request_of_a_job_fails_and_its_images_are_missing(world: World) -> None:
    world.add(ScriptedProvider("alpha", model(capability={"n_max": 2})))
    world.alpha.scripts = [[image(0), image(1)], [PromptRefused(provider="Alpha")]]
    engine = world.engine()
    done = await engine.wait((await engine.start(wish(n=4), [ALPHA])).id)
    assert done.jobs[0].state is JobState.DONE
    assert done.jobs[0].missing == (2, 3)
    missing: list[ImageMissing] = world.of("image_missing")
    assert [(event.image_index, event.problem.kind) for event in missing] == [
        (2, "prompt_refused"),
        (3, "prompt_refused"),
    ]


async def test_fewer_images_than_asked_for_are_named(world: World) -> None:
    world.alpha.scripts = [[image(0), image(2)]]
    engine = world.engine()
    done = await engine.wait((await engine.start(wish(n=3), [ALPHA])).id)
    assert done.jobs[0].state is JobState.DONE
    assert [(event.image_index, event.problem.kind) for event in world.of("image_missing")] == [(1, "no_image")]
    assert done.jobs[0].missing == (1,)


async def test_an_answer_without_any_image_is_a_failure(world: World) -> None:
    world.alpha.scripts = [[]]
    engine = world.engine()
    done = await engine.wait((await engine.start(wish(), [ALPHA])).id)
    call = done.jobs[0].calls[0]
    assert call.state is CallState.FAILED
    assert call.problem is not None
    assert (call.problem.kind, call.problem.charged) == ("no_image", "maybe")
    assert world.ledger.settled["1.1.0"] == (usd("0.04"), True)


async def test_an_image_that_failed_at_the_provider_is_not_paid_for(world: World) -> None:
    refused = PromptRefused(provider="Alpha").problem
    world.alpha.scripts = [[image(0), ImageFailed(index=1, problem=refused)]]
    engine = world.engine()
    done = await engine.wait((await engine.start(wish(n=2), [ALPHA])).id)
    assert done.jobs[0].state is JobState.DONE
    assert world.ledger.settled["1.1.0"] == (usd("0.04"), False)
    assert [event.problem.kind for event in world.of("image_missing")] == ["prompt_refused"]


async def test_the_providers_own_figures_are_the_cost(world: World) -> None:
    usage = UsageReported(usage=Usage(images=1), cost=usd("0.0311"), basis="usage: 1 image")
    world.alpha.scripts = [[image(), usage]]
    engine = world.engine()
    done = await engine.wait((await engine.start(wish(), [ALPHA])).id)
    cost = done.jobs[0].cost
    assert (cost.estimated, cost.reported, cost.basis) == (usd("0.04"), usd("0.0311"), "usage: 1 image")
    assert world.ledger.settled["1.1.0"] == (usd("0.0311"), False)
    told: list[CostReported] = world.of("cost_reported")
    assert [event.cost.reported for event in told] == [usd("0.0311")]


async def test_reported_costs_of_several_requests_add_up(world: World) -> None:
    world.add(ScriptedProvider("alpha", model(capability={"n_max": 1})))
    world.alpha.scripts = [[image(), UsageReported(usage=Usage(), cost=usd("0.02"))]]
    engine = world.engine()
    done = await engine.wait((await engine.start(wish(n=3), [ALPHA])).id)
    assert done.jobs[0].cost.reported == usd("0.06")


async def test_notices_of_the_provider_stay_with_the_job_and_are_told_once(world: World) -> None:
    notice = Notice(field="prompt", kind="information", code="prompt_rewritten", values={"provider": "Alpha"})
    world.alpha.scripts = [[Noticed(notice=notice), Noticed(notice=notice), image()]]
    engine = world.engine()
    await engine.wait((await engine.start(wish(), [ALPHA])).id)
    assert world.journal.job("1.1").notices == (notice,)
    assert [event.notice for event in world.of("notice_raised")] == [notice]


async def test_what_went_over_the_wire_is_kept_without_the_bytes(world: World) -> None:
    world.alpha.scripts = [[Exchanged(exchange=Exchange(http_status=200, reply='{"ok": 1}')), image()]]
    engine = world.engine()
    await engine.wait((await engine.start(wish(prompt="x" + "A" * 4000), [ALPHA])).id)
    exchange = world.journal.call("1.1.0").exchange
    assert exchange is not None
    assert exchange.request is not None
    assert exchange.reply == '{"ok": 1}'
    assert len(exchange.request.json_body["prompt"]) < 100


async def test_previews_and_progress_are_told_on_the_way(world: World) -> None:
    partial = PartialImage(image_index=1, step=1, steps=3, content=png("blurred"))
    world.alpha.scripts = [[Progressed(fraction=0.5, phase="half"), partial, image(0), image(1)]]
    engine = world.engine()
    await engine.wait((await engine.start(wish(n=2), [ALPHA])).id)
    progress: list[JobProgressed] = world.of("job_progressed")
    previews: list[PartialArrived] = world.of("partial_arrived")
    assert [(event.fraction, event.phase) for event in progress] == [(0.5, "half")]
    assert [(event.image_index, event.step, event.path) for event in previews] == [(1, 1, "/cache/1.1.0-1-1.png")]
    assert [event.state for event in world.of("call_changed")] == [
        CallState.SENDING,
        CallState.RUNNING,
        CallState.DONE,
    ]


async def test_a_slow_disk_gets_only_the_newest_preview_of_each_image(world: World) -> None:
    world.archive.slow_partials = Gate()
    previews = [PartialImage(image_index=i, step=s, steps=9, content=png()) for s in range(1, 5) for i in (0, 1)]
    last = Gate()
    world.alpha.scripts = [[*previews, last, image(0), image(1)]]
    engine = world.engine()
    run = await engine.start(wish(n=2), [ALPHA])
    await last.reached.wait()
    world.archive.slow_partials.open()
    await idle()
    last.open()
    await engine.wait(run.id)
    assert world.archive.partials == [("1.1.0", 0, 4), ("1.1.0", 1, 4)]


async def test_progress_is_told_thirty_times_a_second_at_most_and_the_last_one_always(world: World) -> None:
    gates = [Gate() for _ in range(50)]
    script = [step for n, gate in enumerate(gates) for step in (gate, Progressed(fraction=n / 50))]
    end = Gate()
    world.alpha.scripts = [[*script, end, image()]]
    engine = world.engine()
    run = await engine.start(wish(), [ALPHA])
    for gate in gates:
        await gate.reached.wait()
        gate.open()
        await world.clock.advance(0.01)
    end.open()
    await engine.wait(run.id)
    fractions = [event.fraction for event in world.of("job_progressed")]
    assert 12 <= len(fractions) <= 17
    assert fractions[-1] == 49 / 50
    assert fractions == sorted(fractions)


async def test_a_sheet_and_the_images_cut_from_it_count_as_the_images_asked_for(world: World) -> None:
    world.add(ScriptedProvider("alpha", model(capability={"n_fixed": 4})))
    world.alpha.scripts = [[image(0, whole_grid=True, split_columns=2, split_rows=2)]]
    engine = world.engine()
    done = await engine.wait((await engine.start(wish(n=4), [ALPHA])).id)
    assert done.jobs[0].state is JobState.DONE
    assert done.jobs[0].missing == ()
    saved: list[ImageSaved] = world.of("image_saved")
    assert [(event.image.index, event.image.whole_grid) for event in saved] == [
        (0, True),
        (0, False),
        (1, False),
        (2, False),
        (3, False),
    ]


async def test_the_seed_that_was_sent_is_kept_where_it_can_only_be_that_of_the_image(world: World) -> None:
    engine = world.engine()
    await engine.wait((await engine.start(wish(seed=7), [ALPHA])).id)
    world.alpha.scripts = [[image(0), image(1)]]
    await engine.wait((await engine.start(wish(seed=7, n=2), [ALPHA])).id)
    assert [one.seed for one in world.archive.images] == [7, None, None]


@pytest.mark.expects_log("a request could not be made\n(?s:.*)ZeroDivisionError: oops")
async def test_a_bug_in_an_adapter_before_sending_costs_nothing(world: World) -> None:
    world.alpha.broken_prepare = ZeroDivisionError("oops")
    engine = world.engine()
    done = await engine.wait((await engine.start(wish(), [ALPHA])).id)
    problem = done.jobs[0].calls[0].problem
    assert problem is not None
    assert (problem.kind, problem.charged, problem.detail) == ("internal", "no", "ZeroDivisionError: oops")
    assert world.alpha.posts == []
    assert world.ledger.settled["1.1.0"] == (None, False)


@pytest.mark.expects_log("the adapter of Alpha broke on call 1.1.0\n(?s:.*)ZeroDivisionError: oops")
async def test_a_bug_in_an_adapter_after_sending_is_uncertain_and_not_repeated(world: World) -> None:
    world.alpha.scripts = [[ZeroDivisionError("oops")]]
    engine = world.engine()
    done = await engine.wait((await engine.start(wish(), [ALPHA])).id)
    call = done.jobs[0].calls[0]
    assert call.state is CallState.UNCERTAIN
    assert call.problem is not None
    assert call.problem.charged == "maybe"
    assert len(world.alpha.posts) == 1
    assert world.ledger.settled["1.1.0"] == (usd("0.04"), True)


async def test_the_waiting_one_gets_the_run_as_it_ended_also_later(world: World) -> None:
    engine = world.engine()
    run = await engine.start(wish(), [ALPHA])
    first = await engine.wait(run.id)
    later = await engine.wait(run.id)
    assert first.jobs[0].calls[0].state is later.jobs[0].calls[0].state is CallState.DONE
    with pytest.raises(LookupError):
        await engine.wait(type(run.id)(99))


async def test_spending_is_told_after_it_changed(world: World) -> None:
    engine = world.engine()
    await engine.wait((await engine.start(wish(), [ALPHA])).id)
    await world.clock.advance(1)
    await until(lambda: world.of("spending_changed"))
    told = world.of("spending_changed")[-1]
    assert (told.billed, told.reserved) == (usd("0.04"), usd("0"))


async def test_an_estimate_for_each_request_is_reserved_and_replaced_by_the_cost(world: World) -> None:
    gate = Gate()
    world.add(ScriptedProvider("alpha", model(capability={"n_max": 2})))
    world.alpha.scripts = [[gate, image(0), image(1)], [gate, image(0)]]
    engine = world.engine()
    run = await engine.start(wish(n=3), [ALPHA])
    assert {call: money.amount for call, money in world.ledger.reserved.items()} == {
        "1.1.0": Decimal("0.08"),
        "1.1.1": Decimal("0.04"),
    }
    gate.open()
    await engine.wait(run.id)
    assert world.ledger.reserved == {}
    assert world.ledger.settled == {"1.1.0": (usd("0.08"), False), "1.1.1": (usd("0.04"), False)}


@pytest.mark.expects_log("call 1.1.0 could not take in a noticed")
async def test_an_event_that_cannot_be_taken_in_does_not_cost_the_images_after_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("studio.engine.live.LiveRun.add_notice", broken)
    notice = Notice(field="prompt", kind="information", code="prompt_rewritten", values={"provider": "Alpha"})
    world.alpha.scripts = [[Noticed(notice=notice), image()]]
    engine = world.engine()
    done = await engine.wait((await engine.start(wish(), [ALPHA])).id)
    assert done.jobs[0].state is JobState.DONE
