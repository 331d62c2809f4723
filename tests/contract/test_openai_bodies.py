"""What we send is what the official package sends for the same wish: every model, every option, both endpoints."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from studio.domain.assets import Size
from studio.domain.capability import ModelSpec, OptionSpec
from studio.domain.ports import GenerateCall
from studio.domain.request import GenerationRequest
from studio.providers.openai import OpenAIProvider
from studio.providers.transport import Transport
from tests.contract.cases.openai import CASE
from tests.contract.listening import events_of
from tests.contract.sdk.openai_recorder import SdkFile, SdkWish, sdk_request
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
from tests.fakes.openai import FakeOpenAI

SPEC = specs()["openai"]
LIVE = [model for model in SPEC.models if model.status(CASE.today) != "ended"]
FAMILIES = [model for model in LIVE if model.id in (
    "gpt-image-2.6-sunburst", "gpt-image-2.5-flare", "gpt-image-2", "gpt-image-1.5", "gpt-image-1-mini"
)]  # fmt: skip
REQUEST = GenerationRequest(prompt="a red kite, \u201cwind\u201d \u2028 風箏", size=Size.of(1024, 1536))


def call_for(model: ModelSpec, options: Options, references: int = 0, n: int = 1) -> GenerateCall:
    images = references_of(references)
    request = REQUEST.model_copy(update={"reference_image": images, "n": n})
    made = fitted(request, model, "openai", options, CASE.today)
    return calls_for(made, model, CASE.account(None), options)[0]


def sdk_wish(call: GenerateCall) -> SdkWish:
    """The same wish in the package's words, spelled out here once more and not taken from the adapter."""
    request, options = call.request, dict(call.request.options)
    fields: dict[str, Any] = {"size": str(request.size)}
    if call.image_count > 1:
        fields["n"] = call.image_count
    partials = options.pop("partial_images", 0)
    if call.image_count == 1 and options.get("output_format", "png") not in ("gif", "svg"):
        fields["stream"] = True
        if partials:
            fields["partial_images"] = partials
    author, effort = options.pop("svg_model", None), options.pop("svg_effort", None)
    if author:
        fields["svg"] = {"model": author} | ({"reasoning": {"effort": effort}} if effort else {})
    fields |= options
    endings = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
    files = tuple(
        SdkFile(f"image-{number}.{endings[image.media_type]}", content_of(image), image.media_type)
        for number, image in enumerate(request.reference_image, 1)
    )
    return SdkWish(request.prompt, call.model.id, fields, files)


async def our_request(transport: Transport, call: GenerateCall) -> RecordedRequest:
    with FakeOpenAI(today=CASE.today) as server:
        await events_of(OpenAIProvider(SPEC, transport), replace(call, account=CASE.account(server)))
        (request,) = server.requests
        return request


def parts_of(request: RecordedRequest) -> list[tuple[Any, ...]]:
    return sorted((part.name, part.filename, part.content_type if part.filename else None, part.content)
                  for part in request.parts)  # fmt: skip


async def assert_same(transport: Transport, call: GenerateCall) -> None:
    ours, theirs = await our_request(transport, call), sdk_request(sdk_wish(call))
    assert (ours.method, ours.target) == (theirs.method, theirs.target)
    shown = await OpenAIProvider(SPEC, transport).prepare(call)
    if theirs.is_multipart:
        assert parts_of(ours) == parts_of(theirs)
        texts = {part.name: part.text for part in shown.form if part.file_name is None}
        assert texts == theirs.text_fields
        files = [(part.name, part.file_name, part.media_type, part.size_bytes) for part in shown.form if part.file_name]
        assert files == [(p.name, p.filename, p.content_type, len(p.content)) for p in theirs.parts if p.filename]
    else:
        assert ours.json == theirs.json
        assert shown.json_body == theirs.json
        assert ours.content_type == theirs.content_type
    for header in ("openai-organization", "openai-project"):
        assert ours.header(header) == theirs.header(header)


@pytest.mark.parametrize("references", [0, 1, 3])
@pytest.mark.parametrize("model", LIVE, ids=lambda model: model.id)
async def test_a_plain_wish(transport: Transport, model: ModelSpec, references: int) -> None:
    await assert_same(transport, call_for(model, {}, references))


@pytest.mark.parametrize("references", [0, 2])
@pytest.mark.parametrize("model", FAMILIES, ids=lambda model: model.id)
async def test_several_images_in_one_request(transport: Transport, model: ModelSpec, references: int) -> None:
    call = call_for(model, {"partial_images": 0}, references, n=4)
    assert call.image_count == 4
    await assert_same(transport, call)


OPTIONS = [
    pytest.param(model, option, id=f"{model.id}-{option.name}")
    for model in FAMILIES
    for option in model.capability.options
]


@pytest.mark.parametrize(("model", "option"), OPTIONS)
async def test_every_value_of_every_option(transport: Transport, model: ModelSpec, option: OptionSpec) -> None:
    needed, has_references = situation_for(model, option)
    extra = CASE.needed_options(model, option.name)
    for value in option_samples(option):
        await assert_same(transport, call_for(model, {**extra, **needed, option.name: value}, int(has_references)))


@pytest.mark.parametrize("model", FAMILIES, ids=lambda model: model.id)
async def test_all_options_of_an_edit_at_once(transport: Transport, model: ModelSpec) -> None:
    options: Options = {"quality": "high", "background": "transparent", "output_format": "webp"}
    options |= {"output_compression": 80, "partial_images": 3}
    await assert_same(transport, call_for(model, options, references=16))


async def test_organization_and_project(transport: Transport) -> None:
    call = call_for(SPEC.models[0], {})
    wish = replace(sdk_wish(call), organization="org-1", project="proj_2")
    with FakeOpenAI(today=CASE.today) as server:
        account = CASE.account(server)
        fields = {**account.fields, "organization": "org-1", "project": " proj_2 "}
        await events_of(OpenAIProvider(SPEC, transport), replace(call, account=replace(account, fields=fields)))
        (ours,) = server.requests

    theirs = sdk_request(wish)
    for header in ("openai-organization", "openai-project"):
        assert ours.header(header) == theirs.header(header)
    assert ours.header("openai-organization") == "org-1"
