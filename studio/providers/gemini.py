"""Google Gemini: image models of the developer API by ``generateContent``, whole or as a stream with drafts.

There is no task id and no look-up: what was sent and never answered stays uncertain. A refusal comes with status 200
and a reason inside. Facts from the official package google-genai 3.4.0 and the pages of the API, November 2026; told to
users in `references/gemini.md`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import replace
from typing import Any, ClassVar

import pybase64
from pydantic import ConfigDict
from pydantic.alias_generators import to_camel
from pydantic_core import from_json, to_json

from studio.domain.errors import (
    PromptRefused,
    ReferenceTooLarge,
    ServerFailed,
    StudioError,
    Uncertain,
)
from studio.domain.events import ImageArrived, ImageFailed, PartialImage, ProviderEvent, UsageReported
from studio.domain.ports import Account, GenerateCall
from studio.domain.pricing import Usage, cost_of_usage
from studio.providers.adapter import Received, masked
from studio.providers.event_stream import EventStream, ServerEventReader
from studio.providers.gemini_errors import WITHHELD, pause_s, refusal_of, without_image
from studio.providers.messages import Endpoint, Post, Reply, SecretHeader
from studio.providers.streaming import StreamingAdapter, told_in_stream
from studio.providers.token_usage import tokens_basis
from studio.providers.transport import StreamedReply

REFERENCES_MAX_BYTES = 14_000_000
"""Of all reference images together: in base64 they stay below the 20 MB that every page allows for a request."""

_SAFETY_CATEGORIES = (
    "HARM_CATEGORY_HARASSMENT",
    "HARM_CATEGORY_HATE_SPEECH",
    "HARM_CATEGORY_SEXUALLY_EXPLICIT",
    "HARM_CATEGORY_DANGEROUS_CONTENT",
)

_IMAGE_SIZES = {"0.5K": "512"}
"""Our classes of size that have another name on the wire."""

_DRAFTS = 2
"""As many drafts as a thinking model shows at most."""


class _Camel(Received):
    """Names on the wire are in camelCase."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class _Data(_Camel):
    data: str = ""


class _Part(_Camel):
    text: str | None = None
    thought: bool = False
    inline_data: _Data | None = None


class _Content(_Camel):
    parts: tuple[_Part, ...] = ()


class _Candidate(_Camel):
    content: _Content | None = None
    finish_reason: str | None = None
    finish_message: str | None = None


class _Feedback(_Camel):
    block_reason: str | None = None
    block_reason_message: str | None = None


class _Tokens(_Camel):
    modality: str = ""
    token_count: int = 0


class _Usage(_Camel):
    prompt_token_count: int | None = None
    candidates_token_count: int | None = None
    thoughts_token_count: int | None = None
    total_token_count: int | None = None
    prompt_tokens_details: tuple[_Tokens, ...] = ()
    candidates_tokens_details: tuple[_Tokens, ...] = ()


class _Answer(_Camel):
    """A whole answer, or a piece of a stream. Everything may be missing: a blocked prompt has no candidates."""

    candidates: tuple[_Candidate, ...] = ()
    prompt_feedback: _Feedback | None = None
    usage_metadata: _Usage | None = None
    error: Any = None


class _Reading:
    """What the pieces of one answer add up to. Pictures are held back until the answer says how it ended."""

    def __init__(self) -> None:
        self.pictures: list[str] = []
        self.drafts: list[str] = []
        self.words: list[str] = []
        self.finish = ""
        self.finish_words = ""
        self.block: _Feedback | None = None
        self.usage: _Usage | None = None

    def take(self, answer: _Answer) -> list[str]:
        """Adds a piece; returns the drafts in it."""
        drafts: list[str] = []
        if answer.prompt_feedback is not None and answer.prompt_feedback.block_reason:
            self.block = answer.prompt_feedback
        self.usage = answer.usage_metadata or self.usage
        for candidate in answer.candidates[:1]:
            self.finish = candidate.finish_reason or self.finish
            self.finish_words = candidate.finish_message or self.finish_words
            for part in candidate.content.parts if candidate.content is not None else ():
                if part.inline_data is not None and part.inline_data.data:
                    (drafts if part.thought else self.pictures).append(part.inline_data.data)
                elif part.text and not part.thought:
                    self.words.append(part.text)
        self.drafts += drafts
        return drafts


