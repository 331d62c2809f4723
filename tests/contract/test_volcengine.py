"""The Volcengine adapter against the strict fake: whole answers, related sets as a stream, links, services, bills."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from studio.domain.assets import Size
from studio.domain.errors import (
    BadRequest,
    BrokenReply,
    GatewayAnswered,
    KeyRejected,
    ModelEnded,
    NoImage,
    PromptRefused,
    ProviderError,
    RateLimited,
    Repeat,
    ResultUnreachable,
    ServerFailed,
    TaskExpired,
    Uncertain,
)
from studio.domain.events import (
    Accepted,
    Exchanged,
    ImageArrived,
    ImageFailed,
    Progressed,
    ProviderEvent,
    UsageReported,
)
from studio.domain.jobs import Ticket
from studio.domain.ports import Account, GenerateCall
from studio.domain.pricing import Money, estimate
from studio.domain.values import CallId, Secret
from studio.providers.transport import Transport
from studio.providers.volcengine import VolcengineProvider
from tests.contract.cases.volcengine import CASE
from tests.contract.listening import events_of, failure_of, heard_until_error, resumed
from tests.contract.wishes import Options, calls_for, fitted, images_in, model_of, plain_request, reference, specs
from tests.fakes.faults import Answer, Drip, ResetBeforeHeaders, ResetInBody, TruncatedChunkedBody
from tests.fakes.images import has_alpha, image_format, make_image, make_image_base64, pixel_size
from tests.fakes.messages import EventStreamStyle, JsonValue, Reply, html_reply, json_reply, pieces_of
from tests.fakes.volcengine import FakeVolcengine

SPEC = specs()["volcengine"]
LITE, PRO_BYTEPLUS = "doubao-seedream-5-0-260128", "dola-seedream-5-0-pro-260628"
SET: Options = {"sequential_image_generation": "auto"}


@pytest.fixture
def server() -> Iterator[FakeVolcengine]:
    with CASE.server() as started:
        yield started


@pytest.fixture
def provider(transport: Transport) -> VolcengineProvider:
    return VolcengineProvider(SPEC, transport)


def call_to(server: FakeVolcengine, options: Options | None = None, *, model: str = LITE, **wish: Any) -> GenerateCall:
    spec, options = model_of(SPEC, model), options or {}
    request = plain_request(spec.capability).model_copy(update=wish)
    made = fitted(request, spec, "volcengine", options, CASE.today)
    assert made.blocked is None, made.notices
    return calls_for(made, spec, CASE.account(server), options)[0]


def of_kind(events: list[ProviderEvent], kind: type[Any]) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


# ---------------------------------------------------------------------------------------------------- related sets


async def test_a_set_comes_image_by_image(provider: VolcengineProvider, server: FakeVolcengine) -> None:
    events = await events_of(provider, call_to(server, SET, n=3))

    one_image = [Accepted, ImageArrived, Progressed]
    assert [type(event) for event in events] == [Exchanged, *one_image * 3, Exchanged, UsageReported, Accepted]
    assert [event.index for event in of_kind(events, ImageArrived)] == [0, 1, 2]
    assert [event.fraction for event in of_kind(events, Progressed)] == [pytest.approx(n / 3) for n in (1, 2, 3)]
    (request,) = server.requests
    assert images_in(events) == server.images(request)
    assert request.json["sequential_image_generation_options"] == {"max_images": 3}
    assert request.json["stream"] is True


async def test_without_a_set_each_image_is_a_request(provider: VolcengineProvider, server: FakeVolcengine) -> None:
    call = call_to(server, n=3)

    assert call.request.images_per_call == (1, 1, 1)
    await events_of(provider, call)
    body = server.requests[0].json
    assert {"stream", "sequential_image_generation", "n"}.isdisjoint(body)


def test_references_take_room_in_a_set(server: FakeVolcengine) -> None:
    references = tuple(reference(f"picture {number}") for number in range(13))

    call = call_to(server, SET, n=5, reference_image=references)

    assert call.request.images_per_call == (2, 2, 1)


@pytest.mark.parametrize(
    "style",
    [
        EventStreamStyle(comments=True, done=True),
        EventStreamStyle(multi_line=True, done=True),
        EventStreamStyle(crlf=True),
        EventStreamStyle(named=False),
        EventStreamStyle(),
    ],
    ids=repr,
)
async def test_every_way_to_write_a_stream(
    provider: VolcengineProvider, server: FakeVolcengine, style: EventStreamStyle
) -> None:
    server.stream_style = style

    events = await events_of(provider, call_to(server, SET, n=2))

    assert images_in(events) == server.images(server.requests[0])
    assert of_kind(events, UsageReported)


async def test_a_stream_byte_by_byte(provider: VolcengineProvider, server: FakeVolcengine) -> None:
    server.script(Drip(piece_bytes=7))

    assert len(images_in(await events_of(provider, call_to(server, SET, n=2)))) == 2


@pytest.mark.parametrize("done", [True, False])
async def test_a_stream_without_its_last_event(
    provider: VolcengineProvider, server: FakeVolcengine, done: bool
) -> None:
    server.stream_completed, server.stream_style = False, EventStreamStyle(done=done)

    events = await events_of(provider, call_to(server, SET, n=2))

    assert len(images_in(events)) == 2
    assert not of_kind(events, ImageFailed)


async def test_json_under_the_name_of_a_stream(provider: VolcengineProvider, server: FakeVolcengine) -> None:
    body = json.dumps({"data": [{"b64_json": make_image_base64(64, 64, "whole")}]}, indent=1).encode()
    server.script(Answer(Reply(200, (("content-type", "text/event-stream"),), pieces_of([b"\n", body])), handled=True))

    events = await events_of(provider, call_to(server, SET))

    assert images_in(events) == [make_image(64, 64, "whole")]


@pytest.mark.parametrize("streamed", [True, False])
async def test_one_refused_image_leaves_the_others(
    provider: VolcengineProvider, server: FakeVolcengine, streamed: bool
) -> None:
    """The vendor's own package gives up the stream here; two images that are paid for would be lost."""
    prompt = "kite [[volcengine:OutputImageSensitiveContentDetected image=1]]"
    server.can_stream = streamed

    events = await events_of(provider, call_to(server, SET, n=3, prompt=prompt))

    (failed,) = of_kind(events, ImageFailed)
    assert (failed.index, failed.problem.kind, failed.problem.charged) == (1, "result_withheld", "no")
    assert [event.index for event in of_kind(events, ImageArrived)] == [0, 2]
    assert server.billed_images == 2


