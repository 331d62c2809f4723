"""A strict fake of AceDataCloud's image endpoints: OpenAI-like images and edits, nano-banana, and their tasks.

Prompt markers: `[[acedata:CODE]]` refuses (`shape=string|detail|null` changes the form of the error), with
`stage=task` the task fails, with `stage=hiccup` a running task shows a bare error and then succeeds;
`[[acedata:timeout]]` answers 504 although the task was made; `[[acedata:partial count=1]]` delivers only so many.

Unconfirmed in public sources, and the choice taken here: an unknown field is refused, `stream` among them; a task is
recorded for asynchronous submits only (`records_sync_tasks` for all); the caller's `trace_id` is honoured; `model` is
required for edits (the real default is a retired model); JSON edits take links only and no mask; models that OpenAI
has ended still answer unless named in `gone`; the reverse route gives 1254x1254 where 1024x1024 was asked for; a
webhook is not sent but noted in `callbacks`; images of a broken synchronous call are billed.
"""

from __future__ import annotations

import base64
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar, Unpack

from tests.fakes.acedata_rules import (
    GPT_IMAGE_MODELS,
    NANO_MODELS,
    AceOrder,
    Refusal,
    read_edit,
    read_generation,
    read_nano_banana,
)
from tests.fakes.images import ImageOrder, draw, has_alpha, image_format, pixel_size
from tests.fakes.markers import Marker
from tests.fakes.messages import JsonValue, RecordedRequest, Reply, json_reply
from tests.fakes.multipart import MultipartError, Part
from tests.fakes.tasks import Task, TaskBook
from tests.fakes.vendor import FakeVendor, Serving, VendorError

API_KEY = "fake0123456789abcdef0123456789ab"
CREATED_AT = 1_795_132_800
STAGES = ("created", "started", "finished")
_TEXTS: dict[str, tuple[int, str]] = {
    "bad_request": (400, "The request is not valid."),
    "no_token": (400, "No token was given."),
    "token_mismatched": (400, "The token is not valid for this API."),
    "token_mismatched_401": (401, "The token is not valid for this API."),
    "disabled": (400, "The API is disabled."),
    "api_not_implemented": (400, "The API is not implemented."),
    "invalid_token": (401, "The token is invalid."),
    "token_expired": (401, "The token has expired."),
    "used_up": (403, "The balance is used up."),
    "forbidden": (403, "The request was rejected by the safety system."),
    "no_api": (404, "The API does not exist."),
    "request_too_large": (413, "The request is too large."),
    "too_many_requests": (429, "Too many requests, slow down."),
    "api_error": (500, "The upstream service failed."),
    "timeout": (504, "The upstream service took too long."),
}


def error_object(code: str, message: str, trace_id: str = "trace-of-an-error") -> JsonValue:
    return {"success": False, "error": {"code": code.removesuffix("_401"), "message": message}, "trace_id": trace_id}


ERRORS: dict[str, VendorError] = {
    code: VendorError(status, error_object(code, message)) for code, (status, message) in _TEXTS.items()
} | {"payment_required": VendorError(402, {"x402Version": 1, "accepts": [{"scheme": "exact"}], "error": "payment"})}


def _shaped(error: VendorError, shape: str | None) -> VendorError:
    """The same error in one of the forms that were seen."""
    if shape is None:
        return error
    message = error.body["error"]["message"]
    bodies: dict[str, JsonValue] = {
        "string": {"error": message},
        "detail": {"detail": message},
        "null": {"error": None},
    }
    return replace(error, body=bodies[shape])


