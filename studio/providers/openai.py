"""OpenAI Images API: generations (JSON) and edits (multipart), whole or as a stream with partial images.

There is no task id, no idempotency key and no look-up: what was sent and never answered stays uncertain. Facts from the
official package openai 3.52.0 and the public guides, November 2026; told to users in `references/openai.md`."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from typing import Any, ClassVar

from studio.domain.assets import EXTENSIONS
from studio.domain.errors import NoImage, StudioError, Uncertain
from studio.domain.events import (
    ImageArrived,
    ImageFailed,
    Noticed,
    PartialImage,
    ProviderEvent,
    UsageReported,
)
from studio.domain.notices import Notice
from studio.domain.ports import Account, GenerateCall
from studio.domain.pricing import Usage, cost_of_usage
from studio.providers.adapter import Received, masked
from studio.providers.event_stream import EventStream, ServerEventReader
from studio.providers.messages import Endpoint, FormFile, FormText, Post, Reply, SecretHeader
from studio.providers.openai_errors import OpenAIError, refusal_of
from studio.providers.streaming import StreamingAdapter, told_in_stream
from studio.providers.token_usage import tokens_basis
from studio.providers.transport import StreamedReply

_PLAIN_OPTIONS = (
    "quality",
    "background",
    "output_format",
    "output_compression",
    "moderation",
    "complexity",
    "frame_count",
    "frame_duration_ms",
    "input_fidelity",
)
"""Options that go under their own name; which of them a model has is in the catalogue, and fitting keeps to it."""

_STREAMED_FORMATS = frozenset({"png", "jpeg", "webp"})


class _TokenDetails(Received):
    text_tokens: int | None = None
    image_tokens: int | None = None


class _TokenUsage(Received):
    total_tokens: int | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    input_tokens_details: _TokenDetails | None = None
    output_tokens_details: _TokenDetails | None = None


class _Image(Received):
    b64_json: str | None = None
    url: str | None = None
    revised_prompt: str | None = None


class _WholeReply(Received):
    data: tuple[_Image, ...] | None = None
    usage: _TokenUsage | None = None
    svg_usage: dict[str, Any] | None = None
    error: OpenAIError | None = None


class _StreamEvent(Received):
    """Any event of a stream. Errors come in three shapes: ``{"error": {...}}``, ``{"type": "error", "code", ...}`` and
    the bare ``{"code", "message"}``."""

    type: str = ""
    b64_json: str | None = None
    partial_image_index: int = 0
    usage: _TokenUsage | None = None
    error: OpenAIError | None = None
    code: str | None = None
    message: str | None = None
    param: str | None = None

    def failure(self) -> OpenAIError | None:
        if self.error is not None:
            return self.error
        if self.type == "error" or (not self.type and (self.code or self.message)):
            return OpenAIError(code=self.code, message=self.message, param=self.param)
        return None


class OpenAIProvider(StreamingAdapter):
    """The Images API, and gateways that speak it (account field ``base_url``)."""

    id: ClassVar[str] = "openai"

    def endpoint(self, account: Account) -> Endpoint:
        named = {"OpenAI-Organization": "organization", "OpenAI-Project": "project"}
        return Endpoint(
            provider=self.spec.title,
            base_url=self.field(account, "base_url"),
            headers={header: value for header, name in named.items() if (value := self.field(account, name))},
            secret_headers=(SecretHeader("Authorization", self.key(account), prefix="Bearer "),),
        )

    # ------------------------------------------------------------------------------------------------ sending

    async def request(self, call: GenerateCall) -> Post:
        body = _body(call)
        if not call.request.reference_image:
            return Post("/images/generations", json_body=body)
        texts = [FormText(name, text) for name, text in _form_texts(body)]
        return Post("/images/edits", form=(*texts, *await _reference_files(call)))

    # ------------------------------------------------------------------------------------------------ reading

    async def streamed(
        self, reply: StreamedReply, call: GenerateCall, endpoint: Endpoint, post: Post
    ) -> AsyncGenerator[ProviderEvent, None]:
        """Partial images as they come, then the final one. Fewer partials than asked for, or none, are usual."""
        steps = int(call.request.options.get("partial_images", 0))
        steps_seen = arrived = 0
        async for raw in EventStream(reply, ServerEventReader()):
            event = None if raw.is_done else await self.read_event(_StreamEvent, raw)
            if event is None:
                break
            failure = event.failure()
            if failure is not None:
                yield self.exchanged(endpoint, post, reply, raw.data)
                raise masked(self._stream_error(failure, call, images_seen=steps_seen + arrived), endpoint)
            if event.type.endswith(".partial_image") and event.b64_json:
                steps_seen += 1
                content = await self.decoded_image(event.b64_json)
                yield PartialImage(step=event.partial_image_index + 1, steps=max(steps, steps_seen), content=content)
            elif event.type.endswith(".completed"):
                if not event.b64_json:
                    raise NoImage(provider=self.spec.title)
                yield ImageArrived(index=arrived, content=await self.decoded_image(event.b64_json))
                arrived += 1
                yield self.exchanged(endpoint, post, reply, raw.data)
                if event.usage is not None:
                    yield _usage_reported(event.usage, call, images=arrived)
                if arrived == call.image_count:
                    return
        if arrived < call.image_count:
            raise Uncertain(provider=self.spec.title, detail="The stream ended without the finished image.")

    async def outcome(
        self, reply: Reply, call: GenerateCall, endpoint: Endpoint
    ) -> AsyncGenerator[ProviderEvent, None]:
        """The images of a whole reply. One that cannot be read does not take the others with it."""
        said = await self.read(_WholeReply, reply, endpoint)
        if said.error is not None:
            raise self.error_of(reply, endpoint, call.model.id)
        pictures = [image for image in said.data or () if image.b64_json or image.url]
        if not pictures:
            raise NoImage(**self.facts(reply, endpoint))
        for index, image in enumerate(pictures):
            try:
                content = await self._content(image, endpoint)
            except StudioError as error:
                yield ImageFailed(index=index, problem=error.problem)
                continue
            if image.revised_prompt and image.revised_prompt != call.request.prompt:
                yield Noticed(notice=_rewritten(self.spec.title))
            yield ImageArrived(
                index=index, content=content, image_url=image.url, revised_prompt=image.revised_prompt or None
            )
        if said.usage is not None:
            yield _usage_reported(said.usage, call, images=len(pictures), is_partial=said.svg_usage is not None)

    async def _content(self, image: _Image, endpoint: Endpoint) -> bytes:
        if image.b64_json:
            return await self.decoded_image(image.b64_json)
        # Only gateways and the models of the past answer with links.
        return await self.transport.download(image.url or "", endpoint=endpoint)

    # ------------------------------------------------------------------------------------------------ errors

    def refusal(self, reply: Reply, said: Mapping[str, Any], model_id: str) -> StudioError | None:
        failure = OpenAIError.of(said.get("error"))
        if failure is None:
            return None
        return refusal_of(failure, reply.status, self.spec, model_id, self.transport.clock.now().date())

    def _stream_error(self, failure: OpenAIError, call: GenerateCall, *, images_seen: int) -> StudioError:
        today = self.transport.clock.now().date()
        error = refusal_of(failure, failure.usual_status, self.spec, call.model.id, today)
        return told_in_stream(error, is_drawn=images_seen > 0)

    # ------------------------------------------------------------------------------------------------ checking

    async def model_ids(self, account: Account) -> tuple[str, ...]:
        endpoint = self.endpoint(account)
        reply = await self.transport.get(endpoint, "/models")
        if not reply.ok:
            raise self.error_of(reply, endpoint, paid=False)
        listed = await self.read(_ModelList, reply, endpoint, paid=False)
        # The list holds every model of the vendor; the many that write or speak are of no use here.
        known = {model.id for model in self.spec.models}
        return tuple(sorted(model.id for model in listed.data if model.id in known or "image" in model.id))


class _ListedModel(Received):
    id: str


class _ModelList(Received):
    data: tuple[_ListedModel, ...]


# ---------------------------------------------------------------------------------------------------- the body


def _body(call: GenerateCall) -> dict[str, Any]:
    """The scalar fields, the same for both endpoints. What the user left alone stays out: unknown fields are errors."""
    request, options = call.request, call.request.options
    body: dict[str, Any] = {"model": call.model.id, "prompt": request.prompt}
    if call.image_count > 1:
        body["n"] = call.image_count
    if request.size is not None:
        body["size"] = str(request.size)
    body |= {name: options[name] for name in _PLAIN_OPTIONS if name in options}
    svg = _svg(options)
    if svg:
        body["svg"] = svg
    # A stream whenever there can be one: proxies cut connections that are silent for a minute.
    if call.image_count == 1 and options.get("output_format", "png") in _STREAMED_FORMATS:
        body["stream"] = True
        if options.get("partial_images"):
            body["partial_images"] = options["partial_images"]
    return body


def _svg(options: Mapping[str, Any]) -> dict[str, Any]:
    svg: dict[str, Any] = {}
    if options.get("svg_model"):
        svg["model"] = options["svg_model"]
    if options.get("svg_effort"):
        svg["reasoning"] = {"effort": options["svg_effort"]}
    return svg


def _form_texts(value: Mapping[str, Any], prefix: str = "") -> list[tuple[str, str]]:
    """Fields as plain parts of a form: ``true`` for True, ``svg[model]`` for what is nested."""
    texts: list[tuple[str, str]] = []
    for key, entry in value.items():
        name = f"{prefix}[{key}]" if prefix else key
        if isinstance(entry, Mapping):
            texts += _form_texts(entry, name)
        else:
            texts.append((name, str(entry).lower() if isinstance(entry, bool) else str(entry)))
    return texts


async def _reference_files(call: GenerateCall) -> list[FormFile]:
    """One file goes as ``image``, several as ``image[]``. The user's own file names stay on his computer."""
    references = call.request.reference_image
    name = "image" if len(references) == 1 else "image[]"
    return [
        FormFile(
            name=name,
            file_name=f"image-{number}.{EXTENSIONS[reference.media_type]}",
            media_type=reference.media_type,
            content=await call.read_reference(reference),
            blob=reference.blob,
        )
        for number, reference in enumerate(references, 1)
    ]


# ---------------------------------------------------------------------------------------------------- usage


def _usage_reported(usage: _TokenUsage, call: GenerateCall, *, images: int, is_partial: bool = False) -> UsageReported:
    """The figures as sent, and what they cost. `is_partial`: another model took part, whose price we do not know."""
    given, made = usage.input_tokens_details, usage.output_tokens_details
    text_in = given.text_tokens if given else None
    if given is None and not call.request.reference_image:
        text_in = usage.input_tokens
    figures = Usage(
        text_in=text_in,
        image_in=given.image_tokens if given else None,
        text_out=made.text_tokens if made else None,
        image_out=made.image_tokens if made else usage.output_tokens,
        total=usage.total_tokens,
        images=images,
    )
    is_clear = not is_partial and (figures.text_in is not None or usage.input_tokens is None)
    cost = cost_of_usage(figures, call.model.prices) if is_clear else None
    return UsageReported(usage=figures, cost=cost, basis=tokens_basis(figures))


def _rewritten(provider: str) -> Notice:
    return Notice(field="prompt", kind="information", code="prompt_rewritten", values={"provider": provider})
