"""What goes out, what comes in, and what each failure means for money: proved on real sockets."""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator, Coroutine
from pathlib import Path
from typing import Any

import pytest

from studio.domain.errors import (
    BrokenReply,
    DeadlinePassed,
    ImageTooLarge,
    NetworkMisconfigured,
    NotSecure,
    Offline,
    ProviderError,
    Repeat,
    ResultUnreachable,
    Uncertain,
)
from studio.domain.values import Secret
from studio.providers.decoding import ERROR_MAX_BYTES
from studio.providers.messages import Endpoint, FormFile, FormText, Post, Reply, SecretHeader
from studio.providers.timeouts import Patience
from studio.providers.transport import Transport, tls_context
from tests.fakes.faults import (
    Answer,
    CloseBeforeHeaders,
    Fault,
    Oversized,
    ResetAfterHeaders,
    ResetBeforeHeaders,
    ResetInBody,
    TruncatedChunkedBody,
    WrongContentLength,
    bad_gzip,
    gzip_bomb,
    redirect,
    truncated_gzip,
)
from tests.fakes.gates import Gate
from tests.fakes.messages import Reply as ServerReply
from tests.fakes.messages import pieces_of
from tests.fakes.server import FakeServer, deaf_origin
from tests.unit.providers.clock import SkippingClock, let_pass

MEBIBYTE = 1024 * 1024
POST = Post("/images", json_body={"prompt": "a fox"})


def endpoint_of(server: FakeServer) -> Endpoint:
    return Endpoint("Vendor", server.origin, {"X-Plain": "1"}, (SecretHeader("X-Key", Secret("secret-key")),))


async def send(transport: Transport, server: FakeServer, stakes: str) -> Reply:
    """One request of each kind, with everything at its default."""
    endpoint = endpoint_of(server)
    match stakes:
        case "paid":
            return await transport.post(endpoint, POST, total_s=60, limit_bytes=4 * MEBIBYTE)
        case "free":
            return await transport.get(endpoint, "/models")
        case _:
            return await transport.poll(endpoint, "/tasks/1")


# ---------------------------------------------------------------------------------------------------- what goes out


async def test_a_json_request_as_it_stands_on_the_wire(transport: Transport, fake_server: FakeServer) -> None:
    post = Post(
        "/images", json_body={"prompt": "a füchs\u2028", "n": 2}, headers={"X-Async": "enable"}, query={"q": "1"}
    )

    reply = await transport.post(endpoint_of(fake_server), post, total_s=60)

    (request,) = fake_server.requests
    assert (request.method, request.target) == ("POST", "/images?q=1")
    assert request.body == '{"prompt":"a füchs\u2028","n":2}'.encode()
    sent = {name: request.header(name) for name in ("content-type", "x-plain", "x-key", "x-async", "accept-encoding")}
    assert sent == {
        "content-type": "application/json",
        "x-plain": "1",
        "x-key": "secret-key",
        "x-async": "enable",
        "accept-encoding": "identity",
    }
    assert str(request.header("user-agent")).startswith("prompt-studio/")
    assert reply.ok
    assert reply.media_type == "application/json"
    assert reply.json_object() == {"method": "POST", "path": "/images", "arrival": 0}


async def test_a_form_as_it_stands_on_the_wire(transport: Transport, fake_server: FakeServer) -> None:
    files = [
        FormFile("image[]", name, "image/png", content) for name, content in (("a.png", b"one"), ("b.png", b"two"))
    ]
    post = Post("/edits", form=(FormText("prompt", "a füchs"), *files, FormText("n", "1")))

    await transport.post(endpoint_of(fake_server), post, total_s=60)

    (request,) = fake_server.requests
    assert request.text_fields == {"prompt": "a füchs", "n": "1"}
    parts = [(part.name, part.filename, part.content) for part in request.parts if part.filename is not None]
    assert parts == [("image[]", "a.png", b"one"), ("image[]", "b.png", b"two")]


async def test_each_paid_request_has_a_connection_of_its_own(transport: Transport, fake_server: FakeServer) -> None:
    for stakes in ("paid", "paid", "free", "owed", "paid", "free"):
        await send(transport, fake_server, stakes)

    connections = [request.connection for request in fake_server.requests]
    assert connections[0] != connections[1] != connections[4]
    assert connections[2] == connections[3] == connections[5]


