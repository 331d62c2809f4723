"""What we send is what the official package sends for the same wish: every model, every option."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest

from studio.domain.assets import Size
from studio.domain.capability import ModelSpec, OptionSpec
from studio.domain.ports import GenerateCall
from studio.domain.request import GenerationRequest
from studio.domain.values import OptionValue
from studio.providers.tongyi import TongyiProvider
from studio.providers.transport import Transport
from tests.contract.cases.tongyi import CASE
from tests.contract.listening import events_of
from tests.contract.sdk.tongyi_recorder import Form, SdkWish, sdk_request
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
from tests.fakes.messages import RecordedRequest
from tests.fakes.tongyi import FakeTongyi

SPEC = specs()["tongyi"]
REPAINT = "wanx-style-repaint-v1"
WITH_PACKAGE = [model for model in SPEC.models if model.id != REPAINT]
"""The package has no method for the one other."""

FORMS: dict[Form, tuple[str, ...]] = {
    "sync": ("qwen-image-2.0", "qwen-image-max", "qwen-image-edit", "z-image"),
    "messages_async": ("qwen-image-3.0", "wan2.7", "wan2.6"),
    "prompt_async": ("qwen-image", "wan2.5", "wan2.2", "wan2.1", "wanx"),
}
"""Which class of the package a model belongs to, spelled out here once more: the first beginning that fits counts.
(Its newer ``client.images`` is known to be wrong about most of them.)"""

NEGATIVE = "rain, \u96e8"
REQUEST = GenerationRequest(
    prompt="a red kite, \u201cwind\u201d \u2028 \u98a8\u7b8f", size=Size.of(1280, 960), negative_prompt=NEGATIVE, seed=7
)


def form_of(model_id: str) -> Form:
    return next(form for form, names in FORMS.items() if model_id.startswith(names))


def call_for(model: ModelSpec, options: Options, references: int, n: int = 1) -> GenerateCall:
    capability = model.capability
    references = min(max(references, capability.references_min), capability.references_max)
    images = references_of(references)
    request = REQUEST.model_copy(update={"reference_image": images, "n": n})
    made = fitted(request, model, "tongyi", options, CASE.today)
    assert made.blocked is None, made.notices
    return calls_for(made, model, CASE.account(None), options)[0]


def sdk_wish(call: GenerateCall) -> SdkWish:
    """The same wish in the package's words, not taken from the adapter."""
    request, form = call.request, form_of(call.model.id)
    parameters: dict[str, Any] = {"n": call.image_count, "seed": 7}
    if request.size is not None:
        assert isinstance(request.size, Size)
        parameters["size"] = f"{request.size.width}*{request.size.height}"
    inputs: dict[str, Any] = {}
    if request.negative_prompt:
        (inputs if form == "prompt_async" else parameters)["negative_prompt"] = request.negative_prompt
    options: dict[str, OptionValue] = dict(request.options)
    if "function" in options:
        inputs["function"] = options.pop("function")
    if "preset_style" in options:
        options["style"] = options.pop("preset_style")
    if call.model.id == "wan2.6-image":
        options["enable_interleave"] = False
    images = tuple(
        f"data:{image.media_type};base64,{base64.b64encode(content_of(image)).decode()}"
        for image in request.reference_image
    )
    if form != "prompt_async":
        return SdkWish(form, call.model.id, request.prompt, {**parameters, **options}, references=images)
    if call.model.id.startswith("wan2.5-i2i"):
        inputs["images"] = list(images)
    elif call.model.id == "wanx2.1-imageedit":
        inputs["base_image_url"] = images[0]
    elif images:
        inputs["ref_img"] = images[0]
    return SdkWish(form, call.model.id, request.prompt, {**parameters, **options}, inputs)


async def our_request(transport: Transport, call: GenerateCall) -> RecordedRequest:
    with FakeTongyi(region=None) as server:
        await events_of(TongyiProvider(SPEC, transport), replace(call, account=CASE.account(server)))
        return next(request for request in server.requests if CASE.is_paid(request))


async def assert_same(transport: Transport, call: GenerateCall) -> None:
    ours, theirs = await our_request(transport, call), sdk_request(sdk_wish(call))
    expected = theirs.json
    # The package adds this to its asynchronous messages by accident; no page of the vendor knows it.
    expected["parameters"].pop("is_async", None)
    assert ours.json == expected
    assert (ours.method, ours.path) == (theirs.method, theirs.path)
    assert ours.header("x-dashscope-async") == theirs.header("x-dashscope-async")
    assert ours.content_type.startswith("application/json")


@pytest.mark.parametrize("references", [0, 1, 3])
@pytest.mark.parametrize("model", WITH_PACKAGE, ids=lambda model: model.id)
async def test_a_plain_wish(transport: Transport, model: ModelSpec, references: int) -> None:
    await assert_same(transport, call_for(model, {}, references))


@pytest.mark.parametrize("model", WITH_PACKAGE, ids=lambda model: model.id)
async def test_several_images(transport: Transport, model: ModelSpec) -> None:
    call = call_for(model, {}, 0, n=4)
    assert call.image_count == min(4, model.capability.n_max)
    await assert_same(transport, call)


OPTIONS = [
    pytest.param(model, option, id=f"{model.id}-{option.name}")
    for model in WITH_PACKAGE
    if not model.id.endswith(("-22", "-03"))
    for option in model.capability.options
]


@pytest.mark.parametrize(("model", "option"), OPTIONS)
async def test_every_value_of_every_option(transport: Transport, model: ModelSpec, option: OptionSpec) -> None:
    needed, has_references = situation_for(model, option)
    for value in option_samples(option):
        await assert_same(transport, call_for(model, {**needed, option.name: value}, int(has_references)))


async def test_style_repaint_as_documented(transport: Transport) -> None:
    model = SPEC.model(REPAINT)
    assert model is not None
    call = call_for(model, {"style_index": 31}, 1)
    image = base64.b64encode(content_of(call.request.reference_image[0])).decode()

    ours = await our_request(transport, call)

    body = {"model": REPAINT, "input": {"image_url": f"data:image/png;base64,{image}", "style_index": 31}}
    assert ours.json == body
    assert ours.path == "/api/v1/services/aigc/image-generation/generation"
    assert ours.header("x-dashscope-async") == "enable"
