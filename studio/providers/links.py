"""Links that somebody else wrote: results of a provider, references by URL. No key, checked addresses, under limits."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol
from urllib.parse import urljoin, urlsplit, urlunsplit

from studio.domain.errors import LinkExpired, LinkRefused, Offline, ReferenceUnreadable, ResultUnreachable
from studio.domain.ports import Clock
from studio.providers.addresses import CheckedLink, Resolver, checked_link
from studio.providers.failures import Passage, Stakes
from studio.providers.messages import Reply
from studio.providers.proxies import proxy_for
from studio.providers.timeouts import Patience

REDIRECTS_MAX = 5
DOWNLOAD_ATTEMPTS = 4
ADDRESSES_MAX = 3
"""So many addresses of one name are tried."""

_MOVED = frozenset({301, 302, 303, 307, 308})
_PASSING = frozenset({408, 425, 429})


class _WholeReply(Protocol):
    async def whole(self, *, limit_bytes: int) -> Reply: ...


class _Exchange(Protocol):
    """`transport.Transport`'s way to send one request."""

    def __call__(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        passage: Passage,
        idle_s: float,
        *,
        extensions: Mapping[str, Any],
    ) -> AbstractAsyncContextManager[_WholeReply]: ...


class Links:
    """Downloads for one transport."""

    def __init__(self, exchange: _Exchange, *, clock: Clock, resolve: Resolver, patience: Patience) -> None:
        self._exchange = exchange
        self._clock = clock
        self._resolve = resolve
        self._patience = patience

    async def download(self, url: str, *, provider: str, trusted_host: str | None, limit_bytes: int) -> bytes:
        """A paid result; what breaks is repeated. See `transport.Transport.download`."""
        for attempt in range(1, DOWNLOAD_ATTEMPTS + 1):
            try:
                return await self._result(url, provider, trusted_host, limit_bytes)
            except ResultUnreachable:
                if attempt == DOWNLOAD_ATTEMPTS:
                    raise
            await self._clock.sleep(2.0 ** (attempt - 1))
        raise AssertionError("the last attempt returns or raises")

    async def _result(self, url: str, provider: str, trusted_host: str | None, limit_bytes: int) -> bytes:
        reply = await self._follow(url, Stakes.OWED, provider, trusted_host, limit_bytes)
        if reply.ok:
            return reply.content
        words = f"status {reply.status}"
        if 400 <= reply.status < 500 and reply.status not in _PASSING:
            raise LinkExpired(provider=provider, http_status=reply.status, detail=words)
        raise ResultUnreachable(provider=provider, host=_host(url), detail=words, charged="yes")

    async def fetch(self, url: str, *, limit_bytes: int) -> bytes:
        """A reference; nothing is repeated. See `transport.Transport.fetch`."""
        reply = await self._follow(url, Stakes.FREE, "", None, limit_bytes)
        if not reply.ok:
            raise ReferenceUnreadable(name=url.partition("?")[0], reason=f"the address answers {reply.status}")
        return reply.content

    async def _follow(
        self, url: str, stakes: Stakes, provider: str, trusted_host: str | None, limit_bytes: int
    ) -> Reply:
        """GET with redirects followed by hand, each address checked before it is opened."""
        for _ in range(REDIRECTS_MAX + 1):
            passage = self._passage(url, stakes, provider)
            proxied = await asyncio.to_thread(proxy_for, url) is not None
            try:
                link = await checked_link(url, trusted_host=trusted_host, resolve=self._resolve, through_proxy=proxied)
            except OSError as error:
                raise passage.failure(error) from error
            reply = await self._open(link, passage, limit_bytes)
            if reply.status not in _MOVED or "location" not in reply.headers:
                return reply
            url = urljoin(url, reply.headers["location"])
        raise LinkRefused(provider=provider, detail=f"more than {REDIRECTS_MAX} redirects")

    def _passage(self, url: str, stakes: Stakes, provider: str) -> Passage:
        return Passage(stakes, provider=provider, host=_host(url), total_s=self._patience.download_total_s)

    async def _open(self, link: CheckedLink, passage: Passage, limit_bytes: int) -> Reply:
        """Connect to the very addresses that were checked, to the next one when one does not answer."""
        addresses = link.addresses[:ADDRESSES_MAX] or (None,)
        for address in addresses[:-1]:
            with contextlib.suppress(Offline, ResultUnreachable):
                return await self._read(link, address, passage, limit_bytes)
        return await self._read(link, addresses[-1], passage, limit_bytes)

    async def _read(self, link: CheckedLink, address: str | None, passage: Passage, limit_bytes: int) -> Reply:
        headers, extensions, url = {"Accept": "image/*,*/*;q=0.5"}, {}, link.url
        if address is not None:
            parts = urlsplit(link.url)
            headers["Host"] = parts.netloc
            extensions["sni_hostname"] = link.host
            url = urlunsplit(parts._replace(netloc=_netloc(address, parts.port)))
        fresh = self._passage(link.url, passage.stakes, passage.provider)
        idle_s = self._patience.download_idle_s
        async with self._exchange("GET", url, headers, fresh, idle_s, extensions=extensions) as reply:
            return await reply.whole(limit_bytes=limit_bytes)


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _netloc(address: str, port: int | None) -> str:
    host = f"[{address}]" if ":" in address else address
    return f"{host}:{port}" if port else host
