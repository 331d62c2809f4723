"""What goes over the wire: a request as it was recorded, a reply as a fake wants it sent."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.fakes.multipart import Part, parse_multipart

JsonValue = Any
"""Decoded JSON. Deliberately loose: tests look into bodies whose shape is what they want to find out."""


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """One complete request, byte for byte.

    `arrival` counts requests of a server from 0, `connection` its connections from 0 (equal numbers: kept alive).
    Header names are lower-case and in the order of arrival.
    """

    arrival: int
    connection: int
    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """Query parameters; the last one wins if a name stands twice."""
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    def header(self, name: str) -> str | None:
        """The first header of that name, or None."""
        return next((value for key, value in self.headers if key == name.lower()), None)

    @property
    def content_type(self) -> str:
        return self.header("content-type") or ""

    @property
    def is_multipart(self) -> bool:
        return self.content_type.lower().startswith("multipart/")

    @property
    def json(self) -> JsonValue:
        """The body as JSON. Raises ValueError (also for bytes that are no UTF-8)."""
        return json.loads(self.body)

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts of a multipart body. Raises `MultipartError`."""
        return parse_multipart(self.content_type, self.body)

    def parts_named(self, name: str) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.name == name)

    @property
    def text_fields(self) -> dict[str, str]:
        """The plain (file-less) parts of a multipart body as text."""
        return {part.name: part.text for part in self.parts if part.filename is None}


Pieces = Callable[[], AsyncIterator[bytes]]


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply. `body` as bytes is sent with its length, as `Pieces` chunked, one chunk per piece."""

    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | Pieces = b""

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body piece by piece, whatever its form."""
        if isinstance(self.body, bytes):
            yield self.body
            return
        async for piece in self.body():
            yield piece

    def with_headers(self, headers: Mapping[str, str]) -> Reply:
        """The same reply with `headers` set, replacing equal names."""
        names = {name.lower() for name in headers}
        kept = tuple(pair for pair in self.headers if pair[0].lower() not in names)
        return replace(self, headers=kept + tuple(headers.items()))

    def with_each_piece(self, change: Callable[[bytes], bytes]) -> Reply:
        """The same reply with every piece of its body changed."""
        if isinstance(self.body, bytes):
            return replace(self, body=change(self.body))
        source = self.body

        async def changed() -> AsyncIterator[bytes]:
            async for piece in source():
                yield change(piece)

        return replace(self, body=changed)


def json_reply(value: JsonValue, *, status: int = 200, headers: Mapping[str, str] | None = None) -> Reply:
    """A JSON reply in UTF-8 with nothing escaped, as most vendors send it."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return Reply(status, (("content-type", "application/json"), *(headers or {}).items()), body)


def html_reply(status: int, html: str) -> Reply:
    return Reply(status, (("content-type", "text/html; charset=utf-8"),), html.encode("utf-8"))


def streamed_reply(content_type: str, pieces: Pieces, *, headers: Mapping[str, str] | None = None) -> Reply:
    """A chunked reply such as an event stream."""
    return Reply(200, (("content-type", content_type), ("cache-control", "no-cache"), *(headers or {}).items()), pieces)


def pieces_of(values: Iterable[bytes]) -> Pieces:
    """A fixed sequence of pieces as the body of a reply."""
    kept = tuple(values)

    async def produce() -> AsyncIterator[bytes]:
        for value in kept:
            yield value

    return produce


@dataclass(frozen=True, slots=True)
class EventStreamStyle:
    """How server-sent events are written; every style is legal SSE and must give a reader the same events.

    `comments`: keep-alive lines that start with a colon. `multi_line`: JSON spread over several `data:` lines.
    `done`: a closing `data: [DONE]`. `crlf`: lines end with CR LF. `named`: with an `event:` line.
    """

    comments: bool = False
    multi_line: bool = False
    done: bool = False
    crlf: bool = False
    named: bool = True
    extra_lines: tuple[str, ...] = field(default=())

    def event(self, name: str, value: JsonValue) -> bytes:
        lines = [": keep-alive"] if self.comments else []
        lines += self.extra_lines
        if self.named:
            lines.append(f"event: {name}")
        text = json.dumps(value, ensure_ascii=False, indent=1 if self.multi_line else None, separators=(",", ":"))
        lines += [f"data: {line}" for line in text.split("\n")]
        return self._end(lines)

    def done_marker(self) -> bytes:
        return self._end(["data: [DONE]"])

    def _end(self, lines: list[str]) -> bytes:
        newline = "\r\n" if self.crlf else "\n"
        return (newline.join(lines) + newline * 2).encode("utf-8")
