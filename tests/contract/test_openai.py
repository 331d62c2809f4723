"""The OpenAI adapter against the strict fake: streams, edits, usage, errors inside replies."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from studio.domain.errors import (
    BadRequest,
    BrokenImage,
    BrokenReply,
    GatewayAnswered,
    ModelEnded,
    NoImage,
    Offline,
    Overloaded,
    PromptRefused,
    ProviderError,
    RateLimited,
    Repeat,
    ResultWithheld,
    ServerFailed,
    Uncertain,
)
from studio.domain.events import (
    Exchanged,
    ImageArrived,
    ImageFailed,
    Noticed,
    PartialImage,
    Progressed,
    UsageReported,
)
from studio.domain.ports import GenerateCall
from studio.domain.pricing import Usage
from studio.providers.openai import OpenAIProvider
from studio.providers.transport import Transport
from tests.contract.cases.openai import CASE
from tests.contract.listening import events_of, failure_of, heard_until_error, only
from tests.contract.wishes import Options, calls_for, fitted, images_in, model_of, plain_request, reference, specs
from tests.fakes.faults import (
    Answer,
    Drip,
    Spoiled,
    bad_base64,
    gateway_page,
    not_an_image,
    raw_line_separators,
    redirect,
)
from tests.fakes.file_host import FileHost
from tests.fakes.images import image_format, make_image_base64, pixel_size
from tests.fakes.messages import EventStreamStyle, JsonValue, Reply, html_reply, json_reply, pieces_of
from tests.fakes.openai import FakeOpenAI, StreamScript
from tests.unit.providers.clock import SkippingClock

SPEC = specs()["openai"]
HIGHEST = "gpt-image-2.6-sunburst"


@pytest.fixture
def provider(transport: Transport) -> OpenAIProvider:
    return OpenAIProvider(SPEC, transport)


def call_to(
    server: FakeOpenAI, options: Options | None = None, *, model: str = "gpt-image-2", references: int = 0, n: int = 1
) -> GenerateCall:
    options = {"quality": "low", **(options or {})}
    spec = model_of(SPEC, model)
    images = tuple(reference(f"picture {number}") for number in range(references))
    request = plain_request(spec.capability).model_copy(update={"reference_image": images, "n": n})
    made = fitted(request, spec, "openai", options, CASE.today)
    return calls_for(made, spec, CASE.account(server), options)[0]


# ---------------------------------------------------------------------------------------------------- streams


@pytest.mark.parametrize("references", [0, 1, 3])
@pytest.mark.parametrize("partials", [0, 1, 2, 3])
async def test_a_stream_with_previews(
    provider: OpenAIProvider, fake_openai: FakeOpenAI, partials: int, references: int
) -> None:
    events = await events_of(provider, call_to(fake_openai, {"partial_images": partials}, references=references))

    previews = [event for event in events if isinstance(event, PartialImage)]
    assert [(event.image_index, event.step, event.steps) for event in previews] == [
        (0, step, partials) for step in range(1, partials + 1)
    ]
    assert {pixel_size(event.content) for event in previews} <= {(1024, 1024)}
    assert [type(event) for event in events] == [
        Exchanged, Progressed, *[PartialImage] * partials, ImageArrived, Exchanged, UsageReported,
    ]  # fmt: skip
    (request,) = fake_openai.requests
    assert images_in(events) == CASE.results(fake_openai, request)
    names = [part.name for part in request.parts if part.filename] if references else []
    assert names == (["image"] if references == 1 else ["image[]"] * references)


@pytest.mark.parametrize(
    "style",
    [
        EventStreamStyle(comments=True),
        EventStreamStyle(multi_line=True),
        EventStreamStyle(done=True),
        EventStreamStyle(crlf=True),
        EventStreamStyle(named=False),
        EventStreamStyle(extra_lines=("id: 7", "retry: 100")),
    ],
    ids=repr,
)
async def test_every_way_to_write_a_stream(
    provider: OpenAIProvider, fake_openai: FakeOpenAI, style: EventStreamStyle
) -> None:
    fake_openai.stream_script = StreamScript(style=style)

    events = await events_of(provider, call_to(fake_openai, {"partial_images": 2}))

    assert len([event for event in events if isinstance(event, PartialImage)]) == 2
    assert images_in(events) == CASE.results(fake_openai, fake_openai.requests[0])


async def test_separators_that_are_no_line_ends(provider: OpenAIProvider, fake_openai: FakeOpenAI) -> None:
    fake_openai.script(raw_line_separators())

    assert images_in(await events_of(provider, call_to(fake_openai)))


async def test_a_stream_byte_by_byte(provider: OpenAIProvider, fake_openai: FakeOpenAI) -> None:
    fake_openai.script(Drip(piece_bytes=997))

    assert images_in(await events_of(provider, call_to(fake_openai)))


async def test_fewer_previews_than_asked_for_are_usual(provider: OpenAIProvider, fake_openai: FakeOpenAI) -> None:
    fake_openai.stream_script = StreamScript(partials=1)

    events = await events_of(provider, call_to(fake_openai, {"partial_images": 3}))

    assert [event.steps for event in events if isinstance(event, PartialImage)] == [3]
    assert images_in(events)


async def test_a_stream_that_ends_without_the_image(provider: OpenAIProvider, fake_openai: FakeOpenAI) -> None:
    fake_openai.stream_script = StreamScript(completed=False)

    heard, error = await heard_until_error(provider.generate(call_to(fake_openai, {"partial_images": 2})))

    assert isinstance(error, Uncertain)
    assert len([event for event in heard if isinstance(event, PartialImage)]) == 2


@pytest.mark.parametrize("shape", ["nested", "typed", "bare"])
@pytest.mark.parametrize("previews", [0, 2])
@pytest.mark.parametrize(
    "expected",
    [
        ("server_error", ServerFailed),
        ("moderation_blocked_plain", PromptRefused),
        ("rate_limit_exceeded", RateLimited),
    ],
)
async def test_an_error_inside_a_stream(
    provider: OpenAIProvider,
    fake_openai: FakeOpenAI,
    shape: str,
    previews: int,
    expected: tuple[str, type[ProviderError]],
) -> None:
    """Before the first picture it means what a status would mean; after one, it may have been billed."""
    name, kind = expected
    fake_openai.stream_script = StreamScript(error_shape=shape, error=name, partials=previews)

    heard, error = await heard_until_error(provider.generate(call_to(fake_openai, {"partial_images": 2})))

    assert type(error) is kind
    assert error.problem.charged == ("maybe" if previews else "no")
    assert error.problem.detail
    assert len([event for event in heard if isinstance(event, Exchanged)]) == 2, "the error can be read afterwards"


async def test_a_picture_withheld_inside_a_stream(provider: OpenAIProvider, fake_openai: FakeOpenAI) -> None:
    fake_openai.stream_script = StreamScript(error_shape="nested", error="moderation_blocked", partials=0)

    error = await failure_of(provider, call_to(fake_openai))

    assert isinstance(error, ResultWithheld)
    assert error.problem.charged == "maybe"


async def test_a_torn_event_is_a_lost_connection(provider: OpenAIProvider, fake_openai: FakeOpenAI) -> None:
    torn = Reply(200, (("content-type", "text/event-stream"),), pieces_of([b'data: {"type":"image_generation.comp']))
    fake_openai.script(Answer(torn, handled=True))

    error = await failure_of(provider, call_to(fake_openai))

    assert isinstance(error, Uncertain)


async def test_an_event_that_is_no_json(provider: OpenAIProvider, fake_openai: FakeOpenAI) -> None:
    broken = Reply(200, (("content-type", "text/event-stream"),), pieces_of([b"data: <html>\n\n"]))
    fake_openai.script(Answer(broken, handled=True))

    error = await failure_of(provider, call_to(fake_openai))

    assert isinstance(error, BrokenReply)
    assert error.problem.repeat is Repeat.UNCERTAIN


async def test_a_gateway_that_cannot_stream_answers_whole(provider: OpenAIProvider, fake_openai: FakeOpenAI) -> None:
    whole = json_reply({"data": [{"b64_json": make_image_base64(64, 64, "whole")}]})
    fake_openai.script(Answer(whole, handled=True))

    events = await events_of(provider, call_to(fake_openai, {"partial_images": 3}))

    assert len(images_in(events)) == 1


# ---------------------------------------------------------------------------------------------------- whole replies


@pytest.mark.parametrize("references", [0, 2])
async def test_several_images_of_one_request(
    provider: OpenAIProvider, fake_openai: FakeOpenAI, references: int
) -> None:
    call = call_to(fake_openai, {"partial_images": 0}, references=references, n=3)

    events = await events_of(provider, call)

    (request,) = fake_openai.requests
    assert images_in(events) == CASE.results(fake_openai, request)
    assert len(set(images_in(events))) == 3


@pytest.mark.parametrize(
    ("output_format", "kind", "options"),
    [
        ("png", "png", {}),
        ("jpeg", "jpeg", {}),
        ("webp", "webp", {}),
        ("gif", "gif", {"frame_count": 3}),
        ("svg", "svg", {}),
    ],
)
async def test_every_file_format(
    provider: OpenAIProvider, fake_openai: FakeOpenAI, output_format: str, kind: str, options: Options
) -> None:
    call = call_to(fake_openai, {"output_format": output_format, **options}, model=HIGHEST)

    (content,) = images_in(await events_of(provider, call))

    assert content.lstrip().startswith(b"<") if kind == "svg" else image_format(content) == kind


@pytest.mark.parametrize(
    ("options", "images_per_call"),
    [
        ({"output_format": "svg"}, (1, 1, 1)),
        ({"output_format": "gif"}, (3,)),
        ({"partial_images": 0}, (3,)),
        ({"partial_images": 1}, (1, 1, 1)),
        ({}, (1, 1, 1)),
    ],
)
def test_how_many_requests_several_images_need(options: Options, images_per_call: tuple[int, ...]) -> None:
    """SVG comes one at a time; so do images with previews, side by side."""
    model = model_of(SPEC, HIGHEST)
    request = plain_request(model.capability).model_copy(update={"n": 3})

    assert fitted(request, model, "openai", options, CASE.today).request.images_per_call == images_per_call


async def test_an_error_that_repeats_the_key_inside_a_stream(provider: OpenAIProvider, fake_openai: FakeOpenAI) -> None:
    event = {"error": {"message": f"Wrong key {fake_openai.api_key}.", "code": "invalid_api_key"}}
    pieces = [b"data: " + json.dumps(event).encode() + b"\n\n"]
    fake_openai.script(Answer(Reply(200, (("content-type", "text/event-stream"),), pieces_of(pieces))))

    heard, error = await heard_until_error(provider.generate(call_to(fake_openai)))

    assert fake_openai.api_key not in str(error)
    assert fake_openai.api_key not in error.problem.model_dump_json()
    assert not [event for event in heard if fake_openai.api_key in event.model_dump_json()]


async def test_one_broken_image_leaves_the_others(provider: OpenAIProvider, fake_openai: FakeOpenAI) -> None:
    def break_first(body: bytes) -> bytes:
        return body.replace(b'"b64_json":"', b'"b64_json":"!', 1)

    fake_openai.script(Spoiled(break_first))

    events = await events_of(provider, call_to(fake_openai, {"partial_images": 0}, n=2))

    failed = only(events, ImageFailed)
    assert (failed.index, failed.problem.kind, failed.problem.charged) == (0, "broken_image", "yes")
    assert only(events, ImageArrived).index == 1


async def test_a_broken_image_in_a_stream(provider: OpenAIProvider, fake_openai: FakeOpenAI) -> None:
    fake_openai.script(bad_base64())

    error = await failure_of(provider, call_to(fake_openai, {"partial_images": 0}))

    assert isinstance(error, BrokenImage)
    assert error.problem.charged == "yes"


async def test_whatever_arrives_is_handed_on_untouched(provider: OpenAIProvider, fake_openai: FakeOpenAI) -> None:
    """Whether it is an image is for the archive to say; the bytes are paid."""
    fake_openai.script(not_an_image())

    assert images_in(await events_of(provider, call_to(fake_openai)))


@pytest.mark.parametrize(
    "body", [{"created": 1, "data": []}, {"created": 1}, {"data": [{}]}, {"data": [{"b64_json": ""}]}, {"data": None}]
)
async def test_a_reply_without_an_image(provider: OpenAIProvider, fake_openai: FakeOpenAI, body: JsonValue) -> None:
    fake_openai.script(Answer(json_reply(body), handled=True))

    error = await failure_of(provider, call_to(fake_openai))

    assert isinstance(error, NoImage)
    assert error.problem.charged == "maybe"
    assert error.problem.raw


@pytest.mark.parametrize("body", [{"data": "words"}, [1], "words", 3, {"data": [{"b64_json": 5}]}])
async def test_a_reply_of_another_shape(provider: OpenAIProvider, fake_openai: FakeOpenAI, body: JsonValue) -> None:
    fake_openai.script(Answer(json_reply(body), handled=True))

    error = await failure_of(provider, call_to(fake_openai))

    assert isinstance(error, BrokenReply)
    assert error.problem.repeat is Repeat.UNCERTAIN


@pytest.mark.parametrize(
    ("inner", "kind", "charged"),
    [
        ({"code": "moderation_blocked", "message": "no"}, PromptRefused, "no"),
        ({"code": None, "type": "server_error", "message": "broke"}, ServerFailed, "maybe"),
        ({"message": "broke"}, ServerFailed, "maybe"),
    ],
)
async def test_an_error_inside_a_good_reply(
    provider: OpenAIProvider, fake_openai: FakeOpenAI, inner: JsonValue, kind: type[ProviderError], charged: str
) -> None:
    fake_openai.script(Answer(json_reply({"error": inner}), handled=True))

    error = await failure_of(provider, call_to(fake_openai))

    assert type(error) is kind
    assert error.problem.charged == charged
    assert error.problem.detail == inner["message"]


async def test_links_of_a_gateway_are_fetched_without_the_key(
    provider: OpenAIProvider, fake_openai: FakeOpenAI, file_host: FileHost
) -> None:
    url = file_host.put(b"the picture")
    body = {"data": [{"url": url, "revised_prompt": "a much longer prompt"}]}
    fake_openai.script(Answer(json_reply(body), handled=True))

    events = await events_of(provider, call_to(fake_openai))

    arrived = only(events, ImageArrived)
    assert (arrived.content, arrived.image_url, arrived.revised_prompt) == (b"the picture", url, "a much longer prompt")
    assert only(events, Noticed).notice.message == "OpenAI rewrote the prompt before drawing"
    assert file_host.credentials_seen == []


async def test_an_expired_link_of_a_gateway(
    provider: OpenAIProvider, fake_openai: FakeOpenAI, file_host: FileHost
) -> None:
    url = file_host.put(b"the picture")
    file_host.expire(url)
    fake_openai.script(Answer(json_reply({"data": [{"url": url}]}), handled=True))

    failed = only(await events_of(provider, call_to(fake_openai)), ImageFailed)

    assert (failed.problem.kind, failed.problem.charged) == ("link_expired", "yes")


# ---------------------------------------------------------------------------------------------------- usage and facts


def with_usage(fake: FakeOpenAI, usage: JsonValue, **more: JsonValue) -> None:
    body = {"data": [{"b64_json": make_image_base64(64, 64, "usage")}], "usage": usage, **more}
    fake.script(Answer(json_reply(body), handled=True))


USAGE = {
    "total_tokens": 7463,
    "input_tokens": 430,
    "output_tokens": 7033,
    "input_tokens_details": {"text_tokens": 30, "image_tokens": 400},
    "output_tokens_details": {"image_tokens": 7033, "text_tokens": 0},
}


async def test_usage_becomes_cost(provider: OpenAIProvider, fake_openai: FakeOpenAI) -> None:
    with_usage(fake_openai, USAGE)

    reported = only(await events_of(provider, call_to(fake_openai)), UsageReported)

    assert reported.usage == Usage(text_in=30, image_in=400, text_out=0, image_out=7033, total=7463, images=1)
    assert reported.cost.amount == Decimal("0.21434")
    assert reported.basis == "usage: 30 text in, 400 image in, 7033 image out tokens"


async def test_the_short_usage_of_a_stream(provider: OpenAIProvider, fake_openai: FakeOpenAI) -> None:
    """Without `output_tokens_details`, as the package's own sample has it."""
    usage = {key: value for key, value in USAGE.items() if key != "output_tokens_details"}
    with_usage(fake_openai, usage)

    reported = only(await events_of(provider, call_to(fake_openai)), UsageReported)

    assert reported.usage.image_out == 7033
    assert reported.cost.amount == Decimal("0.21434")