class GeminiProvider(StreamingAdapter):
    """The developer API, not Vertex. The version in the path is a field of the account."""

    id: ClassVar[str] = "gemini"

    def endpoint(self, account: Account) -> Endpoint:
        return Endpoint(
            provider=self.spec.title,
            base_url=f"{self.field(account, 'base_url').rstrip('/')}/{self.field(account, 'api_version')}",
            secret_headers=(SecretHeader("x-goog-api-key", self.key(account)),),
        )

    # ------------------------------------------------------------------------------------------------ sending

    async def request(self, call: GenerateCall) -> Post:
        body: dict[str, Any] = {
            "contents": [{"role": "user", "parts": [{"text": call.request.prompt}, *await _reference_parts(call)]}],
            "generationConfig": _configuration(call),
        }
        threshold = call.request.options.get("safety_threshold")
        if threshold is not None:
            body["safetySettings"] = [{"category": one, "threshold": threshold} for one in _SAFETY_CATEGORIES]
        if _shows_drafts(call):
            path, query = f"/models/{call.model.id}:streamGenerateContent", {"alt": "sse"}
            return Post(path, json_body=body, query=query)
        return Post(f"/models/{call.model.id}:generateContent", json_body=body)

    # ------------------------------------------------------------------------------------------------ reading

    async def outcome(
        self, reply: Reply, call: GenerateCall, endpoint: Endpoint
    ) -> AsyncGenerator[ProviderEvent, None]:
        answer = await self.read(_Answer, reply, endpoint)
        if answer.error is not None:
            raise self.error_of(reply, endpoint, call.model.id)
        reading = _Reading()
        reading.take(answer)
        async with aclosing(self._ending(reading, call, self.facts(reply, endpoint))) as events:
            async for event in events:
                yield event

    async def streamed(
        self, reply: StreamedReply, call: GenerateCall, endpoint: Endpoint, post: Post
    ) -> AsyncGenerator[ProviderEvent, None]:
        """Drafts as they come, then the picture, which comes whole in one event."""
        reading = _Reading()
        async for raw in EventStream(reply, ServerEventReader()):
            answer = await self.read_event(_Answer, raw)
            if answer is None:
                break
            if answer.error is not None:
                yield self.exchanged(endpoint, post, reply, raw.data)
                raise masked(self._stream_error(answer.error, call, reading), endpoint)
            for content in reading.take(answer):
                step = len(reading.drafts)
                yield PartialImage(step=step, steps=max(_DRAFTS, step), content=await self.decoded_image(content))
            if reading.finish or reading.block is not None:
                yield self.exchanged(endpoint, post, reply, raw.data)
        if not reading.finish and not reading.pictures and reading.block is None:
            raise Uncertain(provider=self.spec.title, detail="The stream ended without the finished image.")
        facts = {"provider": self.spec.title, "http_status": reply.status}
        async with aclosing(self._ending(reading, call, facts)) as events:
            async for event in events:
                yield event

    async def _ending(
        self, reading: _Reading, call: GenerateCall, facts: dict[str, Any]
    ) -> AsyncGenerator[ProviderEvent, None]:
        """What a complete answer holds. Of several pictures the last one is the finished one: it comes first."""
        if reading.usage is not None:
            yield _usage_reported(reading.usage, call)
        is_kept = reading.finish not in WITHHELD and reading.finish != "MAX_TOKENS"
        if reading.block is not None or not reading.pictures or not is_kept:
            raise self._without_image(reading, facts)
        for index, text in enumerate(reversed(reading.pictures)):
            try:
                yield ImageArrived(index=index, content=await self.decoded_image(text))
            except StudioError as error:
                yield ImageFailed(index=index, problem=error.problem)

    def _without_image(self, reading: _Reading, facts: dict[str, Any]) -> StudioError:
        if reading.block is None:
            return without_image(reading.finish, reading.finish_words, " ".join(reading.words), facts)
        reason = reading.block.block_reason or ""
        detail = ": ".join(part for part in (reason, reading.block.block_reason_message) if part)
        return PromptRefused(**facts, vendor_code=reason, detail=detail)

    # ------------------------------------------------------------------------------------------------ errors

    def error_of(self, reply: Reply, endpoint: Endpoint, model_id: str = "", *, paid: bool = True) -> StudioError:
        return super().error_of(_unwrapped(reply), endpoint, model_id, paid=paid)

    def facts(self, reply: Reply, endpoint: Endpoint) -> dict[str, Any]:
        """With the pause that the vendor asks for, which stands in the body."""
        found = super().facts(reply, endpoint)
        if not reply.ok and found["retry_after_s"] is None:
            found["retry_after_s"] = pause_s((reply.json_object() or {}).get("error"))
        return found

    def refusal(self, reply: Reply, said: Mapping[str, Any], model_id: str) -> StudioError | None:
        return refusal_of(said.get("error"), reply.status, self.spec, model_id)

    def _stream_error(self, error: Any, call: GenerateCall, reading: _Reading) -> StudioError:
        status = error.get("code") if isinstance(error, dict) else None
        told = refusal_of(error, status if isinstance(status, int) else 500, self.spec, call.model.id)
        told = told or ServerFailed(provider=self.spec.title, detail=str(error), charged="maybe")
        return told_in_stream(told, is_drawn=bool(reading.pictures or reading.drafts))

    # ------------------------------------------------------------------------------------------------ checking

    async def model_ids(self, account: Account) -> tuple[str, ...]:
        endpoint = self.endpoint(account)
        reply = await self.transport.get(endpoint, "/models", query={"pageSize": "1000"})
        if not reply.ok:
            raise self.error_of(reply, endpoint, paid=False)
        listed = await self.read(_ModelList, reply, endpoint, paid=False)
        names = {model.name.removeprefix("models/") for model in listed.models}
        # The list holds every model of the vendor; the many that write or speak are of no use here.
        known = {model.id for model in self.spec.models}
        return tuple(sorted(name for name in names if name in known or "image" in name or "banana" in name))


