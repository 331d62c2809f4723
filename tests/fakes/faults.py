"""Things that go wrong on the wire. Each fault plays one exchange in place of the ordinary reply.

A fault with `handled=True` lets the fake process the request first (the job exists, the image is paid for) and spoils
only the way back; `handled=False` loses the request before the vendor has seen it.
"""

from __future__ import annotations

import gzip
import re
import struct
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Protocol

from tests.fakes.connection import Connection
from tests.fakes.gates import Gate
from tests.fakes.messages import Reply, html_reply, pieces_of


@dataclass(frozen=True, slots=True)
class Exchange:
    """What a fault may use: the connection, the gates by name, and the ordinary reply (computed when asked for)."""

    connection: Connection
    gate: Callable[[str], Gate]
    ordinary_reply: Callable[[], Awaitable[Reply]]

    async def send(self, reply: Reply) -> None:
        """Send a whole reply, through the gates `before_response`, `after_headers` and `before_piece`."""
        await self.gate("before_response").passage()
        await self.connection.send_head(reply)
        await self.gate("after_headers").passage()
        async for piece in reply.pieces():
            await self.gate("before_piece").passage()
            await self.connection.send_piece(piece)
        await self.connection.end_message()


class Fault(Protocol):
    async def play(self, exchange: Exchange) -> None:
        """Answer (or fail to answer) one request."""


def _raw_head(reply: Reply, framing: str) -> bytes:
    lines = [f"HTTP/1.1 {reply.status} X", *(f"{name}: {value}" for name, value in reply.headers), framing]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


async def _whole_body(reply: Reply) -> bytes:
    return b"".join([piece async for piece in reply.pieces()])


@dataclass(frozen=True, slots=True)
class ResetBeforeHeaders:
    """A TCP reset instead of any answer."""

    handled: bool = True

    async def play(self, exchange: Exchange) -> None:
        if self.handled:
            await exchange.ordinary_reply()
        await exchange.gate("before_response").passage()
        exchange.connection.reset()


@dataclass(frozen=True, slots=True)
class CloseBeforeHeaders:
    """An orderly close instead of any answer ("server disconnected without sending a response")."""

    handled: bool = True

    async def play(self, exchange: Exchange) -> None:
        if self.handled:
            await exchange.ordinary_reply()
        await exchange.gate("before_response").passage()
        await exchange.connection.close()


@dataclass(frozen=True, slots=True)
class ResetAfterHeaders:
    """Status line and headers arrive, then a reset."""

    async def play(self, exchange: Exchange) -> None:
        reply = await exchange.ordinary_reply()
        await exchange.gate("before_response").passage()
        await exchange.connection.send_head(reply)
        exchange.connection.reset()


@dataclass(frozen=True, slots=True)
class ResetInBody:
    """A reset after `whole_pieces` complete pieces (events) and `fraction` of the next one.

    A body that is no stream is one piece, so `whole_pieces=0` cuts inside it."""

    whole_pieces: int = 0
    fraction: float = 0.5

    async def play(self, exchange: Exchange) -> None:
        reply = await exchange.ordinary_reply()
        await exchange.gate("before_response").passage()
        await exchange.connection.send_head(reply)
        count = 0
        async for piece in reply.pieces():
            if count == self.whole_pieces:
                await exchange.connection.send_piece(piece[: int(len(piece) * self.fraction)])
                break
            await exchange.connection.send_piece(piece)
            count += 1
        await exchange.gate("before_cut").passage()
        exchange.connection.reset()


@dataclass(frozen=True, slots=True)
class TruncatedChunkedBody:
    """A chunked body that ends by an orderly close in the middle of a chunk, without the last chunk."""

    whole_pieces: int = 0
    fraction: float = 0.5

    async def play(self, exchange: Exchange) -> None:
        reply = await exchange.ordinary_reply()
        await exchange.gate("before_response").passage()
        send = exchange.connection.send_raw
        await send(_raw_head(reply, "transfer-encoding: chunked"))
        count = 0
        async for piece in reply.pieces():
            if count == self.whole_pieces:
                await send(b"%x\r\n" % len(piece) + piece[: int(len(piece) * self.fraction)])
                break
            await send(b"%x\r\n" % len(piece) + piece + b"\r\n")
            count += 1
        await exchange.gate("before_cut").passage()
        await exchange.connection.close()


