"""Keys and megabytes stay out of whatever is kept, shown or logged."""

from __future__ import annotations

import json
import logging
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.domain.errors import RAW_MAX_CHARACTERS
from studio.domain.values import Secret
from studio.providers.redaction import (
    RedactingFilter,
    cut_base64,
    kept_headers,
    kept_reply,
    redacted,
    redacted_body,
)

KEY = Secret("planted-secret-0123456789")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("key planted-secret-0123456789 here", "key *** here"),
        ("Authorization: Bearer abcdefgh12345678", "Authorization: Bearer ***"),
        ("https://h/x?key=abc123&size=2", "https://h/x?key=***&size=2"),
        ("https://oss/x.png?Expires=1&Signature=a%2Fb", "https://oss/x.png?Expires=1&Signature=***"),
        ("Incorrect API key provided: sk-proj-abcdefghijkl.", "Incorrect API key provided: sk-***."),
        ("nothing to hide", "nothing to hide"),
    ],
)
def test_what_looks_like_a_key_is_masked(text: str, expected: str) -> None:
    assert redacted(text, [KEY]) == expected


def test_a_prompt_is_shown_as_it_was_written() -> None:
    prompt = "a poster that says Bearer of sk-abcdefghijklmnop"

    assert redacted_body({"prompt": prompt}, [KEY]) == {"prompt": prompt}


def test_a_body_is_shown_without_its_images() -> None:
    body = {"images": [{"image_url": "data:image/png;base64," + "A" * 9_000}], "n": 2, "key": KEY.reveal()}

    shown = redacted_body(body, [KEY])

    assert shown == {
        "images": [{"image_url": "data:image/png;base64,<9000 characters of base64>"}],
        "n": 2,
        "key": "***",
    }


def test_a_reply_is_kept_without_its_images() -> None:
    reply = json.dumps({"a": 'quote \\" and \\\\', "b64": "iVBOR" * 1_000_000, "usage": {"total": 3}}).encode()

    kept = json.loads(kept_reply(reply, [KEY]))

    assert kept == {"a": 'quote \\" and \\\\', "b64": "<5000000 characters>", "usage": {"total": 3}}


def test_a_kept_reply_has_a_largest_size() -> None:
    assert len(kept_reply(json.dumps(["short"] * 100_000).encode())) == RAW_MAX_CHARACTERS
    assert len(kept_reply(b"x" * 100_000)) == RAW_MAX_CHARACTERS


@given(
    st.recursive(
        st.text(max_size=40) | st.integers(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=5), inner),
    )
)
def test_short_json_passes_unchanged(value: object) -> None:
    text = json.dumps(value, ensure_ascii=False)

    assert cut_base64(text.encode("utf-8", "surrogatepass"), 1_000_000) == text.encode("utf-8", "surrogatepass").decode(
        "utf-8", "replace"
    )


@given(st.binary(max_size=200))
def test_any_bytes_are_survived(content: bytes) -> None:
    assert isinstance(kept_reply(content), str)


def test_headers_worth_keeping() -> None:
    headers = {
        "x-request-id": "req_1",
        "x-ratelimit-remaining-requests": "4",
        "x-tt-logid": "log",
        "set-cookie": "session=1",
        "date": "today",
        "retry-after": "3",
    }

    assert set(kept_headers(headers)) == {
        "x-request-id",
        "x-ratelimit-remaining-requests",
        "x-tt-logid",
        "retry-after",
    }


def test_the_log_filter_masks_messages_and_tracebacks() -> None:
    heard: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(self.format(record))

    ear, masking = Ear(), RedactingFilter()
    masking.learn([KEY])
    ear.addFilter(masking)
    try:
        raise ValueError(f"broke with {KEY.reveal()}")
    except ValueError:
        found = sys.exc_info()
    ear.handle(logging.LogRecord("test", logging.ERROR, __file__, 1, "GET %s", ("https://h/?key=abc",), found))

    assert "https://h/?key=***" in heard[0]
    assert "broke with ***" in heard[0]
