"""Vendors whose paid requests become tasks, which are asked for until they are over."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import ClassVar, TypeVar

from studio.domain.errors import BrokenReply, ResultUnreachable
from studio.domain.jobs import Ticket
from studio.providers.adapter import Adapter, ReplyModel
from studio.providers.messages import Endpoint, Reply
from studio.providers.polling import Answers, Pace

Answer = TypeVar("Answer")


class TaskAdapter(Adapter):
    """Tickets name the model of their task as ``model``."""

    other_deadline_s: ClassVar[float] = 3600.0
    """For tasks of a model that the catalogue does not know any more."""

    def answers(self, ask: Callable[[], Awaitable[Answer]], ticket: Ticket, pace: Pace) -> Answers[Answer]:
        """The answers of `ask` at that pace, up to the deadline of the ticket's model."""
        model = self.spec.model(ticket.data.get("model", ""))
        deadline_s = model.capability.deadline_s if model is not None else self.other_deadline_s
        pace = replace(pace, deadline_s=deadline_s)
        return Answers(ask, pace=pace, clock=self.transport.clock, provider=self.spec.title)

    async def polled(self, kind: type[ReplyModel], reply: Reply, endpoint: Endpoint, model_id: str = "") -> ReplyModel:
        """A poll's answer. What is wrong with a poll says nothing about the task: it may be paid."""
        if not reply.ok:
            error = self.error_of(reply, endpoint, model_id)
            error.problem = error.problem.model_copy(update={"charged": "maybe"})
            raise error
        try:
            return await self.read(kind, reply, endpoint)
        except BrokenReply as error:
            detail = error.problem.detail
            raise ResultUnreachable(**self.facts(reply, endpoint), host=endpoint.host, detail=detail) from error