@pytest.mark.parametrize(
    ("usage", "more", "wish"),
    [
        ({"total_tokens": 10, "input_tokens": 4, "output_tokens": 6}, {}, {"references": 1}),
        ({"total_tokens": 10}, {}, {}),
        (USAGE, {"svg_usage": {"model": "gpt-5", "total_tokens": 9}}, {"model": HIGHEST}),
        (USAGE, {}, {"model": "gpt-image-2.6-flare"}),
        (USAGE, {}, {"model": "gpt-image-1.5"}),
    ],
)
async def test_no_cost_is_told_where_it_would_be_made_up(
    provider: OpenAIProvider, fake_openai: FakeOpenAI, usage: JsonValue, more: JsonValue, wish: JsonValue
) -> None:
    """Text and image input unknown, no figures, a second model that took part, no published price."""
    with_usage(fake_openai, usage, **more)

    reported = only(await events_of(provider, call_to(fake_openai, **wish)), UsageReported)

    assert reported.cost is None


async def test_what_went_over_the_wire_is_kept(provider: OpenAIProvider, fake_openai: FakeOpenAI) -> None:
    events = await events_of(provider, call_to(fake_openai))

    exchange = [event for event in events if isinstance(event, Exchanged)][-1].exchange
    assert exchange.http_status == 200
    assert exchange.request_id == "req_" + "00000000" * 4
    assert exchange.reply_headers["x-ratelimit-remaining-requests"] == "4"
    assert exchange.request is not None
    assert exchange.request.headers["Authorization"] == "Bearer ***"
    reply = json.loads(exchange.reply)
    assert reply["type"] == "image_generation.completed"
    assert reply["b64_json"].endswith(" characters>")


