"""The fake Gemini is proven with the official `google-genai` as its client.

Known of the package (3.4.0): it mixes camelCase and snake_case names in one body, which the API reads alike, and
writes inline images in the base64 alphabet for URLs.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.contract.sdk.gemini_recorder import SdkWish, call_sdk, gemini_client, sdk_request
from tests.fakes.faults import ResetBeforeHeaders, raw_line_separators
from tests.fakes.gemini import FakeGemini
from tests.fakes.gemini_rules import MODELS, camel_cased
from tests.fakes.images import image_format, make_image, pixel_size

if TYPE_CHECKING:
    from google.genai import Client

NANO, PRO, LITE = "gemini-nano-banana-2.1", "gemini-3-pro-image", "gemini-3.1-flash-lite-image"
FLASH, OLD = "gemini-3.1-flash-image", "gemini-2.5-flash-image"
PHOTO = ("image/png", make_image(640, 400, "ref"))
IMAGE_ONLY = {"response_modalities": ["IMAGE"]}


@pytest.fixture
def client(fake_gemini: FakeGemini) -> Iterator[Client]:
    with gemini_client(fake_gemini.origin, fake_gemini.api_key) as made:
        yield made


def image_config(ratio: str | None = None, size: str | None = None) -> dict[str, Any]:
    chosen = {"aspect_ratio": ratio, "image_size": size}
    return IMAGE_ONLY | {"image_config": {name: value for name, value in chosen.items() if value}}


def images_of(answer: Any, *, thought: bool = False) -> list[bytes]:
    return [
        part.inline_data.data
        for part in answer.candidates[0].content.parts
        if part.inline_data and bool(part.thought) is thought
    ]


@pytest.mark.parametrize(
    ("wish", "pixels", "tokens", "form"),
    [
        (SdkWish(NANO, "kite", image_config("16:9", "2K")), (2752, 1536), 1680, "jpeg"),
        (SdkWish(NANO, "kite", image_config("1:8")), (384, 3072), 1120, "jpeg"),
        (SdkWish(PRO, "kite", image_config("21:9", "4K")), (6336, 2688), 2000, "jpeg"),
        (SdkWish(LITE, "kite", image_config("8:1", "1K")), (3072, 384), 1120, "jpeg"),
        (SdkWish(FLASH, "kite", image_config("1:1", "512")), (512, 512), 747, "jpeg"),
        (SdkWish(OLD, "kite", image_config("3:4")), (864, 1184), 1290, "png"),
    ],
    ids=lambda value: value.model if isinstance(value, SdkWish) else None,
)
def test_generates_by_the_models_row(
    client: Client, wish: SdkWish, pixels: tuple[int, int], tokens: int, form: str
) -> None:
    answer = call_sdk(client, wish)

    (image,) = images_of(answer)
    assert (pixel_size(image), image_format(image)) == (pixels, form)
    assert answer.candidates[0].finish_reason == "STOP"
    assert answer.usage_metadata.candidates_tokens_details[0].token_count == tokens
    assert answer.model_version == wish.model


def test_references_give_the_ratio_when_none_is_asked_for(fake_gemini: FakeGemini, client: Client) -> None:
    answer = call_sdk(client, SdkWish(NANO, "add snow", IMAGE_ONLY, (PHOTO, PHOTO)))

    assert pixel_size(images_of(answer)[0]) == (1264, 848)
    assert fake_gemini.billed_images == 1


def test_text_comes_beside_the_image_when_wanted(client: Client) -> None:
    answer = call_sdk(client, SdkWish(NANO, "kite", {"response_modalities": ["TEXT", "IMAGE"]}))

    # Not `answer.text`, which logs a warning about every image.
    assert answer.candidates[0].content.parts[0].text == "Here it is."
    assert len(images_of(answer)) == 1


def test_thinking_shows_interim_images(client: Client) -> None:
    config = image_config() | {"thinking_config": {"thinking_level": "HIGH", "include_thoughts": True}}
    answer = call_sdk(client, SdkWish(NANO, "kite", config))

    interim = images_of(answer, thought=True)
    assert len(interim) == 2
    assert {pixel_size(image) for image in interim} == {(1024, 1024)}
    assert images_of(answer)[0] not in interim
    assert answer.usage_metadata.thoughts_token_count > 0


# ---------------------------------------------------------------------------------------------------- streams


@pytest.mark.parametrize("separators", [False, True])
def test_a_stream_brings_the_image_whole_and_usage_last(
    fake_gemini: FakeGemini, client: Client, separators: bool
) -> None:
    if separators:
        fake_gemini.script(raw_line_separators())
    config = {"response_modalities": ["TEXT", "IMAGE"]}

    *pieces, last = call_sdk(client, SdkWish(NANO, "kite", config, stream=True))

    images = [image for piece in pieces for image in images_of(piece)]
    assert len(images) == 1
    assert last.candidates[0].finish_reason == "STOP"
    assert last.usage_metadata.total_token_count
    assert all(piece.usage_metadata is None for piece in pieces)


def test_an_error_can_come_inside_the_stream(client: Client) -> None:
    from google.genai import errors

    with pytest.raises(errors.ServerError) as caught:
        call_sdk(client, SdkWish(NANO, "kite [[gemini:stream_error code=UNAVAILABLE]]", IMAGE_ONLY, stream=True))

    assert caught.value.status == "UNAVAILABLE"


def test_without_sse_a_stream_is_one_json_array(fake_gemini: FakeGemini) -> None:
    body = {"contents": [{"parts": [{"text": "kite"}]}], "generation_config": {"response_modalities": ["IMAGE"]}}
    with httpx.Client(trust_env=False, headers={"x-goog-api-key": fake_gemini.api_key}) as transport:
        answer = transport.post(f"{fake_gemini.origin}/v1beta/models/{NANO}:streamGenerateContent", json=body)

    assert len(answer.json()) == 2


# ---------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize("reason", ["SAFETY", "PROHIBITED_CONTENT", "IMAGE_SAFETY"])
@pytest.mark.parametrize("stream", [False, True])
def test_a_blocked_prompt_has_no_candidates(fake_gemini: FakeGemini, client: Client, reason: str, stream: bool) -> None:
    answer = call_sdk(client, SdkWish(NANO, f"kite [[gemini:block reason={reason}]]", IMAGE_ONLY, stream=stream))
    first = answer[0] if stream else answer

    assert first.prompt_feedback.block_reason == reason
    assert first.candidates is None
    assert fake_gemini.billed_images == 0


@pytest.mark.parametrize("reason", ["IMAGE_SAFETY", "IMAGE_RECITATION", "NO_IMAGE", "IMAGE_OTHER", "MAX_TOKENS"])
def test_a_refused_output_has_a_finish_reason_and_no_image(client: Client, reason: str) -> None:
    answer = call_sdk(client, SdkWish(NANO, f"kite [[gemini:finish reason={reason}]]", IMAGE_ONLY))

    assert answer.candidates[0].finish_reason == reason
    assert answer.candidates[0].content is None


def test_an_answer_may_be_text_only(fake_gemini: FakeGemini, client: Client) -> None:
    answer = call_sdk(client, SdkWish(NANO, "kite [[gemini:no_image]]", IMAGE_ONLY))

    assert (answer.candidates[0].finish_reason, images_of(answer)) == ("STOP", [])
    assert answer.text
    assert fake_gemini.billed_images == 0


@pytest.mark.parametrize(
    ("model", "config", "references", "message"),
    [
        (NANO, image_config("2:1"), (), "Aspect ratio"),
        (PRO, image_config("1:8"), (), "Aspect ratio"),
        (NANO, image_config(size="512"), (), "Image size"),
        (NANO, image_config(size="2k"), (), "Image size"),
        (LITE, image_config(size="2K"), (), "Image size"),
        (OLD, image_config(size="1K"), (), "Image size"),
        (OLD, IMAGE_ONLY | {"thinking_config": {"thinking_level": "HIGH"}}, (), "Thinking"),
        (LITE, IMAGE_ONLY | {"thinking_config": {"thinking_level": "MEDIUM"}}, (), "Thinking level"),
        (NANO, IMAGE_ONLY | {"candidate_count": 2}, (), "Multiple candidates"),
        (NANO, IMAGE_ONLY | {"seed": 2**31}, (), "seed"),
        (NANO, IMAGE_ONLY, (PHOTO,) * 15, "at most 14"),
        (OLD, IMAGE_ONLY, (PHOTO,) * 4, "at most 3"),
        (NANO, IMAGE_ONLY, (("image/gif", PHOTO[1]),), "MIME"),
        (NANO, IMAGE_ONLY, (("image/png", b"no image"),), "not valid"),
        (NANO, IMAGE_ONLY | {"max_output_tokens": 5}, (), "Unknown name"),
    ],
)
def test_refuses_what_the_model_does_not_take(
    client: Client, model: str, config: dict[str, Any], references: tuple[tuple[str, bytes], ...], message: str
) -> None:
    from google.genai import errors

    with pytest.raises(errors.ClientError, match=message) as caught:
        call_sdk(client, SdkWish(model, "kite", config, references))

    assert (caught.value.code, caught.value.status) == (400, "INVALID_ARGUMENT")


def test_the_newer_spelling_of_the_image_options_is_an_unknown_name(fake_gemini: FakeGemini) -> None:
    config = {"responseModalities": ["IMAGE"], "responseFormat": {"image": {"aspectRatio": "1:1"}}}
    body = {"contents": [{"parts": [{"text": "kite"}]}], "generationConfig": config}
    with httpx.Client(trust_env=False, headers={"x-goog-api-key": fake_gemini.api_key}) as transport:
        answer = transport.post(f"{fake_gemini.origin}/v1/models/{NANO}:generateContent", json=body)

    assert answer.status_code == 400
    assert 'Unknown name "responseFormat"' in answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("name", "code", "status"),
    [
        ("API_KEY_INVALID", 400, "INVALID_ARGUMENT"),
        ("FAILED_PRECONDITION", 400, "FAILED_PRECONDITION"),
        ("PERMISSION_DENIED", 403, "PERMISSION_DENIED"),
        ("RESOURCE_EXHAUSTED", 429, "RESOURCE_EXHAUSTED"),
        ("RESOURCE_EXHAUSTED_DAILY", 429, "RESOURCE_EXHAUSTED"),
        ("INTERNAL", 500, "INTERNAL"),
        ("UNAVAILABLE", 503, "UNAVAILABLE"),
        ("DEADLINE_EXCEEDED", 504, "DEADLINE_EXCEEDED"),
    ],
)
@pytest.mark.parametrize("by_marker", [True, False])
def test_documented_errors(
    fake_gemini: FakeGemini, client: Client, *, name: str, code: int, status: str, by_marker: bool
) -> None:
    from google.genai import errors

    if not by_marker:
        fake_gemini.fail_next(name)
    with pytest.raises(errors.APIError) as caught:
        call_sdk(client, SdkWish(NANO, f"kite [[gemini:{name}]]" if by_marker else "kite", IMAGE_ONLY))

    assert (caught.value.code, caught.value.status) == (code, status)
    assert fake_gemini.billed_images == 0


def test_errors_may_be_wrapped_in_a_list(fake_gemini: FakeGemini, client: Client) -> None:
    from google.genai import errors

    fake_gemini.wraps_errors = True
    with pytest.raises(errors.ClientError):
        call_sdk(client, SdkWish("imagen-4.0-generate-001", "kite", IMAGE_ONLY))


def test_models_can_be_gone(fake_gemini: FakeGemini, client: Client) -> None:
    from google.genai import errors

    fake_gemini.gone.add(FLASH)
    with pytest.raises(errors.ClientError) as caught:
        call_sdk(client, SdkWish(FLASH, "kite", IMAGE_ONLY))

    assert (caught.value.code, caught.value.status) == (404, "NOT_FOUND")


def test_a_lost_answer_is_a_paid_image(fake_gemini: FakeGemini, client: Client) -> None:
    fake_gemini.script(ResetBeforeHeaders())
    with pytest.raises(httpx.TransportError):
        call_sdk(client, SdkWish(NANO, "kite", IMAGE_ONLY))

    assert (len(fake_gemini.requests), fake_gemini.billed_images) == (1, 1)


# ---------------------------------------------------------------------------------------------------- account


@pytest.mark.parametrize("version", ["v1", "v1beta"])
def test_lists_models_in_both_versions(fake_gemini: FakeGemini, version: str) -> None:
    with gemini_client(fake_gemini.origin, fake_gemini.api_key, version) as client:
        names = [model.name for model in client.models.list(config={"page_size": 1000})]

    assert f"models/{NANO}" in names
    assert fake_gemini.requests[0].path == f"/{version}/models"


def test_a_version_can_be_missing(fake_gemini: FakeGemini, client: Client) -> None:
    from google.genai import errors

    fake_gemini.versions = {"v1beta"}
    with pytest.raises(errors.ClientError) as caught:
        call_sdk(client, SdkWish(NANO, "kite", IMAGE_ONLY))

    assert caught.value.code == 404


def test_a_wrong_key_is_an_invalid_argument_with_a_reason(fake_gemini: FakeGemini) -> None:
    from google.genai import errors

    with gemini_client(fake_gemini.origin, "wrong") as client, pytest.raises(errors.ClientError) as caught:
        call_sdk(client, SdkWish(NANO, "kite", IMAGE_ONLY))

    assert caught.value.code == 400
    assert "API_KEY_INVALID" in str(caught.value.details)


def test_a_key_in_the_url_is_refused(fake_gemini: FakeGemini) -> None:
    url = f"{fake_gemini.origin}/v1/models/{NANO}:generateContent?key={fake_gemini.api_key}"
    body = {"contents": [{"parts": [{"text": "kite"}]}]}
    with httpx.Client(trust_env=False, headers={"x-goog-api-key": fake_gemini.api_key}) as transport:
        assert transport.post(url, json=body).status_code == 400


# ---------------------------------------------------------------------------------------------------- the recorder


def test_the_recorder_gives_the_packages_own_bodies() -> None:
    request = sdk_request(SdkWish(NANO, "kite", image_config("16:9", "2K") | {"seed": 42}, (PHOTO,), stream=True))

    assert (request.path, request.query) == (f"/v1/models/{NANO}:streamGenerateContent", {"alt": "sse"})
    assert camel_cased(request.json)["generationConfig"] == {
        "responseModalities": ["IMAGE"],
        "imageConfig": {"aspectRatio": "16:9", "imageSize": "2K"},
        "seed": 42,
    }
    assert [sorted(part) for part in camel_cased(request.json)["contents"][0]["parts"]] == [["text"], ["inlineData"]]


def test_every_model_is_exercised() -> None:
    assert {NANO, PRO, LITE, FLASH, OLD} == set(MODELS)