@dataclass(frozen=True, slots=True)
class WrongContentLength:
    """`content-length` is off by `difference_bytes`: positive promises more than comes, negative less."""

    difference_bytes: int = 10

    async def play(self, exchange: Exchange) -> None:
        reply = await exchange.ordinary_reply()
        body = await _whole_body(reply)
        await exchange.gate("before_response").passage()
        await exchange.connection.send_raw(_raw_head(reply, f"content-length: {len(body) + self.difference_bytes}"))
        await exchange.connection.send_raw(body)
        await exchange.connection.close()


@dataclass(frozen=True, slots=True)
class Drip:
    """The body in pieces of `piece_bytes`, each of which passes the gate `drip` (hold it, then `step`)."""

    piece_bytes: int = 1024

    async def play(self, exchange: Exchange) -> None:
        reply = await exchange.ordinary_reply()
        body = await _whole_body(reply)
        await exchange.gate("before_response").passage()
        await exchange.connection.send_head(replace(reply, body=pieces_of(())))
        for start in range(0, len(body), self.piece_bytes):
            await exchange.gate("drip").passage()
            await exchange.connection.send_piece(body[start : start + self.piece_bytes])
        await exchange.connection.end_message()


@dataclass(frozen=True, slots=True)
class Answer:
    """A fixed reply; with `handled` the request was processed all the same (a gateway lost the real answer)."""

    reply: Reply
    handled: bool = False

    async def play(self, exchange: Exchange) -> None:
        if self.handled:
            await exchange.ordinary_reply()
        await exchange.send(self.reply)


@dataclass(frozen=True, slots=True)
class Spoiled:
    """The ordinary reply with `change` applied to each piece of its body."""

    change: Callable[[bytes], bytes]

    async def play(self, exchange: Exchange) -> None:
        await exchange.send((await exchange.ordinary_reply()).with_each_piece(self.change))


@dataclass(frozen=True, slots=True)
class Encoded:
    """The ordinary reply, whole, with `content-encoding: gzip` and `encode` applied to its body."""

    encode: Callable[[bytes], bytes]

    async def play(self, exchange: Exchange) -> None:
        reply = await exchange.ordinary_reply()
        body = self.encode(await _whole_body(reply))
        await exchange.send(replace(reply.with_headers({"content-encoding": "gzip"}), body=body))


@dataclass(frozen=True, slots=True)
class Oversized:
    """The ordinary headers with `size_bytes` of blanks as the body, chunked, never held in memory as a whole."""

    size_bytes: int = 256 * 1024 * 1024

    async def play(self, exchange: Exchange) -> None:
        reply = await exchange.ordinary_reply()
        block = b" " * (1024 * 1024)

        async def blanks() -> AsyncIterator[bytes]:
            for start in range(0, self.size_bytes, len(block)):
                yield block[: self.size_bytes - start]

        await exchange.send(replace(reply, body=blanks))


def gateway_page(status: int = 502, *, handled: bool = True) -> Answer:
    """The HTML page of a gateway (502, 503, 504, 403); by default the vendor behind it did the work."""
    titles = {403: "403 Forbidden", 502: "502 Bad Gateway", 503: "503 Service Unavailable", 504: "504 Gateway Time-out"}
    title = titles.get(status, str(status))
    page = f"<html>\r\n<head><title>{title}</title></head>\r\n<body><center><h1>{title}</h1></center></body></html>\r\n"
    return Answer(html_reply(status, page), handled)


def redirect(location: str, status: int = 302) -> Answer:
    return Answer(Reply(status, (("location", location),)))


