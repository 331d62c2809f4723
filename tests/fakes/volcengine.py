"""A strict fake of Volcengine Ark and BytePlus ModelArk image generation (Seedream, SeedEdit).

`site="ark"`, `"byteplus"` or `"plan"` chooses the model ids (and the path of the subscription plan). Synchronous:
no task ids, nothing to resume. A marker `[[volcengine:CODE]]` refuses the request, `[[volcengine:CODE image=1]]` fails
that image of a set: moderation lets the others go on, an internal error ends the set.

Unconfirmed in public sources, and the choice taken here: `GET /models` exists on BytePlus only; `seed`,
`negative_prompt` and `optimize_prompt` of pro and flash are refused unless `undocumented_fields` is set; a set has
as many images as `max_images` allows; a tier without references is square, else it follows the first inline
reference; png and jpeg models answer jpeg by default; a stream without a set carries its one image; a layer request
gives a base and two layers and is billed as three; images of a broken connection are billed.
"""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal, Unpack

from tests.fakes.images import ImageOrder, draw
from tests.fakes.markers import Marker, find_markers
from tests.fakes.messages import EventStreamStyle, JsonValue, RecordedRequest, Reply, json_reply, streamed_reply
from tests.fakes.vendor import FakeVendor, Serving, VendorError
from tests.fakes.volcengine_rules import (
    ARK_MODELS,
    BYTEPLUS_MODELS,
    PLAN_MODELS,
    Refusal,
    SeedreamOrder,
    read_order,
)

API_KEY = "0123fake-4567-89ab-cdef-0123456789ab"
CREATED_AT = 1_795_132_800
UNDOCUMENTED = frozenset({"seed", "negative_prompt", "optimize_prompt"})
Site = Literal["ark", "byteplus", "plan"]
_SITE_MODELS = {"ark": ARK_MODELS, "byteplus": BYTEPLUS_MODELS, "plan": PLAN_MODELS}

_TEXTS: dict[str, tuple[int, str, str]] = {
    "MissingParameter": (400, "BadRequest", "The request is missing a required parameter."),
    "InvalidParameter": (400, "BadRequest", "A parameter specified in the request is not valid."),
    "InvalidParameter.UnsupportedImageFormat": (400, "BadRequest", "The image format is not supported."),
    "InvalidImageURL.EmptyURL": (400, "BadRequest", "The image URL is empty."),
    "InvalidImageURL.InvalidFormat": (400, "BadRequest", "The image cannot be read."),
    "InvalidEndpoint.ClosedEndpoint": (400, "BadRequest", "The endpoint is closed."),
    "SensitiveContentDetected": (400, "BadRequest", "The request may contain sensitive information."),
    "InputTextSensitiveContentDetected": (400, "BadRequest", "The input text may contain sensitive information."),
    "InputTextSensitiveContentDetected.PolicyViolation": (400, "BadRequest", "The input text violates the policy."),
    "InputImageSensitiveContentDetected": (400, "BadRequest", "The input image may contain sensitive information."),
    "InputImageSensitiveContentDetected.PrivacyInformation": (400, "BadRequest", "The input may show a real person."),
    "OutputImageSensitiveContentDetected": (400, "BadRequest", "The output may contain sensitive information."),
    "AuthenticationError": (401, "Unauthorized", "The API key in the request is missing or invalid."),
    "InvalidAccountStatus": (401, "Unauthorized", "The account is in an abnormal state."),
    "AccessDenied": (403, "Forbidden", "You do not have access to the requested resource."),
    "OperationDenied.ServiceNotOpen": (403, "Forbidden", "The model service is not open."),
    "AccountOverdueError": (403, "Forbidden", "The account has an overdue balance."),
    "OperationDenied.ServiceOverdue": (403, "Forbidden", "The service bill is overdue."),
    "InvalidEndpointOrModel.NotFound": (404, "NotFound", "The model or endpoint does not exist."),
    "ModelNotOpen": (404, "NotFound", "Your account has not activated the model. Activate it in the console."),
    "InvalidEndpointOrModel.ModelIDAccessDisabled": (404, "NotFound", "Access by model id is disabled."),
    "UnsupportedModel": (404, "NotFound", "The model is not part of the plan."),
    "ModelAccountIpmRateLimitExceeded": (429, "TooManyRequests", "The images per minute limit was exceeded."),
    "ModelAccountRpmRateLimitExceeded": (429, "TooManyRequests", "The requests per minute limit was exceeded."),
    "APIAccountRpmRateLimitExceeded": (429, "TooManyRequests", "The API's requests per minute limit was exceeded."),
    "AccountRateLimitExceeded": (429, "TooManyRequests", "The account's rate limit was exceeded."),
    "RateLimitExceeded.EndpointRPMExceeded": (429, "TooManyRequests", "The endpoint's rate limit was exceeded."),
    "RequestBurstTooFast": (429, "TooManyRequests", "The request rate rose too fast."),
    "ServerOverloaded": (429, "TooManyRequests", "The service is overloaded."),
    "InflightBatchsizeExceeded": (429, "TooManyRequests", "Too many requests are in flight."),
    "QuotaExceeded": (429, "TooManyRequests", "The account quota was exceeded."),
    "SetLimitExceeded": (429, "TooManyRequests", "The limit that you set in the console was reached."),
    "InternalServiceError": (500, "InternalServerError", "The service encountered an unexpected error."),
}


