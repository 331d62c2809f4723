"""The one module that speaks HTTP: connections, limits, who may be asked, and what a failure means for money.

What an adapter uses, and what it promises:

* ``post(endpoint, post, total_s=...) -> Reply`` and ``async with stream(endpoint, post, total_s=...) as reply``: the
  paid request. A fresh connection each time: one that went stale while idle can never make it uncertain. Offline,
  NotSecure and NetworkMisconfigured mean that nothing was sent; Uncertain and DeadlinePassed that it may be paid;
  ImageTooLarge and BrokenReply that a reply came and could not be used.
* ``get(endpoint, path) -> Reply``: a free question (model list); ``ask(endpoint, path, json_body)`` the same as a POST.
  Any broken connection is Offline.
* ``poll(endpoint, path) -> Reply``: a question about an accepted task. Any broken connection is ResultUnreachable.
* ``download(url, endpoint=...) -> bytes``: a result. No key, checked addresses, repeated by itself; LinkExpired,
  LinkRefused, ImageTooLarge, ResultUnreachable.
* ``fetch(url, limit_bytes=...) -> bytes``: a reference image by URL (`domain.ports.UrlFetcher`).

No status code is an error here: an adapter reads ``reply.status``. Redirects are followed for downloads only."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import socket
import ssl
import sys
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic_core import to_json

from studio import __version__
from studio.domain.errors import NetworkMisconfigured, StudioError
from studio.domain.ports import Clock
from studio.providers.addresses import Resolver, resolve_by_system
from studio.providers.decoding import (
    ERROR_MAX_BYTES,
    IMAGE_MAX_BYTES,
    Inflater,
    TooMuchError,
    UndecodableError,
)
from studio.providers.event_stream import EVENT_MAX_BYTES
from studio.providers.failures import Passage, Stakes
from studio.providers.links import Links
from studio.providers.messages import Endpoint, FormFile, FormText, Post, Reply, retry_after_s
from studio.providers.proxies import proxy_for
from studio.providers.redaction import LOG_FILTER
from studio.providers.timeouts import Patience

if TYPE_CHECKING:
    import httpx

# The library logs whole addresses at INFO, and an address may hold a key.
for _name in ("httpx", "httpcore", "httpx2", "httpcore2"):
    logging.getLogger(_name).setLevel(logging.WARNING)
    logging.getLogger(_name).addFilter(LOG_FILTER)

REPLY_MAX_BYTES = 8 * IMAGE_MAX_BYTES
"""A paid reply with several images in it."""

ANSWER_MAX_BYTES = EVENT_MAX_BYTES
"""A free question's or a poll's; some of them carry a picture."""


class StreamedReply:
    """Status and headers are here, the body comes piece by piece."""

    def __init__(self, response: httpx.Response, passage: Passage, ends_at: float, clock: Clock) -> None:
        self.status = response.status_code
        self.headers: Mapping[str, str] = {name.lower(): value for name, value in response.headers.items()}
        self._response = response
        self._passage = passage
        self._ends_at = ends_at
        self._clock = clock
        self._raw = response.aiter_raw()
        self._inflater: Inflater | None = None
        self._pieces: Iterator[bytes] = iter(())

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    async def next_chunk(self, *, limit_bytes: int = REPLY_MAX_BYTES) -> bytes | None:
        """The next bytes of the body, None at its end. Raises what a failure means (`failures.Passage`)."""
        with _meaning(self._passage):
            if self._inflater is None:
                self._inflater = Inflater(self.headers.get("content-encoding", ""), limit_bytes=limit_bytes)
            while not (piece := next(self._pieces, b"")):
                try:
                    async with asyncio.timeout_at(self._ends_at):
                        chunk = await anext(self._raw)
                except StopAsyncIteration:
                    self._inflater.finish()
                    return None
                self._pieces = iter(self._inflater.feed(chunk))
            return piece

    async def whole(self, *, limit_bytes: int = REPLY_MAX_BYTES) -> Reply:
        """The rest of the body at once. Of a reply that says an error, the first mebibyte is enough."""
        is_error = self.status >= 400
        limit = ERROR_MAX_BYTES if is_error else limit_bytes
        pieces: list[bytes] = []
        size, cut = 0, False
        while (chunk := await self.next_chunk(limit_bytes=limit_bytes)) is not None:
            pieces.append(chunk)
            size += len(chunk)
            if size > limit:
                cut = True
                break
        return Reply(
            status=self.status,
            headers=self.headers,
            content=b"".join(pieces)[:limit] if cut else b"".join(pieces),
            url=str(self._response.url),
            cut=cut,
            retry_after_s=retry_after_s(self.headers, self._clock.now()),
        )

    def failure(self, error: Exception) -> StudioError:
        """What it means that this reply could not be used because of `error`."""
        return self._passage.failure(error)

    async def close(self) -> None:
        """Drop what is still to come, and with it the connection."""
        try:
            # A read that is cancelled unwinds all the generators behind it, in order. Closing only the outermost one
            # would leave the others to the garbage collector, which finishes them in tasks that nobody owns.
            with contextlib.suppress(StopAsyncIteration), _meaning(self._passage):
                async with asyncio.timeout(0):
                    while True:
                        await anext(self._raw)
        except StudioError:
            pass
        finally:
            await self._response.aclose()


class Transport:
    """All connections of the program. Belongs to one event loop; opens nothing before the first request."""

    def __init__(
        self,
        *,
        clock: Clock,
        ca_file: Path | None = None,
        patience: Patience | None = None,
        resolve: Resolver = resolve_by_system,
    ) -> None:
        """`ca_file`: certificates in PEM to trust besides those of the system (a company's proxy)."""
        self.clock = clock
        self._ca_file = ca_file
        self._patience = patience or Patience()
        self._links = Links(self._exchange, clock=clock, resolve=resolve, patience=self._patience)
        self._tls: ssl.SSLContext | None = None
        self._clients: dict[tuple[str | None, bool], httpx.AsyncClient] = {}
        self._opening = asyncio.Lock()

    # ------------------------------------------------------------------------------------------------ paid requests

    async def post(
        self, endpoint: Endpoint, post: Post, *, total_s: float, limit_bytes: int = REPLY_MAX_BYTES
    ) -> Reply:
        """Send a paid request and read the whole reply. `total_s` bounds all of it."""
        async with self.stream(endpoint, post, total_s=total_s) as reply:
            return await reply.whole(limit_bytes=limit_bytes)

    @contextlib.asynccontextmanager
    async def stream(self, endpoint: Endpoint, post: Post, *, total_s: float) -> AsyncIterator[StreamedReply]:
        """Send a paid request; the body comes while it is made. Leaving the block drops the connection."""
        passage = Passage(Stakes.PAID, provider=endpoint.provider, host=endpoint.host, total_s=total_s)
        content: dict[str, Any] = {}
        headers = endpoint.sent_headers(post.headers)
        if post.form:
            content["data"], content["files"] = _form_fields(post.form)
        else:
            content["content"] = await asyncio.to_thread(to_json, post.json_body)
            headers["Content-Type"] = "application/json"
        LOG_FILTER.learn(endpoint.secrets)
        url = endpoint.url(post.path, post.query)
        async with self._exchange("POST", url, headers, passage, self._patience.paid_idle_s, **content) as reply:
            yield reply

    # ------------------------------------------------------------------------------------------------ free requests

    async def get(
        self, endpoint: Endpoint, path: str, *, query: Mapping[str, str] | None = None, json_body: Any = None
    ) -> Reply:
        """Ask something that costs nothing and concerns no paid task. With `json_body` the question is a POST."""
        url = endpoint.url(path, query)
        return await self._ask(endpoint, url, Stakes.FREE, self._patience.free_total_s, json_body)

    async def ask(self, endpoint: Endpoint, path: str, json_body: Any) -> Reply:
        """The same as a POST, for vendors that have no other free question: a request that can only be refused."""
        return await self._ask(endpoint, endpoint.url(path), Stakes.FREE, self._patience.free_total_s, json_body)

    async def poll(
        self, endpoint: Endpoint, path: str, *, query: Mapping[str, str] | None = None, json_body: Any = None
    ) -> Reply:
        """Ask about an accepted task; free, may be repeated. With `json_body` the question is a POST (some vendors)."""
        url = endpoint.url(path, query)
        return await self._ask(endpoint, url, Stakes.OWED, self._patience.poll_total_s, json_body)

    async def _ask(self, endpoint: Endpoint, url: str, stakes: Stakes, total_s: float, json_body: Any = None) -> Reply:
        passage = Passage(stakes, provider=endpoint.provider, host=endpoint.host, total_s=total_s)
        LOG_FILTER.learn(endpoint.secrets)
        headers = endpoint.sent_headers({})
        content: dict[str, Any] = {}
        if json_body is not None:
            headers["Content-Type"] = "application/json"
            content["content"] = to_json(json_body)
        method = "GET" if json_body is None else "POST"
        async with self._exchange(method, url, headers, passage, total_s, **content) as reply:
            return await reply.whole(limit_bytes=ANSWER_MAX_BYTES)

    # ------------------------------------------------------------------------------------------------ links

    async def download(
        self, url: str, *, endpoint: Endpoint | None = None, limit_bytes: int = IMAGE_MAX_BYTES
    ) -> bytes:
        """Get a result by its link, without any key. `endpoint` is the account's: its own host may be private or http.

        What breaks is repeated, four times in all. Raises LinkExpired, LinkRefused, ImageTooLarge, ResultUnreachable,
        NotSecure; all of them say that the picture is, or may be, paid."""
        provider, trusted_host = (endpoint.provider, endpoint.host) if endpoint else ("", None)
        return await self._links.download(url, provider=provider, trusted_host=trusted_host, limit_bytes=limit_bytes)

    async def fetch(self, url: str, *, limit_bytes: int = IMAGE_MAX_BYTES) -> bytes:
        """A reference image by URL: public https addresses only, nothing is repeated.

        Raises LinkRefused, Offline, NotSecure, ImageTooLarge, ReferenceUnreadable."""
        return await self._links.fetch(url, limit_bytes=limit_bytes)

    # ------------------------------------------------------------------------------------------------ connections

    @contextlib.asynccontextmanager
    async def _exchange(
        self,
        method: str,
        url: str,
        headers: Mapping[str, str],
        passage: Passage,
        idle_s: float,
        *,
        extensions: Mapping[str, Any] | None = None,
        **content: Any,
    ) -> AsyncIterator[StreamedReply]:
        ends_at = asyncio.get_running_loop().time() + passage.total_s
        client = await self._client(url, keep_alive=passage.stakes is not Stakes.PAID)
        patience = self._patience
        timeout = {"connect": patience.connect_s, "write": patience.write_s, "read": idle_s, "pool": patience.connect_s}
        with _meaning(passage):
            request = client.build_request(
                method,
                url,
                headers=headers,
                extensions={**(extensions or {}), "trace": passage.trace, "timeout": timeout},
                **content,
            )
            async with asyncio.timeout_at(ends_at):
                response = await client.send(request, stream=True)
        reply = StreamedReply(response, passage, ends_at, self.clock)
        try:
            yield reply
        finally:
            await reply.close()

    async def _client(self, url: str, *, keep_alive: bool) -> httpx.AsyncClient:
        proxy = await asyncio.to_thread(proxy_for, url)
        async with self._opening:
            if (proxy, keep_alive) not in self._clients:
                # 40 to 100 ms of imports and certificates, the first time: not on a loop that may be the window's.
                tls = self._tls if self._tls is not None else await asyncio.to_thread(tls_context, self._ca_file)
                self._tls = tls
                self._clients[proxy, keep_alive] = await asyncio.to_thread(_open_client, tls, proxy, keep_alive)
            return self._clients[proxy, keep_alive]

    async def aclose(self) -> None:
        """Drop every connection. What is under way breaks as if the network had gone."""
        clients, self._clients = list(self._clients.values()), {}
        for client in clients:
            await client.aclose()


def _open_client(tls: ssl.SSLContext, proxy: str | None, keep_alive: bool) -> httpx.AsyncClient:
    import httpx  # 60 ms that a start without a request does not pay

    limits = httpx.Limits(max_connections=None, max_keepalive_connections=20 if keep_alive else 0, keepalive_expiry=5.0)
    transport = httpx.AsyncHTTPTransport(
        verify=tls, trust_env=False, limits=limits, proxy=proxy, socket_options=None if proxy else _keep_alive_options()
    )
    # No encoding: images do not shrink, and there is nothing to blow up.
    headers = {"User-Agent": f"prompt-studio/{__version__}", "Accept-Encoding": "identity"}
    return httpx.AsyncClient(transport=transport, trust_env=False, follow_redirects=False, headers=headers)


def _keep_alive_options() -> list[tuple[int, int, int]]:
    """TCP probes each minute: routers forget a silent connection, and a drawing model is silent for minutes."""
    options = [(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)]
    for name, value in (("TCP_KEEPIDLE", 60), ("TCP_KEEPALIVE", 60), ("TCP_KEEPINTVL", 60), ("TCP_KEEPCNT", 5)):
        if hasattr(socket, name):
            options.append((socket.IPPROTO_TCP, getattr(socket, name), value))
    return options


@contextlib.contextmanager
def _meaning(passage: Passage) -> Iterator[None]:
    """Whatever breaks inside becomes the error that says what it means."""
    try:
        yield
    except (OSError, TooMuchError, UndecodableError) as error:
        raise passage.failure(error) from error
    except Exception as error:
        if not _is_http_failure(error):
            raise
        raise passage.failure(error) from error


def _is_http_failure(error: Exception) -> bool:
    import httpx  # imported long before, by whoever raised this

    # What a SOCKS proxy says against its protocol comes through as it is.
    return isinstance(error, (httpx.HTTPError, httpx.InvalidURL)) or type(error).__module__.startswith("socksio")


def _form_fields(form: Sequence[FormText | FormFile]) -> tuple[dict[str, Any], list[Any]]:
    texts: dict[str, Any] = {}
    files = []
    for part in form:
        if isinstance(part, FormText):
            texts[part.name] = part.value
        else:
            files.append((part.name, (part.file_name, part.content, part.media_type)))
    return texts, files


# ---------------------------------------------------------------------------------------------------- certificates


def tls_context(ca_file: Path | None = None) -> ssl.SSLContext:
    """Verification by the system's own store, TLS 1.2 and newer; 20 to 40 ms, once per program.

    Raises NetworkMisconfigured when `ca_file` or SSL_CERT_FILE names something that holds no certificates."""
    named = os.environ.get("SSL_CERT_FILE")
    if named and not Path(named).is_file():
        reason = f"it names {named}, which is not there; correct or remove this environment variable"
        raise NetworkMisconfigured(setting="SSL_CERT_FILE", reason=reason)
    context = _system_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if ca_file is not None:
        try:
            context.load_verify_locations(cafile=str(ca_file))
        except OSError as error:
            reason = (
                f"{ca_file} cannot be used ({error.strerror or error}); choose a file with certificates in PEM form"
            )
            raise NetworkMisconfigured(setting="Certificate file", reason=reason) from error
    return context


def _system_context() -> ssl.SSLContext:
    if sys.platform in ("darwin", "win32"):
        import truststore

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    # truststore does the same on Linux, but loads the store anew for each connection: 16 ms on the loop, measured.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_default_verify_paths()
    if not context.cert_store_stats()["x509"]:
        for store in _OTHER_STORES:
            if Path(store).is_file():
                context.load_verify_locations(cafile=store)
                break
    return context


_OTHER_STORES = (
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/cert.pem",
    "/etc/ssl/cert.pem",
    "/etc/ssl/ca-bundle.pem",
)
"""Where systems keep their certificates, for a Python that was built elsewhere and looks in another place."""