def invalid_json() -> Spoiled:
    """The body loses its second half: a complete reply whose JSON is not."""
    return Spoiled(lambda body: body[: len(body) // 2])


_IMAGE_BASE64 = re.compile(rb"iVBORw0KGgo|/9j/[0-9A-Za-z+/]{7}|UklGR[0-9A-Za-z+/]{6}")


def bad_base64() -> Spoiled:
    """Every image in the body starts with characters that are not base64."""
    return Spoiled(lambda body: _IMAGE_BASE64.sub(b"i*V#B!%~(^)", body))


def not_an_image() -> Spoiled:
    """Every image in the body is valid base64 of bytes that are no image."""
    return Spoiled(lambda body: _IMAGE_BASE64.sub(b"bm90IGFuIG1", body))


def raw_line_separators() -> Spoiled:
    """U+2028 and U+0085 stand raw inside a JSON string, which is legal and must not split a line."""
    marker = '{"separators":"a\u2028b\u2029c\u0085d",'.encode()
    return Spoiled(lambda body: body.replace(b"{", marker, 1))


def bad_gzip() -> Encoded:
    """Says gzip and is not."""
    return Encoded(lambda body: b"not gzip at all: " + body)


def truncated_gzip() -> Encoded:
    """gzip that ends early, in a complete HTTP message."""
    return Encoded(lambda body: gzip.compress(body)[:-12])


def gzip_bomb(size_bytes: int = 512 * 1024 * 1024) -> Encoded:
    """About one thousandth of `size_bytes` on the wire, `size_bytes` of blanks after decompression."""

    def bomb(_body: bytes) -> bytes:
        block = b" " * (1024 * 1024)
        packer = zlib.compressobj(9, zlib.DEFLATED, -15)
        # A fully flushed block depends on nothing before it, so one packed block can be repeated as it is.
        packed = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
        count = size_bytes // len(block)
        checksum = 0
        for _ in range(count):
            checksum = zlib.crc32(block, checksum)
        head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"
        last_block = b"\x03\x00"
        return head + packed * count + last_block + struct.pack("<II", checksum, count * len(block) % 2**32)

    return Encoded(bomb)


NAMED_FAULTS: dict[str, Callable[[dict[str, str]], Fault]] = {
    "reset_before_headers": lambda a: ResetBeforeHeaders(a.get("handled", "yes") == "yes"),
    "close_before_headers": lambda a: CloseBeforeHeaders(a.get("handled", "yes") == "yes"),
    "reset_after_headers": lambda _: ResetAfterHeaders(),
    "reset_in_body": lambda a: ResetInBody(int(a.get("pieces", "0")), float(a.get("fraction", "0.5"))),
    "truncated": lambda a: TruncatedChunkedBody(int(a.get("pieces", "0")), float(a.get("fraction", "0.5"))),
    "wrong_length": lambda a: WrongContentLength(int(a.get("difference", "10"))),
    "gateway": lambda a: gateway_page(int(a.get("status", "502")), handled=a.get("handled", "yes") == "yes"),
    "redirect": lambda a: redirect(a.get("to", "http://127.0.0.1:9/elsewhere"), int(a.get("status", "302"))),
    "invalid_json": lambda _: invalid_json(),
    "bad_base64": lambda _: bad_base64(),
    "not_an_image": lambda _: not_an_image(),
    "line_separators": lambda _: raw_line_separators(),
    "bad_gzip": lambda _: bad_gzip(),
    "truncated_gzip": lambda _: truncated_gzip(),
    "gzip_bomb": lambda a: gzip_bomb(int(a.get("size", str(512 * 1024 * 1024)))),
    "oversized": lambda a: Oversized(int(a.get("size", str(256 * 1024 * 1024)))),
    "drip": lambda a: Drip(int(a.get("piece", "1024"))),
}
"""Faults by name for prompt markers (`[[fault:reset_in_body pieces=1]]`) and for the command line of a fake."""
