"""The fake Volcengine is proven with the official `volcenginesdkarkruntime` as its client.

Known to be wrong in the package (5.0.54): it names the time `created_at` where the wire says `created`; its types ask
for `url`, `b64_json` and `error` although the wire leaves them out; one failed image of a streamed set raises and
ends its stream; it repeats paid POSTs unless retries are switched off; it has no `background`.
"""

from __future__ import annotations

import base64
from typing import Any

import httpx
import pytest

from tests.contract.sdk.volcengine_recorder import SdkWish, call_sdk, sdk_request
from tests.fakes.faults import ResetBeforeHeaders, gateway_page
from tests.fakes.images import has_alpha, image_format, make_image, pixel_size
from tests.fakes.messages import EventStreamStyle
from tests.fakes.volcengine import FakeVolcengine
from tests.fakes.volcengine_rules import ARK_MODELS

PRO, FLASH = "doubao-seedream-5-0-pro-260628", "doubao-seedream-5-0-flash-260915"
LITE, V45, V40 = "doubao-seedream-5-0-260128", "doubao-seedream-4-5-251128", "doubao-seedream-4-0-250828"
V30, EDIT = "doubao-seedream-3-0-t2i-250415", "doubao-seededit-3-0-i2i-250628"


def data_uri(width: int = 640, height: int = 480, **details: Any) -> str:
    return "data:image/png;base64," + base64.b64encode(make_image(width, height, "ref", **details)).decode()


def download(url: str) -> bytes:
    with httpx.Client(trust_env=False) as client:
        return client.get(url).raise_for_status().content


def call(server: FakeVolcengine, model: str, prompt: str = "kite", **fields: Any) -> Any:
    return call_sdk(SdkWish(model, prompt, fields), server.api_key, server.base_url)


def auto_set(most: int) -> dict[str, Any]:
    return {
        "sequential_image_generation": "auto",
        "sequential_image_generation_options": {"max_images": most},
    }


@pytest.mark.parametrize(
    ("model", "fields", "size", "form"),
    [
        (PRO, {"size": "2816x1584", "output_format": "png"}, (2816, 1584), "png"),
        (FLASH, {"size": "1.5K"}, (1536, 1536), "jpeg"),
        (LITE, {"size": "3K", "tools": [{"type": "web_search"}]}, (3072, 3072), "jpeg"),
        (V45, {"size": "2848x1600", "optimize_prompt_options": {"mode": "standard"}}, (2848, 1600), "jpeg"),
        (V40, {"size": "1280x720", "optimize_prompt_options": {"mode": "fast"}}, (1280, 720), "jpeg"),
        (V40, {"size": "2K", "image": [data_uri(800, 400), "https://example.com/b.png"]}, (2896, 1456), "jpeg"),
        (V30, {"size": "512x2048", "seed": 7, "guidance_scale": 2.5}, (512, 2048), "jpeg"),
        (EDIT, {"size": "adaptive", "image": data_uri(), "seed": -1}, (640, 480), "jpeg"),
        (V45, {}, (2048, 2048), "jpeg"),
    ],
)
def test_generates_by_the_models_row(
    fake_volcengine: FakeVolcengine, model: str, fields: dict[str, Any], size: tuple[int, int], form: str
) -> None:
    answer = call(fake_volcengine, model, watermark=False, response_format="url", **fields)

    (item,) = answer.data
    image = download(item.url)
    assert (pixel_size(image), image_format(image)) == (size, form)
    assert item.size == f"{size[0]}x{size[1]}"
    assert answer.usage.generated_images == fake_volcengine.billed_images == 1
    assert answer.usage.output_tokens == size[0] * size[1] // 256
    assert answer.created


def test_answers_with_the_image_itself(fake_volcengine: FakeVolcengine) -> None:
    answer = call(fake_volcengine, PRO, size="1K", response_format="b64_json", output_format="png")

    assert pixel_size(base64.b64decode(answer.data[0].b64_json, validate=True)) == (1024, 1024)
    assert answer.data[0].url is None


def test_layers_are_a_base_and_transparent_parts(fake_volcengine: FakeVolcengine) -> None:
    answer = call(fake_volcengine, PRO, "", layer_decomposition=True, image=data_uri(), size="auto")

    assert [item.z_index for item in answer.data] == [0, 1, 2]
    assert [has_alpha(download(item.url)) for item in answer.data] == [False, True, True]
    assert answer.data[1].bounding_box.normalized == [0, 0, 1000, 1000]


def test_a_transparent_edit_keeps_its_alpha(fake_volcengine: FakeVolcengine) -> None:
    answer = call(
        fake_volcengine, PRO, image=data_uri(alpha=True), background="transparent", output_format="png", size="1K"
    )

    assert has_alpha(download(answer.data[0].url))


