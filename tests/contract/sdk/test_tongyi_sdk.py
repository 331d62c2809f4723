"""The fake Tongyi is proven with the official package `dashscope` as its client.

Known to be wrong in dashscope 2.0.2: its new `client.images` routes by two name prefixes and sends qwen-image 2.0 and
later, wan2.7 and z-image to the old text2image path; its task list reads a key that the service does not send; its
asynchronous messages call adds `parameters.is_async`; it repeats paid POSTs unless retries are switched off.
"""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.contract.sdk.tongyi_recorder import SdkWish, call_sdk, sdk_request
from tests.fakes.images import make_image, pixel_size
from tests.fakes.tongyi import FakeTongyi
from tests.fakes.tongyi_models import MODELS

if TYPE_CHECKING:
    from dashscope import Client


def data_uri(width: int = 640, height: int = 480, **details: Any) -> str:
    return "data:image/png;base64," + base64.b64encode(make_image(width, height, "ref", **details)).decode()


def download(url: str) -> bytes:
    with httpx.Client(trust_env=False) as client:
        answer = client.get(url)
    assert answer.status_code == 200
    return answer.content


def links_of(output: Any) -> list[str]:
    if output.get("results"):
        return [result["url"] for result in output["results"] if "url" in result]
    return [part["image"] for choice in output["choices"] for part in choice["message"]["content"] if "image" in part]


@pytest.fixture
def client(fake_tongyi: FakeTongyi) -> Iterator[Client]:
    import dashscope

    made = dashscope.Client(api_key=fake_tongyi.api_key, base_url=fake_tongyi.base_url, max_retries=0)
    yield made
    made.close()


def call(server: FakeTongyi, wish: SdkWish) -> Any:
    return call_sdk(wish, server.api_key, server.base_url)


# ---------------------------------------------------------------------------------------------------- results

SYNC_WISHES = [
    SdkWish("sync", "qwen-image-3.0-pro", "kite", {"n": 2, "size": "1024*1536", "seed": 7, "negative_prompt": "rain"}),
    SdkWish("sync", "qwen-image-2.0", "kite", {"n": 1, "size": "2688*1536", "watermark": False}),
    SdkWish("sync", "qwen-image-2.0-pro-2026-06-22", "kite", {"n": 1, "size": "512*512"}, references=(data_uri(),)),
    SdkWish("sync", "qwen-image-max", "kite", {"n": 1, "size": "1664*928"}),
    SdkWish("sync", "qwen-image-edit-plus", "snow", {"n": 2, "size": "1030*768"}, references=(data_uri(),) * 3),
    SdkWish("sync", "qwen-image-edit", "snow", {"n": 1}, references=(data_uri(),)),
    SdkWish("sync", "z-image-turbo", "kite", {"n": 1, "size": "1024*1536", "prompt_extend": True}),
    SdkWish("sync", "wan2.7-image-pro", "kite", {"n": 1, "size": "4K", "thinking_mode": True}),
    SdkWish("sync", "wan2.7-image", "snow", {"n": 1, "size": "1K"}, references=("https://example.com/a.png",) * 9),
    SdkWish("sync", "wan2.6-t2i", "kite", {"n": 3, "size": "1696*960", "negative_prompt": "rain"}),
    SdkWish("sync", "wan2.6-image", "snow", {"n": 1, "size": "1280*720"}, references=(data_uri(),)),
]


@pytest.mark.parametrize("wish", SYNC_WISHES, ids=lambda wish: wish.model)
def test_sync_models_answer_at_once(fake_tongyi: FakeTongyi, wish: SdkWish) -> None:
    answer = call(fake_tongyi, wish)

    assert answer.status_code == 200, answer.message
    images = [download(url) for url in links_of(answer.output)]
    assert len(images) == len(set(images)) == wish.parameters["n"] == fake_tongyi.billed_images
    size = wish.parameters.get("size", "640*480").replace("1030", "1024")
    expected = {"4K": (4096, 4096), "1K": (1024, 1024)}.get(size) or tuple(int(edge) for edge in size.split("*"))
    assert {pixel_size(image) for image in images} == {expected}


