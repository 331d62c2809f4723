"""Vendors that answer as a stream when they are asked to, and whole when they cannot."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from pydantic import ValidationError

from studio.domain.errors import BrokenReply, StudioError
from studio.domain.events import Progressed, ProviderEvent
from studio.domain.ports import GenerateCall
from studio.providers.adapter import Adapter, ReplyModel, validation_words
from studio.providers.decoding import parsed
from studio.providers.event_stream import ServerEvent
from studio.providers.messages import Endpoint, Post
from studio.providers.transport import StreamedReply


class StreamingAdapter(Adapter):
    """A subclass gives `streamed` for server-sent events beside `outcome` for a whole reply."""

    @abstractmethod
    def streamed(
        self, reply: StreamedReply, call: GenerateCall, endpoint: Endpoint, post: Post
    ) -> AsyncGenerator[ProviderEvent, None]:
        """What a stream brings. Raises Uncertain when it ends without the finished image."""

    async def generate(self, call: GenerateCall) -> AsyncIterator[ProviderEvent]:
        endpoint, post = self.endpoint(call.account), await self.request(call)
        async with self.transport.stream(endpoint, post, total_s=self.total_s(call)) as reply:
            if reply.status == 200 and reply.media_type == "text/event-stream":
                yield self.exchanged(endpoint, post, reply)
                yield Progressed()
                events = self.streamed(reply, call, endpoint, post)
            else:
                # Also when a stream was asked for: a gateway that cannot stream answers whole.
                events = self.answered(await reply.whole(), call, endpoint, post)
            async with aclosing(events):
                async for event in events:
                    yield event

    async def read_event(self, kind: type[ReplyModel], raw: ServerEvent) -> ReplyModel | None:
        """None for the torn rest of a stream that ended inside an event. Raises BrokenReply."""
        try:
            return await parsed(kind, raw.data)
        except ValidationError as error:
            if not raw.whole:
                return None
            raise BrokenReply(provider=self.spec.title, detail=validation_words(error)) from None


def told_in_stream(error: StudioError, *, is_drawn: bool) -> StudioError:
    """An error inside a stream. Before the first picture it says the same as a status would; after one, something was
    drawn, and nobody says whether that is billed."""
    if is_drawn and error.problem.charged == "no":
        error.problem = error.problem.model_copy(update={"charged": "maybe"})
    return error
