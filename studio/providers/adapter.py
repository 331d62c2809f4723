"""What adapters share, so that the smallest one stays small: it says where, what to send and how to read the reply."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import replace
from html import unescape
from typing import Any, ClassVar, TypeVar
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, ValidationError

from studio.domain.capability import ProviderSpec
from studio.domain.errors import (
    BadRequest,
    BrokenImage,
    BrokenReply,
    Charged,
    GatewayAnswered,
    ImageTooLarge,
    KeyMissing,
    ProviderError,
    RateLimited,
    StudioError,
    TaskExpired,
)
from studio.domain.events import Exchanged, ProviderEvent
from studio.domain.jobs import Exchange, FollowUp, Ticket, WireRequest
from studio.domain.ports import Account, AccountStatus, CancelOutcome, GenerateCall, LostCall
from studio.domain.values import Secret
from studio.providers.decoding import MEBIBYTE, TooMuchError, UndecodableError, decoded_base64, parsed
from studio.providers.messages import Endpoint, Post, Reply
from studio.providers.redaction import kept_headers, kept_reply, redacted
from studio.providers.transport import StreamedReply, Transport

ReplyModel = TypeVar("ReplyModel", bound=BaseModel)

GRACE_S = 30.0
"""The transport gives up so much later than the engine, which has the model's deadline and better words."""


class Received(BaseModel):
    """Base of the models that replies are read with: only the fields we use, everything else passes."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)


class Adapter(ABC):
    """One vendor. A subclass gives `id`, `endpoint`, `request`, `refusal` and either `outcome` (what a good
    reply brings) or its own `generate`. What it cannot do (resume, cancel, look up) it leaves out."""

    id: ClassVar[str]
    request_id_header: ClassVar[str] = "x-request-id"

    def __init__(self, spec: ProviderSpec, transport: Transport) -> None:
        self.spec = spec
        self.transport = transport

    # ------------------------------------------------------------------------------------------------ to be given

    @abstractmethod
    def endpoint(self, account: Account) -> Endpoint:
        """Where the account's requests go, with its key. Raises KeyMissing, KeyRejected, NetworkMisconfigured."""

    @abstractmethod
    async def request(self, call: GenerateCall) -> Post:
        """The paid request, whole: what `prepare` shows and `generate` sends. Takes whitelisted fields only."""

    @abstractmethod
    def refusal(self, reply: Reply, said: Mapping[str, Any], model_id: str) -> StudioError | None:
        """The error that a JSON reply of the vendor means; None when it is not in the vendor's form."""

    def outcome(self, reply: Reply, call: GenerateCall, endpoint: Endpoint) -> AsyncGenerator[ProviderEvent, None]:
        """What a good reply brings: the images in it, or the task that it names and then the images of that."""
        raise NotImplementedError

    # ------------------------------------------------------------------------------------------------ the port

    async def prepare(self, call: GenerateCall) -> WireRequest:
        """See `domain.ports.ImageProvider`. Needs no key: it is not shown anyway."""
        account = replace(call.account, secret=call.account.secret or Secret("no-key-yet"))
        return (await self.request(call)).shown(self.endpoint(account))

    async def generate(self, call: GenerateCall) -> AsyncIterator[ProviderEvent]:
        endpoint, post = self.endpoint(call.account), await self.request(call)
        reply = await self.transport.post(endpoint, post, total_s=self.total_s(call))
        async with aclosing(self.answered(reply, call, endpoint, post)) as events:
            async for event in events:
                yield event

    async def answered(
        self, reply: Reply, call: GenerateCall, endpoint: Endpoint, post: Post
    ) -> AsyncGenerator[ProviderEvent, None]:
        """What a whole reply to a paid request brings: its exchange, then its outcome. Raises what it refuses with."""
        yield self.exchanged(endpoint, post, reply)
        if not reply.ok:
            raise self.error_of(reply, endpoint, call.model.id)
        async with aclosing(self.outcome(reply, call, endpoint)) as events:
            async for event in events:
                yield event

    async def resume(self, ticket: Ticket, account: Account) -> AsyncIterator[ProviderEvent]:
        """A vendor without tickets can be asked nothing: TaskExpired."""
        nothing: tuple[ProviderEvent, ...] = ()
        for event in nothing:
            yield event
        raise TaskExpired(provider=self.spec.title)

    async def find_lost(self, lost: LostCall, account: Account) -> Ticket | None:
        return None

    async def cancel(self, ticket: Ticket, account: Account) -> CancelOutcome:
        return CancelOutcome.UNSUPPORTED

    async def check(self, account: Account) -> AccountStatus:
        """See `domain.ports.ImageProvider`. `model_ids` is asked for; whatever fails is told, never raised."""
        begun_s = self.transport.clock.monotonic_s()
        try:
            model_ids = await self.model_ids(account)
        except StudioError as error:
            elapsed_s = self.transport.clock.monotonic_s() - begun_s
            return AccountStatus(ok=False, problem=error.problem, elapsed_s=elapsed_s)
        elapsed_s = self.transport.clock.monotonic_s() - begun_s
        return AccountStatus(ok=True, detail=self.checked_words(model_ids), elapsed_s=elapsed_s, model_ids=model_ids)

    async def model_ids(self, account: Account) -> tuple[str, ...] | None:
        """Ask the vendor something free that needs the key; its list of models where it has one."""
        raise NotImplementedError

    def checked_words(self, model_ids: tuple[str, ...] | None) -> str:
        """What a check found: how many of the listed models the catalogue has, where there is a list."""
        if model_ids is None:
            return ""
        return f"{len(set(model_ids).intersection(model.id for model in self.spec.models))} image models"

    def follow_ups(self, ticket: Ticket, image_index: int) -> tuple[FollowUp, ...]:
        return ()

    # ------------------------------------------------------------------------------------------------ sending

    def key(self, account: Account) -> Secret:
        if account.secret is None or not account.secret:
            raise KeyMissing(provider=self.spec.title)
        return account.secret

    def field(self, account: Account, name: str) -> str:
        """An account field as the user set it, else its default in the catalogue."""
        default = next((field.default for field in self.spec.account_fields if field.name == name), "")
        return account.fields.get(name, "").strip() or default

    def total_s(self, call: GenerateCall) -> float:
        return call.model.capability.deadline_s + GRACE_S

    # ------------------------------------------------------------------------------------------------ reading

    def exchanged(
        self,
        endpoint: Endpoint,
        post: Post | None,
        reply: Reply | StreamedReply,
        content: bytes | bytearray | None = None,
    ) -> Exchanged:
        """What went over the wire, redacted. `content` stands for the body of a streamed reply. No `post`: this
        answers a poll, and the paid request has been told already."""
        body = content if content is not None else reply.content if isinstance(reply, Reply) else b""
        return Exchanged(
            exchange=Exchange(
                request=post.shown(endpoint) if post is not None else None,
                http_status=reply.status,
                request_id=reply.headers.get(self.request_id_header),
                reply_headers=kept_headers(reply.headers),
                reply=kept_reply(body, endpoint.secrets),
            )
        )

    def facts(self, reply: Reply, endpoint: Endpoint) -> dict[str, Any]:
        """What every error about a reply carries."""
        return {
            "provider": self.spec.title,
            "http_status": reply.status,
            "request_id": reply.headers.get(self.request_id_header),
            "retry_after_s": reply.retry_after_s,
            "raw": kept_reply(reply.content, endpoint.secrets),
        }

    def error_of(self, reply: Reply, endpoint: Endpoint, model_id: str = "", *, paid: bool = True) -> StudioError:
        """The error that a reply without a result means, with all its facts. `paid`: it answers a paid request."""
        said = reply.json_object()
        error = self.refusal(reply, said, model_id) if said is not None else None
        if error is None:
            error = foreign_reply(reply, self.spec.title, paid=paid)
        facts = {key: value for key, value in self.facts(reply, endpoint).items() if key != "provider"}
        error.problem = error.problem.model_copy(update=facts)
        return masked(error, endpoint)

    async def read(self, kind: type[ReplyModel], reply: Reply, endpoint: Endpoint, *, paid: bool = True) -> ReplyModel:
        """A good reply's JSON. Raises BrokenReply when it is not as documented."""
        try:
            return await parsed(kind, reply.content)
        except ValidationError as error:
            detail = validation_words(error) if "json" in reply.media_type else page_words(reply)
            charged: Charged = "maybe" if paid else "no"
            raise BrokenReply(**self.facts(reply, endpoint), detail=detail, charged=charged) from None

    async def decoded_image(self, text: str) -> bytes:
        """An image in base64. Raises BrokenImage, ImageTooLarge."""
        try:
            return await decoded_base64(text)
        except TooMuchError as error:
            limit = f"{error.limit_bytes // MEBIBYTE} MiB"
            raise ImageTooLarge(provider=self.spec.title, limit=limit) from None
        except UndecodableError as error:
            raise BrokenImage(provider=self.spec.title, detail=str(error)) from None


