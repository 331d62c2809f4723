"""The fake OpenAI is proven with the official package as its client.

Two shapes of errors inside an image stream are known to slip through the package: it raises only for
`{"error": {...}}` and hands the other two on as if they were events. Our adapter must be better there.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.contract.sdk.openai_recorder import SdkFile, SdkWish, openai_client, sdk_request
from tests.fakes.faults import (
    CloseBeforeHeaders,
    ResetAfterHeaders,
    ResetBeforeHeaders,
    ResetInBody,
    TruncatedChunkedBody,
    gateway_page,
    raw_line_separators,
)
from tests.fakes.images import image_format, make_image, mask_png, pixel_size
from tests.fakes.messages import EventStreamStyle
from tests.fakes.openai import FakeOpenAI, StreamScript
from tests.fakes.openai_rules import MODELS

if TYPE_CHECKING:
    from openai import OpenAI

MODEL = "gpt-image-2.6-sunburst"


@pytest.fixture
def server() -> Iterator[FakeOpenAI]:
    with FakeOpenAI() as fake:
        yield fake


@pytest.fixture
def client(server: FakeOpenAI) -> Iterator[OpenAI]:
    with openai_client(server.base_url, server.api_key) as made:
        yield made


def decoded(item: Any) -> bytes:
    return base64.b64decode(item.b64_json, validate=True)


# ---------------------------------------------------------------------------------------------------- generations


@pytest.mark.parametrize("output_format", ["png", "jpeg", "webp"])
def test_generates_images_of_the_wished_size_and_format(client: OpenAI, output_format: Any) -> None:
    answer = client.images.generate(
        prompt="a red kite", model=MODEL, n=2, size="1536x864", quality="high", output_format=output_format
    )

    assert answer.data is not None
    images = [decoded(item) for item in answer.data]
    assert [pixel_size(image) for image in images] == [(1536, 864)] * 2
    assert [image_format(image) for image in images] == [output_format] * 2
    assert images[0] != images[1]
    assert (answer.size, answer.quality, answer.output_format) == ("1536x864", "high", output_format)


@pytest.mark.parametrize(
    ("size", "quality", "tokens"),
    [
        ("1024x1024", "low", 272),
        ("1024x1024", "medium", 1056),
        ("1024x1024", "high", 4160),
        ("1024x1536", "high", 6240),
        ("1536x1024", "medium", 1568),
    ],
)
def test_usage_follows_the_published_table(client: OpenAI, size: Any, quality: Any, tokens: int) -> None:
    answer = client.images.generate(prompt="kite", model="gpt-image-1.5", size=size, quality=quality)

    assert answer.usage is not None
    assert answer.usage.output_tokens == tokens
    assert answer.usage.total_tokens == answer.usage.input_tokens + tokens
    details = answer.usage.input_tokens_details
    assert details.text_tokens + details.image_tokens == answer.usage.input_tokens


@pytest.mark.parametrize("model", [name for name, rules in MODELS.items() if rules.family in ("gpt-image-2", "dall-e")])
def test_only_live_models_answer(client: OpenAI, model: str) -> None:
    import openai

    if MODELS[model].ends is None:
        assert client.images.generate(prompt="kite", model=model, size="1024x1024").data
    else:
        with pytest.raises(openai.NotFoundError) as caught:
            client.images.generate(prompt="kite", model=model, size="1024x1024")
        assert caught.value.code == "model_not_found"


def test_gif_and_svg_of_the_newest_family(client: OpenAI) -> None:
    gif = client.images.generate(prompt="kite", model=MODEL, output_format="gif", frame_count=3, frame_duration_ms=100)
    svg = client.images.generate(
        prompt="kite", model=MODEL, output_format="svg", svg={"model": "gpt-5", "reasoning": {"effort": "low"}}
    )

    assert gif.data is not None
    assert svg.data is not None
    assert image_format(decoded(gif.data[0])) == "gif"
    assert image_format(decoded(svg.data[0])) == "svg"
    assert svg.svg_usage is not None


@pytest.mark.parametrize(
    ("model", "arguments", "param"),
    [
        (MODEL, {"response_format": "b64_json"}, "response_format"),
        (MODEL, {"style": "vivid"}, "style"),
        (MODEL, {"extra_body": {"seed": 7}}, "seed"),
        (MODEL, {"extra_body": {"negative_prompt": "rain"}}, "negative_prompt"),
        (MODEL, {"size": "1000x1000"}, "size"),
        (MODEL, {"size": "3856x1600"}, "size"),
        (MODEL, {"size": "3200x1024"}, "size"),
        (MODEL, {"size": "640x640"}, "size"),
        (MODEL, {"size": "3840x2400"}, "size"),
        (MODEL, {"size": "big"}, "size"),
        (MODEL, {"n": 0}, "n"),
        (MODEL, {"n": 11}, "n"),
        (MODEL, {"quality": "xhigh"}, "quality"),
        (MODEL, {"quality": "hd"}, "quality"),
        (MODEL, {"moderation": "high"}, "moderation"),
        (MODEL, {"background": "transparent", "output_format": "jpeg"}, "background"),
        (MODEL, {"output_compression": 50}, "output_compression"),
        (MODEL, {"output_compression": 101, "output_format": "webp"}, "output_compression"),
        (MODEL, {"partial_images": 1}, "partial_images"),
        (MODEL, {"stream": True, "partial_images": 4}, "partial_images"),
        (MODEL, {"stream": True, "n": 2}, "n"),
        (MODEL, {"output_format": "gif", "frame_count": 17}, "frame_count"),
        (MODEL, {"frame_count": 4}, "frame_count"),
        (MODEL, {"output_format": "gif", "stream": True}, "stream"),
        (MODEL, {"output_format": "svg", "n": 2}, "n"),
        (MODEL, {"svg": {"model": "gpt-5"}}, "svg"),
        (MODEL, {"prompt": "x" * 32_001}, "prompt"),
        ("gpt-image-2.5-flare", {"complexity": "low"}, "complexity"),
        ("gpt-image-2.5-flare", {"output_format": "gif"}, "output_format"),
        ("gpt-image-2", {"quality": "max"}, "quality"),
        ("gpt-image-1.5", {"size": "1536x864"}, "size"),
    ],
)
def test_refuses_what_the_model_does_not_take(
    client: OpenAI, server: FakeOpenAI, model: str, arguments: dict[str, Any], param: str
) -> None:
    import openai

    with pytest.raises(openai.BadRequestError) as caught:
        client.images.generate(**{"prompt": "kite", "model": model} | arguments)

    assert caught.value.param == param
    assert caught.value.request_id
    assert server.billed_images == 0


# ---------------------------------------------------------------------------------------------------- edits


def png(name: str, width: int = 64, height: int = 48) -> tuple[str, bytes, str]:
    return (name, make_image(width, height, name), "image/png")


def test_edits_one_image_with_a_mask(client: OpenAI, server: FakeOpenAI) -> None:
    answer = client.images.edit(
        image=png("one.png"), mask=("mask.png", mask_png(64, 48), "image/png"), prompt="snow", model=MODEL, n=1
    )

    assert answer.data is not None
    assert pixel_size(decoded(answer.data[0])) == (1024, 1024)
    (request,) = server.requests
    assert [(part.name, part.filename, part.content_type) for part in request.parts if part.filename] == [
        ("image", "one.png", "image/png"),
        ("mask", "mask.png", "image/png"),
    ]
    assert request.parts_named("image")[0].content == png("one.png")[1]
    assert request.text_fields == {"prompt": "snow", "model": MODEL, "n": "1"}


def test_edits_three_images(client: OpenAI, server: FakeOpenAI) -> None:
    answer = client.images.edit(image=[png("a.png"), png("b.png"), png("c.png")], prompt="snow", model=MODEL)

    assert answer.usage is not None
    assert answer.usage.input_tokens_details.image_tokens == 3 * 323
    assert [part.filename for part in server.requests[0].parts_named("image[]")] == ["a.png", "b.png", "c.png"]


@pytest.mark.parametrize(
    ("arguments", "param"),
    [
        ({"image": [png("a.png")] * 17}, "image"),
        ({"image": [png("a.png")]}, "image"),  # a list of one becomes `image[]`
        ({"image": ("a.png", b"no image", "image/png")}, "image"),
        ({"image": ("a.png", png("a.png")[1], "text/plain")}, "image"),
        ({"mask": ("m.png", mask_png(32, 48), "image/png")}, "mask"),
        ({"mask": png("m.png")}, "mask"),
        ({"mask": ("m.png", mask_png(64, 48), "image/png"), "markup": png("k.png")}, "markup"),
        ({"input_fidelity": "high"}, "input_fidelity"),
        ({"extra_body": {"moderation": "low"}}, "moderation"),
    ],
)
def test_refuses_wrong_edits(client: OpenAI, arguments: dict[str, Any], param: str) -> None:
    import openai

    with pytest.raises(openai.BadRequestError) as caught:
        client.images.edit(**{"prompt": "snow", "model": MODEL, "image": png("a.png")} | arguments)

    assert caught.value.param == param


def test_the_old_family_takes_a_fidelity(client: OpenAI) -> None:
    answer = client.images.edit(image=png("a.png"), prompt="snow", model="gpt-image-1.5", input_fidelity="high")

    assert answer.data


# ---------------------------------------------------------------------------------------------------- streams


@pytest.mark.parametrize("partials", [0, 1, 3])
@pytest.mark.parametrize(
    "style",
    [
        EventStreamStyle(),
        EventStreamStyle(comments=True, done=True),
        EventStreamStyle(multi_line=True, crlf=True),
        EventStreamStyle(named=False),
    ],
)
def test_streams_partials_in_order_then_the_final(
    client: OpenAI, server: FakeOpenAI, partials: int, style: EventStreamStyle
) -> None:
    server.stream_script = StreamScript(style=style)

    with client.images.generate(
        prompt="kite", model=MODEL, size="1024x1024", quality="low", stream=True, partial_images=partials
    ) as stream:
        events = list(stream)

    *previews, final = events
    assert [event.partial_image_index for event in previews] == list(range(partials))  # type: ignore[union-attr] # asserted by the types below
    assert [event.type for event in previews] == ["image_generation.partial_image"] * partials
    assert final.type == "image_generation.completed"
    assert len({decoded(event) for event in events}) == partials + 1
    assert {pixel_size(decoded(event)) for event in events} == {(1024, 1024)}
    assert final.usage.output_tokens == 272 + 100 * partials


def test_streams_an_edit_with_fewer_partials_than_asked(client: OpenAI, server: FakeOpenAI) -> None:
    server.stream_script = StreamScript(partials=1)

    with client.images.edit(image=png("a.png"), prompt="snow", model=MODEL, stream=True, partial_images=3) as stream:
        kinds = [event.type for event in stream]

    assert kinds == ["image_edit.partial_image", "image_edit.completed"]


def test_raw_separators_in_json_do_not_split_an_event(client: OpenAI, server: FakeOpenAI) -> None:
    server.script(raw_line_separators())

    with client.images.generate(prompt="kite", model=MODEL, stream=True, partial_images=1) as stream:
        assert len(list(stream)) == 2


def test_an_error_in_the_stream_raises_in_its_nested_shape(client: OpenAI, server: FakeOpenAI) -> None:
    import openai

    server.stream_script = StreamScript(error_shape="nested")
    with (
        client.images.generate(prompt="kite", model=MODEL, stream=True, partial_images=1) as stream,
        pytest.raises(openai.APIError) as caught,
    ):
        list(stream)

    assert caught.value.code == "server_error"


@pytest.mark.parametrize("shape", ["typed", "bare"])
def test_the_package_hands_on_other_error_shapes_as_events(client: OpenAI, server: FakeOpenAI, shape: str) -> None:
    server.stream_script = StreamScript(error_shape=shape)

    with client.images.generate(prompt="kite", model=MODEL, stream=True) as stream:
        (event,) = list(stream)

    assert event.model_dump()["code"] == "server_error"


def test_a_stream_may_end_without_its_final_event(client: OpenAI, server: FakeOpenAI) -> None:
    server.stream_script = StreamScript(completed=False)

    with client.images.generate(prompt="kite", model=MODEL, stream=True, partial_images=2) as stream:
        assert [event.type for event in stream] == ["image_generation.partial_image"] * 2
    assert server.billed_images == 1


# ---------------------------------------------------------------------------------------------------- account, errors


def test_lists_live_models_with_their_end(client: OpenAI) -> None:
    models = {model.id: model.shutdown_date for model in client.models.list()}

    assert models["gpt-image-2.6-sunburst"] is None
    assert models["gpt-image-1.5"] == "2026-12-01"
    assert "dall-e-3" not in models


def test_records_organization_and_project(server: FakeOpenAI) -> None:
    with openai_client(server.base_url, server.api_key, organization="org_1", project="proj_1") as client:
        client.models.list()

    assert server.requests[0].header("openai-organization") == "org_1"
    assert server.requests[0].header("openai-project") == "proj_1"


def test_a_wrong_key_is_refused(server: FakeOpenAI) -> None:
    import openai

    with openai_client(server.base_url, "sk-wrong") as client, pytest.raises(openai.AuthenticationError) as caught:
        client.models.list()

    assert caught.value.code == "invalid_api_key"


@pytest.mark.parametrize(
    ("name", "exception", "code"),
    [
        ("moderation_blocked", "BadRequestError", "moderation_blocked"),
        ("content_policy_violation", "BadRequestError", "content_policy_violation"),
        ("billing_hard_limit_reached", "BadRequestError", "billing_hard_limit_reached"),
        ("organization_not_verified", "PermissionDeniedError", None),
        ("unsupported_country_region_territory", "PermissionDeniedError", "unsupported_country_region_territory"),
        ("model_not_found", "NotFoundError", "model_not_found"),
        ("rate_limit_exceeded", "RateLimitError", "rate_limit_exceeded"),
        ("insufficient_quota", "RateLimitError", "insufficient_quota"),
        ("server_error", "InternalServerError", "server_error"),
        ("server_error_503", "InternalServerError", "server_error"),
    ],
)
@pytest.mark.parametrize("by_marker", [True, False])
def test_documented_errors(
    client: OpenAI, server: FakeOpenAI, *, name: str, exception: str, code: str | None, by_marker: bool
) -> None:
    import openai

    if not by_marker:
        server.fail_next(name)
    prompt = f"kite [[openai:{name}]]" if by_marker else "kite"
    with pytest.raises(getattr(openai, exception)) as caught:
        client.images.generate(prompt=prompt, model=MODEL)

    assert caught.value.code == code
    assert server.billed_images == 0


@pytest.mark.parametrize(
    ("wait", "header", "value"),
    [
        ("2", "retry-after", "2"),
        ("1500ms", "retry-after-ms", "1500"),
        ("date", "retry-after", "Sun, 01 Jan 2040 00:00:00 GMT"),
    ],
)
def test_rate_limits_say_when_to_come_back(
    client: OpenAI, server: FakeOpenAI, wait: str, header: str, value: str
) -> None:
    import openai

    server.fail_next("rate_limit_exceeded", retry_after=wait)
    with pytest.raises(openai.RateLimitError) as caught:
        client.images.generate(prompt="kite", model=MODEL)

    assert caught.value.response.headers[header] == value


@pytest.mark.parametrize(
    "fault", [ResetBeforeHeaders(), CloseBeforeHeaders(), ResetAfterHeaders(), ResetInBody(), TruncatedChunkedBody()]
)
def test_broken_connections_after_the_work_was_done(client: OpenAI, server: FakeOpenAI, fault: Any) -> None:
    import httpx2
    import openai

    server.script(fault)
    # A body that breaks off comes out of the package as the bare error of its HTTP library.
    with pytest.raises((openai.APIConnectionError, httpx2.TransportError)):
        client.images.generate(prompt="kite", model=MODEL)

    assert server.billed_images == 1


def test_a_gateway_page_is_an_error_without_a_code(client: OpenAI, server: FakeOpenAI) -> None:
    import openai

    server.script(gateway_page(504))
    with pytest.raises(openai.InternalServerError) as caught:
        client.images.generate(prompt="kite", model=MODEL)

    assert (caught.value.status_code, caught.value.code) == (504, None)


# ---------------------------------------------------------------------------------------------------- the recorder


def test_the_recorder_gives_the_packages_own_bodies() -> None:
    plain = sdk_request(SdkWish("kite", MODEL, {"n": 2, "size": "1024x1024"}))
    edit = sdk_request(
        SdkWish("kite", MODEL, {"stream": True, "partial_images": 2}, (SdkFile("a.png", b"A"), SdkFile("b.png", b"B")))
    )

    assert plain.json == {"prompt": "kite", "model": MODEL, "n": 2, "size": "1024x1024"}
    assert edit.text_fields == {"prompt": "kite", "model": MODEL, "stream": "true", "partial_images": "2"}
    assert [(part.name, part.filename, part.content) for part in edit.parts if part.filename] == [
        ("image[]", "a.png", b"A"),
        ("image[]", "b.png", b"B"),
    ]
