"""Volcengine Ark and BytePlus ModelArk: the Seedream and SeedEdit models, whole or as a stream of a related set.

One synchronous request and no task id: what was sent and never answered stays uncertain. The answer holds links that
are good for a day; they become the ticket, so that a crash while images are fetched loses none of them. Facts from
volcengine-python-sdk 5.0.54 and the vendor's pages, October 2026; told to users in `references/volcengine.md`."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import Any, ClassVar, Self

import pybase64
from pydantic import ValidationError

from studio.domain.assets import Size
from studio.domain.errors import (
    BadRequest,
    BalanceUsedUp,
    BrokenReply,
    GatewayAnswered,
    KeyRejected,
    ModelEnded,
    ModelNotOpened,
    ModelUnknown,
    NoImage,
    Overloaded,
    Problem,
    PromptRefused,
    QuotaReached,
    RateLimited,
    ResultWithheld,
    ServerFailed,
    StudioError,
    TaskExpired,
    Uncertain,
)
from studio.domain.events import Accepted, ImageArrived, ImageFailed, Progressed, ProviderEvent, UsageReported
from studio.domain.jobs import Ticket
from studio.domain.ports import Account, GenerateCall
from studio.domain.pricing import Money, Usage, estimate
from studio.domain.values import Secret
from studio.providers.adapter import Adapter, Received, masked, validation_words
from studio.providers.decoding import parsed
from studio.providers.event_stream import EventStream, ServerEvent, ServerEventReader
from studio.providers.messages import Endpoint, Post, Reply, SecretHeader
from studio.providers.transport import StreamedReply

_PATH = "/images/generations"

_SIZE_CLASS_OF_AUTO = "2K"
"""The vendor's own default, which every model with classes has; its shape comes from the prompt or the references."""

_CLASSES: dict[str, type[StudioError]] = {
    "SensitiveContentDetected": PromptRefused,
    "InputTextSensitiveContentDetected": PromptRefused,
    "InputImageSensitiveContentDetected": PromptRefused,
    "OutputImageSensitiveContentDetected": ResultWithheld,
    "AuthenticationError": KeyRejected,
    "InvalidAccountStatus": KeyRejected,
    "AccessDenied": KeyRejected,
    "OperationDenied.ServiceNotOpen": ModelNotOpened,
    "OperationDenied.ServiceOverdue": BalanceUsedUp,
    "AccountOverdueError": BalanceUsedUp,
    "InvalidEndpoint": ModelNotOpened,
    "InvalidEndpointOrModel": ModelUnknown,
    "InvalidEndpointOrModel.ModelIDAccessDisabled": ModelNotOpened,
    "ModelNotOpen": ModelNotOpened,
    "UnsupportedModel": ModelUnknown,
    "RequestBurstTooFast": RateLimited,
    "InflightBatchsizeExceeded": RateLimited,
    "ServerOverloaded": Overloaded,
    "QuotaExceeded": QuotaReached,
    "SetLimitExceeded": QuotaReached,
}
"""By the whole code, else by what stands before its first dot."""


class _Failure(Received):
    """An ``error`` object; anything in it may be missing."""

    code: str = ""
    message: str = ""
    param: str = ""

    @classmethod
    def of(cls, said: Any) -> Self | None:
        if isinstance(said, str) and said:
            return cls(message=said)
        if not isinstance(said, Mapping):
            return None
        return cls.model_validate({key: value for key, value in said.items() if isinstance(value, str)})

    @property
    def usual_status(self) -> int:
        """The status this error has when it is not told inside another reply."""
        if self.code.startswith("Internal") or not self.code:
            return 500
        return 429 if "RateLimit" in self.code else 400


class _Item(Received):
    url: str | None = None
    b64_json: str | None = None
    size: str | None = None
    error: Any = None


class _Used(Received):
    generated_images: int | None = None
    output_tokens: int | None = None
    total_tokens: int | None = None
    tool_usage: dict[str, Any] | None = None


class _WholeReply(Received):
    data: tuple[_Item, ...] | None = None
    usage: _Used | None = None
    error: Any = None


