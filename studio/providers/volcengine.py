"""Volcengine Ark and BytePlus ModelArk: the Seedream and SeedEdit models, whole or as a stream of a related set.

One synchronous request and no task id: what was sent and never answered stays uncertain. The answer holds links that
are good for a day; they become the ticket, so that a crash while images are fetched loses none of them. Facts from
volcengine-python-sdk 5.0.54 and the vendor's pages, October 2026; told to users in `references/volcengine.md`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any, ClassVar

import pybase64
from pydantic import ValidationError

from studio.domain.errors import (
    BadRequest,
    BrokenReply,
    Interrupted,
    ModelEnded,
    ModelNotOpened,
    ModelUnknown,
    NoImage,
    Problem,
    StudioError,
    TaskExpired,
    Uncertain,
)
from studio.domain.events import Accepted, Progressed, ProviderEvent
from studio.domain.jobs import Ticket
from studio.domain.ports import Account, GenerateCall
from studio.providers.adapter import Adapter, Received, masked, validation_words
from studio.providers.decoding import parsed
from studio.providers.event_stream import EventStream, ServerEvent, ServerEventReader
from studio.providers.messages import Endpoint, Post, Reply, SecretHeader
from studio.providers.transport import StreamedReply
from studio.providers.volcengine_delivery import Delivery
from studio.providers.volcengine_errors import by_status, class_of
from studio.providers.volcengine_replies import KEPT, Failure, Item, StreamEvent, WholeReply, usage_reported

_PATH = "/images/generations"

_SIZE_CLASS_OF_AUTO = "2K"
"""The vendor's own default, which every model with classes has; its shape comes from the prompt or the references."""


class _ModelRow(Received):
    id: str


class _ModelRows(Received):
    data: tuple[_ModelRow, ...]


