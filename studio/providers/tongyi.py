"""Alibaba Cloud Model Studio (DashScope): Qwen-Image, Wan, Z-Image and the older Wanx models.

Most models are asked asynchronously: a task id, polls, and a task list in which a lost id can be found again. The
others answer at once and leave nothing to ask for but their links, which are good for a day. Which way a model goes
stands in the catalogue (``capability.route``). Told to users in `references/aliyun.md`."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from datetime import date, timedelta, timezone
from typing import Any, ClassVar
from urllib.parse import urlsplit

from studio.domain.capability import ProviderSpec
from studio.domain.errors import (
    BrokenReply,
    Cancelled,
    NetworkMisconfigured,
    NoImage,
    Repeat,
    ResultUnreachable,
    StudioError,
    TaskExpired,
    UnknownState,
)
from studio.domain.events import Accepted, Progressed, ProviderEvent, UsageReported
from studio.domain.jobs import Ticket
from studio.domain.ports import Account, CancelOutcome, GenerateCall, LostCall
from studio.domain.pricing import Usage
from studio.providers.adapter import Received
from studio.providers.messages import Endpoint, Post, Reply, SecretHeader
from studio.providers.polling import Pace
from studio.providers.results import LinkedImage, fetched, links_in, links_ticket
from studio.providers.tasks import TaskAdapter
from studio.providers.tongyi_errors import TongyiError, failure_of, plain_code, refusal_of
from studio.providers.tongyi_request import post_of
from studio.providers.transport import Transport

_SHARED_HOSTS = {
    "cn-beijing": "dashscope.aliyuncs.com",
    "ap-southeast-1": "dashscope-intl.aliyuncs.com",
    "us-east-1": "dashscope-us.aliyuncs.com",
    "cn-hongkong": "cn-hongkong.dashscope.aliyuncs.com",
}
"""The other regions are served by workspace hosts only."""

_WORKSPACE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,62}")

_CHINA = timezone(timedelta(hours=8))
"""The task list takes and tells times without a zone, all of them in this one."""

_AHEAD, _BEHIND = timedelta(minutes=2), timedelta(minutes=5)
"""A lost task is looked for so long before and after the moment of sending: clocks differ."""

_PACE = Pace(first_s=2.0, most_s=8.0, factor=1.4)

_WAITING = frozenset({"PENDING", "RUNNING", "SUSPENDED"})


class _Part(Received):
    image: str | None = None
    text: str | None = None


class _Message(Received):
    content: tuple[_Part, ...] | str | None = None


class _Choice(Received):
    message: _Message | None = None


class _Result(TongyiError):
    url: str | None = None
    orig_prompt: str | None = None
    actual_prompt: str | None = None


class _Output(TongyiError):
    task_id: str | None = None
    task_status: str | None = None
    choices: tuple[_Choice, ...] | None = None
    results: tuple[_Result, ...] | None = None


class _Usage(Received):
    """Every family spells it in its own way."""

    image_count: int | None = None
    output_image_count: int | None = None
    input_tokens: int | None = None
    output_tokens: int | None = None
    total_tokens: int | None = None


class _Answer(Received):
    code: str | None = None
    output: _Output | None = None
    usage: _Usage | None = None


class _ListedTask(Received):
    task_id: str
    model_name: str | None = None


class _TaskList(Received):
    data: tuple[_ListedTask, ...] = ()
    total: int = 0


class TongyiProvider(TaskAdapter):
    """The native paths of DashScope; region and workspace are fields of the account."""

    id: ClassVar[str] = "tongyi"

    def __init__(self, spec: ProviderSpec, transport: Transport) -> None:
        super().__init__(spec, transport)
        self._known_tasks: set[str] = set()
        """Of this process: no two calls may take the same task for theirs."""

    def endpoint(self, account: Account) -> Endpoint:
        base_url, workspace = self.field(account, "base_url"), self.field(account, "workspace")
        headers = {"X-DashScope-WorkSpace": workspace} if base_url and workspace else {}
        return Endpoint(
            provider=self.spec.title,
            base_url=base_url or _native_base(self.field(account, "region"), workspace),
            headers=headers,
            secret_headers=(SecretHeader("Authorization", self.key(account), prefix="Bearer "),),
        )

    # ------------------------------------------------------------------------------------------------ sending

    async def request(self, call: GenerateCall) -> Post:
        return await post_of(call)

    async def outcome(
        self, reply: Reply, call: GenerateCall, endpoint: Endpoint
    ) -> AsyncGenerator[ProviderEvent, None]:
        answer = await self.read(_Answer, reply, endpoint)
        if answer.code:
            # An error, whatever the status says.
            raise self.error_of(reply, endpoint, call.model.id)
        if call.model.capability.route == "messages":
            images = self._images(answer, reply, endpoint, call.request.options.get("prompt_extend") is True)
            yield Accepted(ticket=links_ticket(call, images))
            ending = self._arriving(images, answer.usage, endpoint)
        else:
            if answer.output is None or not answer.output.task_id:
                raise BrokenReply(**self.facts(reply, endpoint), detail="no task id")
            ticket = self._task_ticket(call.account, call.model.id, answer.output.task_id, endpoint)
            yield Accepted(ticket=ticket)
            ending = self._awaited(ticket, endpoint)
        async with aclosing(ending):
            async for event in ending:
                yield event

    async def resume(self, ticket: Ticket, account: Account) -> AsyncIterator[ProviderEvent]:
        endpoint, images = self.endpoint(account), links_in(ticket)
        ending = self._awaited(ticket, endpoint) if images is None else self._arriving(images, None, endpoint)
        async with aclosing(ending):
            async for event in ending:
                yield event

    async def cancel(self, ticket: Ticket, account: Account) -> CancelOutcome:
        """Only what is still waiting can be cancelled, and tasks wait for a fraction of a second as a rule."""
        if links_in(ticket) is not None:
            return CancelOutcome.UNSUPPORTED
        endpoint = self.endpoint(account)
        reply = await self.transport.poll(endpoint, f"/tasks/{ticket.task_id}/cancel", json_body={})
        if reply.ok:
            return CancelOutcome.CANCELLED
        error = self.error_of(reply, endpoint, paid=False)
        if plain_code(error.problem.vendor_code) == "unsupportedoperation":
            return CancelOutcome.TOO_LATE
        raise error

    async def find_lost(self, lost: LostCall, account: Account) -> Ticket | None:
        """The one task of this model that was submitted about then and is nobody else's; None when there are several:
        the list tells neither prompt nor settings."""
        model = self.spec.model(lost.target.model)
        if model is not None and model.capability.route == "messages":
            return None
        endpoint = self.endpoint(account)
        begin, end = (moment.astimezone(_CHINA) for moment in (lost.sent_at - _AHEAD, lost.sent_at + _BEHIND))
        query = {
            "start_time": f"{begin:%Y%m%d%H%M%S}",
            "end_time": f"{end:%Y%m%d%H%M%S}",
            "model_name": lost.target.model,
            "page_no": "1",
            "page_size": "50",
        }
        reply = await self.transport.get(endpoint, "/tasks/", query=query)
        if not reply.ok:
            raise self.error_of(reply, endpoint, paid=False)
        listed = await self.read(_TaskList, reply, endpoint, paid=False)
        known = self._known_tasks | lost.known_tasks
        unknown = [task.task_id for task in listed.data if task.task_id not in known]
        if len(unknown) != 1 or listed.total > len(listed.data):
            return None
        return self._task_ticket(account, lost.target.model, unknown[0], endpoint)

    # ------------------------------------------------------------------------------------------------ tasks

    def _task_ticket(self, account: Account, model_id: str, task_id: str, endpoint: Endpoint) -> Ticket:
        self._known_tasks.add(task_id)
        data = {"model": model_id, "host": endpoint.host}
        return Ticket(provider=account.provider, account=account.id, task_id=task_id, data=data)

    async def _awaited(self, ticket: Ticket, endpoint: Endpoint) -> AsyncGenerator[ProviderEvent, None]:
        """Polls until the task is over. UNKNOWN is an end: expired, or not of this key."""
        self._known_tasks.add(ticket.task_id)

        async def ask() -> tuple[Reply, _Answer]:
            reply = await self.transport.poll(endpoint, f"/tasks/{ticket.task_id}")
            return reply, await self._polled(reply, endpoint, ticket)

        async for reply, answer in self.answers(ask, ticket, _PACE):
            output = answer.output or _Output()
            status = output.task_status or ""
            if status in _WAITING:
                yield Progressed(phase=status.lower())
                continue
            yield self.exchanged(endpoint, None, reply)
            if status != "SUCCEEDED":
                raise self._ended(status, output, reply, endpoint, ticket)
            images = self._images(answer, reply, endpoint, is_rewritten=False)
            async with aclosing(self._arriving(images, answer.usage, endpoint)) as events:
                async for event in events:
                    yield event
            return

    async def _polled(self, reply: Reply, endpoint: Endpoint, ticket: Ticket) -> _Answer:
        """A poll's answer. What is wrong with a poll says nothing about the task, not even a key that is refused: with
        the right one it can be asked for again."""
        try:
            if not reply.ok:
                raise self.error_of(reply, endpoint, ticket.data.get("model", ""))
            return await self.read(_Answer, reply, endpoint)
        except StudioError as error:
            if error.problem.repeat in (Repeat.LATER, Repeat.ONCE):
                raise
            facts = self.facts(reply, endpoint) | {"vendor_code": error.problem.vendor_code, "detail": str(error)}
            raise ResultUnreachable(**facts, host=endpoint.host) from error

    def _ended(self, status: str, output: _Output, reply: Reply, endpoint: Endpoint, ticket: Ticket) -> StudioError:
        """The error of a task that is over without a result."""
        facts = self.facts(reply, endpoint)
        if status == "FAILED":
            return self._failed(output, reply, endpoint, ticket.data.get("model", ""))
        if status == "CANCELED":
            return Cancelled(**facts)
        if status == "UNKNOWN":
            asked_at = ticket.data.get("host", endpoint.host)
            elsewhere = f"The task was given to {asked_at}, this account now asks {endpoint.host}."
            return TaskExpired(**facts, detail=elsewhere if asked_at != endpoint.host else "")
        return UnknownState(**facts, state=status or "no state")

    # ------------------------------------------------------------------------------------------------ reading

    def _images(self, answer: _Answer, reply: Reply, endpoint: Endpoint, is_rewritten: bool) -> list[LinkedImage]:
        """All images of an answer: some models put several into one message, some give each a choice of its own.

        `is_rewritten`: words beside an image are the prompt as it was drawn."""
        output = answer.output or _Output()
        contents = [choice.message.content for choice in output.choices or () if choice.message is not None]
        parts = [part for content in contents for part in (content if isinstance(content, tuple) else ())]
        words = " ".join([part.text for part in parts if part.text] + [one for one in contents if isinstance(one, str)])
        revised = words if is_rewritten and words else None
        images = [LinkedImage(_secure(part.image), revised) for part in parts if part.image]
        images += [self._of_result(result, reply, endpoint) for result in output.results or ()]
        if not any(image.url for image in images):
            refused = next((image.failure for image in images if image.failure is not None), None)
            raise refused or NoImage(**self.facts(reply, endpoint), detail=words)
        return images

    def _of_result(self, result: _Result, reply: Reply, endpoint: Endpoint) -> LinkedImage:
        if result.url:
            is_other = result.actual_prompt and result.actual_prompt != result.orig_prompt
            return LinkedImage(_secure(result.url), result.actual_prompt if is_other else None)
        return LinkedImage(failure=self._failed(result, reply, endpoint))

    async def _arriving(
        self, images: list[LinkedImage], usage: _Usage | None, endpoint: Endpoint
    ) -> AsyncGenerator[ProviderEvent, None]:
        if usage is not None:
            yield _usage_reported(usage)
        async with aclosing(fetched(images, self, endpoint)) as events:
            async for event in events:
                yield event

    # ------------------------------------------------------------------------------------------------ errors

    def refusal(self, reply: Reply, said: Mapping[str, Any], model_id: str) -> StudioError | None:
        error = TongyiError.of(said)
        if error is None:
            return None
        region = self._region_of(urlsplit(reply.url).hostname or "")
        return refusal_of(error, reply.status, self.spec, model_id, region=region, today=self._today())

    def _failed(self, error: TongyiError, reply: Reply, endpoint: Endpoint, model_id: str = "") -> StudioError:
        return failure_of(error, self.facts(reply, endpoint), self.spec, model_id, today=self._today())

    def _today(self) -> date:
        return self.transport.clock.now().date()

    def _region_of(self, host: str) -> str:
        """A region in the words of the account's form; another host stands for itself."""
        shared = next((region for region, known in _SHARED_HOSTS.items() if known == host), "")
        region = shared or (host.split(".")[1] if host.endswith(".maas.aliyuncs.com") else "")
        choices = next(field.choices for field in self.spec.account_fields if field.name == "region")
        return next((choice.title for choice in choices if choice.value == region), host)

    # ------------------------------------------------------------------------------------------------ checking

    async def model_ids(self, account: Account) -> None:
        """There is no list of models: the list of tasks needs the same key and costs nothing."""
        endpoint = self.endpoint(account)
        reply = await self.transport.get(endpoint, "/tasks/", query={"page_no": "1", "page_size": "1"})
        if not reply.ok:
            raise self.error_of(reply, endpoint, paid=False)
        await self.read(_TaskList, reply, endpoint, paid=False)


