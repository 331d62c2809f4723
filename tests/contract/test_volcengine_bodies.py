"""What we send is what the official package sends for the same wish: every model, every option, with references.

The package writes each field that was not given as null. The API takes null for "not given"; we leave those out, as 5.0
Pro and Flash are reported to refuse some fields whatever they hold."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest

from studio.domain.assets import AspectRatio, Size
from studio.domain.capability import ModelSpec, OptionSpec
from studio.domain.ports import GenerateCall
from studio.domain.request import GenerationRequest
from studio.providers.redaction import redacted_body
from studio.providers.transport import Transport
from studio.providers.volcengine import VolcengineProvider
from tests.contract.cases.volcengine import CASE
from tests.contract.listening import events_of
from tests.contract.sdk.volcengine_recorder import SdkWish, sdk_request
from tests.contract.wishes import (
    Options,
    calls_for,
    content_of,
    fitted,
    images_in,
    option_samples,
    reference,
    situation_for,
    specs,
)
from tests.fakes.messages import RecordedRequest

SPEC = specs()["volcengine"]
LIVE = [model for model in SPEC.models if model.status(CASE.today) != "ended"]
REQUEST = GenerationRequest(prompt="a red kite, \u201cwind\u201d \u2028 風箏", size=Size.of(2048, 1536))
STREAMING = [model for model in LIVE if model.capability.option("sequential_image_generation")]


def call_for(model: ModelSpec, options: Options, references: int = 0, **wish: Any) -> GenerateCall:
    references = max(references, model.capability.references_min)
    pictures = [reference(f"picture {number}", media=("png", "jpeg")[number % 2]) for number in range(references)]
    request = REQUEST.model_copy(update={"reference_image": tuple(pictures), **wish})
    made = fitted(request, model, "volcengine", options, CASE.today)
    assert made.blocked is None, made.notices
    return calls_for(made, model, CASE.account(None), options)[0]


def sdk_wish(call: GenerateCall) -> SdkWish:
    """The same wish in the package's words, spelled out here once more and not taken from the adapter."""
    request, options = call.request, dict(call.request.options)
    fields: dict[str, Any] = {"response_format": "url", "watermark": options.pop("watermark")}
    match request.size:
        case None:
            fields["size"] = "adaptive"
        case "auto":
            fields["size"] = "2K"
        case size:
            fields["size"] = str(size)
    if call.seed is not None:
        fields["seed"] = call.seed
    data = [
        f"data:{image.media_type};base64,{base64.b64encode(content_of(image)).decode()}"
        for image in request.reference_image
    ]
    if data:
        fields["image"] = data[0] if len(data) == 1 else data
    for name in ("seed", "negative_prompt", "optimize_prompt"):
        if f"undocumented_{name}" in options:
            fields[name] = options.pop(f"undocumented_{name}")
    mode = options.pop("prompt_optimization", None)
    if mode is not None:
        fields["optimize_prompt_options"] = {"mode": mode}
    if options.pop("web_search", False):
        fields["tools"] = [{"type": "web_search"}]
    if options.get("sequential_image_generation") == "auto":
        fields["sequential_image_generation_options"] = {"max_images": call.image_count}
        fields["stream"] = True
    return SdkWish(call.model.id, request.prompt, fields | options)


def given(value: Any) -> Any:
    """Without the nulls of the package."""
    if isinstance(value, dict):
        return {key: given(entry) for key, entry in value.items() if entry is not None}
    return [given(entry) for entry in value] if isinstance(value, list) else value


async def our_request(transport: Transport, call: GenerateCall) -> RecordedRequest:
    with CASE.server() as server:
        events = await events_of(VolcengineProvider(SPEC, transport), replace(call, account=CASE.account(server)))
        assert len(images_in(events)) == call.image_count, "the API took it"
        (request,) = server.requests
        return request


async def assert_same(transport: Transport, call: GenerateCall) -> None:
    ours, theirs = await our_request(transport, call), sdk_request(sdk_wish(call))
    assert (ours.method, ours.target) == (theirs.method, theirs.target)
    assert ours.json == given(theirs.json)
    assert ours.content_type == theirs.content_type
    shown = await VolcengineProvider(SPEC, transport).prepare(call)
    assert shown.json_body == redacted_body(given(theirs.json)), "the same, with pictures told by their length"


@pytest.mark.parametrize("model", LIVE, ids=lambda model: model.id)
async def test_a_plain_wish(transport: Transport, model: ModelSpec) -> None:
    await assert_same(transport, call_for(model, {}))


@pytest.mark.parametrize("references", [1, 2, 10, 14])
@pytest.mark.parametrize("model", LIVE, ids=lambda model: model.id)
async def test_references(transport: Transport, model: ModelSpec, references: int) -> None:
    if references <= model.capability.references_max:
        await assert_same(transport, call_for(model, {}, references))


@pytest.mark.parametrize(
    "wish",
    [
        {"size": "auto"},
        {"size": "2K"},
        {"size": "4K", "aspect_ratio": AspectRatio.parse("21:9")},
        {"size": "auto", "aspect_ratio": AspectRatio.parse("17:3")},
        {"size": "auto", "aspect_ratio": AspectRatio.parse("1:40")},
        {"size": Size.of(8, 8)},
        {"seed": 4_000_000_000, "negative_prompt": "rain", "style": "woodcut"},
    ],
    ids=str,
)
@pytest.mark.parametrize("model", LIVE, ids=lambda model: model.id)
async def test_every_field(transport: Transport, model: ModelSpec, wish: dict[str, Any]) -> None:
    await assert_same(transport, call_for(model, {}, **wish))


OPTIONS = [
    pytest.param(model, option, id=f"{model.id}-{option.name}") for model in LIVE for option in model.capability.options
]


@pytest.mark.parametrize(("model", "option"), OPTIONS)
async def test_every_value_of_every_option(transport: Transport, model: ModelSpec, option: OptionSpec) -> None:
    needed, has_references = situation_for(model, option)
    for value in option_samples(option):
        await assert_same(transport, call_for(model, {**needed, option.name: value}, int(has_references)))


@pytest.mark.parametrize("model", STREAMING, ids=lambda model: model.id)
async def test_a_related_set_with_all_options(transport: Transport, model: ModelSpec) -> None:
    options: Options = {"sequential_image_generation": "auto", "watermark": True}
    options |= {"output_format": "jpeg"} if model.capability.option("output_format") else {}
    call = call_for(model, options, references=3, n=4, size="2K")
    assert call.image_count == 4
    await assert_same(transport, call)


def test_the_package_sends_what_the_models_refuse() -> None:
    """Why our body is not the package's to the byte: it names the fields of every model in each request."""
    body = sdk_request(sdk_wish(call_for(LIVE[0], {}))).json

    assert {name for name, value in body.items() if value is None} >= {"seed", "image", "sequential_image_generation"}