class _ListedModel(Received):
    name: str


class _ModelList(Received):
    models: tuple[_ListedModel, ...] = ()


def _unwrapped(reply: Reply) -> Reply:
    """Some errors come as a list of one."""
    if reply.content.lstrip()[:1] != b"[":
        return reply
    try:
        first = from_json(reply.content)[0]
    except (ValueError, IndexError):
        return reply
    return replace(reply, content=to_json(first))


# ---------------------------------------------------------------------------------------------------- the body


def _shows_drafts(call: GenerateCall) -> bool:
    return call.request.options.get("include_thoughts") is True


def _configuration(call: GenerateCall) -> dict[str, Any]:
    request, options = call.request, call.request.options
    with_words = options.get("answer_text") is True
    configuration: dict[str, Any] = {"responseModalities": ["TEXT", "IMAGE"] if with_words else ["IMAGE"]}
    image: dict[str, str] = {}
    if request.aspect_ratio is not None:
        image["aspectRatio"] = str(request.aspect_ratio)
    if request.size is not None:
        image["imageSize"] = _IMAGE_SIZES.get(str(request.size), str(request.size))
    if image:
        configuration["imageConfig"] = image
    if call.seed is not None:
        configuration["seed"] = call.seed
    thinking: dict[str, Any] = {}
    if "thinking_level" in options:
        thinking["thinkingLevel"] = options["thinking_level"]
    if "include_thoughts" in options:
        thinking["includeThoughts"] = options["include_thoughts"]
    if thinking:
        configuration["thinkingConfig"] = thinking
    return configuration


async def _reference_parts(call: GenerateCall) -> list[dict[str, Any]]:
    """Raises ReferenceTooLarge when they are too much together."""
    references = call.request.reference_image
    if sum(reference.size_bytes for reference in references) > REFERENCES_MAX_BYTES:
        limit = f"{REFERENCES_MAX_BYTES // 1_000_000} MB"
        raise ReferenceTooLarge(name="All reference images together", limit=limit)
    parts: list[dict[str, Any]] = []
    for reference in references:
        content = await call.read_reference(reference)
        data = await asyncio.to_thread(pybase64.b64encode_as_string, content)
        parts.append({"inlineData": {"mimeType": reference.media_type, "data": data}})
    return parts


# ---------------------------------------------------------------------------------------------------- usage


def _usage_reported(usage: _Usage, call: GenerateCall) -> UsageReported:
    """The figures as sent. Thoughts, drafts among them, are billed as text that comes out."""
    given = {tokens.modality: tokens.token_count for tokens in usage.prompt_tokens_details}
    made = {tokens.modality: tokens.token_count for tokens in usage.candidates_tokens_details}
    thoughts = usage.thoughts_token_count or 0
    figures = Usage(
        text_in=given.get("TEXT", 0) if given else usage.prompt_token_count,
        image_in=given.get("IMAGE"),
        text_out=made.get("TEXT", 0) + thoughts,
        image_out=made.get("IMAGE", 0) if made else usage.candidates_token_count,
        total=usage.total_token_count,
    )
    return UsageReported(usage=figures, cost=cost_of_usage(figures, call.model.prices), basis=tokens_basis(figures))
