"""A strict fake of Gemini image generation (developer API): models, generateContent, streamGenerateContent.

The Interactions API, the Files API and Imagen are not part of it (`fileData` is accepted and not fetched). The key is
taken from the header only; a key in the URL is refused because it would land in logs.

Prompt markers: `[[gemini:RESOURCE_EXHAUSTED]]` and the other names of `ERRORS`; `[[gemini:block reason=SAFETY]]` (the
prompt is refused), `[[gemini:finish reason=IMAGE_SAFETY]]` (the output is), `[[gemini:no_image]]` (text only),
`[[gemini:stream_error code=UNAVAILABLE]]` (an error inside the stream).

Unconfirmed in public sources, and the choice taken here: the pro model takes every thinking level but MINIMAL; a
thinking model shows two interim images when thoughts are asked for; refused and text-only answers cost no image;
images of a broken connection are billed; the request limit is 20 MB; without `responseModalities` both text and image
come; the lite model takes 14 references and no 512 class.
"""

from __future__ import annotations

import base64
import re
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace
from typing import ClassVar, Unpack

from tests.fakes.gemini_rules import MODELS, REQUEST_LIMIT_BYTES, GeminiModel, GeminiOrder, Refusal, read_order
from tests.fakes.images import ImageOrder, draw
from tests.fakes.markers import Marker
from tests.fakes.messages import EventStreamStyle, JsonValue, RecordedRequest, Reply, json_reply, streamed_reply
from tests.fakes.vendor import FakeVendor, Serving, VendorError

API_KEY = "AIzaFake0123456789abcdefghijklmnopqrstu"
_TYPE = "type.googleapis.com/google.rpc."
_PATH = re.compile(r"/(v1|v1beta)/models(?:/([^/:]+)(?::(\w+))?)?")


def error_object(code: int, status: str, message: str, details: Sequence[JsonValue] = ()) -> JsonValue:
    return {
        "error": {"code": code, "message": message, "status": status} | ({"details": list(details)} if details else {})
    }


def _error(code: int, status: str, message: str, *details: JsonValue) -> VendorError:
    return VendorError(code, error_object(code, status, message, details))


def _quota(metric: str, quota_id: str, delay: str | None) -> VendorError:
    violation = {"quotaMetric": f"generativelanguage.googleapis.com/{metric}", "quotaId": quota_id}
    details: list[JsonValue] = [{"@type": f"{_TYPE}QuotaFailure", "violations": [violation]}]
    if delay is not None:
        details.append({"@type": f"{_TYPE}RetryInfo", "retryDelay": delay})
    return _error(429, "RESOURCE_EXHAUSTED", "You exceeded your current quota, please check your plan.", *details)


_KEY_INVALID = {"@type": f"{_TYPE}ErrorInfo", "reason": "API_KEY_INVALID", "domain": "googleapis.com"}