TASK_WISHES = [
    SdkWish("messages_async", "qwen-image-3.0", "kite", {"n": 1, "size": "1024*1024", "prompt_extend_mode": "agent"}),
    SdkWish("messages_async", "wan2.7-image", "kite", {"n": 2, "size": "1024*1024"}),
    SdkWish("messages_async", "wan2.6-t2i", "kite", {"n": 1, "size": "1280*1280"}),
    SdkWish("messages_async", "wan2.6-image", "snow", {"n": 1, "size": "2K"}, references=(data_uri(),)),
    SdkWish("prompt_async", "wan2.5-t2i-preview", "kite", {"n": 1, "size": "1280*1280"}, {"negative_prompt": "rain"}),
    SdkWish("prompt_async", "wan2.2-t2i-flash", "kite", {"n": 2, "size": "1280*720", "prompt_extend": True}),
    SdkWish("prompt_async", "wanx2.1-t2i-plus", "kite", {"n": 1, "size": "1024*1024"}),
    SdkWish("prompt_async", "wanx-v1", "kite", {"n": 1, "size": "1024*1024", "style": "<anime>"}),
    SdkWish("prompt_async", "qwen-image-plus", "kite", {"n": 1, "size": "1328*1328"}, {"negative_prompt": "rain"}),
    SdkWish("prompt_async", "wan2.5-i2i-preview", "snow", {"n": 1, "size": "1280*720"}, {"images": [data_uri()]}),
    SdkWish(
        "prompt_async",
        "wanx2.1-imageedit",
        "snow",
        {"n": 1, "strength": 0.4},
        {"function": "description_edit", "base_image_url": data_uri(640, 640)},
    ),
]


@pytest.mark.parametrize("wish", TASK_WISHES, ids=lambda wish: wish.model)
def test_tasks_are_pending_then_running_then_done(fake_tongyi: FakeTongyi, client: Client, wish: SdkWish) -> None:
    submitted = call(fake_tongyi, wish)
    assert submitted.status_code == 200, submitted.message
    assert submitted.output.task_status == "PENDING"
    assert fake_tongyi.billed_images == 0

    polls = [client.images.jobs.fetch(submitted.output.task_id) for _ in range(3)]

    assert [job.status for job in polls] == ["RUNNING", "SUCCEEDED", "SUCCEEDED"]
    assert polls[1].image_urls == polls[2].image_urls
    assert len(polls[1].image_urls) == wish.parameters["n"] == fake_tongyi.billed_images
    assert pixel_size(download(polls[1].image_urls[0]))
    assert polls[1].finished_at


def test_style_repaint_has_a_body_of_its_own(fake_tongyi: FakeTongyi, client: Client) -> None:
    """The package has no method for it: the body is the documented one, sent by hand."""
    body = {"model": "wanx-style-repaint-v1", "input": {"image_url": data_uri(640, 400), "style_index": 3}}
    headers = {"Authorization": f"Bearer {fake_tongyi.api_key}", "X-DashScope-Async": "enable"}
    with httpx.Client(trust_env=False, base_url=fake_tongyi.base_url, headers=headers) as transport:
        path = "/services/aigc/image-generation/generation"
        accepted = transport.post(path, json=body).json()
        refused = transport.post(path, json=body | {"parameters": {"n": 1}})
    fake_tongyi.tasks.finish()

    job = client.images.jobs.fetch(accepted["output"]["task_id"])

    assert pixel_size(download(job.image_urls[0])) == (2458, 1536)
    assert refused.json()["code"] == "InvalidParameter"


def test_the_rewritten_prompt_comes_with_the_result(fake_tongyi: FakeTongyi, client: Client) -> None:
    job = client.images.generate(
        model="wan2.2-t2i-flash", prompt="kite", n=1, size="1024x1024", poll_interval=0, max_interval=0
    )

    assert job.output is not None
    assert job.output["results"][0]["actual_prompt"] == fake_tongyi.rewritten("kite")
    assert job.output["task_metrics"] == {"TOTAL": 1, "SUCCEEDED": 1, "FAILED": 0}


def test_an_omitted_n_is_billed_as_four_images_by_wan_models(fake_tongyi: FakeTongyi, client: Client) -> None:
    client.images.generate(model="wan2.6-t2i", prompt="kite", size="1280*1280")

    assert fake_tongyi.billed_images == 4


def test_a_size_tier_follows_the_last_reference(fake_tongyi: FakeTongyi) -> None:
    wish = SdkWish("sync", "wan2.7-image", "snow", {"n": 1, "size": "2K"}, references=(data_uri(800, 400),))

    (link,) = links_of(call(fake_tongyi, wish).output)

    assert pixel_size(download(link)) == (2896, 1456)