async def test_a_poll_may_have_a_body(transport: Transport, fake_server: FakeServer) -> None:
    await transport.poll(endpoint_of(fake_server), "/tasks", json_body={"id": "1"})

    (request,) = fake_server.requests
    assert (request.method, request.json) == ("POST", {"id": "1"})


async def test_a_redirect_is_never_followed_with_the_key(transport: Transport, fake_server: FakeServer) -> None:
    with FakeServer() as elsewhere:
        for stakes in ("paid", "free", "owed"):
            fake_server.script(redirect(f"{elsewhere.origin}/images", 307))
            reply = await send(transport, fake_server, stakes)
            assert reply.status == 307
        assert elsewhere.requests == ()


# ---------------------------------------------------------------------------------------------------- what breaks

BREAKS: list[Fault] = [
    ResetBeforeHeaders(),
    ResetBeforeHeaders(handled=False),
    CloseBeforeHeaders(),
    ResetAfterHeaders(),
    ResetInBody(),
    TruncatedChunkedBody(),
    WrongContentLength(10),
]


MEANINGS: dict[str, tuple[type[ProviderError], str, Repeat]] = {
    "paid": (Uncertain, "maybe", Repeat.UNCERTAIN),
    "free": (Offline, "no", Repeat.SAFE),
    "owed": (ResultUnreachable, "maybe", Repeat.UNCERTAIN),
}


@pytest.mark.parametrize("fault", BREAKS, ids=repr)
@pytest.mark.parametrize("stakes", MEANINGS)
async def test_a_connection_that_breaks_after_the_first_byte(
    transport: Transport, fake_server: FakeServer, fault: Fault, stakes: str
) -> None:
    kind, charged, repeat = MEANINGS[stakes]
    fake_server.script(fault)

    with pytest.raises(kind) as told:
        await send(transport, fake_server, stakes)

    assert (told.value.problem.charged, told.value.problem.repeat) == (charged, repeat)
    assert len(fake_server.requests) == 1, "nothing is repeated by itself"