# ---------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(("header", "seconds"), [("2", 2.0), ("1500ms", 1.5)])
async def test_how_long_to_wait(provider: OpenAIProvider, fake_openai: FakeOpenAI, header: str, seconds: float) -> None:
    fake_openai.fail_next("rate_limit_exceeded", retry_after=header)

    error = await failure_of(provider, call_to(fake_openai))

    assert error.problem.retry_after_s == seconds
    assert error.problem.repeat is Repeat.LATER


async def test_until_when_to_wait(provider: OpenAIProvider, fake_openai: FakeOpenAI, clock: SkippingClock) -> None:
    fake_openai.fail_next("rate_limit_exceeded", retry_after="date")

    error = await failure_of(provider, call_to(fake_openai))

    assert error.problem.retry_after_s is not None
    assert error.problem.retry_after_s > 300 * 24 * 3600


async def test_a_model_that_the_catalogue_knows_as_ended(fake_openai: FakeOpenAI) -> None:
    """The catalogue would have refused it; a user who insists gets the vendor's answer in the same words."""
    fake_openai.fail_next("model_not_found")
    transport = Transport(clock=SkippingClock())
    call = call_to(fake_openai)
    ended = replace(call, model=call.model.model_copy(update={"id": "gpt-image-1"}))

    error = await failure_of(OpenAIProvider(SPEC, transport), ended)
    await transport.aclose()

    assert isinstance(error, ModelEnded)
    assert "gpt-image-1 is closed at OpenAI" in error.problem.text


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (503, {"error": {"code": "engine_overloaded", "message": "busy"}}, Overloaded),
        (503, {"error": "words only"}, ServerFailed),
        (400, {"error": "words only"}, BadRequest),
        (400, {"error": {"message": None, "code": 5, "param": ["x"]}}, BadRequest),
        (418, {"error": {"message": "teapot"}}, BadRequest),
        (500, {"detail": "not in the vendor's form"}, GatewayAnswered),
        (400, {"detail": "not in the vendor's form"}, BadRequest),
        (408, {"error": {"message": "timeout"}}, GatewayAnswered),
        (520, {"error": {"message": "unknown"}}, GatewayAnswered),
        (429, {}, RateLimited),
    ],
)
async def test_errors_of_other_shapes(
    provider: OpenAIProvider, fake_openai: FakeOpenAI, status: int, body: JsonValue, kind: type[ProviderError]
) -> None:
    fake_openai.script(Answer(json_reply(body, status=status)))

    error = await failure_of(provider, call_to(fake_openai))

    assert type(error) is kind
    assert error.problem.http_status == status


