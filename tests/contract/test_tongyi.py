"""The Tongyi adapter against the strict fake: tasks, links, lost ids, regions, errors inside results."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from studio.domain.assets import AspectRatio
from studio.domain.errors import (
    BadRequest,
    BrokenReply,
    Cancelled,
    KeyOfOtherRegion,
    ModelEnded,
    ModelNotOpened,
    ModelUnknown,
    NetworkMisconfigured,
    NoImage,
    PromptRefused,
    RateLimited,
    Repeat,
    ResultUnreachable,
    ResultWithheld,
    ServerFailed,
    StudioError,
    TaskExpired,
    TaskFailed,
    UnknownState,
)
from studio.domain.events import (
    Accepted,
    Exchanged,
    ImageArrived,
    ImageFailed,
    Noticed,
    Progressed,
    UsageReported,
)
from studio.domain.fit import fit
from studio.domain.jobs import Call, Ticket
from studio.domain.ports import Account, CancelOutcome, GenerateCall, LostCall
from studio.domain.pricing import Usage
from studio.domain.request import GenerationRequest, Target
from studio.domain.values import CallId, JobId, Secret
from studio.providers.tongyi import TongyiProvider
from studio.providers.transport import Transport
from tests.contract.cases.tongyi import CASE
from tests.contract.listening import events_of, heard_until_error, only, resumed
from tests.contract.wishes import Options, calls_for, fitted, images_in, model_of, plain_request, reference, specs
from tests.fakes.faults import Answer, ResetBeforeHeaders, gateway_page, invalid_json
from tests.fakes.messages import JsonValue, Reply, html_reply, json_reply
from tests.fakes.tongyi import FakeTongyi
from tests.unit.providers.clock import SkippingClock

SPEC = specs()["tongyi"]
TASK, SYNC = "wan2.2-t2i-flash", "qwen-image-2.0"


@pytest.fixture
def provider(transport: Transport) -> TongyiProvider:
    return TongyiProvider(SPEC, transport)


def call_to(
    server: FakeTongyi, model: str = TASK, options: Options | None = None, *, prompt: str = "a red kite", n: int = 1
) -> GenerateCall:
    spec = model_of(SPEC, model)
    request = plain_request(spec.capability).model_copy(update={"prompt": prompt, "n": n})
    made = fitted(request, spec, "tongyi", options or {}, CASE.today)
    return calls_for(made, spec, CASE.account(server), options or {})[0]


async def ticket_of(provider: TongyiProvider, call: GenerateCall) -> Ticket:
    async with aclosing(provider.generate(call)) as events:  # type: ignore[type-var]  # a generator in practice
        async for event in events:
            if isinstance(event, Accepted):
                return event.ticket
    raise AssertionError("no ticket came")


# ---------------------------------------------------------------------------------------------------- tasks


async def test_a_task_from_its_ticket_to_its_images(
    provider: TongyiProvider, fake_tongyi: FakeTongyi, clock: SkippingClock
) -> None:
    events = await events_of(provider, call_to(fake_tongyi, n=3))

    assert [type(event) for event in events] == [
        Exchanged, Accepted, Progressed, Exchanged, UsageReported, Noticed, ImageArrived, ImageArrived, ImageArrived,
    ]  # fmt: skip
    assert only(events, Progressed).phase == "running"
    assert only(events, Accepted).ticket.data == {"model": TASK, "host": "127.0.0.1"}
    assert only(events, UsageReported).usage == Usage(images=3)
    assert only(events, UsageReported).cost is None, "the price depends on the region: nobody reports it"
    assert images_in(events) == fake_tongyi.files.contents
    assert fake_tongyi.billed_images == 3
    assert clock.slept_s == [2.0]


async def test_polls_become_rarer(provider: TongyiProvider, fake_tongyi: FakeTongyi, clock: SkippingClock) -> None:
    fake_tongyi.tasks.freeze()
    events = provider.generate(call_to(fake_tongyi))
    async with aclosing(events):  # type: ignore[type-var]
        async for event in events:
            if len(clock.slept_s) == 8:
                fake_tongyi.tasks.finish()
            elif isinstance(event, Progressed):
                assert event.phase == "pending"

    assert clock.slept_s[:3] == [2.0, 2.8, pytest.approx(3.92)]
    assert max(clock.slept_s) == 8.0


async def test_the_rewritten_prompt_is_told_with_the_image(provider: TongyiProvider, fake_tongyi: FakeTongyi) -> None:
    events = await events_of(provider, call_to(fake_tongyi))

    assert only(events, ImageArrived).revised_prompt == fake_tongyi.rewritten("a red kite")
    assert only(events, Noticed).notice.message == "Alibaba Tongyi rewrote the prompt before drawing"


@pytest.mark.parametrize("rewrites", [True, False])
async def test_the_rewritten_prompt_of_z_image(
    provider: TongyiProvider, fake_tongyi: FakeTongyi, rewrites: bool
) -> None:
    """It stands beside the image in any case; only a rewritten one is news."""
    events = await events_of(provider, call_to(fake_tongyi, "z-image-turbo", {"prompt_extend": rewrites}))

    expected = fake_tongyi.rewritten("a red kite") if rewrites else None
    assert only(events, ImageArrived).revised_prompt == expected
    assert bool([event for event in events if isinstance(event, Noticed)]) == rewrites


async def test_without_rewriting_nothing_is_told(provider: TongyiProvider, fake_tongyi: FakeTongyi) -> None:
    events = await events_of(provider, call_to(fake_tongyi, options={"prompt_extend": False}))

    assert only(events, ImageArrived).revised_prompt is None


async def test_one_image_of_several_can_fail(provider: TongyiProvider, fake_tongyi: FakeTongyi) -> None:
    prompt = "a red kite [[tongyi:DataInspectionFailed stage=image]]"

    events = await events_of(provider, call_to(fake_tongyi, prompt=prompt, n=3))

    failed = only(events, ImageFailed)
    assert (failed.index, failed.problem.kind, failed.problem.charged) == (2, PromptRefused.kind, "no")
    assert [event.index for event in events if isinstance(event, ImageArrived)] == [0, 1]
    assert fake_tongyi.billed_images == 2


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("DataInspectionFailed", PromptRefused),
        ("data_inspection_failed", ResultWithheld),
        ("InvalidParameter", BadRequest),
        ("InternalError.Timeout", TaskFailed),
        ("Throttling", TaskFailed),
        ("ModelUnavailable", TaskFailed),
        ("Arrearage", None),
    ],
)
async def test_a_task_that_failed_is_free_and_is_not_sent_again(
    provider: TongyiProvider, fake_tongyi: FakeTongyi, code: str, kind: type[StudioError] | None
) -> None:
    call = call_to(fake_tongyi, prompt=f"a red kite [[tongyi:{code} stage=task]]")

    heard, error = await heard_until_error(provider.generate(call))

    assert kind is None or type(error) is kind
    assert (error.problem.charged, error.problem.repeat) == ("no", Repeat.NEVER)
    assert error.problem.vendor_code == code
    assert error.problem.detail
    assert error.problem.raw
    assert [event for event in heard if isinstance(event, Exchanged)][-1].exchange.reply, "it can be read afterwards"


async def test_a_bad_value_that_is_found_only_after_queuing(provider: TongyiProvider, fake_tongyi: FakeTongyi) -> None:
    fake_tongyi.late_validation = True
    call = call_to(fake_tongyi)
    bad = replace(call, request=call.request.model_copy(update={"prompt": ""}))

    _, error = await heard_until_error(provider.generate(bad))

    assert isinstance(error, BadRequest)
    assert error.problem.charged == "no"
    assert error.problem.values["parameter"] == "prompt"


@pytest.mark.parametrize(
    ("state", "kind", "charged"),
    [("UNKNOWN", TaskExpired, "maybe"), ("CANCELED", Cancelled, "no"), ("RESTING", UnknownState, "maybe")],
)
async def test_other_ends_of_a_task(
    provider: TongyiProvider, fake_tongyi: FakeTongyi, state: str, kind: type[StudioError], charged: str
) -> None:
    call = call_to(fake_tongyi, prompt=f"a red kite [[tongyi:state value={state}]]")

    _, error = await heard_until_error(provider.generate(call))

    assert type(error) is kind
    assert (error.problem.charged, error.problem.repeat) == (charged, Repeat.NEVER)


async def test_a_suspended_task_is_waited_for(provider: TongyiProvider, fake_tongyi: FakeTongyi) -> None:
    fake_tongyi.script(Answer(json_reply({"output": {"task_id": "t", "task_status": "SUSPENDED"}})), method="GET")

    events = await events_of(provider, call_to(fake_tongyi))

    assert [event.phase for event in events if isinstance(event, Progressed)] == ["suspended", "running"]
    assert images_in(events)


async def test_a_forgotten_task(provider: TongyiProvider, fake_tongyi: FakeTongyi) -> None:
    account = CASE.account(fake_tongyi)
    ticket = await ticket_of(provider, call_to(fake_tongyi))
    fake_tongyi.tasks.forget()

    _, error = await heard_until_error(provider.resume(ticket, account))
    moved = ticket.model_copy(update={"data": {**ticket.data, "host": "dashscope.aliyuncs.com"}})
    _, elsewhere = await heard_until_error(provider.resume(moved, account))

    assert isinstance(error, TaskExpired)
    assert error.problem.detail == ""
    assert elsewhere.problem.detail == "The task was given to dashscope.aliyuncs.com, this account now asks 127.0.0.1."


@pytest.mark.parametrize(
    "fault",
    [ResetBeforeHeaders(), gateway_page(502), gateway_page(504), invalid_json(), Answer(html_reply(200, "Hotel"))],
)
async def test_a_broken_poll_is_asked_again(provider: TongyiProvider, fake_tongyi: FakeTongyi, fault: Any) -> None:
    fake_tongyi.script(fault, method="GET")
    fake_tongyi.fail_next("InternalError", method="GET")
    fake_tongyi.fail_next("Throttling", method="GET")

    assert images_in(await events_of(provider, call_to(fake_tongyi))) == fake_tongyi.files.contents


async def test_a_poll_that_is_refused_leaves_the_task_in_doubt(
    provider: TongyiProvider, fake_tongyi: FakeTongyi
) -> None:
    """A key that was withdrawn meanwhile: with the right one, the task can be asked for again."""
    fake_tongyi.fail_next("InvalidApiKey", method="GET", times=100)

    heard, error = await heard_until_error(provider.generate(call_to(fake_tongyi)))

    assert isinstance(error, ResultUnreachable)
    assert error.problem.charged == "maybe"
    assert "refuses this key" in error.problem.detail
    assert only(heard, Accepted)


async def test_results_come_home_in_a_second_process(
    provider: TongyiProvider, fake_tongyi: FakeTongyi, clock: SkippingClock
) -> None:
    ticket = await ticket_of(provider, call_to(fake_tongyi, n=2))
    fake_tongyi.tasks.finish()
    stored = Ticket.model_validate_json(ticket.model_dump_json())
    later = Transport(clock=clock)

    events = await resumed(TongyiProvider(SPEC, later), stored, CASE.account(fake_tongyi))
    await later.aclose()

    assert images_in(events) == fake_tongyi.files.contents
    assert len([request for request in fake_tongyi.requests if CASE.is_paid(request)]) == 1


# ---------------------------------------------------------------------------------------------------- at once


async def test_links_are_in_the_ticket_before_they_are_fetched(
    provider: TongyiProvider, fake_tongyi: FakeTongyi
) -> None:
    """A crash while images are on their way loses none of them, though there is no task."""
    ticket = await ticket_of(provider, call_to(fake_tongyi, SYNC, n=3))
    assert fake_tongyi.files.requests == ()
    stored = Ticket.model_validate_json(ticket.model_dump_json())

    events = await resumed(provider, stored, CASE.account(fake_tongyi))

    assert images_in(events) == fake_tongyi.files.contents
    assert len(images_in(events)) == fake_tongyi.billed_images == 3
    assert await provider.cancel(ticket, CASE.account(fake_tongyi)) is CancelOutcome.UNSUPPORTED


@pytest.mark.parametrize("model", [SYNC, TASK])
async def test_an_expired_link_leaves_the_others(provider: TongyiProvider, fake_tongyi: FakeTongyi, model: str) -> None:
    forbidden = Answer(Reply(403, body=b"expired"))
    fake_tongyi.files.script(forbidden)

    events = await events_of(provider, call_to(fake_tongyi, model, n=3))

    failed = only(events, ImageFailed)
    assert (failed.index, failed.problem.kind, failed.problem.charged) == (0, "link_expired", "yes")
    assert images_in(events) == fake_tongyi.files.contents[1:]


@pytest.mark.parametrize("model", [SYNC, TASK])
async def test_an_image_that_cannot_be_reached_can_be_asked_for_again(
    provider: TongyiProvider, fake_tongyi: FakeTongyi, model: str
) -> None:
    fake_tongyi.files.script(*[Answer(Reply(500))] * 4)

    heard, error = await heard_until_error(provider.generate(call_to(fake_tongyi, model, n=2)))
    again = await resumed(provider, only(heard, Accepted).ticket, CASE.account(fake_tongyi))

    assert isinstance(error, ResultUnreachable)
    assert [event.index for event in heard if isinstance(event, ImageArrived)] == [1], "the others came home before"
    assert images_in(again) == fake_tongyi.files.contents
    assert len([request for request in fake_tongyi.requests if CASE.is_paid(request)]) == 1


async def test_old_links_are_opened_securely(provider: TongyiProvider, fake_tongyi: FakeTongyi) -> None:
    link = "http://dashscope-result.oss-cn-beijing.aliyuncs.com/a.png?Expires=1"
    body = {"output": {"choices": [{"message": {"content": [{"image": link}]}}]}}
    fake_tongyi.script(Answer(json_reply(body)))

    ticket = await ticket_of(provider, call_to(fake_tongyi, SYNC))

    assert f'"https{link[4:]}"' in ticket.data["links"]


PART = {"image": "http://127.0.0.1:1/a.png"}


@pytest.mark.parametrize(
    "choices",
    [
        [{"message": {"content": [PART, PART]}}],
        [{"message": {"content": [PART]}}, {"message": {"content": [{"type": "image", **PART}]}}],
        [{"message": None}, {"message": {"content": None}}, {"message": {"content": [{"text": "t"}, PART, PART]}}],
    ],
)
async def test_images_in_every_place(provider: TongyiProvider, fake_tongyi: FakeTongyi, choices: JsonValue) -> None:
    fake_tongyi.script(Answer(json_reply({"code": "", "output": {"choices": choices}})))

    ticket = await ticket_of(provider, call_to(fake_tongyi, SYNC))

    assert ticket.data["links"].count("a.png") == 2


@pytest.mark.parametrize(
    "output",
    [
        None,
        {},
        {"choices": []},
        {"choices": [{"message": {"content": [{"text": "I would rather not."}]}}]},
        {"choices": [{"message": {"content": "I would rather not."}}]},
    ],
)
async def test_an_answer_without_an_image(provider: TongyiProvider, fake_tongyi: FakeTongyi, output: JsonValue) -> None:
    fake_tongyi.script(Answer(json_reply({"output": output}), handled=True))

    _, error = await heard_until_error(provider.generate(call_to(fake_tongyi, SYNC)))

    assert isinstance(error, NoImage)
    assert error.problem.charged == "maybe"
    if output and output.get("choices"):
        assert error.problem.detail == "I would rather not."


@pytest.mark.parametrize("output", [None, {}, {"task_status": "PENDING"}, {"task_id": 7}])
async def test_a_submit_without_a_task(provider: TongyiProvider, fake_tongyi: FakeTongyi, output: JsonValue) -> None:
    fake_tongyi.script(Answer(json_reply({"output": output}), handled=True))

    _, error = await heard_until_error(provider.generate(call_to(fake_tongyi)))

    assert isinstance(error, BrokenReply)
    assert error.problem.repeat is Repeat.UNCERTAIN


@pytest.mark.parametrize("model", [SYNC, TASK])
@pytest.mark.parametrize(
    "expected", [("DataInspectionFailed", PromptRefused, "no"), ("Odd", ServerFailed, "maybe")], ids=lambda one: one[0]
)
async def test_an_error_inside_a_good_reply(
    provider: TongyiProvider, fake_tongyi: FakeTongyi, model: str, expected: tuple[str, type[StudioError], str]
) -> None:
    code, kind, charged = expected
    fake_tongyi.script(Answer(json_reply({"code": code, "message": "no", "output": None}), handled=True))

    _, error = await heard_until_error(provider.generate(call_to(fake_tongyi, model)))

    assert type(error) is kind
    assert (error.problem.charged, error.problem.detail) == (charged, "no")


# ---------------------------------------------------------------------------------------------------- lost ids


def lost(model: str, *known: str, sent_at: datetime | None = None) -> LostCall:
    call = Call(id=CallId("1.1.0"), job_id=JobId("1.1"), index=0, image_count=1, first_image_index=0)
    target = Target(provider="tongyi", model=model)
    wish = GenerationRequest(prompt="a red kite", reference_image=(reference("lost"),))
    request = fit(wish, target, model_of(SPEC, model), today=CASE.today).request
    return LostCall(call, target, request, sent_at or datetime.now(UTC), frozenset(known))


async def test_a_task_whose_id_was_lost_is_found(provider: TongyiProvider, fake_tongyi: FakeTongyi) -> None:
    account = CASE.account(fake_tongyi)
    fake_tongyi.script(ResetBeforeHeaders(), when=CASE.is_paid)
    await heard_until_error(provider.generate(call_to(fake_tongyi)))
    other = await ticket_of(provider, call_to(fake_tongyi, "wan2.2-t2i-plus"))

    found = await provider.find_lost(lost(TASK), account)

    assert found is not None
    assert found.task_id not in ("", other.task_id)
    assert images_in(await resumed(provider, found, account)) == fake_tongyi.files.contents
    assert len([request for request in fake_tongyi.requests if CASE.is_paid(request)]) == 2


async def test_a_task_that_is_known_is_not_taken_for_another(transport: Transport, fake_tongyi: FakeTongyi) -> None:
    account = CASE.account(fake_tongyi)
    provider, second, third = (TongyiProvider(SPEC, transport) for _ in range(3))
    first = await ticket_of(provider, call_to(fake_tongyi))

    assert await provider.find_lost(lost(TASK), account) is None, "this process knows whose it is"
    assert await second.find_lost(lost(TASK, first.task_id), account) is None, "so does the journal"

    fake_tongyi.script(ResetBeforeHeaders(), when=CASE.is_paid)
    await heard_until_error(provider.generate(call_to(fake_tongyi)))
    assert await third.find_lost(lost(TASK), account) is None, "two that could be it: nobody can tell which"
    found = await second.find_lost(lost(TASK, first.task_id), account)
    assert found is not None
    assert found.task_id != first.task_id
    assert await second.find_lost(lost(TASK, first.task_id), account) is None, "given to one call, gone for the next"


async def test_only_around_the_moment_of_sending(provider: TongyiProvider, fake_tongyi: FakeTongyi) -> None:
    await ticket_of(provider, call_to(fake_tongyi))
    hours = timedelta(hours=3)

    for moment in (datetime.now(UTC) - hours, datetime.now(UTC) + hours):
        assert await provider.find_lost(lost(TASK, sent_at=moment), CASE.account(fake_tongyi)) is None


async def test_what_leaves_no_task_is_not_looked_for(provider: TongyiProvider, fake_tongyi: FakeTongyi) -> None:
    assert await provider.find_lost(lost(SYNC), CASE.account(fake_tongyi)) is None
    assert fake_tongyi.requests == ()


async def test_a_list_that_cannot_be_read(provider: TongyiProvider, fake_tongyi: FakeTongyi) -> None:
    fake_tongyi.fail_next("InvalidApiKey")
    with pytest.raises(KeyOfOtherRegion):
        await provider.find_lost(lost(TASK), CASE.account(fake_tongyi))


# ---------------------------------------------------------------------------------------------------- cancelling


async def test_cancelling_while_it_waits(provider: TongyiProvider, fake_tongyi: FakeTongyi) -> None:
    ticket = await ticket_of(provider, call_to(fake_tongyi))

    assert await provider.cancel(ticket, CASE.account(fake_tongyi)) is CancelOutcome.CANCELLED
    _, error = await heard_until_error(provider.resume(ticket, CASE.account(fake_tongyi)))
    assert isinstance(error, Cancelled)
    assert fake_tongyi.billed_images == 0


async def test_cancelling_too_late(provider: TongyiProvider, fake_tongyi: FakeTongyi) -> None:
    ticket = await ticket_of(provider, call_to(fake_tongyi))
    fake_tongyi.tasks.finish()

    assert await provider.cancel(ticket, CASE.account(fake_tongyi)) is CancelOutcome.TOO_LATE


async def test_cancelling_without_an_answer(provider: TongyiProvider, fake_tongyi: FakeTongyi) -> None:
    ticket = await ticket_of(provider, call_to(fake_tongyi))
    fake_tongyi.script(gateway_page(502), path="/cancel")

    with pytest.raises(StudioError):
        await provider.cancel(ticket, CASE.account(fake_tongyi))


# ---------------------------------------------------------------------------------------------------- regions


@pytest.mark.parametrize(
    ("fields", "base"),
    [
        ({}, "https://dashscope.aliyuncs.com/api/v1"),
        ({"region": "ap-southeast-1"}, "https://dashscope-intl.aliyuncs.com/api/v1"),
        ({"region": "us-east-1"}, "https://dashscope-us.aliyuncs.com/api/v1"),
        ({"region": "cn-hongkong"}, "https://cn-hongkong.dashscope.aliyuncs.com/api/v1"),
        ({"workspace": "llm-abc1"}, "https://llm-abc1.cn-beijing.maas.aliyuncs.com/api/v1"),
        (
            {"workspace": " llm-abc1 ", "region": "eu-central-1"},
            "https://llm-abc1.eu-central-1.maas.aliyuncs.com/api/v1",
        ),
        (
            {"region": "ap-northeast-1", "workspace": "w", "base_url": "https://proxy.example/api/v1/"},
            "https://proxy.example/api/v1",
        ),
    ],
)
def test_where_an_account_is_served(provider: TongyiProvider, fields: dict[str, str], base: str) -> None:
    endpoint = provider.endpoint(Account("main", "tongyi", Secret("sk-1"), fields))

    assert endpoint.base_url == base
    assert dict(endpoint.headers) == ({"X-DashScope-WorkSpace": "w"} if "base_url" in fields else {})


def test_every_region_can_be_chosen(provider: TongyiProvider) -> None:
    (choices,) = [field.choices for field in SPEC.account_fields if field.name == "region"]
    for choice in choices:
        fields = {"region": str(choice.value), "workspace": "w"}
        assert f".{choice.value}." in provider.endpoint(Account("main", "tongyi", Secret("sk-1"), fields)).base_url


@pytest.mark.parametrize(
    "fields",
    [{"region": "eu-central-1"}, {"region": "ap-northeast-1"}, {"workspace": "evil.example/"}, {"workspace": "a b"}],
)
def test_an_account_that_cannot_be_reached(provider: TongyiProvider, fields: dict[str, str]) -> None:
    with pytest.raises(NetworkMisconfigured) as told:
        provider.endpoint(Account("main", "tongyi", Secret("sk-1"), fields))

    assert told.value.problem.charged == "no"
    assert "Workspace" in told.value.problem.text


@pytest.mark.parametrize(
    ("host", "region"),
    [
        ("dashscope.aliyuncs.com", "China (Beijing)"),
        ("dashscope-intl.aliyuncs.com", "Singapore"),
        ("w.eu-central-1.maas.aliyuncs.com", "Germany (Frankfurt)"),
        ("proxy.example", "proxy.example"),
    ],
)
def test_a_refused_key_names_the_region(provider: TongyiProvider, host: str, region: str) -> None:
    reply = reply_of(401, {"code": "InvalidApiKey", "message": "Invalid API-key provided."}, host)

    error = provider.refusal(reply, reply.json_object() or {}, TASK)

    assert error is not None
    assert error.problem.text == f"Alibaba Tongyi refuses this key for {region}. Nothing was billed."


def reply_of(status: int, body: JsonValue, host: str = "dashscope.aliyuncs.com") -> Any:
    from studio.providers.messages import Reply as Received

    content = json_reply(body).body
    assert isinstance(content, bytes)
    return Received(status, {"content-type": "application/json"}, content, f"https://{host}/api/v1/services/x")


async def test_testing_a_key_names_no_model_and_lists_no_image(
    provider: TongyiProvider, fake_tongyi: FakeTongyi
) -> None:
    status = await provider.check(CASE.account(fake_tongyi))

    assert (status.ok, status.model_ids, status.detail) == (True, None, "")
    assert [(request.method, request.path) for request in fake_tongyi.requests] == [("GET", "/api/v1/tasks/")]


# ---------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("said", "kind", "charged"),
    [
        ((400, "InvalidParameter", "Model not exist."), ModelUnknown, "no"),
        ((403, "AccessDenied", "current user api does not support asynchronous calls."), BadRequest, "no"),
        ((403, "AccessDenied", "Access denied."), ModelNotOpened, "no"),
        ((400, "InvalidParameter.DataInspection", "Unable to download the media."), BadRequest, "no"),
        ((400, "BadRequest.TooLarge", "too large"), BadRequest, "no"),
        ((401, "invalid_api_key", "Incorrect API key provided."), KeyOfOtherRegion, "no"),
        ((401, "Odd", "odd"), KeyOfOtherRegion, "no"),
        ((403, "Odd", "odd"), ModelNotOpened, "no"),
        ((404, "Odd", "odd"), ModelUnknown, "no"),
        ((409, "Conflict", "odd"), RateLimited, "no"),
        ((418, "Odd", "odd"), BadRequest, "no"),
        ((429, "Odd", "odd"), RateLimited, "no"),
        ((429, "Throttling.Odd", "odd"), RateLimited, "no"),
        ((500, "Odd", "odd"), ServerFailed, "maybe"),
        ((500, "InternalError.Odd", "odd"), ServerFailed, "maybe"),
        ((400, "Odd", None), BadRequest, "no"),
    ],
)
async def test_errors_beyond_the_list(
    provider: TongyiProvider,
    fake_tongyi: FakeTongyi,
    said: tuple[int, str, str | None],
    kind: type[StudioError],
    charged: str,
) -> None:
    status, code, message = said
    fake_tongyi.script(Answer(json_reply({"code": code, "message": message, "request_id": "r"}, status=status)))

    _, error = await heard_until_error(provider.generate(call_to(fake_tongyi)))

    assert type(error) is kind
    assert error.problem.charged == charged
    assert (error.problem.vendor_code, error.problem.http_status) == (code, status)
    assert "?" not in error.problem.text


async def test_how_long_to_wait(provider: TongyiProvider, fake_tongyi: FakeTongyi) -> None:
    fake_tongyi.fail_next("Throttling.RateQuota", retry_after="7")

    _, error = await heard_until_error(provider.generate(call_to(fake_tongyi)))

    assert error.problem.retry_after_s == 7.0


async def test_a_model_that_has_ended_meanwhile(transport: Transport, fake_tongyi: FakeTongyi) -> None:
    ended = model_of(SPEC, TASK).model_copy(update={"ends_on": CASE.today})
    spec = SPEC.model_copy(update={"models": tuple(ended if one.id == TASK else one for one in SPEC.models)})
    fake_tongyi.fail_next("ModelNotFound")

    _, error = await heard_until_error(TongyiProvider(spec, transport).generate(call_to(fake_tongyi)))

    assert isinstance(error, ModelEnded)
    assert TASK in error.problem.text


@pytest.mark.parametrize(
    ("message", "parameter"),
    [
        ("parameters.size must be a string.", "size"),
        ("Field required: input.prompt", "prompt"),
        ("size is out of range", "the request"),
    ],
)
async def test_the_setting_that_is_refused_is_named(
    provider: TongyiProvider, fake_tongyi: FakeTongyi, message: str, parameter: str
) -> None:
    fake_tongyi.script(Answer(json_reply({"code": "InvalidParameter", "message": message}, status=400)))

    _, error = await heard_until_error(provider.generate(call_to(fake_tongyi)))

    assert error.problem.values["parameter"] == parameter


# ---------------------------------------------------------------------------------------------------- fitting


def notices_for(model: str, change: Callable[[GenerationRequest], GenerationRequest]) -> dict[str, str]:
    wish = change(plain_request(model_of(SPEC, model).capability).model_copy(update={"size": "auto"}))
    made = fit(wish, Target(provider="tongyi", model=model), model_of(SPEC, model), today=CASE.today)
    return {notice.code: notice.message for notice in made.notices}


def with_reference(width: int, height: int, **more: Any) -> Callable[[GenerationRequest], GenerationRequest]:
    picture = reference("shape", width=640, height=512).model_copy(update={"width": width, "height": height, **more})
    return lambda wish: wish.model_copy(update={"reference_image": (picture,)})


@pytest.mark.parametrize(
    ("model", "wish", "code"),
    [
        ("wan2.7-image", with_reference(200, 400), "reference_edges"),
        ("wan2.7-image", with_reference(400, 9000), "reference_edges"),
        ("wan2.7-image", with_reference(300, 3000), "reference_ratio"),
        ("wan2.7-image", with_reference(600, 600, has_alpha=True), "reference_alpha"),
        ("wan2.7-image", with_reference(600, 600, size_bytes=10485761), "reference_too_large"),
        ("wanx-style-repaint-v1", with_reference(600, 1500), "reference_ratio"),
        ("wanx2.1-imageedit", with_reference(500, 600), "reference_edges"),
    ],
)
def test_references_the_model_would_refuse_are_told_before(
    model: str, wish: Callable[[GenerationRequest], GenerationRequest], code: str
) -> None:
    assert code in notices_for(model, wish)


def test_a_prompt_that_may_be_cut_is_told() -> None:
    long = {"prompt": "x " * 700}
    assert notices_for(SYNC, lambda wish: wish.model_copy(update=long))["prompt_may_be_cut"] == (
        "qwen-image-2.0 cuts prompts after 1300 tokens, this one has 1400 characters"
    )
    assert "prompt_too_long" in notices_for(TASK, lambda wish: wish.model_copy(update=long))


@pytest.mark.parametrize(
    ("model", "shape", "size"),
    [
        (SYNC, (1600, 900), "2688x1536"),
        (SYNC, (500, 1000), "1440x2880"),
        ("wan2.5-i2i-preview", (1200, 900), "1280x960"),
        ("qwen-image-edit-plus", (1000, 1000), "1024x1024"),
    ],
)
def test_the_automatic_size_of_an_edit_has_the_shape_of_its_reference(
    model: str, shape: tuple[int, int], size: str
) -> None:
    told = notices_for(model, with_reference(*shape))
    assert told["size_from_reference"] == f"Makes {size}, in the shape of the last reference image"


def test_large_sizes_are_for_words_alone() -> None:
    spec = model_of(SPEC, "wan2.7-image-pro")
    for references, size, wide in (((), "4K", "4096x2304"), ((reference("one"),), "2048x2048", "2720x1536")):
        wish = GenerationRequest(prompt="a red kite", size="4K", reference_image=references)
        in_wide = wish.model_copy(update={"aspect_ratio": AspectRatio(width=16, height=9)})
        made, made_wide = (
            fit(one, Target(provider="tongyi", model=spec.id), spec, today=CASE.today) for one in (wish, in_wide)
        )
        assert (str(made.request.size), str(made_wide.request.size)) == (size, wide)


@pytest.mark.parametrize("size", ["1696x960", "1104x1472"])
def test_the_vendors_own_sizes_are_taken_though_they_break_its_rule(size: str) -> None:
    spec = model_of(SPEC, "wan2.6-t2i")
    wish = GenerationRequest.model_validate({"prompt": "a red kite", "size": size})

    made = fit(wish, Target(provider="tongyi", model=spec.id), spec, today=CASE.today)

    assert (str(made.request.size), made.notices) == (size, ())
