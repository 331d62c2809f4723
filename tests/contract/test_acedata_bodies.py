"""What we send is what the official package sends for the same wish: every model, every option, each endpoint.

Files go as the vendor's pages say, each as ``image``; the `acedatacloud` package cannot send files at all, and the
`openai` package, which the gateway takes too, calls several of them ``image[]``."""

from __future__ import annotations

import base64
from dataclasses import replace
from typing import Any

import pytest

from studio.domain.assets import AspectRatio, Size
from studio.domain.capability import ModelSpec, OptionSpec
from studio.domain.ports import GenerateCall
from studio.domain.request import GenerationRequest
from studio.providers.acedata import AceDataProvider
from studio.providers.acedata_request import trace_id_of
from studio.providers.redaction import redacted_body
from studio.providers.transport import Transport
from tests.contract.cases.acedata import CASE
from tests.contract.listening import events_of
from tests.contract.sdk import openai_recorder
from tests.contract.sdk.acedata_recorder import SdkWish, sdk_request
from tests.contract.wishes import (
    Options,
    calls_for,
    content_of,
    fitted,
    model_of,
    option_samples,
    references_of,
    situation_for,
    specs,
)
from tests.fakes.acedata import FakeAceData
from tests.fakes.messages import RecordedRequest

SPEC = specs()["acedata"]
NANO = [model for model in SPEC.models if model.capability.route == "nano-banana"]
LIKE_OPENAI = [model for model in SPEC.models if model not in NANO]
WISH = GenerationRequest(prompt="a red kite, \u201cwind\u201d \u2028 風箏", size=Size.of(1024, 1536))


def call_for(model: ModelSpec, options: Options, references: int = 0, **changes: Any) -> GenerateCall:
    images = references_of(references)
    request = WISH.model_copy(update={"reference_image": images, **changes})
    made = fitted(request, model, "acedata", options, CASE.today)
    return calls_for(made, model, CASE.account(None), options)[0]


async def our_request(transport: Transport, call: GenerateCall) -> RecordedRequest:
    with FakeAceData() as server:
        await events_of(AceDataProvider(SPEC, transport), replace(call, account=CASE.account(server)))
        return server.requests[0]


async def assert_same(transport: Transport, call: GenerateCall, wish: SdkWish) -> None:
    ours, theirs = await our_request(transport, call), sdk_request(wish)
    assert (ours.method, ours.path) == (theirs.method, theirs.path)
    assert ours.json == theirs.json
    assert ours.header("accept") == theirs.header("accept")
    assert (await AceDataProvider(SPEC, transport).prepare(call)).json_body == redacted_body(theirs.json)


def trace_of(call: GenerateCall) -> Any:
    """Our own id of the call: told by the ticket, checked in `test_acedata.py`."""
    return trace_id_of(call.call_id, call.target, call.request.prompt)


def openai_wish(call: GenerateCall, options: Options) -> SdkWish:
    """The same wish in the package's words, spelled out here once more and not taken from the adapter."""
    fields = {"model": call.model.id, "n": call.image_count, "size": str(call.request.size), **options}
    return SdkWish("generations", call.request.prompt, fields | {"async": True, "trace_id": trace_of(call)})


@pytest.mark.parametrize("model", LIKE_OPENAI, ids=lambda model: model.id)
async def test_a_plain_wish(transport: Transport, model: ModelSpec) -> None:
    call = call_for(model, {}, n=3)
    await assert_same(transport, call, openai_wish(call, {}))
    assert call.image_count == (1 if model.id == "dall-e-3" else 3)


OPTIONS = [
    pytest.param(model, option, id=f"{model.id}-{option.name}")
    for model in LIKE_OPENAI
    if model.id in ("gpt-image-2.5-flare:official", "gpt-image-1.5", "dall-e-3", "dall-e-2")
    for option in model.capability.options
    if option.name != "input_fidelity"
]


@pytest.mark.parametrize(("model", "option"), OPTIONS)
async def test_every_value_of_every_option(transport: Transport, model: ModelSpec, option: OptionSpec) -> None:
    needed, _ = situation_for(model, option)
    for value in option_samples(option):
        options = {**needed, option.name: value}
        call = call_for(model, options)
        await assert_same(transport, call, openai_wish(call, options))


@pytest.mark.parametrize("references", [0, 2])
@pytest.mark.parametrize("model", NANO, ids=lambda model: model.id)
async def test_nano_banana(transport: Transport, model: ModelSpec, references: int) -> None:
    options: Options = {"callback_url": "https://hooks.example/done"}
    call = call_for(model, options, references, size="2K", aspect_ratio=AspectRatio(width=16, height=10), n=4)
    links = [
        f"data:{image.media_type};base64,{base64.b64encode(content_of(image)).decode()}"
        for image in call.request.reference_image
    ]
    fields: dict[str, Any] = {"action": "edit", "image_urls": links} if links else {"action": "generate"}
    has_classes = "lite" not in model.id and model.id.partition(":")[0] != "nano-banana"
    fields |= {"model": model.id, "count": 4, "aspect_ratio": "3:2", "resolution": "2K" if has_classes else "1K"}
    fields |= {**options, "async": True, "trace_id": trace_of(call)}

    await assert_same(transport, call, SdkWish("nano_banana", call.request.prompt, fields))


@pytest.mark.parametrize("references", [1, 3])
@pytest.mark.parametrize("model_id", ["gpt-image-2", "gpt-image-2.5-sunburst:official", "gpt-image-1"])
async def test_files_go_as_the_openai_package_sends_them(transport: Transport, model_id: str, references: int) -> None:
    model = model_of(SPEC, model_id)
    options: Options = {"quality": "high", "input_fidelity": "high", "output_format": "webp", "output_compression": 70}
    call = call_for(model, options, references, n=2)
    endings = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
    files = tuple(
        openai_recorder.SdkFile(f"image-{number}.{endings[image.media_type]}", content_of(image), image.media_type)
        for number, image in enumerate(call.request.reference_image, 1)
    )
    fields = {"size": str(call.request.size), "n": 2, **options}
    theirs = openai_recorder.sdk_request(openai_recorder.SdkWish(call.request.prompt, model.id, fields, files))

    ours = await our_request(transport, call)

    own = {part.name: part.text for part in ours.parts if not part.filename and part.name in ("async", "trace_id")}
    assert own == {"async": "true", "trace_id": trace_of(call)}
    sent = [(part.name, part.filename, part.content) for part in ours.parts if part.name not in own]
    # Their name for a list; the gateway's pages name it without brackets.
    expected = [(part.name.removesuffix("[]"), part.filename, part.content) for part in theirs.parts]
    assert sorted(sent, key=repr) == sorted(expected, key=repr)
    assert ours.path == "/openai/images/edits"
