"""What the two ways to Midjourney share: tickets, coarse sheets on the way, and the sheet of four at the end."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator
from typing import ClassVar
from urllib.parse import urlsplit

from studio.domain.errors import NoImage, StudioError, TaskExpired
from studio.domain.events import ImageArrived, PartialImage, ProviderEvent
from studio.domain.jobs import Ticket
from studio.domain.ports import Account, GenerateCall, LostCall
from studio.domain.values import Secret
from studio.providers.messages import Endpoint, Post, Reply, SecretHeader
from studio.providers.midjourney_prompt import MidjourneyPrompt
from studio.providers.midjourney_replies import Watch
from studio.providers.tasks import TaskAdapter

_PARTIAL_PATIENCE_S = 20.0

_LOST_AFTER = 5
"""A task that is not known this often in a row is lost; right after the submit some servers do not know it yet."""


class Way(ABC):
    """How one account reaches Midjourney: what is sent, and how a task is followed to its end."""

    route: ClassVar[str]
    """The account's field of that name, and the ticket's."""
    usual_base_url: ClassVar[str]

    def __init__(self, adapter: TaskAdapter, account: Account) -> None:
        self.adapter = adapter
        self.account = account

    @property
    def base_url(self) -> str:
        return self.adapter.field(self.account, "base_url") or self.usual_base_url

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    @property
    def prefix(self) -> str:
        """In front of every path, such as ``/mj``; empty or with a slash at its begin."""
        prefix = self.adapter.field(self.account, "path_prefix").strip("/")
        return f"/{prefix}" if prefix else ""

    # ------------------------------------------------------------------------------------------------ to be given

    @abstractmethod
    def secret_header(self, key: Secret) -> SecretHeader: ...

    @abstractmethod
    async def request(self, call: GenerateCall) -> tuple[Post, MidjourneyPrompt]:
        """The paid request, and what became of the prompt on the way. Raises RequestInvalid."""

    @abstractmethod
    def sent(self, call: GenerateCall, endpoint: Endpoint, post: Post) -> AsyncGenerator[ProviderEvent, None]:
        """Sends the paid request and stays with it until its images are there."""

    @abstractmethod
    def followed(self, ticket: Ticket, endpoint: Endpoint, watch: Watch) -> AsyncGenerator[ProviderEvent, None]:
        """Asks for a task until it is over. Raises TaskExpired when nobody knows it."""

    @abstractmethod
    async def find_lost(self, lost: LostCall) -> Ticket | None: ...

    @abstractmethod
    async def ask_for_none(self, endpoint: Endpoint) -> Reply:
        """The answer to a question for a task that nobody has."""

    # ------------------------------------------------------------------------------------------------ shared

    def ticket(self, call: GenerateCall, task_id: str) -> Ticket:
        is_single = call.follow_up is not None and call.follow_up.action.startswith("upscale")
        return self.ticket_of(call.model.id, task_id, is_sheet=not is_single)

    def ticket_of(self, model_id: str, task_id: str, *, is_sheet: bool) -> Ticket:
        data = {
            "route": self.route,
            "host": self.host,
            "prefix": self.prefix,
            "model": model_id,
            "sheet": "yes" if is_sheet else "no",
        }
        return Ticket(provider=self.adapter.id, account=self.account.id, task_id=task_id, data=data)

    def check(self, ticket: Ticket) -> None:
        """A task of one server means nothing to another. Raises TaskExpired."""
        asked = ticket.data.get("host", "")
        if asked and (asked != self.host or ticket.data.get("route") != self.route):
            detail = f"The task was given to {asked}, this account now asks {self.host}."
            raise TaskExpired(provider=self.adapter.spec.title, detail=detail)

    def count_unknown(self, watch: Watch, reply: Reply, endpoint: Endpoint) -> None:
        """One more answer that knows no such task. Raises TaskExpired after several."""
        watch.unknown += 1
        if watch.unknown >= _LOST_AFTER:
            raise TaskExpired(**self.adapter.facts(reply, endpoint))

    async def partial(self, url: str, endpoint: Endpoint, watch: Watch) -> PartialImage | None:
        """A new coarse sheet; one that cannot be had is no error and holds nothing up."""
        if url == watch.partial_url:
            return None
        watch.partial_url = url
        try:
            async with asyncio.timeout(_PARTIAL_PATIENCE_S):
                content = await self.adapter.transport.download(url, endpoint=endpoint)
        except (StudioError, TimeoutError):
            return None
        watch.steps += 1
        return PartialImage(step=watch.steps, steps=watch.steps, content=content)

    async def arrived(
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
            raise NoImage(
                **(self.adapter.facts(reply, endpoint) if reply is not None else {"provider": self.adapter.spec.title})
            )
        content = await self.adapter.transport.download(url, endpoint=endpoint)
        image = ImageArrived(content=content, image_url=url, seed=seed, revised_prompt=revised)
        if ticket.data.get("sheet") != "yes":
            return image
        return image.model_copy(update={"whole_grid": True, "split_columns": 2, "split_rows": 2})