@pytest.mark.parametrize(
    ("status", "kind", "words"),
    [
        (200, BrokenReply, "could not be read"),
        (403, BadRequest, "requests from this network"),
        (404, BadRequest, "this address"),
        (413, BadRequest, "a request of this size"),
        (429, RateLimited, "asks us to wait"),
        (502, GatewayAnswered, "A gateway answered in place of OpenAI"),
    ],
)
async def test_a_page_in_place_of_an_answer(
    provider: OpenAIProvider, fake_openai: FakeOpenAI, status: int, kind: type[ProviderError], words: str
) -> None:
    page = "<html><head><title>Hotel &amp; Wi-Fi</title></head><body>Log in</body></html>"
    fake_openai.script(Answer(html_reply(status, page)))

    error = await failure_of(provider, call_to(fake_openai))

    assert type(error) is kind
    assert words in error.problem.text
    assert error.problem.detail == f"Hotel & Wi-Fi (text/html, status {status})"


async def test_an_address_that_has_moved(provider: OpenAIProvider, fake_openai: FakeOpenAI) -> None:
    fake_openai.script(redirect("https://elsewhere.example/v1"))

    error = await failure_of(provider, call_to(fake_openai))

    assert isinstance(error, BadRequest)
    assert error.problem.detail == "It points to elsewhere.example."
    assert error.problem.charged == "no"


