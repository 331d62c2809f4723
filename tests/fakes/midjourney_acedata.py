"""The Midjourney route of AceDataCloud: the host, token and tasks of `FakeAceData` plus `/midjourney/*`.

Three transports as documented: one JSON object at the end, NDJSON lines while the picture grows, or a task id.
Prompt markers besides those of `FakeAceData`: `[[acedata:forbidden stage=line]]` (an error as a line of a 200 stream),
`[[acedata:cut stage=line]]` (the stream ends early while the task goes on).

Unconfirmed in public sources, and the choice taken here: a task is recorded for every transport; hints (`version`,
`hd`, `quality`) that disagree with the prompt are refused; links of partial pictures die with the end of the job; an
unknown `image_id` is a bad request; a job is billed when it is accepted; `edits`, `describe`, `shorten`, `translate`
and `videos` are not part of the fake.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from typing import Unpack

from tests.fakes.acedata import ERRORS, STAGES, FakeAceData, json_fields
from tests.fakes.acedata_rules import AceOrder, Refusal
from tests.fakes.images import MEDIA_TYPES, ImageOrder, draw, draw_grid
from tests.fakes.markers import Marker
from tests.fakes.messages import JsonValue, RecordedRequest, Reply, json_reply, streamed_reply
from tests.fakes.midjourney_prompt import InvalidPromptError, MidjourneyPrompt, read_prompt
from tests.fakes.tasks import Task
from tests.fakes.vendor import Serving

_GRID_ACTIONS = (
    *(f"variation{index}" for index in range(1, 5)),
    "variation_subtle", "variation_strong", "variation_region", "reroll", "zoom_out_1_5x", "zoom_out_2x", "square",
    "pan_left", "pan_right", "pan_up", "pan_down",
)  # fmt: skip
_SINGLE_ACTIONS = (
    *(f"upscale{index}" for index in range(1, 5)),
    "upscale_2x", "upscale_4x", "upscale_subtle", "upscale_creative",
)  # fmt: skip
ACTIONS_ON_A_GRID = (*(f"upscale{i}" for i in range(1, 5)), *(f"variation{i}" for i in range(1, 5)), "reroll")
_FIELDS = {
    "prompt", "action", "image_id", "mode", "version", "split_images", "translation", "timeout", "async",
    "callback_url", "hd", "quality", "style_reference", "moodboard", "mask", "trace_id",
}  # fmt: skip
_PROGRESS = (15, 50, 85)


@dataclass(frozen=True, slots=True)
class _Imagine:
    action: str
    prompt: MidjourneyPrompt
    split: bool


class FakeMidjourneyAceData(FakeAceData):
    """See the module. `sizes_as_text` sends widths and heights as strings, which was seen."""

    def __init__(self, **serving: Unpack[Serving]) -> None:
        super().__init__(**serving)
        self.sizes_as_text = False
        self._image_ids: dict[str, MidjourneyPrompt] = {}

    def route(self, request: RecordedRequest) -> Reply:
        match (request.method, request.path):
            case ("POST", "/midjourney/imagine"):
                return self._imagine(request)
            case ("POST", "/midjourney/tasks"):
                return json_reply(self._task_query(json_fields(request)))
            case ("POST", "/midjourney/seed"):
                prompt = self._known_image(json_fields(request).get("image_id"))
                return json_reply({"success": True, "seed": prompt.parameters.get("seed", "1234567890")})
        return super().route(request)

    def _known_image(self, image_id: JsonValue) -> MidjourneyPrompt:
        if image_id not in self._image_ids:
            raise Refusal(f"image_id {image_id} does not exist")
        return self._image_ids[str(image_id)]

    # ------------------------------------------------------------------------------------------------ imagine

    def _imagine(self, request: RecordedRequest) -> Reply:
        fields = json_fields(request)
        marker = self.marker_in(request.body)
        if marker is not None and marker.name in ERRORS and "stage" not in marker.arguments:
            return ERRORS[marker.name].reply(marker.arguments.get("retry-after"))
        imagine = self._read(fields)
        self.bill(1)
        trace_id = str(fields.get("trace_id") or uuid.uuid4())
        task_id = str(uuid.uuid4())
        shown = AceOrder(
            "imagine", "midjourney", imagine.prompt.text, 1, 1, 1, False, "png", False, True, None, trace_id
        )
        order = {"order": shown, "trace_id": trace_id, "request": fields}

        def finish() -> JsonValue:
            if marker is not None and marker.arguments.get("stage") == "task":
                error = {"code": marker.name, "message": ERRORS[marker.name].body["error"]["message"]}
                return {"success": False, "task_id": task_id, "trace_id": trace_id, "error": error}
            return self._final(imagine, task_id, trace_id)

        task = self.tasks.add(Task(task_id, STAGES, finish, order=order))
        if fields.get("async") or "callback_url" in fields:
            return json_reply({"task_id": task_id})
        if "application/x-ndjson" in (request.header("accept") or ""):
            return streamed_reply("application/x-ndjson", lambda: self._lines(imagine, task, marker))
        self.tasks.finish(task_id)
        answer = {key: value for key, value in task.result.items() if key != "progress"}
        return json_reply(answer, status=200 if task.result["success"] else 500)

    def _read(self, fields: Mapping[str, JsonValue]) -> _Imagine:
        for name in fields:
            if name not in _FIELDS:
                raise Refusal(f"unknown field: {name}")
        action = fields.get("action", "generate")
        if action != "generate" and action not in (*_GRID_ACTIONS, *_SINGLE_ACTIONS):
            raise Refusal(f"action {action} is not supported")
        if (action == "variation_region") != ("mask" in fields):
            raise Refusal("mask goes with variation_region only")
        if action == "generate":
            text = re.sub(r"\s*\[\[acedata:[^\]]*\]\]", "", str(fields.get("prompt", "")))
            try:
                prompt = read_prompt(text)
            except InvalidPromptError as error:
                raise Refusal(str(error)) from error
        else:
            prompt = self._known_image(fields.get("image_id"))
        _check_hints(fields, prompt)
        split = fields.get("split_images", False)
        if not isinstance(split, bool) or not isinstance(fields.get("async", False), bool):
            raise Refusal("split_images and async must be booleans")
        return _Imagine(str(action), prompt, split)

    # ------------------------------------------------------------------------------------------------ results

    async def _lines(self, imagine: _Imagine, task: Task, marker: Marker | None) -> AsyncIterator[bytes]:
        stage = marker.arguments.get("stage") if marker is not None else None
        partials: list[str] = []
        for percent in _PROGRESS:
            state = {"success": True, "task_id": task.id, "image_id": f"{task.id}-{percent}", "progress": percent}
            picture = self._picture(imagine, task.id, percent)
            partials.append(picture["raw_image_url"])
            yield b"\n" + json.dumps(state | picture).encode() + b"\n"
            if stage == "line" and marker is not None:
                if marker.name != "cut":
                    yield json.dumps(ERRORS[marker.name].body).encode() + b"\n"
                return
        self.tasks.finish(task.id)
        yield json.dumps(task.result).encode() + b"\n"
        for link in partials:
            self.files.expire(link)

    def _final(self, imagine: _Imagine, task_id: str, trace_id: str) -> JsonValue:
        image_id = f"{task_id}-final"
        self._image_ids[image_id] = imagine.prompt
        single = imagine.action in _SINGLE_ACTIONS
        result = {"success": True, "task_id": task_id, "trace_id": trace_id, "image_id": image_id, "progress": 100}
        more: dict[str, JsonValue] = {"actions": ["upscale_subtle", "reroll"] if single else list(ACTIONS_ON_A_GRID)}
        if imagine.split and not single:
            order = self._order(imagine, task_id, 100)
            width, height = imagine.prompt.tile
            tiles = [replace(order, width=width, height=height, index=index) for index in range(4)]
            more["sub_image_urls"] = [self.publish(tile) for tile in tiles]
        return result | self._picture(imagine, task_id, 100) | more

    def _order(self, imagine: _Imagine, task_id: str, percent: int) -> ImageOrder:
        width, height = imagine.prompt.tile
        scale = 1 if imagine.action in _SINGLE_ACTIONS or percent < 100 else 2
        form, sharpness = ("png", 4) if percent == 100 else ("webp", 1 + percent // 34)
        prompt = f"{imagine.prompt.text} {task_id}"
        return ImageOrder(width * scale, height * scale, prompt, format=form, sharpness=sharpness, photo=self.photo)

    def _picture(self, imagine: _Imagine, task_id: str, percent: int) -> dict[str, JsonValue]:
        order = self._order(imagine, task_id, percent)
        content = draw(order) if imagine.action in _SINGLE_ACTIONS else draw_grid(order)
        raw = self.files.put(content, MEDIA_TYPES[order.format], suffix=order.format)
        small_order = replace(order, width=order.width // 2, height=order.height // 2, format="webp")
        small = self.files.put(draw_grid(small_order), "image/webp", suffix="webp")
        sizes: dict[str, JsonValue] = {
            "image_width": small_order.width,
            "image_height": small_order.height,
            "raw_image_width": order.width,
            "raw_image_height": order.height,
        }
        if self.sizes_as_text:
            sizes = {key: str(value) for key, value in sizes.items()}
        return {"image_url": small, "raw_image_url": raw, **sizes}


def _check_hints(fields: Mapping[str, JsonValue], prompt: MidjourneyPrompt) -> None:
    mode, version = fields.get("mode", "fast"), str(fields.get("version", prompt.version))
    if mode not in ("fast", "relax", "turbo") or (mode == "turbo" and version == "8.1"):
        raise Refusal(f"mode {mode} is not supported")
    if "niji" not in prompt.version and version not in ("5.2", "6", "6.1", "7", "8", "8.1", "8.2"):
        raise Refusal(f"version {version} is not supported")
    if "version" in fields and version != prompt.version:
        raise Refusal("version does not match the --v of the prompt")
    for hint, name in (("hd", "hd"), ("style_reference", "sref"), ("moodboard", "p")):
        if hint in fields and fields[hint] != (name in prompt.parameters):
            raise Refusal(f"{hint} does not match the --{name} of the prompt")
    if "quality" in fields and (version == "8.1" or str(fields["quality"]) != prompt.parameters.get("q")):
        raise Refusal("quality does not match the --q of the prompt")
    timeout = fields.get("timeout", 480)
    if isinstance(timeout, bool) or not isinstance(timeout, int) or timeout <= 0:
        raise Refusal("timeout must be a number of seconds")
