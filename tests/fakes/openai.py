"""A strict fake of the OpenAI Images API: models, generations (JSON and stream), edits (multipart and JSON).

Unconfirmed in public sources, and the choice taken here (the strictest reading, so that a client that passes here
passes there): a stream with `n` above 1 is refused; exactly one reference image must be the field `image` (the real
server is also seen to take `image[]`); `xhigh`/`max` are refused on 2.6; `model` is required; the area scaling of
output tokens and 323 input tokens per reference image are made up; a missing key has the code of a wrong one; images
of a broken connection are billed. https references of the JSON edit form are accepted and not fetched.
"""

from __future__ import annotations

import base64
import threading
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tests.fakes.faults import Answer
from tests.fakes.images import ImageOrder, draw
from tests.fakes.markers import Marker, find_markers
from tests.fakes.messages import (
    EventStreamStyle,
    JsonValue,
    RecordedRequest,
    Reply,
    json_reply,
    streamed_reply,
)
from tests.fakes.openai_errors import ERRORS, error_object
from tests.fakes.openai_references import json_images, multipart_fields
from tests.fakes.openai_rules import MODELS, Refusal, Wish, output_image_tokens, read_wish
from tests.fakes.server import FakeServer

API_KEY = "sk-proj-fake-0123456789abcdefghijklmnopqrstuvwxyz"
CREATED_AT = 1_795_132_800
PARTIAL_IMAGE_TOKENS = 100
REFERENCE_IMAGE_TOKENS = 323


@dataclass(frozen=True, slots=True)
class StreamScript:
    """How the next streams go. `partials`: send at most so many (fewer than asked is normal).

    `error_shape`: instead of the completed event an error as `nested` (`{"error": {...}}`), `typed`
    (`{"type": "error", ...}`) or `bare` (`{"code", "message"}`). `completed=False`: the stream just ends.
    """

    partials: int | None = None
    style: EventStreamStyle = field(default_factory=EventStreamStyle)
    error_shape: str | None = None
    error: str = "server_error"
    completed: bool = True