def test_result_links_expire(fake_tongyi: FakeTongyi) -> None:
    (link,) = links_of(call(fake_tongyi, SYNC_WISHES[1]).output)
    fake_tongyi.files.expire_all()

    with httpx.Client(trust_env=False) as transport:
        assert transport.get(link).status_code == 403


def test_interleaved_text_and_images_stream(fake_tongyi: FakeTongyi) -> None:
    from dashscope.aigc.image_generation import ImageGeneration

    messages: list[Any] = [{"role": "user", "content": [{"text": "a recipe in pictures"}]}]
    frames = ImageGeneration.call(
        model="wan2.6-image",
        messages=messages,
        enable_interleave=True,
        max_images=2,
        n=1,
        size="1280*720",
        stream=True,
        api_key=fake_tongyi.api_key,
        base_address=fake_tongyi.base_url,
    )
    parts = [part for frame in frames for part in frame.output["choices"][0]["message"]["content"]]

    assert [part["type"] for part in parts] == ["text", "image", "text", "image"]
    assert fake_tongyi.billed_images == 2


# ---------------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (SdkWish("sync", "qwen-image-2.0", "kite", {"size": "1024x1024"}), "InvalidParameter"),
        (SdkWish("sync", "qwen-image-2.0", "kite", {"size": "4096*4096"}), "InvalidParameter"),
        (SdkWish("sync", "qwen-image-2.0", "kite", {"n": 7}), "InvalidParameter"),
        (SdkWish("sync", "qwen-image-2.0", "kite", {"seed": -1}), "InvalidParameter"),
        (SdkWish("sync", "qwen-image-2.0", "kite", {"style": "<anime>"}), "InvalidParameter"),
        (SdkWish("sync", "qwen-image-3.0", "kite", {"size": "2K"}), "InvalidParameter"),
        (SdkWish("sync", "qwen-image-max", "kite", {"n": 2}), "InvalidParameter"),
        (SdkWish("sync", "qwen-image-max", "kite", {"size": "1024*1024"}), "InvalidParameter"),
        (SdkWish("sync", "qwen-image-max", "kite", references=(data_uri(),)), "InvalidParameter"),
        (SdkWish("sync", "qwen-image-edit-plus", "snow"), "InvalidParameter"),
        (SdkWish("sync", "z-image-turbo", "kite", {"negative_prompt": "rain"}), "InvalidParameter"),
        (SdkWish("sync", "wan2.7-image", "kite", {"negative_prompt": "rain"}), "InvalidParameter"),
        (SdkWish("sync", "wan2.7-image", "kite", {"prompt_extend": True}), "InvalidParameter"),
        (SdkWish("sync", "wan2.7-image", "kite", references=(data_uri(alpha=True),)), "InvalidImageFormat"),
        (SdkWish("sync", "wan2.7-image", "kite", references=(data_uri(100, 100),)), "InvalidImageResolution"),
        (SdkWish("sync", "wan2.7-image", "kite", references=("data:image/png;base64,!!",)), "InvalidImageFormat"),
        (SdkWish("sync", "wan2.7-image", "kite", references=("https://example.com/ä.png",)), "InvalidURL"),
        (SdkWish("sync", "wan2.7-image-pro", "kite", {"size": "4K"}, references=(data_uri(),)), "InvalidParameter"),
        (SdkWish("sync", "wan2.6-t2i", "kite", {"size": "1024*1024"}), "InvalidParameter"),
        (SdkWish("sync", "wan2.6-t2i", "kite", references=(data_uri(),)), "InvalidParameter"),
        (SdkWish("sync", "wan2.2-t2i-flash", "kite"), "InvalidParameter"),  # the wrong path
        (SdkWish("sync", "wan2.9-t2i", "kite"), "InvalidParameter"),
        (SdkWish("sync", "wan2.1-t2i-plus", "kite"), "ModelNotFound"),  # Singapore's name in Beijing
        (SdkWish("messages_async", "qwen-image-2.0", "kite"), "InvalidParameter"),
        (SdkWish("prompt_async", "wan2.2-t2i-flash", "kite", {"enable_sequential": True}), "InvalidParameter"),
        (SdkWish("prompt_async", "wan2.2-t2i-flash", "kite", {"size": "2048*2048"}), "InvalidParameter"),
    ],
)
def test_refuses_what_the_model_does_not_take(fake_tongyi: FakeTongyi, wish: SdkWish, code: str) -> None:
    answer = call(fake_tongyi, wish)

    assert (answer.code, answer.status_code) == (code, 404 if code == "ModelNotFound" else 400)
    assert answer.message
    assert fake_tongyi.billed_images == 0
    assert not fake_tongyi.tasks.all


