"""The fake AceDataCloud is proven with the official `acedatacloud` package, and its multipart edits with `openai`.

Known to be wrong in the package (2026.10.20.0): it repeats paid POSTs unless retries are switched off; its edit call
cannot send a file (JSON links only); it takes every unnamed 403 for a moderation refusal; its default host is the
pay-per-call one. The `openai` package proves the "OpenAI compatible" base, which is where files can be sent.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.contract.sdk.acedata_recorder import SdkWish, acedata_client, call_sdk, sdk_request
from tests.contract.sdk.openai_recorder import openai_client
from tests.fakes.acedata import FakeAceData
from tests.fakes.acedata_rules import DALLE_MODELS, GPT_IMAGE_MODELS, NANO_MODELS, NANO_OFFICIAL
from tests.fakes.faults import ResetBeforeHeaders
from tests.fakes.images import has_alpha, image_format, make_image, mask_png, pixel_size

LINK = "https://example.com/a.png"
DATA_URL = "data:image/png;base64," + base64.b64encode(make_image(640, 400, "ref")).decode()


@pytest.fixture
def client(fake_acedata: FakeAceData) -> Iterator[Any]:
    with acedata_client(fake_acedata.origin, fake_acedata.api_key) as made:
        yield made


def download(url: str) -> bytes:
    with httpx.Client(trust_env=False) as transport:
        return transport.get(url).raise_for_status().content


def generate(client: Any, prompt: str = "kite", **fields: Any) -> Any:
    return call_sdk(client, SdkWish("generations", prompt, {"model": "gpt-image-2:official"} | fields))


def submit(client: Any, prompt: str = "kite", **fields: Any) -> Any:
    return call_sdk(client, SdkWish("generations", prompt, {"model": "gpt-image-2:official", "async": True} | fields))


# ---------------------------------------------------------------------------------------------------- results


@pytest.mark.parametrize("model", [*GPT_IMAGE_MODELS, *DALLE_MODELS, *NANO_MODELS])
def test_every_listed_model_answers(client: Any, model: str) -> None:
    answer = generate(client, model=model, size="1024x1024")

    assert answer["success"] is True
    assert answer["model"] == model
    assert pixel_size(download(answer["data"][0]["url"]))


@pytest.mark.parametrize("size", ["2048x1152", "3840x2160", "2880x2880", "1536x1024"])
def test_the_official_route_keeps_the_size(fake_acedata: FakeAceData, client: Any, size: str) -> None:
    fields: dict[str, Any] = {
        "quality": "high",
        "output_format": "webp",
        "background": "transparent",
        "output_compression": 80,
    }

    answer = generate(client, n=2, size=size, **fields)

    images = [download(item["url"]) for item in answer["data"]]
    assert {"{}x{}".format(*pixel_size(image)) for image in images} == {size}
    assert {(image_format(image), has_alpha(image)) for image in images} == {("webp", True)}
    assert fake_acedata.billed_images == 2


def test_the_reverse_route_may_give_other_pixels(client: Any) -> None:
    answer = generate(client, model="gpt-image-2", size="1024x1024")

    assert pixel_size(download(answer["data"][0]["url"])) == (1254, 1254)


def test_answers_with_the_image_itself(client: Any) -> None:
    (item,) = generate(client, response_format="b64_json")["data"]

    assert pixel_size(base64.b64decode(item["b64_json"], validate=True)) == (1024, 1024)
    assert "url" not in item


def test_only_the_successes_come_back_and_are_charged(fake_acedata: FakeAceData, client: Any) -> None:
    answer = generate(client, "kite [[acedata:partial count=2]]", n=4)

    assert len(answer["data"]) == fake_acedata.billed_images == 2


def test_edits_by_links(client: Any) -> None:
    wish = SdkWish("edits", "snow", {"model": "gpt-image-2:official", "image": [LINK] * 16, "size": "1536x1024"})

    answer = call_sdk(client, wish)

    assert pixel_size(download(answer["data"][0]["url"])) == (1536, 1024)


@pytest.mark.parametrize("count", [1, 3])
def test_edits_by_files_through_the_openai_package(fake_acedata: FakeAceData, count: int) -> None:
    files = [(f"{number}.png", make_image(64, 48, str(number)), "image/png") for number in range(count)]
    with openai_client(fake_acedata.origin + "/openai", fake_acedata.api_key) as client:
        answer = client.images.edit(
            model="gpt-image-2.5-flare:official",
            image=files if count > 1 else files[0],
            mask=("mask.png", mask_png(64, 48), "image/png"),
            prompt="snow",
            n=2,
            size="1024x1536",
        )

    assert answer.data is not None
    assert [pixel_size(download(str(item.url))) for item in answer.data] == [(1024, 1536)] * 2
    names = {part.name for part in fake_acedata.requests[0].parts if part.filename and part.name != "mask"}
    assert names == ({"image"} if count == 1 else {"image[]"})


# ---------------------------------------------------------------------------------------------------- tasks


def test_an_asynchronous_call_gives_an_id_and_finishes_by_polling(fake_acedata: FakeAceData, client: Any) -> None:
    accepted = submit(client, trace_id="mine")
    assert list(accepted) == ["task_id"]
    assert fake_acedata.billed_images == 0

    started, finished = (client.openai.tasks.retrieve(id=accepted["task_id"]) for _ in range(2))

    assert (started["response"], started["finished_at"], bool(started["started_at"])) == (None, None, True)
    assert finished["response"]["success"] is True
    assert (finished["type"], finished["trace_id"]) == ("images_generations", "mine")
    assert finished["request"]["prompt"] == "kite"
    assert pixel_size(download(finished["response"]["data"][0]["url"])) == (1024, 1024)
    assert fake_acedata.billed_images == 1


def test_a_task_is_found_by_the_callers_own_trace_id(fake_acedata: FakeAceData, client: Any) -> None:
    from acedatacloud._runtime import errors

    fake_acedata.script(ResetBeforeHeaders())
    with pytest.raises(errors.TransportError):
        submit(client, trace_id="lost")

    found = client.openai.tasks.retrieve(trace_id="lost")

    assert found["trace_id"] == "lost"
    assert len(fake_acedata.tasks.all) == 1


def test_a_broken_synchronous_call_is_paid_and_gone(fake_acedata: FakeAceData, client: Any) -> None:
    from acedatacloud._runtime import errors

    fake_acedata.script(ResetBeforeHeaders())
    with pytest.raises(errors.TransportError):
        generate(client, trace_id="lost")

    assert client.openai.tasks.retrieve(trace_id="lost") == {}
    assert fake_acedata.billed_images == 1


def test_batches_are_filtered_and_paged(client: Any) -> None:
    ids = [submit(client)["task_id"] for _ in range(3)]
    call_sdk(client, SdkWish("nano_banana", "kite", {"action": "generate"}))

    some = client.openai.tasks.retrieve_batch(ids=ids[:2])
    paged = client.openai.tasks.retrieve_batch(created_at_min=0, limit=1, offset=1)
    kind = client.openai.tasks.retrieve_batch(created_at_min=0, type="images_generations")

    assert ([row["id"] for row in some["items"]], some["count"]) == (ids[:2], 2)
    assert ([row["id"] for row in paged["items"]], paged["count"]) == ([ids[1]], 4)
    assert kind["count"] == 3


def test_unknown_and_forgotten_tasks_are_empty(fake_acedata: FakeAceData, client: Any) -> None:
    task_id = submit(client)["task_id"]
    fake_acedata.tasks.forget(task_id)

    assert client.openai.tasks.retrieve(id=task_id) == {}


def test_a_hiccup_is_not_the_end_of_a_task(client: Any) -> None:
    task_id = submit(client, "kite [[acedata:api_error stage=hiccup]]")["task_id"]

    running, finished = (client.openai.tasks.retrieve(id=task_id) for _ in range(2))

    assert running["response"] == {"success": False, "error": "temporary"}
    assert running["finished_at"] is None
    assert finished["response"]["success"] is True


def test_a_task_can_fail(fake_acedata: FakeAceData, client: Any) -> None:
    task_id = submit(client, "kite [[acedata:forbidden stage=task]]")["task_id"]
    fake_acedata.tasks.finish()

    failed = client.openai.tasks.retrieve(id=task_id)

    assert failed["finished_at"]
    assert failed["response"]["error"]["code"] == "forbidden"
    assert fake_acedata.billed_images == 0


def test_a_timeout_may_leave_a_task_behind(fake_acedata: FakeAceData, client: Any) -> None:
    from acedatacloud._runtime import errors

    with pytest.raises(errors.APIError) as caught:
        submit(client, "kite [[acedata:timeout]]", trace_id="mine")

    assert (caught.value.status_code, caught.value.code) == (504, "timeout")
    assert client.openai.tasks.retrieve(trace_id="mine")["id"]


def test_a_callback_makes_the_call_asynchronous(fake_acedata: FakeAceData, client: Any) -> None:
    accepted = generate(client, callback_url="https://example.com/hook")
    fake_acedata.tasks.finish()

    ((url, posted),) = fake_acedata.callbacks
    assert (url, posted["task_id"], posted["success"]) == ("https://example.com/hook", accepted["task_id"], True)


# ---------------------------------------------------------------------------------------------------- nano-banana


def test_nano_banana_generates(fake_acedata: FakeAceData, client: Any) -> None:
    fields = {"action": "generate", "model": "nano-banana-pro:official", "count": 2}
    handle = call_sdk(client, SdkWish("nano_banana", "kite", fields | {"aspect_ratio": "16:9", "resolution": "2K"}))
    fake_acedata.tasks.finish()

    finished = handle.wait(poll_interval=0)

    items = finished["response"]["data"]
    assert [pixel_size(download(item["image_url"])) for item in items] == [(2752, 1536)] * 2
    assert items[0]["prompt"] == "kite"


def test_nano_banana_edits_inline_images_at_once(client: Any) -> None:
    fields = {"action": "edit", "image_urls": [DATA_URL, LINK], "async": False}

    handle = call_sdk(client, SdkWish("nano_banana", "snow", fields))

    assert handle.done
    assert pixel_size(download(handle.urls()[0])) == (1264, 848)


# ---------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    "wish",
    [
        SdkWish("generations", "kite", {"model": "gpt-image-9"}),
        SdkWish("generations", "kite", {"model": "nano-banana:official"}),
        SdkWish("generations", "kite", {"model": "gpt-image-2", "seed": 7}),
        SdkWish("generations", "kite", {"model": "gpt-image-2", "negative_prompt": "rain"}),
        SdkWish("generations", "kite", {"model": "gpt-image-2", "stream": True}),
        SdkWish("generations", "kite", {"model": "gpt-image-2", "style": "vivid"}),
        SdkWish("generations", "kite", {"model": "gpt-image-2", "size": "2K"}),
        SdkWish("generations", "kite", {"model": "gpt-image-2", "size": "1000x1000"}),
        SdkWish("generations", "kite", {"model": "gpt-image-1", "size": "2048x2048"}),
        SdkWish("generations", "kite", {"model": "gpt-image-2", "n": 11}),
        SdkWish("generations", "kite", {"model": "gpt-image-2", "n": 2, "response_format": "b64_json"}),
        SdkWish("generations", "kite", {"model": "gpt-image-2", "partial_images": 4}),
        SdkWish("generations", "kite", {"model": "gpt-image-2", "background": "transparent", "output_format": "jpeg"}),
        SdkWish("generations", "kite", {"model": "gpt-image-2", "input_fidelity": "high"}),
        SdkWish("generations", "kite", {"model": "gpt-image-2", "async": "yes"}),
        SdkWish("generations", "kite", {"model": "dall-e-3", "n": 2}),
        SdkWish("generations", "kite", {"model": "dall-e-2", "background": "auto"}),
        SdkWish("edits", "snow", {"image": LINK}),
        SdkWish("edits", "snow", {"model": "gpt-image-2", "image": [LINK] * 17}),
        SdkWish("edits", "snow", {"model": "gpt-image-2", "image": DATA_URL}),
        SdkWish("edits", "snow", {"model": "gpt-image-2", "image": LINK, "mask": LINK}),
        SdkWish("nano_banana", "kite", {"action": "edit"}),
        SdkWish("nano_banana", "kite", {"action": "generate", "image_urls": [LINK]}),
        SdkWish("nano_banana", "kite", {"action": "generate", "count": 5}),
        SdkWish("nano_banana", "kite", {"action": "generate", "resolution": "2K"}),
        SdkWish("nano_banana", "kite", {"action": "generate", "aspect_ratio": "21:9"}),
        SdkWish("nano_banana", "kite", {"action": "generate", "model": "nano-banana-2.1:official"}),
        SdkWish("nano_banana", "kite", {"action": "edit", "image_urls": ["data:image/png;base64,!!"]}),
    ],
)
def test_refuses_what_the_endpoint_does_not_take(fake_acedata: FakeAceData, client: Any, wish: SdkWish) -> None:
    from acedatacloud._runtime import errors

    with pytest.raises(errors.ValidationError) as caught:
        call_sdk(client, wish)

    assert (caught.value.status_code, caught.value.code) == (400, "bad_request")
    assert caught.value.trace_id
    assert not fake_acedata.tasks.all
    assert fake_acedata.billed_images == 0


@pytest.mark.parametrize(
    ("name", "exception", "status"),
    [
        ("token_mismatched", "TokenMismatchError", 400),
        ("token_expired", "AuthenticationError", 401),
        ("used_up", "InsufficientBalanceError", 403),
        ("forbidden", "ModerationError", 403),
        ("disabled", "ResourceDisabledError", 400),
        ("too_many_requests", "RateLimitError", 429),
        ("payment_required", "APIError", 402),
        ("api_error", "APIError", 500),
    ],
)
@pytest.mark.parametrize("by_marker", [True, False])
def test_documented_errors(
    fake_acedata: FakeAceData, client: Any, *, name: str, exception: str, status: int, by_marker: bool
) -> None:
    from acedatacloud._runtime import errors

    if not by_marker:
        fake_acedata.fail_next(name)
    with pytest.raises(getattr(errors, exception)) as caught:
        generate(client, f"kite [[acedata:{name}]]" if by_marker else "kite")

    assert caught.value.status_code == status


@pytest.mark.parametrize("shape", ["string", "detail", "null"])
def test_errors_come_in_odd_forms(client: Any, shape: str) -> None:
    from acedatacloud._runtime import errors

    with pytest.raises(errors.ModerationError) as caught:
        generate(client, f"kite [[acedata:forbidden shape={shape}]]")

    assert "success" not in caught.value.body


@pytest.mark.parametrize(("key", "code"), [("wrong", "invalid_token")])
def test_a_wrong_token_is_refused(fake_acedata: FakeAceData, key: str, code: str) -> None:
    from acedatacloud._runtime import errors

    with acedata_client(fake_acedata.origin, key) as client, pytest.raises(errors.AuthenticationError) as caught:
        generate(client)

    assert (caught.value.status_code, caught.value.code) == (401, code)


# ---------------------------------------------------------------------------------------------------- the recorder


def test_the_recorder_gives_the_packages_own_bodies() -> None:
    wish = SdkWish("generations", "kite", {"model": "gpt-image-2", "n": 2, "async": True, "trace_id": "mine"})

    assert sdk_request(wish).json == {"prompt": "kite", **wish.fields}


def test_the_package_lists_the_same_models() -> None:
    import typing

    from acedatacloud.resources.openai_compat import OpenAIImageModel
    from acedatacloud.resources.providers.nano_banana import NanoBananaModel

    assert set(typing.get_args(OpenAIImageModel)) == {*GPT_IMAGE_MODELS, *DALLE_MODELS, *NANO_MODELS}
    assert set(typing.get_args(NanoBananaModel)) == {*NANO_MODELS, *NANO_OFFICIAL}
