"""A real HTTP/1.1 server on the loopback, on a thread and an event loop of its own.

Usable from plain tests, coroutines, Qt tests and as a process. A vendor's fake overrides `respond`; everything else
(recording, gates, faults, TLS, disconnects) is the same for all of them.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Any, ClassVar, Self

import trustme

from tests.fakes.connection import Connection
from tests.fakes.faults import NAMED_FAULTS, Exchange, Fault
from tests.fakes.gates import WAIT_LIMIT_S, Gate
from tests.fakes.markers import find_markers
from tests.fakes.messages import RecordedRequest, Reply, json_reply

HOST = "127.0.0.1"
BEHIND_PROXY = "vendor.test"
"""A name that only a proxy can look up; the certificate holds it too."""


@dataclass(slots=True)
class _Scripted:
    fault: Fault
    applies: Callable[[RecordedRequest], bool]


class FakeServer:
    """Start with `with FakeServer() as server:` or `start()`/`stop()`; all public methods are thread-safe.

    Gates, in the order in which an exchange passes them: `request` (recorded, not yet looked at), `before_response`
    (handled, nothing sent), `after_headers`, `before_piece` (each chunk or event), `before_cut` (faults that cut).
    `latency_steps_s` delays the reply by its first figure and each following piece by the next (the last repeats);
    it is for trials by hand and benchmarks, tests use gates; only POSTs are delayed, polls and files are not.
    `tls=True` makes an authority of its own; a `trustme.CA` may be given to share one.
    """

    vendor: ClassVar[str] = "generic"
    base_path: ClassVar[str] = ""

    def __init__(self, *, tls: bool | trustme.CA = False, port: int = 0, latency_steps_s: Sequence[float] = ()) -> None:
        self.latency_steps_s = tuple(latency_steps_s)
        self.internal_errors: list[BaseException] = []
        self._authority = tls if isinstance(tls, trustme.CA) else trustme.CA() if tls else None
        self._wanted_port = port
        self._port = 0
        self._changed = threading.Condition()
        self._requests: list[RecordedRequest] = []
        self._abandoned: list[RecordedRequest] = []
        self._connection_count = 0
        self._refusals = 0
        self._gates: dict[str, Gate] = {}
        self._script: deque[_Scripted] = deque()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping: asyncio.Event | None = None
        self._thread: threading.Thread | None = None

    # ------------------------------------------------------------------------------------------------ what tests use

    @property
    def origin(self) -> str:
        """`http://127.0.0.1:port`, without a path."""
        return f"{'https' if self._authority else 'http'}://{HOST}:{self._port}"

    @property
    def base_url(self) -> str:
        """What a user would type as the vendor's base URL."""
        return self.origin + self.base_path

    @property
    def certificate_authority_pem(self) -> bytes:
        """The certificate that clients must trust for `tls=True`."""
        if self._authority is None:
            raise RuntimeError("the server was made without tls=True")
        return self._authority.cert_pem.bytes()

    @property
    def requests(self) -> tuple[RecordedRequest, ...]:
        """All complete requests so far, in order of arrival."""
        with self._changed:
            return tuple(self._requests)

    def requests_to(self, path: str, method: str | None = None) -> tuple[RecordedRequest, ...]:
        """The requests whose path ends with `path`."""
        return tuple(r for r in self.requests if r.path.endswith(path) and method in (None, r.method))

    @property
    def abandoned(self) -> tuple[RecordedRequest, ...]:
        """Requests whose client closed the connection before the reply was complete."""
        with self._changed:
            return tuple(self._abandoned)

    @property
    def connection_count(self) -> int:
        with self._changed:
            return self._connection_count

    def wait_for_requests(
        self, count: int, timeout_s: float = WAIT_LIMIT_S, *, path: str = ""
    ) -> tuple[RecordedRequest, ...]:
        """Block until `count` requests (to paths ending with `path`) have come; returns them. Raises TimeoutError."""
        return self._wait_for(lambda: self._requests, count, timeout_s, path)

    async def wait_for_requests_async(
        self, count: int, timeout_s: float = WAIT_LIMIT_S, *, path: str = ""
    ) -> tuple[RecordedRequest, ...]:
        return await asyncio.to_thread(self.wait_for_requests, count, timeout_s, path=path)

    def wait_for_abandoned(self, count: int = 1, timeout_s: float = WAIT_LIMIT_S) -> tuple[RecordedRequest, ...]:
        """Block until `count` clients have hung up early. Raises TimeoutError."""
        return self._wait_for(lambda: self._abandoned, count, timeout_s, "")

    def _wait_for(
        self, log: Callable[[], list[RecordedRequest]], count: int, timeout_s: float, path: str
    ) -> tuple[RecordedRequest, ...]:
        def found() -> tuple[RecordedRequest, ...]:
            return tuple(request for request in log() if request.path.endswith(path))

        with self._changed:
            if not self._changed.wait_for(lambda: len(found()) >= count, timeout_s):
                seen = ", ".join(f"{request.method} {request.path}" for request in self._requests)
                raise TimeoutError(f"{len(found())} of {count} requests in {timeout_s} s; seen: {seen or 'none'}")
            return found()

    def gate(self, name: str) -> Gate:
        """The gate of that name; made open when first asked for."""
        with self._changed:
            return self._gates.setdefault(name, Gate(name))

    def script(
        self,
        *faults: Fault,
        times: int = 1,
        path: str = "",
        method: str | None = None,
        when: Callable[[RecordedRequest], bool] = lambda _: True,
    ) -> None:
        """Queue faults for the next requests to paths ending with `path`, in order, each `times` times."""

        def applies(request: RecordedRequest) -> bool:
            return request.path.endswith(path) and method in (None, request.method) and when(request)

        with self._changed:
            self._script.extend(_Scripted(fault, applies) for _ in range(times) for fault in faults)

    def refuse_connections(self, count: int) -> None:
        """Reset the next `count` connections as soon as they are accepted."""
        with self._changed:
            self._refusals += count

    # ------------------------------------------------------------------------------------------------ life

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self.stop()
        if kind is None:
            self.check()

    def start(self) -> Self:
        """Listen and serve; returns when the port is known."""
        started = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(started,), name=f"fake-{self.vendor}", daemon=True)
        self._thread.start()
        started.wait(WAIT_LIMIT_S)
        if self._loop is None:
            raise RuntimeError(f"the fake did not start: {self.internal_errors}")
        return self

    def stop(self) -> None:
        """Drop every connection, free the port, end the thread. A second call does nothing."""
        if self._thread is None or self._loop is None or self._stopping is None:
            return
        self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join(WAIT_LIMIT_S)
        self._thread = self._loop = None

    def check(self) -> None:
        """Raise what went wrong inside the fake itself; a bug here must not look like a vendor's answer."""
        if self.internal_errors:
            raise BaseExceptionGroup("errors inside the fake", self.internal_errors)

    def _run(self, started: threading.Event) -> None:
        try:
            asyncio.run(self._serve(started))
        except BaseException as error:
            self.internal_errors.append(error)
        finally:
            started.set()

    async def _serve(self, started: threading.Event) -> None:
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(self._note_loop_error)
        connections: set[asyncio.Task[None]] = set()

        def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = loop.create_task(self._serve_connection(reader, writer))
            connections.add(task)
            task.add_done_callback(connections.discard)

        self._stopping = asyncio.Event()
        server = await asyncio.start_server(accept, HOST, self._wanted_port, ssl=self._tls_context(), backlog=256)
        self._port = server.sockets[0].getsockname()[1]
        self._loop = loop
        started.set()
        await self._stopping.wait()
        server.close()
        for task in tuple(connections):
            task.cancel()
        await asyncio.gather(*connections, return_exceptions=True)
        await server.wait_closed()

    def _tls_context(self) -> ssl.SSLContext | None:
        if self._authority is None:
            return None
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._authority.issue_cert(HOST, "localhost", BEHIND_PROXY).configure_cert(context)
        return context

    def _note_loop_error(self, _loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        # A client that refuses our certificate or resets the connection is what some tests are about.
        if error is not None and not isinstance(error, OSError):
            self.internal_errors.append(error)

    # ------------------------------------------------------------------------------------------------ one connection

    async def _serve_connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with self._changed:
            number, self._connection_count = self._connection_count, self._connection_count + 1
            refused = self._refusals > 0
            self._refusals -= refused
        connection = Connection(number, reader, writer)
        try:
            if refused:
                connection.reset()
                return
            while (request := await self._next_request(connection)) is not None:
                await self._exchange(connection, request)
                if not connection.next_cycle():
                    break
        except OSError:
            pass  # the client went away while we were writing; `abandoned` has it
        except Exception as error:
            self.internal_errors.append(error)
        finally:
            await connection.close()

    async def _next_request(self, connection: Connection) -> RecordedRequest | None:
        received = await connection.read_request()
        if received is None:
            return None
        head, body = received
        headers = tuple((name.decode("latin-1").lower(), value.decode("latin-1")) for name, value in head.headers)
        with self._changed:
            request = RecordedRequest(
                arrival=len(self._requests),
                connection=connection.number,
                method=head.method.decode("ascii"),
                target=head.target.decode("latin-1"),
                headers=headers,
                body=body,
            )
            self._requests.append(request)
            self._changed.notify_all()
        return request

    async def _exchange(self, connection: Connection, request: RecordedRequest) -> None:
        playing = asyncio.ensure_future(self._play(connection, request))
        leaving = asyncio.ensure_future(connection.client_left())
        try:
            await asyncio.wait({playing, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if not (playing.done() or connection.reply_is_complete or connection.ended_by_us):
                self._note_abandoned(request)
        finally:
            for task in (playing, leaving):
                if not task.done():
                    task.cancel()
            results = await asyncio.gather(playing, leaving, return_exceptions=True)
        if isinstance(results[0], OSError):
            self._note_abandoned(request)
        if isinstance(results[0], Exception):
            raise results[0]

    def _note_abandoned(self, request: RecordedRequest) -> None:
        with self._changed:
            self._abandoned.append(request)
            self._changed.notify_all()

    async def _play(self, connection: Connection, request: RecordedRequest) -> None:
        await self.gate("request").passage()

        async def ordinary_reply() -> Reply:
            reply = await self._respond_safely(request)
            return self._paced(reply) if self.latency_steps_s and request.method == "POST" else reply

        exchange = Exchange(connection, self.gate, ordinary_reply)
        fault = self._next_fault(request)
        if fault is None:
            await exchange.send(await ordinary_reply())
        else:
            await fault.play(exchange)

    def _next_fault(self, request: RecordedRequest) -> Fault | None:
        with self._changed:
            for entry in self._script:
                if entry.applies(request):
                    self._script.remove(entry)
                    return entry.fault
        markers = find_markers(request.body, "fault")
        return NAMED_FAULTS[markers[0].name](dict(markers[0].arguments)) if markers else None

    async def _respond_safely(self, request: RecordedRequest) -> Reply:
        try:
            return await self.respond(request)
        except Exception as error:
            self.internal_errors.append(error)
            return json_reply({"fake_is_broken": repr(error)}, status=500)

    def _paced(self, reply: Reply) -> Reply:
        """The reply delayed by the latency steps: the first before it begins, one more before each further piece."""
        first, *rest = self.latency_steps_s

        async def slowly() -> Any:
            index = 0
            async for piece in reply.pieces():
                await asyncio.sleep(first if index == 0 else rest[min(index - 1, len(rest) - 1)] if rest else 0)
                index += 1
                yield piece

        headers = tuple(pair for pair in reply.headers if pair[0].lower() != "content-length")
        return Reply(reply.status, headers, slowly)

    # ------------------------------------------------------------------------------------------------ for subclasses

    async def respond(self, request: RecordedRequest) -> Reply:
        """The ordinary reply to a request. The base class echoes what it saw."""
        return json_reply({"method": request.method, "path": request.path, "arrival": request.arrival})


@contextmanager
def deaf_origin() -> Iterator[str]:
    """`http://127.0.0.1:port` of a port that is taken and on which nothing listens (connection refused)."""
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        yield f"http://{HOST}:{taken.getsockname()[1]}"
