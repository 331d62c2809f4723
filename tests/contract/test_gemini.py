"""The Gemini adapter against the strict fake: refusals inside a good status, drafts, quotas, cost, account fields."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from studio.domain.errors import (
    BadRequest,
    BalanceUsedUp,
    BrokenReply,
    Charged,
    KeyRejected,
    ModelEnded,
    ModelUnknown,
    NoImage,
    Overloaded,
    PromptRefused,
    QuotaReached,
    RateLimited,
    ReferenceTooLarge,
    ResultWithheld,
    ServerFailed,
    StudioError,
    TaskExpired,
    Uncertain,
    UnknownState,
)
from studio.domain.events import Exchanged, ImageArrived, ImageFailed, PartialImage, UsageReported
from studio.domain.jobs import Ticket
from studio.domain.ports import GenerateCall
from studio.domain.pricing import Money, Usage, estimate
from studio.domain.request import GenerationRequest
from studio.providers.gemini import GeminiProvider
from studio.providers.transport import Transport
from tests.contract.cases.gemini import CASE
from tests.contract.listening import events_of, failure_of, heard_until_error, only
from tests.contract.wishes import Options, calls_for, fitted, images_in, model_of, reference, specs
from tests.fakes.faults import Answer, ResetInBody, TruncatedChunkedBody
from tests.fakes.gemini import FakeGemini, error_object
from tests.fakes.images import make_image, pixel_size
from tests.fakes.messages import JsonValue, Reply, json_reply

SPEC = specs()["gemini"]
NANO, PRO, OLD = "gemini-nano-banana-2.1", "gemini-3-pro-image", "gemini-2.5-flash-image"
DRAFTS: Options = {"include_thoughts": True}
PICTURE = base64.b64encode(make_image(64, 48, "kite")).decode()


@pytest.fixture
def provider(transport: Transport) -> GeminiProvider:
    return GeminiProvider(SPEC, transport)


@pytest.fixture
def server(fake_gemini: FakeGemini) -> FakeGemini:
    return fake_gemini


def calls_to(server: FakeGemini, model_id: str, options: Options | None = None, **wish: Any) -> list[GenerateCall]:
    model = model_of(SPEC, model_id)
    request = GenerationRequest.model_validate({"prompt": "a red kite", **wish})
    made = fitted(request, model, "gemini", options or {}, CASE.today)
    return calls_for(made, model, CASE.account(server), options or {})


def call_to(server: FakeGemini, model_id: str = NANO, options: Options | None = None, **wish: Any) -> GenerateCall:
    return calls_to(server, model_id, options, **wish)[0]


def answer(finish: str | None, *parts: JsonValue) -> Answer:
    candidate: dict[str, JsonValue] = {"content": {"role": "model", "parts": list(parts)}}
    return Answer(json_reply({"candidates": [candidate | ({"finishReason": finish} if finish else {})]}))


def picture(data: str = PICTURE, **more: JsonValue) -> JsonValue:
    return {"inlineData": {"mimeType": "image/png", "data": data}, **more}


# ---------------------------------------------------------------------------------------------------- refusals

WAYS = pytest.mark.parametrize("options", [{}, DRAFTS], ids=["whole", "stream"])


@WAYS
@pytest.mark.parametrize("reason", ["SAFETY", "OTHER", "BLOCKLIST", "PROHIBITED_CONTENT", "IMAGE_SAFETY"])
async def test_a_refused_prompt(server: FakeGemini, provider: GeminiProvider, reason: str, options: Options) -> None:
    call = call_to(server, options=options, prompt=f"kite [[gemini:block reason={reason}]]")

    error = await failure_of(provider, call)

    assert type(error) is PromptRefused
    assert (error.problem.charged, error.problem.vendor_code) == ("no", reason)
    assert reason in error.problem.detail


ENDINGS: list[tuple[str, type[StudioError], Charged]] = [
    *((reason, ResultWithheld, "maybe") for reason in (
        "SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII", "IMAGE_SAFETY", "IMAGE_PROHIBITED_CONTENT", "RECITATION",
        "IMAGE_RECITATION",
    )),
    *((reason, ServerFailed, "maybe") for reason in ("IMAGE_OTHER", "OTHER", "MALFORMED_RESPONSE", "MAX_TOKENS")),
    ("NO_IMAGE", NoImage, "maybe"),
    ("STOP", NoImage, "maybe"),
    ("LANGUAGE", BadRequest, "maybe"),
    ("UNEXPECTED_TOOL_CALL", UnknownState, "maybe"),
]  # fmt: skip


@WAYS
@pytest.mark.parametrize(("reason", "kind", "charged"), ENDINGS, ids=[ending[0] for ending in ENDINGS])
async def test_an_answer_without_a_picture(  # noqa: PLR0917  one column of the table each
    server: FakeGemini,
    provider: GeminiProvider,
    reason: str,
    kind: type[StudioError],
    charged: Charged,
    options: Options,
) -> None:
    call = call_to(server, options=options, prompt=f"kite [[gemini:finish reason={reason}]]")

    heard, error = await heard_until_error(provider.generate(call))

    assert type(error) is kind
    assert error.problem.charged == charged
    assert "?" not in error.problem.text
    assert only(heard, UsageReported).usage.text_in
    assert len(server.requests) == 1


async def test_the_models_words_are_kept_when_it_draws_nothing(server: FakeGemini, provider: GeminiProvider) -> None:
    call = call_to(server, options={"answer_text": True}, prompt="kite [[gemini:no_image]]")
    error = await failure_of(provider, call)
    assert type(error) is NoImage
    assert error.problem.detail == "I can only describe such a picture."


async def test_what_was_cut_off_is_not_kept(server: FakeGemini, provider: GeminiProvider) -> None:
    server.script(answer("MAX_TOKENS", picture()))
    assert type(await failure_of(provider, call_to(server))) is ServerFailed


async def test_an_empty_answer(server: FakeGemini, provider: GeminiProvider) -> None:
    server.script(Answer(json_reply({})))
    assert type(await failure_of(provider, call_to(server))) is NoImage


# ---------------------------------------------------------------------------------------------------- pictures


async def test_of_several_pictures_the_last_is_the_finished_one(server: FakeGemini, provider: GeminiProvider) -> None:
    last = base64.b64encode(make_image(64, 48, "last")).decode()
    server.script(answer("STOP", picture(thought=True), picture(), {"text": "Here"}, picture(last), picture("!")))

    events = await events_of(provider, call_to(server))

    assert only(events, ImageFailed).index == 0
    assert [base64.b64encode(content).decode() for content in images_in(events)] == [last, PICTURE]


async def test_several_images_are_several_requests(server: FakeGemini, provider: GeminiProvider) -> None:
    calls = calls_to(server, NANO, n=3, seed=7)

    for call in calls:
        await events_of(provider, call)

    seeds = [request.json["generationConfig"]["seed"] for request in server.requests]
    assert seeds == [7, 8, 9]
    assert server.billed_images == 3


@pytest.mark.parametrize(
    ("model_id", "wish", "pixels"),
    [
        (NANO, {"size": "2752x1536"}, (2752, 1536)),
        (NANO, {"size": "auto", "aspect_ratio": "1:8"}, (384, 3072)),
        (PRO, {"size": "4K", "aspect_ratio": "21:9"}, (6336, 2688)),
        ("gemini-3.1-flash-image", {"size": "512x512"}, (512, 512)),
        (OLD, {"size": "2K", "aspect_ratio": "3:4"}, (864, 1184)),
    ],
)
async def test_the_expected_pixels_come(
    server: FakeGemini, provider: GeminiProvider, model_id: str, wish: dict[str, Any], pixels: tuple[int, int]
) -> None:
    call = call_to(server, model_id, **wish)

    (content,) = images_in(await events_of(provider, call))

    assert pixel_size(content) == pixels
    expected = call.request.expected_size
    assert expected is not None
    assert (expected.width, expected.height) == pixels


async def test_references_too_large_together_are_told_before_sending(
    server: FakeGemini, provider: GeminiProvider
) -> None:
    heavy = tuple(reference(f"heavy {number}").model_copy(update={"size_bytes": 8_000_000}) for number in range(2))
    call = call_to(server, reference_image=heavy)

    with pytest.raises(ReferenceTooLarge) as told:
        await provider.prepare(call)

    assert (told.value.problem.charged, server.requests) == ("no", ())


# ---------------------------------------------------------------------------------------------------- streams


async def test_drafts_come_before_the_picture(server: FakeGemini, provider: GeminiProvider) -> None:
    call = call_to(server, PRO, DRAFTS)

    events = await events_of(provider, call)

    kinds = [type(event) for event in events if isinstance(event, (PartialImage, ImageArrived))]
    assert kinds == [PartialImage, PartialImage, ImageArrived]
    assert [(event.step, event.steps) for event in events if isinstance(event, PartialImage)] == [(1, 2), (2, 2)]
    assert images_in(events) == CASE.results(server, server.requests[0])
    assert "usageMetadata" in [event for event in events if isinstance(event, Exchanged)][-1].exchange.reply


@pytest.mark.parametrize(
    ("code", "kind", "charged"),
    [
        ("UNAVAILABLE", Overloaded, "no"),
        ("INTERNAL", ServerFailed, "maybe"),
        ("RESOURCE_EXHAUSTED", RateLimited, "no"),
    ],
)
async def test_an_error_inside_a_stream(
    server: FakeGemini, provider: GeminiProvider, code: str, kind: type[StudioError], charged: Charged
) -> None:
    """The piece before it holds words only: nothing has been drawn."""
    call = call_to(server, PRO, DRAFTS, prompt=f"kite [[gemini:stream_error code={code}]]")
    error = await failure_of(provider, call)
    assert type(error) is kind
    assert error.problem.charged == charged


async def test_an_error_after_a_draft_may_be_billed(server: FakeGemini, provider: GeminiProvider) -> None:
    draft = {"candidates": [{"content": {"parts": [picture(thought=True)]}}]}
    body = "".join(f"data: {json.dumps(event)}\n\n" for event in (draft, server.errors["UNAVAILABLE"].body))
    server.script(Answer(Reply(200, (("content-type", "text/event-stream"),), body.encode())))

    heard, error = await heard_until_error(provider.generate(call_to(server, PRO, DRAFTS)))

    assert only(heard, PartialImage).content
    assert type(error) is Overloaded
    assert error.problem.charged == "maybe"


@pytest.mark.parametrize("fault", [ResetInBody(fraction=0.3), TruncatedChunkedBody(fraction=0.3)])
async def test_a_stream_that_breaks_is_uncertain(server: FakeGemini, provider: GeminiProvider, fault: Any) -> None:
    server.script(fault)
    error = await failure_of(provider, call_to(server, PRO, DRAFTS))
    assert type(error) in (Uncertain, BrokenReply)
    assert error.problem.charged == "maybe"


# ---------------------------------------------------------------------------------------------------- errors


@pytest.mark.parametrize("wrapped", [False, True])
async def test_the_pause_that_google_asks_for(server: FakeGemini, provider: GeminiProvider, *, wrapped: bool) -> None:
    server.wraps_errors = wrapped
    error = await failure_of(provider, call_to(server, prompt="kite [[gemini:RESOURCE_EXHAUSTED]]"))
    assert type(error) is RateLimited
    assert error.problem.retry_after_s == 34


@pytest.mark.parametrize(
    ("code", "status", "message", "kind"),
    [
        (429, "RESOURCE_EXHAUSTED", "Quota exceeded for free_tier_requests, limit: 0", QuotaReached),
        (400, "FAILED_PRECONDITION", "Please enable billing on your project.", BalanceUsedUp),
        (404, "NOT_FOUND", "models/x is not found for API version v1.", ModelEnded),
        (404, "NOT_FOUND", "The requested URL was not found on this server.", BadRequest),
        (401, "SOMETHING_NEW", "No.", KeyRejected),
        (418, "SOMETHING_NEW", "No.", BadRequest),
    ],
)
async def test_words_decide_where_codes_do_not(  # noqa: PLR0917  one column of the table each
    server: FakeGemini, provider: GeminiProvider, code: int, status: str, message: str, kind: type[StudioError]
) -> None:
    server.script(Answer(json_reply(error_object(code, status, message), status=code)))
    error = await failure_of(provider, call_to(server))
    assert type(error) is kind
    assert (error.problem.charged, error.problem.detail) == ("no", message)


async def test_a_model_that_the_user_added_and_nobody_knows(server: FakeGemini, provider: GeminiProvider) -> None:
    call = call_to(server)
    added = call.model.model_copy(update={"id": "gemini-9-image", "verified": False})
    assert type(await failure_of(provider, replace(call, model=added))) is ModelUnknown


@pytest.mark.parametrize("message", ['Unknown name "imageConfig" at x: Cannot find field.', "Invalid value."])
async def test_a_refused_setting_is_named(server: FakeGemini, provider: GeminiProvider, message: str) -> None:
    details = [{"@type": "x/google.rpc.BadRequest", "fieldViolations": [{"field": "generation_config.seed"}]}]
    server.script(Answer(json_reply(error_object(400, "INVALID_ARGUMENT", message, details), status=400)))

    error = await failure_of(provider, call_to(server))

    named = "imageConfig" if "imageConfig" in message else "generation_config.seed"
    assert error.problem.values["parameter"] == named


async def test_there_is_nothing_to_resume(server: FakeGemini, provider: GeminiProvider) -> None:
    ticket = Ticket(provider="gemini", account="main", task_id="none")
    _, error = await heard_until_error(provider.resume(ticket, CASE.account(server)))
    assert type(error) is TaskExpired


# ---------------------------------------------------------------------------------------------------- account, cost


async def test_the_version_is_a_field_of_the_account(server: FakeGemini, provider: GeminiProvider) -> None:
    server.versions = {"v1beta"}
    call = call_to(server)
    assert type(await failure_of(provider, call)) is BadRequest

    beta = replace(call.account, fields={**call.account.fields, "api_version": "v1beta"})

    assert images_in(await events_of(provider, replace(call, account=beta)))
    assert server.requests[-1].path == f"/v1beta/models/{NANO}:generateContent"


async def test_what_the_tokens_cost(server: FakeGemini, provider: GeminiProvider) -> None:
    server.script(
        Answer(
            json_reply(
                {
                    "candidates": [{"finishReason": "STOP", "content": {"parts": [picture()]}}],
                    "usageMetadata": {
                        "promptTokenCount": 1000,
                        "candidatesTokenCount": 1120,
                        "thoughtsTokenCount": 100,
                        "totalTokenCount": 2220,
                        "candidatesTokensDetails": [{"modality": "IMAGE", "tokenCount": 1120}],
                    },
                }
            )
        )
    )

    reported = only(await events_of(provider, call_to(server)), UsageReported)

    assert reported.usage == Usage(text_in=1000, text_out=100, image_out=1120, total=2220)
    assert reported.cost == Money(amount=Decimal("0.03585"))


@pytest.mark.parametrize(("size", "amount"), [("auto", "0.0336"), ("2K", "0.0504"), ("4K", "0.0756")])
def test_the_price_before(server: FakeGemini, size: str, amount: str) -> None:
    call = call_to(server, size=size)
    priced = estimate(call.request, call.model.prices, call.model.capability.option_defaults)
    assert priced.typical == priced.at_most == Money(amount=Decimal(amount))