class FakeAceData(FakeVendor):
    """See the module. `tasks` is the book of all tasks."""

    vendor = "acedata"
    errors: ClassVar[Mapping[str, VendorError]] = ERRORS
    default_api_key = API_KEY

    def __init__(self, **serving: Unpack[Serving]) -> None:
        super().__init__(**serving)
        self.tasks = TaskBook()
        self.gone: set[str] = set()
        self.records_sync_tasks = False
        self.honours_trace_id = True
        self.callbacks: list[tuple[str, JsonValue]] = []

    async def respond(self, request: RecordedRequest) -> Reply:
        try:
            self._check_token(request)
            return self.route(request)
        except Refusal as refusal:
            trace_id = f"trace-{request.arrival}"
            return json_reply(error_object(refusal.code, refusal.message, trace_id), status=refusal.status)

    def _check_token(self, request: RecordedRequest) -> None:
        token = request.header("authorization")
        if token is None:
            raise Refusal("No token was given.", code="no_token")
        if token != f"Bearer {self.api_key}":
            raise Refusal("The token is invalid.", code="invalid_token", status=401)

    def route(self, request: RecordedRequest) -> Reply:
        """The answer to a request with a valid token."""
        if request.method == "POST":
            match request.path:
                case "/openai/images/generations" | "/openai/images/edits" | "/nano-banana/images":
                    return self._submit(request, self.order_of(request))
                case "/openai/tasks" | "/nano-banana/tasks":
                    return json_reply(self._task_query(json_fields(request)))
        raise Refusal("The API does not exist.", code="no_api", status=404)

    def _read_edit(self, request: RecordedRequest) -> AceOrder:
        if request.is_multipart:
            fields, references = _edit_form(request)
        else:
            fields = json_fields(request)
            image = fields.pop("image", [])
            links = [image] if isinstance(image, str) else image
            if not isinstance(links, list) or not all(str(link).startswith(("http://", "https://")) for link in links):
                raise Refusal("image must be a URL or a list of URLs.")
            references = len(links)
        return read_edit(fields, references, tuple(self.gone))

    # ------------------------------------------------------------------------------------------------ submit

    def _submit(self, request: RecordedRequest, order: AceOrder) -> Reply:
        marker = self.marker_in(request.body)
        stage = marker.arguments.get("stage") if marker is not None else None
        if marker is not None and marker.name in ERRORS and stage is None and marker.name != "timeout":
            error = ERRORS[marker.name]
            return _shaped(error, marker.arguments.get("shape")).reply(marker.arguments.get("retry-after"))
        own = order.trace_id if self.honours_trace_id else None
        trace_id = own or str(uuid.uuid4())
        task_id = str(uuid.uuid4())

        def finish() -> JsonValue:
            result = self._result(order, task_id, trace_id, marker)
            if order.callback_url is not None:
                self.callbacks.append((order.callback_url, result))
            return result

        body = {} if request.is_multipart else request.json
        task = Task(task_id, STAGES, finish, order={"order": order, "trace_id": trace_id, "request": body})
        if stage == "hiccup":
            task.order["hiccup"] = True
        if order.asynchronous or self.records_sync_tasks or (marker is not None and marker.name == "timeout"):
            self.tasks.add(task)
        if marker is not None and marker.name == "timeout" and stage is None:
            return ERRORS["timeout"].reply()
        if order.asynchronous:
            return json_reply({"task_id": task_id})
        result = finish()
        task.stage, task.result = len(STAGES) - 1, result
        return json_reply(result, status=200 if result["success"] else 500)

    def _result(self, order: AceOrder, task_id: str, trace_id: str, marker: Marker | None) -> JsonValue:
        common = {"task_id": task_id, "trace_id": trace_id}
        if marker is not None and marker.arguments.get("stage") == "task":
            message = _TEXTS[marker.name][1]
            return {"success": False, **common, "error": {"code": marker.name, "message": message}}
        count = order.count
        if marker is not None and marker.name == "partial":
            count = min(count, int(marker.arguments["count"]))
        self.bill(count)
        items = [self._item(order, index) for index in range(count)]
        if order.kind == "images":
            return {"success": True, **common, "data": items}
        created = 0 if order.model in NANO_MODELS else CREATED_AT
        return {"success": True, **common, "created": created, "model": order.model, "data": items}

    def picture(self, order: AceOrder, index: int) -> ImageOrder:
        """One image of an order: the reverse route of gpt-image makes a square of its own."""
        reverse = order.model in GPT_IMAGE_MODELS and not order.model.endswith(":official")
        odd = reverse and (order.width, order.height) == (1024, 1024)
        return ImageOrder(
            1254 if odd else order.width,
            1254 if odd else order.height,
            order.prompt,
            index=index,
            format=order.output_format,
            alpha=order.alpha,
            photo=self.photo,
        )

    def _item(self, order: AceOrder, index: int) -> JsonValue:
        drawn = self.picture(order, index)
        if order.base64:
            return {"b64_json": base64.b64encode(draw(drawn)).decode("ascii"), "revised_prompt": order.prompt}
        url = self.publish(drawn)
        if order.kind == "images":
            return {"prompt": order.prompt, "image_url": url}
        return {"url": url, "revised_prompt": order.prompt}

    def order_of(self, request: RecordedRequest) -> AceOrder:
        """What a paid request asked for. Raises `Refusal`."""
        match request.path:
            case "/openai/images/generations":
                return read_generation(json_fields(request), tuple(self.gone))
            case "/openai/images/edits":
                return self._read_edit(request)
            case _:
                return read_nano_banana(json_fields(request), tuple(self.gone))

    # ------------------------------------------------------------------------------------------------ tasks

    def _task_query(self, query: Mapping[str, JsonValue]) -> JsonValue:
        match query.get("action"):
            case "retrieve":
                if not set(query) <= {"action", "id", "trace_id"} or not {"id", "trace_id"} & set(query):
                    raise Refusal("id or trace_id is required.")
                found = self._find(query)
                return self.task_object(found) if found is not None else {}
            case "retrieve_batch":
                return self._batch(query)
        raise Refusal("action must be one of retrieve, retrieve_batch")

    def _find(self, query: Mapping[str, JsonValue]) -> Task | None:
        if "trace_id" in query:
            found = next((task for task in self.tasks.all if task.order["trace_id"] == query["trace_id"]), None)
            return self.tasks.poll(found.id) if found is not None else None
        return self.tasks.poll(str(query["id"]))

    def _batch(self, query: Mapping[str, JsonValue]) -> JsonValue:
        filters = {"ids", "trace_ids", "application_id", "user_id", "created_at_min", "created_at_max"}
        if not set(query) <= filters | {"action", "type", "offset", "limit"} or not filters & set(query):
            raise Refusal("ids, trace_ids, application_id, user_id or a time window is required.")
        low, high = query.get("created_at_min", 0), query.get("created_at_max", float("inf"))
        kinds = {"images": ("images", "images_generations", "images_edits")}.get(str(query.get("type")))
        wanted = kinds or ((query["type"],) if "type" in query else None)
        found = [
            task
            for task in self.tasks.all
            if ("ids" not in query or task.id in query["ids"])
            and ("trace_ids" not in query or task.order["trace_id"] in query["trace_ids"])
            and low <= task.created.timestamp() <= high
            and (wanted is None or task.order["order"].kind in wanted)
        ]
        start = int(query.get("offset", 0))
        page = found[start : start + int(query.get("limit", 12))]
        for task in page:
            self.tasks.poll(task.id)
        return {"items": [self.task_object(task) for task in page], "count": len(found)}

    def task_object(self, task: Task) -> JsonValue:
        """A task as the vendor shows it; `response` is null until there is something to show."""
        created = task.created.timestamp()
        row: dict[str, JsonValue] = {
            "_id": task.id.replace("-", "")[:24],
            "id": task.id,
            "trace_id": task.order["trace_id"],
            "type": task.order["order"].kind,
            "application_id": "fake-application",
            "user_id": "fake-user",
            "credential_id": "fake-credential",
            "created_at": created,
            "started_at": created + 0.3 if task.state != "created" else None,
            "finished_at": None,
            "request": task.order["request"],
            "response": None,
        }
        if task.is_final:
            row |= {"finished_at": created + 70.2, "elapsed": 69.9, "response": task.result}
        elif task.state == "started" and task.order.get("hiccup"):
            row["response"] = {"success": False, "error": "temporary"}
        return row


