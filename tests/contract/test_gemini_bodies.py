"""What we send is what the official package sends for the same wish: every live model, every option, both ways.

The package mixes camelCase and snake_case and writes base64 in the alphabet for URLs; the API reads all of it alike,
and ours are the names and the alphabet of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from studio.domain.assets import AspectRatio
from studio.domain.capability import ModelSpec, OptionSpec
from studio.domain.ports import GenerateCall
from studio.domain.request import GenerationRequest
from studio.providers.gemini import GeminiProvider
from studio.providers.transport import Transport
from tests.contract.cases.gemini import CASE
from tests.contract.listening import events_of
from tests.contract.sdk.gemini_recorder import SdkWish, sdk_request
from tests.contract.wishes import (
    Options,
    calls_for,
    content_of,
    fitted,
    option_samples,
    references_of,
    situation_for,
    specs,
)
from tests.fakes.gemini import FakeGemini
from tests.fakes.gemini_rules import camel_cased
from tests.fakes.messages import JsonValue, RecordedRequest

SPEC = specs()["gemini"]
LIVE = [model for model in SPEC.models if model.status(CASE.today) != "ended"]
CATEGORIES = ("HARASSMENT", "HATE_SPEECH", "SEXUALLY_EXPLICIT", "DANGEROUS_CONTENT")


def call_for(model: ModelSpec, options: Options, references: int = 0, **changes: Any) -> GenerateCall:
    images = references_of(references)
    wish = GenerationRequest(prompt="a red kite, \u201cwind\u201d \u2028 風箏").model_copy(
        update={"size": "2K", "aspect_ratio": AspectRatio(width=16, height=9), "reference_image": images, **changes}
    )
    made = fitted(wish, model, "gemini", options, CASE.today)
    return calls_for(made, model, CASE.account(None), options)[0]


def sdk_wish(call: GenerateCall, options: Options) -> SdkWish:
    """The same wish in the package's words, spelled out here once more and not taken from the adapter."""
    sizes = {"gemini-2.5-flash-image": None, "gemini-3.1-flash-lite-image": "1K"}
    size = sizes.get(call.model.id, {"0.5K": "512"}.get(str(call.request.size), str(call.request.size)))
    config: dict[str, Any] = {"image_config": {"aspect_ratio": "16:9"} | ({"image_size": size} if size else {})}
    config["response_modalities"] = ["TEXT", "IMAGE"] if options.get("answer_text") else ["IMAGE"]
    if call.seed is not None:
        config["seed"] = call.seed
    thinking = {name: options[name] for name in ("thinking_level", "include_thoughts") if name in options}
    if thinking:
        config["thinking_config"] = thinking
    if "safety_threshold" in options:
        threshold = options["safety_threshold"]
        config["safety_settings"] = [
            {"category": f"HARM_CATEGORY_{name}", "threshold": threshold} for name in CATEGORIES
        ]
    files = tuple((image.media_type, content_of(image)) for image in call.request.reference_image)
    stream = bool(options.get("include_thoughts"))
    return SdkWish(call.model.id, call.request.prompt, config, files, stream=stream)


def plain(value: JsonValue) -> JsonValue:
    """A body as the API reads it: one spelling of names, one alphabet of base64."""
    if isinstance(value, Mapping):
        return {
            key: str(entry).replace("-", "+").replace("_", "/") if key == "data" else plain(entry)
            for key, entry in camel_cased(value).items()
        }
    return [plain(entry) for entry in value] if isinstance(value, list) else value


async def our_request(transport: Transport, call: GenerateCall) -> RecordedRequest:
    with FakeGemini() as server:
        await events_of(GeminiProvider(SPEC, transport), replace(call, account=CASE.account(server)))
        (request,) = server.requests
        return request


async def assert_same(transport: Transport, call: GenerateCall, options: Options) -> None:
    ours, theirs = await our_request(transport, call), sdk_request(sdk_wish(call, options))
    assert (ours.method, ours.target) == (theirs.method, theirs.target)
    assert ours.json == plain(theirs.json)
    assert "key" not in ours.query


@pytest.mark.parametrize("references", [0, 3])
@pytest.mark.parametrize("model", LIVE, ids=lambda model: model.id)
async def test_a_plain_wish(transport: Transport, model: ModelSpec, references: int) -> None:
    await assert_same(transport, call_for(model, {}, references, seed=42), {})


async def test_the_smallest_class_has_another_name_on_the_wire(transport: Transport) -> None:
    model = SPEC.model("gemini-3.1-flash-image")
    assert model is not None
    call = call_for(model, {}, size="0.5K")
    await assert_same(transport, call, {})
    assert (await our_request(transport, call)).json["generationConfig"]["imageConfig"]["imageSize"] == "512"


OPTIONS = [
    pytest.param(model, option, id=f"{model.id}-{option.name}") for model in LIVE for option in model.capability.options
]


@pytest.mark.parametrize(("model", "option"), OPTIONS)
async def test_every_value_of_every_option(transport: Transport, model: ModelSpec, option: OptionSpec) -> None:
    needed, _ = situation_for(model, option)
    for value in option_samples(option):
        options = {**needed, option.name: value}
        await assert_same(transport, call_for(model, options), options)