# ---------------------------------------------------------------------------------------------------- sets, streams


@pytest.mark.parametrize(
    "style",
    [EventStreamStyle(done=True), EventStreamStyle(), EventStreamStyle(multi_line=True, comments=True, done=True)],
)
def test_a_set_streams_each_finished_image(fake_volcengine: FakeVolcengine, style: EventStreamStyle) -> None:
    fake_volcengine.stream_style = style

    *images, completed = call(fake_volcengine, LITE, size="2K", stream=True, **auto_set(3))

    assert [event.image_index for event in images] == [0, 1, 2]
    assert {event.type for event in images} == {"image_generation.partial_succeeded"}
    assert len({download(event.url) for event in images}) == 3
    assert completed.type == "image_generation.completed"
    assert completed.usage["generated_images"] == fake_volcengine.billed_images == 3


def test_references_and_results_of_a_set_are_fifteen_at_most(fake_volcengine: FakeVolcengine) -> None:
    answer = call(fake_volcengine, V45, size="2K", image=["https://example.com/a.png"] * 13, **auto_set(15))

    assert len(answer.data) == 2


def test_one_refused_image_leaves_the_others(fake_volcengine: FakeVolcengine) -> None:
    answer = call(
        fake_volcengine,
        V45,
        "kite [[volcengine:OutputImageSensitiveContentDetected image=1]]",
        size="2K",
        **auto_set(3),
    )

    assert [item.url is not None for item in answer.data] == [True, False, True]
    assert answer.data[1].error["code"] == "OutputImageSensitiveContentDetected"
    assert answer.usage.generated_images == 2


def test_an_internal_error_ends_the_set(fake_volcengine: FakeVolcengine) -> None:
    answer = call(fake_volcengine, V45, "kite [[volcengine:InternalServiceError image=1]]", size="2K", **auto_set(4))

    assert [item.url is not None for item in answer.data] == [True, False]
    assert fake_volcengine.billed_images == 1


def test_a_set_without_any_image_is_an_error(fake_volcengine: FakeVolcengine) -> None:
    import volcenginesdkarkruntime._exceptions as errors

    with pytest.raises(errors.ArkBadRequestError) as caught:
        call(fake_volcengine, V45, "kite [[volcengine:OutputImageSensitiveContentDetected image=0]]", size="2K")

    assert caught.value.code == "OutputImageSensitiveContentDetected"
    assert fake_volcengine.billed_images == 0


def test_the_package_gives_up_a_stream_at_its_first_failed_image(fake_volcengine: FakeVolcengine) -> None:
    import volcenginesdkarkruntime._exceptions as errors

    marker = "[[volcengine:OutputImageSensitiveContentDetected image=0]]"
    with pytest.raises(errors.ArkAPIError):
        call(fake_volcengine, V45, f"kite {marker}", size="2K", stream=True, **auto_set(3))

    # The wire went on: two images were made and billed, which our adapter has to show.
    assert fake_volcengine.billed_images == 2


# ---------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("model", "fields", "param"),
    [
        (PRO, {"stream": False}, "stream"),
        (PRO, {"sequential_image_generation": "disabled"}, "sequential_image_generation"),
        (PRO, {"seed": 7}, "seed"),
        (PRO, {"negative_prompt": "rain"}, "negative_prompt"),
        (PRO, {"image": [data_uri(64, 64)] * 11}, "image"),
        (PRO, {"size": "3K"}, "size"),
        (PRO, {"size": "4096x4096"}, "size"),
        (PRO, {"background": "transparent", "output_format": "jpeg", "image": data_uri(alpha=True)}, "output_format"),
        (PRO, {"background": "transparent", "output_format": "png", "image": data_uri()}, "image"),
        (PRO, {"layer_decomposition": True, "image": data_uri(100, 100)}, "image"),
        (FLASH, {"optimize_prompt_options": {"mode": "fast"}}, "mode"),
        (LITE, {"size": "1024x1024"}, "size"),
        (LITE, {"size": "1K"}, "size"),
        (LITE, {"size": "2048*2048"}, "size"),
        (LITE, {"image": [data_uri(64, 64)] * 15}, "image"),
        (LITE, {"image": data_uri(1700, 100)}, "image"),
        (LITE, auto_set(16), "sequential_image_generation_options.max_images"),
        (V45, {"output_format": "png"}, "output_format"),
        (V45, {"tools": [{"type": "web_search"}]}, "tools"),
        (V45, {"size": "3K"}, "size"),
        (V45, {"guidance_scale": 3}, "guidance_scale"),
        (V30, {"image": data_uri()}, "image"),
        (V30, {"size": "2K"}, "size"),
        (V30, {"seed": -2}, "seed"),
        (EDIT, {"size": "1024x1024", "image": data_uri()}, "size"),
        (EDIT, {}, "image"),
        (V40, {"response_format": "b64"}, "response_format"),
    ],
)
def test_refuses_what_the_model_does_not_take(
    fake_volcengine: FakeVolcengine, model: str, fields: dict[str, Any], param: str
) -> None:
    import volcenginesdkarkruntime._exceptions as errors

    with pytest.raises(errors.ArkBadRequestError) as caught:
        call(fake_volcengine, model, **fields)

    assert isinstance(caught.value.body, dict)
    assert (caught.value.code, caught.value.body["param"]) == ("InvalidParameter", param)
    assert caught.value.response.headers["x-request-id"]
    assert fake_volcengine.billed_images == 0


