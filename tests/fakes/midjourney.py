"""A strict fake of *midjourney-proxy*, the wire format that many Midjourney gateways speak.

`flavour="novicezk"` is the Java server (task id, percent, grid), `"trueai"` the .NET one (buttons, seeds, more
fields). A task goes NOT_START, SUBMITTED, IN_PROGRESS (words, then percent with a growing picture), SUCCESS, one step
per poll. Like the real servers it runs 3 jobs, queues 10 more (code 22) and refuses the rest (code 23).

Prompt markers: `[[midjourney:code value=23]]` (any submit code), `[[midjourney:banned word=blood]]`,
`[[midjourney:fail]]` and `[[midjourney:fail reason=null]]` (the task fails), `[[midjourney:state value=MODAL]]`,
`[[midjourney:partial_gone]]` (links of partials answer 403), `[[midjourney:odd_grid]]` (odd width and height).

Unconfirmed in public sources, and the choice taken here: unknown body fields are a validation error; a prompt that
Midjourney would refuse is accepted and then fails; both secret headers at once are refused; queued tasks move like
running ones; a job is billed when it is accepted; the notify hook is noted in `callbacks` and not called; describe,
modal, edits and video are not part of the fake.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import ClassVar, Literal, Unpack

from tests.fakes.images import MEDIA_TYPES, ImageOrder, draw, draw_grid
from tests.fakes.markers import Marker
from tests.fakes.messages import JsonValue, RecordedRequest, Reply, json_reply
from tests.fakes.midjourney_prompt import InvalidPromptError, MidjourneyPrompt, read_prompt
from tests.fakes.tasks import Task, TaskBook
from tests.fakes.vendor import FakeVendor, Serving

API_KEY = "fake-midjourney-secret"
Flavour = Literal["novicezk", "trueai"]
AuthStyle = Literal["mj-api-secret", "authorization", "bearer", "none"]
_STAGES = ("NOT_START", "SUBMITTED", "IN_PROGRESS Waiting", "IN_PROGRESS 42%", "IN_PROGRESS 78%", "SUCCESS")
_FAILING = (*_STAGES[:4], "FAILURE")
_DATA_URL = re.compile(r"data:image/(png|jpeg|jpg|webp|gif);base64,[A-Za-z0-9+/]+={0,2}")
_TASK_PATH = re.compile(r"/task/([^/]+)/(fetch|image-seed|cancel)")
_DIMENSIONS = {"PORTRAIT": "2:3", "SQUARE": "1:1", "LANDSCAPE": "3:2"}
_DESCRIPTIONS = {1: "Submit success", 3: "task not exist", 4: "validation error", 9: "submit failed", 21: "task exists"}


class Refusal(Exception):
    """A submit that is refused inside an HTTP 200 (404 where the .NET server says so)."""

    def __init__(self, code: int, description: str, properties: JsonValue = None, status: int = 200) -> None:
        super().__init__(description)
        self.code, self.description, self.properties, self.status = code, description, properties or {}, status


class FakeMidjourney(FakeVendor):
    """See the module. `prefix` is the path in front of `/submit` and `/task` (`/mj`, `/mj-fast/mj`, ...)."""

    vendor = "midjourney"
    default_api_key: ClassVar[str] = API_KEY

    def __init__(
        self,
        *,
        flavour: Flavour = "novicezk",
        auth_style: AuthStyle = "mj-api-secret",
        prefix: str = "/mj",
        **serving: Unpack[Serving],
    ) -> None:
        super().__init__(**serving)
        self.flavour = flavour
        self.auth_style = auth_style
        self.prefix = prefix
        self.tasks = TaskBook()
        self.running_limit, self.queue_limit = 3, 10
        self.takes_uploads = True
        self.callbacks: list[str] = []

    async def respond(self, request: RecordedRequest) -> Reply:
        if not self._is_authorized(request):
            body = b"" if self.flavour == "novicezk" else b"Unauthorized"
            return Reply(401, (("content-type", "text/plain"),), body)
        try:
            return self._route(request)
        except Refusal as refusal:
            status = refusal.status if self.flavour == "trueai" else 200
            return json_reply(
                _submit_result(refusal.code, refusal.description, None, refusal.properties), status=status
            )

    def _is_authorized(self, request: RecordedRequest) -> bool:
        secret, authorization = request.header("mj-api-secret"), request.header("authorization")
        match self.auth_style:
            case "mj-api-secret":
                return (secret, authorization) == (self.api_key, None)
            case "authorization":
                return (secret, authorization) == (None, self.api_key)
            case "bearer":
                return (secret, authorization) == (None, f"Bearer {self.api_key}")
            case "none":
                return True

    def _route(self, request: RecordedRequest) -> Reply:
        path = request.path.removeprefix(self.prefix)
        if path == request.path:
            return Reply(404)
        if request.method == "POST" and path.startswith("/submit/"):
            return self._submit(request, path.removeprefix("/submit/"))
        if request.method == "POST" and path in ("/task/list-by-condition", "/task/list-by-ids"):
            ids = [str(task_id) for task_id in _fields(request, {"ids"}).get("ids", [])]
            return json_reply([self._task_object(task) for task in map(self.tasks.poll, ids) if task is not None])
        if request.method == "GET" and path in ("/task/list", "/task/queue") and self.flavour == "novicezk":
            return json_reply([self._task_object(task) for task in self.tasks.all])
        found = _TASK_PATH.fullmatch(path)
        if found is not None:
            return self._task_call(request.method, found[1], found[2])
        return Reply(404)

    def _task_call(self, method: str, task_id: str, call: str) -> Reply:
        if (method, call) == ("GET", "fetch"):
            task = self.tasks.poll(task_id)
            if task is None:
                return Reply(200) if self.flavour == "novicezk" else Reply(204)
            return json_reply(self._task_object(task))
        if self.flavour == "trueai" and (method, call) == ("GET", "image-seed"):
            seed = self._parent(task_id).order["prompt"].parameters.get("seed", "1234567890")
            return json_reply(_submit_result(1, "success", seed))
        if self.flavour == "trueai" and (method, call) == ("POST", "cancel"):
            return Reply(400, body=b"only admins may cancel")
        return Reply(404)

    # ------------------------------------------------------------------------------------------------ submit

    def _submit(self, request: RecordedRequest, kind: str) -> Reply:
        known: dict[str, Callable[[RecordedRequest], Reply]] = {
            "imagine": self._imagine,
            "change": self._change,
            "simple-change": self._simple_change,
            "blend": self._blend,
        }
        if self.flavour == "trueai":
            known["action"] = self._action
        return known[kind](request) if kind in known else Reply(404)

    def _imagine(self, request: RecordedRequest) -> Reply:
        allowed = {"prompt", "base64Array", "state", "notifyHook"}
        if self.flavour == "trueai":
            allowed |= {"botType", "accountFilter"}
        fields = _fields(request, allowed)
        prompt = fields.get("prompt")
        if not isinstance(prompt, str) or not prompt.strip():
            raise Refusal(4, "prompt cannot be empty")
        images = self._images(fields, 0, 20)
        marker = self.marker_in(request.body)
        if marker is not None and marker.name == "banned":
            properties = {"promptEn": prompt, "bannedWord": marker.arguments["word"]}
            raise Refusal(24, "the prompt may contain a sensitive word", properties)
        text = re.sub(r"\s*\[\[midjourney:[^\]]*\]\]", "", prompt)
        try:
            return self._accept("IMAGINE", read_prompt(text, has_image=bool(images)), fields, marker)
        except InvalidPromptError as error:
            return self._accept("IMAGINE", read_prompt("invalid"), fields, marker, invalid=str(error))

    def _images(self, fields: Mapping[str, JsonValue], fewest: int, most: int) -> list[str]:
        images = fields.get("base64Array") or []
        if not isinstance(images, list) or not fewest <= len(images) <= most:
            raise Refusal(4, f"base64Array must hold {fewest} to {most} images")
        if not all(_DATA_URL.fullmatch(str(image)) for image in images) or (images and not self.takes_uploads):
            raise Refusal(4, "base64Array is invalid")
        return images

    def _change(self, request: RecordedRequest) -> Reply:
        fields = _fields(request, {"taskId", "action", "index", "state", "notifyHook"})
        return self._follow(fields, fields.get("taskId"), fields.get("action"), fields.get("index"))

    def _simple_change(self, request: RecordedRequest) -> Reply:
        fields = _fields(request, {"content", "state", "notifyHook"})
        found = re.fullmatch(r"(\S+) ([UVR])([1-4])?", str(fields.get("content", "")))
        if found is None:
            raise Refusal(4, "content is invalid")
        action = {"U": "UPSCALE", "V": "VARIATION", "R": "REROLL"}[found[2]]
        return self._follow(fields, found[1], action, int(found[3]) if found[3] else None)

    def _action(self, request: RecordedRequest) -> Reply:
        fields = _fields(request, {"taskId", "customId", "enableRemix", "state", "notifyHook"})
        found = re.match(r"MJ::JOB::(upsample|variation|reroll)::([0-4])::", str(fields.get("customId", "")))
        if found is None:
            raise Refusal(4, "customId is invalid")
        action = {"upsample": "UPSCALE", "variation": "VARIATION", "reroll": "REROLL"}[found[1]]
        return self._follow(fields, fields.get("taskId"), action, int(found[2]) or None)

    def _follow(
        self, fields: Mapping[str, JsonValue], task_id: JsonValue, action: JsonValue, index: JsonValue
    ) -> Reply:
        parent = self._parent(str(task_id))
        if action not in ("UPSCALE", "VARIATION", "REROLL") or (action != "REROLL") != (index in (1, 2, 3, 4)):
            raise Refusal(4, "action or index is invalid")
        if parent.state != "SUCCESS" or parent.order["action"] == "UPSCALE":
            raise Refusal(4, "the related task is not in a state for this action")
        return self._accept(str(action), parent.order["prompt"], fields, None, index=index)

    def _parent(self, task_id: str) -> Task:
        task = self.tasks.get(task_id)
        if task is None:
            raise Refusal(3, "the related task does not exist or has expired", status=404)
        return task

    def _blend(self, request: RecordedRequest) -> Reply:
        fields = _fields(request, {"base64Array", "dimensions", "state", "notifyHook"})
        self._images(fields, 2, 5)
        dimensions = fields.get("dimensions", "SQUARE")
        if dimensions not in _DIMENSIONS:
            raise Refusal(4, "dimensions is invalid")
        return self._accept("BLEND", read_prompt(f"blend --ar {_DIMENSIONS[dimensions]}"), fields, None)

    def _accept(
        self,
        action: str,
        prompt: MidjourneyPrompt,
        fields: Mapping[str, JsonValue],
        marker: Marker | None,
        *,
        index: JsonValue = None,
        invalid: str | None = None,
    ) -> Reply:
        if len(str(fields.get("state", ""))) > 255 or len(str(fields.get("notifyHook", ""))) > 2000:
            raise Refusal(4, "state or notifyHook is too long")
        running = sum(not task.is_final for task in self.tasks.all)
        code = 23 if running >= self.running_limit + self.queue_limit else 22 if running >= self.running_limit else 1
        if marker is not None and marker.name == "code":
            code = int(marker.arguments["value"])
        if code not in (1, 21, 22):
            raise Refusal(code, _DESCRIPTIONS.get(code, "the queue is full, please try again later"))
        self.bill(1)
        task_id = str(1_763_000_000_000_001 + len(self.tasks.all))
        order = {"action": action, "prompt": prompt, "fields": fields, "index": index, "marker": marker, "links": {}}
        fails = invalid is not None or (marker is not None and marker.name == "fail")
        reason = invalid or (marker.arguments.get("reason", "[Banned prompt] refused") if marker is not None else None)
        task = self.tasks.add(Task(task_id, _FAILING if fails else _STAGES, lambda: None, order=order))
        task.order["reason"] = None if reason == "null" else reason
        if marker is not None and marker.name == "state":
            task.forced = marker.arguments["value"]
        if "notifyHook" in fields:
            self.callbacks.append(str(fields["notifyHook"]))
        properties: JsonValue = {}
        if code == 22:
            properties = {"numberOfQueues": max(1, running - self.running_limit + 1)}
        elif code == 21:
            properties = {"status": task.state, "imageUrl": None}
        return json_reply(_submit_result(code, _DESCRIPTIONS.get(code, "in queue"), task_id, properties))

    # ------------------------------------------------------------------------------------------------ tasks

    def _task_object(self, task: Task) -> JsonValue:
        status, _, progress = task.state.partition(" ")
        submitted_ms = int(task.created.timestamp() * 1000)
        text = str(task.order["fields"].get("prompt", ""))
        row: dict[str, JsonValue] = {
            "id": task.id,
            "action": task.order["action"],
            "status": status,
            "progress": {"NOT_START": None, "SUBMITTED": "0%", "SUCCESS": "100%", "FAILURE": ""}.get(status, progress),
            "prompt": text,
            "promptEn": text,
            "description": f"/imagine {text}",
            "state": task.order["fields"].get("state"),
            "submitTime": submitted_ms,
            "startTime": submitted_ms + 1000 if status != "NOT_START" else None,
            "finishTime": submitted_ms + 60_000 if status in ("SUCCESS", "FAILURE") else None,
            "imageUrl": self._image_url(task, status, progress),
            "failReason": task.order["reason"] if status == "FAILURE" else None,
            "properties": {"finalPrompt": text} if status == "SUCCESS" else {},
        }
        return row | (self._more_fields(task, status) if self.flavour == "trueai" else {})

    def _more_fields(self, task: Task, status: str) -> JsonValue:
        width, height = task.order["prompt"].tile
        grid = task.order["action"] != "UPSCALE"
        buttons = [
            {"customId": f"MJ::JOB::{verb}::{index}::{task.id}", "emoji": "", "label": f"{letter}{index}", "type": 2}
            for verb, letter in (("upsample", "U"), ("variation", "V"))
            for index in range(1, 5)
        ]
        scale = 2 if grid else 1
        more = {"mode": "FAST", "botType": "MID_JOURNEY", "imageWidth": width * scale, "imageHeight": height * scale}
        return {"buttons": buttons if status == "SUCCESS" and grid else [], **(more if status == "SUCCESS" else {})}

    def _image_url(self, task: Task, status: str, progress: str) -> str | None:
        links: dict[str, str] = task.order["links"]
        if task.state in links:
            return links[task.state]
        if status != "SUCCESS" and not progress.endswith("%"):
            return None
        links[task.state] = self._draw(task, int(progress.rstrip("%")) if progress else 100)
        marker = task.order["marker"]
        if status != "SUCCESS" and marker is not None and marker.name == "partial_gone":
            self.files.expire(links[task.state])
        return links[task.state]

    def _draw(self, task: Task, percent: int) -> str:
        width, height = task.order["prompt"].tile
        marker, done = task.order["marker"], percent == 100
        form = "png" if done else "webp"
        seed = f"{task.order['prompt'].text} {task.id if task.order['action'] != 'UPSCALE' else ''}"
        drawn = ImageOrder(
            width, height, seed, format=form, sharpness=4 if done else 1 + percent // 50, photo=self.photo
        )
        if task.order["action"] == "UPSCALE":
            return self.files.put(draw(drawn), MEDIA_TYPES[form], suffix=form)
        odd = 1 if marker is not None and marker.name == "odd_grid" else 0
        scale = 2 if done else 1
        grid = ImageOrder(width * scale + odd, height * scale + odd, seed, format=form, sharpness=drawn.sharpness)
        return self.files.put(draw_grid(grid), MEDIA_TYPES[form], suffix=form)


def _submit_result(code: int, description: str, result: str | None, properties: JsonValue = None) -> JsonValue:
    return {"code": code, "description": description, "result": result, "properties": properties or {}}


def _fields(request: RecordedRequest, allowed: set[str]) -> dict[str, JsonValue]:
    try:
        fields = request.json
    except ValueError as error:
        raise Refusal(4, "the body is not valid JSON") from error
    if not isinstance(fields, dict) or not set(fields) <= allowed:
        raise Refusal(4, f"unknown fields: {sorted(set(fields) - allowed)}")
    return {key: value for key, value in fields.items() if value is not None}
