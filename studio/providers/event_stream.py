"""Events out of bytes: server-sent events and JSON lines. Bytes in, bytes out; however they are split, same events."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import Generic, Protocol, Self, TypeVar

from studio.providers.decoding import IMAGE_MAX_BYTES, MEBIBYTE, TooMuchError

EVENT_MAX_BYTES = IMAGE_MAX_BYTES * 4 // 3 + MEBIBYTE
"""An image of the largest size in base64, and its event around it."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class ServerEvent:
    """One event: `data` is its ``data:`` lines joined by a line feed."""

    name: str
    data: bytes | bytearray = field(repr=False)
    whole: bool = True
    """False for what stood at the end of a stream that stopped inside an event."""

    @property
    def is_done(self) -> bool:
        """The closing ``[DONE]`` of some vendors; it carries nothing."""
        return len(self.data) < 32 and self.data.strip() == b"[DONE]"


class LineReader:
    """Cuts bytes at line feeds, and there only: a base64 line is megabytes long, and U+2028 or U+0085 may stand raw
    inside JSON. A carriage return before the line feed is taken off. Raises TooMuchError above `limit_bytes`.

    A line grows in place and is handed over as it is, without a copy: joining 24 MB at its end takes 30 to 80 ms."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._line = bytearray()

    def feed(self, chunk: bytes) -> list[bytearray]:
        lines, start = [], 0
        while (end := chunk.find(b"\n", start)) >= 0:
            self._line += chunk[start:end]
            lines.append(self.rest())
            start = end + 1
        if start < len(chunk):
            self._line += chunk[start:] if start else chunk
            if len(self._line) > self._limit_bytes:
                raise TooMuchError(self._limit_bytes)
        return lines

    def rest(self) -> bytearray:
        """What stands behind the last line feed, once."""
        line, self._line = self._line, bytearray()
        if line.endswith(b"\r"):
            del line[-1:]
        return line


class ServerEventReader:
    """Server-sent events. Comments, ``id:`` and ``retry:`` are left out. TooMuchError above `limit_bytes`."""

    def __init__(self, limit_bytes: int = EVENT_MAX_BYTES) -> None:
        self._limit_bytes = limit_bytes
        self._lines = LineReader(limit_bytes)
        self._is_first_line = True
        self._clear()

    def _clear(self) -> None:
        self._name = ""
        self._data: list[bytearray] = []
        self._size_bytes = 0

    def feed(self, chunk: bytes) -> list[ServerEvent]:
        events = []
        for line in self._lines.feed(chunk):
            self._drop_mark(line)
            if line:
                self._take(line)
            elif self._data:
                events.append(self._event(whole=True))
            else:
                self._clear()
        return events

    def finish(self) -> list[ServerEvent]:
        """What an event without its closing blank line left behind; it may be complete all the same."""
        rest = self._lines.rest()
        self._drop_mark(rest)
        if rest:
            self._take(rest)
        return [self._event(whole=False)] if self._data else []

    def _drop_mark(self, line: bytearray) -> None:
        """The byte order mark that may stand at the very beginning."""
        if self._is_first_line and line.startswith(b"\xef\xbb\xbf"):
            del line[:3]
        self._is_first_line = False

    def _take(self, line: bytearray) -> None:
        colon = line.find(b":", 0, _LABEL_MAX_BYTES)
        label = bytes(line[:colon]) if colon >= 0 else bytes(line[:_LABEL_MAX_BYTES])
        # Cutting at the front moves nothing: a bytearray only remembers that it begins later.
        del line[: colon + 1 if colon >= 0 else len(line)]
        if line.startswith(b" "):
            del line[:1]
        if label == b"data":
            self._data.append(line)
            self._size_bytes += len(line)
            if self._size_bytes > self._limit_bytes:
                raise TooMuchError(self._limit_bytes)
        elif label == b"event":
            self._name = line.decode("utf-8", "replace")

    def _event(self, *, whole: bool) -> ServerEvent:
        data = self._data[0] if len(self._data) == 1 else b"\n".join(self._data)
        event = ServerEvent(self._name, data, whole)
        self._clear()
        return event


_LABEL_MAX_BYTES = 16
"""Longer than every label that means something."""


class JsonLineReader:
    """The non-empty lines of newline-delimited JSON; the last one may lack its line feed."""

    def __init__(self, limit_bytes: int = EVENT_MAX_BYTES) -> None:
        self._lines = LineReader(limit_bytes)

    def feed(self, chunk: bytes) -> list[bytearray]:
        return [line for line in self._lines.feed(chunk) if _has_content(line)]

    def finish(self) -> list[bytearray]:
        return [rest] if _has_content(rest := self._lines.rest()) else []


def _has_content(line: bytearray) -> bool:
    return len(line) > 32 or bool(line.strip())


class _Reader(Protocol[Item]):
    def feed(self, chunk: bytes) -> list[Item]: ...
    def finish(self) -> list[Item]: ...


class _ChunkSource(Protocol):
    async def next_chunk(self) -> bytes | None: ...
    def failure(self, error: Exception) -> Exception: ...


class EventStream(Generic[Item]):
    """``async for`` over the items of a streamed reply. A plain iterator, not a generator: nothing is left to clean up
    when the consumer stops early.

    ``EventStream(reply, ServerEventReader())`` or ``EventStream(reply, JsonLineReader())``"""

    def __init__(self, source: _ChunkSource, reader: _Reader[Item]) -> None:
        self._source = source
        self._reader = reader
        self._ready: deque[Item] = deque()
        self._ended = False

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Item:
        while not self._ready:
            if self._ended:
                raise StopAsyncIteration
            chunk = await self._source.next_chunk()
            self._ended = chunk is None
            try:
                self._ready.extend(self._reader.finish() if chunk is None else self._reader.feed(chunk))
            except TooMuchError as error:
                raise self._source.failure(error) from None
        return self._ready.popleft()
