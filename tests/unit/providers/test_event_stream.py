"""Events are the same however the bytes were split, and nothing but a line feed ends a line."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.providers.decoding import TooMuchError
from studio.providers.event_stream import EventStream, JsonLineReader, ServerEvent, ServerEventReader
from tests.fakes.messages import EventStreamStyle


def read_all(stream: bytes, cuts: list[int]) -> list[ServerEvent]:
    reader = ServerEventReader()
    places = sorted({0, len(stream), *(cut % (len(stream) + 1) for cut in cuts)})
    events = [event for start, end in pairwise(places) for event in reader.feed(stream[start:end])]
    return events + reader.finish()


def told(events: list[ServerEvent]) -> list[tuple[str, bytes]]:
    return [(event.name, bytes(event.data)) for event in events]


TWO_EVENTS = [("first", b'{"a":1}'), ("second", b'{"b":[2,3]}')]

styles = st.builds(
    EventStreamStyle, comments=st.booleans(), done=st.booleans(), crlf=st.booleans(), named=st.booleans()
)


@given(style=styles, cuts=st.lists(st.integers(min_value=0, max_value=400), max_size=12))
def test_any_split_and_any_legal_style_give_the_same_events(style: EventStreamStyle, cuts: list[int]) -> None:
    stream = b"".join(style.event(name, {"a": 1, "text": "é\u2028\u0085\x0b\x0c"}) for name in ("one", "two"))

    events = read_all(stream, cuts)

    name = ["one", "two"] if style.named else ["", ""]
    data = '{"a":1,"text":"é\u2028\u0085\\u000b\\f"}'.encode()
    assert told(events) == [(name[0], data), (name[1], data)]
    assert all(event.whole for event in events)


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        (b"data: a\ndata: b\n\n", [("", b"a\nb")]),
        (b"data:a\n\ndata:  b\n\n", [("", b"a"), ("", b" b")]),
        (b"\xef\xbb\xbfdata: a\n\n", [("", b"a")]),
        (b"data: a\n\n\xef\xbb\xbfdata: b\n\n", [("", b"a")]),
        (b"event: gone\n\ndata: a\n\n", [("", b"a")]),
        (b"id: 1\nretry: 5\nunknown\n: comment\ndata: a\n\n", [("", b"a")]),
        (b"event: x\r\ndata: a\r\n\r\n", [("x", b"a")]),
        (b"data: a\rb\n\n", [("", b"a\rb")]),
        (b"\n\n\n", []),
        (b"", []),
    ],
)
def test_the_rules_of_server_sent_events(stream: bytes, expected: list[tuple[str, bytes]]) -> None:
    assert told(read_all(stream, [])) == expected


@pytest.mark.parametrize("rest", [b"data: half", b"data: half\n", b"event: x\ndata: half"])
def test_what_a_torn_stream_leaves_is_marked(rest: bytes) -> None:
    first, last = read_all(b"data: whole\n\n" + rest, [])

    assert first.whole
    assert (last.data, last.whole) == (b"half", False)


def test_done_is_recognised() -> None:
    assert read_all(b"data: [DONE]\n\n", [])[0].is_done


@pytest.mark.parametrize("stream", [b"data: " + b"x" * 200, b"data: 0123456789\n" * 20])
def test_an_event_has_a_largest_size(stream: bytes) -> None:
    reader = ServerEventReader(limit_bytes=100)
    with pytest.raises(TooMuchError):
        [reader.feed(stream[start : start + 7]) for start in range(0, len(stream), 7)]


def test_small_events_after_each_other_are_no_large_one() -> None:
    reader = ServerEventReader(limit_bytes=100)

    assert len(reader.feed(b"data: 0123456789\n\n" * 50)) == 50


@given(cuts=st.lists(st.integers(min_value=0, max_value=60), max_size=8))
def test_json_lines(cuts: list[int]) -> None:
    stream = '{"a":1}\n\n  \r\n{"b":"\u2028"}\r\n{"c":3}'.encode()
    reader = JsonLineReader()
    places = sorted({0, len(stream), *(cut % (len(stream) + 1) for cut in cuts)})

    lines = [line for start, end in pairwise(places) for line in reader.feed(stream[start:end])] + reader.finish()

    assert lines == [b'{"a":1}', '{"b":"\u2028"}'.encode(), b'{"c":3}']


class Chunks:
    """A reply whose body is given."""

    def __init__(self, *chunks: bytes) -> None:
        self._chunks = list(chunks)

    async def next_chunk(self) -> bytes | None:
        return self._chunks.pop(0) if self._chunks else None

    def failure(self, error: Exception) -> Exception:
        return RuntimeError(f"told: {error}")


async def test_a_stream_of_events_ends_with_its_body() -> None:
    stream = EventStream(Chunks(b"data: a\n\ndata", b": b\n\nda", b"ta: c"), ServerEventReader())

    assert [event.data async for event in stream] == [b"a", b"b", b"c"]
    with pytest.raises(StopAsyncIteration):
        await anext(stream)


async def test_too_large_an_event_becomes_the_error_of_the_reply() -> None:
    stream = EventStream(Chunks(b"x" * 20), ServerEventReader(limit_bytes=10))

    with pytest.raises(RuntimeError, match="told: more than 10 bytes"):
        await anext(stream)


def test_a_json_line_has_a_largest_size() -> None:
    with pytest.raises(TooMuchError):
        JsonLineReader(limit_bytes=10).feed(b"x" * 20)