@pytest.mark.parametrize("streamed", [True, False])
async def test_an_inner_error_ends_a_set(provider: VolcengineProvider, server: FakeVolcengine, streamed: bool) -> None:
    prompt = "kite [[volcengine:InternalServiceError image=1]]"
    server.can_stream = streamed

    events = await events_of(provider, call_to(server, SET, n=4, prompt=prompt))

    assert [event.index for event in of_kind(events, ImageArrived)] == [0]
    failed = of_kind(events, ImageFailed)
    assert [event.index for event in failed] == [1, 2, 3]
    assert {(event.problem.kind, event.problem.charged) for event in failed} == {("server_failed", "no")}


async def test_a_set_with_fewer_images_than_asked_for(provider: VolcengineProvider, server: FakeVolcengine) -> None:
    images = [{"url": server.files.put(make_image(64, 64, str(index))), "size": "64x64"} for index in range(2)]
    usage = {"generated_images": 2, "output_tokens": 32, "total_tokens": 32}
    server.script(Answer(json_reply({"data": images, "usage": usage}), handled=True))

    events = await events_of(provider, call_to(server, SET, n=4))

    failed = of_kind(events, ImageFailed)
    assert [event.index for event in failed] == [2, 3]
    assert {event.problem.charged for event in failed} == {"no"}
    assert "set of 2" in failed[0].problem.detail
    assert of_kind(events, UsageReported)[0].cost == Money(amount=Decimal("0.44"), currency="CNY")


@pytest.mark.parametrize("fault", [ResetInBody(whole_pieces=2), TruncatedChunkedBody(whole_pieces=2)], ids=repr)
async def test_what_came_before_the_connection_broke_stays(
    provider: VolcengineProvider, server: FakeVolcengine, fault: Any
) -> None:
    server.script(fault)

    events = await events_of(provider, call_to(server, SET, n=4))

    assert [event.index for event in of_kind(events, ImageArrived)] == [0, 1]
    failed = of_kind(events, ImageFailed)
    assert [(event.index, event.problem.charged) for event in failed] == [(2, "maybe"), (3, "maybe")]


def stream_of(*events: bytes) -> Answer:
    return Answer(Reply(200, (("content-type", "text/event-stream"),), pieces_of(list(events))), handled=True)