def test_undocumented_fields_can_be_let_through(fake_volcengine: FakeVolcengine) -> None:
    fake_volcengine.undocumented_fields = True

    assert call(fake_volcengine, FLASH, size="1K", seed=7, negative_prompt="rain").data


def test_an_impossible_size_checks_key_and_model_for_free(fake_volcengine: FakeVolcengine) -> None:
    import volcenginesdkarkruntime._exceptions as errors

    with pytest.raises(errors.ArkBadRequestError):
        call(fake_volcengine, PRO, size="1x1")
    with pytest.raises(errors.ArkNotFoundError):
        call(fake_volcengine, "doubao-seedream-9-0", size="1x1")


def test_a_wrong_key_is_refused(fake_volcengine: FakeVolcengine) -> None:
    import volcenginesdkarkruntime._exceptions as errors

    with pytest.raises(errors.ArkAuthenticationError) as caught:
        call_sdk(SdkWish(PRO, "kite"), "wrong", fake_volcengine.base_url)

    assert caught.value.code == "AuthenticationError"


@pytest.mark.parametrize(
    ("name", "exception"),
    [
        ("InputTextSensitiveContentDetected.PolicyViolation", "ArkBadRequestError"),
        ("AccountOverdueError", "ArkPermissionDeniedError"),
        ("ModelNotOpen", "ArkNotFoundError"),
        ("ModelAccountIpmRateLimitExceeded", "ArkRateLimitError"),
        ("SetLimitExceeded", "ArkRateLimitError"),
        ("InternalServiceError", "ArkInternalServerError"),
    ],
)
@pytest.mark.parametrize("by_marker", [True, False])
def test_documented_errors(fake_volcengine: FakeVolcengine, name: str, exception: str, by_marker: bool) -> None:
    import volcenginesdkarkruntime._exceptions as errors

    if not by_marker:
        fake_volcengine.fail_next(name)
    with pytest.raises(getattr(errors, exception)) as caught:
        call(fake_volcengine, V45, f"kite [[volcengine:{name}]]" if by_marker else "kite", stream=True)

    assert caught.value.code == name
    assert fake_volcengine.billed_images == 0


@pytest.mark.parametrize("fault", [ResetBeforeHeaders(), gateway_page(504)])
def test_a_lost_answer_is_a_paid_image(fake_volcengine: FakeVolcengine, fault: Any) -> None:
    import volcenginesdkarkruntime._exceptions as errors

    fake_volcengine.script(fault)
    with pytest.raises(errors.ArkAPIError):
        call(fake_volcengine, V45)

    assert fake_volcengine.billed_images == 1


# ---------------------------------------------------------------------------------------------------- sites


def test_byteplus_has_its_own_ids_and_a_model_list() -> None:
    with FakeVolcengine(site="byteplus") as server:
        assert call(server, "dola-seedream-5-0-pro-260628", size="1K").data
        with httpx.Client(trust_env=False, headers={"Authorization": f"Bearer {server.api_key}"}) as client:
            ids = [row["id"] for row in client.get(server.base_url + "/models").json()["data"]]

    assert "seedream-4-5-251128" in ids


def test_the_plan_has_two_models_and_no_list() -> None:
    with FakeVolcengine(site="plan") as server:
        assert call(server, "doubao-seedream-5.0-lite", size="2K").data
        with httpx.Client(trust_env=False, headers={"Authorization": f"Bearer {server.api_key}"}) as client:
            assert client.get(server.base_url + "/models").status_code == 404


# ---------------------------------------------------------------------------------------------------- the recorder


def test_the_recorder_gives_the_packages_own_bodies() -> None:
    request = sdk_request(SdkWish(V45, "kite", {"size": "2K", "watermark": False, **auto_set(3)}))

    assert {name: value for name, value in request.json.items() if value is not None} == {
        "model": V45,
        "prompt": "kite",
        "size": "2K",
        "watermark": False,
        **auto_set(3),
    }


def test_every_model_is_exercised() -> None:
    assert {ARK_MODELS[model] for model in (PRO, FLASH, LITE, V45, V40, V30, EDIT)} == set(ARK_MODELS.values())
