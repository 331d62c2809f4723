"""Midjourney, which has no API of its own: through a midjourney-proxy server, or through AceDataCloud's gateway.

Both take a prompt with parameters at its end (`midjourney_prompt`) and make four pictures in one sheet. A proxy
(`midjourney_proxy`) is asked for its task every few seconds and shows a percent and a coarse sheet; the gateway
(`midjourney_gateway`) streams lines with the same, and has tasks to ask for when the stream breaks. Told to users in
`references/midjourney.md`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any, ClassVar

from studio.domain.errors import KeyRejected, StudioError
from studio.domain.events import Accepted, Noticed, ProviderEvent
from studio.domain.jobs import FollowUp, Ticket
from studio.domain.ports import Account, GenerateCall, LostCall
from studio.domain.words import FOLLOW_UP_WORDS
from studio.providers.messages import Endpoint, Post, Reply
from studio.providers.midjourney_errors import gateway_refusal, submit_refusal
from studio.providers.midjourney_gateway import GatewayWay
from studio.providers.midjourney_prompt import MidjourneyPrompt
from studio.providers.midjourney_proxy import ProxyWay
from studio.providers.midjourney_replies import Watch
from studio.providers.midjourney_way import Way
from studio.providers.tasks import TaskAdapter

_WITHOUT_UPSCALE = ("v8", "8")
"""Versions that begin so have no separate upscale."""


class MidjourneyProvider(TaskAdapter):
    """The account says which way (``route``): a proxy server, or AceDataCloud."""

    id: ClassVar[str] = "midjourney"
    other_deadline_s: ClassVar[float] = 1800.0

    def _way(self, account: Account, route: str | None = None) -> Way:
        """The account's own way, or the one that is named."""
        named = route if route is not None else self.field(account, "route")
        return GatewayWay(self, account) if named == GatewayWay.route else ProxyWay(self, account)

    def endpoint(self, account: Account) -> Endpoint:
        way, key = self._way(account), self.key(account)
        return Endpoint(provider=self.spec.title, base_url=way.base_url, secret_headers=(way.secret_header(key),))

    # ------------------------------------------------------------------------------------------------ sending

    async def request(self, call: GenerateCall) -> Post:
        return (await self._made(call))[0]

    async def _made(self, call: GenerateCall) -> tuple[Post, MidjourneyPrompt]:
        way = self._way(call.account)
        if call.follow_up is not None:
            way.check(call.follow_up.ticket)
        return await way.request(call)

    async def generate(self, call: GenerateCall) -> AsyncIterator[ProviderEvent]:
        endpoint, (post, prompt) = self.endpoint(call.account), await self._made(call)
        async with aclosing(self._way(call.account).sent(call, endpoint, post)) as events:
            async for event in events:
                yield event
                if isinstance(event, Accepted):
                    for notice in prompt.notices:
                        yield Noticed(notice=notice)
                    prompt.notices.clear()

    async def resume(self, ticket: Ticket, account: Account) -> AsyncIterator[ProviderEvent]:
        endpoint = self.endpoint(account)
        self._way(account).check(ticket)
        way = self._way(account, ticket.data.get("route", ""))
        async with aclosing(way.followed(ticket, endpoint, Watch())) as events:
            async for event in events:
                yield event

    async def find_lost(self, lost: LostCall, account: Account) -> Ticket | None:
        return await self._way(account).find_lost(lost)

    def follow_ups(self, ticket: Ticket, image_index: int) -> tuple[FollowUp, ...]:
        """On an image of a sheet; what became of one image alone is its end."""
        data = ticket.data
        if data.get("sheet") != "yes" or (data.get("route") == "acedata" and "image_id" not in data):
            return ()
        place = image_index % 4 + 1
        titles = dict(FOLLOW_UP_WORDS)
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
        reply = await self._way(account).ask_for_none(endpoint)
        is_json = reply.json_object() is not None or reply.content.strip() in (b"", b"null")
        if not (is_json and (reply.ok or (reply.status == 404 and reply.content.strip()))):
            raise self.error_of(reply, endpoint, paid=False)
        return None