# ---------------------------------------------------------------------------------------------------- testing a key


async def test_the_list_of_models(provider: OpenAIProvider, fake_openai: FakeOpenAI) -> None:
    status = await provider.check(CASE.account(fake_openai))

    assert status.ok
    assert status.detail == "12 image models"
    assert {"gpt-image-2", "gpt-image-2.6-flare"} <= set(status.model_ids or ())
    assert not {"gpt-image-1", "gpt-5"} & set(status.model_ids or ()), "neither ended nor for text"
    assert [request.method for request in fake_openai.requests] == ["GET"]


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (gateway_page(502), "gateway"),
        (Answer(html_reply(200, "<html>Log in</html>")), "broken_reply"),
        (Answer(json_reply({"data": "none"})), "broken_reply"),
        (redirect("https://elsewhere.example/"), "bad_request"),
    ],
)
async def test_a_key_that_could_not_be_tested(
    provider: OpenAIProvider, fake_openai: FakeOpenAI, answer: Answer, kind: str
) -> None:
    fake_openai.script(answer)

    status = await provider.check(CASE.account(fake_openai))

    assert status.problem is not None
    assert (status.ok, status.problem.kind, status.problem.charged) == (False, kind, "no")


async def test_testing_a_key_without_a_network(provider: OpenAIProvider, fake_openai: FakeOpenAI) -> None:
    account = CASE.account(fake_openai)
    fake_openai.stop()

    status = await provider.check(account)

    assert status.problem is not None
    assert status.problem.kind == Offline.kind
