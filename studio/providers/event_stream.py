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
    data: bytes = field(repr=False)
    whole: bool = True
    """False for what stood at the end of a stream that stopped inside an event."""

    @property
    def is_done(self) -> bool:
        """The closing ``[DONE]`` of some vendors; it carries nothing."""
        return self.data.strip() == b"[DONE]"


class LineReader:
    """Cuts bytes at line feeds, and there only: a base64 line is megabytes long, and U+2028 or U+0085 may stand raw
    inside JSON. A carriage return before the line feed is taken off. Each line is joined once, so that long ones stay
    linear. Raises TooMuchError for a line above `limit_bytes`."""

    def __init__(self, limit_bytes: int) -> None:
        self._limit_bytes = limit_bytes
        self._pending: list[bytes] = []
        self._size_bytes = 0

    def feed(self, chunk: bytes) -> list[bytes]:
        lines, start = [], 0
        while (end := chunk.find(b"\n", start)) >= 0:
            self._pending.append(chunk[start:end])
            lines.append(self.rest())
            start = end + 1
        if start < len(chunk):
            self._pending.append(chunk[start:])
            self._size_bytes += len(chunk) - start
            if self._size_bytes > self._limit_bytes:
                raise TooMuchError(self._limit_bytes)
        return lines

    def rest(self) -> bytes:
        """What stands behind the last line feed, once."""
        line = b"".join(self._pending).removesuffix(b"\r")
        self._pending, self._size_bytes = [], 0
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
        self._data: list[bytes] = []
        self._size_bytes = 0

    def feed(self, chunk: bytes) -> list[ServerEvent]:
        events = []
        for line in self._lines.feed(chunk):
            if line and not (self._is_first_line and line == b"\xef\xbb\xbf"):
                self._take(line)
            elif self._data:
                events.append(ServerEvent(self._name, b"\n".join(self._data)))
                self._clear()
            else:
                self._clear()
            self._is_first_line = False
        return events

    def finish(self) -> list[ServerEvent]:
        """What an event without its closing blank line left behind; it may be complete all the same."""
        rest = self._lines.rest()
        if rest:
            self._take(rest)
        return [ServerEvent(self._name, b"\n".join(self._data), whole=False)] if self._data else []

    def _take(self, line: bytes) -> None:
        if self._is_first_line:
            line = line.removeprefix(b"\xef\xbb\xbf")
        label, _, value = line.partition(b":")
        value = value.removeprefix(b" ")
        if label == b"data":
            self._data.append(value)
            self._size_bytes += len(value)
            if self._size_bytes > self._limit_bytes:
                raise TooMuchError(self._limit_bytes)
        elif label == b"event":
            self._name = value.decode("utf-8", "replace")


class JsonLineReader:
    """The non-empty lines of newline-delimited JSON; the last one may lack its line feed."""

    def __init__(self, limit_bytes: int = EVENT_MAX_BYTES) -> None:
        self._lines = LineReader(limit_bytes)

    def feed(self, chunk: bytes) -> list[bytes]:
        return [line for line in self._lines.feed(chunk) if line.strip()]

    def finish(self) -> list[bytes]:
        rest = self._lines.rest()
        return [rest] if rest.strip() else []


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