class _StreamEvent(_Item):
    type: str = ""
    image_index: int | None = None
    usage: _Used | None = None


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
                first = await reply.next_chunk() or b""
            if first and not first.lstrip().startswith(b"{"):
                yield self.exchanged(endpoint, post, reply)
                events = self._streamed(_Replayed(first, reply), reply, call, endpoint, post)
            else:
                # Also when a stream was asked for: refusals come as plain JSON, whatever the header says.
                rest = await reply.whole()
                whole = replace(rest, content=first + rest.content)
                yield self.exchanged(endpoint, post, whole)
                if not whole.ok:
                    raise self.error_of(whole, endpoint, call.model.id)
                events = self.images(whole, call, endpoint)
            async with aclosing(events):
                async for event in events:
                    yield event

    async def resume(self, ticket: Ticket, account: Account) -> AsyncIterator[ProviderEvent]:
        """Fetch the links of an answer once more; the vendor itself can be asked nothing."""
        try:
            links = json.loads(ticket.data.get("links", ""))
        except ValueError:
            raise TaskExpired(provider=self.spec.title) from None
        endpoint = self.endpoint(replace(account, secret=account.secret or Secret("no-key-needed")))
        for index, link in enumerate(links):
            if link is not None:
                yield await self._outcome(index, _Item(url=link), endpoint, ticket.data.get("model", ""))

    # ------------------------------------------------------------------------------------------------ reading

    async def images(self, reply: Reply, call: GenerateCall, endpoint: Endpoint) -> AsyncGenerator[ProviderEvent, None]:
        """What a whole reply holds. One image that failed does not take the others with it."""
        said = await self.read(_WholeReply, reply, endpoint)
        if _Failure.of(said.error) is not None:
            raise self.error_of(reply, endpoint, call.model.id)
        if not said.data:
            raise NoImage(**self.facts(reply, endpoint))
        found = dict(enumerate(said.data))
        if any(item.url for item in said.data):
            yield Accepted(ticket=_ticket(call, found))
        last: Problem | None = None
        for index, item in found.items():
            outcome = await self._outcome(index, item, endpoint, call.model.id)
            last = outcome.problem if isinstance(outcome, ImageFailed) else None
            yield outcome
        for event in self._closing(call, found, said.usage, last):
            yield event

    async def _streamed(
        self, source: _Replayed, reply: StreamedReply, call: GenerateCall, endpoint: Endpoint, post: Post
    ) -> AsyncGenerator[ProviderEvent, None]:
        """Each finished image of a set as it comes; the vendor's "partial" is an image of the set, no preview."""
        found: dict[int, _Item] = {}
        last: Problem | None = None
        is_done = False
        async for raw in EventStream(source, ServerEventReader()):
            event = None if raw.is_done else await self._read_event(raw)
            if event is None:
                is_done = raw.is_done
                break
            failure = _Failure.of(event.error)
            if failure is not None and not event.type.endswith("partial_failed"):
                yield self.exchanged(endpoint, post, reply, raw.data)
                raise masked(self._stream_error(failure, call, found), endpoint)
            if event.type.endswith(".completed"):
                yield self.exchanged(endpoint, post, reply, raw.data)
                for closing in self._closing(call, found, event.usage, last):
                    yield closing
                return
            if failure is None and not event.url and not event.b64_json:
                continue
            index = event.image_index if event.image_index is not None else len(found)
            found[index] = event
            if event.url:
                yield Accepted(ticket=_ticket(call, found))
            outcome = await self._outcome(index, event, endpoint, call.model.id)
            last = outcome.problem if isinstance(outcome, ImageFailed) else None
            yield outcome
            yield Progressed(fraction=min(1.0, len(found) / call.image_count))
        if not is_done and len(found) < call.image_count:
            raise Uncertain(provider=self.spec.title, detail="The stream ended before the set was complete.")
        for closing in self._closing(call, found, None, last):
            yield closing

    async def _read_event(self, raw: ServerEvent) -> _StreamEvent | None:
        """None for the torn rest of a stream that ended inside an event."""
        try:
            return await parsed(_StreamEvent, raw.data)
        except ValidationError as error:
            if not raw.whole:
                return None
            raise BrokenReply(provider=self.spec.title, detail=validation_words(error)) from None

    async def _outcome(self, index: int, item: _Item, endpoint: Endpoint, model_id: str) -> ImageArrived | ImageFailed:
        failure = _Failure.of(item.error)
        try:
            if failure is not None:
                raise masked(self._refused(failure, failure.usual_status, model_id), endpoint)
            if item.b64_json:
                content = await self.decoded_image(item.b64_json)
            elif item.url:
                content = await self.transport.download(item.url, endpoint=endpoint)
            else:
                raise NoImage(provider=self.spec.title)
        except StudioError as error:
            return ImageFailed(index=index, problem=error.problem)
        return ImageArrived(index=index, content=content, image_url=item.url)

    def _closing(
        self, call: GenerateCall, found: Mapping[int, _Item], used: _Used | None, last: Problem | None
    ) -> Iterator[ProviderEvent]:
        """The bill, and the images of a set that will not come: the model made fewer, or an inner error ended it."""
        if used is not None:
            yield _usage_reported(call, found.values(), used)
        if not found:
            raise NoImage(provider=self.spec.title)
        words = f"The model made a set of {len(found)}. Say in the prompt how many images there shall be."
        fewer = NoImage(provider=self.spec.title, charged="no", detail=words).problem
        ended = last if last is not None and last.kind == ServerFailed.kind else None
        for index in range(call.image_count):
            if index not in found:
                yield ImageFailed(index=index, problem=ended or fewer)

    # ------------------------------------------------------------------------------------------------ errors

    def refusal(self, reply: Reply, said: Mapping[str, Any], model_id: str) -> StudioError | None:
        failure = _Failure.of(said.get("error"))
        return self._refused(failure, reply.status, model_id) if failure is not None else None

    def _refused(self, failure: _Failure, status: int, model_id: str) -> StudioError:
        """The class of error. The vendor bills images that came out and nothing else."""
        facts: dict[str, Any] = {
            "provider": self.spec.title,
            "detail": failure.message,
            "vendor_code": failure.code or None,
        }
        kind = _CLASSES.get(failure.code) or _CLASSES.get(failure.code.partition(".")[0])
        if kind is ModelUnknown:
            model, today = self.spec.model(model_id), self.transport.clock.now().date()
            kind = ModelEnded if model is not None and model.status(today) == "ended" else ModelUnknown
        if kind is not None:
            return kind(**facts, charged="no", model=model_id)
        return _by_status(failure, status, facts)

    def _stream_error(self, failure: _Failure, call: GenerateCall, found: Mapping[int, _Item]) -> StudioError:
        """The whole request failed; images that came before are billed."""
        error = self._refused(failure, failure.usual_status, call.model.id)
        if found and error.problem.charged == "no":
            error.problem = error.problem.model_copy(update={"charged": "maybe"})
        return error

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
        is_own = _Failure.of((reply.json_object() or {}).get("error")) is not None
        if is_own and isinstance(error, (BadRequest, ModelNotOpened, ModelUnknown)):
            return None
        raise error

    def checked_words(self, model_ids: tuple[str, ...] | None) -> str:
        return f"{len(model_ids)} image models" if model_ids is not None else "key accepted"


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