@pytest.mark.parametrize(
    ("events", "kind", "charged"),
    [
        ((b'data: {"error":{"code":"InputTextSensitiveContentDetected.PolicyViolation"}}\n\n',), PromptRefused, "no"),
        ((b'data: {"error":{"code":"InternalServiceError","message":"broke"}}\n\n',), ServerFailed, "no"),
        ((b'data: {"error":{"code":"ModelAccountIpmRateLimitExceeded"}}\n\n',), RateLimited, "no"),
        ((b'data: {"error":"mere words"}\n\n',), ServerFailed, "no"),
        ((b'data: {"type":"image_generation.partial_succ',), Uncertain, "maybe"),
        ((b"data: <html>\n\n",), BrokenReply, "maybe"),
        ((b"data: [DONE]\n\n",), NoImage, "maybe"),
        ((b'data: {"type":"image_generation.completed"}\n\n',), NoImage, "maybe"),
        ((b": nothing follows\n\n",), Uncertain, "maybe"),
        ((b'data: {"type":"of.another.kind"}\n\n',), Uncertain, "maybe"),
    ],
)
async def test_streams_without_any_image(
    provider: VolcengineProvider,
    server: FakeVolcengine,
    events: tuple[bytes, ...],
    kind: type[ProviderError],
    charged: str,
) -> None:
    server.script(stream_of(*events))

    error = await failure_of(provider, call_to(server, SET, n=2))

    assert type(error) is kind
    assert error.problem.charged == charged


async def test_an_error_of_the_whole_request_after_an_image(
    provider: VolcengineProvider, server: FakeVolcengine
) -> None:
    link = server.files.put(make_image(64, 64, "first"))
    image = json.dumps({"type": "image_generation.partial_succeeded", "image_index": 0, "url": link}).encode()
    server.script(
        stream_of(b"data: " + image + b"\n\n", b'data: {"error":{"code":"InternalServiceError","message":"broke"}}\n\n')
    )

    events = await events_of(provider, call_to(server, SET, n=2))

    assert images_in(events) == [make_image(64, 64, "first")]
    (failed,) = of_kind(events, ImageFailed)
    assert (failed.index, failed.problem.kind, failed.problem.detail) == (1, "server_failed", "broke")


# ---------------------------------------------------------------------------------------------------- links, tickets


async def test_links_are_fetched_without_the_key_and_kept_with_the_image(
    provider: VolcengineProvider, server: FakeVolcengine
) -> None:
    events = await events_of(provider, call_to(server))

    (arrived,) = of_kind(events, ImageArrived)
    assert arrived.image_url.startswith(server.files.origin)
    assert server.files.credentials_seen == []
    assert server.requests[0].json["response_format"] == "url"


@pytest.mark.parametrize("options", [{}, SET], ids=["whole", "stream"])
async def test_a_host_that_cannot_be_reached_is_asked_again_later(
    provider: VolcengineProvider, server: FakeVolcengine, options: Options
) -> None:
    """The image is paid and its link is good for a day: nothing is final yet."""
    server.files.script(ResetBeforeHeaders(), times=4)
    call = call_to(server, options)
    heard, error = await heard_until_error(provider.generate(call))

    assert isinstance(error, ResultUnreachable)
    assert not of_kind(heard, ImageFailed)
    moved_on = replace(call.account, secret=None, fields={})
    events = await resumed(provider, of_kind(heard, Accepted)[-1].ticket, moved_on)
    assert images_in(events) == server.images(server.requests[0])
    assert len(server.requests) == 1


async def test_a_link_that_has_expired(provider: VolcengineProvider, server: FakeVolcengine) -> None:
    call = call_to(server)
    ticket = of_kind(await events_of(provider, call), Accepted)[0].ticket
    server.files.expire(json.loads(ticket.data["items"])["0"]["url"])

    (failed,) = of_kind(await resumed(provider, ticket, call.account), ImageFailed)

    assert (failed.problem.kind, failed.problem.charged) == ("link_expired", "yes")


async def test_a_crash_in_the_middle_of_a_set(provider: VolcengineProvider, server: FakeVolcengine) -> None:
    """The ticket grows with the set: whichever was written last brings home all that was known then."""
    prompt = "kite [[volcengine:OutputImageSensitiveContentDetected image=1]]"
    call = call_to(server, SET, n=4, prompt=prompt)
    tickets = [event.ticket for event in of_kind(await events_of(provider, call), Accepted)]
    found = []
    for ticket in tickets:
        events = await resumed(provider, ticket, call.account)
        found.append(
            (
                [event.index for event in of_kind(events, ImageArrived)],
                [(event.index, event.problem.kind) for event in of_kind(events, ImageFailed)],
            )
        )

    def open_from(first: int) -> list[tuple[int, str]]:
        return [(index, "interrupted") for index in range(first, 4)]

    withheld = (1, "result_withheld")
    assert found == [
        ([0], open_from(1)),
        ([0, 2], [withheld, *open_from(3)]),
        ([0, 2, 3], [withheld]),
        ([0, 2, 3], [withheld]),
    ]
    assert len(server.requests) == 1


