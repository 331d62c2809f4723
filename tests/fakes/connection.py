"""One accepted connection: h11 for everything legal, raw bytes and resets for everything that is not."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct

import h11

from tests.fakes.messages import Reply

_READ_SIZE_BYTES = 256 * 1024


class Connection:
    """The server's end of a connection. Not thread-safe: lives on the server's loop."""

    def __init__(self, number: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.number = number
        self._reader = reader
        self._writer = writer
        if writer.get_extra_info("ssl_object") is None:
            # Everything is handed to the kernel before a drain returns, so that a reset does not swallow earlier
            # bytes. Not over TLS: a limit of zero can leave asyncio's TLS transport paused for ever.
            writer.transport.set_write_buffer_limits(high=0)
        self._protocol = h11.Connection(h11.SERVER)
        self._reading: asyncio.Task[bytes] | None = None
        self.ended_by_us = False

    async def read_request(self) -> tuple[h11.Request, bytes] | None:
        """The next request with its whole body; None when the client has closed or talks nonsense."""
        try:
            head = await self._next_event()
            if not isinstance(head, h11.Request):
                return None
            body = bytearray()
            while isinstance(event := await self._next_event(), h11.Data):
                body += event.data
            return (head, bytes(body)) if isinstance(event, h11.EndOfMessage) else None
        except (h11.RemoteProtocolError, ConnectionError):
            return None

    async def _next_event(self) -> h11.Event | type[h11.NEED_DATA | h11.PAUSED]:
        while True:
            event = self._protocol.next_event()
            if event is not h11.NEED_DATA:
                return event
            if self._protocol.they_are_waiting_for_100_continue:
                await self._send(h11.InformationalResponse(status_code=100, headers=[]))
            self._protocol.receive_data(await self._read())

    async def _read(self) -> bytes:
        if self._reading is None:
            self._reading = asyncio.ensure_future(self._reader.read(_READ_SIZE_BYTES))
        # `wait` leaves the reading task alone when the waiter is cancelled: no byte is lost.
        reading = self._reading
        await asyncio.wait({reading})
        self._reading = None
        return reading.result()

    async def client_left(self) -> None:
        """Return when the client closes its end; bytes of a next request are kept for later."""
        try:
            while block := await self._read():
                self._protocol.receive_data(block)
            self._protocol.receive_data(b"")
        except (h11.RemoteProtocolError, ConnectionError):
            return

    async def send_head(self, reply: Reply) -> None:
        """Status line and headers, framed by length for bytes and chunked otherwise unless the reply frames itself."""
        headers = list(reply.headers)
        names = {name.lower() for name, _ in headers}
        if isinstance(reply.body, bytes):
            if "content-length" not in names and reply.status not in (204, 304):
                headers.append(("content-length", str(len(reply.body))))
        elif "content-length" not in names:
            headers.append(("transfer-encoding", "chunked"))
        await self._send(h11.Response(status_code=reply.status, headers=headers, reason=b""))

    async def send_piece(self, piece: bytes) -> None:
        if piece:
            await self._send(h11.Data(data=piece))

    async def end_message(self) -> None:
        await self._send(h11.EndOfMessage())

    async def _send(self, event: h11.Event) -> None:
        wire = self._protocol.send(event)
        if wire:
            await self.send_raw(wire)

    async def send_raw(self, wire: bytes) -> None:
        """Bytes as they are, past every rule; the connection must be closed or reset afterwards."""
        self._writer.write(wire)
        await self._writer.drain()

    @property
    def reply_is_complete(self) -> bool:
        return self._protocol.our_state in (h11.DONE, h11.MUST_CLOSE, h11.CLOSED)

    def next_cycle(self) -> bool:
        """Ready the connection for its next request; False when it cannot be kept alive."""
        if self._protocol.our_state is h11.DONE and self._protocol.their_state is h11.DONE:
            self._protocol.start_next_cycle()
            return True
        return False

    def reset(self) -> None:
        """Drop the connection with a TCP reset."""
        self.ended_by_us = True
        found: socket.socket | None = self._writer.get_extra_info("socket")
        if found is not None:
            found.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self._writer.transport.abort()

    async def close(self) -> None:
        """Close in order (FIN), whatever state the exchange is in."""
        self.ended_by_us = True
        self._writer.close()
        if self._reading is not None:
            self._reading.cancel()
        with contextlib.suppress(OSError):
            await self._writer.wait_closed()