def _by_status(failure: _Failure, status: int, facts: dict[str, Any]) -> StudioError:
    match status:
        case 200:
            return ServerFailed(**facts, charged="maybe")
        case 401 | 403:
            return KeyRejected(**facts)
        case 404:
            return BadRequest(**facts, parameter=failure.param or "this address")
        case 429:
            return RateLimited(**facts)
        case 500 | 503:
            return ServerFailed(**facts)
        case _ if status >= 500 or status == 408:
            return GatewayAnswered(**facts)
        case _:
            return BadRequest(**facts, parameter=failure.param or "the request")


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
            case _:
                body[name] = value
    return body


async def _data_url(call: GenerateCall, number: int) -> str:
    reference = call.request.reference_image[number]
    content = await call.read_reference(reference)
    encoded = await asyncio.to_thread(pybase64.b64encode_as_string, content)
    return f"data:{reference.media_type};base64,{encoded}"


def _ticket(call: GenerateCall, found: Mapping[int, _Item]) -> Ticket:
    links = [found[index].url if index in found else None for index in range(max(found) + 1)]
    data = {"model": call.model.id, "links": json.dumps(links)}
    return Ticket(provider=call.account.provider, account=call.account.id, task_id="links", data=data)


# ---------------------------------------------------------------------------------------------------- usage


def _usage_reported(call: GenerateCall, items: Iterable[_Item], used: _Used) -> UsageReported:
    sizes = [item.size for item in items if item.url or item.b64_json]
    figures = Usage(image_out=used.output_tokens, total=used.total_tokens, images=used.generated_images)
    # What a web search costs is published nowhere, and a count that is not that of the images cannot be told apart.
    is_clear = len(sizes) == used.generated_images and not used.tool_usage
    cost = _cost(call, sizes) if is_clear else None
    count = used.generated_images
    return UsageReported(usage=figures, cost=cost, basis=f"usage: {count} images" if count is not None else "usage")


def _cost(call: GenerateCall, sizes: Sequence[str | None]) -> Money | None:
    """Published prices for the sizes that were made; the references count once."""
    prices, defaults = call.model.prices, call.model.capability.unsent_defaults
    total: Money | None = None
    for position, text in enumerate(sizes):
        changes: dict[str, Any] = {
            "expected_size": _size_of(text) or call.request.expected_size,
            "images_per_call": (1,),
        }
        if position:
            changes["reference_image"] = ()
        one = estimate(call.request.model_copy(update=changes), prices, defaults).typical
        if one is None:
            return None
        total = one if total is None else Money(amount=total.amount + one.amount, currency=one.currency)
    return total


def _size_of(text: str | None) -> Size | None:
    try:
        return Size.parse(text or "")
    except ValueError:
        return None
