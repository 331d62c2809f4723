"""AceDataCloud: a gateway with OpenAI's image models and nano-banana, each by a cheap route and by the maker's own.

Every request is asynchronous: a task id, polls that cost nothing, and a trace id of our own by which a request is found
again whose answer was lost. Facts from the vendor's specifications and package acedatacloud 2026.10.20.0, autumn 2026;
told to users in `references/acedata.md`."""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Iterable, Mapping
from contextlib import aclosing
from datetime import timedelta
from typing import Any, ClassVar, Literal

from studio.domain.errors import (
    BadRequest,
    BrokenReply,
    NoImage,
    Repeat,
    StudioError,
    TaskExpired,
    TaskFailed,
)
from studio.domain.events import (
    Accepted,
    ImageFailed,
    Progressed,
    ProviderEvent,
    UsageReported,
)
from studio.domain.jobs import Ticket
from studio.domain.ports import Account, GenerateCall, LostCall
from studio.domain.pricing import Usage
from studio.domain.request import Target
from studio.domain.values import CallId
from studio.providers.acedata_errors import Said, meaning, said_in
from studio.providers.acedata_request import NANO, post_of, trace_id_of
from studio.providers.adapter import Received
from studio.providers.messages import Endpoint, Post, Reply, SecretHeader
from studio.providers.polling import Pace
from studio.providers.results import LinkedImage, fetched
from studio.providers.tasks import TaskAdapter

_TASKS = {NANO: "/nano-banana/tasks"}
_OPENAI_TASKS = "/openai/tasks"

_PACE = Pace(first_s=2.0, most_s=10.0, factor=1.3)

_PATIENCE_S = 30.0
"""A task that has just been accepted may be unknown to the list of tasks for so long."""

_AHEAD, _BEHIND = timedelta(minutes=2), timedelta(minutes=5)
"""A lost task is looked for so long before and after the moment of sending: clocks differ."""

_SUCCESS = frozenset({"succeed", "succeeded", "success", "complete", "completed", "finished"})
_FAILURE = frozenset({"failed", "failure", "error", "canceled", "cancelled", "rejected"})


class _Item(Received):
    url: str | None = None
    image_url: str | None = None
    b64_json: str | None = None
    revised_prompt: str | None = None

    def linked(self, prompt: str | None) -> LinkedImage:
        """`prompt`: the words that were sent; the same words back are no revision."""
        revised = self.revised_prompt if self.revised_prompt != prompt else None
        return LinkedImage(self.url or self.image_url or "", revised, base64=self.b64_json or "")


class _Inner(Received):
    """Some answers hold their result one level deeper."""

    task_id: str | None = None
    data: tuple[_Item, ...] = ()


class _Result(Received):
    """A paid reply, or what stands at ``response`` in a task."""

    success: bool | None = None
    task_id: str | None = None
    id: str | None = None
    data: tuple[_Item, ...] | _Inner | None = None
    image_url: str | None = None
    error: Any = None
    status: str | None = None
    state: str | None = None

    @property
    def accepted_id(self) -> str | None:
        return self.task_id or (self.data.task_id if isinstance(self.data, _Inner) else None) or self.id

    @property
    def items(self) -> tuple[_Item, ...]:
        listed = self.data.data if isinstance(self.data, _Inner) else self.data or ()
        found = tuple(item for item in listed if item.url or item.image_url or item.b64_json)
        return found or ((_Item(url=self.image_url),) if self.image_url else ())


class _Asked(Received):
    model: str | None = None
    prompt: str | None = None


class _Task(Received):
    """A row of the task list; ``{}`` for an id that is unknown or forgotten."""

    id: str | None = None
    created_at: float | None = None
    started_at: float | None = None
    finished_at: float | None = None
    request: _Asked | None = None
    response: _Result | None = None

    @property
    def stage(self) -> Literal["unknown", "running", "done", "failed"]:
        """The vendor has no field for it: the first of these rules that holds decides."""
        response = self.response
        if self.id is None and response is None:
            return "unknown"
        if response is None:
            return "running" if self.finished_at is None else "failed"
        if response.items:
            return "done"
        if response.success is False and isinstance(response.error, dict) and response.error.get("code"):
            return "failed"
        if self.finished_at is not None:
            return "failed"
        # A bare error beside an unfinished task is a hiccup: it goes on.
        word = (response.status or response.state or "").lower()
        return "failed" if word in _SUCCESS | _FAILURE else "running"


