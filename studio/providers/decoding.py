"""Decompression and base64 under limits."""

from __future__ import annotations

import asyncio
import binascii
import zlib
from collections.abc import Iterable
from typing import TypeVar

import pybase64
from pydantic import BaseModel, ValidationError

from studio.providers.long_strings import put_back, shortened

MEBIBYTE = 1024 * 1024

IMAGE_MAX_BYTES = 64 * MEBIBYTE
"""One image, one event, one line of a stream."""

ERROR_MAX_BYTES = 1 * MEBIBYTE
"""As much as is read of a reply that says an error."""

LARGE_BYTES = 256 * 1024
"""From here on decoding takes a millisecond and more: it goes to a worker thread, as the loop may be the window's."""

_OUTPUT_STEP_BYTES = 1 * MEBIBYTE

Model = TypeVar("Model", bound=BaseModel)


class TooMuchError(ValueError):
    """More bytes than the limit allows."""

    def __init__(self, limit_bytes: int) -> None:
        super().__init__(f"more than {limit_bytes} bytes")
        self.limit_bytes = limit_bytes


class UndecodableError(ValueError):
    """Bytes that are not what they say they are."""


class Inflater:
    """Undoes one content encoding, piece by piece: output is made when it is asked for, a mebibyte at a time.

    We ask for no encoding at all, but a server may use one all the same. Raises UndecodableError for an encoding that
    nobody asked for and cannot be undone, TooMuchError past `limit_bytes` of output."""

    def __init__(self, encoding: str, *, limit_bytes: int) -> None:
        self._limit_bytes = self._left = limit_bytes
        match encoding.strip().lower():
            case "" | "identity":
                self._undo: zlib._Decompress | None = None
            case "gzip" | "x-gzip" | "deflate":
                self._undo = zlib.decompressobj(zlib.MAX_WBITS | 32)
            case other:
                raise UndecodableError(f"content encoding {other}")

    def feed(self, chunk: bytes) -> Iterable[bytes]:
        """Output for the next bytes, in pieces of at most a mebibyte."""
        if self._undo is None:
            yield self._counted(chunk)
            return
        rest = chunk
        while rest:
            try:
                piece = self._undo.decompress(rest, _OUTPUT_STEP_BYTES)
            except zlib.error as error:
                raise UndecodableError(f"broken compression: {error}") from None
            if piece:
                yield self._counted(piece)
            rest = self._undo.unconsumed_tail
            if self._undo.eof:
                return

    def finish(self) -> None:
        """Call at the end of the body: raises UndecodableError when the compressed data ended too early."""
        if self._undo is not None and not self._undo.eof:
            raise UndecodableError("broken compression: it ends too early")

    def _counted(self, piece: bytes) -> bytes:
        self._left -= len(piece)
        if self._left < 0:
            raise TooMuchError(self._limit_bytes)
        return piece


async def decoded_base64(text: str | bytes, *, limit_bytes: int = IMAGE_MAX_BYTES) -> bytes:
    """The bytes of base64 (a ``data:`` prefix is taken off). Large ones are decoded in a worker thread.

    Raises TooMuchError past `limit_bytes` of output, UndecodableError for anything that is not strict base64."""
    if len(text) * 3 // 4 > limit_bytes + 256:
        raise TooMuchError(limit_bytes)
    if len(text) < LARGE_BYTES:
        return _decode_base64(text)
    return await asyncio.to_thread(_decode_base64, text)


def _decode_base64(text: str | bytes) -> bytes:
    if isinstance(text, str) and text.startswith("data:"):
        text = text[text.find(",") + 1 :]
    try:
        return pybase64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise UndecodableError(f"broken base64: {error}") from None


async def parsed(model: type[Model], content: bytes | bytearray) -> Model:
    """JSON bytes as a pydantic model; large ones in a worker thread. Raises pydantic.ValidationError."""
    if len(content) < LARGE_BYTES:
        return model.model_validate_json(content)
    return await asyncio.to_thread(_parsed_large, model, content)


def _parsed_large(model: type[Model], content: bytes | bytearray) -> Model:
    """Parsed without its images, which are put in afterwards; in one piece where that does not come out even, so that
    no picture can be lost and every complaint is about the real content."""
    short = shortened(content)
    if short is not None:
        try:
            found = model.model_validate_json(short.content)
        except ValidationError:
            return model.model_validate_json(content)
        if put_back(found, short.texts):
            return found
    return model.model_validate_json(content)
