"""Midjourney through a midjourney-proxy server: a submit, then a question every few seconds."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

import pybase64

from studio.domain.errors import BrokenReply, Cancelled, UnknownState
from studio.domain.events import Accepted, Progressed, ProviderEvent
from studio.domain.jobs import Ticket
from studio.domain.ports import GenerateCall, LostCall
from studio.domain.values import Secret
from studio.providers.messages import Endpoint, Post, Reply, SecretHeader
from studio.providers.midjourney_errors import ACCEPTED_CODES, failed_task
from studio.providers.midjourney_prompt import MidjourneyPrompt, midjourney_prompt
from studio.providers.midjourney_replies import ProxyTask, Submitted, Watch, lost_task_in, state_word
from studio.providers.midjourney_way import Way
from studio.providers.polling import Pace

_PACE = Pace(first_s=2.0, most_s=3.0, factor=1.2)


class ProxyWay(Way):
    """A server of the user's own as a rule; where it stands says the account."""

    route = "proxy"
    usual_base_url = "http://127.0.0.1:8080"

    def secret_header(self, key: Secret) -> SecretHeader:
        match self.adapter.field(self.account, "auth_style"):
            case "authorization":
                return SecretHeader("Authorization", key)
            case "bearer":
                return SecretHeader("Authorization", key, prefix="Bearer ")
        return SecretHeader("mj-api-secret", key)

    # ------------------------------------------------------------------------------------------------ sending

    async def request(self, call: GenerateCall) -> tuple[Post, MidjourneyPrompt]:
        state = state_word(call.call_id)
        if call.follow_up is not None:
            action, _, index = call.follow_up.action.partition(":")
            body: dict[str, Any] = {"taskId": call.follow_up.ticket.task_id, "action": action.upper(), "state": state}
            if index:
                body["index"] = int(index)
            return Post(f"{self.prefix}/submit/change", json_body=body), MidjourneyPrompt("")
        prompt = midjourney_prompt(call, self.adapter.spec, links=(), mode=True)
        body = {"prompt": prompt.text, "state": state}
        if call.request.reference_image:
            body["base64Array"] = [await _data_url(call, number) for number in range(len(call.request.reference_image))]
        return Post(f"{self.prefix}/submit/imagine", json_body=body), prompt

    async def sent(self, call: GenerateCall, endpoint: Endpoint, post: Post) -> AsyncGenerator[ProviderEvent, None]:
        reply = await self.adapter.transport.post(endpoint, post, total_s=self.adapter.total_s(call))
        yield self.adapter.exchanged(endpoint, post, reply)
        if not reply.ok:
            raise self.adapter.error_of(reply, endpoint, call.model.id)
        said = await self.adapter.read(Submitted, reply, endpoint)
        task_id = str(said.result or "")
        if said.code in (3, 4, 9, 23, 24) or not task_id:
            if said.code in ACCEPTED_CODES:
                raise BrokenReply(**self.adapter.facts(reply, endpoint), detail="no task id")
            raise self.adapter.error_of(reply, endpoint, call.model.id)
        ticket = self.ticket(call, task_id)
        yield Accepted(ticket=ticket)
        place = (said.properties or {}).get("numberOfQueues")
        if said.code == 22 and isinstance(place, int):
            yield Progressed(phase="queued", queue_place=place)
        async with aclosing(self.followed(ticket, endpoint, Watch())) as events:
            async for event in events:
                yield event

    # ------------------------------------------------------------------------------------------------ tasks

    async def followed(self, ticket: Ticket, endpoint: Endpoint, watch: Watch) -> AsyncGenerator[ProviderEvent, None]:
        """Asks every two to three seconds until the job is over. States that nobody knows are waited out."""
        path = f"{ticket.data.get('prefix', '')}/task/{ticket.task_id}/fetch"

        async def ask() -> tuple[Reply, ProxyTask | None]:
            reply = await self.adapter.transport.poll(endpoint, path)
            if reply.status in (204, 404) or (reply.ok and reply.content.strip() in (b"", b"null")):
                return reply, None
            return reply, await self.adapter.polled(ProxyTask, reply, endpoint)

        async for reply, task in self.adapter.answers(ask, ticket, _PACE):
            if task is None:
                self.count_unknown(watch, reply, endpoint)
                continue
            watch.unknown = 0
            status = (task.status or "").upper()
            if status in ("SUCCESS", "FAILURE", "CANCEL", "MODAL"):
                yield self.adapter.exchanged(endpoint, None, reply)
            if status == "SUCCESS":
                revised = task.promptEn if task.promptEn and task.promptEn != task.prompt else None
                seed = int(task.seed) if task.seed and str(task.seed).isdecimal() else None
                yield await self.arrived(ticket, task.imageUrl or "", reply, endpoint, seed=seed, revised=revised)
                return
            facts = self.adapter.facts(reply, endpoint)
            if status == "FAILURE":
                raise failed_task(task.failReason or "", facts)
            if status == "CANCEL":
                raise Cancelled(**facts, charged="maybe")
            if status == "MODAL":
                words = "The server waits for changed words because remix mode is on; switch it off there."
                raise UnknownState(**facts, state=status, detail=words)
            yield watch.progress(task.progress, status.lower().replace("_", " "))
            if task.imageUrl and (partial := await self.partial(task.imageUrl, endpoint, watch)) is not None:
                yield partial

    async def find_lost(self, lost: LostCall) -> Ticket | None:
        """By our own word in the list of a Java proxy; the other servers have no list that tells it."""
        endpoint = self.adapter.endpoint(self.account)
        reply = await self.adapter.transport.get(endpoint, f"{self.prefix}/task/list")
        if reply.status in (204, 404, 405):
            return None
        if not reply.ok:
            raise self.adapter.error_of(reply, endpoint, paid=False)
        task_id = lost_task_in(reply.content, lost)
        return self.ticket_of(lost.target.model, task_id, is_sheet=True) if task_id is not None else None

    async def ask_for_none(self, endpoint: Endpoint) -> Reply:
        return await self.adapter.transport.get(endpoint, f"{self.prefix}/task/0/fetch")


async def _data_url(call: GenerateCall, number: int) -> str:
    reference = call.request.reference_image[number]
    content = await call.read_reference(reference)
    encoded = await asyncio.to_thread(pybase64.b64encode, content)
    return f"data:{reference.media_type};base64,{encoded.decode('ascii')}"
