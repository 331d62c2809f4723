"""Proxies of the environment: used for the world, never for this computer, refused in words when they are unusable."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from studio.domain.errors import NetworkMisconfigured, NotSecure, Offline
from studio.providers.messages import Endpoint, Post
from studio.providers.proxies import proxy_for
from studio.providers.transport import Transport
from tests.fakes.server import FakeServer
from tests.unit.providers.clock import SkippingClock

PROXY = "http://127.0.0.1:7890"
VENDOR = Endpoint("Vendor", "https://vendor.test/v1")


@pytest.mark.parametrize(
    ("variables", "url", "expected"),
    [
        ({}, "https://api.openai.com/v1", None),
        ({"HTTPS_PROXY": PROXY}, "https://api.openai.com/v1", PROXY),
        ({"https_proxy": PROXY}, "https://api.openai.com/v1", PROXY),
        ({"all_proxy": PROXY}, "https://api.openai.com/v1", PROXY),
        ({"https_proxy": "127.0.0.1:7890"}, "https://api.openai.com/v1", PROXY),
        ({"http_proxy": PROXY}, "https://api.openai.com/v1", None),
        ({"https_proxy": PROXY, "no_proxy": "openai.com"}, "https://api.openai.com/v1", None),
        ({"https_proxy": PROXY, "no_proxy": "*"}, "https://api.openai.com/v1", None),
        ({"http_proxy": PROXY}, "http://127.0.0.1:8188", None),
        ({"http_proxy": PROXY}, "http://localhost:8188", None),
        ({"http_proxy": PROXY}, "http://[::1]:8188", None),
        ({"all_proxy": "socks5h://127.0.0.1:7891"}, "https://api.openai.com/v1", "socks5h://127.0.0.1:7891"),
        ({"https_proxy": PROXY, "all_proxy": "socks5://127.0.0.1:7891"}, "https://api.openai.com/v1", PROXY),
    ],
)
def test_the_proxy_of_an_address(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], url: str, expected: str | None
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert proxy_for(url) == expected


@pytest.mark.parametrize("address", ["socks4://127.0.0.1:7891", "quic://127.0.0.1:7891"])
def test_a_proxy_that_cannot_be_used(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("all_proxy", address)

    with pytest.raises(NetworkMisconfigured, match=r"Proxy: a .* proxy cannot be used; set HTTPS_PROXY"):
        proxy_for("https://api.openai.com/v1")


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while block := await reader.read(65_536):
            writer.write(block)
            await writer.drain()
    writer.close()


@contextlib.asynccontextmanager
async def proxy_server(status: str, upstream_port: int = 0) -> AsyncIterator[tuple[str, list[str]]]:
    """A proxy that answers CONNECT with `status` and, when that is 200, tunnels to a port of this computer."""
    asked: list[str] = []
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        asked.append(head.split(b"\r\n")[0].decode())
        writer.write(f"HTTP/1.1 {status}\r\n\r\n".encode())
        if status.startswith("200"):
            upstream = await asyncio.open_connection("127.0.0.1", upstream_port)
            tasks.update(
                (asyncio.ensure_future(_copy(reader, upstream[1])), asyncio.ensure_future(_copy(upstream[0], writer)))
            )
        else:
            await writer.drain()
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked
    await asyncio.gather(*tasks)


async def test_a_proxy_that_says_no_means_that_nothing_was_sent(
    transport: Transport, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with proxy_server("407 Proxy Authentication Required") as (address, asked):
        monkeypatch.setenv("https_proxy", address)
        with pytest.raises(Offline, match="407") as told:
            await transport.post(
                Endpoint("Vendor", "https://vendor.test/v1"), Post("/images", json_body={}), total_s=60
            )

    assert told.value.problem.charged == "no"
    assert asked == ["CONNECT vendor.test:443 HTTP/1.1"]


async def test_opening_a_tunnel_is_not_yet_sending(transport: Transport, monkeypatch: pytest.MonkeyPatch) -> None:
    """The request to the proxy has left, that to the vendor has not: the certificate was refused in between."""
    with FakeServer(tls=True) as vendor:
        port = int(vendor.origin.rpartition(":")[2])
        async with proxy_server("200 Connection established", port) as (address, asked):
            monkeypatch.setenv("https_proxy", address)
            with pytest.raises(NotSecure, match="Nothing was billed"):
                await transport.post(VENDOR, Post("/images", json_body={}), total_s=60)
        assert asked == ["CONNECT vendor.test:443 HTTP/1.1"]
        assert vendor.requests == ()


@contextlib.asynccontextmanager
async def socks_server(answers: list[bytes], upstream_port: int = 0) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A SOCKS 5 proxy that gives `answers` in turn and, when one was a yes, tunnels to a port of this computer."""
    asked: list[bytes] = []
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        for answer in answers:
            asked.append(await reader.read(4096))
            writer.write(answer)
            await writer.drain()
        if upstream_port:
            upstream = await asyncio.open_connection("127.0.0.1", upstream_port)
            tasks.update(
                (asyncio.ensure_future(_copy(reader, upstream[1])), asyncio.ensure_future(_copy(upstream[0], writer)))
            )
        else:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield f"socks5://127.0.0.1:{server.sockets[0].getsockname()[1]}", asked
    await asyncio.gather(*tasks)


NO_PASSWORD, YES = b"\x05\x00", b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00"
HOST_UNREACHABLE = b"\x05\x04\x00\x01\x00\x00\x00\x00\x00\x00"


@pytest.mark.parametrize(
    "answers",
    [[b"\x05\xff"], [b"\x05\x02"], [b""], [b"HTTP/1.1 400 Bad Request\r\n\r\n"], [NO_PASSWORD, HOST_UNREACHABLE]],
)
async def test_a_socks_proxy_that_says_no_means_that_nothing_was_sent(
    transport: Transport, monkeypatch: pytest.MonkeyPatch, answers: list[bytes]
) -> None:
    async with socks_server(answers) as (address, asked):
        monkeypatch.setenv("all_proxy", address)
        with pytest.raises(Offline) as told:
            await transport.post(VENDOR, Post("/images", json_body={}), total_s=60)

    assert told.value.problem.charged == "no"
    assert len(asked) == len(answers)


async def test_a_request_goes_through_a_socks_proxy_which_looks_the_name_up(
    clock: SkippingClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with FakeServer(tls=True) as vendor:
        authority = tmp_path / "authority.pem"
        authority.write_bytes(vendor.certificate_authority_pem)
        port = int(vendor.origin.rpartition(":")[2])
        async with socks_server([NO_PASSWORD, YES], port) as (address, asked):
            monkeypatch.setenv("all_proxy", address)
            transport = Transport(clock=clock, ca_file=authority)
            reply = await transport.post(VENDOR, Post("/images", json_body={"prompt": "pears"}), total_s=60)
            await transport.aclose()
    assert reply.ok
    assert b"vendor.test" in asked[1]
    assert [request.path for request in vendor.requests] == ["/v1/images"]