def test_bad_values_may_be_found_only_after_queuing(fake_tongyi: FakeTongyi, client: Client) -> None:
    import dashscope.v2.errors

    fake_tongyi.late_validation = True
    submitted = call(fake_tongyi, SdkWish("prompt_async", "wan2.2-t2i-flash", "kite", {"size": "9*9"}))
    assert client.images.jobs.fetch(submitted.output.task_id).status == "RUNNING"
    with pytest.raises(dashscope.v2.errors.BadRequestError) as caught:
        client.images.jobs.fetch(submitted.output.task_id)

    assert (caught.value.status_code, caught.value.code) == (200, "InvalidParameter")


@pytest.mark.parametrize("header", [{}, {"X-DashScope-Async": "enable"}])
def test_sync_and_async_paths_do_not_mix(fake_tongyi: FakeTongyi, header: dict[str, str]) -> None:
    path = "text2image/image-synthesis" if not header else "multimodal-generation/generation"
    prompt = {"prompt": "k"} if not header else {"messages": [{"role": "user", "content": [{"text": "k"}]}]}
    body = {"model": "qwen-image-plus", "input": prompt, "parameters": {}}

    with httpx.Client(trust_env=False) as transport:
        answer = transport.post(
            f"{fake_tongyi.base_url}/services/aigc/{path}",
            json=body,
            headers={"Authorization": f"Bearer {fake_tongyi.api_key}"} | header,
        )

    assert (answer.status_code, answer.json()["code"]) == (403, "AccessDenied")


def test_the_key_of_another_region_is_refused(fake_tongyi: FakeTongyi) -> None:
    answer = call_sdk(SYNC_WISHES[0], "sk-singapore", fake_tongyi.base_url)

    assert (answer.status_code, answer.code) == (401, "InvalidApiKey")


@pytest.mark.parametrize("name", ["DataInspectionFailed", "Arrearage", "Throttling.RateQuota", "InternalError.Algo"])
@pytest.mark.parametrize("by_marker", [True, False])
def test_documented_errors(fake_tongyi: FakeTongyi, name: str, by_marker: bool) -> None:
    if not by_marker:
        fake_tongyi.fail_next(name)
    prompt = f"kite [[tongyi:{name}]]" if by_marker else "kite"

    answer = call(fake_tongyi, SdkWish("sync", "qwen-image-2.0", prompt, {"n": 1}))

    assert (answer.code, answer.status_code) == (name, fake_tongyi.errors[name].status)


# ---------------------------------------------------------------------------------------------------- tasks


def submit(server: FakeTongyi, prompt: str = "kite", count: int = 1) -> str:
    parameters = {"n": count, "size": "1024*1024"}
    answer = call(server, SdkWish("prompt_async", "wan2.2-t2i-flash", prompt, parameters))
    return str(answer.output.task_id)


def test_a_task_can_fail_late(fake_tongyi: FakeTongyi, client: Client) -> None:
    import dashscope.v2.errors

    task_id = submit(fake_tongyi, "kite [[tongyi:DataInspectionFailed stage=task]]")
    fake_tongyi.tasks.finish()
    with pytest.raises(dashscope.v2.errors.ContentFilterError) as caught:
        client.images.jobs.fetch(task_id)

    assert caught.value.code == "DataInspectionFailed"
    assert fake_tongyi.billed_images == 0


def test_one_image_of_a_task_can_fail(fake_tongyi: FakeTongyi, client: Client) -> None:
    task_id = submit(fake_tongyi, "kite [[tongyi:DataInspectionFailed stage=image]]", 3)
    fake_tongyi.tasks.finish()

    job = client.images.jobs.fetch(task_id)

    assert (job.status, len(job.image_urls), fake_tongyi.billed_images) == ("SUCCEEDED", 2, 2)
    assert job.output is not None
    assert job.output["results"][-1]["code"] == "DataInspectionFailed"


