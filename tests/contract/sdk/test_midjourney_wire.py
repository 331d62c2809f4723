"""The two Midjourney fakes against the recorded shapes of their wire formats.

There is no official client, so plain HTTP calls written from the documentation prove them.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.fakes.images import make_image, pixel_size
from tests.fakes.midjourney import FakeMidjourney
from tests.fakes.midjourney_acedata import FakeMidjourneyAceData
from tests.fakes.midjourney_prompt import InvalidPromptError, read_prompt

DATA_URL = "data:image/png;base64," + base64.b64encode(make_image(64, 64, "ref")).decode()
TASK_KEYS = {
    "id", "action", "status", "progress", "prompt", "promptEn", "description", "state", "submitTime", "startTime",
    "finishTime", "imageUrl", "failReason", "properties",
}  # fmt: skip


@pytest.fixture
def proxy(fake_midjourney: FakeMidjourney) -> Iterator[httpx.Client]:
    headers = {"mj-api-secret": fake_midjourney.api_key}
    with httpx.Client(trust_env=False, base_url=fake_midjourney.origin, headers=headers, timeout=60) as client:
        yield client


@pytest.fixture
def trueai() -> Iterator[FakeMidjourney]:
    with FakeMidjourney(flavour="trueai", auth_style="authorization", prefix="/mj-fast/mj") as server:
        yield server


def download(url: str) -> httpx.Response:
    with httpx.Client(trust_env=False) as client:
        return client.get(url)


def imagine(client: httpx.Client, prompt: str = "a lamp --ar 16:9 --v 7", prefix: str = "/mj", **fields: Any) -> Any:
    return client.post(f"{prefix}/submit/imagine", json={"prompt": prompt, **fields}).json()


def fetch(client: httpx.Client, task_id: str, prefix: str = "/mj") -> Any:
    return client.get(f"{prefix}/task/{task_id}/fetch").json()


# ---------------------------------------------------------------------------------------------------- the proxy


def test_a_task_grows_from_nothing_to_a_grid_of_four(fake_midjourney: FakeMidjourney, proxy: httpx.Client) -> None:
    accepted = imagine(proxy, base64Array=[DATA_URL], state="req-7")
    assert (accepted["code"], accepted["properties"]) == (1, {})

    polls = [fetch(proxy, accepted["result"]) for _ in range(6)]

    assert set(polls[0]) == TASK_KEYS
    assert [(poll["status"], poll["progress"]) for poll in polls] == [
        ("SUBMITTED", "0%"),
        ("IN_PROGRESS", "Waiting"),
        ("IN_PROGRESS", "42%"),
        ("IN_PROGRESS", "78%"),
        ("SUCCESS", "100%"),
        ("SUCCESS", "100%"),
    ]
    assert [poll["imageUrl"] is not None for poll in polls] == [False, False, True, True, True, True]
    assert len({poll["imageUrl"] for poll in polls[2:]}) == 3
    assert polls[-1]["state"] == "req-7"
    sizes = [pixel_size(download(poll["imageUrl"]).content) for poll in polls[2:]]
    assert sizes == [(1456, 816), (1456, 816), (2912, 1632), (2912, 1632)]
    assert fake_midjourney.billed_images == 1


def test_the_task_is_not_started_before_its_first_poll(fake_midjourney: FakeMidjourney, proxy: httpx.Client) -> None:
    fake_midjourney.tasks.freeze()
    task = fetch(proxy, imagine(proxy)["result"])

    assert (task["status"], task["progress"], task["startTime"]) == ("NOT_START", None, None)


@pytest.mark.parametrize(
    ("marker", "code", "has_id"),
    [
        ("code value=21", 21, True),
        ("code value=22", 22, True),
        ("code value=23", 23, False),
        ("code value=9", 9, False),
        ("code value=77", 77, False),
        ("banned word=blood", 24, False),
    ],
)
def test_submit_codes_come_in_a_200(proxy: httpx.Client, marker: str, code: int, has_id: bool) -> None:
    answer = imagine(proxy, f"a lamp [[midjourney:{marker}]]")

    assert (answer["code"], answer["result"] is not None) == (code, has_id)
    if code == 24:
        assert answer["properties"]["bannedWord"] == "blood"


def test_the_account_runs_three_queues_ten_and_refuses_the_rest(
    fake_midjourney: FakeMidjourney, proxy: httpx.Client
) -> None:
    fake_midjourney.tasks.freeze()
    answers = [imagine(proxy, f"a lamp {number}") for number in range(14)]

    assert [answer["code"] for answer in answers] == [1] * 3 + [22] * 10 + [23]
    assert answers[4]["properties"] == {"numberOfQueues": 2}
    assert fake_midjourney.billed_images == 13


@pytest.mark.parametrize(
    "fields",
    [
        {"prompt": ""},
        {"prompt": "a lamp", "base64Array": ["iVBORw0KGgo="]},
        {"prompt": "a lamp", "state": "x" * 256},
        {"prompt": "a lamp", "n": 4},
        {"prompt": "a lamp", "botType": "MID_JOURNEY"},
    ],
)
def test_bad_bodies_are_a_validation_error(proxy: httpx.Client, fields: dict[str, Any]) -> None:
    answer = proxy.post("/mj/submit/imagine", json=fields).json()

    assert (answer["code"], answer["result"]) == (4, None)


@pytest.mark.parametrize(
    ("prompt", "reason"),
    [
        ("a lamp [[midjourney:fail]]", "[Banned prompt] refused"),
        ("a lamp [[midjourney:fail reason=null]]", None),
        ("a lamp --banana 3", "Unrecognized parameter: --banana"),
    ],
)
def test_a_job_can_fail(fake_midjourney: FakeMidjourney, proxy: httpx.Client, prompt: str, reason: str | None) -> None:
    accepted = imagine(proxy, prompt)
    fake_midjourney.tasks.finish()
    task = fetch(proxy, accepted["result"])

    assert accepted["code"] == 1
    assert (task["status"], task["progress"], task["failReason"]) == ("FAILURE", "", reason)


def test_partials_can_be_gone_and_states_unknown(proxy: httpx.Client) -> None:
    gone = imagine(proxy, "a lamp [[midjourney:partial_gone]]")["result"]
    *_, partial = (fetch(proxy, gone) for _ in range(3))
    modal = imagine(proxy, "a lamp [[midjourney:state value=MODAL]]")["result"]

    assert download(partial["imageUrl"]).status_code == 403
    assert fetch(proxy, modal)["status"] == "MODAL"


def test_a_grid_can_have_odd_sides(fake_midjourney: FakeMidjourney, proxy: httpx.Client) -> None:
    task_id = imagine(proxy, "a lamp [[midjourney:odd_grid]]")["result"]
    fake_midjourney.tasks.finish()

    assert pixel_size(download(fetch(proxy, task_id)["imageUrl"]).content) == (2049, 2049)


def test_unknown_ids_have_an_empty_answer(
    fake_midjourney: FakeMidjourney, proxy: httpx.Client, trueai: FakeMidjourney
) -> None:
    empty = proxy.get("/mj/task/0/fetch")
    with httpx.Client(trust_env=False, headers={"Authorization": trueai.api_key}) as client:
        nothing = client.get(f"{trueai.origin}/mj-fast/mj/task/0/fetch")

    assert (empty.status_code, empty.content) == (200, b"")
    assert (nothing.status_code, nothing.content) == (204, b"")


@pytest.mark.parametrize(
    "headers", [{}, {"mj-api-secret": "wrong"}, {"Authorization": "Bearer fake-midjourney-secret"}]
)
def test_a_wrong_secret_is_refused_with_an_empty_body(fake_midjourney: FakeMidjourney, headers: dict[str, str]) -> None:
    with httpx.Client(trust_env=False, headers=headers) as client:
        answer = client.post(f"{fake_midjourney.origin}/mj/submit/imagine", json={"prompt": "a lamp"})

    assert (answer.status_code, answer.content) == (401, b"")


def test_one_call_asks_for_several_tasks(proxy: httpx.Client) -> None:
    ids = [imagine(proxy, f"a lamp {number}")["result"] for number in range(3)]

    tasks = proxy.post("/mj/task/list-by-condition", json={"ids": [*ids, "0"]}).json()

    assert [task["id"] for task in tasks] == ids


@pytest.mark.parametrize(
    ("path", "body", "action"),
    [
        ("change", {"action": "UPSCALE", "index": 2}, "UPSCALE"),
        ("change", {"action": "VARIATION", "index": 4}, "VARIATION"),
        ("change", {"action": "REROLL"}, "REROLL"),
        ("simple-change", {"content": "{id} U3"}, "UPSCALE"),
    ],
)
def test_results_can_be_worked_on(
    fake_midjourney: FakeMidjourney, proxy: httpx.Client, path: str, body: dict[str, Any], action: str
) -> None:
    parent = imagine(proxy)["result"]
    early = proxy.post("/mj/submit/change", json={"taskId": parent, "action": "REROLL"}).json()
    fake_midjourney.tasks.finish()
    filled = {"content": body["content"].format(id=parent)} if "content" in body else {"taskId": parent, **body}

    child = proxy.post(f"/mj/submit/{path}", json=filled).json()
    fake_midjourney.tasks.finish()
    task = fetch(proxy, child["result"])

    assert early["code"] == 4
    assert task["action"] == action
    expected = (1456, 816) if action == "UPSCALE" else (2912, 1632)
    assert pixel_size(download(task["imageUrl"]).content) == expected


@pytest.mark.parametrize(
    "body", [{"action": "UPSCALE"}, {"action": "REROLL", "index": 1}, {"action": "ZOOM", "index": 1}]
)
def test_wrong_changes_are_refused(fake_midjourney: FakeMidjourney, proxy: httpx.Client, body: dict[str, Any]) -> None:
    parent = imagine(proxy)["result"]
    fake_midjourney.tasks.finish()

    assert proxy.post("/mj/submit/change", json={"taskId": parent, **body}).json()["code"] == 4


def test_blends_two_to_five_images(fake_midjourney: FakeMidjourney, proxy: httpx.Client) -> None:
    one = proxy.post("/mj/submit/blend", json={"base64Array": [DATA_URL]}).json()
    two = proxy.post("/mj/submit/blend", json={"base64Array": [DATA_URL] * 2, "dimensions": "LANDSCAPE"}).json()
    fake_midjourney.tasks.finish()

    assert one["code"] == 4
    assert pixel_size(download(fetch(proxy, two["result"])["imageUrl"]).content) == (2688, 1792)


def test_the_other_server_has_buttons_seeds_and_no_cancel(trueai: FakeMidjourney) -> None:
    prefix = "/mj-fast/mj"
    with httpx.Client(trust_env=False, base_url=trueai.origin, headers={"Authorization": trueai.api_key}) as client:
        accepted = imagine(client, "a lamp --seed 42", prefix, botType="MID_JOURNEY", accountFilter={"modes": ["FAST"]})
        trueai.tasks.finish()
        task = fetch(client, accepted["result"], prefix)
        button = next(button for button in task["buttons"] if button["label"] == "U2")
        action = client.post(
            f"{prefix}/submit/action", json={"taskId": task["id"], "customId": button["customId"]}
        ).json()
        seed = client.get(f"{prefix}/task/{task['id']}/image-seed").json()
        cancelled = client.post(f"{prefix}/task/{task['id']}/cancel")
        missing = client.post(f"{prefix}/submit/change", json={"taskId": "0", "action": "REROLL"})
        old_prefix = client.post("/mj/submit/imagine", json={"prompt": "a lamp"})

    assert (task["imageWidth"], task["imageHeight"]) == (2048, 2048)
    assert (action["code"], seed["result"], cancelled.status_code) == (1, "42", 400)
    assert (missing.status_code, missing.json()["code"]) == (404, 3)
    assert old_prefix.status_code == 404


# ---------------------------------------------------------------------------------------------------- the prompt


@pytest.mark.parametrize(
    ("prompt", "version", "tile"),
    [
        ("a lamp", "8.2", (1024, 1024)),
        ("a lamp --ar 9:16 --v 7 --no people, text --s 250", "7", (816, 1456)),
        ("https://example.com/a.png a lamp --iw 1.5 --sref 123 https://example.com/b.png --sw 50", "8.2", (1024, 1024)),
        ("a lamp --niji 6 --raw --ar 191:100", "niji 6", (1416, 744)),
        ("https://a.example/1.png https://a.example/2.png", "8.2", (1024, 1024)),
    ],
)
def test_reads_legal_prompts(prompt: str, version: str, tile: tuple[int, int]) -> None:
    found = read_prompt(prompt)

    assert (found.version, found.tile) == (version, tile)


@pytest.mark.parametrize(
    "prompt",
    [
        "--ar 1:1",
        "a lamp --ar 1.91:1",
        "a lamp --ar 1:1 --ar 2:3",
        "a lamp --ar 1:1, --v 7",
        "a lamp --v 9",
        "a lamp --v 7 --niji 6",
        "a lamp --seed 4294967296",
        "a lamp --seed -1",
        "a lamp --stylize 1001",
        "a lamp --repeat 4",
        "a lamp --video",
        "a lamp --no ",
        "a lamp --iw 2",
        "a lamp --oref https://a.example/1.png --v 8.1",
        "a lamp --cref https://a.example/1.png --v 7",
        "a lamp --hd --v 7",
        "a lamp --q 2 --v 8.1",
        "a lamp --draft --hd --v 7",
        "https://example.com/a.png",
        "a lamp https://example.com/a.png",
    ],
)
def test_refuses_prompts_that_midjourney_would(prompt: str) -> None:
    with pytest.raises(InvalidPromptError):
        read_prompt(prompt)


# ---------------------------------------------------------------------------------------------------- AceDataCloud


@pytest.fixture
def gateway(fake_midjourney_acedata: FakeMidjourneyAceData) -> Iterator[httpx.Client]:
    server = fake_midjourney_acedata
    headers = {"authorization": f"Bearer {server.api_key}"}
    with httpx.Client(trust_env=False, base_url=server.origin, headers=headers, timeout=60) as client:
        yield client


def lines(client: httpx.Client, body: dict[str, Any]) -> list[Any]:
    headers = {"accept": "application/x-ndjson"}
    with client.stream("POST", "/midjourney/imagine", json=body, headers=headers) as answer:
        assert answer.status_code == 200, answer.read()
        return [json.loads(line) for line in answer.iter_lines() if line.strip()]


def test_lines_show_a_growing_picture(fake_midjourney_acedata: FakeMidjourneyAceData, gateway: httpx.Client) -> None:
    fake_midjourney_acedata.sizes_as_text = True
    body = {"prompt": "a lamp --ar 16:9 --v 7", "version": "7", "mode": "fast", "split_images": True}

    *partials, final = lines(gateway, body)

    assert [line["progress"] for line in partials] == [15, 50, 85]
    assert final["progress"] == 100
    assert len({line["image_id"] for line in (*partials, final)}) == 4
    assert len({line["task_id"] for line in (*partials, final)}) == 1
    assert (final["raw_image_width"], final["raw_image_height"]) == ("2912", "1632")
    assert pixel_size(download(final["raw_image_url"]).content) == (2912, 1632)
    assert [pixel_size(download(url).content) for url in final["sub_image_urls"]] == [(1456, 816)] * 4
    assert download(partials[0]["raw_image_url"]).status_code == 403
    assert "upscale1" in final["actions"]
    assert fake_midjourney_acedata.billed_images == 1


def test_plain_json_comes_at_the_end_without_progress(gateway: httpx.Client) -> None:
    answer = gateway.post("/midjourney/imagine", json={"prompt": "a lamp"}).json()

    assert answer["success"] is True
    assert "progress" not in answer
    assert pixel_size(download(answer["image_url"]).content) == (1024, 1024)


def test_a_task_id_is_polled(gateway: httpx.Client) -> None:
    task_id = gateway.post("/midjourney/imagine", json={"prompt": "a lamp", "async": True}).json()["task_id"]

    running, done = (
        gateway.post("/midjourney/tasks", json={"action": "retrieve", "id": task_id}).json() for _ in range(2)
    )

    assert running["response"] is None
    assert done["response"]["success"] is True
    assert done["response"]["task_id"] == task_id


def test_a_cut_stream_is_picked_up_by_its_task(gateway: httpx.Client) -> None:
    (line,) = lines(gateway, {"prompt": "a lamp [[acedata:cut stage=line]]"})
    gateway.post("/midjourney/tasks", json={"action": "retrieve", "id": line["task_id"]})

    batch = gateway.post("/midjourney/tasks", json={"action": "retrieve_batch", "ids": [line["task_id"]]}).json()

    assert batch["items"][0]["response"]["success"] is True


def test_an_error_can_be_a_line_of_a_200(gateway: httpx.Client) -> None:
    partial, error = lines(gateway, {"prompt": "a lamp [[acedata:forbidden stage=line]]"})

    assert partial["success"] is True
    assert (error["success"], error["error"]["code"]) == (False, "forbidden")


@pytest.mark.parametrize(
    ("action", "size"), [("upscale2", (1024, 1024)), ("variation_strong", (2048, 2048)), ("reroll", (2048, 2048))]
)
def test_images_can_be_worked_on(gateway: httpx.Client, action: str, size: tuple[int, int]) -> None:
    first = gateway.post("/midjourney/imagine", json={"prompt": "a lamp --seed 9"}).json()

    answer = gateway.post("/midjourney/imagine", json={"action": action, "image_id": first["image_id"]}).json()
    seed = gateway.post("/midjourney/seed", json={"image_id": first["image_id"]}).json()

    assert pixel_size(download(answer["raw_image_url"]).content) == size
    assert seed["seed"] == "9"


@pytest.mark.parametrize(
    "body",
    [
        {"prompt": "a lamp --banana"},
        {"prompt": "a lamp", "size": "1024x1024"},
        {"prompt": "a lamp --v 7", "version": "8.1"},
        {"prompt": "a lamp", "mode": "warp"},
        {"prompt": "a lamp --v 8.1", "mode": "turbo"},
        {"prompt": "a lamp", "hd": True},
        {"prompt": "a lamp --v 7", "quality": "2"},
        {"prompt": "a lamp", "mask": "AAAA"},
        {"action": "upscale1"},
        {"action": "upscale1", "image_id": "nobody"},
        {"action": "fly", "image_id": "nobody"},
    ],
)
def test_refuses_bad_requests(
    fake_midjourney_acedata: FakeMidjourneyAceData, gateway: httpx.Client, body: dict[str, Any]
) -> None:
    answer = gateway.post("/midjourney/imagine", json=body)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_request")
    assert fake_midjourney_acedata.billed_images == 0


def test_the_same_host_serves_the_other_images(gateway: httpx.Client) -> None:
    answer = gateway.post("/openai/images/generations", json={"model": "gpt-image-2", "prompt": "kite"})

    assert answer.json()["success"] is True