class VolcengineProvider(Adapter):
    """Which service is asked says the account: a choice of the vendor's hosts, or the address of a gateway."""

    id: ClassVar[str] = "volcengine"

    def endpoint(self, account: Account) -> Endpoint:
        return Endpoint(
            provider=self.spec.title,
            base_url=self.field(account, "base_url") or self.field(account, "service"),
            secret_headers=(SecretHeader("Authorization", self.key(account), prefix="Bearer "),),
        )

    # ------------------------------------------------------------------------------------------------ sending

    async def request(self, call: GenerateCall) -> Post:
        images = [await _data_url(call, number) for number in range(len(call.request.reference_image))]
        return Post(_PATH, json_body=_body(call, images))

    async def generate(self, call: GenerateCall) -> AsyncIterator[ProviderEvent]:
        endpoint, post = self.endpoint(call.account), await self.request(call)
        async with self.transport.stream(endpoint, post, total_s=self.total_s(call)) as reply:
            first = b""
            if reply.status == 200 and reply.media_type == "text/event-stream":
                first = await _first_words(reply)
            if first and not first.lstrip().startswith(b"{"):
                yield self.exchanged(endpoint, post, reply)
                events = self._streamed(_Replayed(first, reply), reply, call, endpoint, post)
            else:
                # Also when a stream was asked for: refusals come as plain JSON, whatever the header says.
                rest = await reply.whole()
                events = self.answered(replace(rest, content=first + rest.content), call, endpoint, post)
            async with aclosing(events):
                async for event in events:
                    yield event

    async def resume(self, ticket: Ticket, account: Account) -> AsyncIterator[ProviderEvent]:
        """Fetch the links of an answer once more; the vendor itself can be asked nothing."""
        # Not the account's address of today: the links are those of the service that was asked. No key goes to them.
        address = ticket.data.get("base_url", "https://none.invalid")
        endpoint = Endpoint(provider=self.spec.title, base_url=address)
        delivery = self._delivery(endpoint, ticket.data.get("model", ""), int(ticket.data.get("count", "1")))
        try:
            items = KEPT.validate_json(ticket.data.get("items", ""))
        except ValidationError:
            raise TaskExpired(provider=self.spec.title) from None
        for index, item in items.items():
            if (event := await delivery.take(index, item)) is not None:
                yield event
        for missing in delivery.rest(Interrupted(provider=self.spec.title).problem if "open" in ticket.data else None):
            yield missing

    def _delivery(self, endpoint: Endpoint, model_id: str, count: int) -> Delivery:
        return Delivery(self.spec.title, endpoint, model_id, count, lambda item: self.content(item, endpoint, model_id))

    # ------------------------------------------------------------------------------------------------ reading

    async def outcome(
        self, reply: Reply, call: GenerateCall, endpoint: Endpoint
    ) -> AsyncGenerator[ProviderEvent, None]:
        """What a whole reply holds. One image that failed does not take the others with it."""
        said = await self.read(WholeReply, reply, endpoint)
        if Failure.of(said.error) is not None:
            raise self.error_of(reply, endpoint, call.model.id)
        if not said.data:
            raise NoImage(**self.facts(reply, endpoint))
        delivery = self._delivery(endpoint, call.model.id, call.image_count)
        delivery.items, delivery.is_open = dict(enumerate(said.data)), False
        if delivery.has_links:
            yield Accepted(ticket=delivery.ticket(call.account))
        for index, item in enumerate(said.data):
            if (event := await delivery.take(index, item)) is not None:
                yield event
        if said.usage is not None:
            yield usage_reported(call, said.data, said.usage)
        for missing in delivery.rest():
            yield missing

    async def _streamed(
        self, source: _Replayed, reply: StreamedReply, call: GenerateCall, endpoint: Endpoint, post: Post
    ) -> AsyncGenerator[ProviderEvent, None]:
        """Each finished image of a set as it comes: what the vendor calls partial is one image of several.

        Whatever ends the stream early, images that came before stay; the others get its words."""
        delivery = self._delivery(endpoint, call.model.id, call.image_count)
        why: Problem | None = None
        try:
            async for raw in EventStream(source, ServerEventReader()):
                event = await self._read_event(raw)
                if event.is_last:
                    delivery.is_open = False
                    if not raw.is_done:
                        yield self.exchanged(endpoint, post, reply, raw.data)
                        for closing in self._last_words(event, delivery, call, endpoint):
                            yield closing
                    break
                if event.url or event.b64_json or event.error:
                    index = event.image_index if event.image_index is not None else len(delivery.items)
                    delivery.items[index] = event
                    if event.url:
                        yield Accepted(ticket=delivery.ticket(call.account))
                    if (outcome := await delivery.take(index, event)) is not None:
                        yield outcome
                    yield Progressed(fraction=min(1.0, len(delivery.items) / call.image_count))
            if delivery.is_open and not delivery.is_complete:
                raise Uncertain(provider=self.spec.title, detail="The stream ended before the set was complete.")
        except StudioError as error:
            if not delivery.items:
                raise
            why = error.problem
        for missing in delivery.rest(why):
            yield missing

    def _last_words(
        self, event: StreamEvent, delivery: Delivery, call: GenerateCall, endpoint: Endpoint
    ) -> Iterator[ProviderEvent]:
        """The bill, and the ticket of the whole set. Raises what it says when all of it failed."""
        failure = Failure.of(event.error)
        if failure is not None:
            raise masked(self.refused(failure, failure.usual_status, call.model.id), endpoint)
        if event.usage is not None:
            yield usage_reported(call, delivery.items.values(), event.usage)
        if delivery.has_links:
            yield Accepted(ticket=delivery.ticket(call.account))

    async def _read_event(self, raw: ServerEvent) -> StreamEvent:
        """Raises Uncertain for the torn rest of a stream that ended inside an event, BrokenReply for no JSON."""
        if raw.is_done:
            return StreamEvent(type="image_generation.completed")
        try:
            return await parsed(StreamEvent, raw.data)
        except ValidationError as error:
            kind = BrokenReply if raw.whole else Uncertain
            raise kind(provider=self.spec.title, detail=validation_words(error)) from None

    async def content(self, item: Item, endpoint: Endpoint, model_id: str) -> bytes:
        """The picture of one entry. Raises what its error says, or what befell its link."""
        failure = Failure.of(item.error)
        if failure is not None:
            raise masked(self.refused(failure, failure.usual_status, model_id), endpoint)
        if item.b64_json:
            return await self.decoded_image(item.b64_json)
        if item.url:
            return await self.transport.download(item.url, endpoint=endpoint)
        raise NoImage(provider=self.spec.title)

    # ------------------------------------------------------------------------------------------------ errors

    def refusal(self, reply: Reply, said: Mapping[str, Any], model_id: str) -> StudioError | None:
        failure = Failure.of(said.get("error"))
        return self.refused(failure, reply.status, model_id) if failure is not None else None

    def refused(self, failure: Failure, status: int, model_id: str) -> StudioError:
        """The class of error. The vendor bills images that came out and nothing else."""
        facts: dict[str, Any] = {
            "provider": self.spec.title,
            "detail": failure.message,
            "vendor_code": failure.code or None,
        }
        kind = class_of(failure)
        if kind is ModelUnknown:
            model, today = self.spec.model(model_id), self.transport.clock.now().date()
            kind = ModelEnded if model is not None and model.status(today) == "ended" else ModelUnknown
        if kind is not None:
            return kind(**facts, charged="no", model=model_id)
        return by_status(failure, status, facts)

    # ------------------------------------------------------------------------------------------------ checking

    async def model_ids(self, account: Account) -> tuple[str, ...] | None:
        """The list where the service has one (BytePlus). Elsewhere the cheapest refusal there is: a size that no model
        draws. Whatever is refused then but the key proves the key."""
        endpoint = self.endpoint(account)
        reply = await self.transport.get(endpoint, "/models")
        if reply.ok:
            rows = await self.read(_ModelRows, reply, endpoint, paid=False)
            return tuple(sorted(row.id for row in rows.data if "seedream" in row.id or "seededit" in row.id))
        if reply.status != 404:
            raise self.error_of(reply, endpoint, paid=False)
        asked = {"model": self.spec.default_model, "prompt": "a key test", "size": "1x1"}
        reply = await self.transport.ask(endpoint, _PATH, asked)
        error = self.error_of(reply, endpoint, self.spec.default_model, paid=False)
        is_own = Failure.of((reply.json_object() or {}).get("error")) is not None
        if is_own and isinstance(error, (BadRequest, ModelNotOpened, ModelUnknown)):
            return None
        raise error

    def checked_words(self, model_ids: tuple[str, ...] | None) -> str:
        return f"{len(model_ids)} image models" if model_ids is not None else "key accepted"