class FakeOpenAI(FakeServer):
    """See the module. `billed_images` counts the images that the vendor would charge for."""

    vendor = "openai"
    base_path = "/v1"

    def __init__(
        self,
        *,
        tls: bool = False,
        port: int = 0,
        latency_steps_s: Sequence[float] = (),
        api_key: str = API_KEY,
        today: date = date(2026, 11, 20),
    ) -> None:
        super().__init__(tls=tls, port=port, latency_steps_s=latency_steps_s)
        self.api_key = api_key
        self.today = today
        self.stream_script = StreamScript()
        self.billed_images = 0
        self.photo = False  # images with the weight of real ones, for benchmarks
        self._lock = threading.Lock()

    def fail_next(self, error: str, *, times: int = 1, path: str = "", retry_after: str | None = None) -> None:
        """Answer the next requests with a documented error (a key of `ERRORS`).

        `retry_after`: seconds (`"2"`), milliseconds (`"1500ms"`) or `"date"` (an HTTP date)."""
        self.script(*[Answer(ERRORS[error].reply(retry_after))] * times, path=path)

    async def respond(self, request: RecordedRequest) -> Reply:
        reply = self._answer(request)
        number = f"{request.arrival:08x}"
        common = {"x-request-id": f"req_{number * 4}", "openai-processing-ms": "1234", "openai-version": "2020-10-01"}
        return reply.with_headers(common | _rate_limit_headers(self))

    def _answer(self, request: RecordedRequest) -> Reply:
        if request.header("authorization") != f"Bearer {self.api_key}":
            return ERRORS["invalid_api_key"].reply()
        try:
            match (request.method, request.path.removeprefix(self.base_path)):
                case ("GET", "/models"):
                    return json_reply({"object": "list", "data": self._model_list()})
                case ("POST", "/images/generations"):
                    return self._generate(request, self._json_fields(request), "image_generation", ())
                case ("POST", "/images/edits"):
                    return self._edit(request)
                case (_, "/models" | "/images/generations" | "/images/edits"):
                    message = f"Not allowed to {request.method} on {request.path}."
                    raise Refusal(message, code="method_not_supported", status=405)
                case _:
                    message = f"Invalid URL ({request.method} {request.path})"
                    raise Refusal(message, code="unknown_url", status=404)
        except Refusal as refusal:
            body = error_object(refusal.message, code=refusal.code, param=refusal.param)
            return json_reply(body, status=refusal.status)

    def _model_list(self) -> list[JsonValue]:
        live = {name: rules.ends for name, rules in MODELS.items() if rules.ends is None or self.today < rules.ends}
        models = {"gpt-5": None, "text-embedding-3-small": None} | live
        return [
            {
                "id": name,
                "object": "model",
                "created": CREATED_AT,
                "owned_by": "system",
                "shutdown_date": ends.isoformat() if ends else None,
            }
            for name, ends in models.items()
        ]

    # ------------------------------------------------------------------------------------------------ requests

    @staticmethod
    def _json_fields(request: RecordedRequest) -> dict[str, JsonValue]:
        if not request.content_type.lower().startswith("application/json"):
            message = f"Unsupported content type: '{request.content_type}'. Please try again with 'application/json'."
            raise Refusal(message, code="unsupported_content_type")
        try:
            fields = request.json
        except ValueError as error:
            message = "We could not parse the JSON body of your request."
            raise Refusal(message, code=None) from error
        if not isinstance(fields, dict):
            raise Refusal("Invalid type: expected an object.", code="invalid_type")
        return fields

    def _edit(self, request: RecordedRequest) -> Reply:
        if not request.is_multipart:
            fields = self._json_fields(request)
            references = json_images(fields)
        else:
            fields, references = multipart_fields(request)
        return self._generate(request, fields, "image_edit", references)

    def _generate(
        self, request: RecordedRequest, fields: dict[str, JsonValue], event_prefix: str, references: Sequence[bytes]
    ) -> Reply:
        edit = event_prefix == "image_edit"
        wish = read_wish(fields, self.today, edit=edit, multipart=request.is_multipart)
        script = self.stream_script
        for marker in find_markers(wish.prompt.encode(), self.vendor):
            if marker.name in ERRORS:
                return ERRORS[marker.name].reply(marker.arguments.get("retry-after"))
            script = _marked_script(script, marker)
        with self._lock:
            self.billed_images += wish.count
        if wish.stream:
            events = _EventStream(self, wish, references, event_prefix, script)
            return streamed_reply("text/event-stream; charset=utf-8", events.pieces)
        return json_reply(self._finished(wish, references))

    # ------------------------------------------------------------------------------------------------ results

    def image(self, wish: Wish, index: int = 0, sharpness: int = 4) -> bytes:
        """The bytes of result number `index`; partial images are the same picture with less sharpness."""
        still = sharpness < 4
        order = ImageOrder(
            width=wish.width,
            height=wish.height,
            prompt=wish.prompt,
            index=index,
            format=wish.output_format,
            alpha=wish.background == "transparent",
            icc=False,
            text=(("provenance", "fake"),) if wish.output_format == "png" else (),
            sharpness=sharpness,
            compression=wish.compression,
            frames=1 if still else wish.frames,
            frame_duration_ms=wish.frame_duration_ms,
            photo=self.photo,
        )
        return draw(order)

    def usage(self, wish: Wish, references: Sequence[bytes], partials: int = 0) -> JsonValue:
        """The usage object: text about 4 characters per token, images by the table, +100 per partial sent."""
        text, images = len(wish.prompt) // 4 + 1, REFERENCE_IMAGE_TOKENS * len(references)
        output = output_image_tokens(wish) * wish.count + PARTIAL_IMAGE_TOKENS * partials
        return {
            "total_tokens": text + images + output,
            "input_tokens": text + images,
            "output_tokens": output,
            "input_tokens_details": {"text_tokens": text, "image_tokens": images},
            "output_tokens_details": {"image_tokens": output, "text_tokens": 0},
        }

    def _finished(self, wish: Wish, references: Sequence[bytes]) -> JsonValue:
        images = [base64.b64encode(self.image(wish, index)).decode("ascii") for index in range(wish.count)]
        body: dict[str, JsonValue] = {
            "created": CREATED_AT,
            "background": "transparent" if wish.background == "transparent" else "opaque",
            "output_format": wish.output_format,
            "quality": wish.quality,
            "size": f"{wish.width}x{wish.height}",
            "data": [{"b64_json": image} for image in images],
            "usage": self.usage(wish, references),
        }
        if wish.safety_identifier:
            body["safety_identifier"] = wish.safety_identifier
        if wish.svg_model:
            tokens = {"input_tokens": 400, "output_tokens": 900, "reasoning_tokens": 0, "total_tokens": 1300}
            body["svg_usage"] = {"model": wish.svg_model, **tokens}
        return body