def masked(error: StudioError, endpoint: Endpoint) -> StudioError:
    """The same error without keys in the vendor's words: some vendors repeat the one they refuse."""
    detail = redacted(error.problem.detail, endpoint.secrets)
    if detail != error.problem.detail:
        error.problem = error.problem.model_copy(update={"detail": detail})
        error.args = (f"{error.problem.text} ({detail})",)
    return error


def validation_words(error: ValidationError) -> str:
    """The first thing that is wrong, without the value: that may be megabytes."""
    first = error.errors(include_input=False, include_url=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f"{place}: {first['msg']}" if place else first["msg"]


def foreign_reply(reply: Reply, provider: str, *, paid: bool = True) -> ProviderError:
    """The error that an answer in nobody's form means: a gateway's page, a captive portal, a wrong address.

    From 500 on the request may have been accepted behind the page; below, the one who answered turned it away."""
    detail = page_words(reply)
    charged: Charged | None = None if paid else "no"
    status = reply.status
    if status >= 500 or status == 408:
        return GatewayAnswered(provider=provider, detail=detail, charged=charged)
    if status == 429:
        return RateLimited(provider=provider, detail=detail, retry_after_s=reply.retry_after_s)
    if 200 <= status < 300:
        return BrokenReply(provider=provider, detail=detail, charged=charged)
    if 300 <= status < 400:
        location = urlsplit(reply.headers.get("location", "")).hostname or "another address"
        return BadRequest(provider=provider, parameter="this address", detail=f"It points to {location}.")
    parameter = {
        401: "requests from this network",
        403: "requests from this network",
        404: "this address",
        405: "this address",
        407: "requests from this network",
        413: "a request of this size",
    }.get(status, "the request")
    return BadRequest(provider=provider, parameter=parameter, detail=detail)


_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]{0,1000}>")


def page_words(reply: Reply) -> str:
    """What a page says, as one line of plain text: its title, else its first words."""
    text = reply.content[:20_000].decode("utf-8", "replace")
    title = _TITLE.search(text)
    words = " ".join(unescape(_TAG.sub(" ", title[1] if title else text)).split())[:200]
    kind = reply.media_type or "no content type"
    return f"{words} ({kind}, status {reply.status})" if words else f"{kind}, status {reply.status}"
