"""Midjourney, which has no API of its own: through a midjourney-proxy server, or through AceDataCloud's gateway.

Both take a prompt with parameters at its end (`midjourney_prompt`) and make four pictures in one sheet. A proxy is
asked for its task every few seconds and shows a percent and a coarse sheet; the gateway streams lines with the same,
and has tasks to ask for when the stream breaks. Told to users in `references/midjourney.md`."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any, ClassVar, Literal
from urllib.parse import urlsplit

import pybase64
from pydantic import ValidationError

from studio.domain.errors import (
    BrokenReply,
    Cancelled,
    KeyRejected,
    NoImage,
    Repeat,
    RequestInvalid,
    ResultUnreachable,
    StudioError,
    TaskExpired,
    Uncertain,
    UnknownState,
)
from studio.domain.events import Accepted, ImageArrived, Noticed, PartialImage, Progressed, ProviderEvent
from studio.domain.jobs import FollowUp, Ticket
from studio.domain.ports import Account, GenerateCall, LostCall
from studio.providers.adapter import Adapter, masked
from studio.providers.decoding import parsed
from studio.providers.event_stream import EventStream, JsonLineReader
from studio.providers.messages import Endpoint, Post, Reply, SecretHeader
from studio.providers.midjourney_errors import ACCEPTED_CODES, failed_task, gateway_refusal, submit_refusal
from studio.providers.midjourney_prompt import MidjourneyPrompt, gateway_hints, links_of, midjourney_prompt
from studio.providers.midjourney_replies import (
    GatewayTask,
    Picture,
    ProxyTask,
    Submitted,
    Watch,
    lost_task_in,
    state_word,
)
from studio.providers.polling import Answers, Pace
from studio.providers.transport import StreamedReply

_BASES = {"proxy": "http://127.0.0.1:8080", "acedata": "https://api.acedata.cloud"}

_GATEWAY_WAIT_S = 300
"""So long the gateway keeps a stream open; the transport waits longer than that, or it would give up first."""

_PARTIAL_PATIENCE_S = 20.0

_LOST_AFTER = 5
"""A task that is not known this often in a row is lost; right after the submit some servers do not know it yet."""

_WITHOUT_UPSCALE = ("v8", "8")
"""Versions that begin so have no separate upscale."""


class MidjourneyProvider(Adapter):
    """The account says which way (``route``): a proxy server, or AceDataCloud."""

    id: ClassVar[str] = "midjourney"

    def endpoint(self, account: Account) -> Endpoint:
        route, key = self._route(account), self.key(account)
        style = "bearer" if route == "acedata" else self.field(account, "auth_style")
        header = {
            "authorization": SecretHeader("Authorization", key),
            "bearer": SecretHeader("Authorization", key, prefix="Bearer "),
        }.get(style, SecretHeader("mj-api-secret", key))
        return Endpoint(provider=self.spec.title, base_url=self._base_url(account), secret_headers=(header,))

    def _base_url(self, account: Account) -> str:
        return self.field(account, "base_url") or _BASES[self._route(account)]

    def _host(self, account: Account) -> str:
        return urlsplit(self._base_url(account)).hostname or ""

    def _route(self, account: Account) -> Literal["proxy", "acedata"]:
        return "acedata" if self.field(account, "route") == "acedata" else "proxy"

    def _prefix(self, account: Account) -> str:
        prefix = self.field(account, "path_prefix").strip("/")
        return f"/{prefix}" if prefix else ""

    # ------------------------------------------------------------------------------------------------ sending

    async def request(self, call: GenerateCall) -> Post:
        return (await self._made(call))[0]

    async def _made(self, call: GenerateCall) -> tuple[Post, MidjourneyPrompt]:
        """The paid request, and what became of the prompt on the way."""
        if call.follow_up is not None:
            self._check_way(call.follow_up.ticket, call.account)
        if self._route(call.account) == "acedata":
            return self._gateway_request(call)
        prefix, state = self._prefix(call.account), state_word(call.call_id)
        if call.follow_up is not None:
            action, _, index = call.follow_up.action.partition(":")
            body: dict[str, Any] = {"taskId": call.follow_up.ticket.task_id, "action": action.upper(), "state": state}
            if index:
                body["index"] = int(index)
            return Post(f"{prefix}/submit/change", json_body=body), MidjourneyPrompt("")
        prompt = midjourney_prompt(call, self.spec, links=(), mode=True)
        body = {"prompt": prompt.text, "state": state}
        if call.request.reference_image:
            body["base64Array"] = [await _data_url(call, number) for number in range(len(call.request.reference_image))]
        return Post(f"{prefix}/submit/imagine", json_body=body), prompt

    def _gateway_request(self, call: GenerateCall) -> tuple[Post, MidjourneyPrompt]:
        headers = {"Accept": "application/x-ndjson"}
        body: dict[str, Any]
        if call.follow_up is not None:
            action, image_id = call.follow_up.action.replace(":", ""), call.follow_up.ticket.data.get("image_id", "")
            if not image_id:
                raise RequestInvalid(field="action", reason="the finished image has no id to go on from")
            body, prompt = {"action": action, "image_id": image_id}, MidjourneyPrompt("")
        else:
            prompt = midjourney_prompt(call, self.spec, links=links_of(call), mode=False)
            body = {"prompt": prompt.text, "action": "generate", **gateway_hints(prompt.parameters)}
        body["timeout"] = _GATEWAY_WAIT_S
        if "mode" in call.request.options:
            body["mode"] = call.request.options["mode"]
        return Post("/midjourney/imagine", json_body=body, headers=headers), prompt

    async def generate(self, call: GenerateCall) -> AsyncIterator[ProviderEvent]:
        endpoint, (post, prompt) = self.endpoint(call.account), await self._made(call)
        way = self._streamed if self._route(call.account) == "acedata" else self._submitted
        async with aclosing(way(call, endpoint, post)) as events:
            async for event in events:
                yield event
                if isinstance(event, Accepted):
                    for notice in prompt.notices:
                        yield Noticed(notice=notice)
                    prompt.notices.clear()

    async def resume(self, ticket: Ticket, account: Account) -> AsyncIterator[ProviderEvent]:
        endpoint = self.endpoint(account)
        self._check_way(ticket, account)
        ending = self._gateway_task if ticket.data.get("route") == "acedata" else self._task
        async with aclosing(ending(ticket, endpoint, Watch())) as events:
            async for event in events:
                yield event

    def follow_ups(self, ticket: Ticket, image_index: int) -> tuple[FollowUp, ...]:
        """On an image of a sheet; what became of one image alone is its end."""
        data = ticket.data
        if data.get("sheet") != "yes" or (data.get("route") == "acedata" and "image_id" not in data):
            return ()
        place = image_index % 4 + 1
        titles = {"upscale": "Upscale", "variation": "Variation"}
        if data.get("model", "").startswith(_WITHOUT_UPSCALE):
            del titles["upscale"]
        return tuple(
            FollowUp(
                action=f"{action}:{place}",
                title=title,
                ticket=ticket,
                image_index=image_index,
                image_count=1 if action == "upscale" else 4,
            )
            for action, title in titles.items()
        )

    def _check_way(self, ticket: Ticket, account: Account) -> None:
        """A task of one server means nothing to another. Raises TaskExpired."""
        asked, asks = ticket.data.get("host", ""), self._host(account)
        if asked and (asked != asks or ticket.data.get("route") != self._route(account)):
            detail = f"The task was given to {asked}, this account now asks {asks}."
            raise TaskExpired(provider=self.spec.title, detail=detail)

    def _ticket(self, call: GenerateCall, task_id: str, **data: str) -> Ticket:
        is_single = call.follow_up is not None and call.follow_up.action.startswith("upscale")
        known = {
            "route": self._route(call.account),
            "host": self._host(call.account),
            "prefix": self._prefix(call.account),
            "model": call.model.id,
            "sheet": "no" if is_single else "yes",
        }
        return Ticket(provider=self.id, account=call.account.id, task_id=task_id, data={**known, **data})

    # ------------------------------------------------------------------------------------------------ proxy

    async def _submitted(
        self, call: GenerateCall, endpoint: Endpoint, post: Post
    ) -> AsyncGenerator[ProviderEvent, None]:
        reply = await self.transport.post(endpoint, post, total_s=self.total_s(call))
        yield self.exchanged(endpoint, post, reply)
        if not reply.ok:
            raise self.error_of(reply, endpoint, call.model.id)
        said = await self.read(Submitted, reply, endpoint)
        task_id = str(said.result or "")
        if said.code in (3, 4, 9, 23, 24) or not task_id:
            if said.code in ACCEPTED_CODES:
                raise BrokenReply(**self.facts(reply, endpoint), detail="no task id")
            raise self.error_of(reply, endpoint, call.model.id)
        ticket = self._ticket(call, task_id)
        yield Accepted(ticket=ticket)
        place = (said.properties or {}).get("numberOfQueues")
        if said.code == 22 and isinstance(place, int):
            yield Progressed(phase="queued", queue_place=place)
        async with aclosing(self._task(ticket, endpoint, Watch())) as events:
            async for event in events:
                yield event

    async def _task(self, ticket: Ticket, endpoint: Endpoint, watch: Watch) -> AsyncGenerator[ProviderEvent, None]:
        """Asks every two to three seconds until the job is over. States that nobody knows are waited out."""
        path = f"{ticket.data.get('prefix', '')}/task/{ticket.task_id}/fetch"

        async def ask() -> tuple[Reply, ProxyTask | None]:
            reply = await self.transport.poll(endpoint, path)
            if reply.status in (204, 404) or (reply.ok and reply.content.strip() in (b"", b"null")):
                return reply, None
            return reply, await self._polled(ProxyTask, reply, endpoint)

        async for reply, task in self._answers(ask, ticket, first_s=2.0, most_s=3.0):
            if task is None:
                self._count_unknown(watch, reply, endpoint)
                continue
            watch.unknown = 0
            status = (task.status or "").upper()
            if status in ("SUCCESS", "FAILURE", "CANCEL", "MODAL"):
                yield self.exchanged(endpoint, None, reply)
            if status == "SUCCESS":
                revised = task.promptEn if task.promptEn and task.promptEn != task.prompt else None
                seed = int(task.seed) if str(task.seed or "").isdecimal() else None
                yield await self._arrived(ticket, task.imageUrl or "", reply, endpoint, seed=seed, revised=revised)
                return
            facts = self.facts(reply, endpoint)
            if status == "FAILURE":
                raise failed_task(task.failReason or "", facts)
            if status == "CANCEL":
                raise Cancelled(**facts, charged="maybe")
            if status == "MODAL":
                words = "The server waits for changed words because remix mode is on; switch it off there."
                raise UnknownState(**facts, state=status, detail=words)
            yield watch.progress(task.progress, status.lower().replace("_", " "))
            if task.imageUrl and (partial := await self._partial(task.imageUrl, endpoint, watch)) is not None:
                yield partial

    # ------------------------------------------------------------------------------------------------ AceDataCloud

    async def _streamed(
        self, call: GenerateCall, endpoint: Endpoint, post: Post
    ) -> AsyncGenerator[ProviderEvent, None]:
        """Lines while the picture grows. A stream that breaks after it named its task is gone on with by asking."""
        ticket: Ticket | None = None
        watch = Watch()
        async with self.transport.stream(endpoint, post, total_s=self.total_s(call)) as reply:
            if reply.status != 200:
                whole = await reply.whole()
                yield self.exchanged(endpoint, post, whole)
                raise self.error_of(whole, endpoint, call.model.id)
            yield self.exchanged(endpoint, post, reply)
            lines = EventStream(reply, JsonLineReader())
            while (line := await self._next_line(lines, is_known=ticket is not None)) is not None:
                said = await self._line(line, reply, endpoint, call, is_known=ticket is not None)
                if said is None:
                    break
                if ticket is None and said.task_id:
                    ticket = self._ticket(call, said.task_id)
                    yield Accepted(ticket=ticket)
                if said.is_last:
                    yield self.exchanged(endpoint, None, reply, line)
                    ending = self._finished(said, ticket or self._ticket(call, ""), endpoint)
                    async with aclosing(ending) as events:
                        async for event in events:
                            yield event
                    return
                yield watch.progress(said.progress, "drawing")
                url = said.image_url or said.raw_image_url
                if url and (partial := await self._partial(url, endpoint, watch)) is not None:
                    yield partial
        if ticket is None:
            raise Uncertain(provider=self.spec.title, detail="The stream ended before it named a task.")
        async with aclosing(self._gateway_task(ticket, endpoint, watch)) as events:
            async for event in events:
                yield event

    async def _next_line(self, lines: EventStream[bytearray], *, is_known: bool) -> bytearray | None:
        """None at the end, or where a stream with a known task breaks."""
        try:
            return await anext(lines)
        except StopAsyncIteration:
            return None
        except (Uncertain, BrokenReply):
            if is_known:
                return None
            raise

    async def _line(
        self, line: bytearray, reply: StreamedReply, endpoint: Endpoint, call: GenerateCall, *, is_known: bool
    ) -> Picture | None:
        """One line. None when the task has to be asked instead: a torn line, or a time-out of the gateway alone."""
        try:
            said = await parsed(Picture, line)
        except ValidationError:
            if is_known:
                return None
            raise BrokenReply(provider=self.spec.title, detail="a line that is no JSON", charged="maybe") from None
        if said.success is not False and not said.error:
            return said
        whole = Reply(status=200, headers=reply.headers, content=bytes(line), url=endpoint.base_url)
        error = self.error_of(whole, endpoint, call.model.id)
        if is_known and error.problem.vendor_code == "timeout":
            return None
        raise _of_accepted(error) if is_known else error

    async def _gateway_task(
        self, ticket: Ticket, endpoint: Endpoint, watch: Watch
    ) -> AsyncGenerator[ProviderEvent, None]:
        async def ask() -> tuple[Reply, GatewayTask]:
            body = {"action": "retrieve", "id": ticket.task_id}
            reply = await self.transport.poll(endpoint, "/midjourney/tasks", json_body=body)
            return reply, await self._polled(GatewayTask, reply, endpoint)

        async for reply, task in self._answers(ask, ticket, first_s=5.0, most_s=5.0):
            said = task.response
            if task.id is None and said is None:
                self._count_unknown(watch, reply, endpoint)
                continue
            watch.unknown = 0
            if said is not None and said.is_done:
                yield self.exchanged(endpoint, None, reply)
                async with aclosing(self._finished(said, ticket, endpoint, reply)) as events:
                    async for event in events:
                        yield event
                return
            if said is not None and said.success is False and (isinstance(said.error, dict) or task.finished_at):
                yield self.exchanged(endpoint, None, reply)
                raise self._failed_response(said, reply, endpoint, ticket)
            if task.finished_at:
                yield self.exchanged(endpoint, None, reply)
                raise NoImage(**self.facts(reply, endpoint))
            yield watch.progress(said.progress if said is not None else None, "drawing")
            url = said.image_url or said.raw_image_url if said is not None else None
            if url and (partial := await self._partial(url, endpoint, watch)) is not None:
                yield partial

    def _failed_response(self, said: Picture, reply: Reply, endpoint: Endpoint, ticket: Ticket) -> StudioError:
        facts = self.facts(reply, endpoint)
        error = gateway_refusal({"error": said.error}, 500, self.spec.title, ticket.data.get("model", ""))
        if error is None or not isinstance(said.error, dict):
            return _of_accepted(masked(failed_task(str(said.error or ""), facts), endpoint))
        del facts["provider"]
        error.problem = error.problem.model_copy(update=facts)
        return _of_accepted(masked(error, endpoint))

    async def _finished(
        self, said: Picture, ticket: Ticket, endpoint: Endpoint, reply: Reply | None = None
    ) -> AsyncGenerator[ProviderEvent, None]:
        """The last line. Its image id is what actions on the result need, so the ticket is told once more."""
        if said.image_id and ticket.task_id:
            data = {**ticket.data, "image_id": said.image_id}
            yield Accepted(ticket=ticket.model_copy(update={"data": data}))
        yield await self._arrived(ticket, said.url, reply, endpoint)

    # ------------------------------------------------------------------------------------------------ tasks, results

    def _answers(self, ask: Any, ticket: Ticket, *, first_s: float, most_s: float) -> Answers[Any]:
        model = self.spec.model(ticket.data.get("model", ""))
        deadline_s = model.capability.deadline_s if model is not None else 1800.0
        pace = Pace(first_s=first_s, most_s=most_s, factor=1.2, deadline_s=deadline_s)
        return Answers(ask, pace=pace, clock=self.transport.clock, provider=self.spec.title)

    async def _polled(self, kind: Any, reply: Reply, endpoint: Endpoint) -> Any:
        """A poll's answer. What is wrong with a poll says nothing about the task: it may be paid."""
        if not reply.ok:
            error = self.error_of(reply, endpoint)
            error.problem = error.problem.model_copy(update={"charged": "maybe"})
            raise error
        try:
            return await self.read(kind, reply, endpoint)
        except BrokenReply as error:
            detail = error.problem.detail
            raise ResultUnreachable(**self.facts(reply, endpoint), host=endpoint.host, detail=detail) from error

    def _count_unknown(self, watch: Watch, reply: Reply, endpoint: Endpoint) -> None:
        watch.unknown += 1
        if watch.unknown >= _LOST_AFTER:
            raise TaskExpired(**self.facts(reply, endpoint))

    async def _partial(self, url: str, endpoint: Endpoint, watch: Watch) -> PartialImage | None:
        """A new coarse sheet; one that cannot be had is no error and holds nothing up."""
        if url == watch.partial_url:
            return None
        watch.partial_url = url
        try:
            async with asyncio.timeout(_PARTIAL_PATIENCE_S):
                content = await self.transport.download(url, endpoint=endpoint)
        except (StudioError, TimeoutError):
            return None
        watch.steps += 1
        return PartialImage(step=watch.steps, steps=watch.steps, content=content)

    async def _arrived(
        self,
        ticket: Ticket,
        url: str,
        reply: Reply | None,
        endpoint: Endpoint,
        *,
        seed: int | None = None,
        revised: str | None = None,
    ) -> ImageArrived:
        if not url:
            raise NoImage(**(self.facts(reply, endpoint) if reply is not None else {"provider": self.spec.title}))
        content = await self.transport.download(url, endpoint=endpoint)
        image = ImageArrived(content=content, image_url=url, seed=seed, revised_prompt=revised)
        if ticket.data.get("sheet") != "yes":
            return image
        return image.model_copy(update={"whole_grid": True, "split_columns": 2, "split_rows": 2})

    async def find_lost(self, lost: LostCall, account: Account) -> Ticket | None:
        """By our own word in the list of a Java proxy; the other servers have no list that tells it."""
        if self._route(account) == "acedata":
            return None
        endpoint, prefix = self.endpoint(account), self._prefix(account)
        reply = await self.transport.get(endpoint, f"{prefix}/task/list")
        if reply.status in (204, 404, 405):
            return None
        if not reply.ok:
            raise self.error_of(reply, endpoint, paid=False)
        task_id = lost_task_in(reply.content, lost)
        if task_id is None:
            return None
        data = {"route": "proxy", "host": endpoint.host, "prefix": prefix, "model": lost.target.model, "sheet": "yes"}
        return Ticket(provider=self.id, account=account.id, task_id=task_id, data=data)

    # ------------------------------------------------------------------------------------------------ errors, checking

    def refusal(self, reply: Reply, said: Mapping[str, Any], model_id: str) -> StudioError | None:
        if isinstance(said.get("code"), int) and "description" in said:
            return submit_refusal(said, self.spec.title)
        # An error inside a good reply means what its code means; without one, a failure of the gateway.
        return gateway_refusal(said, reply.status if reply.status != 200 else 500, self.spec.title, model_id)

    def error_of(self, reply: Reply, endpoint: Endpoint, model_id: str = "", *, paid: bool = True) -> StudioError:
        """A proxy refuses a wrong secret, and an account that may not be used, without JSON."""
        if reply.status in (401, 403) and reply.media_type in ("", "text/plain") and reply.json_object() is None:
            words = reply.content[:200].decode("utf-8", "replace")
            return KeyRejected(**self.facts(reply, endpoint), detail=words)
        return super().error_of(reply, endpoint, model_id, paid=paid)

    async def model_ids(self, account: Account) -> tuple[str, ...] | None:
        """Asks for a task that nobody has: whoever may ask is told that there is none."""
        endpoint = self.endpoint(account)
        if self._route(account) == "acedata":
            body = {"action": "retrieve", "id": "0"}
            reply = await self.transport.get(endpoint, "/midjourney/tasks", json_body=body)
        else:
            reply = await self.transport.get(endpoint, f"{self._prefix(account)}/task/0/fetch")
        is_json = reply.json_object() is not None or reply.content.strip() in (b"", b"null")
        if not (is_json and (reply.ok or (reply.status == 404 and reply.content.strip()))):
            raise self.error_of(reply, endpoint, paid=False)
        return None


def _of_accepted(error: StudioError) -> StudioError:
    """An error about a task that had been taken: it may be paid, and is not sent again by itself."""
    charged = "maybe" if error.problem.charged == "no" else error.problem.charged
    error.problem = error.problem.model_copy(update={"charged": charged, "repeat": Repeat.NEVER})
    error.args = (error.problem.text,)
    return error


async def _data_url(call: GenerateCall, number: int) -> str:
    reference = call.request.reference_image[number]
    content = await call.read_reference(reference)
    encoded = await asyncio.to_thread(pybase64.b64encode, content)
    return f"data:{reference.media_type};base64,{encoded.decode('ascii')}"
