"""The promises of the studio, proved for every provider: see `studio.providers` for what an adapter has to keep."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import aclosing
from dataclasses import replace
from typing import Any

import pytest

from studio.domain.capability import ModelSpec, OptionSpec
from studio.domain.errors import KeyOfOtherRegion, KeyRejected, Problem, Repeat, StudioError
from studio.domain.events import Accepted, ImageArrived, PartialImage, ProviderEvent
from studio.domain.jobs import Ticket
from studio.domain.ports import Account, CancelOutcome, GenerateCall, ImageProvider
from studio.domain.values import OptionValue, Secret
from studio.providers import PROVIDERS
from studio.providers.redaction import redacted_body
from studio.providers.transport import Transport
from tests.contract.cases import CASES
from tests.contract.cases.vendor import Expected, VendorCase
from tests.contract.listening import events_of
from tests.contract.wishes import (
    FIELD_SAMPLES,
    Options,
    calls_for,
    fitted,
    images_in,
    images_made,
    plain_request,
    situation_for,
    specs,
    wire_of,
)
from tests.fakes.faults import (
    Answer,
    CloseBeforeHeaders,
    Fault,
    ResetAfterHeaders,
    ResetBeforeHeaders,
    ResetInBody,
    TruncatedChunkedBody,
    WrongContentLength,
    bad_gzip,
    gateway_page,
    invalid_json,
    redirect,
)
from tests.fakes.messages import RecordedRequest

PLANTED_KEY = "planted-key-0123456789-ABCDEF"

WIRED = [case for case in CASES if case.server() is not None]


def models_of(case: VendorCase) -> list[ModelSpec]:
    return [model for model in specs()[case.provider_id].models if model.status(case.today) != "ended"]


def every_model(cases: tuple[VendorCase, ...] | list[VendorCase]) -> list[Any]:
    return [
        pytest.param(case, model, id=f"{case.provider_id}/{model.id}") for case in cases for model in models_of(case)
    ]


def fault_models() -> list[Any]:
    return [
        pytest.param(case, spec.model(model_id), id=f"{case.provider_id}/{model_id}")
        for case in WIRED
        for spec in [specs()[case.provider_id]]
        for model_id in case.fault_models(spec)
    ]


def adapter(case: VendorCase, transport: Transport) -> ImageProvider:
    factory = next(factory for factory in PROVIDERS if factory.id == case.provider_id)
    return factory(specs()[case.provider_id], transport)


@pytest.fixture
def server(request: pytest.FixtureRequest) -> Iterator[Any]:
    """The fake of the case at hand."""
    case: VendorCase = request.node.callspec.params["case"]
    with case.server() as started:
        yield started


@pytest.fixture
async def provider(request: pytest.FixtureRequest, transport: Transport) -> ImageProvider:
    return adapter(request.node.callspec.params["case"], transport)


def plain_calls(case: VendorCase, model: ModelSpec, account: Account, **changes: Any) -> list[GenerateCall]:
    options = case.plain_options(model)
    request = plain_request(model.capability).model_copy(update=changes)
    made = fitted(request, model, case.provider_id, options, case.today)
    assert made.blocked is None, made.notices
    return calls_for(made, model, account, options)


def plain_call(case: VendorCase, model: ModelSpec, account: Account, **changes: Any) -> GenerateCall:
    return plain_calls(case, model, account, **changes)[0]


def paid(case: VendorCase, server: Any) -> list[RecordedRequest]:
    return [request for request in server.requests if case.is_paid(request)]


def test_every_provider_is_in_the_suite() -> None:
    assert {case.provider_id for case in CASES} == {provider.id for provider in PROVIDERS}


# ---------------------------------------------------------------------------------------------------- sent or told


@pytest.mark.parametrize("sample", FIELD_SAMPLES)
@pytest.mark.parametrize(("case", "model"), every_model(CASES))
async def test_a_field_is_sent_or_told(
    case: VendorCase, model: ModelSpec, sample: str, provider: ImageProvider
) -> None:
    account, options, plain = case.account(None), case.plain_options(model), plain_request(model.capability)
    wish = plain.model_copy(update=FIELD_SAMPLES[sample])
    changed = {name for name in FIELD_SAMPLES[sample] if getattr(wish, name) != getattr(plain, name)}
    made, usual = (fitted(request, model, case.provider_id, options, case.today) for request in (wish, plain))

    sent = await wire_of(provider, calls_for(made, model, account, options))
    told = [notice for notice in made.notices if notice.field in changed]
    usually_told = [notice for notice in usual.notices if notice.field in changed]

    usually_sent = await wire_of(provider, calls_for(usual, model, account, options))
    # An automatic size changes nothing for a model that has no other: then a notice goes away.
    assert sent != usually_sent or told or usually_told, f"{changed} got lost"


@pytest.mark.parametrize(("case", "model"), every_model(CASES))
async def test_references_are_sent_or_told(case: VendorCase, model: ModelSpec, provider: ImageProvider) -> None:
    account, options = case.account(None), case.plain_options(model)
    plain = plain_request(model.capability)
    wish = plain.model_copy(update={"reference_image": tuple(case.reference(f"new {number}") for number in range(16))})
    made, usual = (fitted(request, model, case.provider_id, options, case.today) for request in (wish, plain))

    sent = await wire_of(provider, calls_for(made, model, account, options))

    told = [notice for notice in made.notices if notice.field == "reference_image"]
    kept = len(made.request.reference_image)
    assert kept == 16 or told, "some references got lost"
    if kept:
        assert sent != await wire_of(provider, calls_for(usual, model, account, options))
        assert "my secret" not in json.dumps(sent), "the user's own file names stay with him"


def options_of(cases: tuple[VendorCase, ...] | list[VendorCase]) -> list[Any]:
    return [
        pytest.param(case, model, option, id=f"{case.provider_id}/{model.id}-{option.name}")
        for case in cases
        for model in models_of(case)
        for option in model.capability.options
    ]


@pytest.mark.parametrize(("case", "model", "option"), options_of(CASES))
async def test_an_option_is_sent_or_told(
    case: VendorCase, model: ModelSpec, option: OptionSpec, provider: ImageProvider
) -> None:
    """In a situation where it counts it is on the wire; in every other it is on the wire or told."""
    account, plain = case.account(None), plain_request(model.capability)
    needed, has_references = situation_for(model, option)
    with_references = plain.model_copy(update={"reference_image": (case.reference("some"),)})
    for request in {plain, with_references if model.capability.reference_image != "ignored" else plain}:
        for context in ({}, needed):
            usual = fitted(request, model, case.provider_id, context, case.today)
            without = await wire_of(provider, calls_for(usual, model, account, context))
            for value in case.samples(option):
                options: Options = {**context, option.name: value}
                made = fitted(request, model, case.provider_id, options, case.today)
                told = [notice.message for notice in made.notices if notice.field == f"options.{option.name}"]
                sent = await wire_of(provider, calls_for(made, model, account, options))
                is_flag_off = value is False and option.default is False  # a flag that is off is said by its absence
                is_there = sent != without or is_flag_off or mentions(sent, value)
                assert is_there or told, f"{option.name}={value} got lost"
                if context == needed and bool(request.reference_image) == has_references:
                    assert not told, f"{option.name}={value} should count"


def mentions(sent: Any, value: OptionValue) -> bool:
    """Does this very value stand somewhere in what is sent? (A default looks the same sent or not.)"""
    match sent:
        case dict():
            return any(mentions(entry, value) for entry in sent.values())
        case list():
            return any(mentions(entry, value) for entry in sent)
        case _:
            return type(sent) is type(value) and sent == value


@pytest.mark.parametrize(("case", "model", "option"), options_of(WIRED))
async def test_the_vendor_accepts_what_the_catalogue_offers(
    case: VendorCase, model: ModelSpec, option: OptionSpec, server: Any, provider: ImageProvider
) -> None:
    """Each value of each option, sent to a fake that refuses whatever the real API refuses."""
    account, plain = case.account(server), plain_request(model.capability)
    needed, has_references = situation_for(model, option)
    if has_references:
        plain = plain.model_copy(update={"reference_image": plain.reference_image or (case.reference("some"),)})
    for value in case.samples(option):
        options = {**case.plain_options(model), **case.needed_options(model, option.name), **needed, option.name: value}
        made = fitted(plain, model, case.provider_id, options, case.today)
        (call,) = calls_for(made, model, account, options)
        assert images_in(await events_of(provider, call)), f"{option.name}={value}"


@pytest.mark.parametrize("sample", FIELD_SAMPLES)
@pytest.mark.parametrize(("case", "model"), every_model(WIRED))
async def test_the_vendor_accepts_every_fitted_field(
    case: VendorCase, model: ModelSpec, sample: str, server: Any, provider: ImageProvider
) -> None:
    changes = FIELD_SAMPLES[sample]
    for call in plain_calls(case, model, case.account(server), **changes)[:2]:
        assert images_made(await events_of(provider, call)) == call.image_count


@pytest.mark.parametrize(("case", "model"), every_model(WIRED))
async def test_what_is_shown_is_what_is_sent(
    case: VendorCase, model: ModelSpec, server: Any, provider: ImageProvider
) -> None:
    call = plain_call(case, model, case.account(server))

    shown = await provider.prepare(call)
    await events_of(provider, call)

    (request,) = paid(case, server)
    assert (shown.method, shown.url) == (request.method, server.origin + request.target)
    if shown.form:
        parts = [(part.name, part.filename, None if part.filename else part.text) for part in request.parts]
        assert sorted(parts, key=str) == sorted(((p.name, p.file_name, p.text) for p in shown.form), key=str)
    else:
        assert shown.json_body == redacted_body(request.json), "only base64 is told by its length"
    for name, value in shown.headers.items():
        received = request.header(name)
        assert received is not None
        assert value.endswith("***") or received.startswith(value)


# ---------------------------------------------------------------------------------------------------- never paid twice

FAULTS: list[Fault] = [
    ResetBeforeHeaders(),
    ResetBeforeHeaders(handled=False),
    CloseBeforeHeaders(),
    ResetAfterHeaders(),
    ResetInBody(),
    ResetInBody(fraction=0.99),
    TruncatedChunkedBody(),
    WrongContentLength(10),
    invalid_json(),
    bad_gzip(),
    gateway_page(502),
    gateway_page(503),
    gateway_page(504),
    gateway_page(403, handled=False),
    redirect("https://elsewhere.example/"),
]


def may_be_sent_again(problem: Problem) -> bool:
    """Would the engine send the paid request once more by itself?"""
    return problem.repeat in (Repeat.SAFE, Repeat.LATER, Repeat.ONCE) and problem.charged in ("no", "none")


def fault_id(number: int) -> str:
    """The same in every process: the repr of a fault may hold an address."""
    return f"{number:02}-{type(FAULTS[number]).__name__}"


@pytest.mark.parametrize("fault", FAULTS, ids=[fault_id(number) for number in range(len(FAULTS))])
@pytest.mark.parametrize(("case", "model"), fault_models())
async def test_a_broken_paid_request_is_sent_once(
    case: VendorCase, model: ModelSpec, fault: Fault, server: Any, provider: ImageProvider
) -> None:
    """What was billed comes home, or the error says so and forbids another try."""
    server.script(fault, when=case.is_paid)
    call = plain_call(case, model, case.account(server))
    problem: Problem | None = None
    images: list[bytes] = []
    try:
        images = images_in(await events_of(provider, call))
    except StudioError as error:
        problem = error.problem

    (request,) = paid(case, server)
    if problem is None:
        assert images == case.results(server, request)
    elif case.billed_images(server):
        assert not may_be_sent_again(problem)
        assert problem.charged in ("maybe", "yes")


@pytest.mark.parametrize(("case", "model"), fault_models())
async def test_a_reset_connection_is_never_taken_for_success(
    case: VendorCase, model: ModelSpec, server: Any, provider: ImageProvider
) -> None:
    for fault in (ResetBeforeHeaders(), ResetAfterHeaders(), ResetInBody(), TruncatedChunkedBody(), gateway_page()):
        server.script(fault, when=case.is_paid)
        try:
            images = images_in(await events_of(provider, plain_call(case, model, case.account(server))))
        except StudioError:
            continue
        # A stream that named its task before it broke: the task was asked instead.
        assert model.capability.recoverable
        assert images == case.results(server, paid(case, server)[-1])


@pytest.mark.parametrize(("case", "model"), fault_models())
async def test_a_request_that_never_arrived_costs_nothing(
    case: VendorCase, model: ModelSpec, server: Any, provider: ImageProvider
) -> None:
    account = case.account(server)
    server.stop()

    with pytest.raises(StudioError) as told:
        await events_of(provider, plain_call(case, model, account))

    assert told.value.problem.charged == "no"
    assert may_be_sent_again(told.value.problem)


# ---------------------------------------------------------------------------------------------------- errors


def documented_errors() -> list[Any]:
    return [
        pytest.param(case, model, error, id=f"{case.provider_id}/{model_id}-{error}")
        for case in WIRED
        for model_id in case.fault_models(specs()[case.provider_id])
        for model in [specs()[case.provider_id].model(model_id)]
        for error in case.errors
    ]


@pytest.mark.parametrize(("case", "model", "error"), documented_errors())
async def test_a_documented_error(
    case: VendorCase, model: ModelSpec, error: str, server: Any, provider: ImageProvider
) -> None:
    expected: Expected = case.errors[error]
    case.fail_next(server, error)

    with pytest.raises(StudioError) as told:
        await events_of(provider, plain_call(case, model, case.account(server)))

    problem = told.value.problem
    assert type(told.value) is expected.kind
    assert problem.charged == expected.charged
    assert problem.values["provider"] == specs()[case.provider_id].title
    assert problem.title
    assert "?" not in problem.text, "a value for the words is missing"
    assert problem.http_status is not None
    assert problem.raw


@pytest.mark.parametrize("case", WIRED, ids=lambda case: case.provider_id)
def test_every_error_that_the_fake_can_tell_is_expected(case: VendorCase) -> None:
    assert case.errors_of_the_fake() == set(case.errors)


# ---------------------------------------------------------------------------------------------------- images, tickets


@pytest.mark.parametrize(("case", "model"), every_model(WIRED))
async def test_images_arrive_byte_for_byte(
    case: VendorCase, model: ModelSpec, server: Any, provider: ImageProvider
) -> None:
    events = await events_of(provider, plain_call(case, model, case.account(server)))

    (request,) = paid(case, server)
    assert images_in(events) == case.results(server, request)


@pytest.mark.parametrize(("case", "model"), every_model(WIRED))
async def test_the_ticket_comes_first(case: VendorCase, model: ModelSpec, server: Any, provider: ImageProvider) -> None:
    async with aclosing(provider.generate(plain_call(case, model, case.account(server)))) as events:  # type: ignore[type-var]
        async for event in events:
            if isinstance(event, Accepted):
                assert model.capability.recoverable
                assert len(server.requests) == 1, "something was asked before the ticket was told"
                assert PLANTED_KEY not in event.model_dump_json()
                return
            assert not isinstance(event, (ImageArrived, PartialImage)) or not model.capability.recoverable
    assert not model.capability.recoverable, "a model with tickets gave none"


async def _ticket(provider: ImageProvider, call: GenerateCall) -> Ticket:
    async with aclosing(provider.generate(call)) as events:  # type: ignore[type-var]
        async for event in events:
            if isinstance(event, Accepted):
                return event.ticket
    raise AssertionError("no ticket came")


@pytest.mark.parametrize(("case", "model"), every_model(WIRED))
async def test_an_accepted_task_is_brought_home_without_paying_again(
    case: VendorCase, model: ModelSpec, server: Any, provider: ImageProvider
) -> None:
    if not model.capability.recoverable:
        return
    account = case.account(server)
    ticket = await _ticket(provider, plain_call(case, model, account))
    server.wait_for_requests(1)

    async with aclosing(provider.resume(ticket, account)) as events:  # type: ignore[type-var]
        resumed = [event async for event in events]

    (request,) = paid(case, server)
    assert images_in(resumed) == case.results(server, request)


@pytest.mark.parametrize(("case", "model"), every_model(WIRED))
async def test_cancelling(case: VendorCase, model: ModelSpec, server: Any, provider: ImageProvider) -> None:
    account = case.account(server)
    if model.capability.recoverable:
        ticket = await _ticket(provider, plain_call(case, model, account))
    else:
        ticket = Ticket(provider=case.provider_id, account=account.id, task_id="none")

    outcome = await provider.cancel(ticket, account)

    possible = {CancelOutcome.CANCELLED, CancelOutcome.TOO_LATE}
    assert outcome in (possible if model.capability.cancellable else {CancelOutcome.UNSUPPORTED})


@pytest.mark.parametrize(("case", "model"), fault_models())
async def test_closing_the_iterator_drops_the_connection(
    case: VendorCase, model: ModelSpec, server: Any, provider: ImageProvider
) -> None:
    with server.gate("before_response") as gate:
        call = plain_call(case, model, case.account(server))
        listening = asyncio.ensure_future(events_of(provider, call))
        await gate.wait_reached_async()
        listening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await listening
        await asyncio.to_thread(server.wait_for_abandoned)


# ---------------------------------------------------------------------------------------------------- keys


@pytest.mark.parametrize(("case", "model"), fault_models())
async def test_the_key_is_in_nothing_that_is_told(
    case: VendorCase, model: ModelSpec, server: Any, provider: ImageProvider
) -> None:
    server.api_key = PLANTED_KEY
    account = replace(case.account(server), secret=Secret(PLANTED_KEY))
    call = plain_call(case, model, account)
    told: list[str] = [(await provider.prepare(call)).model_dump_json()]

    events: list[ProviderEvent] = await events_of(provider, call)
    told += [event.model_dump_json() for event in events if not isinstance(event, (ImageArrived, PartialImage))]
    for error in (*case.errors, "the key repeated"):
        if error in case.errors:
            case.fail_next(server, error)
        else:
            server.script(Answer(case.repeating(PLANTED_KEY)))
        try:
            await events_of(provider, call)
        except StudioError as caught:
            told += [caught.problem.model_dump_json(), str(caught), repr(caught)]

    assert len(told) > len(case.errors)
    assert [text for text in told if PLANTED_KEY in text] == []


@pytest.mark.parametrize("case", WIRED, ids=lambda case: case.provider_id)
async def test_a_connection_is_tested_for_free(case: VendorCase, server: Any, provider: ImageProvider) -> None:
    good = await provider.check(case.account(server))
    bad = await provider.check(replace(case.account(server), secret=Secret("wrong-key-0123456789")))

    assert good.ok
    assert not bad.ok
    assert bad.problem is not None
    assert bad.problem.kind in (KeyRejected.kind, KeyOfOtherRegion.kind)
    assert bad.problem.charged == "no"
    assert case.billed_images(server) == 0
    if provider.spec.can_list_models:
        assert set(good.model_ids or ()) & {model.id for model in provider.spec.models}


@pytest.mark.parametrize("case", WIRED, ids=lambda case: case.provider_id)
async def test_without_a_key_nothing_is_sent(case: VendorCase, server: Any, provider: ImageProvider) -> None:
    account = replace(case.account(server), secret=None)
    model = models_of(case)[0]

    with pytest.raises(StudioError) as told:
        await events_of(provider, plain_call(case, model, account))

    assert told.value.problem.kind == "key_missing"
    assert server.requests == ()
    assert (await provider.prepare(plain_call(case, model, account))).url