def error_object(
    code: str, message: str, *, param: str = "", kind: str = "BadRequest", request_id: str = ""
) -> JsonValue:
    text = f"{message} Request id: {request_id or '0' * 40}"
    return {"error": {"code": code, "message": text, "param": param, "type": kind}}


ERRORS: dict[str, VendorError] = {
    code: VendorError(status, error_object(code, message, kind=kind), {"x-error-code": code})
    for code, (status, kind, message) in _TEXTS.items()
}


class FakeVolcengine(FakeVendor):
    """See the module."""

    vendor = "volcengine"
    errors: ClassVar[Mapping[str, VendorError]] = ERRORS
    default_api_key = API_KEY

    def __init__(self, *, site: Site = "ark", **serving: Unpack[Serving]) -> None:
        super().__init__(**serving)
        self.site = site
        self.models = dict(_SITE_MODELS[site])
        self.undocumented_fields = False
        self.stream_style = EventStreamStyle(done=True)
        self.stream_completed = True
        self.can_stream = True
        """False: a gateway that answers whole whatever was asked."""

    @property
    def base_url(self) -> str:
        return f"{self.origin}{self._prefix}"

    @property
    def _prefix(self) -> str:
        return "/api/plan/v3" if self.site == "plan" else "/api/v3"

    async def respond(self, request: RecordedRequest) -> Reply:
        request_id = f"{request.arrival + 1:040d}"
        headers = {"x-request-id": request_id}
        try:
            reply = self._route(request)
        except Refusal as refusal:
            body = error_object(
                refusal.code, refusal.message, param=refusal.param, kind=refusal.kind, request_id=request_id
            )
            headers["x-error-code"] = refusal.code
            reply = json_reply(body, status=refusal.status)
        return reply.with_headers(headers)

    def _route(self, request: RecordedRequest) -> Reply:
        if request.header("authorization") != f"Bearer {self.api_key}":
            message = "The API key in the request is missing or invalid."
            raise Refusal(message, code="AuthenticationError", status=401, kind="Unauthorized")
        route = (request.method, request.path.removeprefix(self._prefix))
        if route == ("POST", "/images/generations"):
            return self._generate(request)
        if route == ("GET", "/models") and self.site == "byteplus":
            rows = [{"id": name, "object": "model", "created": CREATED_AT} for name in self.models]
            return json_reply({"object": "list", "data": rows})
        raise Refusal("The requested resource does not exist.", code="NotFound", status=404, kind="NotFound")

    def images(self, request: RecordedRequest) -> list[bytes]:
        """What an accepted request makes, without its markers for failures."""
        outcome = _Outcome(self, read_order(request.json, self.models, undocumented=UNDOCUMENTED), {})
        return [draw(outcome.drawn(index)) for index in range(outcome.order.most_images)]

    def _generate(self, request: RecordedRequest) -> Reply:
        if not request.content_type.startswith("application/json"):
            raise Refusal("Content-Type must be application/json.")
        try:
            body = request.json
        except ValueError as error:
            raise Refusal("The request body is not valid JSON.") from error
        markers = find_markers(request.body, self.vendor)
        for marker in markers:
            if "image" not in marker.arguments:
                return ERRORS[marker.name].reply(marker.arguments.get("retry-after"))
        order = read_order(body, self.models, undocumented=UNDOCUMENTED if self.undocumented_fields else frozenset())
        outcome = _Outcome(self, order, {int(marker.arguments["image"]): marker for marker in markers})
        if order.stream and self.can_stream:
            return streamed_reply("text/event-stream; charset=utf-8", outcome.events)
        return outcome.reply()


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What becomes of one accepted request: images, failures in between, the bill."""

    server: FakeVolcengine
    order: SeedreamOrder
    failures: Mapping[int, Marker]

    def items(self) -> list[JsonValue]:
        """One entry per image of the set, in order; an internal error ends the list."""
        items: list[JsonValue] = []
        count = 3 if self.order.layers else self.order.most_images
        for index in range(count):
            failure = self.failures.get(index)
            if failure is None:
                items.append(self._image(index))
                continue
            items.append({"error": {"code": failure.name, "message": _TEXTS[failure.name][2]}})
            if failure.name.startswith("Internal"):
                break
        self.server.bill(sum("error" not in item for item in items))
        return items

    def drawn(self, index: int) -> ImageOrder:
        order = self.order
        return ImageOrder(
            order.width,
            order.height,
            order.prompt,
            index=index,
            format=order.output_format,
            alpha=order.transparent or (order.layers and index > 0),
            photo=self.server.photo,
        )

    def _image(self, index: int) -> JsonValue:
        order, drawn = self.order, self.drawn(index)
        layer = order.layers and index > 0
        source = (
            {"b64_json": base64.b64encode(draw(drawn)).decode("ascii")}
            if order.base64
            else {"url": self.server.publish(drawn)}
        )
        item: dict[str, JsonValue] = source | {"size": f"{order.width}x{order.height}"}
        if "output_format" in order.rules.fields:
            item["output_format"] = order.output_format
        if order.layers:
            item["z_index"] = index
        if layer:
            box = [0, 0, order.width, order.height]
            item |= {"name": f"layer {index}", "description": "a part of the picture"}
            item["bounding_box"] = {"absolute": box, "normalized": [0, 0, 1000, 1000]}
        return item

    def usage(self, images: int) -> JsonValue:
        tokens = images * self.order.width * self.order.height // 256
        usage: dict[str, JsonValue] = {"generated_images": images, "output_tokens": tokens, "total_tokens": tokens}
        if self.order.references:
            usage["input_images"] = self.order.references
        if self.order.web_search:
            usage["tool_usage"] = {"web_search": 1}
        return usage

    def reply(self) -> Reply:
        items = self.items()
        images = sum("error" not in item for item in items)
        if not images:
            return ERRORS[items[0]["error"]["code"]].reply()
        model = self.order.model.rpartition("-")[0]
        return json_reply({"model": model, "created": CREATED_AT, "data": items, "usage": self.usage(images)})

    async def events(self) -> AsyncIterator[bytes]:
        write = self.server.stream_style.event
        common = {"model": self.order.model, "created": CREATED_AT}
        items = self.items()
        images = sum("error" not in item for item in items)
        if not images:
            yield write("error", ERRORS[items[0]["error"]["code"]].body)
        else:
            for index, item in enumerate(items):
                kind = "partial_failed" if "error" in item else "partial_succeeded"
                name = f"image_generation.{kind}"
                yield write(name, {"type": name, **common, "image_index": index, **item})
            if self.server.stream_completed:
                name = "image_generation.completed"
                yield write(name, {"type": name, **common, "usage": self.usage(images)})
        if self.server.stream_style.done:
            yield self.server.stream_style.done_marker()
