"""Decompression and base64 under limits."""

from __future__ import annotations

import base64
import gzip
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.providers.decoding import LARGE_BYTES, Inflater, TooMuchError, UndecodableError, decoded_base64

CONTENT = bytes(range(256)) * 64


def inflated(encoding: str, content: bytes, *, limit_bytes: int = 1_000_000, step: int = 1_000) -> bytes:
    inflater = Inflater(encoding, limit_bytes=limit_bytes)
    pieces = [p for i in range(0, len(content), step) for p in inflater.feed(content[i : i + step])]
    inflater.finish()
    return b"".join(pieces)


@pytest.mark.parametrize(
    ("encoding", "content"),
    [
        ("", CONTENT),
        ("identity", CONTENT),
        ("gzip", gzip.compress(CONTENT)),
        ("X-GZIP", gzip.compress(CONTENT)),
        ("deflate", zlib.compress(CONTENT)),
    ],
)
def test_undoes_what_servers_use(encoding: str, content: bytes) -> None:
    assert inflated(encoding, content) == CONTENT


@given(step=st.integers(min_value=1, max_value=300))
def test_the_split_does_not_matter(step: int) -> None:
    assert inflated("gzip", gzip.compress(CONTENT), step=step) == CONTENT


def test_a_bomb_is_never_unpacked() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    inflater = Inflater("gzip", limit_bytes=3_000_000)
    made: list[int] = []
    with pytest.raises(TooMuchError):
        made.extend(len(piece) for piece in inflater.feed(bomb))
    assert sum(made) <= 3_000_000


@pytest.mark.parametrize("content", [b"not gzip at all", gzip.compress(CONTENT)[:-9], b""])
def test_broken_compression_is_no_content(content: bytes) -> None:
    with pytest.raises(UndecodableError):
        inflated("gzip", content)


def test_an_unknown_encoding_is_refused() -> None:
    with pytest.raises(UndecodableError, match="br"):
        Inflater("br", limit_bytes=10)


@pytest.mark.parametrize("size", [0, 1, 2, 3, 10_000, LARGE_BYTES])
async def test_base64(size: int) -> None:
    content = CONTENT * (size // len(CONTENT) + 1)
    text = base64.b64encode(content[:size]).decode()

    assert await decoded_base64(text) == content[:size]
    assert await decoded_base64(f"data:image/png;base64,{text}") == content[:size]


@pytest.mark.parametrize("text", ["i*V#B!%~", "abc", "ab=c", "a" * LARGE_BYTES + "!", "äöü"])
async def test_what_is_no_base64_is_refused(text: str) -> None:
    with pytest.raises(UndecodableError):
        await decoded_base64(text)


async def test_base64_has_a_largest_size() -> None:
    with pytest.raises(TooMuchError) as told:
        await decoded_base64("A" * 4_000, limit_bytes=1_000)
    assert told.value.limit_bytes == 1_000