async def _first_words(reply: StreamedReply) -> bytes:
    """The body up to something that is not space: empty only when there is nothing else."""
    first = b""
    while not first.strip() and (chunk := await reply.next_chunk()) is not None:
        first += chunk
    return first


class _Replayed:
    """A reply whose first bytes were looked at already."""

    def __init__(self, first: bytes, reply: StreamedReply) -> None:
        self._first: bytes | None = first
        self._reply = reply

    async def next_chunk(self) -> bytes | None:
        first, self._first = self._first, None
        return first if first is not None else await self._reply.next_chunk()

    def failure(self, error: Exception) -> StudioError:
        return self._reply.failure(error)


# ---------------------------------------------------------------------------------------------------- the body


def _body(call: GenerateCall, images: Sequence[str]) -> dict[str, Any]:
    """Fields of this model only: an unknown one is refused even when it says "off"."""
    request = call.request
    body: dict[str, Any] = {"model": call.model.id, "prompt": request.prompt, "response_format": "url"}
    if images:
        body["image"] = images[0] if len(images) == 1 else list(images)
    if request.size is None:
        body["size"] = "adaptive"
    else:
        body["size"] = _SIZE_CLASS_OF_AUTO if request.size == "auto" else str(request.size)
    if call.seed is not None:
        body["seed"] = call.seed
    for name, value in request.options.items():
        match name, value:
            case "prompt_optimization", _:
                body["optimize_prompt_options"] = {"mode": value}
            case "web_search", _:
                body |= {"tools": [{"type": "web_search"}]} if value else {}
            case "sequential_image_generation", "auto":
                # As a stream: each image is safe when it comes, and the others may still be lost.
                body |= {name: value, f"{name}_options": {"max_images": call.image_count}, "stream": True}
            case "undocumented_seed", int():
                # One request for each image: with the same seed all would be the same, and paid.
                body["seed"] = (value + _index_of(call)) % 2**31
            case _:
                option = call.model.capability.option(name)
                body[option.wire_name if option and option.wire_name else name] = value
    return body


def _index_of(call: GenerateCall) -> int:
    """Which request of its job this is; a call id ends with it."""
    return int(call.call_id.rpartition(".")[2])


async def _data_url(call: GenerateCall, number: int) -> str:
    reference = call.request.reference_image[number]
    content = await call.read_reference(reference)
    encoded = await asyncio.to_thread(pybase64.b64encode_as_string, content)
    return f"data:{reference.media_type};base64,{encoded}"