def json_fields(request: RecordedRequest) -> dict[str, JsonValue]:
    """The JSON object of a request. Raises `Refusal`."""
    if not request.content_type.startswith("application/json"):
        raise Refusal("content-type must be application/json.")
    try:
        fields = request.json
    except ValueError as error:
        raise Refusal("The body is not valid JSON.") from error
    if not isinstance(fields, dict):
        raise Refusal("The body must be an object.")
    return {key: value for key, value in fields.items() if value is not None}


def _edit_form(request: RecordedRequest) -> tuple[dict[str, JsonValue], int]:
    """Fields and number of reference images of a multipart edit; `image` or `image[]`, repeated."""
    try:
        parts = request.parts
    except MultipartError as error:
        raise Refusal(f"The form cannot be read: {error}") from error
    images = [part for part in parts if part.name in ("image", "image[]")]
    for part in images:
        if part.filename is None or image_format(part.content) not in ("png", "jpeg", "webp"):
            raise Refusal("image must be a png, jpeg or webp file.")
    fields: dict[str, JsonValue] = {}
    for part in parts:
        if part.name == "mask":
            _check_mask(part, images)
        elif part not in images:
            fields[part.name] = _typed(part)
    return fields, len(images)


def _check_mask(mask: Part, images: Sequence[Part]) -> None:
    whole = images and pixel_size(mask.content) == pixel_size(images[0].content)
    if image_format(mask.content) != "png" or not has_alpha(mask.content) or not whole:
        raise Refusal("mask must be a png with alpha of the same size as the first image.")


def _typed(part: Part) -> JsonValue:
    if part.name in ("n", "output_compression", "partial_images") and part.text.isdecimal():
        return int(part.text)
    if part.name == "async" and part.text in ("true", "false"):
        return part.text == "true"
    return part.text