def _native_base(region: str, workspace: str) -> str:
    """The base URL of a region: the workspace's own host, else the host that all share. Raises NetworkMisconfigured."""
    if workspace:
        if not _WORKSPACE.fullmatch(workspace):
            raise NetworkMisconfigured(setting="Workspace", reason="an id has letters, digits and hyphens only")
        return f"https://{workspace}.{region}.maas.aliyuncs.com/api/v1"
    if region not in _SHARED_HOSTS:
        raise NetworkMisconfigured(setting="Workspace", reason="this region is reached by a workspace id only")
    return f"https://{_SHARED_HOSTS[region]}/api/v1"


# ---------------------------------------------------------------------------------------------------- small words


def _secure(url: str) -> str:
    """The object store hands out some links as http still; they work as https too, and only that is opened."""
    host = urlsplit(url).hostname or ""
    return f"https{url[4:]}" if url.startswith("http://") and host.endswith(".aliyuncs.com") else url


def _usage_reported(usage: _Usage) -> UsageReported:
    images = usage.image_count if usage.image_count is not None else usage.output_image_count
    figures = Usage(text_in=usage.input_tokens, text_out=usage.output_tokens, total=usage.total_tokens, images=images)
    return UsageReported(usage=figures, basis=f"usage: {images} images" if images is not None else "usage")