class _TaskList(Received):
    items: tuple[_Task, ...] = ()


class AceDataProvider(TaskAdapter):
    """The image endpoints of the gateway; the host is a field of the account."""

    id: ClassVar[str] = "acedata"

    def endpoint(self, account: Account) -> Endpoint:
        return Endpoint(
            provider=self.spec.title,
            base_url=self.field(account, "base_url"),
            headers={"Accept": "application/json"},
            secret_headers=(SecretHeader("Authorization", self.key(account), prefix="Bearer "),),
        )

    # ------------------------------------------------------------------------------------------------ sending

    async def request(self, call: GenerateCall) -> Post:
        return await post_of(call)

    async def outcome(
        self, reply: Reply, call: GenerateCall, endpoint: Endpoint
    ) -> AsyncGenerator[ProviderEvent, None]:
        result = await self.read(_Result, reply, endpoint)
        if not result.items and (result.success is False or result.error is not None):
            raise self.error_of(reply, endpoint, call.model.id)
        if not result.items and not result.accepted_id:
            raise BrokenReply(**self.facts(reply, endpoint), detail="no task id")
        ticket = _ticket(call.call_id, call.target, call.request.prompt, call.image_count, result.accepted_id or "")
        yield Accepted(ticket=ticket)
        ending = self._arriving(result, ticket, endpoint) if result.items else self._awaited(ticket, endpoint)
        async with aclosing(ending):
            async for event in ending:
                yield event

    async def resume(self, ticket: Ticket, account: Account) -> AsyncIterator[ProviderEvent]:
        async with aclosing(self._awaited(ticket, self.endpoint(account))) as events:
            async for event in events:
                yield event

    async def find_lost(self, lost: LostCall, account: Account) -> Ticket | None:
        """By our own trace id; where that was not kept, the one task of about then with the same words."""
        model = self.spec.model(lost.target.model)
        route = model.capability.route if model is not None else ""
        endpoint, path = self.endpoint(account), _TASKS.get(route, _OPENAI_TASKS)
        trace_id = trace_id_of(lost.call.id, lost.target, lost.request.prompt)
        begin, end = (moment.timestamp() for moment in (lost.sent_at - _AHEAD, lost.sent_at + _BEHIND))
        questions: tuple[dict[str, Any], ...] = (
            {"action": "retrieve", "trace_id": trace_id},
            {"action": "retrieve_batch", "created_at_min": begin, "created_at_max": end, "limit": 50},
        )
        for question in questions:
            reply = await self.transport.ask(endpoint, path, question)
            if not reply.ok:
                raise self.error_of(reply, endpoint, paid=False)
            if question["action"] == "retrieve":
                listed: Iterable[_Task] = (await self.read(_Task, reply, endpoint, paid=False),)
            else:
                listed = (await self.read(_TaskList, reply, endpoint, paid=False)).items
                listed = [task for task in listed if _asks_for(task, lost)]
            found = [
                task.id
                for task in listed
                if task.id and task.id not in lost.known_tasks and begin <= (task.created_at or begin) <= end
            ]
            if len(found) == 1:
                return _ticket(lost.call.id, lost.target, lost.request.prompt, lost.call.image_count, found[0])
        return None

    # ------------------------------------------------------------------------------------------------ tasks

    async def _awaited(self, ticket: Ticket, endpoint: Endpoint) -> AsyncGenerator[ProviderEvent, None]:
        """Polls until the task is over."""
        model = self.spec.model(ticket.data.get("model", ""))
        path = _TASKS.get(model.capability.route if model is not None else "", _OPENAI_TASKS)
        known_by = {"id": ticket.task_id} if ticket.task_id else {"trace_id": ticket.data["trace_id"]}
        clock, begun_s = self.transport.clock, self.transport.clock.monotonic_s()

        async def ask() -> tuple[Reply, _Task]:
            reply = await self.transport.poll(endpoint, path, json_body={"action": "retrieve", **known_by})
            return reply, await self.polled(_Task, reply, endpoint, ticket.data.get("model", ""))

        async for reply, task in self.answers(ask, ticket, _PACE):
            match task.stage:
                case "unknown":
                    if clock.monotonic_s() - begun_s >= _PATIENCE_S:
                        raise TaskExpired(**self.facts(reply, endpoint))
                case "running":
                    yield Progressed(phase="created" if task.started_at is None else "started")
                case _:
                    yield self.exchanged(endpoint, None, reply)
                    result = task.response or _Result()
                    if not result.items:
                        raise self._failed(result, reply, endpoint, ticket)
                    async with aclosing(self._arriving(result, ticket, endpoint)) as events:
                        async for event in events:
                            yield event
                    return

    def _failed(self, result: _Result, reply: Reply, endpoint: Endpoint, ticket: Ticket) -> StudioError:
        """Why a task came to nothing. Only what was made is billed, and a task is never sent again by itself."""
        said = said_in({"error": result.error}) or Said("", "")
        told = {**self.facts(reply, endpoint), "vendor_code": said.code or None, "detail": said.message}
        if result.success and not said.message:
            return NoImage(**told)
        error = meaning(said, 400, told, ticket.data.get("model", ""))
        is_plain = isinstance(error, BadRequest) and said.code != "bad_request"
        return TaskFailed(**told) if is_plain or error.problem.repeat is not Repeat.NEVER else error

    # ------------------------------------------------------------------------------------------------ reading

    async def _arriving(
        self, result: _Result, ticket: Ticket, endpoint: Endpoint
    ) -> AsyncGenerator[ProviderEvent, None]:
        """Fetches every image at once; see `results.fetched`."""
        made = len(result.items)
        yield UsageReported(usage=Usage(images=made), basis=f"usage: {made} images")
        for index in range(made, int(ticket.data.get("count", made))):
            detail = f"{made} of {ticket.data['count']} images came; the others are not billed."
            missing = NoImage(provider=self.spec.title, detail=detail, charged="no")
            yield ImageFailed(index=index, problem=missing.problem)
        images = [item.linked(ticket.data.get("prompt")) for item in result.items]
        async with aclosing(fetched(images, self, endpoint)) as events:
            async for event in events:
                yield event

    def facts(self, reply: Reply, endpoint: Endpoint) -> dict[str, Any]:
        """With the vendor's trace id, which stands in the body."""
        trace_id = (reply.json_object() or {}).get("trace_id")
        found = super().facts(reply, endpoint)
        return {**found, "request_id": found["request_id"] or (trace_id if isinstance(trace_id, str) else None)}

    # ------------------------------------------------------------------------------------------------ errors

    def refusal(self, reply: Reply, said: Mapping[str, Any], model_id: str) -> StudioError | None:
        told = said_in(said)
        if told is None:
            return None
        facts = {"provider": self.spec.title, "vendor_code": told.code or None, "detail": told.message}
        return meaning(told, reply.status, facts, model_id)

    # ------------------------------------------------------------------------------------------------ checking

    async def model_ids(self, account: Account) -> None:
        """There is no list of models: an empty question to the list of tasks needs the same key and costs nothing."""
        endpoint = self.endpoint(account)
        now_s = self.transport.clock.now().timestamp()
        question = {"action": "retrieve_batch", "created_at_min": now_s, "limit": 1}
        reply = await self.transport.ask(endpoint, _OPENAI_TASKS, question)
        if not reply.ok:
            raise self.error_of(reply, endpoint, paid=False)
        await self.read(_TaskList, reply, endpoint, paid=False)


# ---------------------------------------------------------------------------------------------------- tickets


def _ticket(call_id: CallId, target: Target, prompt: str, image_count: int, task_id: str) -> Ticket:
    """`task_id` may be empty: then the trace id is asked for."""
    data = {
        "model": target.model,
        "trace_id": trace_id_of(call_id, target, prompt),
        "count": str(image_count),
        "prompt": prompt,
    }
    return Ticket(provider=target.provider, account=target.account, task_id=task_id, data=data)


def _asks_for(task: _Task, lost: LostCall) -> bool:
    asked = task.request or _Asked()
    return asked.prompt == lost.request.prompt and asked.model == lost.target.model
