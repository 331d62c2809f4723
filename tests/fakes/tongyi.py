"""A strict fake of the image part of Alibaba Cloud Model Studio (DashScope), native paths only.

One server is one region (`region=`; None: all of them behind one address) with one key; the hosts of the real regions
differ in their names only.
Tasks go PENDING -> RUNNING -> SUCCEEDED, one step per poll (`tasks` freezes, finishes, forces and forgets them).

Unconfirmed in public sources, and the choice taken here: an unknown field in `input` or `parameters` is refused (the
real service ignores some); wanx-v1 takes four sizes; a wan2.5 size below 1280 squared is refused unless it stands in
the vendor's table; bad values are refused at submit, or with `late_validation` accepted and then FAILED (measured by
others); the frames of the one stream (wan2.6-image interleave) are ordinary envelopes with HTTP_STATUS comments; a
sync image whose connection broke is billed; a link as reference is accepted and not fetched.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import ClassVar, Unpack

from tests.fakes.images import ImageOrder
from tests.fakes.markers import Marker
from tests.fakes.messages import JsonValue, RecordedRequest, Reply, json_reply, streamed_reply
from tests.fakes.multipart import MultipartError
from tests.fakes.tasks import Task, TaskBook
from tests.fakes.tongyi_errors import ERRORS, error_body
from tests.fakes.tongyi_models import BEIJING, REPAINT_MODEL
from tests.fakes.tongyi_rules import Refusal, TongyiOrder, read_order
from tests.fakes.vendor import FakeVendor, Serving, VendorError

API_KEY = "sk-fake0123456789abcdef0123456789abcdef"
_SERVICES = "/services/aigc/"
_CHINA = timezone(timedelta(hours=8))
_STAGES = ("PENDING", "RUNNING", "SUCCEEDED")
_TASK_PATH = re.compile(r"/tasks/([^/]+)(/cancel)?")


class FakeTongyi(FakeVendor):
    """See the module. `tasks` is the book of all tasks; `rewritten` is what the prompt rewriter answers."""

    vendor = "tongyi"
    base_path = "/api/v1"
    errors: ClassVar[Mapping[str, VendorError]] = ERRORS
    default_api_key = API_KEY

    def __init__(self, *, region: str | None = BEIJING, **serving: Unpack[Serving]) -> None:
        super().__init__(**serving)
        self.region = region
        self.tasks = TaskBook()
        self.late_validation = False
        self._uploaded: set[str] = set()

    @staticmethod
    def rewritten(prompt: str) -> str:
        return f"{prompt}, rewritten with rich detail"

    async def respond(self, request: RecordedRequest) -> Reply:
        request_id = str(uuid.UUID(int=request.arrival + 1))
        path = request.path.removeprefix(self.base_path)
        if path == "/fake-oss-upload":
            return self._store_upload(request)
        try:
            if request.header("authorization") != f"Bearer {self.api_key}":
                raise Refusal("Invalid API-key provided.", code="InvalidApiKey", status=401)
            reply = self._route(request, path, request_id)
        except Refusal as refusal:
            body = error_body(refusal.code, refusal.message) | {"request_id": request_id}
            reply = json_reply(body, status=refusal.status)
        return reply.with_headers({"x-request-id": request_id})

    def _route(self, request: RecordedRequest, path: str, request_id: str) -> Reply:
        if request.method == "POST" and path.startswith(_SERVICES):
            return self._submit(request, path.removeprefix(_SERVICES), request_id)
        found = _TASK_PATH.fullmatch(path)
        if found and found[2] and request.method == "POST":
            return self._cancel(found[1], request_id)
        if request.method == "GET":
            if found and not found[2]:
                return json_reply(self._task_answer(found[1], request_id))
            if path in ("/tasks", "/tasks/"):
                return json_reply(self._task_list(request.query, request_id))
            if path == "/uploads":
                return json_reply({"request_id": request_id, "data": self._upload_policy(request.query)})
        raise Refusal("url error, please check url!")

    # ------------------------------------------------------------------------------------------------ submit

    def _submit(self, request: RecordedRequest, path: str, request_id: str) -> Reply:
        if not request.content_type.startswith("application/json"):
            raise Refusal("Content-Type must be application/json.")
        try:
            body = request.json
        except ValueError as error:
            raise Refusal("Request body is not valid JSON.") from error
        marker = self.marker_in(request.body)
        if marker is not None and marker.name in ERRORS and "stage" not in marker.arguments:
            return ERRORS[marker.name].reply(marker.arguments.get("retry-after"))
        asynchronous = request.header("x-dashscope-async") == "enable"
        resolves_oss = request.header("x-dashscope-ossresourceresolve") == "enable"
        try:
            order = read_order(path, body, asynchronous=asynchronous, region=self.region, resolves_oss=resolves_oss)
        except Refusal as refusal:
            if not (self.late_validation and asynchronous and refusal.code.startswith("Invalid")):
                raise
            return self._accept(None, body, request_id, _refused(refusal))
        if asynchronous:
            return self._accept(order, body, request_id, marker)
        return self._answer_at_once(request, order, request_id)

    def _accept(self, order: TongyiOrder | None, body: JsonValue, request_id: str, marker: Marker | None) -> Reply:
        task_id = str(uuid.uuid4())
        failed = marker is not None and marker.arguments.get("stage") == "task"
        stages = (*_STAGES[:2], "FAILED") if failed else _STAGES

        def finish() -> JsonValue:
            if failed or order is None:
                assert marker is not None
                message = marker.arguments.get("message", "").replace("+", " ")
                return {"code": marker.name, "message": message or ERRORS[marker.name].body["message"]}
            return self._task_result(order, marker)

        task = self.tasks.add(Task(task_id, stages, finish, order=body))
        if marker is not None and marker.name == "state":
            task.forced, task.result = marker.arguments["value"], {}
        return json_reply({"request_id": request_id, "output": {"task_id": task_id, "task_status": "PENDING"}})

    def _answer_at_once(self, request: RecordedRequest, order: TongyiOrder, request_id: str) -> Reply:
        # The official package sends the header alone, the documentation adds `parameters.stream`.
        streaming = request.header("x-dashscope-sse") == "enable"
        if streaming != order.interleave:
            raise Refusal("enable_interleave and the header X-DashScope-SSE go together here.")
        if streaming:
            return streamed_reply("text/event-stream;charset=UTF-8", lambda: self._interleaved(order, request_id))
        return json_reply({"request_id": request_id, **self._message_result(order)})

    # ------------------------------------------------------------------------------------------------ results

    def _links(self, order: TongyiOrder) -> list[str]:
        self.bill(order.count)
        seed = f" #{order.seed}" if order.seed is not None else ""
        drawn = ImageOrder(order.width, order.height, order.prompt + seed, photo=self.photo)
        return [self.publish(replace(drawn, index=index)) for index in range(order.count)]

    def _message_result(self, order: TongyiOrder) -> dict[str, JsonValue]:
        kind = {"type": "image"} if order.model.startswith("wan") else {}
        parts: list[JsonValue] = [kind | {"image": link} for link in self._links(order)]
        groups = [[part] for part in parts] if order.rules.choice_per_image else [parts]
        if order.model == "z-image-turbo":
            reasoning = {"reasoning_content": "thinking"} if order.prompt_extend else {}
            text = self.rewritten(order.prompt) if order.prompt_extend else order.prompt
            groups[0].append({"text": text} | reasoning)
        choices = [{"finish_reason": "stop", "message": {"role": "assistant", "content": group}} for group in groups]
        output: dict[str, JsonValue] = {"choices": choices}
        if order.model.startswith("qwen-image-3.0"):
            output["rewrite_status"] = "success" if order.prompt_extend else "disabled"
        return {"output": output, "usage": _usage(order)}

    def _task_result(self, order: TongyiOrder, marker: Marker | None) -> JsonValue:
        if order.model == REPAINT_MODEL:
            links = [{"url": link} for link in self._links(order)]
            more = {"error_code": 0, "error_message": "Success", "style_index": 3}
            return {"output": {"results": links, **more}, "usage": {"image_count": 1}}
        if order.has_messages:
            result = self._message_result(order)
            return {"output": {**result["output"], "finished": True}, "usage": result["usage"]}
        failed = 1 if marker is not None and marker.arguments.get("stage") == "image" and order.count > 1 else 0
        urls = self._links(replace(order, count=order.count - failed))
        results: list[JsonValue] = [{"orig_prompt": order.prompt, "url": url} for url in urls]
        if order.prompt_extend:
            results = [result | {"actual_prompt": self.rewritten(order.prompt)} for result in results]
        if failed and marker is not None:
            results.append({"code": marker.name, "message": ERRORS[marker.name].body["message"]})
        metrics = {"TOTAL": order.count, "SUCCEEDED": order.count - failed, "FAILED": failed}
        output = {"results": results, "task_metrics": metrics}
        return {"output": output, "usage": {"image_count": order.count - failed}}

    async def _interleaved(self, order: TongyiOrder, request_id: str) -> AsyncIterator[bytes]:
        links = self._links(order)
        contents: list[JsonValue] = []
        for number, link in enumerate(links):
            contents += [{"type": "text", "text": f"Step {number + 1}: "}, {"type": "image", "image": link}]
        for number, content in enumerate([*contents, None]):
            message = {"role": "assistant", "content": [content] if content else []}
            choice = {"finish_reason": "null" if content else "stop", "message": message}
            envelope = {"request_id": request_id, "output": {"choices": [choice]}, "usage": _usage(order)}
            data = json_reply(envelope).body
            assert isinstance(data, bytes)
            yield f"id:{number + 1}\nevent:result\n:HTTP_STATUS/200\ndata:".encode() + data + b"\n\n"

    # ------------------------------------------------------------------------------------------------ tasks

    def _task_answer(self, task_id: str, request_id: str) -> JsonValue:
        task = self.tasks.poll(task_id)
        if task is None:
            return {"request_id": request_id, "output": {"task_id": task_id, "task_status": "UNKNOWN"}}
        output: dict[str, JsonValue] = {
            "task_id": task.id,
            "task_status": task.state,
            "submit_time": _china_time(task.created),
            "scheduled_time": _china_time(task.created),
        }
        answer: dict[str, JsonValue] = {"request_id": request_id, "output": output}
        if task.is_final and task.result is not None:
            output["end_time"] = _china_time(datetime.now(UTC))
            if "output" in task.result:
                output |= task.result["output"]
                answer["usage"] = task.result["usage"]
            else:
                output |= task.result
        return answer

    def _cancel(self, task_id: str, request_id: str) -> Reply:
        task = self.tasks.get(task_id)
        if task is None or task.state != "PENDING":
            message = "Failed to cancel the task, please confirm if the task is in PENDING status."
            raise Refusal(message, code="UnsupportedOperation")
        self.tasks.force(task_id, "CANCELED")
        return json_reply({"request_id": request_id})

    def _task_list(self, query: Mapping[str, str], request_id: str) -> JsonValue:
        known = {"start_time", "end_time", "model_name", "api_key_id", "region", "status", "page_no", "page_size"}
        if not set(query) <= known:
            raise Refusal(f"Unknown query parameters: {sorted(set(query) - known)}")
        start, end = (_list_time(query.get(key)) for key in ("start_time", "end_time"))
        if start and end and not timedelta(0) <= end - start <= timedelta(hours=24):
            raise Refusal("The time range must not exceed 24 hours.")
        found = [
            task
            for task in self.tasks.all
            if (start is None or task.created >= start)
            and (end is None or task.created < end + timedelta(seconds=1))
            and query.get("model_name", task.order["model"]) == task.order["model"]
            and query.get("status", task.state) == task.state
        ]
        page, size = int(query.get("page_no", "1")), int(query.get("page_size", "10"))
        return {
            "request_id": request_id,
            "total": len(found),
            "total_page": -(-len(found) // size),
            "page_no": page,
            "page_size": size,
            "data": [self._list_row(task) for task in found[(page - 1) * size : page * size]],
        }

    def _list_row(self, task: Task) -> JsonValue:
        created_ms = int(task.created.timestamp() * 1000)
        return {
            "task_id": task.id,
            "status": task.state,
            "model_name": task.order["model"],
            "gmt_create": created_ms,
            "start_time": created_ms,
            "end_time": created_ms if task.is_final else None,
            "request_id": task.id,
            "region": self.region,
        }

    # ------------------------------------------------------------------------------------------------ uploads

    def _upload_policy(self, query: Mapping[str, str]) -> JsonValue:
        if query.get("action") != "getPolicy" or not query.get("model"):
            raise Refusal("action=getPolicy and model are required.")
        return {
            "upload_host": f"{self.base_url}/fake-oss-upload",
            "upload_dir": f"dashscope-instant/fake/{query['model']}",
            "policy": "fake-policy",
            "signature": "fake-signature",
            "oss_access_key_id": "fake-id",
            "x_oss_object_acl": "private",
            "x_oss_forbid_overwrite": "true",
            "expire_in_seconds": 300,
            "max_file_size_mb": 100,
        }

    def _store_upload(self, request: RecordedRequest) -> Reply:
        try:
            parts = request.parts
        except MultipartError as error:
            return Reply(400, body=str(error).encode())
        fields = {part.name: part.text for part in parts if part.filename is None}
        right = fields.get("policy") == "fake-policy" and fields.get("Signature") == "fake-signature"
        if request.header("authorization") or not right or parts[-1].name != "file":
            return Reply(403, body=b"AccessDenied")
        self._uploaded.add(fields["key"])
        return Reply(int(fields.get("success_action_status", "204")))


def _refused(refusal: Refusal) -> Marker:
    return Marker("tongyi", "InvalidParameter", {"stage": "task", "message": refusal.message.replace(" ", "+")})


def _china_time(moment: datetime) -> str:
    return moment.astimezone(_CHINA).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]


def _list_time(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        return datetime.strptime(text, "%Y%m%d%H%M%S").replace(tzinfo=_CHINA)
    except ValueError as error:
        raise Refusal("start_time and end_time must be in the form YYYYMMDDhhmmss.") from error


def _usage(order: TongyiOrder) -> JsonValue:
    """The usage object in the spelling of the model's family."""
    if order.model.startswith("qwen-image-3.0"):
        kind = "qima_output_2k" if order.width * order.height > 2_250_000 else "qima_output_1k"
        return {
            "output_image_count": order.count,
            "output_width": order.width,
            "output_height": order.height,
            "output_image_type": kind,
            "input_image_count": 0,
        }
    if order.model.startswith(("qwen", "z-image")):
        return {"image_count": order.count, "width": order.width, "height": order.height}
    size = {"image_count": order.count, "size": f"{order.width}*{order.height}"}
    if order.model.startswith("wan2.7"):
        return size | {"input_tokens": 20, "output_tokens": 2, "total_tokens": 22}
    return size