ERRORS: dict[str, VendorError] = {
    "INVALID_ARGUMENT": _error(400, "INVALID_ARGUMENT", "Request contains an invalid argument."),
    "API_KEY_INVALID": _error(400, "INVALID_ARGUMENT", "API key not valid. Please pass a valid API key.", _KEY_INVALID),
    "FAILED_PRECONDITION": _error(400, "FAILED_PRECONDITION", "User location is not supported for the API use."),
    "UNAUTHENTICATED": _error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials."),
    "PERMISSION_DENIED": _error(403, "PERMISSION_DENIED", "Your API key was reported as leaked."),
    "NOT_FOUND": _error(404, "NOT_FOUND", "The model is not found for API version v1."),
    "RESOURCE_EXHAUSTED": _quota("generate_requests", "GenerateRequestsPerMinutePerProjectPerModel", "34s"),
    "RESOURCE_EXHAUSTED_DAILY": _quota("generate_requests", "GenerateRequestsPerDayPerProjectPerModel-FreeTier", None),
    "CANCELLED": _error(499, "CANCELLED", "The operation was cancelled."),
    "INTERNAL": _error(500, "INTERNAL", "An internal error has occurred."),
    "UNAVAILABLE": _error(503, "UNAVAILABLE", "The model is overloaded. Please try again later."),
    "DEADLINE_EXCEEDED": _error(504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete."),
}


class FakeGemini(FakeVendor):
    """See the module. `gone` names models that answer 404 although some lists still have them.

    `versions` are the path segments that are served; `wraps_errors` puts every error into a list of one."""

    vendor = "gemini"
    errors: ClassVar[Mapping[str, VendorError]] = ERRORS
    default_api_key = API_KEY

    def __init__(self, **serving: Unpack[Serving]) -> None:
        super().__init__(**serving)
        self.gone: set[str] = set()
        self.versions = {"v1", "v1beta"}
        self.wraps_errors = False
        self.stream_style = EventStreamStyle(named=False)
        self.request_limit_bytes = REQUEST_LIMIT_BYTES

    async def respond(self, request: RecordedRequest) -> Reply:
        try:
            return self._route(request)
        except Refusal as refusal:
            details: list[JsonValue] = []
            if refusal.reason:
                details.append(_KEY_INVALID | {"reason": refusal.reason})
            if refusal.field:
                violation = {"field": refusal.field, "description": refusal.message}
                details.append({"@type": f"{_TYPE}BadRequest", "fieldViolations": [violation]})
            body = error_object(refusal.code, refusal.status, refusal.message, details)
            return json_reply([body] if self.wraps_errors else body, status=refusal.code)

    def _route(self, request: RecordedRequest) -> Reply:
        found = _PATH.fullmatch(request.path)
        if found is None or found[1] not in self.versions:
            raise Refusal("The requested URL was not found on this server.", code=404, status="NOT_FOUND")
        self._check_key(request)
        _, model, method = found.groups()
        if request.method == "GET" and method is None:
            return self._model_answer(model, request.query)
        if request.method != "POST" or method not in ("generateContent", "streamGenerateContent") or model is None:
            raise Refusal("The requested URL was not found on this server.", code=404, status="NOT_FOUND")
        return self._generate(request, model, streaming=method == "streamGenerateContent")

    def _check_key(self, request: RecordedRequest) -> None:
        key = request.header("x-goog-api-key")
        if "key" in request.query:
            raise Refusal("The fake takes no key in the URL, where it would be logged.")
        if key is None:
            message = "Method doesn't allow unregistered callers (callers without established identity)."
            raise Refusal(message, code=403, status="PERMISSION_DENIED")
        if key != self.api_key:
            raise Refusal("API key not valid. Please pass a valid API key.", reason="API_KEY_INVALID")

    def _model_answer(self, model: str | None, query: Mapping[str, str]) -> Reply:
        if model is not None:
            self._rules(model)
            return json_reply(_model_row(model))
        if not set(query) <= {"pageSize", "pageToken"}:
            raise Refusal("Invalid query parameter.")
        names = [name for name in ("gemini-3-flash", *MODELS) if name not in self.gone]
        return json_reply({"models": [_model_row(name) for name in names]})

    def _rules(self, model: str) -> GeminiModel:
        rules = MODELS.get(model)
        if rules is None or model in self.gone:
            message = f"models/{model} is not found for API version v1, or is not supported for generateContent."
            raise Refusal(message, code=404, status="NOT_FOUND")
        return rules

    # ------------------------------------------------------------------------------------------------ generation

    def _generate(self, request: RecordedRequest, model: str, *, streaming: bool) -> Reply:
        if len(request.body) > self.request_limit_bytes:
            message = f"Request payload size exceeds the limit: {self.request_limit_bytes} bytes."
            raise Refusal(message)
        rules = self._rules(model)
        try:
            body = request.json
        except ValueError as error:
            raise Refusal("Invalid JSON payload received.") from error
        order = read_order(model, rules, body)
        marker = self.marker_in(order.prompt.encode())
        if marker is not None and marker.name in ERRORS:
            documented = ERRORS[marker.name]
            return json_reply([documented.body], status=documented.status) if self.wraps_errors else documented.reply()
        chunks = self._chunks(order, marker)
        if not streaming:
            return json_reply(_merged(chunks))
        if request.query.get("alt") != "sse":
            return json_reply(chunks)
        return streamed_reply("text/event-stream", lambda: self._events(chunks, marker))

    async def _events(self, chunks: Sequence[JsonValue], marker: Marker | None) -> AsyncIterator[bytes]:
        if marker is not None and marker.name == "stream_error":
            yield self.stream_style.event("", chunks[0])
            yield self.stream_style.event("", ERRORS[marker.arguments.get("code", "UNAVAILABLE")].body)
            return
        for chunk in chunks:
            yield self.stream_style.event("", chunk)

    def _chunks(self, order: GeminiOrder, marker: Marker | None) -> list[JsonValue]:
        """The answer as a stream sends it: thoughts, text, image, then the finish reason with the whole usage."""
        common = {"modelVersion": order.model, "responseId": f"response-{len(order.prompt)}"}
        if marker is not None and marker.name == "block":
            reason = marker.arguments.get("reason", "SAFETY")
            usage = {"promptTokenCount": 12, "totalTokenCount": 12}
            return [{"promptFeedback": {"blockReason": reason}, "usageMetadata": usage, **common}]
        refused = marker is not None and marker.name in ("finish", "no_image")
        thoughts = self._thoughts(order) if order.shows_thoughts else []
        parts = [*thoughts]
        if order.wants_text or (refused and marker is not None and marker.name == "no_image"):
            parts.append({"text": "Here it is." if not refused else "I can only describe such a picture."})
        made = order.wants_image and not refused
        if made:
            self.bill(1)
            signature = {"thoughtSignature": "c2ln"} if order.thinks else {}
            parts.append({"inlineData": self._inline(order, 4)} | signature)
        finish = marker.arguments.get("reason", "STOP") if marker is not None and refused else "STOP"
        last: dict[str, JsonValue] = {"index": 0, "finishReason": finish}
        if finish not in ("STOP", "NO_IMAGE"):
            parts = []
            last["finishMessage"] = "The output was refused."
        usage = _usage(order, images=int(made), thoughts=len(thoughts))
        chunks: list[JsonValue] = [
            {"candidates": [{"index": 0, "content": {"role": "model", "parts": [part]}}], **common} for part in parts
        ]
        return [*chunks, {"candidates": [last], "usageMetadata": usage, **common}]

    def _thoughts(self, order: GeminiOrder) -> list[JsonValue]:
        return [
            {"text": "Thinking about the light.", "thought": True},
            *({"inlineData": self._inline(order, step), "thought": True} for step in (1, 2)),
        ]

    def image(self, request: RecordedRequest) -> bytes:
        """The finished picture of a request that passes the model's rules. Raises `Refusal`."""
        model = request.path.rpartition("/")[2].partition(":")[0]
        return self._picture(read_order(model, self._rules(model), request.json), 4)

    def _picture(self, order: GeminiOrder, sharpness: int) -> bytes:
        form = order.rules.media_type.removeprefix("image/")
        drawn = ImageOrder(order.width, order.height, f"{order.prompt} #{order.seed}", format=form, photo=self.photo)
        return draw(replace(drawn, sharpness=sharpness))

    def _inline(self, order: GeminiOrder, sharpness: int) -> JsonValue:
        content = self._picture(order, sharpness)
        return {"mimeType": order.rules.media_type, "data": base64.b64encode(content).decode("ascii")}


def _model_row(name: str) -> JsonValue:
    methods = ["generateContent", "countTokens", "batchGenerateContent"]
    return {"name": f"models/{name}", "displayName": name, "supportedGenerationMethods": methods}


def _usage(order: GeminiOrder, *, images: int, thoughts: int) -> JsonValue:
    prompt = len(order.prompt) // 4 + 1 + 258 * order.references
    image_tokens = order.image_tokens * images
    thought_tokens = (90 if order.thinks else 0) + order.image_tokens * max(0, thoughts - 1)
    usage: dict[str, JsonValue] = {
        "promptTokenCount": prompt,
        "candidatesTokenCount": image_tokens,
        "totalTokenCount": prompt + image_tokens + thought_tokens,
        "candidatesTokensDetails": [{"modality": "IMAGE", "tokenCount": image_tokens}],
    }
    return usage | ({"thoughtsTokenCount": thought_tokens} if thought_tokens else {})


def _merged(chunks: Sequence[JsonValue]) -> JsonValue:
    """The chunks of a stream as the one answer of a plain call."""
    *pieces, last = chunks
    if "candidates" not in last:
        return last
    parts = [part for piece in pieces for part in piece["candidates"][0]["content"]["parts"]]
    content = {"content": {"role": "model", "parts": parts}} if parts else {}
    return last | {"candidates": [last["candidates"][0] | content]}