async def test_a_connection_that_breaks_while_the_request_is_written(transport: Transport) -> None:
    """Nobody knows how much a server needs to begin: from the first byte on, it may be paid."""

    async def cut(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(1)
        writer.transport.abort()

    server = await asyncio.start_server(cut, "127.0.0.1", 0)
    async with server:
        origin = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        large = Post("/images", json_body={"image": "A" * 32 * MEBIBYTE})
        with pytest.raises(Uncertain):
            await transport.post(Endpoint("Vendor", origin), large, total_s=60)


async def test_nothing_listens(transport: Transport) -> None:
    with deaf_origin() as origin:
        with pytest.raises(Offline, match="Nothing was billed"):
            await transport.post(Endpoint("Vendor", origin), POST, total_s=60)
        with pytest.raises(Offline, match="Nothing was billed"):
            await transport.get(Endpoint("Vendor", origin), "/models")


async def test_a_name_that_nobody_has(transport: Transport) -> None:
    with pytest.raises(Offline) as told:
        await transport.post(Endpoint("Vendor", "https://vendor.invalid"), POST, total_s=60)

    assert told.value.problem.values["host"] == "vendor.invalid"
    assert told.value.problem.repeat is Repeat.SAFE


async def test_a_poll_that_cannot_connect_is_not_nothing_was_sent(transport: Transport) -> None:
    with deaf_origin() as origin, pytest.raises(ResultUnreachable):
        await transport.poll(Endpoint("Vendor", origin), "/tasks/1")


@pytest.mark.parametrize(("stakes", "charged"), [("paid", "yes"), ("free", "no"), ("owed", "yes")])
async def test_a_bomb(transport: Transport, fake_server: FakeServer, stakes: str, charged: str) -> None:
    fake_server.script(gzip_bomb(96 * MEBIBYTE))

    with pytest.raises(ImageTooLarge) as told:
        await send(transport, fake_server, stakes)

    assert told.value.problem.charged == charged


UNREADABLE: dict[str, tuple[type[ProviderError], str]] = {
    "paid": (BrokenReply, "maybe"),
    "free": (BrokenReply, "no"),
    "owed": (ResultUnreachable, "maybe"),
}


@pytest.mark.parametrize("fault", [bad_gzip(), truncated_gzip()])
@pytest.mark.parametrize("stakes", UNREADABLE)
async def test_a_body_that_cannot_be_unpacked(
    transport: Transport, fake_server: FakeServer, fault: Fault, stakes: str
) -> None:
    kind, charged = UNREADABLE[stakes]
    fake_server.script(fault)

    with pytest.raises(kind) as told:
        await send(transport, fake_server, stakes)

    assert told.value.problem.charged == charged


async def test_a_body_without_end(transport: Transport, fake_server: FakeServer) -> None:
    fake_server.script(Oversized(64 * MEBIBYTE))

    with pytest.raises(ImageTooLarge, match="4 MiB"):
        await send(transport, fake_server, "paid")


async def test_of_an_error_only_the_beginning_is_read(transport: Transport, fake_server: FakeServer) -> None:
    page = ServerReply(500, (("content-type", "text/html"),), pieces_of([b"<html>" + b"x" * MEBIBYTE] * 50))
    fake_server.script(Answer(page))

    reply = await send(transport, fake_server, "paid")

    assert (reply.status, len(reply.content), reply.cut) == (500, ERROR_MAX_BYTES, True)


# ---------------------------------------------------------------------------------------------------- time


PATIENCE = Patience()


async def unanswered(asking: Coroutine[Any, Any, Reply], gate: Gate, waits_s: float) -> None:
    """What is asked stands at the server's gate, and so much time passes."""
    asked = asyncio.create_task(asking)
    await gate.wait_reached_async()
    let_pass(waits_s)
    async with asyncio.timeout(60):
        await asked


async def test_silence_after_a_paid_request_is_uncertain(transport: Transport, fake_server: FakeServer) -> None:
    asking = transport.post(endpoint_of(fake_server), POST, total_s=10 * PATIENCE.paid_idle_s)
    with fake_server.gate("before_response") as gate, pytest.raises(Uncertain):
        await unanswered(asking, gate, PATIENCE.paid_idle_s + 1)


@pytest.mark.parametrize("place", ["before_response", "after_headers"])
async def test_a_paid_request_has_a_last_moment(transport: Transport, fake_server: FakeServer, place: str) -> None:
    with fake_server.gate(place) as gate, pytest.raises(DeadlinePassed):
        await unanswered(transport.post(endpoint_of(fake_server), POST, total_s=300), gate, 301)


async def test_free_questions_do_not_wait_for_ever(transport: Transport, fake_server: FakeServer) -> None:
    with fake_server.gate("before_response") as gate, pytest.raises(Offline):
        await unanswered(send(transport, fake_server, "free"), gate, PATIENCE.free_total_s + 1)
    asking = transport.ask(endpoint_of(fake_server), "/images", {"size": "1x1"})
    with fake_server.gate("before_response") as gate, pytest.raises(Offline):
        await unanswered(asking, gate, PATIENCE.free_total_s + 1)
    with fake_server.gate("before_response") as gate, pytest.raises(ResultUnreachable):
        await unanswered(send(transport, fake_server, "owed"), gate, PATIENCE.poll_total_s + 1)


async def test_a_free_question_may_be_a_post(transport: Transport, fake_server: FakeServer) -> None:
    await transport.ask(endpoint_of(fake_server), "/images", {"size": "1x1"})

    (request,) = fake_server.requests
    assert (request.method, request.path, request.json) == ("POST", "/images", {"size": "1x1"})
    assert request.content_type == "application/json"


async def test_leaving_a_stream_early_drops_the_connection(transport: Transport, fake_server: FakeServer) -> None:
    endless = ServerReply(200, (("content-type", "text/event-stream"),), pieces_of([b"data: x\n\n"] * 3))
    fake_server.script(Answer(endless))
    with fake_server.gate("before_piece") as gate:
        gate.step()
        async with transport.stream(endpoint_of(fake_server), POST, total_s=60) as reply:
            assert await reply.next_chunk() == b"data: x\n\n"
        await asyncio.to_thread(fake_server.wait_for_abandoned)


@pytest.mark.parametrize("gate", ["before_response", "after_headers"])
async def test_a_cancelled_request_drops_the_connection(
    transport: Transport, fake_server: FakeServer, gate: str
) -> None:
    with fake_server.gate(gate) as held:
        task = asyncio.ensure_future(send(transport, fake_server, "paid"))
        await held.wait_reached_async()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await asyncio.to_thread(fake_server.wait_for_abandoned)


async def test_many_requests_at_once_share_one_opening(transport: Transport, fake_server: FakeServer) -> None:
    replies = await asyncio.gather(*(send(transport, fake_server, "paid") for _ in range(12)))

    assert sorted((reply.json_object() or {})["arrival"] for reply in replies) == list(range(12))


# ---------------------------------------------------------------------------------------------------- TLS


@pytest.fixture
async def tls_server() -> AsyncIterator[FakeServer]:
    with FakeServer(tls=True) as server:
        yield server


async def test_an_unknown_certificate_is_refused_before_anything_is_sent(
    transport: Transport, tls_server: FakeServer
) -> None:
    with pytest.raises(NotSecure, match=r"certificate of 127\.0\.0\.1 was not accepted") as told:
        await send(transport, tls_server, "paid")

    assert told.value.problem.charged == "no"
    assert tls_server.requests == ()


async def test_a_certificate_file_of_the_users_own(
    clock: SkippingClock, tls_server: FakeServer, tmp_path: Path
) -> None:
    ca_file = tmp_path / "company.pem"
    ca_file.write_bytes(tls_server.certificate_authority_pem)
    transport = Transport(clock=clock, ca_file=ca_file)

    assert (await send(transport, tls_server, "paid")).ok
    await transport.aclose()


async def test_a_certificate_file_without_certificates(clock: SkippingClock, tmp_path: Path) -> None:
    for content in (None, b"no certificate"):
        ca_file = tmp_path / "company.pem"
        if content is not None:
            ca_file.write_bytes(content)
        transport = Transport(clock=clock, ca_file=ca_file)
        with pytest.raises(NetworkMisconfigured, match=r"Certificate file.*company\.pem"):
            await transport.get(Endpoint("Vendor", "https://127.0.0.1:1"), "/")


async def test_a_wrong_ssl_cert_file_is_told_in_words(
    transport: Transport, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "gone.pem"))

    with pytest.raises(NetworkMisconfigured, match=r"SSL_CERT_FILE.*gone\.pem, which is not there"):
        await transport.get(Endpoint("Vendor", "https://127.0.0.1:1"), "/")