async def test_a_ticket_holds_no_key(provider: VolcengineProvider, server: FakeVolcengine) -> None:
    entries = [
        {"url": server.files.put(make_image(64, 64, "first"))},
        {"error": {"code": "InternalServiceError", "message": f"Bearer {server.api_key} broke"}},
    ]
    server.script(Answer(json_reply({"data": entries}), handled=True))

    events = await events_of(provider, call_to(server, SET, n=2))

    told = [event.model_dump_json() for event in events if not isinstance(event, ImageArrived)]
    assert [text for text in told if server.api_key in text] == []
    assert "broke" in of_kind(events, Accepted)[0].ticket.data["items"]


async def test_a_ticket_of_something_else(provider: VolcengineProvider, server: FakeVolcengine) -> None:
    ticket = Ticket(provider="volcengine", account="main", task_id="links")

    with pytest.raises(TaskExpired):
        await resumed(provider, ticket, CASE.account(server))


async def test_a_gateway_that_answers_with_the_image_itself(
    provider: VolcengineProvider, server: FakeVolcengine
) -> None:
    server.script(Answer(json_reply({"data": [{"b64_json": make_image_base64(64, 64, "inline")}]}), handled=True))

    events = await events_of(provider, call_to(server))

    assert images_in(events) == [make_image(64, 64, "inline")]
    assert not of_kind(events, Accepted), "there is nothing that could be fetched again"


# ---------------------------------------------------------------------------------------------------- replies, errors


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"data": []}, NoImage),
        ({"data": None}, NoImage),
        ({"data": "words"}, BrokenReply),
        ([1], BrokenReply),
        ({"data": [{"url": 5}]}, BrokenReply),
        ({"error": {"code": "InternalServiceError"}}, ServerFailed),
        ({"error": {"code": "SensitiveContentDetected"}}, PromptRefused),
    ],
)
async def test_good_replies_without_an_image(
    provider: VolcengineProvider, server: FakeVolcengine, body: JsonValue, kind: type[ProviderError]
) -> None:
    server.script(Answer(json_reply(body), handled=True))

    error = await failure_of(provider, call_to(server))

    assert type(error) is kind
    assert error.problem.charged == ("no" if kind is PromptRefused else "maybe")


async def test_an_entry_with_nothing_in_it(provider: VolcengineProvider, server: FakeVolcengine) -> None:
    server.script(Answer(json_reply({"data": [{"size": "2048x2048"}]}), handled=True))

    (failed,) = of_kind(await events_of(provider, call_to(server)), ImageFailed)

    assert failed.problem.kind == "no_image"


@pytest.mark.parametrize(
    ("status", "error", "expected"),
    [
        (400, {"code": "InvalidParameter", "param": "size"}, (BadRequest, "size")),
        (400, {"code": "InvalidParameter.Anything.Else"}, (BadRequest, "the request")),
        (400, {"code": "NeverHeardOf", "param": None}, (BadRequest, "the request")),
        (400, "mere words", (BadRequest, "the request")),
        (404, {"code": "NotFound"}, (BadRequest, "this address")),
        (403, {"code": "NeverHeardOf"}, (KeyRejected, None)),
        (429, {"code": "NeverHeardOf"}, (RateLimited, None)),
        (503, {"code": "NeverHeardOf"}, (ServerFailed, None)),
        (502, {"code": "NeverHeardOf"}, (GatewayAnswered, None)),
        (408, {"code": "NeverHeardOf"}, (GatewayAnswered, None)),
    ],
)
async def test_errors_of_other_shapes(
    provider: VolcengineProvider,
    server: FakeVolcengine,
    status: int,
    error: JsonValue,
    expected: tuple[type[ProviderError], str | None],
) -> None:
    kind, parameter = expected
    server.script(Answer(json_reply({"error": error}, status=status)))

    told = await failure_of(provider, call_to(server))

    assert type(told) is kind
    assert told.problem.values.get("parameter") == parameter


