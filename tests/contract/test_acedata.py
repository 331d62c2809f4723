"""The AceDataCloud adapter against the strict fake: tasks, lost answers, odd forms of errors and of results."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from studio.domain.errors import (
    BadRequest,
    BrokenReply,
    Charged,
    GatewayAnswered,
    KeyRejected,
    NoImage,
    PromptRefused,
    ServerFailed,
    StudioError,
    TaskExpired,
    TaskFailed,
    Uncertain,
)
from studio.domain.events import Accepted, ImageArrived, ImageFailed, Noticed, Progressed, UsageReported
from studio.domain.jobs import Call
from studio.domain.ports import CancelOutcome, GenerateCall, LostCall
from studio.domain.request import GenerationRequest
from studio.domain.values import CallId, JobId
from studio.providers.acedata import AceDataProvider
from studio.providers.transport import Transport
from tests.contract.cases.acedata import CASE
from tests.contract.listening import events_of, failure_of, heard_until_error, only, resumed
from tests.contract.wishes import Options, calls_for, fitted, images_in, model_of, reference, specs
from tests.fakes.acedata import FakeAceData
from tests.fakes.faults import Answer, ResetBeforeHeaders, gateway_page, invalid_json
from tests.fakes.images import ImageOrder
from tests.fakes.messages import JsonValue, json_reply
from tests.unit.providers.clock import SkippingClock

SPEC = specs()["acedata"]
EXACT, NANO = "gpt-image-2:official", "nano-banana-pro"
ROUTES = (EXACT, NANO)


@pytest.fixture
def provider(transport: Transport) -> AceDataProvider:
    return AceDataProvider(SPEC, transport)


@pytest.fixture
def server(fake_acedata: FakeAceData) -> FakeAceData:
    return fake_acedata


def call_to(
    server: FakeAceData,
    model_id: str = EXACT,
    options: Options | None = None,
    *,
    prompt: str = "a red kite",
    n: int = 1,
) -> GenerateCall:
    model = model_of(SPEC, model_id)
    made = fitted(GenerationRequest(prompt=prompt, n=n), model, "acedata", options or {}, CASE.today)
    return calls_for(made, model, CASE.account(server), options or {})[0]


def submitted(server: FakeAceData) -> int:
    return sum(CASE.is_paid(request) for request in server.requests)


# ---------------------------------------------------------------------------------------------------- tasks


@pytest.mark.parametrize("model_id", ROUTES)
async def test_a_task_is_followed_to_its_end(server: FakeAceData, provider: AceDataProvider, model_id: str) -> None:
    call = call_to(server, model_id, n=3)

    events = await events_of(provider, call)

    accepted = only(events, Accepted).ticket
    assert accepted.task_id == server.tasks.all[0].id
    assert accepted.data["trace_id"] == server.tasks.all[0].order["trace_id"]
    assert "started" in {event.phase for event in events if isinstance(event, Progressed)}
    assert images_in(events) == CASE.results(server, server.requests[0])
    assert only(events, UsageReported).usage.images == server.billed_images == 3
    assert {request.path for request in server.requests[1:]} == {
        "/nano-banana/tasks" if model_id == NANO else "/openai/tasks"
    }


async def test_polls_slow_down(server: FakeAceData, provider: AceDataProvider, clock: SkippingClock) -> None:
    server.script(*[Answer(json_reply({"id": "t", "response": None}))] * 12, path="/openai/tasks")

    await events_of(provider, call_to(server))

    assert clock.slept_s[0] == 2
    assert clock.slept_s == sorted(clock.slept_s)
    assert max(clock.slept_s) == 10


async def test_polls_that_break_are_asked_again(server: FakeAceData, provider: AceDataProvider) -> None:
    faults = (
        ResetBeforeHeaders(),
        gateway_page(502),
        invalid_json(),
        Answer(server.errors["too_many_requests"].reply()),
    )
    server.script(*faults, path="/openai/tasks")

    assert images_in(await events_of(provider, call_to(server)))
    assert submitted(server) == 1


async def test_a_refused_poll_says_nothing_about_the_task(server: FakeAceData, provider: AceDataProvider) -> None:
    server.fail_next("invalid_token", path="/openai/tasks")

    error = await failure_of(provider, call_to(server))

    assert type(error) is KeyRejected
    assert error.problem.charged == "maybe"


async def test_a_forgotten_task_is_given_half_a_minute(
    server: FakeAceData, provider: AceDataProvider, clock: SkippingClock
) -> None:
    server.script(*[Answer(json_reply({}))] * 4, path="/openai/tasks")
    events = await events_of(provider, call_to(server))
    assert images_in(events)

    server.tasks.forget()
    before_s = clock.monotonic_s()
    _, error = await heard_until_error(provider.resume(only(events, Accepted).ticket, CASE.account(server)))

    assert type(error) is TaskExpired
    assert error.problem.charged == "maybe"
    assert clock.monotonic_s() - before_s >= 30


@pytest.mark.parametrize(
    ("marker", "kind"),
    [("forbidden", PromptRefused), ("api_error", TaskFailed), ("timeout", TaskFailed), ("bad_request", BadRequest)],
)
async def test_a_task_that_fails_is_free_and_not_sent_again(
    server: FakeAceData, provider: AceDataProvider, marker: str, kind: type[StudioError]
) -> None:
    error = await failure_of(provider, call_to(server, prompt=f"kite [[acedata:{marker} stage=task]]"))

    assert type(error) is kind
    assert (error.problem.charged, error.problem.vendor_code) == ("no", marker)
    assert (server.billed_images, submitted(server)) == (0, 1)


async def test_a_hiccup_is_not_the_end(server: FakeAceData, provider: AceDataProvider) -> None:
    assert images_in(await events_of(provider, call_to(server, prompt="kite [[acedata:api_error stage=hiccup]]")))


LINK = {"url": "https://cdn.example/0.png"}


@pytest.mark.parametrize(
    ("task", "kind", "charged"),
    [
        ({"finished_at": 9.0, "response": {"success": True, "data": []}}, NoImage, "maybe"),
        ({"finished_at": 9.0, "response": None}, TaskFailed, "no"),
        ({"finished_at": 9.0, "response": {"success": False, "error": "it broke"}}, TaskFailed, "no"),
        ({"response": {"success": False, "error": {"code": "api_error", "message": "no"}}}, TaskFailed, "no"),
        ({"response": {"success": False, "error": {"code": "x", "message": "content_policy"}}}, PromptRefused, "no"),
        ({"response": {"status": "rejected"}}, TaskFailed, "no"),
        ({"response": {"state": "succeeded", "success": True}}, NoImage, "maybe"),
    ],
)
async def test_the_ends_of_a_task(
    server: FakeAceData,
    provider: AceDataProvider,
    task: dict[str, JsonValue],
    kind: type[StudioError],
    charged: Charged,
) -> None:
    running = ({"response": {"status": "queued"}}, {"response": {"success": False, "error": "temporary"}}, task)
    server.script(*[Answer(json_reply({"id": "t", **state})) for state in running], path="/openai/tasks")

    heard, error = await heard_until_error(provider.generate(call_to(server)))

    assert type(error) is kind
    assert error.problem.charged == charged
    assert sum(isinstance(event, Progressed) for event in heard) == 2


async def test_fewer_images_than_asked_for(server: FakeAceData, provider: AceDataProvider) -> None:
    events = await events_of(provider, call_to(server, prompt="kite [[acedata:partial count=2]]", n=4))

    assert len(images_in(events)) == server.billed_images == 2
    missing = [event for event in events if isinstance(event, ImageFailed)]
    assert [(event.index, event.problem.charged) for event in missing] == [(2, "no"), (3, "no")]


async def test_a_task_cannot_be_cancelled(server: FakeAceData, provider: AceDataProvider) -> None:
    ticket = only(await events_of(provider, call_to(server)), Accepted).ticket
    assert await provider.cancel(ticket, CASE.account(server)) is CancelOutcome.UNSUPPORTED


async def test_with_a_callback_address_the_studio_asks_too(server: FakeAceData, provider: AceDataProvider) -> None:
    events = await events_of(provider, call_to(server, options={"callback_url": "https://hooks.example/done"}))

    assert images_in(events)
    ((url, posted),) = server.callbacks
    assert (url, posted["task_id"]) == ("https://hooks.example/done", only(events, Accepted).ticket.task_id)


# ---------------------------------------------------------------------------------------------------- results


async def test_an_answer_that_is_whole_at_once(server: FakeAceData, provider: AceDataProvider) -> None:
    link = server.publish(ImageOrder(640, 480, "kite"))
    for data in ([{"url": link, "revised_prompt": "a better kite"}], {"created": 1, "data": [{"url": link}]}):
        server.script(Answer(json_reply({"success": True, "trace_id": "r", "data": data})))

        events = await events_of(provider, call_to(server))

        assert only(events, ImageArrived).image_url == link
        assert next(type(event) for event in events if isinstance(event, (Accepted, ImageArrived))) is Accepted
        assert any(isinstance(event, Noticed) for event in events) == isinstance(data, list)


async def test_a_ticket_without_an_id_is_asked_for_by_the_trace_id(
    server: FakeAceData, provider: AceDataProvider
) -> None:
    call = call_to(server)
    server.script(Answer(json_reply({"success": True, "data": [LINK]})))
    server.files.stop()
    heard, _ = await heard_until_error(provider.generate(call))
    ticket = only(heard, Accepted).ticket
    assert ticket.task_id == ""

    await heard_until_error(provider.resume(ticket, call.account))

    assert server.requests[-1].json == {"action": "retrieve", "trace_id": ticket.data["trace_id"]}


async def test_the_image_itself(server: FakeAceData, provider: AceDataProvider) -> None:
    events = await events_of(provider, call_to(server, options={"response_format": "b64_json"}))

    assert images_in(events) == CASE.results(server, server.requests[0])
    assert only(events, ImageArrived).image_url is None


async def test_an_answer_without_task_or_image(server: FakeAceData, provider: AceDataProvider) -> None:
    server.script(Answer(json_reply({"success": True})))
    assert type(await failure_of(provider, call_to(server))) is BrokenReply


async def test_an_error_inside_a_good_status(server: FakeAceData, provider: AceDataProvider) -> None:
    server.script(Answer(json_reply({"success": False, "error": {"code": "api_error", "message": "broken"}})))

    error = await failure_of(provider, call_to(server))

    assert type(error) is ServerFailed
    assert error.problem.charged == "maybe"


# ---------------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize("shape", ["string", "detail", "null"])
async def test_errors_come_in_odd_forms(server: FakeAceData, provider: AceDataProvider, shape: str) -> None:
    error = await failure_of(provider, call_to(server, prompt=f"kite [[acedata:forbidden shape={shape}]]"))

    assert type(error) is PromptRefused
    assert error.problem.http_status == 403
    assert bool(error.problem.detail) == (shape != "null")


@pytest.mark.parametrize(
    ("status", "code", "message", "kind"),
    [
        (403, "forbidden", "The token is limited to other APIs.", KeyRejected),
        (403, "something_new", "No.", PromptRefused),
        (400, "bad_request", "Your request was rejected by the safety system.", PromptRefused),
        (500, "api_error", "moderation_blocked", PromptRefused),
        (401, "something_new", "No.", KeyRejected),
    ],
)
async def test_words_decide_where_codes_do_not(  # noqa: PLR0917  one column of the table each
    server: FakeAceData, provider: AceDataProvider, status: int, code: str, message: str, kind: type[StudioError]
) -> None:
    body = {"success": False, "error": {"code": code, "message": message}, "trace_id": "r-9"}
    server.script(Answer(json_reply(body, status=status)))

    error = await failure_of(provider, call_to(server))

    assert type(error) is kind
    assert (error.problem.charged, error.problem.detail, error.problem.request_id) == ("no", message, "r-9")


# ---------------------------------------------------------------------------------------------------- lost answers


def lost(call: GenerateCall, *, late: timedelta = timedelta(), known: frozenset[str] = frozenset()) -> LostCall:
    """The call as the journal knows it after a crash: without anything that the vendor said."""
    journalled = Call(
        id=CallId(call.call_id), job_id=JobId("1.1"), index=0, image_count=call.image_count, first_image_index=0
    )
    sent_at = datetime.now(UTC) - late
    return LostCall(call=journalled, target=call.target, request=call.request, sent_at=sent_at, known_tasks=known)


@pytest.mark.parametrize("honoured", [True, False])
@pytest.mark.parametrize("model_id", ROUTES)
async def test_a_lost_answer_is_found_and_brought_home(
    server: FakeAceData, provider: AceDataProvider, model_id: str, *, honoured: bool
) -> None:
    server.honours_trace_id = honoured
    call = call_to(server, model_id, n=2)
    server.script(ResetBeforeHeaders())
    assert type(await failure_of(provider, call)) is Uncertain

    ticket = await provider.find_lost(lost(call), call.account)

    assert ticket is not None
    assert images_in(await resumed(provider, ticket, call.account)) == CASE.results(server, server.requests[0])
    assert submitted(server) == 1


async def test_a_gateway_that_gave_up_may_have_left_a_task(server: FakeAceData, provider: AceDataProvider) -> None:
    call = call_to(server, prompt="kite [[acedata:timeout]]")
    assert type(await failure_of(provider, call)) is GatewayAnswered
    assert await provider.find_lost(lost(call), call.account) is not None


async def test_what_is_somebody_elses_is_not_taken(server: FakeAceData, provider: AceDataProvider) -> None:
    server.honours_trace_id = False
    call = call_to(server)
    assert await provider.find_lost(lost(call), call.account) is None, "nothing was sent"
    for prompt in ("another kite", "a red kite", "a red kite"):
        server.script(ResetBeforeHeaders())
        await failure_of(provider, call_to(server, prompt=prompt))
    _, first, second = server.tasks.all

    assert await provider.find_lost(lost(call), call.account) is None, "two have the same words"
    assert await provider.find_lost(lost(call, late=timedelta(hours=1)), call.account) is None, "it is of another hour"
    found = await provider.find_lost(lost(call, known=frozenset({first.id})), call.account)
    assert found is not None
    assert found.task_id == second.id


async def test_a_task_of_an_older_run_with_the_same_number_is_not_taken(
    server: FakeAceData, provider: AceDataProvider
) -> None:
    """Run numbers begin at 1 in each workspace: the same trace id may have been used in another one."""
    call = call_to(server)
    await events_of(provider, call)
    assert await provider.find_lost(lost(call, late=timedelta(days=2)), call.account) is None


# ---------------------------------------------------------------------------------------------------- sizes


@pytest.mark.parametrize(
    ("size", "ratio", "sent"),
    [
        ("1K", "3:2", "1536x1024"),
        ("2K", "16:9", "2048x1152"),
        ("4K", "16:9", "3840x2160"),
        ("4K", "4:3", "3264x2448"),
        ("4K", None, "2880x2880"),
        ("auto", None, "auto"),
        ("1280x720", None, "1280x720"),
    ],
)
async def test_classes_of_size_are_the_listed_presets(
    provider: AceDataProvider, size: str, ratio: str | None, sent: str
) -> None:
    model = SPEC.models[0]
    wish = GenerationRequest.model_validate({"prompt": "kite", "size": size, "aspect_ratio": ratio})
    made = fitted(wish, model, "acedata", {}, CASE.today)
    shown = await provider.prepare(calls_for(made, model, CASE.account(None), {})[0])
    assert shown.json_body["size"] == sent


async def test_references_are_the_files_as_they_are(server: FakeAceData, provider: AceDataProvider) -> None:
    model = SPEC.models[0]
    wish = GenerationRequest(prompt="snow", reference_image=(reference("one"), reference("two", media="jpeg")))
    made = fitted(wish, model, "acedata", {}, CASE.today)
    call = calls_for(made, model, CASE.account(server), {})[0]

    assert images_in(await events_of(provider, call))

    files = [part.content for part in server.requests[0].parts if part.filename]
    assert files == [await call.read_reference(image) for image in wish.reference_image]
