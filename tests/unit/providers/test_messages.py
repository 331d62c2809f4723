"""Where keys may go, and how long a vendor wants us to wait."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from studio.domain.errors import KeyRejected, NetworkMisconfigured
from studio.domain.values import Secret
from studio.providers.messages import Endpoint, FormFile, FormText, Post, SecretHeader, retry_after_s

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    "url",
    [
        "https://api.openai.com/v1",
        "https://api.openai.com/v1/",
        "http://127.0.0.1:8080/v1",
        "http://localhost:1234",
        "http://[::1]:8080",
        "http://192.168.1.20:8080/mj",
        "http://nas:8080",
        "http://studio.local",
    ],
)
def test_addresses_that_may_be_configured(url: str) -> None:
    assert Endpoint("X", url).url("/path") == url.rstrip("/") + "/path"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://api.openai.com/v1", "in the clear"),
        ("http://8.8.8.8/v1", "in the clear"),
        ("ftp://api.openai.com", "must look like"),
        ("api.openai.com/v1", "must look like"),
        ("", "must look like"),
        ("https://", "must look like"),
        ("https://user:word@host/v1", "no user name"),
        ("https://host/v1?key=1", "question mark"),
        ("https://host/a b", "spaces"),
        ("https://host:99999/", "not a web address"),
        ("https://[::1/", "not a web address"),
    ],
)
def test_addresses_that_are_refused_in_words(url: str, words: str) -> None:
    with pytest.raises(NetworkMisconfigured, match=words) as told:
        Endpoint("X", url)
    assert told.value.problem.charged == "no"


@pytest.mark.parametrize("key", ["", "with space", "sk-abc\n", "schlüssel", "sk-\x00"])
def test_keys_that_no_header_can_carry(key: str) -> None:
    with pytest.raises(KeyRejected):
        Endpoint("X", "https://h", secret_headers=(SecretHeader("Authorization", Secret(key), "Bearer "),))


def test_a_header_value_with_a_line_break_is_refused() -> None:
    with pytest.raises(NetworkMisconfigured, match="OpenAI-Project"):
        Endpoint("X", "https://h", headers={"OpenAI-Project": "a\r\nX-Evil: 1"})


def test_what_is_shown_of_a_request_holds_no_key() -> None:
    endpoint = Endpoint(
        "X", "https://h/v1", {"A": "b"}, (SecretHeader("Authorization", Secret("sk-secret"), "Bearer "),)
    )
    post = Post("/images", json_body={"prompt": "a fox"}, headers={"X-Async": "enable"}, query={"q": "1"})

    shown = post.shown(endpoint)

    assert shown.url == "https://h/v1/images?q=1"
    assert shown.headers == {
        "A": "b",
        "Authorization": "Bearer ***",
        "X-Async": "enable",
        "Content-Type": "application/json",
    }
    assert shown.json_body == {"prompt": "a fox"}
    assert "sk-secret" not in repr(endpoint)


def test_what_is_shown_of_a_form_tells_its_files() -> None:
    post = Post("/edits", form=(FormText("n", "1"), FormFile("image", "a.png", "image/png", b"12345")))

    text, file = post.shown(Endpoint("X", "https://h")).form

    assert (text.name, text.text) == ("n", "1")
    assert (file.name, file.file_name, file.media_type, file.size_bytes) == ("image", "a.png", "image/png", 5)


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, None),
        ({"retry-after": "12"}, 12.0),
        ({"retry-after": "0"}, 0.0),
        ({"retry-after": "1.5"}, 1.5),
        ({"retry-after-ms": "1500", "retry-after": "9"}, 1.5),
        ({"retry-after": "Sat, 21 Nov 2026 12:00:30 GMT"}, 30.0),
        ({"retry-after": "Sat, 21 Nov 2026 11:00:00 GMT"}, 0.0),
        ({"retry-after": "Sat, 21 Nov 2026 12:00:30"}, 30.0),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-3"}, None),
        ({"retry-after": "nan"}, None),
        ({"retry-after": "1e300"}, None),
    ],
)
def test_retry_after_in_all_its_forms(headers: dict[str, str], expected: float | None) -> None:
    assert retry_after_s(headers, NOW) == expected