async def test_a_model_that_the_catalogue_knows_as_ended(provider: VolcengineProvider, server: FakeVolcengine) -> None:
    server.fail_next("InvalidEndpointOrModel.NotFound")
    call = call_to(server)
    ended = replace(call, model=call.model.model_copy(update={"id": "seededit-3-0-i2i-250628"}))

    error = await failure_of(provider, ended)

    assert isinstance(error, ModelEnded)


async def test_a_model_of_another_service(transport: Transport) -> None:
    with FakeVolcengine(site="ark") as ark:
        error = await failure_of(VolcengineProvider(SPEC, transport), call_to(ark, model=PRO_BYTEPLUS))

    assert (error.problem.kind, error.problem.charged) == ("model_unknown", "no")


async def test_a_limit_says_how_long_to_wait(provider: VolcengineProvider, server: FakeVolcengine) -> None:
    server.fail_next("RequestBurstTooFast", retry_after="7")

    error = await failure_of(provider, call_to(server))

    assert (error.problem.repeat, error.problem.retry_after_s) == (Repeat.LATER, 7.0)
    assert error.problem.vendor_code == "RequestBurstTooFast"


# ---------------------------------------------------------------------------------------------------- bills


@pytest.mark.parametrize(
    ("size", "references", "cost"),
    [
        (Size.of(1024, 1024), 0, "0.045"),
        (Size.of(1536, 1536), 0, "0.045"),
        (Size.of(1616, 1616), 0, "0.09"),
        ("auto", 0, "0.09"),
        ("2K", 1, "0.09"),
        (Size.of(1024, 1024), 3, "0.051"),
    ],
)
async def test_the_bill_is_what_was_estimated(
    provider: VolcengineProvider, server: FakeVolcengine, size: Any, references: int, cost: str
) -> None:
    images = tuple(reference(f"picture {number}", width=64, height=64) for number in range(references))
    model = model_of(SPEC, PRO_BYTEPLUS)
    call = call_to(server, model=model.id, size=size, reference_image=images)

    events = await events_of(provider, call)

    (reported,) = of_kind(events, UsageReported)
    assert reported.cost == Money(amount=Decimal(cost))
    assert reported.basis == "usage: 1 images"
    expected = estimate(call.request, model.prices, model.capability.unsent_defaults)
    assert expected.typical == expected.at_most == reported.cost


@pytest.mark.parametrize(
    ("model", "options", "usage"),
    [
        ("doubao-seedream-5-0-flash-260915", {}, {"generated_images": 1}),
        (LITE, {"web_search": True}, {"generated_images": 1, "tool_usage": {"web_search": 1}}),
        (LITE, {}, {"generated_images": 2}),
        (LITE, {}, {}),
    ],
)
async def test_no_cost_is_made_up(
    provider: VolcengineProvider, server: FakeVolcengine, model: str, options: Options, usage: JsonValue
) -> None:
    """No published price, a search whose price nobody knows, a count that is not that of the images, no figure."""
    url = server.files.put(make_image(64, 64, "bill"))
    server.script(Answer(json_reply({"data": [{"url": url, "size": "2048x2048"}], "usage": usage}), handled=True))

    (reported,) = of_kind(await events_of(provider, call_to(server, options, model=model)), UsageReported)

    assert reported.cost is None


async def test_what_went_over_the_wire_is_kept(provider: VolcengineProvider, server: FakeVolcengine) -> None:
    events = await events_of(provider, call_to(server))

    exchange = of_kind(events, Exchanged)[-1].exchange
    assert (exchange.http_status, exchange.request_id) == (200, f"{1:040d}")
    assert exchange.request.headers["Authorization"] == "Bearer ***"
    assert json.loads(exchange.reply)["usage"]["generated_images"] == 1


# ---------------------------------------------------------------------------------------------------- what is sent


async def test_the_watermark_is_off_unless_wanted(provider: VolcengineProvider, server: FakeVolcengine) -> None:
    for model in SPEC.models:
        if model.status(CASE.today) == "ended":
            continue
        call = call_to(server, model=model.id)
        wanted = call_to(server, {"watermark": True}, model=model.id)
        assert (await provider.request(call)).json_body["watermark"] is False  # type: ignore[index]  # always a body
        assert (await provider.request(wanted)).json_body["watermark"] is True  # type: ignore[index]  # always a body


