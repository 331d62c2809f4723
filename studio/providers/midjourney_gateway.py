"""Midjourney through AceDataCloud's gateway: a stream of lines, and tasks to ask for when the stream breaks."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from pydantic import ValidationError

from studio.domain.errors import BrokenReply, NoImage, Repeat, RequestInvalid, StudioError, Uncertain
from studio.domain.events import Accepted, ProviderEvent
from studio.domain.jobs import Ticket
from studio.domain.ports import GenerateCall, LostCall
from studio.domain.values import Secret
from studio.providers.adapter import masked
from studio.providers.decoding import parsed
from studio.providers.event_stream import EventStream, JsonLineReader
from studio.providers.messages import Endpoint, Post, Reply, SecretHeader
from studio.providers.midjourney_errors import failed_task, gateway_refusal
from studio.providers.midjourney_prompt import MidjourneyPrompt, gateway_hints, links_of, midjourney_prompt
from studio.providers.midjourney_replies import GatewayTask, Picture, Watch
from studio.providers.midjourney_way import Way
from studio.providers.polling import Pace
from studio.providers.transport import StreamedReply

_WAIT_S = 300
"""So long the gateway keeps a stream open; the transport waits longer than that, or it would give up first."""

_TASKS = "/midjourney/tasks"
_PACE = Pace(first_s=5.0, most_s=5.0)


class GatewayWay(Way):
    route = "acedata"
    usual_base_url = "https://api.acedata.cloud"

    def secret_header(self, key: Secret) -> SecretHeader:
        return SecretHeader("Authorization", key, prefix="Bearer ")

    # ------------------------------------------------------------------------------------------------ sending

    async def request(self, call: GenerateCall) -> tuple[Post, MidjourneyPrompt]:
        headers = {"Accept": "application/x-ndjson"}
        body: dict[str, Any]
        if call.follow_up is not None:
            action, image_id = call.follow_up.action.replace(":", ""), call.follow_up.ticket.data.get("image_id", "")
            if not image_id:
                raise RequestInvalid(field="action", reason="the finished image has no id to go on from")
            body, prompt = {"action": action, "image_id": image_id}, MidjourneyPrompt("")
        else:
            prompt = midjourney_prompt(call, self.adapter.spec, links=links_of(call), mode=False)
            body = {"prompt": prompt.text, "action": "generate", **gateway_hints(prompt.parameters)}
        body["timeout"] = _WAIT_S
        if "mode" in call.request.options:
            body["mode"] = call.request.options["mode"]
        return Post("/midjourney/imagine", json_body=body, headers=headers), prompt

    async def sent(self, call: GenerateCall, endpoint: Endpoint, post: Post) -> AsyncGenerator[ProviderEvent, None]:
        """Lines while the picture grows. A stream that breaks after it named its task is gone on with by asking."""
        ticket: Ticket | None = None
        watch = Watch()
        async with self.adapter.transport.stream(endpoint, post, total_s=self.adapter.total_s(call)) as reply:
            if reply.status != 200:
                whole = await reply.whole()
                yield self.adapter.exchanged(endpoint, post, whole)
                raise self.adapter.error_of(whole, endpoint, call.model.id)
            yield self.adapter.exchanged(endpoint, post, reply)
            lines = EventStream(reply, JsonLineReader())
            while (line := await self._next_line(lines, is_known=ticket is not None)) is not None:
                said = await self._line(line, reply, endpoint, call, is_known=ticket is not None)
                if said is None:
                    break
                if ticket is None and said.task_id:
                    ticket = self.ticket(call, said.task_id)
                    yield Accepted(ticket=ticket)
                if said.is_last:
                    yield self.adapter.exchanged(endpoint, None, reply, line)
                    ending = self._finished(said, ticket or self.ticket(call, ""), endpoint)
                    async with aclosing(ending) as events:
                        async for event in events:
                            yield event
                    return
                yield watch.progress(said.progress, "drawing")
                url = said.image_url or said.raw_image_url
                if url and (partial := await self.partial(url, endpoint, watch)) is not None:
                    yield partial
        if ticket is None:
            raise Uncertain(provider=self.adapter.spec.title, detail="The stream ended before it named a task.")
        async with aclosing(self.followed(ticket, endpoint, watch)) as events:
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
            raise BrokenReply(
                provider=self.adapter.spec.title, detail="a line that is no JSON", charged="maybe"
            ) from None
        if said.success is not False and not said.error:
            return said
        whole = Reply(status=200, headers=reply.headers, content=bytes(line), url=endpoint.base_url)
        error = self.adapter.error_of(whole, endpoint, call.model.id)
        if is_known and error.problem.vendor_code == "timeout":
            return None
        raise _of_accepted(error) if is_known else error

    # ------------------------------------------------------------------------------------------------ tasks

    async def followed(self, ticket: Ticket, endpoint: Endpoint, watch: Watch) -> AsyncGenerator[ProviderEvent, None]:
        async def ask() -> tuple[Reply, GatewayTask]:
            body = {"action": "retrieve", "id": ticket.task_id}
            reply = await self.adapter.transport.poll(endpoint, _TASKS, json_body=body)
            return reply, await self.adapter.polled(GatewayTask, reply, endpoint)

        async for reply, task in self.adapter.answers(ask, ticket, _PACE):
            said = task.response
            if task.id is None and said is None:
                self.count_unknown(watch, reply, endpoint)
                continue
            watch.unknown = 0
            if said is not None and said.is_done:
                yield self.adapter.exchanged(endpoint, None, reply)
                async with aclosing(self._finished(said, ticket, endpoint, reply)) as events:
                    async for event in events:
                        yield event
                return
            if said is not None and said.success is False and (isinstance(said.error, dict) or task.finished_at):
                yield self.adapter.exchanged(endpoint, None, reply)
                raise self._failed_response(said, reply, endpoint, ticket)
            if task.finished_at:
                yield self.adapter.exchanged(endpoint, None, reply)
                raise NoImage(**self.adapter.facts(reply, endpoint))
            yield watch.progress(said.progress if said is not None else None, "drawing")
            url = said.image_url or said.raw_image_url if said is not None else None
            if url and (partial := await self.partial(url, endpoint, watch)) is not None:
                yield partial

    def _failed_response(self, said: Picture, reply: Reply, endpoint: Endpoint, ticket: Ticket) -> StudioError:
        facts = self.adapter.facts(reply, endpoint)
        error = gateway_refusal({"error": said.error}, 500, self.adapter.spec.title, ticket.data.get("model", ""))
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
        yield await self.arrived(ticket, said.url, reply, endpoint)

    async def find_lost(self, lost: LostCall) -> Ticket | None:
        """The gateway has no list of tasks that tells which is ours."""
        return None

    async def ask_for_none(self, endpoint: Endpoint) -> Reply:
        return await self.adapter.transport.get(endpoint, _TASKS, json_body={"action": "retrieve", "id": "0"})


def _of_accepted(error: StudioError) -> StudioError:
    """An error about a task that had been taken: it may be paid, and is not sent again by itself."""
    charged = "maybe" if error.problem.charged == "no" else error.problem.charged
    error.problem = error.problem.model_copy(update={"charged": charged, "repeat": Repeat.NEVER})
    error.args = (error.problem.text,)
    return error