def test_a_forgotten_task_is_unknown_which_is_final(fake_tongyi: FakeTongyi, client: Client) -> None:
    task_id = submit(fake_tongyi)
    fake_tongyi.tasks.forget(task_id)

    job = client.images.jobs.fetch(task_id)

    assert job.status == "UNKNOWN"
    assert job.finished


def test_only_pending_tasks_can_be_cancelled(fake_tongyi: FakeTongyi, client: Client) -> None:
    import dashscope.v2.errors

    first, second = submit(fake_tongyi), submit(fake_tongyi)
    client.images.jobs.cancel(first)
    client.images.jobs.fetch(second)
    with pytest.raises(dashscope.v2.errors.BadRequestError) as caught:
        client.images.jobs.cancel(second)

    assert client.images.jobs.fetch(first).status == "CANCELED"
    assert "UnsupportedOperation" in str(caught.value.code)


def test_frozen_tasks_wait_for_the_test(fake_tongyi: FakeTongyi, client: Client) -> None:
    fake_tongyi.tasks.freeze()
    task_id = submit(fake_tongyi)
    assert {client.images.jobs.fetch(task_id).status for _ in range(5)} == {"PENDING"}
    fake_tongyi.tasks.thaw()

    assert client.images.jobs.fetch(task_id).status == "RUNNING"


def test_a_lost_task_is_found_in_the_list(fake_tongyi: FakeTongyi, client: Client) -> None:
    from dashscope.aigc.image_synthesis import ImageSynthesis

    task_id = submit(fake_tongyi)
    now = datetime.now(UTC).astimezone(timezone(timedelta(hours=8)))
    window: dict[str, Any] = {
        "start_time": f"{now - timedelta(minutes=5):%Y%m%d%H%M%S}",
        "end_time": f"{now + timedelta(minutes=5):%Y%m%d%H%M%S}",
        "model_name": "wan2.2-t2i-flash",
    }

    listed = ImageSynthesis.list(**window, api_key=fake_tongyi.api_key, base_address=fake_tongyi.base_url)

    assert [row["task_id"] for row in listed.output["data"]] == [task_id]
    # The new client looks for `tasks` where the service says `data`.
    newer = client.images.jobs.list(**window)
    assert (newer.total, newer.tasks) == (1, [])


def test_a_list_window_has_at_most_a_day(fake_tongyi: FakeTongyi, client: Client) -> None:
    import dashscope.v2.errors

    with pytest.raises(dashscope.v2.errors.BadRequestError):
        client.images.jobs.list(start_time="20261118000000", end_time="20261120000000")


def test_local_files_go_through_the_temporary_upload(fake_tongyi: FakeTongyi, client: Client, tmp_path: Path) -> None:
    photo = tmp_path / "photo.png"
    photo.write_bytes(make_image(640, 480, "ref"))

    job = client.images.generate(model="wan2.6-image", prompt="snow", n=1, size="1K", image_urls=[photo.as_uri()])

    assert len(job.image_urls) == 1
    submitted = fake_tongyi.requests_to("multimodal-generation/generation")[0]
    assert submitted.header("x-dashscope-ossresourceresolve") == "enable"
    assert submitted.json["input"]["messages"][0]["content"][1]["image"].startswith("oss://")


# ---------------------------------------------------------------------------------------------------- the recorder


def test_the_recorder_gives_the_packages_own_bodies() -> None:
    wish = SdkWish("sync", "wan2.6-t2i", "kite", {"n": 1, "negative_prompt": "rain"})
    sync, task = sdk_request(wish), sdk_request(replace(wish, form="messages_async"))

    assert sync.json == {
        "model": "wan2.6-t2i",
        "input": {"messages": [{"role": "user", "content": [{"text": "kite"}]}]},
        "parameters": {"n": 1, "negative_prompt": "rain"},
    }
    assert task.json["parameters"] == {"n": 1, "negative_prompt": "rain", "is_async": True}
    assert task.header("x-dashscope-async") == "enable"


def test_every_model_is_exercised_or_shares_its_row() -> None:
    covered = [MODELS[wish.model] for wish in (*SYNC_WISHES, *TASK_WISHES)]
    untested = {name for name, rules in MODELS.items() if rules not in covered}

    assert untested == {"wan2.1-t2i-plus", "wan2.1-t2i-turbo", "wanx-style-repaint-v1"}  # two of Singapore