async def test_the_file_has_the_format_that_was_asked_for(provider: VolcengineProvider, server: FakeVolcengine) -> None:
    for name in ("png", "jpeg"):
        (image,) = images_in(await events_of(provider, call_to(server, {"output_format": name})))
        assert image_format(image) == name
        assert not has_alpha(image)


@pytest.mark.parametrize(("size", "sent"), [("auto", "2K"), ("3K", "3K"), (Size.of(2048, 2049), "2048x2049")])
async def test_sizes(provider: VolcengineProvider, server: FakeVolcengine, size: Any, sent: str) -> None:
    events = await events_of(provider, call_to(server, size=size))

    assert server.requests[0].json["size"] == sent
    if isinstance(size, Size):
        assert pixel_size(images_in(events)[0]) == (size.width, size.height)


async def test_the_undocumented_seed_counts_on(provider: VolcengineProvider, server: FakeVolcengine) -> None:
    """Three requests with one seed would be three times the same picture."""
    options: Options = {"undocumented_seed": 2**31 - 2}
    first = call_to(server, options, model=PRO_BYTEPLUS, n=3)
    calls = [replace(first, call_id=CallId(f"7.2.{index}")) for index in range(3)]

    bodies = [(await provider.request(call)).json_body or {} for call in calls]

    assert [body["seed"] for body in bodies] == [2**31 - 2, 2**31 - 1, 0]


async def test_an_undocumented_field_that_is_refused(provider: VolcengineProvider, server: FakeVolcengine) -> None:
    """Told by its name, free, and not sent again by itself: a request is one POST."""
    server.undocumented_fields = False

    error = await failure_of(provider, call_to(server, {"undocumented_seed": 7}, model=PRO_BYTEPLUS))

    assert isinstance(error, BadRequest)
    assert (error.problem.values["parameter"], error.problem.charged) == ("seed", "no")
    assert len(server.requests) == 1


# ---------------------------------------------------------------------------------------------------- services, keys


@pytest.mark.parametrize("choice", [choice.value for choice in SPEC.account_fields[0].choices])
async def test_every_service_of_the_catalogue(provider: VolcengineProvider, choice: str) -> None:
    account = Account("main", "volcengine", Secret("some-key"), {"service": choice})

    assert provider.endpoint(account).base_url == choice
    gateway = replace(account, fields={"service": choice, "base_url": "https://gateway.example/ark/"})
    assert provider.endpoint(gateway).base_url == "https://gateway.example/ark"
    assert provider.endpoint(replace(account, fields={})).host == "ark.cn-beijing.volces.com"


async def test_the_list_of_models(provider: VolcengineProvider, server: FakeVolcengine) -> None:
    status = await provider.check(CASE.account(server))

    assert status.ok
    assert status.detail == f"{len(server.models)} image models"
    assert [(request.method, request.path) for request in server.requests] == [("GET", "/api/v3/models")]


@pytest.mark.parametrize("error", ["", "ModelNotOpen", "InvalidEndpointOrModel.NotFound", "UnsupportedModel"])
@pytest.mark.parametrize("site", ["ark", "plan"])
async def test_a_service_without_a_list_is_asked_for_the_impossible(
    transport: Transport, site: Any, error: str
) -> None:
    with FakeVolcengine(site=site) as server:
        if error:
            server.fail_next(error, path="/images/generations")
        status = await VolcengineProvider(SPEC, transport).check(CASE.account(server))

        assert (status.ok, status.detail, status.model_ids) == (True, "key accepted", None)
        assert server.requests[-1].json["size"] == "1x1"
        assert server.billed_images == 0


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ("AuthenticationError", "key_rejected"),
        ("AccountOverdueError", "balance"),
        ("InternalServiceError", "server_failed"),
    ],
)
async def test_a_key_that_is_no_good_where_there_is_no_list(transport: Transport, error: str, kind: str) -> None:
    with FakeVolcengine(site="ark") as server:
        server.fail_next(error, path="/images/generations")
        status = await VolcengineProvider(SPEC, transport).check(CASE.account(server))

    assert status.problem is not None
    assert (status.ok, status.problem.kind, status.problem.charged) == (False, kind, "no")


async def test_testing_a_key_at_a_page_of_somebody_else(transport: Transport) -> None:
    with FakeVolcengine(site="ark") as server:
        server.script(Answer(html_reply(400, "<html>Log in</html>")), path="/images/generations")
        status = await VolcengineProvider(SPEC, transport).check(CASE.account(server))

    assert status.problem is not None
    assert (status.problem.kind, status.problem.charged) == ("bad_request", "no")