def test_old_tls_and_unverified_names_are_out() -> None:
    context = tls_context()

    assert context.minimum_version == ssl.TLSVersion.TLSv1_2
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname


# ---------------------------------------------------------------------------------------------------- the library


def test_the_librarys_own_log_is_quiet() -> None:
    """At INFO it writes whole addresses, and some hold a key."""
    for name in ("httpx", "httpcore", "httpx2", "httpcore2"):
        assert not logging.getLogger(name).isEnabledFor(logging.INFO)


def in_a_new_process(program: str, *arguments: str) -> Any:
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-c", program, *arguments],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_the_start_of_the_program_does_not_pay_for_http() -> None:
    program = (
        "import json, sys, studio.providers; print(json.dumps(sorted({'httpx', 'ssl', 'PIL'} & set(sys.modules))))"
    )

    assert "httpx" not in in_a_new_process(program)
    assert "PIL" not in in_a_new_process(program)


SWAPPED = """
import httpx2
httpx2.alias_httpx()
import asyncio, json, sys
from studio.domain.errors import ProviderError
from studio.providers.messages import Endpoint, Post
from studio.providers.transport import Transport
from tests.unit.providers.clock import SkippingClock

async def main():
    transport, told = Transport(clock=SkippingClock()), []
    endpoint = Endpoint("Vendor", sys.argv[1])
    for _ in range(int(sys.argv[2])):
        try:
            reply = await transport.post(endpoint, Post("/images", json_body={"a": 1}), total_s=60)
            told.append(reply.status)
        except ProviderError as error:
            told.append(type(error).__name__)
    await transport.aclose()
    print(json.dumps([sys.modules["httpx"].__name__, told]))

asyncio.run(main())
"""


def test_the_library_can_be_swapped_for_its_successor(fake_server: FakeServer) -> None:
    faults: list[Fault] = [ResetBeforeHeaders(), TruncatedChunkedBody(), bad_gzip()]
    fake_server.script(*faults)

    library, told = in_a_new_process(SWAPPED, fake_server.origin, str(len(faults) + 1))

    assert library == "httpx2"
    assert told == ["Uncertain", "Uncertain", "BrokenReply", 200]
    assert len({request.connection for request in fake_server.requests}) == len(faults) + 1