@dataclass(frozen=True, slots=True)
class _EventStream:
    """The events of one stream, in the documented order: partials 0..p-1, then completed."""

    server: FakeOpenAI
    wish: Wish
    references: Sequence[bytes]
    prefix: str
    script: StreamScript

    async def pieces(self) -> AsyncIterator[bytes]:
        script, wish = self.script, self.wish
        write = script.style.event
        partials = wish.partial_images if script.partials is None else min(script.partials, wish.partial_images)
        for index in range(partials):
            name = f"{self.prefix}.partial_image"
            yield write(name, {"type": name, "partial_image_index": index, **self._image(sharpness=index + 1)})
        if script.error_shape is not None:
            yield self._error_event()
        elif script.completed:
            name = f"{self.prefix}.completed"
            usage = self.server.usage(wish, self.references, partials)
            identifier = {"safety_identifier": wish.safety_identifier} if wish.safety_identifier else {}
            yield write(name, {"type": name, **self._image(sharpness=4), "usage": usage, **identifier})
        if script.style.done:
            yield script.style.done_marker()

    def _image(self, sharpness: int) -> dict[str, JsonValue]:
        return {
            "b64_json": base64.b64encode(self.server.image(self.wish, 0, sharpness)).decode("ascii"),
            "created_at": CREATED_AT + sharpness,
            "size": f"{self.wish.width}x{self.wish.height}",
            "quality": self.wish.quality,
            "background": self.wish.background,
            "output_format": self.wish.output_format,
        }

    def _error_event(self) -> bytes:
        inner = ERRORS[self.script.error].body["error"]
        bare = {"code": inner["code"], "message": inner["message"]}
        shapes = {"nested": {"error": inner}, "typed": {"type": "error", **bare, "param": None}, "bare": bare}
        assert self.script.error_shape is not None
        return self.script.style.event("error", shapes[self.script.error_shape])


def _marked_script(script: StreamScript, marker: Marker) -> StreamScript:
    """The stream script changed by a prompt marker such as `[[openai:stream_partials count=1]]`."""
    style = script.style
    match marker.name:
        case "stream_partials":
            return replace(script, partials=int(marker.arguments["count"]))
        case "stream_error":
            shape, error = marker.arguments.get("shape", "nested"), marker.arguments.get("code", "server_error")
            return replace(script, error_shape=shape, error=error)
        case "stream_without_completed":
            return replace(script, completed=False)
        case "stream_comments":
            return replace(script, style=replace(style, comments=True))
        case "stream_multi_line":
            return replace(script, style=replace(style, multi_line=True))
        case "stream_done":
            return replace(script, style=replace(style, done=True))
        case "stream_crlf":
            return replace(script, style=replace(style, crlf=True))
    raise Refusal(f"the fake knows no marker {marker.name!r}", param="prompt")


# ---------------------------------------------------------------------------------------------------- replies


def _rate_limit_headers(server: FakeOpenAI) -> dict[str, str]:
    left = max(0, 5 - server.billed_images)
    return {
        "x-ratelimit-limit-requests": "5",
        "x-ratelimit-remaining-requests": str(left),
        "x-ratelimit-reset-requests": "12s",
        "x-ratelimit-limit-tokens": "100000",
        "x-ratelimit-remaining-tokens": str(100_000 - 100 * server.billed_images),
        "x-ratelimit-reset-tokens": "60ms",
    }
